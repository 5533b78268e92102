"""The rules that a gate names: each has to be there, or its floor or acceptance says nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from timeliness.judge.duties import ORDERS, PROMISES, RECORD_TITLES
from timeliness.model.errors import UsageError, hint
from timeliness.model.library import Library
from timeliness.model.sides import CODE, POLICY, RuleKey, Side
from timeliness.results.gate import AcceptedEntry, Floor
from timeliness.results.weights import Weights, fits

OWN = {"promise": (PROMISES,), "order": (ORDERS,), "record": tuple(RECORD_TITLES)}
"""The rules of findings that are in no rulebook, by their family."""


def every_rule(library: Library) -> list[RuleKey]:
    """Return the rules of findings: those of rulebooks, of their extensions, and of no rulebook."""
    books = library.rulebooks.values()
    keys = [RuleKey(book.side, rule.id) for book in books for rule in book.every_rule]
    keys += [
        RuleKey(book.side, extension.event.replace(" ", "-"))
        for book in books
        for rule in book.rules
        if (extension := rule.clock.extension) and extension.stated
    ]
    return keys + [RuleKey(Side(family), rule) for family, rules in OWN.items() for rule in rules]


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
    rules = {one.rule for one in every_rule(library)}
    for number, entry in enumerate(entries, 1):
        if entry.rule:
            _check(f"accepted, entry {number}", entry.rule, rules)


def check_weights(weights: Weights, library: Library) -> None:
    """Refuse the name of no rule, once the policies of every complaint are known.

    A run in which every rule is left out is refused too: it would find no breach.
    """
    keys = every_rule(library)
    for where, names in (
        ("--select", weights.select),
        ("--ignore", weights.ignore),
        ("severity", weights.severity),
    ):
        for name in names:
            if any(fits(name, key) for key in keys):
                continue
            of, _, rule = name.rpartition("/")
            sides = {one for key in keys for one in key.side[:2] if one}
            if of and of not in sides:
                told = hint(of, sides, f"they are {', '.join(sorted(sides))}")
                says = f'"{of}" in "{name}" is not code, policy or the series of one'
                raise UsageError(f"{where}: {says}; {told}")
            if "*" in rule:
                raise UsageError(f'{where}: no rule fits "{name}"; `chcheck rules` lists them')
            if any(fits(f"{name}-*", key) for key in keys):
                raise UsageError(f'{where}: there is no rule "{name}"; did you mean "{name}-*"?')
            rules = {key.rule for key in keys if of in ("", key.side.standard, key.side.series)}
            _check(where, rule, rules)
    if not any(weights.looks_at(key) for key in keys):
        raise UsageError("no rule is left to look at; change --select, --ignore or [severity]")


def _check(where: str, rule: str, rules: Collection[str]) -> None:
    if rule not in rules:
        told = hint(rule, rules, "`chcheck rules` lists them")
        raise UsageError(f'{where}: there is no rule "{rule}"; {told}')
