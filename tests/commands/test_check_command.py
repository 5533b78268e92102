"""`chcheck PATH...`: its options, and where its results go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
SIX_LINES = (SAMPLES / "six-lines.yaml").read_text(encoding="utf-8")
FILES = {"case.yaml": SIX_LINES}


def test_the_as_at_date_is_printed_and_overrides_the_file(chcheck: Chcheck) -> None:
    files = {"case.yaml": f"as_at: 2025-04-01\n{SIX_LINES}"}
    assert "As at 1 April 2025;" in chcheck("case.yaml", files=files).out
    ran = chcheck("case.yaml", "--as-at", "9 Apr 2025")
    assert "As at 9 April 2025;" in ran.out
    assert ran.code == 1


def test_without_any_as_at_date_it_is_today_in_london(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    monkeypatch.setattr("timeliness.api.today", lambda: date(2025, 4, 2))
    assert "As at 2 April 2025;" in chcheck("case.yaml", files=FILES).out


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("03/04/2025", '"03/04/2025" can be read as 3 April 2025 or as 4 March 2025; write '
         "2025-04-03 or 2025-03-04\n"),
        ("2025-04", '"2025-04" is not a single day; write it as 2025-04-03\n'),
        ("1970-01-01", "1970-01-01 is outside the years that the calendar covers, 2000 to 2040; "
         "correct the year\n"),
    ],
)  # fmt: skip
def test_a_day_that_is_none(chcheck: Chcheck, day: str, says: str) -> None:
    ran = chcheck("case.yaml", "--as-at", day, files=FILES)
    assert ran.code == 2
    assert ran.err == (f"chcheck: Invalid value for '--as-at': {says}Try 'chcheck check --help'.\n")


def test_the_code_can_be_chosen(chcheck: Chcheck) -> None:
    # Under the 2022 Code the stage 2 clock runs from the request: 20 working days from 1 April
    # 2025, with Good Friday and Easter Monday between, end on 1 May.
    words = ("case.yaml", "--as-at", "2025-05-02", "--format", "json")
    ran = chcheck(*words, "--code", "housing-ombudsman-2022", files=FILES)
    due = {one["rule"]: one["due"] for one in json.loads(ran.out)["complaints"][0]["findings"]}
    assert due["stage-2-response"] == {"earliest": "2025-05-01", "latest": "2025-05-01"}


def test_the_code_is_an_edition_a_series_or_a_path(chcheck: Chcheck) -> None:
    own = (ROOT / "rules/housing-ombudsman/2022.yaml").read_text(encoding="utf-8")
    files = {**FILES, "my.yaml": own.replace("id: housing-ombudsman-2022", "id: mine")}
    words = ("case.yaml", "--as-at", "2025-05-02", "--format", "json", "--code")
    rulebooks = {}
    for code in ("housing-ombudsman", "Housing-Ombudsman-2022", "./my.yaml"):
        ran = chcheck(*words, code, files=files)
        rulebooks[code] = [one["id"] for one in json.loads(ran.out)["rulebooks"]]
    # Received in March 2025, which in the series is the time of the 2024 Code.
    assert rulebooks == {
        "housing-ombudsman": ["housing-ombudsman-2024"],
        "Housing-Ombudsman-2022": ["housing-ombudsman-2022"],
        "./my.yaml": ["mine"],
    }


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("--code", "./own.yaml"),
            '"./own.yaml" is a policy, not a Code; write policy: '
            "./own.yaml, or --policy ./own.yaml",
        ),
        (
            ("--policy", "./my.yaml"),
            '"./my.yaml" is a Code, not a policy; write code: ./my.yaml, or --code ./my.yaml',
        ),
        (("--code", "no.yaml"), 'there is no Code file "no.yaml" in this folder'),
        (
            ("--code", "housing-ombudsman-2042"),
            'there is no Code "housing-ombudsman-2042"; did you mean "housing-ombudsman-2024"? '
            "chcheck comes with awaab, housing-ombudsman, lgsco, nipso, psow, spso, awaab-2025, "
            "housing-ombudsman-2020, housing-ombudsman-2022, housing-ombudsman-2024, lgsco-2024, "
            "nipso-model, psow-model, spso-2021; for your own, write its path: ./my-code.yaml",
        ),
    ],
)
@pytest.mark.parametrize("path", ["case.yaml", "t.csv"])
def test_a_path_of_the_other_kind_names_the_option(
    chcheck: Chcheck, words: tuple[str, str], says: str, path: str
) -> None:
    files = {
        **FILES,
        "t.csv": "Ref,Received\nA1,2025-03-03\n",
        "my.yaml": (ROOT / "rules/housing-ombudsman/2022.yaml").read_text(encoding="utf-8"),
        "own.yaml": (ROOT / "rules/landlords/luton/2022.yaml").read_text(encoding="utf-8"),
    }
    ran = chcheck(path, *words, files=files)
    assert (ran.code, ran.out, ran.err) == (2, "", f"chcheck: {says}\n")


def test_the_policy_can_be_chosen_by_name_and_by_path(chcheck: Chcheck) -> None:
    own = (ROOT / "rules/landlords/luton/2022.yaml").read_text(encoding="utf-8")
    files = {**FILES, "mine.yaml": own.replace("id: luton-2022", "id: mine")}
    named = chcheck("case.yaml", "--policy", "luton", "--as-at", "2025-04-02", files=files)
    by_path = chcheck("case.yaml", "--policy", "./mine.yaml", "--as-at", "2025-04-02")
    # Three working days from Monday 3 March end on the 6th; acknowledged on the 10th.
    expected = "1 breach: complaint acknowledged 2 working days late (policy). Next:\n"
    assert named.code == by_path.code == 1
    assert named.out.startswith(expected)
    assert by_path.out.startswith(expected)
    assert "(mine)" in by_path.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--code", "luton-2022"), '"luton-2022" is a policy, not a Code; write policy: '
         "luton-2022, or --policy luton-2022"),
        (("--policy", "housing-ombudsman-2024"), '"housing-ombudsman-2024" is a Code, not a '
         "policy; write code: housing-ombudsman-2024, or --code housing-ombudsman-2024"),
        (("--nation", "france"), '"france" is not a nation; choose one of england, wales, '
         "scotland, northern-ireland"),
        (("--output", "json"), '--output "json" is not FORMAT:PATH; write --output json:PATH'),
        (("--output", "word:x"), '--output "word:x" is not FORMAT:PATH; the formats are '),
        (("--output", "json:"), '--output "json:" is not FORMAT:PATH; write --output json:PATH'),
        (("--output", "json:none/x.json"), '"none/x.json" cannot be written: '),
        (("--output", "json:."), '"." cannot be written: '),
        (("--output", "json:case.yaml"), '--output would write over "case.yaml", which is to be '
         "checked"),
        (("--output", "json:x", "--output", "text:./x"), '--output names "x" twice; choose two '
         "files"),
    ],
)  # fmt: skip
def test_options_that_cannot_be_followed(
    chcheck: Chcheck, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    ran = chcheck("case.yaml", *words, files=FILES)
    assert ran.code == 2
    assert ran.err.startswith(f"chcheck: {says}")
    assert ran.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml"]
    assert (tmp_path / "case.yaml").read_text(encoding="utf-8") == SIX_LINES


def test_the_nation_can_be_chosen(chcheck: Chcheck) -> None:
    # 2 January 2025 is a bank holiday in Scotland alone.
    files = {"case.yaml": "complaint: C\nevents: [2025-01-01 complaint received]"}
    words = ("case.yaml", "--policy", "luton", "--as-at", "2025-01-01")
    england = chcheck(*words, files=files)
    scotland = chcheck(*words, "--nation", "scotland")
    assert "acknowledgement of the complaint due Monday 6 January 2025" in " ".join(
        england.out.split()
    )
    assert "acknowledgement of the complaint due Tuesday 7 January 2025" in " ".join(
        scotland.out.split()
    )


def test_several_outputs_hold_what_is_printed(chcheck: Chcheck, tmp_path: Path) -> None:
    words = ("case.yaml", "--as-at", "2025-06-02")
    text = chcheck(*words, files=FILES).out
    ran = chcheck(*words, "--output", "json:out.json", "--output", "text:out.txt")
    assert ran.code == 1
    assert ran.out == text
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == text
    printed = chcheck(*words, "--format", "json").out
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml", "out.json", "out.txt"]


def test_a_path_with_a_colon_in_it_can_be_written(chcheck: Chcheck, tmp_path: Path) -> None:
    assert chcheck("case.yaml", "--output", "json:a:b.json", files=FILES).code == 1
    assert json.loads((tmp_path / "a:b.json").read_text(encoding="utf-8"))["complaints"]


def test_an_output_that_cannot_be_written_leaves_nothing_behind(
    chcheck: Chcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if "r" not in mode:
            raise PermissionError(13, "Permission denied")
        return opened(path, mode, *rest, **more)  # type: ignore[call-overload]

    (tmp_path / "case.yaml").write_text(SIX_LINES, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    ran = chcheck("case.yaml", "--output", "json:x.json")
    assert ran.code == 2
    assert ran.err == 'chcheck: "x.json" cannot be written: Permission denied\n'
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_an_output_is_written_whole_or_not_at_all(
    chcheck: Chcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    files = {**FILES, "out.json": "what was there before"}
    ran = chcheck("case.yaml", "--output", "json:out.json", files=files)
    assert ran.code == 2
    assert ran.err == 'chcheck: "out.json" cannot be written: No space left on device\n'
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == "what was there before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml", "out.json"]


@pytest.mark.parametrize(
    "data",
    [SIX_LINES, json.dumps({"complaint": "C-1042", "events": ["2025-03-03 complaint received"]})],
)
def test_standard_input_is_yaml_or_json(chcheck: Chcheck, data: str) -> None:
    ran = chcheck("-", "--as-at", "2025-03-04", stdin=data.encode())
    assert ran.code == 0
    assert ran.out.startswith("No breach so far. Next: acknowledgement of the complaint due Monday")


@pytest.mark.parametrize(
    "text",
    [
        "Complaints 2025\n\nRef,Received\n{}",
        "Report: complaints,\nRef,Received\n{}",
        "Case: Ref,Date: Received\n{}",
        "[OFFICIAL] Complaints,\nRef,Received\n{}",
        "Ref|Received\n{}",
    ],
)
def test_standard_input_is_a_table_whatever_stands_above_it(chcheck: Chcheck, text: str) -> None:
    mark = "|" if "|" in text else ","
    text = text.format(f"A1{mark}2025-03-03\nA2{mark}2025-03-03\n")
    columns = '[columns]\n"Case: Ref" = "complaint"\n"Date: Received" = "received"\n'
    files = {"chcheck.toml": columns if text.startswith("Case: ") else ""}
    ran = chcheck("-", "--as-at", "2025-03-04", stdin=text.encode(), files=files)
    assert (ran.code, "2 read" in ran.out) == (0, True), ran.out + ran.err


def test_a_policy_path_on_standard_input_counts_from_this_folder(chcheck: Chcheck) -> None:
    own = (ROOT / "rules/landlords/luton/2022.yaml").read_text(encoding="utf-8")
    files = {"mine.yaml": own.replace("id: luton-2022", "id: mine")}
    data = f"policy: ./mine.yaml\n{SIX_LINES}".encode()
    assert "(mine)" in chcheck("-", stdin=data, files=files).out


def test_problems_only_leaves_out_what_is_in_order(chcheck: Chcheck) -> None:
    words = ("case.yaml", "--as-at", "2025-06-02")
    everything = chcheck(*words, files=FILES)
    problems = chcheck(*words, "--show", "problems")
    assert problems.code == everything.code == 1
    assert problems.out.splitlines()[0] == everything.out.splitlines()[0]
    assert "BREACHES" in problems.out
    for left_out in ("MET", "TIMELINE", "Stage 1 response"):
        assert left_out in everything.out
        assert left_out not in problems.out


def test_problems_only_of_a_complaint_without_any_is_short(chcheck: Chcheck) -> None:
    ran = chcheck("case.yaml", "--as-at", "2025-04-02", "--show", "problems", files=FILES)
    assert ran.code == 0
    assert ran.out.startswith("No breach so far. Next: ")
    assert len(ran.out.splitlines()) <= 12


def test_the_count_is_explained_day_by_day(chcheck: Chcheck) -> None:
    ran = chcheck(
        str(SAMPLES / "determinations/luton-202229082.yaml"), "--explain", "--show", "problems"
    )
    assert (
        """
  Stage 2 response, Code 5.13: 20 working days from 3 November 2022
    week of        Mon  Tue  Wed  Thu  Fri  Sat  Sun
    31 Oct 2022                     0    1    -    -
     7 Nov 2022      2    3    4    5    6    -    -
    14 Nov 2022      7    8    9   10   11    -    -
    21 Nov 2022     12   13   14   15   16    -    -
    28 Nov 2022     17   18   19   20   21    -    -  Thu: due
     5 Dec 2022     22   23   24   25   26            Fri: answered
"""
        in ran.out
    )


def test_what_is_still_open_is_counted_without_the_weeks_between(chcheck: Chcheck) -> None:
    ran = chcheck("case.yaml", "--as-at", "2026-11-22", "--explain", files=FILES)
    assert (
        """
  Acknowledge the escalation, Code 6.11: 5 working days from 1 April 2025
    week of        Mon  Tue  Wed  Thu  Fri  Sat  Sun
    31 Mar 2025           0    1    2    3    -    -
     7 Apr 2025      4    5    6    7    8    -    -  Tue: due
    14 Apr 2025      9   10   11   12    x    -    -
                 Fri: bank holiday: Good Friday
    ... 82 weeks, counted on in the same way ...
    16 Nov 2026    411  412  413  414  415    -    -  Sun: counted to here
"""
        in ran.out
    )


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("more", [(), ("--explain",), ("--show", "problems")])
def test_every_sample_fits_80_columns(chcheck: Chcheck, path: Path, more: tuple[str, ...]) -> None:
    ran = chcheck(str(path), *more)
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert not any(line != line.rstrip() for line in ran.out.splitlines())


def test_the_same_input_gives_the_same_bytes(chcheck: Chcheck) -> None:
    words = (str(SAMPLES / "determinations"), "--format", "json", "--explain")
    assert chcheck(*words).out == chcheck(*words).out


def test_the_timeline_marks_an_answer_that_was_not_sent(chcheck: Chcheck) -> None:
    case = (
        "complaint: A\nevents:\n  - 2025-03-03 received\n  - 2025-03-05 acknowledged\n"
        "  - {date: 2025-03-14, event: stage 1 response, sent: no}\n"
    )
    ran = chcheck("a.yaml", "--as-at", "2025-05-02", files={"a.yaml": case})
    assert "  14 Mar 2025             stage 1 response (not sent)\n" in ran.out


def test_explain_has_no_section_of_a_count_where_there_is_none(chcheck: Chcheck) -> None:
    # Withdrawn on the day after receipt: every clock was ended before it was due.
    case = "complaint: A\nevents:\n  - 2025-03-03 received\n  - 2025-03-04 withdrawn\n"
    ran = chcheck("a.yaml", "--as-at", "2025-05-02", "--explain", files={"a.yaml": case})
    assert "NOT APPLICABLE\n" in ran.out
    assert "THE COUNT, DAY BY DAY" not in ran.out


def test_a_year_chooses_the_code_of_that_year(chcheck: Chcheck) -> None:
    words = ("case.yaml", "--as-at", "2025-05-02", "--format", "json", "--code")
    ran = chcheck(*words, "2022", files=FILES)
    named = chcheck(*words, "housing-ombudsman-2022").out
    # But for the option as it was given they are the same.
    assert ran.out == named.replace('      "housing-ombudsman-2022"\n    ]', '      "2022"\n    ]')
    assert chcheck(*words, "2023").err.startswith('chcheck: there is no Code "2023"; ')
