"""Whatever is checked goes one way to every format; a gate changes none of what is shown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

ROOT = Path(__file__).parent.parent.parent
SIX_LINES = (ROOT / "samples" / "six-lines.yaml").read_text(encoding="utf-8")
AS_AT = ("--as-at", "2025-04-09")
FLOOR = '[floors]\n"stage-1-response" = 0.5\n'
# Of this floor nothing of the case is short: its one stage 1 response was in time.
FORMATS = ("json", "jsonl", "csv", "html", "markdown", "junit", "github", "sarif", "gitlab")
GATES = {
    "a floor": ((), {"chcheck.toml": FLOOR}),
    "a baseline to write": (("--write-baseline", "b.csv"), {}),
    "rejects": (("--rejects", "r.csv"), {}),
    "a baseline": (("--baseline", "b.csv"), {"b.csv": "landlord,complaint,standard,rule\n"}),
}
TABLE = """\
Complaint Ref,Date Received,Acknowledged,Stage 1 Response
A1,2025-03-03,2025-03-20,2025-03-31
A2,2025-03-03,2025-03-05,2025-03-10
"""


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("words", [(), ("--explain",), ("--show", "problems")])
def test_the_report_of_a_case_is_the_same_through_a_gate(
    chcheck: Chcheck, gate: str, words: tuple[str, ...]
) -> None:
    more, files = GATES[gate]
    plain = chcheck("case.yaml", *AS_AT, *words, files={"case.yaml": SIX_LINES})
    gated = chcheck("case.yaml", *AS_AT, *words, *more, files=files)
    assert plain.code == gated.code == 1
    # What a report rests on names the gate; it is the last part.
    told, told_gated = (one.out.partition("\nWHAT THIS REPORT")[0] for one in (plain, gated))
    none, disclaimer = told.splitlines()[-2:]
    assert none == "Configuration: none"
    report = told.removesuffix(f"\n{none}\n{disclaimer}\n")
    assert report.startswith("1 breach: escalation not acknowledged")
    assert told_gated.startswith(report)
    section = told_gated.removeprefix(report)
    assert section.startswith("\nTHE GATE\n")
    used = "chcheck.toml" if "chcheck.toml" in files else "none"
    assert section.endswith(f"\n\nConfiguration: {used}\n{disclaimer}\n")
    assert ("THE COUNT, DAY BY DAY" in gated.out) is ("--explain" in words)


def test_the_section_of_the_gate_says_what_fails_and_what_is_known(chcheck: Chcheck) -> None:
    files = {"case.yaml": SIX_LINES, "chcheck.toml": '[floors]\n"acknowledge-escalation" = 0.5\n'}
    ran = chcheck("case.yaml", *AS_AT, "--write-baseline", "b.csv", files=files)
    told = " ".join(ran.out.split())
    # One clock of one fell due and was breached: 0 of 1 in time.
    assert (
        "THE GATE 1 finding fails the run (--fail-on breach). Below the floor: "
        "acknowledge-escalation (code) is 0.0% in time at worst, the floor is 50.0%." in told
    )
    known = chcheck("case.yaml", *AS_AT, "--baseline", "b.csv")
    assert known.out.startswith("1 breach: escalation not acknowledged")
    assert "THE GATE\n  Baseline: 1 known, 0 no longer occur.\n" in known.out


@pytest.mark.parametrize("name", ["csv", "jsonl"])
@pytest.mark.parametrize("path", ["case.yaml", "t.csv"])
def test_a_gate_leaves_every_row_in(chcheck: Chcheck, name: str, path: str) -> None:
    files = {"case.yaml": SIX_LINES, "t.csv": TABLE}
    plain = chcheck(path, *AS_AT, "--format", name, files=files)
    gated = chcheck(path, *AS_AT, "--format", name, "--write-baseline", "b.csv")
    assert gated.out == plain.out
    # A heading and the four clocks of the case; two clocks of each of two complaints.
    assert plain.out.count("\n") == 4 + (name == "csv")


def test_show_has_one_default(chcheck: Chcheck) -> None:
    files = {"case.yaml": SIX_LINES, "t.csv": TABLE}
    for path in files:
        words = (path, *AS_AT, "--format", "csv")
        everything = chcheck(*words, files=files).out
        assert everything == chcheck(*words, "--show", "all").out
        problems = list(csv.DictReader(chcheck(*words, "--show", "problems").out.splitlines()))
        assert [one["verdict"] for one in problems] == ["breach"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_timelines_through_a_gate_as_without(
    chcheck: Chcheck, name: str
) -> None:
    words = ("case.yaml", *AS_AT, "--format", name)
    plain = chcheck(*words, files={"case.yaml": SIX_LINES}).out
    gated = chcheck(*words, "--rejects", "r.csv").out
    if name == "json":
        data = json.loads(gated)
        assert data.pop("gate")
        assert data["options"].pop("rejects") == "r.csv"
        assert data == json.loads(plain)
    elif name == "html":
        assert "What fails the run, and what does not" in gated
    else:
        assert gated == plain


def test_text_of_more_than_twenty_timelines_is_the_summary(chcheck: Chcheck) -> None:
    one = "complaint: C-{}\nas_at: 2025-04-09\nevents:\n  - 2025-03-03 complaint received\n"
    files = {f"in/{number}.yaml": one.format(number) for number in range(20)}
    ran = chcheck("in", files=files)
    assert ran.out.startswith("20 of 20 complaints ")
    assert ran.out.count("\nTIMELINE\n") == 20
    ran = chcheck("in", files={"in/20.yaml": one.format(20)})
    assert ran.out.startswith("21 of 21 complaints have breaches (100.0%).\n")
    assert "TIMELINE" not in ran.out


def test_explain_is_never_left_unheard(chcheck: Chcheck) -> None:
    says = (
        "chcheck: warning: --explain has no effect here; it shows the count day by day in json, "
        "and in text for up to 20 timelines\n"
    )
    files = {"case.yaml": SIX_LINES, "t.csv": TABLE}
    assert says in chcheck("t.csv", *AS_AT, "--explain", files=files).err
    assert says in chcheck("case.yaml", *AS_AT, "--explain", "--format", "csv").err
    assert says not in chcheck("case.yaml", *AS_AT, "--explain").err
    ran = chcheck("t.csv", *AS_AT, "--explain", "--format", "json")
    assert says not in ran.err
    assert json.loads(ran.out)["complaints"][0]["findings"][0]["count"]


def test_a_table_is_judged_once_for_every_format(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timeliness.run import rows

    batches = []
    judge = rows.check_rows

    def counted(*words: object, **more: object) -> object:
        batches.append(1)
        return judge(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "check_rows", counted)
    words = [word for name in FORMATS for word in ("--output", f"{name}:out.{name}")]
    assert chcheck("t.csv", *AS_AT, *words, files={"t.csv": TABLE}).code == 1
    assert len(batches) == 1


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("report.html", "write --output html:report.html"),
        ("out/report.HTM", "write --output html:out/report.HTM"),
        ("found.csv", "write --output csv:found.csv"),
        ("found.md", "write --output markdown:found.md"),
    ],
)
def test_an_output_without_a_format_says_what_to_write(
    chcheck: Chcheck, output: str, says: str
) -> None:
    ran = chcheck("case.yaml", "--output", output, files={"case.yaml": SIX_LINES})
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f'chcheck: --output "{output}" is not FORMAT:PATH; {says}\n'
