"""Which rules a run looks at, and how much their findings matter."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

import timeliness
from tests.helpers.command import Chcheck
from timeliness.model.sides import RuleKey, Side
from timeliness.results.weights import Weights

# Received on Monday 3 March: to be acknowledged by the 10th. It was on the 20th, 8 working days
# late, and was answered on the 31st, 7 working days later: in time.
EXPORT = """\
Complaint Ref,Date Received,Acknowledged,Stage 1 Response
A1,2025-03-03,2025-03-20,2025-03-31
"""
CASE = """\
complaint: A1
as_at: 2026-03-31
events:
  - 2025-03-03 complaint received
  - 2025-03-20 complaint acknowledged
  - 2025-03-31 stage 1 response
"""
FILES = {"e.csv": EXPORT, "y.yaml": CASE}
AS_AT = ("--as-at", "2026-03-31")
IGNORED = "Not looked at: acknowledge-complaint (--ignore)."
IGNORE = ("--ignore", "acknowledge-complaint")
FORMATS = ("text", "html", "json", "markdown", "junit", "github", "sarif", "gitlab")


def one_line(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


@pytest.mark.parametrize("path", ["e.csv", "y.yaml"])
def test_what_is_ignored_fails_nothing_and_is_named_in_every_format(
    chcheck: Chcheck, tmp_path: Path, path: str
) -> None:
    assert chcheck(path, *AS_AT, files=FILES).code == 1
    words = [word for name in FORMATS for word in ("--output", f"{name}:{name}.out")]
    ran = chcheck(path, *AS_AT, "--ignore", "acknowledge-complaint", *words, "--format", "csv")
    assert ran.code == 0
    assert IGNORED in ran.err
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert "stage-1-response" in {row["rule"] for row in rows}
    assert "acknowledge-complaint" not in {row["rule"] for row in rows}
    for name in FORMATS:
        assert IGNORED in one_line((tmp_path / f"{name}.out").read_text("utf-8")), name
    data = json.loads((tmp_path / "json.out").read_text("utf-8"))
    assert data["not_looked_at"] == IGNORED
    assert data["options"]["ignore"] == ["acknowledge-complaint"]
    assert data["summary"]["breach"] == 0


@pytest.mark.parametrize("path", ["e.csv", "y.yaml"])
def test_only_what_is_selected_is_looked_at(chcheck: Chcheck, path: str) -> None:
    words = ("--select", "acknowledge-*", "--select", "code/stage-1-response")
    ran = chcheck(path, *AS_AT, *words, "--format", "csv", files=FILES)
    assert ran.code == 1
    told = "Not looked at: any rule but acknowledge-* and code/stage-1-response (--select)."
    assert told in ran.err
    rows = list(csv.DictReader(ran.out.splitlines()))
    found = {row["rule"]: row["verdict"] for row in rows if row["verdict"] != "not-applicable"}
    assert found == {"acknowledge-complaint": "breach", "stage-1-response": "met"}
    ran = chcheck(path, *AS_AT, "--select", "acknowledge-*", "--ignore", "*-complaint")
    assert ran.code == 0
    told = "Not looked at: any rule but acknowledge-* (--select); *-complaint (--ignore)."
    assert told in one_line(ran.out)


def test_the_answer_of_one_case_says_what_was_left_out(chcheck: Chcheck) -> None:
    ran = chcheck("y.yaml", "--ignore", "acknowledge-complaint", files=FILES)
    first = one_line(ran.out.partition("\n\n")[0])
    assert first == f"No breach of the rules checked: every limit was met. {IGNORED}"
    ran = chcheck("y.yaml", "--ignore", "stage-1-response", files=FILES)
    assert ran.out.startswith("1 breach: ")


# In 2019 there was no Code. The policy asks for an acknowledgement within 3 working days of Sunday
# 3 March, and for an answer within 15 of that.
OLD_CASE = CASE.replace("2025", "2019").replace("03-31", "03-22").replace("A1", "A1\npolicy: luton")
OLD_EXPORT = """\
Complaint Ref,Date Received,Acknowledged,Stage 1 Response,Policy
A1,2019-03-03,2019-03-06,2019-03-22,luton
"""
PENDING = CASE.replace("2026-03-31", "2025-03-07").partition("  - 2025-03-20")[0]


@pytest.mark.parametrize(
    ("words", "files", "says"),
    [
        # Nothing that is left out concerns it.
        (("y.yaml", "--ignore", "awaab/*"), FILES, "1 breach: "),
        (("e.csv", *IGNORE), FILES, "No breach of the rules checked in 1 complaint. Not looked at"),
        (("e.csv", "--ignore", "awaab/*"), FILES, "1 of 1 complaint has a breach"),
        (("y.yaml", *IGNORE), {"y.yaml": PENDING}, "No breach of the rules checked so far. Next: "),
        (
            ("y.yaml", *IGNORE),
            {"y.yaml": OLD_CASE},
            "No breach of the rules checked: every limit was met.",
        ),
        (
            ("y.yaml",),
            {"y.yaml": OLD_CASE.replace("03-20", "03-06")},
            "No breach of the policy: every limit that was checked was met.",
        ),
        (("e.csv",), {"e.csv": OLD_EXPORT}, "No breach of the policy in 1 complaint."),
        # Nothing is recorded about any hazard.
        (
            ("y.yaml",),
            {"y.yaml": PENDING.replace("A1\n", "A1\nrecord: partial\ncode: [2024, awaab]\n")},
            "No breach of the rules checked so far. Next: ",
        ),
    ],
)
def test_no_breach_is_said_of_no_more_than_was_checked(
    chcheck: Chcheck, words: tuple[str, ...], files: dict[str, str], says: str
) -> None:
    assert one_line(chcheck(*words, files=files).out).startswith(says)
    other = "markdown" if "1 complaint" in says else "html"
    first = says.replace(".", ":").partition(":")[0]
    assert first in one_line(chcheck(*words, "--format", other).out)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("--select", "stage-1-respons"),
            '--select: there is no rule "stage-1-respons"; did you mean "stage-1-response"?',
        ),
        (
            ("--ignore", "stage-1"),
            '--ignore: there is no rule "stage-1"; did you mean "stage-1-*"?',
        ),
        (
            ("--ignore", "stage-9-*"),
            '--ignore: no rule fits "stage-9-*"; `chcheck rules` lists them',
        ),
        (
            ("--ignore", "*"),
            "no rule is left to look at; change --select, --ignore or [severity]",
        ),
        (
            ("--ignore", "cod/stage-1-response"),
            '--ignore: "cod" in "cod/stage-1-response" is not code, policy or the series of '
            'one; did you mean "code"?',
        ),
        (
            ("--ignore", "stage-1-response", "--format", "letter"),
            "a letter must tell the resident everything, so no rule can be left out. Not looked "
            "at: stage-1-response (--ignore).",
        ),
    ],
)
def test_a_name_of_no_rule_is_refused(chcheck: Chcheck, words: tuple[str, ...], says: str) -> None:
    ran = chcheck("y.yaml", *words, files=FILES)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == f"chcheck: {says}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'stage-1-respons = "off"',
            'chcheck: severity: there is no rule "stage-1-respons"; did you mean '
            '"stage-1-response"?',
        ),
        (
            '"*" = "off"',
            "chcheck: no rule is left to look at; change --select, --ignore or [severity]",
        ),
        (
            'stage-1-response = "fatal"',
            'chcheck.toml: severity: stage-1-response: "fatal" is not one of error, warning, note, '
            "off",
        ),
    ],
)
def test_a_mistake_in_the_severities_is_named(chcheck: Chcheck, text: str, says: str) -> None:
    files = {**FILES, "chcheck.toml": f"[severity]\n{text}\n"}
    ran = chcheck("y.yaml", files=files)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{says}\n")


@pytest.mark.parametrize(
    ("path", "severity", "sarif", "gitlab", "github"),
    [
        ("y.yaml", "error", "error", "major", "::error file"),
        ("y.yaml", "warning", "warning", "minor", "::warning file"),
        ("e.csv", "warning", "warning", "minor", "::warning file"),
        ("y.yaml", "note", "note", "info", "::notice file"),
    ],
)
def test_a_severity_is_the_level_of_every_format(
    chcheck: Chcheck,
    tmp_path: Path,
    path: str,
    severity: str,
    sarif: str,
    gitlab: str,
    github: str,
) -> None:
    config = f'[severity]\n"acknowledge-*" = "{severity}"\n'
    names = ("sarif", "gitlab", "github", "junit", "jsonl", "json")
    words = [word for name in names for word in ("--output", f"{name}:{name}.out")]
    ran = chcheck(path, *AS_AT, *words, files={**FILES, "chcheck.toml": config})
    counts = severity == "error"
    assert ran.code == int(counts)
    told = {name: (tmp_path / f"{name}.out").read_text(encoding="utf-8") for name in names}
    (result,) = json.loads(told["sarif"])["runs"][0]["results"]
    assert result["level"] == sarif
    assert [one["severity"] for one in json.loads(told["gitlab"])] == [gitlab]
    assert told["github"].startswith(github)
    junit = ElementTree.fromstring(told["junit"])
    assert (junit.get("failures"), junit.get("skipped")) == (("1", "0") if counts else ("0", "1"))
    lines = [json.loads(line) for line in told["jsonl"].splitlines()]
    (late,) = [one for one in lines if one["verdict"] == "breach"]
    assert late["status"] == ("" if counts else severity)
    (complaint,) = json.loads(told["json"])["complaints"]
    (late,) = [one for one in complaint["findings"] if one["verdict"] == "breach"]
    assert late.get("severity", "") == ("" if counts else severity)
    gate = f"{severity.title()} only: 1 finding, by [severity] in the configuration; this does not"
    assert (gate in one_line(ran.out)) is not counts
    assert (f"A1, code, acknowledge-complaint: {severity}" in ran.out) is not counts
    # The answer itself is what it was.
    assert "1 breach" in ran.out or "1 of 1 complaint has a breach" in ran.out


def test_a_threshold_of_cannot_tell_takes_severities_too(chcheck: Chcheck) -> None:
    # Without the day of the answer in a partial record, a limit long past is undecided.
    case = CASE.replace("events", "record: partial\nevents").partition("  - 2025-03-31")[0]
    words = ("y.yaml", "--fail-on", "cannot-tell", "--select", "stage-1-response")
    assert chcheck(*words, files={"y.yaml": case}).code == 1
    files = {"chcheck.toml": '[severity]\nstage-1-response = "note"\n'}
    assert chcheck(*words, files=files).code == 0


def test_what_counts_is_the_most_exact_name() -> None:
    weights = Weights(
        severity={
            "*": "off",
            "stage-*": "note",
            "stage-1-response": "warning",
            "policy/stage-1-response": "error",
        }
    )
    code, policy = Side("code", "housing-ombudsman", "Code"), Side("policy", "luton", "policy")
    told = {
        (code, "stage-1-response"): "warning",
        (policy, "stage-1-response"): "error",
        (policy, "stage-2-response"): "note",
        (code, "acknowledge-complaint"): "off",
    }
    assert {key: weights.of(RuleKey(*key)) for key in told} == told
    assert str(weights) == (
        "Not looked at: *, but for stage-*, stage-1-response and policy/stage-1-response (off in "
        "the configuration)."
    )
    # What is asked for on the command line goes before what is off.
    chosen = Weights(("acknowledge-complaint",), (), weights.severity)
    assert chosen.of(RuleKey(code, "acknowledge-complaint")) == "error"
    assert chosen.of(RuleKey(code, "stage-1-response")) == "off"


def test_a_series_names_the_rules_of_one_code() -> None:
    weights = Weights(ignore=("awaab/*", "record/*"))
    assert not weights.looks_at(RuleKey(Side("code", "awaab", "Awaab's Law"), "make-safe"))
    assert not weights.looks_at(RuleKey(Side("record"), "thin-record"))
    assert weights.looks_at(RuleKey(Side("code", "housing-ombudsman", "Code"), "stage-1-response"))


def test_a_baseline_does_not_lose_what_was_not_looked_at(chcheck: Chcheck) -> None:
    chcheck("y.yaml", "--write-baseline", "b.csv", files=FILES)
    ran = chcheck("y.yaml", "--baseline", "b.csv", "--ignore", "acknowledge-complaint")
    assert "Baseline: 0 known, 0 no longer occur, 1 not looked at." in one_line(ran.out)
    assert "no longer occurs:" not in ran.out


def test_a_floor_or_acceptance_of_what_is_left_out_says_nothing_false(chcheck: Chcheck) -> None:
    config = (
        "[floors]\nacknowledge-complaint = 0.9\n"
        '[[accepted]]\ncomplaint = "A1"\nrule = "acknowledge-complaint"\nreason = "x"\n'
        'approver = "y"\nexpires = 2030-01-01\n'
    )
    files = {**FILES, "chcheck.toml": config}
    ran = chcheck("e.csv", *AS_AT, "--ignore", "acknowledge-complaint", files=files)
    assert ran.code == 0
    told = "no such stage was looked at that was answered or fell due."
    assert told in one_line(ran.out)
    assert "nothing in this run matches it" not in ran.err


def test_an_acceptance_goes_before_a_severity(chcheck: Chcheck) -> None:
    config = (
        '[severity]\nacknowledge-complaint = "warning"\n[[accepted]]\ncomplaint = "A1"\n'
        'reason = "x"\napprover = "y"\nexpires = {}\n'
    )
    # An acceptance that has expired lets the severity of the rule count again.
    for expires, status in (
        ("2030-01-01", "accepted until 2030-01-01 by y: x"),
        ("2026-01-01", "warning"),
    ):
        files = {**FILES, "chcheck.toml": config.format(expires)}
        ran = chcheck("e.csv", *AS_AT, "--show", "problems", "--format", "csv", files=files)
        assert ran.code == 0
        (row,) = csv.DictReader(ran.out.splitlines())
        assert row["status"] == status


def test_the_list_of_what_is_due_always_looks_at_every_rule(chcheck: Chcheck) -> None:
    case = CASE.replace("2026-03-31", "2025-03-21").partition("  - 2025-03-31")[0]
    config = '[severity]\n"stage-1-*" = "off"\n'
    ran = chcheck("due", "y.yaml", files={"y.yaml": case, "chcheck.toml": config})
    assert ran.code == 0
    assert "stage 1 response" in ran.out.lower()


def test_a_table_of_a_program_takes_severities() -> None:
    table = pl.read_csv(EXPORT.encode())
    for severity, code, breaches in (("error", 1, 1), ("note", 0, 1), ("off", 0, 0)):
        settings = {"as-at": "2026-03-31", "severity": {"acknowledge-complaint": severity}}
        result = timeliness.check_table(table, settings=settings)
        assert (result.exit_code, result.counts["breach"]) == (code, breaches)
    with pytest.raises(timeliness.UsageError, match='severity: there is no rule "acknowledge"'):
        timeliness.check_table(table, settings={"severity": {"acknowledge": "off"}})
