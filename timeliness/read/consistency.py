"""The events of a timeline together: what each alone cannot show to be wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from timeliness.model.errors import VALUE, Mistakes, hint
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import Vocabulary, plain_name
from timeliness.read.fields import shorten

# What an officer may write of either stage: after an escalation it must say which.
EITHER_STAGE = {
    "acknowledged": ("complaint acknowledged", "escalation acknowledged"),
    "acknowledgement": ("complaint acknowledged", "escalation acknowledged"),
    "logged": ("complaint logged", "escalation logged"),
    "extended": ("stage 1 extended", "stage 2 extended"),
    "extension": ("stage 1 extended", "stage 2 extended"),
    "responded": ("stage 1 response", "stage 2 response"),
    "response": ("stage 1 response", "stage 2 response"),
}

Named = Sequence[tuple[Event, str]]
"""Events, each with its name as it was written."""


def check_stages(events: Named, vocabulary: Vocabulary, mistakes: Mistakes) -> None:
    """Refuse a bare "acknowledged" or "responded" that may belong to either stage."""
    escalated = [
        event.when.span.earliest or date.min
        for event, _ in events
        if event.when and _stage(event, vocabulary) > 1
    ]
    if not escalated:
        return
    for event, name in events:
        plain = plain_name(name)
        if plain not in EITHER_STAGE or event.when is None:
            continue
        latest = event.when.span.latest
        if latest is None or latest >= min(escalated):
            one, two = EITHER_STAGE[plain]
            mistakes.add(
                event.line,
                f'"{name}" on or after the escalation may belong to either stage; write '
                f'"{one}" or "{two}"',
            )


def _stage(event: Event, vocabulary: Vocabulary) -> int:
    """Return the stage an event belongs to, by its name or by what it was treated as."""
    kinds = (vocabulary.find(name) for name in (event.name, event.treated_as))
    return max(kind.stage for kind in kinds if kind)


def check_pointers(events: Named, known: Collection[str], mistakes: Mistakes) -> None:
    """Refuse ids used twice, and pointers to ids that do not exist.

    `known` holds every id that was written, those of events that could not be read among them.
    """
    ids: dict[str, int] = {}
    for event, _ in events:
        if not event.id:
            continue
        if event.id in ids:
            mistakes.add(
                event.line,
                f'the id "{shorten(event.id)}" is given here and on line {ids[event.id]}; '
                "change one",
            )
        ids.setdefault(event.id, event.line)
    for event, _ in events:
        for key in ("of", "relies_on"):
            target = event.attributes.get(key)
            if not isinstance(target, str) or target in known:
                continue
            mistakes.add(
                event.line,
                f"no event has the id {VALUE}",
                key=key,
                value=shorten(target),
                hint=hint(target, ids, f"give that event the key id: {shorten(target)}"),
            )
