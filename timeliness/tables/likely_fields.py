"""What a column may hold that a table lacks, where its name alone does not say so.

A case system has a day on which a case was created and one on which it was resolved. Whether these
are the days of receipt and of the full answer only the landlord knows, so they are proposed and
never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from timeliness.model.patterns import regex
from timeliness.model.vocabulary import ACKNOWLEDGED, LOGGED, RECEIVED, STAGE_RESPONSES
from timeliness.tables.advice import likely_reference
from timeliness.tables.assigned import LEFT, Assigned, Fields
from timeliness.tables.grid import Grid
from timeliness.tables.headers import REFERENCE

_CLOSED = "complaint closed"
_RESPONSE = STAGE_RESPONSES[1]
_FIRST_ANSWER = regex(r"\b(?:first|initial) (?:response|reply|contact|answer)")
_ANSWERED = regex(r"\b(?:resol\w+|solved|completed|completion|answered|responded|response|fixed)\b")
_CREATED = regex(r"\b(?:created?|opened|raised|submitted|reported|entered|confirmed)\b")
_NEVER = regex(r"\b(?:due|target|update[ds]?|modified|next|last|status|stage 2)\b")


class Likely(Struct, frozen=True):
    """A column with the field that it may hold, and what must be so for that."""

    header: str
    field: str
    provided: str


def likely_fields(grid: Grid, fields: Fields) -> list[Likely]:
    """Return the columns that may hold the reference, and the events of stage 1 of a wide table."""
    found = [] if fields.long else _likely_events(fields)
    if fields.columns_of(REFERENCE):
        return found
    left = [one.place for one in fields.columns if one.how == LEFT and one.header]
    place = likely_reference(grid, left, repeats=fields.long)
    own = [] if place is None else [Likely(grid.header[place], REFERENCE, "that is the reference")]
    return own + found


def _likely_events(fields: Fields) -> list[Likely]:
    held = {one.holds for one in fields.columns if not one.whether}
    unused = [one for one in fields.columns if one.unused and not _NEVER.search(_plain(one))]
    of = {name: fields.columns_of(name) for name in (LOGGED, _CLOSED)}
    wanted = (
        (RECEIVED, [*of[LOGGED], *_named(unused, _CREATED)], "that is the day of receipt"),
        (ACKNOWLEDGED, [*_named(unused, _FIRST_ANSWER)], "that acknowledges the complaint"),
        (
            _RESPONSE,
            [
                *(
                    one
                    for one in _named(unused, _ANSWERED)
                    if not _FIRST_ANSWER.search(_plain(one))
                ),
                *(one for one in of[_CLOSED] if not one.whether),
            ],
            "that is the day of the full answer",
        ),
    )
    return [
        Likely(columns[0].header, event, provided)
        for event, columns, provided in wanted
        if columns and event not in held
    ]


def _named(columns: Sequence[Assigned], pattern: re.Pattern[str]) -> Iterator[Assigned]:
    return (one for one in columns if pattern.search(_plain(one)))


def _plain(column: Assigned) -> str:
    """Return the words of a header in small letters: ResolvedOn and resolved_on are the same."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.header)
    return " ".join(re.sub(r"[^A-Za-z0-9]+", " ", apart).lower().split())
