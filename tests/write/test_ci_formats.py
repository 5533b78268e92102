"""The formats for CI and spreadsheets: valid to a reader, nothing of an input a command."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import junitparser
import pytest

from tests.helpers.command import Chcheck
from timeliness import load_rulebooks

# The reference holds what each format could take for its own: a workflow command after a newline,
# a formula, markup of tables and pages, a control character.
NASTY = '=cmd|"/C calc"\n::set-output name=x::y %0A | <b>&\x1b[31m,'
EXPORT = (
    "Ref,Landlord,Received,Acknowledged,Stage 1 Response,Team\n"
    '"' + NASTY.replace('"', '""') + '",Alder,2025-01-06,2025-01-10,2025-02-03,@SUM(A1)\n'
    "A2,Alder,2025-01-06,2025-01-08,2025-01-20,North\n"
    "A3,Alder,2025-01-06,soon,2025-01-20,North\n"
    ",Alder,2025-01-06,2025-01-08,2025-01-20,North\n"
)

SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "results": {
                        "items": {
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"required": ["text"]},
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "baselineState": {"enum": ["new", "unchanged"]},
                            },
                        }
                    }
                },
            }
        },
    },
}
GITLAB = {
    "type": "array",
    "items": {
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {"lines": {"properties": {"begin": {"type": "integer"}}}},
            },
        },
    },
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("ci")
    (folder / "export.csv").write_text(EXPORT)
    names = ["csv", "jsonl", "markdown", "junit", "github", "sarif", "gitlab"]
    words = [word for name in names for word in ("--output", f"{name}:{name}.out")]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "timeliness",
            "export.csv",
            "--as-at",
            "2025-06-30",
            "--show",
            "problems",
            *words,
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 2, done.stderr
    told = {name: (folder / f"{name}.out").read_text(encoding="utf-8") for name in names}
    return told | {"text": done.stdout, "err": done.stderr}


def test_no_control_character_leaves(outputs: dict[str, str]) -> None:
    for name, text in outputs.items():
        assert "\x1b" not in text, name


def test_csv_holds_no_formula(outputs: dict[str, str]) -> None:
    for row in csv.reader(io.StringIO(outputs["csv"])):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    first = next(csv.DictReader(io.StringIO(outputs["csv"])))
    assert first["complaint"].startswith("'=cmd|")
    assert first["Team"] == "'@SUM(A1)"


def test_github_lines_are_the_commands_that_were_meant(outputs: dict[str, str]) -> None:
    lines = outputs["github"].splitlines()
    assert [line.split(" ")[0].split("::")[1] for line in lines] == [
        *("error", "error", "error", "warning", "notice", "error")
    ]
    assert all(re.match(r"::(error|warning|notice)( [^:]*)?::", line) for line in lines)
    (breach,) = [line for line in lines if "title=breach" in line]
    assert "%0A::set-output" in breach
    assert "%250A" in breach
    assert breach.startswith("::error file=export.csv,line=2,title=breach%3A stage-1-response::")


def test_github_annotates_problems_and_nothing_that_was_met(
    tmp_path: Path, chcheck: Chcheck
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "complaint: Y1\nas_at: 2025-06-30\nevents:\n"
        "- 2025-01-06 complaint received\n- 2025-01-08 complaint acknowledged\n"
        "- 2025-02-03 stage 1 response\n- 2025-02-03 stage 1 response\n"
    )
    ran = chcheck(str(path), "--format", "github")
    titles = re.findall(r"^::(\w+) .*title=([^:]*)::", ran.out, re.MULTILINE)
    assert titles == [
        ("error", "breach%3A stage-1-response"),
        ("warning", "record%3A entered-twice"),
        ("notice", "chcheck"),
        ("error", "gate"),
    ]


def test_junit_is_read_by_a_reader_of_it(outputs: dict[str, str]) -> None:
    xml = junitparser.JUnitXml.fromstring(outputs["junit"].encode())
    cases = [case for suite in xml for case in suite]
    assert (xml.failures, xml.errors, xml.skipped) == (1, 2, 1)
    assert xml.tests == len(cases)
    assert sum(bool(case.result) for case in cases) == 4


def test_sarif(outputs: dict[str, str]) -> None:
    log = json.loads(outputs["sarif"])
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    assert [one["ruleId"] for one in run["results"]] == [
        "code/stage-1-response",
        "code/acknowledge-complaint",
    ]
    assert {one["id"] for one in run["tool"]["driver"]["rules"]} == {
        one["ruleId"] for one in run["results"]
    }
    assert run["invocations"][0]["executionSuccessful"] is False


def test_each_rule_of_sarif_says_what_it_asks(outputs: dict[str, str]) -> None:
    (run,) = json.loads(outputs["sarif"])["runs"]
    rules = {one["id"]: one for one in run["tool"]["driver"]["rules"]}
    (book,) = load_rulebooks().named("housing-ombudsman-2024")
    asked = book.rule("stage-1-response")
    assert asked
    told = rules["code/stage-1-response"]
    assert told["shortDescription"]["text"] == "Stage 1 response"
    assert told["fullDescription"]["text"] == asked.says
    for form in ("text", "markdown"):
        assert asked.says in " ".join(told["help"][form].split())
        assert "6.3" in told["help"][form]
        assert "chcheck explain stage-1-response" in told["help"][form]
    assert "## Complaint Handling Code 2024" in told["help"]["markdown"]


def test_what_is_no_rule_of_a_rulebook_has_a_description_too(chcheck: Chcheck) -> None:
    case = (
        "complaint: A\nas_at: 2025-06-02\nevents:\n  - 2025-03-03 complaint received\n"
        "  - 2025-03-04 acknowledged\n  - 2025-03-10 stage 1 response\n"
        "  - {date: 2025-03-10, event: commitment, due: 2025-04-01}\n"
    )
    floors = "[floors]\nstage-1-response = 1\n"
    late = case.replace("2025-03-10 stage", "2025-05-12 stage").replace("A", "B")
    files = {"a.yaml": case, "b.yaml": late, "chcheck.toml": floors}
    log = json.loads(chcheck("a.yaml", "b.yaml", "--format", "sarif", files=files).out)
    rules = {one["id"]: one for one in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["promise/keep-promises"]["fullDescription"]["text"] == (
        "Whether the landlord kept what it promised the resident."
    )
    assert rules["gate/floor"]["help"]["text"].startswith("A share in time, at worst, is below")
    assert all(one["fullDescription"]["text"] and one["help"]["text"] for one in rules.values())


def test_a_full_path_in_sarif_is_a_link(chcheck: Chcheck, tmp_path: Path) -> None:
    case = "complaint: A\nas_at: 2025-06-02\nevents:\n  - 2025-03-03 complaint received\n"
    path = tmp_path / "a b.yaml"
    log = json.loads(chcheck(str(path), "--format", "sarif", files={path.name: case}).out)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"file://{tmp_path.as_posix()}/a%20b.yaml"


def test_gitlab(outputs: dict[str, str]) -> None:
    entries = json.loads(outputs["gitlab"])
    jsonschema.validate(entries, GITLAB)
    fingerprints = [one["fingerprint"] for one in entries]
    assert len(set(fingerprints)) == len(fingerprints) == 4
    assert all("\n" not in one["description"] for one in entries)


def test_markdown_has_no_markup_of_the_input(outputs: dict[str, str]) -> None:
    rows = [line for line in outputs["markdown"].splitlines() if "cmd" in line]
    assert rows
    for row in rows:
        assert "<b>" not in row.replace("\\<b", "")
        assert len(re.findall(r"(?<!\\)\|", row)) == 8


def test_jsonl_is_one_object_a_line(outputs: dict[str, str]) -> None:
    lines = [json.loads(line) for line in outputs["jsonl"].splitlines()]
    assert [line["complaint"][:4] for line in lines] == ["=cmd", "A3"]
    assert lines[0]["says"].startswith("Answered on 3 February 2025, 16 working days after")


def test_fingerprints_stay_when_rows_move(tmp_path: Path, chcheck: Chcheck) -> None:
    def fingerprints(rows: list[str]) -> dict[str, str]:
        path = tmp_path / "export.csv"
        path.write_text("Ref,Received,Stage 1 Response\n" + "".join(f"{row}\n" for row in rows))
        ran = chcheck(str(path), "--format", "gitlab")
        return {one["description"][:2]: one["fingerprint"] for one in json.loads(ran.out)}

    one = fingerprints(["A1,2025-01-06,2025-03-03", "A2,2025-01-06,2025-03-04"])
    other = fingerprints(["A3,2025-01-06,2025-03-03", "A2,2025-01-06,2025-03-04"])
    assert one["A2"] == other["A2"]
    assert one["A1"] != other["A3"]


def test_timelines_go_into_the_same_formats(tmp_path: Path, chcheck: Chcheck) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "complaint: Y1\nlandlord: Alder\nas_at: 2025-06-30\nevents:\n"
        "- 2025-01-06 complaint received\n- 2025-01-10 complaint acknowledged\n"
        "- 2025-02-03 stage 1 response\n"
    )
    for name in ("csv", "jsonl", "markdown", "junit", "github", "sarif", "gitlab"):
        ran = chcheck(str(path), "--format", name)
        assert ran.code == 1, ran.err
        assert "Y1" in ran.out
        assert "stage-1-response" in ran.out or name == "markdown"


def test_promises_and_orders_are_summed_under_a_name_of_all_of_them(
    tmp_path: Path, chcheck: Chcheck
) -> None:
    for name, day in (("Y1", "9"), ("Y2", "10")):
        (tmp_path / f"{name}.yaml").write_text(
            f"complaint: {name}\nas_at: 2025-09-30\nevents:\n"
            "- 2025-06-02 complaint received\n- 2025-06-03 complaint acknowledged\n"
            "- 2025-06-17 stage 1 response\n"
            f"- {{date: {day} June 2025, event: commitment, within: 2 working days}}\n"
            f"- {{date: {day} June 2025, event: order, within: 4 weeks}}\n"
        )
    words = ("--output", "markdown:m", "--output", "junit:j", "--output", "html:h")
    ran = chcheck(".", *words)
    assert ran.code == 1
    told = {name: (tmp_path / name).read_text(encoding="utf-8") for name in "mjh"}
    assert "| Promises | 0.0% | 0.0% | 0 |" in told["m"]
    assert "| Orders of the Ombudsman | 0.0% | 0.0% | 0 |" in told["m"]
    assert 'testsuite name="promise: Promises" tests="2"' in told["j"]
    assert ">Promises<" in told["h"]
    assert ">Orders of the Ombudsman<" in told["h"]
