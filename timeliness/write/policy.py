"""A policy compared with the Code, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from timeliness.model.clean import as_json
from timeliness.model.comparison import (
    LACKING,
    SAME,
    STANDINGS,
    STRICTER,
    UNSAID,
    WEAKER,
    Comparison,
    PolicyPoint,
)
from timeliness.model.dates import in_words
from timeliness.model.findings import Case
from timeliness.model.plain import number, small, the
from timeliness.model.report import Input
from timeliness.model.rulebooks import Rulebook
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET, NOT_FOLLOWED
from timeliness.write.lines import WIDTH, wrap
from timeliness.write.words import sides_named

_SECTIONS = (
    ("NOT IN THE POLICY", LACKING, BREACH),
    ("WEAKER", WEAKER, BREACH),
    ("NOT IN THE POLICY, TO BE EXPLAINED", LACKING, NOT_FOLLOWED),
    ("WEAKER, TO BE EXPLAINED", WEAKER, NOT_FOLLOWED),
    ("NOT STATED IN THE POLICY", UNSAID, CANNOT_TELL),
    ("STRICTER", STRICTER, MET),
    ("THE SAME", SAME, MET),
)


def policy_text(comparisons: Sequence[Comparison], *, show: str = "all") -> str:
    """Return comparisons as text of at most 80 columns, the answer first."""
    lines: list[str] = []
    for place, policy in enumerate(dict.fromkeys(one.policy.id for one in comparisons)):
        own = [one for one in comparisons if one.policy.id == policy]
        if place:
            lines += ["", "=" * WIDTH, ""]
        lines += [*wrap(_answer(own)), "", *_head(own[0].policy, len(own))]
        for one in own:
            title = the(one.code.title).upper()
            lines += ["", *wrap(f"COMPARED WITH {title} ({one.code.id})")]
            for title, standing, verdict in _SECTIONS:
                if show == "all" or standing not in (STRICTER, SAME):
                    lines += _section(title, standing, verdict, one.points)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _answer(comparisons: Sequence[Comparison]) -> str:
    """Return the sentence that answers: where the policy falls short of the Code, or nowhere."""
    short, failing = [], []
    for one in comparisons:
        points = one.counting_as(BREACH)
        if points:
            failing.append(one.code)
            where = ", ".join(dict.fromkeys(f"{point.clause} ({_name(point)})" for point in points))
            short.append(f"{one.code.short} {where}")
    unsaid = sum(len(one.counting_as(CANNOT_TELL)) for one in comparisons)
    tail = f" The policy does not state {number(unsaid, 'point')}." if unsaid else ""
    if short:
        return f"Falls short of {sides_named(failing)}: {'; '.join(short)}.{tail}"
    return f"Does not fall short of {sides_named(one.code for one in comparisons)}.{tail}"


def _head(policy: Rulebook, editions: int) -> list[str]:
    lines = wrap(f"{policy.title} ({policy.id}), {policy.publisher}")
    if policy.start is None and policy.end is None:
        every = ", so it is compared with every edition" if editions > 1 else ""
        return [*lines, f"In force: not stated{every}."]
    start = in_words(policy.start) if policy.start else "not stated"
    end = f" to {in_words(policy.end)}" if policy.end else " on"
    return [*lines, f"In force: {start}{end}."]


def _section(title: str, standing: str, verdict: str, points: Iterable[PolicyPoint]) -> list[str]:
    chosen = [one for one in points if (one.standing, one.counts_as) == (standing, verdict)]
    if not chosen:
        return []
    lines = ["", f"  {title}"]
    for point in chosen:
        unverified = ", unverified" if point.provenance == "unverified" else ""
        lines += wrap(f"{_name(point)}, {point.clause}{unverified}", "      ", "  * ")
        lines += wrap(point.says, "    ")
    return lines


def _name(point: PolicyPoint) -> str:
    return (
        point.title
        if point.aspect in ("procedure", "rule", "pauses")
        else f"{point.title}: {point.aspect}"
    )


def policy_json(comparisons: Sequence[Comparison], inputs: Sequence[Input]) -> str:
    """Return comparisons as JSON."""
    from timeliness.version import __version__

    standings = Counter(point.standing for one in comparisons for point in one.points)
    data = {
        "chcheck": __version__,
        "inputs": [{"path": one.path, "sha256": one.sha256} for one in inputs],
        "comparisons": [
            {
                "policy": {"id": one.policy.id, "title": one.policy.title},
                "code": {"id": one.code.id, "title": one.code.title},
                "points": [point_data(point) for point in one.points],
            }
            for one in comparisons
        ],
        "summary": {standing: standings[standing] for standing in STANDINGS},
    }
    return as_json(data, indent=2) + "\n"


def point_data(point: PolicyPoint) -> dict[str, Any]:
    """Return one point as plain data."""
    return {
        "rule": point.rule,
        "policy": point.policy,
        "code": point.code,
        "clause": point.clause,
        "aspect": point.aspect,
        "duty": point.duty,
        "standing": point.standing,
        "counts_as": point.counts_as,
        "provenance": point.provenance,
        "says": point.says,
    }


def policy_lines(case: Case, width: int) -> list[str]:
    """Return, for a case's report, where its policy is weaker than the Code or leaves it open."""
    books = {book.id: book for book in case.rulebooks}
    short = [one for one in case.policy_points if one.counts_as in (BREACH, NOT_FOLLOWED)]
    unsaid = [one for one in case.policy_points if one.counts_as == CANNOT_TELL]
    if not short and not unsaid:
        return []
    compared = sides_named(books[one.code] for one in case.policy_points)
    lines = ["", *wrap(f"THE POLICY COMPARED WITH {compared.upper()}", "", "", width)]
    for one in short:
        explain = ", so to be explained" if one.counts_as == NOT_FOLLOWED else ""
        text = (
            f"{_name(one)} ({books[one.code].short} {one.clause}): {one.standing}{explain}: "
            f"{small(one.says)}"
        )
        lines += wrap(text, "    ", "  * ", width)
    if unsaid:
        names = ", ".join(dict.fromkeys(_name(one) for one in unsaid))
        text = f"Not stated in the policy: {names}."
        lines += wrap(text, "    ", "  * ", width)
    policies = " ".join(dict.fromkeys(point.policy for point in case.policy_points))
    lines.append(f"    In full: chcheck policy {policies}")
    return lines
