"""What is written beside a strip: when something was due and done, and what a row draws."""

from __future__ import annotations

from datetime import date

from timeliness.model.dates import Span
from timeliness.model.findings import Finding, Reading
from timeliness.model.plain import number, short_span, span_in_words
from timeliness.model.verdict_words import BREACH, PENDING
from timeliness.write.html.scale import (
    Scale,
    Words,
    place_words,
)
from timeliness.write.words import (
    Status,
    lateness,
)


def words_of_due(due: Span | None, original: Span | None) -> str:
    """Return what to write under a limit: when it was due, and from when that was extended."""
    if original and original != due:
        return f"due {short_span(due)}, extended from {short_span(original)}"
    return f"due {short_span(due)}"


def words_of_done(
    of: Finding | Reading,
    finding: Finding,
    verdict: str,
    scale: Scale,
    as_at: date,
    end: float,
) -> Words | None:
    """Return what to write under a lane: when it was done, and how late."""
    done = of.done
    if done and (done.earliest or done.latest):
        day = done.latest or done.earliest
        assert day
        text = f"done {short_span(done)}"
        if of.reason == "not-evidenced" and done.earliest:
            text = f"claimed {short_span(Span.day(done.earliest))}, no evidence"
        if verdict == BREACH:
            text = f"{short_span(done)}, {lateness(of)}"
        first = scale.middle_of(done.earliest or day)
        return place_words(text, first, scale.middle_of(day))
    if verdict == PENDING:
        left = finding.due_in
        today = "today" if left and left.most == 0 else ""
        text = today or (f"{number(left, 'working day')} left" if left else "not yet done")
        at = scale.middle_of(as_at)
        return place_words(f"as at {short_span(Span.day(as_at))}: {text}", at, at)
    if verdict == BREACH:
        until = finding.counted_until or as_at
        return place_words(f"not done by {short_span(Span.day(until))}", end, end)
    due = of.due
    day = (due.latest or due.earliest) if due else None
    at = scale.end_of(day) if day else 100.0
    return place_words("not recorded", at, at)


def reading_name(reading: Reading, finding: Finding) -> str:
    """Return what a reading counts from, and under which edition where several may apply."""
    what = "as a new complaint" if reading.as_new_complaint else ""
    name = what or f"from {reading.began.thing}"
    if reading.first_day:
        name = f"{reading.first_day} as day 1"
    editions = {one.rulebook.id for one in finding.readings if one.decides}
    return f"{name}, {reading.rulebook.short}" if len(editions) > 1 else name


def described(of: Finding | Reading, finding: Finding, status: Status, as_at: date) -> str:
    """Return in words what one row draws."""
    parts = []
    if of.start:
        parts.append(f"Started {span_in_words(of.start)}.")
    parts.append(f"Due {span_in_words(of.due)}.")
    if of.done:
        parts.append(f"Done {span_in_words(of.done)}.")
    elif of.verdict in (BREACH, PENDING):
        parts.append(f"Not done by {span_in_words(Span.day(finding.counted_until or as_at))}.")
    else:
        parts.append("Whether it was done is not recorded.")
    late = f", {lateness(of)}" if of.verdict == BREACH and of.done else ""
    parts.append(f"{status.word}{late}.")
    return " ".join(parts)


def act_word(finding: Finding) -> str:
    """Return the word for having done what a finding asks: answered, acknowledged, done."""
    return finding.readings[0].stop.done if finding.readings else "done"
