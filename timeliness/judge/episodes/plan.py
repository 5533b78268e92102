"""Which rows of events are judged for a complaint, and how what they come to is put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.judge.episodes.agreeing import Found, agreed, unless_misdated
from timeliness.judge.episodes.life import Episode, Life, Row
from timeliness.judge.episodes.naming import ended_before_due, named, named_turn
from timeliness.judge.episodes.own import OwnRow, Turn
from timeliness.judge.episodes.turns import turns_of
from timeliness.judge.episodes.ways import life_of
from timeliness.judge.milestones import StageEnd
from timeliness.model.findings import Finding
from timeliness.model.rulebooks import Clock, Rule
from timeliness.model.sides import RuleKey
from timeliness.model.timelines import Event, Timeline
from timeliness.model.verdict_words import PENDING
from timeliness.model.vocabulary import STAGE_RESPONSES, Kind, Vocabulary


class Unmade(Protocol):
    """A finding of one rule on one row of events, which is made when it is first asked for."""

    @property
    def key(self) -> RuleKey:
        """Return the rule, with its side."""

    @property
    def clock(self) -> Clock:
        """Return the clock of the rule."""

    @property
    def finding(self) -> Finding:
        """Return the finding."""


Judged = Sequence[Sequence[Unmade]]
"""What each row of a plan comes to, in the order of its rows."""
Key = tuple[RuleKey, int]
"""The rule, with its side, and the number of the episode of a finding."""


class PlannedRow(Struct, frozen=True):
    """Events of a complaint, and the day as of which they are judged.

    Where `rule` is named, that rule alone is judged on them, and by another clock.
    """

    timeline: Timeline
    as_at: date
    ends: Mapping[int, StageEnd] = field(default_factory=dict)
    rule: RuleKey | None = None
    clock: Clock | None = None
    kinds: tuple[Kind, ...] = ()


class Plan(Struct):
    """The rows on which the clocks of one complaint are judged.

    The first of `rows` holds every event of it. `ways` holds, for each way to cut it, its rows with
    their places among `rows` and those of everything that came of the same complaint.
    """

    timeline: Timeline
    as_at: date
    vocabulary: Vocabulary
    life: Life
    rows: list[PlannedRow] = field(default_factory=list)
    ways: list[list[tuple[Row, int, int]]] = field(default_factory=list)
    repeats: list[tuple[Episode, int]] = field(default_factory=list)
    turns: dict[RuleKey, list[tuple[Turn, list[tuple[OwnRow, int]]]]] = field(default_factory=dict)
    _stages_of: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, timeline: Timeline, as_at: date, vocabulary: Vocabulary, own: Mapping[RuleKey, Rule]
    ) -> Plan:
        """Return the plan for a complaint; `own` are the rules on a rulebook's own events."""
        plan = cls(timeline, as_at, vocabulary, life_of(timeline, as_at, vocabulary))
        plan._place(PlannedRow(timeline, as_at))
        for way in plan.life.ways:
            plan.ways.append(
                [(row, plan._place_row(row), plan._place_row(row.whole or row)) for row in way.rows]
            )
        plan._plan_repeats()
        for key, rule in own.items():
            turns = turns_of(timeline, plan.life, rule.clock, as_at, vocabulary)
            if turns is not None:
                plan.turns[key] = [
                    (turn, [(row, plan._place_own(key, row)) for row in turn.rows])
                    for turn in turns
                ]
        return plan

    @property
    def plain(self) -> bool:
        """Whether there is nothing to put together: the first row is all."""
        return len(self.rows) == 1 and not self.life.crowded and not self.turns

    def _place(self, row: PlannedRow) -> int:
        """Return the place of a row, which is added where it is new."""
        for place, other in enumerate(self.rows):
            alike = (row.as_at, row.rule, row.ends) == (other.as_at, other.rule, other.ends)
            if alike and row.timeline.events == other.timeline.events:
                return place
        self.rows.append(row)
        return len(self.rows) - 1

    def _place_row(self, row: Row) -> int:
        return self._place(PlannedRow(row.timeline, self.as_at, row.ends))

    def _place_own(self, rule: RuleKey, row: OwnRow) -> int:
        day = row.as_at or self.as_at
        if not row.kinds:
            return self._place(PlannedRow(row.timeline, day, row.ends))
        return self._place(PlannedRow(row.timeline, day, row.ends, rule, row.clock, row.kinds))

    def _plan_repeats(self) -> None:
        """Plan to show, for each repeat on another day, what would follow if it were the first."""
        for episode in self.life.episodes:
            row = self._row_of(episode)
            if row is None or episode.request is None:
                continue
            begun = (episode.request, *episode.repeats)
            for repeat in episode.repeats:
                if _day(repeat) != _day(episode.request):
                    gone = [_entry(one) for one in begun if one is not repeat]
                    events = tuple(
                        one
                        for one in row.timeline.events
                        if _entry(one) not in gone
                        and not self._is_of_earlier_request(one, episode.stage, repeat)
                    )
                    other = PlannedRow(replace(row.timeline, events=events), self.as_at, row.ends)
                    self.repeats.append((episode, self._place(other)))

    def _is_of_earlier_request(self, event: Event, stage: int, repeat: Event) -> bool:
        """Whether an event of a stage, such as its logging, lies wholly before a repeat."""
        kind = self.vocabulary.find(event.name)
        if kind is None or kind.stage != stage or not (event.when and repeat.when):
            return False
        latest, earliest = event.when.span.latest, repeat.when.span.earliest
        return latest is not None and earliest is not None and latest < earliest

    def _row_of(self, episode: Episode) -> Row | None:
        for row, _, _ in self.ways[0]:
            if row.numbers.get(episode.stage) == episode.number:
                return row
        return None

    # What the rows come to --------------------------------------------------------------------

    def findings(self, judged: Judged) -> list[Finding]:
        """Return the findings of the complaint from those of each of its rows."""
        if self.plain:
            return [one.finding for one in judged[0]]
        ranks: dict[RuleKey, int] = {}
        for found in judged:
            for rule in found:
                ranks.setdefault(rule.key, len(ranks))
        ways = [
            {(one.finding.key, one.finding.episode): one for one in way}
            for way in (list(self._of_way(way, judged)) for way in self.ways)
        ]
        together = []
        for key in dict.fromkeys(key for way in ways for key in way):
            possible = [
                way.get(key)
                for number, way in enumerate(ways)
                if self._is_possible(number, way, key)
            ]
            if any(possible):
                first = next(one for one in possible if one).finding
                stage, _ = self._stages(first.readings[0].rule.clock)
                one = unless_misdated(agreed(possible, self.life, stage), self.life)
                one = self._with_repeats(one, stage, judged)
                together.append(named(one, stage, self.life))
        together += self._of_turns(judged)
        return sorted(together, key=lambda one: (ranks[one.key], one.episode))

    def _of_way(self, way: Sequence[tuple[Row, int, int]], judged: Judged) -> Iterator[Found]:
        for one in judged[0]:
            if not self._stages(one.clock)[0] and one.key not in self.turns:
                yield Found(one.finding)
        for row, place, whole in way:
            for found, spanning in ((judged[place], False), (judged[whole], True)):
                for one in found:
                    begins, ends = self._stages(one.clock)
                    if begins not in row.numbers or one.key in self.turns:
                        continue
                    if (ends > begins) == spanning:
                        finding = _numbered(one.finding, row.numbers[begins])
                        yield Found(finding, begins in row.unclear)

    def _stages(self, clock: Clock) -> tuple[int, int]:
        """Return the stages in which a clock begins and ends, 0 for a policy's own events."""
        names = clock.trigger, clock.stop
        if names not in self._stages_of:
            begins, ends = [kind.stage if kind else 0 for kind in map(self.vocabulary.find, names)]
            self._stages_of[names] = begins, ends
        return self._stages_of[names]

    def _is_possible(self, number: int, way: Mapping[Key, Found], key: Key) -> bool:
        """Whether there is a way for one side.

        An early request is set aside for its repeat only where stage 1 was not overdue by then,
        which nobody knows where its date is wrong.
        """
        premature, before = self.life.ways[number].premature, self.life.ways[number].before
        if premature is None or premature.when is None or 2 in self.life.begun_late:
            return True
        answers = [
            one.finding
            for one in way.values()
            if one.finding.readings[0].rule.clock.stop == STAGE_RESPONSES[1]
            and one.finding.episode == before
        ]
        own = [one for one in answers if one.side == key[0].side] or answers
        day = premature.when.span.earliest
        return not any(one.due and one.due.latest and day and day > one.due.latest for one in own)

    def _with_repeats(self, finding: Finding, stage: int, judged: Judged) -> Finding:
        """Return a finding with the repeats of its request, shown for information."""
        readings = list(finding.readings)
        for episode, place in self.repeats:
            if (episode.stage, episode.number) != (stage, finding.episode):
                continue
            for one in judged[place]:
                if one.key != finding.key:
                    continue
                for reading in one.finding.readings:
                    if reading.decides and all(reading.start != own.start for own in readings):
                        readings.append(replace(reading, decides=False))
        if len(readings) == len(finding.readings):
            return finding
        return replace(finding, readings=tuple(readings))

    def _of_turns(self, judged: Judged) -> Iterator[Finding]:
        for rule, turns in self.turns.items():
            for turn, rows in turns:
                ways = [self._of_turn(rule, turn, row, judged[place]) for row, place in rows]
                ways += [] if turn.sure else [None]
                if any(ways):
                    life = replace(self.life, crowded=self.life.crowded or turn.crowded)
                    one = agreed(ways, life)
                    yield named_turn(one, turn) if len(turns) > 1 else one

    def _of_turn(
        self, rule: RuleKey, turn: Turn, row: OwnRow, found: Sequence[Unmade]
    ) -> Found | None:
        for each in found:
            if each.key == rule:
                one = _numbered(each.finding, turn.number)
                over = row.as_at is not None and one.verdict == PENDING
                return Found(ended_before_due(one, row.as_at) if over and row.as_at else one)
        return None


def _numbered(finding: Finding, episode: int) -> Finding:
    """Return the finding of an episode of that number."""
    return finding if finding.episode == episode else replace(finding, episode=episode)


def _day(event: Event) -> object:
    return event.when.span if event.when else None


def _entry(event: Event) -> object:
    """Return what an event is known by, as it was given."""
    return event.line, event.note, event.when and event.when.as_given
