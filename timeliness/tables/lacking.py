"""What is wrong with the columns of a table as a whole: one is lacking, or there twice."""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.model.claims import claim_in
from timeliness.model.errors import InputError, Mistake
from timeliness.model.patterns import regex
from timeliness.model.vocabulary import RECEIVED
from timeliness.tables.advice import example, likely_reference, worse
from timeliness.tables.assigned import LEFT, RECOGNISED, SEVERAL, Assigned, Fields
from timeliness.tables.grid import Grid
from timeliness.tables.headers import DATE, EVENT, IGNORE, REFERENCE, Names, is_key

_SHOWN_ALIKE = 4
"""How many columns that would hold the same are named."""


def check_columns(fields: Fields, grid: Grid, names: Names) -> None:
    """Raise `InputError` where columns are lacking, or several would hold the same."""
    mistakes: list[str] = []
    by_kind: dict[tuple[str, bool], list[Assigned]] = {}
    for one in fields.columns:
        if one.holds not in SEVERAL and not claim_in(one.holds):
            by_kind.setdefault((one.holds, one.whether), []).append(one)
    held = {field for field, _ in by_kind}
    for (field, _), alike in by_kind.items():
        if len(alike) > 1:
            mistakes.append(_alike(field, alike, grid))
    shown = ", ".join(f'"{header}"' for header in grid.header[:12] if header)
    more = f" and {len(grid.header) - 12} more" if len(grid.header) > 12 else ""
    left = [one for one in fields.columns if one.how == LEFT and one.header]
    dates = next((one.header for one in left if one.unused), "")
    if REFERENCE not in held:
        place = likely_reference(grid, [one.place for one in left], repeats=fields.long)
        header = "" if place is None else grid.header[place]
        mistakes.append(
            "none of the columns is recognised as the complaint's reference; the columns are "
            f"{shown}{more}; "
            f"declare it: {example(header, REFERENCE)}"
        )
    wanted = [EVENT, DATE] if fields.long else []
    for field in wanted:
        if field not in held:
            mistakes.append(
                f'none of the columns is recognised as the "{field}" of each row; the columns are '
                f"{shown}{more}; declare it: {example(dates if field == DATE else '', field)}"
            )
    mistakes += _other_days(fields)
    dated = any(names.vocabulary.find(field) for field in held if not is_key(field))
    if not fields.long and not dated:
        mistakes.append(
            "none of the columns is recognised as the date of an event; the columns are "
            f"{shown}{more}; "
            f"declare them: {example(dates, RECEIVED)}"
        )
    if mistakes:
        raise InputError(Mistake(grid.path, 0, says) for says in mistakes)


_HAPPENED = regex(r"\b(?:actual|actioned|completed|completion|done|finish(?:ed)?|end|sent)\b")


def others_of_date(fields: Fields) -> list[Assigned]:
    """Return the columns of a table of events that may be the day of each instead of its date.

    One that is planned may be the date, and when it happened the other.
    """
    date = fields.columns_of(DATE)
    if not fields.long or not date or date[0].how != RECOGNISED:
        return []
    unused = (one for one in fields.columns if one.unused and one.how == LEFT)
    return [one for one in unused if _HAPPENED.search(one.header.lower())]


def _other_days(fields: Fields) -> list[str]:
    return [
        f'each row has two dates, "{fields.header(DATE)}" and "{one.header}"; say whether the '
        f'second is the day on which the event happened: [columns] "{one.header}" = "{DATE}", or '
        f'"{IGNORE}", in chcheck.toml'
        for one in others_of_date(fields)[:1]
    ]


def _alike(field: str, alike: Sequence[Assigned], grid: Grid) -> str:
    """Return what to say of several columns of one meaning, and which to leave out."""
    quoted = " and ".join(f'"{one.header}"' for one in alike[:_SHOWN_ALIKE])
    if len(alike) > _SHOWN_ALIKE:
        quoted += f" and {len(alike) - _SHOWN_ALIKE:,} more"
    place = worse(grid, [one.place for one in alike], reference=field == REFERENCE)
    return (
        f'the columns {quoted} would both be "{field}"; declare what one of them '
        f'holds, or "ignore": {example(grid.header[place], IGNORE)}'
    )
