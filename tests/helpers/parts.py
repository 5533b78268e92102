"""Tables in memory for tests, and what two results are compared by."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from timeliness import TableResult

ROOT = Path(__file__).parent.parent.parent
SETTINGS = ROOT / "samples" / "export-chcheck.toml"


def sample(name: str) -> pl.DataFrame:
    """Return a sample export with its cells as texts, as a program reads it that knows no more."""
    text = (ROOT / "samples" / f"export-{name}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    header = next(place for place, row in enumerate(rows) if "Complaint Ref" in row)
    return pl.DataFrame(
        [[cell or None for cell in row] for row in rows[header + 1 :]],
        schema=dict.fromkeys(rows[header], pl.String),
        orient="row",
    )


def split(table: pl.DataFrame, parts: int, seed: int, by: Sequence[str] = ()) -> list[pl.DataFrame]:
    """Return the rows of a table in random parts, those that have the same `by` together."""
    chance = random.Random(seed)
    part_of: dict[object, int] = {}
    keys = table.select(by).rows() if by else range(table.height)
    own = [part_of.setdefault(key, chance.randrange(parts)) for key in keys]
    marked = table.with_columns(pl.Series("part", own))
    return [marked.filter(pl.col("part") == part).drop("part") for part in sorted({*own})]


def findings_of(result: TableResult) -> list[tuple[object, ...]]:
    """Return every finding, but for where its row is in its part."""
    rows = result.findings.drop("path", "line").rows()
    return sorted(rows, key=repr)


def figures_of(result: TableResult) -> dict[str, object]:
    """Return everything that a result says, but for where the rows of a part are."""
    return {
        "as_at": result.as_at,
        "complaints": result.complaints,
        "breached": result.breached,
        "undecided": result.undecided,
        "counts": result.counts,
        "rows": result.rows,
        "exit code": result.exit_code,
        "sums": _sorted(result.sums.drop("path", "line")),
        "not examined": result.not_examined.rows(),
        "rejects": _sorted(result.rejects.drop("path", "line")),
        "delays": _sorted(result.delays.drop("path", "line")),
        "left out": sorted(one.says for one in result.left_out),
        "problems": sorted(one.says for one in result.problems),
    }


def _sorted(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    rows: Iterable[tuple[object, ...]] = frame.rows()
    return sorted(rows, key=repr)
