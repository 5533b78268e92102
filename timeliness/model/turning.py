"""Words that may reverse an event: "stage 1 response overdue" is not a response.

The list is published: `chcheck events` and docs/events.md print it.
"""

from __future__ import annotations

import re

from timeliness.model.patterns import regex

# Each word as it is published, and its forms where they are more than the word itself.
_TURNING = {
    "not": r"(?:not|cannot|\w+n['’]t|(?:did|do|does|is|are|was|were|has|have|had|would|could|should"
    r"|wo|ca)nt|un(?:sent|answered|delivered|issued|posted|read))",
    "no": r"(?:no|none|nothing|nobody|nor|neither)",
    "never": "never",
    "due": "due",
    "overdue": "overdue",
    "outstanding": "outstanding",
    "await": r"await\w*",
    "expect": r"expect\w*",
    "promise": r"promis\w*",
    "plan": r"plan(?:s|ned|ning)?",
    "schedule": r"schedul\w*",
    "target": r"target\w*",
    "deadline": r"deadlines?",
    "pending": "pending",
    "delay": r"delay\w*",
    "postpone": r"postpon\w*",
    "to follow": "to follow",
    "to be": "to be",
    "tbc": "(?:tbc|tba)",
    "draft": r"draft\w*",
    "approval": r"approv\w*",
    "progress": r"progress\w*",
    "on hold": "on hold",
    "holding": "holding",
    "interim": "interim",
    "provisional": r"provisional\w*",
    "miss": r"miss(?:ed|es|ing)?",
    "fail": r"fail\w*",
    "bounce": r"bounc\w*",
    "return": r"return\w*",
    "recall": r"recall\w*",
    "cancel": r"cancel\w*",
    "decline": r"declin\w*",
    "reject": r"reject\w*",
    "request": r"request\w*",
    "refuse": r"refus\w*",
    "chase": r"chas(?:e|es|ed|er|ers|ing)",
    "should": "should",
    "would": "would",
    "will": r"(?:will|\w+['’]ll)",
    "if": "if",
    "unless": "unless",
    "error": r"(?:errors?|erroneous\w*)",
    "risk": r"risk\w*",
}
TURNING_WORDS = tuple(_TURNING)
"""The words, in all their forms, that may reverse an event."""

NOT_TURNING = ("not upheld", "not satisfied", "not happy", "no longer", "no further")

_TURNS = regex(rf"(?<![\w'’])(?:{'|'.join(_TURNING.values())})(?![\w'’])", re.IGNORECASE)
# "Miss" before a name is how somebody is called.
_HARMLESS = regex(rf"\b(?:(?i:{'|'.join(NOT_TURNING)})\b|Miss\s+(?=[A-Z]))")
_QUOTED = regex(r'"[^"]*"|“[^”]*”')
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DEADLINE = regex(
    r"(?<![\w'’])by\s+(?:the\s+)?(?!(?:1st|2nd)\s+class\b)(?:\d|"
    rf"(?:{_MONTHS})[a-z]*\s+\d|"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|today|tonight|tomorrow|"
    r"noon|midday|midnight|end|close|cob|eod|next|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"first working|last)\b)",
    re.IGNORECASE,
)


def without_quotes(text: str) -> str:
    """Return a note with what is in quotation marks blanked out, every place kept."""
    return _QUOTED.sub(lambda match: "\0" * len(match.group()), text)


def turning_word(text: str) -> str:
    """Return the first word outside quotation marks that may reverse an event, or nothing."""
    plain = without_quotes(text)
    plain = _HARMLESS.sub(lambda match: "\0" * len(match.group()), plain)
    match = _TURNS.search(plain)
    return match.group() if match else ""


def deadline_in(text: str) -> str:
    """Return where a note names a day by which something is to happen, to its end, or nothing."""
    match = _DEADLINE.search(without_quotes(text))
    return text[match.start() :] if match else ""
