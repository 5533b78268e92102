"""One finding from what each way to cut a complaint comes to: it decides only where all agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.episodes.life import CLOSED, EARLY, ENDING, ORDER, Doubt, Life
from timeliness.model.dates import hull_of
from timeliness.model.findings import Finding
from timeliness.model.plain import on_or_between
from timeliness.model.ranges import union_of
from timeliness.model.sentences import Settlement, Unsaid
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, NOT_APPLICABLE, PENDING
from timeliness.model.vocabulary import COMMON, REOPENED, STAGE_TRIGGERS

ORDER_UNCLEAR = "order-unclear"
_WRONG_DATE = "The record puts events in an impossible order, so one of the dates is wrong"
_OPEN_FIRST = (CANNOT_TELL, PENDING, MET, NOT_APPLICABLE)
"""Which verdict is that of several ways to cut of which none is a breach."""
_REQUESTS = (*STAGE_TRIGGERS.values(), REOPENED)


class Found(Struct, frozen=True):
    """What one way to cut a complaint comes to.

    `unclear` says that two complaints were open at once when what it turns on happened.
    """

    finding: Finding
    unclear: bool = False


def agreed(ways: Sequence[Found | None], life: Life, stage: int = 0) -> Finding:
    """Return the finding that all ways agree on, or that it cannot be decided, and why.

    A way in which there is no such episode is None. Where that is so because a request of the
    `stage` is dated after what follows from it, nobody can say that anything is owed.
    """
    found = [one.finding for one in ways if one]
    first = found[0]
    if life.crowded or any(one.unclear for one in ways if one):
        return _asked_for(first, life)
    verdicts = {one.verdict for one in found}
    if len(found) < len(ways):
        if stage in life.begun_late and verdicts & {BREACH, CANNOT_TELL, PENDING}:
            return _if_rightly_dated(found)
        if verdicts & {BREACH, CANNOT_TELL}:
            return _perhaps(found, life)
    if all(_same(one, first) for one in found):
        return first
    if len(verdicts) == 1:
        return _spanned(found, first)
    if BREACH not in verdicts:
        # What is open in one way is open; what was met in one and not asked for in another is met.
        said = next(verdict for verdict in _OPEN_FIRST if verdict in verdicts)
        return _spanned(found, next(one for one in found if one.verdict == said))
    return _undecided(found, life, misdated=stage in life.begun_late)


def unless_misdated(one: Finding, life: Life) -> Finding:
    """Return the finding of an episode, which decides nothing where a wrong date may be its own.

    What is dated before every request is judged with the first; it may be what a further one that
    seems to be late was acknowledged or answered by.
    """
    clock = one.readings[0].rule.clock
    own = [event for event in life.misdated if event.name in (clock.stop, *clock.answers)]
    if one.verdict != BREACH or one.episode == 1 or not own:
        return one
    name = own[0].name
    settle = Settlement(
        f"The right day of the {COMMON.kind(name).words.noun} would settle it.", f"- DATE {name}"
    )
    return _unclear(
        one,
        lambda: (
            f"The {_at(own[0])} is dated before any request that it could follow, so one of "
            f"the dates is wrong: it may belong to this one. Otherwise: {one.says}"
        ),
        lambda: settle,
        "impossible-order",
    )


def _same(one: Finding, other: Finding) -> bool:
    return _essence(one) == _essence(other)


def _essence(finding: Finding) -> tuple[object, ...]:
    """Return all of a finding but its words."""
    when = finding.start, finding.due, finding.done
    how_long = finding.working_days, finding.late_by, finding.days_late
    return finding.verdict, finding.reason, *when, *how_long


def _spanned(found: Sequence[Finding], first: Finding) -> Finding:
    """Return one finding over the dates and readings of several."""
    readings = list(first.readings)
    # What was not owed in any way is said once, of the days that say most.
    told = found if first.verdict != NOT_APPLICABLE else [max(found, key=_width)]
    for one in found:
        readings += [reading for reading in one.readings if reading not in readings]
    return replace(
        first,
        start=hull_of(one.start for one in found),
        due=hull_of(one.due for one in found),
        done=hull_of(one.done for one in found) if all(one.done for one in found) else None,
        working_days=union_of([one.working_days for one in found]),
        late_by=union_of([one.late_by for one in found]),
        days_late=union_of([one.days_late for one in found]),
        readings=tuple(readings),
        told=Unsaid(
            lambda: " ".join(dict.fromkeys(one.says for one in told)), lambda: first.settled_by
        ),
    )


def _width(finding: Finding) -> int:
    """Return over how many days a finding was due; -1 where that is open or not known."""
    due = finding.due
    return (due.latest - due.earliest).days if due and due.earliest and due.latest else -1


def _undecided(found: Sequence[Finding], life: Life, *, misdated: bool) -> Finding:
    def says() -> str:
        told = list(dict.fromkeys(one.says for one in found))
        depends = f"{_WRONG_DATE}." if misdated else _depends(life.doubt)
        return " Or: ".join([f"{depends} Either: {told[0]}", *told[1:3]])

    one = _spanned(found, found[0])
    return _misdated(one, says) if misdated else _unclear(one, says, lambda: _settled(life.doubt))


def _perhaps(found: Sequence[Finding], life: Life) -> Finding:
    """Return the finding of an episode that there may not be."""
    return _unclear(
        _spanned(found, found[0]),
        lambda: f"{_depends(life.doubt)} If it is new: {found[0].says}",
        lambda: _settled(life.doubt),
    )


def _if_rightly_dated(found: Sequence[Finding]) -> Finding:
    """Return the finding of an episode that there is only if a certain date is the wrong one."""
    return _misdated(
        _spanned(found, found[0]),
        lambda: (
            f"{_WRONG_DATE}, and whether this was asked for depends on which. If it was: "
            f"{found[0].says}"
        ),
    )


def _misdated(one: Finding, says: Callable[[], str]) -> Finding:
    settle = Settlement("Correct the date that is wrong.", "date: DATE")
    return _unclear(one, says, lambda: settle, "impossible-order")


def _asked_for(first: Finding, life: Life) -> Finding:
    """Return a finding where the record does not say to which complaint or turn events belong."""
    if first.reason == "not-started":
        return first
    why = (
        "The events may have happened in so many orders that nobody can say which of them belong "
        "together."
        if life.crowded
        else "Two complaints were open at once, and the record does not say which of them was "
        "acknowledged or answered."
    )
    settle = Settlement(
        "The exact days would settle it."
        if life.crowded
        else "A timeline for each complaint would settle it.",
        "- DATE EVENT" if life.crowded else "complaint: REFERENCE of the other complaint",
    )
    return _unclear(first, lambda: why, lambda: settle)


def _unclear(
    one: Finding,
    says: Callable[[], str],
    settle: Callable[[], Settlement],
    reason: str = ORDER_UNCLEAR,
) -> Finding:
    return replace(
        one,
        verdict=CANNOT_TELL,
        reason=reason,
        told=Unsaid(says, settle),
        due_in=None,
    )


def _depends(doubt: Doubt | None) -> str:
    """Return what is not known: which request counts, or to which an event belongs."""
    if doubt is None:
        return "The events may be read in more than one way."
    event = _at(doubt.event)
    if doubt.kind == EARLY and doubt.other:
        return (
            f"The {_at(doubt.other)} came before the stage 1 response, the {event} after it: "
            "either may be the one that counts."
        )
    if doubt.kind == CLOSED:
        return f"The {event} came after the complaint was closed: it may be a repeat or a new one."
    if doubt.kind == ENDING and doubt.other:
        return f"The {event} may have come before the {_at(doubt.other)}, or after it."
    if doubt.event.name in _REQUESTS:
        return f"It is not known whether the {event} repeats the one before it or is a new one."
    return f"It is not known which request the {event} belongs to."


def _settled(doubt: Doubt | None) -> Settlement:
    if doubt is None or doubt.kind in (ENDING, ORDER):
        name = doubt.event.name if doubt else "EVENT"
        return Settlement(
            "The exact day, and within a day the time, would settle it.", f"- DATE TIME {name}"
        )
    if doubt.kind == CLOSED:
        return Settlement(
            "The day it was taken up again would settle it.", "- DATE complaint reopened"
        )
    return Settlement(
        "Leave out the one that does not count.",
        f"- DATE {doubt.event.name}",
    )


def _at(event: Event) -> str:
    span = event.when.span if event.when else None
    return f"{COMMON.kind(event.name).words.noun} {on_or_between(span)}"
