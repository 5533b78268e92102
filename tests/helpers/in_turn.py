"""Many commands in one process of its own: to start Python for each takes longer than they do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_IN_TURN = """
import contextlib, io, json, sys
from timeliness.cli import main
told = []
for given, *words in json.load(sys.stdin):
    sys.argv = ["chcheck", *words]
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    texts = []
    for one in (out, err):
        one.flush()
        texts.append(one.buffer.getvalue().decode())
    try:
        import resource
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    except ImportError:
        memory = 0
    told.append([code, *texts, memory * (1 if sys.platform == "darwin" else 1024)])
json.dump(told, sys.stdout)
"""


@dataclass(frozen=True)
class InTurn:
    """What one of the commands left behind, and the most memory in bytes taken by then."""

    code: int
    out: str
    err: str
    memory: int


def run_in_turn(
    folder: Path,
    commands: Sequence[tuple[str, Sequence[str]]],
    before: str = "",
    limit: Callable[[], None] | None = None,
) -> list[InTurn]:
    """Run `chcheck` in a folder for each standard input and its words, after some code.

    `limit` sets the limits of the process.
    """
    done = subprocess.run(
        [sys.executable, "-c", before + _IN_TURN],
        input=json.dumps([(given, *words) for given, words in commands]),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=limit,
    )
    assert (done.returncode, done.stderr) == (0, ""), (done.returncode, done.stderr[-2000:])
    return [InTurn(*one) for one in json.loads(done.stdout)]
