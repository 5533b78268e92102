"""The paragraph for a letter, in both voices, written by hand from each case.

Days that were counted stand beside each case, bank holidays in square brackets.
"""

from __future__ import annotations

from tests.helpers.command import Chcheck

US, THEM = "FOR THE LANDLORD'S LETTER", "FOR AN ADVISER"


def letter(chcheck: Chcheck, events: str, as_at: str, head: str = "", more: str = "") -> list[str]:
    """The two parts, the landlord's first, each with its paragraphs a line each."""
    lines = "\n".join(f"  {line}" for line in events.strip().splitlines())
    files = {"case.yaml": f"complaint: HA-1\n{head}events:\n{lines}\n", "policy.yaml": more}
    out = chcheck("case.yaml", "--as-at", as_at, "--format", "letter", files=files).out
    _, _, parts = out.partition(f"{US}\n")
    ours, _, rest = parts.partition(f"\n\n{THEM}\n")
    return [ours, rest.partition("\n\n")[0]]


def test_late_and_not_yet_due_in_both_voices(chcheck: Chcheck) -> None:
    # Mon 3 Mar 2025 + 4 5 6 7 10; late 11 12 13 14. Fri 14 Mar + 17 18 19 20 21 24 25 26 27 28,
    # of which four are left after the 24th.
    events = "- 2025-03-03 received\n- 2025-03-14 acknowledged"
    assert letter(chcheck, events, "2025-03-24") == [
        "We should have acknowledged your complaint by 10 March 2025. We did so on 14 March, 4 "
        "working days late. We have until 28 March 2025 to send our stage 1 response. We had not "
        "done so by 24 March 2025, with 4 working days left.",
        "The landlord had to acknowledge the complaint by 10 March 2025 (Code 6.2). It did so on "
        "14 March, 4 working days late. The landlord has until 28 March 2025 to send its stage 1 "
        "response (Code 6.3). It had not done so by 24 March 2025, with 4 working days left.",
    ]


def test_a_stage_has_a_paragraph_and_what_is_overdue_is_said_so(chcheck: Chcheck) -> None:
    # Wed 5 Mar + 6 7 10 11 12 13 14 17 18 19. Thu 20 Mar + 21 24 25 26 27; acknowledged on the
    # 24th + 25 26 27 28 31, 1 2 3 4 7, 8 9 10 11 14, 15 16 17 [18 21] 22 23; overdue 24 25 28 29.
    events = """
- 2025-03-03 received
- 2025-03-05 acknowledged
- 2025-03-14 stage 1 response
- 2025-03-20 escalated
- 2025-03-24 escalation acknowledged
"""
    ours, theirs = letter(chcheck, events, "2025-04-29")
    assert ours.splitlines() == [
        "We should have acknowledged your complaint by 10 March 2025. We did so on 5 March, in "
        "time. We should have sent our stage 1 response by 19 March 2025. We did so on 14 March, "
        "in time.",
        "We should have acknowledged your request to escalate by 27 March 2025. We did so on 24 "
        "March, in time. We should have sent our stage 2 response by 23 April 2025. We had not "
        "done so by 29 April 2025, when it was overdue by 4 working days.",
    ]
    assert theirs.splitlines()[1].endswith(
        "The landlord had to send its stage 2 response by 23 April 2025 (Code 6.14). It had not "
        "done so by 29 April 2025, when it was overdue by 4 working days."
    )


def test_an_extended_limit_says_from_when(chcheck: Chcheck) -> None:
    # Acknowledged Wed 5 Mar, due 19 March as above; ten more allowed: 2 April.
    events = """
- 2025-03-03 received
- 2025-03-05 acknowledged
- date: 2025-03-18
  event: stage 1 extended
  until: 2025-04-02
  reason: a survey is awaited
  good_reason: yes
  ombudsman_details: yes
  in_writing: yes
- 2025-04-01 stage 1 response
"""
    ours, _ = letter(chcheck, events, "2025-05-01")
    assert (
        "We should have sent our stage 1 response by 2 April 2025, extended from 19 March 2025. We "
        "did so on 1 April, in time." in ours
    )


def test_what_cannot_be_decided_says_so_and_an_adviser_reads_what_would_settle_it(
    chcheck: Chcheck,
) -> None:
    # Acknowledged in time up to 10 March, perhaps as late as the 14th.
    events = """
- 2025-03-03 received
- 2025-03-06/2025-03-14 acknowledged
"""
    ours, theirs = letter(chcheck, events, "2025-03-17")
    found = (
        "it cannot be decided from the record whether this was met. Acknowledged between 6 March "
        "and 14 March 2025, 3 to 9 working days after receipt; due on 10 March 2025."
    )
    assert ours.startswith(f"Acknowledge the complaint: {found} We have until")
    assert theirs.startswith(
        f"Acknowledge the complaint, Code 6.2: {found} In time only if acknowledged on or before "
        "10 March 2025."
    )


def test_a_partial_record_hedges_what_is_late_and_what_is_open(chcheck: Chcheck) -> None:
    # Due on 19 March; late 20 21 24: an extension of up to ten days may be missing.
    events = "- 2025-03-03 received\n- 2025-03-05 acknowledged"
    ours, _ = letter(
        chcheck, f"{events}\n- 2025-03-24 stage 1 response", "2025-05-01", "record: partial\n"
    )
    assert ours.endswith("We did so on 24 March, 3 working days late unless the time was extended.")
    # Of Thu 6 Mar to Wed 19 Mar, 17 18 19 are left after Fri 14 Mar.
    ours, theirs = letter(chcheck, events, "2025-03-14", "record: partial\n")
    assert ours.endswith(
        "We have until 19 March 2025 to send our stage 1 response. The record does not show that "
        "we had done so by 14 March 2025, with 3 working days left."
    )
    assert theirs.endswith(
        "The record does not show that it had done so by 14 March 2025, with 3 working days left."
    )


POLICY = """
id: ours
title: Our policy
publisher: Us
standard: policy
source: own
in_force: {from: 2020-01-01}
checked: 2025-01-01
rules:
  - id: acknowledge-complaint
    clause: "2"
    title: Acknowledge the complaint
    says: We acknowledge a complaint within 3 working days.
    duty: should
    provenance: unverified
    clock:
      start: complaint received
      stop: complaint acknowledged
      limit: 3 working days
"""


def test_a_should_is_no_breach_and_a_text_that_was_not_read_is_named(chcheck: Chcheck) -> None:
    # Mon 3 Mar + 4 5 6; late 7. By the Code until the 10th.
    events = """
- 2025-03-03 received
- 2025-03-07 acknowledged
- 2025-03-07 stage 1 response
"""
    ours, theirs = letter(chcheck, events, "2025-05-01", "policy: policy.yaml\n", POLICY)
    assert ours.startswith(
        "Under our policy, we should have acknowledged your complaint by 6 March 2025. We did so "
        'on 7 March, 1 working day late. Our policy says "should" here: this is not a breach, but '
        "it has to be explained. This limit is unverified: it is given as generally understood, "
        "and its text has not been seen. Under the Code, we should have acknowledged your "
        "complaint by 10 March 2025. We did so on 7 March, in time."
    )
    assert theirs.startswith(
        "The landlord should have acknowledged the complaint by 6 March 2025 (policy, 2). It did "
        'so on 7 March, 1 working day late. Its policy says "should" here'
    )


def test_policy_and_code_that_come_to_the_same_share_a_sentence(chcheck: Chcheck) -> None:
    more = POLICY.replace("3 working", "5 working").replace("should", "must")
    more = more.replace("unverified", "quoted")
    events = "- 2025-03-03 received\n- 2025-03-07 acknowledged"
    ours, theirs = letter(chcheck, events, "2025-03-10", "policy: policy.yaml\n", more)
    assert ours.startswith(
        "Under our policy and the Code, we should have acknowledged your complaint by 10 March "
        "2025. We did so on 7 March, in time."
    )
    assert theirs.startswith(
        "The landlord had to acknowledge the complaint by 10 March 2025 (policy, 2 and Code 6.2). "
    )


def test_an_acknowledgement_after_the_answer_keeps_the_sentence_of_its_finding(
    chcheck: Chcheck,
) -> None:
    # Due on 10 March; answered on the 12th, which is as far as it counts: 11 12.
    events = """
- 2025-03-03 received
- 2025-03-12 stage 1 response
- 2025-03-20 acknowledged
"""
    ours, _ = letter(chcheck, events, "2025-05-01")
    assert ours.startswith("Acknowledge the complaint: Acknowledged on 20 March 2025, after the ")
    assert "That is 2 working days late." in ours


def test_a_late_logging_keeps_the_sentence_of_its_finding(chcheck: Chcheck) -> None:
    # Due on 10 March; logged on the 12th: 11 12.
    events = """
- 2025-03-03 received
- 2025-03-05 acknowledged
- 2025-03-12 logged
"""
    ours, _ = letter(chcheck, events, "2025-03-14")
    assert ours.startswith(
        "Acknowledge the complaint: Acknowledged on 5 March 2025, but logged on 12 March 2025"
    )


def test_a_letter_that_leaves_something_out_is_told_as_found(chcheck: Chcheck) -> None:
    events = """
- 2025-03-03 received
- 2025-03-05 acknowledged
- date: 2025-03-14
  event: stage 1 response
  includes: [stage, definition, decision, reasons, remedy, outstanding actions]
"""
    ours, theirs = letter(chcheck, events, "2025-05-01")
    says = "The stage 1 response of 14 March 2025 does not set out how to escalate."
    assert f"Stage 1 letter: {says}" in ours
    assert f"Stage 1 letter, Code 6.9 a to g: {says}" in theirs
    assert "That does not meet the Code." in ours


def test_what_is_only_claimed_is_not_said_to_be_done(chcheck: Chcheck) -> None:
    # Due on 19 March as above; late 20 21 24 25 26 27 28 31, 1 2 3 4 7 8 9 10 11 14 15 16 17 April.
    events = """
- 2025-03-03 received
- 2025-03-05 acknowledged
- {date: 2025-04-20, event: stage 1 response, evidence: claimed}
"""
    ours, theirs = letter(chcheck, events, "2025-05-06")
    assert ours.endswith(
        "There is no evidence that we did so; if we did, it was on 20 April 2025 or later, 21 or "
        "more working days late."
    )
    assert "There is no evidence that it did so; if it did, it was on 20 April" in theirs


def test_a_second_complaint_is_told_from_the_first(chcheck: Chcheck) -> None:
    # Tue 1 Apr + 2 3 4 7 8; late 9 10 11 14 15 16.
    events = """
- 2025-03-03 received
- 2025-03-05 acknowledged
- 2025-03-10 complaint withdrawn
- 2025-04-01 received
- 2025-04-16 acknowledged
"""
    ours, _ = letter(chcheck, events, "2025-04-16")
    assert ours.startswith(
        "We should have acknowledged your complaint of 3 March 2025 by 10 March 2025. We did so on "
        "5 March, in time. We should have acknowledged your complaint of 1 April 2025 by 8 April "
        "2025. We did so on 16 April, 6 working days late. "
    )
    assert "to send our stage 1 response (complaint of 1 April 2025)." in ours


def test_several_complaints_each_come_under_their_reference(chcheck: Chcheck) -> None:
    # Mon 1 Jun 2026 + 2 3 4 5 8; A on the last day, B one day late.
    table = "Ref,Received,Acknowledged\nA,2026-06-01,2026-06-08\nB,2026-06-01,2026-06-09\n"
    words = ("a.csv", "--as-at", "2026-06-09", "--format", "letter")
    out = chcheck(*words, files={"a.csv": table}).out
    first, second = out.split("=" * 80)
    assert first.startswith("Complaint A\nAs at 9 June 2026; ")
    assert second.strip().startswith("Complaint B\n")
    assert "by 8 June 2026. We did so on 8 June, in time." in first
    assert "by 8 June 2026. We did so on 9 June, 1 working day late." in second
    assert out.endswith("A breach shown here is not a finding of the Housing Ombudsman.\n")


def test_only_problems_are_told_where_only_they_are_asked_for(chcheck: Chcheck) -> None:
    events = "complaint: A\nevents:\n  - 2025-03-03 received\n  - 2025-03-05 acknowledged\n"
    words = ("a.yaml", "--as-at", "2025-03-06", "--format", "letter", "--show", "problems")
    out = chcheck(*words, files={"a.yaml": events}).out
    assert f"{US}\nNo breach so far.\n\n{THEM}\nNo breach so far.\n" in out
