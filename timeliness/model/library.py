"""Every rulebook at hand, and the names by which they are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import CODE, HOUSING


class Library(Struct, frozen=True):
    """Every rulebook at hand, by id."""

    rulebooks: Mapping[str, Rulebook]

    def series_for(self, nation: str, body: str) -> tuple[tuple[Rulebook, ...], ...]:
        """Return the editions of each Code that is the default for a kind of body in a nation."""
        series: dict[str, list[Rulebook]] = {}
        for book in self.rulebooks.values():
            if body in book.for_bodies and nation in book.nations:
                series.setdefault(book.series, []).append(book)
        return tuple(_by_start(books) for books in series.values())

    def named(self, name: str) -> tuple[Rulebook, ...]:
        """Return the rulebook of that id, or the editions of that series, the earliest first.

        A year is the edition of a Code whose id ends with it: of several the one for housing in
        England, which a complaint that says nothing is under.
        """
        if name in self.rulebooks:
            return (self.rulebooks[name],)
        books = self.rulebooks.values()
        if name.isdigit():
            editions = [
                book for book in books if book.standard == CODE and book.id.endswith(f"-{name}")
            ]
            if len(editions) > 1:
                usual = self.series_for("england", HOUSING)
                editions = [book for book in editions if any(book in books for books in usual)]
            return tuple(editions) if len(editions) == 1 and len(name) == 4 else ()
        return _by_start(book for book in books if book.series == name)

    def names_of(self, standard: str) -> tuple[str, ...]:
        """Return the names by which a policy, or a Code, may be chosen: series, then ids.

        Those of both where no `standard` is asked for.
        """
        every = self.rulebooks.values()
        books = [book for book in every if standard in ("", book.standard)]
        return tuple(dict.fromkeys([book.series for book in books] + [book.id for book in books]))


def _by_start(books: Iterable[Rulebook]) -> tuple[Rulebook, ...]:
    """Return editions, the earliest first."""
    return tuple(sorted(books, key=lambda book: book.start or date.min))
