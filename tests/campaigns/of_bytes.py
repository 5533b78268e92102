"""Damaged inputs: no fault of the program, no hang, no great memory, and nothing unchecked.

The command runs in a process of its own that takes many inputs one after the other.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.campaigns.inputs import ROOT, TIMELINE, WIDE, Given, given

INPUTS = 60
MOST_SECONDS = 2.0
"""How long the processor may work for an input."""
MOST_MEMORY = 500_000_000
"""How much memory a run may take, beside ten times the size of its input."""
PATIENCE = 180
"""For how many seconds an answer is awaited, which a busy machine may take."""
KEPT = ROOT / "build" / "campaign"


class Worker:
    """The process that runs the command; one that died or took too long is begun anew."""

    def __init__(self) -> None:
        self.process = self._begun()

    def _begun(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.campaigns.worker"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run(self, one: Given, folder: Path) -> Mapping[str, Any]:
        """Return what became of a run, or how the process died of it."""
        for name, data in one.files.items():
            (folder / name).write_bytes(data)
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"words": one.words, "folder": str(folder)}) + "\n")
        self.process.stdin.flush()
        waited, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if waited else ""
        if not line:
            self.end()
            code = self.process.returncode
            self.process = self._begun()
            return {"died": f"the process ended ({code})" if waited else "it hangs"}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def went_wrong(seed: int) -> Iterator[str]:
    """Go through one round; return what is wrong with any run, whose files are kept."""
    worker = Worker()
    try:
        with tempfile.TemporaryDirectory() as place:
            # What is imported at first use is no cost of an input.
            for words, data in ((("a.csv",), WIDE), (("case.yaml",), TIMELINE.encode())):
                worker.run(Given(words, {words[-1]: data}), Path(place))
            for number, one in enumerate(given(seed, INPUTS)):
                folder = Path(place) / f"{number}"
                folder.mkdir()
                told = worker.run(one, folder)
                for wrong in _wrong(one, told):
                    kept = KEPT / f"{seed}-{number}"
                    shutil.copytree(folder, kept, dirs_exist_ok=True)
                    yield (
                        f"{one.kind}: {wrong}\n  chcheck {' '.join(one.words)}"
                        f"\n  in {kept}\n  {told.get('said', '')}"
                    )
    finally:
        worker.end()


def _wrong(one: Given, told: Mapping[str, Any]) -> Iterator[str]:
    if "died" in told:
        yield told["died"]
        return
    if told["code"] not in (0, 1, 2) or told["traceback"]:
        yield f"a fault of the program, code {told['code']}"
    if told["seconds"] > MOST_SECONDS:
        yield f"it takes {told['seconds']:.1f} seconds"
    if told["memory"] > MOST_MEMORY + 10 * sum(map(len, one.files.values())):
        yield f"it takes {told['memory'] / 1e6:.0f} MB"
    yield from told["unchecked"]
    # What is refused as a whole has no rows.
    allowed = (None, one.rows, 0) if told["code"] == 2 else (None, one.rows)
    if one.rows is not None and told["rows"] not in allowed:
        yield f"{told['rows']} rows are read of {one.rows}"
