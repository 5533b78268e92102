"""The rules that a gate names: a misspelt one would hold nothing, and nobody would know."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from timeliness.judge.duties import OWN_RULES
from timeliness.model.errors import UsageError, hint
from timeliness.model.rulebooks import Library
from timeliness.results.flat import RECORD_RULES
from timeliness.results.gate import AcceptedEntry, Floor


def check_floors(floors: Iterable[Floor], library: Library) -> None:
    """Refuse a floor on no rule that has a limit."""
    rules = {rule.id for book in library.rulebooks.values() for rule in book.rules}
    for floor in floors:
        _check("floors", floor.rule, rules)


def check_accepted(entries: Iterable[AcceptedEntry], library: Library) -> None:
    """Refuse an accepted entry of no rule, once the policies of every complaint are known."""
    books = library.rulebooks.values()
    rules = {one.id for book in books for one in book.every_rule}
    for number, entry in enumerate(entries, 1):
        if entry.rule:
            _check(f"accepted, entry {number}", entry.rule, rules.union(OWN_RULES, RECORD_RULES))


def _check(where: str, rule: str, rules: Collection[str]) -> None:
    if rule not in rules:
        told = hint(rule, rules, "`chcheck rules` lists them")
        raise UsageError(f'{where}: there is no rule "{rule}"; {told}')
