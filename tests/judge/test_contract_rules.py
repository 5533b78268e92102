"""How a clock is judged: one table for each rule of the contract, with figures worked out by hand.

The days most used, without a bank holiday between them:

    June 2024   Mo 3  Tu 4  We 5  Th 6  Fr 7 | Mo 10 to Fr 14 | Mo 17 to Fr 21 | Mo 24 to Fr 28
    July 2024   Mo 1  Tu 2  We 3  Th 4  Fr 5 | Mo 8 to Fr 12 ...

Received on 3 June, five working days end on 10 June (4, 5, 6, 7, 10). Acknowledged on 4 June, ten
end on 18 June (5, 6, 7, 10 to 14, 17, 18) and ten more on 2 July (19, 20, 21, 24 to 28, 1, 2).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from timeliness import Case, Finding, Report, check, load_timelines
from timeliness.model.dates import Span
from timeliness.model.ranges import Range

RECEIVED = "2024-06-03 complaint received"
ACKNOWLEDGED = "2024-06-04 complaint acknowledged"
ACKNOWLEDGE, ANSWER = "acknowledge-complaint", "stage-1-response"
STAGE_2 = ("acknowledge-escalation", "stage-2-response")


@pytest.fixture
def report(tmp_path):
    def run(*events: str, as_at: str = "2024-08-01", rules: str = "", **keys: str) -> Report:
        """Check one complaint, written as a file; `rules` is the text of a policy beside it."""
        if rules:
            (tmp_path / "policy.yaml").write_text(rules, encoding="utf-8")
            keys["policy"] = "./policy.yaml"
        head = [f"{key}: {value}" for key, value in ({"as_at": as_at} | keys).items()]
        lines = ['complaint: "1"', *head, "events:", *(f"  - {event}" for event in events)]
        path = tmp_path / "case.yaml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return check(*load_timelines(path))

    return run


@pytest.fixture
def case(report):
    def run(*events: str, **keys: str) -> Case:
        (only,) = report(*events, **keys).cases
        return only

    return run


@pytest.fixture
def clock(case):
    def run(rule: str, *events: str, standard: str = "code", **keys: str) -> Finding:
        return find(case(*events, **keys), rule, standard)

    return run


def find(case: Case, rule: str, standard: str = "code") -> Finding:
    (found,) = [f for f in case.findings if (f.rule, f.standard) == (rule, standard)]
    return found


def span(text: str) -> Span:
    first, _, last = text.partition("..")
    return Span(date.fromisoformat(first), date.fromisoformat(last or first))


def claimed(day: str, event: str) -> str:
    return f"{{date: {day}, event: {event}, evidence: claimed}}"


def absent(event: str) -> str:
    return f"{{event: {event}, evidence: absent}}"


def policy(*rules: str, **keys: str) -> str:
    """Return the text of a policy whose clocks all run from receipt."""
    head = {
        "id": "own",
        "title": "Own policy",
        "publisher": "A landlord",
        "standard": "policy",
        "nations": "[england, wales, scotland, northern-ireland]",
        "source": "a test",
        "in_force": "not stated",
        "checked": "2026-01-01",
    } | keys
    return "\n".join([*(f"{key}: {value}" for key, value in head.items()), "rules:", *rules, ""])


def rule(name: str, stop: str, limit: str, duty: str = "must", extra: str = "") -> str:
    clock = f"start: complaint received, stop: {stop}, limit: {{{limit}}}{extra}"
    return (
        f"  - {{id: {name}, title: A rule, clause: '1', duty: {duty}, says: In time.,"
        f" provenance: quoted, clock: {{{clock}}}}}"
    )


# 1. Spans in, spans out -----------------------------------------------------------------------

ACKNOWLEDGEMENTS = [
    # event, record, as at, verdict, reason, working days, late
    (["2024-06-10 complaint acknowledged"], "complete", "2024-08-01", "met", "in-time", "5", "0"),
    (["2024-06-11 complaint acknowledged"], "complete", "2024-08-01", "breach", "late", "6", "1"),
    (
        *(["2024-06-07/2024-06-12 complaint acknowledged"], "complete", "2024-08-01"),
        *("cannot-tell", "imprecise-date", "4..7", "0..2"),
    ),
    (
        *(["2024-06-07/2024-06-10 complaint acknowledged"], "complete", "2024-08-01"),
        *("met", "in-time", "4..5", "0"),
    ),
    (
        *(["2024-06-11/2024-06-14 complaint acknowledged"], "complete", "2024-08-01"),
        *("breach", "late", "6..9", "1..4"),
    ),
    ([], "complete", "2024-06-10", "pending", "not-yet-due", "5", "0"),
    # 10 June to 1 August: 14 more days in June, 23 in July, 1 in August.
    ([], "complete", "2024-08-01", "breach", "overdue", "43", "38"),
    ([absent("complaint acknowledged")], "complete", "2024-08-01", "breach", "overdue", "43", "38"),
    ([absent("complaint acknowledged")], "partial", "2024-08-01", "breach", "overdue", "43", "38"),
    (
        [absent("complaint acknowledged")],
        "partial",
        "2024-06-10",
        "pending",
        "not-yet-due",
        "5",
        "0",
    ),
    ([], "partial", "2024-08-01", "cannot-tell", "not-recorded", "", ""),
    ([], "partial", "2024-06-10", "pending", "not-yet-due", "", ""),
    (
        *([claimed("2024-06-10", "complaint acknowledged")], "complete", "2024-08-01"),
        *("cannot-tell", "not-evidenced", "", ""),
    ),
    (
        *([claimed("2024-06-10", "complaint acknowledged")], "partial", "2024-08-01"),
        *("cannot-tell", "not-evidenced", "", ""),
    ),
    # Seen at some time up to the day of the check.
    (
        ["2024-06-07/.. complaint acknowledged"],
        "complete",
        "2024-06-10",
        "met",
        "in-time",
        "4..5",
        "0",
    ),
    (
        *(["2024-06-07/.. complaint acknowledged"], "complete", "2024-06-11"),
        *("cannot-tell", "imprecise-date", "4..6", "0..1"),
    ),
]


@pytest.mark.parametrize(
    ("events", "record", "as_at", "verdict", "reason", "working_days", "late"), ACKNOWLEDGEMENTS
)
def test_two_spans_make_a_verdict(
    clock, events, record, as_at, verdict, reason, working_days, late
):
    found = clock(ACKNOWLEDGE, RECEIVED, *events, record=record, as_at=as_at)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.due == span("2024-06-10")
    if working_days:
        assert found.working_days == numbers(working_days)
        assert found.late_by == numbers(late)


def numbers(text: str) -> Range:
    least, _, most = text.partition("..")
    return Range(int(least), int(most or least))


def test_a_claimed_day_that_is_itself_too_late_is_a_breach(clock):
    found = clock(ACKNOWLEDGE, RECEIVED, claimed("2024-06-11", "complaint acknowledged"))
    assert (found.verdict, found.late_by.least, found.days_late.least) == ("breach", 1, 1)


@pytest.mark.parametrize(
    ("events", "done", "verdict"),
    [
        # The first that fits counts.
        (
            ["2024-06-07 complaint acknowledged", "2024-06-12 complaint acknowledged"],
            "07..07",
            "met",
        ),
        (
            [claimed("2024-06-05", "complaint acknowledged"), "2024-06-12 complaint acknowledged"],
            "05..12",
            "cannot-tell",
        ),
        (
            ["2024-06-05/2024-06-13 complaint acknowledged", "2024-06-08 complaint acknowledged"],
            "05..08",
            "met",
        ),
        (
            [absent("complaint acknowledged"), "2024-06-12 complaint acknowledged"],
            "12..12",
            "breach",
        ),
    ],
)
def test_the_first_event_that_fits_counts(clock, events, done, verdict):
    found = clock(ACKNOWLEDGE, RECEIVED, *events)
    first, last = (date(2024, 6, int(day)) for day in done.split(".."))
    assert (found.verdict, found.done) == (verdict, Span(first, last))


@pytest.mark.parametrize(
    "event", ["2024-06-01 stage 1 response", "2024-05-20/2024-06-02 stage 1 response"]
)
def test_an_answer_before_the_complaint_is_impossible(clock, event):
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, event)
    assert (found.verdict, found.reason) == ("cannot-tell", "impossible-order")


def test_an_impossible_order_names_the_two_dates_that_clash(clock):
    # An answer that is said to be older than the complaint; the acknowledgement is in order.
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, claimed("2024-05-30", "stage 1 response"))
    assert found.verdict == "cannot-tell"
    assert "4 June 2024, before receipt, 3 June 2024" not in found.says
    assert "30 May 2024" in found.says


def test_an_acknowledgement_after_the_answer_cannot_lengthen_the_clock(clock):
    events = ["2024-06-20 complaint acknowledged", "2024-06-18 stage 1 response"]
    found = clock(ANSWER, RECEIVED, *events)
    # As if it were not recorded: from 3 to 10 June, and so due from 17 to 24 June.
    assert (found.verdict, found.due) == ("cannot-tell", span("2024-06-17..2024-06-24"))
    assert found.reason == "start-not-recorded"


def test_an_escalation_may_come_before_the_stage_1_response(clock):
    events = [ACKNOWLEDGED, "2024-06-12 escalation requested", "2024-06-14 stage 1 response"]
    found = clock("acknowledge-escalation", RECEIVED, *events, "2024-06-19 escalation acknowledged")
    assert (found.verdict, found.due) == ("met", span("2024-06-19"))


# 2. An unrecorded start -----------------------------------------------------------------------

UNRECORDED = [
    # events, record, start, due
    ([], "complete", "2024-06-03..2024-06-10", "2024-06-17..2024-06-24"),
    ([], "partial", "2024-06-03..2024-06-10", "2024-06-17..2024-06-24"),
    (
        *([absent("complaint acknowledged")], "complete"),
        *("2024-06-03..2024-06-10", "2024-06-17..2024-06-24"),
    ),
    # No later than the stop, nor than an event the rulebook names.
    (
        *(["2024-06-06 stage 1 response"], "complete"),
        *("2024-06-03..2024-06-06", "2024-06-17..2024-06-20"),
    ),
    (
        *(["2024-06-20 stage 1 response"], "complete"),
        *("2024-06-03..2024-06-10", "2024-06-17..2024-06-24"),
    ),
    # Told in no stated way, so it may not count; if it does, to 28 June.
    (
        *(["{date: 2024-06-05, event: stage 1 extended, until: 2024-06-28}"], "partial"),
        *("2024-06-03..2024-06-05", "2024-06-17..2024-06-28"),
    ),
    # Recorded, late or not, counts as recorded: 20 June and ten working days.
    (["2024-06-20 complaint acknowledged"], "complete", "2024-06-20", "2024-07-04"),
    # One that may lie within the time allowed did so: by 10 June.
    (
        *(["2024-06-06/2024-06-20 complaint acknowledged"], "complete"),
        *("2024-06-06..2024-06-10", "2024-06-20..2024-06-24"),
    ),
    # Wholly after it, it counts as recorded.
    (
        *(["2024-06-11/2024-06-20 complaint acknowledged"], "complete"),
        *("2024-06-11..2024-06-20", "2024-06-25..2024-07-04"),
    ),
]


@pytest.mark.parametrize(("events", "record", "start", "due"), UNRECORDED)
def test_an_unrecorded_acknowledgement_is_bounded(clock, events, record, start, due):
    found = clock(ANSWER, RECEIVED, *events, record=record)
    assert (found.start, found.due) == (span(start), span(due))


@pytest.mark.parametrize("record", ["complete", "partial"])
def test_unrecorded_logging_is_unknown_even_in_a_complete_record(clock, record):
    # 5 June 2023 and 5 working days end on 12 June; ten on 19 and 26 June.
    found = clock(
        *(ANSWER, "2023-06-05 complaint received", "2023-06-06 complaint acknowledged"),
        *("2023-06-21 stage 1 response",),
        record=record,
        as_at="2023-09-01",
    )
    assert found.start == span("2023-06-05..2023-06-12")
    assert found.due == span("2023-06-19..2023-06-26")
    assert (found.verdict, found.reason) == ("cannot-tell", "start-not-recorded")


@pytest.mark.parametrize(
    ("stop", "verdict", "reason"),
    [
        ("complaint logged", "cannot-tell", "not-recorded"),
        ("complaint acknowledged", "breach", "overdue"),
    ],
)
def test_what_is_internal_is_unknown_where_a_complete_record_lacks_it(clock, stop, verdict, reason):
    three_days = rule("own-clock", stop, "working_days: 3")
    found = clock("own-clock", RECEIVED, rules=policy(three_days), standard="policy")
    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("event", "start", "due"),
    [
        # 1 July and 5 working days: 8 July. Twenty from 1 July: 29 July; from 8 July: 5 August.
        ("", "2024-07-01..2024-07-08", "2024-07-29..2024-08-05"),
        ("2024-07-03 stage 2 response", "2024-07-01..2024-07-03", "2024-07-29..2024-07-31"),
        ("2024-07-15 escalation acknowledged", "2024-07-15", "2024-08-12"),
    ],
)
def test_an_unrecorded_acknowledgement_of_an_escalation_is_bounded(clock, event, start, due):
    events = [RECEIVED, ACKNOWLEDGED, "2024-06-18 stage 1 response"]
    found = clock(
        "stage-2-response", *events, "2024-07-01 escalation requested", *([event] if event else [])
    )
    assert (found.start, found.due) == (span(start), span(due))


@pytest.mark.parametrize(
    ("answered", "verdict", "late"),
    [
        ("2024-06-17", "met", "0"),
        ("2024-06-18", "cannot-tell", "0..1"),
        ("2024-06-24", "cannot-tell", "0..5"),
        ("2024-06-25", "breach", "1..6"),
    ],
)
def test_an_unrecorded_start_decides_at_both_ends(clock, answered, verdict, late):
    found = clock(ANSWER, RECEIVED, f"{answered} stage 1 response", record="partial")
    assert (found.verdict, found.late_by) == (verdict, numbers(late))


@pytest.mark.parametrize(
    ("closed", "due"), [("2024-06-17", "2024-07-04"), ("2024-06-18", "2024-06-17..2024-07-04")]
)
def test_a_closing_before_the_acknowledgement_may_be_late_from_an_earlier_day(clock, closed, due):
    # From 3 June ten working days end on the 17th, from the acknowledgement of the 20th on 4 July.
    # An answer on the 17th was in time from any day; one on the 18th was late if the clock ran
    # from receipt.
    events = [RECEIVED, f"{closed} complaint closed", "2024-06-20 complaint acknowledged"]
    found = clock(ANSWER, *events)
    assert (found.verdict, found.reason) == ("cannot-tell", "closed-unanswered")
    assert found.due == span(due)


def test_a_finding_says_that_a_missing_record_cannot_lengthen_the_clock(clock):
    found = clock(ANSWER, RECEIVED, "2024-06-25 stage 1 response", record="partial")
    assert "a gap in the record gives the landlord no extra time" in found.says


# 3. Readings ----------------------------------------------------------------------------------

# The Luton policy: acknowledge in 3, answer in 15 working days; what starts it is not stated.
# From 3 June: 24 June. From 6 June, the third working day: 27 June. From 4 June: 25 June.
READINGS = [
    # events, record, verdict, start, due, the verdicts of the readings
    (["2024-06-24 stage 1 response"], "complete", "met", "03", "24", {"complaint received": "met"}),
    (
        *(["2024-06-25 stage 1 response"], "complete", "breach", "03", "24"),
        {"complaint received": "breach"},
    ),
    (
        *([absent("complaint acknowledged"), "2024-06-25 stage 1 response"], "partial"),
        *("breach", "03", "24", {"complaint received": "breach"}),
    ),
    (
        *(["2024-06-25 stage 1 response"], "partial", "cannot-tell", "03..06", "24..27"),
        {"complaint received": "breach", "complaint acknowledged": "cannot-tell"},
    ),
    (
        *([ACKNOWLEDGED, "2024-06-25 stage 1 response"], "complete"),
        *("cannot-tell", "03..04", "24..25"),
        {"complaint received": "breach", "complaint acknowledged": "met"},
    ),
    (
        *([ACKNOWLEDGED, "2024-06-26 stage 1 response"], "complete", "breach", "03..04", "24..25"),
        {"complaint received": "breach", "complaint acknowledged": "breach"},
    ),
    (
        *([ACKNOWLEDGED, "2024-06-24 stage 1 response"], "complete", "met", "03..04", "24..25"),
        {"complaint received": "met", "complaint acknowledged": "met"},
    ),
]


@pytest.mark.parametrize(("events", "record", "verdict", "start", "due", "readings"), READINGS)
def test_readings_that_decide_are_joined(clock, events, record, verdict, start, due, readings):
    found = clock(ANSWER, RECEIVED, *events, record=record, policy="luton", standard="policy")
    assert found.verdict == verdict
    assert (found.start, found.due) == (in_june(start), in_june(due))
    assert {r.start_event: r.verdict for r in found.readings if r.decides} == readings


def in_june(days: str) -> Span:
    first, _, last = days.partition("..")
    return Span(date(2024, 6, int(first)), date(2024, 6, int(last or first)))


def test_readings_that_differ_say_so(clock):
    found = clock(
        *(ANSWER, RECEIVED, ACKNOWLEDGED, "2024-06-25 stage 1 response"),
        policy="luton",
        standard="policy",
    )
    assert found.reason == "readings-differ"
    assert (found.working_days, found.late_by) == (Range(15, 16), Range(0, 1))


def test_a_shown_reading_does_not_decide(clock):
    # 2020 Code, 1 and 4 February 2021: due on 15 and 18 February.
    found = clock(
        *(ANSWER, "2021-02-01 complaint received", "2021-02-04 complaint logged"),
        *("2021-02-16 stage 1 response",),
        as_at="2021-04-01",
    )
    assert (found.verdict, found.due) == ("breach", span("2021-02-15"))
    (shown,) = [reading for reading in found.readings if not reading.decides]
    assert (shown.start_event, shown.verdict) == ("complaint logged", "met")


@pytest.mark.parametrize(
    ("answered", "verdict"),
    [("2024-04-15", "met"), ("2024-04-17", "cannot-tell"), ("2024-04-24", "breach")],
)
def test_each_part_of_a_receipt_is_judged_by_its_own_edition(clock, answered, verdict):
    # Received on 30 or 31 March 2024 (2022 Code: logged by 8 April, due from 15 to 22 April) or
    # on 1 or 2 April (2024 Code: acknowledged by 9 April, due from 15 to 23 April). 29 March and
    # 1 April are bank holidays.
    found = clock(
        ANSWER, "2024-03-30/2024-04-02 complaint received", f"{answered} stage 1 response"
    )
    assert found.verdict == verdict
    assert found.due == span("2024-04-15..2024-04-23")
    decides = [reading for reading in found.readings if reading.decides]
    assert [(r.rulebook.id, r.start_event, r.start) for r in decides] == [
        ("housing-ombudsman-2022", "complaint logged", span("2024-03-30..2024-04-08")),
        ("housing-ombudsman-2024", "complaint acknowledged", span("2024-04-01..2024-04-09")),
    ]


@pytest.mark.parametrize(
    ("acknowledged", "verdict", "reason"),
    [
        # Requested on 1 May 2024: 2, 3, 7, 8, 9 May. The 2022 Code asks for no acknowledgement.
        ("2024-05-09", "met", "in-time"),
        ("2024-05-10", "cannot-tell", "edition-unclear"),
    ],
)
def test_a_breach_of_what_only_one_possible_edition_asks_cannot_be_told(
    clock, acknowledged, verdict, reason
):
    found = clock(
        *("acknowledge-escalation", "2024-03-30/2024-04-02 complaint received"),
        *("2024-04-12 stage 1 response", "2024-05-01 escalation requested"),
        f"{acknowledged} escalation acknowledged",
    )
    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("answered", "verdict"), [("2020-07-03", "met"), ("2020-07-20", "cannot-tell")]
)
def test_a_receipt_that_may_lie_before_the_first_edition(clock, answered, verdict):
    found = clock(
        *(ACKNOWLEDGE, "2020-06-29/2020-07-02 complaint received"),
        f"{answered} complaint acknowledged",
        as_at="2020-09-01",
    )
    assert found.verdict == verdict


def test_two_dates_in_the_sources_are_a_span_and_a_finding_about_the_record(case):
    found = case(RECEIVED, "{date: [2024-06-07, 2024-06-12], event: complaint acknowledged}")
    assert find(found, ACKNOWLEDGE).done == span("2024-06-07..2024-06-12")
    assert find(found, ACKNOWLEDGE).verdict == "cannot-tell"
    (conflict,) = [f for f in found.findings if f.reason == "conflicting-dates"]
    assert conflict.standard == "record"


@pytest.mark.parametrize(
    ("events", "rule_id", "latest"),
    [
        (["2024-06-10 complaint acknowledged"], ACKNOWLEDGE, "2024-06-10"),
        (
            ["2024-06-10/2024-06-12 complaint acknowledged", "2024-06-11 complaint logged"],
            ACKNOWLEDGE,
            "2024-06-11",
        ),
        (["2024-06-20 stage 1 response", "2024-06-14 escalation requested"], ANSWER, "2024-06-14"),
    ],
)
def test_a_receipt_that_is_not_recorded_is_no_later_than_the_first_event(
    clock, events, rule_id, latest
):
    found = clock(rule_id, *events, policy="southwark", standard="policy", record="partial")
    assert found.start == Span(None, date.fromisoformat(latest))


def test_a_request_that_is_not_recorded_lies_between_the_receipt_and_the_next_event(clock):
    found = clock(
        *("acknowledge-escalation", "2024-06-03/2024-06-05 complaint received"),
        *("2024-07-08/2024-07-10 escalation acknowledged",),
        *("2024-07-09 escalation logged",),
        record="partial",
    )
    assert found.start == span("2024-06-03..2024-07-09")


# 4. What would settle it ----------------------------------------------------------------------

SETTLED = [
    # events, rule, the event that decides, what must be so of it, the day that decides
    (
        # Ten working days back from 20 June lie on 6 June.
        *([RECEIVED, "2024-06-20 stage 1 response"], ANSWER),
        *("complaint acknowledged", "on or after", "2024-06-06"),
    ),
    (
        # Ten working days from Saturday 8 June end on Friday 21 June, as from Friday 7 June.
        *([RECEIVED, "2024-06-21 stage 1 response"], ANSWER),
        *("complaint acknowledged", "on or after", "2024-06-07"),
    ),
    (
        # Saturday 22 June comes after the ten days from Sunday 9 June: only 10 June reaches it.
        *([RECEIVED, "2024-06-22 stage 1 response"], ANSWER),
        *("complaint acknowledged", "on or after", "2024-06-10"),
    ),
    (
        *([RECEIVED, "2024-06-07/2024-06-12 complaint acknowledged"], ACKNOWLEDGE),
        *("complaint acknowledged", "on or before", "2024-06-10"),
    ),
    (
        *([RECEIVED, ACKNOWLEDGED, "2024-06-14/2024-06-24 stage 1 response"], ANSWER),
        *("stage 1 response", "on or before", "2024-06-18"),
    ),
    (
        # Five working days back from 11 June lie on 4 June.
        *(["2024-06-03/2024-06-05 complaint received", "2024-06-11 complaint acknowledged"],),
        *(ACKNOWLEDGE, "complaint received", "on or after", "2024-06-04"),
    ),
    (
        # 2022 Code: ten working days back from 21 June 2023 lie on 7 June.
        *(["2023-06-05 complaint received", "2023-06-21 stage 1 response"], ANSWER),
        *("complaint logged", "on or after", "2023-06-07"),
    ),
    (
        # 2024 Code, stage 2: twenty working days back from 31 July 2024 lie on 3 July.
        *([RECEIVED, "2024-07-01 escalation requested", "2024-07-31 stage 2 response"],),
        *("stage-2-response", "escalation acknowledged", "on or after", "2024-07-03"),
    ),
]


@pytest.mark.parametrize(("events", "rule_id", "event", "side", "day"), SETTLED)
def test_the_day_that_decides_is_named_and_decides(clock, events, rule_id, event, side, day):
    found = clock(rule_id, *events, record="partial")
    assert found.verdict == "cannot-tell"
    told = re.search(r"[Ii]n time only if \w+ (on or \w+) (\d+ \w+ \d{4})", found.settled_by.says)
    assert told, found.settled_by.says
    decisive = date.fromisoformat(day)
    assert (told[1], datetime.strptime(told[2], "%d %B %Y").date()) == (side, decisive)  # noqa: DTZ007
    assert found.settled_by.add.endswith(f" {event}")

    wrong = decisive + timedelta(days=-1 if side == "on or after" else 1)
    others = [line for line in events if not line.endswith(event)]
    for exact, verdict in ((decisive, "met"), (wrong, "breach")):
        assert clock(rule_id, *others, f"{exact} {event}", record="partial").verdict == verdict


def test_where_both_ends_are_rough_it_tells_the_days_that_may_have_passed(clock):
    found = clock(
        *(ACKNOWLEDGE, "2024-06-03/2024-06-05 complaint received"),
        *("2024-06-07/2024-06-14 complaint acknowledged",),
    )
    # 5 June to 7 June, and 3 June to 14 June.
    assert "2 to 9 working days may have passed" in found.settled_by.says
    assert found.settled_by.add


def test_the_days_that_may_have_passed_are_those_of_the_finding(clock):
    # 6 working days from 9 April, the last day under the 2024 Code; 12 from 30 March.
    found = clock(ANSWER, "2024-03-30/2024-04-02 complaint received", "2024-04-17 stage 1 response")
    assert found.working_days == Range(6, 12)
    assert "6 to 12 working days may have passed" in found.settled_by.says


@pytest.mark.parametrize(
    ("events", "rule_id", "day", "event"),
    [
        ([RECEIVED], ACKNOWLEDGE, "10 June 2024", "complaint acknowledged"),
        ([RECEIVED, ACKNOWLEDGED], ANSWER, "18 June 2024", "stage 1 response"),
    ],
)
def test_what_is_not_recorded_would_be_settled_by_its_line(clock, events, rule_id, day, event):
    found = clock(rule_id, *events, record="partial")
    assert day in found.settled_by.says
    assert found.settled_by.add.endswith(f" {event}")


def test_what_is_claimed_may_be_in_time_up_to_the_last_possible_due_day(clock):
    # Due between 17 and 24 June: "only if on or before" holds of the last of them alone.
    found = clock(ANSWER, RECEIVED, claimed("2024-06-20", "stage 1 response"), record="partial")
    assert (found.verdict, found.reason) == ("cannot-tell", "not-evidenced")
    assert "24 June 2024" in found.settled_by.says
    assert "only if something shows that it was answered on or before 17 June 2024" not in (
        found.settled_by.says
    )


@pytest.mark.parametrize(
    ("told", "attributes", "missing"),
    [
        # What is missing is the day it was told, then an attribute; never a good reason, since
        # 28 June lies within the maximum.
        ("2024-06-17/2024-06-20", "reason: x, in_writing: yes, ombudsman_details: yes", "date"),
        ("2024-06-18", "reason: x, in_writing: yes", "ombudsman_details"),
    ],
)
def test_an_unclear_extension_would_be_settled_by_what_is_missing(clock, told, attributes, missing):
    extended = f"{{date: {told}, event: stage 1 extended, until: 2024-06-28, {attributes}}}"
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, extended, "2024-06-27 stage 1 response")
    assert (found.verdict, found.reason) == ("cannot-tell", "extension-unclear")
    assert missing in found.settled_by.add.lower()
    assert "good_reason" not in found.settled_by.add


def test_where_nobody_knows_the_longest_extension_its_good_reason_is_asked_for(clock):
    # Received on 3 June or earlier: how far ten working days more would reach is not known.
    extra = (
        ", extension: {event: stage 1 extended, most: {working_days: 10}, needs: [until], "
        "beyond: [good_reason], clause: '2', provenance: quoted}"
    )
    found = clock(
        *(ANSWER, "../2024-06-03 complaint received"),
        "{date: 2024-06-10, event: stage 1 extended, until: 2024-06-28}",
        "2024-06-25 stage 1 response",
        rules=policy(rule(ANSWER, "stage 1 response", "working_days: 10", extra=extra)),
        standard="policy",
    )
    assert (found.verdict, found.reason) == ("cannot-tell", "extension-unclear")
    assert found.settled_by.add == "good_reason: ...   (on the extension of line 6)"
    # Ten working days from 3 June end on the 17th.
    assert found.settled_by.says == (
        "In time only if the extension counts and reaches 25 June 2024; without it the answer was "
        "due on 17 June 2024 or earlier."
    )


# 5. Extensions --------------------------------------------------------------------------------

FULL = "reason: x, in_writing: yes, ombudsman_details: yes"
EXTENSIONS = [
    # told, until, attributes, due
    ("2024-06-18", "2024-06-28", FULL, "2024-06-28"),
    ("2024-06-04", "2024-06-28", FULL, "2024-06-28"),
    ("2024-06-18", "2024-07-02", FULL, "2024-07-02"),
    # Told after the due date it extends, it is none.
    ("2024-06-19", "2024-06-28", FULL, "2024-06-18"),
    ("2024-06-17/2024-06-20", "2024-06-28", FULL, "2024-06-18..2024-06-28"),
    # It never shortens.
    ("2024-06-10", "2024-06-12", FULL, "2024-06-18"),
    # Beyond the maximum, a good reason is needed.
    ("2024-06-18", "2024-07-09", f"{FULL}, good_reason: yes", "2024-07-09"),
    ("2024-06-18", "2024-07-09", f"{FULL}, good_reason: no", "2024-07-02"),
    ("2024-06-18", "2024-07-09", FULL, "2024-07-02..2024-07-09"),
    ("2024-06-18", "2024-07-09", f"{FULL}, agreed_by_resident: yes", "2024-07-02..2024-07-09"),
    # Without a new date: from the due date to the maximum.
    ("2024-06-18", "", FULL, "2024-06-18..2024-07-02"),
    ("2024-06-18", "2024-06-24/2024-07-09", f"{FULL}, good_reason: no", "2024-06-24..2024-07-02"),
    # What makes it valid is refused, or not recorded.
    ("2024-06-18", "2024-06-28", "reason: x, in_writing: no, ombudsman_details: yes", "2024-06-18"),
    (
        *("2024-06-18", "2024-06-28", "reason: x, in_writing: yes, ombudsman_details: no"),
        "2024-06-18",
    ),
    ("2024-06-18", "2024-06-28", "reason: x, in_writing: yes", "2024-06-18..2024-06-28"),
    ("2024-06-18", "2024-06-28", "reason: x, ombudsman_details: yes", "2024-06-18..2024-06-28"),
    (
        *("2024-06-18", "2024-06-28", "in_writing: yes, ombudsman_details: yes"),
        "2024-06-18..2024-06-28",
    ),
    # Only claimed, and absent.
    ("2024-06-18", "2024-06-28", f"{FULL}, evidence: claimed", "2024-06-18..2024-06-28"),
    ("2024-06-19", "2024-06-28", f"{FULL}, evidence: claimed", "2024-06-18"),
]


def extended(told: str, until: str, attributes: str, stage: int = 1) -> str:
    parts = [f"date: {told}", f"event: stage {stage} extended"]
    parts += [f"until: {until}"] if until else []
    return "{" + ", ".join([*parts, attributes] if attributes else parts) + "}"


@pytest.mark.parametrize(("told", "until", "attributes", "due"), EXTENSIONS)
def test_an_extension_moves_the_due_date(clock, told, until, attributes, due):
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, extended(told, until, attributes))
    assert found.due == span(due)


@pytest.mark.parametrize(
    ("first", "second", "due"),
    [
        # The second is told after the first due date and before the extended one.
        (("2024-06-18", "2024-06-21", FULL), ("2024-06-20", "2024-06-28", FULL), "2024-06-28"),
        (("2024-06-18", "2024-06-21", FULL), ("2024-06-24", "2024-06-28", FULL), "2024-06-21"),
        (("2024-06-20", "2024-06-28", FULL), ("2024-06-18", "2024-06-21", FULL), "2024-06-28"),
        # Two of ten working days do not make twenty.
        (
            ("2024-06-18", "2024-07-02", FULL),
            ("2024-07-01", "2024-07-16", f"{FULL}, good_reason: no"),
            "2024-07-02",
        ),
        (
            ("2024-06-18", "2024-07-05", f"{FULL}, good_reason: yes"),
            ("2024-07-05", "2024-07-16", f"{FULL}, good_reason: no"),
            "2024-07-05",
        ),
        # Whichever of the two was told first, the other was told in time.
        (
            ("2024-06-18", "2024-06-21", FULL),
            ("2024-06-17/2024-06-20", "2024-06-28", FULL),
            "2024-06-28",
        ),
    ],
)
def test_several_extensions_in_a_row(clock, first, second, due):
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, extended(*first), extended(*second))
    assert found.due == span(due)


@pytest.mark.parametrize(
    ("attributes", "due"),
    [
        # Logged on 5 June 2023: due on 19 June, at most on 3 July; extended to 10 July.
        ("reason: x, agreed_by_resident: yes, good_reason: no", "2023-07-10"),
        ("reason: x, agreed_by_resident: no, good_reason: yes", "2023-07-10"),
        ("reason: x, agreed_by_resident: no, good_reason: no", "2023-07-03"),
        ("reason: x, agreed_by_resident: no", "2023-07-03..2023-07-10"),
        ("agreed_by_resident: yes", "2023-06-19..2023-07-10"),
    ],
)
def test_in_2022_the_residents_agreement_allows_more(clock, attributes, due):
    found = clock(
        *(ANSWER, "2023-06-05 complaint received", "2023-06-05 complaint logged"),
        extended("2023-06-19", "2023-07-10", attributes),
        as_at="2023-09-01",
    )
    assert found.due == span(due)


@pytest.mark.parametrize(
    ("received", "begun", "due", "longest"),
    [
        # Twenty working days and ten more; 29 May and 28 August 2023 are bank holidays.
        ("2023-05-02", "2023-06-05 escalation requested", "2023-07-03", "2023-07-17"),
        # Twenty and twenty more from 8 July 2024; 26 August is a bank holiday.
        ("2024-06-03", "2024-07-08 escalation acknowledged", "2024-08-05", "2024-09-03"),
    ],
)
def test_stage_2_may_be_extended_by_ten_and_then_by_twenty(clock, received, begun, due, longest):
    far = extended(due, "2024-12-31", f"{FULL}, good_reason: no, agreed_by_resident: no", 2)
    requested = begun.replace("acknowledged", "requested")
    events = [f"{received} complaint received", requested, begun, far]
    found = clock("stage-2-response", *dict.fromkeys(events), as_at="2024-12-01")
    assert found.due == span(longest)


def test_an_extension_that_the_policy_does_not_state_may_count_in_full_or_not(clock):
    found = clock(
        *(ANSWER, RECEIVED, absent("complaint acknowledged")),
        *(extended("2024-06-20", "2024-09-30", ""), "2024-07-10 stage 1 response"),
        policy="luton",
        standard="policy",
    )
    assert found.due == span("2024-06-24..2024-09-30")
    assert (found.verdict, found.reason) == ("cannot-tell", "extension-unclear")


def test_an_answer_within_the_extension_says_so(clock):
    found = clock(
        *(ANSWER, RECEIVED, ACKNOWLEDGED, extended("2024-06-18", "2024-06-28", FULL)),
        "2024-06-27 stage 1 response",
    )
    assert (found.verdict, found.reason) == ("met", "within-extension")
    (told,) = found.extensions
    assert (told.told, told.until) == (span("2024-06-18"), span("2024-06-28"))


@pytest.mark.parametrize(
    ("events", "as_at", "verdict", "says_so"),
    [
        (["2024-06-20 stage 1 response"], "2024-08-01", "breach", True),
        (["2024-06-17/2024-06-20 stage 1 response"], "2024-08-01", "cannot-tell", True),
        ([], "2024-06-20", "breach", True),
        (["2024-06-18 stage 1 response"], "2024-08-01", "met", False),
        ([], "2024-06-18", "pending", False),
        ([extended("2024-06-19", "2024-06-28", FULL)], "2024-06-20", "breach", False),
    ],
)
def test_a_finding_that_an_extension_would_change_says_that_none_is_recorded(
    clock, events, as_at, verdict, says_so
):
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, *events, as_at=as_at)
    assert found.verdict == verdict
    assert ("no extension is recorded" in found.says.lower()) is says_so


# 6. Overdue -----------------------------------------------------------------------------------

OVERDUE = [
    # events and as at, verdict, days late, working days late, done
    # Acknowledged on Friday 7 June: due on Friday 21 June.
    (["2024-06-21 stage 1 response"], "2024-08-01", "met", 0, 0, "2024-06-21"),
    (["2024-06-22 stage 1 response"], "2024-08-01", "breach", 1, 0, "2024-06-22"),
    (["2024-06-23 stage 1 response"], "2024-08-01", "breach", 2, 0, "2024-06-23"),
    (["2024-06-24 stage 1 response"], "2024-08-01", "breach", 3, 1, "2024-06-24"),
    ([], "2024-06-21", "pending", 0, 0, ""),
    ([], "2024-06-22", "breach", 1, 0, ""),
    ([], "2024-06-23", "breach", 2, 0, ""),
    ([], "2024-06-24", "breach", 3, 1, ""),
]


@pytest.mark.parametrize(("events", "as_at", "verdict", "days", "working", "done"), OVERDUE)
def test_overdue_is_a_comparison_of_dates(clock, events, as_at, verdict, days, working, done):
    acknowledged = "2024-06-07 complaint acknowledged"
    found = clock(ANSWER, RECEIVED, acknowledged, *events, as_at=as_at)
    assert found.verdict == verdict
    assert found.done == (span(done) if done else None)
    assert (found.days_late, found.late_by) == (Range(days, days), Range(working, working))


def test_a_saturday_reply_has_taken_the_limits_number_of_working_days(clock):
    events = ["2024-06-07 complaint acknowledged", "2024-06-22 stage 1 response"]
    assert clock(ANSWER, RECEIVED, *events).working_days == Range(10, 10)


@pytest.mark.parametrize(
    ("as_at", "verdict", "reason"),
    [
        ("2024-06-14", "pending", "not-yet-due"),
        ("2024-06-21", "pending", "not-yet-due"),
        ("2024-06-24", "cannot-tell", "not-recorded"),
    ],
)
def test_open_in_a_partial_record_is_pending_until_it_is_due(clock, as_at, verdict, reason):
    # Acknowledged on 7 June: ten working days end on 21 June.
    events = ["2024-06-07 complaint acknowledged"]
    found = clock(ANSWER, RECEIVED, *events, as_at=as_at, record="partial")
    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("limit", "due", "done", "late_by", "days_late"),
    [
        ("calendar_days: 14", "2024-06-17", "2024-06-24", 7, 7),
        ("weeks: 2", "2024-06-17", "2024-06-23", 0, 6),
        ("weeks: 2", "2024-06-17", "2024-06-24", 1, 7),
        ("months: 1", "2024-07-03", "2024-08-02", 0, 30),
        ("months: 1", "2024-07-03", "2024-08-03", 1, 31),
    ],
)
def test_lateness_is_counted_in_the_unit_of_the_limit(clock, limit, due, done, late_by, days_late):
    found = clock(
        *(ANSWER, RECEIVED, f"{done} stage 1 response"),
        rules=policy(rule(ANSWER, "stage 1 response", limit)),
        standard="policy",
        as_at="2024-09-01",
    )
    assert (found.verdict, found.due) == ("breach", span(due))
    assert (found.late_by, found.days_late) == (
        Range(late_by, late_by),
        Range(days_late, days_late),
    )


@pytest.mark.parametrize("record", ["complete", "partial"])
def test_what_is_dated_after_the_day_of_the_check_is_not_yet_done(case, record):
    later = "2024-06-27 stage 1 response"
    found = case(RECEIVED, ACKNOWLEDGED, later, as_at="2024-06-20", record=record)
    answer = find(found, ANSWER)
    assert (answer.verdict, answer.reason, answer.done) == ("breach", "overdue", None)
    assert answer.late_by == Range(2, 2)
    told = [problem.says for problem in found.problems]
    told += [finding.says for finding in found.findings if finding.reason == "after-as-at"]
    assert any("27 June 2024" in says for says in told)


ENDS = [
    # events, verdict, reason, working days late, days late; due on 18 June
    (["2024-06-10 complaint withdrawn"], "not-applicable", "ended", 0, 0),
    (["2024-06-18 complaint withdrawn"], "not-applicable", "ended", 0, 0),
    (["2024-06-19 complaint withdrawn"], "breach", "overdue", 1, 1),
    (["2024-06-25 complaint refused"], "breach", "overdue", 5, 7),
    (["2024-06-10 complaint refused"], "not-applicable", "ended", 0, 0),
    (["2024-06-10 early resolution closed"], "not-applicable", "ended", 0, 0),
    # 18 June to 1 August: 8 more days in June, 23 in July, 1 in August.
    (["2024-06-10 escalation refused"], "breach", "overdue", 32, 44),
    # Before the complaint arrived, which cannot be.
    (["2024-06-02 complaint withdrawn"], "cannot-tell", "impossible-order", 0, 0),
    # Taken up again.
    (["2024-06-10 complaint closed", "2024-06-12 complaint reopened"], "breach", "overdue", 32, 44),
    (["2024-06-10 complaint closed", "2024-06-10 complaint reopened"], "breach", "overdue", 32, 44),
    (
        [
            "2024-06-10 complaint closed",
            "2024-06-12 complaint reopened",
            "2024-06-14 complaint withdrawn",
        ],
        *("not-applicable", "ended", 0, 0),
    ),
    # Answered before it was ended.
    (["2024-06-17 stage 1 response", "2024-06-18 complaint withdrawn"], "met", "in-time", 0, 0),
    (["2024-06-20 stage 1 response", "2024-06-21 complaint withdrawn"], "breach", "late", 2, 2),
    # Ended, whatever came later; closing ends nothing.
    (
        ["2024-06-10 complaint refused", "2024-06-28 stage 1 response"],
        *("not-applicable", "ended", 0, 0),
    ),
    (
        ["2024-06-25 complaint refused", "2024-06-28 stage 1 response"],
        *("breach", "overdue", 5, 7),
    ),
    (["2024-06-10 complaint closed", "2024-06-28 stage 1 response"], "breach", "late", 8, 10),
]


@pytest.mark.parametrize(("events", "verdict", "reason", "working", "days"), ENDS)
def test_what_ends_a_clock(clock, events, verdict, reason, working, days):
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, *events)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert (found.late_by or Range(0, 0)) == Range(working, working)
    assert (found.days_late or Range(0, 0)) == Range(days, days)


@pytest.mark.parametrize(
    "events",
    [
        # Not known whether before or after the due day.
        ["2024-06-10/2024-06-20 complaint withdrawn"],
        # Nor whether before or after it was closed.
        ["2024-06-10 complaint closed", "2024-06-09/2024-06-11 complaint reopened"],
        ["2024-06-09/2024-06-11 complaint closed", "2024-06-10 complaint reopened"],
        ["2024-06-17/2024-06-20 complaint refused", "2024-06-21 stage 1 response"],
        [claimed("2024-06-10", "complaint withdrawn")],
    ],
)
def test_an_end_that_is_not_known_well_enough_cannot_be_told(clock, events):
    assert clock(ANSWER, RECEIVED, ACKNOWLEDGED, *events).verdict == "cannot-tell"


@pytest.mark.parametrize(
    ("events", "record"),
    [
        (["2024-06-10 complaint withdrawn"], "partial"),
        (["2024-06-12 complaint withdrawn", "2024-06-10/2024-06-14 stage 1 response"], "complete"),
    ],
)
def test_what_was_answered_in_time_or_else_ended_is_no_breach(clock, events, record):
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, *events, record=record)
    assert found.verdict in ("met", "not-applicable", "cannot-tell")


@pytest.mark.parametrize(
    "ends",
    [
        ["2024-07-05 complaint withdrawn"],
        # What ended stage 1, or was over before the request, does not hide what ends stage 2.
        ["2024-06-18 complaint closed", "2024-07-05 complaint withdrawn"],
        ["2024-06-20 escalation refused", "2024-07-05 escalation refused"],
    ],
)
def test_the_end_that_comes_after_the_request_counts(case, ends):
    answered = [RECEIVED, ACKNOWLEDGED, "2024-06-18 stage 1 response"]
    found = case(*answered, "2024-07-01 escalation requested", *ends)
    for rule_id in STAGE_2:
        finding = find(found, rule_id)
        assert (finding.verdict, finding.reason) == ("not-applicable", "ended")


@pytest.mark.parametrize(
    "ends",
    [
        ["2024-06-10/2024-06-20 complaint withdrawn", "2024-06-12 complaint refused"],
        ["2024-06-12 complaint refused", "2024-06-10/2024-06-20 complaint withdrawn"],
        ["2024-06-12 complaint refused", claimed("2024-06-10", "complaint withdrawn")],
    ],
)
def test_the_first_of_several_ends_is_no_later_than_any(clock, ends):
    found = clock(ANSWER, RECEIVED, ACKNOWLEDGED, *ends)
    assert (found.verdict, found.reason) == ("not-applicable", "ended")


@pytest.mark.parametrize(
    "start", ["complaint received", "complaint acknowledged", "complaint logged", "not stated"]
)
def test_a_withdrawal_ends_a_policys_clock_whatever_starts_it(clock, start):
    ten_days = rule(ANSWER, "stage 1 response", "working_days: 10")
    found = clock(
        *(ANSWER, RECEIVED, ACKNOWLEDGED, "2024-06-04 complaint logged"),
        "2024-06-10 complaint withdrawn",
        rules=policy(ten_days.replace("start: complaint received", f"start: {start}")),
        standard="policy",
    )
    assert (found.verdict, found.reason) == ("not-applicable", "ended")


def test_a_refusal_to_escalate_ends_stage_2(case):
    found = case(
        *(RECEIVED, ACKNOWLEDGED, "2024-06-18 stage 1 response"),
        *("2024-07-01 escalation requested", "2024-07-03 escalation refused"),
    )
    for rule_id in STAGE_2:
        assert find(found, rule_id).reason == "ended"
    assert find(found, ANSWER).verdict == "met"


@pytest.mark.parametrize(
    ("events", "words", "not_words"),
    [
        (["2024-06-10 complaint withdrawn"], ["10 June 2024"], []),
        # It is counted to the day of the ending, and says so.
        (["2024-06-25 complaint withdrawn"], ["25 June 2024"], ["1 August 2024"]),
    ],
)
def test_an_ended_clock_names_the_day_it_ended(clock, events, words, not_words):
    says = clock(ANSWER, RECEIVED, ACKNOWLEDGED, *events).says
    assert all(word in says for word in words)
    assert not any(word in says for word in not_words)


# 7. Cut-off -----------------------------------------------------------------------------------

THREE_DAYS = rule(ACKNOWLEDGE, "complaint acknowledged", "working_days: 3")
AT_FIVE = policy(THREE_DAYS, cut_off='"17:00"')
CUT_OFFS = [
    # received, due under the policy (3 working days), due under the Code (5)
    ("2024-07-01", "2024-07-04", "2024-07-08"),
    ("2024-07-01 16:59", "2024-07-04", "2024-07-08"),
    ("2024-07-01 17:00", "2024-07-04", "2024-07-08"),
    ("2024-07-01 17:01", "2024-07-05", "2024-07-08"),
    # In summer 16:30 in universal time is 17:30 in London, in winter it is 16:30.
    ("2024-07-01T16:30Z", "2024-07-05", "2024-07-08"),
    ("2024-07-01T16:30+01:00", "2024-07-04", "2024-07-08"),
    ("2025-01-13T16:30Z", "2025-01-16", "2025-01-20"),
    # The clocks changed on 31 March and 27 October 2024; 29 March and 1 April were holidays.
    ("2024-03-28T16:30Z", "2024-04-04", "2024-04-08"),
    ("2024-04-02T16:30Z", "2024-04-08", "2024-04-09"),
    ("2024-10-25T16:30Z", "2024-10-31", "2024-11-01"),
    ("2024-10-28T16:30Z", "2024-10-31", "2024-11-04"),
    # After midnight in London, and so on the next day.
    ("2024-07-01T23:30Z", "2024-07-05", "2024-07-09"),
    # A day that is no working day has no cut-off hour: a Saturday counts as one, whatever the hour.
    ("2024-07-06 09:00", "2024-07-10", "2024-07-12"),
    ("2024-07-06 18:00", "2024-07-10", "2024-07-12"),
    ("2024-07-06", "2024-07-10", "2024-07-12"),
    ("2024-08-26 09:00", "2024-08-29", "2024-09-02"),
]


@pytest.mark.parametrize(("received", "due", "due_under_the_code"), CUT_OFFS)
def test_a_start_after_the_cut_off_counts_as_the_next_working_days(
    case, received, due, due_under_the_code
):
    event = f"{{date: {received}, event: complaint received}}"
    found = case(event, rules=AT_FIVE, as_at="2025-06-01")
    assert find(found, ACKNOWLEDGE, "policy").due == span(due)
    assert find(found, ACKNOWLEDGE).due == span(due_under_the_code)


def test_a_stop_never_moves(clock):
    found = clock(
        *(ACKNOWLEDGE, "2024-07-01 09:00 complaint received"),
        *("2024-07-04 23:59 complaint acknowledged",),
        rules=AT_FIVE,
        standard="policy",
    )
    assert (found.verdict, found.done) == ("met", span("2024-07-04"))


@pytest.mark.parametrize(
    ("keys", "received", "due"),
    [
        ({"closure_days": "[2024-07-02]"}, "2024-07-01", "2024-07-05"),
        ({"closure_days": "[2024-07-02]", "cut_off": '"17:00"'}, "2024-07-01 17:01", "2024-07-08"),
        ({"counting": "same-day"}, "2024-07-01", "2024-07-03"),
        ({"counting": "same-day"}, "2024-07-06", "2024-07-10"),
        ({"counting": "roll-forward"}, "2024-07-06", "2024-07-11"),
    ],
)
def test_how_a_policy_counts_is_for_its_own_clocks_alone(case, keys, received, due):
    found = case(f"{received} complaint received", rules=policy(THREE_DAYS, **keys))
    assert find(found, ACKNOWLEDGE, "policy").due == span(due)
    under_the_code = "2024-07-12" if received == "2024-07-06" else "2024-07-08"
    assert find(found, ACKNOWLEDGE).due == span(under_the_code)


@pytest.mark.parametrize("counting", ["day-after", "same-day", "roll-forward"])
def test_an_extension_adds_all_its_days_however_the_start_is_counted(clock, counting):
    longer = ", extension: {event: stage 1 extended, most: {working_days: 5}, provenance: quoted}"
    found = clock(
        *(ANSWER, RECEIVED, "{date: 2024-06-06, event: stage 1 extended, until: 2024-12-01}"),
        rules=policy(
            rule(ANSWER, "stage 1 response", "working_days: 5", extra=longer), counting=counting
        ),
        standard="policy",
    )
    # Day 5 is 10 June, or 7 June where 3 June is day 1; five more working days are a week more.
    # Nothing allows more than the maximum.
    due = date(2024, 6, 7) if counting == "same-day" else date(2024, 6, 10)
    assert found.due == Span.day(due + timedelta(days=7))


# 8. Should ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "breach", "not_followed"), [("must", 1, 0), ("should", 0, 1)], ids=["must", "should"]
)
def test_a_should_is_summed_apart(report, duty, breach, not_followed):
    five_days = rule("own-acknowledgement", "complaint acknowledged", "working_days: 5", duty)
    told = report(RECEIVED, "2024-06-14 complaint acknowledged", rules=policy(five_days))
    found = find(told.cases[0], "own-acknowledgement", "policy")
    assert (found.verdict, found.duty) == ("breach", duty)
    assert found.counts_as == ("breach" if breach else "not-followed")
    # The Code's own clocks: acknowledged late, and never answered.
    assert told.summary["breach"] == breach + 2
    assert told.summary["not-followed"] == not_followed


# 9. No rule, no finding -----------------------------------------------------------------------


def test_a_trigger_that_a_partial_record_lacks_gives_no_finding(case):
    found = case(RECEIVED, ACKNOWLEDGED, record="partial")
    assert not [finding for finding in found.findings if finding.rule in STAGE_2]
    listed = [left.rule for left in found.not_examined]
    assert [rule_id for rule_id in listed if rule_id in STAGE_2] == list(STAGE_2)


def test_a_trigger_that_a_complete_record_lacks_did_not_happen(case):
    found = case(RECEIVED, ACKNOWLEDGED)
    for rule_id in STAGE_2:
        finding = find(found, rule_id)
        assert (finding.verdict, finding.reason) == ("not-applicable", "not-started")
        assert (finding.start, finding.due) == (None, None)
    assert not [left for left in found.not_examined if left.rule in STAGE_2]


def test_a_policys_own_clock_that_never_started_is_not_examined_either(case):
    record = [RECEIVED, ACKNOWLEDGED]
    partial = case(*record, policy="luton", record="partial")
    assert "routine-repair" in [left.rule for left in partial.not_examined]
    complete = case(*record, policy="luton")
    assert find(complete, "routine-repair", "policy").reason == "not-started"


def test_each_duty_that_is_not_examined_is_listed_once(case):
    found = case(
        *("2024-03-30/2024-04-02 complaint received", "2024-04-12 stage 1 response"),
        *("2024-05-01 escalation requested", "2024-05-02 stage 2 response"),
        policy="luton",
        record="partial",
    )
    listed = [(left.rule, left.standard) for left in found.not_examined]
    assert len(listed) == len(set(listed))
    examined = {(finding.rule, finding.standard) for finding in found.findings}
    assert not examined & set(listed)


@pytest.mark.parametrize(
    ("received", "edition", "transitional"),
    [
        ("2020-07-01", "housing-ombudsman-2020", True),
        ("2020-12-31", "housing-ombudsman-2020", True),
        ("2021-01-01", "housing-ombudsman-2020", False),
        ("2022-03-31", "housing-ombudsman-2020", False),
        ("2022-04-01", "housing-ombudsman-2022", True),
        ("2022-09-30", "housing-ombudsman-2022", True),
        ("2022-10-01", "housing-ombudsman-2022", False),
        ("2024-03-31", "housing-ombudsman-2022", False),
        ("2024-04-01", "housing-ombudsman-2024", False),
    ],
)
def test_the_day_of_receipt_chooses_the_edition(case, received, edition, transitional):
    found = case(f"{received} complaint received")
    assert {finding.rulebook for finding in found.findings} == {edition}
    assert any("transitional" in note for note in found.notes) is transitional


def test_a_complaint_before_july_2020_has_no_code(report):
    told = report("2020-06-30 complaint received", as_at="2020-09-01")
    assert told.cases == ()
    (mistake,) = told.unchecked
    assert "before the first edition" in mistake.says
    assert "1 July 2020" in mistake.says


def test_before_july_2020_a_policy_is_checked_all_the_same(case):
    found = case("2020-06-30 complaint received", as_at="2020-09-01", policy="luton")
    assert {finding.standard for finding in found.findings} == {"policy"}
    assert any("only the policy is checked" in note for note in found.notes)


@pytest.mark.parametrize(
    ("nation", "name"),
    [
        ("scotland", "Scotland"),
        ("northern-ireland", "Northern Ireland"),
        ("wales", "Wales"),
    ],
)
def test_a_nation_without_a_code_needs_a_policy(report, nation, name):
    told = report(RECEIVED, nation=nation, body="council")
    assert told.cases == ()
    (mistake,) = told.unchecked
    assert f"no complaint handling code for a council in {name}" in mistake.says
    assert "policy" in mistake.says


@pytest.mark.parametrize(
    ("nation", "name", "due"),
    [
        # Three working days from Thursday 28 November 2024: St Andrew's Day, a Saturday, is kept
        # on Monday 2 December in Scotland.
        ("scotland", "Scotland", "2024-12-04"),
        ("northern-ireland", "Northern Ireland", "2024-12-03"),
        ("wales", "Wales", "2024-12-03"),
    ],
)
def test_a_nation_without_a_code_is_checked_by_its_policy_only(case, nation, name, due):
    found = case(
        "2024-11-28 complaint received",
        nation=nation,
        body="council",
        rules=policy(THREE_DAYS),
        as_at="2025-01-31",
    )
    assert {finding.standard for finding in found.findings} == {"policy"}
    assert find(found, ACKNOWLEDGE, "policy").due == span(due)
    assert any(name in note and "only the policy is checked" in note for note in found.notes)
