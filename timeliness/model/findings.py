"""What a check found, as plain data: the writers and the Python API read nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.comparison import PolicyPoint
from timeliness.model.dates import Span
from timeliness.model.errors import Mistake
from timeliness.model.event_words import Words
from timeliness.model.ranges import Moments, Range, moments_of
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sentences import Settlement, Told
from timeliness.model.sides import CODE, RuleKey, Side
from timeliness.model.timelines import Timeline
from timeliness.model.verdict_words import OF_ALL, OF_POLICY, OF_RULES, summed_as


class Reading(Struct, frozen=True):
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


class ExtensionTold(Struct, frozen=True):
    """An extension on the record: when the resident was told (`told`), and the new date."""

    told: Span
    until: Span | None
    line: int


class Accepted(Struct, frozen=True):
    """Who accepted a finding, why, and until when (that day included).

    `expired` says that the day has passed, so that the finding counts again.
    """

    reason: str
    approver: str
    expires: date
    expired: bool = False


class Finding(Struct, frozen=True):
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


class NotExamined(Struct, frozen=True):
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


class StatementFound(Struct, frozen=True):
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


class Case(Struct, frozen=True):
    """One complaint, checked as of one day.

    `problems` are what a reader should know of the input, and `carried` holds what else it said of
    the complaint, such as team or category. `story` tells the episodes of a stage that has several.
    `ombudsmen` are those whose finding a breach is not. `left_out` says that findings of some rules
    were left out.
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
    left_out: bool = False

    @property
    def scope(self) -> str:
        """Return what "no breach" can be said of: see `OF_ALL`."""
        codes = {book.side for book in self.rulebooks if book.standard == CODE}
        if self.rulebooks and not codes:
            return OF_RULES if self.left_out else OF_POLICY
        found = {finding.side for finding in self.findings}
        return OF_RULES if self.left_out or codes - found else OF_ALL

    def with_verdict(self, *verdicts: str) -> list[Finding]:
        """Return the findings that are counted under these verdicts, in order."""
        return [finding for finding in self.findings if finding.counts_as in verdicts]
