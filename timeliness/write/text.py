"""Text for a person at a terminal: the answer first, then the breaches, then the rest."""

from __future__ import annotations

from collections.abc import Iterable

from timeliness.model.calendars import COUNTING_RULES
from timeliness.model.clean import no_command
from timeliness.model.covered import ANNOUNCED_UNTIL
from timeliness.model.dates import in_words
from timeliness.model.findings import RIGHT, Case, Finding, Reading
from timeliness.model.plain import nation_name, span_in_words
from timeliness.model.report import Report
from timeliness.model.sides import Side
from timeliness.model.verdict_words import (
    BREACH,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_FOLLOWED,
    PENDING,
    PROBLEMS,
)
from timeliness.write.answers import answer, answer_for_all, is_judged
from timeliness.write.caseload import caseload, caseload_lines
from timeliness.write.count import count_of
from timeliness.write.events import event_lines
from timeliness.write.formats import Options
from timeliness.write.lines import WIDTH, wrap
from timeliness.write.policy import policy_lines
from timeliness.write.rests import rest_lines
from timeliness.write.side_by_side import VERDICT_WORDS, side_by_side
from timeliness.write.statements import statement_lines
from timeliness.write.totals import LEFT_OUT
from timeliness.write.words import (
    RECORD,
    RECORDS,
    RESIDENT,
    configuration_line,
    disclaimer,
    due_time,
    heading,
    in_brackets,
    is_residents_own,
    lateness,
    lateness_in_days,
    sides_of,
    taken,
)

_COLOURS = {MET: "32", BREACH: "1;31", PENDING: "36", CANNOT_TELL: "33", NOT_FOLLOWED: "35"}
_SECTIONS = (
    (BREACH, "BREACHES"),
    (NOT_FOLLOWED, "NOT FOLLOWED, SO TO BE EXPLAINED"),
    (CANNOT_TELL, "CANNOT TELL"),
    (PENDING, "NOT YET DUE"),
    (MET, "MET"),
)


def write_text(report: Report, options: Options) -> str:
    """Return the report as text of at most 80 columns."""
    lines: list[str] = []
    cases = report.cases
    if len(cases) != 1 or report.later:
        lines += wrap(answer_for_all(report))
        lines += [*(wrap(report.due) if report.due else []), ""]
    if len(cases) > 1:
        cases = tuple(one for one in cases if options.show == "all" or not _is_sound(one))
        lines += [*caseload_lines(caseload(cases)), ""] if cases else []
    for place, case in enumerate(cases):
        lines += ["=" * WIDTH, ""] if len(report.cases) > 1 else []
        lines += _Case(case, options, report.not_looked_at).lines()
        lines += [""] if place < len(cases) - 1 else []
    lines += closing_lines(report)
    lines += rest_lines(report) if options.explain else []
    return "\n".join(no_command(line.rstrip()) for line in lines) + "\n"


def closing_lines(report: Report) -> list[str]:
    """Return what follows the complaints: those left out, the gate, and what the report is not."""
    lines: list[str] = []
    if report.period:
        lines += [*([""] if report.cases else []), *wrap(report.period)]
    if report.later:
        lines += [*([""] if report.cases else []), LEFT_OUT.upper()]
        for one in report.later:
            lines += wrap(str(one), "    ", "  ")
    if report.gate:
        lines += ["", "THE GATE"]
        for says in (*(says for _, says in report.gate), *report.gate_names):
            lines += wrap(says, "    ", "  ")
    lines += ["", configuration_line(report.configuration)]
    if report.cases:
        lines += wrap(disclaimer(report.ombudsmen))
    return lines


def _is_sound(case: Case) -> bool:
    """Whether nothing about a complaint has to be looked at."""
    sound = not case.with_verdict(*PROBLEMS) and not case.problems
    return sound and all(one.outcome == RIGHT for one in case.statements)


class _Case:
    def __init__(self, case: Case, options: Options, unlooked: str) -> None:
        self.case, self.unlooked = case, unlooked
        self.options = options
        self.all = options.show == "all"

    def lines(self) -> list[str]:
        case = self.case
        first = wrap(f"{answer(case)} {self.unlooked}".strip())
        lines = [self._paint(line, BREACH if case.with_verdict(BREACH) else "") for line in first]
        lines += ["", *self._head()]
        shown = [one for one in case.findings if self.all or one.counts_as in PROBLEMS]
        lines += side_by_side(sides_of(case), shown, self._paint)
        for verdict, title in _SECTIONS:
            if self.all or verdict in PROBLEMS:
                lines += self._section(verdict, title)
        if self.all:
            lines += self._residents_own()
            lines += self._not_applicable() + self._not_examined() + self._reported()
        lines += statement_lines(case, WIDTH, problems_only=not self.all)
        lines += policy_lines(case, WIDTH)
        lines += self._problems()
        if self.options.explain:
            lines += self._working()
        if self.all:
            lines += event_lines(case.timeline)
        return lines

    def _head(self) -> list[str]:
        timeline = self.case.timeline
        name = f"Complaint {timeline.complaint}"
        lines = wrap(name + (f", {timeline.landlord}" if timeline.landlord else ""))
        nation = nation_name(timeline.nation)
        rules = dict.fromkeys(rule for one in self.case.findings for rule in one.countings)
        lines += wrap(f"As at {in_words(self.case.as_at)}; {RECORDS[timeline.record]}.", "  ", "")
        for book in self.case.rulebooks:
            lines += wrap(f"Against {book.title} ({book.id}).", "  ", "")
        lines += wrap(
            f"Working days in {nation}; {_counted(rules)}. Bank holidays are known to "
            f"{in_words(ANNOUNCED_UNTIL)}.",
            "  ",
            "",
        )
        for note in self.case.notes:
            lines += wrap(note, "  ", "! ")
        for told in self.case.story:
            lines += ["", *wrap(told)]
        return lines

    # The findings -----------------------------------------------------------------------------

    def _section(self, verdict: str, title: str) -> list[str]:
        findings = [one for one in self.case.with_verdict(verdict) if is_judged(one)]
        if not findings:
            return []
        lines = ["", self._paint(title, verdict)]
        for finding in findings:
            lines += self._finding(finding)
        return lines

    def _finding(self, finding: Finding) -> list[str]:
        lines = wrap(heading(finding), "      ", "  * ")
        lines += wrap(finding.says, "    ")
        if finding.verdict == BREACH and finding.late_by:
            days = lateness_in_days(finding)
            late = lateness(finding) + (f", {days}" if days else "")
            lines += wrap(f"{'It' if finding.still_open else 'That'} is {late}.", "    ")
        lines += self._readings(finding)
        if finding.settled_by:
            lines += wrap(finding.settled_by.says, "    ")
            lines += wrap(finding.settled_by.add, "          ", "    Add:  ")
        what = "limit" if finding.limit else "clause"
        if finding.provenance == "unverified":
            lines += wrap(
                f"Unverified: this is the {what} as generally understood; the text itself has "
                "not been seen.",
                "    ",
            )
        if finding.projected:
            lines += wrap(
                "Projected: bank holidays after "
                f"{in_words(ANNOUNCED_UNTIL)} have not been announced.",
                "    ",
            )
        return lines

    def _readings(self, finding: Finding) -> list[str]:
        lines = []
        readings, judged = finding.readings, finding.judged
        for reading in judged if len(judged) > 1 else ():
            at = f" at {time}" if (time := due_time(reading)) else ""
            what = "a new complaint" if reading.as_new_complaint else reading.began.thing
            text = (
                f"{'from' if not reading.as_new_complaint else 'as'} {what}, "
                f"{span_in_words(reading.start)}{_counted_from(reading)}: "
                f"due {span_in_words(reading.due)}{at}, "
                f"{VERDICT_WORDS[reading.verdict].lower()}"
            )
            if took := taken(reading):
                text += f" after {took}"
            if reading.verdict == BREACH and reading.late_by:
                text += f", {lateness(reading)}"
            if len({one.rulebook.id for one in readings if one.decides}) > 1:
                text += f" ({reading.rulebook.short})"
            if not reading.decides:
                text += " (for information)"
            lines += wrap(text, "      ", "    - ")
        for reading in readings:
            if reading.is_count_only and (took := taken(reading)):
                text = (
                    f"from {reading.began.thing}, {span_in_words(reading.start)}: "
                    f"{took} (for information)"
                )
                lines += wrap(text, "      ", "    - ")
        return lines

    def _residents_own(self) -> list[str]:
        lines: list[str] = []
        for finding in self.case.findings:
            if is_residents_own(finding):
                lines += wrap(heading(finding), "      ", "  * ")
                lines += wrap(finding.says, "    ")
        return ["", RESIDENT.upper(), *lines] if lines else []

    def _not_applicable(self) -> list[str]:
        findings = [one for one in self.case.with_verdict(NOT_APPLICABLE) if is_judged(one)]
        if not findings:
            return []
        lines = ["", "NOT APPLICABLE"]
        by_says: dict[str, dict[str, list[Side]]] = {}
        for finding in findings:
            by_title = by_says.setdefault(finding.says, {})
            by_title.setdefault(finding.title, []).append(finding.side)
        for says, by_title in by_says.items():
            titles = "; ".join(in_brackets(title, by) for title, by in by_title.items())
            lines += wrap(f"{titles}. {says}", "    ", "  * ")
        return lines

    def _not_examined(self) -> list[str]:
        if not self.case.not_examined:
            return []
        named = [(in_brackets(one.title, [one.side]), one) for one in self.case.not_examined]
        names = dict.fromkeys(name for name, one in named if not one.hint)
        hints = dict.fromkeys(f"{name}: {one.hint}" for name, one in named if one.hint)
        return [
            "",
            "NOT CHECKED: nothing is recorded about these",
            *wrap(", ".join(names), "  "),
            *(line for hint in hints for line in wrap(hint, "    ", "  ")),
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
            "KNOWN FROM ONE SECOND-HAND SOURCE ONLY",
            *wrap(", ".join(dict.fromkeys(reported)), "  "),
        ]

    def _problems(self) -> list[str]:
        findings = [finding for finding in self.case.findings if finding.standard == RECORD]
        if not self.case.problems and not findings:
            return []
        lines = ["", "THE RECORD"]
        for finding in findings:
            where = f" (line {finding.line})" if finding.line else ""
            lines += wrap(f"{finding.title}{where}: {finding.says}", "    ", "  * ")
        for problem in self.case.problems:
            where = f"line {problem.line}: " if problem.line else ""
            lines += wrap(f"{where}{problem.says}", "    ", "  * ")
        return lines

    # The working ----------------------------------------------------------------------------

    def _working(self) -> list[str]:
        lines: list[str] = []
        for finding in self.case.findings:
            wanted = self.all or finding.counts_as in PROBLEMS
            if finding.verdict == NOT_APPLICABLE or not finding.readings or not wanted:
                continue
            lines += ["", *count_of(finding)]
        return ["", "THE COUNT, DAY BY DAY", *lines] if lines else []

    def _paint(self, text: str, verdict: str) -> str:
        code = _COLOURS.get(verdict)
        return f"\x1b[{code}m{text}\x1b[0m" if self.options.colour and code and text else text


def _counted_from(reading: Reading) -> str:
    """Return which day is day 1, where the rulebook does not say so."""
    if not reading.counting:
        return ""
    day = "that day" if reading.counting == "same-day" else "the day after"
    return f", with {day} as day 1"


def _counted(rules: Iterable[str]) -> str:
    """Return how days are counted, in a sentence."""
    return "; or ".join(COUNTING_RULES[rule] for rule in rules or ("day-after",))
