"""The folders import in one direction: nothing upward, nor late or for types alone."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "timeliness"
FLOORS = ("model", "judge", "results", "read", "tables", "write", "run", "commands")
"""Each folder imports from itself and from those before it."""


def climbing() -> set[tuple[str, str]]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        floor = path.relative_to(PACKAGE).parts[0]
        if floor not in FLOORS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                parts = name.split(".")
                if parts[0] != "timeliness" or len(parts) < 2 or parts[1] not in FLOORS:
                    continue
                if FLOORS.index(parts[1]) > FLOORS.index(floor):
                    found.add((path.relative_to(PACKAGE).as_posix(), name))
    return found


def test_no_folder_imports_from_one_above_it() -> None:
    assert climbing() == set()
