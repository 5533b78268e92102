"""The sentences on the pauses of a clock: when it stood still, and what would settle it."""

from __future__ import annotations

from datetime import date

from timeliness.judge.facts import Facts
from timeliness.judge.pauses import pairs
from timeliness.model.dates import hull_of
from timeliness.model.plain import on_or_between
from timeliness.model.sentences import Settlement
from timeliness.model.vocabulary import RESUMED


def told_pauses(facts: Facts) -> str:
    """Return when the clock of a finding stood still, in sentences; nothing where it never did."""
    allowed, due = facts.first.rulebook.pauses, hull_of(one.due for one in facts.readings)
    start = facts.first.start
    if allowed is None or due is None:
        return ""
    told = []
    for pause, end in pairs(facts.timeline.events):
        began, ended = pause.when, end.when if end else None
        assert began
        if due.latest and began.span.earliest and began.span.earliest > due.latest:
            continue
        if start and start.earliest and ended and (ended.span.latest or date.max) <= start.earliest:
            continue
        until = f"until it was resumed {on_or_between(ended.span)}" if ended else "and not resumed"
        told.append(f"The clock was paused {on_or_between(began.span)} {until} ({allowed.clause}).")
    return " ".join(told)


def pause_settlement(facts: Facts) -> Settlement:
    """Return what would settle what turns on a pause."""
    says = "It depends on whether the pause counts, and on how long it was."
    found = pairs(facts.timeline.events)
    needs = facts.first.rulebook.pauses.needs if facts.first.rulebook.pauses else ()
    for pause, end in found:
        lacking = [name for name in needs if name not in pause.attributes]
        if lacking:
            return Settlement(says, f"{lacking[0]}: ...   (on the event of line {pause.line})")
        if end is None:
            return Settlement(says, f"- DATE {RESUMED}")
        for event in (pause, end):
            if event.evidence == "claimed":
                shown = f"evidence: seen   (for the event on line {event.line})"
                return Settlement(says, shown)
            if event.when and not event.when.span.exact:
                return Settlement(says, f"date: DATE   (on the event of line {event.line})")
    return Settlement(says, f"- DATE {facts.first.start_event}")
