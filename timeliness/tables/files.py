"""Which files are tables: by the end of their name or, for JSON, by what is in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from timeliness.model.patterns import regex
from timeliness.read.encodings import head_as_text
from timeliness.tables.gzipped import GZIP, head_of

_PLAIN = (".csv", ".tsv", ".jsonl", ".ndjson")
IN_FOLDERS = (*_PLAIN, ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet")
"""What the name of a table in a folder ends in; plain text may be packed, as in .csv.gz."""

NAMED = (*IN_FOLDERS, ".txt", ".tab")
"""What the name of a table ends in that is itself named."""

_PERHAPS = (".txt", ".tab", ".dat", ".prn", ".psv", ".fods", ".numbers")
"""What the name of a file in a folder ends in that may be a table, or anything else."""

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PARQUET = b"PAR1"
_TABLES = (GZIP, PARQUET)
"""How files begin that are tables whatever their names end in."""

_COMPLAINT = regex(r"complaint\s*:(?:\s|$)", re.IGNORECASE)
_HEAD = 1 << 16
_TIMELINE = regex(
    r"---|-\s|(?:complaint|landlord|nation|policy|record|as_at|dates|events|statements|id)\s*:"
)


def tables_among(paths: Iterable[Path], stdin: bytes | None) -> list[Path]:
    """Return the tables among files and folders, those of a folder in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if str(path) == "-":
            if looks_like_table(stdin or b""):
                found.append(path)
            continue
        try:
            if path.is_dir():
                found += sorted(one for one in path.rglob("*") if _is_table(one, IN_FOLDERS))
            elif _is_table(path, NAMED):
                found.append(path)
        except OSError:
            # Whoever reads it as a timeline says what is wrong with the path.
            continue
    return found


def left_out_of(paths: Iterable[Path], *, tables: bool) -> list[str]:
    """Return a note for each file of a folder that is skipped and may be meant to be checked.

    That is one that begins as a timeline does, one that is packed and does not have the name of a
    table and, where there are `tables`, one that may be one.
    """
    notes = []
    for one in (one for path in paths if is_folder(path) for one in sorted(path.rglob("*"))):
        if one.suffix.lower() not in (*_PERHAPS, ".gz") or one.name.startswith(("~$", ".")):
            continue
        if one.suffix.lower() == ".gz":
            if one.is_file() and not _is_table(one, IN_FOLDERS):
                notes.append(
                    f"{one}: skipped, because it is packed with gzip and its name does not end as "
                    "a table's does (.csv.gz); unpack it, or name it in the command if it is a "
                    "table"
                )
            continue
        if one.is_file() and _begins_as_timeline(one):
            name = one.stem if one.stem.endswith((".yaml", ".yml")) else f"{one.stem}.yaml"
            notes.append(
                f"{one}: skipped, and it looks like a timeline; rename it {name}, or name it in "
                "the command to have it checked"
            )
        elif tables and one.is_file():
            notes.append(
                f"{one}: skipped, because its name does not look like a table's; name it in the "
                "command to have it checked"
            )
    return notes


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that cannot be opened is not."""
    try:
        return path.is_dir()
    except OSError:
        # Whoever opens it says what is wrong with the path.
        return False


def _is_table(path: Path, suffixes: Iterable[str]) -> bool:
    if path.name.startswith(("~$", ".")):
        return False
    if path.suffix.lower() in _PERHAPS and path.is_file() and _begins_as_timeline(path):
        return False
    if path.suffix.lower() in suffixes:
        # A name that ends so is told what is wrong with its file; a timeline would be too.
        return path.is_file() or not path.exists()
    if path.suffix.lower() == ".gz" and Path(path.stem).suffix.lower() in _PLAIN:
        return path.is_file()
    if suffixes is IN_FOLDERS and path.suffix.lower() not in (".json", ".gz"):
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    if path.suffix.lower() == ".json":
        return is_list_of_rows(head)
    if path.suffix.lower() == ".gz" and Path(path.stem).suffix.lower() == ".json":
        return is_list_of_rows(head_of(head, _HEAD))
    return suffixes is NAMED and head.startswith(_TABLES)


def _begins_as_timeline(path: Path) -> bool:
    """Whether the first line of text names a complaint, as a timeline does whatever its name."""
    try:
        with path.open("rb") as file:
            start = head_as_text(file.read(_HEAD))
    except OSError:
        return False
    lines = (line.strip() for line in start.splitlines())
    first = next((line for line in lines if line and not line.startswith(("#", "---"))), "")
    return bool(_COMPLAINT.match(first))


def is_json(text: bytes) -> bool:
    """Whether a text begins as JSON does; a title such as [OFFICIAL] begins otherwise."""
    return bool(re.match(rb'\s*(?:\[\s*[\[{\]"]|\{\s*["}])', text))


def is_list_of_rows(head: bytes) -> bool:
    """Whether JSON is a list of flat objects, rather than timelines with their events."""
    start = head_as_text(head).lstrip()
    return start.startswith("[") and '"events"' not in start and "{" in start


def looks_like_table(data: bytes) -> bool:
    """Whether standard input is a table: a workbook, JSON rows, or lines of separated cells."""
    if data.startswith((*WORKBOOKS, *_TABLES, b"\xff\xfe", b"\xfe\xff")):
        return True
    start = head_as_text(data[:_HEAD]).lstrip()
    if is_json(start.encode()):
        return is_list_of_rows(data) if start.startswith("[") else '"events"' not in start
    # YAML may begin with comments, in which a comma means nothing.
    lines = [line for line in start.splitlines() if line.strip() and not line.startswith("#")]
    if not lines or any(line.startswith("events:") for line in lines) or _TIMELINE.match(lines[0]):
        return False
    return any(_of_cells(lines[:40], mark) for mark in ",;\t|")


def _of_cells(lines: Sequence[str], mark: str) -> bool:
    """Whether at least half of the lines hold several cells."""
    widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
    return sum(width > 1 for width in widths) * 2 >= len(widths)
