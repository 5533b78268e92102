"""The figures of a made year of 3,000 complaints, against figures that are worked out apart."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

import pytest

from tests.helpers import years
from tests.helpers.command import Chcheck

AS_AT = date(2026, 5, 20)
Figures = dict[tuple[str, str, int, str | None], dict[str, Any]]


def read(out: str) -> Figures:
    found = json.loads(out)["figures"]
    return {(one["period"], one["as_at"], one["stage"], one["tenure"]): one for one in found}


def share(told: Any) -> tuple[int, int, int, int]:
    least, most = told["least"], told["most"]
    return least["part"], least["whole"], most["part"], most["whole"]


def agree(told: dict[str, Any], own: years.Worked, *, measures: bool) -> None:
    assert told["received"] == own.received
    assert told["perhaps-received"] == own.perhaps
    assert {name: told[name] for name in own.became} == own.became
    # Each that cannot be told is counted under one reason.
    reasons = [number for name, number in told.items() if name.startswith("undecided-")]
    assert sum(reasons) == own.became["undecided"]
    assert share(told["acknowledged-in-time"]) == own.acknowledged
    assert told["answered"] == own.answered
    for since, days in (("start", own.from_start), ("receipt", own.from_receipt)):
        assert told[f"days-from-{since}-counted"] == len(days)
        if days:
            names = ("mean", "median", "nine-in-ten")
            found = [told[f"days-from-{since}-{name}"] for name in names]
            assert found == pytest.approx(years.averages(days))
    if told["stage"] == 1:
        assert share(told["escalated"])[:2] == (own.escalated, own.answered)
    known = sum(own.outcomes.values())
    assert share(told["upheld"])[:2] == (own.outcomes.get("Upheld", 0), known)
    assert share(told["partly-upheld"])[:2] == (own.outcomes.get("Partly upheld", 0), known)
    if not measures:
        return
    for (base, extensions, ended), expected in own.shares.items():
        key = f"ch02-{base}-extensions-{'count' if extensions else 'do-not-count'}"
        if base != "answered":
            key += f"-{'with' if ended else 'without'}-ended"
        assert share(told[key]) == expected, key


@pytest.fixture(scope="module")
def made() -> list[years.Complaint]:
    return years.make(Random(2526), 3_000, AS_AT)


def test_the_made_year_has_every_kind_of_edge(made: list[years.Complaint]) -> None:
    """In each tenure and stage there is something of everything that the figures tell apart."""
    for tenure in ("LCRA", "Shared ownership"):
        own = [one for one in made if one.tenure == tenure]
        for stage in (1, 2):
            became = years.work_out(own, stage, years.LAST).became
            assert all(became.values()), (tenure, stage, became)
    assert years.work_out(made, 1, years.LAST).perhaps


def test_a_made_year_agrees_with_what_is_worked_out_apart(
    chcheck: Chcheck, made: list[years.Complaint]
) -> None:
    ran = chcheck(
        *("year", "made.csv", "--year", "2025/26", "--as-at", AS_AT.isoformat()),
        *("--format", "json", "--homes", "LCRA=20000", "--homes", "LCHO=9000"),
        files={"made.csv": years.as_table(made), "chcheck.toml": years.CONFIG},
    )
    assert ran.code == 0, ran.err
    found = read(ran.out)
    for tenure, text in ((None, ""), ("LCRA", "LCRA"), ("LCHO", "Shared ownership")):
        own = [one for one in made if text in ("", one.tenure)]
        for stage in (1, 2):
            for day in (years.LAST, AS_AT):
                told = found["2025/26", day.isoformat(), stage, tenure]
                agree(told, years.work_out(own, stage, day), measures=tenure is not None)


def test_the_same_complaints_as_timelines_have_the_same_figures(
    chcheck: Chcheck, made: list[years.Complaint]
) -> None:
    some = made[:400]
    words = ("--year", "2025/26", "--as-at", AS_AT.isoformat(), "--format", "json")
    table = chcheck(
        *("year", "made.csv", *words),
        files={"made.csv": years.as_table(some, tenure=False), "chcheck.toml": years.CONFIG},
    )
    timelines = chcheck(
        *("year", "made.yaml", *words), files={"made.yaml": years.as_timelines(some, AS_AT)}
    )
    assert (table.code, timelines.code) == (0, 0), timelines.err
    rows, cases = read(table.out), read(timelines.out)
    for stage in (1, 2):
        for day in (years.LAST, AS_AT):
            told = cases["2025/26", day.isoformat(), stage, None]
            agree(told, years.work_out(some, stage, day), measures=True)
            row = rows.get(("2025/26", day.isoformat(), stage, None))
            assert row is not None
            for name in ("received", "in-time", "late", "overdue", "not-due", "undecided"):
                assert row[name] == told[name], (stage, day, name)
