"""The words of a policy's own events: every sentence below is written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import astuple

from timeliness import Case, Finding, check, load_timelines
from timeliness.model.event_words import words_for
from timeliness.model.vocabulary import COMMON, KEYS, KINDS
from timeliness.write.answers import answer

POLICY = """
id: made-up-2025
title: A made-up policy
publisher: Made-up Homes
standard: policy
nations: [england]
source: made up for this test
checked: 2025-01-01
events:
  - {{name: repair reported, says: a repair was reported}}
  - {{name: all done, says: the end of it}}
  - {{name: {name}, says: what the test is about{words}}}
rules:
  - id: first-limit
    title: First limit
    clause: "1"
    duty: must
    says: It is done within 10 working days.
    provenance: quoted
    clock: {{start: repair reported, stop: {name}, limit: {{working_days: 10}}}}
  - id: second-limit
    title: Second limit
    clause: "2"
    duty: must
    says: All is done within 10 working days after it.
    provenance: quoted
    clock: {{start: {name}, stop: all done, limit: {{working_days: 10}}}}
"""
CASE = """
complaint: T-1
policy: ./policy.yaml
record: {record}
as_at: 2025-04-01
events:
  - 2025-03-03 complaint received
  - 2025-03-04 complaint acknowledged
  - 2025-03-10 stage 1 response
"""
REPORTED = ("2025-03-03 repair reported",)


def judged(
    folder: Path, name: str, *events: str, words: str = "", record: str = "complete"
) -> Case:
    (folder / "policy.yaml").write_text(POLICY.format(name=name, words=words))
    lines = "".join(f"  - {event}\n" for event in events)
    (folder / "case.yaml").write_text(CASE.format(record=record) + lines)
    report = check(*load_timelines(folder / "case.yaml"))
    assert not report.unchecked, report.unchecked
    return report.cases[0]


def the(case: Case, rule: str) -> Finding:
    (finding,) = (one for one in case.findings if one.rule == rule)
    return finding


# The name; what was done, as a sentence begins with it; how it begins a count; what the headline
# says of one not done; that it never happened.
NAMES = [
    (
        "inspection carried out", "carried out", "the inspection was carried out",
        "inspection not carried out", "No inspection was carried out",
    ),
    (
        "works carried out", "carried out", "the works were carried out",
        "works not carried out", "No works were carried out",
    ),
    (
        "keys handed over", "handed over", "the keys were handed over",
        "keys not handed over", "No keys were handed over",
    ),
    (
        "letter sent out", "sent out", "the letter was sent out",
        "letter not sent out", "No letter was sent out",
    ),
    (
        "follow up", "done", '"follow up"',
        '"follow up" not done', 'No "follow up" is recorded',
    ),
    (
        "heating back on", "done", '"heating back on"',
        '"heating back on" not done', 'No "heating back on" is recorded',
    ),
    (
        "repair completed", "completed", "the repair was completed",
        "repair not completed", "No repair was completed",
    ),
    (
        "hazard made safe", "made safe", "the hazard was made safe",
        "hazard not made safe", "No hazard was made safe",
    ),
]  # fmt: skip
EVERY = pytest.mark.parametrize(("name", "done", "after", "undone", "none"), NAMES)


# The limit is 10 working days from Monday 3 March 2025: 17 March. 10 March is the 5th working day
# after the start, 20 March the 13th.
@EVERY
def test_what_was_done(
    tmp_path: Path, name: str, done: str, after: str, undone: str, none: str
) -> None:
    first = done[0].upper() + done[1:]
    met = the(judged(tmp_path, name, *REPORTED, f"2025-03-10 {name}"), "first-limit")
    assert (met.verdict, met.says) == (
        "met",
        f"{first} on 10 March 2025, 5 working days after the repair was reported; due on 17 March "
        "2025.",
    )
    late = the(judged(tmp_path, name, *REPORTED, f"2025-03-20 {name}"), "first-limit")
    assert (late.verdict, late.says) == (
        "breach",
        f"{first} on 20 March 2025, 13 working days after the repair was reported; due on 17 March "
        "2025.",
    )


@EVERY
def test_what_was_not_done(
    tmp_path: Path, name: str, done: str, after: str, undone: str, none: str
) -> None:
    case = judged(tmp_path, name, *REPORTED)
    assert the(case, "first-limit").verdict == "breach"
    assert the(case, "first-limit").says == (
        f"Not {done} by 1 April 2025; it was due on 17 March 2025."
    )
    # Due on 17 March: eleven working days to 1 April.
    point = f"{undone}, overdue by 11 working days (policy, due 17 March 2025)"
    assert str(answer(case)) == f"1 breach: {point}."
    assert answer(case).points == (f"{point[0].upper()}{point[1:]}",)
    assert the(case, "second-limit").says == f"Not needed: {none[0].lower()}{none[1:]}."
    unknown = the(judged(tmp_path, name, *REPORTED, record="partial"), "first-limit")
    assert unknown.verdict == "cannot-tell"
    assert unknown.says == (
        f"The record does not say whether it was {done}; due on 17 March 2025; if not, it is "
        "overdue by 11 working days."
    )


@EVERY
def test_what_a_count_begins_with(
    tmp_path: Path, name: str, done: str, after: str, undone: str, none: str
) -> None:
    case = judged(tmp_path, name, f"2025-03-03 {name}", "2025-03-10 all done")
    assert the(case, "second-limit").says == (
        f"Done on 10 March 2025, 5 working days after {after}; due on 17 March 2025."
    )


def test_a_policy_may_give_an_event_its_own_words(tmp_path: Path) -> None:
    words = ", done: made safe, noun: making safe"
    name = "hazard made safe"
    case = judged(tmp_path, name, f"2025-03-03 {name}", "2025-03-10 all done", words=words)
    assert the(case, "second-limit").says == (
        "Done on 10 March 2025, 5 working days after the making safe; due on 17 March 2025."
    )
    words = ", done: switched on again"
    open_one = judged(tmp_path, "heating back on", *REPORTED, words=words)
    assert the(open_one, "first-limit").says == (
        "Not switched on again by 1 April 2025; it was due on 17 March 2025."
    )
    words = ", noun: return of the heating"
    open_one = judged(tmp_path, "heating back on", *REPORTED, words=words)
    assert (
        str(answer(open_one))
        == "1 breach: return of the heating overdue by 11 working days (policy, due 17 March 2025)."
    )


# Names that could be read in two ways are quoted, whatever they end in.
@pytest.mark.parametrize(
    "name",
    [
        "tenant moved", "surveyor visited", "resident notified", "repair not completed",
        "completed with no delay", "treated twice", "flower bed", "inspected", "mould seed",
        "the boiler repaired",
    ],
)  # fmt: skip
def test_a_name_that_is_not_safely_taken_apart_is_quoted(name: str) -> None:
    words = words_for(name)
    assert words.clause == words.thing == f'"{name}"'
    assert words.undone == f'"{name}" not {words.done}'


@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("gas turned off", "the gas was turned off"),
        ("works to the roof completed", "the works to the roof were completed"),
        ("damaged window replaced", "the damaged window was replaced"),
        ("report sent to tenant", "the report was sent to tenant"),
        ("shed repaired", "the shed was repaired"),
        ("asbestos removed", "the asbestos was removed"),
    ],
)
def test_other_names(name: str, clause: str) -> None:
    assert words_for(name).clause == clause


def test_every_common_event_has_words_of_its_own() -> None:
    for kind in KINDS:
        assert kind.done, kind.name
        assert kind.noun, kind.name
        assert '"' not in "".join(astuple(kind.words)), kind.name


def test_keys_of_one_name_have_the_same_words() -> None:
    for kind in COMMON.kinds:
        for key in kind.all_keys:
            other = KEYS[key.name]
            assert (key.yes, key.no, key.open) == (other.yes, other.no, other.open), key.name
