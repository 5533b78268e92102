"""Letters: what the acknowledgement, the escalation and each answer must set out.

What `includes` does not name is missing, save for the duties of one item ("every point",
"responsibilities"), which are examined only where they are named.
"""

import pytest

from tests.helpers.judging import judge, not_examined, outcomes, the

MET = [("met", "as-required")]
BREACH = [("breach", "not-as-required")]
DISPUTED = [("cannot-tell", "sources-differ")]
NOTHING: list[tuple[str, str]] = []

SEVEN = "stage, definition, decision, reasons, remedy, outstanding actions"
STAGE_1 = f"{SEVEN}, escalation route"
STAGE_2 = f"{SEVEN}, ombudsman route"

# Days of receipt under the three editions.
Y2020, Y2022, Y2024 = "2021-05-04", "2023-05-09", "2024-05-13"


def acknowledged(keys: str, received: str = Y2024) -> str:
    month = received[:8]
    return f"""
    - {received} complaint received
    - {{date: {month}15, event: complaint acknowledged{keys}}}
    """


def answered(keys: str, received: str = Y2024) -> str:
    month = received[:8]
    return f"""
    - {received} complaint received
    - {month}15 complaint acknowledged
    - {{date: {month}22, event: stage 1 response{keys}}}
    """


def answered_twice(keys: str, received: str = Y2024) -> str:
    month = received[:8]
    return f"""
    - {received} complaint received
    - {month}15 complaint acknowledged
    - {month}22 stage 1 response
    - {month}23 escalation requested
    - {month}24 escalation acknowledged
    - {{date: {month}30, event: stage 2 response{keys}}}
    """


def escalated(keys: str, received: str = Y2024) -> str:
    month = received[:8]
    return f"""
    - {received} complaint received
    - {month}15 complaint acknowledged
    - {month}22 stage 1 response
    - {month}23 escalation requested
    - {{date: {month}24, event: escalation acknowledged{keys}}}
    """


@pytest.mark.parametrize(
    ("rule", "events", "expected"),
    [
        # The acknowledgement: 2024 5.6, 2022 4.2. The 2020 form asks for nothing of it.
        (
            "acknowledgement-letter",
            acknowledged(", includes: [definition, outcomes sought]"),
            MET,
        ),
        ("acknowledgement-letter", acknowledged(", includes: [definition]"), BREACH),
        ("acknowledgement-letter", acknowledged(", includes: [outcomes sought]"), BREACH),
        ("acknowledgement-letter", acknowledged(", missing: [definition]"), BREACH),
        (
            "acknowledgement-letter",
            acknowledged(", includes: [definition, outcomes sought]", Y2022),
            MET,
        ),
        ("acknowledgement-letter", acknowledged(", includes: [definition]", Y2022), BREACH),
        ("acknowledgement-letter", acknowledged(", includes: [definition]", Y2020), NOTHING),
        # What the landlord is not responsible for: 2024 5.7 alone, and only where it is named.
        (
            "acknowledgement-responsibilities",
            acknowledged(", includes: [definition, outcomes sought, responsibilities]"),
            MET,
        ),
        (
            "acknowledgement-responsibilities",
            acknowledged(", missing: [responsibilities]"),
            BREACH,
        ),
        (
            "acknowledgement-responsibilities",
            acknowledged(", includes: [definition, outcomes sought]"),
            NOTHING,
        ),
        (
            "acknowledgement-responsibilities",
            acknowledged(", missing: [responsibilities]", Y2022),
            NOTHING,
        ),
        # The stage 1 letter: 2024 6.9 has all seven.
        ("stage-1-letter", answered(f", includes: [{STAGE_1}]"), MET),
        *[
            (
                "stage-1-letter",
                answered(f", includes: [{', '.join(x for x in STAGE_1.split(', ') if x != item)}]"),
                BREACH,
            )
            for item in STAGE_1.split(", ")
        ],
        ("stage-1-letter", answered(", missing: [remedy]"), BREACH),
        # How to go to the Ombudsman is no substitute for how to escalate.
        ("stage-1-letter", answered(f", includes: [{STAGE_2}]"), BREACH),
        # 2022 5.8: the sources differ on the definition, and on nothing else.
        ("stage-1-letter", answered(f", includes: [{STAGE_1}]", Y2022), MET),
        (
            "stage-1-letter",
            answered(f", includes: [{STAGE_1.replace('definition, ', '')}]", Y2022),
            DISPUTED,
        ),
        (
            "stage-1-letter",
            answered(f", includes: [{STAGE_1.replace('definition, decision, ', '')}]", Y2022),
            BREACH,
        ),
        ("stage-1-letter", answered(", missing: [definition]", Y2022), DISPUTED),
        # 2020: the form asks only how to escalate, one item, so it is judged where it is named.
        ("stage-1-letter", answered(", includes: [escalation route]", Y2020), MET),
        ("stage-1-letter", answered(", includes: [decision]", Y2020), NOTHING),
        ("stage-1-letter", answered(", missing: [escalation route]", Y2020), BREACH),
        ("stage-1-letter", answered(f", includes: [{STAGE_1}]", Y2020), MET),
        # Every point: 2024 6.7 and 6.18, 2022 5.6; where it is named and not otherwise.
        ("stage-1-every-point", answered(f", includes: [{STAGE_1}, every point]"), MET),
        ("stage-1-every-point", answered(", missing: [every point]"), BREACH),
        ("stage-1-every-point", answered(f", includes: [{STAGE_1}]"), NOTHING),
        ("stage-1-every-point", answered(", missing: [every point]", Y2022), BREACH),
        ("stage-1-every-point", answered(", missing: [every point]", Y2020), NOTHING),
        ("stage-2-every-point", answered_twice(f", includes: [{STAGE_2}, every point]"), MET),
        ("stage-2-every-point", answered_twice(", missing: [every point]"), BREACH),
        ("stage-2-every-point", answered_twice(f", includes: [{STAGE_2}]"), NOTHING),
        ("stage-2-every-point", answered_twice(", missing: [every point]", Y2022), BREACH),
        ("stage-2-every-point", answered_twice(", missing: [every point]", Y2020), NOTHING),
        # The stage 2 letter: the last item is how to go to the Ombudsman.
        ("stage-2-letter", answered_twice(f", includes: [{STAGE_2}]"), MET),
        ("stage-2-letter", answered_twice(f", includes: [{STAGE_1}]"), BREACH),
        ("stage-2-letter", answered_twice(f", includes: [{STAGE_2}]", Y2022), MET),
        (
            "stage-2-letter",
            answered_twice(f", includes: [{STAGE_2.replace('definition, ', '')}]", Y2022),
            DISPUTED,
        ),
        (
            "stage-2-letter",
            answered_twice(f", includes: [{STAGE_2.replace('definition, ', '')}]"),
            BREACH,
        ),
        ("stage-2-letter", answered_twice(", includes: [stage]", Y2020), NOTHING),
        # On escalation: what is outstanding and what is wanted.
        (
            "escalation-letter",
            escalated(", includes: [issues outstanding, outcomes sought]"),
            MET,
        ),
        ("escalation-letter", escalated(", includes: [issues outstanding]"), BREACH),
        ("escalation-letter", escalated(", missing: [outcomes sought]"), BREACH),
        ("escalation-letter", escalated(", includes: [issues outstanding]", Y2022), BREACH),
        ("escalation-letter", escalated(", includes: [issues outstanding]", Y2020), NOTHING),
    ],
)
def test_a_letter_sets_out_what_the_edition_asks(
    rule: str, events: str, expected: list[tuple[str, str]]
) -> None:
    assert outcomes(judge(events), rule, "code") == expected


LETTERS_2024 = {
    "acknowledgement-letter",
    "acknowledgement-responsibilities",
    "stage-1-letter",
    "stage-1-every-point",
    "escalation-letter",
    "stage-2-letter",
    "stage-2-every-point",
}


@pytest.mark.parametrize(
    ("received", "listed"),
    [
        (Y2024, LETTERS_2024),
        (Y2022, LETTERS_2024 - {"acknowledgement-responsibilities"}),
        (Y2020, {"stage-1-letter"}),
    ],
)
def test_a_letter_of_which_nothing_is_recorded_is_listed_and_not_judged(
    received: str, listed: set[str]
) -> None:
    case = judge(answered_twice("", received))
    assert not_examined(case) & LETTERS_2024 == listed
    assert not [one for one in case.findings if one.rule in LETTERS_2024]


def test_a_letter_that_was_never_written_is_neither_judged_nor_listed() -> None:
    case = judge("- 2024-05-13 complaint received", as_at="2024-05-14")
    assert not not_examined(case) & LETTERS_2024
    assert not [one for one in case.findings if one.rule in LETTERS_2024]


def test_what_is_missing_is_named_in_plain_words() -> None:
    says = the(judge(answered(", includes: [stage, definition, decision]")), "stage-1-letter").says
    says = says.partition("The rule says:")[0]
    assert "outstanding" in says
    assert "how to escalate" in says
    assert "the decision" not in says


def test_the_disputed_definition_says_that_the_sources_differ() -> None:
    finding = the(judge(answered(", missing: [definition]", Y2022)), "stage-1-letter")
    assert "sources differ" in finding.says
    assert finding.settled_by is not None


def test_a_response_that_was_not_sent_is_no_letter() -> None:
    case = judge(answered(f", sent: no, includes: [{STAGE_1}]"))
    assert outcomes(case, "stage-1-letter") == NOTHING
    assert outcomes(case, "stage-1-response", "code") == [("breach", "overdue")]


def test_a_letter_only_said_to_have_been_sent_proves_nothing_in_its_favour() -> None:
    kept = judge(answered(f", evidence: claimed, includes: [{STAGE_1}]"))
    assert outcomes(kept, "stage-1-letter") == [("cannot-tell", "not-evidenced")]
    lacking = judge(answered(", evidence: claimed, missing: [decision]"))
    assert outcomes(lacking, "stage-1-letter") == BREACH


def test_what_a_letter_includes_does_not_depend_on_its_day() -> None:
    case = judge(f"""
    - 2024-05-13 complaint received
    - 2024-05-15 complaint acknowledged
    - {{date: 2024-05, event: stage 1 response, includes: [{STAGE_1}]}}
    """)
    assert outcomes(case, "stage-1-letter") == MET
