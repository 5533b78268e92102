"""What the record itself is like: what is said and not shown, contradicts itself, or is missing.

Each is a finding of its own: in determinations a poor record is a failing in itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeliness.judge.duties.other_replies import other_replies
from timeliness.judge.duties.subject import Outcome, Subject, bounds, span_of
from timeliness.model.dates import in_words
from timeliness.model.plain import on_or_between, span_in_words
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import CANNOT_TELL, NOT_APPLICABLE
from timeliness.model.vocabulary import COMMON, ORDERS, REQUESTED

_RESPONSES = ("stage 1 response", "stage 2 response", "stage 3 response")


def record(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """Yield each thing to say of the record: its rule id and what it comes to."""
    for told in (_later, _sources, _evidence, _orders, _links, _twice):
        yield from told(subject)
    for told in (
        _unanswered,
        _answered_twice,
        _turned_away,
        other_replies,
        _not_sent,
        _changed,
        _late_offer,
    ):
        yield from told(subject)


def _at(subject: Subject, event: Event) -> str:
    """Return an event with its date, as in a sentence."""
    return f"{subject.noun(event.name)} {on_or_between(span_of(event))}"


def _a(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _told(reason: str, says: str, event: Event, settle: str = "", add: str = "") -> Outcome:
    return Outcome(
        CANNOT_TELL,
        reason,
        says,
        start=span_of(event),
        line=event.line,
        settled_by=Settlement(settle, add) if settle else None,
    )


def _later(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """Events dated after the as-at date: they count as not yet done."""
    for event in subject.later:
        yield (
            "event-after-as-at",
            _told(
                "after-as-at",
                f"The {_at(subject, event)} is dated after the as-at date, "
                f"{in_words(subject.as_at)}; it counts as not yet done.",
                event,
                "Correct the date, or check as at a later day.",
                "--as-at DATE",
            ),
        )


def _sources(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """Two dates for one event: in its sources, or claimed beside what is seen."""
    for event in subject.events:
        if event.when and event.when.sources:
            days = " or ".join(span_in_words(span) for span in event.when.sources)
            yield (
                "conflicting-dates",
                _told(
                    "conflicting-dates",
                    f"The sources give more than one date for the {subject.noun(event.name)}: "
                    f"{days}.",
                    event,
                    "The document itself would settle it.",
                    "date: DATE",
                ),
            )
    for event in subject.events:
        kind = COMMON.find(event.name)
        if event.evidence != "claimed" or kind is None or not kind.stage:
            continue
        for other in subject.dated(event.name):
            if other.when and event.when and other.when.span != event.when.span:
                yield (
                    "conflicting-dates",
                    _told(
                        "conflicting-dates",
                        f"The {_at(subject, other)} is on the record, and is also "
                        f"said to have been {on_or_between(span_of(event))}.",
                        event,
                        "The date with evidence counts; the other needs evidence.",
                        f"evidence: seen   (for the event on line {event.line})",
                    ),
                )
                break


def _evidence(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """What is said and not shown, looked for and not found, or barely recorded."""
    told = subject.timeline.told
    for event in subject.events:
        kind = COMMON.find(event.name)
        clocked = kind is not None and kind.stage > 0
        if event.evidence == "claimed" and not subject.dated(event.name if clocked else ""):
            yield (
                "not-evidenced",
                _told(
                    "not-evidenced",
                    f"The {_at(subject, event)} is said to have happened, but there is no "
                    "evidence of it.",
                    event,
                    "Evidence would settle it.",
                    f"evidence: seen   (for the event on line {event.line})",
                ),
            )
        elif event.evidence == "absent" and not clocked and "of" not in event.attributes:
            if event not in told:
                continue
            yield (
                "not-found",
                _told(
                    "not-found",
                    f"A record of {_a(subject.noun(event.name))} was looked for and not found"
                    + (f" ({event.source})." if event.source else "."),
                    event,
                    "The record, if there is one, would settle it.",
                    f"- DATE {event.name}",
                ),
            )
        if event.attributes.get("record") in ("brief", "none"):
            how = "poorly" if event.attributes["record"] == "brief" else "not"
            yield (
                "thin-record",
                _told(
                    "thin-record",
                    f"The {_at(subject, event)} is {how} recorded.",
                    event,
                ),
            )


def _orders(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """An effect before its cause."""
    names = subject.names
    for cause, effect in ORDERS:
        if effect not in names or cause not in names:
            continue
        causes, effects = subject.dated(cause), subject.dated(effect)
        if causes and effects and bounds(effects[0])[1] < bounds(causes[0])[0]:
            yield "impossible-order", _out_of_order(subject, effects[0], cause, causes[0])


def _out_of_order(subject: Subject, effect: Event, cause_name: str, cause: Event) -> Outcome:
    return _told(
        "impossible-order",
        f"The {_at(subject, effect)} is dated before the {subject.noun(cause_name)} "
        f"{on_or_between(span_of(cause))}.",
        effect,
        "One of the dates is wrong.",
        "date: DATE",
    )


def _links(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """What an event points to and cannot: a promise kept before it was made, and the like."""
    by_id = {event.id: event for event in subject.timeline.events if event.id}
    for event in subject.events:
        for key in ("of", "relies_on"):
            target = by_id.get(str(event.attributes.get(key, "")))
            if target is None or event.when is None or target.when is None:
                continue
            early = bounds(event)[1] < bounds(target)[0]
            if key == "of" and early:
                yield "impossible-order", _out_of_order(subject, event, target.name, target)
            elif key == "relies_on" and early:
                yield (
                    "impossible-order",
                    _told(
                        "impossible-order",
                        f"The {_at(subject, event)} relies on something "
                        f"that is dated {span_in_words(span_of(target))}, which is later.",
                        event,
                        "One of the dates is wrong, or it was not yet done.",
                        "date: DATE",
                    ),
                )


def _twice(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """The same event of a stage entered twice for the same day, or any other word for word."""
    first: dict[tuple[object, ...], Event] = {}
    for event in subject.events:
        if event.when is None or event.evidence != "seen":
            continue
        kind = COMMON.find(event.name)
        same: tuple[object, ...] = (event.name, event.when)
        if kind is None or not kind.stage:
            same += (event.id, event.by, event.note, event.source, *event.attributes.items())
        other = first.setdefault(same, event)
        if other is not event:
            yield (
                "entered-twice",
                _told(
                    "entered-twice",
                    f"The {_at(subject, event)} is entered twice, on lines {other.line} and "
                    f"{event.line}.",
                    event,
                    "Leave one of them out.",
                    "",
                ),
            )


def _unanswered(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    for event in subject.events:
        if event.attributes.get("answered") is False:
            yield (
                "unanswered",
                _told(
                    "unanswered",
                    f"The {_at(subject, event)} was never answered.",
                    event,
                ),
            )


def _answered_twice(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """A second response of a stage on a later day, with no further request between the two.

    The Ombudsman holds that answering twice at stage 1 is not what the Code provides for
    (decisions 202432454 and 202406147); stage 2 is the final response (2024 Code, 6.10).
    """
    again = ("complaint received", "complaint reopened")
    for response, requests in ((_RESPONSES[0], again), (_RESPONSES[1], (*again, REQUESTED))):
        first, *others = subject.dated(response) or (None,)
        for other in others:
            assert first
            if bounds(other)[0] <= bounds(first)[1]:
                continue
            asked = subject.dated(*requests)
            if any(bounds(first)[0] <= bounds(one)[1] <= bounds(other)[1] for one in asked):
                break
            says = (
                f"The {_at(subject, other)} came after a {_at(subject, first)}, which is the one "
                "that counts. A stage has one response."
            )
            yield (
                "answered-twice",
                Outcome(
                    NOT_APPLICABLE, "answered-twice", says, start=span_of(other), line=other.line
                ),
            )


def _turned_away(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    for event in subject.events:
        if event.attributes.get("turned_away") is True:
            yield (
                "turned-away",
                _told(
                    "turned-away",
                    "A complaint was turned away, according to the record of "
                    f"{span_in_words(span_of(event))}.",
                    event,
                ),
            )


def _not_sent(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    for event in subject.events:
        if event.attributes.get("sent") is False:
            yield (
                "response-not-sent",
                _told(
                    "not-sent",
                    f"The {_at(subject, event)} was decided but not sent, so it does not stop "
                    "the clock.",
                    event,
                ),
            )


def _changed(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """An outcome that changed between a provisional and the response that followed."""
    for event in subject.dated("provisional response"):
        later = _first_after(event, subject.dated(*_RESPONSES))
        outcome = event.attributes.get("outcome")
        final = later.attributes.get("outcome") if later else None
        if later and outcome and final and outcome != final:
            yield (
                "outcome-changed",
                _told(
                    "outcome-changed",
                    f"The outcome changed from {outcome} in the provisional response "
                    f"{on_or_between(span_of(event))} to {final} in the {subject.noun(later.name)} "
                    f"{on_or_between(span_of(later))}.",
                    later,
                    "The reason for the change, if one was given, would explain it.",
                    "includes: [..., reasons]",
                ),
            )


def _first_after(event: Event, others: Iterable[Event]) -> Event | None:
    return next((other for other in others if bounds(other)[0] >= bounds(event)[0]), None)


def _late_offer(subject: Subject) -> Iterator[tuple[str, Outcome]]:
    """An offer made only after the final response."""
    final = subject.dated(*_RESPONSES[1:])
    if not final:
        return
    last = max(final, key=lambda event: bounds(event)[1])
    for event in subject.dated("compensation offered"):
        if bounds(event)[0] <= bounds(last)[1]:
            continue
        to = str(event.attributes.get("to", ""))
        who = "Ombudsman" if to.lower() == "ombudsman" else to
        only = f", and only to the {who}" if to and to != "resident" else ""
        yield (
            "offer-after-final-response",
            _told(
                "offer-after-final",
                f"Compensation was offered {on_or_between(span_of(event))}, after the final "
                f"response {on_or_between(span_of(last))}{only}.",
                event,
            ),
        )
