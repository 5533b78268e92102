"""Two runs beside each other, as a page to read, and to print for a meeting."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from timeliness import __version__
from timeliness.model.plain import capital
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET
from timeliness.results.compared import NEW, UNCLEAR, Compared
from timeliness.write.compared import (
    HEADS,
    MOST_ON_PAGE,
    Row,
    headline,
    rest_of,
    rows_of,
    run_lines,
    sections,
)
from timeliness.write.html import css_string, environment, hash_of, style_sheet
from timeliness.write.names import Names, day_words, difference_text
from timeliness.write.words import STATUSES, disclaimer, not_a_finding


class Section(Struct, frozen=True):
    """The changes of one kind: those that are shown, and how many there are."""

    title: str
    rows: tuple[Row, ...]
    total: int


def write_compared_html(made: Compared, names: Names) -> str:
    """Return the page as one HTML file that asks for nothing from outside itself."""
    shown = tuple(
        Section(
            title,
            tuple(rows_of(made, changes[:MOST_ON_PAGE], names)),
            len(changes),
        )
        for title, changes in sections(made)
    )
    ombudsmen = names.ombudsmen_of(made.now)
    status = BREACH if made.of(NEW) else CANNOT_TELL if made.of(UNCLEAR) else MET
    style = style_sheet([_head(made)], ombudsmen)
    return (
        environment()
        .get_template("compared.html.j2")
        .render(
            title=f"What has changed{_as_at(made)}",
            style=Markup(style),
            style_hash=hash_of(style),
            headline=headline(made),
            status=STATUSES[status],
            runs=list(run_lines(made)),
            heads=HEADS,
            sections=shown,
            differ=[difference_text(one) for one in made.differ],
            rest=list(rest_of(made)),
            disclaimer=disclaimer(ombudsmen),
            not_a_finding=capital(not_a_finding(ombudsmen)),
            version=__version__,
        )
    )


def _as_at(made: Compared) -> str:
    """Return between which days, where both runs say it."""
    if not (made.last.head and made.now.head):
        return ""
    return f", {day_words(made.last.head.as_at)} to {day_words(made.now.head.as_at)}"


def _head(made: Compared) -> str:
    """Return the head of printed pages."""
    days = css_string(_as_at(made).removeprefix(", "))
    return (
        f'@page {{ @top-left {{ content: "What has changed"; width: 50%; }} '
        f"@top-right {{ content: {days}; width: 50%; }} }}"
    )
