"""What a rule asks, in every rulebook that has it: for the terminal and for the docs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date

from timeliness.calendars import working_days
from timeliness.dates import in_words
from timeliness.rulebooks import (
    PROVENANCE,
    AnotherPerson,
    Attributes,
    Duty,
    Family,
    Letter,
    Never,
    Refusal,
    Rule,
    Rulebook,
    Sequence,
    Window,
)


def rule_text(rule_id: str, books: Iterable[Rulebook]) -> str:
    """Return the page of a rule as text of 80 columns; empty where no rulebook has it."""
    blocks = []
    for book in books:
        rule = book.rule(rule_id) or book.duty(rule_id)
        if rule:
            lines = [f"{book.title} ({book.id})", f"  {rule.title}, {rule.clause}"]
            for name, told in facts(book, rule):
                text = f"{name}: {told}"
                lines += textwrap.wrap(text, 80, initial_indent="  ", subsequent_indent="    ")
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def rule_page(rule_id: str, books: Iterable[Rulebook]) -> str:
    """Return the page of a rule as Markdown, generated from the rulebooks."""
    having = [(book, rule) for book in books if (rule := book.rule(rule_id) or book.duty(rule_id))]
    title = having[0][1].title
    lines = [f"# {title}", "", f"Rule `{rule_id}`. Generated from `rules/`; do not edit.", ""]
    for book, rule in having:
        lines += [f"## {book.title}", ""]
        lines += [f"* **{name}**: {told}" for name, told in facts(book, rule)]
        lines.append("")
    return "\n".join(lines)


def facts(book: Rulebook, rule: Rule | Duty) -> list[tuple[str, str]]:
    """Return what there is to say of one rule of one rulebook, each with its heading."""
    told = [("What it asks", rule.says), ("Clause", f"{rule.clause} ({rule.duty})")]
    told += _clock(book, rule) if isinstance(rule, Rule) else _check(rule)
    source = f"{rule.source or book.source}; {rule.provenance}: {PROVENANCE[rule.provenance]}."
    told.append(("Source", source))
    if rule.note:
        told.append(("Note", rule.note + "."))
    return told


def _check(duty: Duty) -> list[tuple[str, str]]:
    """Return what of the record decides on a duty."""
    match duty.check:
        case Letter(event, items, disputed):
            told = [("Looks at", f"what the {event} includes: {', '.join(items)}.")]
            if disputed:
                told.append(("Sources differ on", ", ".join(disputed) + "."))
            return told
        case Attributes(event, must, must_not):
            asked = [f"{name}: yes" for name in must] + [f"{name}: no" for name in must_not]
            return [("Looks at", f"the {event}, with {', '.join(asked)}.")]
        case Refusal(event, needs, grounds, _):
            return [
                ("Looks at", f"the {event}, with {', '.join(f'{name}: yes' for name in needs)}."),
                ("Grounds", ", ".join(grounds) + "."),
            ]
        case AnotherPerson(event, not_by):
            return [("Looks at", f"handler of the {event} and of the {not_by}.")]
        case Sequence(event, after):
            return [("Looks at", f"whether the {event} comes after {' and '.join(after)}.")]
        case Never(events):
            return [("Looks at", f"whether there is any of {', '.join(events)}.")]
        case Window(event, after, closes, _, _):
            return [("Looks at", f"the {event}, within {closes} of {' or '.join(after)}.")]
        case Family(name):
            return [("Stands behind", f"every {name} finding.")]


def _clock(book: Rulebook, rule: Rule) -> list[tuple[str, str]]:
    """Return how a clock runs, with an example."""
    clock = rule.clock
    told = []
    if clock.start_stated:
        told.append(("Clock", f"from {clock.starts[0].event} to {clock.stop}, {clock.limit}."))
    else:
        names = " or ".join(start.event for start in clock.starts if start.decides)
        told.append(
            (
                "Clock",
                f"to {clock.stop}, {clock.limit}; the start is not stated, so both readings "
                f"decide: {names}.",
            )
        )
    shown = [start.event for start in clock.starts if not start.decides]
    if shown:
        told.append(("Shown for information", f"the count from {' and '.join(shown)}."))
    unrecorded = clock.starts[0].unrecorded
    if unrecorded:
        limiting = book.rule(unrecorded.limited_by)
        bound = f" and no later than {limiting.clause} allowed" if limiting else ""
        told.append(
            (
                "If the start is not recorded",
                f"it lies no earlier than {unrecorded.after}{bound}, nor after the "
                f"{clock.stop} itself.",
            )
        )
    if clock.extension is None:
        told.append(("Extension", "none."))
    elif clock.extension.most is None:
        told.append(("Extension", "not stated."))
    else:
        beyond = " or ".join(name.replace("_", " ") for name in clock.extension.beyond)
        told.append(
            (
                "Extension",
                f"up to {clock.extension.most} more"
                + (f", longer only with {beyond}" if beyond else "")
                + f" (clause {clock.extension.clause}, {clock.extension.provenance}).",
            )
        )
    told.append(("Example", _example(book, rule)))
    return told


def _example(book: Rulebook, rule: Rule) -> str:
    """Return a worked example: the last day in time, and the first that is late."""
    start = date(2025, 12, 18) if book.start is None else max(book.start, date(2020, 12, 17))
    calendar = book.calendar(book.nations[0])
    while not calendar.is_working(start):
        start = calendar.next_after(start)
    due = calendar.due(start, rule.clock.limit)
    late = working_days(book.nations[0]).next_after(due)
    event = next(one.event for one in rule.clock.starts if one.decides)
    return (
        f"{event} on {in_words(start)}: {rule.clock.stop} on {in_words(due)} is in time, on "
        f"{in_words(late)} it is late."
    )
