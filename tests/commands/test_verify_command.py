"""`chcheck verify`: a report is made again, and what differs is named."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import Chcheck, Ran

CASE = """complaint: C-1
events:
  - 2025-03-03 complaint received
  - 2025-03-05 acknowledged
  - 2025-03-20 stage 1 response
"""
# From the acknowledgement on 5 March 2025 ten working days end on 19 March: a day late.
LATE = (
    "C-1, Stage 1 response (Code): in the report breach, due 19 Mar 2025, done 20 Mar 2025, "
    "1 day late"
)
TABLE = "Ref,Received,Acknowledged,Answered\nA,2025-03-03,2025-03-05,2025-03-18\n"
FLOOR = '[floors]\n"stage-1-response" = 0.5'
AS_AT = "--as-at=2025-04-30"


def made(chcheck: Chcheck, *words: str, **files: str) -> None:
    """Make out/r.json and out/r.html."""
    Path("out").mkdir(exist_ok=True)
    named = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    ran = chcheck(*words, "--output=json:out/r.json", "--output=html:out/r.html", files=named)
    assert ran.code in (0, 1)


_MADE: dict[str, str] = {}


@pytest.fixture
def kept(chcheck: Chcheck) -> None:
    """Put c.yaml here with its report in out, which is made once."""
    if not _MADE:
        made(chcheck, "c.yaml", AS_AT, c_yaml=CASE)
        _MADE.update({name: Path(name).read_text() for name in ("out/r.json", "out/r.html")})
    Path("out").mkdir(exist_ok=True)
    for name, text in {"c.yaml": CASE, **_MADE}.items():
        Path(name).write_text(text)


def short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def told(ran: Ran) -> str:
    return " ".join(ran.out.split())


def edited(change: Any) -> None:
    """Change out/r.json by hand."""
    path = Path("out/r.json")
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["cases"], {"cases__c_yaml": CASE, "cases__d_yaml": CASE.replace("C-1", "C-2")}),
        (["t.csv", AS_AT, "--rejects=rej.csv"], {"t_csv": TABLE}),
        (
            ["c.yaml", AS_AT, "--explain", "--show=problems"],
            {"c_yaml": CASE, "chcheck_toml": FLOOR},
        ),
    ],
    ids=["folder-as-at-today", "table-with-rejects", "options-and-gate"],
)
def test_a_report_comes_out_again_as_it_is(
    chcheck: Chcheck, words: list[str], files: dict[str, str]
) -> None:
    made(chcheck, *words, **files)
    for name in ("out/r.json", "out/r.html"):
        ran = chcheck("verify", name)
        assert (ran.code, ran.out) == (0, f"The same: {name} comes out again as it is.\n")
    assert not Path("again").exists()


def test_today_stays_the_day_on_which_it_was_made(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from timeliness import api
    from timeliness.run import run

    open_case = CASE.replace("  - 2025-03-20 stage 1 response\n", "")
    for module in (api, run):
        monkeypatch.setattr(module, "today", lambda: date(2025, 3, 31))
    made(chcheck, "c.yaml", c_yaml=open_case)
    for module in (api, run):
        monkeypatch.setattr(module, "today", lambda: date(2025, 12, 1))
    assert chcheck("verify", "out/r.json").code == 0
    assert chcheck("verify", "out/r.html").code == 0


def test_a_changed_input_is_named_with_what_it_changed(chcheck: Chcheck, kept: None) -> None:
    new = CASE.replace("03-20", "03-19")
    Path("c.yaml").write_text(new)
    ran = chcheck("verify", "out/r.json")
    assert ran.code == 1
    assert told(ran) == (
        "Not the same: out/r.json would now differ in 1 finding. WHAT IT RESTS ON "
        f"Input c.yaml: another content (SHA-256 {short(CASE)} then, {short(new)} now) "
        f"FINDINGS {LATE}; now met, due 19 Mar 2025, done 19 Mar 2025"
    )
    page = told(chcheck("verify", "out/r.html"))
    assert "Not the same: out/r.html would now differ in" in page
    assert "THE PAGE SAYS" in page
    assert "Breach, 1 working day late" in page.partition("IT WOULD NOW SAY")[0]


def test_an_input_that_changed_nothing_is_named_all_the_same(chcheck: Chcheck, kept: None) -> None:
    Path("c.yaml").write_text(CASE + "# read again\n")
    for name in ("out/r.json", "out/r.html"):
        ran = chcheck("verify", name)
        assert ran.code == 1
        says = f"{name} says what it would say now, but not all that it rests on is the same."
        assert told(ran).startswith(says)


def test_a_finding_changed_by_hand_is_found(chcheck: Chcheck, kept: None) -> None:

    def mend(data: dict[str, Any]) -> None:
        (late,) = [one for one in data["complaints"][0]["findings"] if one["verdict"] == "breach"]
        late |= {"verdict": "met", "days_late": None}

    edited(mend)
    ran = chcheck("verify", "out/r.json")
    assert ran.code == 1
    assert told(ran) == (
        "Not the same: out/r.json would now differ in 1 finding. Everything that it rests on is "
        "the same, so the report itself was changed. FINDINGS C-1, Stage 1 response (Code): in "
        "the report met, due 19 Mar 2025, done 20 Mar 2025; now breach, due 19 Mar 2025, done "
        "20 Mar 2025, 1 day late"
    )


def test_whatever_else_differs_is_named(chcheck: Chcheck, kept: None) -> None:
    def change(data: dict[str, Any]) -> None:
        (case,) = data["complaints"]
        case["findings"].pop()
        case["findings"][0]["says"] = "All is well."
        case["notes"].append("x")
        data["chcheck"] = "0.0.9"
        data["calendar"]["source"] = "holidays 0.1"
        data["rulebooks"][0]["sha256"] = "0" * 64
        data["mine"] = 1

    edited(change)
    ran = chcheck("verify", "out/r.json")
    assert ran.code == 1
    assert "would now differ in 2 findings and 2 other parts. WHAT" in told(ran)
    for says in (
        "in the report not there; now",
        "the same verdict and days, but other details",
        "OTHER PARTS mine of the report C-1: notes",
        "chcheck: 0.0.9 then; ",
        "Calendar: holidays 0.1, ",
        f"Rulebook housing-ombudsman-2024: another content (SHA-256 {'0' * 12} then",
    ):
        assert says in told(ran)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["summary"].update(breach=0), "OTHER PARTS summary of the report"),
        (lambda d: d["complaints"].clear(), "OTHER PARTS C-1: 0 times in the report, 1 times now"),
    ],
)
def test_a_summary_or_complaint_that_was_taken_out_is_found(
    chcheck: Chcheck, kept: None, change: Any, says: str
) -> None:
    edited(change)
    ran = chcheck("verify", "out/r.json")
    assert ran.code == 1
    assert says in told(ran)


def test_ends_of_lines_are_no_difference(chcheck: Chcheck, kept: None) -> None:
    page = Path("out/r.html")
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert chcheck("verify", "out/r.html").code == 0


def test_a_page_whose_looks_were_changed_is_found(chcheck: Chcheck, kept: None) -> None:
    page = Path("out/r.html")
    page.write_text(page.read_text().replace("</style>", ".finding { display: none }</style>"))
    ran = chcheck("verify", "out/r.html")
    assert ran.code == 1
    assert told(ran).endswith("OTHER PARTS code of the page")


def test_what_was_moved_is_named_and_its_names_are_no_difference(chcheck: Chcheck) -> None:
    config = 'landlord = "Alder"\n'
    made(chcheck, "cases/c.yaml", AS_AT, cases__c_yaml=CASE, cases__chcheck_toml=config)
    Path("cases").rename("moved")
    lost = chcheck("verify", "out/r.json")
    assert (lost.code, lost.out) == (2, "")
    assert lost.err == (
        'chcheck: "out/r.json" cannot be made again: there is no "cases/c.yaml" or '
        '"cases/chcheck.toml" in this folder, nor in that of the report or above it; name what '
        "was checked with --input PATH, and its configuration with --config PATH\n"
    )
    words = ("--input", "moved/c.yaml", "--config", "moved/chcheck.toml")
    for name in ("out/r.json", "out/r.html"):
        assert chcheck("verify", name, *words).code == 0


def test_the_folder_of_the_report_counts_as_well(
    chcheck: Chcheck, kept: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert chcheck("verify", str(tmp_path / "out" / "r.json")).code == 0
    # A file of the same name in this folder is another one.
    Path("c.yaml").write_text(CASE.replace("03-20", "03-10"))
    assert chcheck("verify", str(tmp_path / "out" / "r.json")).code == 0


def test_json_says_the_same(chcheck: Chcheck, kept: None) -> None:
    new = CASE.replace("03-20", "03-19")
    Path("c.yaml").write_text(new)
    ran = chcheck("verify", "out/r.json", "--format", "json")
    data = json.loads(ran.out)
    assert ran.code == 1
    assert data["same"] is False
    assert data["rests_on"] == [
        {
            "what": "input",
            "name": "c.yaml",
            "then": sha256(CASE.encode()).hexdigest(),
            "now": sha256(new.encode()).hexdigest(),
        }
    ]
    (one,) = data["findings"]
    assert (one["complaint"], one["rule"]) == ("C-1", "stage-1-response")
    assert (one["then"]["verdict"], one["now"]["verdict"]) == ("breach", "met")
    assert one["then"]["days_late"] == {"least": 1, "most": 1}


NOT_IT = "and not the report of a check; write that with: chcheck PATH --output json:PATH"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("due", "c.yaml"), "this is the JSON of what is due"),
        (("year", "c.yaml", "--year=2024/25"), "this is the JSON of a year"),
        (("c.yaml",), "these are the sums of a check"),
    ],
)
def test_the_other_outputs_are_not_made_again(
    chcheck: Chcheck, words: tuple[str, ...], says: str
) -> None:
    form = "sums" if says.endswith("check") else "json"
    chcheck(*words, AS_AT, "--output", f"{form}:r.json", files={"c.yaml": CASE})
    ran = chcheck("verify", "r.json")
    assert (ran.code, ran.out, ran.err) == (2, "", f"r.json: {says}, {NOT_IT}\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this is not JSON: Expecting value"),
        ("[]", "this is not the report of a check; write one with --output json:PATH"),
        ('{"complaints": [1]}', "this is not the report of a check"),
        ('{"complaints": []}', "this is not the report of a check"),
        ('{"a": 1, "a": 2}', '"a" is there twice in one place, so it was written by hand'),
        ("<html>", "this page does not say how it was made; write one with --output html:PATH"),
        ("[" * 100_000, "this is not"),
        ("complaint,landlord\n", f"this is neither JSON nor HTML, {NOT_IT}"),
        ('{"rule": "a"}\n{"rule": "b"}\n', f"these are several lines of JSON, {NOT_IT}"),
        ("PK\x03\x04", f"this is a workbook, {NOT_IT}"),
    ],
)
def test_what_is_no_report_is_refused(chcheck: Chcheck, text: str, says: str) -> None:
    ran = chcheck("verify", "r.json", files={"r.json": text})
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("r.json:")
    assert says in ran.err


def test_what_cannot_be_made_again_says_why(chcheck: Chcheck, kept: None) -> None:
    assert chcheck("verify", "no.json").err == (
        "no.json: the file cannot be read: No such file or directory\n"
    )
    edited(lambda d: d.update(options=None))
    ran = chcheck("verify", "out/r.json")
    assert ran.code == 2
    assert ran.err == (
        'chcheck: "out/r.json" does not say how it was made, so it cannot be made again: it was '
        "made from Python, or by an earlier chcheck\n"
    )
    edited(lambda d: d.update(options={"paths": ["-"]}))
    assert "was made from standard input; save what" in chcheck("verify", "out/r.json").err
    edited(lambda d: d.update(options={"paths": ["c.yaml"], "magic": True}))
    assert chcheck("verify", "out/r.json").err == (
        'chcheck: the report was made with "magic", which is no option here\n'
    )


def test_standard_input_can_be_named(chcheck: Chcheck) -> None:
    ran = chcheck("-", AS_AT, "--format=json", stdin=CASE.encode())
    Path("r.json").write_text(ran.out)
    Path("c.yaml").write_text(CASE)
    assert chcheck("verify", "r.json", "--input", "c.yaml").code == 0
    assert re.search('"path": "-"', ran.out)
