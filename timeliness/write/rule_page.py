"""What a rule asks, in every rulebook that has it: for the terminal and for the docs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from timeliness.model.calendars import COUNTING_RULES, HOURS, working_days
from timeliness.model.dates import in_words
from timeliness.model.provenance import PROVENANCE
from timeliness.model.rulebooks import Clock, Rule, Rulebook
from timeliness.model.vocabulary import KEYS, plain_name

Fact = tuple[str, str]

DUTIES = {
    "must": "must: not keeping to this is a breach",
    "should": "should: not keeping to this is not a breach, but the landlord must explain it",
}


class Example(Struct, frozen=True):
    """A start, the last day in time, and the first working day that is late, both for certain.

    `by` is how late that is. Where a clock runs in hours, the days have times.
    """

    start_event: str
    start: date
    stop_event: str
    due: date
    late: date
    by: str = "by one working day"


def rule_text(name: str, books: Iterable[Rulebook]) -> str:
    """Return the page of a rule as text of 80 columns; empty where no rulebook has it.

    `name` is the id of a rule, its title, or the number of its clause.
    """
    blocks = []
    for book in books:
        for rule in _rules_named(name, book):
            lines = [*textwrap.wrap(f"{book.title} ({book.id})", 80)]
            lines += textwrap.wrap(rule.says, 80, initial_indent="  ", subsequent_indent="  ")
            for what, told in facts(book, rule):
                text = f"{what}: {told}"
                lines += textwrap.wrap(text, 80, initial_indent="  ", subsequent_indent="    ")
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _rules_named(name: str, book: Rulebook) -> list[Rule]:
    """Return the rules of a rulebook that have this id, this title or this clause."""
    if rule := book.rule(name):
        return [rule]
    plain = plain_name(name).removeprefix("clause ")
    as_id = plain.replace(" ", "-")
    return [
        rule
        for rule in book.every_rule
        if as_id == rule.id
        or plain == plain_name(rule.title)
        or (plain[:1].isdigit() and plain in _clauses(rule.clause))
    ]


def _clauses(text: str) -> set[str]:
    """Return each clause that a text names: 5.17 to 5.20 are four."""
    named = set(re.findall(r"\d+(?:\.\d+)*", text))
    for part, first, last in re.findall(r"(\d+)\.(\d+) to \1\.(\d+)", text):
        named |= {f"{part}.{number}" for number in range(int(first), int(last) + 1)}
    return named


def rule_page(rule_id: str, books: Iterable[Rulebook]) -> str:
    """Return the page of a rule as Markdown, generated from the rulebooks."""
    having = [(book, rule) for book in books if (rule := book.rule(rule_id))]
    lines = [
        f"# {having[0][1].title}",
        "",
        f"The rule `{rule_id}` in each rulebook. `chcheck explain {rule_id}` prints the same.",
        "",
        "| rulebook | clause | duty | asks | provenance |",
        "|---|---|---|---|---|",
    ]
    for book, rule in having:
        asks = _clock_in_short(rule.clock) if isinstance(rule.asks, Clock) else rule.says
        lines.append(f"| {book.title} | {rule.clause} | {rule.duty} | {asks} | {rule.provenance} |")
    for book, rule in having:
        lines += ["", *asks_in_full(book, rule)]
        if isinstance(rule.asks, Clock):
            lines += ["", *_example_block(example(book, rule))]
    lines += [
        "",
        "`make docs` generates this page from `rules/`, and a test checks that it is up to date.",
    ]
    return "\n".join(lines) + "\n"


def asks_in_full(book: Rulebook, rule: Rule) -> list[str]:
    """Return what a rule asks in one rulebook, with its clause and source, as Markdown."""
    told = [f"* **{name}**: {says}" for name, says in facts(book, rule) if name != "Example"]
    return [f"## {book.title}", "", rule.says, "", *told]


def facts(book: Rulebook, rule: Rule) -> list[Fact]:
    """Return what there is to say about one rule in one rulebook, each with its heading."""
    if isinstance(rule.asks, Clock):
        own = [*_clock_facts(book, rule.asks), ("Example", _sentence(example(book, rule)))]
    else:
        own = rule.asks.page()
    return [
        ("Clause", f"{rule.clause}."),
        ("Duty", f"{DUTIES[rule.duty]}."),
        *own,
        ("Source", f"{rule.source or book.source}."),
        ("Provenance", f"{rule.provenance}: {PROVENANCE[rule.provenance]}."),
        *([("Note", f"{rule.note}.")] if rule.note else []),
    ]


def _clock_facts(book: Rulebook, clock: Clock) -> Iterator[Fact]:
    deciding = [start.event for start in clock.starts if start.decides]
    if clock.start_stated:
        yield "Clock", f"{clock.limit}, from {deciding[0]} to {clock.stop}."
    else:
        yield (
            "Clock",
            f"{clock.limit}, to {clock.stop}. The rulebook does not say what starts it, so it is "
            f"worked out {'both ways, and both' if len(deciding) == 2 else 'each way, and all'} "
            f"count: from {' and from '.join(deciding)}.",
        )
    if clock.limit.rolls:
        yield "Last day", "if it is not a working day, the next working day."
    countings = book.countings(clock)
    if len(countings) > 1:
        yield (
            "Counting",
            "the rulebook does not say which day is day 1, so it is worked out both ways, and both "
            f"count: {'; and '.join(f'{name}: {COUNTING_RULES[name]}' for name in countings)}.",
        )
    elif countings != ("day-after",):
        yield "Counting", f"{countings[0]}: {COUNTING_RULES[countings[0]]}."
    shown = [start.event for start in clock.starts if not start.decides]
    if shown:
        yield "Shown for information", f"the count from {' and from '.join(shown)}."
    unrecorded = clock.starts[0].unrecorded
    if unrecorded:
        limiting = book.rule(unrecorded.limited_by)
        bounds = [f"the last day that {limiting.clause} allowed for it"] if limiting else []
        bounds += [f"the {clock.stop}", *(f"any {name}" for name in unrecorded.no_later_than)]
        yield (
            f"If {deciding[0]} is not recorded",
            f"it is taken to be no earlier than {unrecorded.after}, and no later than "
            f"{', '.join(bounds[:-1])} or {bounds[-1]}, whichever is first."
            if len(bounds) > 1
            else f"it is taken to be between {unrecorded.after} and {bounds[0]}.",
        )
    for one in clock.unless:
        yield "Does not apply", f"if {one.event} was before {in_words(one.before)}."
    if clock.early_stop:
        yield "Done before it starts", f"{clock.stop} counts then too."
    if clock.ended_by:
        yield "No longer owed after", f"{' or '.join(clock.ended_by)}."
    if clock.extension is None:
        yield "Extension", "not allowed."
    elif not clock.extension.stated:
        yield "Extension", "the rulebook does not say whether it can be extended."
    else:
        beyond = " or ".join(KEYS[one].needed for one in clock.extension.beyond)
        most = clock.extension.most
        yield (
            "Extension",
            (f"up to {most} more" if most else "allowed, with no stated maximum")
            + (f"; longer only with {beyond}" if beyond else "")
            + f" ({clock.extension.clause}, {clock.extension.provenance})."
            + (f" It needs {_needed(clock.extension.needs)}." if clock.extension.needs else ""),
        )


def _needed(names: Iterable[str]) -> str:
    told = [KEYS[name].needed or name for name in names]
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]


def _clock_in_short(clock: Clock) -> str:
    deciding = [start.event for start in clock.starts if start.decides]
    start = deciding[0] if clock.start_stated else f"{' or '.join(deciding)} (not stated)"
    return f"{clock.limit} from {start}"


def example(book: Rulebook, rule: Rule) -> Example:
    """Return a worked example: the last day in time, and the first that is late."""
    start = date(2025, 12, 18) if book.start is None else max(book.start, date(2020, 12, 17))
    calendars = book.calendars(book.nations[0], rule.clock)
    while not calendars[0].is_working(start):
        start = calendars[0].next_after(start)
    event = next(one.event for one in rule.clock.starts if one.decides)
    if rule.clock.limit.unit == HOURS:
        begun = datetime.combine(start, time(10))
        ends = begun + timedelta(hours=rule.clock.limit.amount)
        after = ends + timedelta(minutes=1)
        return Example(event, begun, rule.clock.stop, ends, after, "by one minute")
    dues = [calendar.due(start, rule.clock.limit) for calendar in calendars]
    due, late = min(dues), working_days(book.nations[0]).next_after(max(dues))
    by = "by one working day" if due == max(dues) else "however it is counted"
    return Example(event, start, rule.clock.stop, due, late, by)


def _sentence(shown: Example) -> str:
    return (
        f"{shown.start_event} on {_words(shown.start)}; {shown.stop_event} on "
        f"{_words(shown.due)} is in time, on {_words(shown.late)} it is late."
    )


def _words(day: date) -> str:
    return in_words(day) + (f" at {day:%H:%M}" if isinstance(day, datetime) else "")


def _written(day: date) -> str:
    return f"{day:%Y-%m-%d %H:%M}" if isinstance(day, datetime) else day.isoformat()


def _example_block(shown: Example) -> list[str]:
    start = f"  - {_written(shown.start)} {shown.start_event}"
    return [
        "In time, on the last day:" if type(shown.due) is date else "In time, to the minute:",
        "",
        "```yaml",
        start,
        f"  - {_written(shown.due)} {shown.stop_event}",
        "```",
        "",
        f"Late, {shown.by}:",
        "",
        "```yaml",
        start,
        f"  - {_written(shown.late)} {shown.stop_event}",
        "```",
    ]
