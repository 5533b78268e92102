"""Tables as JSON: a list of flat objects, or one object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import numpy as np

from timeliness.model.errors import InputError, Mistake
from timeliness.model.patterns import regex
from timeliness.tables.cell_texts import text_of
from timeliness.tables.grid import Grid, check_ragged, content_of, frame_of, without_blank_rows
from timeliness.tables.headers import check_number

_MOST_DIGITS = 1_000
_SPACE = regex(r"[ \t\r\n]*")
_SPARSE = 4_000_000
"""How many cells may be blank, whatever the others are."""


def read_objects(data: bytes, path: str) -> Grid:
    """Read a list of objects, or JSON Lines, in UTF-8. Raises `InputError`."""
    text = data.decode("utf-8")
    if text.lstrip().startswith("["):
        unit = "item"
        items: Iterable[tuple[int, object]] = enumerate(_each_item(text, path), 1)
    else:
        unit = "line"
        items = _each_line(text, path)
    header: dict[str, int] = {}
    ragged: list[tuple[int, str, str]] = []
    rows: list[tuple[int, dict[str, str]]] = []
    values = 0
    for line, item in items:
        if not isinstance(item, dict):
            says = "an object is expected here, with a value for each column"
            ragged.append((line, says, content_of([str(item)])))
            check_ragged(ragged)
            continue
        values += len(item)
        for name in item:
            header.setdefault(name, len(header))
        cells = {name: text for name, value in item.items() if (text := text_of(value))}
        if cells:
            rows.append((line, cells))
    if not header:
        raise InputError([Mistake(path, 0, "the file is empty; there are no rows in it")])
    check_number(len(header))
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


def _each_item(text: str, path: str) -> Iterator[object]:
    """Read a list one item at a time: as a whole it takes many times the memory of its text."""
    decode = json.JSONDecoder(parse_int=_whole_number, object_pairs_hook=_once).raw_decode
    at, number = _after_space(text, text.index("[") + 1), 0
    try:
        while text[at : at + 1] != "]":
            number += 1
            item, at = decode(text, at)
            yield item
            at = _after_space(text, at)
            if text[at : at + 1] == ",":
                at = _after_space(text, at + 1)
                if text[at : at + 1] == "]":
                    raise json.JSONDecodeError("Expecting value", text, at)
            elif text[at : at + 1] != "]":
                raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
        if text[at + 1 :].strip():
            raise json.JSONDecodeError("Extra data", text, _after_space(text, at + 1))
    except _TwiceError as error:
        raise InputError([Mistake(path, number, str(error))]) from None
    except (ValueError, RecursionError) as error:
        raise InputError([Mistake(path, 0, f"this is not JSON: {error}")]) from None


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _each_line(text: str, path: str) -> Iterable[tuple[int, object]]:
    for line, part in enumerate(text.split("\n"), 1):
        if not part.strip():
            continue
        try:
            yield line, json.loads(part, parse_int=_whole_number, object_pairs_hook=_once)
        except _TwiceError as error:
            raise InputError([Mistake(path, line, str(error))]) from None
        except (ValueError, RecursionError) as error:
            raise InputError([Mistake(path, line, f"this is not JSON: {error}")]) from None


def _whole_number(digits: str) -> int | str:
    """Return a whole number; one that is too long to be a number in a table is text."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


class _TwiceError(Exception):
    """An object has two values for one key, and nothing says which is meant."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of its pairs. Raises `_TwiceError` where a key is there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise _TwiceError(f'the key "{twice[:60]}" is given twice in one object; keep one')
    return found
