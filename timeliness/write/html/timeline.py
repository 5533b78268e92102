"""The timeline of a complaint for the HTML report: the events, and the last day of each limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from timeliness.model.dates import When, in_words
from timeliness.model.findings import Case
from timeliness.model.timelines import Event
from timeliness.write.html.days import span_tag, when_tag
from timeliness.write.words import Numbered


class Entry(Struct, frozen=True):
    """One line of the timeline: an event, or the last day of a limit."""

    when: Markup
    title: str
    by: str
    note: str
    facts: tuple[tuple[str, Markup | str], ...]
    source: str
    evidence: str
    due: tuple[Numbered, ...] = ()


def entries_of(case: Case, drawn: Sequence[Numbered]) -> list[Entry]:
    """Return the events and the last days of the limits, the oldest first."""
    named = {event.id: event for event in case.timeline.events if event.id}
    placed: list[tuple[date, int, date, Entry]] = []
    for event in case.timeline.told:
        span = event.when.span if event.when else None
        first = (span.earliest or date.min) if span else date.max
        last = (span.latest or date.max) if span else date.max
        placed.append((first, 0, last, _entry(event, named)))
    lasts: dict[date, list[Numbered]] = {}
    for number, finding in drawn:
        day = finding.due.latest or finding.due.earliest if finding.due else None
        if day:
            lasts.setdefault(day, []).append((number, finding))
    placed += [
        (day, 1, day, Entry(span_tag(found[0][1].due), "", "", "", (), "", "", tuple(same)))
        for day, found in lasts.items()
        for same in _same_due(found)
    ]
    placed.sort(key=lambda one: one[:3])
    return [entry for _, _, _, entry in placed]


def _same_due(found: Sequence[Numbered]) -> list[list[Numbered]]:
    """Group the findings that fell due in the same days."""
    groups: dict[object, list[Numbered]] = {}
    for number, finding in found:
        groups.setdefault(finding.due, []).append((number, finding))
    return list(groups.values())


def _entry(event: Event, named: dict[str, Event]) -> Entry:
    title = event.name[0].upper() + event.name[1:]
    if event.treated_as:
        title += f", treated as {event.treated_as}"
    facts: list[tuple[str, Markup | str]] = []
    for key, value in event.attributes.items():
        name = key.replace("_", " ")
        if key == "of":
            other = named.get(str(value))
            if other and other.when:
                facts.append(
                    ("of", Markup("the {} of {}").format(other.name, when_tag(other.when)))
                )
        elif isinstance(value, When):
            facts.append((name, when_tag(value)))
        elif isinstance(value, bool):
            facts.append((name, "yes" if value else "no"))
        elif isinstance(value, tuple):
            facts.append((name, ", ".join(value)))
        elif isinstance(value, date):
            facts.append((name, in_words(value)))
        else:
            facts.append((name, str(value)))
    evidence = {
        "seen": "",
        "claimed": "Claimed, but no evidence",
        "absent": "Looked for, not found",
    }[event.evidence]
    return Entry(
        when_tag(event.when), title, event.by, event.note, tuple(facts), event.source, evidence
    )
