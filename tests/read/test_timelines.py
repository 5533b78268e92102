"""Timelines as people write them, and every mistake they make, by its line and its words."""

from __future__ import annotations

import json
import re
from datetime import date, time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.helpers.timelines import Rules
from timeliness.model.calendars import Limit
from timeliness.model.dates import UNKNOWN, Span, When
from timeliness.model.errors import InputError, Mistake, UsageError
from timeliness.model.timelines import Event, Timeline
from timeliness.model.vocabulary import COMMON, KINDS, Kind, Vocabulary
from timeliness.read.timelines import NotATimelineError, parse_timelines

FORMS = "write the day as 2025-04-03 (year-month-day) or 3 Apr 2025"
NEW = "`chcheck new` prints a timeline to fill in"
HEAD = "complaint: C-1\nevents:\n"  # so that the first event stands on line 3


def parse(text: str | bytes, *, as_json: bool | None = None) -> list[Timeline]:
    data = text.encode() if isinstance(text, str) else text
    return parse_timelines(data, "c.yaml", Rules(), as_json=as_json)


def one(text: str | bytes) -> Timeline:
    (timeline,) = parse(text)
    return timeline


def events(*lines: str, head: str = "") -> tuple[Event, ...]:
    return one(head + HEAD + "".join(f"- {line}\n" for line in lines)).events


def event(line: str) -> Event:
    (found,) = events(line)
    return found


def mistakes(text: str | bytes, *, as_json: bool | None = None) -> list[str]:
    with pytest.raises(InputError) as refused:
        parse(text, as_json=as_json)
    assert str(refused.value) == "\n".join(str(one) for one in refused.value.mistakes)
    return [str(one).removeprefix("c.yaml:").strip() for one in refused.value.mistakes]


def event_mistakes(*lines: str) -> list[str]:
    return mistakes(HEAD + "".join(f"- {line}\n" for line in lines))


def on(day: str) -> When:
    return When(Span.day(date.fromisoformat(day)))


# One complaint, whole -------------------------------------------------------------------------

CONTRACT = """\
complaint: "202229082"            # the reference
landlord: Luton Borough Council
nation: england
policy: luton
record: partial
as_at: 2024-06-28
events:
  - 2022-10-13 complaint received by telephone
  - date: 2022-11-04
    event: escalation acknowledged
    by: landlord
    handler: CS-114
    source: paragraph 6
    evidence: seen
  - {date: 2022-11-01, event: stage 1 response, includes: [stage, definition, decision,
     reasons, remedy, outstanding actions, escalation route]}
"""


def test_the_timeline_of_the_contract() -> None:
    assert parse(CONTRACT) == [
        Timeline(
            complaint="202229082",
            landlord="Luton Borough Council",
            nation="england",
            policy="luton",
            record="partial",
            as_at=date(2024, 6, 28),
            path="c.yaml",
            line=1,
            events=(
                Event("complaint received", on("2022-10-13"), line=8, note="by telephone"),
                Event(
                    "escalation acknowledged",
                    on("2022-11-04"),
                    line=9,
                    by="landlord",
                    handler="CS-114",
                    source="paragraph 6",
                ),
                Event(
                    "stage 1 response",
                    on("2022-11-01"),
                    line=15,
                    attributes={
                        "includes": (
                            "stage",
                            "definition",
                            "decision",
                            "reasons",
                            "remedy",
                            "outstanding actions",
                            "escalation route",
                        )
                    },
                ),
            ),
        )
    ]


def test_what_is_left_out_has_its_default() -> None:
    found = one("complaint: C-1\nevents:\n- 2025-04-03 received\n")
    assert (found.landlord, found.nation, found.policy) == ("", "england", "")
    assert (found.record, found.as_at) == ("complete", None)
    (received,) = found.events
    assert received == Event("complaint received", on("2025-04-03"), "seen", 3)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("nation: Scotland", "nation", "scotland"),
        ("nation: Northern Ireland", "nation", "northern-ireland"),
        ("nation: northern_ireland", "nation", "northern-ireland"),
        ("nation: wales", "nation", "wales"),
        ("Nation: england", "nation", "england"),
        ("record: Partial", "record", "partial"),
        ("record: complete", "record", "complete"),
        ("as_at: 28 June 2024", "as_at", date(2024, 6, 28)),
        ("as-at: 2024-06-28", "as_at", date(2024, 6, 28)),
        ("As at: 28/06/2024", "as_at", date(2024, 6, 28)),
        ("policy: luton-2022", "policy", "luton-2022"),
        ("policy: ./our policy.yaml", "policy", "./our policy.yaml"),
        ("landlord: 'no'", "landlord", "no"),
        ("landlord: no", "landlord", "no"),
        ("landlord: 17:30", "landlord", "17:30"),
    ],
)
def test_each_key_of_a_timeline(line: str, key: str, value: object) -> None:
    found = one(f"{line}\n{HEAD}- 2025-04-03 received\n")
    assert getattr(found, key) == value


@pytest.mark.parametrize(
    "reference", ["no", "on", "true", "17:30", "03/06/2025", "0123", "1e3", "202229082", "12.50"]
)
def test_a_reference_is_never_turned_into_something_else(reference: str) -> None:
    assert one(f"complaint: {reference}\nevents: [2025-04-03 received]\n").complaint == reference


# Several complaints, and other encodings ------------------------------------------------------


def test_several_documents_are_several_complaints() -> None:
    found = parse(
        "---\ncomplaint: A\nevents: [2025-04-03 received]\n"
        "---\n# nothing here\n"
        "---\ncomplaint: B\nrecord: partial\nevents: [2025-05-06 received]\n...\n"
    )
    assert [(one.complaint, one.record, one.line) for one in found] == [
        ("A", "complete", 2),
        ("B", "partial", 7),
    ]


def test_a_document_declares_uk_dates_for_itself_alone() -> None:
    text = (
        "complaint: A\ndates: uk\nevents: [03/04/2025 received]\n"
        "---\ncomplaint: B\nevents: [03/04/2025 received]\n"
    )
    (says,) = mistakes(text)
    assert says.startswith('6: "03/04/2025" can be read as 3 April 2025 or as 4 March 2025; ')


ONE = {"complaint": "A", "record": "partial", "events": ["2025-04-03 received"]}
TWO = {"complaint": 7, "events": [{"date": "2025-05-06", "event": "received", "by": None}]}


def test_json_is_one_complaint_or_a_list() -> None:
    (first,) = parse(json.dumps(ONE))
    assert (first.complaint, first.record) == ("A", "partial")
    both = parse(json.dumps([ONE, {**TWO, "events": ["2025-05-06 received"]}], indent=1))
    assert [(one.complaint, one.line, one.events[0].line) for one in both] == [
        ("A", 2, 6),
        ("7", 9, 12),
    ]


def test_json_may_be_named_or_is_known_by_its_first_bracket() -> None:
    text = json.dumps(ONE)
    assert parse(text) == parse(text, as_json=True)
    assert [(one.complaint, one.line) for one in parse(f"\n {text}")] == [("A", 2)]
    # A YAML file may begin with a brace too, as long as it is known to be YAML.
    flow = "{complaint: A, events: [2025-04-03 received]}"
    assert [one.complaint for one in parse(flow, as_json=False)] == ["A"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["line feeds", "Windows lines"])
def test_marks_encodings_and_line_ends_make_no_difference(encoding: str, newline: str) -> None:
    text = "complaint: Né\nevents:\n- 2025-04-03 received by Zoë\n".replace("\n", newline)
    found = one(text.encode(encoding))
    assert (found.complaint, found.events[0].note) == ("Né", "by Zoë")
    written = json.dumps({"complaint": "Né", "events": ["2025-04-03 received"]}, indent=1)
    as_json = written.replace("\n", newline).encode(encoding)
    assert one(as_json).complaint == "Né"


# Dates ----------------------------------------------------------------------------------------

DATES = {
    "2022-10-13": on("2022-10-13"),
    "13/10/2022": on("2022-10-13"),
    "13 Oct 2022": on("2022-10-13"),
    "2024-09": When(Span(date(2024, 9, 1), date(2024, 9, 30))),
    "September 2024": When(Span(date(2024, 9, 1), date(2024, 9, 30))),
    "2021-10-21/2021-10-22": When(Span(date(2021, 10, 21), date(2021, 10, 22))),
    "2024-09-03/..": When(Span(date(2024, 9, 3), None)),
    "../2024-09-03": When(Span(None, date(2024, 9, 3))),
    "unknown": When(UNKNOWN),
    "2025-04-03T17:30": When(Span.day(date(2025, 4, 3)), time(17, 30)),
    "2025-04-03 17:30": When(Span.day(date(2025, 4, 3)), time(17, 30)),
    "2024-06-30T23:30Z": When(Span.day(date(2024, 7, 1)), time(0, 30)),
}


@pytest.mark.parametrize("text", DATES)
def test_every_kind_of_date_in_both_forms(text: str) -> None:
    assert event(f"{text} update").when == DATES[text]
    assert event(f"{{date: {text}, event: update}}").when == DATES[text]
    assert event(f'{{"date": "{text}", "event": "update"}}').when == DATES[text]


def test_several_dates_in_the_sources_are_a_span_that_remembers_them() -> None:
    found = event("{event: update, date: [2025-04-08, 2025-04-03/2025-04-04]}").when
    first, second = Span.day(date(2025, 4, 8)), Span(date(2025, 4, 3), date(2025, 4, 4))
    assert found == When(Span(date(2025, 4, 3), date(2025, 4, 8)), None, (first, second))


@pytest.mark.parametrize("dates", ["[2025-04-03]", "[2025-04-03, 3 April 2025]"])
def test_sources_that_agree_are_one_date(dates: str) -> None:
    assert event(f"{{event: update, date: {dates}}}").when == on("2025-04-03")


def test_uk_dates_are_day_first_throughout_once_declared() -> None:
    found = one(
        "complaint: C-1\ndates: UK\nas_at: 05/06/2025\nevents:\n"
        "- 03/04/2025 received\n"
        "- {date: 04/04/2025, event: stage 1 extended, until: 01/05/2025}\n"
        "- {date: [07/04/2025, 2025-04-08], event: update}\n"
    )
    assert found.as_at == date(2025, 6, 5)
    received, extended, update = found.events
    assert received.when == on("2025-04-03")
    assert extended.when == on("2025-04-04")
    assert extended.attributes["until"] == on("2025-05-01")
    assert update.when is not None
    assert update.when.span == Span(date(2025, 4, 7), date(2025, 4, 8))


def test_uk_dates_may_be_declared_below_the_events() -> None:
    assert one(f"{HEAD}- 03/04/2025 received\ndates: uk\n").events[0].when == on("2025-04-03")


def test_dates_iso_is_the_default_and_may_be_said() -> None:
    assert one(f"dates: iso\n{HEAD}- 2025-04-03 received\n").events[0].when == on("2025-04-03")


# Events ---------------------------------------------------------------------------------------

OFFICIAL = [
    ("complaint received", "received"),
    ("complaint logged", "logged"),
    ("complaint acknowledged", "acknowledged"),
    ("stage 1 extended", "stage 1 extension"),
    ("stage 1 response", "responded"),
    ("escalation requested", "escalated"),
    ("escalation requested", "escalation"),
    ("escalation requested", "stage 2 requested"),
    ("escalation logged", "stage 2 logged"),
    ("escalation acknowledged", "stage 2 acknowledged"),
    ("stage 2 extended", "stage 2 extension"),
    ("stage 2 response", "responded at stage 2"),
    ("stage 3 requested", "stage 3 request"),
    ("stage 3 logged", "stage 3 logged"),
    ("stage 3 acknowledged", "stage 3 acknowledged"),
    ("stage 3 extended", "stage 3 extension"),
    ("stage 3 response", "stage 3 response"),
    ("complaint refused", "refused"),
    ("escalation refused", "escalation declined"),
    ("early resolution agreed", "early resolution agreed"),
    ("early resolution closed", "early resolution closed"),
    ("holding response", "holding letter"),
    ("provisional response", "provisional decision"),
    ("supplementary response", "follow up response"),
    ("update", "resident updated"),
    ("contact", "telephone call"),
    ("chaser", "chased"),
    ("intermediary enquiry", "councillor enquiry"),
    ("intermediary enquiry", "MP enquiry"),
    ("commitment", "promised"),
    ("compensation offered", "compensation"),
    ("complaint withdrawn", "withdrawn"),
    ("complaint closed", "closed"),
    ("complaint reopened", "reopened"),
    ("ombudsman referral", "referred to the Ombudsman"),
    ("determination", "determined"),
    ("order", "ordered"),
]


@pytest.mark.parametrize(("name", "alias"), OFFICIAL, ids=[alias for _, alias in OFFICIAL])
def test_every_event_of_the_contract_by_name_and_alias(name: str, alias: str) -> None:
    for written in (
        name,
        alias,
        name.upper(),
        name.replace(" ", "_"),
        name.replace(" ", "-").title(),
        name.replace(" ", "   "),
    ):
        assert event(f"2025-04-03 {written}").name == name
        assert event(f"{{date: 2025-04-03, event: {written}}}").name == name
    assert event(f"2025-04-03 {name}, in a note").note == "in a note"


def test_the_contract_names_every_event_but_the_two_that_point_to_another() -> None:
    named = {name for name, _ in OFFICIAL} | {"commitment met", "order complied"}
    named |= {"clock paused", "clock resumed"}
    assert named == {kind.name for kind in KINDS}


@pytest.mark.parametrize(
    ("line", "name", "note"),
    [
        ("2022-10-13 complaint received by telephone", "complaint received", "by telephone"),
        ("2022-10-13, complaint received, by letter", "complaint received", "by letter"),
        ('"2022-10-13: complaint received"', "complaint received", ""),
        ("2022-10-13 responded   by  letter", "stage 1 response", "by letter"),
        ("2022-10-13 stage one response", "stage 1 response", ""),
        ("2022-10-13 stage 2 response sent by email", "stage 2 response", "sent by email"),
        ("2022-10-13 contact # not a note", "contact", ""),
        ('"2022-10-13 contact (#5)"', "contact", "#5"),
        ("2022-10-13 update, = 1+1", "update", "= 1+1"),
        ("2022-10-13 contact by the\n    resident's son", "contact", "by the resident's son"),
    ],
)
def test_what_follows_the_event_in_one_line_is_a_note(line: str, name: str, note: str) -> None:
    found = event(line)
    assert (found.name, found.note) == (name, note)


def test_the_keys_of_the_long_form() -> None:
    found = event(
        "{Date: 2025-04-03, EVENT: stage 1 response, by: landlord, handler: CS-1, "
        "source: letter 4, evidence: claimed, note: late, id: r1, treated-as: Update}"
    )
    assert found == Event(
        "stage 1 response",
        on("2025-04-03"),
        "claimed",
        3,
        by="landlord",
        handler="CS-1",
        source="letter 4",
        note="late",
        id="r1",
        treated_as="update",
    )


@pytest.mark.parametrize("evidence", ["seen", "claimed", "Seen"])
def test_evidence_with_a_date(evidence: str) -> None:
    found = event(f"{{date: 2025-04-03, event: update, evidence: {evidence}}}")
    assert (found.evidence, found.when) == (evidence.lower(), on("2025-04-03"))


def test_absent_evidence_has_no_date() -> None:
    found = event("{event: complaint acknowledged, evidence: absent, source: case file}")
    assert (found.evidence, found.when, found.source) == ("absent", None, "case file")


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("stage 1 extended, until: 2025-05-01", "until", on("2025-05-01")),
        ("stage 1 extended, until: 2024-09", "until", DATES["2024-09"]),
        ("stage 1 extended, reason: survey awaited", "reason", "survey awaited"),
        ("stage 1 extended, ombudsman_details: yes", "ombudsman_details", True),
        ("stage 1 extended, Ombudsman details: No", "ombudsman_details", False),
        ("stage 1 extended, in writing: true", "in_writing", True),
        ("stage 1 extended, agreed-by-resident: false", "agreed_by_resident", False),
        ("stage 1 extended, good_reason: 'no'", "good_reason", False),
        ("commitment, within: 2 working days", "within", Limit(2)),
        ("commitment, within: one working day", "within", Limit(1)),
        ("commitment, within: {working_days: 3}", "within", Limit(3)),
        ("commitment, within: {Working days: 3}", "within", Limit(3)),
        ("commitment, within: 10 calendar days", "within", Limit(10, "calendar_days")),
        ("commitment, within: a week", "within", Limit(1, "weeks")),
        ("commitment, due: 2025-05-01", "due", on("2025-05-01")),
        ("order, within: 4 weeks", "within", Limit(4, "weeks")),
        ("order, within: FOUR  WEEKS", "within", Limit(4, "weeks")),
        ("order, within: 12 months", "within", Limit(12, "months")),
        # The Ombudsman's days are calendar days.
        ("order, within: 28 days", "within", Limit(28, "calendar_days")),
        ("order, within: 500 working days", "within", Limit(500)),
        ("stage 1 response, outcome: Partly-upheld", "outcome", "partly upheld"),
        ("stage 1 response, includes: Stage", "includes", ("stage",)),
        (
            "stage 1 response, includes: [Escalation_Route, stage]",
            "includes",
            ("escalation route", "stage"),
        ),
        ("stage 2 response, missing: [remedy]", "missing", ("remedy",)),
        ("compensation offered, amount: GBP 25", "amount", "GBP 25"),
        ("compensation offered, to: resident", "to", "resident"),
        ("chaser, answered: no", "answered", False),
        ("escalation requested, reasons demanded: yes", "reasons_demanded", True),
    ],
)
def test_the_keys_that_an_event_takes_of_its_own(written: str, name: str, value: object) -> None:
    found = event(f"{{date: 2025-04-03, event: {written}}}")
    assert found.attributes == {name: value}


def test_events_point_to_each_other_by_id_in_any_order() -> None:
    found = events(
        "{date: 2025-05-01, event: commitment met, of: p1}",
        "{date: 2025-04-03, event: commitment, id: p1, within: 20 working days}",
        "{date: 2025-04-03, event: order, id: 7, due: 2025-06-01}",
        "{date: 2025-05-01, event: order complied, of: 7}",
        "{date: 2025-05-02, event: stage 1 response, relies_on: p1}",
    )
    assert [one.id for one in found] == ["", "p1", "7", "", ""]
    assert found[0].attributes["of"] == "p1"
    assert found[3].attributes["of"] == "7"
    assert found[4].attributes["relies_on"] == "p1"


def test_a_policy_gives_its_name_and_its_events() -> None:
    own = Vocabulary((*COMMON.kinds, Kind("repair reported", "a repair was reported")))
    text = f"policy: luton\n{HEAD}- 2025-04-03 Repair-reported by phone\n"
    (found,) = parse_timelines(text.encode(), "c.yaml", Rules("-2022", own))
    assert found.policy == "luton-2022"
    assert found.events == (Event("repair reported", on("2025-04-03"), line=4, note="by phone"),)


def test_a_policy_that_does_not_exist_is_told_at_its_line_with_the_rest() -> None:
    rules = Rules(error=UsageError('there is no policy "lutn"'))
    with pytest.raises(InputError) as refused:
        parse_timelines(f"record: x\npolicy: lutn\n{HEAD}- x\n".encode(), "c.yaml", rules)
    assert [mistake.line for mistake in refused.value.mistakes] == [1, 2, 5]
    assert str(refused.value.mistakes[1]) == 'c.yaml:2: policy: there is no policy "lutn"'


def test_the_mistakes_of_a_policy_file_are_told_with_those_of_the_timeline() -> None:
    rules = Rules(error=InputError([Mistake("own.yaml", 3, "limit: wrong")]))
    with pytest.raises(InputError) as refused:
        parse_timelines(f"policy: own.yaml\n{HEAD}- x\n".encode(), "c.yaml", rules)
    assert str(refused.value).splitlines() == [
        'c.yaml:4: "x" does not begin with a date; write the date, then the event: '
        "2025-04-03 complaint received",
        "own.yaml:3: limit: wrong",
    ]


# Mistakes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", f"the file is empty; {NEW}"),
        (" \n\t\n", f"the file is empty; {NEW}"),
        ("# only a comment\n", f"there is no complaint in the file; {NEW}"),
        ("---\n---\n", f"there is no complaint in the file; {NEW}"),
        ("[]", f"there is no complaint in the file; {NEW}"),
        (
            "- 2025-04-03 received\n",
            "1: a timeline is expected here, with the keys complaint and events (and a line --- "
            "between two of them); `chcheck new` prints one",
        ),
        (
            '\n"complaint"',
            "2: a timeline is expected here, with the keys complaint and events (and a line --- "
            "between two of them); `chcheck new` prints one",
        ),
    ],
)
def test_a_file_without_a_complaint(text: str, says: str) -> None:
    assert mistakes(text) == [says]


def test_a_file_that_is_too_large() -> None:
    assert mistakes(b"#" * 20_000_001) == [
        "the file has more than 20 MB, the most that is read; split it into several files"
    ]


def test_a_rulebook_is_told_apart_from_a_broken_timeline() -> None:
    with pytest.raises(NotATimelineError) as refused:
        parse("id: own\nstandard: policy\nrules: []\n")
    assert str(refused.value) == (
        "c.yaml: this is a rulebook, not a timeline; name it as the policy of one"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("events: [2025-04-03 received]\n", '1: a timeline needs the key "complaint"'),
        ("\ncomplaint: x\n", '2: a timeline needs the key "events"'),
        (
            "complaint:\nevents: [2025-04-03 received]\n",
            "1: complaint: there is no value; write one, or leave the key out",
        ),
        (
            "complaint: [x]\nevents: [2025-04-03 received]\n",
            "1: complaint: a plain text is expected here",
        ),
        (
            "complaint: x\nevents:\n",
            "2: events: there are no events; write at least one, such as "
            "- 2025-04-03 complaint received",
        ),
        (
            "complaint: x\nevents: []\n",
            "2: events: there are no events; write at least one, such as "
            "- 2025-04-03 complaint received",
        ),
        (
            "complaint: x\nevents: 2025-04-03 received\n",
            "2: events: a list is expected here, each event on a line of its own, such as "
            "- 2025-04-03 complaint received",
        ),
        (
            "complaint: x\nevents:\n  2025-04-03: received\n",
            "3: events: a list is expected here, each event on a line of its own, such as "
            "- 2025-04-03 complaint received",
        ),
        (
            f"landlrod: x\n{HEAD}- 2025-04-03 received\n",
            '1: "landlrod" is not a key of a timeline; did you mean "landlord"?',
        ),
        (
            f"zzz: x\n{HEAD}- 2025-04-03 received\n",
            '1: "zzz" is not a key of a timeline; its keys are complaint, landlord, nation, '
            "policy, code, rules, body, record, as_at, dates, events, statements",
        ),
        (
            f"landlord: x\nLandlord: y\n{HEAD}- 2025-04-03 received\n",
            '2: the key "Landlord" is given here and on line 1; keep one',
        ),
        (
            f"landlord: x\nlandlord: y\n{HEAD}- 2025-04-03 received\n",
            '2: the key "landlord" is given here and on line 1; keep one',
        ),
        (
            f"as_at: 2025-06-01\nas-at: 2025-07-01\n{HEAD}- 2025-04-03 received\n",
            '2: the key "as-at" is given here and on line 1; keep one',
        ),
        (
            f"nation: Englnd\n{HEAD}- 2025-04-03 received\n",
            '1: nation: "Englnd" is not one of england, wales, scotland, northern-ireland; '
            'did you mean "england"?',
        ),
        (
            f"nation: UK\n{HEAD}- 2025-04-03 received\n",
            '1: nation: "UK" is not one of england, wales, scotland, northern-ireland',
        ),
        (
            f"record: no\n{HEAD}- 2025-04-03 received\n",
            '1: record: "no" is not one of complete, partial',
        ),
        (
            f"dates: us\n{HEAD}- 2025-04-03 received\n",
            '1: dates: "us" is not one of uk, iso',
        ),
        (
            f"as_at: 2025-06\n{HEAD}- 2025-04-03 received\n",
            "1: as_at: a single day is expected here, such as 2025-04-03",
        ),
        (
            f"as_at: 17:30\n{HEAD}- 2025-04-03 received\n",
            f'1: "17:30" is not a date; {FORMS}',
        ),
        (
            f"as_at: 2041-01-01\n{HEAD}- 2025-04-03 received\n",
            "1: 2041-01-01 is outside the years that the calendar covers, 2000 to 2040; correct "
            "the year",
        ),
        (
            f"policy:\n{HEAD}- 2025-04-03 received\n",
            "1: policy: there is no value; write one, or leave the key out",
        ),
    ],
)
def test_a_mistake_in_the_keys_of_a_timeline(text: str, says: str) -> None:
    assert mistakes(text) == [says]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        # The date.
        (
            "complaint received",
            '"complaint received" does not begin with a date; write the date, then the event: '
            "2025-04-03 complaint received",
        ),
        (
            "on 2025-04-03 the complaint was received by the repairs team at the hub",
            '"on 2025-04-03 the complaint was received by the repairs t..." does not begin with a '
            "date; write the date, then the event: 2025-04-03 complaint received",
        ),
        (
            "03/06/2025 received",
            '"03/06/2025" can be read as 3 June 2025 or as 6 March 2025; write 2025-06-03 or '
            "2025-03-06, or put `dates: uk` at the top of the file to say that the day always "
            "comes first",
        ),
        ("2025-02-29 received", f'"2025-02-29": February 2025 has 28 days; {FORMS}'),
        (
            "1925-04-03 received",
            "1925-04-03 is outside the years that the calendar covers, 2000 to 2040; correct the "
            "year",
        ),
        (
            "2025-04-03/2052-04-03 received",
            "2052-04-03 is outside the years that the calendar covers, 2000 to 2040; correct the "
            "year",
        ),
        ("{date: no, event: received}", f'"no" is not a date; {FORMS}'),
        ("{date: on, event: received}", f'"on" is not a date; {FORMS}'),
        ("{date: 17:30, event: received}", f'"17:30" is not a date; {FORMS}'),
        ("{date: , event: received}", f"there is no date; {FORMS}, or unknown"),
        ("{date: {day: 3}, event: received}", "date: a date is expected here"),
        ("{date: [], event: received}", "date: there is no date in the list"),
        ("{date: [2025-04-03, zz], event: received}", f'"zz" is not a date; {FORMS}'),
        ("{event: received}", '"complaint received" needs the key "date"'),
        (
            "{event: received, evidence: claimed}",
            '"complaint received" needs the key "date"',
        ),
        (
            "{event: received, evidence: absent, date: 2025-04-03}",
            "date: an event whose evidence is absent has no date; leave out one of the two",
        ),
        (
            "{event: received, evidence: abscent}",
            'evidence: "abscent" is not one of seen, claimed, absent; did you mean "absent"?',
        ),
        # The event.
        (
            "2025-04-03 stage 1 respones",
            '"stage 1 respones" is not an event; did you mean "stage 1 response"?',
        ),
        (
            "2025-04-03 acknowleged by letter",
            '"acknowleged by letter" is not an event; did you mean "complaint acknowledged"?',
        ),
        (
            "{date: 2025-04-03, event: ombudsman referal}",
            '"ombudsman referal" is not an event; did you mean "ombudsman referral"?',
        ),
        (
            "2025-04-03 boiler exploded",
            '"boiler exploded" is not an event; `chcheck events` lists them all',
        ),
        (
            "2025-04-03",
            "no event follows the date; write it there: 2025-04-03 complaint received",
        ),
        (
            "{date: 2025-04-03, event: }",
            "event: a name is expected here; `chcheck events` lists them all",
        ),
        (
            "{date: 2025-04-03, event: [received]}",
            "event: a name is expected here; `chcheck events` lists them all",
        ),
        ("{date: 2025-04-03}", 'this names no event; add the key "event"'),
        ("{}", 'this names no event; add the key "event"'),
        ("[2025-04-03, received]", "an event is one line of text, or keys with values"),
        (
            "2025-04-03 10.75 received",
            '"10.75" is not a time; write one such as 17:30, 5pm or noon',
        ),
        # A bare name that may mean another event.
        (
            "2025-04-03 response at stage 2",
            '"response at stage 2" may be "stage 1 response" or "stage 2 response"; write the one '
            "that is meant",
        ),
        (
            "2025-04-03 acknowledged escalation",
            '"acknowledged escalation" may be "complaint acknowledged" or "escalation '
            'acknowledged"; write the one that is meant',
        ),
        (
            "2025-04-03 received, logged and acknowledged",
            '"received, logged and acknowledged" may be "complaint received" or "complaint '
            'logged"; write the one that is meant',
        ),
        (
            "2025-04-03 received stage 1 response",
            '"received stage 1 response" may be "complaint received" or "stage 1 response"; write '
            "the one that is meant",
        ),
        # The keys.
        (
            "{date: 2025-04-03, event: stage 1 extended, untill: 2025-05-01}",
            '"untill" is not a key of "stage 1 extended"; did you mean "until"?',
        ),
        (
            "{date: 2025-04-03, event: complaint logged, until: 2025-05-01}",
            '"until" is not a key of "complaint logged"; its keys are date, event, by, handler, '
            "source, evidence, note, id, treated_as",
        ),
        (
            "{date: 2025-04-03, Date: 2025-05-03, event: update}",
            'the key "Date" is given here and on line 3; keep one',
        ),
        (
            "{date: 2025-04-03, date: 2025-05-03, event: update}",
            'the key "date" is given here and on line 3; keep one',
        ),
        (
            "{date: 2025-04-03, event: stage 1 extended, in_writing: on}",
            'in_writing: "on" is not yes or no; write one of the two',
        ),
        (
            "{date: 2025-04-03, event: stage 1 extended, in_writing: }",
            "in_writing: there is no value; write one, or leave the key out",
        ),
        (
            "{date: 2025-04-03, event: stage 1 extended, until: soon}",
            f'"soon" is not a date; {FORMS}',
        ),
        (
            "{date: 2025-04-03, event: stage 1 response, includes: [stage, reazons]}",
            'includes: "reazons" is not one of its items; did you mean "reasons"?',
        ),
        (
            "{date: 2025-04-03, event: stage 1 response, includes: {stage: yes}}",
            "includes: a list of plain texts is expected here",
        ),
        (
            "{date: 2025-04-03, event: stage 1 response, outcome: uphold}",
            'outcome: "uphold" is not one of upheld, partly upheld, not upheld; '
            'did you mean "upheld"?',
        ),
        (
            "{date: 2025-04-03, event: update, handler: [a, b]}",
            "handler: a plain text is expected here",
        ),
        (
            "{date: 2025-04-03, event: update, treated_as: escalatd}",
            'treated_as: "escalatd" is not an event; did you mean "escalation requested"?',
        ),
        (
            "{date: 2025-04-03, event: update, treated_as: xyzzy}",
            'treated_as: "xyzzy" is not an event; `chcheck events` lists them all',
        ),
        # Limits.
        (
            "{date: 2025-04-03, event: commitment, within: 2 days}",
            'within: "2 days": write working days or calendar days',
        ),
        (
            "{date: 2025-04-03, event: commitment, within: soon}",
            'within: "soon" is not a time allowed; write it as 2 working days, 10 calendar days, '
            "4 weeks or 12 months",
        ),
        (
            "{date: 2025-04-03, event: order, within: 4 weekſ}",
            'within: "4 weekſ" is not a time allowed; write it as 2 working days, 10 calendar '
            "days, 4 weeks or 12 months",
        ),
        (
            "{date: 2025-04-03, event: order, within: 0 weeks}",
            "within: a limit is 1 to 104 weeks long",
        ),
        (
            "{date: 2025-04-03, event: order, within: 501 working days}",
            "within: a limit is 1 to 500 working days long",
        ),
        (
            "{date: 2025-04-03, event: order, within: 99999999999999999999 days}",
            "within: a limit is 1 to 730 calendar days long",
        ),
        (
            "{date: 2025-04-03, event: order, within: {months: 25}}",
            "within: a limit is 1 to 24 months long",
        ),
        (
            "{date: 2025-04-03, event: order, within: {weeks: four}}",
            'weeks: "four" is not a whole number; write one such as 10',
        ),
        (
            "{date: 2025-04-03, event: order, within: {weeks: }}",
            "weeks: there is no value; write one, or leave the key out",
        ),
        (
            "{date: 2025-04-03, event: order, within: {weeks: 4, months: 1}}",
            "within: one unit is expected here: working_days, calendar_days, weeks, months",
        ),
        # Pointers.
        (
            "{date: 2025-04-03, event: commitment met, of: p1}",
            'of: no event has the id "p1"; give that event the key id: p1',
        ),
        # Safety.
        (
            "{date: 2025-04-03, event: update, note: &x y}",
            "YAML anchors and aliases (& and *) are not read; write it out",
        ),
        (
            "{date: 2025-04-03, event: update, note: *x}",
            "YAML anchors and aliases (& and *) are not read; write it out",
        ),
        ("!!str 2025-04-03 update", "YAML tags (!) are not read; leave the tag out"),
        (
            '"2025-04-03 update, \\e[2J"',
            "there is a control character (U+001B) here; remove it",
        ),
        (
            '{date: 2025-04-03, event: update, note: "\\u202e"}',
            "there is a control character (U+202E) here; remove it",
        ),
    ],
)
def test_a_mistake_in_an_event(line: str, says: str) -> None:
    assert event_mistakes(line) == [f"3: {says}"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "2025-04-03 complaint received: by telephone",
            "a colon with a space after it does not go into the one-line form; write "
            "- 2025-04-03 complaint received, by telephone",
        ),
        (
            "2025-04-03: complaint received",
            "a colon with a space after it does not go into the one-line form; write "
            "- 2025-04-03 complaint received",
        ),
        (
            "2025-04-03 complaint received:",
            "a colon with a space after it does not go into the one-line form; write "
            "- 2025-04-03 complaint received",
        ),
        (
            "complaint received: 2025-04-03",
            "the date comes first: write - 2025-04-03 complaint received",
        ),
        (
            "2025-04-03 stage 1 extended until: 2025-05-01",
            "a colon with a space after it does not go into the one-line form; write "
            "- 2025-04-03 stage 1 extended until 2025-05-01",
        ),
        (
            "2025-04-03 stage 1 response: by letter\n  includes: [stage]",
            "the one-line form takes no keys; write the event as "
            "- {date: 2025-04-03, event: stage 1 response, ...}",
        ),
        (
            "2025-04-03 responded:\n    includes: [stage]",
            "the one-line form takes no keys; write the event as "
            "- {date: 2025-04-03, event: stage 1 response, ...}",
        ),
        (
            "2025-04-03 boiler broke:\n    of: p1",
            "the one-line form takes no keys; write the event as "
            "- {date: 2025-04-03, event: ..., ...}",
        ),
    ],
)
def test_a_colon_in_the_one_line_form_says_what_to_write_instead(line: str, says: str) -> None:
    assert event_mistakes(line) == [f"3: {says}"]


@pytest.mark.parametrize(
    "line", ["2025-04-03 complaint received, by telephone", "2025-04-03 complaint received"]
)
def test_what_the_advice_on_colons_says_to_write_is_read(line: str) -> None:
    assert event(line).name == "complaint received"


@pytest.mark.parametrize(
    ("line", "note", "kind", "key"),
    [
        ("extension reason survey", "reason survey", "stage 1 extended", "reason"),
        (
            "stage 1 extended, good reason yes",
            "good reason yes",
            "stage 1 extended",
            "good_reason",
        ),
        ("order within 4 weeks", "within 4 weeks", "order", "within"),
        ("commitment due 2025-05-01", "due 2025-05-01", "commitment", "due"),
        ("commitment met of p1", "of p1", "commitment met", "of"),
        ("chaser answered no", "answered no", "chaser", "answered"),
        ("update handler CS-114", "handler CS-114", "update", "handler"),
        ("update evidence claimed", "evidence claimed", "update", "evidence"),
        ("update treated as escalation", "treated as escalation", "update", "treated_as"),
    ],
)
def test_a_key_in_the_one_line_form_is_refused(line: str, note: str, kind: str, key: str) -> None:
    assert event_mistakes(f"2025-04-03 {line}") == [
        f'3: in the one-line form what follows the event is a note, so "{note}" would not be '
        f"read; write - {{date: 2025-04-03, event: {kind}, {key}: ...}}"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "complaint received by telephone",
        "chaser, answered by telephone",
        "stage 1 response sent by email",
        "update, evidence asked of the contractor",
        "contact, source of the leak discussed",
        "complaint logged, within the hour",
    ],
)
def test_a_note_that_only_sounds_like_a_key_is_a_note(line: str) -> None:
    assert event(f"2025-04-03 {line}").note


BARE = {
    "responded": ("stage 1 response", "stage 2 response"),
    "response": ("stage 1 response", "stage 2 response"),
    "acknowledged": ("complaint acknowledged", "escalation acknowledged"),
    "acknowledgement": ("complaint acknowledged", "escalation acknowledged"),
    "logged": ("complaint logged", "escalation logged"),
    "extended": ("stage 1 extended", "stage 2 extended"),
    "extension": ("stage 1 extended", "stage 2 extended"),
}


@pytest.mark.parametrize("bare", BARE)
def test_a_bare_name_after_the_escalation_must_say_its_stage(bare: str) -> None:
    one, two = BARE[bare]
    says = (
        f'"{bare}" on or after the escalation may belong to either stage; write "{one}" or "{two}"'
    )
    for line in (f"2025-05-02 {bare}  by   letter", f"{{date: 2025-05-02, event: {bare}}}"):
        assert event_mistakes("2025-05-01 escalated", line) == [f"4: {says}"]
        assert event_mistakes(line, "2025-05-01 escalated") == [f"3: {says}"]
    before = events(f"2025-04-30 {bare}", "2025-05-01 escalated")
    assert [one.name for one in before] == [one, "escalation requested"]


@pytest.mark.parametrize(
    "other",
    [
        "2025-05-02 escalated",
        "2025-05 escalated",
        "../2025-05-02 escalated",
        "unknown escalated",
        "2025-05-01 escalation acknowledged",
        "2025-05-01 escalation logged",
        "2025-05-01 stage 2 response",
        "2025-05-01 stage 3 requested",
        "{date: 2025-05-01, event: complaint received, treated_as: escalation}",
    ],
)
def test_whatever_shows_an_escalation_makes_a_bare_response_ambiguous(other: str) -> None:
    (says,) = event_mistakes(other, "2025-05-02 responded")
    assert says.startswith('4: "responded" on or after the escalation may belong to either stage;')


@pytest.mark.parametrize(
    "lines",
    [
        ["{event: escalation requested, evidence: absent}", "2025-05-02 responded"],
        ["2025-05-03 escalated", "2025-05-02 responded"],
        ["2025-05-01 escalated", "2025-05-02 stage 1 response"],
        ["2025-05-01 escalated", "{event: responded, evidence: absent}"],
        ["2025-05-01 complaint refused", "2025-05-02 responded"],
    ],
)
def test_otherwise_a_response_is_taken_at_its_word(lines: list[str]) -> None:
    assert "stage 1 response" in [one.name for one in events(*lines)]


def test_an_uncertain_date_that_reaches_past_the_escalation_is_ambiguous() -> None:
    for day in ("2025-04/2025-05", "unknown", "2025-04-01/.."):
        (says,) = event_mistakes("2025-05-01 escalated", f"{day} responded")
        assert says.startswith('4: "responded" on or after the escalation')


def test_an_id_that_stands_twice_names_both_lines() -> None:
    assert event_mistakes(
        "{date: 2025-04-03, event: commitment, id: p1}",
        "{date: 2025-04-04, event: commitment, id: p1}",
    ) == ['4: the id "p1" is given here and on line 3; change one']


def test_a_pointer_to_nothing_suggests_the_nearest_id() -> None:
    assert event_mistakes(
        "{date: 2025-04-03, event: commitment, id: promise-1}",
        "{date: 2025-04-04, event: commitment met, of: promise-l}",
    ) == ['4: of: no event has the id "promise-l"; did you mean "promise-1"?']
    assert event_mistakes(
        "{date: 2025-04-04, event: stage 1 response, relies_on: repair}",
    ) == ['3: relies_on: no event has the id "repair"; give that event the key id: repair']


def test_a_pointer_to_an_event_with_a_mistake_is_not_a_second_mistake() -> None:
    assert event_mistakes(
        "{date: soon, event: commitment, id: p1}",
        "{date: 2025-04-04, event: commitment met, of: p1}",
        "{date: 2025-04-04, event: ordr, id: 7}",
        "{date: 2025-04-04, event: order complied, of: 7}",
    ) == [
        f'3: "soon" is not a date; {FORMS}',
        '5: "ordr" is not an event; did you mean "order"?',
    ]


def test_every_mistake_of_a_file_is_told_at_once_in_the_order_of_its_lines() -> None:
    text = (
        "complaint: C-1\n"
        "nation: englnd\n"
        "events:\n"
        "- 03/04/2025 received\n"
        "- date: 2025-02-30\n"
        "  event: stage 1 extended\n"
        "  until: soon\n"
        "  in_writing: perhaps\n"
        "  treated_as: nothing known\n"
        "- 2025-04-04 boiler exploded\n"
        "- 2025-06-31 boiler exploded\n"
        "---\n"
        "landlord: x\n"
        "events: [yesterday received]\n"
    )
    assert [int(says.split(":")[0]) for says in mistakes(text)] == [
        *(2, 4, 5, 7, 8, 9, 10, 11, 11),
        *(13, 14),
    ]


def test_every_mistake_of_a_json_file_is_told_at_once_with_its_line() -> None:
    text = (
        '[{"complaint": "C-1",\n'
        ' "events": [\n'
        '  "03/04/2025 received",\n'
        '  {"date": "2025-04-04",\n'
        '   "event": "stage 1 extended",\n'
        '   "untill": "2025-05-01"},\n'
        '  {"date": "2025-04-04", "event": "update", "note": "\\u001b"}\n'
        " ]},\n"
        " 7]\n"
    )
    assert [int(says.split(":")[0]) for says in mistakes(text)] == [3, 6, 7, 9]


def test_a_quoted_text_stays_on_one_line_and_is_not_too_long() -> None:
    hostile = json.dumps({"complaint": "C", "events": [f"2025-04-03 x\n::error::{'y' * 99}"]})
    (says,) = mistakes(hostile)
    assert "\n" not in says
    assert len(says) < 140
    hostile = json.dumps(
        {"complaint": "C", "events": [{"date": "2025-04-03", "event": "x\n::error::y"}]}
    )
    assert mistakes(hostile) == [
        '1: "x ::error::y" is not an event; `chcheck events` lists them all'
    ]


def test_a_message_names_the_file_and_the_line() -> None:
    with pytest.raises(InputError) as refused:
        parse_timelines(f"{HEAD}- x\n".encode(), "folder/case 7.yaml", Rules())
    assert str(refused.value).startswith('folder/case 7.yaml:3: "x" does not begin with a date; ')


# Laws -----------------------------------------------------------------------------------------

words = st.text(st.sampled_from("abz 09-:#,'\"[]{}&*!é/\\"), max_size=10)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31)).map(str)
names = st.sampled_from([name for kind in KINDS for name in (kind.name, *kind.aliases)])
spans = st.one_of(
    days,
    days.map(lambda day: day[:7]),
    st.tuples(days, days).map(lambda ends: "/".join(sorted(ends))),
    days.map(lambda day: f"{day}/.."),
    days.map(lambda day: f"../{day}"),
    st.just("unknown"),
)
short_events = st.tuples(spans, names, words).map(lambda parts: " ".join(parts).strip())
long_events = st.fixed_dictionaries(
    {"date": st.one_of(spans, st.lists(days, max_size=2)), "event": names},
    optional={
        "by": words,
        "note": words,
        "id": words,
        "evidence": st.sampled_from(["seen", "claimed", "absent", "no"]),
        "until": spans,
        "in_writing": st.sampled_from(["yes", "no", "on"]),
        "includes": st.lists(st.sampled_from(["stage", "remedy", "other"]), max_size=2),
        "within": st.sampled_from(["4 weeks", "2 days", "none"]),
    },
)
timelines = st.fixed_dictionaries(
    {
        "complaint": words,
        "events": st.lists(st.one_of(short_events, long_events), max_size=4),
    },
    optional={
        "nation": st.sampled_from(["england", "Scotland", "no"]),
        "record": st.sampled_from(["partial", "complete"]),
        "as_at": days,
        "dates": st.sampled_from(["uk", "iso"]),
    },
)


def outcome(text: str, *, as_json: bool) -> list[Timeline] | list[str]:
    """Return what was read, or what was wrong with it, without the lines."""
    try:
        found = parse(text, as_json=as_json)
    except InputError as error:
        return sorted({re.sub(r"on line \d+", "", one.says) for one in error.mistakes})
    return [
        replace(one, line=0, events=tuple(replace(event, line=0) for event in one.events))
        for one in found
    ]


@settings(max_examples=100, deadline=None)
@given(data=timelines)
@example(data={"complaint": "no", "events": ["2025-04-03 received: no", "17:30"]})
def test_yaml_and_json_of_the_same_data_read_alike(data: dict[str, object]) -> None:
    from_json = outcome(json.dumps(data), as_json=True)
    quoted = yaml.safe_dump(data, default_style='"', sort_keys=False)
    plain = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)
    assert outcome(quoted, as_json=False) == from_json
    assert outcome(plain, as_json=False) == from_json
    assert outcome(json.dumps(data), as_json=False) == from_json


pieces = st.sampled_from(
    [
        "complaint: C-1",
        "events:",
        "- 2025-04-03 complaint received",
        "- 03/04/2025 responded: late",
        "- 2025-04-03 stage 1 extended until 2025-05-01",
        "- {date: 2025-04-03, event: order, within: 4 weeks, id: x}",
        "- {event: update, evidence: absent}",
        "- date: 00/05/2025",
        "  event: escalated",
        "  of: x",
        "  until: [2025-04, unknown]",
        "  treated_as: {a: b}",
        "  within: {weeks: 3}",
        "dates: uk",
        "as_at: 9999-12-31",
        "nation: [x]",
        "---",
        "...",
        "%YAML 1.1",
        "? x",
        ": y",
        "&a b",
        "*a",
        "!t x",
        "'",
        '"\\e"',
        "|",
        "\t",
        "{",
        "]",
        "# x",
        "",
        "\x00",
        "\u2028",
    ]
)


def read_or_refused(data: bytes, as_json: bool | None) -> list[Timeline]:
    try:
        return parse(data, as_json=as_json)
    except InputError:
        return []


@settings(max_examples=120, deadline=None)
@given(
    data=st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.lists(pieces, max_size=12).map(lambda lines: "\n".join(lines).encode()),
        st.text(st.sampled_from('{}[]",:\\ \n0123456789-complaintevsd'), max_size=60).map(
            str.encode
        ),
        timelines.map(lambda data: json.dumps(data)[:-1].encode()),
    ),
    as_json=st.sampled_from([None, True, False]),
)
@example(data=b"complaint: x\nevents:\n- 00/05/2025 received\n", as_json=None)
@example(data=b"complaint: x\nevents:\n- 03/04/0000 received\n", as_json=None)
@example(data="complaint: x\nevents:\n- 3 ſept 2025 received\n".encode(), as_json=None)
@example(data=b"[[[[[[[[[[[[[[", as_json=None)
@example(data=b'{"complaint": {}, "events": {}}', as_json=None)
@example(data=b'{"complaint": "x", "events": [{"event": {}, "date": {}}]}', as_json=None)
@example(data=b'{"complaint": "x", "events": [[], {}, null, ""]}', as_json=None)
def test_arbitrary_bytes_are_timelines_or_an_input_error(data: bytes, as_json: bool | None) -> None:
    for found in read_or_refused(data, as_json):
        assert found.complaint
        assert found.events
        for one in found.events:
            assert COMMON.find(one.name) is not None
            assert (one.when is None) == (one.evidence == "absent")
            assert one.line >= found.line >= 1
