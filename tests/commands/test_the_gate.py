"""What fails a run, what does not although it was found, and how every format says so."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.helpers.command import Chcheck

HEAD = "Complaint Ref,Date Received,Acknowledged,Stage 1 Response\n"
# Received on Monday 3 March: to be acknowledged by the 10th. It was on the 20th, 8 working days
# late, and was answered on the 31st, 7 working days later.
LATE = "A1,2025-03-03,2025-03-20,2025-03-31\n"
GOOD = "A2,2025-03-03,2025-03-05,2025-03-10\n"
EXPORT = HEAD + LATE + GOOD
AS_AT = ("--as-at", "2026-03-31")
ENTRY = """
[[accepted]]
complaint = "A1"
rule = "acknowledge-complaint"
reason = "{reason}"
approver = "Head"
expires = {expires}
"""
CASE = """\
complaint: A1
as_at: 2026-03-31
events:
  - 2025-03-03 complaint received
  - 2025-03-20 complaint acknowledged
  - 2025-03-31 stage 1 response
"""
FORMATS = ("text", "json", "jsonl", "csv", "html", "markdown", "junit", "github", "sarif", "gitlab")


def entry(expires: str, reason: str = "asked to wait") -> str:
    return ENTRY.format(expires=expires, reason=reason)


def one_line(text: str) -> str:
    return " ".join(text.replace("\\", "").replace("%25", "%").split())


# The baseline ---------------------------------------------------------------------------------


def test_a_baseline_knows_a_finding_as_often_as_it_holds_it(chcheck: Chcheck) -> None:
    one, two = {"a.yaml": CASE}, {"a.yaml": CASE, "b.yaml": CASE}
    chcheck("a.yaml", "--write-baseline", "b.csv", files=one)
    ran = chcheck("a.yaml", "b.yaml", "--baseline", "b.csv", files=two)
    assert ran.code == 1
    assert "Baseline: 1 known, 0 no longer occur." in ran.out
    assert "1 new finding fails the run" in ran.out
    chcheck("a.yaml", "b.yaml", "--write-baseline", "b.csv")
    assert chcheck("a.yaml", "b.yaml", "--baseline", "b.csv").code == 0
    ran = chcheck("a.yaml", "--baseline", "b.csv")
    assert ran.code == 0
    assert "Baseline: 1 known, 1 no longer occur." in ran.out
    assert "no longer occurs: A1, code, acknowledge-complaint" in ran.out


def test_a_second_broken_promise_is_new(chcheck: Chcheck) -> None:
    promise = "  - {date: 2025-04-01, event: commitment, due: 2025-04-%d}\n"
    one = CASE + promise % 10
    chcheck("y.yaml", "--write-baseline", "b.csv", files={"y.yaml": one})
    ran = chcheck("y.yaml", "--baseline", "b.csv", files={"y.yaml": one + promise % 11})
    assert ran.code == 1
    assert "Baseline: 2 known, 0 no longer occur." in ran.out
    assert "1 new finding fails the run" in ran.out


def test_what_a_should_asks_for_is_no_entry_of_a_baseline(chcheck: Chcheck, tmp_path: Path) -> None:
    rows = ",A1,code,acknowledge-complaint,breach,must\n,A1,code,stage-1-letter,breach,should\n"
    text = "landlord,complaint,standard,rule,verdict,duty\n" + rows
    ran = chcheck(
        *("e.csv", *AS_AT, "--baseline", "b.csv", "--write-baseline", "new.csv"),
        files={"e.csv": EXPORT, "b.csv": text},
    )
    assert ran.code == 0
    assert "Baseline: 1 known, 0 no longer occur." in ran.out


def test_a_landlord_with_a_control_character_is_known_again(chcheck: Chcheck) -> None:
    head = "Landlord," + HEAD
    files = {"e.csv": head + "=Ald\x1ber," + LATE}
    chcheck("e.csv", *AS_AT, "--write-baseline", "b.csv", files=files)
    assert chcheck("e.csv", *AS_AT, "--baseline", "b.csv").code == 0
    chcheck("e.csv", *AS_AT, "--output", "csv:f.csv")
    assert chcheck("e.csv", *AS_AT, "--baseline", "f.csv").code == 0


def test_a_baseline_with_a_cell_beyond_all_measure_is_no_fault(chcheck: Chcheck) -> None:
    text = f"landlord,complaint,standard,rule\n,{'x' * 140_000},code,stage-1-response\n"
    ran = chcheck("e.csv", *AS_AT, "--baseline", "b.csv", files={"e.csv": EXPORT, "b.csv": text})
    assert ran.code == 1
    assert "Baseline: 0 known, 1 no longer occur." in ran.out


# What is accepted -----------------------------------------------------------------------------


def test_an_acceptance_ends_on_the_day_of_each_complaint(chcheck: Chcheck) -> None:
    head = "As at," + HEAD
    files = {
        "one.csv": head + "2026-03-31," + LATE,
        "two.csv": head + "2026-05-31," + LATE.replace("A1", "B1"),
        "chcheck.toml": entry("2026-04-30") + entry("2026-04-30").replace("A1", "B1"),
    }
    ran = chcheck("one.csv", "two.csv", files=files)
    assert ran.code == 1
    assert "As at 31 March 2026 to 31 May 2026, by complaint." in ran.out
    assert "Accepted: 1 finding." in ran.out
    told = one_line(ran.out)
    assert "A1, code, acknowledge-complaint: accepted until 2026-04-30 by Head: asked to" in told
    assert "B1, code, acknowledge-complaint: acceptance expired on 2026-04-30, by Head" in told


def test_a_renewed_acceptance_counts_wherever_it_stands(chcheck: Chcheck) -> None:
    old, new = entry("2025-12-31"), entry("2026-12-31", "renewed")
    for text in (old + new, new + old):
        ran = chcheck("e.csv", *AS_AT, files={"e.csv": EXPORT, "chcheck.toml": text})
        assert ran.code == 0
        assert "accepted until 2026-12-31 by Head: renewed" in one_line(ran.out)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("expired", [False, True])
@pytest.mark.parametrize("path", ["e.csv", "y.yaml"])
def test_what_was_accepted_is_in_every_output(
    chcheck: Chcheck, path: str, name: str, *, expired: bool
) -> None:
    expires = "2026-03-30" if expired else "2026-03-31"
    files = {"e.csv": EXPORT, "y.yaml": CASE, "chcheck.toml": entry(expires)}
    ran = chcheck(path, *AS_AT, "--format", name, files=files)
    assert ran.code == int(expired)
    told = one_line(ran.out)
    assert "asked to wait" in told
    if name == "json":
        (found,) = [
            one
            for complaint in json.loads(ran.out)["complaints"]
            for one in complaint["findings"]
            if "accepted" in one
        ]
        assert found["accepted"] == {
            "reason": "asked to wait",
            "approver": "Head",
            "expires": expires,
            "expired": expired,
        }
    elif name == "html":
        assert ("No longer accepted" in told) is expired
        assert ("<b>Accepted</b> by Head" in told) is not expired
    elif expired:
        assert "acceptance expired on 2026-03-30, by Head: asked to wait" in told
    else:
        assert "accepted until 2026-03-31 by Head: asked to wait" in told


def test_timelines_through_a_gate_say_what_the_exit_code_says(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    files = {"y.yaml": CASE}
    chcheck("y.yaml", "--write-baseline", "b.csv", files=files)
    names = ("csv", "junit", "sarif", "github", "json", "html", "jsonl")
    words = [word for name in names for word in ("--output", f"{name}:{name}.out")]
    ran = chcheck("y.yaml", "--baseline", "b.csv", "--show", "problems", *words)
    assert ran.code == 0
    told = {name: (tmp_path / f"{name}.out").read_text(encoding="utf-8") for name in names}
    assert [row["status"] for row in csv.DictReader(told["csv"].splitlines())] == ["known"]
    assert json.loads(told["jsonl"])["status"] == "known"
    assert 'failures="0"' in told["junit"]
    (result,) = json.loads(told["sarif"])["runs"][0]["results"]
    assert result["baselineState"] == "unchanged"
    assert "::error" not in told["github"]
    assert '"known": true' in told["json"]
    assert "known, in the baseline" in told["html"]


def test_what_was_met_is_not_counted_as_accepted(chcheck: Chcheck) -> None:
    whole = entry("2026-12-31").replace('rule = "acknowledge-complaint"\n', "")
    ran = chcheck("y.yaml", files={"y.yaml": CASE, "chcheck.toml": whole})
    assert "Accepted: 1 finding." in ran.out


def test_an_entry_that_fits_nothing_is_told(chcheck: Chcheck) -> None:
    text = entry("2026-12-31") + entry("2026-12-31").replace("A1", "Z9")
    ran = chcheck("e.csv", *AS_AT, files={"e.csv": EXPORT, "chcheck.toml": text})
    assert ran.code == 0
    assert (
        "accepted, entry 2 (Z9, acknowledge-complaint): nothing in this run matches it\n" in ran.err
    )


def test_an_entry_of_no_rule_is_refused(chcheck: Chcheck) -> None:
    text = entry("2026-12-31").replace("acknowledge-complaint", "acknowledge-complaints")
    ran = chcheck("e.csv", *AS_AT, files={"e.csv": EXPORT, "chcheck.toml": text})
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        'chcheck: accepted, entry 1: there is no rule "acknowledge-complaints"; did you mean '
        '"acknowledge-complaint"?\n'
    )
    for rule in ("keep-promises", "stage-1-letter", "not-evidenced"):
        text = entry("2026-12-31").replace("acknowledge-complaint", rule)
        assert chcheck("e.csv", *AS_AT, files={"chcheck.toml": text}).code == 1


# Rows that are accepted -----------------------------------------------------------------------


def rows_accepted(chcheck: Chcheck, tmp_path: Path, export: str, expires: str) -> str:
    """Return a configuration that accepts every row of an export that cannot be read."""
    chcheck("e.csv", *AS_AT, "--rejects", "r.csv", files={"e.csv": export})
    with (tmp_path / "r.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    (tmp_path / "r.csv").unlink()
    return "".join(
        f'[[accepted]]\nrow = "{row["fingerprint"]}"\nreason = "file lost"\n'
        f'approver = "Head"\nexpires = {expires}\n'
        for row in rows
    )


@pytest.mark.parametrize(
    ("row", "other"),
    [
        (",2025-03-03,,\n", ",2025-03-04,,\n"),
        ("A3,2025-03-03,,,x\n", "A4,2025-03-03,,,x\n"),
    ],
)
def test_a_row_is_accepted_by_what_stands_in_it_and_not_by_its_line(
    chcheck: Chcheck, tmp_path: Path, row: str, other: str
) -> None:
    text = rows_accepted(chcheck, tmp_path, HEAD + row + GOOD, "2026-12-31")
    ran = chcheck("e.csv", *AS_AT, files={"e.csv": HEAD + GOOD + row, "chcheck.toml": text})
    assert ran.code == 0
    ran = chcheck("e.csv", *AS_AT, files={"e.csv": HEAD + other + GOOD})
    assert ran.code == 2


@pytest.mark.parametrize("expired", [False, True])
def test_an_accepted_row_is_no_failure_and_says_why(
    chcheck: Chcheck, tmp_path: Path, *, expired: bool
) -> None:
    export = HEAD + ",2025-03-03,,\n" + GOOD
    expires = "2026-03-30" if expired else "2026-03-31"
    text = rows_accepted(chcheck, tmp_path, export, expires)
    names = ("markdown", "junit", "github", "sarif", "gitlab")
    words = [word for name in names for word in ("--output", f"{name}:{name}.out")]
    ran = chcheck(
        *("e.csv", *AS_AT, *words, "--rejects", "r.csv"),
        files={"e.csv": export, "chcheck.toml": text},
    )
    assert ran.code == 2 * expired
    says = f"accepted until {expires} by Head: file lost"
    if expired:
        says = f"acceptance expired on {expires}, by Head: file lost"
    told = {name: (tmp_path / f"{name}.out").read_text(encoding="utf-8") for name in names}
    told |= {"text": ran.out, "rejects": (tmp_path / "r.csv").read_text()}
    for name, one in told.items():
        assert says in one_line(one), name
    (entry,) = json.loads(told["gitlab"])
    assert entry["severity"] == ("blocker" if expired else "info")
    (call,) = json.loads(told["sarif"])["runs"][0]["invocations"]
    assert call["executionSuccessful"] is not expired
    assert call["toolExecutionNotifications"][0]["level"] == ("error" if expired else "note")
    assert ("::error" in told["github"]) is expired


# Floors ---------------------------------------------------------------------------------------


FLOORS = 'fail-on = "never"\n[floors]\nacknowledge-complaint = 0.9\nstage-2-response = 0.5\n'


@pytest.mark.parametrize(
    "name", ["text", "json", "html", "markdown", "junit", "github", "sarif", "gitlab"]
)
def test_a_broken_floor_and_one_without_a_measure_are_in_every_report(
    chcheck: Chcheck, name: str
) -> None:
    ran = chcheck(
        "e.csv", *AS_AT, "--format", name, files={"e.csv": EXPORT, "chcheck.toml": FLOORS}
    )
    assert ran.code == 1
    told = one_line(ran.out)
    assert "Below the floor: acknowledge-complaint (code) is 50.0% in time at worst" in told
    assert "The floor for stage-2-response (code) could not be applied" in told
    assert "chcheck: warning: The floor for stage-2-response (code)" in ran.err
    if name == "junit":
        root = ElementTree.fromstring(ran.out)
        assert root.get("failures") == "1"
    elif name == "sarif":
        results = json.loads(ran.out)["runs"][0]["results"]
        assert [one["level"] for one in results if one["ruleId"] == "gate/floor"] == ["error"]
    elif name == "github":
        levels = [line.split(" ")[0] for line in ran.out.splitlines() if "title=gate" in line]
        assert levels == ["::error", "::warning"]


def test_github_has_errors_only_for_what_fails(chcheck: Chcheck) -> None:
    files = {"e.csv": EXPORT, "chcheck.toml": entry("2026-12-31")}
    ran = chcheck("e.csv", *AS_AT, "--format", "github", files=files)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::notice"] * 3
    assert lines[1] == "::notice title=gate::Accepted: 1 finding."
    assert lines[2].startswith("::notice title=accepted::A1, code, acknowledge-complaint: accepted")


# Findings beyond what a format holds ----------------------------------------------------------


def test_the_latest_are_kept_and_what_is_left_out_is_counted(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    # 6,000 complaints were acknowledged one working day late, and then one was 200 days late.
    rows = [f"B{n},2025-03-03,2025-03-11,2025-03-18\n" for n in range(6_000)]
    rows += ["Z1,2025-03-03,2025-09-26,2025-10-03\n", LATE]
    names = ("markdown", "junit", "github", "sarif", "gitlab")
    words = [word for name in names for word in ("--output", f"{name}:{name}.out")]
    files = {"e.csv": HEAD + "".join(rows), "chcheck.toml": entry("2026-12-31")}
    ran = chcheck("e.csv", *AS_AT, *words, files=files)
    assert ran.code == 1
    assert "6,001 findings fail the run" in ran.out
    told = {name: one_line((tmp_path / f"{name}.out").read_text("utf-8")) for name in names}
    for name, one in told.items():
        assert "Z1" in one, name
        assert "A1" in one, name
        assert "asked to wait" in one, name
    for name in ("junit", "sarif", "gitlab"):
        assert "1,001 more findings are left out here" in told[name], name
    assert "and 5,951 more" in told["markdown"]
    assert "5,951 more findings are not annotated" in told["github"]


def test_shares_are_of_stages_alone(chcheck: Chcheck) -> None:
    plain = "  - 2025-03-31 stage 1 response\n"
    letter = "  - {date: 2025-03-31, event: stage 1 response, includes: [stage, decision]}\n"
    case = CASE.replace(plain, letter)
    ran = chcheck("e.csv", "y.yaml", *AS_AT, files={"e.csv": EXPORT, "y.yaml": case})
    shares, _, verdicts = ran.out.partition("SHARE IN TIME")[2].partition("VERDICTS")
    assert "letter" not in shares
    assert "stage-1-letter, Code" in verdicts


def test_a_table_that_is_none_in_pyproject_is_told(chcheck: Chcheck) -> None:
    for text in ("[tool]\nchcheck = 3\n", "tool = 3\n"):
        ran = chcheck(
            "e.csv", "--config", "pyproject.toml", files={"e.csv": EXPORT, "pyproject.toml": text}
        )
        assert ran.code == 2
        assert ran.err.endswith(": a table is expected, [tool.chcheck]\n")
