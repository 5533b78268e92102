"""A step that the resident may take within a time after the last of some events.

It is the resident's time, so nothing here is a breach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

import numpy as np

from timeliness.judge.columns import Bounds, Flags, far, pick, pick_codes
from timeliness.judge.duties import rows
from timeliness.judge.duties.rows import RowDates, Told
from timeliness.judge.duties.subject import Duty, Outcome, Subject, bounds, later, span_of
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.calendars import DAY, FAR_PAST, Limit, WorkingDays
from timeliness.model.dates import Span, in_words
from timeliness.model.findings import CANNOT_TELL, MET, NOT_APPLICABLE, PENDING, Settlement
from timeliness.model.keys import Key
from timeliness.model.plain import a, on_or_between, span_in_words
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import REFERRED, plain_name


@dataclass(frozen=True)
class Window(Duty):
    """In which time after the last of some events the resident may take a step.

    It opens after `opens_after` for steps taken up to `opens_until`, and closes after
    `closes_after`. Those in `without_wait` need not wait for it to open.
    """

    event: str
    after: tuple[str, ...]
    closes_after: Limit
    opens_after: Limit | None = None
    opens_until: date | None = None
    without_wait: tuple[str, ...] = ()

    KEY: ClassVar[Key] = Key(
        "window",
        "map",
        "a step that the resident may take",
        keys=(
            Key("event", "event", "the step that the resident may take", required=True),
            Key(
                "after",
                "events",
                "the events after which it opens (the last counts)",
                required=True,
            ),
            Key("closes_after", "limit", "when it closes", required=True),
            Key("opens_after", "limit", "when it opens, if not at once"),
            Key("opens_until", "date", "the last day on which that wait applied"),
            Key("without_wait", "items", "who may take the step without that wait"),
        ),
        page="a step that the resident may take (`event`) `after` the last of certain events: "
        "`closes_after`; `opens_after`, and `opens_until`, the last day on which that wait "
        "applied; `without_wait`: who need not wait",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        after = " or ".join(self.after)
        return [("Looks at", f"the {self.event}, within {self.closes_after} of {after}.")]

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge when the resident took, or may take, the step."""
        final = _last(subject, self.after)
        if final is None:
            return None
        span = span_of(final)
        assert span
        closes = later(subject.calendar, span, self.closes_after)
        # One before the final response is no step after it, unless there is no other.
        steps = subject.dated(self.event)
        steps = [one for one in steps if bounds(one)[1] >= bounds(final)[0]] or steps
        if not steps:
            if closes.earliest is None or subject.as_at > closes.earliest:
                return None
            says = f"{_may(subject, self)} until {in_words(closes.earliest)}."
            return Outcome(PENDING, "not-yet-due", says, start=span, due=closes)
        step = span_of(steps[0])
        assert step
        found = Outcome("", "", "", start=span, due=closes, done=step, line=steps[0].line)
        early = _too_early(subject.calendar, self, span, step)
        if early is not False and plain_name(steps[0].by) not in map(plain_name, self.without_wait):
            return _early(subject, self, found, sure=bool(early))
        says = (
            f"{_took(subject, self)} {on_or_between(step)}; the time to do so ran until "
            f"{span_in_words(closes)}."
        )
        if step.latest and closes.earliest and step.latest <= closes.earliest:
            return replace(found, verdict=MET, reason="in-time", says=says)
        if step.earliest and closes.latest and step.earliest > closes.latest:
            if self.event == REFERRED:
                says += " Whether to take up a later one is for the Ombudsman to decide."
            return replace(found, verdict=NOT_APPLICABLE, reason="late", says=says)
        return replace(
            found,
            verdict=CANNOT_TELL,
            reason="imprecise-date",
            says=says,
            settled_by=Settlement("The exact day would settle it.", f"- DATE {self.event}"),
        )

    def judge_rows(self, dates: RowDates) -> Told | None:
        """Judge the same where there is nothing but dates."""
        final = Bounds(np.full(dates.size, FAR_PAST, dtype=DAY), far(dates.size))
        ended = np.zeros(dates.size, dtype=np.bool_)
        for name in self.after:
            days, seen = dates.days(name), dates.seen(name)
            last = seen & (~ended | (days.earliest > final.earliest))
            final = Bounds(
                pick(last, days.earliest, final.earliest), pick(last, days.latest, final.latest)
            )
            ended |= seen
        closes = rows.later(dates.calendar, final, self.closes_after)
        stepped = dates.seen(self.event)
        open_ = (closes.earliest > FAR_PAST) & (dates.as_at <= closes.earliest)
        places = np.flatnonzero(ended & (stepped | open_))
        if not len(places):
            return None
        final, closes = final.take(places), closes.take(places)
        stepped = stepped.take(places)
        step = dates.days(self.event).take(places)
        none = rows.unknown(len(places))
        verdict = np.full(len(places), Verdict.CANNOT_TELL, dtype=np.int8)
        reason = np.full(len(places), Reason.IMPRECISE_DATE, dtype=np.int8)
        early, unclear = self._early_rows(dates.calendar, final, step)
        waits = bool(self.without_wait)
        for flags, comes_to, why in (
            (step.earliest > closes.latest, Verdict.NOT_APPLICABLE, Reason.LATE),
            (step.latest <= closes.earliest, Verdict.MET, Reason.IN_TIME),
            (unclear, Verdict.CANNOT_TELL, Reason.IMPRECISE_DATE),
            (early & waits, Verdict.CANNOT_TELL, Reason.NOT_RECORDED),
            (early & (not waits), Verdict.NOT_APPLICABLE, Reason.NOT_STARTED),
            (~stepped, Verdict.PENDING, Reason.NOT_YET_DUE),
        ):
            verdict, reason = pick_codes(flags, comes_to, verdict), pick_codes(flags, why, reason)
        done = Bounds(
            pick(stepped, step.earliest, none.earliest), pick(stepped, step.latest, none.latest)
        )
        return Told(places, verdict, reason, final, closes, done)

    def _early_rows(
        self, calendar: WorkingDays, final: Bounds, step: Bounds
    ) -> tuple[Flags, Flags]:
        """Return where the step came before the window opened, and where it may have."""
        none = np.zeros(len(step.earliest), dtype=np.bool_)
        if not self.opens_after:
            return none, none
        opens = rows.later(calendar, final, self.opens_after)
        until = (self.opens_until or date.max).toordinal()
        not_early = (step.earliest > until) | (step.earliest >= opens.latest)
        early = (step.latest <= until) & (step.latest < opens.earliest) & ~not_early
        return early, ~not_early & ~early


def _may(subject: Subject, check: Window) -> str:
    if check.event == REFERRED:
        return "The resident may normally go to the Ombudsman"
    return f"The time for the {subject.noun(check.event)} runs"


def _took(subject: Subject, check: Window) -> str:
    if check.event == REFERRED:
        return "The resident went to the Ombudsman"
    return f"The {subject.noun(check.event)} came"


def _early(subject: Subject, check: Window, found: Outcome, *, sure: bool) -> Outcome:
    """Return that the step came before its time, or perhaps did."""
    says = (
        f"{_took(subject, check)} {on_or_between(found.done)}, {'' if sure else 'perhaps '}before "
        f"{check.opens_after} had passed"
    )
    if check.without_wait:
        who = a(check.without_wait[0])
        return replace(
            found,
            verdict=CANNOT_TELL,
            reason="not-recorded" if sure else "imprecise-date",
            says=f"{says}: that needed {who}, and the record does not mention one.",
            settled_by=Settlement(
                f"In order if {who} {'referred' if check.event == REFERRED else 'took'} it.",
                f"by: {check.without_wait[0]}   (on the event of line {found.line})",
            ),
        )
    if sure:
        return replace(found, verdict=NOT_APPLICABLE, reason="not-started", says=f"{says}.")
    return replace(
        found,
        verdict=CANNOT_TELL,
        reason="imprecise-date",
        says=f"{says}.",
        settled_by=Settlement("The exact day would settle it.", f"- DATE {check.event}"),
    )


def _last(subject: Subject, names: Sequence[str]) -> Event | None:
    found = [events[0] for name in names if (events := subject.dated(name))]
    return max(found, key=lambda event: bounds(event)[0]) if found else None


def _too_early(calendar: WorkingDays, check: Window, final: Span, step: Span) -> bool | None:
    """Whether a step was taken before the window opened; None where the dates do not decide."""
    if not check.opens_after:
        return False
    opens = later(calendar, final, check.opens_after)
    until = check.opens_until or date.max
    first, last = step.earliest or date.min, step.latest or date.max
    if first > until or (opens.latest and first >= opens.latest):
        return False
    if last <= until and opens.earliest and last < opens.earliest:
        return True
    return None
