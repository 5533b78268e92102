"""A plain twin of the life of a complaint: one exact world at a time, event by event.

A world settles everything that a record leaves open: each event has its day and its place within
that day, or it did not happen. In a world a complaint is cut into episodes by walking through its
events once, and each clock of an episode is judged by comparing two days. What a record shows is
what all the worlds have in common that it leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import combinations, groupby, permutations, product

from tests.campaigns.oracle import (
    BREACH,
    CANNOT_TELL,
    DAY,
    ENDS,
    LONG_AGO,
    MET,
    NOT_APPLICABLE,
    PENDING,
    REOPENED,
    STAGES,
    Book,
    Calendar,
    Clock,
    Fact,
    Record,
    possible_dues,
)

UNKNOWN = date.min
"""The first day of a fact whose day is not known at all."""

CLOSED, WITHDRAWN, REFUSED = "complaint closed", "complaint withdrawn", "complaint refused"
ESCALATION_REFUSED = "escalation refused"
STAGE_OF = {name: stage for stage, names in STAGES.items() for name in names}
ROLES = ("requested", "logged", "acknowledged", "extended", "answered")
ROLE_OF = {name: role for names in STAGES.values() for name, role in zip(names, ROLES, strict=True)}
LAST = (ESCALATION_REFUSED, REFUSED, WITHDRAWN, CLOSED, REOPENED)


# Worlds ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happened:
    """A fact on its day in a world; `key` is its place in the record, -1 where it is implied."""

    key: int
    name: str
    day: date
    fact: Fact


@dataclass
class Episode:
    """One asking for one stage, and what came of it in a world.

    `again` is the same episode as it is where a request made once more after the stage before was
    answered is what counts, and the first came before that. `next_answer` is the day on which the
    stage after this was answered.
    """

    stage: int
    key: int
    begun: date
    before: Episode | None = None
    logged: Happened | None = None
    acknowledged: Happened | None = None
    starts: list[Happened] = field(default_factory=list)
    extended: list[Happened] = field(default_factory=list)
    answered: Happened | None = None
    ended: date | None = None
    closed: date | None = None
    left: bool = False
    early: bool = False
    again: Episode | None = None
    next_answer: date | None = None
    doubted: bool = False
    begun_at: time | None = None
    begun_last: date = date.min
    repeats: set[int] = field(default_factory=set)
    after_end: set[str] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        return not self.left and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether it was answered, at a later stage too, or ended."""
        return bool(self.answered or self.next_answer or self.ended)

    @property
    def is_shown(self) -> bool:
        """Whether anything shows by now that it was asked for.

        A request that is not on the record came after a closing or an end before it is shown.
        """
        return self.stage == 1 or self.key >= 0 or bool(self.starts or self.extended)

    @property
    def complaint(self) -> Episode:
        return self.before.complaint if self.before else self

    @property
    def received(self) -> date:
        return self.complaint.begun

    @property
    def state(self) -> tuple[object, ...]:
        """All that its clocks turn on."""
        before = self.before.state if self.before else None
        told = tuple(self.extended)
        again = self.again.state if self.again else None
        ends = self.ended, self.closed, self.left, self.early, again, self.next_answer
        done = self.logged, self.acknowledged, tuple(self.starts), self.answered
        begun = self.begun, self.begun_at, self.begun_last, tuple(sorted(self.after_end))
        return self.stage, *begun, before, told, *ends, *done


class ImpossibleError(Exception):
    """Raised of a world whose events cannot have come in this order."""


class OpenQuestionError(Exception):
    """Raised where the contract does not say to what an event belongs."""


def possible_days(record: Record, fact: Fact) -> list[date | None]:
    """Return the days on which an event may have happened by the day of the check.

    One on a day that is not known came no earlier than the complaint, or where that is not known
    either it may have come long ago.
    """
    if fact.first != UNKNOWN:
        return fact.possible_days(record.as_at)
    received = [one.first for one in record.seen(STAGES[1][0]) if one.first]
    if received and UNKNOWN not in received:
        return replace(fact, first=min(received)).possible_days(record.as_at)
    dated = [one.first for one in record.facts if one.first and one.first != UNKNOWN]
    recent = min(dated, default=record.as_at) - 20 * DAY
    long_ago = [day for day in LONG_AGO if day < recent]
    return [*long_ago, *replace(fact, first=recent).possible_days(record.as_at)]


def begun_earlier(record: Record) -> Record:
    """Leave out what is none wholly before the complaint arrived.

    An extension is none then, and a refusal or a closing ends nothing. A withdrawal cannot be, nor
    a reopening after it.
    """
    received = [fact for fact in record.seen(STAGES[1][0]) if fact.first]
    if not received:
        return record
    first = min(received, key=lambda fact: (fact.first, fact.at or time.min))
    withdrawn = [fact.first for fact in record.seen(WITHDRAWN)]
    facts = [
        fact
        for fact in record.facts
        if not (may_be_none(fact.name) and is_before(fact, first))
        or (fact.name == REOPENED and any(day <= fact.first for day in withdrawn))
    ]
    return replace(record, facts=tuple(facts))


def is_before(one: Fact, other: Fact) -> bool:
    """Whether one event was wholly before another, by their days or else their hours."""
    if one.last is None or one.last > other.first:
        return False
    return one.last < other.first or bool(one.at and other.at and one.at < other.at)


def may_be_none(name: str) -> bool:
    return (name in LAST and name != WITHDRAWN) or ROLE_OF.get(name) == "extended"


def possible_orders(record: Record) -> Iterator[list[Happened]]:
    """Return every order in which everything may have happened."""
    for days in product(*(possible_days(record, fact) for fact in record.facts)):
        told = [
            Happened(key, fact.name, day, fact)
            for key, (fact, day) in enumerate(zip(record.facts, days, strict=True))
            if day is not None
        ]
        for happened in with_implied(record, told):
            happened.sort(key=lambda one: one.day)
            groups = [list(group) for _, group in groupby(happened, key=lambda one: one.day)]
            for orders in product(*(possible_turns(group) for group in groups)):
                yield [one for order in orders for one in order]


def possible_turns(group: list[Happened]) -> list[list[Happened]]:
    """Return the orders in which the events of one day may have come."""
    natural = sorted(group, key=rank)
    if len(group) == 1 or not any(may_part(one.name) for one in group):
        return [natural]
    return [list(order) for order in permutations(natural) if is_possible(order)]


def may_part(name: str) -> bool:
    return name in LAST or ROLE_OF.get(name) == "requested"


def rank(one: Happened) -> tuple[int, int]:
    if one.name in LAST:
        return 9, LAST.index(one.name)
    return STAGE_OF.get(one.name, 8), ROLES.index(ROLE_OF[one.name])


def is_possible(order: Sequence[Happened]) -> bool:
    """Whether an order within a day agrees with the hours, and comes to anything of its own."""
    for at, one in enumerate(order):
        for later in order[at + 1 :]:
            timed = one.fact.at is not None and later.fact.at is not None
            if timed and one.fact.at > later.fact.at:
                return False
            if timed and one.fact.at < later.fact.at:
                continue
            if one.name == CLOSED and ROLE_OF.get(later.name) == "answered":
                return False
            if rank(later) < rank(one) and not (may_part(one.name) or may_part(later.name)):
                between = order[at + 1 : order.index(later)]
                stage = STAGE_OF.get(later.name)
                asked = any(each.name == STAGES.get(stage, [""])[0] for each in between)
                if not asked and not any(parted_by(each, one, later) for each in between):
                    return False
    return True


def parted_by(end: Happened, one: Happened, later: Happened) -> bool:
    """Whether the hours put what came between two others, which it parts, on one side of either."""
    if not may_part(end.name) or end.fact.at is None:
        return False
    return bool(
        (one.fact.at and one.fact.at < end.fact.at)
        or (later.fact.at and end.fact.at < later.fact.at)
    )


def with_implied(record: Record, told: list[Happened]) -> Iterator[list[Happened]]:
    """Add a receipt or a request that nothing records and a later event shows to have been."""
    lists = [told]
    for stage in (1, 2, 3):
        name = STAGES[stage][0]
        if record.dated(name):
            continue
        later = [event for number in STAGES if number >= stage for event in STAGES[number][1:]]
        later += [STAGES[number][0] for number in STAGES if number > stage]
        later += [REFUSED, WITHDRAWN, CLOSED]
        if stage > 1:
            later = list(STAGES[stage][1:])
            later += STAGES[3] if stage == 2 else ()
        if not record.seen(*later):
            continue
        lists = [
            [Happened(-stage, name, day, Fact(name, day, day)), *happened]
            for happened in lists
            for day in implied_days(stage, happened, later)
        ]
    yield from ([*happened] for happened in lists)


def implied_days(stage: int, happened: list[Happened], later: Sequence[str]) -> Iterator[date]:
    upper = min((one.day for one in happened if one.name in later), default=None)
    if upper is None:
        return
    before = [one.day for one in happened if one.name == STAGES[stage - 1][0]] if stage > 1 else []
    lower = min(before, default=None)
    long_ago = [lower] if lower else [day for day in LONG_AGO if day <= upper]
    recent = max(long_ago[0], upper - 20 * DAY)
    yield from (day for day in long_ago if day < recent)
    while recent <= upper:
        yield recent
        recent += DAY


# Episodes -------------------------------------------------------------------------------------

Pick = Callable[[int], int]


def every_way(cut: Callable[[Pick], list[Episode]]) -> Iterator[list[Episode]]:
    """Walk through an order once for each way of settling what may belong to either episode."""
    waiting: list[list[int]] = [[]]
    while waiting:
        settled = waiting.pop()
        taken: list[int] = []

        def pick(ways: int, settled: list[int] = settled, taken: list[int] = taken) -> int:
            if len(taken) < len(settled):
                taken.append(settled[len(taken)])
            else:
                waiting.extend([*taken, way] for way in range(1, ways))
                taken.append(0)
            return taken[-1]

        try:
            yield cut(pick)
        except ImpossibleError:
            continue


class Walk:
    """Cuts one order of events into episodes."""

    def __init__(self, order: Sequence[Happened], pick: Pick, as_at: date) -> None:
        self.as_at = as_at
        self.order = order
        self.pick = pick
        self.episodes: list[Episode] = []
        self.waiting: dict[int, bool] = {}
        self.lately: list[Episode] = []
        self.logged_before: dict[int, list[Happened]] = {}

    def cut(self) -> list[Episode]:
        for at, one in enumerate(self.order):
            role = ROLE_OF.get(one.name)
            if one.name != STAGES[1][0] and not self.episodes:
                raise ImpossibleError
            if role == "requested":
                self.request(STAGE_OF[one.name], one)
            elif role:
                self.belong(STAGE_OF[one.name], role, one, at)
            elif one.name == CLOSED:
                self.close(one)
            elif one.name == REOPENED:
                self.reopen(one, at)
            else:
                self.end(one, at)
        return self.episodes

    def of(self, stage: int) -> list[Episode]:
        return [one for one in self.episodes if one.stage == stage]

    def begin(self, stage: int, one: Happened, before: Episode | None) -> None:
        episode = Episode(stage, one.key, one.day, before, begun_at=one.fact.at)
        episode.begun_last = max(one.day, min(one.fact.last or one.day, self.as_at))
        if before and stage > 1:
            episode.early = before.answered is None
        if self.waiting.pop(stage, False):
            episode.acknowledged = replace(one, name=STAGES[stage][2])
            episode.doubted = True
        for logged in self.logged_before.pop(stage, []):
            record_in(episode, "logged", logged)
        self.episodes.append(episode)

    def request(self, stage: int, one: Happened) -> None:
        before = None
        if stage > 1:
            earlier = self.of(stage - 1)
            answered = [episode for episode in earlier if episode.answered]
            before = (answered or earlier or [None])[-1]
        same = [e for e in self.of(stage) if stage == 1 or e.before is before]
        last = same[-1] if same else None
        if last is None or last.ended:
            self.begin(stage, one, before)
        elif last.is_over:
            if stage == 1:
                self.begin(stage, one, before)
        elif last.closed:
            if self.pick(2):
                last.left = True
                self.begin(stage, one, before)
                self.episodes[-1].doubted = True
            else:
                last.doubted = True
                last.repeats.add(one.key)
        else:
            last.repeats.add(one.key)
            last.begun_last = max(last.begun, min(last.begun_last, one.fact.last or self.as_at))
            if last.early and before and before.answered and not last.again:
                last.again = Episode(stage, one.key, one.day, before, begun_last=one.day)

    def belong(self, stage: int, role: str, one: Happened, at: int) -> None:
        mine = self.of(stage)
        if not mine and role == "logged" and stage > 1:
            asked = STAGES[stage][0]
            if any(later.name == asked and later.day == one.day for later in self.order[at + 1 :]):
                raise ImpossibleError
            self.logged_before.setdefault(stage, []).append(one)
            return
        if not mine:
            raise ImpossibleError
        still = [episode for episode in mine if episode.is_open]
        if not still and mine[-1].ended and not mine[-1].answered:
            again = any(
                later.name in (STAGES[stage][0], REOPENED) for later in self.order[at + 1 :]
            )
            if again and role == "acknowledged" and self.pick(2):
                self.waiting[stage] = True
            else:
                mine[-1].after_end.add(STAGES[stage][ROLES.index(role)])
            return
        episode = still[self.pick(len(still))] if len(still) > 1 else (still or mine)[-1]
        if len(still) > 1:
            for each in still:
                each.doubted = True
        if episode.again:
            record_in(episode.again, role, one)
        if record_in(episode, role, one) and role == "answered":
            self.lately = [episode]
            if episode.before:
                episode.before.next_answer = episode.before.next_answer or one.day

    def close(self, one: Happened) -> None:
        """A closing belongs to what was answered that day, unless the hours say otherwise."""
        same_day = [other for other in self.order if other.day == one.day]
        today = [other for other in same_day if ROLE_OF.get(other.name) == "answered"]
        timed = one.fact.at and any(other.fact.at for other in today)
        if today and not timed:
            return
        for episode in self.episodes:
            if episode.is_open and episode.is_shown and not episode.closed:
                episode.closed = one.day

    def end(self, one: Happened, at: int) -> None:
        """An end belongs to what was open; on the day of a first request it comes after it."""
        stages = ENDS[one.name]
        mine = [
            episode
            for episode in self.episodes
            if episode.stage in stages and episode.is_shown and not episode.is_over
        ]
        for episode in mine:
            episode.ended = one.day
        self.lately = mine or self.lately
        begins = [STAGES[stage][0] for stage in stages]
        later = self.order[at + 1 :]
        same_day = [other for other in later if other.day == one.day and other.name in begins]
        if not mine and any(not (one.fact.at and other.fact.at) for other in same_day):
            raise ImpossibleError

    def reopen(self, one: Happened, at: int) -> None:
        """Take back a closing, or ask again for what was ended last.

        On the day of an end or a closing it came after that, where it would take back nothing else.
        """
        closed = [episode for episode in self.episodes if episode.is_open and episode.closed]
        open_stages = {episode.stage for episode in self.episodes if episode.is_open}
        ended = [e for e in self.lately if e.ended and e.stage not in open_stages]
        for episode in closed:
            episode.closed = None
        if closed:
            return
        for stage, episode in {episode.stage: episode for episode in ended}.items():
            self.begin(stage, one, episode.before)
        later = [other for other in self.order[at + 1 :] if other.day == one.day]
        ends = [other for other in later if other.name in LAST and other.name != REOPENED]
        if not ended and any(not (one.fact.at and other.fact.at) for other in ends):
            raise ImpossibleError


def record_in(episode: Episode, role: str, one: Happened) -> bool:
    """Note what an event is to an episode, the first of several; whether it is."""
    if role in ("logged", "acknowledged"):
        episode.starts.append(one)
    if role == "extended":
        episode.extended.append(one)
    elif getattr(episode, role) is None:
        setattr(episode, role, one)
        return True
    return False


# Clocks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a clock comes to in one world; `until` is the day to which it is counted."""

    verdict: str
    due: date
    until: date


def judged(record: Record, book: Book, rule: str, episode: Episode) -> Iterator[Outcome]:
    """Judge a clock of an episode, with the closing taken for its answer and not."""
    lives = [episode]
    if episode.again and is_read_twice(record, book, episode):
        names = "answered", "ended", "closed", "next_answer", "after_end"
        lives.append(replace(episode.again, **{name: getattr(episode, name) for name in names}))
    for life in [one for one in lives if one.closed and not one.answered]:
        closing = Happened(-9, STAGES[life.stage][4], life.closed, Fact(CLOSED))
        lives.append(replace(life, answered=closing, closed=None, ended=None))
    clock = book.clocks[rule]
    for life in lives:
        if ROLE_OF[clock.stop] == "acknowledged":
            yield from acknowledged(record, book, clock, life)
        else:
            yield from answered(record, book, clock, life)


def is_read_twice(record: Record, book: Book, life: Episode) -> bool:
    """Whether a request came before the answer, when that was not overdue, and came again after."""
    if life.before is None:
        return False
    rule = f"stage-{life.before.stage}-response"
    before = replace(life.before, closed=None)
    dues = [one.due for one in answered(record, book, book.clocks[rule], before)]
    return any(life.begun <= due for due in dues)


def unrecorded(record: Record, life: Episode, name: str, last: date) -> list[date | None]:
    """Return when an event may have happened that the record of an episode does not hold.

    The later it was, the later it may have been: the first day and the last say all.
    """
    told = [f.evidence != "seen" or f.first > record.as_at for f in record.named(name)]
    if record.complete or any(told) or name in life.after_end:
        return [None]
    return [None, life.begun, last]


def acknowledged(record: Record, book: Book, clock: Clock, life: Episode) -> Iterator[Outcome]:
    """Judge an acknowledgement: a full answer, at a later stage too, leaves none to be given."""
    due = book.calendar.add(counted_from(book, life.begun, life.begun_at), clock.limit)
    answers = [life.answered.day if life.answered else None, life.next_answer]
    answer = min((day for day in answers if day), default=None)
    over = min((day for day in (answer, life.ended) if day), default=record.as_at)
    name = clock.stop
    dones: list[date | None] = [life.acknowledged.day if life.acknowledged else None]
    if not life.acknowledged:
        dones = unrecorded(record, life, name, over)
    for done in dones:
        if answer and answer <= due:
            yield Outcome(MET, due, min(done or answer, answer))
            continue
        halves = [_half(record, life, due, done, over)]
        log = STAGES[life.stage][1]
        if clock.and_logged and life.logged and not (life.ended and life.logged.day > life.ended):
            day = due if is_cut(life, log, due) else life.logged.day
            halves.append(_half(record, life, due, day, over))
        elif clock.and_logged and any(fact.evidence == "absent" for fact in record.named(log)):
            halves.append(_half(record, life, due, None, over))
        for verdict in (BREACH, PENDING, NOT_APPLICABLE, MET):
            worst = [half for half in halves if half.verdict == verdict]
            if verdict == MET and "logged" in " ".join(life.after_end):
                yield Outcome(NOT_APPLICABLE, due, over)
            if worst:
                yield max(worst, key=lambda half: half.until)
                break


def is_cut(life: Episode, name: str, last: date) -> bool:
    """Whether a start that may lie by the last day allowed lies after it in this world.

    It counts as no later than that day.
    """
    starts = [one for one in life.starts if one.name == name]
    return all(one.day > last for one in starts) and any(one.fact.first <= last for one in starts)


def _half(record: Record, life: Episode, due: date, done: date | None, over: date) -> Outcome:
    """Judge one half of acknowledging and logging; what came after the end does not count."""
    until = min(done, over) if done else over
    if done and done <= due and done <= over:
        return Outcome(MET, due, done)
    if until > due:
        return Outcome(BREACH, due, until)
    return Outcome(NOT_APPLICABLE if life.ended and not life.answered else PENDING, due, until)


def answered(record: Record, book: Book, clock: Clock, life: Episode) -> Iterator[Outcome]:
    over = life.ended or record.as_at
    dones: list[date | None] = [life.answered.day if life.answered else None]
    if not life.answered:
        dones = unrecorded(record, life, clock.stop, over)
    for done in dones:
        for start in possible_starts(record, book, clock, life, done):
            told = tuple((one.day, one.fact) for one in life.extended)
            original = book.calendar.add(start, clock.limit)
            for due in possible_dues(book.calendar, clock.extension, told, original):
                yield _answered(record, life, due, done)


def _answered(record: Record, life: Episode, due: date, done: date | None) -> Outcome:
    if done:
        return Outcome(BREACH if done > due else MET, due, done)
    if life.ended:
        return Outcome(BREACH if life.ended > due else NOT_APPLICABLE, due, life.ended)
    if record.as_at <= due:
        return Outcome(PENDING, due, record.as_at)
    if life.next_answer and life.next_answer <= due:
        return Outcome(CANNOT_TELL, due, life.next_answer)
    return Outcome(BREACH, due, life.next_answer or record.as_at)


def possible_starts(
    record: Record, book: Book, clock: Clock, life: Episode, done: date | None
) -> Iterator[date]:
    """Return each day from which a clock may count.

    A start that nothing shows may have come at once, and at the latest on the last day allowed.
    Where the rulebook does not say which of two starts it, each does that happened.
    """
    for name in clock.starts:
        if name == clock.trigger:
            yield counted_from(book, life.begun, life.begun_at)
            continue
        start = getattr(life, ROLE_OF[name])
        first = counted_from(book, life.begun, life.begun_at)
        limit = book.calendar.add(first, clock.own_limit) if clock.own_limit else None
        if start and start.fact.evidence == "seen" and not (done and start.day > done):
            last = book.calendar.add(life.begun_last, clock.own_limit) if clock.own_limit else None
            if not (last and is_cut(life, name, last)):
                yield counted_from(book, max(start.day, life.begun), start.fact.at)
            continue
        if len(clock.starts) > 1 and (record.complete or record.named(name)):
            continue
        ends = [day for day in (done, limit) if day]
        if clock.no_later_than and life.extended:
            ends.append(min(one.day for one in life.extended))
        if not ends:
            raise OpenQuestionError("nothing says by when a start came")
        day = life.begun
        while day <= min(ends):
            yield day
            day += DAY


def counted_from(book: Book, day: date, at: time | None) -> date:
    """Return the day that a start counts as, past the hour at which the landlord stops for it."""
    if book.cut_off and at and at > book.cut_off and book.calendar.is_working(day):
        return book.calendar.next_working(day)
    return day


# A record -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What must be found of a clock of one episode.

    `key` is the place in the record of the request that it is known by, which came on `begun` at
    the earliest. `allowed` holds the verdicts that are right. It is not `sure` where some world has
    no such episode, or something in it belongs to another one in some world.
    """

    key: int
    begun: date
    allowed: frozenset[str]
    outcomes: frozenset[Outcome]
    sure: bool

    def __str__(self) -> str:
        due, late, days = (
            "..".join(map(str, dict.fromkeys(pair)))
            for pair in (self.due, self.late, self.days_late)
        )
        told = " or ".join(sorted(self.allowed))
        return f"{told}, due {due}, {late} working days late ({days})"

    @property
    def due(self) -> tuple[date, date]:
        dues = [one.due for one in self.outcomes]
        return min(dues), max(dues)

    @property
    def meets_at_corners(self) -> bool:
        """Whether the earliest due day and the last day of being done differ from every world.

        They may where both turn on one date: a start after the answer does not count, say.
        """
        untils = [one.until for one in self.outcomes]
        (verdict,) = self.allowed if len(self.allowed) == 1 else ("",)
        if verdict == BREACH:
            return min(untils) <= self.due[1]
        return verdict in (MET, PENDING) and max(untils) > self.due[0]

    @property
    def late(self) -> tuple[int, int]:
        """The least and the most working days that it is late in any world."""
        late = [
            Calendar().late(one.due, one.until, "working_days") if one.until > one.due else 0
            for one in self.outcomes
        ]
        return min(late), max(late)

    @property
    def days_late(self) -> tuple[int, int]:
        late = [max((one.until - one.due).days, 0) for one in self.outcomes]
        return min(late), max(late)


@dataclass
class Seen:
    """What one clock of an episode came to in the worlds gone through so far."""

    begun: date = date.max
    begun_by: date = date.max
    outcomes: set[Outcome] = field(default_factory=set)
    without_rule: bool = False
    doubted: bool = False
    worlds: int = 0
    keys: set[int] = field(default_factory=set)


def wanted(record: Record, books: Sequence[Book]) -> dict[str, list[Wanted]]:
    """Return what must be found of each rule, episode by episode."""
    given = record
    record = begun_earlier(record)
    worlds, seen = gone_through(record, books)
    if not worlds and any(fact.at for fact in record.facts):
        # Where the hours of a day contradict each other, its events are those of that day.
        untimed = replace(record, facts=tuple(replace(fact, at=None) for fact in record.facts))
        worlds, seen = gone_through(untimed, books)
    if not worlds:
        return without_an_order(given, books)
    return summed(worlds, seen)


def has_an_order(record: Record) -> bool:
    """Whether all that is on the record may have happened: otherwise one of its dates is wrong."""
    record = begun_earlier(record)
    return any(
        True
        for order in possible_orders(record)
        for _ in every_way(lambda pick, order=order: Walk(order, pick, record.as_at).cut())
    )


Told = dict[tuple[str, int], Seen]
"""By rule and by the request by which an episode is known: the earliest of it and its repeats."""


def gone_through(
    record: Record, books: Sequence[Book], dated: Mapping[int, date] | None = None
) -> tuple[int, Told]:
    """Go through every world, and return how many there are and what was seen in them.

    `dated` holds the days that say which edition there is, of receipts on a day that is not known.
    """
    seen: Told = {}
    worlds = 0
    known: dict[object, dict[str, set[Outcome] | None]] = {}
    for order in possible_orders(record):
        for episodes in every_way(lambda pick, order=order: Walk(order, pick, record.as_at).cut()):
            worlds += 1
            for episode in episodes:
                complaint = episode.complaint
                received = (dated or {}).get(complaint.key, complaint.begun)
                state = received, episode.state
                if state not in known:
                    known[state] = outcomes_of(record, books, episode, received)
                for rule, outcomes in known[state].items():
                    key = known_by(record, episode)
                    mine = seen.setdefault((rule, key), Seen())
                    mine.begun = min(mine.begun, begins(record, key))
                    mine.begun_by = ends(record, key)
                    mine.doubted |= episode.doubted
                    mine.worlds += 1
                    mine.keys.add(episode.key)
                    mine.without_rule |= outcomes is None
                    mine.outcomes |= outcomes or set()
    return worlds, seen


def known_by(record: Record, episode: Episode) -> int:
    """Return the request that an episode is known by, whichever of its repeats came first."""
    requests = {episode.key, *episode.repeats}
    return min(requests, key=lambda key: (begins(record, key), ends(record, key), key))


def begins(record: Record, key: int) -> date:
    """Return the first day of a request; of one that is not on the record, long ago."""
    return record.facts[key].first if key >= 0 else date.min


def ends(record: Record, key: int) -> date:
    """Return the last day of a request; of one that is not on the record, long ago."""
    return record.facts[key].last if key >= 0 else date.min


def outcomes_of(
    record: Record, books: Sequence[Book], episode: Episode, received: date
) -> dict[str, set[Outcome]]:
    """Return what each clock of an episode comes to; nothing where the edition has no such rule.

    The edition is that of the day `received`.
    """
    of_stage = {
        rule
        for book in books
        for rule, clock in book.clocks.items()
        if clock.stage == episode.stage
    }
    in_force = [book for book in books if book.first <= received <= book.last]
    return {
        rule: set(judged(record, in_force[0], rule, episode))
        if in_force and rule in in_force[0].clocks
        else None
        for rule in of_stage
    }


def _in_order(pair: tuple[tuple[str, int], Seen]) -> tuple[date, date, int]:
    (_, key), seen = pair
    return seen.begun, seen.begun_by, key


def summed(worlds: int, seen: Told) -> dict[str, list[Wanted]]:
    told: dict[str, list[Wanted]] = {}
    for (rule, key), one in sorted(seen.items(), key=_in_order):
        if one.outcomes:
            told.setdefault(rule, []).append(joined(key, one, worlds))
    return told


def joined(key: int, seen: Seen, worlds: int) -> Wanted:
    """Return what the worlds have in common."""
    allowed = allowed_by({outcome.verdict for outcome in seen.outcomes})
    if seen.without_rule and BREACH in allowed:
        allowed = {CANNOT_TELL}
    sure = not seen.doubted and seen.worlds == worlds and len(seen.keys) == 1
    if not sure:
        allowed |= {CANNOT_TELL}
    return Wanted(key, seen.begun, frozenset(allowed), frozenset(seen.outcomes), sure)


def allowed_by(verdicts: set[str]) -> set[str]:
    """Return the verdicts that are right where worlds differ so."""
    if CANNOT_TELL in verdicts or len(verdicts) == 1:
        return verdicts & {CANNOT_TELL} or verdicts
    if verdicts == {MET, PENDING}:
        return {PENDING}
    if BREACH not in verdicts:
        return {*verdicts, CANNOT_TELL}
    return {CANNOT_TELL}


def without_an_order(record: Record, books: Sequence[Book]) -> dict[str, list[Wanted]]:
    """Return what is right of a record that no order fits.

    It cannot be told, unless it comes to the same whichever of the dates that differ is left out.
    The edition is that of the recorded receipt, also where that is left out; a further complaint
    has the edition of its own day.
    """
    for many in range(1, MOST_WRONG + 1):
        told = []
        for places in combinations(range(len(record.facts)), many):
            rest, kept = without(record, places)
            left = begun_earlier(rest)
            kept = [
                place for place, fact in zip(kept, rest.facts, strict=True) if fact in left.facts
            ]
            rest = left
            dated = {
                place: record.facts[key].first
                for place, key in enumerate(kept)
                if key in places and rest.facts[place].name == STAGES[1][0]
            }
            worlds, seen = gone_through(rest, books, dated)
            if worlds:
                found = summed(worlds, seen)
                told.append({rule: _known_as(kept, found[rule]) for rule in found})
        if told:
            return {
                rule: _alike(record, [each.get(rule, {}) for each in told])
                for rule in {rule for each in told for rule in each}
            }
    raise OpenQuestionError(f"more than {MOST_WRONG} of the dates are wrong")


MOST_WRONG = 2
"""The contract speaks of two dates of which one is wrong, and no world is tried for more."""


def without(record: Record, places: Sequence[int]) -> tuple[Record, list[int]]:
    """Leave out some dates: a first request and an answer came on a day that is not known.

    Others came not at all.

    Returns what is left, and for each fact of it its place in the record as it was.
    """
    facts = {}
    for at, fact in enumerate(record.facts):
        if at not in places:
            facts[at] = fact
        elif ROLE_OF.get(fact.name) == "answered" or (
            ROLE_OF.get(fact.name) == "requested" and fact == first_of(record, fact.name)
        ):
            facts[at] = replace(fact, first=UNKNOWN, last=date.max, at=None)
    return replace(record, facts=tuple(facts.values())), list(facts)


def first_of(record: Record, name: str) -> Fact:
    return min(record.dated(name), key=lambda fact: fact.first)


def _known_as(kept: Sequence[int], told: Sequence[Wanted]) -> dict[int, Wanted]:
    keys = [kept[one.key] if one.key >= 0 else one.key for one in told]
    return {key: replace(one, key=key) for key, one in zip(keys, told, strict=True)}


def _alike(record: Record, told: list[dict[int, Wanted]]) -> list[Wanted]:
    """Return what is right of each episode that there is, whichever of the dates is left out.

    Nobody can say that one is late which there is only if a certain one of the dates is wrong.
    """
    found = []
    for key in {key for each in told for key in each}:
        ways = [each[key] for each in told if key in each]
        allowed = frozenset.intersection(*(one.allowed for one in ways))
        if all(BREACH not in one.allowed and one.allowed != {CANNOT_TELL} for one in ways):
            # What was met in one and not asked for in another is met: no breach either way.
            allowed = frozenset.union(*(one.allowed for one in ways))
        if len(ways) < len(told):
            allowed -= {BREACH}
        found.append(replace(ways[0], allowed=allowed | {CANNOT_TELL}, sure=False))
    return sorted(found, key=lambda one: (begins(record, one.key), ends(record, one.key), one.key))
