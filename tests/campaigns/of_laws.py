"""Laws that hold of every complaint, whatever its days, ends and beginnings.

The order of lines does not matter, nor does it matter what else is checked beside a complaint, or
in how many files it comes; a date that is known less well never turns one verdict into another; and
a true line never makes a verdict vaguer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from tests.campaigns.forms import CONFIGURATION, as_wide, made
from tests.campaigns.making_lives import LifeMaker
from tests.campaigns.of_forms import ran, ran_together
from tests.campaigns.of_lives import RULES, judged, shown, stated
from tests.campaigns.oracle import REOPENED, STAGES, Calendar, Fact, Record
from timeliness import Case, Finding

IN_TIME = {"met", "pending", "not-applicable"}
STARTS = tuple(name for stage in STAGES for name in STAGES[stage][1:3])
Clocks = dict[str, list[Finding]]
"""The Code's clocks of a record by their rule, those of one in the order of their episodes."""


def clocks(records: Sequence[Record]) -> list[Clocks]:
    told = []
    for case in judged(records):
        of_rule: Clocks = {rule: [] for rule in RULES}
        for finding in case.findings if case else ():
            is_clock = finding.rule in RULES and finding.standard == "code"
            if is_clock and finding.reason != "not-started":
                of_rule[finding.rule].append(finding)
        told.append(of_rule)
    return told


def same_clocks(one: Clocks, other: Clocks) -> list[tuple[Finding, Finding]]:
    """Return the clocks that two records have in common, where they have equally many of a rule."""
    return [
        pair
        for rule in RULES
        if len(one[rule]) == len(other[rule])
        for pair in zip(one[rule], other[rule], strict=True)
    ]


def told(one: Finding, other: Finding, *records: Record) -> str:
    lines = (line for record in records for line in shown(record))
    return "\n".join([stated(one), stated(other), one.rule, *lines])


# True lines -----------------------------------------------------------------------------------

ADDED = tuple(name for stage in (1, 2) for name in (*STAGES[stage][1:3], STAGES[stage][4]))
"""Lines that say more of an episode; a request or an end may begin or end one, and an extension
may be in doubt."""


def made_vaguer(count: int, seed: int) -> tuple[list[str], int]:
    """Return where a true line makes a verdict vaguer in so many lives, and of how many verdicts.

    Left out are lines in whose place the contract supposes something else: a late start (a missing
    one lengthens nothing, and a missing logging is not asked for), the first of two
    acknowledgements (without it the clock runs from the second), and a stage 1 response between two
    requests to escalate (without it the second is a repeat).
    """
    maker = LifeMaker(seed)
    lives = [replace(maker.exact(), complete=False) for _ in range(count)]
    pairs = [
        (replace(life, facts=(*life.facts[:at], *life.facts[at + 1 :])), life)
        for life in lives
        for at, fact in enumerate(life.facts)
        if fact.name in ADDED and _is_alone(life, fact) and not _is_supposed(life, fact)
    ]
    fewer, more = (clocks(records) for records in zip(*pairs, strict=True))
    vaguer = []
    compared = 0
    for pair, without, with_it in zip(pairs, fewer, more, strict=True):
        for before, after in same_clocks(without, with_it):
            if before.verdict != "cannot-tell":
                compared += 1
                if after.verdict == "cannot-tell":
                    vaguer.append(told(before, after, *pair))
    return vaguer, compared


def _is_alone(record: Record, fact: Fact) -> bool:
    """Whether its stage was asked for once; an answer more may make a repeat a further request."""
    requests = [names[0] for names in STAGES.values() if fact.name in names]
    return len(record.named(REOPENED, *requests)) == 1


def _is_supposed(record: Record, fact: Fact) -> bool:
    """Whether the contract supposes something else where a line is missing."""
    if fact.name == STAGES[1][4]:
        return len(record.named(STAGES[2][0])) > 1
    if fact.name in STARTS and len(record.named(fact.name)) > 1:
        return True
    (asked,) = [record.named(names[0])[0] for names in STAGES.values() if fact.name in names]
    return fact.name in STARTS and fact.first > Calendar().add(asked.first, (5, "working_days"))


# Wider dates ----------------------------------------------------------------------------------


def turned(count: int, seed: int) -> list[str]:
    """Return where a wider date turns one verdict into the other, in so many lives."""
    maker = LifeMaker(seed)
    lives = [maker.exact() for _ in range(count)]
    wider = [_widened(life, maker) for life in lives]
    return [
        told(one, other, life, rough)
        for life, rough, before, after in zip(
            lives, wider, clocks(lives), clocks(wider), strict=True
        )
        for one, other in same_clocks(before, after)
        if "breach" in (verdicts := {one.verdict, other.verdict}) and verdicts & IN_TIME
    ]


def _widened(life: Record, maker: LifeMaker) -> Record:
    """Widen one date, but of no start: one that may lie within its limit is cut at it."""
    places = [at for at, fact in enumerate(life.facts) if fact.name not in STARTS]
    at = maker.random.choice(places)
    fact = life.facts[at]
    wider = replace(fact, first=fact.first - maker.some(0, 6), last=fact.last + maker.some(0, 6))
    return replace(life, facts=(*life.facts[:at], wider, *life.facts[at + 1 :]))


# The order of lines ---------------------------------------------------------------------------


def reordered(count: int, seed: int) -> list[str]:
    """Return where another order of the lines changes anything, in so many lives."""
    maker = LifeMaker(seed)
    lives = [maker.record() for _ in range(count)]
    others = [
        replace(life, facts=tuple(maker.random.sample(life.facts, len(life.facts))))
        for life in lives
    ]
    return [
        "\n".join([f"{rule} in another order of lines", *shown(life), *shown(other)])
        for life, other, one, two in zip(lives, others, clocks(lives), clocks(others), strict=True)
        for rule in RULES
        if list(map(_all_of, one[rule])) != list(map(_all_of, two[rule]))
    ]


def _all_of(one: Finding) -> tuple[object, ...]:
    return one.verdict, one.reason, one.start, one.due, one.done, one.late_by


# Together and apart ---------------------------------------------------------------------------


def apart(count: int, seed: int) -> list[str]:
    """Return the lives of which anything else is found alone than among so many."""
    maker = LifeMaker(seed)
    lives = [maker.record() for _ in range(count)]
    return [
        "\n".join(["otherwise alone than among others", *shown(life)])
        for life, found in zip(lives, judged(lives), strict=True)
        if _findings(judged([life])[0]) != _findings(found)
    ]


def _findings(case: Case | None) -> list[dict[str, object]]:
    """Return all that a case's findings say: each field, and what its sentences come to."""
    return [
        {name: getattr(finding, name) for name in finding.__struct_fields__ if name != "told"}
        | {"says": finding.says, "settled_by": finding.settled_by}
        for finding in (case.findings if case else ())
    ]


def in_parts(count: int, seed: int) -> list[str]:
    """Return the complaints of which a table in two files says anything else than one in one.

    A row that says too little by itself is asked for where the others of its complaint are in
    another file.
    """
    table = as_wide(made(count, seed), seed).splitlines(keepends=True)
    header, *lines = table
    random = Random(seed)
    first = {at for at in range(len(lines)) if random.random() < 0.5}
    parts = [
        [line for at, line in enumerate(lines) if (at in first) is one] for one in (True, False)
    ]
    files = {f"{at}.csv": "".join([header, *part]) for at, part in enumerate(parts) if part}
    whole, _ = ran("".join(table), "export.csv", CONFIGURATION)
    several, asked = ran_together(files, CONFIGURATION)
    return [
        f"{name} in two files\n+ {several.get(name)}\n- {whole.get(name)}"
        for name in sorted({*whole, *several})
        if whole.get(name) != several.get(name) and name not in asked
    ]


# A round --------------------------------------------------------------------------------------

LIVES = 40


def went_wrong(seed: int) -> Iterator[str]:
    """Go through one round."""
    yield from made_vaguer(LIVES, seed)[0]
    yield from turned(LIVES, seed)
    yield from reordered(LIVES, seed)
    yield from apart(LIVES // 2, seed)
    yield from in_parts(LIVES // 2, seed)
