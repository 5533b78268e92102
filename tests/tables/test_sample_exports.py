"""The sample exports: the same in three forms, each planted fault found."""

import csv
import io
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FORMS = ("export-wide.csv", "export-wide.xlsx", "export-long.csv")


@cache
def findings(form: str) -> tuple[int, list[dict[str, str]], str]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "timeliness", f"samples/{form}"),
            *("--config", "samples/export-chcheck.toml", "--format", "csv", "--show", "all"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    return done.returncode, list(csv.DictReader(io.StringIO(done.stdout))), done.stderr


def of(form: str, number: int) -> dict[str, dict[str, str]]:
    reference = f"CH-{number:07d}"
    return {one["rule"]: one for one in findings(form)[1] if one["complaint"] == reference}


@pytest.mark.parametrize("form", FORMS)
def test_six_working_days_late_and_accepted(form: str) -> None:
    late = of(form, 70)["stage-1-response"]
    assert (late["verdict"], late["working_days_least"], late["late_by_least"]) == (
        *("breach", "16"),
        "6",
    )
    assert late["status"].startswith("accepted until 2026-06-30 by Head of Complaints")


@pytest.mark.parametrize("form", FORMS)
def test_a_saturday_reply_after_a_friday_limit(form: str) -> None:
    late = of(form, 80)["stage-1-response"]
    assert (late["verdict"], late["late_by_least"], late["days_late_least"]) == ("breach", "0", "1")


@pytest.mark.parametrize("form", FORMS)
def test_easter_is_not_counted(form: str) -> None:
    # Received Thursday 17 April 2025: 22, 23, 24, 25 and 28 April are the five working days.
    assert of(form, 90)["acknowledge-complaint"]["due_earliest"] == "2025-04-28"
    assert of(form, 90)["acknowledge-complaint"]["verdict"] == "met"


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_before_its_complaint(form: str) -> None:
    assert of(form, 50)["stage-1-response"]["reason"] == "impossible-order"
    assert of(form, 50)["impossible-order"]["standard"] == "record"


@pytest.mark.parametrize("form", FORMS)
def test_an_event_after_the_as_at_date_is_not_yet_done(form: str) -> None:
    assert of(form, 60)["event-after-as-at"]["standard"] == "record"
    assert of(form, 60)["acknowledge-complaint"]["verdict"] == "pending"


@pytest.mark.parametrize("form", FORMS)
def test_cells_that_cannot_be_read(form: str) -> None:
    code, _, told = findings(form)
    assert code == 2
    assert 'CH-0000003: column "Date' in told
    assert "February 2025 has 28 days" in told
    assert of(form, 10)["acknowledge-complaint"]["reason"] == "not-recorded"
    assert '"tbc" is not a date' in told


@pytest.mark.parametrize("form", FORMS[:2])
def test_rows_that_are_rejected(form: str) -> None:
    told = findings(form)[2]
    assert 'column "Complaint Ref": there is no reference' in told
    assert "complaint CH-0000030: " in told


def test_the_three_forms_say_the_same() -> None:
    names = ("complaint", "standard", "rule", "verdict", "reason", "due_latest", "done_latest")

    def told(form: str) -> list[tuple[str, ...]]:
        return sorted(tuple(one[name] for name in names) for one in findings(form)[1])

    wide, workbook, long = (told(form) for form in FORMS)
    assert len(wide) > 1500
    assert wide == workbook
    assert wide == long
