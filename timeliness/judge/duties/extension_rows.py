"""Extensions as acts, where of each complaint nothing but dates is recorded.

It is what `extensions` makes of each complaint as a timeline, but for what that says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from timeliness.judge.clocks import Source, read_clock, sources_of
from timeliness.judge.columns import Bounds, Flags, Table, pick_codes
from timeliness.judge.duties.rows import Places, Recorded, RowDates, Told, unknown
from timeliness.judge.measuring import Dates, hull
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST, WorkingDays
from timeliness.model.rulebooks import Extension, Rule, Rulebook


def extension_rows(
    dates: RowDates, untils: Mapping[str, Recorded], table: Table, book: Rulebook, nation: str
) -> Iterator[tuple[Rule, Extension, Told]]:
    """Judge the extension of each clock of a rulebook; `untils` are the new dates they gave."""
    for rule in book.rules:
        extension = rule.clock.extension
        if extension is None or not extension.stated:
            continue
        own = dates.recorded.get(extension.event)
        if own is None or not (own.given.any() or own.unread.any()):
            continue
        places = np.flatnonzero(dates.seen(extension.event) | own.unread)
        requested, asked = dates.days(rule.clock.trigger), dates.seen(rule.clock.trigger)
        # Before there was anything to extend it is none.
        none = asked.take(places) & (own.days.latest < requested.earliest).take(places)
        sources = [one for one in sources_of(book, rule, nation) if one.decides]
        due, known = _due(table, places, sources)
        chosen = ~none & known
        places, due = places[chosen], due.take(np.flatnonzero(chosen))
        if len(places):
            # The new date is counted on from the due date, whatever the counting rule.
            calendar = sources[0].calendar
            yield rule, extension, _judged(extension, own, untils, places, due, calendar)


def _due(table: Table, places: Places, sources: Sequence[Source]) -> tuple[Bounds, Flags]:
    """Return when a clock was due by every reading without any extension, and where it ran."""
    part = replace(table.take(places), extensions={})
    several = []
    for source in sources:
        shown = Dates(source, read_clock(source, part), np.arange(len(places)))
        several.append((shown.due, shown.present & shown.applies))
    due, known = several[0]
    for other, also in several[1:]:
        due, known = hull(due, other, also & ~known, also & known), known | also
    return due, known


def _judged(
    extension: Extension,
    own: Recorded,
    untils: Mapping[str, Recorded],
    places: Places,
    due: Bounds,
    calendar: WorkingDays,
) -> Told:
    unread = own.unread.take(places)
    nothing = unknown(len(places))
    done = own.days.take(places)
    until, given = nothing, np.zeros(len(places), dtype=np.bool_)
    if new := untils.get(extension.event):
        given = (new.given & ~new.unread).take(places)
        until = new.days.take(places)
    within, beyond = _within(extension, until, given, due, calendar)
    lacking = np.full(len(places), bool({*extension.needs} - {"until"}))
    if "until" in extension.needs:
        lacking |= ~given | (until.latest >= FAR_FUTURE)
    lacking |= ~within & bool(extension.beyond)
    late = (due.latest < FAR_FUTURE) & (done.earliest > due.latest)
    wrong = late | (beyond & (not extension.beyond))
    in_time = (due.earliest > FAR_PAST) & (done.latest <= due.earliest)
    verdict = np.full(len(places), Verdict.MET, dtype=np.int8)
    reason = np.full(len(places), Reason.AS_REQUIRED, dtype=np.int8)
    for flags, comes_to, why in (
        (~within | ~in_time, Verdict.CANNOT_TELL, Reason.IMPRECISE_DATE),
        (lacking, Verdict.CANNOT_TELL, Reason.NOT_RECORDED),
        (unread, Verdict.CANNOT_TELL, Reason.NOT_EVIDENCED),
        (wrong, Verdict.BREACH, Reason.NOT_AS_REQUIRED),
    ):
        verdict, reason = pick_codes(flags, comes_to, verdict), pick_codes(flags, why, reason)
    return Told(places, verdict, reason, nothing, nothing, done)


def _within(
    extension: Extension, until: Bounds, given: Flags, due: Bounds, calendar: WorkingDays
) -> tuple[Flags, Flags]:
    """Return where the new date is within the maximum, and where it is surely beyond it."""
    limit = extension.most
    if limit is None:
        return np.full(len(given), True), np.full(len(given), False)
    most = due.through(lambda days: calendar.add_more(days, limit))
    unbounded = ~given | (until.latest >= FAR_FUTURE) | (due.earliest <= FAR_PAST)
    within = unbounded | (until.latest <= most.earliest)
    known = (due.latest < FAR_FUTURE) & (until.earliest > FAR_PAST)
    return within, ~within & known & (until.earliest > most.latest)
