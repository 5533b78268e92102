"""A step that the resident may take within a time after the last of some events.

It is the resident's time, so nothing here is a breach.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from msgspec.structs import replace

from timeliness.judge.duties.subject import Duty, Outcome, Subject, bounds, later, span_of
from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.dates import Span, in_words
from timeliness.model.keys import Key
from timeliness.model.plain import a, on_or_between, span_in_words
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import CANNOT_TELL, MET, NOT_APPLICABLE, PENDING
from timeliness.model.vocabulary import REFERRED, plain_name


class Window(Duty, frozen=True):
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

    by_calendar: ClassVar[bool] = True
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
