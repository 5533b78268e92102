"""What tests of several parts share: the command, run as a user would run it."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.command import Chcheck, Ran
from timeliness import cli

# What CI finds it finds again; elsewhere every run looks for something new.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


def pytest_configure() -> None:
    """Heed Ctrl-C where the tests run in the background, so that what they start heeds it too."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Look for garbage as seldom as the command does, and never among the thousands of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture
def chcheck(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Chcheck:
    """Run `chcheck` in an empty folder, where `files` are written first."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, stdin: bytes | None = None, files: dict[str, str] | None = None) -> Ran:
        for name, text in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["chcheck", *words])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, told.out, told.err)

    return run
