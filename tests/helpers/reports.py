"""Reports that the tests of the HTML set out: made here, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from timeliness import Report, check, load_timelines
from timeliness.model.dates import Span, When
from timeliness.model.errors import Mistake
from timeliness.model.findings import Accepted, Case
from timeliness.model.timelines import Event, Timeline

SAMPLES = Path(__file__).parent.parent.parent / "samples"

HOSTILE = (
    "</style><script>alert(1)</script><img src=http://x.invalid/a.png onerror=alert(2)>\"'&{{7*7}}"
)
"""A name that would run, load or break out wherever it were not escaped."""


@cache
def sample(name: str, as_at: date = date(2025, 6, 30)) -> Report:
    """Return the report of one sample file, as at its own day where it names one."""
    timelines, rulebooks = load_timelines(SAMPLES / name)
    own = any(timeline.as_at for timeline in timelines)
    return check(timelines, rulebooks, as_at=None if own else as_at)


@cache
def many(number: int, seed: int = 1) -> Report:
    """Return the report of an export of so many complaints, with all that can befall one."""
    draw = random.Random(seed)
    timelines = [_complaint(place, draw) for place in range(number)]
    report = check(timelines, as_at=date(2026, 6, 30))
    cases = tuple(_carried(case, draw) for case in report.cases)
    rows = [f"row {row} has a response before its receipt" for row in (17, 204)]
    unchecked = tuple(
        Mistake("complaints.csv", line, says) for line, says in zip((18, 205), rows, strict=True)
    )
    return replace(report, cases=cases, unchecked=unchecked)


def _complaint(place: int, draw: random.Random) -> Timeline:
    received = date(2025, 1, 6) + timedelta(draw.randrange(520))
    days = list(_days(received, draw))
    events = [Event(name, When(Span.day(day)), line=place + 2) for name, day in days]
    return Timeline(f"C-{place:05}", tuple(events), "Sample Homes", path="complaints.csv")


def _days(received: date, draw: random.Random) -> Iterator[tuple[str, date]]:
    last = date(2026, 6, 30)
    yield "complaint received", received
    acknowledged = received + timedelta(draw.choice((1, 2, 3, 4, 5, 6, 7, 9)))
    if draw.random() < 0.96 and acknowledged <= last:
        yield "complaint acknowledged", acknowledged
    answered = acknowledged + timedelta(int(draw.gammavariate(8, 1.4)))
    if draw.random() < 0.97 and answered <= last:
        yield "stage 1 response", answered
        asked = answered + timedelta(draw.randrange(3, 30))
        if draw.random() < 0.25 and asked <= last:
            yield "escalation requested", asked
            if asked + timedelta(5) <= last:
                yield "escalation acknowledged", asked + timedelta(5)
            second = asked + timedelta(5 + int(draw.gammavariate(10, 2.4)))
            if second <= last:
                yield "stage 2 response", second


def _carried(case: Case, draw: random.Random) -> Case:
    teams = ("North", "South", "East", "Leasehold & <b>rents</b>")
    carried = {
        "team": draw.choice(teams),
        "category": draw.choice(("Repairs", "Anti-social behaviour", "Staff", "Rent", "")),
        "address": f"{case.timeline.complaint} High Street",
    }
    problems = (
        (Mistake("", case.timeline.events[0].line, "the date of closure could not be read"),)
        if draw.random() < 0.02
        else ()
    )
    findings = tuple(
        replace(
            finding,
            accepted=Accepted("agreed with the resident", "Head of Homes", date(2026, 12, 31)),
        )
        if finding.verdict == "breach" and draw.random() < 0.02
        else finding
        for finding in case.findings
    )
    return replace(case, carried=carried, problems=problems, findings=findings)


def hostile() -> Report:
    """Return a report in which every text that an input can set is hostile."""
    day = When(Span.day(date(2025, 3, 3)))
    late = When(Span.day(date(2025, 7, 1)))
    events = (
        Event(
            "complaint received", day, by=HOSTILE, source=HOSTILE, note=f"{HOSTILE}\x1b[31m\u202e"
        ),
        Event("complaint acknowledged", day, attributes={"missing": (HOSTILE,)}),
        Event("stage 1 response", late, attributes={"outcome": HOSTILE}),
    )
    path = f"{HOSTILE}.csv"
    timeline = Timeline(HOSTILE, events, HOSTILE, as_at=date(2025, 8, 1), path=path)
    report = check([timeline])
    (case,) = report.cases
    findings = tuple(
        replace(one, accepted=Accepted(HOSTILE, HOSTILE, date(2026, 1, 1))) for one in case.findings
    )
    case = replace(
        case,
        findings=findings,
        problems=(Mistake("", 3, HOSTILE),),
        carried={HOSTILE: HOSTILE},
    )
    return replace(report, cases=(case,), unchecked=(Mistake(HOSTILE, 1, HOSTILE),))


def many_hostile(number: int) -> Report:
    """Return an export whose complaints are all hostile."""
    report = hostile()
    return replace(report, cases=report.cases * number)


def empty() -> Report:
    """Return a report of nothing."""
    return Report(date(2026, 3, 31), ())
