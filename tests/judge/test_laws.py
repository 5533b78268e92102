"""What must hold of every record, whatever its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns.making import (
    BOUNDARIES,
    CHRISTMASES,
    EASTERS,
    TEN_MORE,
    WEEKENDS,
    Maker,
    answered_before_the_last_receipt,
    stage_clocks,
)
from tests.campaigns.oracle import CODE, STAGES, Fact, Record
from tests.campaigns.records import Policy, library, timeline
from timeliness import Finding, Timeline, check, load_rulebooks

ANCHORS = (*WEEKENDS, *EASTERS, *CHRISTMASES)
FIXED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=24,
)
LIBRARY = load_rulebooks()
RULES = {rule for book in CODE for rule in book.clocks}
VERDICTS_IN_TIME = {"pending": 0, "cannot-tell": 1, "breach": 2}


def day(text: str) -> date:
    return date.fromisoformat(text)


def clocks(timelines: list[Timeline]) -> list[dict[str, Finding]]:
    """Return the Code's clocks of each timeline; none where no edition applies to it."""
    cases = {case.timeline.complaint: case for case in check(timelines, LIBRARY).cases}
    return [
        {finding.rule: finding for finding in cases[one.complaint].findings if is_clock(finding)}
        if one.complaint in cases
        else {}
        for one in timelines
    ]


def is_clock(finding: Finding) -> bool:
    return finding.rule in RULES and finding.standard == "code"


def clock(rule: str, *facts: Fact, as_at: date, complete: bool = True) -> Finding:
    (found,) = clocks([timeline(Record(facts, as_at, complete), "1")])
    return found[rule]


# Widening -------------------------------------------------------------------------------------


def widened(record: Record, random: Random) -> Record:
    """Make one date range a few days wider, by no day past the day of the check."""
    facts = list(record.facts)
    at = random.choice(places_to_widen(record))
    fact = facts[at]
    earlier, later = (timedelta(days=random.randint(0, 6)) for _ in range(2))
    facts[at] = replace(fact, first=fact.first - earlier, last=fact.last + later)
    if fact.until and random.random() < 0.5:
        until = (fact.until[0] - earlier, fact.until[1] + later)
        facts[at] = replace(facts[at], until=until)
    return replace(record, facts=tuple(facts))


@pytest.mark.parametrize(
    ("anchors", "seed"),
    [
        pytest.param(ANCHORS, 61, id="one edition"),
        pytest.param(BOUNDARIES, 62, id="where editions meet"),
    ],
)
def test_widening_a_date_never_settles_what_could_not_be_told(anchors, seed):
    maker = Maker(seed, anchors)
    records = [maker.complaint((5, 10, 20)) for _ in range(220)]
    records = [record for record in records if can_be_widened(record)]
    wider = [widened(record, maker.random) for record in records]
    compared = 0
    for record, before, after in zip(
        records, clocks(timelines(records)), clocks(timelines(wider)), strict=True
    ):
        for rule, finding in before.items():
            # An impossible order becomes possible once the dates are known less well.
            if finding.verdict == "cannot-tell" and finding.reason != "impossible-order":
                compared += 1
                assert rule in after, record
                assert after[rule].verdict == "cannot-tell", (rule, record)
    assert compared > 100


def places_to_widen(record: Record) -> list[int]:
    """Return where the dates are that have no start: one within its limit is cut at it."""
    starts = {name for names in STAGES.values() for name in names[1:3]}
    return [
        at
        for at, fact in enumerate(record.facts)
        if fact.first and fact.first <= record.as_at and fact.name not in starts
    ]


def can_be_widened(record: Record) -> bool:
    return bool(places_to_widen(record)) and not answered_before_the_last_receipt(record)


def timelines(records: list[Record]) -> list[Timeline]:
    return [timeline(record, f"{number}") for number, record in enumerate(records)]


# Later starts ---------------------------------------------------------------------------------

days = st.dates(date(2020, 9, 1), date(2026, 12, 31))


@pytest.mark.parametrize("rule", ["acknowledge-complaint", "stage-1-response"])
@pytest.mark.parametrize("edition", CODE, ids=["2020", "2022", "2024"])
@FIXED
@given(data=st.data())
def test_a_later_receipt_is_never_due_earlier(edition, rule, data):
    last = min(edition.last, date(2026, 12, 1))
    one, other = sorted(data.draw(st.tuples(*[st.dates(edition.first, last)] * 2)))
    told = one + timedelta(days=data.draw(st.integers(0, 20)))
    extended = Fact(
        *("stage 1 extended", told, told),
        until=(told + timedelta(days=12),) * 2,
        **dict.fromkeys(("good_reason", "reason", "in_writing", "ombudsman_details"), True),
    )
    acknowledged = Fact("complaint acknowledged", other, other)
    as_at = other + timedelta(days=60)
    records = [
        Record((Fact("complaint received", day, day), acknowledged, extended), as_at)
        for day in (one, other)
    ]
    dues = [found[rule].due for found in clocks(timelines(records))]
    assert dues[0].earliest <= dues[1].earliest
    assert dues[0].latest <= dues[1].latest


@pytest.fixture(scope="module")
def with_a_cut_off(tmp_path_factory):
    policy = Policy(
        "cut-off",
        stage_clocks(acknowledges=True, stated=True, extension=TEN_MORE),
        cut_off=time(16, 30),
    )
    books = library(tmp_path_factory.mktemp("rules"), policy)
    # Every rulebook is too long to be written out with each example.
    return lambda: books


@FIXED
@given(first=days, hours=st.tuples(st.times(), st.times()), later=st.integers(0, 6))
def test_a_later_hour_is_never_due_earlier(with_a_cut_off, first, hours, later):
    moments = sorted([(first, hours[0]), (first + timedelta(days=later), hours[1])])
    as_at = first + timedelta(days=later)
    found = check(
        [
            timeline(
                Record((Fact("complaint received", on, on, at=at),), as_at), f"{on}", "cut-off"
            )
            for on, at in moments
        ],
        with_a_cut_off(),
    )
    dues = [
        next(f.due for f in case.findings if (f.rule, f.standard) == ("stage-1-response", "policy"))
        for case in found.cases
    ]
    assert dues[0].earliest <= dues[1].earliest


# One and many ---------------------------------------------------------------------------------


def test_many_complaints_at_once_are_judged_as_each_alone():
    maker = Maker(63, (*ANCHORS, *BOUNDARIES), ended=20, overlapping=True)
    many = timelines([maker.complaint((5, 10, 20)) for _ in range(50)])
    as_at = date(2026, 3, 31)
    together = check(many, LIBRARY, as_at=as_at)
    alone = [check([one], LIBRARY, as_at=as_at) for one in many]
    assert together.cases == tuple(case for report in alone for case in report.cases)
    assert together.unchecked == tuple(mistake for one in alone for mistake in one.unchecked)


def test_the_order_of_complaints_does_not_matter():
    maker = Maker(64, ANCHORS, ended=20)
    many = timelines([maker.complaint((5, 10, 20)) for _ in range(90)])
    forward, backward = (check(each, LIBRARY).cases for each in (many, many[::-1]))
    assert forward == backward[::-1]


def test_the_order_of_events_does_not_change_a_clock():
    maker = Maker(65, ANCHORS, ended=20)
    records = [maker.complaint((5, 10, 20)) for _ in range(90)]
    backward = [replace(record, facts=record.facts[::-1]) for record in records]
    for record, one, other in zip(
        records, clocks(timelines(records)), clocks(timelines(backward)), strict=True
    ):
        assert list(told(one)) == list(told(other)), record


def told(found: dict[str, Finding]) -> Iterator[tuple[object, ...]]:
    for rule, finding in found.items():
        yield rule, finding.verdict, finding.reason, finding.due, finding.late_by


def test_the_same_input_gives_the_same_findings():
    reports = [
        check(timelines([maker.complaint((5, 10, 20)) for _ in range(60)]), load_rulebooks())
        for maker in (Maker(66, ANCHORS, ended=20), Maker(66, ANCHORS, ended=20))
    ]
    assert reports[0] == reports[1]
    assert repr(reports[0].cases) == repr(reports[1].cases)


# The day of the check -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([], id="nothing but the receipt"),
        pytest.param([("complaint acknowledged", "2024-12-23", "2024-12-23")], id="exact"),
        pytest.param([("complaint acknowledged", "2024-12-20", "2024-12-27")], id="a span"),
        pytest.param(
            [
                ("complaint acknowledged", "2024-12-20", "2024-12-20"),
                ("stage 1 extended", "2024-12-30", "2024-12-31"),
            ],
            id="extended",
        ),
        pytest.param(
            [
                ("complaint acknowledged", "2024-12-20", "2024-12-20"),
                ("stage 1 response", "2024-12-30", "2024-12-31"),
                ("escalation requested", "2025-01-02", "2025-01-04"),
            ],
            id="escalated",
        ),
    ],
)
def test_an_open_clock_only_moves_from_pending_to_breach(facts):
    receipt = Fact("complaint received", day("2024-12-19"), day("2024-12-20"))
    known = [receipt, *(Fact(name, day(first), day(last)) for name, first, last in facts)]
    begin = max(fact.last for fact in known)
    verdicts: dict[str, list[str]] = {}
    records = [Record(tuple(known), begin + timedelta(days=days_on)) for days_on in range(70)]
    for found in clocks(timelines(records)):
        for rule, finding in found.items():
            if finding.done is None and finding.reason != "not-started":
                verdicts.setdefault(rule, []).append(finding.verdict)
    assert verdicts
    for rule, seen in verdicts.items():
        order = [VERDICTS_IN_TIME[verdict] for verdict in seen]
        assert order == sorted(order), (rule, seen)
        assert (seen[0], seen[-1]) == ("pending", "breach"), (rule, seen)


@FIXED
@given(received=days, wait=st.integers(0, 60))
def test_an_exact_open_clock_is_pending_to_its_due_day_and_overdue_after_it(received, wait):
    as_at = received + timedelta(days=wait)
    finding = clock(
        "acknowledge-complaint", Fact("complaint received", received, received), as_at=as_at
    )
    assert finding.due.exact
    assert finding.verdict == ("breach" if as_at > finding.due.latest else "pending")
    late = max((as_at - finding.due.latest).days, 0)
    assert (finding.days_late.least if late else 0) == late
