"""Standard output and error that cannot be written, and what of an input reaches them."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest

from tests.helpers.command import Chcheck

EXPORT = """\
Complaint Ref,Date Received,Acknowledged,Stage 1 Response
A1,2025-03-03,2025-03-20,2025-03-31
"""
CASE = """\
complaint: Y1
as_at: 2026-03-31
events:
  - 2025-03-03 complaint received
  - 2025-03-20 complaint acknowledged
  - 2025-03-31 stage 1 response
"""
COMMANDS = ("y.yaml", "e.csv --as-at 2026-03-31", "columns e.csv", "rules", "days 2025-01-06 5wd")

needs_shell = pytest.mark.skipif(
    sys.platform == "win32" or not Path("/dev/full").exists(), reason="there is no /dev/full here"
)


def shell(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "e.csv").write_text(EXPORT)
    (folder / "y.yaml").write_text(CASE)
    return subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m timeliness {words}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@needs_shell
@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(
    ("where", "why"), [("> /dev/full", "No space left on device"), (">&-", "it is closed")]
)
def test_an_output_that_cannot_be_written_is_2(
    tmp_path: Path, words: str, where: str, why: str
) -> None:
    done = shell(f"{words} {where}", tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"chcheck: standard output cannot be written: {why}"


@needs_shell
@pytest.mark.parametrize("where", ["2> /dev/full", "2>&-"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("y.yaml --fail-on never", 0),
        ("e.csv", 1),
        ("missing.yaml", 2),
        ("y.yaml --format unknown", 2),
    ],
)
def test_an_error_that_nobody_hears_changes_no_code(
    tmp_path: Path, words: str, code: int, where: str
) -> None:
    assert shell(f"{words} {where}", tmp_path).returncode == code


@pytest.mark.parametrize(
    "export",
    [
        'Complaint Ref,Date Received\n"Q1\n::error::pwned",soon\n',
        '"Complaint Ref","Date Received\n::error::pwned"\nQ1,soon\n',
        '"Complaint Ref",Date Received\n"' + "Q" * 70 + ' ::error::pwned ##[error]pwned",soon\n',
        'Complaint Ref,Date Received\nQ1,"soon\n::error::pwned"\n',
    ],
)
def test_nothing_of_an_input_is_a_command_to_a_log(chcheck: Chcheck, export: str) -> None:
    files = {"e.csv": export, "chcheck.toml": '[columns]\n"Case" = "complaint"\n'}
    for name in ("text", "markdown", "csv"):
        ran = chcheck("e.csv", "--as-at", "2026-03-31", "--format", name, files=files)
        assert ran.code == 2
        told = ran.err if name != "text" else ran.out + ran.err
        assert not [line for line in told.splitlines() if line.lstrip().startswith("::")]
        assert "##[" not in told


def test_no_note_of_a_timeline_is_a_command_to_a_log(chcheck: Chcheck) -> None:
    words = " ".join(["words"] * 12)
    note = f'  - {{date: 2025-04-02, event: contact, note: "{words} ::error::pwned"}}\n'
    ran = chcheck("y.yaml", files={"y.yaml": CASE + note})
    assert "error::pwned" in ran.out
    assert not [line for line in ran.out.splitlines() if line.lstrip().startswith("::")]


def test_no_command_stands_in_what_the_baseline_no_longer_finds(chcheck: Chcheck) -> None:
    baseline = 'landlord,complaint,standard,rule\n"x\n::error::pwned",A1,code,stage-1-response\n'
    ran = chcheck("e.csv", "--baseline", "b.csv", files={"e.csv": EXPORT, "b.csv": baseline})
    assert "pwned" in ran.out
    assert not [line for line in ran.out.splitlines() if line.lstrip().startswith("::")]


def test_junit_is_xml_whatever_stands_in_a_reference(chcheck: Chcheck) -> None:
    export = EXPORT.replace("A1", "A1\ufffe\uffff\x01")
    for name in ("junit", "csv"):
        ran = chcheck("e.csv", "--as-at", "2026-03-31", "--format", name, files={"e.csv": export})
        assert ran.code == 1
        shown = "A1<U+FFFE><U+FFFF><U+0001>"
        assert (escape(shown) if name == "junit" else shown) in ran.out
        if name == "junit":
            assert ElementTree.fromstring(ran.out).get("failures") == "1"
