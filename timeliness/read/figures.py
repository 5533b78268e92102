"""Reading a length of time out of what somebody wrote: "did not respond within 10 working days".

The words before a figure say how it is bounded, and a "not" turns that round. The words after it
may make it the time by which a limit was passed: "8 working days late". What is not understood
for certain is not read; the reason says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.patterns import regex
from timeliness.model.timelines import (
    AT_MOST,
    BOUND_WORDS,
    ELAPSED,
    EXACTLY,
    MORE,
    OPPOSITE,
    OVERSHOOT,
    Figure,
)

LONGEST = 5_000
"""The highest number that a figure may state."""

_TO_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TO_NINE = _TO_TWENTY.split()[:9]
_NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_TO_TWENTY.split(), start=1)},
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_TO_NINE, start=1)},
    "thirty": 30,
    "thirty-one": 31,
    "a": 1,
    "an": 1,
}
_BOUNDS = {word: bound for bound, words in BOUND_WORDS.items() for word in words}


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first, with any space or hyphen."""
    escaped = (re.escape(word) for word in sorted(words, key=len, reverse=True))
    return "|".join(word.replace(r"\ ", r"\s+").replace(r"\-", r"[\s-]") for word in escaped)


_LIMIT = (
    r"(?:target|time ?limit|limit|time ?scale|time ?frame|deadline|standard|period|allowance)s?"
)
_OWNER = (
    r"(?:(?:the|its|their|our|his|her|your|a|an|this|that|(?:the\s+)?[a-z-]+[’']s)"
    r"(?:\s+(?:own|published|stated|usual|normal|required|full))?)"
)
_NO = (
    r"(?:\bnot\b|\bnever\b|\bcannot\b|n[’']t\b"
    r"|\b(?:unable|yet|fail(?:s|ed|ing|ure)?|(?:neglect|declin|omit|refus|forg[eo]t)[a-z]*)\s+to\b)"
)
_NEXT = r"(?:and|but|or|until|because|which|that|than|so|for|as|when|only|who|with|it|they)"
_DONE = (
    r"(?:respond|repl[yi]|answer|acknowledg|provid|issu|send|sent|giv|deliver|complet|mak|made"
    r"|receiv|contact|do(?:ne)?\b|carr[yi]|reach|escalat|log|clos|resolv|start|get|got|writ|confirm"
    r"|arrang|updat|act)[a-z]*"
)
_ANSWER = r"(?:response|reply|answer|acknowledge?ment|contact|update|decision|letter)"
_SINCE = r"(?:[a-z]+ed|sent|gave|given|made|got|done|wrote|written)"
_GAP = rf"(?:\s+(?!{_NEXT}\b|{_SINCE}\b)[\w’'-]+){{0,7}}\s+$"
_FIGURE = regex(
    rf"(?<![\w.,/£–-])(?P<amount>\d{{1,6}}|{_any_of(_NUMBER_WORDS)})"
    r"[\s-]+(?P<unit>(?:working|business|calendar)[\s-]+days?|days?|weeks?|fortnights?|months?)"
    r"(?!\w)",
    re.ASCII | re.IGNORECASE,
)
# What stands directly before a figure: "not within its", "exceeded its target of", "just over".
_BOUND = regex(
    rf"(?:(?P<no>{_NO}|\bno)\s+)?(?<![\w-])(?P<bound>{_any_of(_BOUNDS)})\.?"
    rf"(?:\s+(?P<owner>{_OWNER})(?:\s+(?:[\w’'-]+\s+){{0,3}}?{_LIMIT}\s+of)?)?\s*$",
    re.IGNORECASE,
)
# What says that a limit was kept or missed: "met its", "did not meet the", "in line with its".
_KEPT = regex(
    rf"(?P<no>{_NO}\s+)?(?:(?P<met>met|meets?|meeting|kept?\s+to|compl(?:y|ied)\s+with"
    r"|adhered?\s+to|in\s+(?:line|accordance|keeping)\s+with)|missed|missing|breached|overran)"
    rf"\s+{_OWNER}\s*$",
    re.IGNORECASE,
)
_NEGATION = regex(
    r"\b(?:not|never|no|nor|neither|nobody|nothing|none|without|cannot|unable|yet\s+to|fail\w*"
    r"|lack\w*|refus\w*|declin\w*|neglect\w*|omit\w*|forg[eo]t\w*|miss\w*|hardly|rarely)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
# "did not provide a response within", "no response was sent within": the "not" turns it round.
_NOT_DONE = regex(
    rf"{_NO}\s+(?:(?:be|been|being|have|had|yet|then|get)\s+)*{_DONE}{_GAP}"
    rf"|(?<!with\s)\bno\s+(?:[\w-]+\s+){{0,3}}?{_ANSWER}(?:\s+(?:was|were|had|has|been|came|{_DONE}))*"
    rf"{_GAP}",
    re.IGNORECASE,
)
# "no access on 13 October, ..." leaves what follows as it is.
_NO_OTHER = regex(rf"\bno\s+(?!{_ANSWER}\b|one\b|more\b)\w[^,]*,", re.IGNORECASE)
_NOT_UNTIL = regex(
    rf"{_NO}(?:\s+(?!(?:and|but|or|because|which|so)\b)[\w’'-]+){{0,8}}\s+(?:until|for)\s*$",
    re.IGNORECASE,
)
# What should happen, not what did.
_WISHED = regex(
    r"\b(?:should|must|shall|will|would|(?-i:may)|might|could|can|aims?|aimed|ought|promis\w*"
    r"|(?:is|are|was|were|be|has|have|had|needs?|wants?|asked|told|hop\w+|plan\w*)\s+to(?!\s+wait)"
    r"|responds|replies|acknowledges|provides|issues|sends|expect\w*|requir\w*|supposed|due|intend\w*|undert[ao]\w*|committ?\w*|if|unless"
    r"|(?:policy|code|procedure|standard)\s+(?:says|states|said|stated|is|was|sets|gives))\b|[’']ll\b",
    re.IGNORECASE,
)
_UNREADABLE_BEFORE = regex(
    r"\b(?:than|every|each|per|twice|double|triple|treble|half|before|by|until\s+after|between"
    r"|had|has|have|gave|given|allow\w*|itself|close\s+to|including|first|last|next|latest(?:\s+after)?"
    r"|minus|plus|except|another|further|extra|additional|either|or|nor"
    rf"|{_LIMIT}\s+(?:of|is|was)|(?:\d+|{_any_of(_NUMBER_WORDS)})\s+(?:to|and))"
    rf"(?:\s+{_OWNER})?\s*$"
    r"|\d\s*[–—-]\s*$",
    re.IGNORECASE,
)
# A limit word that other words part from the figure: "within the very first 10 working days".
_APART = regex(
    r"\b(?:within|inside|exceed\w*|at\s+(?:most|least)|up\s+to|in\s+excess\s+of|longer\s+than|outside"
    r"|beyond)(?:\s+[\w’'-]+){1,4}\s*$",
    re.IGNORECASE,
)
_OVER_BEFORE = regex(
    r"\b(?:late|overdue|exceed\w*|miss\w*|outside|beyond|past|over(?:ran|run|shot)?|breach\w*)\b"
    r"[^.;]*\bby\s*$",
    re.IGNORECASE,
)
_BY = regex(r"\bby\s*$", re.IGNORECASE)
_PAST_LIMIT = (
    rf"(?:{_OWNER}\s+)?(?:[\w’'-]+\s+){{0,3}}?(?:{_LIMIT}|due\s+date)\b|it\s+(?:was|is|fell)\s+due"
    r"|(?:it|they|was)\s+(?:should|allowed)|allowed"
)
_OVER_AFTER = regex(
    r"\s*(?:late\b|overdue\b|too\s+(?:late|long)\b|over\s*[.!]?\s*$"
    r"|(?:over|outside(?:\s+of)?|beyond|past|after|in\s+excess\s+of|(?:more|longer|later)\s+than)\s+"
    rf"(?:{_PAST_LIMIT})\b)",
    re.IGNORECASE,
)
_UNREADABLE_AFTER = regex(
    r"\s*(?:early\b|left\b|remain\w*|to\s+spare|short\s+of|behind\b|over\b|outside\b|beyond\b"
    rf"|(?:before|ahead\s+of|inside|within|under|of)\s+(?:{_PAST_LIMIT})\b|exceed\w*)"
    r"|\s*(?:or\s+(?:more|less|fewer|longer|so)|at\s+(?:most|least|the)|plus|and\s+a\s+half|in\s+breach"
    r"|maximum|minimum|away|and\s+counting)\b"
    r"|[^,]*\b(?:was|were|had)\s+not\b",
    re.IGNORECASE,
)
_NAMES_LIMIT = regex(
    rf"\s*(?:[\w’'-]+\s+){{0,2}}?(?:{_LIMIT}|policy|requirement|rule)\b", re.IGNORECASE
)
_WISHED_AFTER = regex(r"[^,]*\b(?:should|allowed|would|must)\b", re.IGNORECASE)
FORMS = "write it as 25 working days, 7 days, nearly 4 weeks, 2025-04-03, in time or late"


class Said(Struct, frozen=True):
    """A figure that was read, and whether it is the time elapsed or the time over a limit."""

    figure: Figure
    kind: str


def read_figure(text: str) -> Figure | None:
    """Return the figure that a text is, such as "nearly four weeks"; None where it is none."""
    said = read_said(text)
    return said.figure if said and said.kind == ELAPSED else None


def read_said(text: str) -> Said | None:
    """Return what a text states that is a figure and nothing else, "8 working days late" too."""
    words = text.strip()
    match = _FIGURE.search(words)
    figure = _figure(match) if match else None
    if not match or not figure:
        return None
    before, after = words[: match.start()], words[match.end() :]
    bound = _BOUND.fullmatch(before) if before else None
    over = _OVER_AFTER.fullmatch(after) if after else None
    limit = _NAMES_LIMIT.fullmatch(after) if bound else None
    if (before and not bound) or (after and not over and not limit):
        return None
    told = _bound_of(bound)
    return Said(replace(figure, bound=told), OVERSHOOT if over else ELAPSED) if told else None


def said_in(words: str) -> Said | str:
    """Return what the one figure in some words states, or why it is not read from them."""
    found = [(match, figure) for match in _FIGURE.finditer(words) if (figure := _figure(match))]
    if len(found) != 1:
        many = f"the words contain {len(found)} figures" if found else "the words contain no figure"
        return f'{many}; add the key "states" and {FORMS}'
    match, figure = found[0]
    said = _in_context(figure, *_sentence(words, match))
    if said:
        return said
    return (
        f'the words do not say for certain how long it took: "{figure}" may be the time taken, a '
        f'limit or a hope; add the key "states" and write what they come to: more than {figure}, '
        f"within {figure}, {figure}, in time or late"
    )


def _sentence(words: str, match: re.Match[str]) -> tuple[str, str]:
    """Return what comes before and after a figure in its own sentence."""
    before = re.split(r"(?<!approx)[.;!?]\s", words[: match.start()])[-1]
    after = re.split(r"[.;!?](?:\s|$)", words[match.end() :])[0]
    return before, after


def _in_context(figure: Figure, before: str, after: str) -> Said | None:
    """Return what a figure states between the words around it; None where that is not certain."""
    over = _OVER_AFTER.match(after) is not None
    if _WISHED.search(before) or (not over and _UNREADABLE_AFTER.match(after)):
        return None
    if _OVER_BEFORE.search(before):
        return None if over or _negated(before) else Said(figure, OVERSHOOT)
    if bound := _BOUND.search(before):
        return _with_bound(figure, bound, before[: bound.start()], over=over)
    if kept := _KEPT.search(before):
        if not _NAMES_LIMIT.match(after) or _negated(before[: kept.start()]):
            return None
        within = (kept["met"] is None) == (kept["no"] is not None)
        return Said(replace(figure, bound=AT_MOST if within else MORE), ELAPSED)
    if _UNREADABLE_BEFORE.search(before) or _APART.search(before):
        return None
    if not over and (_NAMES_LIMIT.match(after) or _WISHED_AFTER.match(after)):
        return None
    if _negated(_NO_OTHER.sub("", before)) and not _NOT_UNTIL.search(before):
        return None
    return Said(figure, OVERSHOOT if over else ELAPSED)


def _with_bound(figure: Figure, bound: re.Match[str], rest: str, *, over: bool) -> Said | None:
    """Return a figure with the bound before it, turned round by a "not" in the rest."""
    told = _bound_of(bound)
    if not told or (bound["owner"] and over) or (bound["no"] and _negated(rest)):
        return None
    if by := _BY.search(rest):
        if not _OVER_BEFORE.search(rest) or _negated(rest[: by.start()]) or over:
            return None
        return Said(replace(figure, bound=told), OVERSHOOT)
    if _negated(rest):
        once = _NOT_DONE.search(rest) is not None and len(_NEGATION.findall(rest)) == 1
        if over or not once or told not in OPPOSITE:
            return None
        return Said(replace(figure, bound=OPPOSITE[told]), ELAPSED)
    if _UNREADABLE_BEFORE.search(rest):
        return None
    return Said(replace(figure, bound=told), OVERSHOOT if over else ELAPSED)


def _bound_of(bound: re.Match[str] | None) -> str:
    """Return how a figure is bounded by what comes before it; nothing for what has no "not"."""
    if bound is None:
        return EXACTLY
    told = _BOUNDS[" ".join(bound["bound"].lower().split())]
    return OPPOSITE.get(told, "") if bound["no"] else told


def _negated(text: str) -> bool:
    return _NEGATION.search(text) is not None


def _figure(match: re.Match[str]) -> Figure | None:
    word = " ".join(match["amount"].lower().replace("-", " ").split()).replace(" ", "-")
    amount = int(word) if word.isdigit() else _NUMBER_WORDS[word]
    unit = re.sub(r"[\s-]+", "_", match["unit"].lower()).removesuffix("s") + "s"
    unit = unit.replace("business", "working")
    if unit == "fortnights":
        amount, unit = amount * 2, "weeks"
    return Figure(amount, unit) if amount <= LONGEST else None
