"""Four bare clocks by hand in polars: no extensions, blanks, editions or policy."""

import sys
from datetime import date

import polars as pl
from holidays import country_holidays

CLOCKS = (
    ("Date Received", "Acknowledged", 5),
    ("Acknowledged", "Stage 1 Response", 10),
    ("Escalation Requested", "Escalation Acknowledged", 5),
    ("Escalation Acknowledged", "Stage 2 Response", 20),
)
DAYS = sorted(country_holidays("GB", subdiv="ENG", years=range(2020, 2028)))

table = pl.read_csv(sys.argv[1], try_parse_dates=True)
day = pl.lit(date(2026, 3, 31))
late = [
    (
        pl.business_day_count(
            pl.col(start) + pl.duration(days=1),
            pl.col(stop).fill_null(day) + pl.duration(days=1),
            holidays=DAYS,
        )
        > limit
    ).alias(f"{start} to {stop}")
    for start, stop, limit in CLOCKS
]
print(table.select(late).sum())
