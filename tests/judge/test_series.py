"""Several Codes at once: each has its own editions, its own rules and its own words.

The days by hand. Received Monday 3 March 2025. 5 working days end on Monday 10 March, 3 on Thursday
6 March; acknowledged on Friday 7 March that is in time for the Housing Ombudsman, and 1 working day
late for the councils. 12 working days from receipt end on Wednesday 19 March, and 10 from the
acknowledgement, which the Housing Ombudsman counts, on Friday 21 March; answered on Thursday 20
March, stage 1 is in time for it, and not for the councils, whose rule is a "should".
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from tests.helpers.series import COUNCILS, HAZARDS, HIGHLANDS
from timeliness.judge.cases import check_timelines
from timeliness.judge.columns import Bounds
from timeliness.judge.editions import Asked, AskedSet, which
from timeliness.model.calendars import DAY
from timeliness.model.findings import Case
from timeliness.model.library import Library
from timeliness.read.library import Loader, load_rulebooks

AS_AT = date(2025, 6, 30)
EVENTS = """\
- 2025-03-03 complaint received
- 2025-03-07 complaint acknowledged
- 2025-03-20 stage 1 response
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("rules")
    for text in (COUNCILS, HAZARDS, HIGHLANDS):
        name = text.split()[1]
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_rulebooks([folder])


def checked(library: Library, head: str, events: str = EVENTS) -> Case:
    loader = Loader(library)
    text = f"complaint: C-1\n{head}\nevents:\n{events}"
    timelines = loader.parse(text.encode(), "c.yaml", Path())
    (case,), mistakes = check_timelines(timelines, loader.library, AS_AT)
    assert mistakes == []
    return case


def clocks(case: Case) -> list[tuple[str, str, str]]:
    return [
        (one.side.series, one.rule, one.counts_as)
        for one in case.findings
        if one.limit and one.verdict != "not-applicable"
    ]


def test_two_series_with_the_same_rules_stand_side_by_side(library: Library) -> None:
    case = checked(library, "code: [housing-ombudsman, councils]")
    assert clocks(case) == [
        ("housing-ombudsman", "acknowledge-complaint", "met"),
        ("councils", "acknowledge-complaint", "breach"),
        ("housing-ombudsman", "stage-1-response", "met"),
        ("councils", "stage-1-response", "not-followed"),
    ]
    # Each is judged by its own edition alone, whatever the other is.
    assert [one.rulebook for one in case.findings if one.limit][:2] == [
        "housing-ombudsman-2024",
        "councils-2024",
    ]
    assert case.ombudsmen == ("Housing Ombudsman", "Council Ombudsman")
    # What is to be known of breaches under one is told of that one alone.
    assert case.notes == ("councils' Code 2024: nobody has accepted anything.",)


def test_the_order_in_which_they_are_asked_for_is_kept(library: Library) -> None:
    case = checked(library, "code: [councils, housing-ombudsman]")
    assert [series for series, _, _ in clocks(case)][:2] == ["councils", "housing-ombudsman"]


@pytest.mark.parametrize(
    ("head", "series"),
    [
        ("nation: england", ["housing-ombudsman"]),
        # Each that is for them: one that comes with chcheck, and one of the tests.
        ("body: council", ["lgsco", "councils"]),
        ("nation: scotland", ["spso", "highlands"]),
        ("code: councils", ["councils"]),
        ("code: councils-2024", ["councils"]),
    ],
)
def test_the_code_is_that_of_the_nation_and_kind_of_body(
    library: Library, head: str, series: list[str]
) -> None:
    case = checked(library, head)
    assert list(dict.fromkeys(one for one, _, _ in clocks(case))) == series


def test_a_code_with_events_of_its_own(library: Library) -> None:
    # 10 working days from Monday 3 March end on Monday 17 March; done on the 19th, 2 days late.
    events = EVENTS + "- 2025-03-03 hazard reported\n- 2025-03-19 hazard investigated\n"
    case = checked(library, "code: [housing-ombudsman, hazards]", events)
    assert clocks(case)[-1] == ("hazards", "investigate", "breach")
    finding = next(one for one in case.findings if one.rule == "investigate")
    assert finding.late_by
    assert (finding.late_by.least, finding.late_by.most) == (2, 2)


def test_an_edition_of_each_series_that_is_not_in_force_is_noted(library: Library) -> None:
    # Received on 2 December 2024, before the law on hazards; 10 working days end on the 16th.
    events = "- 2024-12-02 complaint received\n- 2024-12-16 stage 1 response\n"
    case = checked(library, "code: [housing-ombudsman, hazards]", events)
    assert case.notes == (
        "Received before the first edition of Hazards' Law, so only the Code is checked.",
    )


def test_rules_that_none_of_several_codes_has_for_a_day(library: Library) -> None:
    loader = Loader(library)
    text = "complaint: C-1\ncode: [councils, hazards]\nevents:\n- 2020-01-06 complaint received\n"
    cases, mistakes = check_timelines(loader.parse(text.encode(), "c.yaml", Path()), library, AS_AT)
    assert cases == []
    assert [one.says for one in mistakes] == [
        "complaint C-1: the complaint was received before the first edition of the Council Code "
        "(1 April 2024) and before the first edition of Hazards' Law (1 January 2025), so there is "
        "nothing to check it against; add the landlord's policy: policy: my-policy.yaml"
    ]


def test_editions_are_told_apart_however_many_there_are() -> None:
    # 70 editions of one day each in ten series of seven: more bits than one number holds.
    (book,) = Loader(load_rulebooks()).library.named("housing-ombudsman-2024")
    first = date(2025, 1, 1).toordinal()
    sets = []
    for number in range(10):
        days = [date.fromordinal(first + number * 7 + one) for one in range(7)]
        books = tuple(replace(book, series=f"s{number}", start=day, end=day) for day in days)
        sets.append(AskedSet(books[0].side, books))
    from timeliness.judge.judged import _together

    days = np.arange(first, first + 70, dtype=DAY)
    bits = [which(one, Bounds(days, days)) for one in sets]
    keys = _together(bits, Asked("england", "housing", tuple(sets)))
    assert len(np.unique(keys)) == 70
