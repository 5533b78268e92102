"""Rulebooks by id, the editions of one series alike in what they share."""

from __future__ import annotations

from msgspec.structs import replace

from timeliness.model.errors import InputError, Mistake
from timeliness.model.rulebooks import Rulebook
from timeliness.read.rulebooks import line_of_key


def add_rulebook(books: dict[str, Rulebook], book: Rulebook) -> None:
    """Add a rulebook, or put it in the place of itself.

    Raises `InputError` where another has its id, or an edition of its series differs.
    """
    other = books.get(book.id)
    if other is not None and replace(other, path=book.path) != book:
        raise InputError(
            [
                Mistake(
                    book.path,
                    line_of_key(book.path, "id"),
                    f'the id "{book.id}" is already that of {other.path}; choose another',
                )
            ]
        )
    for edition in books.values():
        if edition.series == book.series and edition.id != book.id:
            _check_alike(book, edition)
    books[book.id] = book


_ALIKE = {
    "standard": "standard",
    "for": "for_bodies",
    "called": "called",
    "ombudsman": "ombudsman",
}
"""What the editions of one series have in common, by the key."""


def _check_alike(book: Rulebook, other: Rulebook) -> None:
    """Raise `InputError` where two editions of one series do not agree on what they share."""
    wrong = [
        Mistake(
            book.path,
            line_of_key(book.path, key),
            f'{key}: this differs from {other.path}, another edition of the series "{book.series}";'
            " write the same in both, or give one of them another series",
        )
        for key, name in _ALIKE.items()
        if getattr(book, name) != getattr(other, name)
    ]
    if wrong:
        raise InputError(wrong)
