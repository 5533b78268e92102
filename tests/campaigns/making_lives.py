"""Random lives of complaints for tests: what happened, and what a record says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from math import prod
from random import Random

from tests.campaigns.lives import (
    CLOSED,
    ESCALATION_REFUSED,
    REFUSED,
    UNKNOWN,
    WITHDRAWN,
    possible_days,
)
from tests.campaigns.making import BOUNDARIES, CHRISTMASES, EASTERS, ONE_OFFS, WEEKENDS
from tests.campaigns.oracle import DAY, REOPENED, STAGES, Calendar, Fact, Record

MOST_WORLDS = 120
REQUESTS = tuple(names[0] for names in STAGES.values())
ANCHORS = (*WEEKENDS, *WEEKENDS, *EASTERS, *CHRISTMASES, *ONE_OFFS, *BOUNDARIES)


class LifeMaker:
    """Makes one life at a time, with its answers and ends around the limits of the Code."""

    def __init__(self, seed: int, anchors: Sequence[date] = ANCHORS) -> None:
        self.random = Random(seed)
        self.anchors = anchors
        self.facts: list[Fact] = []

    def chance(self, of_100: int) -> bool:
        return self.random.random() * 100 < of_100

    def some(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.random.randint(least, most))

    def add(self, name: str, day: date) -> None:
        self.facts.append(Fact(name, day, day))

    def record(self) -> Record:
        """Make a record, with some of its dates known only roughly."""
        exact = self.exact()
        record = self.blurred(exact) if self.chance(70) else exact
        return self.with_hours(record)

    def misdated(self) -> Record:
        """Make a life in which every day is known and one of them is wrong."""
        record = self.exact()
        at = self.random.randrange(len(record.facts))
        fact, wrong = record.facts[at], self.some(-60, 60)
        moved = replace(fact, first=fact.first + wrong, last=fact.last + wrong)
        facts = (*record.facts[:at], moved, *record.facts[at + 1 :])
        return replace(record, facts=facts, as_at=max(record.as_at, moved.first))

    def exact(self) -> Record:
        """Make a life in which every day is known."""
        self.facts = []
        day = self.random.choice(self.anchors) + self.some(-4, 5)
        last = self.cycles(1, day)
        return Record(tuple(self.facts), max(last, *(f.first for f in self.facts)), self.chance(60))

    def cycles(self, stage: int, day: date) -> date:
        """Add a stage that is asked for once or twice, and what follows; return the as-at day."""
        for again in range(self.random.choice((1, 1, 2, 2, 3))):
            self.add(STAGES[stage][0] if not again or self.chance(85) else REOPENED, day)
            how, due, day = self.stage(stage, day)
            if how == "answered" and stage < 2 and self.chance(45):
                return self.cycles(stage + 1, day + self.some(0, 6))
            if how == "answered" and stage == 2 and self.chance(50):
                break
            if how == "open":
                break
            if how in ("withdrawn", "refused", "closed") and self.chance(12):
                self.add(STAGES[stage][2], day + self.some(0, 4))
            last, day = day, day + self.some(0, 9)
        else:
            day = last
        return self.random.choice(
            (day, due, due + DAY, day + self.some(0, 5), day + self.some(0, 40))
        )

    def stage(self, stage: int, begun: date) -> tuple[str, date, date]:
        """Add what came of one asking: how it came out, when it was due and when it came out."""
        requested, logged, told, extended, answered = STAGES[stage]
        acknowledged = begun + self.some(0, 11)
        if self.chance(45):
            self.add(logged, begun + self.some(0, 10))
        if self.chance(65):
            self.add(told, acknowledged)
        if self.chance(12):
            self.add(requested, begun + self.some(0, 12))
        limit = (10 if stage == 1 else 20, "working_days")
        due = Calendar().add(self.random.choice((begun, acknowledged)), limit)
        if self.chance(18):
            due = self.extension(extended, due)
        day = begun + self.some(0, 9) if self.chance(35) else due + self.some(-4, 5)
        day = max(day, begun)
        if stage == 1 and self.chance(6):
            self.add(STAGES[2][0], begun + self.some(0, 14))
        how = self.random.choice(("answered",) * 6 + ("withdrawn", "refused", "closed", "open"))
        if how == "open":
            return how, due, begun
        refused = REFUSED if stage == 1 else ESCALATION_REFUSED
        self.add(
            {"answered": answered, "withdrawn": WITHDRAWN, "refused": refused, "closed": CLOSED}[
                how
            ],
            day,
        )
        if how == "closed" and self.chance(50):
            if self.chance(50):
                self.add(REOPENED, day + self.some(0, 5))
            day += self.some(0, 12)
            self.add(answered, day)
            how = "answered"
        elif how == "answered" and self.chance(15):
            self.add(CLOSED, day + self.some(0, 2))
        return how, due, day

    def extension(self, name: str, due: date) -> date:
        until = due + self.some(-2, 32)
        day = due + self.some(-8, 2)
        yes_or_no = [True] * 8 + [None, False]
        extension = Fact(name, day, day, until=(until, until))
        self.facts.append(
            replace(
                extension,
                good_reason=self.random.choice((None, True, False)),
                agreed_by_resident=self.random.choice((None, True, False)),
                reason=self.random.choice((True, True, True, True, None)),
                in_writing=self.random.choice(yes_or_no),
                ombudsman_details=self.random.choice(yes_or_no),
            )
        )
        return until

    def blurred(self, record: Record) -> Record:
        facts = list(record.facts)
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3))):
            at = self.random.randrange(len(facts))
            facts[at] = self.rougher(facts[at], record, at)
        narrowed = self.narrowed(replace(record, facts=tuple(facts)), record)
        return replace(narrowed, facts=self.thinned(narrowed.facts))

    def thinned(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Leave out the first event of some records, and a request of some others."""
        requests = [at for at, fact in enumerate(facts) if fact.name in REQUESTS]
        if len(facts) == 1 or not self.chance(7):
            return facts
        at = 0 if self.chance(50) else self.random.choice(requests)
        return (*facts[:at], *facts[at + 1 :])

    def rougher(self, fact: Fact, record: Record, at: int) -> Fact:
        if fact.first in (None, UNKNOWN) or fact.evidence != "seen":
            return fact
        alone = len(record.named(fact.name)) == 1
        is_stop = fact.name in (STAGES[1][2], STAGES[1][4], STAGES[2][2], STAGES[2][4])
        once = all(len(record.named(STAGES[stage][0])) < 2 for stage in (1, 2))
        once = once and not record.named(REOPENED, CLOSED, WITHDRAWN, REFUSED, ESCALATION_REFUSED)
        if is_stop and alone and once and self.chance(25):
            return replace(fact, evidence="claimed", last=fact.first)
        if alone and once and fact.name in (*STAGES[1][1:3], *STAGES[2][1:3]) and self.chance(12):
            return Fact(fact.name, evidence="absent")
        if at and self.chance(12):
            return replace(fact, first=UNKNOWN, last=date.max)
        width = self.random.choice((1, 2, 3, 5, 8))
        first = fact.first - self.some(0, width)
        return replace(fact, first=first, last=first + timedelta(days=width))

    def narrowed(self, record: Record, exact: Record) -> Record:
        """Make dates exact again until few enough worlds are left to go through them all."""
        facts = list(record.facts)
        while prod(len(possible_days(record, fact)) for fact in facts) > MOST_WORLDS:
            wide = [at for at, fact in enumerate(facts) if len(possible_days(record, fact)) > 1]
            at = self.random.choice(wide)
            facts[at] = exact.facts[at]
            record = replace(record, facts=tuple(facts))
        return record

    def with_hours(self, record: Record) -> Record:
        """Give the exact days of some records an hour, in the order in which they were made."""
        if not self.chance(25):
            return record
        hours = [time(9 + at, 0) for at in range(min(len(record.facts), 14))]
        facts = [
            replace(fact, at=hours[at])
            if at < len(hours) and fact.first and fact.first == fact.last
            else fact
            for at, fact in enumerate(record.facts)
        ]
        return replace(record, facts=tuple(facts))
