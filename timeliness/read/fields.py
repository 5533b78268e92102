"""Reading the keys of a mapping, each by its kind; what is wrong is noted with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from timeliness.model.calendars import HOURS, UNITS, Limit
from timeliness.model.covered import check_covered
from timeliness.model.dates import Span, When, read_date
from timeliness.model.errors import VALUE, DayError, Hint, Mistakes, hint
from timeliness.model.keys import Key, names_of
from timeliness.model.patterns import regex
from timeliness.model.timelines import Attribute
from timeliness.model.vocabulary import Kind, Vocabulary, plain_name
from timeliness.read.nodes import ListNode, MapNode, Node, TextNode

_YES, _NO = ("yes", "true"), ("no", "false")
_LIMIT = regex(
    r"(?P<amount>\d+|an?|one|two|three|four|five|six|ten)\s+"
    r"(?P<unit>working days?|calendar days?|days?|weeks?|months?|hours?)",
    re.ASCII | re.IGNORECASE,
)
_AMOUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
}

# The longest limit of each unit: about two years, so that no due date leaves the calendar.
MOST = {"working_days": 500, "calendar_days": 730, "weeks": 104, "months": 24, HOURS: 720}


class Fields:
    """The keys of one mapping.

    Unknown keys are noted at once, with the nearest known one; each value is then asked for by
    its kind. A value that cannot be read is noted and comes back as its default.
    """

    def __init__(self, node: MapNode, keys: Iterable[Key], mistakes: Mistakes, what: str) -> None:
        self.line = node.line
        self.mistakes = mistakes
        self.what = what
        self._values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        self.keys = {key.name: key for key in keys}
        known = list(self.keys)
        for key, value in node.pairs:
            name = plain_name(key.text).replace(" ", "_")
            if name in self._values:
                mistakes.add(
                    key.line,
                    f'the key "{key.text}" is given here and on line {lines[name]}; keep one',
                )
                continue
            if name in known:
                self._values[name] = value
                lines[name] = key.line
                continue
            mistakes.add(
                key.line,
                f"{VALUE} is not a key of {what}",
                value=shorten(key.text),
                hint=hint(name, known, f"its keys are {', '.join(known)}"),
            )

    def has(self, name: str) -> bool:
        """Whether the key is there."""
        return name in self._values

    def line_of(self, name: str) -> int:
        """Return the line of a key's value, or the mapping's own."""
        return self._values[name].line if name in self._values else self.line

    def wrong(self, name: str, what: str, *, value: str = "", hint: Hint | None = None) -> None:
        """Note what is wrong with a key; `VALUE` in it stands for the value, which is shortened."""
        line = self.line_of(name)
        self.mistakes.add(line, what, key=name, value=shorten(value), hint=hint)

    def need(self, *names: str) -> bool:
        """Note each key that is missing, of those required by default; return if none is."""
        wanted = names or names_of(key for key in self.keys.values() if key.required)
        missing = [name for name in wanted if name not in self._values]
        for name in missing:
            self.mistakes.add(self.line, f'{self.what} needs the key "{name}"')
        return not missing

    def node(self, name: str) -> Node | None:
        """Return the value of a key as it is."""
        return self._values.get(name)

    def text(self, name: str, default: str = "") -> str:
        """Return a text; an empty one is noted, since a key without a value says nothing."""
        node = self._values.get(name)
        if node is None:
            return default
        if not isinstance(node, TextNode):
            self.wrong(name, "a plain text is expected here")
            return default
        # A text is one line: no reference may break up what is written about it.
        text = " ".join(node.text.split())
        if not text:
            self.wrong(name, "there is no value; write one, or leave the key out")
        return text or default

    def choice(self, name: str, default: str = "") -> str:
        """Return one of the words that a key allows, whatever their case, spaces and hyphens."""
        text = self.text(name)
        if not text:
            return default
        by_name = {plain_name(choice): choice for choice in self.keys[name].choices}
        if plain_name(text) in by_name:
            return by_name[plain_name(text)]
        self.wrong(
            name,
            f"{VALUE} is not one of {', '.join(by_name.values())}",
            value=text,
            hint=hint(text, by_name.values(), form=plain_name),
        )
        return default

    def yes_no(self, name: str) -> bool | None:
        """Return whether it is so; None where the key is missing or unreadable."""
        text = self.text(name).lower()
        if not text:
            return None
        if text not in _YES + _NO:
            self.wrong(name, f"{VALUE} is not yes or no; write one of the two", value=text)
            return None
        return text in _YES

    def when(self, name: str, *, day_first: bool = False) -> When | None:
        """Return a date; a list of dates is one event with several dates in its sources."""
        node = self._values.get(name)
        if node is None:
            return None
        items = node.items if isinstance(node, ListNode) else (node,)
        read = []
        for item in items:
            if not isinstance(item, TextNode):
                self.wrong(name, "a date is expected here")
                return None
            one = date_in(item.text, item.line, self.mistakes, day_first=day_first)
            if one is None:
                return None
            read.append(one)
        if not read:
            self.wrong(name, "there is no date in the list")
            return None
        if len(read) == 1:
            return read[0]
        sources = tuple(dict.fromkeys(one.span for one in read))
        if len(sources) == 1:
            return When(sources[0])
        hull = sources[0]
        for span in sources[1:]:
            hull = hull.hull(span)
        return When(hull, None, sources)

    def day(self, name: str, *, day_first: bool = False) -> date | None:
        """Return a single day."""
        when = self.when(name, day_first=day_first)
        if when is None:
            return None
        if not when.span.exact:
            self.wrong(name, "a single day is expected here, such as 2025-04-03")
            return None
        return when.span.earliest

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; one text alone is a list of one."""
        node = self._values.get(name)
        if node is None:
            return ()
        items = node.items if isinstance(node, ListNode) else (node,)
        if not all(isinstance(item, TextNode) and item.text.strip() for item in items):
            self.wrong(name, "a list of plain texts is expected here")
            return ()
        return tuple(item.text.strip() for item in items if isinstance(item, TextNode))

    def items(self, name: str, choices: Iterable[str] = ()) -> tuple[str, ...]:
        """Return a list whose texts are each one of a few words, by default those of the key."""
        words = choices or self.keys[name].choices
        by_name = {plain_name(choice): choice for choice in words}
        names = by_name.values()
        for text in self.texts(name):
            if plain_name(text) not in by_name:
                self.wrong(
                    name,
                    f"{VALUE} is not one of its items",
                    value=text,
                    hint=hint(text, names, f"they are {', '.join(names)}", form=plain_name),
                )
        return tuple(
            by_name[plain_name(text)] for text in self.texts(name) if plain_name(text) in by_name
        )

    def limit(
        self, name: str, *, bare_days: str = "", units: tuple[str, ...] = UNITS
    ) -> Limit | None:
        """Return a limit, written {working_days: 10} or "10 working days", in one of some units.

        `bare_days` is the unit that "days" alone stands for; without it that is refused.
        """
        node = self._values.get(name)
        if isinstance(node, MapNode):
            return self._limit_from_mapping(name, node, units)
        text = self.text(name)
        if not text:
            return None
        match = _LIMIT.fullmatch(" ".join(text.split()))
        unit = match["unit"].lower().rstrip("s").replace(" ", "_") + "s" if match else ""
        if not match or (unit == HOURS and HOURS not in units):
            such = "4 weeks, 12 months or 24 hours" if HOURS in units else "4 weeks or 12 months"
            self.wrong(
                name,
                f"{VALUE} is not a time allowed; write it as 2 working days, 10 calendar days, "
                f"{such}",
                value=text,
            )
            return None
        unit = bare_days or unit if unit == "days" else unit
        if unit == "days":
            self.wrong(name, f"{VALUE}: write working days or calendar days", value=text)
            return None
        amount = _AMOUNTS.get(match["amount"].lower()) or int(match["amount"][:9])
        return self._checked(name, amount, unit)

    def _limit_from_mapping(
        self, name: str, node: MapNode, allowed: tuple[str, ...]
    ) -> Limit | None:
        keys = [Key(unit, "text", f"how many {unit.replace('_', ' ')}") for unit in allowed]
        inner = Fields(node, keys, self.mistakes, "a limit")
        units = [unit for unit in allowed if inner.has(unit)]
        if node.pairs and not units:
            return None
        if len(units) != 1:
            self.wrong(name, f"one unit is expected here: {', '.join(allowed)}")
            return None
        text = inner.text(units[0])
        if not text:
            return None
        if not text.isascii() or not text.isdigit():
            what = f"{VALUE} is not a whole number; write one such as 10"
            inner.wrong(units[0], what, value=text)
            return None
        return self._checked(name, int(text[:9]), units[0])

    def event(
        self, name: str, vocabulary: Vocabulary, otherwise: str = "`chcheck events` lists them all"
    ) -> Kind | None:
        """Return the kind of event that a text names."""
        text = self.text(name)
        return self.known_event(name, text, vocabulary, otherwise) if text else None

    def known_event(
        self,
        name: str,
        text: str,
        vocabulary: Vocabulary,
        otherwise: str = "`chcheck events` lists them all",
    ) -> Kind | None:
        """Return the kind of event that one text of a key names."""
        kind = vocabulary.find(text)
        if kind is None:
            hint = vocabulary.hint(shorten(text), otherwise)
            self.wrong(name, f"{VALUE} is not an event", value=text, hint=hint)
        return kind

    def attributes(self, kind: Kind, *, day_first: bool = False) -> dict[str, Attribute]:
        """Return the values of the keys that a kind of event has of its own, each by its kind."""
        read: dict[str, Attribute | None] = {}
        for key in kind.keys:
            if not self.has(key.name):
                continue
            if key.kind == "date":
                read[key.name] = self.when(key.name, day_first=day_first)
            elif key.kind == "yes-no":
                read[key.name] = self.yes_no(key.name)
            elif key.kind == "limit":
                # Orders run in calendar time; of a promise of "2 days" nobody can know.
                bare = "calendar_days" if kind.name == "order" else ""
                read[key.name] = self.limit(key.name, bare_days=bare)
            elif key.kind == "items":
                read[key.name] = self.items(key.name)
            elif key.kind == "choice":
                read[key.name] = self.choice(key.name)
            else:
                read[key.name] = self.text(key.name)
        return {name: value for name, value in read.items() if value is not None and value != ""}

    def _checked(self, name: str, amount: int, unit: str) -> Limit | None:
        if not 1 <= amount <= MOST[unit]:
            self.wrong(name, f"a limit is 1 to {MOST[unit]} {unit.replace('_', ' ')} long")
            return None
        return Limit(amount, unit)


def shorten(text: str) -> str:
    """Return a text as a message quotes it: on one line, and not too long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


def date_in(text: str, line: int, mistakes: Mistakes, *, day_first: bool = False) -> When | None:
    """Return the date that a text is, noting one that cannot be read or is not covered."""
    try:
        return _covered(text, day_first)
    except DayError as error:
        mistakes.add(line, error.what, value=error.value)
        return None


@lru_cache(maxsize=4096)
def _covered(text: str, day_first: bool) -> When:
    when = read_date(text, day_first=day_first)
    check_span(when.span)
    return when


def check_span(span: Span) -> None:
    """Raise `CalendarError` where an end of a span lies outside the covered years."""
    for day in (span.earliest, span.latest):
        if day is not None:
            check_covered(day)
