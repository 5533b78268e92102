"""Tables as people and programs write them."""

import io
import json
from datetime import date, datetime

import pytest
import xlsxwriter

from tests.helpers.tables import days, read, says
from timeliness.tables.epochs import are_epochs

PLAIN = "Ref,Received,Stage 1 Response\nA1,2025-01-06,2025-01-20\nA2,2025-01-07,\n"


# Encodings and separators


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_and_line_ends(mark: str, end: str) -> None:
    table = read(PLAIN.replace(",", mark).replace("\n", end))
    assert table.references.to_list() == ["A1", "A2"]
    assert days(table, "stage 1 response") == ["2025-01-20", ""]
    assert table.lines.tolist() == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    text = "Ref,Received,Team\nA1,2025-01-06,Zoë – North\n"
    assert read(text.encode(encoding)).carried["Team"].to_list() == ["Zoë – North"]


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    assert "neither UTF-8 nor Windows-1252" in says(b"Ref,Received\nA1,2025-01-06\n\x81,x\n")


def test_a_separator_that_excel_declares() -> None:
    table = read("sep=;\nRef;Received\nA1;2025-01-06\n")
    assert table.references.to_list() == ["A1"]
    assert table.lines.tolist() == [3]


def test_quoted_newlines_keep_the_numbers_of_the_lines() -> None:
    table = read('Ref,Note,Received\nA1,"two\nlines",2025-01-06\nA2,"a, b",2025-01-07\n')
    assert table.references.to_list() == ["A1", "A2"]
    assert table.lines.tolist() == [2, 4]


def test_a_row_with_too_many_cells_is_rejected_and_the_others_are_read() -> None:
    table = read("Ref,Received\nA1,2025-01-06\nA2,Smith, 2025-01-07\nA3,2025-01-08\n")
    assert table.references.to_list() == ["A1", "A3"]
    (unread,) = table.rejected
    assert unread.line == 3
    assert unread.sentence.startswith("the row has 3 cells and the header 2")


@pytest.mark.parametrize("quoted", ["", '"A1"', '"A, 1"', '"A ""1"""'])
def test_a_short_row_is_seen_whatever_is_quoted_in_others(quoted: str) -> None:
    table = read(
        "Ref,Received,Acknowledged,Team\n"
        f"{quoted or 'A1'},2025-01-06,2025-01-07,\nA2,2025-01-06\nA3,2025-01-06,2025-01-07,\n"
    )
    assert table.references.to_list()[1:] == ["A2", "A3"]
    assert days(table, "complaint acknowledged") == ["2025-01-07", "", "2025-01-07"]
    assert table.notes == (
        "the row on line 3 has fewer cells than the header; those that are missing at its end were "
        "read as blank",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_quotes_and_blank_cells_at_the_end_of_even_rows(end: str) -> None:
    rows = 'Ref,Received,Note\n"A1",2025-01-06,""\nA2,2025-01-06,"a ""b"", c"\nA3,2025-01-06,\n'
    table = read(rows.replace("\n", end))
    assert table.references.to_list() == ["A1", "A2", "A3"]
    assert table.lines.tolist() == [2, 3, 4]
    assert not table.rejected


def test_lines_that_end_in_a_return_alone() -> None:
    table = read(PLAIN.replace("\n", "\r") + 'A3,"2025-01-\n08",\r')
    assert table.references.to_list() == ["A1", "A2"]
    assert table.lines.tolist() == [2, 3]
    assert [one.line for one in table.rejected] == [4]


@pytest.mark.parametrize("blank", ["   ", '"",""', " , ", '""," "'])
def test_rows_of_spaces_and_empty_quotes_are_blank(blank: str) -> None:
    table = read(f"Ref,Received\nA1,2025-01-06\n{blank}\nA2,2025-01-07\n")
    assert table.references.to_list() == ["A1", "A2"]
    assert (table.read, table.lines.tolist()) == (2, [2, 4])


def test_a_very_long_cell() -> None:
    table = read(f'Ref,Note,Received\nA1,"{"x" * 200_000}\n",2025-01-06\nA2,,2025-01-07\n')
    assert table.references.to_list() == ["A1", "A2"]
    assert table.lines.tolist() == [2, 4]


@pytest.mark.parametrize(
    "text",
    [
        "sep=\t\nRef\tReceived\nA1\t2025-01-06\n",
        "Ref;Received;Summary\nA1;2025-01-06;Leak, damp, mould, noise, cold\n",
        "[OFFICIAL] Complaints,,\nRef,Received,Summary\nA1,2025-01-06,\n",
        "[2025] Complaints\nRef|Received\nA1|2025-01-06\n",
    ],
)
def test_the_top_of_a_file_is_not_mistaken(text: str) -> None:
    table = read(text)
    assert table.references.to_list() == ["A1"]
    assert days(table, "complaint received") == ["2025-01-06"]


def test_a_file_that_was_cut_off_loses_its_last_row_aloud() -> None:
    table = read("Ref,Received,Stage 1 Response\nA1,2025-01-06,2025-01-20\nA2,2025-")
    assert table.references.to_list() == ["A1"]
    assert [one.line for one in table.rejected] == [3]
    assert table.read == 2


def test_an_empty_file_and_one_with_a_header_alone() -> None:
    assert says("") == "export.csv: the file is empty"
    assert says(" \n\n") == "export.csv: the file is empty"
    assert read("Ref,Received\n").size == 0


# Rows above and below


def test_a_title_above_and_a_total_below_are_left_out_and_told() -> None:
    table = read(
        "Complaints 2025,,\n,,\nRef,Received,Stage 1 Response\nA1,2025-01-06,2025-01-20\nTotal,,1\n"
    )
    assert table.references.to_list() == ["A1"]
    assert table.lines.tolist() == [4]
    assert list(table.notes) == [
        "2 rows above the header left out",
        "the total on line 5 left out",
    ]


def test_a_reference_that_looks_like_a_total_is_kept_where_the_row_is_dated() -> None:
    assert read("Ref,Received\nTOTAL-7,2025-01-06\n").references.to_list() == ["TOTAL-7"]


H = "Landlord,Ref,Received,Acknowledged\n"


@pytest.mark.parametrize(
    "last",
    [
        "Total Homes Ltd,C2,2025-03-03,",
        "Total,Sum 12,2025-03-03,",
        ",Sum 12,2025-03-03,",
        ",Total,45750,",
        "Average Homes,17,2025-03-03,",
    ],
)
def test_a_complaint_at_the_foot_is_no_total(last: str) -> None:
    # 45750 is a date only beside a reference that has a number in it.
    table = read(f"{H}Homes,C1,2025-03-03,\n{last}\n")
    assert table.size == (1 if last == ",Total,45750," else 2)


@pytest.mark.parametrize("last", ["Homes,CAS 002,,", ",CAS 002,,", "Total Homes,1001,,"])
def test_a_row_without_a_date_at_the_foot_is_rejected_and_no_remark(last: str) -> None:
    table = read(f"{H}Homes,C1,2025-03-03,\n{last}\n")
    assert [one.line for one in table.rejected] == [3]
    assert not table.notes


@pytest.mark.parametrize(
    ("last", "what"),
    [
        ("Total,,12,10", "total"),
        ("Total,15,12,10", "total"),
        (",Grand total:,,80%", "total"),
        ("Total,,45750,45001", "total"),
        ("Total,,#REF!,#N/A", "total"),
        ("Exported by CRM,,,", "remark"),
        ("Printed on 31 March 2025,,,", "remark"),
        ("Total rows: 2", "total"),
        ("Exported by CRM", "remark"),
    ],
)
def test_totals_and_remarks_at_the_foot_are_left_out_and_told(last: str, what: str) -> None:
    table = read(f"{H}Homes,C1,2025-03-03,\nHomes,C2,2025-03-03,\n{last}\n")
    assert (table.size, table.read, list(table.rejected)) == (2, 2, [])
    assert list(table.notes) == [f"the {what} on line 4 left out"]


def test_a_line_of_one_text_between_rows_is_rejected() -> None:
    table = read("Ref,Received\nA1,2025-01-06\nExported by CRM\nA2,2025-01-07\n")
    assert table.size == 2
    assert [one.line for one in table.rejected] == [3]


def test_columns_after_merged_groups_belong_to_none() -> None:
    table = read(
        ",Stage 1,,,Stage 2,,,,\n"
        "Ref,Received,Acknowledged,Response,Escalated,Acknowledged,Response,Withdrawn,Team\n"
        "A1,2025-01-06,2025-01-08,2025-01-20,2025-02-03,2025-02-05,2025-02-20,2025-02-21,North\n"
    )
    assert days(table, "escalation requested") == ["2025-02-03"]
    assert days(table, "escalation acknowledged") == ["2025-02-05"]
    assert days(table, "complaint withdrawn") == ["2025-02-21"]
    assert table.carried["Team"].to_list() == ["North"]


def test_a_row_of_data_is_no_header_and_is_not_shown() -> None:
    rows = "20251,complaint received,2025-03-03,Mrs Jane Smith\n"
    told = says(f"Kundennr,What,When,Who\n{rows}{rows}")
    assert 'the columns are "Kundennr", "What", "When", "Who"' in told
    assert says(rows) == (
        "export.csv: none of the first 30 rows is a header, with a name for each column; put one "
        "above the rows"
    )


def test_a_header_of_two_rows_with_merged_cells() -> None:
    table = read(
        ",Stage 1,,,Stage 2,\nRef,Received,Acknowledged,Response,Acknowledged,Response\n"
        "A1,2025-01-06,2025-01-08,2025-01-20,2025-02-03,2025-02-20\n"
    )
    assert days(table, "complaint acknowledged") == ["2025-01-08"]
    assert days(table, "stage 1 response") == ["2025-01-20"]
    assert days(table, "escalation acknowledged") == ["2025-02-03"]
    assert days(table, "stage 2 response") == ["2025-02-20"]


def test_two_hundred_columns() -> None:
    extra = [f"Field {number}" for number in range(200)]
    row = ",".join("x" for _ in extra)
    table = read(f"{','.join(extra)},Ref,Received\n{row},A1,2025-01-06\n")
    assert days(table, "complaint received") == ["2025-01-06"]


# Dates


def test_a_day_past_twelve_settles_the_whole_column() -> None:
    table = read("Ref,Received\nA1,03/04/2025\nA2,13/04/2025\n")
    assert days(table, "complaint received") == ["2025-04-03", "2025-04-13"]


def test_a_column_that_could_be_either_says_how_to_declare_it() -> None:
    assert says("Ref,Received\nA1,03/04/2025\nA2,05/04/2025\n") == (
        'export.csv: column "Received": "03/04/2025" can be read day first or month first, and no '
        "other date in the column settles it; declare it with --dates uk (day first) or --dates "
        'us (month first), or put dates = "uk" in the configuration'
    )


def test_a_column_that_looks_month_first_is_never_guessed() -> None:
    text = "Ref,Received\nA1,03/04/2025\nA2,04/25/2025\n"
    assert '"04/25/2025" in the same column looks month first' in says(text)
    table = read(text, dates="us")
    assert days(table, "complaint received") == ["2025-03-04", "2025-04-25"]


def test_a_month_first_date_among_day_first_ones_is_that_cells_mistake() -> None:
    table = read("Ref,Received,Ack\nA1,25/04/2025,26/04/2025\nA2,04/26/2025,27/04/2025\n")
    assert days(table, "complaint received") == ["2025-04-25", "bad"]
    (unread,) = table.problems[1]
    assert unread.column == "Received"
    assert unread.sentence.startswith('"04/26/2025" has no month 26')


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3 Apr 2025", "2025-04-03"),
        ("3-Apr-25", "2025-04-03"),
        (" 2025-04-03 ", "2025-04-03"),
        ("2025-04-03T09:15:00", "2025-04-03"),
        ("03/04/2025 17:30", "2025-04-03"),
        ("Thursday 3 April 2025", "2025-04-03"),
        ("45750", "2025-04-03"),
        ("45750.5", "2025-04-03"),
        ("2025-04", "2025-04-01/2025-04-30"),
        ("2025-04-03T23:30:00Z", "2025-04-04"),
        ("N/A", ""),
        ("-", ""),
        ("  ", ""),
        ("null", ""),
        ("tbc", "bad"),
        ("2025-02-30", "bad"),
        ("03/04/25", "2025-04-03"),
        ("13/03/25 10:00", "2025-03-13"),
        ("03/04/99", "bad"),
        ("25-04-03", "bad"),
        ("03/Apr/25 9:41 AM", "2025-04-03"),
        ("Thu Apr 03 09:14:00 2025", "2025-04-03"),
        ("Thu Apr  3 09:14:00 2025", "2025-04-03"),
        ("3/Apr/2025", "2025-04-03"),
        ("20250403", "2025-04-03"),
        ("20250431", "bad"),
        ("Apr 3 2025", "2025-04-03"),
        ("April 3rd, 2025", "2025-04-03"),
        ("Thurs 3 2025", "bad"),
        ("2025/04/03", "2025-04-03"),
        ("2025/04/03 10:00", "2025-04-03"),
        ("2025/04/03/05", "bad"),
        ("03/04/2025 9:30 AM", "2025-04-03"),
        ("03/04/2025 13:30 PM", "bad"),
        ("–", ""),
        ("—", ""),
        ("1925-04-03", "bad"),
        ("12345", "bad"),
        ("unknown", "bad"),
    ],
)
def test_cells(cell: str, day: str) -> None:
    # 45750 is 3 April 2025: 45658 was 1 January 2025, and 92 days follow.
    table = read(f'Ref,Received,Ack\nA1,2025-01-02,"{cell}"\n', dates="uk")
    assert days(table, "complaint acknowledged") == [day]


def test_seconds_since_1970_in_a_column_of_them() -> None:
    # 2025-04-03 is day 20,181 of 1970: 55 years of 365 days, 14 leap days and 92 days. 23:30 UTC is
    # half past midnight in London.
    late = 20_181 * 86_400 + 23 * 3600 + 30 * 60
    rows = f"A1,{late},{late}000\nA2,{20_181 * 86_400},\n"
    table = read(f"Ref,Received,Ack\n{rows}")
    assert days(table, "complaint received") == ["2025-04-04", "2025-04-03"]
    assert days(table, "complaint acknowledged") == ["2025-04-04", ""]
    mixed = read(f"Ref,Received,Ack\nA1,2025-04-03,{late}\nA2,2025-04-03,2025-04-03\n")
    assert days(mixed, "complaint acknowledged") == ["bad", "2025-04-03"]


def test_the_first_and_the_last_second_that_a_column_of_them_may_hold() -> None:
    # 1 January 2000 is day 10,957 of 1970 (30 years of 365 days and 7 leap days), and 1 January
    # 2041 is day 25,933 (71 years and 18 leap days).
    first, last = 10_957 * 86_400, 25_933 * 86_400 - 1
    assert are_epochs([str(first), str(last), ""])
    assert not are_epochs([str(first - 1)])
    assert not are_epochs([str(last + 1)])
    assert not are_epochs([""])


def test_serial_numbers_of_a_workbook_that_counts_from_1904() -> None:
    # 3 April 2025 is 45750 from 1900, and 1,462 days less from 1904: 44288.
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Ref", "Received", "Acknowledged", "Stage 1 Response"])
    sheet.write_row(1, 0, ["A1", 44288, 44288.5])
    form = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_datetime(1, 3, date(2025, 4, 17), form)
    book.close()
    table = read(out.getvalue())
    assert days(table, "complaint received") == ["2025-04-03"]
    assert days(table, "complaint acknowledged") == ["2025-04-03"]
    assert days(table, "stage 1 response") == ["2025-04-17"]


def test_a_header_that_is_repeated_is_left_out_and_named() -> None:
    head = "Ref,Received,Team,Team\n"
    table = read(f"{head}A1,2025-04-03,N,S\n{head}A2,2025-05-05,N,S\n{head}A3,2025-06-03,Team,S\n")
    assert table.references.to_list() == ["A1", "A2", "A3"]
    assert (table.read, list(table.rejected), table.lines.tolist()) == (3, [], [2, 4, 6])
    assert list(table.notes) == ["the header again on line 3 and 5 left out"]


def test_many_different_time_stamps_are_read_as_few_are() -> None:
    stamps = [
        f"{1 + number % 28:02d}/03/2025 {number // 60 % 24:02d}:{number % 60:02d}"
        for number in range(24_000)
    ]
    stamps = [f"{stamp}:{place % 60:02d}" for place, stamp in enumerate(stamps)]
    stamps[5], stamps[6], stamps[7] = "tbc", "2025-03-06T23:30:00Z", "07/03/2025 25:00"
    lines = [f"A{place},2025-02-03,{stamp}" for place, stamp in enumerate(stamps)]
    table = read("Ref,Received,Ack\n" + "\n".join(lines) + "\n")
    told = days(table, "complaint acknowledged")
    assert told[:8] == [
        *("2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04", "2025-03-05"),
        *("bad", "2025-03-06", "bad"),
    ]
    minute = table.events["complaint acknowledged"].minute
    assert minute is not None
    assert minute[[0, 61, 6]].tolist() == [0, 61, 23 * 60 + 30]


ODD = {
    "2025-03-06T23:30:00Z": ("2025-03-06", 23 * 60 + 30),
    **dict.fromkeys(
        (
            *("2025-03-06 10:00:75", "45722 10:00", "2025-03 10:00", "N/A 10:00", "tbc"),
            *("07/03/2025 25:00", "2025-03-32 10:00", "unknown 10:00", "2025 10:00"),
        ),
        ("bad", -1),
    ),
    **dict.fromkeys(("N/A", " "), ("", -1)),
    "6-Mar-2025 09:30": ("2025-03-06", 9 * 60 + 30),
    "06/03/2025 9:30 PM": ("2025-03-06", 21 * 60 + 30),
    "06/03/2025 1:30 PM": ("2025-03-06", 13 * 60 + 30),
    "06/03/2025 12:05 am": ("2025-03-06", 5),
    "2025-03-06  10:00": ("2025-03-06", 10 * 60),
    "2025-03": ("2025-03-01/2025-03-31", -1),
}


@pytest.mark.parametrize("others", [3, 24_000])
def test_a_cell_is_read_one_way_however_many_others_there_are(others: int) -> None:
    stamps = [f"13/03/2025 {n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}" for n in range(others)]
    lines = [f"A{place},2025-01-06,{stamp}" for place, stamp in enumerate([*ODD, *stamps])]
    table = read("Ref,Received,Ack\n" + "\n".join(lines) + "\n")
    minute = table.events["complaint acknowledged"].minute
    assert minute is not None
    told = zip(days(table, "complaint acknowledged"), minute.tolist(), strict=True)
    assert dict(zip(ODD, told, strict=False)) == ODD


# Spreadsheets


def workbook(rows: list[list[object]], sheet: str = "Data", hidden: int | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(sheet)
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(place, column, cell)
    if hidden is not None:
        page.set_column(hidden, hidden, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def test_real_dates_and_text_dates_under_a_title() -> None:
    data = workbook(
        [
            ["Complaints", None, None],
            ["Ref", "Received", "Stage 1 Response"],
            ["A1", date(2025, 1, 6), "20/01/2025"],
            [1002, datetime(2025, 1, 7, 18, 5), None],  # noqa: DTZ001
            ["Total", None, 1],
        ]
    )
    table = read(data)
    assert table.references.to_list() == ["A1", "1002"]
    assert days(table, "complaint received") == ["2025-01-06", "2025-01-07"]
    assert days(table, "stage 1 response") == ["2025-01-20", ""]
    assert table.lines.tolist() == [3, 4]
    assert table.unit == "row"


def test_a_sheet_is_named_or_found() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Read me").write(0, 0, "Figures of the year")
    page = book.add_worksheet("Cases")
    page.write_row(0, 0, ["Ref", "Received"])
    page.write_row(1, 0, ["A1", "2025-01-06"])
    book.close()
    assert read(out.getvalue()).references.to_list() == ["A1"]
    assert read(out.getvalue(), sheets=("Cases",)).size == 1
    assert says(out.getvalue(), sheets=("Case",)) == (
        'export.csv: there is no sheet "Case"; the sheets are Read me, Cases'
    )


def test_a_workbook_that_is_none() -> None:
    assert "the workbook cannot be read" in says(b"PK\x03\x04 and nothing")


def test_a_workbook_with_a_password_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    assert says(data + "EncryptedPackage".encode("utf-16-le")) == (
        "export.csv: the workbook is protected by a password; save it without one"
    )


def test_a_page_under_the_name_of_a_workbook_is_not_shown() -> None:
    page = "<html><table><tr><td>Ref</td><td>Mrs Roe</td></tr></table></html>"
    assert says(f"\n{page}") == (
        "export.csv: this is HTML or XML under another name; open it in Excel and save it as .xlsx"
    )


# JSON


def test_json_and_json_lines() -> None:
    rows = [{"Ref": "A1", "Received": "2025-01-06"}, {"Ref": 2, "Received": None, "Ack": "x"}]
    for data, lines in ((json.dumps(rows), [1, 2]), ("\n".join(map(json.dumps, rows)), [1, 2])):
        table = read(data)
        assert table.references.to_list() == ["A1"]
        assert [one.reference for one in table.rejected] == ["2"]
        assert table.lines.tolist() == lines[:1]


def test_json_that_is_broken_is_told_with_its_line() -> None:
    assert "export.csv:2: this is not JSON" in says('{"Ref": "A1"}\n{"Ref": \n')


def test_a_key_that_is_twice_in_one_object_is_refused_and_neither_value_is_taken() -> None:
    first = '{"Ref": "A0", "Received": "2025-01-06"}'
    twice = '{"Ref": "A1", "Response": "2025-03-24", "Response": "2025-01-10"}'
    message = 'the key "Response" is given twice in one object; keep one'
    assert says(twice) == f"export.csv:1: {message}"
    assert says(f"[{first},\n{twice}]") == f"export.csv:2: {message}"


def test_a_cell_that_is_a_list_is_that_cells_mistake_where_it_is_used() -> None:
    table = read(
        '{"Ref":"A1","Received":"2025-01-06","Ack":["2025-01-07"],"Notes":[{"by":"x"}]}\n'
        '{"Ref":{"id":2},"Received":"2025-01-07"}\n'
    )
    assert table.references.to_list() == ["A1"]
    assert days(table, "complaint acknowledged") == ["bad"]
    assert [one.sentence for one in table.problems[0]] == [
        "the cell contains a list or an object, not one value"
    ]
    assert [(one.line, one.column) for one in table.rejected] == [(2, "Ref")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("text", ['[{"Ref":"A1","Team":"Zoë"}]', '{"Ref":"A1","Team":"Zoë"}\n'])
def test_json_in_other_encodings(encoding: str, text: str) -> None:
    text = text.replace("}", ',"Received":"2025-01-06"}')
    assert read(text.encode(encoding)).carried["Team"].to_list() == ["Zoë"]


def test_a_date_without_such_a_month_tells_how_to_declare_month_first() -> None:
    table = read("Ref,Received,Acknowledged\nA,2025-04-01,04/13/2025\n")
    assert [one.sentence for one in table.problems[0]] == [
        '"04/13/2025" has no month 13; if the column is month first, declare it with --dates us'
    ]


def test_the_header_of_another_table_below_stops_the_run() -> None:
    first = "Ref,Received,Acknowledged\nA1,2025-01-06,2025-01-07\n"
    second = "Case ref,Escalation requested,Team\nA1,2025-02-03,\n"
    assert says(f"{first},,\nStage 2,,\n{second}") == (
        'export.csv:5: this is the header of another table, with "Case ref", "Escalation '
        'requested" and "Team"; put each table into a file or on a sheet of its own'
    )
    # A landlord may call a complaint what we call a column.
    assert read(f"{first}REF,2025-01-06,2025-01-07\n").references.to_list() == ["A1", "REF"]
