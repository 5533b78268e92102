"""Comparing what two runs wrote, and writing what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from timeliness.read.kept import read_kept
from timeliness.read.library import load_rulebooks
from timeliness.results.compared import compare_runs
from timeliness.run.inputs import Inputs, guard_inputs, guard_used
from timeliness.run.outputs import Target, to_screen
from timeliness.write.files import WholeFile, put_all_in_place
from timeliness.write.names import Names


def compare_kept(last: Path, now: Path, targets: Sequence[Target], fail_on: str) -> int:
    """Compare what two runs wrote, write it in each form, and return the exit code.

    Raises `UsageError`, and `InputError` where one of the files cannot be read.
    """
    written = [("--output", one.path) for one in targets if one.path]
    guard_inputs(written, Inputs((), (), {}, frozenset()))
    guard_used(written, [last, now])
    made = compare_runs(read_kept(last), read_kept(now))
    names = Names.of(load_rulebooks())
    files: list[WholeFile] = []
    try:
        for target in targets:
            if target.path:
                files.append(WholeFile(target.path))
            put = files[-1].write if target.path else to_screen
            text = target.format.load()(made, names)
            put(text.encode("utf-8", errors="replace"))
        put_all_in_place(files)
    finally:
        for file in files:
            file.discard()
    return int(made.fails(fail_on))
