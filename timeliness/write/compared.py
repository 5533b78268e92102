"""Two runs beside each other: the words that all forms share, and the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from timeliness.model.clean import no_command, printable
from timeliness.model.plain import capital, listed, number, small
from timeliness.model.verdict_words import BREACH
from timeliness.results.compared import (
    BOOK,
    CHANGED,
    COMPLAINT_NEW,
    DATES,
    DECIDED,
    EXTENSION,
    FINDING_NEW,
    GONE,
    LATER,
    LEFT,
    MENDED,
    NEW,
    NOT_KNOWN,
    NOT_SHOWN,
    POLICY_FILE,
    UNCLEAR,
    Change,
    Compared,
)
from timeliness.results.flat import RECORD
from timeliness.results.gate import EXPIRED, PASSING
from timeliness.results.kept import (
    AS_AT,
    CALENDAR,
    CONFIGURATION,
    OPTIONS,
    VERSION,
    Kept,
    KeptRun,
)
from timeliness.write.lines import wrap
from timeliness.write.names import Names, day_words, days_text, difference_text, kept_text, name_of
from timeliness.write.words import STATUSES, disclaimer

TITLES = {
    NEW: "New breaches",
    UNCLEAR: "Cannot be decided now",
    CHANGED: "Changed",
    LATER: "Still not done, and later only because days have passed",
    MENDED: "Mended",
    DECIDED: "Decided now",
    LEFT: "The complaint is no longer there",
    GONE: "The complaint is there, but this is no longer checked",
    NOT_SHOWN: "Mended or no longer there",
}
"""The heading of each kind of change."""

MOST_IN_TEXT, MOST_ON_PAGE = 20, 500
"""As many changes of one kind are shown; the rest is counted."""

_STATUSES = (EXPIRED, *PASSING)
"""What the status of a finding begins with, the longest first where one begins another."""

NOT_THERE = "not there"
"""What is said of a run without such a finding."""

HEADS = ("Complaint", "What", "Then", "Now", "Why")


class Row(Struct, frozen=True):
    """One change in words."""

    complaint: str
    what: str
    then: str
    now: str
    why: str


def headline(made: Compared) -> str:
    """Return the answer in a few words each: what is new, mended, gone and changed."""
    new = made.of(NEW)
    breaches = [one for one in new if one.one.verdict == BREACH]
    excused = sum(one.one.status.startswith(PASSING) for one in breaches)
    says = number(len(breaches), "new breach") if breaches else "No new breach"
    not_counted = f", {excused:,} of which do not count (known, accepted, a warning or a note)"
    says += f"{not_counted if excused else ''}."
    told = [
        f"{amount:,} {words}"
        for amount, words in (
            (len(new) - len(breaches), "new “should” not followed"),
            (len(made.of(UNCLEAR)), "cannot be decided now"),
            (len(made.of(MENDED)), "mended"),
            (len(made.of(LEFT, GONE)), "no longer there"),
            (len(made.of(NOT_SHOWN)), "mended or no longer there"),
            (len(made.of(DECIDED)), "decided now"),
            (len(made.of(CHANGED)), "changed"),
            (len(made.of(LATER)), "still not done"),
        )
        if amount
    ]
    if told:
        return f"{says} {capital(', '.join(told))}."
    return says if breaches else "No new breach. Nothing that was a problem has changed."


def run_lines(made: Compared) -> Iterator[str]:
    """Yield what the two runs are, and what is not known of them."""
    yield f"Then: {_run_text(made.last)}."
    yield f"Now: {_run_text(made.now)}."
    if made.only_now or made.only_then:
        yield (
            f"{number(made.only_now, 'complaint')} only now, "
            f"{number(made.only_then, 'complaint')} only then."
        )
    if not made.heads_known:
        names = listed([one.path for one in (made.last, made.now) if not one.head])
        verb = "does" if bool(made.last.head) != bool(made.now.head) else "do"
        yield (
            f"{names} {verb} not say as of which day, with which policy files, configuration, bank "
            "holidays and version it was made, so a change of these is not known. The JSON of a "
            "run says it."
        )
    for run in (made.last, made.now):
        if run.problems_only:
            yield (
                f"{run.path} has problems only, so what was met, and complaints without a problem, "
                "are not known from it."
            )


def _run_text(run: KeptRun) -> str:
    day = f", as at {day_words(run.head.as_at)}" if run.head else ""
    return f"{run.path}{day}, {number(len(run.complaints), 'complaint')}"


def sections(made: Compared) -> Iterator[tuple[str, list[Change]]]:
    """Yield each kind of change with its heading, where there is any."""
    for kind, title in TITLES.items():
        changes = made.of(kind)
        if changes:
            yield title, changes


def rest_of(made: Compared) -> Iterator[str]:
    """Yield how many findings are the same, and what moved without being a problem."""
    if made.same:
        yield f"As before: {number(made.same, 'finding')}."
    for (then, now), amount in sorted(made.others.items()):
        was = f"{capital(_word(then))} then, {_word(now)} now" if then else f"New and {_word(now)}"
        yield f"{was}: {number(amount, 'finding')}."
    record = made.of(RECORD)
    if record:
        new, gone = sum(not one.then for one in record), sum(not one.now for one in record)
        moved = len(record) - new - gone
        told = [(new, "new"), (gone, "no longer there"), (moved, "changed")]
        yield "On the record itself: " + ", ".join(f"{n:,} {said}" for n, said in told if n) + "."


def _word(verdict: str) -> str:
    status = STATUSES.get(verdict)
    return small(status.word) if status else verdict


def rows_of(made: Compared, changes: Sequence[Change], names: Names) -> list[Row]:
    """Return changes in words; where there are several landlords each complaint names its own."""
    several = len({one.one.whose[0] for one in made.changes}) > 1
    absent = [
        f"{NOT_THERE}, or no problem" if run.problems_only else NOT_THERE
        for run in (made.last, made.now)
    ]
    rows = []
    for change in changes:
        one, (then, now) = change.one, absent
        landlord, complaint = one.whose
        status = next((f", {name}" for name in _STATUSES if one.status.startswith(name)), "")
        rows.append(
            Row(
                f"{complaint}, {landlord}" if several and landlord else complaint,
                name_of(one.key, names),
                kept_text(change.then) if change.then else then,
                kept_text(change.now) + status if change.now else now,
                why_text(change),
            )
        )
    return rows


# Why --------------------------------------------------------------------------------------------

_WHY = {
    EXTENSION: "an extension",
    AS_AT: "still not done on the day of the check",
    COMPLAINT_NEW: "the complaint is new",
    FINDING_NEW: "it was not checked for this complaint before",
    NOT_KNOWN: "not known from these files",
    CONFIGURATION: "the configuration",
    OPTIONS: "the options",
    CALENDAR: "the bank holidays",
    VERSION: "the version of chcheck",
}


def why_text(change: Change) -> str:
    """Return why a finding is what it is now, or what it may be for, or nothing."""
    if change.why:
        return "; ".join(_reason(name, change) for name in change.why)
    if change.perhaps:
        return "perhaps " + listed([_reason(name, change) for name in change.perhaps], "or")
    return ""


def _reason(name: str, change: Change) -> str:
    then, now = change.then, change.now
    if name == DATES and then and now:
        return ", ".join(_dates(then, now))
    if name == BOOK and then and now:
        return f"{now.rulebook or 'no rulebook'} in place of {then.rulebook or 'no rulebook'}"
    if name == POLICY_FILE and now:
        return f"{now.rulebook} has changed"
    return _WHY[name]


def _dates(then: Kept, now: Kept) -> Iterator[str]:
    for word, was, is_now in (
        ("started", then.start, now.start),
        ("done", then.done, now.done),
    ):
        if was != is_now and any(is_now):
            before = f" (was {days_text(was)})" if any(was) else ""
            yield f"{word} {days_text(is_now)}{before}"
        elif was != is_now:
            yield f"no longer {word} {days_text(was)}"


# The text ---------------------------------------------------------------------------------------


def write_compared_text(made: Compared, names: Names) -> str:
    """Return two runs beside each other as text of at most 80 columns."""
    lines = [*wrap(headline(made)), ""]
    for says in run_lines(made):
        lines += wrap(says, "  ", "")
    for title, changes in sections(made):
        lines += ["", title.upper()]
        for row in rows_of(made, changes[:MOST_IN_TEXT], names):
            lines += _change_lines(row)
        if len(changes) > MOST_IN_TEXT:
            more = len(changes) - MOST_IN_TEXT
            lines.append(f"  and {more:,} more; --output html:PATH or json:PATH lists them")
    differ = [difference_text(one) for one in made.differ]
    lines += _listed("What differs between the runs", differ)
    lines += _listed("The rest", list(rest_of(made)))
    lines += ["", *wrap(disclaimer(names.ombudsmen_of(made.now)))]
    return "\n".join(no_command(printable(line.rstrip())) for line in lines) + "\n"


def _change_lines(row: Row) -> Iterator[str]:
    yield from wrap(f"{row.complaint}: {row.what}", "    ", "  ")
    says = f"{row.now}; was {row.then}".removesuffix(f"; was {NOT_THERE}")
    yield from wrap(says, "      ", "    ")
    if row.why:
        yield from wrap(f"Why: {row.why}", "      ", "    ")


def _listed(title: str, told: Sequence[str]) -> Iterator[str]:
    if told:
        yield from ("", title.upper())
    for says in told:
        yield from wrap(says, "    ", "  ")
