"""Text for a person at a terminal: the answer first, then the breaches, then the rest."""

from __future__ import annotations

import textwrap
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from timeliness.calendars import ANNOUNCED_UNTIL, DayCounted, Limit
from timeliness.check.wording import done_word, noun, span_in_words
from timeliness.dates import When, in_words
from timeliness.findings import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
    Case,
    Finding,
    Range,
    Reading,
    Report,
)
from timeliness.spans import Span
from timeliness.timelines import Event
from timeliness.write import Options
from timeliness.write.working import counted_days, counted_span

WIDTH = 80
RECORD = "record"
DISCLAIMER = "A breach found here is no finding of the Housing Ombudsman."

_WORDS = {
    MET: "met",
    BREACH: "BREACH",
    PENDING: "not yet due",
    CANNOT_TELL: "CANNOT TELL",
    NOT_APPLICABLE: "not applicable",
    NOT_FOLLOWED: "NOT FOLLOWED (explain)",
}
_COLOURS = {MET: "32", BREACH: "1;31", PENDING: "36", CANNOT_TELL: "33", NOT_FOLLOWED: "35"}
_SECTIONS = (
    (BREACH, "BREACHES"),
    (NOT_FOLLOWED, "NOT FOLLOWED, TO BE EXPLAINED"),
    (CANNOT_TELL, "CANNOT TELL"),
    (PENDING, "NOT YET DUE"),
    (MET, "MET"),
)
_PROBLEMS = (BREACH, NOT_FOLLOWED, CANNOT_TELL)
_STANDARDS = {"policy": "policy", "code": "Code", "promise": "", "order": "", "record": ""}


def write_text(report: Report, options: Options) -> str:
    """Return the report as text of at most 80 columns."""
    lines: list[str] = []
    if len(report.cases) != 1:
        lines += [*_wrap(_answer_for_all(report)), ""]
    shown = 0
    for case in report.cases:
        sound = not case.with_verdict(*_PROBLEMS) and not case.problems
        if options.show == "problems" and sound and len(report.cases) > 1:
            continue
        if shown:
            lines += ["", "=" * WIDTH, ""]
        lines += _Case(case, options).lines()
        shown += 1
    if report.cases:
        lines += ["", DISCLAIMER]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _answer_for_all(report: Report) -> str:
    total = len(report.cases)
    if not total:
        return "No complaint was checked."
    breached = [case.timeline.complaint for case in report.cases if case.with_verdict(BREACH)]
    unclear = sum(
        bool(case.with_verdict(CANNOT_TELL)) and not case.with_verdict(BREACH)
        for case in report.cases
    )
    tail = f" {unclear} more cannot be told in full." if unclear else ""
    if not breached:
        return f"No breach in {total} complaints.{tail}"
    named = ", ".join(breached[:5]) + (f" and {len(breached) - 5} more" if breached[5:] else "")
    return f"{len(breached)} of {total} complaints have breaches: {named}.{tail}"


def answer(case: Case) -> str:
    """Return the one sentence that answers: what was breached, or what is due next."""
    breaches = case.with_verdict(BREACH)
    unclear = sum(one.standard != RECORD for one in case.with_verdict(CANNOT_TELL))
    tail = f" {unclear} cannot be told." if unclear else ""
    following = _next_due(case)
    if breaches:
        count = f"{len(breaches)} breach{'es' if len(breaches) > 1 else ''}"
        return f"{count}: {'; '.join(_told_together(breaches))}.{tail}" + (
            f" Next: {following}." if following else ""
        )
    if following:
        return f"No breach. Next: {following}.{tail}"
    if unclear:
        examined = sum(one.standard != RECORD for one in case.findings)
        return f"No breach found, but {unclear} of {examined} cannot be told."
    if not case.with_verdict(MET):
        return "No breach: nothing was due."
    return "No breach: every limit that was checked was met."


_MOST_TOLD = 5


def _told_together(breaches: Sequence[Finding]) -> list[str]:
    """Return each breach in a few words, policy and Code together."""
    told: dict[str, list[tuple[str, str]]] = {}
    for finding in breaches:
        what, how = _in_brief(finding)
        told.setdefault(what, []).append((how, _STANDARDS[finding.standard]))
    phrases = [_phrase(what, ways) for what, ways in told.items()]
    more = len(phrases) - _MOST_TOLD
    return [*phrases[:_MOST_TOLD], f"and {more} more, below"] if more > 1 else phrases


def _phrase(what: str, ways: Sequence[tuple[str, str]]) -> str:
    """Return one breach: stage 1 response 2 working days late (policy), 7 working days (Code)."""
    by_how: dict[str, list[str]] = {}
    for how, by in ways:
        by_how.setdefault(how, []).append(by)
    parts = [how + (f" ({' and '.join(by)})" if all(by) else "") for how, by in by_how.items()]
    return f"{what} {', '.join(parts)}".strip().replace("  ", " ")


def _in_brief(finding: Finding) -> tuple[str, str]:
    """Return what was breached, and how, in a few words."""
    late = lateness(finding) if finding.reason == "late" else ""
    if finding.headline or not finding.readings:
        return finding.headline or finding.title, late
    stop = finding.readings[0].rule.clock.stop
    return (_undone(stop), "") if finding.reason == "overdue" else (stop, late)


def _undone(stop: str) -> str:
    """Return that a stop did not happen: complaint not acknowledged, no stage 1 response."""
    if stop.endswith("response"):
        return f"no {stop}"
    subject, _, verb = stop.rpartition(" ")
    return f"{subject} not {verb}"


def _next_due(case: Case) -> str:
    pending = [
        finding
        for finding in case.with_verdict(PENDING)
        if finding.due and finding.due.earliest and finding.due_in
    ]
    if not pending:
        return ""
    first = min(pending, key=lambda finding: finding.due.earliest)  # type: ignore[union-attr, arg-type, return-value]
    assert first.due
    assert first.due.earliest
    assert first.due_in
    days = first.due_in.least
    when = "today" if first.due.earliest == case.as_at else f"in {_count(days, 'working day')}"
    name = first.title[0].lower() + first.title[1:]
    return (
        f"{name} due {first.due.earliest:%A} {in_words(first.due.earliest)}, {when} "
        f"({_STANDARDS[first.standard]})"
    )


def lateness(finding: Finding) -> str:
    """Return how late something was: 6 working days late."""
    late, days = finding.late_by, finding.days_late
    if late is None:
        return "late"
    unit = _unit(finding.limit)
    text = f"{_count(late, unit)} late"
    if late.most == 0 and days:
        return f"{_count(days, 'day')} ({_count(late, unit)}) late"
    return text


def _unit(limit: Limit | None) -> str:
    """Return the unit of a limit for one of it: working day, week."""
    return limit.unit.replace("_", " ").removesuffix("s") if limit else "working day"


def _count(number: int | Range, noun: str) -> str:
    return f"{number} {noun}" + ("" if str(number) == "1" else "s")


def _wrap(text: str, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=True,
        break_on_hyphens=False,
    ) or [""]


class _Case:
    def __init__(self, case: Case, options: Options) -> None:
        self.case = case
        self.options = options
        self.all = options.show == "all"

    def lines(self) -> list[str]:
        case = self.case
        first = _wrap(answer(case))
        lines = [self._paint(line, BREACH if case.with_verdict(BREACH) else "") for line in first]
        lines += ["", *self._head()]
        lines += self._side_by_side()
        for verdict, title in _SECTIONS:
            if self.all or verdict in _PROBLEMS:
                lines += self._section(verdict, title)
        if self.all:
            lines += self._not_applicable() + self._not_examined() + self._reported()
        lines += self._problems()
        if self.options.explain:
            lines += self._working()
        if self.all:
            lines += self._timeline()
        return lines

    def _head(self) -> list[str]:
        timeline = self.case.timeline
        name = f"Complaint {timeline.complaint}"
        lines = _wrap(name + (f", {timeline.landlord}" if timeline.landlord else ""))
        books = " and ".join(f"{book.title} ({book.id})" for book in self.case.rulebooks)
        nation = timeline.nation.replace("-", " ").title()
        rules = dict.fromkeys(finding.calendar.counting for finding in self.case.findings)
        lines += _wrap(f"As at {in_words(self.case.as_at)}, {timeline.record} record.")
        lines += _wrap(f"Against {books}.", "  ", "")
        lines += _wrap(
            f"Working days of {nation}, counted {' and '.join(rules) or 'day-after'}; bank "
            f"holidays announced to {in_words(ANNOUNCED_UNTIL)}.",
            "  ",
            "",
        )
        for note in self.case.notes:
            lines += _wrap(note, "  ", "! ")
        return lines

    # Policy and Code side by side -------------------------------------------------------------

    def _side_by_side(self) -> list[str]:
        rows: dict[str, dict[str, Finding]] = {}
        titles: dict[str, str] = {}
        for finding in self.case.findings:
            if finding.verdict == NOT_APPLICABLE or not finding.readings:
                continue
            if not self.all and finding.counts_as not in _PROBLEMS:
                continue
            rows.setdefault(finding.rule, {})[finding.standard] = finding
            titles.setdefault(finding.rule, finding.title)
        if not rows:
            return []
        present = {standard for row in rows.values() for standard in row}
        standards = [name for name in ("policy", "code") if name in present]
        lines = [
            "",
            " " * 26 + "".join(f"{_STANDARDS[name].upper():27}" for name in standards),
        ]
        for rule, row in rows.items():
            title = textwrap.wrap(titles[rule], 24)
            cells = [self._cell(row[name]) if name in row else [] for name in standards]
            for place in range(max(len(title), *map(len, cells))):
                line = f"{title[place] if place < len(title) else '':26}"
                for name, cell in zip(standards, cells, strict=True):
                    text = cell[place] if place < len(cell) else ""
                    padded = f"{text:27}"
                    if place == 0 and name in row:
                        padded = self._paint(text, row[name].counts_as) + padded[len(text) :]
                    line += padded
                lines.append(line)
        return lines

    def _cell(self, finding: Finding) -> list[str]:
        lines = [_WORDS[finding.counts_as]]
        if finding.verdict == BREACH:
            late = "not done" if finding.reason == "overdue" else lateness(finding)
            lines += textwrap.wrap(late, 26)
        lines += textwrap.wrap(f"due {_short_span(finding.due)}", 26)
        limit = finding.limit
        if finding.working_days and finding.done and limit and limit.unit == "working_days":
            lines += textwrap.wrap(
                f"took {finding.working_days} of {_count(limit.amount, 'working day')}"
                + (", extended" if finding.reason == "within-extension" else ""),
                26,
            )
        elif finding.due_in:
            lines += textwrap.wrap(f"in {_count(finding.due_in, 'working day')}", 26)
        return lines

    # The findings -----------------------------------------------------------------------------

    def _section(self, verdict: str, title: str) -> list[str]:
        findings = [one for one in self.case.with_verdict(verdict) if one.standard != RECORD]
        if not findings:
            return []
        lines = ["", self._paint(title, verdict)]
        for finding in findings:
            lines += self._finding(finding)
        return lines

    def _finding(self, finding: Finding) -> list[str]:
        lines = _wrap(_heading(finding), "      ", "  * ")
        lines += _wrap(finding.says, "    ")
        if finding.verdict == BREACH and finding.late_by and finding.days_late and finding.done:
            by = _count(finding.late_by, _unit(finding.limit))
            days = _count(finding.days_late, "calendar day")
            lines += _wrap(f"That is {by} late, {days}.", "    ")
        lines += self._readings(finding.readings)
        if finding.settled_by:
            lines += _wrap(finding.settled_by.says, "    ")
            lines += _wrap(finding.settled_by.add, "          ", "    Add:  ")
        if finding.provenance == "unverified":
            lines += _wrap(
                "This limit is unverified: generally known, but no source text was read.", "    "
            )
        if finding.projected:
            lines += _wrap(
                f"Projected: bank holidays after {in_words(ANNOUNCED_UNTIL)} are not announced.",
                "    ",
            )
        return lines

    def _readings(self, readings: Sequence[Reading]) -> list[str]:
        if len(readings) < 2:
            return []
        lines = []
        for reading in readings:
            what = "a new complaint" if reading.as_new_complaint else noun(reading.start_event)
            text = (
                f"{'from' if not reading.as_new_complaint else 'as'} {what}, "
                f"{span_in_words(reading.start)}: due {span_in_words(reading.due)}, "
                f"{_WORDS[reading.verdict].lower()}"
            )
            if reading.working_days:
                text += f" at {_count(reading.working_days, 'working day')}"
            if reading.verdict == BREACH and reading.late_by:
                text += f", {_count(reading.late_by, _unit(reading.rule.clock.limit))} late"
            if len({one.rulebook.id for one in readings if one.decides}) > 1:
                text += f" ({reading.rulebook.short})"
            if not reading.decides:
                text += " (for information)"
            lines += _wrap(text, "      ", "    - ")
        return lines

    def _not_applicable(self) -> list[str]:
        findings = [one for one in self.case.with_verdict(NOT_APPLICABLE) if one.standard != RECORD]
        if not findings:
            return []
        lines = ["", "NOT APPLICABLE"]
        told: dict[tuple[str, str], list[str]] = {}
        for finding in findings:
            told.setdefault((finding.title, finding.says), []).append(_STANDARDS[finding.standard])
        for (title, says), by in told.items():
            lines += _wrap(f"{title} ({' and '.join(by)}): {says}", "    ", "  * ")
        return lines

    def _not_examined(self) -> list[str]:
        if not self.case.not_examined:
            return []
        names = dict.fromkeys(
            f"{one.title} ({_STANDARDS[one.standard]})" for one in self.case.not_examined
        )
        return [
            "",
            "NOT EXAMINED, since nothing is recorded of it",
            *_wrap(", ".join(names), "  "),
        ]

    def _reported(self) -> list[str]:
        reported = [
            f"{finding.title} ({finding.rulebooks[0].short})"
            for finding in self.case.findings
            if finding.provenance == "reported"
            and finding.standard in ("policy", "code")
            and finding.verdict != NOT_APPLICABLE
        ]
        if not reported:
            return []
        return [
            "",
            "LIMITS READ IN ONE SECONDARY SOURCE ONLY",
            *_wrap(", ".join(dict.fromkeys(reported)), "  "),
        ]

    def _problems(self) -> list[str]:
        told = [finding for finding in self.case.findings if finding.standard == RECORD]
        if not self.case.problems and not told:
            return []
        lines = ["", "THE RECORD"]
        for finding in told:
            where = f" (line {finding.line})" if finding.line else ""
            lines += _wrap(f"{finding.title}{where}: {finding.says}", "    ", "  * ")
        for problem in self.case.problems:
            where = f"line {problem.line}: " if problem.line else ""
            lines += _wrap(f"{where}{problem.says}", "    ", "  * ")
        return lines

    # The working and the timeline -------------------------------------------------------------

    def _working(self) -> list[str]:
        lines = ["", "THE COUNT, DAY BY DAY"]
        for finding in self.case.findings:
            wanted = self.all or finding.counts_as in _PROBLEMS
            if finding.verdict == NOT_APPLICABLE or not finding.readings or not wanted:
                continue
            lines += ["", *self._working_of(finding)]
        return lines

    def _working_of(self, finding: Finding) -> list[str]:
        title = _heading(finding)
        span = counted_span(finding)
        if span is None:
            return [*_wrap(title, "  "), "    There is no start to count from."]
        start = finding.start
        lines = _wrap(f"{title}: {finding.limit} from {span_in_words(start)}", "  ")
        if start and not start.exact:
            lines += _wrap("Counted here from the earliest possible start.", "    ")
        return lines + week_by_week(counted_days(finding), marks=_marks(finding))

    def _timeline(self) -> list[str]:
        lines = ["", "TIMELINE"]
        events = sorted(self.case.timeline.events, key=_when_key)
        for event in events:
            when = _short_span(event.when.span) if event.when else "not done"
            if event.when and event.when.time:
                when += f" {event.when.time:%H:%M}"
            text = event.name
            if event.treated_as:
                text += f", treated as {event.treated_as}"
            text += "".join(
                f", {name} {_short_span(value.span)}"
                for name, value in event.attributes.items()
                if isinstance(value, When)
            )
            if event.evidence != "seen":
                text += f" ({event.evidence})"
            if event.note:
                text += f": {event.note}"
            column = 26
            head = f"  {when:{column - 2}}"
            if len(head) > column:
                lines.append(head.rstrip())
                head = " " * column
            lines += _wrap(text, " " * column, head)
        return lines

    def _paint(self, text: str, verdict: str) -> str:
        code = _COLOURS.get(verdict)
        return f"\x1b[{code}m{text}\x1b[0m" if self.options.colour and code and text else text


def _heading(finding: Finding) -> str:
    """Return a finding's title with what it stands under: Stage 2 response, Code 5.13."""
    if finding.standard == "code" and not finding.clause.startswith("the "):
        return f"{finding.title}, Code {finding.clause}"
    if finding.standard == "policy":
        return f"{finding.title}, policy ({finding.clause})"
    if finding.clause.startswith("the ") or not finding.clause:
        return f"{finding.title}, {finding.clause}".removesuffix(", ")
    return f"{finding.title}, Code {finding.clause}"


def _when_key(event: Event) -> tuple[date, date]:
    if event.when is None:
        return date.max, date.max
    span = event.when.span
    return span.earliest or date.min, span.latest or date.max


def _marks(finding: Finding) -> dict[date, str]:
    """Return what to say of single days of a count: the due date, and the day it was done."""
    marks: dict[date, str] = {}
    if finding.done and finding.done.exact and finding.done.earliest:
        marks[finding.done.earliest] = done_word(finding.readings[0].rule.clock.stop)
    elif finding.counted_until:
        marks[finding.counted_until] = "counted to here"
    if finding.due and finding.due.earliest:
        due = "due" if finding.due.exact else "earliest due"
        day = finding.due.earliest
        marks[day] = f"{due}, {marks[day]}" if day in marks else due
    return marks


def week_by_week(days: Iterable[DayCounted], marks: dict[date, str] | None = None) -> list[str]:
    """Return a count as a table of weeks: each day's number, or why it is skipped."""
    weeks: dict[date, dict[int, DayCounted]] = {}
    for day in days:
        monday = day.day - timedelta(day.day.weekday())
        weeks.setdefault(monday, {})[day.day.weekday()] = day
    lines = ["    week of        Mon  Tue  Wed  Thu  Fri  Sat  Sun"]
    for monday, week in weeks.items():
        cells, notes = [], []
        for weekday in range(7):
            day_counted = week.get(weekday)
            cells.append(_mark_of(day_counted))
            if day_counted is None:
                continue
            if not day_counted.why.startswith(("weekend", "counted", "day 0")):
                notes.append(f"{day_counted.day:%a}: {day_counted.why}")
            if marks and day_counted.day in marks:
                notes.append(f"{day_counted.day:%a}: {marks[day_counted.day]}")
        date_text = f"{monday.day} {monday:%b} {monday.year}"
        row = f"    {date_text:>11}  " + "".join(f"{cell:>5}" for cell in cells)
        joined = "; ".join(notes)
        if len(row) + 2 + len(joined) <= WIDTH:
            lines.append(f"{row}  {joined}".rstrip())
        else:
            lines += [row, *_wrap(joined, " " * 17)]
    return lines


def _mark_of(day: DayCounted | None) -> str:
    if day is None:
        return ""
    if day.number is not None:
        return str(day.number)
    return "-" if day.why.startswith("weekend") else "x"


def _short_span(span: Span | None) -> str:
    if span is None:
        return "not known"
    if span.exact and span.earliest:
        return _short(span.earliest)
    if span.earliest and span.latest:
        if span.earliest.day == 1 and span.latest == _month_end(span.earliest):
            return f"{span.earliest:%b} {span.earliest.year}"
        same_year = span.earliest.year == span.latest.year
        start = f"{span.earliest.day} {span.earliest:%b}" if same_year else _short(span.earliest)
        return f"{start} to {_short(span.latest)}"
    if span.earliest:
        return f"{_short(span.earliest)} or later"
    if span.latest:
        return f"{_short(span.latest)} or earlier"
    return "day not known"


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _short(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
