"""`chcheck new`: a timeline to fill in, and to check once it is."""

from __future__ import annotations

from tests.helpers.command import Chcheck


def test_it_is_not_taken_for_filled_in(chcheck: Chcheck) -> None:
    ran = chcheck("case.yaml", files={"case.yaml": chcheck("new").out})
    assert ran.code == 2
    assert ran.err == (
        'case.yaml:11: "YYYY-MM-DD complaint received" does not begin with a date; write the '
        "date, then the event: 2025-04-03 complaint received\n"
    )


def test_filled_in_it_is_checked(chcheck: Chcheck) -> None:
    new = chcheck(
        "new", "--complaint", "C-1042", "--landlord", "Sample: Homes", "--policy", "luton"
    )
    assert new.code == 0
    text = new.out.replace("YYYY-MM-DD", "2025-04-03")
    ran = chcheck("case.yaml", "--as-at", "2025-04-04", files={"case.yaml": text})
    assert ran.code == 0
    assert "Complaint C-1042, Sample: Homes\n" in ran.out
    assert "(luton-2022)" in ran.out


def test_with_every_line_taken_up_it_is_a_whole_complaint(chcheck: Chcheck) -> None:
    lines = chcheck("new").out.replace("YYYY-MM-DD", "2025-04-03").splitlines()
    begun = lines.index("events:")
    events = [line.replace("  # - ", "  - ").replace("  #   ", "    ") for line in lines[begun:]]
    text = "\n".join([*lines[:begun], *events]) + "\n"
    ran = chcheck(
        "case.yaml", "--as-at", "2025-06-30", "--format", "json", files={"case.yaml": text}
    )
    assert ran.err == ""
    # Acknowledged 7 April, extended to 6 May, answered 22 April; escalated 1 May, acknowledged
    # 7 May (5 May is a bank holiday), answered 4 June: 19 working days.
    assert '"breach": 0' in ran.out
    assert '"met": 4' in ran.out


def test_what_is_given_is_quoted(chcheck: Chcheck) -> None:
    new = chcheck("new", "--complaint", 'a "b" \\c: #1', "--landlord", "x\x1b[31m")
    text = new.out.replace("YYYY-MM-DD", "2025-04-03")
    ran = chcheck("case.yaml", "--as-at", "2025-04-04", files={"case.yaml": text})
    assert 'Complaint a "b" \\c: #1, x<U+001B>[31m\n' in ran.out


def test_a_policy_that_does_not_exist(chcheck: Chcheck) -> None:
    ran = chcheck("new", "--policy", "none")
    assert ran.code == 2
    assert ran.err.startswith('chcheck: there is no policy "none"; they are luton, mtvh, southwark')
