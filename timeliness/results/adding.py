"""The sums of the parts of a table, added up: what they come to is what the whole comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from timeliness.model.errors import UsageError
from timeliness.results.claimed import Score
from timeliness.results.gate import Key
from timeliness.results.gated import MOST_NAMED
from timeliness.results.tally import Tally

_Key = TypeVar("_Key")
_One = TypeVar("_One")


def added(one: Tally, other: Tally) -> Tally:
    """Return the sums of two parts that share no complaint and were checked with the same settings.

    What is listed is in the order of the parts, each line once. Raises `UsageError` where both
    parts have a finding that the baseline has once.
    """
    both = (one, other)
    total = Tally(one.as_at, one.gate, configuration=one.configuration)
    total.known_left = _left(one, other)
    total.used = one.used | other.used
    total.gate.unclear.update(other.gate.unclear)
    for part in both:
        _add_numbers(total, part)
        total.parts += part.parts or [(part.rows_partly, part.rows_rejected)]
        total.partly += part.partly
        total.rejected += part.rejected
        total.later += part.later
        total.due.asked, total.due.nation = part.due.asked, part.due.nation
        total.due.join(part.due)
        total.groups.join(part.groups)
        for day in part.days or ():
            total.as_of(day, day)
    total.keep_delays(flat for part in both for flat in (*part.delays_open, *part.delays_over))
    total.claims = _scores(one.claims, other.claims)
    total.missing = one.missing | other.missing
    total.scopes = one.scopes | other.scopes
    total.clocks = one.clocks | other.clocks
    total.titles = {**other.titles, **one.titles}
    total.rulebooks = {**one.rulebooks, **other.rulebooks}
    total.ombudsmen = {**one.ombudsmen, **other.ombudsmen}
    total.excused = [*one.excused, *other.excused][:MOST_NAMED]
    total.expired = [*one.expired, *other.expired][:MOST_NAMED]
    total.lowered = [*one.lowered, *other.lowered][:MOST_NAMED]
    total.unread = _once(one.unread, other.unread)
    total.inputs = _once(one.inputs, other.inputs)
    total.tables = _once(one.tables, other.tables)
    total.notes = _once(one.notes, other.notes)
    total.dates_unused = _once(one.dates_unused, other.dates_unused)
    total.warnings = _once(one.warnings, other.warnings)
    total.assumption = one.assumption
    total.basis = one.basis if one.basis.today else other.basis
    total.plain = added(one.plain, other.plain) if one.plain and other.plain else None
    return total


def _add_numbers(total: Tally, part: Tally) -> None:
    total.read += part.read
    total.rows_left_out += part.rows_left_out
    total.complaints += part.complaints
    total.breached += part.breached
    total.undecided += part.undecided
    total.closed += part.closed
    total.failing += part.failing
    total.not_examined += part.not_examined
    total.record += part.record
    total.statuses += part.statuses
    for key, counted in part.counts.items():
        total.counts[key] = total.counts.get(key, Counter()) + counted


def _left(one: Tally, other: Tally) -> Counter[Key]:
    """Return the entries of the baseline that neither part has used."""
    left = Counter(one.known_left)
    left.update(other.known_left)
    left.subtract(one.gate.baseline or {})
    for key, number in left.items():
        if number < 0:
            raise UsageError(
                f"both parts have the finding {', '.join(filter(None, key))}, which the baseline "
                "has once; keep all rows of a complaint in one part"
            )
    return +left


def _scores(one: Mapping[_Key, Score], other: Mapping[_Key, Score]) -> dict[_Key, Score]:
    found = dict(one)
    for key, score in other.items():
        found[key] = found[key] + score if key in found else score
    return found


def _once(one: Iterable[_One], other: Iterable[_One]) -> list[_One]:
    return list(dict.fromkeys((*one, *other)))
