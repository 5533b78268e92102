"""Changes the program in one place at a time, and says which changes no test notices.

    python -m tests.campaigns.mutants [--count 150] [--seed 1] [--only PART-OF-A-PATH] [--at K,...]

The changes are drawn from the modules of `COVERED`, each against the tests named there, the quick
ones first. No file is changed: the module is imported as changed in a process of its own. What a
seed draws turns on the text of each place alone: a place that nobody edits is drawn as before,
whatever was edited elsewhere.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import math
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from tests.campaigns.covered import COVERED

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 120
"""How long the processor may work for the tests of a module as it is."""
PRELOADED = ("pytest", "numpy", "hypothesis", "yaml", "click", "pendulum", "holidays", "polars")
"""What the tests import of other packages; each test process has it at once."""


# Changes --------------------------------------------------------------------------------------

COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}
NAMED = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "minimum": "maximum",
    "maximum": "minimum",
    "earliest": "latest",
    "latest": "earliest",
    "first": "last",
    "last": "first",
    "FAR_FUTURE": "FAR_PAST",
    "FAR_PAST": "FAR_FUTURE",
}


@dataclass(frozen=True)
class Site:
    """One place that may be changed, with what makes the change in its tree."""

    line: int
    before: str
    change: Callable[[], ast.AST]


def sites(tree: ast.Module) -> list[Site]:
    """Return every place of a module that may be changed, in order."""
    found = [
        Site(node.lineno, ast.unparse(node), change)
        for node in _code(tree)
        for change in _changes(node)
    ]
    return sorted(found, key=lambda site: site.line)


def _code(node: ast.AST) -> Iterator[ast.expr | ast.If]:
    """Go through what is done, and not through annotations, decorators and assertions.

    How a class is made is as a decorator, and that two sequences are as long as each other, by
    `strict`, is an assertion.
    """
    if isinstance(node, ast.Assert) or (isinstance(node, ast.keyword) and node.arg == "strict"):
        return
    if isinstance(node, ast.expr | ast.If):
        yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        if isinstance(node, ast.ClassDef) and name == "keywords":
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield from _code(each)


def _changes(node: ast.expr | ast.If) -> Iterator[Callable[[], ast.AST]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield lambda: _set(node, "ops", [COMPARED[type(op)]()])
        case ast.BinOp(op=op) if type(op) in OPERATED:
            yield lambda: _set(node, "op", OPERATED[type(op)]())
        case ast.BoolOp(op=op):
            yield lambda: _set(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield lambda: _set(node, "op", ast.UAdd())
        case ast.Constant(value=bool(value)):
            yield lambda: _set(node, "value", not value)
        case ast.Constant(value=int(value)):
            yield lambda: _set(node, "value", value + 1)
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMED and name.isupper():
            yield lambda: _set(node, "id", NAMED[name])
        case ast.Call(func=ast.Name(id=name) as called) if name in NAMED:
            yield lambda: _set(node, "func", _set(called, "id", NAMED[name]))
        case ast.Attribute(attr=name, ctx=ast.Load()) if name in NAMED:
            yield lambda: _set(node, "attr", NAMED[name])
        case ast.If(test=test):
            yield lambda: _set(node, "test", ast.UnaryOp(ast.Not(), test))


def _set(node: ast.AST, name: str, value: object) -> ast.AST:
    setattr(node, name, value)
    return node


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the place among its sites, and what stands there.

    `number` counts the places of the module that read alike, from 1.
    """

    path: str
    place: int
    line: int
    source: str
    before: str
    number: int

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")

    def tree(self) -> tuple[ast.Module, str]:
        """Return the changed module, and what the place says now."""
        tree = ast.parse((ROOT / self.path).read_text(encoding="utf-8"))
        site = sites(tree)[self.place]
        changed = site.change()
        text = ast.unparse(changed).replace("+(", "(")
        return _without_plus(tree), text

    def __str__(self) -> str:
        where = f"{self.path}:{self.line} [{self.place}]"
        after = _one_line(self.tree()[1])
        return f"{where}\n    {self.source}\n    {_one_line(self.before)}  ->  {after}"

    def drawn_at(self, seed: int) -> bytes:
        """Return by what the draw of a seed is ordered: as good as random, and always the same."""
        words = (seed, self.path, self.source, _one_line(self.before), self.number)
        return sha256("\n".join(map(str, words)).encode()).digest()


def _one_line(text: str) -> str:
    return text.splitlines()[0][:150]


def _without_plus(tree: ast.Module) -> ast.Module:
    """Return a tree in which a sign that was put in place of `not` is gone."""

    class Gone(ast.NodeTransformer):
        def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
            self.generic_visit(node)
            return node.operand if isinstance(node.op, ast.UAdd) else node

    return ast.fix_missing_locations(Gone().visit(tree))


def mutants() -> Iterator[Mutant]:
    """Return every mutant of the modules that are covered."""
    for path in COVERED:
        text = (ROOT / path).read_text(encoding="utf-8")
        lines = text.splitlines()
        alike: Counter[tuple[str, str]] = Counter()
        for place, site in enumerate(sites(ast.parse(text))):
            source = lines[site.line - 1].strip()
            alike[source, site.before] += 1
            number = alike[source, site.before]
            yield Mutant(path, place, site.line, source, site.before, number)


# Running --------------------------------------------------------------------------------------


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module as it is changed."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.mutant.module:
            return None
        origin = str(ROOT / self.mutant.path)
        return importlib.util.spec_from_file_location(name, origin, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        code = compile(self.mutant.tree()[0], str(ROOT / self.mutant.path), "exec")
        exec(code, module.__dict__)


def survives(mutant: Mutant | None, tests: Sequence[str], most: float) -> tuple[bool, float]:
    """Return whether the tests pass with a change, and how long the processor worked for it.

    Tests that work longer than `most` seconds do not pass.
    """
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _run_tests(mutant, tests, math.ceil(most))
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status) == 0, used.ru_utime + used.ru_stime


def _run_tests(mutant: Mutant | None, tests: Sequence[str], most: int) -> None:
    """Run the tests in this process, and end it with what pytest says."""
    code = 9
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        if mutant:
            sys.meta_path.insert(0, Changed(mutant))
        import pytest

        options = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider")
        code = int(pytest.main([*options, *tests]))
    finally:
        os._exit(code)


def main(words: Sequence[str]) -> int:
    """Draw mutants, run the tests against each, and list those that survive."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.mutants")
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only of modules whose path has this in it")
    parser.add_argument("--at", default="", help="only these places among the sites, as 3,17")
    parser.add_argument("--from", type=int, default=0, dest="begin", help="leave out so many")
    asked = parser.parse_args(words)
    os.chdir(ROOT)
    os.environ |= {"CI": "true", "OPENBLAS_NUM_THREADS": "1"}
    drawn = [one for one in mutants() if asked.only in one.path]
    if asked.at:
        drawn = [one for one in drawn if one.place in map(int, asked.at.split(","))]
    else:
        drawn = sorted(drawn, key=lambda one: one.drawn_at(asked.seed))[: asked.count]
    for name in PRELOADED:
        importlib.import_module(name)
    return _gone_through(drawn[asked.begin :])


def _gone_through(drawn: Sequence[Mutant]) -> int:
    alive, began, left_out = [], time.monotonic(), 0
    sound: dict[Sequence[str], tuple[bool, float]] = {}
    for number, mutant in enumerate(drawn, 1):
        tests = COVERED[mutant.path]
        if tests not in sound:
            sound[tests] = survives(None, tests, MOST_SECONDS)
            print(f"the tests of {mutant.path} take {sound[tests][1]:.1f} s", flush=True)
        passes, takes = sound[tests]
        if not passes:
            print(f"{number}/{len(drawn)} left out: the tests of {mutant.path} fail as it is")
            left_out += 1
            continue
        lives, seconds = survives(mutant, tests, 2 * takes + 10)
        if lives:
            alive.append(mutant)
        told = "SURVIVES" if lives else "killed"
        print(f"{number}/{len(drawn)} {told} ({seconds:.1f} s) {mutant}", flush=True)
    tried = len(drawn) - left_out
    killed = tried - len(alive)
    print(f"\n{killed} of {tried} killed in {time.monotonic() - began:.0f} s; survivors:")
    for mutant in alive:
        print(mutant)
    return 2 if left_out else int(killed < 0.9 * tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
