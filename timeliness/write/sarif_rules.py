"""The rules of a SARIF log: what each asks, by which clause, and where that was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from timeliness.model.clean import printable
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.sides import RuleKey
from timeliness.results.flat import RECORD, Flat
from timeliness.write.rule_page import asks_in_full, rule_text

Descriptor = dict[str, Any]

FLOOR = "gate/floor"
_OTHERS = {
    "promise": "Whether the landlord kept what it promised the resident.",
    "order": "Whether the landlord did what the Ombudsman ordered.",
    RECORD: "What the record itself shows. It is about the record, and is not a time limit.",
}
_EXTENSION = (
    "Whether an extension counts: the resident must be told before the limit runs out, with "
    "everything that the clause asks for."
)
_HOW = "`chcheck explain {}` prints this for every rulebook."


def rule_of(flat: Flat, books: Iterable[Rulebook]) -> Descriptor:
    """Return what is said of the rule of a finding; `books` are those that were used."""
    key = flat.rule_key
    own = sorted(
        (book for book in books if book.side.name == key.side.name),
        key=lambda book: (book.start or date.min, book.id),
    )
    having = [(book, rule) for book in own if (rule := book.rule(key.rule))]
    if having:
        return _in_books(key, having)
    says = _OTHERS.get(flat.standard, _EXTENSION)
    return _descriptor(key.name, flat.title, says, says, says)


def floor_rule() -> Descriptor:
    """Return what is said of a floor that was missed."""
    says = "A share in time, at worst, is below the lowest that the configuration allows."
    return _descriptor(FLOOR, "Floor", says, says, says)


def _in_books(key: RuleKey, having: Sequence[tuple[Rulebook, Rule]]) -> Descriptor:
    latest = having[-1][1]
    how = _HOW.format(key.rule)
    text = rule_text(key.rule, [book for book, _ in having])
    markdown = "\n".join(line for one in having for line in asks_in_full(*one))
    return _descriptor(
        key.name, latest.title, latest.says, f"{text}\n{how.replace('`', '')}", f"{markdown}\n{how}"
    )


def _descriptor(name: str, title: str, says: str, text: str, markdown: str) -> Descriptor:
    return {
        "id": name,
        "shortDescription": {"text": printable(title)},
        "fullDescription": {"text": printable(says)},
        "help": {"text": _lines(text), "markdown": _lines(markdown)},
    }


def _lines(text: str) -> str:
    """Return a text of several lines in which nothing is a control character."""
    return "\n".join(printable(line) for line in text.strip().splitlines())
