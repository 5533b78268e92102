"""Fair words: what a resident reads of every finding there can be."""

import re
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.judging import SHIPPED, judge, timelines_of
from tests.test_single_changes import CHANGES, judged, sample
from timeliness import Case, Finding, check, load_timelines
from timeliness.judge.duties.course import TITLES as COURSE
from timeliness.model.verdict_words import REASONS, VERDICTS
from timeliness.read.library import Loader

SAMPLES = Path(__file__).parents[3] / "samples"

# One complaint in which nearly everything goes wrong, at three dates of receipt.
ALL_WRONG = """
- {{date: {y}-06-07, event: complaint received, arose: {y}-05-01}}
- {{date: [{y}-06-07, {y}-06-09], event: complaint received, by: councillor}}
- {{date: {y}-06-08, event: early resolution agreed, agreed_by_resident: no}}
- {{date: {y}-06-09, event: complaint acknowledged, includes: [definition], evidence: claimed}}
- {{date: {y}-06-21, event: stage 1 extended, until: {y}-08-20, reason: none, good_reason: no}}
- {{date: {y}-06-22, event: stage 1 extended, until: {y}-06-30, updates_agreed: no}}
- {{date: {y}-06-22, event: stage 1 extended, until: {y}-06-30, reason: x, evidence: claimed}}
- {{date: {y}-06-25, event: holding response}}
- {{date: {y}-06-26, event: provisional response, outcome: upheld}}
- {{date: {y}-06-28, event: stage 1 response, outcome: not upheld, handler: A, relies_on: lock,
   includes: [stage], missing: [every point]}}
- {{date: {y}-06-30, event: contact, id: lock, answered: no, record: brief}}
- {{date: {y}-06-30, event: chaser, answered: no}}
- {{date: {y}-06-30, event: intermediary enquiry, answered: no, by: councillor}}
- {{date: {y}-06-30, event: contact, record: none, turned_away: yes}}
- {{event: update, evidence: absent}}
- {{date: {y}-07-01, event: escalation requested, reasons_demanded: yes}}
- {{date: {y}-07-05, event: escalation requested}}
- {{date: {y}-07-06, event: escalation refused, grounds: other, in_writing: no}}
- {{date: {y}-06-30, event: escalation acknowledged, includes: [issues outstanding]}}
- {{date: {y}-07-08, event: stage 2 response, handler: A, sent: no}}
- {{date: {y}-08-30, event: stage 2 response, handler: A, outcome: upheld, includes: [stage]}}
- {{date: {y}-08-30, event: commitment, id: a, within: 2 working days}}
- {{date: {y}-08-30, event: commitment, id: b, due: {y}-09}}
- {{date: {y}-08-30, event: commitment, id: c, promises: updates}}
- {{date: {y}-08-30, event: commitment, id: d, within: 1 week}}
- {{date: {y}-08-30, event: commitment, id: e, within: 1 week}}
- {{date: {y}-08-30, event: commitment, within: 1 month}}
- {{date: {y}-09-10, event: commitment met, of: a}}
- {{date: {y}-09-10, event: commitment met, of: b}}
- {{event: commitment met, of: c, evidence: absent}}
- {{date: {y}-09-01, event: commitment met, of: d, evidence: claimed}}
- {{date: {y}-09-20, event: commitment met, of: e, evidence: claimed}}
- {{date: {y}-09-20, event: commitment met}}
- {{date: {y}-09-20, event: supplementary response}}
- {{date: {y}-09-20, event: compensation offered, to: ombudsman}}
- {{date: {y}-09-21, event: stage 3 requested}}
- {{date: {y}-09-22, event: stage 3 response}}
- {{date: {y}-09-23, event: ombudsman referral}}
- {{date: {y}-11-01, event: order, id: o, within: 4 weeks}}
- {{date: {y}-10-31, event: order complied, of: o}}
- {{date: {y}-11-01, event: order, id: p, due: {y}-11-20}}
- {{date: {y}-12-31, event: contact}}
"""
REFUSED = """
- {{date: {y}-06-07, event: complaint received{arose}}}
- {{date: {y}-06-08, event: complaint refused, grounds: {grounds}{keys}}}
"""

NO_DEFINITION = """
- 2023-06-07 complaint received
- {date: 2023-06-08, event: stage 1 response, includes: [stage, decision, reasons, remedy,
   outstanding actions, escalation route]}
"""


@cache
def cases() -> tuple[Case, ...]:
    found = list(check(*load_timelines(SAMPLES / "determinations")).cases)
    for name in ("compliant-2024", "open-complaint", "six-lines"):
        found += check(*load_timelines(SAMPLES / f"{name}.yaml")).cases
    for _, change, *_ in CHANGES:
        timeline = deepcopy(sample())
        change(timeline["events"])
        found.append(judged(timeline))
    found += _together()
    across = ALL_WRONG.format(y=2024).replace(
        "date: 2024-06-07, event: complaint received, arose",
        "date: 2024-03-25/2024-04-05, event: complaint received, arose",
    )
    found.append(judge(across, as_at="2024-12-30"))
    found.append(judge(NO_DEFINITION))
    return tuple(found)


def _together() -> tuple[Case, ...]:
    """Return the cases of each year, with all that is made of them: hundreds, judged at once."""
    written: list[tuple[str, str, str]] = []
    for year in (2021, 2022, 2023, 2024):
        for record in ("complete", "partial"):
            events = ALL_WRONG.format(y=year)
            for day in (f"{year}-09-05", f"{year}-12-30"):
                written.append((events, day, record))
            for arose in ("", f", arose: {year}-01-01", f", arose: {year - 1}-06/{year - 1}-12"):
                for grounds in ("too old", "none given", "legal proceedings"):
                    for keys in ("", ", in_writing: yes", ", ombudsman_details: no"):
                        text = REFUSED.format(y=year, arose=arose, grounds=grounds, keys=keys)
                        written.append((text, f"{year}-06-30", record))
    loader = Loader(SHIPPED)
    timelines = [
        timeline
        for events, day, record in written
        for timeline in timelines_of(loader, events, as_at=day, record=record)
    ]
    report = check(timelines, loader.library)
    assert (len(report.cases), report.unchecked) == (len(written), ())
    return report.cases


@cache
def findings() -> tuple[Finding, ...]:
    return tuple(one for case in cases() for one in case.findings)


def sentences(finding: Finding) -> list[str]:
    told = [finding.title, finding.says, finding.headline]
    if finding.settled_by:
        told.append(finding.settled_by.says)
    return [text for text in told if text]


def test_the_corpus_holds_every_kind_of_duty_and_finding() -> None:
    rules = {one.rule for one in findings()}
    assert {
        "acknowledgement-letter", "acknowledgement-responsibilities", "comply-with-orders",
        "complaint-refused", "conflicting-dates", "early-resolution", "entered-twice",
        "escalation-letter", "escalation-reasons", "escalation-refused", "event-after-as-at",
        "go-to-ombudsman", "holding-response", "impossible-order", "keep-promises",
        "no-third-stage", "not-evidenced", "not-found", "offer-after-final-response",
        "outcome-changed", "provisional-response", "requests-unanswered", "response-not-sent",
        "stage-1-every-point", "stage-1-extended", "stage-1-letter", "stage-1-updates",
        "stage-2-extended", "stage-2-in-order", "stage-2-letter", "stage-2-person",
        "supplementary-response", "thin-record", "turned-away", "unanswered",
    } <= rules  # fmt: skip
    reasons = {one.reason for one in findings() if not one.readings}
    assert {"edition-unclear", "sources-differ", "no-date", "not-kept", "not-evidenced"} <= reasons


@pytest.mark.parametrize("words", ["maladministration", "service failure"])
def test_no_finding_uses_the_words_that_only_the_ombudsman_finds(words: str) -> None:
    for one in findings():
        for text in sentences(one):
            assert words not in text.lower(), text


def test_what_is_asked_is_said_where_it_was_not_done_or_cannot_be_told() -> None:
    for one in findings():
        if one.readings or one.standard not in ("code", "policy"):
            continue
        if one.verdict in ("breach", "cannot-tell") and not one.rule.endswith("-extended"):
            duty = one.rulebooks[0].duty(one.rule)
            assert duty is not None
            assert f"The rule says: {duty.says}" in one.says


def test_every_verdict_and_reason_is_of_the_closed_lists() -> None:
    for one in findings():
        assert one.verdict in VERDICTS
        assert one.reason in REASONS, one.reason


def test_every_sentence_is_plain_english() -> None:
    for one in findings():
        for text in sentences(one):
            assert "_" not in text, text
            assert not re.search(r"[{}\[\]<>]|\bNone\b(?! of)|\bTrue\b|\bFalse\b|  |\.\.", text), (
                text
            )
            assert not re.search(r"\bwd\b|\bas_at\b|\ba [aeiou]", text), text
            assert not re.search(r"(?<![\d-])(?<!to )1 (working |calendar )?days\b", text), text
        assert one.says[0].isupper(), one.says
        assert one.says.endswith("."), one.says
        if one.settled_by and one.settled_by.says:
            assert not one.settled_by.says[0].islower(), one.settled_by.says
            assert one.settled_by.says.endswith("."), one.settled_by.says


def test_every_cannot_tell_says_what_would_settle_it() -> None:
    for one in findings():
        if one.verdict == "cannot-tell" and one.standard != "record":
            assert one.settled_by is not None, (one.rule, one.says)
            assert one.settled_by.says, one.rule
            assert one.settled_by.add, one.rule


def test_no_other_verdict_asks_to_be_settled() -> None:
    for one in findings():
        if one.verdict in ("met", "breach", "pending", "not-applicable"):
            assert one.settled_by is None, (one.rule, one.says)


def test_a_finding_about_the_record_is_never_a_breach() -> None:
    for one in findings():
        if one.standard == "record":
            assert one.verdict in ("cannot-tell", "not-applicable")


def test_every_breach_of_a_duty_has_a_headline_and_what_leaves_the_answer_open() -> None:
    for one in findings():
        if not one.readings:
            wanted = one.verdict == "breach" or (one.rule in COURSE and one.settled_by is not None)
            assert bool(one.headline) == wanted, (one.rule, one.headline)


def test_every_line_that_is_named_holds_an_event() -> None:
    for case in cases():
        lines = {event.line for event in case.timeline.events} | {0}
        for one in case.findings:
            assert one.line in lines


def test_every_finding_is_told_with_the_clause_and_provenance_it_stands_on() -> None:
    for one in findings():
        if one.standard in ("code", "policy"):
            assert one.clause, one.rule
            assert one.provenance in ("quoted", "reported", "unverified"), one.rule
            assert one.rulebooks
