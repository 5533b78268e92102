"""What the unknown name of an event may have meant: never the opposite of what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from timeliness.model.abbreviations import written_out
from timeliness.model.errors import Hint
from timeliness.model.patterns import regex
from timeliness.model.turning import deadline_in, turning_word

_END = (
    r"(?=$|[,;(]| (?:by|via|from|through|about|re|in|sent|issued|posted|emailed|received|made"
    r"|raised)\b)"
)
_REST = regex(
    r"$|[,;(]|(?:by|via|through|after|because|in|at|to|from|about|re|sent|issued|posted|emailed"
    r"|letter)\b"
)
_RESIDENT = r"(?:the )?(?:resident|tenant|complainant|customer)"
_LANDLORD = r"(?:the )?(?:landlord|council|association|ll|we)"
_VERBS = r"(?P<verb>received|acknowledged|logged|refused|withdrawn|closed|reopened)"

# What people write that is no name of an event, each with the events that it may mean.
_MEANT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"(?:formal |new |stage 1 )?complaint{_END}", ("complaint received",)),
    (r"stage 1 complaint (?P<verb>acknowledged|logged)\b", ("complaint {verb}",)),
    (r"stage 2 complaint (?P<verb>acknowledged|logged)\b", ("escalation {verb}",)),
    (
        rf"(?:stage 2|second stage) (?:complaint|review|appeal)(?: requested)?{_END}",
        ("escalation requested",),
    ),
    (
        rf"{_RESIDENT} (?:escalated|asked (?:to escalate|for escalation)){_END}",
        ("escalation requested",),
    ),
    (rf"{_RESIDENT} complained{_END}", ("complaint received",)),
    (
        rf"(?:{_RESIDENT} )?withdrew(?: (?:the|her|his|their))?(?: complaint)?{_END}",
        ("complaint withdrawn",),
    ),
    (rf"{_LANDLORD} responded{_END}", ("stage 1 response", "stage 2 response")),
    (rf"{_LANDLORD} acknowledged{_END}", ("complaint acknowledged", "escalation acknowledged")),
    (rf"informal resolution agreed{_END}", ("early resolution agreed",)),
    (r"deadline extended\b", ("stage 1 extended", "stage 2 extended")),
    (rf"stage 3 (?:complaint|review|appeal){_END}", ("stage 3 requested",)),
    (r"complaint (?:came in|arrived|submitted|lodged|opened)\b", ("complaint received",)),
    (rf"complaint escalated{_END}", ("escalation requested",)),
    (
        r"(?:asked|asks|request|requested|wants|wanted) (?:to|for) (?:an? )?"
        rf"(?:escalat\w+|stage 2|review|appeal){_END}",
        ("escalation requested",),
    ),
    (rf"(?:review|appeal) (?:requested|request|received){_END}", ("escalation requested",)),
    (
        r"escalation request(?:ed)? (?:was )?(?P<verb>acknowledged|logged|refused)",
        ("escalation {verb}",),
    ),
    (r"escalation request(?:ed)? (?:was )?(?:declined|rejected)", ("escalation refused",)),
    (rf"(?:case|file) closed{_END}", ("complaint closed",)),
    (
        r"(?P<stage>stage [123]) (?:closed|resolved|completed?|concluded|finished)\b",
        ("{stage} response", "complaint closed"),
    ),
    (
        rf"(?:complaint |case )?(?:resolved|completed?|concluded|settled|finished){_END}",
        ("stage 1 response", "stage 2 response", "complaint closed", "early resolution agreed"),
    ),
    (
        r"(?P<stage>stage [123]) (?:outcome |decision )?(?:letter|email|outcome|report)"
        rf"{_END}",
        ("{stage} response",),
    ),
    (
        r"(?P<stage>stage [123]) (?:final|full) (?:outcome|decision|letter|response|reply)"
        rf"{_END}",
        ("{stage} response",),
    ),
    (rf"escalation request{_END}", ("escalation requested",)),
    (rf"holding (?:email|message|reply){_END}", ("holding response",)),
    (rf"(?:decision|outcome) (?:letter|email){_END}", ("stage 1 response", "stage 2 response")),
    (r"stage 1$", ("complaint received", "stage 1 response")),
    (r"stage 2$", ("escalation requested", "stage 2 response")),
    (
        rf"(?:stage 1 |complaint )?acknowledge?ment(?: of (?:the )?complaint)?"
        rf"(?: (?:letter|email))?{_END}",
        ("complaint acknowledged",),
    ),
    (
        rf"(?:stage 2 |escalation )acknowledge?ment(?: (?:letter|email))?{_END}",
        ("escalation acknowledged",),
    ),
    (r"(?:escalated|referred) to (?:the )?(?:housing )?ombudsman\b", ("ombudsman referral",)),
    (rf"{_VERBS} (?:the |a |new |formal )*complaint{_END}", ("complaint {verb}",)),
)
_MEANINGS = tuple((regex(pattern), events) for pattern, events in _MEANT)

_PAUSES = regex(r"\b(?:paus\w+|(?:on|put on) hold|hold|held|waiting|suspend\w*)\b")
_PAUSE = (
    "the Code's clocks do not stop for a pause; an extension moves the day on which the answer "
    "is due: write stage 1 extended, with until"
)
_OUTCOME = regex(r"(?:complaint |case |stage [123] )?((?:partly |partially |not )?upheld)\b")
_DENIALS = regex(
    r"\b(?:no|not|never|yet|been|has|have|had|was|is|hasn['’]?t|wasn['’]?t|isn['’]?t|didn['’]?t)\b"
)
# The words of two names are taken for each other where they are as alike as this, up to 1.
_ALIKE = 0.8
_REVERSING = ("un", "non", "dis", "mis", "pre")


def event_hint(text: str, names: Mapping[str, str]) -> Hint | None:
    """Return what to write for an unknown name, or None where that is not known.

    `text` is in the form in which names are compared, in which `names` holds those of the events,
    each with the event's own name.
    """
    text = written_out(text)
    near = nearest_event(text, names)
    if _PAUSES.search(text) and not near:
        return Hint(_PAUSE)
    if found := _OUTCOME.match(text):
        outcome = found[1].replace("partially", "partly")
        return Hint(
            f"an outcome is written after the response: stage 1 response, {outcome} "
            f"(or stage 2 response, {outcome})"
        )
    if text.startswith("final "):
        return Hint('write the stage it ended: "stage 1 response" or "stage 2 response"')
    if meant := meant_events(text):
        return which_of(meant)
    if denied := _denied(text, names) or _turned_round(text, names):
        return Hint(
            f"for what did not happen write - {{event: {denied}, evidence: absent}}, or leave "
            "the line out"
        )
    return Hint("", near) if near else None


def which_of(events: Sequence[str]) -> Hint:
    """Return the question which of some events was meant."""
    *others, last = events
    if not others:
        return Hint("", last)
    return Hint("did you mean " + ", ".join(f'"{event}"' for event in others) + f' or "{last}"?')


def meant_events(text: str) -> tuple[str, ...]:
    """Return the events that a text means which is often written and no name."""
    for pattern, events in _MEANINGS:
        if match := pattern.match(text):
            return tuple(event.format(**match.groupdict()) for event in events)
    return ()


def nearest_event(text: str, names: Mapping[str, str]) -> str:
    """Return the event whose name a text begins with but for typing mistakes, or nothing.

    Word is compared with word and numbers must be the same, so that what differs in a word differs
    in its spelling alone: "complaint resolved" is not near to "complaint refused".
    """
    words = text.replace(",", " ,").split()
    best, found = 0.0, ""
    for name, event in names.items():
        wanted = name.split()
        rest = " ".join(words[len(wanted) :])
        alike = min(map(_likeness, words, wanted)) if len(words) >= len(wanted) else 0.0
        if alike < _ALIKE:
            # Two words may be run together, as in "stage1 response".
            joined = "".join(words)
            alike, rest = (0.9, "") if joined == "".join(wanted) else (0.0, "")
        score = alike + len(wanted) / 100
        if alike >= _ALIKE and score > best and _REST.match(rest) and not turning_word(rest):
            best, found = score, event
    return found


@lru_cache(maxsize=8192)
def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit() or abs(len(one) - len(other)) > 4:
        return 0.0
    if any(one.removeprefix(sign) == other for sign in _REVERSING if one.startswith(sign)):
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _turned_round(text: str, names: Mapping[str, str]) -> str:
    """Return the event whose name a text begins with, where the rest reverses its meaning."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        name, rest = " ".join(words[:count]), " ".join(words[count:])
        if name in names:
            return names[name] if turning_word(rest) or deadline_in(rest) else ""
    return ""


def _denied(text: str, names: Mapping[str, str]) -> str:
    """Return the event that a text says did not happen, or nothing."""
    without = " ".join(_DENIALS.sub(" ", text).split())
    if without == text:
        return ""
    return names.get(without, "") or nearest_event(without, names)
