"""What of a cell may be shown: a date that went wrong, but not what somebody wrote instead.

A cell under a date may hold a name, a telephone number or an address. What is said about it goes to
terminals, pipelines and files, so that only what a date is made of is repeated.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from msgspec.structs import replace

from timeliness.model.errors import VALUE, Mistake
from timeliness.model.patterns import regex
from timeliness.model.plain import number
from timeliness.tables.grid import content_of

_LONGEST = 30
_MOST_DIGITS = 8
_ALIKE = 0.75
_TIME = regex(r"[Tt ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[+-]\d\d:?\d\d)?")
_CHARACTERS = regex(r"[\w\s/.,:;+?!#()–—-]*")
_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_AROUND = "sept tues thur thurs st nd rd th of at on am pm t z w c utc gmt bst approx circa"
_NONE = (
    "tbc tba tbd n a na nil none null nan nat x y yes no not unknown unsure pending to follow "
    "awaiting awaited outstanding ongoing overdue open closed done due soon yet never late later "
    "today tomorrow yesterday date blank missing true false bad invalid see below above as"
)
_OURS = (
    "ref value name div num spill calc err error result several values text of character characters"
)
_WORDS = frozenset(
    [
        *(word for text in (_MONTHS, _DAYS, _AROUND, _NONE, _OURS) for word in text.split()),
        *(name[:3] for text in (_MONTHS, _DAYS) for name in text.split()),
    ]
)


def may_be_shown(text: str) -> bool:
    """Whether a text is made of what dates are made of, and of words for having none."""
    if len(text) > _LONGEST or not _CHARACTERS.fullmatch(text):
        return False
    if sum(letter.isdigit() for letter in _TIME.sub("", text)) > _MOST_DIGITS:
        return False
    return all(word in _WORDS for word in re.findall(r"[^\W\d_]+", text.lower()))


def described(text: str) -> str:
    """Return what is said about a text instead of the text."""
    return f"a text of {number(len(' '.join(text.split())), 'character')}"


def withhold(one: Mistake) -> Mistake:
    """Return what is wrong with a cell with no more of the cell than may be shown.

    A misspelt word is shown beside the one that it is taken for.
    """
    if not one.cell or may_be_shown(one.cell):
        return one
    plain = " ".join(one.cell.split()).lower()
    meant = one.hint.meant if one.hint else ""
    if meant and SequenceMatcher(None, plain, meant).ratio() > _ALIKE:
        return one
    instead = described(one.cell)
    content = one.content or content_of([one.cell])
    if may_be_shown(one.value):
        return replace(one, cell=instead, content=content)
    what = one.what.replace(VALUE, instead)
    return replace(one, what=what, value="", cell=instead, content=content)
