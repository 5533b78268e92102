"""A finding as one flat row: what the formats for tables and for CI carry, references and dates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from timeliness.model.dates import Span
from timeliness.model.errors import Mistake
from timeliness.model.findings import Case, Finding
from timeliness.model.ranges import Range
from timeliness.model.sides import RuleKey, Side
from timeliness.model.verdict_words import BREACH, summed_as

FIELDS = (
    *("complaint", "landlord", "path", "line", "standard", "series", "rule", "rulebook", "clause"),
    *("duty", "verdict", "reason", "start_earliest", "start_latest", "due_earliest", "due_latest"),
    *("done_earliest", "done_latest", "working_days_least", "working_days_most"),
    *("late_by_least", "late_by_most", "late_unit", "days_late_least", "days_late_most", "status"),
    *("episode", "provenance"),
)
"""The columns of the CSV form, in order; columns carried from the input follow them."""

RECORD, CLAIM = "record", "claim"


class Flat(Struct, frozen=True):
    """One finding: its identity, its verdict and its dates, nothing else.

    Of each pair one is None where there is no such day or number. `status` is "" for a finding
    that counts, "known" for one in the baseline, or says that it is accepted and until when.
    `is_owed` is as in `Finding`.
    """

    complaint: str
    landlord: str
    path: str
    line: int
    side: Side
    rule: str
    title: str
    rulebook: str
    clause: str
    duty: str
    verdict: str
    reason: str
    start: tuple[date | None, date | None] = (None, None)
    due: tuple[date | None, date | None] = (None, None)
    done: tuple[date | None, date | None] = (None, None)
    working_days: tuple[int | None, int | None] = (None, None)
    late_by: tuple[int | None, int | None] = (None, None)
    days_late: tuple[int | None, int | None] = (None, None)
    unit: str = ""
    status: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)
    episode: int = 1
    provenance: str = ""
    is_owed: bool = False

    @property
    def standard(self) -> str:
        """Return its standard: code or policy, or its family, such as promise."""
        return self.side.standard

    @property
    def rule_key(self) -> RuleKey:
        """Return the rule that it is under."""
        return RuleKey(self.side, self.rule)

    @property
    def counts_as(self) -> str:
        """Return the verdict under which it is counted."""
        return summed_as(self.verdict, self.duty)

    @property
    def name(self) -> str:
        """Return its title, and which episode it speaks of where that is not the first."""
        return f"{self.title}, episode {self.episode}" if self.episode > 1 else self.title

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """Return what makes it the same finding in another run, wherever its row stands."""
        side, episode = self.side, str(self.episode)
        return self.landlord, self.complaint, side.standard, side.series, self.rule, episode

    @property
    def fingerprint(self) -> str:
        """Return its key as a number that other programs can compare."""
        return self.fingerprint_of()

    def fingerprint_of(self, *more: str) -> str:
        """Return its key, and what else tells it apart, as a number.

        The first episode is not named in it: so it was before there were several.
        """
        episode = (str(self.episode),) if self.episode > 1 else ()
        key = (self.landlord, self.complaint, self.side.name, self.rule, *episode)
        return fingerprint((*key, *more))

    @property
    def clause_read(self) -> str:
        """Return its clause, and that nobody has read it where that is so."""
        return self.clause + (", clause not read" if self.provenance == "unverified" else "")

    def says(self) -> str:
        """Return the finding in one line: references, numbers and dates only."""
        called = self.side.called or self.standard
        name = f"{self.name} ({called} {self.clause_read})" if self.clause else self.name
        if self.standard == RECORD:
            return f"{self.complaint}: {self.title}"
        text = f"{self.complaint}: {name}: {self._verdict()}"
        dates = [
            f"{name} {told}"
            for name, span in (("due", self.due), ("done", self.done))
            if (told := span_text(span))
        ]
        return "; ".join([text, *dates])

    def _verdict(self) -> str:
        words = {"not-followed": "not followed (explain)"}.get(
            self.counts_as, self.counts_as.replace("-", " ")
        )
        least, most = self.late_by
        if self.verdict != BREACH or least is None:
            return f"{words}, {self.reason.replace('-', ' ')}"
        number = f"{least}" if least == most else f"{least} or more"
        if most is not None and most != least:
            number = f"{least} to {most}"
        unit = self.unit.replace("_", " ")
        if number == "1":
            unit = unit.removesuffix("s")
        how = "overdue" if self.reason == "overdue" else "late"
        return f"{words}, {number} {unit} {how}"


def claim_id(event: str, kind: str) -> str:
    """Return what stands under rule for a claim of the landlord's own system."""
    return f"{event.replace(' ', '-')}.{kind}"


def fingerprint(key: tuple[str, ...]) -> str:
    """Return a short hash of a finding's key."""
    return hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:32]


def fingerprint_of_row(one: Mistake) -> str:
    """Return what stays the same when a row that cannot be read moves, and differs for another."""
    where = "" if one.reference else f"{one.line} {one.sentence}"
    return fingerprint((one.reference, one.content or where, one.column, one.cell))


def span_text(span: tuple[date | None, date | None]) -> str:
    """Return a span of days in ISO form, or nothing where no end is known."""
    earliest, latest = span
    if earliest and earliest == latest:
        return earliest.isoformat()
    if earliest and latest:
        return f"{earliest.isoformat()} to {latest.isoformat()}"
    if earliest:
        return f"{earliest.isoformat()} or later"
    return f"{latest.isoformat()} or earlier" if latest else ""


def flat_of(case: Case, finding: Finding) -> Flat:
    """Return one finding as a flat row."""
    timeline = case.timeline
    return Flat(
        complaint=timeline.complaint,
        landlord=timeline.landlord,
        path=timeline.path,
        line=timeline.line,
        side=finding.side,
        rule=finding.rule,
        title=finding.plain_title,
        rulebook=finding.rulebook,
        clause=finding.clause,
        duty=finding.duty,
        verdict=finding.verdict,
        reason=finding.reason,
        start=_ends(finding.start),
        due=_ends(finding.due),
        done=_ends(finding.done),
        working_days=_numbers(finding.working_days),
        late_by=_numbers(finding.late_by),
        days_late=_numbers(finding.days_late),
        unit=finding.limit.unit if finding.limit else "",
        carried=case.carried,
        episode=finding.episode,
        provenance=finding.provenance,
        is_owed=finding.is_owed,
    )


def _ends(span: Span | None) -> tuple[date | None, date | None]:
    return (span.earliest, span.latest) if span else (None, None)


def _numbers(numbers: Range | None) -> tuple[int | None, int | None]:
    return (numbers.least, numbers.most) if numbers else (None, None)
