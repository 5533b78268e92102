"""The results of the parts of a table add up to that of the whole, or say why they do not."""

from __future__ import annotations

import pickle
import tomllib
from datetime import date, timedelta
from functools import partial, reduce
from operator import add
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from msgspec.structs import replace

from tests.helpers.parts import SETTINGS, figures_of, findings_of, sample, split
from tests.helpers.tables import library
from timeliness import TableResult, UsageError, check_table
from timeliness.model.errors import Mistake
from timeliness.results.flat import Flat
from timeliness.results.tally import Tally

DAY = date(2025, 6, 30)
checked = partial(check_table, rulebooks=library(), as_at=DAY)


def assert_same(parts: list[TableResult], whole: TableResult) -> TableResult:
    total = sum(parts)
    assert isinstance(total, TableResult)
    assert figures_of(total) == figures_of(whole)
    assert findings_of(total) == findings_of(whole)
    return total


def table(*rows: str) -> pl.DataFrame:
    """Return lines of cells as a table, the first of them its header."""
    header, *others = (row.split(",") for row in rows)
    cells = [[cell or None for cell in row] for row in others]
    return pl.DataFrame(cells, schema=dict.fromkeys(header, pl.String), orient="row")


# What adds up ----------------------------------------------------------------------------------


SAMPLE = {
    **tomllib.loads(SETTINGS.read_text(encoding="utf-8")),
    "recorded": ["complaint received", "complaint acknowledged", "stage 1 extended",
                 "stage 1 response", "escalation requested", "escalation acknowledged",
                 "stage 2 extended", "stage 2 response"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "rows"), [("wide", 75), ("long", 200)])
def test_the_parts_of_a_sample_export_add_up(name: str, rows: int) -> None:
    export = sample(name).head(rows)
    whole = check_table(export, library(), settings=SAMPLE)
    parts = [
        check_table(part, library(), settings=SAMPLE)
        for part in split(export, 3, 7, ["Complaint Ref"])
    ]
    total = assert_same(parts, whole)
    assert whole.exit_code == 2
    assert whole.rejects.height > 1
    assert "fail the run" in whole.summary()
    for part in ("SHARE IN TIME", "THE RECORD", "THE GATE"):
        mine, theirs = (one.summary().split(part)[1].split("\n\n")[0] for one in (total, whole))
        assert mine == theirs


def test_every_sum_of_a_run_adds_up() -> None:
    """Whatever a run comes to count is counted here too, or this fails."""
    rows = sample("wide").head(24).with_columns(pl.lit("2024-07-01").alias("Stage 1 due date"))
    own = {
        "dates": "uk",
        "floors": {"stage-1-response": 0.9},
        "assume": {
            "extension-letters": ["reason", "in_writing"],
            "approver": "Head",
            "date": date(2025, 1, 1),
        },
    }
    whole, *parts = (checked(one, settings=own) for one in (rows, rows.head(15), rows.tail(9)))
    total = sum(parts)
    assert whole._tally.claims
    assert whole._tally.plain
    for name in Tally.__struct_fields__:
        if name not in ("parts", "partly", "rejected", "tables", "notes", "due", "plain"):
            mine, theirs = (getattr(result._tally, name) for result in (whole, total))
            assert _plain(mine) == _plain(theirs), name
    assert total._tally.due.counts == whole._tally.due.counts
    assert total._tally.due.complaints == whole._tally.due.complaints
    assert total._tally.plain.counts == whole._tally.plain.counts


def _plain(value: Any) -> object:
    """Return a value without the lines in it."""
    if isinstance(value, list):
        return [one.says if isinstance(one, Mistake) else _without_line(one) for one in value]
    return value


def _without_line(one: object) -> object:
    return replace(one, line=0) if isinstance(one, Flat) else one


def test_the_gate_of_the_whole_is_that_of_its_parts(tmp_path: Path) -> None:
    rows = table(
        "Ref,Received,Acknowledged",
        "A,2025-03-03,2025-03-12",
        "B,2025-03-03,2025-03-12",
        "C,2025-03-03,2025-03-04",
        "D,2025-03-03,2025-03-04",
    )
    (tmp_path / "b.csv").write_text(
        "landlord,complaint,standard,series,rule,episode,verdict\n"
        ",A,code,housing-ombudsman,acknowledge-complaint,1,breach\n"
        ",Z,code,housing-ombudsman,acknowledge-complaint,1,breach\n",
        encoding="utf-8",
    )
    accepted = {"complaint": "B", "reason": "agreed", "approver": "Head", "expires": DAY}
    # Two of four were acknowledged within five working days: half are in time.
    for floor, code in ((0.5, 0), (0.51, 1)):
        own = {
            "baseline": str(tmp_path / "b.csv"),
            "accepted": [accepted],
            "floors": {"acknowledge-complaint": floor},
        }
        whole = checked(rows, settings=own)
        parts = [checked(rows[places], settings=own) for places in ([0, 2, 3], [1])]
        total = assert_same(parts, whole)
        assert total.exit_code == code
        # A is known, and Z no longer occurs.
        assert "Baseline: 1 known, 1 no longer occur." in total.summary()
        assert total.summary().split("THE GATE")[1] == whole.summary().split("THE GATE")[1]


def test_a_part_in_which_nothing_can_be_decided_is_decided_in_the_whole() -> None:
    rows = table("Ref,Received,Acknowledged", "A,2025-03-03,", "B,2025-03-03,2025-03-04")
    rows = rows.select("Ref", pl.col("Received").alias("Complaint logged"), "Acknowledged")
    whole = checked(rows)
    assert_same([checked(rows.head(1)), checked(rows.tail(1))], whole)
    lacks = table("Ref,Received,Withdrawn", "A,2025-03-03,", "B,2025-03-03,2025-03-04")
    undecided, decided = checked(lacks.head(1)), checked(lacks.tail(1))
    assert (undecided.exit_code, len(undecided.problems)) == (2, 1)
    assert_same([undecided, decided], checked(lacks))


def test_an_empty_part_adds_nothing() -> None:
    rows = table("Ref,Event,Date", "A,complaint received,2025-03-03")
    own = {"allow-empty": True}
    whole = checked(rows, settings=own)
    empty = checked(rows.clear(), settings=own)
    assert empty.complaints == 0
    assert_same([empty, whole, empty], whole)


def test_what_no_part_needs_of_the_settings_is_said_of_the_whole() -> None:
    rows = table("Ref,Landlord,Received", "A,North,2025-03-03", "B,South,2025-03-03")
    own = {"landlords": {"South": {"policy": "luton"}, "West": {"policy": "luton"}}}
    parts = [checked(rows.head(1), settings=own), checked(rows.tail(1), settings=own)]
    assert sum("South" in note for note in parts[0].notes) == 1
    total = sum(parts)
    assert isinstance(total, TableResult)
    assert [note for note in total.notes if "names the landlord" in note] == [
        'the configuration names the landlord "West"; no complaint has it'
    ]


def test_results_add_up_wherever_they_were_made() -> None:
    rows = table("Ref,Received", "A,2025-03-03", "B,2025-03-03")
    parts = [pickle.loads(pickle.dumps(checked(rows[place]))) for place in range(2)]
    total = reduce(add, parts)
    assert figures_of(total) == figures_of(checked(rows))
    assert total.findings["line"].to_list() == [1] * total.findings.height
    with pytest.raises(TypeError, match="unsupported operand"):
        _ = total + 1


# What does not, and says so --------------------------------------------------------------------

LONG = "Ref,Event,Date"
RECEIVED = "A,complaint received,2025-03-03"
ACKNOWLEDGED, ANSWERED = "A,complaint acknowledged,2025-03-04", "A,stage 1 response,2025-03-05"


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (
            ("Ref,Received", "A,13/04/2025"),
            ("Ref,Received", "B,14/04/2025"),
            'the column "Received" has days such as 03/04/2025, and how they are meant was '
            'settled by the rows of each part alone; give "dates" in the settings ("uk": the day '
            "comes first) and check every part again",
        ),
        (
            ("Ref,Received,Acknowledged", "A,2025-03-03,2025-03-04"),
            ("Ref,Received", "B,2025-03-03"),
            'one part records "complaint acknowledged" and another does not, so a complaint that '
            'lacks such an event means something else in the whole; list in "recorded" in the '
            "settings what the table records for every complaint, and check every part again",
        ),
        (
            (LONG, RECEIVED, ACKNOWLEDGED, ANSWERED),
            (LONG, "B,complaint received,2025-03-03"),
            'one part records "complaint acknowledged" and "stage 1 response" and another does '
            "not, so a complaint that lacks such an event means something else in the whole; list "
            'in "recorded" in the settings what the table records for every complaint, and check '
            "every part again",
        ),
        (
            ("Ref,Received,Responded", "A,2025-03-03,2025-03-10"),
            ("Ref,Received,Responded", *(f"B{place},2025-03-03,9{place}" for place in range(4))),
            'the column "Responded" was read as nothing in one part and as "stage 1 response" in '
            'another; say in "columns" in the settings what it contains, or "ignore", and check '
            "every part again",
        ),
        (
            ("Ref,Received,Withdrawn", "A,2025-03-03,2025-03-10"),
            ("Ref,Received,Withdrawn", "B,2025-03-03,yes"),
            'the column "Withdrawn" has dates in one part and yes or no in another, which means '
            "something else in the whole; check the table as a whole",
        ),
        (
            ("Ref,Received,Responded", "A,2025-03-03,91"),
            ("Ref,Received,Responded", "B,2025-03-03,92"),
            'the column "Responded" holds no date in any part, and is read as "stage 1 response" '
            'in each for having few cells there; say in "columns" in the settings what it '
            'contains, or "ignore", and check every part again',
        ),
        (
            ("Ref,Received,Acknowledged", "A,2025-03-03,1741600000"),
            ("Ref,Received,Acknowledged", "B,2025-03-03,2025-03-10"),
            'the column "Acknowledged" has dates in one part and seconds since 1970 in another, '
            "which means something else in the whole; check the table as a whole",
        ),
        (
            (LONG, RECEIVED, "B,complaint received,2025-03-03"),
            (LONG, RECEIVED, "B,complaint received,2025-03-03", RECEIVED.replace("A", "C")),
            "both parts have rows of A, B; keep all rows of a complaint in one part",
        ),
    ],
    ids=["dates", "columns", "events", "contents", "whether", "slips", "epochs", "references"],
)
def test_parts_that_do_not_add_up_say_why(
    one: tuple[str, ...], other: tuple[str, ...], says: str
) -> None:
    both = [checked(table(*rows)) for rows in (one, other)]
    for first, second in (both, both[::-1]):
        with pytest.raises(UsageError) as caught:
            _ = first + second
        assert str(caught.value) == says


def test_what_was_found_out_of_two_parts_holds_for_the_third() -> None:
    iso, *numbers = (
        checked(table("Ref,Received", row))
        for row in ("A,2025-04-13", "B,13/04/2025", "C,14/04/2025")
    )
    with pytest.raises(UsageError, match="days such as 03/04/2025"):
        _ = iso + numbers[0] + numbers[1]


def test_a_reference_may_be_that_of_several_landlords() -> None:
    head = "Ref,Landlord,Received,Acknowledged"
    rows = table(head, "A,North,2025-03-03,", "A,South,2025-03-03,", "A,West,2025-02-30,")
    assert_same([checked(rows.head(1)), checked(rows.tail(2))], checked(rows))
    events = [
        checked(table("Ref,Landlord,Event,Date", f"A,{name},complaint received,2025-03-03"))
        for name in ("North", "")
    ]
    # In the whole the row without a landlord would be one of North's.
    with pytest.raises(UsageError, match="both parts have rows of A; keep all rows"):
        _ = events[0] + events[1]


def test_parts_checked_in_different_ways_do_not_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = table("Ref,Received", "A,2025-03-03"), table("Ref,Received", "B,2025-03-03")
    first = checked(one)
    for second, says in (
        (
            check_table(other, library(), as_at=DAY + timedelta(1)),
            "one part was checked as at 2025-06-30 and another as at 2025-07-01; give every part "
            "the same as_at",
        ),
        (
            checked(other, policy="luton"),
            "the parts were checked with different settings or rulebooks; check all of them with "
            "the same",
        ),
        (
            checked(other, show="nothing"),
            'one part keeps the findings of show="all" and another of show="nothing"; give every '
            "part the same",
        ),
    ):
        with pytest.raises(UsageError) as caught:
            _ = first + second
        assert str(caught.value) == says
    monkeypatch.setattr("timeliness.run.parts.__version__", "0.2.0")
    with pytest.raises(UsageError) as caught:
        _ = first + checked(other)
    assert str(caught.value) == (
        "one part was checked by chcheck 0.1.0 and another by 0.2.0; check all of them with the "
        "same version"
    )


def test_days_taken_that_are_counted_otherwise_are_named() -> None:
    head = "Ref,Received,Acknowledged,Stage 1 response,Days taken"
    # From Monday 3 to Monday 17 March are 10 working and 14 calendar days.
    one = checked(table(head, "A,2025-03-03,2025-03-03,2025-03-17,10"))
    other = checked(table(head, "B,2025-03-03,2025-03-03,2025-03-17,14"))
    total = one + other
    assert total.warnings == (
        'the column "Days taken" was read as working days from receipt in one part and as calendar '
        "days from receipt in another, so what is said of it may differ from the whole; no verdict "
        "depends on it",
    )
