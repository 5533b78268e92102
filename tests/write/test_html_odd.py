"""Whatever a record leaves open, the HTML is written: no date, an open span, an odd order."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from timeliness import Report, check
from timeliness.model.dates import Span, When
from timeliness.model.timelines import Event, Timeline
from timeliness.write.formats import Options
from timeliness.write.html import write_html

NAMES = (
    "complaint received",
    "complaint logged",
    "complaint acknowledged",
    "stage 1 extended",
    "stage 1 response",
    "escalation requested",
    "escalation logged",
    "escalation acknowledged",
    "stage 2 response",
    "commitment",
    "complaint withdrawn",
    "ombudsman referral",
    "order",
)


def _when(draw: random.Random) -> When:
    first = date(2022, 1, 1) + timedelta(draw.randrange(1400))
    last = first + timedelta(draw.choice((0, 0, 0, 3, 30, 400)))
    return draw.choice(
        (
            When(Span(first, last)),
            When(Span.day(first)),
            When(Span(first, None)),
            When(Span(None, last)),
            When(Span(None, None)),
            When(Span(first, last), sources=(Span.day(first), Span.day(last))),
        )
    )


def _timeline(seed: int) -> Timeline:
    draw = random.Random(seed)
    events = []
    for line, name in enumerate(NAMES, 2):
        if draw.random() < 0.3:
            continue
        evidence = draw.choice(("seen", "seen", "claimed", "absent"))
        events.append(Event(name, None if evidence == "absent" else _when(draw), evidence, line))
    record = draw.choice(("complete", "partial"))
    policy = draw.choice(("", "luton-2022", "southwark-2021"))
    return Timeline(f"R{seed}", tuple(events), policy=policy, record=record)


@pytest.fixture(scope="module")
def report() -> Report:
    return check([_timeline(seed) for seed in range(60)], as_at=date(2026, 1, 31))


@pytest.mark.parametrize("summary", [False, True])
def test_odd_records_are_written_and_drawn_within_the_page(report: Report, summary: bool) -> None:
    written = 0
    for place in range(0, len(report.cases), 15):
        part = type(report)(report.as_at, report.cases[place : place + 15])
        html = write_html(part, Options(summary=summary))
        assert ' width="-' not in html
        assert ' x="-' not in html.replace('x="-8"', "")
        assert "None" not in html
        written += html.count('<section class="case')
    assert written == len(report.cases) > 45
