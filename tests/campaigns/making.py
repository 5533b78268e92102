"""Records made at random, small and awkward on purpose.

Days are known to within a week, around weekends and holidays and where editions meet; events are
claimed, absent or missing. The seed settles everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from math import prod
from random import Random

from tests.campaigns.oracle import (
    REOPENED,
    STAGES,
    Calendar,
    Clock,
    Extension,
    Fact,
    Record,
    is_implied,
)

MOST_WORLDS = 800
WEEKENDS = (date(2024, 6, 14), date(2023, 2, 10), date(2021, 2, 12), date(2025, 9, 5))
EASTERS = (date(2025, 4, 15), date(2022, 4, 12), date(2023, 4, 3), date(2021, 3, 30))
CHRISTMASES = (date(2024, 12, 17), date(2022, 12, 16), date(2020, 12, 18), date(2025, 12, 19))
ONE_OFFS = (date(2022, 5, 27), date(2022, 9, 13), date(2023, 5, 2))
BOUNDARIES = (date(2022, 3, 31), date(2024, 3, 31), date(2024, 4, 1), date(2022, 4, 1))
OPENING = (date(2020, 6, 29), date(2020, 7, 1))


class Maker:
    """Makes one record at a time.

    So many of 100 complaints are `ended`: withdrawn, refused or closed. Where extensions may be
    `overlapping`, it is not always known which was told first.
    """

    def __init__(
        self, seed: int, anchors: Sequence[date], *, ended: int = 0, overlapping: bool = False
    ) -> None:
        self.random = Random(seed)
        self.anchors = anchors
        self.ended = ended
        self.overlapping = overlapping

    def chance(self, of_100: int) -> bool:
        return self.random.random() * 100 < of_100

    def span(self, day: date) -> tuple[date, date]:
        width = self.random.choice((0, 0, 0, 1, 2, 3, 5))
        first = day - timedelta(days=self.random.randint(0, width))
        return first, first + timedelta(days=width)

    def fact(self, name: str, day: date, evidence: str = "seen") -> Fact:
        if evidence == "absent":
            return Fact(name, evidence="absent")
        return Fact(name, *self.span(day), evidence)

    def evidence(self) -> str:
        return self.random.choice(("seen",) * 7 + ("claimed",) * 2 + ("absent",))

    def day_near(self, day: date, before: int, after: int) -> date:
        return day + timedelta(days=self.random.randint(-before, after))

    def complaint(self, limits: tuple[int, int, int]) -> Record:
        """Make a complaint whose answers fall near these limits, in working days."""
        received = self.day_near(self.random.choice(self.anchors), 4, 5)
        facts = [self.fact(STAGES[1][0], received)]
        if self.chance(8):
            facts.append(self.fact(STAGES[1][0], self.day_near(received, 2, 4), self.evidence()))
        answered = self.stage(facts, 1, received, limits[0], limits[1])
        day = answered
        if self.chance(60):
            requested = self.day_near(answered, 2, 6)
            if self.chance(90):
                facts.append(self.fact(STAGES[2][0], requested))
            if self.chance(10):
                facts.append(self.fact(STAGES[2][0], self.day_near(requested, 0, 9)))
            day = self.stage(facts, 2, requested, limits[0], limits[2])
        if self.chance(self.ended):
            facts += self.ends(received, day)
        if self.chance(3):
            facts = facts[1:]
        as_at = self.day_near(*self.random.choice(((answered, 3, 9), (day, 4, 5), (day, -8, 40))))
        return self.narrowed(Record(tuple(facts), max(as_at, received), self.chance(55)))

    def stage(self, facts: list[Fact], stage: int, begun: date, own: int, limit: int) -> date:
        """Add the events of one stage, and return the day near which it is answered."""
        _, logged, acknowledged, extended, answered = STAGES[stage]
        told = self.day_near(begun, 0, own + 4)
        if self.chance(35):
            facts.append(self.fact(logged, self.day_near(begun, 0, own + 3)))
        if self.chance(60):
            facts.append(self.fact(acknowledged, told, self.evidence()))
            if self.chance(8):
                facts.append(self.fact(acknowledged, self.day_near(told, 1, 5)))
        start = self.random.choice((begun, told))
        due = Calendar().add(start, (limit, "working_days"))
        for _ in range(2 if self.overlapping else self.random.choice((0, 0, 0, 1, 1, 2))):
            longer = self.extension(extended, due)
            if self.overlapping or not any(
                fact.name == extended and meet(fact, longer) for fact in facts
            ):
                facts.append(longer)
            due = self.day_near(due, 0, 3 if self.overlapping else 12)
        day = self.day_near(due, 4, 5)
        if self.chance(75):
            facts.append(self.fact(answered, day, self.evidence()))
        return day

    def extension(self, name: str, due: date) -> Fact:
        until = self.span(self.day_near(due, 3, 32)) if self.chance(85) else None
        return replace(
            self.fact(
                name, self.day_near(due, 6, 3), self.random.choice(("seen",) * 5 + ("claimed",))
            ),
            until=until,
            good_reason=self.random.choice((None, None, True, False)),
            agreed_by_resident=self.random.choice((None, None, True, False)),
            reason=self.random.choice((True, True, True, True, None)),
            in_writing=self.random.choice((True, True, True, True, None, False)),
            ombudsman_details=self.random.choice((True, True, True, True, None, False)),
        )

    def ends(self, first: date, last: date) -> Iterator[Fact]:
        names = (
            *("complaint withdrawn", "complaint closed", "complaint closed"),
            *("complaint refused", "escalation refused", "early resolution closed"),
        )
        days = max((last - first).days, 0) + 4
        for _ in range(self.random.choice((1, 1, 1, 2))):
            day = first + timedelta(days=self.random.randint(-2, days))
            yield self.fact(self.random.choice(names), day)
            if self.chance(35):
                yield self.fact(REOPENED, self.day_near(day, 3, 4))

    def repair(self, due: Callable[[date], date]) -> Record:
        """Make a repair, and what it needs, around the due day of its limit."""
        reported = self.day_near(self.random.choice(self.anchors), 4, 5)
        ordered = self.day_near(reported, 0, 8)
        facts = [self.fact("repair reported", reported)]
        if self.chance(60):
            facts.append(self.fact("works ordered", ordered, self.evidence()))
        last = due(self.random.choice((reported, ordered)))
        if self.chance(75):
            facts.append(self.fact("works done", self.day_near(last, 4, 5), self.evidence()))
        if self.chance(4):
            facts = facts[1:]
        as_at = max(self.day_near(last, 3, 40), reported)
        return self.narrowed(Record(tuple(facts), as_at, self.chance(55)))

    def with_hours(self, record: Record) -> Record:
        """Give exact days an hour now and then, before or after a cut-off at five."""
        hours = (None, time(9, 0), time(16, 59), time(17, 0), time(17, 1), time(23, 30))
        facts = [
            replace(fact, at=self.random.choice(hours))
            if fact.first and fact.first == fact.last and len(record.named(fact.name)) == 1
            else fact
            for fact in record.facts
        ]
        return replace(record, facts=tuple(facts))

    def narrowed(self, record: Record) -> Record:
        """Make spans exact until few enough worlds are left to go through them all."""
        facts = list(record.facts)
        while worlds(record := replace(record, facts=tuple(facts))) > MOST_WORLDS:
            wide = [at for at, fact in enumerate(facts) if is_wide(fact, record.as_at)]
            if not wide:
                break
            at = self.random.choice(wide)
            until = facts[at].until
            facts[at] = replace(
                facts[at],
                last=facts[at].first,
                evidence="seen",
                until=(until[0], until[0]) if until else None,
            )
        return record


def meet(one: Fact, other: Fact) -> bool:
    """Whether two events may have been on the same day, or in either order."""
    lasts = [date.max if fact.evidence == "claimed" else fact.last for fact in (one, other)]
    return one.first <= lasts[1] and other.first <= lasts[0]


def is_wide(fact: Fact, as_at: date) -> bool:
    return len(fact.possible_days(as_at)) > 1 or bool(fact.until and fact.until[0] < fact.until[1])


def worlds(record: Record) -> int:
    """Return roughly how many worlds a record leaves open to one of its clocks."""
    of_facts = prod(len(fact.possible_days(record.as_at)) for fact in record.facts)
    extended = [fact for fact in record.facts if fact.name.endswith("extended")]
    of_facts *= prod((f.until[1] - f.until[0]).days + 1 if f.until else 8 for f in extended)
    implied = [stage[0] for stage in STAGES.values() if is_implied(record, stage[0])]
    unknown = [name for name in implied if not record.dated(name)]
    return of_facts * 20 ** len(unknown) * (1 if record.complete else 20)


def answered_before_the_last_receipt(record: Record) -> bool:
    """Whether an answer may come before a receipt: then a part of the receipt is impossible."""
    received = [fact.last for fact in record.named(STAGES[1][0]) if fact.last]
    others = [f.first for f in record.facts if f.first and f.name != STAGES[1][0]]
    return bool(received and others) and min(others) <= max(received)


def stage_clocks(
    *, acknowledges: bool, stated: bool, extension: Extension | None
) -> dict[str, Clock]:
    """Return the clocks of a policy with two stages: 3, 15 and 25 working days."""
    clocks = {}
    for stage, limit in ((1, 15), (2, 25)):
        begun, _, acknowledged, extended, answered = STAGES[stage]
        if acknowledges:
            name = "acknowledge-complaint" if stage == 1 else "acknowledge-escalation"
            clocks[name] = Clock(stage, begun, (begun,), acknowledged, (3, "working_days"))
        clocks[f"stage-{stage}-response"] = Clock(
            stage,
            begun,
            (begun,) if stated else (begun, acknowledged),
            answered,
            (limit, "working_days"),
            own_limit=(3, "working_days") if acknowledges and not stated else None,
            extension=replace(extension, event=extended) if extension else None,
        )
    return clocks


UNSTATED = Extension("", None)
TEN_MORE = Extension("", (10, "working_days"), ("good_reason", "agreed_by_resident"))
TWO_WEEKS_MORE = Extension("", (2, "weeks"), (), ("in_writing",))
