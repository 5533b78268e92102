"""A request to end the run, at any moment from the first: a line, exit code 2 and no traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")

AT_IMPORT = """
import builtins, os, sys
from timeliness.__main__ import main
real = builtins.__import__
def asked(name, *rest, **more):
    if name.startswith(sys.argv[1]):
        os.kill(os.getpid(), int(sys.argv[2]))
    return real(name, *rest, **more)
builtins.__import__ = asked
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("module", ["timeliness.cli", "click", "timeliness.commands", "yaml"])
def test_a_request_while_modules_are_imported(
    tmp_path: Path, module: str, number: signal.Signals
) -> None:
    (tmp_path / "c.yaml").write_text("complaint: X\nevents:\n- 2025-03-03 complaint received\n")
    done = subprocess.run(
        [sys.executable, "-c", AT_IMPORT, module, str(int(number)), "c.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    says = "chcheck: stopped; nothing was written\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", says)
    assert [one.name for one in tmp_path.iterdir()] == ["c.yaml"]


def test_what_asks_to_be_left_alone_is(tmp_path: Path) -> None:
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + AT_IMPORT
    code = code.replace("main()\n", "sys.argv = ['chcheck', '--version']\nmain()\n")
    code = code.replace("sys.argv[1]", "'click'").replace("int(sys.argv[2])", "signal.SIGHUP")
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("chcheck, version")
