"""The records and rulebooks of the twin, written down as the program takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from tests.campaigns.oracle import Book, Calendar, Clock, Fact, Limit, Record
from timeliness import Library, Timeline, load_rulebooks
from timeliness.model.dates import Span, When
from timeliness.model.timelines import Event


def timeline(record: Record, name: str, policy: str = "", nation: str = "england") -> Timeline:
    return Timeline(
        name,
        tuple(_event(fact, line) for line, fact in enumerate(record.facts, 1)),
        nation=nation,
        policy=policy,
        record="complete" if record.complete else "partial",
        as_at=record.as_at,
    )


def _event(fact: Fact, line: int) -> Event:
    first = None if fact.first == date.min else fact.first
    last = None if fact.last == date.max else fact.last
    when = None if fact.evidence == "absent" else When(Span(first, last), fact.at)
    attributes: dict[str, When | bool | str] = {}
    if fact.until:
        attributes["until"] = When(Span(*fact.until))
    if fact.reason:
        attributes["reason"] = "further enquiries"
    for name in ("good_reason", "agreed_by_resident", "in_writing", "ombudsman_details"):
        if getattr(fact, name) is not None:
            attributes[name] = getattr(fact, name)
    return Event(fact.name, when, fact.evidence, line, attributes=attributes)


@dataclass(frozen=True)
class Policy:
    """A landlord's policy: its clocks as the twin takes them, and the file that says the same."""

    id: str
    clocks: Mapping[str, Clock]
    counting: str = "day-after"
    closures: tuple[date, ...] = ()
    cut_off: time | None = None
    events: tuple[str, ...] = ()
    nation: str = "england"
    own_limits: Mapping[str, str] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        calendar = Calendar(self.nation, frozenset(self.closures), self.counting)
        return Book(self.clocks, calendar=calendar, cut_off=self.cut_off)

    def yaml(self) -> str:
        lines = [
            f"id: {self.id}",
            "title: A policy",
            "publisher: A landlord",
            "standard: policy",
            "nations: [england, wales, scotland, northern-ireland]",
            "source: a test",
            "in_force: not stated",
            "checked: 2026-01-01",
            f"counting: {self.counting}",
        ]
        if self.cut_off:
            lines.append(f'cut_off: "{self.cut_off:%H:%M}"')
        if self.closures:
            lines += ["closure_days:", *(f"  - {day}" for day in self.closures)]
        if self.events:
            lines += ["events:", *(f"  - {{name: {name}, says: it is}}" for name in self.events)]
        lines.append("rules:")
        for rule, clock in self.clocks.items():
            lines += self._rule(rule, clock)
        return "\n".join(lines) + "\n"

    def _rule(self, rule: str, clock: Clock) -> list[str]:
        start = "not stated" if len(clock.starts) > 1 else clock.starts[0]
        lines = [
            f"  - id: {rule}",
            "    title: A rule",
            '    clause: "1"',
            "    duty: must",
            "    says: Something is done in time.",
            "    provenance: quoted",
            "    clock:",
            f"      start: {start}",
            f"      stop: {clock.stop}",
            f"      limit: {{{_limit(clock.limit)}}}",
        ]
        if clock.starts == (clock.trigger,) or len(clock.starts) > 1:
            pass
        else:
            lines += ["      unrecorded:", f"        after: {clock.trigger}"]
            if clock.own_limit:
                lines.append(f"        limited_by: {self.own_limits[rule]}")
            if clock.no_later_than:
                lines.append(f"        no_later_than: [{', '.join(clock.no_later_than)}]")
        if clock.extension and clock.extension.most is None:
            lines.append("      extension: not stated")
        elif clock.extension:
            lines += [
                "      extension:",
                f"        event: {clock.extension.event}",
                f"        most: {{{_limit(clock.extension.most)}}}",
                f"        beyond: [{', '.join(clock.extension.beyond)}]",
                f"        needs: [{', '.join(clock.extension.needs)}]",
                "        provenance: quoted",
            ]
        return lines


def _limit(limit: Limit) -> str:
    return f"{limit[1]}: {limit[0]}"


def library(folder: Path, *policies: Policy) -> Library:
    """Return the rulebooks that ship, with these policies read from files."""
    for policy in policies:
        (folder / f"{policy.id}.yaml").write_text(policy.yaml(), encoding="utf-8")
    return load_rulebooks([folder])
