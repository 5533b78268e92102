"""The command as a whole: help, exit codes, terminals and pipes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from timeliness import __version__
from timeliness.commands import COMMANDS

ROOT = Path(__file__).parent.parent
LATE = """\
complaint: LATE
as_at: 2025-04-30
events:
  - 2025-03-03 complaint received
  - 2025-03-04 complaint acknowledged
  - 2025-04-02 stage 1 response
"""
UNCLEAR = """\
complaint: UNCLEAR
as_at: 2025-04-30
events:
  - 2025-03 complaint received
  - 2025-03-14 complaint acknowledged
  - 2025-03-20 stage 1 response
"""
GOOD = """\
complaint: GOOD
as_at: 2025-04-30
events:
  - 2025-03-03 complaint received
  - 2025-03-04 complaint acknowledged
  - 2025-03-12 stage 1 response
"""


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "timeliness", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


# Help -----------------------------------------------------------------------------------------


def test_the_version(chcheck: Chcheck) -> None:
    assert chcheck("--version").out == f"chcheck, version {__version__}\n"


def test_without_words_the_help_is_shown_and_the_usage_is_wrong(chcheck: Chcheck) -> None:
    ran = chcheck()
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("Usage: chcheck [OPTIONS] COMMAND [ARGS]...\n")


def test_the_help_lists_every_command(chcheck: Chcheck) -> None:
    ran = chcheck("--help")
    assert ran.code == 0
    listed = re.findall(r"^  ([a-z-]+)\*? {2,}\S", ran.out.partition("Commands:")[2], re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_help_fits_80_columns(chcheck: Chcheck, words: tuple[str, ...]) -> None:
    ran = chcheck(*words, "--help")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80


def examples(name: str) -> list[str]:
    from click import Context

    from timeliness.cli import cli

    command = cli.get_command(Context(cli), name)
    assert command
    assert command.help
    block = command.help.partition("Example:\n")[2]
    return [line.strip() for line in block.splitlines() if line.strip()]


EXPORT = (
    "Ref,Team,As at,Complaint received,Complaint acknowledged,Stage 1 extended,Stage 1 response,"
    "Escalation requested,Escalation acknowledged,Stage 2 extended,Stage 2 response,"
    "Complaint withdrawn\nA,North,2026-04-30,2026-03-02,2026-03-04,,2026-03-10,,,,,\n"
)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_in_a_help_works(
    name: str, tmp_path: Path, chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The form ends at once, and no browser opens.
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    monkeypatch.setattr("socketserver.BaseServer.serve_forever", lambda _, poll_interval: None)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "cases").mkdir()
    for case in ("cases/one.yaml", "case.yaml"):
        (tmp_path / case).write_text(GOOD, encoding="utf-8")
    policy = (ROOT / "docs/examples/our-policy.yaml").read_text(encoding="utf-8")
    (tmp_path / "my-policy.yaml").write_text(policy, encoding="utf-8")
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    if name in ("compare", "verify"):
        # What an earlier run wrote.
        (tmp_path / "sent").mkdir()
        kept = ("json:result.json", "html:sent/report.html", "json:march.json", "json:april.json")
        chcheck("cases/one.yaml", *(f"--output={one}" for one in kept))
    lines = examples(name)
    assert lines
    for line in lines:
        command, _, target = line.partition(" > ")
        words = shlex.split(command)
        assert words[0] == "chcheck"
        ran = chcheck(*words[1:])
        # These find something: a case with breaches, and policies that fall short of the Code.
        finds = "luton-202229082" in line or line.startswith("chcheck policy")
        assert ran.code == int(finds), (line, ran.err)
        assert ran.out
        assert not ran.err
        if target:
            assert re.fullmatch(r"[\w.-]+", target)


# Exit codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("good.yaml",), 0),
        (("unclear.yaml",), 0),
        (("late.yaml",), 1),
        (("late.yaml", "--fail-on", "never"), 0),
        (("late.yaml", "--fail-on", "cannot-tell"), 1),
        (("unclear.yaml", "--fail-on", "cannot-tell"), 1),
        (("good.yaml", "--fail-on", "cannot-tell"), 0),
        (("late.yaml", "--show", "problems"), 1),
        (("good.yaml", "late.yaml"), 1),
        (("late.yaml", "bad.yaml"), 2),
        (("bad.yaml", "--fail-on", "never"), 2),
        (("late.yaml", "missing.yaml", "--fail-on", "never"), 2),
        (("good.yaml", "--no-such-option"), 2),
        (("good.yaml", "--fail-on", "sometimes"), 2),
        (("days", "2025-01-01"), 2),
    ],
)
def test_exit_codes(chcheck: Chcheck, words: tuple[str, ...], code: int) -> None:
    files = {"good.yaml": GOOD, "late.yaml": LATE, "unclear.yaml": UNCLEAR, "bad.yaml": "x"}
    assert chcheck(*words, files=files).code == code


def test_a_fault_of_the_program_is_3_and_goes_before_all(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("\x1b[31mdivision")

    monkeypatch.setattr("timeliness.commands.check.check_given", fail)
    ran = chcheck("late.yaml", "missing.yaml", files={"late.yaml": LATE})
    assert ran.code == 3
    assert "Traceback" not in ran.err
    assert ran.err.splitlines()[-1] == (
        "chcheck: a fault in the program (ZeroDivisionError: <U+001B>[31mdivision). Nothing it "
        "printed should be relied on. Please report it with the version, the command and an input "
        "that shows it, without personal data."
    )


# Commands and paths of one name ---------------------------------------------------------------


def test_the_name_of_a_command_wins_over_a_path(chcheck: Chcheck) -> None:
    files = {"rules/late.yaml": LATE}
    assert "\nhousing-ombudsman-2020: Complaint" in chcheck("rules", files=files).out
    ran = chcheck("./rules")
    assert ran.code == 1
    assert ran.out.startswith("1 breach: stage 1 response 11 working days late (Code).\n")
    assert chcheck("check", "rules").out == ran.out


def test_a_misspelt_command_is_told(chcheck: Chcheck) -> None:
    ran = chcheck("dayz", "2025-01-01", "5wd")
    assert ran.code == 2
    assert ran.err == (
        'chcheck: there is no file or folder "dayz"; did you mean the command "days"?\n'
    )


def test_a_folder_of_rulebooks_is_no_folder_of_timelines(chcheck: Chcheck) -> None:
    ran = chcheck(str(ROOT / "rules"))
    assert ran.code == 2
    assert ran.err == (
        "chcheck: there are only rulebooks here, no timelines; `chcheck rules` lists them\n"
    )


# Terminals and pipes --------------------------------------------------------------------------


def test_a_pipe_gets_no_colour(tmp_path: Path) -> None:
    (tmp_path / "late.yaml").write_text(LATE, encoding="utf-8")
    done = run("late.yaml", cwd=tmp_path, FORCE_COLOR="1")
    assert done.stdout.startswith("1 breach: ")
    assert "\x1b" not in done.stdout


def on_a_terminal(cwd: Path, *words: str, **environment: str) -> str:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "timeliness", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
    )
    os.close(theirs)
    told = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        told += part
    os.close(ours)
    assert process.stderr
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)
    return told.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_unless_no_color_is_set(tmp_path: Path) -> None:
    (tmp_path / "late.yaml").write_text(LATE, encoding="utf-8")
    coloured = on_a_terminal(tmp_path, "late.yaml", NO_COLOR="")
    assert coloured.startswith("\x1b[1;31m1 breach: stage 1 response 11 working days late")
    plain = on_a_terminal(tmp_path, "late.yaml", NO_COLOR="1")
    assert plain.startswith("1 breach: stage 1 response 11 working days late (Code).\n")
    # Colour is all that differs: the words carry the verdict.
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_a_pipe_that_closes_early_is_no_fault_and_no_breach(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "timeliness", "days", "2000-01-01", "2040-12-31"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    first = process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), said) == (2, b"")
    assert b" working days from Saturday 1 January 2000 to Monday 31 December 2040\n" in first


def test_no_control_character_of_a_path_or_option_reaches_the_terminal(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    name = "a\x1b[31m\x07.yaml"
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    words = [
        (f"no{name}",),
        (name, "--policy", "\x1b[31m"),
        (name, "--code", "\x1b[31m"),
        (name, "--nation", "\x1b[31m"),
        (name, "--format", "\x1b[31m"),
        (name, "--as-at", "\x1b[31m"),
        (name, "--output", f"json:no/{name}"),
        (name, "--\x1b[31m"),
        ("days", "2025-01-01", "\x1b[31m"),
        ("rules", "\x1b[31m"),
        ("explain", "\x1b[31m"),
        ("events", "\x1b[31m"),
        ("new", "--policy", "\x1b[31m"),
    ]
    for given in words:
        ran = chcheck(*given)
        assert ran.code == 2, given
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.out + ran.err), given


def test_output_is_utf_8_whatever_the_surroundings(tmp_path: Path) -> None:
    text = GOOD.replace("complaint: GOOD", "complaint: GOOD\nlandlord: Tŷ Cymru \N{HOUSE BUILDING}")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "timeliness", "case.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Complaint GOOD, Tŷ Cymru \N{HOUSE BUILDING}\n".encode() in done.stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
def test_a_file_name_that_is_no_text_is_no_fault(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.yaml")
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    done = run(name, "--format", "json", "--output", "json:out.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"path": "?.yaml"' in done.stdout
    assert '"path": "?.yaml"' in (tmp_path / "out.json").read_text(encoding="utf-8")


# Importing late -------------------------------------------------------------------------------


def test_help_and_version_import_no_engine(tmp_path: Path) -> None:
    code = (
        "import sys, timeliness.cli; "
        "print(sorted({'numpy', 'holidays', 'jinja2', 'pendulum', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout == "[]\n"


def test_the_name_check_is_the_function_whatever_is_imported_first(tmp_path: Path) -> None:
    for first in (
        "timeliness.judge.clocks",
        "timeliness.read.library",
        "timeliness.api",
        "timeliness",
    ):
        code = (
            f"import {first}; from timeliness import check, load_timelines; print(callable(check))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
        assert done.stdout == "True\n", first


def test_the_holidays_are_those_of_the_package_and_it_stays_whole() -> None:
    from holidays import country_holidays

    from timeliness.model.bank_holidays import bank_holidays

    for nation in ("ENG", "WLS", "SCT", "NIR"):
        ours = bank_holidays(nation, range(2012, 2029))
        theirs = country_holidays("GB", subdiv=nation, years=range(2012, 2029), language="en_GB")
        assert ours == dict(theirs.items())
    assert country_holidays("FR", years=2025)["2025-07-14"]


@pytest.mark.parametrize("module", ["", "Elsewhere = 1", "from holidays.countries import NoSuch"])
def test_the_holidays_are_the_same_where_the_package_is_laid_out_anew(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import holidays

    from timeliness.model import bank_holidays as ours

    before = ours.bank_holidays("SCT", range(2019, 2029))
    # A package without the module, with one that lacks the class, and with one that asks for more.
    (tmp_path / "countries").mkdir()
    if module:
        (tmp_path / "countries" / "united_kingdom.py").write_text(module)
    for name in [name for name in sys.modules if name.startswith("holidays.countries")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(holidays, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises((ImportError, AttributeError)):
        ours._united_kingdom()
    assert ours.bank_holidays("SCT", range(2019, 2029)) == before
