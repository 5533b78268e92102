"""The verdicts of the program against the twin of `oracle.py`, which goes through every world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tests.campaigns.oracle import (
    CANNOT_TELL,
    ENDS,
    MET,
    NOT_APPLICABLE,
    NOT_BREACHED,
    REOPENED,
    STAGES,
    Book,
    Clock,
    Expected,
    Fact,
    Record,
    expected,
    is_implied,
)
from tests.campaigns.records import timeline
from timeliness import Case, Finding, Library, check


def is_received(record: Record) -> bool:
    """Whether there is a day of receipt to choose an edition by."""
    return bool(record.dated(STAGES[1][0])) or is_implied(record, STAGES[1][0])


def is_open_question(record: Record, clock: Clock) -> bool:
    """Whether a record is left out for a clock.

    Either the contract does not say what it means, or it turns on the life of a complaint (what it
    is answered, closed or asked for again by, and how dates narrow each other), which the twin of
    lives.py goes through and this one does not.
    """
    unstated = len(clock.starts) > 1 and not record.seen(*clock.starts[1:])
    begun, answers = record.dated(clock.trigger), record.dated(clock.stop)
    return (
        # A request that is only claimed, or lies past the day of the check.
        (bool(begun) and not record.seen(clock.trigger))
        # An answer that is only claimed, and for a day past the day of the check.
        or (not record.complete and is_claimed_for_later(answers, record.as_at))
        # An acknowledgement that may start a policy's clock and is only claimed, or that nothing
        # bounds.
        or (unstated and bool(record.dated(*clock.starts[1:])))
        or (
            unstated and not record.complete and not clock.own_limit and not record.seen(clock.stop)
        )
        or has_an_unbounded_extension(record, clock)
        or is_of_a_life(record, clock)
    )


def is_of_a_life(record: Record, clock: Clock) -> bool:
    """Whether a verdict turns on what only lives.py knows of a complaint."""
    requests = {STAGES[stage][0] for stage in STAGES} | {clock.trigger}
    return (
        # Ended, closed or taken up again; or asked for twice, or perhaps.
        bool(record.named(*ENDS, REOPENED))
        or any(len(record.named(name)) > 1 for name in requests)
        or is_narrowed(record, clock)
        or is_overtaken(record, clock)
        # Acknowledged and logged: two halves.
        or (clock.and_logged and bool(record.named(STAGES[clock.stage][1])))
    )


def is_overtaken(record: Record, clock: Clock) -> bool:
    """Whether an answer, or that of the next stage, may say to which day a clock is counted."""
    if clock.stage == 0:
        return False
    stages = [stage for stage in STAGES if stage >= clock.stage]
    if clock.stop == STAGES[clock.stage][4]:
        stages = stages[1:]
    done = record.seen(clock.stop)
    last = min((fact.last for fact in done if fact.last), default=date.max)
    answers = record.dated(*(STAGES[stage][4] for stage in stages))
    return any(fact.first and fact.first <= last for fact in answers)


def is_narrowed(record: Record, clock: Clock) -> bool:
    """Whether the order of events, or the limit of a start, may leave out a part of its span.

    Each of them is to come wholly after what it follows.
    """
    own = [name for stage in STAGES if stage >= clock.stage for name in STAGES[stage][1:]]
    stage = STAGES.get(clock.stage, ())
    first = [fact for fact in record.facts if fact.name != STAGES[1][0]]
    orders = [
        (record.dated(STAGES[1][0]), first),
        (record.dated(clock.trigger), record.named(*own, *stage[1:], *clock.starts, clock.stop)),
        (
            [fact for fact in record.dated(*clock.starts) if fact.name != clock.trigger],
            record.named(clock.stop),
        ),
    ]
    return any(
        after.first
        and before.last
        and before is not after
        and after.name != before.name
        and after.first <= (date.max if before.evidence == "claimed" else before.last)
        and not (before.first == before.last == after.first == after.last)
        for befores, afters in orders
        for before in befores
        for after in afters
    ) or may_be_cut_at_its_limit(record, clock)


def may_be_cut_at_its_limit(record: Record, clock: Clock) -> bool:
    """Whether a start is dated imprecisely: it is cut at the last day that its limit allows."""
    starts = [fact for fact in record.dated(*clock.starts) if fact.name != clock.trigger]
    return any(fact.first != fact.last for fact in starts)


def is_claimed_for_later(answers: Sequence[Fact], as_at: date) -> bool:
    later = all(fact.first and fact.first > as_at for fact in answers)
    return later and any(fact.evidence == "claimed" for fact in answers)


def has_an_unbounded_extension(record: Record, clock: Clock) -> bool:
    """Whether an extension names no day where the rulebook states no longest one."""
    if clock.extension is None or clock.extension.most:
        return False
    return any(fact.until is None for fact in record.named(clock.extension.event))


def differences(
    case: Case | None, record: Record, rule: str, books: Sequence[Book], kind: str
) -> list[str]:
    clock = next(book.clocks[rule] for book in books if rule in book.clocks)
    if any(is_open_question(record, book.clocks[rule]) for book in books if rule in book.clocks):
        return []
    want = expected(record, rule, books)
    findings = case.findings if case else ()
    found = [f for f in findings if f.rule == rule and f.standard == kind]
    if want is None:
        return [f"{rule}: a finding, {f.verdict} ({f.reason})" for f in found]
    if not found:
        return [f"{rule}: no finding, want {want}"]
    # To which day a clock is counted that may have been ended is told only where that decides, and
    # where it is not known well whether it was, the program may be more careful than need be.
    rough = is_roughly_ended(record)
    if rough and found[0].verdict == CANNOT_TELL:
        return []
    ended = bool(record.named(*ENDS)) and want.verdict == CANNOT_TELL
    counted = not ended and not rough
    told = list(
        _differences(found[0], want, exact_start=not is_open(record, clock), counted=counted)
    )
    return [f"{rule} ({kind}): {text}; reason {found[0].reason}; want {want}" for text in told]


def is_roughly_ended(record: Record) -> bool:
    """Whether a complaint was ended more than once, on a day that is not known, or perhaps not."""
    ends = record.named(*ENDS)
    doubted = len(ends) > 1 or bool(record.named("complaint reopened"))
    return doubted or any(end.first != end.last or end.evidence != "seen" for end in ends)


def is_open(record: Record, clock: Clock) -> bool:
    """Whether nothing says how early a clock may have begun."""
    return any(
        not record.seen(name) and is_implied(record, name) for name in (STAGES[1][0], clock.trigger)
    ) and not record.seen(STAGES[1][0])


def _differences(
    found: Finding, want: Expected, *, exact_start: bool, counted: bool
) -> Iterator[str]:
    # The contract has no word for what was answered in time or else ended.
    no_breach = want.verdict == NOT_BREACHED
    if found.verdict not in ((MET, NOT_APPLICABLE, CANNOT_TELL) if no_breach else (want.verdict,)):
        yield f"verdict {found.verdict}"
    if (found.due is None) != (want.due is None):
        yield f"due {found.due}"
    if found.due and want.due:
        due = (found.due.earliest, found.due.latest)
        if due[1] != want.due[1] or (exact_start and due[0] != want.due[0]):
            yield f"due {found.due}"
    for name in ("working_days", "late_by", "days_late"):
        told, wanted = getattr(found, name), getattr(want, name)
        if told is None or wanted is None or no_breach or not (counted and exact_start):
            continue
        if told.least != wanted[0] or (told.most is not None and told.most != wanted[1]):
            yield f"{name} {told}"


def wrongly_judged(
    records: Sequence[Record],
    library: Library,
    rules: Sequence[str],
    books: Sequence[Book],
    kind: str,
    policy: str = "",
    nation: str = "england",
) -> list[str]:
    """Check all the records at once, and return what is judged wrongly of them."""
    timelines = [
        timeline(record, f"{number}", policy, nation) for number, record in enumerate(records)
    ]
    cases = {case.timeline.complaint: case for case in check(timelines, library).cases}
    wrong = []
    for number, record in enumerate(records):
        if kind == "code" and not is_received(record):
            continue
        case = cases.get(f"{number}")
        for rule in rules:
            wrong += [
                f"{text}\n    {show(record)}"
                for text in differences(case, record, rule, books, kind)
            ]
    return wrong


def show(record: Record) -> str:
    facts = [
        f"{fact.name} {fact.first}..{fact.last} {fact.evidence}"
        + (f" at {fact.at}" if fact.at else "")
        + (f" until {fact.until[0]}..{fact.until[1]}" if fact.until else "")
        + (
            f" good {fact.good_reason} agreed {fact.agreed_by_resident}"
            if "ext" in fact.name
            else ""
        )
        for fact in record.facts
    ]
    kind = "complete" if record.complete else "partial"
    return f"{kind} as at {record.as_at}: " + ", ".join(facts)
