"""Which columns the tables of a run carry to its output, before their rows are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from timeliness.judge.cases import vocabulary_of
from timeliness.model.declared import Declared
from timeliness.model.errors import InputError
from timeliness.model.rulebooks import Library
from timeliness.tables.open import open_table

_HEAD = 1 << 17


def carried_by_all(
    paths: Iterable[Path], stdin: bytes | None, library: Library, declared: Declared
) -> list[str]:
    """Return the headers of the columns that any table carries, each once.

    A table that cannot be read carries nothing here; what is wrong with it is told when it is read.
    """
    vocabulary = vocabulary_of(library.rulebooks.values())
    found: dict[str, None] = {}
    for path in paths:
        try:
            data = (stdin or b"") if str(path) == "-" else _head(path)
            fields = open_table(data, str(path), vocabulary, declared).fields
        except (InputError, OSError):
            continue
        found |= dict.fromkeys(one.header for one in fields.carried)
    return list(found)


def _head(path: Path) -> bytes:
    """Return the first lines of a table of plain lines; all of any other."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        plain = b"\0" not in head[:200] and head.lstrip()[:1] not in (b"{", b"[")
        if plain and len(head) == _HEAD and not head.startswith((b"PK", b"\xd0\xcf")):
            return head[: head.rfind(b"\n") + 1]
        return head + file.read()
