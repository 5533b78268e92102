"""What is overdue and what falls due, as a page to read, and to print on a Monday."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from timeliness.model.plain import capital, number
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, PENDING, REASONS
from timeliness.results.due import COMING, OVERDUE, UNCLEAR, OpenLimit, together
from timeliness.results.tally import Tally
from timeliness.version import __version__
from timeliness.write.due import (
    TITLES,
    beside,
    group_name,
    grouped,
    headline,
    hour,
    lateness,
    several_landlords,
    span,
    what,
    who,
)
from timeliness.write.html import environment, hash_of, page_head, style_sheet
from timeliness.write.html.days import span_tag
from timeliness.write.rests import short_rests
from timeliness.write.words import STATUSES, disclaimer, not_a_finding

MOST_ON_PAGE = 2_000
"""As many limits as a page shows; the rest is counted."""

_LAST = {OVERDUE: "Overdue by", COMING: "Left", UNCLEAR: "Why"}


class Row(Struct, frozen=True):
    """One limit, or one of policy and Code together."""

    who: str
    what: str
    due: Markup
    left: str


class Section(Struct, frozen=True):
    """The limits that stand in the same way; `last` heads the last column."""

    title: str
    last: str
    rows: tuple[Row, ...]
    is_late: bool


class Group(Struct, frozen=True):
    """The limits of one team, landlord or other value of a column."""

    name: str
    sections: tuple[Section, ...]


def write_due_html(tally: Tally) -> str:
    """Return the list as one HTML file that asks for nothing from outside itself."""
    limits = together(tally.due.limits)
    several = several_landlords(tally)
    groups = [
        Group(group_name(tally, name), _sections(own, several))
        for name, own in grouped(limits[:MOST_ON_PAGE])
    ]
    days = tally.days or (tally.as_at, tally.as_at)
    style = style_sheet([page_head("", "What is due", *days)], tuple(tally.ombudsmen))
    counts = tally.due.counts
    status = next(
        (name for name, when in _STATUS if counts[when]), PENDING if counts.total() else MET
    )
    return (
        environment()
        .get_template("due.html.j2")
        .render(
            title=f"What is due, as at {days[1].isoformat()}",
            style=Markup(style),
            style_hash=hash_of(style),
            days=days,
            status=STATUSES[status],
            headline=headline(tally),
            beside=list(beside(tally)),
            unread=bool(tally.unread or tally.unaccepted),
            by=tally.due.asked.by,
            groups=groups,
            left_out=max(len(limits) - MOST_ON_PAGE, 0),
            most=MOST_ON_PAGE,
            configuration=short_rests(tally),
            disclaimer=disclaimer(tuple(tally.ombudsmen)),
            not_a_finding=capital(not_a_finding(tuple(tally.ombudsmen))),
            version=__version__,
        )
    )


_STATUS = ((BREACH, OVERDUE), (PENDING, COMING), (CANNOT_TELL, UNCLEAR))


def _sections(limits: Sequence[OpenLimit], several: bool) -> tuple[Section, ...]:
    return tuple(
        Section(
            TITLES[when],
            _LAST[when],
            tuple(Row(who(one, several), capital(what(one)), _due(one), _left(one)) for one in own),
            when == OVERDUE,
        )
        for when, own in groupby(limits, lambda one: one.when)
    )


def _due(one: OpenLimit) -> Markup:
    """Return the day on which it is due with its name, or from which to which."""
    days = span_tag(span(one), short=True)
    if one.due_at:
        days = Markup("{} {}").format(days, hour(one))
    if one.when != COMING:
        return days
    return Markup("{} {}").format(f"{one.first:%a}", days)


def _left(one: OpenLimit) -> str:
    if one.when == OVERDUE:
        return lateness(one)
    if one.when == UNCLEAR:
        return capital(REASONS[one.reason])
    if one.first == one.as_at:
        return "Today"
    return number(one.left, "working day")
