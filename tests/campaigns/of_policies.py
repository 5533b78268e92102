"""Random complaints under random policies, judged by the program and in every possible world."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from pathlib import Path

from tests.campaigns.lives import OpenQuestionError
from tests.campaigns.making import (
    CHRISTMASES,
    EASTERS,
    TEN_MORE,
    TWO_WEEKS_MORE,
    UNSTATED,
    WEEKENDS,
    Maker,
    stage_clocks,
)
from tests.campaigns.of_lives import CORNERS, differences, possible_lives
from tests.campaigns.oracle import Calendar, Clock, Limit, Record
from tests.campaigns.records import Policy, library, timeline
from tests.campaigns.worlds import wrongly_judged
from timeliness import check

SHUTDOWN = tuple(date(2024, 12, day) for day in (24, 27, 30, 31))
POLICIES = (
    Policy("unstated", stage_clocks(acknowledges=True, stated=False, extension=UNSTATED)),
    Policy(
        "no-acknowledgement", stage_clocks(acknowledges=False, stated=False, extension=UNSTATED)
    ),
    Policy("extended", stage_clocks(acknowledges=True, stated=False, extension=TEN_MORE)),
    Policy("by-weeks", stage_clocks(acknowledges=True, stated=True, extension=TWO_WEEKS_MORE)),
    Policy(
        "same-day",
        stage_clocks(acknowledges=True, stated=True, extension=None),
        counting="same-day",
    ),
    Policy(
        "roll-forward",
        stage_clocks(acknowledges=True, stated=False, extension=TEN_MORE),
        counting="roll-forward",
    ),
    Policy(
        "shutdown", stage_clocks(acknowledges=True, stated=False, extension=None), closures=SHUTDOWN
    ),
    Policy(
        "scottish",
        stage_clocks(acknowledges=True, stated=True, extension=UNSTATED),
        nation="scotland",
    ),
    Policy(
        "northern-irish",
        stage_clocks(acknowledges=True, stated=True, extension=None),
        nation="northern-ireland",
    ),
)
LIMITS: tuple[Limit, ...] = (
    (10, "working_days"),
    (9, "calendar_days"),
    (2, "weeks"),
    (1, "months"),
)


def cut_off(counting: str, closures: tuple[date, ...]) -> Policy:
    return Policy(
        "cut-off",
        stage_clocks(acknowledges=True, stated=True, extension=TEN_MORE),
        counting=counting,
        closures=closures,
        cut_off=time(17, 0),
    )


def repairs(limit: Limit) -> Policy:
    """A policy with clocks on events of its own."""
    reported, ordered, done = events = ("repair reported", "works ordered", "works done")
    return Policy(
        "repairs",
        {
            "order-works": Clock(0, reported, (reported,), ordered, (3, "working_days")),
            "finish-works": Clock(
                0, reported, (ordered,), done, limit, own_limit=(3, "working_days")
            ),
            "finish-repair": Clock(0, reported, (reported,), done, limit),
        },
        events=events,
        own_limits={"finish-works": "order-works"},
    )


def wrong_under(policy: Policy, records: Sequence[Record], folder: Path) -> list[str]:
    """Return what is judged wrongly of the records under a policy, which is written to a folder."""
    books = library(folder, policy)
    rules = tuple(policy.clocks)
    one = policy.id, policy.nation
    return wrongly_judged(records, books, rules, (policy.book,), "policy", *one)


def wrong_lives(policy: Policy, records: Sequence[Record], folder: Path) -> list[str]:
    """Return what is judged wrongly of lives under a policy, by the twin that knows of episodes."""
    books = library(folder, policy)
    timelines = [
        timeline(record, f"{number}", policy.id, policy.nation)
        for number, record in enumerate(records)
    ]
    cases = {case.timeline.complaint: case for case in check(timelines, books).cases}
    wrong: list[str] = []
    for number, record in enumerate(records):
        with contextlib.suppress(OpenQuestionError):
            told = differences(cases.get(f"{number}"), record, (policy.book,), "policy")
            wrong += [str(one) for one in told if one.kind != CORNERS]
    return wrong


# A round --------------------------------------------------------------------------------------

COMPLAINTS = 40
COUNTINGS = ("day-after", "same-day", "roll-forward")
MOST_SHOWN = 4


def went_wrong(seed: int) -> Iterator[str]:
    """Go through one round under one policy, each in its turn; return what is judged wrongly.

    Every other round is of lives with several requests and ends, under a policy that says what
    starts its clocks.
    """
    with tempfile.TemporaryDirectory() as folder:
        if seed % 2:
            policies = turns(Maker(seed, (*CHRISTMASES, *EASTERS, *WEEKENDS)))
            policy, make = policies[seed // 2 % TURNS]
            wrong = wrong_under(policy, [make() for _ in range(COMPLAINTS)], Path(folder))
        else:
            policy = STATED[seed // 2 % len(STATED)]
            wrong = wrong_lives(policy, possible_lives(seed, COMPLAINTS), Path(folder))
    yield from (f"under {policy}\n{text}" for text in wrong[:MOST_SHOWN])


STATED = [
    policy
    for policy in POLICIES
    if all(clock.starts == (clock.trigger,) for clock in policy.clocks.values())
]
TURNS = len(POLICIES) + 2 * len(COUNTINGS) + len(LIMITS)


def turns(maker: Maker) -> list[tuple[Policy, Callable[[], Record]]]:
    """Return each policy with what makes a record for it."""

    def complaint() -> Record:
        return maker.complaint((3, 15, 25))

    def repair(limit: Limit) -> Callable[[], Record]:
        return lambda: maker.repair(lambda day: Calendar().add(day, limit))

    cut_offs = [cut_off(counting, days) for counting in COUNTINGS for days in ((), SHUTDOWN)]
    return [
        *((policy, complaint) for policy in POLICIES),
        *((policy, lambda: maker.with_hours(complaint())) for policy in cut_offs),
        *((repairs(limit), repair(limit)) for limit in LIMITS),
    ]
