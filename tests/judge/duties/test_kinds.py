"""The kinds of duty: a new one is one module and its place among `KINDS`."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from tests.helpers.judging import Outcome as Told
from tests.helpers.judging import not_examined, outcomes, the
from timeliness import Case, check, load_rulebooks
from timeliness.judge.duties import KINDS
from timeliness.judge.duties.subject import EVENT, NOT_EXAMINED, Duty, Outcome, Subject
from timeliness.model.errors import InputError
from timeliness.model.keys import Key, names_of
from timeliness.model.rulebooks import Check
from timeliness.model.verdict_words import BREACH, MET
from timeliness.read.library import Loader
from timeliness.write.rule_page import rule_text
from timeliness.write.schema import rulebook_schema


class DoneBy(Duty, frozen=True):
    """A kind that is nowhere but here: that somebody of a certain role does an event."""

    event: str
    role: str

    KEY: ClassVar[Key] = Key(
        "done_by",
        "map",
        "who does an event",
        keys=(
            EVENT,
            Key("role", "choice", "the role", ("landlord", "resident"), required=True),
        ),
    )

    def page(self) -> list[tuple[str, str]]:
        return [("Looks at", f"who did the {self.event}: the {self.role}.")]

    def judge(self, subject: Subject) -> Outcome | None:
        events = subject.dated(self.event)
        if not events:
            return None
        by = events[0].by
        if not by:
            return NOT_EXAMINED
        if by == self.role:
            return Outcome(MET, "as-required", f"The {self.role} did it.", line=events[0].line)
        return Outcome(BREACH, "not-as-required", f"The {by} did it.", line=events[0].line)


POLICY = """\
id: own-2024
title: Own policy
standard: policy
source: the policy itself
checked: 2025-01-31
publisher: Own Homes
in_force: not stated
rules:
  - id: acknowledge-complaint
    title: Acknowledge
    clause: "4"
    duty: must
    says: It acknowledges within 3 working days.
    provenance: quoted
    clock: {start: received, stop: acknowledged, limit: {working_days: 3}}
duties:
  - id: own-kind
    title: Who answers
    clause: "9"
    duty: must
    says: The landlord answers.
    provenance: quoted
    DUTY
"""
"""The duty's kind is on line 23."""


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "done_by", DoneBy)


def write(folder: Path, duty: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(POLICY.replace("DUTY", duty), encoding="utf-8")
    return path


def judged(folder: Path, by: str) -> Case:
    write(folder, "done_by: {event: stage 1 response, role: landlord}")
    loader = Loader(load_rulebooks())
    text = f"""\
complaint: T-1
as_at: 2026-06-30
nation: england
policy: own.yaml
events:
  - 2025-06-05 complaint received
  - 2025-06-06 complaint acknowledged
  - {{date: 2025-06-10, event: stage 1 response{by}}}
"""
    timelines = loader.parse(text.encode(), "case.yaml", folder)
    return check(timelines, loader.library).cases[0]


def refused(folder: Path, duty: str) -> list[str]:
    with pytest.raises(InputError) as error:
        load_rulebooks([write(folder, duty)])
    return [str(one).partition("own.yaml:")[2] for one in error.value.mistakes]


# A kind of one's own --------------------------------------------------------------------------


@pytest.mark.usefixtures("invented")
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (", by: landlord", [("met", "as-required")]),
        (", by: councillor", [("breach", "not-as-required")]),
    ],
)
def test_a_new_kind_is_read_and_judged(tmp_path: Path, by: str, expected: list[Told]) -> None:
    case = judged(tmp_path, by)
    assert outcomes(case, "own-kind", "policy") == expected
    assert the(case, "own-kind").clause == "9"


@pytest.mark.usefixtures("invented")
def test_a_new_kind_of_which_nothing_is_recorded_is_not_examined(tmp_path: Path) -> None:
    assert "own-kind" in not_examined(judged(tmp_path, ""))


@pytest.mark.usefixtures("invented")
def test_a_new_kind_is_on_the_page_of_its_rule(tmp_path: Path) -> None:
    path = write(tmp_path, "done_by: {event: stage 1 response, role: landlord}")
    text = rule_text("own-kind", load_rulebooks([path]).rulebooks.values())
    assert "  Looks at: who did the stage 1 response: the landlord.\n" in text


@pytest.mark.usefixtures("invented")
def test_a_new_kind_is_in_the_schema_of_a_rulebook() -> None:
    duty = rulebook_schema()["properties"]["duties"]["items"]
    assert {"required": ["done_by"]} in duty["oneOf"]
    assert duty["properties"]["done_by"] == {
        "description": "who does an event",
        "type": "object",
        "properties": {
            "event": {"description": "the event", "type": "string"},
            "role": {"description": "the role", "enum": ["landlord", "resident"]},
        },
        "required": ["event", "role"],
        "additionalProperties": False,
    }


@pytest.mark.usefixtures("invented")
def test_a_new_kind_is_named_where_a_duty_has_none(tmp_path: Path) -> None:
    assert refused(tmp_path, "note: nothing is asked") == [
        "17: a duty needs exactly one of letter, attributes, refusal, another_person, sequence, "
        "never, window, family, done_by"
    ]


# What is wrong with a duty --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "says"),
    [
        (
            "note: nothing is asked",
            "17: a duty needs exactly one of letter, attributes, refusal, another_person, "
            "sequence, never, window, family",
        ),
        (
            "never: {events: stage 3 response}\n    family: {name: record}",
            "17: a duty needs exactly one of letter, attributes, refusal, another_person, "
            "sequence, never, window, family",
        ),
        ("never: stage 3 response", "23: never: the keys events are expected here"),
        ("never: {}", '23: never needs the key "events"'),
        ("never: {events: []}", "23: events: there is nothing in the list; write at least one"),
        (
            "never: {events: [stage 3 answr]}",
            '23: events: "stage 3 answr" is not an event; did you mean "stage 3 response"?',
        ),
        (
            "letter: {event: stage 1 response}",
            '23: letter needs the key "items"',
        ),
        (
            "letter: {event: stage 1 response, items: []}",
            "23: items: there is nothing in the list; write at least one",
        ),
        (
            "letter: {event: [stage 1 response, stage 2 response], items: stage}",
            "23: event: a plain text is expected here",
        ),
        (
            "letter: {event: stage 1 response, items: stge}",
            '23: items: "stge" is not one of its items; did you mean "stage"?',
        ),
        (
            "attributes: {event: stage 1 extended, must: [reson]}",
            '23: must: "reson" is not one of its items; did you mean "reason"?',
        ),
        # Without grounds every refusal would be on none that counts.
        (
            "refusal: {event: complaint refused, needs: in_writing}",
            '23: refusal needs the key "grounds"',
        ),
        (
            "another_person: {event: stage 2 response}",
            '23: another_person needs the key "not_by"',
        ),
        (
            "window: {event: referred to ombudsman, after: stage 2 response, closes_after: soon}",
            '23: closes_after: "soon" is not a time allowed; write it as 2 working days, '
            "10 calendar days, 4 weeks or 12 months",
        ),
        (
            "family: {name: orders}",
            '23: name: "orders" is not one of promise, record',
        ),
    ],
)
def test_a_mistake_in_a_duty(tmp_path: Path, duty: str, says: str) -> None:
    assert refused(tmp_path, duty) == [says]


def test_the_page_of_a_refusal_that_needs_a_ground_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "refusal: {event: complaint refused, grounds: too old}")
    text = rule_text("own-kind", load_rulebooks([path]).rulebooks.values())
    assert "  Looks at: the complaint refused.\n  Grounds: too old.\n" in text


# The keys of each kind ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_keys_of_a_kind_are_the_fields_that_it_judges_by(kind: type[Check]) -> None:
    assert list(kind.__struct_fields__) == names_of(kind.KEY.keys)  # type: ignore[arg-type]
