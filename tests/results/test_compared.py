"""Why a finding is not what it was: what is certain, and what only differs between the runs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from timeliness.model.report import Input
from timeliness.results.compared import Change, compare_runs
from timeliness.results.kept import Days, Head, Kept, KeptBook, KeptRun

HEAD = Head(
    version="1.0.0",
    as_at="2025-03-31",
    calendar="holidays 0.109",
    configuration=Input("chcheck.toml", "a"),
    books={"code-2024": KeptBook("The Code", "", "a")},
)


def finding(verdict: str = "breach", rule: str = "stage-1-response", **more: object) -> Kept:
    day: Days = ("2025-03-19", "2025-03-19")
    key = ("Alder", "C-1", "code", "housing-ombudsman", rule, "1")
    one = Kept(key, verdict, "late", "code-2024", ("2025-03-05",) * 2, day, ("2025-03-20",) * 2)
    return one._replace(days_late=("1", "1"))._replace(**more)  # type: ignore[arg-type]


def run(head: Head | None, *findings: Kept, problems_only: bool = False) -> KeptRun:
    made = KeptRun("run", head, problems_only=problems_only)
    for one in findings:
        made.add(one)
    return made


def change(then: Kept, now: Kept, head: Head | None = HEAD, new: Head | None = HEAD) -> Change:
    (one,) = compare_runs(run(head, then), run(new, now)).changes
    return one


DUE: Days = ("2025-03-18", "2025-03-18")
OPEN: Days = ("", "")


@pytest.mark.parametrize(
    ("then", "now", "new", "why", "perhaps"),
    [
        # The dates of the record are another.
        (finding("met"), finding(start=("2025-03-04",) * 2), HEAD, ("dates",), ()),
        (finding("met", done=OPEN), finding(), HEAD, ("dates",), ()),
        (finding(extensions="[1]"), finding(extensions="[2]", due=DUE), HEAD, ("extension",), ()),
        # Another edition applies, or its file has changed.
        (finding(rulebook="code-2022"), finding(due=DUE), HEAD, ("another-rulebook",), ()),
        (
            finding(),
            finding(due=DUE),
            replace(HEAD, books={"code-2024": KeptBook("The Code", "", "b")}),
            ("rulebook-changed",),
            (),
        ),
        # It was not done by either day.
        (
            finding("pending", done=OPEN, days_late=OPEN),
            finding(done=OPEN, days_late=("12", "12")),
            replace(HEAD, as_at="2025-04-30"),
            ("as-at",),
            (),
        ),
        # What may be the reason is not given as the reason.
        (
            finding(),
            finding(due=DUE),
            replace(HEAD, calendar="holidays 0.110", version="1.1.0"),
            (),
            ("calendar", "version"),
        ),
        (
            finding(),
            finding(due=DUE),
            replace(HEAD, configuration=Input("chcheck.toml", "b")),
            (),
            ("configuration",),
        ),
        (finding("met"), finding(), HEAD, ("not-known",), ()),
    ],
)
def test_the_reason_is_what_differs(
    then: Kept, now: Kept, new: Head, why: tuple[str, ...], perhaps: tuple[str, ...]
) -> None:
    one = change(then, now, HEAD, new)
    assert (one.why, one.perhaps) == (why, perhaps)


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        ("met", "breach", "new"),
        ("pending", "not-followed", "new"),
        ("not-followed", "breach", "new"),
        ("met", "cannot-tell", "unclear"),
        # What cannot be decided now is not mended.
        ("breach", "cannot-tell", "unclear"),
        ("breach", "met", "mended"),
        ("breach", "pending", "mended"),
        ("not-followed", "not-applicable", "mended"),
        ("cannot-tell", "met", "decided"),
        ("cannot-tell", "breach", "new"),
    ],
)
def test_what_became_of_a_finding(then: str, now: str, kind: str) -> None:
    assert change(finding(then), finding(now)).kind == kind


def test_what_is_gone_is_told_by_why_it_is_gone() -> None:
    other = finding("met", "acknowledge-complaint")
    (one,) = compare_runs(run(HEAD, finding(), other), run(HEAD, other)).changes
    assert one.kind == "gone"
    (one,) = compare_runs(run(HEAD, finding(), other), run(HEAD)).changes
    assert one.kind == "left"
    (one,) = compare_runs(run(HEAD, finding()), run(HEAD, problems_only=True)).changes
    assert one.kind == "not-shown"


def test_findings_of_one_key_are_paired_by_what_they_say() -> None:
    """A reference that is there twice: the one that is as it was is not taken for the other."""
    first, second = finding(), finding(start=("2025-03-06",) * 2, due=("2025-03-20",) * 2)
    changed = second._replace(done=("2025-03-25",) * 2, days_late=("5", "5"))
    made = compare_runs(run(HEAD, first, second), run(HEAD, changed, first))
    (one,) = made.changes
    assert (one.then, one.now, one.kind) == (second, changed, "changed")
    assert made.same == 1
    (one,) = compare_runs(run(HEAD, first, second), run(HEAD, second)).changes
    assert (one.then, one.kind) == (first, "gone")


def test_a_delay_that_is_no_number_is_shown_as_it_is() -> None:
    """A file may have been changed by hand."""
    odd = finding(days_late=("1/0", ""))
    late = finding(rule="acknowledge-complaint", days_late=("3", "3"))
    made = compare_runs(run(HEAD), run(HEAD, odd, late))
    assert [one.now for one in made.changes] == [late, odd]


def test_the_record_itself_is_counted_apart() -> None:
    key = ("Alder", "C-1", "record", "", "impossible-order", "1")
    odd = finding("cannot-tell")._replace(key=key)
    made = compare_runs(run(HEAD), run(HEAD, odd))
    assert [one.kind for one in made.changes] == ["record"]
    assert made.fails("cannot-tell")
    assert not made.fails("breach")
