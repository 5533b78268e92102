"""The names by which rulebooks are asked for: an id, a series, and how to ask for others."""

from __future__ import annotations

from msgspec.structs import replace

from timeliness.judge.editions import Asked
from timeliness.model.errors import UsageError, hint
from timeliness.model.library import Library
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import CODE, POLICY
from timeliness.model.vocabulary import Vocabulary


def with_others(own: Vocabulary, asked: Asked, library: Library) -> Vocabulary:
    """Return a vocabulary that knows how to ask for the events of rulebooks not asked for."""
    others = {}
    for book in library.rulebooks.values():
        for kind in book.events:
            if not own.find(kind.name):
                others[kind.name] = (
                    f"is an event of {_named(book)}; to check it, {_ask(book, asked)}"
                )
    return replace(own, others=others) if others else own


def _named(book: Rulebook) -> str:
    return book.side.the if book.standard == CODE and book.called else book.the


def _ask(book: Rulebook, asked: Asked) -> str:
    """Return what to write so that a rulebook is asked for, beside what is asked for now."""
    kept = [one.side for one in asked.sets if book.standard == CODE or one.side.standard == CODE]
    names = dict.fromkeys([*(side.series for side in kept), book.series])
    return f"add: rules: [{', '.join(names)}]"


KINDS = {CODE: "Code", POLICY: "policy", "": "policy or Code"}
"""What a rulebook is called by its standard; "" where it may be either."""


def check_standard(name: str, book: Rulebook, standard: str) -> None:
    """Raise `UsageError` where a Code is given as a policy, or a policy as a Code."""
    if book.standard != standard:
        is_a = book.standard
        raise UsageError(
            f'"{name}" is a {KINDS[is_a]}, not a {KINDS[standard]}; write '
            f"{is_a}: {name}, or --{is_a} {name}"
        )


def named(library: Library, name: str, standard: str) -> tuple[Rulebook, ...]:
    """Return the policies, or the editions of a Code, of that id or series, the earliest first.

    They may be either where no `standard` is asked for. Raises `UsageError` where there is none.
    """
    books = library.named(name)
    if books:
        if standard:
            check_standard(name, books[0], standard)
        return books
    known = library.names_of(standard)
    near = hint(name, known)
    raise UsageError(
        f'there is no {KINDS[standard]} "{name}"; '
        + (f"{near} chcheck" if near.meant else "chcheck")
        + f" comes with {', '.join(known)}; for your own, write its path: "
        f"./my-{standard or POLICY}.yaml"
    )
