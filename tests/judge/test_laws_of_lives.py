"""What must hold of every life of a complaint, whatever its days, ends and beginnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.making_lives import LifeMaker
from tests.helpers.oracle import REOPENED, STAGES, Calendar, Fact, Record
from tests.helpers.records import timeline
from tests.judge.campaign import LIBRARY, RULES, judged, shown, stated
from timeliness import Finding, check

FIXED = settings(derandomize=True, database=None, deadline=None, max_examples=40)
SO_MANY = 200
IN_TIME = {"met", "pending", "not-applicable"}


def clocks(records: Sequence[Record]) -> list[dict[str, list[Finding]]]:
    """Return the Code's clocks of each record, those of one rule in the order of their episodes."""
    told = []
    for case in judged(records):
        of_rule: dict[str, list[Finding]] = {rule: [] for rule in RULES}
        for finding in case.findings if case else ():
            is_clock = finding.rule in RULES and finding.standard == "code"
            if is_clock and finding.reason != "not-started":
                of_rule[finding.rule].append(finding)
        told.append(of_rule)
    return told


def same_clocks(
    one: dict[str, list[Finding]], other: dict[str, list[Finding]]
) -> list[tuple[Finding, Finding]]:
    """Return the clocks that two records have in common, where they have equally many of a rule."""
    return [
        pair
        for rule in RULES
        if len(one[rule]) == len(other[rule])
        for pair in zip(one[rule], other[rule], strict=True)
    ]


def told(one: Finding, other: Finding, *records: Record) -> str:
    lines = (line for record in records for line in shown(record))
    return "\n".join([stated(one), stated(other), one.rule, *lines])


# Later starts ---------------------------------------------------------------------------------

REQUESTS = st.dates(date(2022, 5, 1), date(2026, 9, 30))


def exact(name: str, day: date) -> Fact:
    return Fact(name, day, day)


@pytest.mark.parametrize("rule", ["acknowledge-escalation", "stage-2-response"])
@FIXED
@given(received=REQUESTS, waits=st.tuples(*[st.integers(0, 60)] * 2), told=st.integers(0, 20))
def test_a_later_request_to_escalate_is_never_due_earlier(rule, received, waits, told):
    as_at = received + timedelta(days=120)
    answered = exact("stage 1 response", received)
    records = [
        Record(
            (
                exact("complaint received", received),
                answered,
                exact("escalation requested", received + timedelta(days=wait)),
                exact("escalation acknowledged", received + timedelta(days=max(waits) + told)),
            ),
            as_at,
        )
        for wait in sorted(waits)
    ]
    first, second = (found[rule] for found in clocks(records))
    for one, other in zip(first, second, strict=True):
        assert one.due.earliest <= other.due.earliest
        assert one.due.latest <= other.due.latest


# True lines -----------------------------------------------------------------------------------

ADDED = tuple(name for stage in (1, 2) for name in (*STAGES[stage][1:3], STAGES[stage][4]))
"""Lines that say more of an episode; a request or an end may begin or end one, and an extension
may be in doubt."""


def test_a_true_line_never_makes_a_verdict_vaguer():
    vaguer, compared = made_vaguer(SO_MANY, 71)
    assert compared > SO_MANY
    assert not vaguer, vaguer[0]


def made_vaguer(count: int, seed: int) -> tuple[list[str], int]:
    """Return where a true line makes a verdict vaguer in so many lives, and of how many verdicts.

    Left out are lines in whose place the contract supposes something else: a late start (a missing
    one lengthens nothing, and a missing logging is not asked for), and a stage 1 response between
    two requests to escalate (without it the second is a repeat).
    """
    maker = LifeMaker(seed)
    lives = [replace(maker.exact(), complete=False) for _ in range(count)]
    pairs = [
        (replace(life, facts=(*life.facts[:at], *life.facts[at + 1 :])), life)
        for life in lives
        for at, fact in enumerate(life.facts)
        if fact.name in ADDED and is_alone(life, fact) and not is_supposed(life, fact)
    ]
    fewer, more = (clocks(records) for records in zip(*pairs, strict=True))
    vaguer = []
    compared = 0
    for pair, without, with_it in zip(pairs, fewer, more, strict=True):
        for before, after in same_clocks(without, with_it):
            if before.verdict != "cannot-tell":
                compared += 1
                if after.verdict == "cannot-tell":
                    vaguer.append(told(before, after, *pair))
    return vaguer, compared


def is_alone(record: Record, fact: Fact) -> bool:
    """Whether its stage was asked for once; an answer more may make a repeat a further request."""
    requests = [names[0] for names in STAGES.values() if fact.name in names]
    return len(record.named(REOPENED, *requests)) == 1


def is_supposed(record: Record, fact: Fact) -> bool:
    """Whether the contract supposes something else where a line is missing."""
    if fact.name == STAGES[1][4]:
        return len(record.named(STAGES[2][0])) > 1
    (asked,) = [record.named(names[0])[0] for names in STAGES.values() if fact.name in names]
    return fact.name in STARTS and fact.first > Calendar().add(asked.first, (5, "working_days"))


@pytest.mark.parametrize("name", ["complaint logged", "complaint acknowledged"])
def test_a_line_without_a_day_is_no_worse_than_none(name):
    maker = LifeMaker(72)
    lives = [life for life in (maker.exact() for _ in range(SO_MANY)) if name not in names(life)]
    lives = [replace(life, complete=name == "complaint logged") for life in lives]
    unknown = Fact(name, date.min, date.max)
    compared = 0
    with_it = [replace(life, facts=(*life.facts, unknown)) for life in lives]
    for life, without, more in zip(lives, clocks(lives), clocks(with_it), strict=True):
        if len(without["acknowledge-complaint"]) > 1:
            continue
        for before, after in same_clocks(without, more):
            if before.verdict != "cannot-tell":
                compared += 1
                same = {before.verdict, after.verdict} in ({before.verdict}, {"pending", "met"})
                assert same, told(before, after, life)
    assert compared > SO_MANY / 4


def names(record: Record) -> set[str]:
    return {fact.name for fact in record.facts}


# Wider dates ----------------------------------------------------------------------------------


def test_widening_a_date_never_turns_one_verdict_into_the_other():
    maker = LifeMaker(73)
    lives = [maker.exact() for _ in range(SO_MANY)]
    changed = []
    for life in lives:
        # A start that may lie within its limit is cut at it, so those stay as they are.
        places = [at for at, fact in enumerate(life.facts) if fact.name not in STARTS]
        at = maker.random.choice(places)
        fact = life.facts[at]
        wider = replace(
            fact, first=fact.first - maker.some(0, 6), last=fact.last + maker.some(0, 6)
        )
        changed.append(replace(life, facts=(*life.facts[:at], wider, *life.facts[at + 1 :])))
    for pair, before, after in zip(
        zip(lives, changed, strict=True), clocks(lives), clocks(changed), strict=True
    ):
        for one, other in same_clocks(before, after):
            verdicts_of = {one.verdict, other.verdict}
            assert not ("breach" in verdicts_of and verdicts_of & IN_TIME), told(one, other, *pair)


STARTS = tuple(name for stage in STAGES for name in STAGES[stage][1:3])


# One and many ---------------------------------------------------------------------------------


def test_many_lives_at_once_are_judged_as_each_alone():
    maker = LifeMaker(74)
    many = [timeline(maker.record(), f"{number}") for number in range(100)]
    together = check(many, LIBRARY)
    alone = [check([one], LIBRARY) for one in many]
    assert together.cases == tuple(case for report in alone for case in report.cases)


@pytest.mark.parametrize("rule", ["acknowledge-complaint", "stage-1-response"])
@FIXED
@given(received=REQUESTS, waits=st.tuples(*[st.integers(4, 60)] * 2))
def test_a_later_request_after_a_refusal_is_never_due_earlier(rule, received, waits):
    as_at = received + timedelta(days=120)
    records = [
        Record(
            (
                exact("complaint received", received),
                exact("complaint refused", received + timedelta(days=3)),
                exact("complaint received", received + timedelta(days=wait)),
            ),
            as_at,
        )
        for wait in sorted(waits)
    ]
    (_, one), (_, other) = (found[rule] for found in clocks(records))
    assert one.due.earliest <= other.due.earliest
    assert one.due.latest <= other.due.latest


def test_the_order_of_lines_does_not_matter():
    maker = LifeMaker(75)
    lives = [maker.record() for _ in range(SO_MANY)]
    shuffled = [
        replace(life, facts=tuple(maker.random.sample(life.facts, len(life.facts))))
        for life in lives
    ]
    for life, one, other in zip(lives, clocks(lives), clocks(shuffled), strict=True):
        assert [verdicts(one[rule]) for rule in RULES] == [
            verdicts(other[rule]) for rule in RULES
        ], life


def verdicts(findings: list[Finding]) -> list[tuple[object, ...]]:
    return [(f.verdict, f.reason, f.start, f.due, f.done, f.late_by) for f in findings]
