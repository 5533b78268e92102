"""Extensions as acts: told in time, with all that they need, and within the maximum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from timeliness.calendars import WorkingDays
from timeliness.check.duties.letters import listed, told
from timeliness.check.duties.subject import Outcome, Subject, bounds, span_of
from timeliness.check.wording import on_or_between, span_in_words, thing
from timeliness.dates import When
from timeliness.findings import BREACH, CANNOT_TELL, MET, Settlement
from timeliness.rulebooks import Clock, Extension
from timeliness.spans import Span
from timeliness.timelines import Event

DueBefore = Callable[[int], Span | None]
"""Given how many extensions are counted, when the clock was due."""


def extensions(
    subject: Subject, clock: Clock, due_before: DueBefore, calendar: WorkingDays
) -> Iterator[tuple[Event, Outcome]]:
    """Judge each extension of a clock against what the rulebook asks of it."""
    extension = clock.extension
    if extension is None or extension.most is None:
        return
    for place, event in enumerate(subject.dated(extension.event)):
        due = due_before(place)
        original = due_before(0)
        if due is None or original is None:
            continue
        yield event, _judge(extension, event, due, original, calendar)


def _judge(
    extension: Extension, event: Event, due: Span, original: Span, calendar: WorkingDays
) -> Outcome:
    wrong: list[str] = []
    unknown: list[str] = []
    late = due.latest is not None and bounds(event)[0] > due.latest.toordinal()
    in_time = due.earliest is not None and bounds(event)[1] <= due.earliest.toordinal()
    if late:
        wrong.append(f"it was told after the limit had run out, {on_or_between(due)}")
    elif not in_time:
        unknown.append("date")
    for name in extension.needs:
        given = _given(event, name)
        if given is False:
            wrong.append(told(name, False))
        elif given is None:
            unknown.append(name)
    beyond = _beyond(extension, event, original, calendar)
    if beyond is False:
        assert extension.most
        wrong.append(f"it goes beyond {extension.most} without good reason")
    elif beyond is None:
        unknown.append(extension.beyond[0])
    when = on_or_between(span_of(event))
    if wrong:
        effect = (
            "it counts only up to the maximum"
            if beyond is False and len(wrong) == 1
            else "so it does not move the due date"
        )
        return Outcome(
            BREACH,
            "not-as-required",
            f"The extension told {when} falls short: {listed(wrong)}; {effect}.",
            f"{thing(extension.event)}: {listed(wrong)}",
            done=span_of(event),
            line=event.line,
        )
    if unknown:
        names = listed([name.replace("_", " ") for name in unknown])
        return Outcome(
            CANNOT_TELL,
            "not-recorded",
            f"The record does not say all that decides whether the extension told {when} counts: "
            f"{names}.",
            settled_by=Settlement(
                "These would settle it.",
                ", ".join(f"{name}: ..." for name in unknown)
                + f"   (on the event of line {event.line})",
            ),
            done=span_of(event),
            line=event.line,
        )
    return Outcome(
        MET,
        "as-required",
        f"The extension told {when} was told before the limit ran out, {on_or_between(due)}, with "
        f"all that it needs, and to {span_in_words(_until(event))}.",
        done=span_of(event),
        line=event.line,
    )


def _given(event: Event, name: str) -> bool | None:
    value = event.attributes.get(name)
    if isinstance(value, bool) or value is None:
        return value
    return str(value).lower() not in ("none", "no")


def _until(event: Event) -> Span | None:
    until = event.attributes.get("until")
    return until.span if isinstance(until, When) else None


def _beyond(
    extension: Extension, event: Event, original: Span, calendar: WorkingDays
) -> bool | None:
    """Whether the new date is within the maximum, or allowed beyond it; None where unknown."""
    until = _until(event)
    assert extension.most
    if until is None or until.latest is None or original.earliest is None:
        return True
    most = calendar.due_later(original.earliest, extension.most)
    if until.latest <= most:
        return True
    allowed: Sequence[bool | None] = [_given(event, name) for name in extension.beyond]
    if any(allowed):
        return True
    return None if None in allowed else False
