"""What a late acknowledgement or logging gained: the clock that it starts ends later by it."""

from __future__ import annotations

from collections.abc import Iterable

from timeliness.judge.facts import Facts
from timeliness.model.calendars import HOURS
from timeliness.model.dates import in_words
from timeliness.model.findings import Reading
from timeliness.model.plain import capital, number
from timeliness.model.verdict_words import NOT_APPLICABLE


def gained(facts: Facts, shown: Iterable[Reading]) -> str:
    """Return by how many working days a late start moved the due date, and from what; or nothing.

    `shown` are the readings that only count. It is said where both starts are known to the day.
    """
    if facts.verdict == NOT_APPLICABLE or facts.reason == "impossible-order":
        return ""
    first = facts.first
    bounded_by = first.rule.clock.starts[0].unrecorded
    limiting = bounded_by and first.rulebook.rule(bounded_by.limited_by)
    asked = next((one for one in shown if one.is_count_only), None)
    if not limiting or not asked or facts.bounded or facts.extended or len(facts.readings) > 1:
        return ""
    if not (first.start and first.start.exact and asked.start and asked.start.exact):
        return ""
    start, received = first.start.earliest, asked.start.earliest
    if not start or not received or asked.start_event != first.rule.clock.starts[0].trigger:
        return ""
    calendar, limit = facts.calendar, first.rule.clock.limit
    if limit.unit == HOURS:
        return ""
    last = calendar.due(received, limiting.clock.limit)
    days = calendar.past(last, start, "working_days")
    if not days:
        return ""
    on_time, from_receipt = calendar.due(last, limit), calendar.due(received, limit)
    return (
        f"{capital(first.began.thing)} was {number(days, 'working day')} late, which moved this "
        f"due date: on time, it would be {in_words(on_time)} at the latest; counted from "
        f"{asked.began.thing}, {in_words(from_receipt)}."
    )
