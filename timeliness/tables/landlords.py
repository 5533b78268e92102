"""What wide and long tables have in common: references, constants, dates and what is rejected."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, time, timedelta
from functools import partial

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from timeliness.judge.columns import pick
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, NATIONS, Days
from timeliness.model.dates import Span, When
from timeliness.model.declared import Declared
from timeliness.model.errors import VALUE, DateError, DayError, InputError, Mistake, UsageError
from timeliness.model.patterns import regex
from timeliness.model.vocabulary import STAGE_TRIGGERS, Kind
from timeliness.read.library import NamesIn
from timeliness.tables.assigned import Fields
from timeliness.tables.complaints import SEPARATOR, Dated, Flags, Labels
from timeliness.tables.date_columns import DateColumn, codes_of, read_columns
from timeliness.tables.date_order import OrderError
from timeliness.tables.formulas import is_failed
from timeliness.tables.grid import MOST_RAGGED, Grid
from timeliness.tables.headers import AS_AT, CODES, LANDLORD, NATION, POLICY, REFERENCE
from timeliness.tables.instead import BLANK
from timeliness.tables.personal import withhold


class Whose(Struct, frozen=True):
    """Under which rules each row is, and what is wrong with those that do not exist.

    The text of `codes` holds the names of Codes, with `SEPARATOR` between them. `wrong` has by
    field what is wrong with a text.
    """

    policies: Labels
    codes: Labels
    nations: Labels
    bodies: Labels
    wrong: Mapping[str, Mapping[str, str]]

    def of_field(self, field: str) -> Labels:
        """Return the labels that a column of the table gives."""
        return {POLICY: self.policies, CODES: self.codes, NATION: self.nations}[field]


REOPENED = "complaint reopened"
_PLAIN_ENDS = ("complaint withdrawn", "complaint closed", REOPENED)


def cleaned(cells: pl.Series) -> pl.Series:
    """Return texts without the spaces around them, blanks as null."""
    text = cells.str.strip_chars()
    frame = pl.DataFrame({"text": text})
    blank = pl.col("text").str.to_lowercase().is_in(list(BLANK))
    return frame.select(pl.when(~blank).then("text").alias("text")).to_series()


def stands_unread(kind: Kind) -> bool:
    """Whether an event counts as said, on a day not known, where its cell cannot be read.

    So it is with what begins a clock, ends it, or moves its due date: it may have done so. Of any
    other event it is then not known whether it happened.
    """
    return (
        kind.name in STAGE_TRIGGERS.values()
        or kind.name == REOPENED
        or bool(kind.ends)
        or is_extension(kind)
    )


def is_extension(kind: Kind) -> bool:
    """Whether an event gives a new date for another."""
    return any(key.name == "until" for key in kind.keys)


def is_of_clocks(kind: Kind) -> bool:
    """Whether the clocks say all there is to say about an event that has only a date."""
    return kind.stage in (1, 2) or bool(kind.declared_by) or kind.name in _PLAIN_ENDS


_AS_ABOVE = regex(r"[^\w]+|(?:ditto|do\.?|as above|same(?: as above)?|see above)", re.IGNORECASE)


def references_of(grid: Grid, fields: Fields) -> pl.Series:
    """Return the reference of each row, null where there is none or a formula for it failed.

    A sign for "as above" is none. Raises `InputError` where very many rows have none.
    """
    place = fields.place(REFERENCE)
    assert place is not None
    cells = cleaned(grid.column(place))
    if cells.null_count() > MOST_RAGGED:
        says = f"more than {MOST_RAGGED:,} rows have no reference; take out the rows without one"
        raise InputError([Mistake(grid.path, 0, says, column=grid.header[place])])
    doubtful = cells.str.starts_with("#") | cells.str.starts_with("Err:")
    doubtful |= ~cells.str.contains(r"[0-9]")
    if not doubtful.any():
        return cells
    texts = cells.filter(doubtful).unique().to_list()
    none = [text for text in texts if is_failed(text) or _AS_ABOVE.fullmatch(text.strip())]
    return cells.set(cells.is_in(none).fill_null(value=False), None)


def labels(cells: pl.Series | None, otherwise: Labels) -> Labels:
    """Return the texts of a column, or what holds `otherwise` where it is blank or missing."""
    if cells is None:
        return otherwise
    clean = cleaned(cells)
    unique = clean.drop_nulls().unique(maintain_order=True)
    codes = codes_of(clean, unique).astype(np.int32)
    codes += otherwise.codes * (codes == len(unique))
    return Labels.of_texts((*unique.to_list(), *otherwise.texts), codes)


def constant(text: str, size: int) -> Labels:
    """Return one text for each of so many rows."""
    return Labels((text,), np.zeros(size, dtype=np.int32))


def cells_of(grid: Grid, fields: Fields, holds: str) -> pl.Series | None:
    """Return the cells of the column that holds a field, or None."""
    place = fields.place(holds)
    return None if place is None else grid.column(place)


def landlords_of(grid: Grid, fields: Fields, declared: Declared) -> Labels:
    """Return the landlord of each row."""
    otherwise = constant(declared.landlord, grid.frame.height)
    return labels(cells_of(grid, fields, LANDLORD), otherwise)


def whose_of(
    grid: Grid, fields: Fields, declared: Declared, landlords: Labels, names: NamesIn
) -> Whose:
    """Return the policy, Codes, nation and kind of body of each row."""

    def codes_of(landlord: str) -> str:
        return SEPARATOR.join(declared.codes_of(landlord))

    policies = labels(cells_of(grid, fields, POLICY), landlords.of_each(declared.policy_of))
    codes = labels(cells_of(grid, fields, CODES), landlords.of_each(codes_of))
    nations = labels(cells_of(grid, fields, NATION), landlords.of_each(declared.nation_of))
    known = {
        POLICY: [_found(text, names.policy) for text in policies.texts],
        CODES: [_found(text, lambda text: _codes_in(text, names)) for text in codes.texts],
        NATION: [_found(text, _nation_in) for text in nations.texts],
    }
    return Whose(
        Labels.of_texts([name for name, _ in known[POLICY]], policies.codes),
        Labels.of_texts([name for name, _ in known[CODES]], codes.codes),
        Labels.of_texts([name for name, _ in known[NATION]], nations.codes),
        landlords.of_each(declared.body_of),
        {field: dict(one for one in found if one[1]) for field, found in known.items()},
    )


def read_named(grid: Grid, fields: Fields, names: NamesIn) -> None:
    """Read the rulebooks that the cells of a table name, so that their events are known.

    What is wrong with a name is said with its row.
    """
    of_codes = partial(_codes_in, names=names)
    for field, find in ((POLICY, names.policy), (CODES, of_codes)):
        cells = cells_of(grid, fields, field)
        if cells is not None:
            for text in cleaned(cells).drop_nulls().unique(maintain_order=True):
                _found(text, find)


def _found(text: str, find: Callable[[str], str]) -> tuple[str, str]:
    """Return the name that a text stands for, or the text and what is wrong with it."""
    try:
        return find(text) if text else "", ""
    except (UsageError, InputError) as error:
        return text, str(error)


def _codes_in(text: str, names: NamesIn) -> str:
    several = [one.strip() for one in re.split(r"[;,]", text)]
    return SEPARATOR.join(names.codes([one for one in several if one]))


def _nation_in(text: str) -> str:
    plain = "-".join(text.lower().split())
    if plain not in NATIONS:
        raise UsageError(f'"{text}" is not a nation; it is one of {", ".join(NATIONS)}')
    return plain


def dates_of(
    grid: Grid, fields: Fields, wanted: Sequence[str], order: str
) -> dict[str, DateColumn]:
    """Read the columns that hold these fields; `order` is how 03/04/2025 is meant, if declared.

    Raises `InputError` for each column whose order is unclear.
    """
    places = {field: place for field in wanted if (place := fields.place(field)) is not None}
    read: dict[str, DateColumn] = {}
    mistakes = []
    columns = read_columns({field: grid.column(place) for field, place in places.items()})
    for field, column in columns.items():
        try:
            read[field] = column.in_order(order)
        except OrderError as error:
            says = f'column "{fields.header(field)}": {error}'
            mistakes.append(Mistake(grid.path, 0, says))
    if mistakes:
        raise InputError(mistakes)
    if AS_AT in read:
        read[AS_AT] = _single_days(read[AS_AT])
    return read


def _single_days(column: DateColumn) -> DateColumn:
    """Return a column in which a date that is no single day cannot be read."""
    dated = column.dated
    wide = dated.given & (dated.earliest != dated.latest)
    if not wide.any():
        return column

    def read(text: str) -> When | None:
        when = column.read(text)
        if when and not when.span.exact:
            raise DateError(f"{VALUE} is not a single day; write it as 2025-04-03", text.strip())
        return when

    days = pick(wide, FAR_FUTURE, dated.earliest)
    bad = wide if dated.bad is None else wide | dated.bad
    return DateColumn(Dated(days, days, bad, dated.minute), read)


def unreadable(grid: Grid, fields: Fields, holds: str, column: DateColumn) -> dict[int, Mistake]:
    """Return by row the cells of a column of dates that are not dates, with the reason for each."""
    place = fields.place(holds)
    if column.dated.bad is None or place is None:
        return {}
    cells, header = grid.column(place), fields.header(holds)
    found = {}
    for row in np.flatnonzero(column.dated.bad).tolist():
        error = why_not(cells[row], column)
        found[row] = withhold(
            Mistake(
                grid.path,
                int(grid.lines[row]),
                error.what,
                value=error.value,
                column=header,
                cell=cells[row],
            )
        )
    return found


def unclear_days(grid: Grid, fields: Fields, column: DateColumn | None) -> dict[int, Mistake]:
    """Return by row the cells that should say which day it is from, and cannot be read."""
    if column is None:
        return {}
    found = unreadable(grid, fields, AS_AT, column)
    told = "it is not known which day the row is from: "
    return {row: replace(one, what=told + one.what) for row, one in found.items()}


def without_start(
    unread: Sequence[Mistake], path: str, line: int, header: str, dated: Collection[str]
) -> list[Mistake]:
    """Return why a row starts no clock: its dates that cannot be read, or that there are none.

    `dated` are the headers of the columns of dates.
    """
    if any(one.column in dated for one in unread):
        return [
            replace(one, what=f"none of its dates can be read: {one.what}")
            if one.column in dated
            else one
            for one in unread
        ]
    says = "no event of its stages has a date, so no time limit can start"
    return [Mistake(path, line, says, column=header), *unread]


def why_not(text: str, column: DateColumn) -> DayError:
    """Return why a text is not a date, as a table's reader would say it."""
    try:
        column.read(text)
    except DayError as error:
        return error
    return DateError("it is not a date")


def as_at_of(column: DateColumn | None, size: int, default: date, declared: date | None) -> Days:
    """Return the as-at day of each row."""
    day = np.full(size, (declared or default).toordinal(), dtype=DAY)
    if column is None or declared:
        return day
    return np.where(column.dated.given, column.dated.latest, day).astype(DAY)


def latest_event(columns: Sequence[DateColumn], today: date) -> int:
    """Return the latest day up to today on which anything happened, 0 where there is none.

    A slip that puts one date into the future does not make an old export look new.
    """
    last = today.toordinal()
    known = (column.dated.latest * (column.dated.latest <= last) for column in columns)
    return max((int(days.max(initial=0)) for days in known), default=0)


def warn_of_age(latest: int, today: date) -> str:
    """Return a warning where a table without an as-at date looks old, or nothing."""
    if not latest:
        return ""
    day = date.fromordinal(latest)
    if today - day <= timedelta(7):
        return ""
    return (
        f"its latest event is on {day.isoformat()}, {(today - day).days} days ago, and no as-at "
        "date is given, so what is open counts as open until today; if the export is older, give "
        f"its date with --as-at {day.isoformat()}, or as-at = {day.isoformat()} in chcheck.toml"
    )


def when_of(earliest: int, latest: int, minute: int = -1) -> When:
    """Return a span of days, with a time of day where there is one, as a date."""
    span = Span(
        date.fromordinal(earliest) if earliest > FAR_PAST else None,
        date.fromordinal(latest) if latest < FAR_FUTURE else None,
    )
    return When(span, time(minute // 60, minute % 60) if minute >= 0 else None)


def of_any_row(flags: Flags, references: pl.Series, landlords: Labels) -> Flags:
    """Return flags as set where any row of the same reference and landlord has them set."""
    if flags.all():
        return flags
    frame = pl.DataFrame({"flags": flags, "reference": references, "landlord": landlords.codes})
    own = pl.col("reference").is_null()
    same = pl.col("flags").any().over("reference", "landlord")
    any_ = pl.when(own).then("flags").otherwise(same)
    return frame.select(any_.alias("flags"))["flags"].to_numpy()
