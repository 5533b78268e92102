"""Tables packed with gzip, and Parquet files: read as any other, or refused with a sentence."""

import gzip
import io
import json
import random
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.helpers.command import Chcheck
from tests.helpers.limited import refused
from tests.helpers.tables import days, judged, read, says
from timeliness.read.config import Config
from timeliness.tables.preview import open_for_columns

CSV = "Ref,Received,Acknowledged,Stage 1 Response\nA1,2025-06-13,2025-06-16,2025-06-20\n"
ROWS = '{"Ref": "A1", "Received": "2025-06-13", "Stage 1 Response": "2025-06-20"}\n'
DAMAGED = (
    "export.csv: the Parquet file cannot be read, because it is damaged or of a kind that is not "
    "known; write it again, or save the table as CSV UTF-8"
)


def parquet(**columns: object) -> bytes:
    made = io.BytesIO()
    pl.DataFrame(columns).write_parquet(made)
    return made.getvalue()


stamp = datetime.fromisoformat

PLAIN = parquet(
    Ref=["A1", "A2"],
    Received=[date(2025, 6, 13), date(2025, 6, 13)],
    Acknowledged=[stamp("2025-06-16T00:00"), stamp("2025-06-16T09:30")],
)


# gzip


@pytest.mark.parametrize("text", [CSV, ROWS, f"[{ROWS}]", CSV.replace(",", ";")])
def test_a_table_that_is_packed(text: str) -> None:
    table = read(gzip.compress(text.encode()))
    assert table.references.to_list() == ["A1"]
    assert days(table, "stage 1 response") == ["2025-06-20"]


def test_what_is_packed_may_be_of_any_kind() -> None:
    assert read(gzip.compress(CSV.encode("utf-16"))).size == 1
    assert read(gzip.compress(PLAIN)).size == 2
    # A file may be packed in several parts, one after the other.
    assert read(gzip.compress(CSV.encode()) + gzip.compress(b"A2,2025-06-13,,\n")).size == 2


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (
            gzip.compress(CSV.encode())[:-9],
            "the gzip file cannot be unpacked, because it is damaged or was cut off; pack it again",
        ),
        (
            b"\x1f\x8b\x08\x00" + bytes(6) + b"\xff\xff\xff\xff",
            "the gzip file cannot be unpacked, because it is damaged or was cut off; pack it again",
        ),
        (gzip.compress(b""), "the file is empty"),
        (
            gzip.compress(gzip.compress(CSV.encode())),
            "this is a gzip file in a gzip file; unpack it and check what is in it",
        ),
        (
            gzip.compress(b"complaint: A1\nevents:\n  - 2025-06-13 complaint received\n"),
            "there is no table in this gzip file; unpack it and check what is in it",
        ),
    ],
    # The bytes hold the time, and a name that changes is another test.
    ids=["cut off", "damaged", "empty", "packed twice", "a timeline"],
)
def test_a_gzip_file_that_holds_no_table(data: bytes, what: str) -> None:
    assert says(data) == f"export.csv: {what}"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits there")
def test_a_gzip_file_that_unpacks_to_very_much(tmp_path: Path) -> None:
    (tmp_path / "bomb.csv.gz").write_bytes(
        gzip.compress(CSV.encode() + b"A2,2025-06-13,,\n" * 4_000_000)
    )
    assert refused(tmp_path, "bomb.csv.gz") == (
        "bomb.csv.gz: the gzip file unpacks to more than 20 MB, the most that is read of one of "
        "its size; unpack it and check what is in it\n"
    )


def test_packed_tables_are_found_by_what_they_are(chcheck: Chcheck, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "a.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    (folder / "b.json.gz").write_bytes(gzip.compress(f"[{ROWS}]".replace("A1", "B1").encode()))
    (folder / "c.parquet").write_bytes(PLAIN.replace(b"A1", b"C1").replace(b"A2", b"C2"))
    (folder / "log.gz").write_bytes(gzip.compress(b"nothing to check"))
    (tmp_path / "named").write_bytes(gzip.compress(CSV.replace("A1", "D1").encode()))
    (tmp_path / "data.bin").write_bytes(PLAIN.replace(b"A1", b"E1").replace(b"A2", b"E2"))
    ran = chcheck("all", "named", "data.bin", "--as-at", "2025-06-30", "--output", "json:o.json")
    report = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    found = [one["complaint"] for one in report["complaints"]]
    assert found == ["A1", "B1", "C1", "C2", "D1", "E1", "E2"]
    assert (
        f"{Path('all', 'log.gz')}: skipped, because it is packed with gzip and its name does not "
        "end as a table's does (.csv.gz); unpack it, or name it in the command if it is a table\n"
    ) in ran.err
    assert ran.err.count("skipped") == 1
    # The report names each file with its hash, as it does for every other.
    assert [len(one["sha256"]) for one in report["inputs"]] == [64] * 5


# Parquet


def test_dates_of_parquet_are_read_as_those_of_workbooks_and_json() -> None:
    table = read(
        parquet(
            Ref=["A1", "A2", "A3"],
            Received=[date(2025, 6, 13), None, date(2025, 6, 13)],
            Acknowledged=[stamp("2025-06-16T00:00"), stamp("2025-06-16T09:30"), None],
            # Half past eleven at night in UTC is the next day in London in summer.
            Responded=pl.Series(
                [stamp("2025-06-29T23:30"), None, stamp("2025-06-30T08:00")]
            ).dt.replace_time_zone("UTC"),
            Closed=["24/06/2025", "", None],
        )
    )
    assert days(table, "complaint received") == ["2025-06-13", "", "2025-06-13"]
    assert days(table, "complaint acknowledged") == ["2025-06-16", "2025-06-16", ""]
    assert days(table, "stage 1 response") == ["2025-06-30", "", "2025-06-30"]
    assert days(table, "complaint closed") == ["2025-06-24", "", ""]
    acknowledged = table.events["complaint acknowledged"]
    assert acknowledged.minute is not None
    assert acknowledged.minute.tolist() == [-1, 570, -1]
    assert judged(table)["A1"] == ("met", "in-time")


def test_zones_and_kinds_of_time_stamps() -> None:
    late = stamp("2025-06-29T23:30Z")
    for unit, zone in (("ms", "UTC"), ("us", "America/New_York"), ("ns", "Asia/Tokyo")):
        own = pl.Series([late]).dt.cast_time_unit(unit).dt.convert_time_zone(zone)  # type: ignore[arg-type]
        table = read(parquet(Ref=["A"], Received=own))
        assert days(table, "complaint received") == ["2025-06-30"]


def test_other_values_of_parquet() -> None:
    table = read(
        parquet(
            Ref=[1.0, 2.0, 30_000_000_000.0],
            Received=[date(2025, 6, 13)] * 3,
            Withdrawn=[True, False, None],
            Team=pl.Series(["N", "S", "N"], dtype=pl.Categorical),
            Amount=[1.5, float("nan"), float("inf")],
            Numbers=[[1], [], None],
            Hours=[time(9), None, time(10)],
            Taken=[timedelta(3), None, timedelta(4)],
        )
    )
    assert table.references.to_list() == ["1", "2", "30000000000"]
    assert table.carried["Team"].to_list() == ["N", "S", "N"]
    assert days(table, "complaint withdrawn")[1:] == ["", ""]
    assert table.events["complaint withdrawn"].given.tolist() == [True, False, False]


def test_a_date_that_is_a_list_or_bytes_is_not_read() -> None:
    for value in ([["2025-06-13"]], [b"2025-06-13"]):
        table = read(parquet(Ref=["A"], Received=[date(2025, 6, 13)], Acknowledged=value))
        (unread,) = table.problems[0]
        assert unread.sentence == "the cell contains a list or an object, not one value"


def test_columns_shows_a_parquet_file(chcheck: Chcheck, tmp_path: Path) -> None:
    (tmp_path / "e.parquet").write_bytes(PLAIN)
    ran = chcheck("columns", "e.parquet", "--write", "c.toml")
    assert ran.code == 0
    assert ran.out.startswith("e.parquet: 2 rows, 3 columns, a row for each complaint.")
    assert 'dates = "iso"' in (tmp_path / "c.toml").read_text(encoding="utf-8")
    assert open_for_columns(tmp_path / "e.parquet", Config()).opened.grid.unit == "row"


def test_a_parquet_file_without_rows_or_columns() -> None:
    assert read(parquet(Ref=[], Received=[])).size == 0
    assert says(parquet()) == "export.csv: the file is empty; it has no columns"


@pytest.mark.parametrize("cut", [4, 8, 100, len(PLAIN) - 4])
def test_a_parquet_file_that_is_cut_off(cut: int) -> None:
    assert says(PLAIN[:cut]) == DAMAGED


def test_more_cells_or_columns_than_are_read() -> None:
    rows = pl.Series([date(2025, 6, 13)]).new_from_index(0, 2_000_001)
    assert says(parquet(Ref=rows.cast(pl.String), Received=rows)) == (
        "export.csv: the Parquet file has 2,000,001 rows and 2 columns, more than 4,000,000 cells; "
        "leave out the columns that are not needed, or save the table as CSV UTF-8"
    )
    assert "2,001 columns, more than the 2,000 that are read" in says(
        parquet(**{f"c{number}": [1] for number in range(2_001)})
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits there")
def test_a_parquet_file_that_ends_the_process_that_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # This makes a reader that has no memory left hang.
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    chance = random.Random(7)
    for _ in range(12):
        data = bytearray(PLAIN)
        for _ in range(chance.choice([1, 3, 30])):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
    # Of twelve files with bytes changed at random the last asks for more memory than there is.
    assert says(bytes(data)).startswith("export.csv: the Parquet file cannot be read")
