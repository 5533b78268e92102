"""A configuration to propose for a table: what was recognised, and what is left to say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from timeliness.model.declared import Declared
from timeliness.model.errors import InputError
from timeliness.model.vocabulary import Vocabulary
from timeliness.tables.assigned import Assigned, Fields
from timeliness.tables.contents import holds_dates
from timeliness.tables.date_order import order_of_all
from timeliness.tables.event_names import EventNames, distinct
from timeliness.tables.grid import Grid
from timeliness.tables.headers import AS_AT, DATE, EVENT, IGNORE, STAGE, Names
from timeliness.tables.lacking import others_of_date
from timeliness.tables.likely_fields import Likely, likely_fields
from timeliness.tables.open import Opened
from timeliness.tables.personal import described
from timeliness.tables.recorded import events_of
from timeliness.tables.stages import answers_of_any_stage, has_rows_of_stages, stages_named
from timeliness.tables.statuses import meanings, status_columns
from timeliness.tables.undone import undone_by_event, undone_in

Meanings = dict[str, list[tuple[str, str, int]]]
"""By header, each text of a column, what it is taken for, and how many rows have it."""


def meanings_of(opened: Opened, declared: Declared, vocabulary: Vocabulary) -> Meanings:
    """Return by header each event or status with what it is taken for, and how many rows have it.

    One that is not known and occurs but once may say anything, and is described.
    """
    grid, fields = opened.grid, opened.fields
    found: Meanings = {}
    if fields.long and (place := fields.place(EVENT)) is not None:
        names = EventNames(vocabulary, declared.events, grid.path)
        values = []
        for text, rows in distinct(grid.column(place)):
            kind = names.find(text)
            meaning = kind.name if kind else IGNORE if names.is_ignored(text) else ""
            values.append((text if meaning or rows > 1 else described(text), meaning, rows))
        found[fields.header(EVENT)] = values
    for column in () if fields.long else status_columns(fields):
        cells = grid.column(column.place)
        means = meanings(cells, declared.statuses)
        found[column.header] = [
            (text if means.get(text) or rows > 1 else described(text), means.get(text) or "", rows)
            for text, rows in distinct(cells)
        ]
    return {header: values for header, values in found.items() if values}


def mapping_of(opened: Opened, path: Path, declared: Declared, vocabulary: Vocabulary) -> str:
    """Return a chcheck.toml that says what the columns hold, and how the table was read."""
    fields = opened.fields
    lines = [
        f"# What each column of {path.name} contains: the reference (complaint), an event of",
        "# `chcheck events`, one key of an event (stage 1 extended.until), landlord, policy,",
        '# nation, as at, "carry" to take it to the output, or "ignore".',
        "",
        '# policy = "luton"',
        "# as-at = 2026-03-31",
        _dates(opened, declared, vocabulary),
        *_recorded(opened, declared, vocabulary),
        *[f"sheet = {_quoted(name)}" for name in declared.sheets[:1]],
        "",
        "[columns]",
    ]
    likely = likely_fields(opened.grid, fields)
    unsettled = _unsettled(opened.grid, fields, declared, vocabulary)
    for one in fields.columns:
        if one.header:
            asked = "# " if one.place in unsettled else ""
            remark = _remark(one, likely, unsettled.get(one.place, ""))
            lines.append(f"{asked}{_quoted(one.header)} = {_quoted(one.holds)}{remark}")
    for table, values in (
        ("stages", stage_meanings(opened, declared, vocabulary)),
        ("events" if fields.long else "status", meanings_of(opened, declared, vocabulary)),
    ):
        lines += _meanings(table, values)
    return "\n".join(lines) + "\n"


def _meanings(table: str, by_header: Meanings) -> Iterator[str]:
    """Return the table of stages, events or statuses, those that are not known as comments."""
    for values in by_header.values():
        yield ""
        yield f"[{table}]"
        yield "# A line that begins with # is not known yet: say what it means."
        for text, meaning, rows in values:
            known, unknown = ("" if meaning else "# "), ("1" if table == "stages" else IGNORE)
            means = meaning.removeprefix("stage ") if table == "stages" else meaning
            value = means or unknown
            if meaning or rows > 1:
                quoted = value if table == "stages" else _quoted(value)
                yield f"{known}{_quoted(text)} = {quoted}  # rows: {rows:,}"
        break


def stage_meanings(opened: Opened, declared: Declared, vocabulary: Vocabulary) -> Meanings:
    """Return the same of the texts in the column of stages, where the table has a row for each."""
    fields = opened.fields
    place = fields.place(STAGE)
    if place is None or not has_rows_of_stages(fields, vocabulary):
        return {}
    cells = opened.grid.column(place)
    stages = stages_named(cells, declared.stages)
    values = []
    for text, rows in distinct(cells):
        stage = stages.get(text)
        meaning = f"stage {stage}" if stage else ""
        values.append((text if meaning or rows > 1 else described(text), meaning, rows))
    return {fields.header(STAGE): values} if values else {}


def _dates(opened: Opened, declared: Declared, vocabulary: Vocabulary) -> str:
    """Return the line that says how dates are written, as a comment where it is not clear."""
    columns = [
        opened.grid.column(one.place).drop_nulls().unique().to_list()
        for one in opened.fields.columns
        if one.holds in (DATE, AS_AT, "until")
        or one.holds.endswith(".until")
        or vocabulary.find(one.holds)
    ]
    if order := declared.dates or order_of_all(columns):
        return f"dates = {_quoted(order)}"
    return '# dates = "uk"  # or "us": say which number of 03/04/2025 is the day'


def _recorded(opened: Opened, declared: Declared, vocabulary: Vocabulary) -> list[str]:
    """Return the lines that say which events the table speaks of, so that its parts do too."""
    try:
        events = list(declared.recorded) or events_of(
            opened.grid, opened.fields, declared, vocabulary
        )
    except InputError:
        # A cell names no stage; whoever reads the rows says so.
        events = []
    if not events:
        return []
    return [
        "# Without one of these events, a complaint did not have it:",
        "recorded = [",
        *(f"    {_quoted(name)}," for name in events),
        "]",
    ]


def _unsettled(
    grid: Grid, fields: Fields, declared: Declared, vocabulary: Vocabulary
) -> dict[int, str]:
    """Return the columns that a check asks about, each with what to decide.

    Declared as they are read now, they would never be asked about.
    """
    asked = {
        one.place: f'or "{one.holds}.until": is it the day of notice or the new date?'
        for one in fields.columns
        if one.whether and holds_dates(grid.column(one.place))
    }
    by_event = undone_by_event(grid, fields, Names(vocabulary))
    undone = undone_in(grid, fields) if fields.long else by_event.values()
    headers = {one.header for one in undone}
    says = "says that some events did not happen: delete # if that is not what it says"
    asked |= {one.place: says for one in fields.columns if one.header in headers}
    others = others_of_date(fields)
    for one in [*fields.columns_of(DATE), *others] if others else []:
        other = IGNORE if one.holds == DATE else DATE
        asked[one.place] = f'or "{other}": is it the day on which the event happened?'
    for one in answers_of_any_stage(grid, fields, declared, vocabulary):
        asked[one.place] = "does it answer stage 1, or the stage of its row?"
    return asked


def _remark(column: Assigned, likely: Iterable[Likely], asked: str) -> str:
    """Return what to look at in a column, as a comment in TOML."""
    dates = "holds dates" if column.unused else ""
    perhaps = "".join(
        f'or "{one.field}", if {one.provided}' for one in likely if one.header == column.header
    )
    says = "; ".join(filter(None, (asked, dates, perhaps)))
    return f"  # {says}" if says else ""


def _quoted(text: str) -> str:
    """Return a text as TOML writes it: its basic strings are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
