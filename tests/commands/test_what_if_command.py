"""What an event would change, and how far what is open can go."""

from __future__ import annotations

import json

import pytest

from tests.commands.test_due_command import AS_AT, POLICY, case
from tests.helpers.command import Chcheck

# Acknowledged on Thursday 12 November 2026: 10 working days end on Thursday 26. Ten more end on
# Thursday 10 December.
OPEN = case("C-1", "2026-11-11 complaint received", "2026-11-12 acknowledged")
EARLIER = ("--as-at", "2026-11-24")


def told(text: str) -> str:
    return " ".join(text.split())


def test_without_an_event_you_see_the_last_day_and_the_longest_extension(
    chcheck: Chcheck,
) -> None:
    ran = chcheck("what-if", "a.yaml", *EARLIER, files={"a.yaml": OPEN})
    assert ran.code == 0
    assert ran.out == (
        "Complaint C-1, as at 24 November 2026\n"
        "\n"
        "No breach so far. Next: stage 1 response due Thursday 26 November 2026, in 2\n"
        "working days (Code).\n"
        "\n"
        "Stage 1 response, Code 6.3\n"
        "  The last day is Thursday 26 November 2026, in 2 working days.\n"
        "  It can be extended to Thursday 10 December 2026 at most, if the resident is\n"
        "    told by 26 November 2026, with the reason, the new date, written notice and\n"
        "    the Ombudsman's contact details (Code 6.4 and 6.5).\n"
        "  A later day takes good reason.\n"
        "\n"
        "Configuration: none\n"
        "A breach shown here is not a finding of the Housing Ombudsman.\n"
    )


def test_a_due_day_known_roughly_has_both_ends(chcheck: Chcheck) -> None:
    # Received on Friday 20, to be acknowledged by Friday 27: answered between Friday 4 and Friday
    # 11 December. Ten working days more than the first are Friday 18 December.
    files = {"a.yaml": case("C-2", "2026-11-20 complaint received")}
    out = told(chcheck("what-if", "a.yaml", *EARLIER, files=files).out)
    assert (
        "The last day is Friday 27 November 2026, in 3 working days. The 2024 Code allows no" in out
    )
    assert (
        "The last day is Friday 4 December 2026, in 8 working days. It is due between 4 December "
        "and 11 December 2026, and the earliest counts. It can be extended to Friday 18 December "
        "2026 at most (counted from the earliest day), if the resident is told by 4 December "
        "2026, with"
    ) in out


def test_it_is_too_late_to_extend_what_is_overdue(chcheck: Chcheck) -> None:
    out = chcheck("what-if", "a.yaml", "--as-at", "2026-11-30", files={"a.yaml": OPEN}).out
    # Friday 27 and Monday 30.
    assert "  It was due on 26 November 2026: overdue by 2 working days.\n" in out
    assert "  It is too late to extend it.\n" in out


def test_what_is_extended_as_far_as_it_may_be_is_said(chcheck: Chcheck) -> None:
    extended = (
        "{date: 2026-11-20, event: stage 1 extended, until: 2026-12-10, reason: survey, "
        "in_writing: yes, ombudsman_details: yes}"
    )
    text = case("C-1", "2026-11-11 complaint received", "2026-11-12 acknowledged", extended)
    out = chcheck("what-if", "a.yaml", *EARLIER, files={"a.yaml": text}).out
    assert "  The last day is Thursday 10 December 2026, in 12 working days.\n" in out
    assert "  It cannot be extended any further.\n" in out


@pytest.mark.parametrize(
    ("extension", "says"),
    [
        ("", "The policy allows no extension."),
        (", extension: not stated", "The policy does not say whether it can be extended."),
        (
            ", extension: {event: stage 1 extended, most: not stated, needs: [until], provenance: "
            "quoted}",
            "It can be extended, with no longest time stated, if the resident is told by 26 "
            "November 2026, with the new date",
        ),
    ],
)
def test_each_rulebook_says_what_it_allows(chcheck: Chcheck, extension: str, says: str) -> None:
    policy = POLICY.replace("working_days: 10}}", f"working_days: 10}}{extension}}}")
    policy = policy.replace("short: our policy", "short: policy")
    text = case(
        "C-1", "2026-11-11 complaint received", "2026-11-12 acknowledged", policy="./ours.yaml"
    )
    files = {"a.yaml": text, "ours.yaml": policy}
    ran = chcheck("what-if", "a.yaml", *EARLIER, files=files)
    assert says in told(ran.out), ran.err


def test_an_event_shows_the_limits_that_change(chcheck: Chcheck) -> None:
    ran = chcheck(
        "what-if", "a.yaml", "30 Nov 2026 stage 1 response", *EARLIER, files={"a.yaml": OPEN}
    )
    assert ran.code == 0
    # Both as at Monday 30 November, two working days after Thursday 26.
    assert ran.out.startswith(
        "If: 30 Nov 2026 stage 1 response\nComplaint C-1, as at 30 November 2026\n\n"
    )
    assert (
        "WHAT CHANGES\n"
        "  * Stage 1 response, Code 6.3\n"
        "    before  breach, overdue by 2 working days; due 26 Nov 2026\n"
        "    after   breach, 2 working days late; due 26 Nov 2026; done 30 Nov 2026\n"
    ) in ran.out
    assert "Acknowledge the complaint" not in ran.out.partition("WHAT CHANGES")[2]


def test_several_events_begin_what_follows(chcheck: Chcheck) -> None:
    out = chcheck(
        *("what-if", "a.yaml", *EARLIER),
        "26 Nov 2026 stage 1 response",
        "{date: 2026-11-27, event: escalation requested}",
        files={"a.yaml": OPEN},
    ).out
    assert "    after   met; due 26 Nov 2026; done 26 Nov 2026\n" in out
    # Five working days from Friday 27: 30 November to 4 December.
    assert (
        "  * Acknowledge the escalation, Code 6.11\n"
        "    before  Not needed: no escalation was requested.\n"
        "    after   not yet due; due 4 Dec 2026\n"
    ) in out


def test_what_makes_no_difference_is_said(chcheck: Chcheck) -> None:
    out = chcheck(*("what-if", "a.yaml", *AS_AT), "2026-11-25 contact", files={"a.yaml": OPEN}).out
    assert "\nNothing changes.\n" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("a.yaml", "stage 1 response"),
            '"stage 1 response": "stage 1 response" does not begin with a date; write the date, '
            "then the event: 2025-04-03 complaint received",
        ),
        (
            ("a.yaml", "2026-11-25 stage 1 respones"),
            '"2026-11-25 stage 1 respones": "stage 1 respones" is not an event; did you mean '
            '"stage 1 response"?',
        ),
        (
            ("a.yaml", ""),
            '"": an event is expected here, such as 2025-04-03 stage 1 response',
        ),
        (
            ("two.yaml",),
            "chcheck: there are 2 complaints here; name one with --complaint REFERENCE",
        ),
        (
            ("two.yaml", "--complaint", "C-4"),
            'chcheck: there is no complaint "C-4" here; did you mean "C-1"?',
        ),
        (("none.yaml",), "none.yaml: there is no such file or folder"),
    ],
)
def test_what_cannot_be_done_is_said(chcheck: Chcheck, words: tuple[str, ...], says: str) -> None:
    other = OPEN.replace("C-1", "D-22")
    files = {"a.yaml": OPEN, "two.yaml": f"{OPEN}---\n{other}"}
    ran = chcheck("what-if", *words, *AS_AT, files=files)
    assert says in ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")


def test_one_of_several_complaints_is_named(chcheck: Chcheck) -> None:
    other = OPEN.replace("C-1", "D-22")
    ran = chcheck(
        "what-if",
        "two.yaml",
        "--complaint",
        "d-22",
        *AS_AT,
        files={"two.yaml": f"{OPEN}---\n{other}"},
    )
    assert ran.out.startswith("Complaint D-22, as at 26 November 2026\n")
    assert "  The last day is Thursday 26 November 2026, today.\n" in ran.out


def test_a_limit_that_only_is_put_in_other_words_does_not_change(chcheck: Chcheck) -> None:
    # Never acknowledged; with the answer the sentence differs, and nothing else.
    text = case("C-1", "2026-11-02 complaint received")
    out = chcheck(
        "what-if", "a.yaml", "2026-11-26 stage 1 response", *AS_AT, files={"a.yaml": text}
    ).out
    assert "Acknowledge the complaint" not in out.partition("WHAT CHANGES")[2]
    assert "  * Stage 1 response, Code 6.3\n" in out


def test_the_code_and_the_policy_can_be_named(chcheck: Chcheck) -> None:
    # Under the 2022 Code the ten working days run from logging, which is not recorded: from
    # Wednesday 11 November they end on Wednesday 25.
    files = {"a.yaml": OPEN, "ours.yaml": POLICY}
    of_code = told(chcheck("what-if", "a.yaml", *EARLIER, "--code", "2022", files=files).out)
    assert "Stage 1 response, Code 5.1 The last day is Wednesday 25 November 2026," in of_code
    of_policy = chcheck("what-if", "a.yaml", *EARLIER, "--policy", "ours.yaml").out
    assert "Stage 1 response, policy" in of_policy
    assert "Stage 1 response, Code 6.3" in of_policy


def test_the_nation_can_be_named(chcheck: Chcheck) -> None:
    # Scotland's procedure asks for an answer within 5 working days of receipt.
    words = ("what-if", "a.yaml", "--as-at", "2026-11-16", "--nation")
    out = chcheck(*words, "scotland", files={"a.yaml": OPEN}).out
    assert "Stage 1 response, SPSO procedure stage 1\n" in out
    ran = chcheck(*words, "mars")
    assert ran.err == (
        'chcheck: "mars" is not a nation; choose one of england, wales, scotland, '
        "northern-ireland\n"
    )
    assert ran.code == 2


def test_the_configuration_can_be_named_and_is_said(chcheck: Chcheck) -> None:
    off = (
        "[[non-working-days]]\ndate = 2026-11-25\n"
        'says = "state funeral"\nsource = "Royal Proclamation"\n'
    )
    files = {"a.yaml": OPEN, "off.toml": off}
    ran = chcheck("what-if", "a.yaml", *EARLIER, "--config", "off.toml", files=files)
    # Thursday 26 November becomes Friday 27; Thursday 10 December Friday 11.
    out = told(ran.out)
    assert "The last day is Friday 27 November 2026, in 2 working days." in out
    assert "extended to Friday 11 December 2026 at most" in out
    assert (
        "Configuration: off.toml, which adds non-working days: 25 November 2026 (state funeral; "
        "source: Royal Proclamation)"
    ) in out


def test_what_is_open_as_json(chcheck: Chcheck) -> None:
    ran = chcheck("what-if", "a.yaml", *EARLIER, "--format", "json", files={"a.yaml": OPEN})
    data = json.loads(ran.out)
    (one,) = data.pop("open")
    assert data == {
        "chcheck": data["chcheck"],
        "complaint": "C-1",
        "landlord": "",
        "as_at": "2026-11-24",
        "configuration": None,
        "answer": "No breach so far. Next: stage 1 response due Thursday 26 November 2026, in 2 "
        "working days (Code).",
    }
    assert one["when"] == "due"
    assert one["finding"]["rule"] == "stage-1-response"
    assert one["finding"]["due"] == {"earliest": "2026-11-26", "latest": "2026-11-26"}
    assert one["extension"] == {
        "event": "stage 1 extended",
        "stated": True,
        "clause": "6.4 and 6.5",
        "needs": ["reason", "until", "in_writing", "ombudsman_details"],
        "beyond": ["good_reason"],
    }
    assert one["extended_to"] == {"earliest": "2026-12-10", "latest": "2026-12-10"}


def test_what_an_event_changes_as_json(chcheck: Chcheck) -> None:
    event = "30 Nov 2026 stage 1 response"
    ran = chcheck("what-if", "a.yaml", event, *EARLIER, "--format", "json", files={"a.yaml": OPEN})
    data = json.loads(ran.out)
    assert (data["if"], data["as_at"]) == ([event], "2026-11-30")
    assert data["without"].startswith("1 breach: stage 1 response overdue by 2 working days")
    assert data["with"].startswith("1 breach: stage 1 response 2 working days late")
    response = next(one for one in data["changes"] if one["after"]["rule"] == "stage-1-response")
    assert [response[when]["reason"] for when in ("before", "after")] == ["overdue", "late"]
    assert response["after"]["done"] == {"earliest": "2026-11-30", "latest": "2026-11-30"}
    assert data["unchanged"] >= 1
