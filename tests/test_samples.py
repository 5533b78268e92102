"""The samples, run as a user would run them."""

from pathlib import Path

import pytest

from timeliness import InputError, check, load_timelines

SAMPLES = Path(__file__).parent.parent / "samples"


def test_the_compliant_complaint_has_no_breach_and_nothing_unclear() -> None:
    report = check(*load_timelines(SAMPLES / "compliant-2024.yaml"))
    assert report.summary["breach"] == 0
    assert report.summary["cannot-tell"] == 0
    clocks = {one.rule: one.verdict for one in report.cases[0].findings if one.readings}
    assert clocks == {
        "acknowledge-complaint": "met",
        "stage-1-response": "met",
        "acknowledge-escalation": "met",
        "stage-2-response": "met",
    }


def test_the_open_complaint_is_due_next_after_ten_working_days_from_the_acknowledgement() -> None:
    # Acknowledged Wednesday 27 May 2026: 28, 29 May, 1 to 5 June, 8 to 10 June.
    (case,) = check(*load_timelines(SAMPLES / "open-complaint.yaml")).cases
    (pending,) = case.with_verdict("pending")
    assert pending.rule == "stage-1-response"
    assert str(pending.due.earliest) == "2026-06-10"
    assert pending.due_in.least == 5


def test_the_broken_file_names_every_mistake_with_its_line() -> None:
    with pytest.raises(InputError) as caught:
        load_timelines(SAMPLES / "broken.yaml")
    assert [mistake.line for mistake in caught.value.mistakes] == [3, 6, 7, 9, 12, 14]
