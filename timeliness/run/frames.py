"""Findings of many rows as a frame, looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from timeliness.judge.columns import Bounds, far
from timeliness.judge.duties.columns import FIRST_ORDER
from timeliness.judge.measuring import NONE, Measured
from timeliness.judge.statements.claim_words import OUTCOMES, ClaimsFound, readings_in_words
from timeliness.judge.verdicts import REASON_NAMES, VERDICT_NAMES
from timeliness.model.calendars import DAY, FAR_FUTURE, FAR_PAST, Days
from timeliness.model.claims import DUE
from timeliness.model.sides import Side
from timeliness.model.verdict_words import BREACH, NOT_FOLLOWED
from timeliness.results.flat import CLAIM, FIELDS, Flat, claim_id
from timeliness.tables.complaints import Complaints
from timeliness.write.csv import values_of

_EPOCH = date(1970, 1, 1).toordinal()
_AT_ONCE = 1 << 12
"""Of so many rows the columns that the table carries are taken together."""
_DAY_ENDS, _NUMBER_ENDS = ("earliest", "latest"), ("least", "most")
_NUMBERS = ("line", "episode", *(name for name in FIELDS if name.endswith(("_least", "_most"))))
_DAYS = tuple(name for name in FIELDS if name.endswith(("_earliest", "_latest")))
SCHEMA: dict[str, Any] = {
    "row": pl.Int64,
    "order": pl.Int64,
    "title": pl.String,
    "called": pl.String,
    "is_owed": pl.Boolean,
    **{
        name: pl.Int64 if name in _NUMBERS else pl.Date if name in _DAYS else pl.String
        for name in FIELDS
    },
}
_VERDICTS = [VERDICT_NAMES[code] for code in sorted(VERDICT_NAMES)]
_REASONS = [REASON_NAMES[code] for code in sorted(REASON_NAMES)]
_SHOULD = (pl.col("verdict") == BREACH) & (pl.col("duty") == "should")
SUMMED_AS = pl.when(_SHOULD).then(pl.lit(NOT_FOLLOWED)).otherwise("verdict")
"""The verdict of each finding of a frame as it is summed: `findings.summed_as`, on columns."""
_BLANK = (*("called", "series", "rulebook", "clause", "duty", "late_unit", "status", "provenance"),)
"""The columns of findings that say nothing of a claim."""
_OUTCOMES = [OUTCOMES[code] for code in sorted(OUTCOMES)]
_AFTER_FINDINGS = 2 * FIRST_ORDER
"""The place of the first claim about a complaint: after its findings, time limits and others."""


def frame_of(complaints: Complaints, several: Sequence[Measured]) -> pl.DataFrame:
    """Return measured findings as a frame, in the order of the rows and of the rules."""
    if not several:
        return pl.DataFrame(schema=SCHEMA)
    offsets = np.cumsum([0, *(len(one.common) for one in several)])
    rows = np.concatenate([one.rows for one in several])
    order = np.concatenate([np.full(len(one.rows), one.order, dtype=np.int16) for one in several])
    which = np.concatenate(
        [one.which + offset for one, offset in zip(several, offsets[:-1], strict=True)]
    )
    # The rows of each are in order by themselves, and few rules have as many as 64 before them.
    places = np.argsort(rows * (1 + int(order.max())) + order, kind="stable")
    rows, which = rows.take(places), which.take(places)
    common = [found for one in several for found in one.common]

    def both(name: str) -> Bounds:
        ends = [getattr(one, name) for one in several]
        earliest = np.concatenate([end.earliest for end in ends]).take(places)
        if all(end.exact for end in ends):
            return Bounds(earliest, earliest)
        return Bounds(earliest, np.concatenate([end.latest for end in ends]).take(places))

    def codes(name: str) -> NDArray[np.int8]:
        return np.concatenate([getattr(one, name) for one in several]).take(places)

    columns: dict[str, pl.Series] = {
        "row": pl.Series(rows),
        "order": pl.Series(order.take(places).astype(np.int64)),
        "title": _texts([one.title for one in common], which),
        "is_owed": pl.Series(np.concatenate([one.is_owed for one in several]).take(places)),
        "complaint": complaints.references.gather(pl.Series(rows)),
        "landlord": _texts(complaints.landlords.texts, complaints.landlords.codes.take(rows)),
        "path": _texts([complaints.path], which),
        "line": pl.Series(complaints.lines.take(rows)),
        "called": _texts([one.side.called for one in common], which),
        "standard": _texts([one.side.standard for one in common], which),
        "series": _texts([one.side.series for one in common], which),
        "rule": _texts([one.rule for one in common], which),
        "rulebook": _texts([one.rulebook for one in common], which),
        "clause": _texts([one.clause for one in common], which),
        "duty": _texts([one.duty for one in common], which),
        "verdict": _texts(_VERDICTS, codes("verdict")),
        "reason": _texts(_REASONS, codes("reason")),
        "late_unit": _texts([one.unit for one in common], which),
        "status": _texts([""], which),
        "provenance": _texts([one.provenance for one in common], which),
        "episode": pl.repeat(1, len(rows), dtype=pl.Int64, eager=True),
    }
    for name in ("start", "due", "done"):
        columns |= _pair(name, _DAY_ENDS, both(name), _days)
    for name in ("working_days", "late_by", "days_late"):
        columns |= _pair(name, _NUMBER_ENDS, both(name), _whole)
    return pl.DataFrame([columns[name].alias(name) for name in SCHEMA])


def _one(days: Days) -> Bounds:
    return Bounds(days, days)


def _pair(
    name: str, ends: tuple[str, str], pair: Bounds, column: Callable[[Days], pl.Series]
) -> dict[str, pl.Series]:
    """Return the two columns of a pair, by their names."""
    first = column(pair.earliest)
    return {
        f"{name}_{ends[0]}": first,
        f"{name}_{ends[1]}": first if pair.exact else column(pair.latest),
    }


def _texts(texts: Sequence[str], codes: NDArray[Any]) -> pl.Series:
    """Return one of a few texts for each row."""
    if len(texts) == 1:
        return pl.Series([texts[0]], dtype=pl.String).new_from_index(0, len(codes))
    return pl.Series(list(texts), dtype=pl.String).gather(pl.Series(codes.astype(np.uint32)))


def _days(ordinals: Days) -> pl.Series:
    known = (ordinals > FAR_PAST) & (ordinals < FAR_FUTURE)
    days = pl.Series(ordinals - DAY(_EPOCH)).cast(pl.Date)
    return _only(known, days)


def _whole(numbers: Days) -> pl.Series:
    series = pl.Series(numbers).cast(pl.Int64)
    return _only(numbers != NONE, series)


def _only(known: NDArray[np.bool_], series: pl.Series) -> pl.Series:
    """Return a column with null where nothing is known."""
    if known.all():
        return series
    return series.zip_with(pl.Series(known), pl.Series([None], dtype=series.dtype))


def frame_of_flats(flats: Sequence[tuple[int, int, Flat]]) -> pl.DataFrame:
    """Return flat findings, each with its row and order, as a frame."""
    return pl.DataFrame(
        [
            (row, order, flat.title, flat.side.called, flat.is_owed, *values_of(flat))
            for row, order, flat in flats
        ],
        schema=SCHEMA,
        orient="row",
    )


def frame_of_claims(
    complaints: Complaints, several: Sequence[ClaimsFound], *, everything: bool
) -> pl.DataFrame:
    """Return what became of claims as a frame: of all, or of those that are not right."""
    frames = [pl.DataFrame(schema=SCHEMA)]
    for number, found in enumerate(several):
        main, claims = found.main, found.entries.claims
        kept = np.full(len(claims.rows), True) if everything else main.is_problem
        rows = claims.rows[kept]
        patterns, which = np.unique(main.patterns[kept], return_inverse=True)
        reasons = [readings_in_words(main.labels(one)) for one in patterns.tolist()]
        texts = {
            "title": claims.header,
            "path": claims.path,
            "standard": CLAIM,
            "rule": claim_id(claims.event, claims.kind),
        }
        nothing: Days = np.full(len(kept), NONE, dtype=DAY)
        due = main.truth if claims.kind == DUE else far(len(kept))
        working = found.base is not None and found.base.unit == "working_days"
        taken = np.where(main.known, main.truth, NONE).astype(DAY) if working else nothing
        columns = {
            "row": pl.Series(rows),
            "order": pl.repeat(_AFTER_FINDINGS + number, len(rows), dtype=pl.Int64, eager=True),
            "is_owed": pl.repeat(False, len(rows), dtype=pl.Boolean, eager=True),
            "complaint": complaints.references.gather(pl.Series(rows)),
            "landlord": _texts(complaints.landlords.texts, complaints.landlords.codes.take(rows)),
            "line": pl.Series(claims.lines[kept]),
            "verdict": _texts(_OUTCOMES, main.outcome[kept]),
            "reason": _texts(reasons, which) if len(rows) else pl.Series([], dtype=pl.String),
            **_pair("due", _DAY_ENDS, _one(due[kept]), _days),
            **_pair("done", _DAY_ENDS, _one(found.entries.done[kept]), _days),
            "episode": pl.repeat(1, len(rows), dtype=pl.Int64, eager=True),
            **_pair("working_days", _NUMBER_ENDS, _one(taken[kept]), _whole),
            **{name: _texts([text], rows) for name, text in texts.items()},
        }
        for name in _BLANK:
            columns[name] = _texts([""], rows)
        frames.append(
            pl.DataFrame(columns, schema_overrides=SCHEMA).select(
                pl.col(name) if name in columns else pl.lit(None, dtype=kind).alias(name)
                for name, kind in SCHEMA.items()
            )
        )
    return joined(frames)


def joined(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return frames as one, in the order of the rows and of the rules."""
    return pl.concat(list(frames)).sort("row", "order", maintain_order=True)


def flats_in(
    frame: pl.DataFrame, complaints: Complaints, carried: Sequence[str] = ()
) -> Iterator[Flat]:
    """Return the findings of a frame one by one."""
    for part in frame.iter_slices(_AT_ONCE):
        # Cell by cell it would take many times as long.
        cells = {name: complaints.carried[name].gather(part["row"]).to_list() for name in carried}
        for place, row in enumerate(part.iter_rows(named=True)):
            own = {name: column[place] or "" for name, column in cells.items()}
            yield _flat(row, complaints.path, own)


def _flat(row: Mapping[str, Any], path: str, carried: Mapping[str, str]) -> Flat:
    return Flat(
        complaint=row["complaint"],
        landlord=row["landlord"],
        path=path,
        line=row["line"],
        side=Side(row["standard"], row["series"], row["called"]),
        rule=row["rule"],
        title=row["title"],
        rulebook=row["rulebook"],
        clause=row["clause"],
        duty=row["duty"],
        verdict=row["verdict"],
        reason=row["reason"],
        start=(row["start_earliest"], row["start_latest"]),
        due=(row["due_earliest"], row["due_latest"]),
        done=(row["done_earliest"], row["done_latest"]),
        working_days=(row["working_days_least"], row["working_days_most"]),
        late_by=(row["late_by_least"], row["late_by_most"]),
        days_late=(row["days_late_least"], row["days_late_most"]),
        unit=row["late_unit"],
        status=row["status"],
        episode=row["episode"],
        provenance=row["provenance"],
        is_owed=row["is_owed"],
        carried=carried,
    )
