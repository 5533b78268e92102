"""A table's columns shown to the person who has to trust them, and one row worked through."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from timeliness.judge.cases import check_timelines
from timeliness.judge.editions import vocabulary_of
from timeliness.model.claims import claim_in
from timeliness.model.dates import When, today
from timeliness.model.declared import Declared
from timeliness.model.errors import InputError, Mistake, UsageError
from timeliness.model.plain import number
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.config import Config
from timeliness.read.library import Loader, NamesIn, load_rulebooks
from timeliness.results.flat import RECORD, flat_of, span_text
from timeliness.tables.assigned import Assigned
from timeliness.tables.assumed import with_assumed
from timeliness.tables.complaints import Complaints
from timeliness.tables.headers import CARRY, COMPLAINT_FIELDS, DATE, EVENT, IGNORE, Names
from timeliness.tables.landlords import read_named
from timeliness.tables.likely_fields import likely_fields
from timeliness.tables.mapping import assign
from timeliness.tables.open import Opened, counted_from_1900, read_complaints, read_grids
from timeliness.tables.personal import described, may_be_shown
from timeliness.tables.proposals import meanings_of, stage_meanings
from timeliness.tables.stages import has_rows_of_stages
from timeliness.tables.unstarted import without_unstarted


class Shown(Struct, frozen=True):
    """A table whose columns are shown, what is wrong with them, and the rulebooks it may use."""

    opened: Opened
    mistakes: tuple[Mistake, ...]
    loader: Loader

    @property
    def events(self) -> Vocabulary:
        """Return the events of every rulebook that is known."""
        return _events(self.loader)


def open_for_columns(path: Path, config: Config) -> Shown:
    """Read a table and what its columns hold. Raises `InputError`."""
    loader = Loader(load_rulebooks(), config.declared)
    shown = _open(path, config.declared, loader)
    known = len(shown.events.kinds)
    read_named(shown.opened.grid, shown.opened.fields, NamesIn(loader, path.parent))
    return shown if len(shown.events.kinds) == known else _open(path, config.declared, loader)


def _open(path: Path, declared: Declared, loader: Loader) -> Shown:
    vocabulary = _events(loader)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f'"{path}" cannot be read: {error.strerror}') from None
    grid = read_grids(data, str(path), vocabulary, declared)[0]
    names = Names(vocabulary)
    try:
        fields = assign(grid, names, declared)
        return Shown(Opened(counted_from_1900(grid, fields, vocabulary), fields), (), loader)
    except InputError as error:
        fields = assign(grid, names, declared, strict=False)
        return Shown(Opened(grid, fields), error.mistakes, loader)


def worked(shown: Shown, path: Path, config: Config) -> str:
    """Return the columns of a table as text, and one row worked through where nothing is wrong."""
    opened, events = shown.opened, shown.events
    grid, fields = opened.grid, opened.fields
    each = "complaint"
    if fields.long or has_rows_of_stages(fields, events):
        each = "event" if fields.long else "stage"
    where = f', sheet "{grid.sheet}"' if grid.sheet else ""
    size = f"{number(grid.frame.height, 'row')}, {number(len(grid.header), 'column')}"
    lines = [f"{path}{where}: {size}, a row for each {each}."]
    lines += [f"  {note}" for note in grid.notes]
    lines += [f"  Configuration: {config.source.path}"] if config.source else []
    lines += [f"  {config.declared.assumption}"] if config.declared.assumption else []
    width = min(max((len(name) for name in grid.header), default=6), 36)
    lines += ["", f"{'COLUMN':{width}}  {'CONTAINS':34}  {'KNOWN BY':11}  FIRST VALUE"]
    for one in fields.columns:
        value = _first_value(opened, one, events)
        holds = "" if one.holds == IGNORE else one.holds
        how = one.how + (", holds dates" if one.unused else "")
        how += ", hidden" if one.place in grid.hidden else ""
        lines.append(f"{one.header[:width] or '(no name)':{width}}  {holds:34}  {how:11}  {value}")
    likely = likely_fields(grid, fields)
    lines += ["", "TO DECLARE UNDER [columns]"] if likely else []
    lines += [f'"{one.header}" = "{one.field}", if {one.provided}' for one in likely]
    lines += _values(opened, config.declared, events)
    lines += [
        "",
        *(["No row can be worked through yet."] if shown.mistakes else _row(shown, path, config)),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _values(opened: Opened, declared: Declared, events: Vocabulary) -> list[str]:
    """Return what the names of events and the statuses of a table are taken for, where few."""
    lines: list[str] = []
    known = stage_meanings(opened, declared, events) | meanings_of(opened, declared, events)
    for header, values in known.items():
        heading = f'IN "{header}"'
        lines += ["", f"{heading:36}  {'TAKEN FOR':28}  ROWS"]
        for text, meaning, rows in values:
            lines.append(f"{text[:36]:36}  {meaning or 'not known':28}  {rows:,}")
    return lines


def _first_value(opened: Opened, column: Assigned, vocabulary: Vocabulary) -> str:
    """Return the first cell of a column that holds a date, a reference or what is carried.

    Any other may hold a name or an address.
    """
    cells = opened.grid.column(column.place).drop_nulls()
    text = " ".join(cells[0].split()) if len(cells) else ""
    if not text:
        return ""
    if column.holds in (*COMPLAINT_FIELDS, CARRY):
        return text[:24]
    if column.holds == EVENT:
        return text[:24] if vocabulary.find(text) else described(text)
    dated = column.holds == DATE or column.holds.endswith("until")
    if dated or claim_in(column.holds) or vocabulary.find(column.holds):
        return text if may_be_shown(text) else described(text)
    return ""


def _row(shown: Shown, path: Path, config: Config) -> list[str]:
    opened, loader, events = shown.opened, shown.loader, shown.events
    day = config.declared.as_at or today()
    try:
        names = NamesIn(loader, path.parent)
        (complaints,) = without_unstarted(
            [read_complaints(opened, events, loader.declared, names, day)]
        )
    except InputError as error:
        return ["The rows cannot be read yet:", *(f"  {one.says}" for one in error.mistakes)]
    except UsageError as error:
        return ["The rows cannot be read yet:", f"  {error}"]
    if assumption := config.declared.assumption:
        complaints = with_assumed(complaints, opened.fields, assumption, events)
    if not complaints.size:
        return ["No row can be checked.", *(f"  {one.says}" for one in complaints.rejected[:5])]
    row = _richest(complaints)
    timeline = complaints.timeline(row)
    line = int(complaints.lines[row])
    lines = [f"{complaints.unit.title()} {line} worked through, complaint {timeline.complaint}:"]
    lines += [f"  {event.name:28}  {_when(event)}" for event in timeline.events]
    cases, mistakes = check_timelines([timeline], loader.library, day)
    lines += [f"  {one.says}" for one in (*complaints.problems_of(row), *mistakes)]
    # A row of dates alone is checked for its clocks and its record.
    whole = bool(complaints.objects[row])
    lines += [
        f"  => {flat_of(case, finding).says()}"
        for case in cases
        for finding in case.findings
        if whole or finding.readings or finding.standard == RECORD
    ]
    return lines


def _when(event: Event) -> str:
    """Return when an event happened, and the new date that an extension gives."""
    if not event.when:
        return "not done"
    told = span_text((event.when.span.earliest, event.when.span.latest)) or "on an unknown day"
    until = event.attributes.get("until")
    if isinstance(until, When) and (new := span_text((until.span.earliest, until.span.latest))):
        told += f", until {new}"
    return told


def _richest(complaints: Complaints) -> int:
    """Return a row among the first in which much is dated."""
    if complaints.rows_of_events:
        return 0
    several = range(min(complaints.size, 200))
    return max(
        several,
        key=lambda row: sum(bool(event.given[row]) for event in complaints.events.values()),
    )


def _events(loader: Loader) -> Vocabulary:
    return vocabulary_of(loader.library.rulebooks.values())
