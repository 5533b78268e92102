"""Makes exports of complaints: seeded, with a realistic spread and about a fifth breached.

python benchmarks/exports.py 1000000 /tmp/export.csv
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

Days = NDArray[np.datetime64]

FIRST = np.datetime64("2021-01-04")
AS_AT = date(2026, 3, 31)
TEAMS = ("North", "South", "East", "West", "Repairs", "Leasehold")
CATEGORIES = ("Repairs", "Damp and mould", "Antisocial behaviour", "Staff", "Charges", "Other")
TENURES = ("General needs", "Sheltered", "Shared ownership", "Leasehold")


def generate(count: int, seed: int = 2024) -> pl.DataFrame:
    """Return a wide export of `count` complaints, its dates as real dates."""
    rng = np.random.default_rng(seed)
    never = np.datetime64("NaT", "D")

    def some(share: float) -> NDArray[np.bool_]:
        return rng.random(count) < share

    def after(start: Days, usual: int, spread: float, late: float) -> Days:
        """Return days within `usual` working days, but for a share of `late` that exceed it."""
        within = np.minimum(rng.integers(1, usual + 1, count), rng.integers(1, usual + 1, count))
        beyond = usual + 1 + rng.exponential(spread, count).astype(np.int64)
        steps = np.where(some(late), beyond, within)
        known = ~np.isnat(start)
        begun = np.where(known, start, FIRST)
        days = np.busday_offset(begun, steps, roll="forward")
        return np.where(known, days, never)

    def where(chosen: NDArray[np.bool_], days: Days) -> Days:
        return np.where(chosen, days, never)

    span = int((np.datetime64(AS_AT) - FIRST).astype(int)) - 10
    received = FIRST + rng.integers(0, span, count)
    acknowledged = after(received, 5, 6.0, 0.14)
    answered = after(acknowledged, 10, 9.0, 0.15)
    extended = some(0.12)
    told = where(extended, after(acknowledged, 9, 3.0, 0.1))
    until = where(extended, np.busday_offset(np.where(np.isnat(told), FIRST, told), 10, "forward"))
    answered = np.where(extended, after(until - 12, 10, 7.0, 0.15), answered)
    answered = np.maximum(answered, acknowledged)
    acknowledged = where(~some(0.03), acknowledged)
    answered = where(~some(0.02), answered)
    escalated = where(some(0.14) & ~np.isnat(answered), answered + rng.integers(2, 40, count))
    again = after(escalated, 5, 6.0, 0.14)
    second = after(again, 20, 12.0, 0.15)
    extended_again = some(0.1) & ~np.isnat(escalated)
    told_again = where(extended_again, after(again, 15, 3.0, 0.1))
    until_again = where(
        extended_again,
        np.busday_offset(np.where(np.isnat(told_again), FIRST, told_again), 20, "forward"),
    )
    again = where(~some(0.03), again)
    withdrawn = where(some(0.015), received + rng.integers(1, 30, count))
    last = np.datetime64(AS_AT)
    columns: dict[str, Days] = {
        "Date Received": received,
        "Acknowledged": acknowledged,
        "Stage 1 Extended": told,
        "Stage 1 Extended To": until,
        "Stage 1 Response": answered,
        "Escalation Requested": escalated,
        "Escalation Acknowledged": again,
        "Stage 2 Extended": told_again,
        "Stage 2 Extended To": until_again,
        "Stage 2 Response": second,
        "Withdrawn": withdrawn,
    }
    future = {"Stage 1 Extended To", "Stage 2 Extended To"}
    frame = {"Complaint Ref": [f"CH-{number:07d}" for number in range(1, count + 1)]}
    data: dict[str, object] = dict(frame)
    for name, days in columns.items():
        kept = days if name in future else np.where(days > last, never, days)
        data[name] = pl.Series(name, kept.astype("datetime64[D]")).cast(pl.Date)
    for name, choices in (("Team", TEAMS), ("Category", CATEGORIES), ("Tenure", TENURES)):
        data[name] = pl.Series(name, list(choices)).gather(
            pl.Series(rng.integers(0, len(choices), count))
        )
    return pl.DataFrame(data)


def as_events(wide: pl.DataFrame) -> pl.DataFrame:
    """Return the same complaints with a row for each event, in the order of their days."""
    carried = ("Team", "Category", "Tenure")
    ends = {name for name in wide.columns if name.endswith(" To")}
    names = [name for name in wide.columns[1:] if name not in {*ends, *carried}]
    events = [
        wide.select(
            "Complaint Ref",
            pl.lit(name).alias("Event"),
            pl.col(name).alias("Date"),
            (pl.col(f"{name} To") if f"{name} To" in ends else pl.lit(None)).alias("Until"),
            *carried,
        ).filter(pl.col("Date").is_not_null() | pl.col("Until").is_not_null())
        for name in names
    ]
    return pl.concat(events, how="vertical_relaxed").sort("Date", "Complaint Ref")


def main() -> None:
    count, path = int(sys.argv[1]), Path(sys.argv[2])
    generate(count).write_csv(path)
    print(f"{count:,} complaints in {path}")


if __name__ == "__main__":
    main()
