"""The note after the event of a line: what it may begin with, and what is read from it.

A note begins with one of the words of `model.note_words`; words that may reverse the event are
refused in it, unless it is free or they are in quotation marks.
"""

from __future__ import annotations

import re
from datetime import date, time

from msgspec import Struct, field

from timeliness.model.clock_times import SPOKEN, read_time
from timeliness.model.dates import Span, read_date, split_date
from timeliness.model.errors import DateError, DayError
from timeliness.model.note_words import (
    BARE_VERBS,
    FREE_WORDS,
    LANDLORDS,
    MANNERS,
    OPEN_WORDS,
    OUTCOME_WORDS,
    RECIPIENTS,
    SENT,
    SENT_BY_RESIDENT,
    done_by_resident,
    sent_by_landlord,
)
from timeliness.model.patterns import regex
from timeliness.model.timelines import Attribute
from timeliness.model.turning import (
    deadline_in,
    doubting_word,
    other_day_in,
    turning_word,
    without_quotes,
)
from timeliness.model.vocabulary import STAGE_TRIGGERS, Kind, plain_name
from timeliness.read.fields import check_span, shorten

# A phrase ends at the end of a word: "to the resident's MP" is not to the resident.
_ENDS = r"(?![\w'’-])"


def _pattern(text: str) -> re.Pattern[str]:
    return regex(text, re.IGNORECASE)


_SEPARATOR = regex(r"\s*(?:[,;()\[\]]|\.(?=\s|$)|(?:^|(?<=\s))-+(?=\s)|[–—]+)\s*")
_MANNER = _pattern(rf"(?:{'|'.join(MANNERS)}){_ENDS}")
_AT = _pattern(rf"at\s+(?P<time>{SPOKEN}|\d{{1,2}}:\d{{2}}|\d{{1,2}}(?=\s*(?:$|[,;(]))){_ENDS}")
_TO = _pattern(rf"to\s+(?:the\s+)?(?:{'|'.join(RECIPIENTS)}){_ENDS}")
_SENT = _pattern(rf"(?P<word>{'|'.join(SENT)}){_ENDS}")
_OUTCOME = _pattern(rf"(?P<word>{'|'.join(OUTCOME_WORDS)}){_ENDS}")
_UPHELD = _pattern(r"\bupheld\b")
_UNTIL = _pattern(rf"until{_ENDS}\s*")
_TOWARDS = _pattern(rf"(?:to|till?|untill|up to|by|for){_ENDS}\s*")
_OPEN = _pattern(rf"(?:{'|'.join(OPEN_WORDS)}){_ENDS}")
_FROM = _pattern(rf"from{_ENDS}")
_FREE = _pattern(rf"(?<![\w'’-])(?:{'|'.join(FREE_WORDS)}){_ENDS}")
_BY_RESIDENT = _pattern(rf"by\s+(?:the\s+)?(?:{'|'.join(RECIPIENTS)}){_ENDS}")
_BY_LANDLORD = _pattern(rf"by\s+(?:the\s+|our\s+)?(?:{'|'.join(LANDLORDS)}|us){_ENDS}")


class NotReadError(Exception):
    """A line is refused; as a text it says why, and what to write."""


class Line(Struct, frozen=True):
    """A line of which the date and the event are known; `name` is the event as it was written."""

    dated: str
    kind: Kind
    name: str
    note: str

    @property
    def bare(self) -> bool:
        """Whether the event goes by a verb alone, which takes no noun."""
        return plain_name(self.name) in BARE_VERBS

    @property
    def long_form(self) -> str:
        """Return the event with its note in the long form, to be copied."""
        date = f'"{self.dated}"' if "," in self.dated else self.dated
        note = _quoted(shorten(_tidy(self.note)))
        return f"- {{date: {date}, event: {self.kind.name}, note: {note}}}"


class Note(Struct, frozen=True):
    """What a note says: its facts as attributes, its time of day, and what is left as text."""

    text: str = ""
    attributes: dict[str, Attribute] = field(default_factory=dict)
    at: time | None = None


def is_free(line: Line) -> bool:
    """Whether the end of a note may be anything, such as what a complaint is about."""
    return _Reader(line, day_first=False).free_from < len(line.note)


def read_note(line: Line, span: Span | None, *, day_first: bool) -> Note:
    """Return what the note of a line says; raises `NotReadError` where it may not say that.

    `span` are the days of its event, None where they cannot be read.
    """
    if not line.note:
        return Note()
    reader = _Reader(line, day_first)
    reader.refuse_what_turns_round()
    reader.walk()
    if span is not None:
        reader.refuse_another_day(span)
    return Note(reader.left(), reader.attributes, reader.at)


def _quoted(text: str) -> str:
    """Return a text as YAML takes it in quotation marks."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _tidy(text: str) -> str:
    """Return a note without the signs around it, and without what is empty in it."""
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    text = re.sub(r"\s+(?=[,;)\]])", "", " ".join(text.split()))
    text = re.sub(r"([,;(])(?:\s*[,;])+", r"\1", text).strip(" ,;-–—")
    if re.fullmatch(r"\([^()]*\)|\[[^\[\]]*\]", text):
        text = text[1:-1].strip()
    return "" if text == "." else text


class _Reader:
    def __init__(self, line: Line, day_first: bool) -> None:
        self.line, self.day_first = line, day_first
        self.text = line.note
        # What stands in quotation marks is kept, and not read.
        self.plain = without_quotes(line.note)
        resident = line.kind.name in SENT_BY_RESIDENT
        self.answers = bool(line.kind.stage) and not resident
        self.keys = {key.name for key in line.kind.keys}
        free = _FREE.search(self.plain) if resident else None
        self.free_from = free.start() if free else len(self.text)
        self.attributes: dict[str, Attribute] = {}
        self.at: time | None = None
        self._taken: list[tuple[int, int]] = []

    def refuse_what_turns_round(self) -> None:
        """Refuse words by which the event may not have happened, and a deadline."""
        kind, name = self.line.kind.name, self.line.name
        checked = self.text[: self.free_from]
        self._refuse_other_new_day()
        doubted = doubting_word(checked) if self.answers else ""
        if word := turning_word(checked) or doubted:
            raise NotReadError(
                f'"{word}" may reverse the meaning of "{name}"; if it did not happen, leave the '
                "line out or "
                f"write - {{event: {kind}, evidence: absent}}; if it did, write "
                f"{self.line.long_form}"
            )
        if words := deadline_in(checked):
            raise NotReadError(
                f'"{shorten(words)}" is a deadline, and does not say that it happened; if it did, '
                f"write {self.line.long_form}; if not, leave the line out"
            )

    def refuse_another_day(self, span: Span) -> None:
        """Refuse a day in what is left of the note on which the event may have happened instead."""
        left, dated = self.left(self.free_from), self.line.dated
        first, last = span.earliest or date.min, span.latest or date.max
        if self.line.kind.stage and (day := other_day_in(left, first, last)):
            raise NotReadError(
                f'"{day}" is another day than {dated}; write the day on which it happened as the '
                f"date; if that is {dated}, write {self.line.long_form}"
            )

    def _refuse_other_new_day(self) -> None:
        """Refuse the new day of an extension that is not written with until."""
        match = _TOWARDS.match(self.plain) if "until" in self.keys else None
        after = self.text[match.end() :] if match else ""
        if match and (parts := split_date(after)):
            new = parts[0]
        elif match and re.match(r"\d|(?:an?|one|two|three|four|five|six|ten)\b", after):
            new = "2025-05-06"
        else:
            return
        raise NotReadError(
            f'"{shorten(self.text)}": the new day is written with until, as in '
            f"{self.line.name} until {new}"
        )

    def walk(self) -> None:
        """Go through the note part by part, and take out of it what is read as a fact."""
        place, part, opened = 0, 0, False
        while place < self.free_from:
            if separator := _SEPARATOR.match(self.plain, place):
                place = part = separator.end()
                opened = True
            elif self.plain[place] == " ":
                place += 1
            elif end := self._closed(place) or self._open(place):
                place = end
            elif opened and not self._facts_in(part):
                place = self._part_end(place)
            else:
                self._refuse(part)
        for match in _UPHELD.finditer(self.plain, 0, self.free_from):
            taken = any(first <= match.start() < last for first, last in self._taken)
            if "outcome" in self.keys and not taken:
                raise NotReadError(
                    f'"{shorten(self.text)}": the outcome is written alone, as in '
                    f"{self.line.name}, partly upheld"
                )

    def left(self, end: int | None = None) -> str:
        """Return what is left of the note, or of its start, without the signs around it."""
        text = self.text[:end]
        for first, last in sorted(self._taken, reverse=True):
            text = f"{text[:first]} {text[last:]}"
        return _tidy(text)

    def _part_end(self, place: int) -> int:
        separator = _SEPARATOR.search(self.plain, place)
        return min(separator.start() if separator else len(self.text), self.free_from)

    def _facts_in(self, part: int) -> bool:
        return any(first >= part for first, _ in self._taken)

    def _refuse(self, part: int) -> None:
        name, kind = self.line.name, self.line.kind.name
        words = shorten(self.text[part : max(self._part_end(part), part + 1)])
        says = f'"{words}" after "{name}" may change what it means'
        if self.line.bare:
            says = f'"{name}" alone means {kind}, and "{words}" after it may change that'
        raise NotReadError(
            f"{says}; if it is {kind}, write {self.line.long_form}; if not, leave the line out"
        )

    def _closed(self, place: int) -> int:
        """Return where a phrase that stands by itself ends, or 0."""
        kind = self.line.kind
        if match := _MANNER.match(self.plain, place):
            if match.group().lower() == "in writing" and "in_writing" in self.keys:
                self._take("in_writing", True, place, match.end())
            return match.end()
        if match := _AT.match(self.plain, place):
            return self._time(match)
        if (match := _TO.match(self.plain, place)) and kind.name not in STAGE_TRIGGERS.values():
            return match.end()
        if (match := _SENT.match(self.plain, place)) and sent_by_landlord(kind):
            noun = match["word"].lower() in ("letter", "email")
            return 0 if noun and self.line.bare else match.end()
        if (match := _OUTCOME.match(self.plain, place)) and "outcome" in self.keys:
            outcome = OUTCOME_WORDS[" ".join(match["word"].lower().split())]
            return self._take("outcome", outcome, place, match.end())
        if (match := _UNTIL.match(self.plain, place)) and "until" in self.keys:
            return self._until(place, match.end())
        return 0

    def _open(self, place: int) -> int:
        """Return where a phrase ends that takes in all that follows it in its part, or 0."""
        kind = self.line.kind
        if match := _OPEN.match(self.plain, place):
            return 0 if self._done_by_another(place) else self._part_end(match.end())
        full_name = plain_name(self.line.name) == kind.name
        if _FROM.match(self.plain, place) and full_name and kind.name in SENT_BY_RESIDENT:
            return self._part_end(place)
        return 0

    def _done_by_another(self, place: int) -> bool:
        """Whether it was done by somebody who cannot have done it, as in "refused by tenant"."""
        kind = self.line.kind
        if kind.name == "complaint withdrawn":
            return bool(_BY_LANDLORD.match(self.plain, place))
        return bool(_BY_RESIDENT.match(self.plain, place)) and not done_by_resident(kind)

    def _take(self, key: str, value: Attribute, first: int, last: int) -> int:
        if self.attributes.get(key, value) != value:
            raise NotReadError(f'"{shorten(self.text)}" gives the {key} twice; keep one')
        self.attributes[key] = value
        self._taken.append((first, last))
        return last

    def _time(self, match: re.Match[str]) -> int:
        try:
            at = read_time(self.text[match.start("time") : match.end("time")])
        except DateError as error:
            raise NotReadError(str(error)) from None
        if self.at not in (None, at):
            raise NotReadError(f'"{shorten(self.text)}" gives two times of day; keep one')
        self.at = at
        self._taken.append(match.span())
        return match.end()

    def _until(self, place: int, start: int) -> int:
        parts = split_date(self.text[start:])
        dated = parts[0] if parts else self.text[start : self._part_end(start)]
        try:
            when = read_date(dated, day_first=self.day_first)
            check_span(when.span)
        except DayError as error:
            raise NotReadError(f"until: {error}") from None
        return self._take("until", when, place, start + len(dated))
