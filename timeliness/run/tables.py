"""The tables of a run: each is read, judged some rows at a time, and given to the outputs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from threading import Thread

import click
import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.judge.editions import vocabulary_of
from timeliness.model.assumption import Assumption
from timeliness.model.calendars import working_days
from timeliness.model.clean import one_line
from timeliness.model.declared import Declared
from timeliness.model.errors import InputError, Mistake, UsageError
from timeliness.model.report import TableRead
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.library import Loader, NamesIn
from timeliness.read.names import with_others
from timeliness.results.gate import Gate
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Takes, Wanted
from timeliness.run.claims import Bases, bases_of
from timeliness.run.judging import asked_of
from timeliness.run.only import Only
from timeliness.run.outputs import MOST_OBJECTS
from timeliness.run.period import among_rows
from timeliness.run.rows import run_table
from timeliness.run.sources import Source
from timeliness.run.undecided import none_decided, undecidable
from timeliness.tables.assumed import with_assumed
from timeliness.tables.complaints import Complaints
from timeliness.tables.headers import IGNORE, NATION
from timeliness.tables.joining import joined
from timeliness.tables.landlords import read_named, warn_of_age
from timeliness.tables.open import Opened, open_grids, read_complaints

WATCHED = 100_000
"""Of a table with more rows a terminal shows how far the check has come."""


class _Read(Struct, frozen=True):
    """A table that was read: what its columns hold, and its complaints.

    `plain` are the same without what is assumed of them, and `unused` names the columns of dates
    that are not used. `where` says in which file and on which sheet it is, where its
    header ends, and what separates its cells.
    """

    columns: tuple[tuple[str, str], ...]
    complaints: Complaints
    plain: Complaints
    unused: str
    where: tuple[str, str, int, str]


def _recorded_on_any(read: list[_Read]) -> list[_Read]:
    """Return the sheets of a workbook; what one form of row records, the other need not."""
    forms = {one.complaints.rows_of_events for one in read}
    if len(forms) < 2:
        return read
    lacking = set.intersection(*(set(one.complaints.not_recorded) for one in read))

    def settled(complaints: Complaints) -> Complaints:
        names = [name for name in complaints.not_recorded if name in lacking]
        return replace(complaints, not_recorded=names)

    return [replace(one, complaints=settled(one.complaints)) for one in read]


def _nothing(batch: Batch) -> None:
    """Take the findings of some rows that are only counted."""


class Tables:
    """Checks the tables of a run, one after another.

    `look` is shown each table once it is read, with its complaints. `bases` are then the counts by
    which the columns of days taken were read.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        loader: Loader,
        tally: Tally,
        outputs: Takes,
        only: Only | None = None,
        look: Callable[[Opened, Complaints], None] | None = None,
    ) -> None:
        self.sources, self.loader, self.declared = sources, loader, loader.declared
        self.tally, self.outputs, self.only, self.look = tally, outputs, only, look
        self.bases: Bases = {}
        self._unused = Unused(self.declared)

    def check(self) -> None:
        """Check every table. Raises `UsageError` where a format has no room for them."""
        read: list[_Read] = []
        # Bank holidays take as long to work out as a small table to read: that is done meanwhile.
        meanwhile = Thread(target=working_days, args=(self.declared.nation_of(""),))
        meanwhile.start()
        opened, vocabulary = self._opened()
        while opened:
            try:
                read += self._read(*opened.pop(0), vocabulary)
            except InputError as error:
                self.tally.unread += error.mistakes
        meanwhile.join()
        if len(read) > 1:
            carried = dict.fromkeys(name for one in read for name in one.complaints.carried)
            self.outputs.carry(list(carried))
        tables = self._joined([one.complaints for one in read], vocabulary, self.tally)
        if read and self.declared.assumption:
            self._count_without(self.declared.assumption, [one.plain for one in read], vocabulary)
        self.bases = bases_of(tables, self.loader.library)
        for one, complaints in zip(read, tables, strict=True):
            self._note(replace(one, complaints=complaints))
        for complaints in tables:
            before = self.tally.decisions
            self._check(complaints, vocabulary)
            lacks = undecidable(complaints)
            if lacks and none_decided(self.tally.decisions - before):
                self.tally.unread.append(lacks)

    def _joined(
        self, tables: list[Complaints], vocabulary: Vocabulary, tally: Tally
    ) -> list[Complaints]:
        """Return the complaints of tables that are asked for, the rows of each joined to one."""
        only = self.only
        found = joined(tables, vocabulary)
        found = [only.among(one) for one in found] if only else found
        return [among_rows(one, tally) for one in found]

    def _count_without(
        self, assumption: Assumption, plain: list[Complaints], vocabulary: Vocabulary
    ) -> None:
        """Count what the tables come to without what is assumed, for the shares beside it."""
        year = self.tally.year
        without = Tally(
            self.tally.as_at,
            Gate(weights=self.tally.gate.weights),
            year=year.plain if year else None,
            period=copy(self.tally.period),
        )
        self.tally.assumption, self.tally.plain = assumption, without
        library = self.loader.library
        for complaints in self._joined(plain, vocabulary, without):
            run_table(complaints, library, vocabulary, without, _nothing, Wanted())

    def missing(self) -> list[Mistake]:
        """Return each column that is declared and that no table has."""
        source = self.tally.configuration
        return [Mistake(source.path if source else "", 0, says) for says in self._unused.columns()]

    def unused(self, landlords: Iterable[str]) -> list[str]:
        """Return what is declared and no complaint needs; `landlords` are those of timelines."""
        self._unused.meet_landlords(landlords)
        return self._unused.notes()

    def _check(self, complaints: Complaints, vocabulary: Vocabulary) -> None:
        self._check_room(complaints)
        watched = sys.stderr.isatty() and complaints.size > WATCHED

        def progress(done: int, total: int) -> None:
            if watched:
                end = "\n" if done == total else ""
                says = f"\r{one_line(complaints.path)}: {done:,} of {total:,}{end}"
                click.echo(says, err=True, nl=False)

        outputs = self.outputs
        run_table(
            complaints,
            self.loader.library,
            vocabulary,
            self.tally,
            outputs.give,
            Wanted(outputs.findings, outputs.everything, outputs.objects),
            bases=self.bases,
            progress=progress,
        )

    def _check_room(self, complaints: Complaints) -> None:
        """Refuse more complaints than a format holds, before they are judged."""
        total = len(self.outputs.cases) + complaints.size
        if self.outputs.whole and total > MOST_OBJECTS:
            raise UsageError(
                f"{self.outputs.whole} can contain up to {MOST_OBJECTS:,} complaints, and this "
                "run has "
                f"{total:,}; write jsonl or csv instead, which have no limit"
            )

    def _opened(self) -> tuple[list[tuple[Source, list[Opened]]], Vocabulary]:
        """Return the tables of each source, and the events of every rulebook that is known.

        A rulebook that only a cell names may have events that are columns of any of the tables.
        """
        vocabulary = self._vocabulary()
        tables = self._open_all(self.sources, vocabulary)
        for source, several in tables:
            for opened in several:
                read_named(opened.grid, opened.fields, NamesIn(self.loader, source.folder))
        known = self._vocabulary()
        if len(known.kinds) > len(vocabulary.kinds):
            tables = self._open_all([source for source, _ in tables], known)
        return tables, known

    def _vocabulary(self) -> Vocabulary:
        return vocabulary_of(self.loader.library.rulebooks.values())

    def _open_all(
        self, sources: Iterable[Source], vocabulary: Vocabulary
    ) -> list[tuple[Source, list[Opened]]]:
        """Return the tables of each source that can be read, and note what is wrong with others."""
        opened = []
        for source in sources:
            try:
                grids = source.cells(vocabulary, self.declared)
                opened.append((source, open_grids(grids, vocabulary, self.declared)))
            except InputError as error:
                self.tally.unread += error.mistakes
        return opened

    def _read(self, source: Source, tables: list[Opened], vocabulary: Vocabulary) -> list[_Read]:
        """Read the complaints of the tables of a source. Raises `InputError`."""
        read = []
        for opened in tables:
            if self.declared.fixed_nation:
                opened = replace(opened, fields=opened.fields.without(NATION))
            complaints = read_complaints(
                opened,
                vocabulary,
                self.declared,
                NamesIn(self.loader, source.folder),
                self.tally.as_at,
            )
            self._unused.meet(opened, complaints)
            if self.look:
                self.look(opened, complaints)
            columns = tuple((one.header, one.holds) for one in opened.fields.columns if one.header)
            plain = complaints
            if assumption := self.declared.assumption:
                complaints = with_assumed(plain, opened.fields, assumption, vocabulary)
            grid = opened.grid
            where = (source.name, grid.sheet, grid.header_ends, grid.separator)
            read.append(_Read(columns, complaints, plain, opened.fields.unused, where))
        if not self.declared.allow_empty and not any(one.complaints.read for one in read):
            says = "the table has no rows; if that may be, put allow-empty = true in chcheck.toml"
            raise InputError([Mistake(source.name, 0, says)])
        return _recorded_on_any(read)

    def _note(self, read: _Read) -> None:
        """Note what there is to say of how a table was read."""
        tally, complaints = self.tally, read.complaints
        path = complaints.path
        notes = [*complaints.notes]
        if complaints.not_recorded:
            names = ", ".join(complaints.not_recorded)
            notes.append(f"no column for: {names}")
        notes += self._of_others(complaints)
        unused = [read.unused] if read.unused else []
        tally.tables.append(TableRead(path, read.columns, (*notes, *unused), *read.where))
        tally.dates_unused += [f"{path}: {says}" for says in unused]
        tally.notes += [f"{path}: {note}" for note in notes]
        dated = self.declared.day or complaints.dated_rows
        if not dated:
            tally.use_today()
        if not dated and (warning := warn_of_age(complaints.latest_event, tally.as_at)):
            tally.warnings.append(f"{path}: {warning}")

    def _of_others(self, complaints: Complaints) -> Iterator[str]:
        """Yield a note for the events of rulebooks that no complaint of a table asks for."""
        library, rows = self.loader.library, np.arange(complaints.size)
        every = [asked for asked, _ in asked_of(complaints, library, rows)]
        known = vocabulary_of(book for asked in every for book in asked.books)
        for name in complaints.events if every else ():
            if not known.find(name):
                yield with_others(known, every[0], library).elsewhere(name)


class Unused(Struct):
    """The columns and landlords that are declared, less those that were met."""

    declared: Declared
    _headers: set[str] = field(default_factory=set)
    _landlords: set[str] = field(default_factory=set)

    def meet(self, opened: Opened, complaints: Complaints) -> None:
        """Note what one table has."""
        self._headers |= {_plain(header) for header in opened.grid.header}
        self.meet_landlords(complaints.landlords.texts)

    def meet_landlords(self, names: Iterable[str]) -> None:
        """Note landlords of complaints, whichever kind of file they are in."""
        self._landlords |= {name.lower() for name in names}

    def columns(self) -> list[str]:
        """Return what to say of each column that is declared to be used and that no table has."""
        return [
            f'the configuration names the column "{name}" as "{holds}"; no table has it'
            for name, holds in self._absent()
            if holds.strip().lower() != IGNORE
        ]

    def notes(self) -> list[str]:
        """Return a note for each landlord that no complaint has, and each column to ignore."""
        if not self._headers:
            return []
        columns = (name for name, holds in self._absent() if holds.strip().lower() == IGNORE)
        landlords = (
            name for name in self.declared.landlords if name.lower() not in self._landlords
        )
        return [
            *(f'the configuration names the column "{name}"; no table has it' for name in columns),
            *(
                f'the configuration names the landlord "{name}"; no complaint has it'
                for name in landlords
            ),
        ]

    def _absent(self) -> list[tuple[str, str]]:
        """Return the columns that are declared and that no table has, where any was read."""
        declared = self.declared.columns.items()
        return [one for one in declared if self._headers and _plain(one[0]) not in self._headers]


def _plain(header: str) -> str:
    return " ".join(header.lower().split())
