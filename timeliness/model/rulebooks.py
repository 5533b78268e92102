"""Rulebooks: an edition of a Code, or a landlord's policy, as data with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import cached_property
from typing import ClassVar

from msgspec import Struct

from timeliness.model.calendars import UNSAID_COUNTINGS, Limit, WorkingDays, working_days
from timeliness.model.days_off import DayOff, days_off_in
from timeliness.model.event_words import Words
from timeliness.model.keys import Key
from timeliness.model.pauses import Pauses
from timeliness.model.plain import the
from timeliness.model.procedures import NOT_STATED, Term
from timeliness.model.sides import CALLED, Side
from timeliness.model.vocabulary import (
    COMMON,
    ENDING,
    STAGE_ACKNOWLEDGED,
    STAGE_RESPONSES,
    Kind,
    Vocabulary,
)


class Unrecorded(Struct, frozen=True):
    """How a start that is not on the record is bounded.

    It lies no earlier than the event `after`, and no later than the last day that the rule
    `limited_by` allowed for it, the clock's own stop, or any event in `no_later_than`.
    """

    after: str
    limited_by: str = ""
    no_later_than: tuple[str, ...] = ()


class Start(Struct, frozen=True):
    """One event from which a clock may run; `decides` is False where it is only shown."""

    event: str
    unrecorded: Unrecorded | None = None
    decides: bool = True

    @property
    def trigger(self) -> str:
        """Return the event without which the clock never starts."""
        return self.unrecorded.after if self.unrecorded else self.event


class Extension(Struct, frozen=True):
    """How a clock may be extended.

    `most` is the longest extension, beyond which one of the attributes in `beyond` is needed;
    None where no longest one is stated. `stated` is False where the rulebook does not even say
    whether there may be one. `needs` names what must be given with it for it to count, `unread`
    those of `needs` and `beyond` that rest on a clause nobody has read.
    """

    event: str
    most: Limit | None
    stated: bool = True
    needs: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    clause: str = ""
    provenance: str = ""
    unread: tuple[str, ...] = ()


class Unless(Struct, frozen=True):
    """An event before a day: a clock does not apply where it happened, such as before a law did."""

    event: str
    before: date


class Clock(Struct, frozen=True):
    """From one event to another within a limit.

    `starts` holds more than one deciding start where the rulebook does not say which it is.
    `logged` is the event that must be done in the same time as the stop, or nothing. `ended_by`
    are events after which the stop is no longer owed. Nothing is owed where any of `unless` holds.
    `early_stop` says that a stop before the start counts: what it asks was done already.
    `counting` is the clock's own counting rule, or `NOT_STATED`; empty where it is the rulebook's.
    """

    starts: tuple[Start, ...]
    stop: str
    limit: Limit
    extension: Extension | None = None
    logged: str = ""
    ended_by: tuple[str, ...] = ()
    unless: tuple[Unless, ...] = ()
    early_stop: bool = False
    counting: str = ""

    @property
    def trigger(self) -> str:
        """Return the event without which the clock never starts."""
        return self.starts[0].trigger

    @property
    def start_stated(self) -> bool:
        """Whether the rulebook says what starts the clock."""
        return sum(start.decides for start in self.starts) == 1

    @property
    def triggers(self) -> tuple[str, ...]:
        """Return the events any one of which may start it: several where it is not stated which."""
        if self.start_stated:
            return (self.trigger,)
        names = (start.event for start in self.starts if start.decides)
        return tuple(dict.fromkeys((self.trigger, *names)))

    @property
    def stage(self) -> int:
        """Return the stage that the stop acknowledges or answers; 0 where it does neither."""
        ends = (*STAGE_ACKNOWLEDGED.items(), *STAGE_RESPONSES.items())
        return next((stage for stage, name in ends if name == self.stop), 0)

    @property
    def acknowledges(self) -> bool:
        """Whether the stop is an acknowledgement, which an answer makes needless."""
        return self.stop in STAGE_ACKNOWLEDGED.values()

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the answers after which nothing is owed: of its own stage or of a later one."""
        first = self.stage if self.acknowledges else self.stage + 1
        return tuple(
            name for stage, name in STAGE_RESPONSES.items() if self.stage and stage >= first
        )

    def turns_on(self, start: str) -> set[str]:
        """Return the events whose dates decide a reading from one of the starts."""
        triggers = {one.trigger for one in self.starts if one.event == start}
        ends = {kind.name for kind in ENDING if self.stage in kind.ends}
        owed = {self.stop, self.logged, *self.ended_by, *self.answers}
        owed |= {one.event for one in self.unless}
        return {start, *triggers, *owed, *ends} - {""}

    @property
    def events(self) -> tuple[str, ...]:
        """Return every event the clock reads, its extension's included."""
        names = [self.stop, *self.answers, *self.ended_by, *(one.event for one in self.unless)]
        if self.logged:
            names.append(self.logged)
        for start in self.starts:
            names.append(start.event)
            if start.unrecorded:
                names += [start.unrecorded.after, *start.unrecorded.no_later_than]
        if self.extension:
            names.append(self.extension.event)
        return tuple(dict.fromkeys(names))


class Check(Struct, frozen=True):
    """What a duty without a time limit asks: a frozen struct with the keys of `KEY` as fields.

    Each kind has a module in `judge.duties`.
    """

    KEY: ClassVar[Key]

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule, each with its heading."""
        raise NotImplementedError


class Rule(Struct, frozen=True):
    """One obligation of a rulebook, in one sentence, with its clause and source.

    `asks` is its clock, or what it asks if it has no time limit.
    """

    id: str
    title: str
    clause: str
    duty: str
    says: str
    provenance: str
    asks: Clock | Check
    source: str = ""
    note: str = ""

    @property
    def clock(self) -> Clock:
        """Return the clock of a rule that has one."""
        assert isinstance(self.asks, Clock)
        return self.asks


class Transition(Struct, frozen=True):
    """A period at the start of an edition in which landlords could still adapt."""

    until: date
    says: str


class Rulebook(Struct, frozen=True, dict=True):
    """An edition of a Code, or one of a landlord's policies.

    `start` and `end` bound the days of receipt to which it applies; None leaves that side open.
    `days_off` are no working days of any clock, whatever the rulebook says. `series` groups the
    editions from which the day of receipt chooses. `for_bodies` are the kinds of body for which its
    series is the default in its nations. `called` is how a report calls it in brackets, or "" where
    its standard says so, and `ombudsman` whose finding a breach of it is not. `on_breach` is what a
    reader should know of every breach under it. `sha256` is that of the bytes of its file, and
    decides nothing about whether two are the same.
    """

    id: str
    series: str
    title: str
    short: str
    publisher: str
    standard: str
    nations: tuple[str, ...]
    source: str
    checked: date
    start: date | None
    end: date | None
    rules: tuple[Rule, ...]
    duties: tuple[Rule, ...] = ()
    events: tuple[Kind, ...] = ()
    counting: str = "day-after"
    closures: tuple[tuple[date, str], ...] = ()
    cut_off: time | None = None
    transition: Transition | None = None
    on_breach: str = ""
    note: str = ""
    path: str = ""
    days_off: tuple[DayOff, ...] = ()
    pauses: Pauses | None = None
    procedure: tuple[Term, ...] = ()
    for_bodies: tuple[str, ...] = ()
    called: str = ""
    ombudsman: str = ""
    sha256: str = ""

    @cached_property
    def side(self) -> Side:
        """Return the side that it is an edition of."""
        return Side(self.standard, self.series, self.called or CALLED[self.standard])

    @property
    def the(self) -> str:
        """Return how a sentence names it, with its article: the 2022 Code, Awaab's Law."""
        return the(self.short)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the events that its rules may name: the common ones and its own."""
        return Vocabulary(COMMON.kinds + self.events) if self.events else COMMON

    def words(self, event: str) -> Words:
        """Return how sentences speak of an event."""
        return self.vocabulary.kind(event).words

    def term(self, name: str) -> Term | None:
        """Return what the rulebook says of one term of the procedure, or None."""
        return next((term for term in self.procedure if term.name == name), None)

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """Return its rules and its duties."""
        return self.rules + self.duties

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule of that id, clock or not, or None."""
        return next((rule for rule in self.every_rule if rule.id == rule_id), None)

    def timed(self, rule_id: str) -> Rule | None:
        """Return the rule of that id that has a clock, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def duty(self, rule_id: str) -> Rule | None:
        """Return the duty of that id, or None."""
        return self._duty_of.get(rule_id)

    @cached_property
    def _duty_of(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in reversed(self.duties)}

    def countings(self, clock: Clock) -> tuple[str, ...]:
        """Return the rule by which a clock counts, or each possible one where that is not stated.

        Only working days are counted from one day or another.
        """
        counting = clock.counting or self.counting
        if counting != NOT_STATED:
            return (counting,)
        return UNSAID_COUNTINGS if clock.limit.unit == "working_days" else UNSAID_COUNTINGS[:1]

    def calendars(self, nation: str, clock: Clock) -> tuple[WorkingDays, ...]:
        """Return the working days by which a clock counts in a nation, for each possible rule."""
        off = days_off_in(nation, self.days_off)
        return tuple(
            working_days(nation, counting, self.closures, days_off=off)
            for counting in self.countings(clock)
        )

    def plain_calendar(self, nation: str) -> WorkingDays:
        """Return the working days of a nation, whatever the rulebook's own way to count."""
        return working_days(nation, days_off=days_off_in(nation, self.days_off))
