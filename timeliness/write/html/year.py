"""The figures of a year as a page for the board: to read, and to print on a few sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from timeliness.model.dates import Span
from timeliness.model.plain import capital, span_in_words
from timeliness.model.verdict_words import CANNOT_TELL, MET
from timeliness.results.flat import Flat
from timeliness.results.shares import percent
from timeliness.results.tally import Tally
from timeliness.results.year import YearCount
from timeliness.results.year_delays import LateAnswer
from timeliness.results.year_view import (
    Block,
    Moment,
    blocks_of,
    figures_of,
    groups_of,
    has_measures,
    moments_of,
    months_of,
)
from timeliness.version import __version__
from timeliness.write.html import environment, hash_of, page_head, style_sheet
from timeliness.write.rests import short_rests
from timeliness.write.words import STATUSES, disclaimer, not_a_finding
from timeliness.write.year_lines import (
    Line,
    cause_lines,
    figures_across,
    group_lines,
    lines_of,
    measure_lines,
)
from timeliness.write.year_words import (
    DASH,
    block_name,
    headline,
    moment_name,
    notes,
    period_line,
    share,
    year_of,
)

MOST_OPEN = 5
"""As many of the longest open delays as the page names."""


class Table(Struct, frozen=True):
    """A table of figures: its heading, the heads of its columns, and its lines."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


class Point(Struct, frozen=True):
    """The share in time of one month: where it is drawn, from 0 to 100, and in figures.

    `least` is the share that is drawn, and `plain` the share without what is assumed.
    """

    name: str
    short: str
    x: float
    y: float | None
    least: str
    received: int
    share: str
    plain: str


class Trend(Struct, frozen=True):
    """The share in time of a stage month by month, and the share that is aimed at."""

    title: str
    points: tuple[Point, ...]
    target: float | None
    target_says: str

    @property
    def rests(self) -> bool:
        """Whether any share rests on what is assumed."""
        return any(one.share != one.plain for one in self.points)

    @property
    def lines(self) -> list[tuple[Point, Point]]:
        """Return the months next to each other that both have a share."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return [(one, two) for one, two in pairs if one.y is not None and two.y is not None]


def write_year_html(tally: Tally) -> str:
    """Return the figures as one HTML file that asks for nothing from outside itself."""
    year = year_of(tally)
    moments = moments_of(year, tally.last_day)
    days = tally.days or (tally.as_at, tally.as_at)
    period = year.asked.period
    style = style_sheet([page_head("", f"The year {period.name}", *days)], tuple(tally.ombudsmen))
    unclear = any(
        figures_of(year, moments[0], stage, Block()).became["undecided"] for stage in (1, 2)
    )
    return (
        environment()
        .get_template("year.html.j2")
        .render(
            title=f"The year {period.name}, as at {days[1].isoformat()}",
            style=Markup(style),
            style_hash=hash_of(style),
            days=days,
            period=period,
            status=STATUSES[CANNOT_TELL if unclear or tally.unread or tally.unaccepted else MET],
            headline=headline(tally),
            about=period_line(tally),
            tables=_tables(tally, moments),
            measures=_measures(tally, moments),
            trends=[
                trend
                for stage in (1, 2)
                if (trend := _trend(tally, year, moments[0], stage)) is not None
            ],
            groups=_groups(year, moments[0]),
            by=year.asked.by,
            longest=[_delay(one) for one in tally.delays_open[:MOST_OPEN]],
            finished=[_finished(one) for one in year.late],
            causes=_causes(tally, moments),
            notes=list(notes(tally)),
            configuration=short_rests(tally),
            disclaimer=disclaimer(tuple(tally.ombudsmen)),
            not_a_finding=capital(not_a_finding(tuple(tally.ombudsmen))),
            version=__version__,
        )
    )


def _tables(tally: Tally, moments: Sequence[Moment]) -> list[Table]:
    """Return a table of each stage of all complaints."""
    year = year_of(tally)
    heads = tuple(moment_name(one, tally) for one in moments)
    found = []
    for stage in (1, 2):
        across = figures_across(year, moments, stage, Block())
        if across.any(lambda one: one.kinds):
            lines = tuple(lines_of(across, measures=False))
            found.append(Table(f"Stage {stage}", heads, lines))
    return found


def _measures(tally: Tally, moments: Sequence[Moment]) -> list[Table]:
    """Return CH01 and CH02 of each tenure at each stage, in every reading."""
    year = year_of(tally)
    heads = tuple(moment_name(one, tally) for one in moments)
    found = []
    for block in blocks_of(year):
        for stage in (1, 2) if has_measures(year, block) else ():
            across = figures_across(year, moments, stage, block)
            if across.any(lambda one: one.kinds):
                title = f"{block_name(block)}, stage {stage}"
                found.append(Table(title, heads, tuple(measure_lines(across))))
    return found


def _trend(tally: Tally, year: YearCount, moment: Moment, stage: int) -> Trend | None:
    """Return the share in time month by month; None where there is no share at all."""
    months, *plain = (months_of(one, moment, stage, tally.last_day) for one in year.both)
    without = [share(one.share) for one in (plain[0] if plain else months)]
    width = 100 / max(len(months), 1)
    points = []
    for place, one in enumerate(months):
        ends = one.share.ends
        name = f"{one.first:%B} {one.first.year}" + (", so far" if one.unfinished else "")
        points.append(
            Point(
                name,
                f"{one.first:%b}",
                round((place + 0.5) * width, 2),
                None if ends is None else round(100 - 100 * ends[0], 2),
                DASH if ends is None else f"{ends[0]:.0%}",
                one.received,
                share(one.share),
                without[place],
            )
        )
    if all(point.y is None for point in points):
        return None
    aim = year.asked.targets.get(stage)
    return Trend(
        f"Stage {stage}",
        tuple(points),
        None if aim is None else round(100 - 100 * aim, 2),
        "" if aim is None else percent(aim),
    )


def _groups(year: YearCount, moment: Moment) -> list[Table]:
    """Return a table of each stage: of each group what was received, in time and late."""
    heads = ("Received", "In time", "Late")
    blocks = groups_of(year)
    return [
        Table(
            f"Stage {stage}",
            heads,
            tuple(line for one in blocks for line in group_lines(year, moment, stage, one)),
        )
        for stage in ((1, 2) if blocks else ())
    ]


def _causes(tally: Tally, moments: Sequence[Moment]) -> list[Table]:
    """Return, of each stage, why it is not known what became of some complaints."""
    year = year_of(tally)
    heads = tuple(moment_name(one, tally) for one in moments)
    both = (figures_across(year, moments, stage, Block()) for stage in (1, 2))
    tables = [Table(f"Stage {one.stage}", heads, tuple(cause_lines(one))) for one in both]
    return [one for one in tables if one.lines]


def _finished(one: LateAnswer) -> tuple[str, str, str, str, str]:
    due, done = (span_in_words(Span(*map(date.fromordinal, days))) for days in (one.due, one.done))
    return one.complaint, f"Stage {one.stage} response", due, done, f"{one.days:,}"


def _delay(one: Flat) -> tuple[str, str, str, str]:
    days = one.days_late[0] or 0
    return one.complaint, one.title, span_in_words(Span(*one.due)), f"{days:,}"
