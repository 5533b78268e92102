"""How sentences name a rulebook: with an article, unless its name begins with an owner's."""

from __future__ import annotations

import pytest

from tests.helpers.command import Chcheck
from timeliness.model.plain import the

POLICY = """\
id: own
title: Own policy
short: own policy
publisher: Own
standard: policy
nations: [scotland, england]
source: a test
in_force: {from: 2021-04-01}
checked: 2026-11-25
rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "2.1"
    duty: must
    says: Answer within 7 working days of receipt.
    provenance: quoted
    clock: {start: complaint received, stop: stage 1 response, limit: {working_days: 7}}
"""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("2022 Code", "the 2022 Code"),
        ("Awaab's Law", "Awaab's Law"),
        ("SPSO procedure", "the SPSO procedure"),
        ("councils' Code 2024", "the councils' Code 2024"),
        ("Housing Ombudsman's Code", "the Housing Ombudsman's Code"),
    ],
)
def test_the_article(name: str, says: str) -> None:
    assert the(name) == says


def policy(chcheck: Chcheck, *codes: str) -> str:
    asked = [word for code in codes for word in ("--code", code)]
    out = chcheck("policy", "own.yaml", *asked, files={"own.yaml": POLICY}).out
    return " ".join(out.split())


def test_a_comparison_names_the_code_that_it_is_with(chcheck: Chcheck) -> None:
    # The policy allows 7 working days, the procedure 5.
    text = policy(chcheck, "spso")
    assert text.startswith("Falls short of the SPSO procedure: SPSO procedure stage 1 ")
    assert "7 working days; the SPSO procedure allows 5 (2 fewer)." in text
    assert "The policy allows no extension, the SPSO procedure up to 5 working days more." in text
    assert " the Code" not in text


def test_a_comparison_uses_the_words_of_the_events_of_a_law(chcheck: Chcheck) -> None:
    text = policy(chcheck, "awaab")
    assert text.startswith("Falls short of Awaab's Law: Awaab's Law regulation 6 ")
    assert "COMPARED WITH AWAAB'S LAW: THE HAZARDS" in text
    assert "Awaab's Law allows 10 working days from the report of the hazard." in text
    assert (
        "Awaab's Law allows 24 hours from the report of the emergency hazard or the investigation "
        "of the emergency hazard."
    ) in text


def test_an_answer_names_each_code_that_a_policy_falls_short_of(chcheck: Chcheck) -> None:
    # All of the LGSCO's Code is a "should", so no policy falls short of it.
    text = policy(chcheck, "spso", "awaab", "lgsco")
    assert text.startswith("Falls short of the SPSO procedure and Awaab's Law: ")
    assert policy(chcheck, "lgsco").startswith("Does not fall short of the LGSCO Code.")


CASE = """\
complaint: C-1
rules: [./own.yaml, housing-ombudsman, lgsco]
as_at: 2025-03-31
events:
- 2025-03-03 complaint received
- 2025-03-07 complaint acknowledged
- 2025-03-11 stage 1 response
"""


def test_a_report_tells_with_which_codes_the_policy_is_compared(chcheck: Chcheck) -> None:
    files = {"c.yaml": CASE, "own.yaml": POLICY}
    text = chcheck("c.yaml", files=files).out
    assert "THE POLICY COMPARED WITH THE CODE AND THE LGSCO CODE" in text
    page = chcheck("c.yaml", "--format", "html", files=files).out
    assert "How the policy compares with the Code and the LGSCO Code</h2>" in page
    assert "<td>Code 6.3</td>" in page
    assert "<td>LGSCO Code 6.3</td>" in page


def test_a_procedure_named_outside_its_dates_has_an_article(chcheck: Chcheck) -> None:
    text = CASE.replace("[./own.yaml, housing-ombudsman, lgsco]", "[spso-2021]").replace(
        "2025", "2020"
    )
    out = chcheck("c.yaml", files={"c.yaml": f"nation: scotland\n{text}"}).out
    assert "The SPSO procedure applies to complaints received from 1 April 2021." in " ".join(
        out.split()
    )
