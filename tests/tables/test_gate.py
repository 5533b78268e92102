"""The gate and the command, on a small export as an analyst would have it."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck
from timeliness.results.gate import read_baseline, unnamed

# A1 in time throughout. A2: acknowledged on time (Friday 10 January is 4 working days after the
# 6th), answered 3 February, 16 working days after it: 6 late. A3: never acknowledged nor answered.
EXPORT = """Ref,Landlord,Received,Acknowledged,Stage 1 Response,Team
A1,Alder,2025-01-06,2025-01-08,2025-01-20,North
A2,Alder,2025-01-06,2025-01-10,2025-02-03,South
A3,Birch,2025-05-06,,,North
"""


Outcome = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export.csv").write_text(EXPORT)
    return tmp_path


@pytest.fixture
def outcome(folder: Path, chcheck: Chcheck) -> Outcome:
    """Return what runs the command over the export, as at 30 June 2025."""

    def run(*words: str) -> tuple[int, str, str]:
        ran = chcheck("export.csv", "--as-at", "2025-06-30", *words)
        return ran.code, ran.out, ran.err

    return run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_summary_and_the_findings(folder: Path, outcome: Outcome) -> None:
    exit_code, out, _ = outcome("--output", "csv:found.csv", "--show", "problems")
    assert exit_code == 1
    assert out.startswith("2 of 3 complaints have breaches (66.7%).\n")
    assert "Rows: 3 read = 3 checked + 0 checked in part + 0 rejected." in out
    assert "Share in time: of the stages that were answered or fell due, met / (met" in out
    found = {(one["complaint"], one["rule"]): one for one in rows(folder / "found.csv")}
    assert {key: one["reason"] for key, one in found.items()} == {
        ("A2", "stage-1-response"): "late",
        ("A3", "acknowledge-complaint"): "overdue",
        ("A3", "stage-1-response"): "overdue",
    }
    late = found["A2", "stage-1-response"]
    assert (late["due_earliest"], late["done_latest"]) == ("2025-01-24", "2025-02-03")
    assert (late["working_days_least"], late["late_by_most"], late["days_late_least"]) == (
        *("16", "6"),
        "10",
    )
    assert late["Team"] == "South"


def test_a_baseline_lets_old_breaches_pass_and_tells_what_is_gone(
    folder: Path, outcome: Outcome
) -> None:
    exit_code, _, _ = outcome("--write-baseline", "baseline.csv")
    assert exit_code == 1
    baseline = folder / "baseline.csv"
    assert baseline.read_text().splitlines()[:2] == [
        "landlord,complaint,standard,series,rule,episode,verdict",
        "Alder,A2,code,housing-ombudsman,stage-1-response,1,breach",
    ]
    exit_code, out, _ = outcome("--baseline", "baseline.csv")
    assert exit_code == 0
    assert "Baseline: 3 known, 0 no longer occur." in out
    # Rows move, one is mended, one is new.
    (folder / "export.csv").write_text(
        "Ref,Landlord,Received,Acknowledged,Stage 1 Response\n"
        "A4,Alder,2025-01-06,2025-02-03,2025-02-04\n"
        "A3,Birch,2025-05-06,,\nA2,Alder,2025-01-06,2025-01-10,2025-01-20\n"
    )
    exit_code, out, _ = outcome(
        *("--baseline", "baseline.csv", "--output", "csv:found.csv", "--show", "problems")
    )
    assert exit_code == 1
    assert "Baseline: 2 known, 1 no longer occur." in out
    assert "no longer occurs: Alder, A2, code, stage-1-response" in out
    assert "1 new finding fails the run (--fail-on breach)." in out
    assert [(one["complaint"], one["status"]) for one in rows(folder / "found.csv")] == [
        ("A4", ""),
        ("A3", "known"),
        ("A3", "known"),
    ]


def test_any_csv_of_findings_is_a_baseline(folder: Path, outcome: Outcome) -> None:
    outcome("--output", "csv:found.csv")
    key = ("Alder", "A2", "code", "housing-ombudsman", "stage-1-response", "1")
    assert key in read_baseline(folder / "found.csv")
    assert outcome("--baseline", "found.csv")[0] == 0


def test_what_was_written_before_there_were_episodes_means_the_first(folder: Path) -> None:
    (folder / "old.csv").write_text(
        "landlord,complaint,standard,rule,verdict\nAlder,A2,code,stage-1-response,breach\n"
    )
    assert read_baseline(folder / "old.csv") == {
        ("Alder", "A2", "code", "", "stage-1-response", "1"): 1
    }


def test_what_was_written_before_codes_had_series_means_the_housing_ombudsmans(
    folder: Path, outcome: Outcome
) -> None:
    (folder / "old.csv").write_text(
        "landlord,complaint,standard,rule,episode,verdict\n"
        "Alder,A2,code,stage-1-response,1,breach\n"
    )
    _, out, _ = outcome("--baseline", "old.csv")
    assert "Baseline: 1 known, 0 no longer occur." in out
    # It knows nothing of another Code, which may have a rule of the same name.
    assert unnamed(("Alder", "A2", "code", "councils", "stage-1-response", "1")) is None


def test_an_accepted_entry_means_the_first_episode_unless_it_names_another(
    folder: Path, outcome: Outcome
) -> None:
    text = ACCEPTED.format(expires="2025-06-30").replace(
        'rule = "stage-1-response"', 'rule = "stage-1-response"\nepisode = 2'
    )
    (folder / "chcheck.toml").write_text(text)
    exit_code, out, _ = outcome()
    assert exit_code == 1
    assert "Accepted: 2 findings." in out
    (folder / "chcheck.toml").write_text(text.replace("episode = 2", "episode = 0"))
    exit_code, _, err = outcome()
    assert exit_code == 2
    assert "accepted, entry 1: episode is a number from 1, such as episode = 2" in err


def test_a_baseline_that_is_none(folder: Path, outcome: Outcome) -> None:
    (folder / "x.csv").write_text("a,b\n1,2\n")
    exit_code, _, err = outcome("--baseline", "x.csv")
    assert exit_code == 2
    assert err.startswith("x.csv:1: this is not a baseline: it has no column landlord, complaint")


ACCEPTED = """
[[accepted]]
complaint = "A2"
rule = "stage-1-response"
reason = "resident asked to wait"
approver = "Head of Complaints"
expires = {expires}

[[accepted]]
complaint = "A3"
reason = "with the Ombudsman"
approver = "Head of Complaints"
expires = 2025-12-31
"""


def test_what_is_accepted_is_shown_and_does_not_fail(folder: Path, outcome: Outcome) -> None:
    (folder / "chcheck.toml").write_text(ACCEPTED.format(expires="2025-06-30"))
    exit_code, out, _ = outcome(
        *("--output", "csv:found.csv", "--output", "markdown:found.md", "--show", "problems")
    )
    assert exit_code == 0
    assert "Accepted: 3 findings." in out
    status = rows(folder / "found.csv")[0]["status"]
    assert status == "accepted until 2025-06-30 by Head of Complaints: resident asked to wait"
    assert "## Accepted" in (folder / "found.md").read_text()


def test_an_acceptance_that_expired_fails_the_run(folder: Path, outcome: Outcome) -> None:
    (folder / "chcheck.toml").write_text(ACCEPTED.format(expires="2025-06-29"))
    exit_code, out, _ = outcome()
    assert exit_code == 1
    assert "Acceptance expired: 1; they count again." in out


def test_a_floor_fails_where_the_worst_case_lies_below(folder: Path, outcome: Outcome) -> None:
    # Of three stage 1 clocks one was met; two of three were acknowledged.
    config = folder / "chcheck.toml"
    config.write_text('fail-on = "never"\n[floors]\nstage-1-response = 0.33\n')
    assert outcome()[0] == 0
    config.write_text('fail-on = "never"\n[floors]\n"code/stage-1-response" = 0.34\n')
    exit_code, out, _ = outcome()
    assert exit_code == 1
    assert "stage-1-response (code) is 33.3% in time" in " ".join(out.split())


def test_a_floor_on_no_rule_is_refused(folder: Path, outcome: Outcome) -> None:
    (folder / "chcheck.toml").write_text("[floors]\nstage1-response = 0.9\n")
    exit_code, out, err = outcome()
    assert (exit_code, out) == (2, "")
    assert 'there is no rule "stage1-response"; did you mean "stage-1-response"?' in err


def test_the_worst_case_counts_what_cannot_be_told(folder: Path, outcome: Outcome) -> None:
    (folder / "export.csv").write_text(
        "Ref,Received,Acknowledged,Stage 1 Response\n"
        "A1,2025-01-06,2025-01-08,2025-01-20\nA2,2025-01-06,2025-01-08,?\n"
    )
    (folder / "chcheck.toml").write_text(
        '[floors]\nstage-1-response = 0.9\n[[accepted]]\nrow = "%s"\nreason = "r"\n'
        'approver = "a"\nexpires = 2026-01-01\n'
    )
    exit_code, _, _ = outcome("--rejects", "rejects.csv", "--config", "none.toml")
    assert exit_code == 2
    config = (folder / "chcheck.toml").read_text()
    (folder / "chcheck.toml").write_text(config.replace("%s", "0" * 32))
    outcome("--rejects", "rejects.csv")
    (reject,) = rows(folder / "rejects.csv")
    assert reject["says"].startswith('"?" is not a date')
    (folder / "chcheck.toml").write_text(config.replace("%s", reject["fingerprint"]))
    exit_code, out, _ = outcome()
    # The row is accepted, so the code is no longer 2; the floor is broken at worst.
    assert exit_code == 1
    assert "(accepted until 2026-01-01 by a: r)" in " ".join(out.split())


def test_fail_on(folder: Path, outcome: Outcome) -> None:
    assert outcome("--fail-on", "never")[0] == 0
    rows = "A1,2025-01-06,2025-01-27\nA2,2025-01-06,2025-01-10\n"
    (folder / "export.csv").write_text(f"Ref,Received,Stage 1 Response\n{rows}")
    # Acknowledged by the 13th at the latest, so due by the 27th; by the 20th if on the 6th. What
    # was answered on the 10th was in time either way.
    assert outcome()[0] == 0
    assert outcome("--fail-on", "cannot-tell")[0] == 1


def test_rows_are_accounted_for(folder: Path, outcome: Outcome) -> None:
    (folder / "export.csv").write_text(
        "Ref,Received,Acknowledged,Stage 1 Response\n"
        "A1,2025-01-06,2025-01-08,2025-01-20\n"
        "A2,2025-01-06,soon,2025-02-03\n"
        ",2025-01-06,,\n"
        "A4,,,\n"
        "A5,2019-01-06,,\n"
        "A1,2025-01-06,2025-01-08,2025-01-20\n"
        "A7,2025-01-06,2025-07-08,2025-01-02\n"
    )
    exit_code, out, _ = outcome(
        *("--rejects", "rejects.csv", "--output", "csv:found.csv", "--show", "problems")
    )
    assert exit_code == 2
    assert "Rows: 7 read = 3 checked + 1 checked in part + 3 rejected." in out
    told = {(one["line"], one["column"], one["what"]) for one in rows(folder / "rejects.csv")}
    assert told == {
        ("3", "Acknowledged", "checked in part"),
        ("4", "Ref", "rejected"),
        ("5", "Received", "rejected"),
        ("6", "", "rejected"),
    }
    record = [
        (one["line"], one["rule"])
        for one in rows(folder / "found.csv")
        if one["standard"] == "record"
    ]
    assert record == [
        ("8", "event-after-as-at"),
        ("8", "impossible-order"),
    ]
    # What the unreadable cell does not touch is judged all the same.
    late = [one["verdict"] for one in rows(folder / "found.csv") if one["line"] == "3"]
    assert late == ["cannot-tell", "breach"]


def test_an_old_export_without_an_as_at_date_is_a_warning(folder: Path, chcheck: Chcheck) -> None:
    ran = chcheck("export.csv")
    assert "chcheck: warning: export.csv: its latest event is on 2025-05-06, " in ran.err
    assert "give its date with --as-at 2025-05-06" in ran.err


def test_an_as_at_column_is_no_warning(folder: Path, chcheck: Chcheck) -> None:
    (folder / "export.csv").write_text("Ref,Received,As at\nA1,2025-01-06,2025-01-10\n")
    ran = chcheck("export.csv")
    assert "warning" not in ran.err
    assert "As at 10 January 2025." in ran.out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fail_on = 'x'", '"fail_on" is not a key; did you mean "fail-on"?'),
        (
            "ignore = ['stage-1-*']",
            '"ignore" is not a key; it is an option of one run, --ignore; to leave a rule out of '
            'every run, write RULE = "off" below [severity]',
        ),
        ("fail-on = 'x'", 'fail-on: "x" is not one of breach, cannot-tell, never'),
        ("as-at = 'May'", 'as-at: "May" is not a date'),
        ("[floors]\nx = 95", 'floors: "x" is a share from 0 to 1, such as 0.95'),
        ("[[accepted]]\ncomplaint = 'A'", "accepted, entry 1: it needs reason and approver and"),
        ("policy = 3", 'policy: a text in quotes is expected, such as policy = "..."'),
        ("x", "this is not TOML"),
    ],
)
def test_a_configuration_that_is_wrong(
    folder: Path, text: str, says: str, outcome: Outcome
) -> None:
    (folder / "chcheck.toml").write_text(text)
    exit_code, out, err = outcome()
    assert (exit_code, out) == (2, "")
    assert says in err


def test_the_configuration_in_pyproject(folder: Path, outcome: Outcome) -> None:
    (folder / "pyproject.toml").write_text('[tool.chcheck]\nfail-on = "never"\n')
    assert outcome()[0] == 0


def test_a_path_that_cannot_be_written(folder: Path, outcome: Outcome) -> None:
    (folder / "there").mkdir()
    for path in ("no/such/found.csv", "there"):
        exit_code, out, err = outcome("--output", f"csv:{path}")
        assert (exit_code, out) == (2, "")
        assert f'"{path}" cannot be written' in err
    assert sorted(one.name for one in folder.iterdir()) == ["export.csv", "there"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "timeliness", "export.csv", "--format", "csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "No space left on device" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")
@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("jsonl", (signal.SIGTERM,)),
        ("jsonl", (signal.SIGINT,)),
        ("jsonl", (signal.SIGHUP,)),
        ("csv", (signal.SIGTERM, signal.SIGTERM)),
        ("csv", (signal.SIGINT, signal.SIGINT, signal.SIGTERM)),
    ],
)
def test_a_run_that_is_ended_leaves_no_file(
    folder: Path, name: str, numbers: tuple[signal.Signals, ...]
) -> None:
    lines = EXPORT.splitlines()
    count = 2_000 if name == "jsonl" else 150_000
    big = [lines[0], *(f"B{place},Alder,2025-01-06,,,North" for place in range(count))]
    (folder / "export.csv").write_text("\n".join(big) + "\n")
    (folder / "found").write_text("what was there before\n")
    words = ("--output", f"{name}:found", "--write-baseline", "new.csv")
    # Findings as objects are written 256 rows at a time: the first are soon there to be undone.
    code = (
        "from timeliness.run import rows; rows.FEW = 256\n"
        "from timeliness.__main__ import main; main()"
    )
    done = subprocess.Popen(
        [sys.executable, "-c", code, "export.csv", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(2000):
        if any(one.name.startswith(".chcheck-") and one.stat().st_size for one in folder.iterdir()):
            break
        time.sleep(0.005)
    os.kill(done.pid, signal.SIGSTOP)
    for number in numbers:
        os.kill(done.pid, number)
    os.kill(done.pid, signal.SIGCONT)
    _, err = done.communicate(timeout=20)
    assert done.returncode == 2
    assert err == "chcheck: stopped; nothing was written\n"
    assert (folder / "found").read_text() == "what was there before\n"
    assert sorted(one.name for one in folder.iterdir()) == ["export.csv", "found"]


def test_standard_input(chcheck: Chcheck) -> None:
    words = ("--as-at", "2025-06-30", "--format", "jsonl", "--show", "problems")
    ran = chcheck("-", *words, stdin=EXPORT.encode())
    first = json.loads(ran.out.splitlines()[0])
    assert (first["complaint"], first["rule"], first["late_by"]) == (
        *("A2", "stage-1-response"),
        {"least": 6, "most": 6},
    )
    assert first["carried"] == {"Team": "South"}


def test_a_folder_of_tables_and_timelines(folder: Path, chcheck: Chcheck) -> None:
    (folder / "one.yaml").write_text(
        "complaint: Y1\nas_at: 2025-06-30\nevents:\n- 2025-01-06 complaint received\n"
        "- 2025-02-03 complaint acknowledged\n"
    )
    ran = chcheck(".", "--as-at", "2025-06-30")
    assert ran.out.startswith("3 of 4 complaints have breaches (75.0%).")


def test_whole_reports_hold_twenty_thousand_complaints(folder: Path, outcome: Outcome) -> None:
    lines = EXPORT.splitlines()
    big = [lines[0], *(f"B{place},Alder,2025-01-06,,,N" for place in range(20_001))]
    (folder / "export.csv").write_text("\n".join(big) + "\n")
    exit_code, out, err = outcome("--format", "json")
    assert (exit_code, out) == (2, "")
    assert "json can contain up to 20,000 complaints, and this run has 20,001; write jsonl" in err


def test_columns_prints_and_writes_what_it_knows(
    folder: Path, outcome: Outcome, chcheck: Chcheck
) -> None:
    ran = chcheck("columns", "export.csv", "--write", "chcheck.toml")
    assert ran.code == 0
    assert "Acknowledged      complaint acknowledged" in ran.out
    assert "=> A1: Acknowledge the complaint (Code 6.2): met, in time" in ran.out
    assert '"Stage 1 Response" = "stage 1 response"' in (folder / "chcheck.toml").read_text()
    assert outcome()[0] == 1


def test_the_baseline_that_the_configuration_names_can_be_written_first(
    folder: Path, outcome: Outcome
) -> None:
    (folder / "chcheck.toml").write_text('as-at = 2025-06-30\nbaseline = "baseline.csv"\n')
    exit_code, _, err = outcome()
    assert exit_code == 2
    assert "No such file or directory; write one with --write-baseline" in err
    assert outcome("--write-baseline", "baseline.csv")[0] == 1
    exit_code, out, _ = outcome()
    assert exit_code == 0
    assert "0 no longer occur" in out


@pytest.mark.parametrize("name", ["html", "json", "markdown", "junit", "github", "sarif", "gitlab"])
def test_a_file_that_cannot_be_read_stands_in_every_report(
    folder: Path, name: str, outcome: Outcome
) -> None:
    (folder / "other.csv").write_text("a,b\n1,2\n")
    exit_code, _, _ = outcome("other.csv", "--output", f"{name}:out")
    assert exit_code == 2
    text = (folder / "out").read_text(encoding="utf-8")
    assert "none of the columns is recognised" in text.replace("\\", "")
