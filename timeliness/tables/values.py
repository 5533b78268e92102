"""Columns of typed values as the texts of cells: a date is 2025-04-03, true is yes."""

from __future__ import annotations

from typing import Any

import polars as pl

from timeliness.tables.formulas import NESTED


def as_texts(values: pl.Series) -> pl.Series:
    """Return values as JSON and workbooks have them: a date as 2025-04-03, yes and no."""
    kind: Any = values.dtype
    if kind == pl.Boolean:
        mapping = {True: "yes", False: "no"}
        values = values.replace_strict(mapping, return_dtype=pl.String)
    elif kind == pl.Date:
        values = values.dt.to_string("%Y-%m-%d")
    elif isinstance(kind, pl.Datetime):
        values = _stamps(values, kind.time_zone)
    elif kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration):
        frame = pl.DataFrame({"cells": values})
        other = pl.when(pl.col("cells").is_not_null()).then(pl.lit(NESTED))
        values = frame.select(other.alias("cells")).to_series()
    elif kind.is_float():
        whole = values.is_finite() & (values == values.round()) & (values.abs() < 1e15)
        frame = pl.DataFrame({"cells": values, "whole": whole})
        plain = pl.col("cells").cast(pl.Int64, strict=False).cast(pl.String)
        texts = pl.when("whole").then(plain).otherwise(pl.col("cells").cast(pl.String))
        values = frame.select(texts.alias("cells")).to_series()
    else:
        values = values.cast(pl.String)
    return values.fill_null("")


def _stamps(values: pl.Series, zone: str | None) -> pl.Series:
    """Return days with their times: midnight without a zone is a day alone."""
    if zone:
        return values.dt.convert_time_zone("UTC").dt.to_string("%Y-%m-%dT%H:%M:%SZ")
    frame = pl.DataFrame({"cells": values})
    cell = pl.col("cells")
    midnight = cell == cell.dt.truncate("1d")
    day, stamp = cell.dt.to_string("%Y-%m-%d"), cell.dt.to_string("%Y-%m-%d %H:%M")
    return frame.select(pl.when(midnight).then(day).otherwise(stamp).alias("cells")).to_series()
