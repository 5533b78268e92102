"""Rulebooks: those that ship, a policy of one's own, and every mistake by file, line and key."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeliness.model.calendars import Limit
from timeliness.model.declared import Declared
from timeliness.model.errors import InputError, Mistakes, UsageError
from timeliness.model.library import Library
from timeliness.model.provenance import PROVENANCE
from timeliness.model.rulebooks import (
    Clock,
    Extension,
    Rule,
    Rulebook,
    Start,
    Transition,
    Unrecorded,
)
from timeliness.model.vocabulary import OF_START, Kind
from timeliness.read.library import Loader, load_rulebooks
from timeliness.read.rulebooks import parse_rulebook, read_rulebook
from timeliness.resources import folder

FORMS = "write the day as 2025-04-03 (year-month-day) or 3 Apr 2025"
SHIPPED = sorted(folder("rules").rglob("*.yaml"))

BOOK = """\
id: own-2024
series: own
title: Own complaints policy
short: Own policy
publisher: Own Homes
standard: policy
nations: [england, Wales]
source: the policy itself
in_force: {from: 2024-04-01, until: 2025-03-31}
checked: 2025-01-31
counting: roll-forward
cut_off: 17:00
closure_days:
  - 2024-12-27
  - {date: 2024-12-30/2024-12-31, says: Christmas}
events:
  - {name: Repair Reported, says: a repair was reported}
transition: {until: 2024-09-30, says: a time to adapt}
note: a note
rules:
  - id: acknowledge-complaint
    title: Acknowledge
    clause: "4"
    duty: must
    says: It acknowledges within 3 working days.
    provenance: quoted
    clock: {start: received, stop: acknowledged, limit: {working_days: 3}}
  - id: stage-1-response
    title: Answer
    clause: "5"
    duty: should
    says: It answers within 2 weeks.
    provenance: unverified
    source: page 7
    note: as read
    clock:
      start: complaint acknowledged
      unrecorded:
        after: complaint received
        limited_by: acknowledge-complaint
        no_later_than: [stage 1 extended]
      shown: [complaint logged]
      stop: stage 1 response
      limit: 2 weeks
      extension:
        event: stage 1 extended
        most: {working_days: 10}
        beyond: [good_reason]
        clause: "6"
        provenance: reported
"""


def parse(text: str | bytes) -> Rulebook:
    data = text.encode() if isinstance(text, str) else text
    return parse_rulebook(data, Mistakes("own.yaml"))


def mistakes(text: str | bytes) -> list[str]:
    with pytest.raises(InputError) as refused:
        parse(text)
    return [str(one).removeprefix("own.yaml:") for one in refused.value.mistakes]


def changed(old: str, new: str) -> str:
    """Return the book with one line, or a part of it, changed."""
    assert BOOK.count(old) == 1, old
    return BOOK.replace(old, new)


# A whole rulebook -----------------------------------------------------------------------------


def test_every_key_of_a_rulebook_is_read() -> None:
    assert parse(BOOK) == Rulebook(
        id="own-2024",
        series="own",
        title="Own complaints policy",
        short="Own policy",
        publisher="Own Homes",
        standard="policy",
        nations=("england", "wales"),
        source="the policy itself",
        checked=date(2025, 1, 31),
        start=date(2024, 4, 1),
        end=date(2025, 3, 31),
        counting="roll-forward",
        cut_off=time(17, 0),
        closures=(
            (date(2024, 12, 27), "closed"),
            (date(2024, 12, 30), "Christmas"),
            (date(2024, 12, 31), "Christmas"),
        ),
        events=(
            Kind(
                "repair reported", "a repair was reported", keys=(OF_START,), declared_by="own-2024"
            ),
        ),
        transition=Transition(date(2024, 9, 30), "a time to adapt"),
        note="a note",
        path="own.yaml",
        rules=(
            Rule(
                id="acknowledge-complaint",
                title="Acknowledge",
                clause="4",
                duty="must",
                says="It acknowledges within 3 working days.",
                provenance="quoted",
                asks=Clock((Start("complaint received"),), "complaint acknowledged", Limit(3)),
            ),
            Rule(
                id="stage-1-response",
                title="Answer",
                clause="5",
                duty="should",
                says="It answers within 2 weeks.",
                provenance="unverified",
                source="page 7",
                note="as read",
                asks=Clock(
                    (
                        Start(
                            "complaint acknowledged",
                            Unrecorded(
                                "complaint received",
                                "acknowledge-complaint",
                                ("stage 1 extended",),
                            ),
                        ),
                        Start("complaint logged", decides=False),
                    ),
                    "stage 1 response",
                    Limit(2, "weeks"),
                    Extension(
                        "stage 1 extended",
                        Limit(10),
                        beyond=("good_reason",),
                        clause="6",
                        provenance="reported",
                    ),
                ),
            ),
        ),
    )


LEAST = """\
id: own
title: Own policy
publisher: Own Homes
standard: policy
source: the policy itself
checked: 2025-01-31
rules:
  - id: stage-2-response
    title: Answer
    clause: "5"
    duty: must
    says: It answers within a month.
    provenance: quoted
    clock: {start: not stated, stop: stage 2 response, limit: a month, extension: not stated}
"""


def test_what_a_rulebook_leaves_out_has_its_default() -> None:
    book = parse(LEAST)
    assert (book.series, book.short) == ("own", "Own policy")
    assert book.nations == ("england", "wales", "scotland", "northern-ireland")
    assert (book.start, book.end, book.counting) == (None, None, "day-after")
    assert (book.closures, book.cut_off, book.events, book.transition) == ((), None, (), None)


def test_a_start_that_is_not_stated_has_two_readings() -> None:
    (rule,) = parse(LEAST).rules
    assert rule.clock.starts == (
        Start("escalation requested"),
        Start("escalation acknowledged", Unrecorded("escalation requested")),
    )
    assert not rule.clock.start_stated
    assert rule.clock.limit == Limit(1, "months")
    assert rule.clock.extension == Extension("stage 2 extended", None, stated=False)


@pytest.mark.parametrize("stop", ["complaint acknowledged", "acknowledged", "Stage 1 Acknowledged"])
@pytest.mark.parametrize("key", ["stop", "Stop"])
def test_the_second_reading_is_bounded_by_the_rule_for_acknowledging(key: str, stop: str) -> None:
    text = BOOK.replace("stop: acknowledged", f"{key}: {stop}").replace(
        """\
      start: complaint acknowledged
      unrecorded:
        after: complaint received
        limited_by: acknowledge-complaint
        no_later_than: [stage 1 extended]
""",
        "      start: Not-Stated\n",
    )
    clock = parse(text).rules[1].clock
    assert clock.starts == (
        Start("complaint received"),
        Start("complaint acknowledged", Unrecorded("complaint received", "acknowledge-complaint")),
        Start("complaint logged", decides=False),
    )


@pytest.mark.parametrize(
    ("limit", "read"),
    [
        ("{working_days: 15}", Limit(15)),
        ("15 working days", Limit(15)),
        ("{calendar_days: 28}", Limit(28, "calendar_days")),
        ("28 calendar days", Limit(28, "calendar_days")),
        ("four weeks", Limit(4, "weeks")),
        ("{months: 24}", Limit(24, "months")),
        ("500 working days", Limit(500)),
        ("1 working day", Limit(1)),
    ],
)
def test_a_limit_in_each_unit(limit: str, read: Limit) -> None:
    assert parse(changed("limit: 2 weeks", f"limit: {limit}")).rules[1].clock.limit == read


def test_a_policy_may_run_clocks_on_its_own_events() -> None:
    book = parse(changed("start: received", "start: repair-reported"))
    assert book.rules[0].clock.starts == (Start("repair reported"),)


def test_a_policy_not_in_force_for_a_stated_time_holds_always() -> None:
    book = parse(changed("{from: 2024-04-01, until: 2025-03-31}", "not stated"))
    assert (book.start, book.end) == (None, None)
    book = parse(changed("{from: 2024-04-01, until: 2025-03-31}", "{from: 2024-04-01}"))
    assert (book.start, book.end) == (date(2024, 4, 1), None)


@pytest.mark.parametrize("data", [BOOK.encode("utf-8-sig"), BOOK.encode("utf-16")])
def test_a_rulebook_in_another_encoding(data: bytes) -> None:
    assert parse(data) == parse(BOOK)


# The rulebooks that ship ----------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_rulebook_loads_and_says_where_it_comes_from(path: Path) -> None:
    book = read_rulebook(path)
    assert book.path == str(path)
    assert book.publisher
    assert book.source
    assert book.rules
    assert book.id == f"{book.series}-{path.stem}"
    for rule in book.rules:
        assert rule.provenance in PROVENANCE
        assert rule.clause
        assert rule.says.endswith(".")
        if rule.clock.extension and rule.clock.extension.most:
            assert rule.clock.extension.provenance in PROVENANCE


def test_the_shipped_rulebooks_by_id() -> None:
    library = load_rulebooks()
    assert {book.id: book.standard for book in library.rulebooks.values()} == {
        "housing-ombudsman-2020": "code",
        "housing-ombudsman-2022": "code",
        "housing-ombudsman-2024": "code",
        "luton-2022": "policy",
        "mtvh-2023": "policy",
        "southwark-2021": "policy",
        "awaab-2025": "code",
        "lgsco-2024": "code",
        "nipso-model": "code",
        "psow-model": "code",
        "spso-2021": "code",
    }
    (code,) = library.series_for("england", "housing")
    assert [book.id for book in code] == [
        "housing-ombudsman-2020",
        "housing-ombudsman-2022",
        "housing-ombudsman-2024",
    ]
    assert code[0].side == ("code", "housing-ombudsman", "Code")
    assert {book.ombudsman for book in code} == {"Housing Ombudsman"}
    assert library.rulebooks["luton-2022"].side == ("policy", "luton", "policy")
    assert [book.id for book in library.named("luton")] == ["luton-2022"]


@pytest.mark.parametrize(
    ("edition", "start", "end", "transition"),
    [
        # Landlords were to assess themselves by 31 December 2020 ...
        ("2020", date(2020, 7, 1), date(2022, 3, 31), date(2020, 12, 31)),
        # ... and to comply with the next edition by 1 October 2022.
        ("2022", date(2022, 4, 1), date(2024, 3, 31), date(2022, 9, 30)),
        ("2024", date(2024, 4, 1), None, None),
    ],
)
def test_the_days_of_receipt_of_each_edition(
    edition: str, start: date, end: date | None, transition: date | None
) -> None:
    book = load_rulebooks().rulebooks[f"housing-ombudsman-{edition}"]
    assert (book.start, book.end) == (start, end)
    assert (book.transition.until if book.transition else None) == transition


# The clocks of each edition, side by side: rule, clause, start, working days, provenance, and the
# extension as its working days (0: there is none, None: not stated), clause and provenance.
CLOCKS = {
    "2020": [
        ("acknowledge-complaint", "3; form 4.3", "complaint received", 5, "reported", 0, "", ""),
        ("stage-1-response", "3", "complaint received", 10, "unverified", 10, "3", "unverified"),
        ("stage-2-response", "3", "escalation requested", 20, "unverified", 10, "3", "unverified"),
        ("stage-3-response", "3", "stage 3 requested", 20, "unverified", None, "", ""),
    ],
    "2022": [
        ("acknowledge-complaint", "4.1", "complaint received", 5, "quoted", 0, "", ""),
        ("stage-1-response", "5.1", "complaint logged", 10, "quoted", 10, "5.1", "quoted"),
        (
            "stage-2-response",
            "5.13",
            "escalation requested",
            20,
            "reported",
            10,
            "5.13",
            "reported",
        ),
        ("stage-3-response", "5.17 to 5.20", "stage 3 requested", 20, "unverified", None, "", ""),
    ],
    "2024": [
        ("acknowledge-complaint", "6.2", "complaint received", 5, "quoted", 0, "", ""),
        (
            "stage-1-response",
            "6.3",
            "complaint acknowledged",
            10,
            "quoted",
            10,
            "6.4 and 6.5",
            "quoted",
        ),
        ("acknowledge-escalation", "6.11", "escalation requested", 5, "quoted", 0, "", ""),
        (
            "stage-2-response",
            "6.14",
            "escalation acknowledged",
            20,
            "quoted",
            20,
            "6.15 and 6.16",
            "reported",
        ),
    ],
}
STOPS = {
    "acknowledge-complaint": "complaint acknowledged",
    "acknowledge-escalation": "escalation acknowledged",
    "stage-1-response": "stage 1 response",
    "stage-2-response": "stage 2 response",
    "stage-3-response": "stage 3 response",
}


def as_row(rule: Rule) -> tuple[object, ...]:
    extension = rule.clock.extension
    (start,) = [one.event for one in rule.clock.starts if one.decides]
    most: int | None = 0
    if extension:
        most = extension.most.amount if extension.most else None
    return (
        *(rule.id, rule.clause, start, rule.clock.limit.amount, rule.provenance, most),
        *((extension.clause, extension.provenance) if extension else ("", "")),
    )


@pytest.mark.parametrize("edition", CLOCKS)
def test_the_clocks_of_each_edition_of_the_code(edition: str) -> None:
    book = load_rulebooks().rulebooks[f"housing-ombudsman-{edition}"]
    assert [as_row(rule) for rule in book.rules] == CLOCKS[edition]
    for rule in book.rules:
        assert rule.duty == "must"
        assert rule.clock.stop == STOPS[rule.id]
        assert rule.clock.limit.unit == "working_days"
    assert (book.counting, book.closures, book.cut_off) == ("day-after", (), None)


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        (
            "luton-2022",
            {
                "acknowledge-complaint": 3,
                "stage-1-response": 15,
                "acknowledge-escalation": 3,
                "stage-2-response": 25,
                "routine-repair": 30,
            },
        ),
        ("mtvh-2023", {"stage-1-response": 10, "stage-2-response": 20}),
        (
            "southwark-2021",
            {
                "acknowledge-complaint": 3,
                "stage-1-response": 15,
                "acknowledge-escalation": 3,
                "stage-2-response": 25,
                "early-resolution-time": 3,
            },
        ),
    ],
)
def test_the_limits_of_the_policies_seen_in_determinations(
    policy: str, days: dict[str, int]
) -> None:
    book = load_rulebooks().rulebooks[policy]
    assert {rule.id: rule.clock.limit for rule in book.rules} == {
        rule: Limit(amount) for rule, amount in days.items()
    }


# Mistakes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        # Keys.
        ("id: own-2024\n", "", '1: a rulebook needs the key "id"'),
        ("publisher: Own Homes\n", "", '1: a rulebook needs the key "publisher"'),
        ("checked: 2025-01-31\n", "", '1: a rulebook needs the key "checked"'),
        (
            "publisher: Own Homes",
            "publishr: x\npublisher: Own Homes",
            '5: "publishr" is not a key of a rulebook; did you mean "publisher"?',
        ),
        (
            "title: Own complaints policy",
            "title: x\nTitle: y",
            '4: the key "Title" is given here and on line 3; keep one',
        ),
        (
            "title: Own complaints policy",
            "title: x\ntitle: y",
            '4: the key "title" is given here and on line 3; keep one',
        ),
        (
            "title: Own complaints policy",
            "title:",
            "3: title: there is no value; write one, or leave the key out",
        ),
        (
            "title: Own complaints policy",
            "title: &a x",
            "3: YAML anchors and aliases (& and *) are not read; write it out",
        ),
        (
            "id: own-2024",
            "id: Own 2024",
            '1: id: "Own 2024" is not an id; use small letters, digits and hyphens',
        ),
        (
            "standard: policy",
            "standard: polcy",
            '6: standard: "polcy" is not one of code, policy; did you mean "policy"?',
        ),
        (
            "nations: [england, Wales]",
            "nations: [england, walles]",
            '7: nations: "walles" is not one of its items; did you mean "wales"?',
        ),
        (
            "nations: [england, Wales]",
            "nations: [uk]",
            '7: nations: "uk" is not one of its items; they are england, wales, scotland, '
            "northern-ireland",
        ),
        (
            "{from: 2024-04-01, until: 2025-03-31}",
            "{from: 2025-04-01, until: 2025-03-31}",
            "9: until: 2025-03-31 is before 2025-04-01; correct one of the two",
        ),
        (
            "{from: 2024-04-01, until: 2025-03-31}",
            "{from: 2024-04, until: 2025-03-31}",
            "9: from: a single day is expected here, such as 2025-04-03",
        ),
        (
            "{from: 2024-04-01, until: 2025-03-31}",
            "{form: 2024-04-01, until: 2025-03-31}",
            '9: "form" is not a key of in_force; did you mean "from"?',
        ),
        (
            "{from: 2024-04-01, until: 2025-03-31}",
            "always",
            '9: in_force: "always" is not one of not stated',
        ),
        ("checked: 2025-01-31", "checked: lately", f'10: "lately" is not a date; {FORMS}'),
        (
            "checked: 2025-01-31",
            "checked: 03/04/2025",
            '10: "03/04/2025" can be read as 3 April 2025 or as 4 March 2025; write 2025-04-03 or '
            "2025-03-04, or put `dates: uk` at the top of the file to say that the day always "
            "comes first",
        ),
        (
            "counting: roll-forward",
            "counting: rollforward",
            '11: counting: "rollforward" is not one of day-after, same-day, roll-forward, not '
            'stated; did you mean "roll-forward"?',
        ),
        (
            "cut_off: 17:00",
            "cut_off: 5pm",
            '12: cut_off: "5pm" is not an hour; write it as 17:00',
        ),
        (
            "cut_off: 17:00",
            "cut_off: 24:00",
            '12: cut_off: "24:00" is not an hour; write it as 17:00',
        ),
        # Closure days and events of its own.
        ("  - 2024-12-27\n", "  - Christmas\n", f'14: "Christmas" is not a date; {FORMS}'),
        (
            "  - 2024-12-27\n",
            "  - 2024-11-01/2025-01-01\n",
            "14: closure_days: a day, or a range of at most a month, is expected",
        ),
        (
            "  - 2024-12-27\n",
            "  - unknown\n",
            "14: closure_days: a day, or a range of at most a month, is expected",
        ),
        (
            "  - 2024-12-27\n",
            "  - [2024-12-27]\n",
            "14: closure_days: a day is expected here",
        ),
        (
            "  - 2024-12-27\n",
            "  - {says: x}\n",
            '14: a closure needs either the key "date" or the key "yearly"',
        ),
        (
            "  - 2024-12-27\n",
            "  - {date: 2024-12-24 12:00, says: closes at noon}\n",
            "14: closure_days: a closure is a whole day; write the day without a time, or leave "
            "it out if the office was open for part of it",
        ),
        (
            "  - 2024-12-27\n",
            "  - 24 December 2024 at 5pm\n",
            "14: closure_days: a closure is a whole day; write the day without a time, or leave "
            "it out if the office was open for part of it",
        ),
        (
            "  - 2024-12-27\n",
            "  - {date: [2024-12-24, 2024-12-31], says: closed}\n",
            "14: date: write each closure day as a line, or write a range",
        ),
        (
            "- {name: Repair Reported, says: a repair was reported}",
            "- {name: Escalated, says: x}",
            '17: name: "escalated" is already an event of every timeline; leave it out',
        ),
        (
            "- {name: Repair Reported, says: a repair was reported}",
            "- {name: a, says: x}\n  - {name: A, says: y}",
            '18: name: the event "a" is listed twice; keep one',
        ),
        (
            "- {name: Repair Reported, says: a repair was reported}",
            "- {name: a}",
            '17: an event of the policy needs the key "says"',
        ),
        (
            "- {name: Repair Reported, says: a repair was reported}",
            "- repair reported",
            "17: events: each needs a name and what it says",
        ),
        (
            "transition: {until: 2024-09-30, says: a time to adapt}",
            "transition: 2024-09-30",
            "18: transition: the keys until and says are expected here",
        ),
        (
            "transition: {until: 2024-09-30, says: a time to adapt}",
            "transition: {until: 2024-09-30}",
            '18: transition needs the key "says"',
        ),
        # Rules.
        ("    title: Answer\n", "", '28: a rule needs the key "title"'),
        ('    clause: "5"\n', "", '28: a rule needs the key "clause"'),
        ("    provenance: unverified\n", "", '28: a rule needs the key "provenance"'),
        (
            "    provenance: unverified",
            "    provenance: hearsay",
            '33: provenance: "hearsay" is not one of quoted, reported, unverified',
        ),
        (
            "    duty: should",
            "    duty: shall",
            '31: duty: "shall" is not one of must, should',
        ),
        (
            "  - id: stage-1-response",
            "  - id: acknowledge-complaint",
            '28: id: the rule "acknowledge-complaint" is listed twice; keep one',
        ),
        (
            "    title: Answer",
            "    titel: Answer\n    title: Answer",
            '29: "titel" is not a key of a rule; did you mean "title"?',
        ),
        (
            "rules:\n",
            "rules:\n  - stage 1 in 10 days\n",
            "21: rules: each is a mapping: id, title, clause ...",
        ),
        # Clocks.
        (
            "    clock: {start: received, stop: acknowledged, limit: {working_days: 3}}",
            "    clock: 3 working days",
            "27: clock: start, stop and limit are expected here",
        ),
        (
            "limit: {working_days: 3}}",
            "limt: {working_days: 3}, limit: 3 weeks}",
            '27: "limt" is not a key of a clock; did you mean "limit"?',
        ),
        (", limit: {working_days: 3}}", "}", '27: a clock needs the key "limit"'),
        (
            "start: received",
            "start: recieved",
            '27: start: "recieved" is not an event; did you mean "complaint received"?',
        ),
        (
            "start: received",
            "start: boiler broken",
            '27: start: "boiler broken" is not an event; declare it under events',
        ),
        (
            "start: received, stop: acknowledged",
            "start: not stated, stop: repair reported",
            '27: start: "not stated" is for a stage of a complaint only',
        ),
        (
            "      start: complaint acknowledged",
            "      start: not stated",
            '39: unrecorded: a start that is "not stated" has bounds of its own; leave this key '
            "out",
        ),
        (
            "        after: complaint received\n",
            "",
            '39: unrecorded needs the key "after"',
        ),
        (
            "limited_by: acknowledge-complaint",
            "limited_by: acknowledge-complain",
            '40: limited_by: there is no rule "acknowledge-complain" in this rulebook; '
            'did you mean "acknowledge-complaint"?',
        ),
        (
            "limited_by: acknowledge-complaint",
            "limited_by: zzz",
            '40: limited_by: there is no rule "zzz" in this rulebook; write the id of one of its '
            "rules",
        ),
        (
            "no_later_than: [stage 1 extended]",
            "no_later_than: [stage 1 extnded]",
            '41: no_later_than: "stage 1 extnded" is not an event; did you mean "stage 1 '
            'extended"?',
        ),
        (
            "shown: [complaint logged]",
            "shown: [complaint loged]",
            '42: shown: "complaint loged" is not an event; did you mean "complaint logged"?',
        ),
        # Limits.
        (
            "limit: 2 weeks",
            "limit: 0 weeks",
            "44: limit: a limit is 1 to 104 weeks long",
        ),
        (
            "limit: 2 weeks",
            "limit: {working_days: 501}",
            "44: limit: a limit is 1 to 500 working days long",
        ),
        (
            "limit: 2 weeks",
            "limit: {calendar_days: 731}",
            "44: limit: a limit is 1 to 730 calendar days long",
        ),
        ("limit: 2 weeks", "limit: 25 months", "44: limit: a limit is 1 to 24 months long"),
        (
            "limit: 2 weeks",
            "limit: {working_days: -5}",
            '44: working_days: "-5" is not a whole number; write one such as 10',
        ),
        (
            "limit: 2 weeks",
            "limit: {working_days: 2.5}",
            '44: working_days: "2.5" is not a whole number; write one such as 10',
        ),
        (
            "limit: 2 weeks",
            "limit: 10 days",
            '44: limit: "10 days": write working days or calendar days',
        ),
        (
            "limit: 2 weeks",
            "limit: {days: 10}",
            '44: "days" is not a key of a limit; its keys are working_days, calendar_days, weeks, '
            "months, hours",
        ),
        (
            "limit: 2 weeks",
            "limit: {}",
            "44: limit: one unit is expected here: working_days, calendar_days, weeks, months, "
            "hours",
        ),
        (
            "limit: 2 weeks",
            "limit: 14",
            '44: limit: "14" is not a time allowed; write it as 2 working days, 10 calendar days, '
            "4 weeks, 12 months or 24 hours",
        ),
        # Extensions.
        (
            "        event: stage 1 extended",
            "        event: update",
            '46: event: "update" is not an extension; write one such as stage 1 extended',
        ),
        ("        most: {working_days: 10}\n", "", '46: an extension needs the key "most"'),
        (
            "        beyond: [good_reason]",
            "        beyond: [goodreason]",
            '48: beyond: "goodreason" is not one of its items; did you mean "good_reason"?',
        ),
        (
            "start: received, stop: acknowledged",
            "start: [], stop: acknowledged",
            "27: start: there is nothing in the list; write at least one",
        ),
        (
            "start: received, stop: acknowledged",
            "start: [received, complaint received], stop: acknowledged",
            "27: start: an event is listed twice; keep one",
        ),
        (
            "start: complaint acknowledged",
            "start: [received, complaint acknowledged]",
            "39: unrecorded: a start of several possible events has bounds of its own; leave this "
            "key out",
        ),
        (
            "most: {working_days: 10}",
            "most: not stated",
            "48: beyond: there is no maximum to go beyond; leave this key out",
        ),
        (
            "start: received, stop: acknowledged",
            "counting: any, start: received, stop: acknowledged",
            '27: counting: "any" is not one of day-after, same-day, roll-forward, not stated',
        ),
        (
            "start: received, stop: acknowledged",
            "rolls: next working day, start: received, stop: acknowledged",
            "27: rolls: a limit in working days ends on one; leave this key out",
        ),
        (
            "limit: 2 weeks",
            "limit: 24 hours\n      rolls: next working day",
            "45: rolls: a limit in hours ends at its hour; leave this key out",
        ),
        (
            "limit: 2 weeks",
            "limit: 721 hours",
            "44: limit: a limit is 1 to 720 hours long",
        ),
        (
            "  - 2024-12-27\n",
            "  - {yearly: Christmas}\n",
            '14: yearly: "Christmas" is not a day of every year; write it as 24 December, or as a '
            "range: 24 December to 1 January",
        ),
        (
            "  - 2024-12-27\n",
            "  - {yearly: 31 June}\n",
            '14: yearly: "31 June" is not a day of every year; write it as 24 December, or as a '
            "range: 24 December to 1 January",
        ),
        (
            "  - 2024-12-27\n",
            "  - {yearly: 1 December to 1 February}\n",
            "14: yearly: a day, or a range of at most a month, is expected",
        ),
        (
            "  - 2024-12-27\n",
            "  - {yearly: 24 December, date: 2024-12-24}\n",
            '14: a closure needs either the key "date" or the key "yearly"',
        ),
        (
            "start: received, stop: acknowledged",
            "extension: any, start: received, stop: acknowledged",
            '27: extension: "any" is not one of not stated',
        ),
        (
            "start: received, stop: acknowledged",
            "extension: not stated, start: received, stop: repair reported",
            '27: extension: "not stated" is for a stage of a complaint only',
        ),
    ],
)
def test_a_mistake_in_a_rulebook(old: str, new: str, says: str) -> None:
    assert mistakes(changed(old, new)) == [says]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "1: a rulebook is one mapping: id, title, publisher, rules ..."),
        ("- a\n", "1: a rulebook is one mapping: id, title, publisher, rules ..."),
        (f"{LEAST}---\n{LEAST}", "1: a rulebook is one mapping: id, title, publisher, rules ..."),
    ],
)
def test_a_file_that_is_no_rulebook(text: str, says: str) -> None:
    assert mistakes(text) == [says]


@pytest.mark.parametrize("value", ["[]", "", "x"])
def test_a_rulebook_without_rules(value: str) -> None:
    head = LEAST[: LEAST.index("rules:")]
    found = mistakes(f"{head}rules: {value}\n")
    assert "7: rules: there are no rules; write at least one" in found


def test_a_code_counts_as_its_own_publisher_says() -> None:
    book, code = parse(BOOK), parse(changed("standard: policy", "standard: code"))
    assert code.standard == "code"
    assert (code.counting, code.cut_off) == ("roll-forward", time(17))
    assert code.closures == book.closures


@pytest.mark.parametrize(
    ("start", "limited_by"),
    [
        ("[received, acknowledged]", "acknowledge-complaint"),
        ("[received, repair reported]", ""),
    ],
)
def test_each_event_of_a_list_may_start_a_clock(start: str, limited_by: str) -> None:
    text = changed("start: complaint acknowledged", f"start: {start}")
    first, last = text.index("      unrecorded:"), text.index("      shown:")
    rule = parse(text[:first] + text[last:]).rules[1]
    second = start.strip("[]").split(", ")[1]
    names = ("complaint received", {"acknowledged": "complaint acknowledged"}.get(second, second))
    assert rule.clock.starts == (
        Start(names[0]),
        Start(names[1], Unrecorded("complaint received", limited_by)),
        Start("complaint logged", decides=False),
    )
    assert rule.clock.triggers == names
    assert not rule.clock.start_stated


@pytest.mark.parametrize(
    ("yearly", "closed"),
    [
        ("24 December", ["2024-12-24", "2025-12-24"]),
        ("31 Dec to 2 Jan", ["2024-12-31", "2025-01-01", "2025-01-02", "2025-12-31"]),
        # 29 February 2024 is one, and 2025 has none.
        ("28 February to 1 March", ["2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28"]),
    ],
)
def test_a_closure_of_every_year(yearly: str, closed: list[str]) -> None:
    book = parse(changed("  - 2024-12-27\n", f"  - {{yearly: {yearly}, says: shut}}\n"))
    days = [day.isoformat() for day, why in book.closures if why == "shut"]
    first = days.index(closed[0])
    assert days[first : first + len(closed)] == closed
    # In each of the years that the calendar covers, as in 2000 and 2040.
    assert {day[:4] for day in days} >= {str(year) for year in range(2000, 2041)}


def test_an_extension_of_any_length() -> None:
    text = changed(
        "        most: {working_days: 10}\n        beyond: [good_reason]\n",
        "        most: not stated\n",
    )
    assert parse(text).rules[1].clock.extension == Extension(
        "stage 1 extended", None, clause="6", provenance="reported"
    )


def test_every_mistake_of_a_rulebook_is_told_at_once() -> None:
    text = (
        BOOK.replace("standard: policy", "standard: x")
        .replace("cut_off: 17:00", "cut_off: noon")
        .replace("duty: must", "duty: may")
        .replace("start: received", "start: arrived")
        .replace("limit: 2 weeks", "limit: soon")
        .replace("most: {working_days: 10}", "most: {working_days: ten}")
        .replace("no_later_than: [stage 1 extended]", "no_later_than: [nothing]")
    )
    assert [int(says.split(":")[0]) for says in mistakes(text)] == [6, 12, 24, 27, 41, 44, 47]


def test_a_rulebook_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_rulebook(tmp_path / "none.yaml")
    assert str(refused.value) == (
        f"{tmp_path / 'none.yaml'}: the rulebook cannot be read: No such file or directory"
    )


def test_the_file_is_named_in_each_message(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(changed("limit: 2 weeks", "limit: 14 days"), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_rulebook(path)
    assert str(refused.value) == (
        f'{path}:44: limit: "14 days": write working days or calendar days'
    )


# Policies that a timeline names ---------------------------------------------------------------


def load(folder: Path, policy: str) -> tuple[list[str], list[str]]:
    """Return the policies of the timelines in a file, and what is wrong."""
    file = folder / "case.yaml"
    file.write_text(
        f"complaint: C-1\npolicy: {policy}\nevents: [2025-04-03 received]\n", encoding="utf-8"
    )
    loaded = Loader(load_rulebooks()).load([file])
    return [one.policy for one in loaded.timelines], [str(one) for one in loaded.mistakes]


@pytest.mark.parametrize("policy", ["luton", "luton-2022", "mtvh", "southwark-2021"])
def test_a_shipped_policy_by_its_name(tmp_path: Path, policy: str) -> None:
    assert load(tmp_path, policy) == ([policy], [])


@pytest.mark.parametrize("policy", ["./own.yaml", "own.yaml", "sub/../own.yaml"])
def test_a_policy_by_its_path_from_the_timeline(tmp_path: Path, policy: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "own.yaml").write_text(BOOK, encoding="utf-8")
    assert load(tmp_path, policy) == (["own-2024"], [])


def test_a_policy_by_its_path_gives_its_events_to_the_timeline(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(BOOK, encoding="utf-8")
    file = tmp_path / "case.yaml"
    file.write_text(
        "complaint: C-1\npolicy: own.yaml\nevents: [2025-04-03 repair-reported by phone]\n"
        "---\ncomplaint: C-2\nevents: [2025-04-03 repair reported]\n",
        encoding="utf-8",
    )
    loader = Loader(load_rulebooks())
    loaded = loader.load([file])
    # A complaint that does not name the policy does not have its events.
    assert [str(one) for one in loaded.mistakes] == [
        f'{file}:6: "repair reported" is an event of the Own policy; to check it, add: rules: '
        "[housing-ombudsman, own]"
    ]
    assert loader.library.rulebooks["own-2024"].path == str(tmp_path / "own.yaml")


def test_a_policy_file_that_is_not_there(tmp_path: Path) -> None:
    assert load(tmp_path, "./own.yaml") == (
        [],
        [
            f'{tmp_path / "case.yaml"}:2: policy: there is no policy file "./own.yaml" in the '
            f"folder {tmp_path}"
        ],
    )


def test_the_mistakes_of_a_policy_file_name_that_file(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(changed("limit: 2 weeks", "limit: 14 days"), encoding="utf-8")
    assert load(tmp_path, "own.yaml") == (
        [],
        [f'{own}:44: limit: "14 days": write working days or calendar days'],
    )


def test_a_code_is_no_policy(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        LEAST.replace("standard: policy", "standard: code"), encoding="utf-8"
    )
    assert load(tmp_path, "own.yaml") == (
        [],
        [
            f'{tmp_path / "case.yaml"}:2: policy: "own.yaml" is a Code, not a policy; write '
            "code: own.yaml, or --code own.yaml"
        ],
    )


@pytest.mark.parametrize(
    ("policy", "hint"),
    [
        ("lutn", 'did you mean "luton"? '),
        ("southwark-2012", 'did you mean "southwark-2021"? '),
        ("zzz", ""),
    ],
)
def test_an_unknown_policy_suggests_the_nearest(tmp_path: Path, policy: str, hint: str) -> None:
    ((), (says,)) = load(tmp_path, policy)
    assert says == (
        f'{tmp_path / "case.yaml"}:2: policy: there is no policy "{policy}"; '
        f"{hint}chcheck comes with luton, mtvh, southwark, luton-2022, mtvh-2023, southwark-2021; "
        "for your own, write its path: ./my-policy.yaml"
    )


def test_an_unknown_policy_on_the_command_line_is_wrong_usage() -> None:
    with pytest.raises(UsageError) as refused:
        Loader(load_rulebooks(), Declared(fixed_policy="lutn"))
    assert str(refused.value).startswith('there is no policy "lutn"; did you mean "luton"?')


def test_one_policy_file_may_be_reached_by_two_paths(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(BOOK, encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        case = f"complaint: {name}\npolicy: ../own.yaml\nevents:\n- 2025-04-03 received\n"
        (tmp_path / name / "case.yaml").write_text(case, encoding="utf-8")
    loaded = Loader(load_rulebooks()).load([tmp_path / "a", tmp_path / "b"])
    assert [timeline.complaint for timeline in loaded.timelines] == ["a", "b"]
    assert loaded.mistakes == []


def test_a_policy_is_found_whatever_its_case(tmp_path: Path) -> None:
    assert load(tmp_path, "Luton") == (["luton"], [])


def test_a_policy_may_not_take_the_id_of_another(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(changed("id: own-2024", "id: luton-2022"), encoding="utf-8")
    shipped = folder("rules") / "landlords" / "luton" / "2022.yaml"
    says = f'{own}:1: the id "luton-2022" is already that of {shipped}; choose another'
    assert load(tmp_path, "own.yaml") == ([], [says])
    with pytest.raises(InputError) as refused:
        load_rulebooks([own])
    assert str(refused.value) == says


def test_the_same_rulebook_twice_is_no_clash(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(BOOK, encoding="utf-8")
    library = load_rulebooks([own, tmp_path, own])
    assert library.rulebooks["own-2024"] == read_rulebook(own)


# Laws -----------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        *BOOK.splitlines(),
        *("x", "- y", "  - {a: b}", "    clock: []", "      extension: not stated", "---", ""),
        *("      start: not stated", "      limit: {weeks: []}", "in_force: not stated"),
        *("      stop: repair reported", "      limit: 4 weekſ", "checked: 00/05/2025"),
        *("duties: [x, {}, {never: x}]", "duties:", "nations: {}", "id:", "*a", "\x00"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    cut=st.sets(st.integers(0, 49), max_size=4),
    put=st.dictionaries(st.integers(0, 49), pieces, max_size=4),
)
def test_a_rulebook_with_arbitrary_lines_is_read_or_refused(
    cut: set[int], put: dict[int, str]
) -> None:
    lines = [put.get(at, line) for at, line in enumerate(BOOK.splitlines()) if at not in cut]
    try:
        book = parse("\n".join(lines))
    except InputError:
        return
    assert book.id
    assert book.rules
    known = {rule.id for rule in book.rules}
    for rule in book.rules:
        assert rule.duty in ("must", "should")
        assert rule.provenance in PROVENANCE
        assert rule.clock.limit.amount > 0
        for start in rule.clock.starts:
            assert start.unrecorded is None or start.unrecorded.limited_by in known | {""}


@settings(deadline=None)
@given(data=st.one_of(st.binary(), st.text().map(str.encode)))
def test_arbitrary_bytes_are_refused_as_a_rulebook(data: bytes) -> None:
    with pytest.raises(InputError):
        parse(data)


# Series ---------------------------------------------------------------------------------------

CODE = (
    changed("standard: policy", "standard: code")
    .replace("counting: roll-forward\ncut_off: 17:00\n", "")
    .replace(
        "closure_days:\n  - 2024-12-27\n  - {date: 2024-12-30/2024-12-31, says: Christmas}\n", ""
    )
    .replace(
        "checked: 2025-01-31\n",
        "checked: 2025-01-31\nfor: [housing, council]\ncalled: Own Code\n"
        "ombudsman: Own Ombudsman\n",
    )
)


def test_a_code_says_for_whom_it_is_and_how_it_is_called() -> None:
    book = parse(CODE)
    assert book.for_bodies == ("housing", "council")
    assert book.side == ("code", "own", "Own Code")
    assert book.ombudsman == "Own Ombudsman"
    library = Library({book.id: book})
    assert library.series_for("wales", "council") == ((book,),)
    # It is for England and Wales.
    assert library.series_for("scotland", "council") == ()


@pytest.mark.parametrize("name", ["code", "policy", "promise", "order", "record"])
def test_the_series_of_a_code_is_no_word_of_a_report(name: str) -> None:
    # Otherwise policy/stage-1-response would be a rule of the policy and of this Code alike.
    text = CODE.replace("id: own-2024\n", f"id: own-2024\nseries: {name}\n")
    text = text.replace("series: own\n", "")
    (says,) = mistakes(text)
    assert says.endswith(
        f'series: "{name}" means something else in reports and floors; choose another name'
    )


def test_a_code_that_is_for_nobody_is_never_a_default() -> None:
    book = parse(CODE.replace("for: [housing, council]\n", "").replace("called: Own Code\n", ""))
    assert book.side == ("code", "own", "Code")
    assert Library({book.id: book}).series_for("england", "housing") == ()


def test_only_a_code_is_for_anybody() -> None:
    assert mistakes(changed("note: a note", "for: [housing]")) == [
        "19: for: a policy applies only to complaints that name it; leave this key out"
    ]


def test_a_kind_of_body_is_one_of_two() -> None:
    assert mistakes(CODE.replace("for: [housing, council]", "for: [school]")) == [
        '11: for: "school" is not one of its items; they are housing, council'
    ]


def test_the_editions_of_a_series_agree_on_whose_they_are(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(CODE, encoding="utf-8")
    other = CODE.replace("id: own-2024", "id: own-2025").replace("Own Ombudsman", "Other")
    other = other.replace("for: [housing, council]", "for: [council]")
    (tmp_path / "2.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_rulebooks([tmp_path])
    first, second = tmp_path / "1.yaml", tmp_path / "2.yaml"
    assert [str(one) for one in refused.value.mistakes] == [
        f"{second}:{line}: {key}: this differs from {first}, another edition of the series "
        '"own"; write the same in both, or give one of them another series'
        for key, line in (("for", 11), ("ombudsman", 13))
    ]


def test_a_key_that_only_one_edition_lacks_has_the_line_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(CODE, encoding="utf-8")
    other = CODE.replace("id: own-2024", "id: own-2025").replace("ombudsman: Own Ombudsman\n", "")
    (tmp_path / "2.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_rulebooks([tmp_path])
    assert [one.line for one in refused.value.mistakes] == [1]


def test_the_editions_of_a_series_come_by_their_dates(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(CODE, encoding="utf-8")
    earlier = CODE.replace("id: own-2024", "id: own-2023").replace(
        "in_force: {from: 2024-04-01, until: 2025-03-31}",
        "in_force: {from: 2023-04-01, until: 2024-03-31}",
    )
    (tmp_path / "2.yaml").write_text(earlier, encoding="utf-8")
    library = load_rulebooks([tmp_path])
    assert [book.id for book in library.named("own")] == ["own-2023", "own-2024"]


def test_a_year_of_several_codes_is_that_of_housing_in_england() -> None:
    library = load_rulebooks()
    assert [book.id for book in library.named("2024")] == ["housing-ombudsman-2024"]
    other = parse(CODE.replace("[housing, council]", "[council]"))
    both = Library({**library.rulebooks, other.id: other})
    assert [book.id for book in both.named("2024")] == ["housing-ombudsman-2024"]
    assert [book.id for book in Library({other.id: other}).named("2024")] == ["own-2024"]
