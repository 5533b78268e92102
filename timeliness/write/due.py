"""What is overdue and what falls due: the words that all forms of the list share, and the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from timeliness.model.calendars import HOURS
from timeliness.model.clean import no_command, printable
from timeliness.model.covered import ANNOUNCED_UNTIL, is_projected
from timeliness.model.dates import Span, in_words
from timeliness.model.plain import capital, number, on_or_between, short_span, small, unit_noun
from timeliness.model.ranges import Range
from timeliness.model.verdict_words import REASONS
from timeliness.results.due import COMING, LATER, OVERDUE, UNCLEAR, OpenLimit, together
from timeliness.results.tally import Tally
from timeliness.write import totals
from timeliness.write.lines import WIDTH, wrap
from timeliness.write.words import configuration_line, disclaimer, whose

TITLES = {
    OVERDUE: "Overdue",
    COMING: "To be done",
    UNCLEAR: "Cannot tell whether overdue",
}
"""The headings of a list, in order."""


def headline(tally: Tally) -> str:
    """Return how much is overdue and how much falls due soon, in a sentence or two."""
    counts = tally.due.counts
    if not tally.complaints:
        return totals.answer(tally)
    if counts[OVERDUE] or counts[COMING]:
        says = [f"Overdue {counts[OVERDUE]:,}; due {_soon(tally)}: {counts[COMING]:,}."]
    else:
        known = "known to be " if counts[UNCLEAR] else ""
        says = [f"Nothing is {known}overdue, and nothing is due {_soon(tally)}."]
    if counts[LATER]:
        says.append(f"Due later: {counts[LATER]:,}.")
    if counts[UNCLEAR]:
        says.append(f"Cannot tell whether overdue: {counts[UNCLEAR]:,}.")
    return " ".join(says)


def _soon(tally: Tally) -> str:
    """Return when something counts as due soon: by Friday 4 December; within 5 working days."""
    first, last = tally.days or (tally.as_at, tally.as_at)
    if first != last:
        return f"within {tally.due.asked.ahead}"
    day = tally.due.last_day(last)
    return f"by {day:%A} {day.day} {day:%B}" + (f" {day.year}" if day.year != last.year else "")


def beside(tally: Tally) -> Iterator[str]:
    """Yield what the list cannot show: what is not open, and what was not read."""
    quiet = tally.complaints - tally.due.complaints
    if quiet:
        some = number(quiet, "complaint")
        if quiet < tally.complaints:
            some = f"{quiet:,} of {number(tally.complaints, 'complaint')}"
        yield f"{some} {'has' if quiet == 1 else 'have'} no open time limit."
    if tally.closed:
        were = "was" if tally.closed == 1 else "were"
        yield (
            f"{number(tally.closed, 'limit')} {were} closed without a recorded answer; "
            "`chcheck PATH` shows more."
        )
    if tally.later:
        was = "was" if len(tally.later) == 1 else "were"
        yield (
            f"{number(len(tally.later), 'complaint')} {was} received after the day of the check "
            "and left out."
        )
    if unread := len(tally.unread) + len(tally.unaccepted):
        yield (
            f"{number(unread, 'thing')} could not be read or checked in full, so the list may lack "
            "something."
        )
    if any(one.when == COMING and not span(one).exact for one in tally.due.limits):
        yield "Where the day that something is due is known only roughly, the earliest counts."
    last = max((one.due[1] or one.first for one in tally.due.limits), default=None)
    if last and is_projected(last):
        yield (
            f"Bank holidays after {in_words(ANNOUNCED_UNTIL)} have not been announced, so days "
            "after that may move."
        )


def lateness(one: OpenLimit) -> str:
    """Return by how much a limit is overdue: 3 working days; 2 days, where no working day passed.

    It is in working days or in hours where its limit is, and otherwise in days. Where it is not
    overdue at all if it was extended, which nothing shows, that is said.
    """
    least, most = one.late
    unless = " unless it was extended" if one.unless_extended else ""
    if one.unit == "working_days" and least is not None and most != 0:
        return number(Range(least, most), unit_noun(one.unit)) + unless
    if one.unit == HOURS and least is not None:
        return ("less than an hour" if most == 0 else number(Range(least, most), "hour")) + unless
    return number(Range(*one.days_over), "day") + unless


def what(one: OpenLimit) -> str:
    """Return what is to be done, and whose limit it is: stage 1 response (policy and Code)."""
    marks = [whose(one.sides)]
    if one.duty == "should":
        marks.append("a “should”")
    if one.provenance == "unverified":
        marks.append("clause not read")
    told = ", ".join(mark for mark in marks if mark)
    return small(one.title) + (f" ({told})" if told else "")


def who(one: OpenLimit, several: bool) -> str:
    """Return whose complaint it is; `several` says that landlords have to be told apart."""
    return f"{one.complaint}, {one.landlord}" if several and one.landlord else one.complaint


def span(one: OpenLimit) -> Span:
    """Return the day or days on which a limit is due."""
    return Span(*one.due)


def hour(one: OpenLimit) -> str:
    """Return the time of day by which it is due, of a clock that runs in hours, where one is known.

    Of several possible ones there is none.
    """
    return f"{one.due_at.earliest:%H:%M}" if one.due_at and one.due_at.exact else ""


def by_hour(one: OpenLimit) -> str:
    """Return by what time of its one day it is due, as the end of a line; nothing for days."""
    if one.due_at is None or not span(one).exact:
        return ""
    return f", by {hour(one) or 'an hour that is not known'}"


def short_due(one: OpenLimit) -> str:
    """Return when it was due, in short: 9 Dec 2022; 9 Dec 2022 14:30."""
    return f"{short_span(span(one))} {hour(one)}".rstrip()


def day_heading(one: OpenLimit) -> str:
    """Return the day under which a limit to come is listed, and how far off that is."""
    day = f"{one.first:%A} {in_words(one.first)}"
    if one.first == one.as_at:
        return f"Today, {day}"
    left = one.left or 0
    return (
        f"{day}, in {number(left, 'working day')}"
        if left
        else f"{day}, before the next working day"
    )


def grouped(limits: Sequence[OpenLimit]) -> list[tuple[str, list[OpenLimit]]]:
    """Return limits group by group, in order; what has no group comes last, under ""."""
    return [(name, list(own)) for name, own in groupby(limits, lambda one: one.group)]


def group_name(tally: Tally, name: str) -> str:
    """Return the heading of a group: Team: North."""
    by = tally.due.asked.by
    return f"{capital(by)}: {name or 'none given'}"


def several_landlords(tally: Tally) -> bool:
    """Whether a line has to name its landlord."""
    by_landlord = tally.due.asked.by == "landlord"
    return not by_landlord and len({one.landlord for one in tally.due.limits}) > 1


# The text ---------------------------------------------------------------------------------------


def write_due_text(tally: Tally) -> str:
    """Return the list as text of at most 80 columns."""
    lines = [*wrap(headline(tally)), "", totals.as_at(tally)]
    limits = together(tally.due.limits)
    for name, own in grouped(limits):
        if tally.due.asked.by:
            title = group_name(tally, name)
            lines += ["", title, "=" * min(len(title), WIDTH)]
        lines += _sections(own, several_landlords(tally))
    notes = list(beside(tally))
    lines += [""] if notes else []
    for says in notes:
        lines += wrap(says)
    lines += ["", *wrap(configuration_line(tally.configuration))]
    lines += wrap(disclaimer(tuple(tally.ombudsmen)))
    return "\n".join(no_command(printable(line.rstrip())) for line in lines) + "\n"


def _sections(limits: Sequence[OpenLimit], several: bool) -> Iterator[str]:
    for when, own in groupby(limits, lambda one: one.when):
        yield ""
        yield TITLES[when].upper()
        if when == COMING:
            yield from coming_lines(list(own), several)
            continue
        for one in own:
            told = f"{who(one, several)}: {what(one)}"
            if when == OVERDUE:
                says = f"{told}, overdue by {lateness(one)}; due {short_due(one)}"
            else:
                says = f"{told}, due {short_due(one)}; {REASONS[one.reason]}"
            yield from wrap(says, "    ", "  ")


def coming_lines(limits: Sequence[OpenLimit], several: bool) -> Iterator[str]:
    """Yield limits to come under the day on which each may be due at the earliest."""
    for heading, own in groupby(limits, day_heading):
        yield from wrap(heading, "    ", "  ")
        for one in own:
            says = f"{who(one, several)}: {what(one)}{by_hour(one)}"
            if not span(one).exact:
                says += f", due {on_or_between(span(one))}"
            yield from wrap(says, "      ", "    ")
