"""Which rulebooks may apply to complaints, from the days on which they may have been received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.rulebooks import Library, Rulebook


@dataclass(frozen=True)
class Parts:
    """The rulebooks of one standard that may apply, each with its days of receipt.

    `gap` says that they do not cover every possible day of receipt. `series` holds all of which
    the day of receipt chooses, and so those that may apply if it is wrong.
    """

    standard: str
    books: tuple[Rulebook, ...]
    gap: bool
    series: tuple[Rulebook, ...] = ()

    @property
    def rule_ids(self) -> list[str]:
        """Return the ids of every rule, in the order of the books."""
        return list(dict.fromkeys(rule.id for book in self.books for rule in book.rules))


@dataclass(frozen=True)
class Asked:
    """What complaints of one nation are checked against: the editions of the Code, and policies.

    `fixed_code` and `fixed_policy` say that one of them was named, and applies whatever the day
    of receipt.
    """

    nation: str
    codes: tuple[Rulebook, ...]
    policies: tuple[Rulebook, ...]
    fixed_code: bool = False
    fixed_policy: bool = False

    @classmethod
    def of(cls, library: Library, nation: str, policy: str, code: str) -> Asked:
        """Return what is asked of complaints that name a policy, or of all by naming a Code."""
        return cls(
            nation,
            library.named(code) if code else sum(library.series_for(nation, "housing"), ()),
            library.named(policy) if policy else (),
            # A year names one edition, as an id does; a series leaves the choice to the receipt.
            code in library.rulebooks or code.isdigit(),
            policy in library.rulebooks,
        )

    @property
    def events(self) -> list[str]:
        """Return every event that a clock reads."""
        books = (*self.codes, *self.policies)
        names = {name for book in books for rule in book.rules for name in rule.clock.events}
        return sorted(names)


def which(books: Sequence[Rulebook], receipt: Bounds, *, fixed: bool) -> NDArray[np.int64]:
    """Return, as bits, which books may apply, and last whether a day lies in none of them."""
    size = len(receipt.earliest)
    if fixed:
        return np.full(size, (1 << len(books)) - 1, dtype=np.int64)
    bits = np.zeros(size, dtype=np.int64)
    begins = np.full(size, FAR_FUTURE, dtype=np.int64)
    ends = np.full(size, FAR_PAST, dtype=np.int64)
    for place, book in enumerate(books):
        first = book.start.toordinal() if book.start else FAR_PAST
        last = book.end.toordinal() if book.end else FAR_FUTURE
        applies = (first <= receipt.latest) & (receipt.earliest <= last)
        begins = np.where(applies & (bits == 0), first, begins)
        ends = np.where(applies, last, ends)
        bits |= applies.astype(np.int64) << place
    gap = (bits > 0) & ~((begins <= receipt.earliest) & (ends >= receipt.latest))
    return bits | gap.astype(np.int64) << len(books)


def parts_of(standard: str, books: Sequence[Rulebook], bits: int, *, fixed: bool) -> Parts:
    """Return the rulebooks for some bits."""
    chosen = tuple(book for place, book in enumerate(books) if bits >> place & 1)
    return Parts(standard, chosen, bool(bits >> len(books) & 1), () if fixed else tuple(books))
