"""From the readings of one statement to its outcome: the plain one first, then the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from timeliness.judge.statements.figures import Measure
from timeliness.judge.statements.points import Candidate
from timeliness.model.calendars import Limit, WorkingDays
from timeliness.model.dates import in_words
from timeliness.model.findings import NOT_CHECKABLE, RIGHT, RIGHT_OTHERWISE, WRONG
from timeliness.model.plain import capital
from timeliness.model.statements import DAYS, Figure

_TOLD = 4
"""How many readings are told at most."""


@dataclass(frozen=True)
class Outcome:
    """What became of one statement; `would_be` is what would be right."""

    outcome: str
    says: str
    would_be: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """One reading: what it comes to at least and at most, and how it differs.

    `picked` is the number of its departures that only pick an end of a span of days.
    """

    least: str
    most: str
    fits: bool
    may_fit: bool
    departures: int
    says: tuple[str, ...]
    plain: bool
    context: str
    picked: int = 0

    @property
    def result(self) -> str:
        """Return what the reading comes to."""
        return self.least if self.least == self.most else f"{self.least} to {self.most}"

    @property
    def reading(self) -> str:
        """Return in what the reading differs from the statement as it stands."""
        return ", ".join(self.says)


def may_fit_between(figure: Figure, least: Measure, most: Measure) -> bool:
    """Whether a figure holds for some count between the least and the most."""
    return least.fits(figure) or most.fits(figure) or least.whole < figure.amount < most.whole


def decide(tried: Sequence[Tried], stated: str, head: str = "It is") -> Outcome:
    """Return the outcome: by the plain reading if that decides, else by the nearest that fits."""
    plain = [one for one in tried if one.departures == 0]
    first = next((one for one in plain if one.fits or one.may_fit), plain[0])
    main = f"{head} {first.result} {first.context}."
    if first.fits:
        return Outcome(RIGHT, main, first.result)
    fitting = [one for one in tried if one.fits]
    if first.may_fit:
        fitting = [one for one in fitting if one.departures == one.picked]
    if first.may_fit and not fitting:
        says = f"{main} The days known do not decide whether {stated} is right."
        return Outcome(NOT_CHECKABLE, says, first.result)
    nearest = min((one.departures for one in fitting), default=0)
    readings = tuple(dict.fromkeys(one.reading for one in fitting if one.departures == nearest))
    others = _others(tried, first)
    if readings:
        told = "; or ".join(readings[:_TOLD])
        more = f"; or on {len(readings) - _TOLD} more readings" if readings[_TOLD:] else ""
        says = f"{main}{others} {capital(stated)} is right {told}{more}."
        return Outcome(RIGHT_OTHERWISE, says, first.result, readings)
    return Outcome(WRONG, f"{main}{others} {capital(stated)} is right on no reading.", first.result)


def _others(tried: Sequence[Tried], first: Tried) -> str:
    """Tell what the same count comes to from other starts, ends and limits."""
    told = {
        one.reading: one.result
        for one in tried
        if one.plain and one.departures == 1 and one.reading
    }
    if not told:
        return ""
    shown = [f"{reading} it is {result}" for reading, result in list(told.items())[:_TOLD]]
    return " " + capital("; ".join(shown)) + "."


def with_last_day(
    outcome: Outcome, figure: Figure, start: Candidate, calendar: WorkingDays
) -> Outcome:
    """Add on which day the stated figure would have ended."""
    if not start.span.exact or not figure.amount:
        return outcome
    assert start.span.earliest
    limit = Limit(figure.amount, "calendar_days" if figure.unit == DAYS else figure.unit)
    last = in_words(calendar.due(start.span.earliest, limit))
    says = f"{outcome.says} {capital(str(figure))} from {start.label} end on {last}."
    return Outcome(outcome.outcome, says, outcome.would_be, outcome.readings)
