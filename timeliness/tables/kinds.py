"""Which files are tables: by the end of their name or, for JSON, by what is in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

IN_FOLDERS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".jsonl", ".ndjson")
"""What the name of a table in a folder ends in."""

NAMED = (*IN_FOLDERS, ".txt", ".tab")
"""What the name of a table ends in that is itself named."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def tables_among(paths: Iterable[Path], stdin: bytes | None) -> list[Path]:
    """Return the tables among files and folders, those of a folder in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if str(path) == "-":
            found += [path] * looks_like_table(stdin or b"")
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


def _is_table(path: Path, suffixes: Iterable[str]) -> bool:
    if path.name.startswith(("~$", ".")):
        return False
    if path.suffix.lower() in suffixes:
        # A name that ends so is told what is wrong with its file; a timeline would be too.
        return path.is_file() or not path.exists()
    if path.suffix.lower() == ".json" and path.is_file():
        try:
            with path.open("rb") as file:
                head = file.read(1 << 16)
        except OSError:
            return False
        return is_list_of_rows(head)
    return False


def is_list_of_rows(head: bytes) -> bool:
    """Whether JSON is a list of flat objects, rather than timelines with their events."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"[") and b'"events"' not in head and b"{" in head


def looks_like_table(data: bytes) -> bool:
    """Whether standard input is a table: a workbook, JSON rows, or lines of separated cells."""
    if data.startswith((*_WORKBOOKS, b"\xff\xfe", b"\xfe\xff")):
        return True
    start = data[: 1 << 16].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"["):
        return is_list_of_rows(start)
    if start.startswith(b"{"):
        return b'"events"' not in start
    # YAML may begin with comments, in which a comma means nothing.
    lines = (line.strip() for line in start.split(b"\n"))
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return b":" not in first and any(mark in first for mark in (b",", b";", b"\t"))
