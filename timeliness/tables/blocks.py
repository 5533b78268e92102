"""Findings of many rows as a frame, ready to be written or looked through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from timeliness.calendars import FAR_FUTURE, FAR_PAST, Days
from timeliness.check.measuring import NONE, Measured
from timeliness.check.rows import REASON_NAMES, VERDICT_NAMES
from timeliness.flat import FIELDS, Flat
from timeliness.tables.complaints import Complaints
from timeliness.write.csv import values_of

_EPOCH = date(1970, 1, 1).toordinal()
_NUMBERS = ("line", *(name for name in FIELDS if name.endswith(("_least", "_most"))))
_DAYS = tuple(name for name in FIELDS if name.endswith(("_earliest", "_latest")))
SCHEMA: dict[str, Any] = {
    "row": pl.Int64,
    "order": pl.Int64,
    "title": pl.String,
    **{
        name: pl.Int64 if name in _NUMBERS else pl.Date if name in _DAYS else pl.String
        for name in FIELDS
    },
}
_VERDICTS = [VERDICT_NAMES[code] for code in sorted(VERDICT_NAMES)]
_REASONS = [REASON_NAMES[code] for code in sorted(REASON_NAMES)]


def frame_of(complaints: Complaints, several: Sequence[Measured]) -> pl.DataFrame:
    """Return measured findings as a frame, in the order of the rows and of the rules."""
    if not several:
        return pl.DataFrame(schema=SCHEMA)
    measured = _as_one(several)
    rows = pl.Series(measured.rows)
    common = measured.common
    columns: dict[str, pl.Series] = {
        "row": rows,
        "order": pl.Series(measured.order),
        "title": _texts([one.title for one in common], measured.which),
        "complaint": complaints.references.gather(rows),
        "landlord": _texts(complaints.landlords.texts, complaints.landlords.codes[measured.rows]),
        "path": _texts([complaints.path], measured.which),
        "line": pl.Series(complaints.lines[measured.rows]),
        "standard": _texts([one.standard for one in common], measured.which),
        "rule": _texts([one.rule for one in common], measured.which),
        "rulebook": _texts([one.rulebook for one in common], measured.which),
        "clause": _texts([one.clause for one in common], measured.which),
        "duty": _texts([one.duty for one in common], measured.which),
        "verdict": _texts(_VERDICTS, measured.verdict),
        "reason": _texts(_REASONS, measured.reason),
        "late_unit": _texts([one.unit for one in common], measured.which),
        "status": _texts([""], np.zeros(len(rows), dtype=np.int64)),
    }
    for name, span in (("start", measured.start), ("due", measured.due), ("done", measured.done)):
        columns[f"{name}_earliest"] = _days(span[0])
        columns[f"{name}_latest"] = _days(span[1])
    for name, numbers in (
        ("working_days", measured.working_days),
        ("late_by", measured.late_by),
        ("days_late", measured.days_late),
    ):
        columns[f"{name}_least"] = _whole(numbers[0])
        columns[f"{name}_most"] = _whole(numbers[1])
    return pl.DataFrame([columns[name].alias(name) for name in SCHEMA])


def _as_one(several: Sequence[Measured]) -> Measured:
    """Return findings of several rules as one, sorted: a frame is made once, not for each rule."""
    rows = np.concatenate([one.rows for one in several])
    order = np.concatenate([one.order for one in several])
    places = np.lexsort((order, rows))
    offsets = np.cumsum([0, *(len(one.common) for one in several)])
    which = [one.which + offset for one, offset in zip(several, offsets[:-1], strict=True)]

    def both(name: str) -> tuple[Days, Days]:
        ends = [getattr(one, name) for one in several]
        first = np.concatenate([end[0] for end in ends])[places]
        return first, np.concatenate([end[1] for end in ends])[places]

    return Measured(
        rows=rows[places],
        order=order[places],
        common=tuple(common for one in several for common in one.common),
        which=np.concatenate(which)[places],
        verdict=np.concatenate([one.verdict for one in several])[places],
        reason=np.concatenate([one.reason for one in several])[places],
        start=both("start"),
        due=both("due"),
        done=both("done"),
        working_days=both("working_days"),
        late_by=both("late_by"),
        days_late=both("days_late"),
    )


def _texts(texts: Sequence[str], codes: NDArray[Any]) -> pl.Series:
    """Return one of a few texts for each row."""
    if len(texts) == 1:
        return pl.Series([texts[0]], dtype=pl.String).new_from_index(0, len(codes))
    return pl.Series(list(texts), dtype=pl.String).gather(pl.Series(codes.astype(np.uint32)))


def _days(ordinals: Days) -> pl.Series:
    known = (ordinals > FAR_PAST) & (ordinals < FAR_FUTURE)
    days = pl.Series((ordinals - _EPOCH).astype(np.int32)).cast(pl.Date)
    return days if known.all() else days.set(pl.Series(~known), None)


def _whole(numbers: Days) -> pl.Series:
    series = pl.Series(numbers)
    known = numbers != NONE
    return series if known.all() else series.set(pl.Series(~known), None)


def frame_of_flats(flats: Sequence[tuple[int, int, Flat]]) -> pl.DataFrame:
    """Return flat findings, each with its row and order, as a frame."""
    return pl.DataFrame(
        [(row, order, flat.title, *values_of(flat)) for row, order, flat in flats],
        schema=SCHEMA,
        orient="row",
    )


def joined(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return frames as one, in the order of the rows and of the rules."""
    return pl.concat(list(frames)).sort("row", "order", maintain_order=True)


def flats_in(
    frame: pl.DataFrame, complaints: Complaints, carried: Sequence[str] = ()
) -> Iterator[Flat]:
    """Return the findings of a frame one by one."""
    for row in frame.iter_rows(named=True):
        yield _flat(row, complaints, carried)


def _flat(row: Mapping[str, Any], complaints: Complaints, carried: Sequence[str]) -> Flat:
    def pair(name: str, ends: tuple[str, str]) -> tuple[Any, Any]:
        return row[f"{name}_{ends[0]}"], row[f"{name}_{ends[1]}"]

    days, numbers = ("earliest", "latest"), ("least", "most")
    return Flat(
        complaint=row["complaint"],
        landlord=row["landlord"],
        path=complaints.path,
        line=row["line"],
        standard=row["standard"],
        rule=row["rule"],
        title=row["title"],
        rulebook=row["rulebook"],
        clause=row["clause"],
        duty=row["duty"],
        verdict=row["verdict"],
        reason=row["reason"],
        start=pair("start", days),
        due=pair("due", days),
        done=pair("done", days),
        working_days=pair("working_days", numbers),
        late_by=pair("late_by", numbers),
        days_late=pair("days_late", numbers),
        unit=row["late_unit"],
        status=row["status"],
        carried={name: complaints.carried[name][row["row"]] or "" for name in carried},
    )
