"""What a duty comes to where the day of receipt leaves it open which edition applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeliness.judge.duties.subject import NOT_EXAMINED, Outcome
from timeliness.model.findings import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    PENDING,
    Settlement,
)
from timeliness.model.rulebooks import Rulebook

_STANDING = {
    MET: "as required",
    BREACH: "not as required",
    PENDING: "not yet due",
    CANNOT_TELL: "it cannot be told",
    NOT_APPLICABLE: "not applicable",
}


def joined(books: tuple[Rulebook, ...], found: Sequence[tuple[Rulebook, str, Outcome]]) -> Outcome:
    """Return what the rulebooks that may apply come to together.

    `found` holds for each that asks for it whether it must or should be, and what it comes to.
    """
    verdicts = {outcome.verdict for _, _, outcome in found}
    same = len(verdicts) == 1 and len({duty for _, duty, _ in found}) == 1
    if same and (len(found) == len(books) or verdicts == {MET}):
        return found[0][2]
    worst = max(
        (outcome for _, _, outcome in found if outcome is not NOT_EXAMINED),
        key=lambda outcome: (outcome.verdict == BREACH, outcome.verdict == CANNOT_TELL),
    )
    told = {book.id: _STANDING[outcome.verdict] for book, _, outcome in found}
    each = "; ".join(
        f"{told.get(book.id, 'nothing is asked of it')} under the {book.short}" for book in books
    )
    return replace(
        worst,
        verdict=CANNOT_TELL,
        reason="edition-unclear",
        says=f"{worst.says} Which edition applies is not known: {each}.",
        headline="",
        settled_by=Settlement(f"The day of receipt decides: {each}.", "- DATE complaint received"),
    )
