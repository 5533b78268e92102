"""JUnit XML: a test case for each problem, and one for all that was in time under a rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from timeliness.model.clean import printable
from timeliness.model.sides import RuleKey
from timeliness.model.verdict_words import MET, PENDING
from timeliness.results.flat import RECORD, Flat
from timeliness.results.tally import Tally
from timeliness.write import totals


def write_junit(flats: Iterable[Flat], tally: Tally) -> str:
    """Return a run as test suites, one for each rule; what does not fail the run is skipped."""
    import junitparser

    # The package is typed in part only.
    parser: Any = junitparser

    # Cases are appended: to add one counts all those before it again.
    suites: dict[RuleKey, Any] = {}
    for key in (
        *totals.ordered(tally),
        *(key for key in tally.counts if key.side.standard == RECORD),
    ):
        suite = parser.TestSuite(f"{key.side.name}: {tally.titles[key]}")
        counted = tally.counts[key]
        quiet = counted[MET] + counted[PENDING]
        if quiet:
            case = parser.TestCase(
                f"{quiet:,} in time or not yet due", f"{key.side.name}.{key.rule}"
            )
            suite.append(case)
        suites[key] = suite
    for flat in flats:
        key = flat.rule_key.for_all
        if key not in suites or flat.counts_as in (MET, PENDING, "not-applicable"):
            continue
        case = parser.TestCase(
            printable(f"{flat.complaint}: {flat.name}"), f"{key.side.name}.{key.rule}"
        )
        text = printable(totals.said(flat))
        if tally.gate.fails(flat.counts_as, flat.status):
            case.result = [parser.Failure(text, flat.counts_as)]
        else:
            case.result = [parser.Skipped(f"{flat.counts_as}: {text}", flat.counts_as)]
        suites[key].append(case)
    floors = parser.TestSuite("gate: floors")
    for floor, share in totals.broken(tally):
        case = parser.TestCase(floor.name, "gate.floor")
        case.result = [parser.Failure(totals.below_floor(floor, share), "floor")]
        floors.append(case)
    for floor, says in totals.unmeasured(tally):
        case = parser.TestCase(floor.name, "gate.floor")
        case.result = [parser.Skipped(says, "floor")]
        floors.append(case)
    rest = parser.TestSuite("left out")
    if says := totals.left_out(tally):
        case = parser.TestCase("findings left out", "chcheck.left-out")
        case.result = [parser.Skipped(says, "left-out")]
        rest.append(case)
    xml = parser.JUnitXml("chcheck")
    for suite in (*suites.values(), _unread(parser, tally), floors, rest):
        if len(list(suite)):
            for name, value in totals.rests_on(tally).items():
                suite.add_property(name, value)
            suite.update_statistics()
            xml.add_testsuite(suite)
    xml.update_statistics()
    text = str(xml.tostring().decode("utf-8"))
    return text if text.endswith("\n") else text + "\n"


def _unread(parser: Any, tally: Tally) -> Any:
    """Return a suite of the rows and files that could not be read."""
    unread = parser.TestSuite("input: rows that could not be read")
    for trouble in tally.troubles:
        case = parser.TestCase(printable(f"{trouble.path}:{trouble.line}"), "input.unread")
        accepted = tally.accepts_row(trouble)
        text = printable(totals.said_of_row(tally, trouble))
        case.result = [parser.Skipped(text, "unread") if accepted else parser.Error(text, "unread")]
        unread.append(case)
    for mistake in tally.unread:
        case = parser.TestCase("input", "input.unread")
        case.result = [parser.Error(printable(str(mistake)), "unread")]
        unread.append(case)
    return unread
