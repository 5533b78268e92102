"""What a landlord's own system says of its time limits, and how often it is right: in a line each.

The words of a statement ("if bank holidays are ignored") become what the claims do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from timeliness.model.claims import FLAGS, ClaimTotal
from timeliness.model.plain import listed
from timeliness.write.words import whose

TITLE = "What the landlord's own system says"
_MOST = 4
"""How many ways to count are named for one column."""

_SAYS = {
    "if the first day counts as day 1": "count the first day",
    "if bank holidays are ignored": "ignore a bank holiday",
    "bank holidays are ignored": "ignore a bank holiday",
    "counted day-after": "leave out the first day",
    "if a day that is not a working day counts as the next working day (roll-forward)": "count a "
    "start at a weekend as the next working day",
    "without the extension": "leave out the extension",
    "in calendar days": "count calendar days",
    "in working days": "count working days",
}


def claim_lines(totals: Sequence[ClaimTotal]) -> Iterator[str]:
    """Return a line for each column and side."""
    about: Counter[str] = Counter()
    for column, event in {(one.column, one.about) for one in totals}:
        about[column] += bool(event)
    for one in totals:
        named = f"{one.column}, {one.about}" if about[one.column] > 1 else one.column
        yield f"{named}{_by(one)}: {_what(one)}"


def _by(one: ClaimTotal) -> str:
    if one.counted:
        return f" ({one.counted})"
    return f" ({whose([one.side])})" if one.side else ""


def _what(one: ClaimTotal) -> str:
    checked = one.claims - one.unknown
    if not checked:
        return f"none of {one.claims:,} can be checked"
    do = [(number, _do(reading)) for reading, number in one.otherwise[:_MOST]]
    do.append((sum(number for _, number in one.otherwise[_MOST:]), ["count in other ways"]))
    do.append((one.wrong, ["fit no count"]))
    if one.kind in FLAGS:
        do = [
            (one.in_time, ["say in time though late"]),
            (one.late, ["say late though in time"]),
        ]
    told = [f"{number:,} {_counted(number, verbs)}" for number, verbs in do if number]
    parts = [f"right in {one.right:,} of {checked:,}"]
    parts += [", ".join(told)] if told else []
    parts += [f"{one.unknown:,} more cannot be checked"] if one.unknown else []
    return "; ".join(parts)


def _counted(number: int, verbs: Sequence[str]) -> str:
    """Return what so many claims do: one counts the first day, two count it."""
    if number > 1:
        return listed(verbs)
    parts = (verb.partition(" ") for verb in verbs)
    return listed([f"{_ONE.get(head, f'{head}s')} {rest}" for head, _, rest in parts])


_ONE = {"are": "is"}


def _do(reading: str) -> list[str]:
    """Return what claims do that are right on a reading: count the first day."""
    return [does for part in reading.split(", ") for does in _each(part)]


def _each(part: str) -> list[str]:
    first, joined, second = part.partition(" and ")
    if joined and first in _SAYS and second in _SAYS:
        return [_SAYS[first], _SAYS[second]]
    if part.startswith("from "):
        return [f"count {part}"]
    if part.startswith("by "):
        return [f"fit {part.removeprefix('by ')} alone"]
    return [_SAYS.get(part, f"are right {part}")]
