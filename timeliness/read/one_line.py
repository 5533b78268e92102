"""The one-line form of an event: a date, the name of the event, and a note.

It is always better to ask than to read a line as its opposite: what may follow the name is a closed
list, and everything else is refused with what to write instead.
"""

from __future__ import annotations

import re
from datetime import time
from functools import lru_cache

from msgspec.structs import replace

from timeliness.model.abbreviations import written_out
from timeliness.model.dates import When, split_date
from timeliness.model.errors import Mistakes
from timeliness.model.event_hints import meant_events, which_of
from timeliness.model.keys import EVIDENCE
from timeliness.model.patterns import regex
from timeliness.model.timelines import Event
from timeliness.model.vocabulary import Kind, Vocabulary, plain_name
from timeliness.read.consistency import EITHER_STAGE
from timeliness.read.fields import date_in, shorten
from timeliness.read.nodes import TextNode
from timeliness.read.notes import Line, NotReadError, is_free, read_note
from timeliness.read.slips import LONG_DASHES

_LATER_STAGE = regex(r"\b(stage [23]\b|escalat)")


def read_line(
    node: TextNode, vocabulary: Vocabulary, mistakes: Mistakes, *, day_first: bool
) -> tuple[Event, str] | None:
    """Return the event of a line and its name as written; notes why a line is refused."""
    parts = split_date(node.text)
    if parts is None:
        mistakes.add(node.line, undated(node.text))
        return None
    dated, rest = parts
    when = date_in(dated, node.line, mistakes, day_first=day_first)
    try:
        line = _split(dated, rest, vocabulary)
        _refuse_another_event(line.kind, line.name, line.note, vocabulary)
        _refuse_second_event(line.note, vocabulary)
        _refuse_keys(line)
        note = read_note(line, when.span if when else None, day_first=day_first)
        if when is not None and note.at is not None:
            when = _at(when, note.at, dated)
    except NotReadError as error:
        mistakes.add(node.line, str(error))
        return None
    if when is None:
        return None
    event = Event(line.kind.name, when, line=node.line, note=note.text, attributes=note.attributes)
    return event, line.name


def is_cut_by_colon(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line was only taken for a key because its free note has a colon in it."""
    parts = split_date(text)
    split = vocabulary.split(parts[1]) if parts else None
    return split is not None and is_free(Line("", split[0], "", split[1]))


def _refuse_another_event(kind: Kind, name: str, note: str, vocabulary: Vocabulary) -> None:
    """Refuse a bare name that by its note may mean another event, as in "response at stage 2"."""
    text = name + note if note[:1] in (",", ";") else f"{name} {note}"
    plain, note = plain_name(name), note.lstrip(" ,;.:-–—([")
    other = ""
    if plain in EITHER_STAGE and _LATER_STAGE.search(plain_name(note)):
        other = EITHER_STAGE[plain][1]
    elif plain in (*EITHER_STAGE, "received") and (split := vocabulary.split(note)):
        other = split[0].name if split[0].stage and split[0] is not kind else ""
    if other:
        raise NotReadError(
            f'"{shorten(text)}" may be "{kind.name}" or "{other}"; write the one that is meant'
        )


def key_in_note(kind: Kind, note: str) -> str:
    """Return the key that the note of a one-line event begins with, where one was meant.

    A single word that may as well be prose, such as sent, is meant only before yes or no.
    """
    words = [word.strip(":,=") for word in plain_name(note.lstrip(" ,;(")).split()]
    if not words:
        return ""
    names = [f"evidence {choice}" for choice in EVIDENCE] + ["handler", "treated_as"]
    for key in kind.keys:
        if key.name == "in_writing":
            names += [f"{key.name} {word}" for word in ("yes", "no")]
            continue
        prose = key.kind == "yes-no" and "_" not in key.name
        names += [f"{key.name} {word}" for word in ("yes", "no")] if prose else [key.name]
    for name in names:
        wanted = plain_name(name).split()
        if words[: len(wanted)] == wanted and name != "until":
            return name.split()[0]
    return ""


def _split(dated: str, rest: str, vocabulary: Vocabulary) -> Line:
    # A sign that begins a note may stand close to the name.
    rest = re.sub(r"\s*([–—])\s*", r" \1 ", re.sub(r"\s*([(\[])", r" \1", rest))
    rest = " ".join(re.sub(r",(?=[^\s\d])", ", ", rest).split())
    if not rest:
        raise NotReadError(f"no event follows the date; write it there: {dated} complaint received")
    split = vocabulary.split(rest)
    meant = _meant(rest)
    if meant and (split is None or split[0].name not in meant):
        raise NotReadError(f'"{shorten(rest)}" is not an event; {which_of(meant)}')
    if split is None:
        elsewhere = vocabulary.elsewhere(rest)
        says = f'"{shorten(rest)}" is not an event; {vocabulary.hint(rest)}'
        raise NotReadError(elsewhere or says)
    kind, note = split
    return Line(dated, kind, rest[: len(rest) - len(note)].strip(), note)


@lru_cache(maxsize=4096)
def _meant(rest: str) -> tuple[str, ...]:
    return meant_events(written_out(plain_name(rest)))


def _refuse_keys(line: Line) -> None:
    if key := key_in_note(line.kind, line.note):
        note = shorten(line.note.lstrip(" ,;("))
        raise NotReadError(
            f'in the one-line form what follows the event is a note, so "{note}" would not be '
            f"read; write - {{date: {line.dated}, event: {line.kind.name}, {key}: ...}}"
        )


def _refuse_second_event(note: str, vocabulary: Vocabulary) -> None:
    """Refuse a date and an event in a note: a line without its hyphen is part of the one above."""
    words = note.split()
    for place, word in enumerate(words):
        if not (word[0].isdigit() or word.lower() == "unknown"):
            continue
        text = " ".join(words[place:])
        parts = split_date(text)
        if parts and vocabulary.split(parts[1]):
            raise NotReadError(
                f'a second event, "{shorten(text)}", is part of this line; begin it on a line of '
                f"its own with a hyphen and a space: - {shorten(text)}"
            )


def _at(when: When, at: time, dated: str) -> When:
    """Return a day with the time of day that its note gives."""
    if not when.span.exact:
        raise NotReadError(f"a time of day needs a single day, and {dated} is not one")
    if when.time not in (None, at):
        raise NotReadError(
            f"there are two times of day here, {when.time:%H:%M} and {at:%H:%M}; keep one"
        )
    return replace(when, time=at)


CURLY = "“”‘’"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_TWO_DIGITS = regex(rf"\d{{1,2}}(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s-]+'?\d{{2}}\b", re.IGNORECASE)
_DAYS = regex(
    rf"(?P<first>\d{{1,2}})\s?-\s?(?P<last>\d{{1,2}})\s+(?P<month>{_MONTH})\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_RELATIVE = regex(r"(today|yesterday|tomorrow)\b", re.IGNORECASE)


def _iso(day: str, match: re.Match[str]) -> str:
    return f"{match['year']}-{_MONTHS.index(match['month'][:3].lower()) + 1:02d}-{int(day):02d}"


def undated(text: str) -> str:
    """Return what to say of a line that begins with no date, and what to write."""
    shown = shorten(text)
    if text.startswith(tuple(CURLY)):
        return f"the line begins with a curly quote ({text[0]}); take out the curly quotes"
    plain = text.translate({ord(sign): "-" for sign in LONG_DASHES})
    if match := _DAYS.match(plain):
        return (
            f'"{match.group()}" is not one date; write a range as year-month-day: '
            f"{_iso(match['first'], match)}/{_iso(match['last'], match)}"
        )
    if plain != text and (parts := split_date(plain)):
        hyphens = shorten(" ".join(parts))
        return f'the date in "{shown}" has a long dash; write it with hyphens: {hyphens}'
    if match := _TWO_DIGITS.match(text):
        return (
            f'"{match.group()}" has a year of two digits; write the day as 2025-04-03 '
            "(year-month-day) or 3 Apr 2025"
        )
    if match := _RELATIVE.match(text):
        what = {"today": "today's date", "yesterday": "yesterday's date"}
        return (
            f'"{match[1]}" is not a date; write {what.get(match[1].lower(), "the date itself")}, '
            "such as 2025-04-03"
        )
    words = text.split()
    for place in range(1, len(words)):
        parts = split_date(" ".join(words[place:]))
        if parts and not parts[1]:
            event = shorten(" ".join(words[:place]).removesuffix(" on").rstrip(",:"))
            return f"the date comes first: write {parts[0]} {event}"
    return (
        f'"{shown}" does not begin with a date; write the date, then the event: '
        "2025-04-03 complaint received"
    )
