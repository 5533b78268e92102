"""How long a resident who was promised updates heard nothing."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from timeliness.judge.duties.subject import Outcome, Subject
from timeliness.model.dates import in_words
from timeliness.model.plain import number
from timeliness.model.ranges import Range
from timeliness.model.timelines import Event

_TOLD_RESIDENT = (
    "update",
    "contact",
    "holding response",
    "provisional response",
    "supplementary response",
    "complaint acknowledged",
    "escalation acknowledged",
    "stage 1 extended",
    "stage 2 extended",
    "stage 1 response",
    "stage 2 response",
    "stage 3 response",
)


def with_silence(subject: Subject, event: Event, outcome: Outcome) -> Outcome:
    """Add the longest time, in working days, in which the resident heard nothing."""
    silence = longest_silence(subject, event)
    if silence is None:
        return outcome
    days, start, end = silence
    says = (
        f"{outcome.says} The longest silence was {number(days, 'working day')}, "
        f"from {in_words(start)} to {in_words(end)}."
    )
    return replace(outcome, says=says, working_days=Range(days, days))


def longest_silence(subject: Subject, promise: Event) -> tuple[int, date, date] | None:
    """Return the longest gap between what the landlord told the resident after a promise.

    What comes after the final response is no longer the landlord's silence. The gap is in working
    days. In a complete record, or with nothing told at all, the last one
    reaches to the as-at date, or to the day on which the promise was kept or the complaint ended.
    """
    start = promise.when.span.earliest if promise.when else None
    if start is None:
        return None
    told = {
        event.when.span.earliest
        for event in subject.dated(*_TOLD_RESIDENT)
        if event.when and (event.by == "landlord" or (not event.by and event.name != "contact"))
    }
    days = sorted(day for day in told if day and day > start)
    final = _final_response(subject)
    if final and final > start:
        return _longest(subject, start, [*(day for day in days if day < final), final])
    if not days or subject.timeline.record == "complete":
        days.append(max([_end_of(subject, promise, start), *days]))
    return _longest(subject, start, days)


def _longest(subject: Subject, start: date, days: list[date]) -> tuple[int, date, date]:
    gaps = [
        (subject.calendar.between(before, after), before, after)
        for before, after in zip([start, *days], days, strict=False)
    ]
    return max(gaps, key=lambda gap: gap[0])


def _final_response(subject: Subject) -> date | None:
    """Return the first day of the response that ended the procedure, where there was one."""
    final = subject.dated("stage 2 response", "stage 3 response")
    days = [one.when.span.earliest for one in final if one.when and one.when.span.earliest]
    return max(days) if days else None


def _end_of(subject: Subject, promise: Event, start: date) -> date:
    met = subject.dated("commitment met") if promise.id else ()
    ends = [
        *subject.dated("complaint closed", "complaint withdrawn"),
        *(one for one in met if one.attributes.get("of") == promise.id),
    ]
    days = [one.when.span.earliest for one in ends if one.when and one.when.span.earliest]
    return min([subject.as_at, *(day for day in days if day > start)])
