"""Finding the header row: below a title, and perhaps in two rows with merged cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Recognise = Callable[[str], str | None]
"""Returns what a column of a header holds, or None where the name is not known."""


@dataclass(frozen=True)
class Header:
    """The header of a table, and the place of its last row."""

    names: tuple[str, ...]
    last_row: int
    above: int
    """How many rows of a title stand above it."""


def find_header(rows: Sequence[Sequence[str]], recognise: Recognise) -> Header | None:
    """Return the header among the first rows of a table, or None where all are blank.

    It is the row in which most names are known, read together with the row above it where that
    makes more of them known, as in "Stage 1" over "Received". Without any known name it is the
    first row with the most cells.
    """
    best: tuple[int, int, Header] | None = None
    for place, row in enumerate(rows):
        options = [(tuple(cell.strip() for cell in row), place)]
        if place and any(cell.strip() for cell in rows[place - 1]):
            options.append((_joined(rows[place - 1], row), place - 1))
        for names, above in options:
            known = len({recognise(name) for name in names if name} - {None})
            header = Header(names, place, above)
            if known and (best is None or known > best[0]):
                best = (known, -place, header)
    if best:
        return best[2]
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    if not any(widths):
        return None
    place = widths.index(max(widths))
    return Header(tuple(cell.strip() for cell in rows[place]), place, place)


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Join two header rows; a merged cell's text stands in its first cell only.

    A cell that is merged over both rows has its text above, and nothing below.
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
        names.append(f"{group} {cell.strip()}".strip())
    return tuple(names)
