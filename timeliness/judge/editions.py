"""Which rulebooks may apply to complaints, from the days on which they may have been received."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.findings import NotExamined
from timeliness.model.library import Library
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import CODE, HOUSING, POLICY, Side
from timeliness.model.vocabulary import COMMON, Kind, Vocabulary


class Parts(Struct, frozen=True, dict=True):
    """The rulebooks of one side that may apply, each with its days of receipt.

    `gap` says that they do not cover every possible day of receipt. `series` holds all of which
    the day of receipt chooses, and so those that may apply if it is wrong.
    """

    side: Side
    books: tuple[Rulebook, ...]
    gap: bool
    series: tuple[Rulebook, ...] = ()

    @cached_property
    def rule_ids(self) -> tuple[str, ...]:
        """Return the ids of every rule, in the order of the books."""
        return tuple(dict.fromkeys(rule.id for book in self.books for rule in book.rules))

    @cached_property
    def unexamined(self) -> tuple[tuple[str, NotExamined], ...]:
        """Return what starts each rule, and what to say where nothing is recorded about that."""
        found = []
        for rule_id in self.rule_ids:
            book, rule = next((book, rule) for book in self.books if (rule := book.timed(rule_id)))
            told = NotExamined(rule.id, rule.title, book.id, self.side, rule.clause)
            found.append((rule.clock.trigger, told))
        return tuple(found)


class AskedSet(Struct, frozen=True):
    """The rulebooks of one side, the earliest first; the day of receipt chooses among them.

    `fixed` says that one of them was named, and applies whatever the day of receipt.
    """

    side: Side
    books: tuple[Rulebook, ...]
    fixed: bool = False

    @classmethod
    def named(cls, library: Library, name: str) -> AskedSet:
        """Return the set that a name asks for: one edition by its id or year, or a whole series."""
        books = library.named(name)
        return cls(books[0].side, books, name in library.rulebooks or name.isdigit())


class Asked(Struct, frozen=True):
    """What complaints are checked against: the sets of their policy and of each Code, in order.

    Editions are chosen within a set, never across two.
    """

    nation: str
    body: str
    sets: tuple[AskedSet, ...]

    @classmethod
    def of(
        cls,
        library: Library,
        nation: str,
        policy: str = "",
        codes: Sequence[str] = (),
        body: str = HOUSING,
    ) -> Asked:
        """Return what is asked of complaints that name a policy, or of all by naming Codes.

        Without any, the Codes are those of the nation for that kind of body.
        """
        named = [AskedSet.named(library, name) for name in (policy, *codes) if name]
        if not codes:
            for books in library.series_for(nation, body):
                named.append(AskedSet(books[0].side, books))
        return cls(nation, body, tuple(named))

    @property
    def codes(self) -> tuple[AskedSet, ...]:
        """Return the sets of the Codes."""
        return tuple(one for one in self.sets if one.side.standard == CODE)

    @property
    def policies(self) -> tuple[Rulebook, ...]:
        """Return the policies among which the day of receipt chooses."""
        return tuple(book for one in self.sets if one.side.standard == POLICY for book in one.books)

    @property
    def books(self) -> tuple[Rulebook, ...]:
        """Return every rulebook that is asked for."""
        return tuple(book for one in self.sets for book in one.books)

    @property
    def ombudsmen(self) -> tuple[str, ...]:
        """Return whose finding a breach is not, each once."""
        names = (book.ombudsman for book in self.books)
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def events(self) -> list[str]:
        """Return every event that a clock reads."""
        names = {name for book in self.books for rule in book.rules for name in rule.clock.events}
        return sorted(names)


def which(asked: AskedSet, receipt: Bounds) -> NDArray[np.int64]:
    """Return, as bits, which books may apply, and last whether a day lies in none of them."""
    size, books = len(receipt.earliest), asked.books
    if asked.fixed:
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


def parts_of(asked: AskedSet, bits: int) -> Parts:
    """Return the rulebooks of a set for some bits."""
    books = asked.books
    chosen = tuple(book for place, book in enumerate(books) if bits >> place & 1)
    series = () if asked.fixed else books
    return Parts(asked.side, chosen, bool(bits >> len(books) & 1), series)


def vocabulary_of(books: Iterable[Rulebook]) -> Vocabulary:
    """Return the common events and those that the rulebooks declare."""
    own = {kind.name: kind for book in books for kind in book.events}
    return _with_own(tuple(own.values())) if own else COMMON


@lru_cache(maxsize=64)
def _with_own(kinds: tuple[Kind, ...]) -> Vocabulary:
    return Vocabulary(COMMON.kinds + kinds)
