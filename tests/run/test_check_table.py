"""A table that a program has in memory is checked as the command checks one in a file."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from tests.helpers.command import Chcheck
from tests.helpers.parts import SETTINGS, sample
from tests.helpers.tables import library
from timeliness import InputError, TableResult, UsageError, check_table
from timeliness.results.flat import FIELDS

DAY = date(2025, 6, 30)
# Received on Monday 3 March 2025: to be acknowledged by Monday 10 March, five working days later,
# and answered ten working days after the acknowledgement.
CELLS = {
    "Ref": ["A", "B", "C"],
    "Received": ["2025-03-03", "2025-03-03", "2025-03-03"],
    "Acknowledged": ["2025-03-10", "2025-03-11", None],
    "Team": ["North", None, "South"],
}
DAYS = {
    **CELLS,
    "Received": [date(2025, 3, 3)] * 3,
    "Acknowledged": [date(2025, 3, 10), date(2025, 3, 11), None],
}
ACKNOWLEDGED = {"A": "met", "B": "breach", "C": "breach"}

checked = partial(check_table, rulebooks=library(), as_at=DAY)


def verdicts(result: TableResult, rule: str = "acknowledge-complaint") -> dict[str, str]:
    own = result.findings.filter(pl.col("rule") == rule)
    return dict(own.select("complaint", "verdict").iter_rows())


class Stream:
    """Streams Arrow and has nothing else."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


FORMS: dict[str, Callable[[dict[str, Any]], object]] = {
    "polars": pl.DataFrame,
    "lazy": pl.LazyFrame,
    "pandas": pd.DataFrame,
    "categories": lambda cells: pd.DataFrame(cells).astype({"Ref": "category"}),
    "stream": lambda cells: Stream(pl.DataFrame(cells)),
}


@pytest.mark.parametrize(
    ("form", "cells"), [*((form, DAYS) for form in FORMS), ("polars", CELLS), ("pandas", CELLS)]
)
def test_every_kind_of_table_is_read(form: str, cells: dict[str, Any]) -> None:
    result = checked(FORMS[form](cells))
    assert verdicts(result) == ACKNOWLEDGED
    carried = result.findings.filter(pl.col("rule") == "acknowledge-complaint")
    assert carried["Team"].to_list() == ["North", None, "South"]
    assert carried["as_at"].to_list() == [DAY] * 3
    assert carried["path"].to_list() == ["table"] * 3
    assert carried["line"].to_list() == [1, 2, 3]


def test_values_of_pandas_are_read_as_what_they_are() -> None:
    noon = datetime(2025, 3, 12, 12, tzinfo=UTC)
    table = pd.DataFrame(
        {
            "Ref": [1001.0, 1002.0],
            "Received": pd.Series(["2025-03-03"] * 2, dtype="datetime64[s]"),
            "Notes": [{"a", "set"}, ["a list"]],
            "Acknowledged": [date(2025, 3, 11), "10/03/2025"],
            "Stage 1 response": [noon, pd.NaT],
            "Withdrawn": [None, True],
        }
    )
    result = checked(table, settings={"dates": "uk"})
    assert set(result.findings["complaint"]) == {"1001", "1002"}
    assert verdicts(result) == {"1001": "breach", "1002": "met"}
    # Due on 25 March, ten working days after 11 March; withdrawn on a day that nobody knows.
    assert verdicts(result, "stage-1-response") == {"1001": "met", "1002": "cannot-tell"}


def test_the_findings_are_those_of_the_command(chcheck: Chcheck, tmp_path: Path) -> None:
    table = sample("wide").head(31)
    table.write_csv(tmp_path / "x.csv")
    settings = ("--config", str(SETTINGS), "--rejects", "r.csv")
    ran = chcheck("x.csv", *settings, "--output", "csv:f.csv")
    result = check_table(table, library(), settings=SETTINGS, name="x.csv")
    with (tmp_path / "f.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [*FIELDS, "Team", "Category", "Tenure"]
    assert result.findings.columns == [*FIELDS, "as_at", "Team", "Category", "Tenure"]
    # In the file the header is on the first line.
    own = result.findings.drop("as_at").with_columns(pl.col("line") + 1)
    cells = [["" if cell is None else str(cell) for cell in row] for row in own.iter_rows()]
    assert cells == rows
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        says = [row["says"] for row in csv.DictReader(file)]
    assert result.rejects["says"].to_list() == says
    assert ran.code == result.exit_code == 2
    assert ran.out.splitlines()[0] == result.summary().splitlines()[0]
    assert ran.out.split("VERDICTS")[1].split("LONGEST")[0] in result.summary()


def test_what_it_comes_to() -> None:
    result = checked(pl.DataFrame(CELLS))
    # B and C were not acknowledged by 10 March. Of A nothing says whether it was answered.
    assert (result.complaints, result.breached, result.undecided) == (3, 2, 1)
    assert result.rows == {
        "read": 3,
        "checked": 3,
        "checked in part": 0,
        "rejected": 0,
        "left out": 0,
    }
    assert result.counts["met"] == 1
    assert result.exit_code == 1
    assert result.as_at == DAY
    assert result.problems == result.left_out == result.warnings == ()
    assert result.delays.columns == list(FIELDS)
    assert result.summary().startswith("2 of 3 complaints have breaches (66.7%).")


def test_rows_that_cannot_be_read_are_told() -> None:
    table = pl.DataFrame(
        {
            "Ref": ["A", None, "C", "D"],
            "Received": ["2025-03-03", "2025-03-03", "2025-02-30", "2025-07-01"],
            "Acknowledged": ["2025-03-04", "2025-03-04", "2025-03-04", None],
        }
    )
    result = checked(table)
    assert result.rows == {
        "read": 4,
        "checked": 1,
        "checked in part": 1,
        "rejected": 1,
        "left out": 1,
    }
    assert result.rejects.select("line", "complaint", "what").rows() == [
        (2, "", "rejected"),
        (3, "C", "checked in part"),
    ]
    assert [one.reference for one in result.left_out] == ["D"]
    assert result.exit_code == 2


def test_what_is_kept_of_the_findings() -> None:
    table = pl.DataFrame(CELLS)
    every, problems, none = (checked(table, show=show) for show in ("all", "problems", "nothing"))
    assert set(problems.findings["verdict"]) == {"breach", "cannot-tell"}
    assert problems.findings.height < every.findings.height
    assert none.findings.height == 0
    assert none.findings.columns == [*FIELDS, "as_at"]
    assert every.counts == problems.counts == none.counts
    assert every.exit_code == problems.exit_code == none.exit_code == 1


def test_arguments_override_the_settings() -> None:
    table = pl.DataFrame(CELLS)
    settings = {"policy": "southwark", "as-at": date(2025, 3, 5), "landlord": "Sample Homes"}
    # On 5 March nothing is due by the Code; Luton's policy acknowledges within 3 working days.
    early = check_table(table, library(), settings=settings)
    assert early.as_at == date(2025, 3, 5)
    assert early.exit_code == 0
    assert set(early.findings["landlord"]) == {"Sample Homes"}
    luton = check_table(table, library(), settings=settings, as_at=DAY, policy="luton")
    assert {book for book in luton.findings["rulebook"] if "luton" in book} == {"luton-2022"}
    scotland = checked(table, nation="scotland", code=["spso"])
    assert set(scotland.findings["series"]) == {"spso"}


def test_the_gate_of_the_settings(tmp_path: Path) -> None:
    accepted = {
        "complaint": "B",
        "rule": "acknowledge-complaint",
        "reason": "agreed",
        "approver": "Head",
        "expires": date(2026, 1, 1),
    }
    result = checked(pl.DataFrame(CELLS), settings={"accepted": [accepted]})
    own = result.findings.filter(pl.col("status") != "").select("complaint", "rule", "status")
    assert own.rows() == [
        ("B", "acknowledge-complaint", "accepted until 2026-01-01 by Head: agreed")
    ]
    assert "Accepted: 1 finding." in result.summary()
    floors = checked(
        pl.DataFrame(CELLS).head(1).with_columns(pl.lit("2025-03-12").alias("Stage 1 response")),
        settings={"floors": {"acknowledge-complaint": 1.0}},
    )
    assert floors.exit_code == 0
    with pytest.raises(UsageError, match='there is no rule "nothing"'):
        checked(pl.DataFrame(CELLS), settings={"floors": {"nothing": 1.0}})


def test_a_rule_that_is_off_is_named() -> None:
    settings = {"severity": {"stage-1-response": "off"}}
    result = checked(pl.DataFrame(CELLS), settings=settings)
    assert "stage-1-response" not in result.findings["rule"]
    assert result.notes[-1] == "Not looked at: stage-1-response (off in the configuration)."
    assert "Not looked at: stage-1-response" in result.summary()


def test_a_result_survives_being_sent_elsewhere() -> None:
    result = checked(pl.DataFrame(CELLS))
    again = pickle.loads(pickle.dumps(result))
    assert again.findings.equals(result.findings)
    assert again.summary() == result.summary()


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (
            [1],
            "a table is expected, a polars DataFrame or LazyFrame, a pandas DataFrame, or any "
            "object with the Arrow C stream (__arrow_c_stream__), such as a pyarrow Table or a "
            "DuckDB relation; this is a list",
        ),
        (pl.DataFrame(), "table: the table is empty; it has no columns"),
        (
            pl.DataFrame(CELLS).clear(),
            "table: the table has no rows; if that may be, put allow-empty = true in chcheck.toml",
        ),
        (
            pl.DataFrame({f"c{place}": ["x"] for place in range(2_001)}),
            "table: the table has 2,001 columns, more than the 2,000 that are read; keep the "
            "reference, the dates and what you need of the rest",
        ),
        (
            pl.DataFrame({"Ref": ["A"], "Received": ["03/04/2025"]}),
            'table: column "Received": "03/04/2025" can be read day first or month first, and no '
            "other date in the column settles it; declare it with --dates uk (day first) or "
            '--dates us (month first), or put dates = "uk" in the configuration',
        ),
    ],
    ids=["list", "no columns", "no rows", "columns", "dates"],
)
def test_what_cannot_be_checked_says_why(table: object, says: str) -> None:
    with pytest.raises((InputError, UsageError)) as caught:
        checked(table)
    assert str(caught.value) == says


def test_a_stream_that_is_no_table() -> None:
    class Numbers(Stream):
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pl.Series([1]).__arrow_c_stream__(requested_schema)

    with pytest.raises(InputError, match="t: the Arrow stream is not a table that can be read: "):
        checked(Numbers(pl.DataFrame()), name="t")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"landlrod": "x"}, 'settings: "landlrod" is not a key; did you mean "landlord"?'),
        ({"columns": {1: "x"}}, "settings: 1 is not a key; every key is a text"),
        ({"accepted": [{2: 1}]}, "settings: 2 is not a key; every key is a text"),
        ({"recorded": ("x",)}, "settings: recorded: a list of texts is expected"),
        ("none.toml", "none.toml: the configuration cannot be read: No such file or directory"),
    ],
)
def test_settings_that_cannot_be_read_say_why(settings: Any, says: str) -> None:
    with pytest.raises(InputError) as caught:
        checked(pl.DataFrame(CELLS), settings=settings)
    assert str(caught.value).startswith(says)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeliness.tables.installed.find_spec", lambda name: None)
    with pytest.raises(UsageError) as caught:
        checked(pl.DataFrame(CELLS))
    assert str(caught.value) == (
        "a table is to be checked, and chcheck is installed here without tables; run: "
        'pip install "chcheck[tables]"'
    )


def test_wrong_arguments_say_why() -> None:
    table = pl.DataFrame(CELLS)
    with pytest.raises(UsageError, match='show: "some" is not one of all, problems, nothing'):
        checked(table, show="some")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match='"france" is not a nation'):
        checked(table, nation="france")
    with pytest.raises(UsageError, match='there is no Code "x"; chcheck comes with'):
        checked(table, code="x")


def test_a_table_as_a_whole_may_be_unfit() -> None:
    settings = {"columns": {"Answered": "stage 1 response"}}
    result = checked(pl.DataFrame(CELLS), settings=settings)
    assert [str(one) for one in result.problems] == [
        'settings: the configuration names the column "Answered" as "stage 1 response"; no table '
        "has it"
    ]
    assert result.exit_code == 2
    undecided = checked(pl.DataFrame({"Ref": ["A"], "Received": ["2025-03-03"]}))
    assert [str(one) for one in undecided.problems] == [
        "table: no time limit of any row could be decided: no column holds the acknowledgement of "
        "the complaint or the stage 1 response; `chcheck columns` shows how the table is read"
    ]
    assert undecided.exit_code == 2
