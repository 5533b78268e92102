"""A sheet to fill in: a row a complaint, a row an event, and what each heading means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.assumption import FACTS
from timeliness.model.covered import ANNOUNCED_UNTIL, FIRST_YEAR
from timeliness.model.keys import COMMON_KEYS, Key
from timeliness.model.plain import capital
from timeliness.model.vocabulary import CLOSED, KINDS, REFUSALS, Kind
from timeliness.read.timeline_keys import TIMELINE_KEYS
from timeliness.tables.headers import COMPLAINT_FIELDS, POLICY

COMPLAINTS, EXPLAINED, EVENTS = "Complaints", "How to fill this in", "Events"
"""The three sheets of the workbook."""

_ENDS = ("complaint withdrawn", *REFUSALS, CLOSED)
_OF_AN_EVENT = {
    "Extension": ("stage 1 extended", None),
    "Response": ("stage 1 response", ("outcome",)),
    "Order": ("order", ("within", "due")),
}
"""The keys that a row of an event may have: those of an event, under the name of its heading."""

_MOST_ROWS = 5_000
"""In so many rows a cell offers its list."""

_DAY = "d mmm yyyy"
_ANY_DAY = (
    "Write a day, such as 3 Apr 2025. You can also write a month, a range such as "
    "2025-04-03/2025-04-07, or yes if it was done and nobody knows when."
)


class Heading(Struct, frozen=True):
    """A heading of a sheet, what to write below it, and how: text, date, or one of `choices`."""

    name: str
    says: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


def complaint_headings(policies: Sequence[str]) -> list[Heading]:
    """Return the headings of a row a complaint; `policies` are those to choose from."""
    found = [
        _heading(replace(key, choices=tuple(policies)) if key.name == POLICY else key)
        for key in TIMELINE_KEYS
        if key.name.replace("_", " ") in COMPLAINT_FIELDS
    ]
    for kind in KINDS:
        if (kind.stage in (1, 2) and not kind.internal) or kind.name in _ENDS:
            found += _of_kind(kind)
    return [*found, Heading("Team", "a team, or another group, to sort by")]


def _of_kind(kind: Kind) -> Iterator[Heading]:
    yield Heading(capital(kind.name), kind.says, "date")
    own = {key.name: key for key in kind.keys}
    if "until" in own:
        for name in ("until", *FACTS):
            yield _heading(own[name], f"{capital(kind.name)}: ")


def event_headings(kinds: Sequence[Kind]) -> list[Heading]:
    """Return the headings of a row an event; `kinds` are the events to choose from."""
    common = {key.name: key for key in COMMON_KEYS}
    found = [
        Heading("Complaint", f'the reference, as on the sheet "{COMPLAINTS}"'),
        Heading("Date", common["date"].says, "date"),
        Heading("Event", "what happened", choices=tuple(kind.name for kind in kinds)),
    ]
    known = {kind.name: kind for kind in KINDS}
    for group, (name, wanted) in _OF_AN_EVENT.items():
        own = {key.name: key for key in known[name].keys}
        found += [_heading(own[one], f"{group}: ") for one in wanted or own]
    return [*found, _heading(common["handler"]), _heading(common["evidence"])]


def _heading(key: Key, lead: str = "") -> Heading:
    plain = key.name.replace("_", " ").replace("ombudsman", "Ombudsman")
    name = f"{lead}{plain}" if lead else capital(plain)
    choices = ("yes", "no") if key.kind == "yes-no" else key.choices
    return Heading(name, key.says, "date" if key.kind in ("date", "dates") else "text", choices)


def sheet_csv(policies: Sequence[str]) -> str:
    """Return the headings of a row a complaint as CSV, without any row."""
    text = io.StringIO()
    names = [one.name for one in complaint_headings(policies)]
    csv.writer(text, lineterminator="\n").writerow(names)
    return text.getvalue()


def sheet_workbook(policies: Sequence[str], kinds: Sequence[Kind]) -> bytes:
    """Return the workbook, the same bytes for the same lists."""
    # Nothing else needs it, and it takes as long to import as a small check.
    from xlsxwriter import Workbook

    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"title": "Complaints for chcheck", "created": datetime(2026, 1, 1)})  # noqa: DTZ001
        book.set_size(2400, 1400)
        complaints = book.add_worksheet(COMPLAINTS)
        explained = book.add_worksheet(EXPLAINED)
        events = book.add_worksheet(EVENTS)
        first, second = complaint_headings(policies), event_headings(kinds)
        from_row = _explain(book, explained, first, second, kinds)
        names = f"='{EXPLAINED}'!$A${from_row + 1}:$A${from_row + len(kinds)}"
        _fill(book, complaints, first, names, pages=2)
        _fill(book, events, second, names, pages=1)
    return data.getvalue()


def _fill(book: Any, sheet: Any, headings: Sequence[Heading], names: str, *, pages: int) -> None:
    """Write the head of a sheet, and give each column its form and its list.

    On paper it is so many `pages` wide.
    """
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EFE7F0", "bottom": 2}
    )
    day, text = (
        book.add_format({"num_format": _DAY, "align": "left"}),
        book.add_format({"num_format": "@"}),
    )
    for place, one in enumerate(headings):
        # Beside its widest word a heading has room for a filter.
        longest = max(map(len, (*one.name.split(), *one.choices)))
        width = min(28, max(13, longest + 2))
        sheet.set_column(place, place, width, day if one.kind == "date" else text)
        sheet.write_string(0, place, one.name, head)
        checked = _validation(one, names)
        if checked:
            sheet.data_validation(1, place, _MOST_ROWS, place, checked)
    sheet.set_row(0, 64)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.hide_gridlines(0)
    sheet.fit_to_pages(pages, 0)


def _validation(one: Heading, names: str) -> dict[str, Any] | None:
    """Return the list or the kind of a cell; anything else is asked about, and may be kept."""
    asked = {"error_type": "warning", "error_title": "Is this right?"}
    if one.name == "Event":
        says = f'This is not in the list of events on the sheet "{EXPLAINED}".'
        return {**asked, "validate": "list", "source": names, "error_message": says}
    if one.choices:
        says = "This is not in the list."
        return {
            **asked,
            "validate": "list",
            "source": list(one.choices),
            "error_message": says,
        }
    if one.kind == "date":
        return {
            **asked,
            "validate": "date",
            "criteria": "between",
            "minimum": date(FIRST_YEAR, 1, 1),
            "maximum": ANNOUNCED_UNTIL,
            "error_message": f"This is not a day. {_ANY_DAY}",
        }
    return None


_LINES = (
    f'Fill in the sheet "{COMPLAINTS}": a row for each complaint. Save it, then run: chcheck FILE',
    "Each row needs the reference and the day on which the complaint was received.",
    _ANY_DAY,
    "A blank cell means that it was not done.",
    f'Use the sheet "{EVENTS}" for anything without a column, such as a promise or a second '
    "extension: a row for each event. The reference must be one of the other sheet. If you do not "
    "need it, leave it empty.",
    "You may add columns, move them and leave some out. Keep the headings as they are.",
)


def _explain(
    book: Any,
    sheet: Any,
    first: Sequence[Heading],
    second: Sequence[Heading],
    kinds: Sequence[Kind],
) -> int:
    """Write the sheet that explains, and return the row where the names of the events begin."""
    bold = book.add_format({"bold": True, "font_size": 13})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34, wrap)
    sheet.set_column(1, 1, 70, wrap)
    sheet.write_string(0, 0, EXPLAINED, bold)
    row = 1
    for line in _LINES:
        sheet.merge_range(row, 0, row, 1, line, wrap)
        sheet.set_row(row, 15 * (1 + len(line) // 105))
        row += 1
    for title, lines in (
        (f'What to write on "{COMPLAINTS}"', [(one.name, one.says) for one in first]),
        (f'What to write on "{EVENTS}"', [(one.name, one.says) for one in second]),
        ("The events", [(kind.name, kind.says) for kind in kinds]),
    ):
        sheet.write_string(row + 1, 0, title, bold)
        row += 2
        begins = row
        for name, says in lines:
            sheet.write_string(row, 0, name, wrap)
            sheet.write_string(row, 1, capital(says), wrap)
            row += 1
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return begins
