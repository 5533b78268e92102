"""The compliant sample with one thing changed: exactly the findings that follow, and no other.

Received Monday 13 May 2024: 5 working days are 14 to 17 and 20 May.
Acknowledged Friday 17 May: 10 are 20 to 24 May (5), 28 to 31 May (9; the 27th is a bank holiday),
3 June. Extended on 30 May to Friday 14 June; the maximum, 10 more, is 4 to 7 (4), 10 to 14 (9),
17 June. Answered on Thursday 13 June.
Promised on 13 June within 4 weeks: by 11 July. Kept on 8 July.
Escalated Monday 24 June: 5 are 25 to 28 June and 1 July. Acknowledged Thursday 27 June: 20 are
28 June (1), 1 to 5 (6), 8 to 12 (11), 15 to 19 (16), 22 to 25 July. Answered on 24 July.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helpers.judging import SHIPPED
from timeliness import Case, check
from timeliness.read.library import Loader

SAMPLE = Path(__file__).parent.parent / "samples" / "compliant-2024.yaml"

Events = list[dict[str, Any]]
Change = Callable[[Events], None]

RECORD = {
    "conflicting-dates",
    "entered-twice",
    "event-after-as-at",
    "holding-response",
    "impossible-order",
    "not-evidenced",
    "not-found",
    "offer-after-final-response",
    "outcome-changed",
    "provisional-response",
    "requests-unanswered",
    "response-not-sent",
    "supplementary-response",
    "thin-record",
    "turned-away",
    "unanswered",
}


def sample() -> dict[str, Any]:
    # Every scalar as text: yes stays yes.
    loaded: dict[str, Any] = yaml.load(SAMPLE.read_text(), Loader=yaml.BaseLoader)
    return loaded


def judged(timeline: dict[str, Any]) -> Case:
    loader = Loader(SHIPPED)
    report = check(
        loader.parse(json.dumps(timeline).encode(), "changed.json", Path()), loader.library
    )
    assert not report.unchecked
    return report.cases[0]


@cache
def unchanged() -> Case:
    return judged(sample())


def findings(case: Case) -> Counter[tuple[str, str, str, str]]:
    return Counter((one.rule, one.standard, one.verdict, one.reason) for one in case.findings)


def _the(events: Events, name: str) -> dict[str, Any]:
    (event,) = [event for event in events if event["event"] == name]
    return event


def drop(name: str) -> Change:
    return lambda events: events.remove(_the(events, name))


def move(name: str, day: str) -> Change:
    return lambda events: _the(events, name).update(date=day)


def give(name: str, **keys: Any) -> Change:
    return lambda events: _the(events, name).update(keys)


def take(name: str, *keys: str) -> Change:
    def change(events: Events) -> None:
        for key in keys:
            del _the(events, name)[key]

    return change


def lack(name: str, item: str) -> Change:
    return lambda events: _the(events, name)["includes"].remove(item)


def absent(name: str) -> Change:
    def change(events: Events) -> None:
        event = _the(events, name)
        del event["date"]
        event["evidence"] = "absent"

    return change


def again(name: str) -> Change:
    return lambda events: events.append(deepcopy(_the(events, name)))


def add(day: str, name: str, **keys: Any) -> Change:
    return lambda events: events.append({"date": day, "event": name, **keys})


RECEIVED, ACKNOWLEDGED = "complaint received", "complaint acknowledged"
EXTENDED, STAGE_1 = "stage 1 extended", "stage 1 response"
REQUESTED, ESCALATION = "escalation requested", "escalation acknowledged"
STAGE_2, KEPT = "stage 2 response", "commitment met"

IN_TIME, LATE, OVERDUE = "met in-time", "breach late", "breach overdue"
AS_REQUIRED, NOT_AS_REQUIRED = "met as-required", "breach not-as-required"
NOT_RECORDED = "cannot-tell not-recorded"
NOT_SHOWN = "cannot-tell not-evidenced"
NOT_STARTED = "not-applicable not-started"
GONE = ""

STAGE_1_LETTERS = {"stage-1-letter": GONE, "stage-1-every-point": GONE}
STAGE_2_LETTERS = {"stage-2-letter": GONE, "stage-2-every-point": GONE}
NO_EXTENSION = {"stage-1-extended": NOT_AS_REQUIRED, "stage-1-response": LATE}
UNCLEAR_EXTENSION = {
    "stage-1-extended": NOT_RECORDED,
    "stage-1-response": "cannot-tell extension-unclear",
}
UNSENT_STAGE_2 = {"stage-2-response": OVERDUE, **STAGE_2_LETTERS, "go-to-ombudsman": GONE}
NO_STAGE_2 = {**UNSENT_STAGE_2, "stage-2-person": GONE}

# What is changed; the findings that follow, by rule; and what is listed as not examined besides.
CHANGES: list[tuple[str, Change, dict[str, str], str]] = [
    # --- the receipt and its acknowledgement ---
    ("received a day earlier, still in time", move(RECEIVED, "2024-05-10"), {}, ""),
    ("received on 9 May: due 16 May", move(RECEIVED, "2024-05-09"), {
        "acknowledge-complaint": LATE,
    }, ""),
    ("acknowledged on the last day", move(ACKNOWLEDGED, "2024-05-20"), {}, ""),
    ("acknowledged a day late", move(ACKNOWLEDGED, "2024-05-21"), {
        "acknowledge-complaint": LATE,
    }, ""),
    # From 16 May: 17 (1), 20 to 24 (6), 28 to 31 May. Its maximum is 3 to 7, 10 to 14 June.
    ("acknowledged on 16 May", move(ACKNOWLEDGED, "2024-05-16"), {}, ""),
    # From 15 May: due 30 May, when it was extended; the maximum, 13 June, is a day before 14 June.
    ("acknowledged on 15 May", move(ACKNOWLEDGED, "2024-05-15"), {
        "stage-1-extended": NOT_RECORDED,
    }, ""),
    # From 14 May: due 29 May, the day before it was extended.
    ("acknowledged on 14 May", move(ACKNOWLEDGED, "2024-05-14"), NO_EXTENSION, ""),
    # From some day of 13 to 20 May: due 28 May to 4 June, so extended in time or not, and from
    # 28 May the maximum is 29 to 31 May (3), 3 to 7 (8), 10 and 11 June: perhaps beyond it.
    ("never acknowledged", drop(ACKNOWLEDGED), {
        "acknowledge-complaint": OVERDUE,
        "acknowledgement-letter": GONE,
        "acknowledgement-responsibilities": GONE,
        **UNCLEAR_EXTENSION,
    }, ""),
    ("the acknowledgement only said", give(ACKNOWLEDGED, evidence="claimed"), {
        "acknowledge-complaint": NOT_SHOWN,
        "acknowledgement-letter": NOT_SHOWN,
        "acknowledgement-responsibilities": NOT_SHOWN,
        "not-evidenced": NOT_SHOWN,
        **UNCLEAR_EXTENSION,
    }, ""),
    ("acknowledged on one of two days", move(ACKNOWLEDGED, "2024-05-20/2024-05-21"), {
        "acknowledge-complaint": "cannot-tell imprecise-date",
    }, ""),
    ("not logged", drop("complaint logged"), {}, ""),
    ("logged weeks later", move("complaint logged", "2024-06-10"), {
        "acknowledge-complaint": LATE,
    }, ""),
    ("the acknowledgement defines nothing", lack(ACKNOWLEDGED, "definition"), {
        "acknowledgement-letter": NOT_AS_REQUIRED,
    }, ""),
    ("the acknowledgement says nothing of what is wanted", lack(ACKNOWLEDGED, "outcomes sought"), {
        "acknowledgement-letter": NOT_AS_REQUIRED,
    }, ""),
    ("responsibilities not recorded", lack(ACKNOWLEDGED, "responsibilities"), {
        "acknowledgement-responsibilities": GONE,
    }, "acknowledgement-responsibilities"),
    ("what the acknowledgement says is not recorded", take(ACKNOWLEDGED, "includes"), {
        "acknowledgement-letter": GONE,
        "acknowledgement-responsibilities": GONE,
    }, "acknowledgement-letter acknowledgement-responsibilities"),
    ("another person acknowledged", give(ACKNOWLEDGED, handler="H-31"), {}, ""),
    # --- the extension ---
    ("extended on the last day", move(EXTENDED, "2024-06-03"), {}, ""),
    ("extended a day too late", move(EXTENDED, "2024-06-04"), NO_EXTENSION, ""),
    ("extended to the maximum", give(EXTENDED, until="2024-06-17"), {}, ""),
    ("extended a day beyond it", give(EXTENDED, until="2024-06-18"), {
        "stage-1-extended": NOT_RECORDED,
    }, ""),
    ("extended to the day of the answer", give(EXTENDED, until="2024-06-13"), {}, ""),
    ("extended to the day before the answer", give(EXTENDED, until="2024-06-12"), {
        "stage-1-response": LATE,
    }, ""),
    ("extended for no reason", give(EXTENDED, reason="none"), NO_EXTENSION, ""),
    ("extended by word of mouth", give(EXTENDED, in_writing="no"), NO_EXTENSION, ""),
    (
        "extended without the Ombudsman's details",
        give(EXTENDED, ombudsman_details="no"),
        NO_EXTENSION,
        "",
    ),
    ("the reason not recorded", take(EXTENDED, "reason"), UNCLEAR_EXTENSION, ""),
    ("writing not recorded", take(EXTENDED, "in_writing"), UNCLEAR_EXTENSION, ""),
    ("the details not recorded", take(EXTENDED, "ombudsman_details"), UNCLEAR_EXTENSION, ""),
    ("the new date not recorded", take(EXTENDED, "until"), UNCLEAR_EXTENSION, ""),
    ("never extended", drop(EXTENDED), {
        "stage-1-extended": GONE,
        "stage-1-response": LATE,
    }, "-stage-1-updates"),
    ("updates agreed", give(EXTENDED, updates_agreed="yes"), {
        "stage-1-updates": AS_REQUIRED,
    }, "-stage-1-updates"),
    ("updates not agreed", give(EXTENDED, updates_agreed="no"), {
        "stage-1-updates": NOT_AS_REQUIRED,
    }, "-stage-1-updates"),
    ("no update", drop("update"), {}, ""),
    ("the update entered twice", again("update"), {
        "entered-twice": "cannot-tell entered-twice",
    }, ""),
    # --- stage 1 ---
    ("answered on the day extended to", move(STAGE_1, "2024-06-14"), {}, ""),
    ("answered on the Monday after it", move(STAGE_1, "2024-06-17"), {
        "stage-1-response": LATE,
    }, ""),
    ("answered before the first limit ran out", move(STAGE_1, "2024-06-03"), {
        "stage-1-response": IN_TIME,
    }, ""),
    ("never answered at stage 1", drop(STAGE_1), {
        "stage-1-response": OVERDUE,
        **STAGE_1_LETTERS,
        "stage-2-person": GONE,
    }, ""),
    ("the answer decided but not sent", give(STAGE_1, sent="no"), {
        "stage-1-response": OVERDUE,
        **STAGE_1_LETTERS,
        "response-not-sent": "cannot-tell not-sent",
    }, ""),
    ("the letter has no remedy", lack(STAGE_1, "remedy"), {
        "stage-1-letter": NOT_AS_REQUIRED,
    }, ""),
    ("the letter does not say how to escalate", lack(STAGE_1, "escalation route"), {
        "stage-1-letter": NOT_AS_REQUIRED,
    }, ""),
    ("every point not recorded", lack(STAGE_1, "every point"), {
        "stage-1-every-point": GONE,
    }, "stage-1-every-point"),
    ("a point left out", give(STAGE_1, missing=["every point"], includes=[
        "stage", "definition", "decision", "reasons", "remedy", "outstanding actions",
        "escalation route",
    ]), {"stage-1-every-point": NOT_AS_REQUIRED}, ""),
    (
        "what the letter says is not recorded",
        take(STAGE_1, "includes"),
        STAGE_1_LETTERS,
        "stage-1-letter stage-1-every-point",
    ),
    ("a holding response", add("2024-06-03", "holding response"), {
        "holding-response": "not-applicable stops-no-clock",
    }, ""),
    # --- the promise ---
    ("promised within three weeks: by 4 July", give("commitment", within="3 weeks"), {
        "keep-promises": LATE,
    }, ""),
    ("promised without a date", take("commitment", "within"), {}, ""),
    ("kept on the last day", move(KEPT, "2024-07-11"), {}, ""),
    ("kept a day late", move(KEPT, "2024-07-12"), {"keep-promises": LATE}, ""),
    ("not kept", drop(KEPT), {"keep-promises": OVERDUE}, ""),
    ("looked for and not shown", absent(KEPT), {"keep-promises": OVERDUE}, ""),
    ("said to have been kept", give(KEPT, evidence="claimed"), {
        "keep-promises": NOT_SHOWN,
        "not-evidenced": NOT_SHOWN,
    }, ""),
    ("said to have been kept a day late", give(KEPT, evidence="claimed", date="2024-07-12"), {
        "keep-promises": LATE,
        "not-evidenced": NOT_SHOWN,
    }, ""),
    ("kept on one of two days", move(KEPT, "2024-07-11/2024-07-12"), {
        "keep-promises": "cannot-tell imprecise-date",
    }, ""),
    # --- the escalation ---
    ("requested on 20 June: due 27 June", move(REQUESTED, "2024-06-20"), {}, ""),
    ("requested on 19 June: due 26 June", move(REQUESTED, "2024-06-19"), {
        "acknowledge-escalation": LATE,
    }, ""),
    ("reasons demanded", give(REQUESTED, reasons_demanded="yes"), {
        "escalation-reasons": NOT_AS_REQUIRED,
    }, "-escalation-reasons"),
    ("no reasons demanded", give(REQUESTED, reasons_demanded="no"), {
        "escalation-reasons": AS_REQUIRED,
    }, "-escalation-reasons"),
    ("requested again before it was acknowledged", add("2024-06-26", REQUESTED), {
        "requests-unanswered": "cannot-tell unanswered",
    }, ""),
    ("the escalation acknowledged on the last day", move(ESCALATION, "2024-07-01"), {}, ""),
    ("the escalation acknowledged a day late", move(ESCALATION, "2024-07-02"), {
        "acknowledge-escalation": LATE,
    }, ""),
    # From 26 June: 27, 28 (2), 1 to 5 (7), 8 to 12 (12), 15 to 19 (17), 22 to 24 July.
    ("the escalation acknowledged on 26 June", move(ESCALATION, "2024-06-26"), {}, ""),
    ("the escalation acknowledged on 25 June", move(ESCALATION, "2024-06-25"), {
        "stage-2-response": LATE,
    }, ""),
    # From some day of 24 June to 1 July: due 22 to 29 July.
    ("the escalation never acknowledged", drop(ESCALATION), {
        "acknowledge-escalation": OVERDUE,
        "escalation-letter": GONE,
        "stage-2-response": "cannot-tell start-not-recorded",
    }, ""),
    ("nothing said of what is outstanding", lack(ESCALATION, "issues outstanding"), {
        "escalation-letter": NOT_AS_REQUIRED,
    }, ""),
    (
        "what was said on escalation is not recorded",
        take(ESCALATION, "includes"),
        {"escalation-letter": GONE},
        "escalation-letter",
    ),
    # --- stage 2 ---
    ("stage 2 answered on the last day", move(STAGE_2, "2024-07-25"), {}, ""),
    ("stage 2 answered a day late", move(STAGE_2, "2024-07-26"), {"stage-2-response": LATE}, ""),
    ("stage 2 answered in July", move(STAGE_2, "2024-07"), {
        "stage-2-response": "cannot-tell imprecise-date",
    }, ""),
    ("stage 2 never answered", drop(STAGE_2), NO_STAGE_2, ""),
    ("stage 2 looked for and not found", absent(STAGE_2), NO_STAGE_2, ""),
    # Who decided it has decided it, sent or not.
    ("stage 2 decided but not sent", give(STAGE_2, sent="no"), {
        **UNSENT_STAGE_2,
        "response-not-sent": "cannot-tell not-sent",
    }, ""),
    ("stage 2 decided by the same person", give(STAGE_2, handler="H-11"), {
        "stage-2-person": NOT_AS_REQUIRED,
    }, ""),
    ("the same person, written another way", give(STAGE_2, handler="h-11"), {
        "stage-2-person": NOT_AS_REQUIRED,
    }, ""),
    ("who decided stage 2 is not recorded", take(STAGE_2, "handler"), {
        "stage-2-person": NOT_RECORDED,
    }, ""),
    ("who decided stage 1 is not recorded", take(STAGE_1, "handler"), {
        "stage-2-person": NOT_RECORDED,
    }, ""),
    ("the last letter does not name the Ombudsman", lack(STAGE_2, "ombudsman route"), {
        "stage-2-letter": NOT_AS_REQUIRED,
    }, ""),
    ("another outcome", give(STAGE_2, outcome="not upheld"), {}, ""),
    (
        "a provisional response that said otherwise",
        add("2024-07-15", "provisional response", outcome="not upheld"),
        {
            "provisional-response": "not-applicable stops-no-clock",
            "outcome-changed": "cannot-tell outcome-changed",
        },
        "",
    ),
    (
        "a provisional response that said the same",
        add("2024-07-15", "provisional response", outcome="upheld"),
        {"provisional-response": "not-applicable stops-no-clock"},
        "",
    ),
    ("a supplementary response", add("2024-08-05", "supplementary response"), {
        "supplementary-response": "not-applicable stops-no-clock",
    }, ""),
    ("an extension of stage 2 that was not needed", add(
        "2024-07-25", "stage 2 extended", until="2024-08-22", reason="x", in_writing="yes",
        ombudsman_details="yes",
    ), {"stage-2-extended": AS_REQUIRED}, "stage-2-updates"),
    # --- afterwards ---
    ("a third stage", add("2024-08-12", "stage 3 response"), {
        "no-third-stage": NOT_AS_REQUIRED,
    }, ""),
    ("an offer with the final response", add("2024-07-24", "compensation offered"), {}, ""),
    ("an offer a day after it", add("2024-07-25", "compensation offered"), {
        "offer-after-final-response": "cannot-tell offer-after-final",
    }, ""),
    ("a referral", add("2024-08-29", "ombudsman referral"), {"go-to-ombudsman": IN_TIME}, ""),
    ("an event after the as-at date", add("2024-08-31", "contact"), {
        "event-after-as-at": "cannot-tell after-as-at",
    }, ""),
    ("an e-mail that nobody answered", add("2024-07-30", "contact", answered="no"), {
        "unanswered": "cannot-tell unanswered",
    }, ""),
    ("a further complaint turned away", add("2024-07-30", "contact", turned_away="yes"), {
        "turned-away": "cannot-tell turned-away",
    }, ""),
    ("a call barely recorded", add("2024-07-30", "contact", record="brief"), {
        "thin-record": "cannot-tell thin-record",
    }, ""),
    ("a call said to have been made", add("2024-07-30", "contact", evidence="claimed"), {
        "not-evidenced": NOT_SHOWN,
    }, ""),
    ("a plain call", add("2024-07-30", "contact"), {}, ""),
]  # fmt: skip


def _standard(rule: str) -> str:
    if rule in RECORD:
        return "record"
    return {"keep-promises": "promise", "comply-with-orders": "order"}.get(rule, "code")


@pytest.mark.parametrize(
    ("change", "expected", "listed"),
    [pytest.param(*change, id=name) for name, *change in CHANGES],
)
def test_one_change_and_what_follows_from_it(
    change: Change, expected: dict[str, str], listed: str
) -> None:
    timeline = deepcopy(sample())
    change(timeline["events"])
    case = judged(timeline)

    before, after = findings(unchanged()), findings(case)
    wanted = Counter({one: n for one, n in before.items() if one[0] not in expected})
    for rule, outcome in expected.items():
        if outcome:
            verdict, reason = outcome.split()
            wanted[rule, _standard(rule), verdict, reason] += 1
    assert (after - wanted, wanted - after) == (Counter(), Counter())

    names = {one.rule for one in unchanged().not_examined}
    for rule in listed.split():
        names = names - {rule[1:]} if rule.startswith("-") else names | {rule}
    assert {one.rule for one in case.not_examined} == names


def test_there_are_enough_of_them_and_each_changes_the_sample() -> None:
    assert len({name for name, *_ in CHANGES}) == len(CHANGES) >= 40
    for name, change, *_ in CHANGES:
        timeline = deepcopy(sample())
        change(timeline["events"])
        assert timeline != sample(), name
