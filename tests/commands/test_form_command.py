"""`chcheck form`: it starts, prints its address, and ends when asked to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")
def test_it_prints_its_address_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "chcheck.toml").write_text('landlord = "Sample Homes"\n', encoding="utf-8")
    command = [sys.executable, "-m", "timeliness", "form", "--no-browser"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, text=True, stdout=-1, stderr=-1
    ) as started:
        assert started.stdout
        assert started.stderr
        told = [started.stdout.readline() for _ in range(3)]
        assert told[0] == "Open this address in a browser on this computer:\n"
        assert told[2] == "Press Finish on the page, or Ctrl-C here, to stop.\n"
        with urllib.request.urlopen(told[1].strip(), timeout=10) as page:
            assert "Configuration: chcheck.toml" in page.read().decode()
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=10)
        assert (started.returncode, out, err) == (0, "The form has stopped.\n", "")


def test_a_configuration_that_is_wrong_ends_it_at_once(chcheck: Chcheck) -> None:
    ran = chcheck("form", "--no-browser", files={"chcheck.toml": "landlrod = 1\n"})
    assert ran.code == 2
    assert "landlrod" in ran.err


def test_a_port_is_a_number(chcheck: Chcheck) -> None:
    ran = chcheck("form", "--no-browser", "--port", "70000")
    assert ran.code == 2
    assert "70000 is not in the range 0<=x<=65535" in ran.err


def test_without_a_browser_it_says_so_and_goes_on(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    served: list[float] = []
    monkeypatch.setattr("webbrowser.open", lambda url: bool(opened.append(url)))
    monkeypatch.setattr(
        "socketserver.BaseServer.serve_forever", lambda _, poll_interval: served.append(0)
    )
    ran = chcheck("form")
    first, address, _, says, last = ran.out.splitlines()
    assert first == "The form opens in your browser. If it does not, go to:"
    # The browser is started with an address that works once, and not with the one that is printed.
    assert opened[0].startswith(address.strip().rpartition("/")[0].rpartition("/")[0] + "/open/")
    assert (says, last) == (
        "No browser could be opened; open the address yourself.",
        "The form has stopped.",
    )
    assert (ran.code, len(served)) == (0, 1)
