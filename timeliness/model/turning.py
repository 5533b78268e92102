"""Words that may reverse an event: "stage 1 response overdue" is not a response.

The list is published: `chcheck events` and docs/events.md print it.
"""

from __future__ import annotations

import re
from datetime import date

from timeliness.model.dates import read_date
from timeliness.model.errors import DateError
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

_DOUBTING = {
    "partial": r"(?:(?:partial|partially|partly)(?!\s+upheld)|(?<!upheld )in part|part\s+\w+)",
    "incomplete": "incomplete",
    "wrong": r"(?:wrong\w*|incorrect\w*)",
    "still": "still",
    "later": "later",
    "prepare": r"prepar\w*",
    "withhold": r"with(?:held|hold\w*)",
    "say": r"(?:says?|said|according to)",
    "claim": r"claim\w*",
    "allege": r"alleg\w*",
    "apparently": r"apparent\w*",
    "suppose": r"suppos\w*",
    "assume": r"(?:assum|presum)\w*",
    "possibly": r"possibl[ey]",
    "probably": r"probabl[ey]",
    "perhaps": r"(?:perhaps|maybe)",
    "unclear": r"un(?:clear|certain|sure|confirmed|known)",
    "approximately": r"(?:approx\w*|circa)",
}
DOUBTING_WORDS = tuple(_DOUBTING)
"""The words that leave open whether, or when, a landlord answered: only the whole answer counts."""

NOT_TURNING = ("not upheld", "not satisfied", "not happy", "no longer", "no further")

_TURNS = regex(rf"(?<![\w'’])(?:{'|'.join(_TURNING.values())})(?![\w'’])", re.IGNORECASE)
_DOUBTS = regex(rf"(?<![\w'’])(?:{'|'.join(_DOUBTING.values())})(?![\w'’])", re.IGNORECASE)
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


def doubting_word(text: str) -> str:
    """Return the first word outside quotation marks by which an answer is in doubt, or nothing."""
    match = _DOUBTS.search(without_quotes(text))
    return match.group() if match else ""


def deadline_in(text: str) -> str:
    """Return where a note names a day by which something is to happen, to its end, or nothing."""
    match = _DEADLINE.search(without_quotes(text))
    return text[match.start() :] if match else ""


_NAMED = rf"(?P<month>{_MONTHS})[a-z]*\.?"
_DAY_IN = regex(
    r"(?<![\w/.-])(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<numbers>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))|"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_NAMED}(?:\s+(?P<year>\d{{4}}))?)(?![\w/-])",
    re.IGNORECASE,
)
_SENT_ON = regex(
    r"\b(?:sent|posted|emailed|issued|delivered|dispatched|served)(?:\s+out)?(?:\s+on)?\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def other_day_in(text: str, first: date, last: date) -> str:
    """Return a day that a note names beside an event of `first` to `last`, or nothing.

    One after it, or one on which it was sent: an earlier one may be that of a letter, or of
    anything else. Without a year it is the one that is nearest to the event.
    """
    plain = without_quotes(text)
    for match in _DAY_IN.finditer(plain):
        day = _day_of(match, last)
        if day and (day > last or (day < first and _SENT_ON.search(plain[: match.start()]))):
            return match.group()
    return ""


def _day_of(match: re.Match[str], near: date) -> date | None:
    """Return the day that a note names, None where there is none such."""
    if match["month"]:
        years = [match["year"]] if match["year"] else [near.year + more for more in (-1, 0, 1)]
        texts = [f"{match['day']} {match['month']} {year}" for year in years]
    else:
        texts = [re.sub(r"(?<=[/.])(\d\d)$", r"20\1", match.group())]
    days = [day for text in texts if (day := _read(text))]
    return min(days, key=lambda one: abs((one - near).days), default=None)


def _read(text: str) -> date | None:
    try:
        return read_date(text, day_first=True).span.earliest
    except DateError:
        return None
