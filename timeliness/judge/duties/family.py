"""The clause behind all findings of a family, promises or the record, which no rulebook lists.

It is judged with the family's findings, and has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from timeliness.model.keys import Key
from timeliness.model.rulebooks import Check, Clock, Rule, Rulebook
from timeliness.model.sides import CODE, Side


class Family(Check, frozen=True):
    """That this clause is the one behind all findings of a family: promise or record."""

    name: str

    KEY: ClassVar[Key] = Key(
        "family",
        "map",
        "the clause behind all findings of a family",
        keys=(
            Key(
                "name",
                "choice",
                "promise or record: the clause behind all findings of that family",
                ("promise", "record"),
                required=True,
            ),
        ),
        page="nothing of its own: the clause behind every `promise` or `record` finding",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return which findings it is behind, for the page of a rule."""
        return [("Stands behind", f"every {self.name} finding.")]


def _is_behind(asks: Clock | Check, family: str) -> bool:
    return isinstance(asks, Family) and asks.name == family


def behind(family: str, books: Iterable[Rulebook]) -> list[tuple[Rulebook, Rule]]:
    """Return the duties behind a family of findings, at most one of each rulebook.

    Of several Codes it is the first that has one: the other is no edition of it.
    """
    found: list[tuple[Rulebook, Rule]] = []
    codes: set[Side] = set()
    for book in books:
        duty = next((one for one in book.duties if _is_behind(one.asks, family)), None)
        if duty is None or (book.standard == CODE and codes - {book.side}):
            continue
        found.append((book, duty))
        if book.standard == CODE:
            codes.add(book.side)
    return found
