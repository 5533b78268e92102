"""What a case carries beside its findings: statements checked, and its policy against the Code."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from timeliness.model.comparison import PolicyPoint
from timeliness.model.findings import Case
from timeliness.model.sides import CODE, POLICY
from timeliness.model.verdict_words import BREACH

_Points = dict[tuple[object, ...], tuple[PolicyPoint, ...]]


def with_asides(cases: Iterable[Case]) -> list[Case]:
    """Return the cases with what is shown beside their findings, imported where there is any."""
    known: _Points = {}
    return [_with_points(_with_statements(with_notes(case)), known) for case in cases]


def with_notes(case: Case) -> Case:
    """Add what a reader should know of the breaches under a rulebook, once for each."""
    breached = {
        book.id
        for one in case.with_verdict(BREACH)
        if one.standard in (CODE, POLICY)
        for book in one.rulebooks
    }
    books = [one for one in case.rulebooks if one.on_breach and one.id in breached]
    told = [f"{one.short}: {one.on_breach}." for one in books]
    return replace(case, notes=(*case.notes, *told)) if told else case


def _with_statements(case: Case) -> Case:
    if not case.timeline.statements:
        return case
    from timeliness.judge.statements.judge import check_statements

    found = check_statements(case.timeline, case.rulebooks, case.findings, case.as_at)
    return replace(case, statements=found)


def _with_points(case: Case, known: _Points) -> Case:
    """Compare each policy with each edition once, however many complaints they apply to.

    A Code that limits no stage of a complaint is about other things than a policy.
    """
    policies = [book for book in case.rulebooks if book.standard == POLICY]
    codes = [book for book in case.rulebooks if book.standard == CODE]
    if not policies or not codes:
        return case
    key = (case.timeline.nation, *((book.id, book.path) for book in case.rulebooks))
    if key not in known:
        from timeliness.judge.policies import compare

        nation = case.timeline.nation
        known[key] = tuple(
            point
            for policy in policies
            for code in codes
            if any(rule.clock.stage for rule in code.rules)
            for point in compare(policy, code, nation)
        )
    return replace(case, policy_points=known[key])
