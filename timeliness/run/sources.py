"""Where the tables of a run come from: files, standard input, or a frame that a program has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from timeliness.model.declared import Declared
from timeliness.model.errors import InputError, Mistake
from timeliness.model.report import Input
from timeliness.model.vocabulary import Vocabulary
from timeliness.tables.grid import Grid
from timeliness.tables.open import read_grids


class Source(Struct, frozen=True):
    """One or more tables under one name, and the folder from which paths in their cells count.

    `cells` reads them; it may be asked twice, and raises `InputError`.
    """

    name: str
    folder: Path
    cells: Callable[[Vocabulary, Declared], Sequence[Grid]]


def files(
    paths: Iterable[Path], stdin: bytes | None, inputs: list[Input], *, hashed: bool
) -> list[Source]:
    """Return files as sources; each is noted once among the `inputs` as it is read.

    `hashed` says whether with the SHA-256 of its bytes, which only some formats have.
    """

    def source_of(path: Path) -> Source:
        name = str(path)

        def cells(vocabulary: Vocabulary, declared: Declared) -> list[Grid]:
            data = _bytes_of(path, stdin)
            if all(one.path != name for one in inputs):
                digest = hashlib.sha256(data).hexdigest() if hashed else ""
                inputs.append(Input(name, digest))
            return read_grids(data, name, vocabulary, declared)

        return Source(name, path.parent, cells)

    return [source_of(path) for path in paths]


def _bytes_of(path: Path, stdin: bytes | None) -> bytes:
    """Return what is in a file, or came on standard input. Raises `InputError`."""
    try:
        return (stdin or b"") if str(path) == "-" else path.read_bytes()
    except OSError as error:
        says = f"the file cannot be read: {error.strerror}"
        raise InputError([Mistake(str(path), 0, says)]) from None
