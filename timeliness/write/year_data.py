"""The figures of a year for other programs: JSON, CSV, and the complaints behind them as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from timeliness.judge.columns import Bounds
from timeliness.model.calendars import FAR_FUTURE, FAR_PAST
from timeliness.model.clean import as_json, safe_cell
from timeliness.model.tenures import TENURES
from timeliness.results.tally import Tally
from timeliness.results.year import (
    AT_END,
    Listed,
    YearCount,
)
from timeliness.results.year_figures import (
    Figures,
)
from timeliness.results.year_readings import (
    ANSWERED_IN,
    READINGS,
    Portion,
)
from timeliness.results.year_records import (
    FROM_RECEIPT,
    FROM_START,
    class_of,
    lies_in,
)
from timeliness.results.year_view import (
    Block,
    Moment,
    blocks_of,
    figures_of,
    groups_of,
    has_measures,
    moments_of,
)
from timeliness.version import __version__
from timeliness.write.head import rests_data
from timeliness.write.year_words import headline, notes, year_of

Value = tuple[str, float | None, float | None, int | None, int | None, int | None, int | None]
"""A figure: its name, its least and most, and of a share how many of how many at each end."""

YEAR_FIELDS = (
    *("period", "as_at", "stage", "tenure", "group", "figure", "least", "most"),
    *("least_part", "least_whole", "most_part", "most_whole"),
)
"""The columns of the figures as CSV, in order."""
_ENDS = YEAR_FIELDS.index("least")
"""The first of the columns of what a figure comes to."""


def values_of(one: Figures, *, measures: bool) -> Iterator[Value]:
    """Yield every figure of some complaints."""

    def plain(name: str, value: float | None) -> Value:
        return name, value, value, None, None, None, None

    def share(name: str, worst: Portion, best: Portion) -> Value:
        ends = [part.share for part in (worst, best) if part.share is not None]
        least, most = (min(ends), max(ends)) if ends else (None, None)
        return name, least, most, worst.part, worst.whole, best.part, best.whole

    yield plain("received", one.received)
    yield plain("perhaps-received", one.perhaps)
    yield plain("received-again", one.again)
    for name, number in one.became.items():
        yield plain(name, number)
    for name, number in one.causes.items():
        yield plain(f"undecided-{name}", number)
    acknowledged = one.acknowledged
    yield share("acknowledged-in-time", acknowledged.worst, acknowledged.best)
    yield plain("answered", one.answered)
    for since in (FROM_START, FROM_RECEIPT):
        taken = one.taken(since)
        yield plain(f"days-from-{since}-counted", taken.number if taken else 0)
        for name in ("mean", "median", "nine_in_ten"):
            value = getattr(taken, name) if taken else None
            yield plain(f"days-from-{since}-{name.replace('_', '-')}", value)
    if one.stage == 1:
        yield share("escalated", one.escalated, one.escalated)
    for name, code in (("upheld", 1), ("partly-upheld", 2)):
        yield share(name, one.upheld(code), one.upheld(code))
    if measures:
        for ended in (True, False):
            least, most = one.per_thousand(ended=ended) or (None, None)
            counts = one.number(ended=ended)
            name = f"ch01-{'with' if ended else 'without'}-ended"
            yield name, least, most, counts[0], one.homes, counts[1], one.homes
        for reading in READINGS:
            found = one.share(reading)
            yield share(f"ch02-{reading.key}", found.worst, found.best)


Figured = tuple[Moment, date, int, Block, Sequence[Figures]]
"""As of when figures are, and the day of that; of which stage and block; and them, also without
what is assumed where something is."""


def _blocks(tally: Tally) -> Iterator[Figured]:
    """Yield the figures of every moment, stage and block."""
    year = year_of(tally)
    for moment in moments_of(year, tally.last_day):
        day = moment.period.last if moment.at == AT_END else tally.last_day
        for stage in (1, 2):
            for block in (*blocks_of(year), *groups_of(year)):
                both = [figures_of(one, moment, stage, block) for one in year.both]
                yield moment, day, stage, block, both


def write_year_json(tally: Tally) -> str:
    """Return the figures as JSON, with every reading and how many of how many each is."""
    year = year_of(tally)
    period = year.asked.period
    data = {
        "chcheck": __version__,
        "year": {
            "name": period.name,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
        },
        "as_at": tally.last_day.isoformat(),
        "rests_on": rests_data(tally),
        "homes": {name or "all": number for name, number in year.asked.homes.items()},
        "by": year.asked.by or None,
        "says": headline(tally),
        "notes": list(notes(tally)),
        "readings": {one.key: one.name for one in READINGS},
        "figures": [
            {
                "period": moment.period.name,
                "as_at": day.isoformat(),
                "stage": stage,
                "tenure": _tenure(block),
                "group": block.group,
                **_values_data(both, measures=has_measures(year, block)),
            }
            for moment, day, stage, block, both in _blocks(tally)
        ],
        "unread": [str(one) for one in (*tally.unread, *tally.rejected, *tally.partly)],
        "left_out": [str(one) for one in tally.later],
    }
    return as_json(data, indent=2) + "\n"


def _values_data(both: Sequence[Figures], *, measures: bool) -> dict[str, object]:
    """Return every figure by its name, and those that are others without what is assumed."""
    several = [_by_name(one, measures=measures) for one in both]
    data: dict[str, object] = {name: _value(values) for name, values in several[0].items()}
    if len(several) == 2:
        data["without_assumed"] = {
            name: _value(plain) for name, own, plain in _beside(*several) if plain != own
        }
    return data


_Ends = Sequence[float | None]


def _by_name(one: Figures, *, measures: bool) -> dict[str, _Ends]:
    return {name: values for name, *values in values_of(one, measures=measures)}


def _beside(own: dict[str, _Ends], plain: dict[str, _Ends]) -> Iterator[tuple[str, _Ends, _Ends]]:
    """Yield each figure with the one without what is assumed, 0 where only one of them has it."""
    nothing = (0, 0, None, None, None, None)
    for name in dict.fromkeys((*own, *plain)):
        yield name, own.get(name, nothing), plain.get(name, nothing)


def _tenure(block: Block) -> str | None:
    return None if block.tenure is None else block.tenure or "not known"


def _value(values: Sequence[float | None]) -> object:
    """Return a figure as JSON has it: a number, or the ends of a share or of a rate."""
    least, most, least_part, least_whole, most_part, most_whole = values
    if least_part is None:
        return least
    return {
        "least": {"share": least, "part": least_part, "whole": least_whole},
        "most": {"share": most, "part": most_part, "whole": most_whole},
    }


Typed = str | int | float | date | None
"""A value of a row of figures or of complaints, before it is text."""


def figure_heads(tally: Tally) -> list[str]:
    """Return the heads of the rows of figures."""
    more = [f"{name}_without_assumed" for name in YEAR_FIELDS[_ENDS:]]
    return [*YEAR_FIELDS, *(more if year_of(tally).plain else ())]


def figure_rows(tally: Tally) -> Iterator[list[Typed]]:
    """Yield a row for each figure."""
    year = year_of(tally)
    for moment, day, stage, block, both in _blocks(tally):
        head = (moment.period.name, day, stage, _tenure(block) or "", block.group or "")
        several = [_by_name(one, measures=has_measures(year, block)) for one in both]
        for name, *values in _beside(several[0], several[-1]):
            yield [*head, name, *(value for one in values[: len(several)] for value in one)]


def write_year_csv(tally: Tally) -> str:
    """Return the figures as CSV: a row for each."""
    return _csv(figure_heads(tally), figure_rows(tally))


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Typed]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    for cells in rows:
        writer.writerow(safe_cell(_text(cell)) for cell in cells)
    return text.getvalue()


def _text(cell: Typed) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


ROW_FIELDS = (
    *("period", "as_at", "complaint", "landlord", "path", "line", "stage", "episode", "tenure"),
    *("group", "received_earliest", "received_latest", "due_earliest", "due_latest"),
    *("answered_earliest", "answered_latest", "working_days", "working_days_from_receipt"),
    *("became", "received_in_year"),
)
"""The columns of the complaints behind the figures; one for each reading follows them."""
_BECAME = ROW_FIELDS.index("became")
_PLACES = ("no", "perhaps", "yes")


def case_heads(tally: Tally) -> list[str]:
    """Return the heads of the rows of complaints."""
    counted = ["became", *(one.key for one in READINGS)]
    more = [f"{name}-without-assumed" for name in counted]
    return [*ROW_FIELDS, *counted[1:], *(more if year_of(tally).plain else ())]


def case_rows(tally: Tally) -> Iterator[list[Typed]]:
    """Yield a row for each complaint, stage and moment, in order: how it counts in every reading.

    A reading counts a complaint as 1 (in time), 0 (not in time), nothing (left out), or as each of
    several where nobody can tell.
    """
    year = year_of(tally)
    own, *plain = (_all_rows(one, tally) for one in year.both)
    other = {_order(cells): cells for several in plain for cells in several}
    for cells in sorted(own, key=_order):
        if year.plain:
            without = other.get(_order(cells), [None] * len(cells))
            yield [*cells, without[_BECAME], *without[len(ROW_FIELDS) :]]
        else:
            yield cells


def write_year_rows(tally: Tally) -> str:
    """Return the complaints behind the figures as CSV."""
    return _csv(case_heads(tally), case_rows(tally))


def _all_rows(year: YearCount, tally: Tally) -> Iterator[list[Typed]]:
    """Yield a row for each complaint, stage and moment."""
    names = {code: name for name, code in year.groups.items()}
    wanted = {(one.period, one.at): one for one in moments_of(year_of(tally), tally.last_day)}
    for listed in year.listed:
        moment = wanted.get((listed.period, listed.moment))
        if moment is not None:
            day = moment.period.last if moment.at == AT_END else tally.last_day
            yield from _rows(listed, names, day)


def _order(cells: Sequence[Typed]) -> tuple[object, ...]:
    """Return what rows are sorted by: as of when, and where the complaint stands."""
    period, day, complaint, _, path, line, stage, episode, *_ = cells
    return period, day, path, line, complaint, stage, episode


def _rows(listed: Listed, names: dict[int, str], day: date) -> Iterator[list[Typed]]:
    records = listed.records
    received, answered = lies_in(records, listed.masks, listed.period)
    for place, row in enumerate(records.rows.tolist()):
        complaint, landlord, path, line = listed.who(row)
        mask = int(listed.masks[place])
        ways = [
            one.counted(mask, int(answered[place] if one.base == ANSWERED_IN else received[place]))
            for one in READINGS
        ]
        yield [
            *(listed.period.name, day, complaint, landlord, path, int(line)),
            *(records.stage, int(records.episodes[place])),
            *(TENURES[int(records.tenures[place])], names[int(records.groups[place])]),
            *_ends(records.begun, place),
            *_ends(records.due, place),
            *_ends(records.done, place),
            *(_count(int(days[place])) for days in (records.from_start, records.from_receipt)),
            *(class_of(mask), _PLACES[int(received[place])]),
            *(_ways(one) for one in ways),
        ]


def _ways(ways: set[int | None]) -> Typed:
    """Return how a complaint counts: 1, 0, nothing where it is left out, or 0/1."""
    if len(ways) == 1:
        return next(iter(ways))
    return "/".join("out" if one is None else str(one) for one in sorted(ways, key=str))


def _count(days: int) -> int | None:
    return days if days >= 0 else None


def _ends(bounds: Bounds, place: int) -> list[date | None]:
    ends = (int(bounds.earliest[place]), int(bounds.latest[place]))
    return [date.fromordinal(one) if FAR_PAST < one < FAR_FUTURE else None for one in ends]
