"""The status of each finding of a table, where the gate looks at each."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from timeliness.model.verdict_words import PROBLEMS
from timeliness.results.gate import KEY_FIELDS
from timeliness.results.tally import Tally
from timeliness.run.frames import SUMMED_AS
from timeliness.tables.complaints import Complaints


def settled(frame: pl.DataFrame, complaints: Complaints, tally: Tally) -> pl.DataFrame:
    """Put the status of each finding into the frame, and count it, where the gate looks at each."""
    if not tally.gate.looks_at_keys or not frame.height:
        return frame
    summed_as = frame.select(SUMMED_AS.alias("verdict")).to_series()
    counts = summed_as.is_in(PROBLEMS)
    problems, verdicts = frame.filter(counts), summed_as.filter(counts)
    keys = list(zip(*(problems[name].cast(pl.String) for name in KEY_FIELDS), strict=True))
    tally.gate.meet(keys)
    days = map(date.fromordinal, complaints.as_at[problems["row"]].tolist())
    statuses = [tally.settle(*one) for one in zip(keys, verdicts, days, strict=True)]
    status = np.full(frame.height, "", dtype=object)
    status[counts.to_numpy()] = statuses
    return frame.with_columns(pl.Series("status", status, dtype=pl.String))
