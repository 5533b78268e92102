"""What a check found, as plain data: the writers and the Python API read nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.dates import Span
from timeliness.model.errors import Mistake
from timeliness.model.event_words import Words
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sides import RuleKey, Side
from timeliness.model.timelines import Timeline

MET, BREACH, PENDING = "met", "breach", "pending"
CANNOT_TELL, NOT_APPLICABLE = "cannot-tell", "not-applicable"
CLOSED_UNANSWERED = "closed-unanswered"
"""The reason of what was closed and has no answer on the record, which is counted apart."""
VERDICTS = (MET, BREACH, PENDING, CANNOT_TELL, NOT_APPLICABLE)

NOT_FOLLOWED = "not-followed"
"""How a breached "should" is counted: it must be explained, but fails nothing."""
PROBLEMS = (BREACH, NOT_FOLLOWED, CANNOT_TELL)
"""The verdicts, as they are counted, that somebody should look at."""


def summed_as(verdict: str, duty: str) -> str:
    """Return the verdict under which it is counted: a "should" not followed is not a breach."""
    return NOT_FOLLOWED if verdict == BREACH and duty == "should" else verdict


REASONS = {
    "in-time": "done on or before the due date",
    "within-extension": "done after the original due date, but within an extension",
    "answered-first": "answered in full by the day on which the acknowledgement was due",
    "late": "done after the due date",
    "overdue": "not done, and the due date has passed",
    "not-yet-due": "not done, and the due date has not passed",
    "not-recorded": "the record does not say whether it was done",
    "closed-unanswered": "closed by the due date without a recorded answer",
    "passed-over": "never answered, but the next stage was by the due date",
    "not-evidenced": "said to have been done, but there is no evidence of it",
    "start-not-recorded": "the event that starts the clock is not on the record",
    "imprecise-date": "a date is known only roughly",
    "extension-unclear": "it is not known whether an extension counts, or how far it goes",
    "pause-unclear": "it is not known whether a pause counts, or how long it was",
    "impossible-order": "an answer is dated before what it answers",
    "readings-differ": "the rulebook does not say what starts the clock, or which day is day 1, "
    "and the readings differ",
    "edition-unclear": "the day of receipt, and so the edition, is not known well enough",
    "ended": "ended before it was due",
    "order-unclear": "it is not known which of two requests counts, or which one an event "
    "belongs to",
    "not-started": "what would start the clock did not happen",
    "as-required": "done as the clause asks",
    "not-as-required": "not done as the clause asks",
    "sources-differ": "the sources differ on what the clause asks",
    "no-date": "promised without a date, and not known to be kept",
    "not-kept": "promised without a date, and found not to be kept",
    "after-as-at": "dated after the as-at date",
    "conflicting-dates": "the sources give more than one date",
    "not-found": "a record was looked for and not found",
    "thin-record": "recorded poorly or not at all",
    "entered-twice": "the same event is entered twice",
    "unanswered": "never answered",
    "answered-twice": "a further response at a stage that had been answered",
    "turned-away": "a complaint was turned away",
    "stops-no-clock": "a response that is not the full response",
    "not-sent": "decided but not sent",
    "outcome-changed": "the outcome changed from a provisional response to the final one",
    "offer-after-final": "offered only after the final response",
    "repeated": "asked again while the first request was open",
    "further": "a further complaint after an answer",
    "after-end": "acknowledged or answered after a withdrawal or refusal",
    "after-final": "asked to escalate after the final response",
    "reopened-answered": "taken up again after an answer",
    "not-open": "refused when nothing was open",
    "two-open": "two complaints were open at once",
    "no-pause": "a pause that no policy of the complaint allows",
}
"""Every reason a finding may give, and what it means."""


@dataclass(frozen=True)
class Range:
    """The least and the most of a number; `most` is None where it is not bounded."""

    least: int
    most: int | None

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.least} or more"
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


def union_of(ranges: Sequence[Range | None]) -> Range | None:
    """Return the least and the most over several ranges; None where one of them is not known."""
    known = [one for one in ranges if one is not None]
    if not known or len(known) < len(ranges):
        return None
    mosts = [one.most for one in known]
    most = None if None in mosts else max(most for most in mosts if most is not None)
    return Range(min(one.least for one in known), most)


@dataclass(frozen=True)
class Moments:
    """The first and the last moment at which something may have been, in the time of London."""

    earliest: datetime
    latest: datetime

    @property
    def exact(self) -> bool:
        """Whether only one moment is possible."""
        return self.earliest == self.latest


def moments_of(several: Iterable[Moments | None]) -> Moments | None:
    """Return the first and the last of some moments; None where none is known."""
    known = [one for one in several if one]
    if not known:
        return None
    return Moments(min(one.earliest for one in known), max(one.latest for one in known))


@dataclass(frozen=True)
class Reading:
    """One way to read a time limit; `decides` is False if it is shown for information only.

    `working_days` and `days_late` count working and calendar days; `late_by` counts in the unit
    of the limit. `due_at`, `done_at` and the `hours` it took are those of a clock that runs in
    hours, across a change of the clocks too.
    """

    start_event: str
    rulebook: Rulebook
    rule: Rule
    calendar: WorkingDays
    decides: bool
    start: Span | None
    due: Span | None
    done: Span | None
    verdict: str
    reason: str
    working_days: Range | None
    late_by: Range | None
    days_late: Range | None
    original_due: Span | None = None
    as_new_complaint: bool = False
    due_at: Moments | None = None
    done_at: Moments | None = None
    hours: Range | None = None

    @property
    def is_count_only(self) -> bool:
        """Whether it only shows how many days it took from another event, with no due date."""
        return not self.decides and not self.as_new_complaint

    @property
    def counting(self) -> str:
        """Return its counting rule, where the rulebook does not say which one applies."""
        unsaid = len(self.rulebook.countings(self.rule.clock)) > 1
        return self.calendar.counting if unsaid else ""

    @property
    def first_day(self) -> str:
        """Return the day that it counts as day 1, where that is not stated, as a sentence would."""
        if not self.counting:
            return ""
        return f"the day {'of' if self.counting == 'same-day' else 'after'} {self.began.thing}"

    @property
    def began(self) -> Words:
        """Return the words of the event from which it counts."""
        return self.rulebook.words(self.start_event)

    @property
    def stop(self) -> Words:
        """Return the words of the event that stops it."""
        return self.rulebook.words(self.rule.clock.stop)


@dataclass(frozen=True)
class Settlement:
    """What would settle a "cannot tell", and the line to add to the timeline."""

    says: str
    add: str


class Told(Protocol):
    """What a finding says in sentences, which may be made only where somebody reads them."""

    @property
    def says(self) -> str:
        """Return what the record shows."""

    @property
    def settled_by(self) -> Settlement | None:
        """Return what would settle it, if it cannot be decided."""


@dataclass(frozen=True)
class Said:
    """Sentences that are made already."""

    says: str
    settled_by: Settlement | None = None


@dataclass(frozen=True)
class ExtensionTold:
    """An extension on the record: when the resident was told (`told`), and the new date."""

    told: Span
    until: Span | None
    line: int


@dataclass(frozen=True)
class Accepted:
    """Who accepted a finding, why, and until when (that day included).

    `expired` says that the day has passed, so that the finding counts again.
    """

    reason: str
    approver: str
    expires: date
    expired: bool = False


@dataclass(frozen=True)
class Finding:
    """One obligation, checked.

    A time limit has a `limit` and one or more `readings`; a duty without one has neither, and may
    have no dates. `start`, `due` and `done` span the readings that decide; `done` is None where
    it is not done or not recorded. Counts are as in `Reading`. `due_in` counts the working days
    left of a pending clock. `projected` says that a date lies past the announced bank holidays.
    `known` says that it is in the baseline, and `severity` that its rule is only a warning or a
    note. `headline` says a breach in a few words, where it is no clock's, or what the record leaves
    open that the answer turns on; `line` is that of the event it speaks of, or 0. `episode` numbers
    the course of its stage that it speaks of, which `episode_of` names where there are several.
    `unless_extended` says that the record is partial, and that an extension it does not show would
    change the verdict. `still_open` says that it was overdue, or cannot be decided, and that
    nothing had met, ended or overtaken it by the day of the check.
    """

    rule: str
    title: str
    rulebooks: tuple[Rulebook, ...]
    side: Side
    clause: str
    duty: str
    limit: Limit | None
    verdict: str
    reason: str
    start: Span | None
    due: Span | None
    done: Span | None
    working_days: Range | None
    late_by: Range | None
    days_late: Range | None
    readings: tuple[Reading, ...]
    provenance: str
    told: Told
    calendar: WorkingDays
    extensions: tuple[ExtensionTold, ...] = ()
    due_in: Range | None = None
    projected: bool = False
    counted_until: date | None = None
    accepted: Accepted | None = None
    known: bool = False
    severity: str = ""
    headline: str = ""
    line: int = 0
    episode: int = 1
    unless_extended: bool = False
    still_open: bool = False
    episode_of: str = ""

    @property
    def says(self) -> str:
        """Return in sentences what the record shows."""
        return self.told.says

    @property
    def settled_by(self) -> Settlement | None:
        """Return what would settle it, if it cannot be decided."""
        return self.told.settled_by

    @property
    def standard(self) -> str:
        """Return its standard: code or policy, or its family, such as promise."""
        return self.side.standard

    @property
    def key(self) -> RuleKey:
        """Return the rule that it is under."""
        return RuleKey(self.side, self.rule)

    @property
    def plain_title(self) -> str:
        """Return the title without the day of the episode, for many findings together."""
        return self.title.removesuffix(f" ({self.episode_of})")

    @property
    def judged(self) -> tuple[Reading, ...]:
        """Return the readings that come to a verdict, and do not only show a count.

        Of those that come to the same from the same start there is one.
        """
        told = {
            (
                *(one.start_event, one.rulebook.id, one.decides, one.as_new_complaint, one.start),
                *(one.due, one.verdict, one.late_by, one.working_days),
            ): one
            for one in reversed(self.readings)
            if not one.is_count_only
        }
        return tuple(reversed(told.values()))

    @property
    def due_at(self) -> Moments | None:
        """Return the moments at which a clock that runs in hours was due; None for any other."""
        return moments_of(one.due_at for one in self.readings if one.decides)

    @property
    def countings(self) -> tuple[str, ...]:
        """Return the rule by which it counts, or each possible one where that is not stated."""
        deciding = (one.calendar.counting for one in self.readings if one.decides)
        return tuple(dict.fromkeys(deciding)) or (self.calendar.counting,)

    @property
    def counts_as(self) -> str:
        """Return the verdict under which it is counted."""
        return summed_as(self.verdict, self.duty)

    @property
    def is_owed(self) -> bool:
        """Whether it is overdue, and was still owed on the day of the check."""
        return self.reason == "overdue" and self.still_open

    @property
    def rulebook(self) -> str:
        """Return the id of the rulebook, or of each that may apply."""
        return " or ".join(book.id for book in self.rulebooks)


@dataclass(frozen=True)
class NotExamined:
    """A rule that nothing is recorded about; `hint` says what to write, where that is clear."""

    rule: str
    title: str
    rulebook: str
    side: Side
    clause: str
    hint: str = ""

    @property
    def standard(self) -> str:
        """Return its standard: code or policy."""
        return self.side.standard


RIGHT, RIGHT_OTHERWISE, WRONG = "right", "right-on-another-reading", "wrong"
NOT_CHECKABLE = "not-checkable"


@dataclass(frozen=True)
class StatementFound:
    """What somebody said about time, and whether it is right.

    `outcome` is right, right-on-another-reading, wrong or not-checkable; `says` tells which
    reading, or what would be right. `stated` and `about` are as written; `would_be` is what the
    plain reading comes to, and `readings` are the other readings on which it is right.
    """

    words: str
    by: str
    source: str
    outcome: str
    says: str
    line: int = 0
    stated: str = ""
    about: str = ""
    would_be: str = ""
    readings: tuple[str, ...] = ()


SAME, STRICTER, WEAKER, UNSAID, LACKING = "same", "stricter", "weaker", "unsaid", "lacking"
STANDINGS = {
    LACKING: "the policy has no such rule",
    WEAKER: "the policy allows more than the Code",
    UNSAID: "the policy does not say",
    STRICTER: "the policy allows less than the Code",
    SAME: "the policy and the Code agree",
}
"""How a policy may compare with a clause of the Code, the worst first."""


@dataclass(frozen=True)
class PolicyPoint:
    """How one limit, start or extension of a policy compares with a clause of the Code.

    `standing` is same, stricter, weaker, unsaid or lacking. `aspect` is limit, start, stop,
    duty, extension, count, procedure, or rule where the whole rule is lacking. `duty` and
    `provenance` are those of the clause.
    """

    rule: str
    title: str
    policy: str
    code: str
    clause: str
    standing: str
    says: str
    aspect: str = "limit"
    duty: str = "must"
    provenance: str = ""

    @property
    def counts_as(self) -> str:
        """Return the verdict it counts as: a weaker or lacking "should" is not a breach."""
        if self.standing in (WEAKER, LACKING):
            return BREACH if self.duty == "must" else NOT_FOLLOWED
        return CANNOT_TELL if self.standing == UNSAID else MET


@dataclass(frozen=True)
class Comparison:
    """A policy compared with one edition of the Code."""

    policy: Rulebook
    code: Rulebook
    points: tuple[PolicyPoint, ...]

    def counting_as(self, *verdicts: str) -> list[PolicyPoint]:
        """Return the points that count as these verdicts, in order."""
        return [point for point in self.points if point.counts_as in verdicts]


@dataclass(frozen=True)
class Case:
    """One complaint, checked as of one day.

    `problems` are what a reader should know of the input, and `carried` holds what else it said of
    the complaint, such as team or category. `story` tells the episodes of a stage that has several.
    `ombudsmen` are those whose finding a breach is not.
    """

    timeline: Timeline
    as_at: date
    rulebooks: tuple[Rulebook, ...]
    findings: tuple[Finding, ...]
    not_examined: tuple[NotExamined, ...] = ()
    problems: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    statements: tuple[StatementFound, ...] = ()
    policy_points: tuple[PolicyPoint, ...] = ()
    story: tuple[str, ...] = ()
    carried: Mapping[str, str] = field(default_factory=dict)
    ombudsmen: tuple[str, ...] = ()

    def with_verdict(self, *verdicts: str) -> list[Finding]:
        """Return the findings that are counted under these verdicts, in order."""
        return [finding for finding in self.findings if finding.counts_as in verdicts]
