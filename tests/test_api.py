"""The Python interface, as a program would use it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import timeliness
from timeliness import (
    ChcheckError,
    InputError,
    UsageError,
    check,
    load_rulebooks,
    load_timelines,
)

ROOT = Path(__file__).parent.parent
SIX_LINES = ROOT / "samples" / "six-lines.yaml"


def test_every_public_name_is_there() -> None:
    for name in timeliness.__all__:
        assert getattr(timeliness, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = timeliness.nothing


def test_several_paths_are_loaded_together() -> None:
    timelines, library = load_timelines(SIX_LINES, str(ROOT / "samples" / "determinations"))
    assert len(timelines) == 7
    assert "luton-2022" in library.rulebooks


def test_every_mistake_in_every_file_is_raised_at_once() -> None:
    with pytest.raises(InputError) as caught:
        load_timelines(ROOT / "samples" / "broken.yaml", "missing.yaml")
    paths = [Path(mistake.path).name for mistake in caught.value.mistakes]
    assert paths.count("broken.yaml") == 6
    assert paths.count("missing.yaml") == 1
    assert isinstance(caught.value, ChcheckError)


def test_a_rulebook_of_ones_own_joins_those_that_ship() -> None:
    library = load_rulebooks([ROOT / "docs" / "examples" / "our-policy.yaml"])
    assert set(load_rulebooks().rulebooks) < set(library.rulebooks)
    assert library.named("sample-homes")[0].id == "sample-homes-2025"


def test_the_day_of_the_check_is_given_or_the_timelines_own_or_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("timeliness.api.today", lambda: date(2025, 4, 3))
    timelines, library = load_timelines(SIX_LINES)
    assert check(timelines, library, as_at=date(2025, 4, 2)).as_at == date(2025, 4, 2)
    assert check(timelines, library).as_at == date(2025, 4, 3)
    own, _ = load_timelines(ROOT / "samples" / "open-complaint.yaml")
    assert check(own, library).as_at == date(2026, 6, 3)
    both = check([*timelines, *own], library)
    assert [case.as_at for case in both.cases] == [date(2025, 4, 3), date(2026, 6, 3)]


def test_wrong_arguments_are_told() -> None:
    timelines, library = load_timelines(SIX_LINES)
    with pytest.raises(
        UsageError, match='"luton-2022" is a policy, not a Code; write policy: luton-2022'
    ):
        check(timelines, library, code="luton-2022")
    with pytest.raises(UsageError, match='"france" is not a nation; choose one of england, '):
        check(timelines, library, nation="france")
    with pytest.raises(ChcheckError, match="2090-01-01 is outside the years"):
        check(timelines, library, as_at=date(2090, 1, 1))


def test_a_complaint_without_rules_stands_among_the_unchecked(tmp_path: Path) -> None:
    text = "complaint: C-1042\nbody: council\nevents:\n  - 2025-03-03 complaint received\n"
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    timelines, library = load_timelines(tmp_path / "case.yaml")
    report = check(timelines, library, nation="scotland")
    assert report.cases == ()
    (mistake,) = report.unchecked
    assert mistake.says.startswith(
        "complaint C-1042: there is no complaint handling code for a council in Scotland here"
    )


def test_nothing_is_a_report_of_nothing() -> None:
    report = check([], as_at=date(2025, 4, 3))
    assert report.cases == ()
    assert set(report.summary.values()) == {0}


def test_several_codes_are_judged_side_by_side() -> None:
    timelines, library = load_timelines("samples/compliant-2024.yaml")
    report = check(timelines, library, code=["housing-ombudsman", "lgsco"])
    (case,) = report.cases
    series = {one.side.series for one in case.findings if one.standard == "code"}
    assert series == {"housing-ombudsman", "lgsco"}
    (alone,) = check(timelines, library, code="lgsco").cases
    assert {one.side.series for one in alone.findings if one.standard == "code"} == {"lgsco"}
