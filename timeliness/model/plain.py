"""Numbers, lists, days and spans as people write them: the one place where they become words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from timeliness.model.dates import Span, in_words

# Numbers and lists ----------------------------------------------------------------------------


def number(amount: object, noun: str) -> str:
    """Return a number, or a range of them, with its noun: 1 working day, 2 to 3 working days."""
    text = f"{amount:,}" if isinstance(amount, int) else str(amount)
    return f"{text} {noun if text == '1' else _plural(noun)}"


def one_place(value: float, times: int = 1) -> str:
    """Return a number, or so many times it, to one place; a half goes up, as in a spreadsheet."""
    exact = Decimal(str(float(value))) * times
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith("ch") else f"{noun}s"


def unit_noun(unit: str) -> str:
    """Return the unit of a limit as a noun for one: working day, week."""
    return unit.replace("_", " ").removesuffix("s")


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def nation_name(nation: str) -> str:
    """Return a nation as a sentence names it: Northern Ireland."""
    return nation.replace("-", " ").title()


def a(words: str) -> str:
    """Return a noun with its article: a promise, an order."""
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def the(name: str) -> str:
    """Return a name with its article: the Luton policy; Awaab's Law, which takes none."""
    first = name.split(" ", 1)[0]
    takes_none = first[:1].isupper() and first.endswith(("'s", "s'"))
    return name if takes_none else f"the {name}"


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return a title as it reads within a sentence."""
    return text[:1].lower() + text[1:]


# Days and spans -------------------------------------------------------------------------------


def short_day(day: date) -> str:
    """Return a day in short: 9 Dec 2022."""
    return f"{day.day} {day:%b} {day.year}"


def span_in_words(span: Span | None) -> str:
    """Return a span as people write it: one day, two days, or from one to another."""
    if span is None or (span.earliest is None and span.latest is None):
        return "a day that is not known"
    if span.earliest is None:
        assert span.latest
        return f"{in_words(span.latest)} or earlier"
    if span.latest is None:
        return f"{in_words(span.earliest)} or later"
    if span.exact:
        return in_words(span.earliest)
    return f"{_start_in_words(span.earliest, span.latest)} to {in_words(span.latest)}"


def on_or_between(span: Span | None) -> str:
    """Return a span with its preposition: on one day, or between two."""
    if span is None or span.earliest is None or span.latest is None or span.exact:
        known = span is not None and (span.earliest or span.latest)
        return f"on {span_in_words(span)}" if known else "on a day that is not known"
    return f"between {_start_in_words(span.earliest, span.latest)} and {in_words(span.latest)}"


def _start_in_words(start: date, end: date) -> str:
    """Return the first day of a span, without the year where the last day gives it."""
    return in_words(start).removesuffix(f" {end.year}")


def short_span(span: Span | None) -> str:
    """Return a span in short: 9 Dec 2022, 8 to 9 Dec 2022, Mar 2023."""
    if span is None:
        return "not known"
    first, last = span.earliest, span.latest
    if first and last:
        if first == last:
            return short_day(first)
        if first.day == 1 and last == _month_end(first):
            return f"{first:%b} {first.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {short_day(last)}"
        start = f"{first.day} {first:%b}" if first.year == last.year else short_day(first)
        return f"{start} to {short_day(last)}"
    if first:
        return f"{short_day(first)} or later"
    return f"{short_day(last)} or earlier" if last else "day not known"


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
