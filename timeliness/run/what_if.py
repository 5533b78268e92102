"""What an event would change, and how far what is open can be extended: by checking it both ways.

Nothing is worked out here: a complaint is checked as it is, and once more with what is supposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from timeliness.api import check
from timeliness.model.dates import Span, When
from timeliness.model.errors import InputError
from timeliness.model.findings import Case, Finding
from timeliness.model.library import Library
from timeliness.model.rulebooks import Extension
from timeliness.model.timelines import Event, Timeline
from timeliness.results.due import open_findings
from timeliness.results.what_if import Change, Open, WhatIf

_YEARS_AHEAD = 3
"""An extension that is supposed reaches this far, so that only its longest stops it."""


def what_if(timeline: Timeline, events: Sequence[Event], library: Library, as_at: date) -> WhatIf:
    """Return what some events would change.

    Both are checked as at the day, or as at the last of the events where that is later, so that
    what passes by itself is no change. Raises `InputError` where it cannot be checked.
    """
    lasts = [event.when.span.latest for event in events if event.when]
    day = max([as_at, *(last for last in lasts if last)])
    before = _case(timeline, library, day)
    after = _case(replace(timeline, events=(*timeline.events, *events)), library, day)
    old, new = _by_key(before), _by_key(after)
    changes = []
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        if one is None or other is None or _state(one) != _state(other):
            changes.append(Change(one, other))
    return WhatIf(before, after, tuple(changes), len(old.keys() | new.keys()) - len(changes))


def open_in(timeline: Timeline, library: Library, as_at: date) -> tuple[Case, tuple[Open, ...]]:
    """Return a complaint and what is open in it, each with the longest extension it can have.

    Raises `InputError` where it cannot be checked.
    """
    case = _case(timeline, library, as_at)
    found = []
    for when, finding in open_findings(case):
        clock = finding.readings[0].rule.clock if finding.readings else None
        extension = clock.extension if clock else None
        reaches = None
        if extension and extension.stated:
            longer = _by_key(_case(_extended(timeline, extension, as_at), library, as_at))
            due = longer[_key(finding)].due if _key(finding) in longer else None
            reaches = _cut(due, as_at) if due != finding.due else None
        found.append(Open(finding, when, extension, reaches))
    return case, tuple(found)


def _extended(timeline: Timeline, extension: Extension, as_at: date) -> Timeline:
    """Return a complaint with an extension told on a day, with all it needs and no more."""
    until = When(Span(_far(as_at), _far(as_at)))
    given = dict.fromkeys(extension.needs, True) | dict.fromkeys(extension.beyond, False)
    event = Event(
        extension.event,
        When(Span(as_at, as_at)),
        attributes={**given, "reason": "supposed", "until": until},
    )
    return replace(timeline, events=(*timeline.events, event))


def _far(as_at: date) -> date:
    return date(as_at.year + _YEARS_AHEAD, 12, 31)


def _cut(due: Span | None, as_at: date) -> Span | None:
    """Return a span with no end where nothing but the day that is supposed ends it."""
    if due is None or due.latest != _far(as_at):
        return due
    return Span(due.earliest, None)


def _case(timeline: Timeline, library: Library, day: date) -> Case:
    """Check a complaint as at a day on which its record is taken. Raises `InputError`."""
    report = check([replace(timeline, as_at=day)], library, as_at=day)
    if not report.cases:
        raise InputError([*report.unchecked, *report.later])
    return report.cases[0]


_Key = tuple[object, ...]


def _key(finding: Finding) -> _Key:
    return finding.side.name, finding.rule, finding.episode, finding.title


def _by_key(case: Case) -> dict[_Key, Finding]:
    found: dict[_Key, Finding] = {}
    for finding in case.findings:
        key = _key(finding)
        # Two that are called alike, such as the same event entered twice, are told apart by place.
        while key in found:
            key = (*key, "again")
        found[key] = finding
    return found


def _state(finding: Finding) -> tuple[object, ...]:
    """Return what makes a finding differ to a reader; where it has no dates, what it says."""
    dates = (finding.due, finding.done, finding.late_by, finding.days_late)
    told = "" if any(dates) else finding.says
    return finding.verdict, finding.reason, *dates, told
