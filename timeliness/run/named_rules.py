"""The rules that a gate names: each has to be there, or its floor or acceptance says nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from timeliness.judge.duties import OWN_RULES
from timeliness.model.errors import UsageError, hint
from timeliness.model.rulebooks import Library
from timeliness.model.sides import CODE, POLICY
from timeliness.results.gate import AcceptedEntry, Floor


def check_floors(floors: Iterable[Floor], library: Library) -> None:
    """Refuse a floor on no rule that has a limit, or of no Code."""
    books = library.rulebooks.values()
    series = {book.series for book in books if book.standard == CODE}
    for floor in floors:
        if floor.of not in (CODE, POLICY, *series):
            known = [CODE, POLICY, *sorted(series)]
            told = hint(floor.of, known, f"they are {', '.join(known)}")
            raise UsageError(
                f'floors: "{floor.of}/{floor.rule}" must begin with code/, policy/ or the series '
                f"of a Code; {told}"
            )
        own = [book for book in books if floor.of in (CODE, POLICY, book.series)]
        _check("floors", floor.rule, {rule.id for book in own for rule in book.rules})


def check_accepted(entries: Iterable[AcceptedEntry], library: Library) -> None:
    """Refuse an accepted entry of no rule, once the policies of every complaint are known."""
    books = library.rulebooks.values()
    rules = {one.id for book in books for one in book.every_rule}
    for number, entry in enumerate(entries, 1):
        if entry.rule:
            _check(f"accepted, entry {number}", entry.rule, rules.union(OWN_RULES))


def _check(where: str, rule: str, rules: Collection[str]) -> None:
    if rule not in rules:
        told = hint(rule, rules, "`chcheck rules` lists them")
        raise UsageError(f'{where}: there is no rule "{rule}"; {told}')
