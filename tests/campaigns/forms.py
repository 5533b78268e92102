"""Random complaints written in each form that chcheck reads: a timeline, and three tables.

A complaint is a list of what was said of it: an event, its date as it was written, and the row of a
table that would say it. A wide table has one date of each event in a row, so a second complaint of
the same reference, or a second request, has a row of its own.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

AS_AT = date(2025, 6, 30)
RECEIVED, LOGGED, ACKNOWLEDGED = "complaint received", "complaint logged", "complaint acknowledged"
WITHDRAWN, CLOSED, REOPENED = "complaint withdrawn", "complaint closed", "complaint reopened"
STAGES = {
    1: (RECEIVED, LOGGED, ACKNOWLEDGED, "stage 1 extended", "stage 1 response"),
    2: (
        *("escalation requested", "escalation logged", "escalation acknowledged"),
        *("stage 2 extended", "stage 2 response"),
    ),
    3: (
        *("stage 3 requested", "stage 3 logged", "stage 3 acknowledged"),
        *("stage 3 extended", "stage 3 response"),
    ),
}
TRIGGERS = tuple(stage[0] for stage in STAGES.values())
REFUSED = {1: "complaint refused", 2: "escalation refused", 3: "escalation refused"}
EVENTS = (
    *(name for stage in STAGES.values() for name in stage),
    *(REFUSED[1], REFUSED[2], WITHDRAWN, CLOSED, REOPENED),
)
INTERNAL = (LOGGED, "escalation logged", "stage 3 logged")
FACTS = ("until", "reason", "in_writing", "ombudsman_details", "good_reason", "handler")
HAZARDS = (
    *("hazard reported", "hazard investigated", "hazard ruled out"),
    *("investigation summary sent", "hazard made safe"),
    *("emergency hazard reported", "emergency hazard investigated", "emergency hazard made safe"),
)
"""Events of Awaab's Law, which belong to no stage."""
LANDLORD = "Sample Homes"
Head = Mapping[str, str | list[str]]
NO_HEAD: Head = {}
POLICIES = ("", "", "", "luton", "southwark", "mtvh")


@dataclass(frozen=True)
class Said:
    """One event of a complaint as it was written, with the stage and the row that would say it."""

    event: str
    day: str
    stage: int
    row: int
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Complaint:
    """What was said of one complaint. `spread` says over how many rows a table would spread it."""

    reference: str
    policy: str
    said: tuple[Said, ...]


class Maker:
    """Makes one complaint at a time.

    `more` allows what a row with one date of each event cannot say: a request made again while the
    first is open, and a second answer. `hazards` adds the events of Awaab's Law.
    """

    def __init__(self, seed: int, *, more: bool = False, hazards: bool = False) -> None:
        self.random, self.more, self.hazards = Random(seed), more, hazards
        self.said: list[Said] = []
        self.row, self.rough = 0, 0.0

    def chance(self, of_100: float) -> bool:
        return self.random.random() * 100 < of_100

    def some(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.random.randint(least, most))

    def complaint(self, reference: str) -> Complaint:
        """Make a complaint received in the time of any edition of the Code."""
        self.said, self.row = [], 0
        again = self.chance(22)
        # Two complaints of one reference are told apart by their days, so few of them are rough.
        self.rough = 12.0 if not again else self.random.choice((0, 0, 0, 12))
        begun = self.random.choice(
            (
                *(date(2020, 6, 25), date(2022, 3, 25), date(2024, 3, 25)),
                date(2020, 7, 1) + self.some(0, 1800),
                AS_AT - self.some(0, 120),
            )
        )
        begun += self.some(0, 14)
        if self.hazards:
            self.hazard(begun + self.some(0, 30))
        day, over = self.course(1, begun)
        if over and again:
            self.row += 1
            self.course(1, day + self.some(0, 60))
        dropped = 0 if self.row else self.random.choice((0, 0, 4, 15))
        said = [one for one in self.said if not self.chance(dropped)]
        if not any(one.event in TRIGGERS for one in said):
            said = [Said(RECEIVED, begun.isoformat(), 1, 0), *said]
        if not self.row and self.chance(15):
            said = [self.spread(one) for one in said]
        policy = self.random.choice(POLICIES)
        return Complaint(reference, policy, tuple(said))

    def spread(self, one: Said) -> Said:
        """Return what was said as on another row, such as one a system made for each change."""
        return Said(
            one.event, one.day, one.stage, one.row + 10 * self.random.randint(0, 2), one.facts
        )

    def add(self, event: str, day: date, stage: int, **facts: str) -> None:
        told = tuple((name, text) for name, text in facts.items() if text)
        self.said.append(Said(event, self.written(day), stage, self.row, told))

    def written(self, day: date) -> str:
        """Return a day as people write it, some of them roughly, and some of them wrong."""
        if self.chance(2 if self.rough else 0):
            day += self.some(-30, 30)
        if not self.chance(self.rough):
            return day.isoformat()
        how = self.random.choice(("month", "about", "before", "after", "unknown", "time", "time"))
        if how == "month":
            return f"{day:%Y-%m}"
        if how == "about":
            return f"{day - self.some(0, 4)}/{day + self.some(1, 4)}"
        if how == "before":
            return f"../{day + self.some(0, 5)}"
        if how == "after":
            return f"{day - self.some(0, 5)}/.."
        if how == "time":
            return f"{day} {self.random.randint(0, 23):02d}:30"
        return "unknown"

    def course(self, stage: int, begun: date) -> tuple[date, bool]:
        """Add a stage from its request to its answer or end; return the day, and whether it is."""
        requested, logged, told, extended, answered = STAGES[stage]
        if self.row or self.chance(95):
            self.add(requested, begun, stage)
        if self.chance(30):
            self.add(logged, begun + self.some(0, 6), stage)
        acknowledged = begun + self.some(0, 9)
        if self.chance(85):
            self.add(told, acknowledged, stage)
        if self.more and self.chance(6):
            self.add(requested, begun + self.some(1, 9), stage)
        usual = 14 if stage == 1 else 28
        due = acknowledged + timedelta(usual)
        if self.chance(18):
            due = self.extension(extended, stage, due)
        day = max(begun, due + self.some(-12, 7))
        how = self.random.choice(("answered",) * 8 + ("withdrawn", "refused", "closed", "open"))
        if how == "open":
            return begun, False
        if how == "withdrawn":
            self.add(WITHDRAWN, day, stage)
            return day, True
        if how == "refused":
            self.add(REFUSED[stage], day, stage)
            if stage == 2 and self.chance(40):
                self.row += 1
                return self.course(2, day + self.some(1, 20))
            return day, True
        if how == "closed":
            self.add(CLOSED, day, stage)
            if self.chance(40):
                self.add(REOPENED, day + self.some(1, 9), stage)
            elif self.chance(60):
                return day, False
            day += self.some(2, 15)
        self.add(answered, day, stage, handler=self.officer())
        if self.more and self.chance(6):
            self.add(answered, day + self.some(1, 20), stage)
        if how == "answered" and self.chance(12):
            self.add(CLOSED, day + self.some(0, 3), stage)
        if self.chance({1: 40, 2: 14, 3: 0}[stage]):
            return self.course(stage + 1, day + self.some(0, 30))
        return day, True

    def hazard(self, day: date) -> None:
        """Add what happened of a hazard, or of an emergency, each step after the one before."""
        for names in (HAZARDS[:5], HAZARDS[5:]):
            if not self.chance(60):
                continue
            at = day
            for name in names:
                if self.chance(20 if name == HAZARDS[2] else 85):
                    self.add(name, at, 1)
                at += self.some(0, 2 if names[0] == HAZARDS[5] else 7)

    def officer(self) -> str:
        return self.random.choice(("", "", "", "CS-1", "CS-2"))

    def extension(self, event: str, stage: int, due: date) -> date:
        until = due + self.some(2, 40)
        facts = {"until": until.isoformat()} if self.chance(85) else {}
        if self.chance(45):
            for name in ("in_writing", "ombudsman_details", "good_reason"):
                facts[name] = self.random.choice(("yes", "yes", "yes", "no", ""))
            facts["reason"] = self.random.choice(("surveyor is ill", "surveyor is ill", ""))
        self.add(event, due - self.some(-3, 8), stage, **facts)
        return until


def made(count: int, seed: int, *, more: bool = False, hazards: bool = False) -> list[Complaint]:
    """Return so many complaints."""
    maker = Maker(seed, more=more, hazards=hazards)
    return [maker.complaint(f"C{number}") for number in range(count)]


# Written down ---------------------------------------------------------------------------------


def own_events(complaints: Iterable[Complaint]) -> list[str]:
    """Return the events of Awaab's Law that any of the complaints has, in order."""
    said = {said.event for one in complaints for said in one.said}
    return [name for name in HAZARDS if name in said]


def as_timelines(complaints: Sequence[Complaint], head: Head = NO_HEAD) -> str:
    """Return the complaints as timelines that say what tables with every column say.

    `head` says under which rules they are, as a configuration would.

    The record is partial, and each event of a stage that a blank cell would say was not done is
    absent in it: also one that some other episode has.
    """
    told = []
    own = own_events(complaints)
    for one in complaints:
        events: list[dict[str, str]] = [
            {"date": said.day, "event": said.event, **dict(said.facts)} for said in one.said
        ]
        many = [said.event for said in one.said]
        done = set(many) if len(set(many)) == len(many) else set()
        events += [
            {"event": name, "evidence": "absent"}
            for stage in STAGES.values()
            for name in stage
            if name not in done and name not in INTERNAL
        ]
        events += [{"event": name, "evidence": "absent"} for name in own if name not in done]
        policy = {"policy": one.policy} if one.policy else {}
        told.append(
            {
                "complaint": one.reference,
                "landlord": LANDLORD,
                **policy,
                **head,
                "record": "partial",
                "as_at": AS_AT.isoformat(),
                "events": events,
            }
        )
    return json.dumps(told)


def cell(said: Said) -> str:
    """Return a date as a table has it: what was done on an unknown day has a yes."""
    return "yes" if said.day == "unknown" else said.day


def header_of(event: str, fact: str = "") -> str:
    """Return the header of a column of a wide table."""
    return f"{event} {fact}".strip().title().replace("_", " ")


WIDE = (
    *((name, "") for name in EVENTS),
    *(
        (STAGES[stage][place], fact)
        for stage in STAGES
        for place, facts in ((3, FACTS[:-1]), (4, FACTS[-1:]))
        for fact in facts
    ),
)
"""The columns of a wide table, each an event or one fact of it."""


def wide_rows(complaint: Complaint) -> list[dict[tuple[str, str], str]]:
    """Return the rows of a complaint: what has its place taken in a row begins a new one."""
    rows: dict[tuple[int, int], dict[tuple[str, str], str]] = {}
    for said in complaint.said:
        again = 0
        while (said.event, "") in rows.get((said.row, again), {}):
            again += 1
        row = rows.setdefault((said.row, again), {})
        row[said.event, ""] = cell(said)
        row |= {(said.event, name): text for name, text in said.facts}
    return list(rows.values())


def as_wide(complaints: Sequence[Complaint], seed: int) -> str:
    """Return the complaints as rows with a column for each event, those of one in any place."""
    columns = (*WIDE, *((name, "") for name in own_events(complaints)))
    header = ["Complaint Ref", "Policy", *(header_of(*column) for column in columns)]
    lines = [
        [one.reference, one.policy, *(row.get(column, "") for column in columns)]
        for one in complaints
        for row in wide_rows(one)
    ]
    return _csv(header, _shuffled(lines, seed))


def as_long(complaints: Sequence[Complaint], seed: int) -> str:
    """Return the complaints as a row for each event, in any order.

    What no complaint has is named in a row without a date, which says that it was not done.
    """
    lines = [
        [one.reference, one.policy, said.event, cell(said), *_facts(said)]
        for one in complaints
        for said in one.said
    ]
    first, named = complaints[0], {said.event for one in complaints for said in one.said}
    lines += [
        [first.reference, first.policy, event, "", *("" for _ in FACTS)]
        for stage in STAGES.values()
        for event in stage
        if event not in named
    ]
    header = ["Complaint Ref", "Policy", "Event", "Date", *FACTS]
    return _csv(header, _shuffled(lines, seed))


def _facts(said: Said) -> Iterable[str]:
    own = dict(said.facts)
    return (own.get(fact, "") for fact in FACTS)


STAGE_COLUMNS = (
    *("Received", "Logged", "Acknowledged", "Extended", "Responded", "Refused"),
    *("Withdrawn", "Closed", "Reopened"),
)


def as_stages(complaints: Sequence[Complaint], seed: int) -> str:
    """Return the complaints as a row for each stage, the columns the same for every stage."""
    facts = [("Extended", fact) for fact in FACTS[:-1]] + [("Responded", "handler")]
    header = ["Complaint Ref", "Policy", "Stage", *STAGE_COLUMNS]
    header += [header_of(*column) for column in facts]
    lines = []
    for one in complaints:
        rows: dict[tuple[int, int, int], dict[tuple[str, str], str]] = {}
        for said in one.said:
            column = _stage_column(said)
            again = 0
            while (column, "") in rows.get((said.stage, said.row, again), {}):
                again += 1
            row = rows.setdefault((said.stage, said.row, again), {})
            row[column, ""] = cell(said)
            row |= {(column, name): text for name, text in said.facts}
        # Without a row of stage 1 nothing is known of that stage, nor of one that no row has.
        for stage in STAGES if one is complaints[0] else (1,):
            rows.setdefault((stage, 0, 0), {})
        for (stage, _, _), row in rows.items():
            cells = [row.get((name, ""), "") for name in STAGE_COLUMNS]
            cells += [row.get(column, "") for column in facts]
            lines.append([one.reference, one.policy, f"Stage {stage}", *cells])
    return _csv(header, _shuffled(lines, seed))


def _stage_column(said: Said) -> str:
    if said.event in STAGES[said.stage]:
        return STAGE_COLUMNS[STAGES[said.stage].index(said.event)]
    if said.event == REFUSED[said.stage]:
        return "Refused"
    return said.event.removeprefix("complaint ").title()


def _shuffled(lines: list[list[str]], seed: int) -> list[list[str]]:
    Random(seed).shuffle(lines)
    return lines


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue()


CONFIGURATION = "\n".join(
    [
        f'landlord = "{LANDLORD}"',
        "as-at = 2025-06-30",
        "[columns]",
        *(
            f'"{header_of(event, fact)}" = "{event}{"." if fact else ""}{fact}"'
            for event, fact in WIDE
        ),
    ]
)
"""What the wide table needs to have said of its columns."""
STAGE_CONFIGURATION = "\n".join(
    [
        f'landlord = "{LANDLORD}"',
        "as-at = 2025-06-30",
        "[columns]",
        '"Refused" = "complaint refused"',
        *(f'"{header_of("Extended", fact)}" = "stage 1 extended.{fact}"' for fact in FACTS[:-1]),
        '"Responded Handler" = "stage 1 response.handler"',
    ]
)
LONG_CONFIGURATION = "\n".join(
    [
        f'landlord = "{LANDLORD}"',
        "as-at = 2025-06-30",
        "[columns]",
        *(f'"{fact}" = "{fact}"' for fact in FACTS),
    ]
)
