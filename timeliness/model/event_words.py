"""The words of an event in a sentence, where its rulebook gives them and where it has only a name.

A name such as "inspection carried out" is taken apart where that is safe; any other is quoted.
"""

from __future__ import annotations

from msgspec import Struct


class Words(Struct, frozen=True):
    """How sentences speak of one event.

    `done` follows "was" and "not": acknowledged, carried out. `noun` has no article:
    acknowledgement of the complaint. `thing` has the one it needs, and stands where a clock
    starts: the acknowledgement. `clause` follows "after": the acknowledgement, or the repair was
    reported. `undone` is a headline: complaint not acknowledged. `none` is a sentence without
    its full stop: No escalation was requested.
    """

    done: str
    noun: str
    thing: str
    clause: str
    undone: str
    none: str


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_IRREGULAR = _set(
    "begun bought broken brought built caught chosen cut dealt done drawn driven dug fed found "
    "freed frozen given guaranteed heard held hidden hung kept known laid left lent let lit lost "
    "made met paid put read rebuilt redone reset rung said seen sent set shown shut sold sought "
    "spent swept taken told thrown torn understood undone withdrawn won worn written"
)
_NO_PARTICIPLES = _set("bed hundred moped red shed")
_INTRANSITIVE = _set(
    "agreed appeared applied arrived asked attended called complained died expired failed "
    "happened lapsed lived moved occurred replied responded returned stayed visited"
)
"""What somebody may do as well as have done to it: the name alone does not say which."""

_MAY_FOLLOW = _set(
    "about again along apart around at away back by clear down for from good in into off on onto "
    "open out over ready round safe secure shut through to together under up with"
)
"""What belongs to a participle before it: carried out, made safe, sent to the tenant."""

_PEOPLE = _set(
    "children complainant contractor contractors councillor engineer family household inspector "
    "landlord leaseholder manager neighbour neighbours officer operative people plumber police "
    "resident residents staff surveyor team tenant tenants"
)
_NOT_FIRST = _set("a all an any both each every its our some that the their this your")
_TURNED_ROUND = _set("and it never no none nor not or we which who without")
_PREPOSITIONS = _set("at by for from in of on to with")
_ONE = ("ss", "us", "is", "os", "gas", "news")


def words_for(name: str, done: str = "", noun: str = "", thing: str = "") -> Words:
    """Return the words of an event from its name, and from what is declared of it."""
    subject, read = _taken_apart(name, done)
    done = done or read or "done"
    quoted = f'"{name}"'
    verb = "were" if _is_plural(subject) else "was"
    if subject:
        undone, none = f"{subject} not {done}", f"No {subject} {verb} {done}"
    elif noun:
        undone, none = f"no {noun}", f"There was no {noun}"
    else:
        undone, none = f"{quoted} not {done}", f"No {quoted} is recorded"
    if noun:
        thing = thing or (noun if noun.startswith(("the ", "a ", "an ")) else f"the {noun}")
        return Words(done, noun, thing, thing, undone, none)
    clause = f"the {subject} {verb} {done}" if subject else quoted
    return Words(done, f"event {quoted}", quoted, clause, undone, none)


def _taken_apart(name: str, done: str) -> tuple[str, str]:
    """Return what an event happens to, and what happens to it; nothing where that is not safe."""
    if done:
        subject = name.removesuffix(f" {done}") if name.endswith(f" {done}") else ""
        return (subject, done) if _is_subject(subject.split()) else ("", done)
    words = name.split()
    if _TURNED_ROUND & set(words):
        return "", ""
    place = max((at for at, word in enumerate(words) if _is_participle(word)), default=-1)
    if place < 0 or words[place] in _INTRANSITIVE:
        return "", ""
    what, after = words[:place], words[place + 1 :]
    if (after and after[0] not in _MAY_FOLLOW) or not _is_subject(what):
        return "", ""
    return " ".join(what), " ".join(words[place:])


def _is_participle(word: str) -> bool:
    if word in _IRREGULAR:
        return True
    return word.endswith("ed") and not word.endswith("eed") and word not in _NO_PARTICIPLES


def _is_subject(words: list[str]) -> bool:
    """Whether words can follow "the" and "no", with something done to what they name."""
    return bool(words) and words[0] not in _NOT_FIRST and _head(words) not in _PEOPLE


def _head(words: list[str]) -> str:
    """Return the word that the others describe: works, of works to the roof."""
    end = next((at for at, word in enumerate(words) if at and word in _PREPOSITIONS), len(words))
    return words[end - 1]


def _is_plural(subject: str) -> bool:
    if not subject:
        return False
    head = _head(subject.split())
    return head.endswith("s") and not head.endswith(_ONE)
