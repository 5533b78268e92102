"""Imports go in one direction: nothing upward, nor late or for types alone, and no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "timeliness"
FLOORS = ("model", "judge", "results", "read", "tables", "write", "run", "commands")
"""Each folder imports from itself and from those before it."""


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in PACKAGE.rglob("*.py")}


def imported_by(module: str) -> Iterator[str]:
    """Yield the modules of the package that a module names, wherever in it."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                inner = f"{node.module}.{one.name}"
                yield inner if inner in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def floor_of(module: str) -> int:
    """Return the floor of a module, or -1 where it belongs to none."""
    parts = module.split(".")
    inside = len(parts) > 1 and parts[0] == "timeliness" and parts[1] in FLOORS
    return FLOORS.index(parts[1]) if inside else -1


def test_no_folder_imports_from_one_above_it() -> None:
    climbing = {
        (module, name)
        for module in MODULES
        if floor_of(module) >= 0
        for name in imported_by(module)
        if floor_of(name) > floor_of(module)
    }
    assert climbing == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {
        module: {name for name in imported_by(module) if name in MODULES and name != module}
        for module in MODULES
    }
    # Raises CycleError, which names the modules of a circle.
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_what_things_are_made_of_is_a_struct_of_msgspec():
    # A dataclass takes a millisecond to define, and there are some hundreds of them.
    assert [name for name in MODULES if "dataclasses" in imported_by(name)] == []
