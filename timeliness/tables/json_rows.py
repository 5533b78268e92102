"""Tables as JSON: a list of flat objects, or one object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np

from timeliness.model.errors import InputError, Mistake
from timeliness.tables.formulas import NESTED
from timeliness.tables.grid import Grid, content_of, frame_of, without_blank_rows
from timeliness.tables.headers import check_number

_MOST_DIGITS = 1_000
_SPARSE = 4_000_000
"""How many cells may be blank, whatever the others are."""


def read_objects(data: bytes, path: str) -> Grid:
    """Read a list of objects, or JSON Lines, in UTF-8. Raises `InputError`."""
    text = data.decode("utf-8")
    if text.lstrip().startswith("["):
        unit = "item"
        try:
            items = list(enumerate(json.loads(text, parse_int=_whole_number), 1))
        except (ValueError, RecursionError) as error:
            raise InputError([Mistake(path, 0, f"this is not JSON: {error}")]) from None
    else:
        unit = "line"
        items = list(_each_line(text, path))
    header: dict[str, int] = {}
    ragged: list[tuple[int, str, str]] = []
    rows: list[tuple[int, dict[str, str]]] = []
    for line, item in items:
        if not isinstance(item, dict):
            says = "an object is expected here, with a value for each column"
            ragged.append((line, says, content_of([str(item)])))
            continue
        for name in item:
            header.setdefault(name, len(header))
        rows.append((line, {name: _text(value) for name, value in item.items()}))
    if not header:
        raise InputError([Mistake(path, 0, "the file is empty; there are no rows in it")])
    check_number(len(header))
    values = sum(len(cells) for _, cells in rows)
    if len(rows) * len(header) > max(_SPARSE, 10 * values):
        says = (
            f"the {len(rows):,} objects have few of their {len(header):,} keys in common; give "
            "all of them the same keys"
        )
        raise InputError([Mistake(path, 0, says)])
    frame = frame_of([[cells.get(name, "") for _, cells in rows] for name in header])
    lines = np.array([line for line, _ in rows], dtype=np.int64)
    frame, lines = without_blank_rows(frame, lines)
    return Grid(path, tuple(header), frame, lines, unit, ragged=tuple(ragged))


def _each_line(text: str, path: str) -> Iterable[tuple[int, object]]:
    for line, part in enumerate(text.split("\n"), 1):
        if not part.strip():
            continue
        try:
            yield line, json.loads(part, parse_int=_whole_number)
        except (ValueError, RecursionError) as error:
            raise InputError([Mistake(path, line, f"this is not JSON: {error}")]) from None


def _whole_number(digits: str) -> int | str:
    """Return a whole number; one that is too long to be a number in a table is text."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return NESTED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
