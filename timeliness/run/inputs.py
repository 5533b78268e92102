"""Which files a run reads, each once, and which it may write: never one over the other."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from timeliness.model.errors import UsageError
from timeliness.read.config import Config
from timeliness.read.library import SUFFIXES
from timeliness.read.nodes import MAX_BYTES
from timeliness.tables.files import is_folder, looks_like_table, tables_among

MAX_STDIN = 200_000_000
"""The most bytes of a table that are read from standard input."""

_HEAD = 1 << 16

Written = tuple[str, Path]
"""An option that names a file to write, and the file."""


class Inputs(Struct, frozen=True):
    """What a run checks: the paths that were named, and the tables among them and in them.

    `left_out` holds the files of a folder that are not to be checked, each with the reason;
    `no_timelines` those and every table, under each name by which it was found.
    """

    paths: tuple[Path, ...]
    tables: tuple[Path, ...]
    left_out: Mapping[Path, str]
    no_timelines: frozenset[Path]

    @property
    def notes(self) -> list[str]:
        """Return what to say of the files that are left out."""
        return [f"{path}: {why}; left out" for path, why in self.left_out.items()]

    @property
    def files(self) -> list[Path]:
        """Return every file that is checked, those of the folders among them."""
        timelines = [path for path in self.paths if not is_folder(path)]
        for folder in filter(is_folder, self.paths):
            timelines += _timelines_in(folder)
        return [*self.tables, *(path for path in timelines if path not in self.no_timelines)]


def read_stdin() -> bytes:
    """Return what comes on standard input, and no more than may be read of it.

    Raises `UsageError` where it is closed, or where a table goes on for too long.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed; name a file in place of -")
    stream = sys.stdin.buffer
    head = stream.read(_HEAD)
    if not looks_like_table(head):
        # One byte more shows whoever reads it as a timeline that it is too large.
        return head + stream.read(max(0, MAX_BYTES + 1 - len(head)))
    data = head + stream.read(MAX_STDIN)
    if len(data) > MAX_STDIN:
        raise UsageError(
            f"standard input is longer than {MAX_STDIN // 1_000_000} MB; save it as a file and "
            "check that"
        )
    return data


def find_inputs(
    named: Iterable[Path],
    stdin: bytes | None,
    baseline: Path | None,
    outputs: Iterable[Path],
) -> Inputs:
    """Find the files to check, each once.

    In a folder, what chcheck wrote and the baseline of this run are left out. Raises `UsageError`
    where nothing else is there.
    """
    paths = _each_once(named)
    all_tables = tables_among(paths, stdin)
    tables = _each_once(all_tables)
    written = {_identity(path) for path in outputs}
    used = baseline and _identity(baseline)
    left_out: dict[Path, str] = {}
    for folder in filter(is_folder, paths):
        inside = [path for path in tables if path not in paths and path.is_relative_to(folder)]
        inside += [path for path in _timelines_in(folder) if path not in inside]
        for path in inside:
            if path in left_out or path in paths:
                continue
            if used and _identity(path) == used:
                left_out[path] = "the baseline of this run"
            elif _is_own(path, written):
                left_out[path] = "written by chcheck"
        if inside and all(path in left_out for path in inside):
            raise UsageError(
                f'there is nothing to check in "{folder}": everything in it was written by chcheck'
            )
    kept = tuple(path for path in tables if path not in left_out)
    return Inputs(paths, kept, left_out, frozenset((*all_tables, *left_out)))


def inputs_for(
    paths: Sequence[str], written: Sequence[Written], config: Config
) -> tuple[bytes | None, Inputs]:
    """Return standard input, where it is asked for, and the files that a run checks.

    Raises `UsageError` where nothing is there to check, or where a file that is written is one of
    them, the configuration or the baseline.
    """
    stdin = read_stdin() if "-" in paths else None
    inputs = find_inputs(map(Path, paths), stdin, config.baseline, [path for _, path in written])
    guard_inputs(written, inputs)
    guard_used(written, [config.source.path] if config.source else [], config.baseline)
    return stdin, inputs


def guard_inputs(targets: Sequence[Written], inputs: Inputs) -> None:
    """Refuse to write over what is checked, and two results in one file."""
    checked = {_identity(path) for path in inputs.files} if targets else set()
    seen: dict[object, Path] = {}
    for option, path in targets:
        if str(path) == "-":
            raise UsageError(f"{option} names standard output; --format says what is printed there")
        place = _identity(path)
        if place in checked:
            raise UsageError(f'{option} would write over "{path}", which is to be checked')
        if place in seen:
            also = "" if seen[place] == path else f', as "{seen[place]}"'
            raise UsageError(f'{option} names "{path}" twice{also}; choose two files')
        if not _is_device(path):
            seen[place] = path


def guard_used(
    targets: Sequence[Written], used: Iterable[str | Path], baseline: Path | None = None
) -> None:
    """Refuse to write over the configuration, a policy or, but for a new one, the baseline."""
    taken = {_identity(Path(path)): path for path in used} if targets else {}
    old = baseline and _identity(baseline)
    for option, path in targets:
        place = _identity(path)
        if place in taken or (place == old and option != "--write-baseline"):
            raise UsageError(f'{option} would write over "{path}", which this run uses')


def _is_own(path: Path, written: set[object]) -> bool:

    if is_own(path):
        return True
    # What a run without any finding left of its results says nothing of where it came from.
    return _identity(path) in written and path.read_bytes()[:8].strip() in (b"", b"[]")


def _timelines_in(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file()]


def _is_device(path: Path) -> bool:
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return False


def _each_once(paths: Iterable[Path]) -> tuple[Path, ...]:
    found: dict[object, Path] = {}
    for path in paths:
        found.setdefault(path if str(path) == "-" else _identity(path), path)
    return tuple(found.values())


def _identity(path: Path) -> object:
    """Return what two names of one file have in common."""
    try:
        status = path.stat()
    except OSError:
        return os.path.realpath(path)
    return status.st_dev, status.st_ino


@cache
def _heads() -> tuple[bytes, ...]:
    """Return what the first lines of its files begin with, also of those without episodes.

    Only a folder needs them, and the writers that they belong to.
    """
    from timeliness.results.flat import FIELDS
    from timeliness.results.gate import BASELINE_FIELDS
    from timeliness.write.csv import REJECT_FIELDS
    from timeliness.write.due_data import DUE_FIELDS
    from timeliness.write.sums_data import SUMS_FIELDS
    from timeliness.write.year_data import ROW_FIELDS, YEAR_FIELDS

    names = (
        *(FIELDS[:-2], BASELINE_FIELDS[:-2], REJECT_FIELDS),
        *(DUE_FIELDS, YEAR_FIELDS, ROW_FIELDS, SUMS_FIELDS),
    )
    return tuple(",".join(one).encode() for one in names)


_LINE_KEYS = {"complaint", "rule", "rulebook", "standard", "verdict", "says"}
_MOST = 1 << 20


def is_own(path: Path) -> bool:
    """Whether chcheck wrote a file: findings, a list, figures, a workbook, a baseline, rejects."""
    try:
        with path.open("rb") as file:
            first = file.readline(_MOST).removeprefix(b"\xef\xbb\xbf")
            second = file.readline(_MOST)
    except OSError:
        return False
    if first.startswith(b"PK"):
        return _is_own_book(path)
    if first.startswith(_heads()):
        return True
    if _is_annotated(path):
        return True
    if first.strip() in (b"{", b"["):
        start = second.strip()
        # The first key of a report, and of an entry of the report for GitLab.
        return start.startswith(b'"chcheck":') or (start == b"{" and _is_quality(path))
    if not first.startswith(b'{"complaint":'):
        return False
    try:
        line = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(line, dict) and line.keys() >= _LINE_KEYS


def _is_annotated(path: Path) -> bool:
    """Whether a text is somebody's table with the columns that chcheck added to it."""
    import re

    from timeliness.read.encodings import head_as_text
    from timeliness.tables.headers import ADDED_ROW

    if path.suffix.lower() in SUFFIXES:
        return False
    with path.open("rb") as file:
        head = head_as_text(file.read(1 << 16))
    return re.search(rf'[,;|\t]"?{ADDED_ROW}"?[,;|\t\r\n]', head) is not None


def _is_own_book(path: Path) -> bool:
    """Whether the properties of a workbook say that chcheck wrote it; any program keeps them."""
    import zlib
    from zipfile import BadZipFile, ZipFile

    from timeliness.write.book import CATEGORY

    try:
        with ZipFile(path) as packed, packed.open("docProps/core.xml") as file:
            return f"<cp:category>{CATEGORY}<".encode() in file.read(_MOST)
    except (OSError, KeyError, ValueError, RuntimeError, BadZipFile, zlib.error):
        # Whoever reads it says what is wrong with it.
        return False


def _is_quality(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4096)
    return b'"check_name":' in head and b'"fingerprint":' in head
