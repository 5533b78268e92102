"""Workbooks made to hang, to end the process or to eat its memory: each is refused in words."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.limited import refused, run_limited
from timeliness.model.errors import InputError
from timeliness.tables.apart import Limits
from timeliness.tables.books import BookApart
from timeliness.tables.packed import is_sound

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no limits there")

WIDE = Path(__file__).parents[2] / "samples" / "export-wide.xlsx"
ODS = Path(__file__).parent / "workbooks" / "formulas.ods"
XLS = Path(__file__).parent / "workbooks" / "formulas.xls"
SHEET = "xl/worksheets/sheet2.xml"
AS_CSV = "save the table as CSV UTF-8"
SAVE_AGAIN = "open it in Excel or LibreOffice and save it again"
TOO_LARGE = (
    "the workbook cannot be read in 400 MB of memory; delete what stands far to the right of the "
    f"table or far below it, or {AS_CSV}"
)


def changed(source: Path, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(source) as plain,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
    ):
        for one in plain.namelist():
            part = plain.read(one)
            packed.writestr(one, change(part) if one == name else part)
    return made.getvalue()


def with_cell(row: int, cell: str) -> bytes:
    stray = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    return changed(WIDE, SHEET, lambda xml: xml.replace(b"</sheetData>", stray))


def told_of(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return refused(folder, name)


@pytest.mark.parametrize(
    ("row", "cell"), [(1_048_576, "XFD1048576"), (20_000, "XFD20000"), (1_048_576, "A1048576")]
)
def test_a_stray_cell_far_away(tmp_path: Path, row: int, cell: str) -> None:
    assert f"stray.xlsx: {TOO_LARGE}\n" in told_of(tmp_path, "stray.xlsx", with_cell(row, cell))


def test_a_stray_cell_that_is_not_far_is_read(tmp_path: Path) -> None:
    (tmp_path / "stray.xlsx").write_bytes(with_cell(100_000, "A100000"))
    ran = run_limited(tmp_path, "stray.xlsx", "--as-at", "2026-03-31")
    # The 500 of the sample, its total, which is no longer the last row, and the stray one.
    assert "Rows: 502 read = 496 checked + 2 checked in part + 4 rejected." in ran.out


def test_more_cells_than_are_read(tmp_path: Path) -> None:
    # 300,000 rows and the 15 columns of the sample are 4,500,000 cells.
    assert (
        'with the sheet "Complaints" of 300,000 rows and 15 columns the workbook has more than '
        f"4,000,000 cells; delete the rows and columns beyond the table, or {AS_CSV}"
    ) in told_of(tmp_path, "stray.xlsx", with_cell(300_000, "A300000"))


def test_an_ods_file_that_does_not_end(tmp_path: Path) -> None:
    data = changed(ODS, "content.xml", lambda xml: xml.replace(b"</table:table>", b""))
    told = told_of(tmp_path, "endless.ods", data)
    assert 'the workbook cannot be read, because its part "content.xml" is damaged on line' in told
    assert SAVE_AGAIN in told


def test_a_reader_that_never_returns_is_ended() -> None:
    data = changed(ODS, "content.xml", lambda xml: xml.replace(b"</table:table>", b""))
    with (
        pytest.raises(InputError) as raised,
        BookApart(data, "e.ods", Limits(400_000_000, 1)) as book,
    ):
        book.columns(0)
    assert str(raised.value) == (
        "e.ods: the workbook cannot be read within 1 second; open it in Excel or LibreOffice and "
        f"{AS_CSV}"
    )


def test_a_run_can_be_stopped_while_a_reader_hangs(tmp_path: Path) -> None:
    data = changed(ODS, "content.xml", lambda xml: xml.replace(b"</table:table>", b""))
    (tmp_path / "e.ods").write_bytes(data)
    code = (
        "from pathlib import Path\n"
        "from timeliness.stopping import stopping_cleanly\n"
        "from timeliness.tables.apart import _READING, Limits\n"
        "from timeliness.tables.books import BookApart\n"
        "from threading import Timer\n"
        "def tell():\n"
        "    print(next(iter(_READING)).pid, flush=True)\n"
        "with stopping_cleanly():\n"
        "    Timer(0.5, tell).start()\n"
        "    book = BookApart(Path('e.ods').read_bytes(), 'e.ods', Limits(400_000_000, 60))\n"
        "    book.columns(0)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout
    reader = int(run.stdout.readline())
    asked = time.monotonic()
    run.send_signal(signal.SIGTERM)
    _, err = run.communicate(timeout=60)
    assert time.monotonic() - asked < 10
    assert (run.returncode, err) == (2, "chcheck: stopped; nothing was written\n")
    for _ in range(100):
        if not _runs(reader):
            break
        time.sleep(0.05)
    assert not _runs(reader)


def _runs(process: int) -> bool:
    """Whether a process is at work: one that ended and is not waited for is not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_an_ods_file_with_thousands_of_false_tables_in_comments(tmp_path: Path) -> None:
    false = b"<!--" + b"<table:table >" * 8_000 + b"-->"
    behind = b"<!--" + b"<table:table >" * 32_000 + b"-->"
    data = changed(
        ODS,
        "content.xml",
        lambda xml: xml.replace(b"</table:table>", false + b"</table:table>", 1).replace(
            b"</office:spreadsheet>", behind + b"</office:spreadsheet>"
        ),
    )
    (tmp_path / "false.ods").write_bytes(data)
    ran = run_limited(tmp_path, "false.ods", "--as-at", "2026-03-31")
    # As without the comments: each row but the one of the rejected reference has a failed formula.
    assert "Rows: 4 read = 1 checked + 2 checked in part + 1 rejected." in ran.out


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return changed(WIDE, SHEET, lambda xml: xml + b" " * 200_000_000)


def test_a_workbook_that_unpacks_to_very_much(tmp_path: Path, bomb: bytes) -> None:
    assert (
        f"the workbook unpacks to more than 150 MB, the most that is read; {AS_CSV}"
    ) in told_of(tmp_path, "bomb.xlsx", bomb)


def test_a_workbook_that_unpacks_to_all_that_is_read(tmp_path: Path) -> None:
    data = changed(WIDE, SHEET, lambda xml: xml + b" " * 149_000_000)
    (tmp_path / "large.xlsx").write_bytes(data)
    ran = run_limited(tmp_path, "large.xlsx", "--as-at", "2026-03-31")
    assert "Rows: 500 read" in ran.out
    assert ran.memory < 500_000_000


def test_a_workbook_that_says_that_it_is_smaller_than_it_is(tmp_path: Path, bomb: bytes) -> None:
    data = bytearray(bomb)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = packed.getinfo(SHEET).file_size.to_bytes(4, "little")
    at = data.index(size, data.index(b"PK\x01\x02"))
    data[at : at + 4] = (1_000).to_bytes(4, "little")
    assert "the workbook unpacks to more than 150 MB" in told_of(tmp_path, "liar.xlsx", bytes(data))


def test_a_damaged_directory_is_told(tmp_path: Path) -> None:
    data = bytearray(WIDE.read_bytes())
    data[data.index(b"PK\x01\x02") + 1] ^= 1
    told = told_of(tmp_path, "damaged.xlsx", bytes(data))
    says = f"the workbook cannot be read, because the file is damaged; {SAVE_AGAIN}"
    assert told == f"damaged.xlsx: {says}\n"
    # The shortest one: a local header, and an end whose numbers are all digits.
    tiny = b"PK\3\4" + b"PK\5\6" + b"00" * 4 + b"\1\0" * 2 + b"\x10\0\0\0" + b"\0" * 6
    assert says in told_of(tmp_path, "tiny.xlsx", tiny)


def test_every_byte_of_the_directory_may_be_wrong() -> None:
    # Of one row: the directory is as long, and each of its hundreds of bytes is tried.
    data = changed(
        WIDE,
        SHEET,
        lambda xml: xml[: xml.index(b"</row>") + 6] + xml[xml.index(b"</sheetData>") :],
    )
    assert is_sound(data, "w.xlsx")
    for place in range(data.index(b"PK\x01\x02"), len(data)):
        wrong = bytearray(data)
        wrong[place] ^= 0x41
        with contextlib.suppress(InputError):
            is_sound(bytes(wrong), "w.xlsx")


def test_a_sheet_that_is_not_well_formed(tmp_path: Path) -> None:
    data = changed(WIDE, SHEET, lambda xml: xml.replace(b"</sheetData>", b""))
    told = told_of(tmp_path, "open.xlsx", data)
    assert f'the workbook cannot be read, because its part "{SHEET}" is damaged on line' in told


def test_a_small_plain_workbook_alone_is_read_without_a_process_of_its_own() -> None:
    assert is_sound(WIDE.read_bytes(), "w.xlsx")
    assert not is_sound(ODS.read_bytes(), "w.ods")
    assert not is_sound(XLS.read_bytes(), "w.xls")
    assert not is_sound(with_cell(1_048_576, "XFD1048576"), "w.xlsx")
    for odd in (b"<!-- -->", b"<![CDATA[ ]]>"):
        data = changed(WIDE, SHEET, lambda xml, odd=odd: xml.replace(b"</row>", odd + b"</row>"))  # type: ignore[misc]
        assert not is_sound(data, "w.xlsx")
    data = changed(WIDE, SHEET, lambda xml: xml.replace(b'<c r="A1"', b"<c", 1))
    assert not is_sound(data, "w.xlsx")


def test_blanks_in_a_formula_are_soon_read(tmp_path: Path) -> None:
    blanks = b'<c r="ZZ3"><f>1</f>' + b" " * 1_000_000 + b"<is/></c></row>"
    data = changed(WIDE, SHEET, lambda xml: xml.replace(b"</row>", blanks, 3))
    (tmp_path / "blanks.xlsx").write_bytes(data)
    ran = run_limited(tmp_path, "blanks.xlsx", "--as-at", "2026-03-31")
    assert "Rows: 500 read" in ran.out
