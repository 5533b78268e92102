"""The findings of some rows of a table as objects with their sentences, and as whole complaints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

import numpy as np
import polars as pl
from msgspec import Struct

from timeliness.judge.asides import with_notes
from timeliness.judge.duties.columns import JudgedDuty
from timeliness.judge.findings import Found
from timeliness.judge.judged import JudgedRule
from timeliness.model.findings import Case, Finding, StatementFound
from timeliness.model.timelines import Timeline
from timeliness.results.flat import Flat
from timeliness.results.gate import Gate
from timeliness.run.frames import flats_in
from timeliness.run.judging import Noted
from timeliness.tables.complaints import Complaints


class FoundInRow(Struct, frozen=True):
    """A finding as an object with its sentences: its row, its timeline, and with its status."""

    row: int
    timeline: Timeline
    finding: Finding
    flat: Flat


class Shown(Struct, frozen=True):
    """Makes what is shown of the rows of one table."""

    complaints: Complaints
    gate: Gate

    def findings(
        self,
        frame: pl.DataFrame,
        judged: Sequence[JudgedRule | JudgedDuty],
        cases: Sequence[tuple[int, Case]],
    ) -> Iterator[FoundInRow]:
        """Return the findings of a frame as objects."""
        places: dict[tuple[int, int], tuple[Found | JudgedDuty, int]] = {}
        wanted = set(zip(frame["row"].to_list(), frame["order"].to_list(), strict=True))
        for one in judged:
            own = [
                (place, (row, one.order))
                for place, row in enumerate(one.rows.tolist())
                if (row, one.order) in wanted
            ]
            if isinstance(one, JudgedDuty):
                places |= {key: (one, place) for place, key in own}
            elif own:
                several = Found(one, np.array([place for place, _ in own], dtype=np.int64))
                places |= {key: (several, number) for number, (_, key) in enumerate(own)}
        by_case = dict(cases)
        timeline: Timeline | None = None
        last = -1
        flats = flats_in(frame, self.complaints, tuple(self.complaints.carried))
        for row, order, flat in zip(frame["row"], frame["order"], flats, strict=True):
            if row != last or timeline is None:
                timeline, last = self.complaints.timeline(row), row
            if row in by_case:
                yield FoundInRow(row, timeline, by_case[row].findings[order], flat)
                continue
            found, place = places[row, order]
            day = date.fromordinal(int(self.complaints.as_at[row]))
            if judged_here := found.at(place, timeline, day):
                yield FoundInRow(row, timeline, judged_here, flat)

    def whole(
        self,
        found: Sequence[FoundInRow],
        notes: Mapping[int, tuple[str, ...]],
        cases: Sequence[tuple[int, Case]],
        claimed: Mapping[int, Sequence[StatementFound]],
    ) -> Iterator[Case]:
        """Return complaints with all their findings, and with what the gate says of each."""
        complaints = self.complaints
        stories = {row: case.story for row, case in cases}
        for row, several in groupby(found, lambda one: one.row):
            own = list(several)
            findings = [one.finding for one in own]
            books = tuple({book.id: book for one in findings for book in one.rulebooks}.values())
            case = Case(
                own[0].timeline,
                date.fromordinal(int(complaints.as_at[row])),
                books,
                tuple(findings),
                problems=complaints.problems_of(row),
                notes=notes[row],
                statements=tuple(claimed.get(row, ())),
                carried=complaints.carried_of(row),
                story=stories.get(row, ()),
                ombudsmen=tuple(dict.fromkeys(filter(None, (book.ombudsman for book in books)))),
            )
            if not complaints.objects[row]:
                case = with_notes(case)
            yield self.gate.marked(case, dict(enumerate(one.flat for one in own)))


def notes_by_row(
    noted: Sequence[Noted], cases: Sequence[tuple[int, Case]]
) -> dict[int, tuple[str, ...]]:
    """Return what a reader should know of the rules of each complaint, by its row."""
    return {
        **{row: one.notes(at) for one in noted for at, row in enumerate(one.rows.tolist())},
        **{row: case.notes for row, case in cases},
    }
