"""What became of one claim of a landlord's own system, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from timeliness.judge.statements.checking import Entries
from timeliness.judge.statements.claimed import UNREAD, Checked, Label, Outcome
from timeliness.judge.statements.days_taken import Base
from timeliness.judge.statements.points import label_of
from timeliness.model.calendars import FAR_FUTURE
from timeliness.model.claims import DAYS_TAKEN, FLAGS, IN_TIME, SYSTEM
from timeliness.model.dates import in_words
from timeliness.model.findings import (
    NOT_CHECKABLE,
    RIGHT,
    RIGHT_OTHERWISE,
    WRONG,
    StatementFound,
)
from timeliness.model.plain import capital, number, unit_noun
from timeliness.model.sides import Side
from timeliness.model.vocabulary import COMMON

OUTCOMES = {
    Outcome.RIGHT: RIGHT,
    Outcome.OTHERWISE: RIGHT_OTHERWISE,
    Outcome.WRONG: WRONG,
    Outcome.UNKNOWN: NOT_CHECKABLE,
}
_TOLD = 4
"""How many readings are named at most."""


class ClaimsFound(Struct, frozen=True):
    """The claims of a column, what they come to as a whole, and under each side.

    `base` is the count by which days taken are read.
    """

    entries: Entries
    main: Checked
    by_side: Mapping[Side, Checked]
    base: Base | None = None

    def at(self, place: int) -> StatementFound:
        """Return what became of one claim."""
        claims, main = self.entries.claims, self.main
        value = int(claims.values[place])
        outcome = Outcome(int(main.outcome[place]))
        labels = main.labels(int(main.patterns[place]))
        stated = "a cell that cannot be read" if value == UNREAD else shown(claims.kind, value)
        known = bool(main.known[place])
        return StatementFound(
            words=f"{claims.header}{' ' if claims.header.endswith('?') else ': '}{stated}",
            by=SYSTEM,
            source="",
            outcome=OUTCOMES[outcome],
            says=" ".join(self._says(place, outcome, stated, labels)),
            line=int(claims.lines[place]),
            stated=stated,
            about=claims.event,
            would_be=self.truth(place) if known else "",
            readings=tuple(", ".join(label) for label in labels),
        )

    @property
    def is_flag(self) -> bool:
        """Whether the column says in time or late."""
        return self.entries.claims.kind in FLAGS

    def truth(self, place: int) -> str:
        """Return what would be right."""
        truth = int(self.main.truth[place])
        return shown(self.base.unit if self.base else self.entries.claims.kind, truth)

    def _says(
        self, place: int, outcome: Outcome, stated: str, labels: Sequence[Label]
    ) -> list[str]:
        told = _days_taken(self, place) if self.base else _limits(self, place)
        if outcome == Outcome.UNKNOWN:
            return ["The cell cannot be read." if stated.startswith("a cell") else told]
        if outcome == Outcome.OTHERWISE:
            quoted = f'"{capital(stated)}"' if self.is_flag else capital(stated)
            return [told, f"{quoted} is right {readings_in_words(labels)}."]
        if outcome == Outcome.WRONG:
            return [told, f"However the days are counted, it is not {stated}."]
        return [told]


def readings_in_words(labels: Sequence[Label]) -> str:
    """Return readings as parts of a sentence, those that are equally near as alternatives."""
    more = f"; or in {len(labels) - _TOLD} more ways" if labels[_TOLD:] else ""
    return "; or ".join(", ".join(label) for label in labels[:_TOLD]) + more


def shown(kind: str, value: int) -> str:
    """Return a value of a claim as it is shown."""
    if kind in DAYS_TAKEN:
        return number(value, unit_noun(kind))
    if kind in FLAGS:
        return "in time" if value else "late"
    return in_words(date.fromordinal(value))


def _days_taken(found: ClaimsFound, place: int) -> str:
    """Return how long something took by the count that the column is read by."""
    assert found.base
    start, event = found.base.start, found.entries.claims.event
    if not found.main.known[place]:
        return f"The dates recorded do not say how long it took from {label_of(start)}."
    end = COMMON.kind(event).words.noun
    return f"It is {found.truth(place)} from {label_of(start)} to the {end}."


def _limits(found: ClaimsFound, place: int) -> str:
    """Return when something is due, or whether it was in time, by the policy and by each Code."""
    told = [
        f"by the {_book(found.entries, side, place)} it {_one_limit(found, side, place)}"
        for side, own in found.by_side.items()
        if own.known[place]
    ]
    if told:
        return f"{capital(', and '.join(told))}."
    what = "whether it was in time" if found.is_flag else "when it is due"
    return f"The dates recorded do not decide {what}."


def _one_limit(found: ClaimsFound, side: Side, place: int) -> str:
    due = int(found.entries.under(side).due[place])
    day = in_words(date.fromordinal(due)) if due < FAR_FUTURE else ""
    if not found.is_flag:
        return f"is {day}"
    was = shown(IN_TIME, int(found.by_side[side].truth[place]))
    return f"was {was}, due on {day}" if day else f"was {was}"


def _book(entries: Entries, side: Side, place: int) -> str:
    """Return the name of the rulebook that decides a claim under one side."""
    names = [
        source.book.short
        for limits, held in entries.under(side).places
        if place in held
        for source in limits.sources
    ]
    return " or ".join(dict.fromkeys(names))
