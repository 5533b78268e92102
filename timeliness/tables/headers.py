"""Finding the header row: below a title, and perhaps in two rows with merged cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Recognise = Callable[[str], str | None]
"""Returns what a column of a header holds, or None where the name is not known."""

_DATA = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}([T ,].*)?|\d{5,}(\.\d+)?|.*\S@\S.*|"
    r"\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}([ ,].*)?|[+(]?\d[\d ()-]{6,}",
    re.ASCII,
)


@dataclass(frozen=True)
class Header:
    """The header of a table, each name once, and the place of its last row."""

    names: tuple[str, ...]
    last_row: int
    above: int
    """How many rows of a title stand above it."""
    known: int = 0
    """How many different fields are known by its names."""


def find_header(rows: Sequence[Sequence[str]], recognise: Recognise) -> Header | None:
    """Return the header among the first rows of a table, or None where none can be it.

    It is the row in which most names are known, read together with the row above it where that
    makes more of them known, as in "Stage 1" over "Received". Without any known name it is the
    first row with the most cells. A row in which a date or an address stands is none.
    """
    best: tuple[tuple[int, int, int], Header] | None = None
    for place, row in enumerate(rows):
        if _is_data(row):
            continue
        options = [(tuple(cell.strip() for cell in row), place)]
        above = rows[place - 1] if place else ()
        if any(cell.strip() for cell in above) and not _is_data(above):
            options.append((_joined(above, row, recognise), place - 1))
        for names, first in options:
            held = [field for name in names if name and (field := recognise(name))]
            known = len(set(held))
            rank = (known, -place, known - len(held))
            if known and (best is None or rank > best[0]):
                best = (rank, Header(_distinct(names), place, first, known))
    if best:
        return best[1]
    widths = [0 if _is_data(row) else sum(bool(cell.strip()) for cell in row) for row in rows]
    if not any(widths):
        return None
    place = widths.index(max(widths))
    return Header(_distinct([cell.strip() for cell in rows[place]]), place, place)


def first_name(name: str, names: Sequence[str]) -> str:
    """Return the name as it stands in the file of a column whose name stands there before."""
    plain = re.sub(r" \(\d+\)$", "", name)
    return plain if plain in names else name


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of which none stands twice: the second Team becomes Team (2)."""
    made: list[str] = []
    for name in names:
        number, distinct = 1, name
        while name and (distinct in made or (number > 1 and distinct in names)):
            number += 1
            distinct = f"{name} ({number})"
        made.append(distinct)
    return tuple(made)


def _is_data(row: Sequence[str]) -> bool:
    """Whether a date, the number of one, or an address stands in a row."""
    return any(_DATA.fullmatch(cell.strip()) for cell in row)


def _joined(above: Sequence[str], below: Sequence[str], recognise: Recognise) -> tuple[str, ...]:
    """Join two header rows; a merged cell's text stands in its first cell only.

    A cell that is merged over both rows has its text above, and nothing below. A name that is
    known alone, but below no stage, does not belong to the group beside it.
    """
    names = []
    group = ""
    for place, cell in enumerate(below):
        own = above[place].strip() if place < len(above) else ""
        if not cell.strip():
            names.append(own)
            group = "" if own else group
            continue
        group = own or group
        alone, joined = cell.strip(), f"{group} {cell.strip()}".strip()
        apart = recognise(alone) and not recognise(joined) and not recognise(f"stage 2 {alone}")
        names.append(alone if apart else joined)
    return tuple(names)
