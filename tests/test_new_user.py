"""What somebody new may try: each gets a clear answer or a clear error, never a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck, Ran

SIX_LINES = """\
complaint: C-1042
events:
  - 3 Mar 2025 complaint received
  - 10 Mar 2025 acknowledged
  - 21 Mar 2025 stage 1 response
  - 1 Apr 2025 escalated
"""


def timeline(*events: str, **keys: str) -> str:
    head = {"complaint": "C", **keys}
    lines = [f"{key}: {value}" for key, value in head.items()]
    return "\n".join([*lines, "events:", *(f"  - {event}" for event in events)]) + "\n"


def first_line(ran: Ran) -> str:
    """Return the first paragraph, which is the answer, on one line."""
    return " ".join(ran.out.split("\n\n")[0].split())


def flat(ran: Ran) -> str:
    return " ".join(ran.out.split())


# What cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "case.yaml: the file is empty; `chcheck new` prints a timeline to fill in\n"),
        (
            "# nothing yet\n",
            "case.yaml: there is no complaint in the file; `chcheck new` prints a timeline to "
            "fill in\n",
        ),
        (
            "complaint: C\nevents:\n",
            "case.yaml:2: events: there are no events; write at least one, such as "
            "- 2025-04-03 complaint received\n",
        ),
        (
            "complaint: C\nevents: []\n",
            "case.yaml:2: events: there are no events; write at least one, such as "
            "- 2025-04-03 complaint received\n",
        ),
        ("complaint: C\n", 'case.yaml:1: a timeline needs the key "events"\n'),
        (
            timeline("1970-03-10 complaint received"),
            "case.yaml:3: 1970-03-10 is outside the years that the calendar covers, 2000 to 2040; "
            "correct the year\n",
        ),
        (
            timeline("2090-03-10 complaint received"),
            "case.yaml:3: 2090-03-10 is outside the years that the calendar covers, 2000 to 2040; "
            "correct the year\n",
        ),
        (
            timeline("2025-02-29 complaint received"),
            'case.yaml:3: "2025-02-29": February 2025 has 28 days; write the day as 2025-04-03 '
            "(year-month-day) or 3 Apr 2025\n",
        ),
        (
            timeline("2025-04-03 complaint received", policy="lutton"),
            'case.yaml:2: policy: there is no policy "lutton"; did you mean "luton"? chcheck '
            "comes with luton, mtvh, southwark, luton-2022, mtvh-2023, southwark-2021; for your "
            "own, write its path: ./my-policy.yaml\n",
        ),
        (
            timeline("2025-04-03 complaint received", policy="./mine.yaml"),
            'case.yaml:2: policy: there is no policy file "./mine.yaml" in this folder\n',
        ),
        (
            timeline("2025-04-03 complaint received", nation="scotland", body="council"),
            "case.yaml:1: complaint C: there is no complaint handling code for a council in "
            "Scotland here, so there is nothing to check it against; add the landlord's policy: "
            "policy: my-policy.yaml\n",
        ),
        (
            timeline("2020-04-03 complaint received"),
            "case.yaml:1: complaint C: the complaint was received before the first edition of the "
            "Code (1 July 2020), so there is nothing to check it against; add the landlord's "
            "policy: policy: my-policy.yaml\n",
        ),
        (
            timeline("2025-04-03 complaint received", landlord='"\\e[31mred\\e[0m"'),
            "case.yaml:2: there is a control character (U+001B) here; remove it\n",
        ),
        (
            timeline("2025-04-03 complaint received", landlord="\x1b]0;title\x07"),
            "case.yaml:2: there is a control character (U+001B) here; remove it\n",
        ),
    ],
)
def test_what_cannot_be_checked_says_where_and_what_to_do(
    chcheck: Chcheck, text: str, says: str
) -> None:
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert (ran.code, ran.out, ran.err) == (2, "", says)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing.yaml", "missing.yaml: there is no such file or folder\n"),
        ("empty", "empty: there are no timelines (*.yaml, *.yml, *.json) in the folder\n"),
        (os.devnull, f"{os.devnull}: this is neither a file nor a folder\n"),
    ],
)
def test_a_path_without_a_timeline(chcheck: Chcheck, tmp_path: Path, path: str, says: str) -> None:
    (tmp_path / "empty").mkdir()
    assert chcheck(path) == Ran(2, "", says)


def test_a_path_too_long_to_open(chcheck: Chcheck) -> None:
    ran = chcheck("x" * 5000)
    assert ran.code == 2
    assert ran.err.startswith("xxxxx")
    assert ran.err.endswith("x: this cannot be opened: File name too long\n")


def test_an_empty_path_is_not_the_folder(chcheck: Chcheck) -> None:
    ran = chcheck("", files={"case.yaml": SIX_LINES})
    assert ran == Ran(2, "", "chcheck: a path is empty; write . for this folder\n")


def test_a_file_named_twice_is_checked_once(chcheck: Chcheck) -> None:
    files = {"cases/case.yaml": SIX_LINES}
    once = chcheck("cases", "--as-at", "2025-04-02", files=files)
    twice = chcheck("cases", "cases/case.yaml", "./cases", "--as-at", "2025-04-02")
    assert twice.out == once.out
    assert "the same reference" not in twice.out


def test_a_large_file_is_refused_before_it_is_read(chcheck: Chcheck, tmp_path: Path) -> None:
    with (tmp_path / "big.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert chcheck("big.yaml") == Ran(
        2,
        "",
        "big.yaml: the file has more than 20 MB, the most that is read; split it into several "
        "files\n",
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_another_encoding(chcheck: Chcheck, tmp_path: Path, encoding: str) -> None:
    text = SIX_LINES.replace("complaint: ", "landlord: Café\ncomplaint: ", 1)
    (tmp_path / "case.yaml").write_bytes(text.encode(encoding))
    ran = chcheck("case.yaml")
    assert ran.err == ""
    assert "Café" in ran.out


def test_a_timeline_is_one_whatever_its_name(chcheck: Chcheck) -> None:
    for name in ("case.txt", "case.yaml.txt"):
        ran = chcheck(name, files={name: SIX_LINES})
        assert ran.err == ""
        assert first_line(ran) == first_line(chcheck("case.yaml", files={"case.yaml": SIX_LINES}))


def test_several_mistakes_come_at_once_and_the_good_complaints_are_checked(
    chcheck: Chcheck,
) -> None:
    ran = chcheck(
        "cases",
        files={
            "cases/bad.yaml": "complaint: C\nlandlrod: L\nevents: [2025-13-01 complaint received]",
            "cases/good.yaml": timeline("2025-03-03 complaint received", as_at="2025-03-04"),
        },
    )
    assert ran.code == 2
    assert first_line(ran).startswith("No breach so far. Next: acknowledgement of the complaint")
    assert ran.err == (
        'cases/bad.yaml:2: "landlrod" is not a key of a timeline; did you mean "landlord"?\n'
        'cases/bad.yaml:3: "2025-13-01": there is no month 13; write the day as 2025-04-03 '
        "(year-month-day) or 3 Apr 2025\n"
    )


# What gets an answer --------------------------------------------------------------------------


def test_a_folder_is_read_whole(chcheck: Chcheck) -> None:
    ran = chcheck(
        "cases",
        "--as-at",
        "2025-03-20",
        files={
            "cases/a.yaml": timeline("2025-03-03 complaint received"),
            "cases/deeper/B.JSON": json.dumps(
                {"complaint": "D", "events": ["2025-03-19 complaint received"]}
            ),
            "cases/notes.txt": "not a timeline",
        },
    )
    # C, received on Monday 3 March, had to be acknowledged by the 10th, and answered between the
    # 17th and the 24th, which by the 20th may have passed. D has until the 26th and 2 April.
    assert ran.code == 1
    assert first_line(ran) == (
        "1 of 2 complaints has a breach: C. Overdue 1; due by Thursday 27 March: 1. Due later: 1. "
        "Cannot tell whether overdue: 1."
    )
    assert ran.err == ""


def test_two_complaints_with_one_reference_are_both_checked_and_named(chcheck: Chcheck) -> None:
    one = timeline("2025-03-03 complaint received", "2025-03-04 complaint acknowledged")
    two = timeline("2025-03-05 complaint received", "2025-03-06 complaint acknowledged")
    ran = chcheck("case.yaml", "--as-at", "2025-03-07", files={"case.yaml": f"{one}---\n{two}"})
    assert ran.code == 0
    assert "line 1: the same reference is used at case.yaml:6; each is checked separately" in flat(
        ran
    )
    assert "line 6: the same reference is used at case.yaml:1; each is checked separately" in flat(
        ran
    )


def test_a_response_before_the_complaint(chcheck: Chcheck) -> None:
    text = timeline(
        "2025-03-10 complaint received",
        "2025-03-11 complaint acknowledged",
        "2025-03-03 stage 1 response",
        as_at="2025-06-01",
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 0
    assert first_line(ran) == (
        "Nothing could be decided from the record: acknowledge the complaint (Code) and stage 1 "
        "response (Code)."
    )
    assert (
        "The stage 1 response is dated 3 March 2025, before receipt, 10 March 2025: one of the "
        "dates is wrong. Correct the date of the stage 1 response or of receipt. Add: date: DATE "
        "(on the event of line"
    ) in flat(ran)


def test_an_acknowledgement_before_the_complaint(chcheck: Chcheck) -> None:
    text = timeline(
        "2025-03-10 complaint received",
        "2025-03-03 complaint acknowledged",
        "2025-03-20 stage 1 response",
        as_at="2025-06-01",
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert flat(ran).count("The acknowledgement is dated 3 March 2025, before receipt, 10") == 2
    assert "20 March 2025, before" not in flat(ran)


def test_29_february_is_a_day_like_any_other(chcheck: Chcheck) -> None:
    # Thursday 29 February 2024: 1, 4, 5, 6, 7 March are five working days.
    text = timeline("2024-02-29 complaint received", "2024-03-07 acknowledged", as_at="2024-03-08")
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 0
    assert (
        "Acknowledged on 7 March 2024, 5 working days after receipt; due on 7 March 2024."
        in flat(ran)
    )


def test_an_event_on_christmas_day(chcheck: Chcheck) -> None:
    # 25 and 26 December and 1 January are bank holidays: 27, 30, 31 December, 2, 3 January.
    text = timeline("2024-12-25 complaint received", "2025-01-06 acknowledged", as_at="2025-01-06")
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 1
    assert first_line(ran).startswith(
        "1 breach: complaint acknowledged 1 working day late (Code). Next: stage 1 response due "
        "Monday 20 January 2025, in 10 working days (Code)."
    )


def test_a_saturday_reply_after_a_friday_limit(chcheck: Chcheck) -> None:
    # Acknowledged Friday 6 June 2025, so due Friday 20 June; answered on Saturday the 21st.
    text = timeline(
        "2025-06-02 complaint received",
        "2025-06-06 acknowledged",
        "2025-06-21 stage 1 response",
        as_at="2025-06-30",
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 1
    assert first_line(ran) == "1 breach: stage 1 response 1 day (0 working days) late (Code)."
    assert "That is 1 day (0 working days) late." in ran.out


def test_a_receipt_span_across_1_april_2024_is_judged_by_both_editions(chcheck: Chcheck) -> None:
    # Five working days from 28 March end on 8 April, after Good Friday and Easter Monday.
    text = timeline(
        "2024-03-28/2024-04-03 complaint received",
        "2024-04-10 stage 1 response",
        record="partial",
        as_at="2024-06-30",
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 0
    assert "Against Complaint Handling Code 2022 (housing-ombudsman-2022).\n" in ran.out
    assert "Against Complaint Handling Code 2024 (housing-ombudsman-2024).\n" in ran.out
    assert (
        "- from receipt, 28 March to 31 March 2024: due 8 April 2024, cannot tell (2022 Code) "
        "- from receipt, 1 April to 3 April 2024: due 8 April to 10 April 2024, cannot tell "
        "(2024 Code)"
    ) in flat(ran)


def test_a_scottish_council_with_a_policy_is_checked_against_it_alone(chcheck: Chcheck) -> None:
    text = timeline(
        "2025-01-02 complaint received",
        "2025-01-08 complaint acknowledged",
        nation="scotland",
        body="council",
        policy="luton",
        as_at="2025-01-09",
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    # 2 January is a bank holiday in Scotland: day 1 is the 3rd, day 3 Tuesday the 7th.
    assert first_line(ran).startswith("1 breach: complaint acknowledged 1 working day late (poli")
    says = (
        "! There is no complaint handling code for a council in Scotland here, so only the policy "
        "is checked."
    )
    assert says in " ".join(ran.out.split())


def test_utf_16_with_its_mark_is_read(chcheck: Chcheck, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_bytes(SIX_LINES.encode("utf-16"))
    ran = chcheck("case.yaml", "--as-at", "2025-04-02")
    assert ran.code == 0
    assert first_line(ran).startswith(
        "No breach so far. Next: acknowledgement of the escalation due Tuesday 8 April 2025, in 4"
    )


def test_a_name_with_markup_stands_as_it_is(chcheck: Chcheck) -> None:
    text = timeline(
        "2025-03-03 complaint received",
        landlord='"<script>alert(1)</script>"',
        as_at="2025-03-04",
    )
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.code == 0
    assert "Complaint C, <script>alert(1)</script>\n" in ran.out


def test_what_came_after_the_cut_off_hour_says_so(chcheck: Chcheck) -> None:
    policy = """\
id: sample-policy
title: Sample policy
short: Sample policy
publisher: Sample Homes
standard: policy
source: made up
in_force: not stated
checked: 2025-01-01
cut_off: "17:00"
rules:
  - id: acknowledge-complaint
    title: Acknowledge the complaint
    clause: "1"
    duty: must
    says: Within 3 working days.
    provenance: quoted
    clock:
      start: complaint received
      stop: complaint acknowledged
      limit: {working_days: 3}
"""
    text = timeline(
        "2025-03-06 17:45 complaint received",
        "2025-03-13 complaint acknowledged",
        policy="./policy.yaml",
    )
    ran = chcheck(
        "case.yaml", "--as-at", "2025-03-14", files={"case.yaml": text, "policy.yaml": policy}
    )
    # From Friday 7 March: 10, 11, 12 and then 13 March. From Thursday 6 March it is five.
    assert (
        "Acknowledged on 13 March 2025, 4 working days after receipt; due on 12 March 2025. "
        "Receipt on 6 March 2025 counts from 7 March 2025, because of the Sample policy's "
        "cut-off hour of 17:00."
    ) in flat(ran)
    assert flat(ran).count("cut-off hour of") == 1


def test_a_limit_that_another_edition_lacks_says_so(chcheck: Chcheck) -> None:
    text = timeline("2024-03-20/2024-04-10 complaint received", "2024-06-09 escalated")
    ran = chcheck("case.yaml", "--as-at", "2024-06-24", files={"case.yaml": text})
    # Acknowledging an escalation is the 2024 edition's alone: due on Friday 14 June.
    assert (
        "The day of receipt decides: 6 working days late under the 2024 Code; otherwise no such "
        "limit was in force."
    ) in flat(ran)


def test_what_need_not_have_happened_yet_is_not_said_never_to_have(chcheck: Chcheck) -> None:
    text = timeline("2025-06-16 complaint received")
    told = {
        day: flat(chcheck("case.yaml", "--as-at", day, files={"case.yaml": text}))
        for day in ("2025-06-16", "2025-06-23", "2025-06-24")
    }
    # To be acknowledged by Monday 23 June: 17, 18, 19, 20, 23.
    open_still = (
        "It has not been acknowledged yet, so the days are counted from when it should be: "
        "between 16 June and 23 June 2025."
    )
    assert open_still in told["2025-06-16"]
    assert open_still in told["2025-06-23"]
    assert "The record does not say that it was acknowledged" in told["2025-06-24"]


def test_a_timeline_from_standard_input_may_begin_with_a_comment(chcheck: Chcheck) -> None:
    text = "# One complaint, as noted\n\n# by phone, later\n" + timeline(
        "2025-06-16 complaint received"
    )
    ran = chcheck("-", "--as-at", "2025-06-17", stdin=text.encode())
    assert ran.code == 0
    assert first_line(ran).startswith("No breach so far. Next: acknowledgement of the complaint")


@pytest.mark.parametrize(
    ("received", "note"),
    [
        (
            "2025-03-06",
            "! The 2022 Code applies to complaints received until 31 March 2024. This one was "
            "received outside those dates; it is checked against it only because you named it.",
        ),
        ("2024-03-31/2024-04-01", "This one may have been received outside those dates"),
        (
            "2022-03-31/2022-04-01",
            "The 2022 Code applies to complaints received from 1 April 2022. This one",
        ),
        ("2024-03-29/2024-03-31", ""),
    ],
)
def test_an_edition_that_was_named_out_of_its_time_says_so(
    chcheck: Chcheck, received: str, note: str
) -> None:
    text = timeline(f"{received} complaint received", as_at="2025-03-20")
    ran = chcheck("case.yaml", "--code", "housing-ombudsman-2022", files={"case.yaml": text})
    assert note in flat(ran)
    assert ("only because you named it" in flat(ran)) == bool(note)


def test_the_page_does_not_call_the_way_to_the_ombudsman_due(chcheck: Chcheck) -> None:
    text = timeline(
        "2025-03-03 complaint received",
        "2025-03-04 complaint acknowledged",
        "2025-03-14 stage 1 response",
        "2025-03-17 escalation requested",
        "2025-03-18 escalation acknowledged",
        "2025-04-02 stage 2 response",
    )
    words = ("case.yaml", "--as-at", "2025-04-30", "--format", "html")
    page = chcheck(*words, files={"case.yaml": text}).out
    assert "The resident may normally go to the Ombudsman until 2 April 2026." in page
    assert "No breach: every limit that was checked was met" in page
    assert "Next: going to the Ombudsman" not in page


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("stage 2 escalation", "escalation requested"),
        ("escalated to stage 2", "escalation requested"),
        ("phone call", "contact"),
        ("holding reply", "holding response"),
    ],
)
def test_what_officers_call_an_event(chcheck: Chcheck, written: str, means: str) -> None:
    text = timeline(
        "2025-06-02 complaint received", "2025-06-12 stage 1 response", f"2025-06-14 {written}"
    )
    ran = chcheck("case.yaml", "--as-at", "2025-06-16", files={"case.yaml": text})
    assert f"14 Jun 2025 {means}" in flat(ran)


def test_a_final_response_is_not_taken_for_a_provisional_one(chcheck: Chcheck) -> None:
    text = timeline("2025-06-02 complaint received", "2025-06-12 final response")
    ran = chcheck("case.yaml", files={"case.yaml": text})
    assert ran.err == (
        'case.yaml:4: "final response" is not an event; write the stage it ended: "stage 1 '
        'response" or "stage 2 response"\n'
    )


def test_a_limit_that_ends_after_the_last_year_of_the_calendar(chcheck: Chcheck) -> None:
    # Thu 20 Dec 2040 + 21 24 27 28 31, 2 3 4 7 8 January (25 26 1 bank holidays). The extension
    # is to an earlier day, so it puts nothing off.
    text = (
        "complaint: FAR\nas_at: 2040-12-31\nevents:\n- 2040-12-20 complaint received\n"
        "- 2040-12-20 complaint acknowledged\n"
        "- {date: 2040-12-28, event: stage 1 extended, until: 2040-12-31, reason: x, "
        "in_writing: true, ombudsman_details: true}\n"
    )
    ran = chcheck("far.yaml", "--format", "json", files={"far.yaml": text})
    findings = json.loads(ran.out)["complaints"][0]["findings"]
    stage_1 = next(one for one in findings if one["rule"] == "stage-1-response")
    assert stage_1["due"] == {"earliest": "2041-01-08", "latest": "2041-01-08"}
    assert stage_1["verdict"] == "pending"
