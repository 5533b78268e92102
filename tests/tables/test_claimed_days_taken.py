"""Days taken as a table claims them, under every count that has a name.

In 2025 the bank holidays of England are 1 January, 18 and 21 April, 5 and 26 May, 25 August, and 25
and 26 December.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from tests.helpers.claims import HOLIDAYS, after, claims_of, has_holiday, is_working, lines_of
from tests.helpers.claims import working_days as several
from tests.helpers.command import Chcheck
from tests.helpers.tables import library, read
from timeliness.judge.cases import check_timelines
from timeliness.model.findings import NOT_CHECKABLE, RIGHT, RIGHT_OTHERWISE, WRONG
from timeliness.model.timelines import Figure, Point, Statement
from timeliness.model.vocabulary import ACKNOWLEDGED, LOGGED, RECEIVED
from timeliness.tables.claim_columns import number_of_days

DAY = date(2025, 12, 31)
HEAD = "Ref,Received,Acknowledged,Stage 1 Response,Days taken\n"
VECTORS = Path(__file__).parent.parent / "vectors" / "working-days.csv"


def passed(start: date, end: date, *, first: bool = False, holidays: Sequence[date]) -> int:
    """Count the working days after one day, up to another, and with `first` the day itself."""
    days = [start + timedelta(n) for n in range(not first, (end - start).days + 1)]
    return sum(is_working(day, holidays) for day in days)


def outcomes(text: str, **settings: object) -> list[str]:
    return [one.outcome for one in claims_of(read(text, **settings))[1]]


def vectors() -> list[tuple[str, str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return [
            (one["start"], one["due"], one["add"])
            for one in csv.DictReader(file)
            if (one["nation"], one["count_from"]) == ("england", "day-after")
            and "2020-07-01" <= one["start"] < "2026-01-01"
        ]


@pytest.mark.parametrize(("start", "end", "number"), vectors())
def test_a_run_over_bank_holidays(start: str, end: str, number: str) -> None:
    # Each vector is a number of working days after a day; the clock runs from its receipt.
    text = f"Ref,Received,Stage 1 Response,Working days taken\nA,{start},{end},{number}\n"
    (total,), (found,) = claims_of(read(text, fixed_as_at=date(2026, 3, 31)))
    assert (found.outcome, total.counted) == (RIGHT, "working days from receipt")
    assert len(vectors()) >= 8


# Every count that has a name ----------------------------------------------------------------------

FIELDS = (("Received", RECEIVED), ("Logged", LOGGED), ("Acknowledged", ACKNOWLEDGED))
STARTS = {RECEIVED: "receipt", LOGGED: "logging", ACKNOWLEDGED: "the acknowledgement"}


def sixty() -> list[tuple[date, date, date, date]]:
    """Return when each of sixty complaints was received, logged, acknowledged and answered.

    They are received on any day of the week, and logged and acknowledged at different distances.
    """
    random, rows = Random(7), []
    for number in range(60):
        received = date(2025, 3, 17) + timedelta(number)
        logged = received + timedelta(random.randint(1, 4))
        acknowledged = logged + timedelta(random.randint(1, 4))
        rows.append(
            (received, logged, acknowledged, acknowledged + timedelta(random.randint(5, 25)))
        )
    return rows


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("unit", ["working days", "calendar days"])
@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("ignored", [False, True])
def test_each_count_is_known_by_its_rows(start: str, unit: str, first: bool, ignored: bool) -> None:
    rows = []
    for number, days in enumerate(sixty()):
        begun = days[[event for _, event in FIELDS].index(start)]
        if unit == "working days":
            taken = passed(begun, days[3], first=first, holidays=() if ignored else HOLIDAYS)
        else:
            taken = (days[3] - begun).days + first
        rows.append(",".join(map(str, (number, *days, taken))))
    head = "Ref,Received,Logged,Acknowledged,Stage 1 Response,Days taken"
    table = read("\n".join([head, *rows]) + "\n", fixed_as_at=DAY)
    (total,) = claims_of(table)[0]
    assert total.counted == f"{unit} from {STARTS[start]}"
    assert total.right + sum(number for _, number in total.otherwise) == 60
    assert not total.wrong
    # Rows in whose run no bank holiday lies, or whose first day is none, fit the plainer count.
    plain = {
        (False, False): "",
        (True, False): "if the first day counts as day 1",
        (False, True): "if bank holidays are ignored",
        (True, True): "if the first day counts as day 1 and bank holidays are ignored",
    }[first, ignored and unit == "working days"]
    assert (dict(total.otherwise).get(plain, 0) > 5) == bool(plain)
    if not plain:
        assert total.right == 60


def tracker() -> str:
    """Return 240 rows: 212 right, 19 that ignore a bank holiday, 9 that count the first day."""
    starts = several(date(2025, 1, 2), 240)
    ends = [after(day, 5 + number % 6) for number, day in enumerate(starts)]
    over = [day for day, end in zip(starts, ends, strict=True) if has_holiday(day, end)][:19]
    plain = [day for day, end in zip(starts, ends, strict=True) if not has_holiday(day, end)][-9:]
    rows = []
    for number, (day, end) in enumerate(zip(starts, ends, strict=True)):
        taken = passed(day, end, first=day in plain, holidays=() if day in over else HOLIDAYS)
        rows.append(f"CH-{number:03},{day},{day},{end},{taken}\n")
    return HEAD + "".join(rows)


def test_a_tracker_is_summed_up() -> None:
    assert lines_of(read(tracker(), fixed_as_at=DAY)) == [
        "Days taken (working days from receipt): right in 212 of 240; 19 ignore a bank holiday, "
        "9 count the first day"
    ]


def test_a_constant_that_is_wrong_goes_by_no_longer() -> None:
    # Eight answers after 11 to 18 working days, and the tracker says 10 for each of them.
    starts = several(date(2025, 6, 2), 8)
    rows = [f"{n},{day},{day},{after(day, 31 + n)},10\n" for n, day in enumerate(starts)]
    assert outcomes(HEAD + "".join(rows), fixed_as_at=DAY) == [WRONG] * 8


# What each row comes to ---------------------------------------------------------------------------


def test_what_a_claim_comes_to_says_why() -> None:
    # After 2 June 2025: the 3rd to the 6th, the 9th to the 13th.
    rows = [
        f"{name},2025-06-02,2025-06-03,2025-06-13,{taken}\n"
        for name, taken in (("A", 9), ("B", 9), ("C", 10), ("D", 11), ("E", 40))
    ]
    found = claims_of(read(HEAD + "".join(rows)))[1]
    assert [one.outcome for one in found] == [RIGHT, RIGHT, RIGHT_OTHERWISE, RIGHT_OTHERWISE, WRONG]
    assert found[2].words == "Days taken: 10 days"
    assert found[2].would_be == "9 working days"
    assert found[2].says == (
        "It is 9 working days from receipt to the stage 1 response. 10 days is right if the first "
        "day counts as day 1."
    )
    assert found[3].readings == ("in calendar days",)
    assert found[4].says == (
        "It is 9 working days from receipt to the stage 1 response. However the days are counted, "
        "it is not 40 days."
    )


@pytest.mark.parametrize(
    "row",
    [
        "A,2025-06-02,2025-06-03,,20",  # not answered
        "A,,,2025-06-13,20",  # neither received nor acknowledged
        "A,2025-06-20,,2025-06-13,20",  # answered before it was received
        "A,2025-06-02,2025-06-03,June 2025,20",
        "A,2025-06-02,2025-06-03,2025-06-13,9.5",
        "A,2025-06-02,2025-06-03,2025-06-13,about 9",
        "A,2025-06-02,2025-06-03,2025-06-13,-9",
    ],
)
def test_what_is_not_known_is_never_wrong(row: str) -> None:
    others = [f"{n},2025-06-02,2025-06-03,2025-06-13,9\n" for n in range(3)]
    assert outcomes(f"{HEAD}{row}\n{''.join(others)}") == [NOT_CHECKABLE, RIGHT, RIGHT, RIGHT]


def test_nothing_taken_is_a_claim_and_a_blank_is_none() -> None:
    rows = ["A,2025-06-02,2025-06-02,2025-06-02,0\n", "B,2025-06-02,2025-06-03,2025-06-13,\n"]
    rows += ["C,2025-06-02,2025-06-03,2025-06-13,n/a\n"]
    assert outcomes(HEAD + "".join(rows)) == [RIGHT]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("10", 10), (" 10.0", 10), ("10 days", 10), ("10 working days", 10), ("10wd", 10)),
        *(("1 day", 1), ("9 cal days", 9), ("0", 0)),
        *(("10.5", None), ("ten", None), ("", None), ("2025-06-02", None), ("10 weeks", None)),
    ],
)
def test_a_number_of_days_in_a_cell(text: str, number: int | None) -> None:
    assert number_of_days(text) == number


def test_a_unit_in_the_name_is_meant() -> None:
    # 11 calendar days, 9 working days: all rows fit calendar days, and the name says working days.
    head = HEAD.replace("Days taken", "Working days taken")
    rows = [f"{n},2025-06-02,2025-06-02,2025-06-13,11\n" for n in range(3)]
    assert lines_of(read(head + "".join(rows))) == [
        "Working days taken (working days from receipt): right in 0 of 3; 3 count calendar days"
    ]
    assert lines_of(read(HEAD + "".join(rows))) == [
        "Days taken (calendar days from receipt): right in 3 of 3"
    ]


@pytest.mark.parametrize(
    ("header", "event", "kind"),
    [
        ("Days taken", "stage 1 response", "days"),
        ("Stage 1 Days", "stage 1 response", "days"),
        ("No. of Days Taken", "stage 1 response", "days"),
        ("Days to respond", "stage 1 response", "days"),
        ("Working days to respond", "stage 1 response", "working_days"),
        ("S1 WD", "stage 1 response", "working_days"),
        ("Response time (days)", "stage 1 response", "days"),
        ("Calendar Days Taken", "stage 1 response", "calendar_days"),
        ("Days to acknowledge", "complaint acknowledged", "days"),
    ],
)
def test_names_of_days_taken(header: str, event: str, kind: str) -> None:
    table = read(f"Ref,Received,Acknowledged,{header}\nA,2025-06-02,2025-06-03,1\n")
    assert [(one.event, one.kind) for one in table.claims] == [(event, kind)]


@pytest.mark.parametrize("header", ["Days", "Working days", "Days open", "Response time", "Day"])
def test_names_that_say_too_little(header: str) -> None:
    assert not read(f"Ref,Received,Acknowledged,{header}\nA,2025-06-02,2025-06-03,1\n").claims


def test_a_column_of_words_is_left_alone() -> None:
    table = read(f"{HEAD}A,2025-06-02,2025-06-03,2025-06-13,ten days\n")
    assert not table.claims
    assert list(table.notes) == ['the column "Days taken" is not used: it holds no number of days']


def test_days_of_an_acknowledgement_and_of_stage_2() -> None:
    # 2 to 4 June is 2 working days; 6 May to 3 June 2025 is 19, without the 26th.
    head = (
        "Ref,Received,Acknowledged,Days to acknowledge,Stage 1 Response,Escalation Requested,"
        "Escalation Acknowledged,Stage 2 Response,Stage 2 Days,Days taken\n"
    )
    text = f"{head}A,2025-04-02,2025-04-04,2,2025-04-14,2025-05-06,2025-05-08,2025-06-03,19,\n"
    table = read(text)
    (found,) = claims_of(table)[1]
    assert (found.about, found.outcome) == ("stage 2 response", RIGHT)
    assert [note.partition(" is not")[0] for note in table.notes] == [
        'the column "Days to acknowledge"',
        'the column "Days taken"',
    ]
    table = read(text, columns={"Days to acknowledge": "complaint acknowledged.days"})
    assert [one.outcome for one in claims_of(table)[1]] == [RIGHT, RIGHT]


def test_a_row_a_stage_takes_its_own_days() -> None:
    head = "Ref,Stage,Date Received,Acknowledged,Date Responded,Days taken\n"
    rows = [
        "A1,Stage 1,2025-04-01,2025-04-02,2025-04-14,9\n",
        "A1,Stage 2,2025-05-06,2025-05-08,2025-06-03,20\n",
    ]
    # 6 May to 3 June 2025 without the 26th: 19 working days; 20 ignoring it or with the 6th.
    found = claims_of(read(head + "".join(rows)))[1]
    assert [(one.about, one.line, one.outcome) for one in found] == [
        ("stage 1 response", 2, RIGHT),
        ("stage 2 response", 3, RIGHT_OTHERWISE),
    ]


def test_the_count_is_found_over_all_the_files_of_a_run(chcheck: Chcheck) -> None:
    # One row of the second file fits calendar days as well as the first day of working days.
    many = "".join(f"{n},2025-06-02,2025-06-02,2025-06-13,9\n" for n in range(3))
    files = {"a.csv": HEAD + many, "b.csv": f"{HEAD}B,2025-06-02,2025-06-02,2025-06-13,11\n"}
    ran = chcheck("a.csv", "b.csv", "--as-at", "2025-06-30", files=files)
    assert (
        "Days taken (working days from receipt): right in 3 of 4; 1 counts calendar days"
        in " ".join(ran.out.split())
    )


def test_rows_come_to_what_the_statement_of_a_timeline_does() -> None:
    """Statements try being late as well, so that one may be right there that is wrong here."""
    random = Random(11)
    rows = []
    for number, (received, logged, acknowledged, answered) in enumerate(sixty() * 3):
        taken = passed(received, answered, holidays=HOLIDAYS) + random.choice((0, 0, 0, 1, 2, 3, 9))
        rows.append(f"{number},{received},{logged},{acknowledged},{answered},{taken}")
    head = "Ref,Received,Logged,Acknowledged,Stage 1 Response,Working days taken"
    table = read("\n".join([head, *rows]) + "\n", fixed_as_at=DAY)
    totals, found = claims_of(table)
    assert totals[0].counted == "working days from receipt"
    timelines = []
    for place, number in enumerate(table.claims[0].values.tolist()):
        statement = Statement(
            words="days",
            states=Figure(number, "working_days"),
            stated=str(number),
            about=Point(event="stage 1 response"),
            start=Point(event=RECEIVED),
        )
        timelines.append(replace(table.timeline(place), statements=(statement,)))
    cases, _ = check_timelines(timelines, library(), DAY)
    seen = set()
    for own, case in zip(found, cases, strict=True):
        said = case.statements[0]
        seen.add(own.outcome)
        assert (own.outcome == RIGHT) == (said.outcome == RIGHT)
        if own.outcome == RIGHT_OTHERWISE:
            assert said.outcome == RIGHT_OTHERWISE
        assert said.would_be == own.would_be
    assert seen == {RIGHT, RIGHT_OTHERWISE, WRONG}


def test_a_start_at_a_weekend() -> None:
    # Received on Saturday 7 June 2025, answered on Friday the 13th: 5 working days after it; 4 if
    # the complaint counts as received on Monday.
    rows = [f"{n},2025-06-02,2025-06-03,2025-06-13,9\n" for n in range(3)]
    text = f"{HEAD}{''.join(rows)}W,2025-06-07,2025-06-09,2025-06-13,4\n"
    assert lines_of(read(text)) == [
        "Days taken (working days from receipt): right in 3 of 4; 1 counts a start at a weekend as "
        "the next working day"
    ]
