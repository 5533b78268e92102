"""Which rules apply to a complaint, as a reader should know, or why none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeliness.judge.columns import State
from timeliness.judge.editions import Asked, AskedSet, Parts
from timeliness.judge.judged import Group
from timeliness.model.dates import in_words
from timeliness.model.errors import Mistake
from timeliness.model.plain import capital, listed, nation_name
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import CODE, HOUSING
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import RECEIVED


def note_of(asked: Asked, group: Group, place: int) -> tuple[str, ...]:
    """Return what a reader should know of the rules that apply to one complaint of a group."""
    return tuple(_notes(asked, group, place))


def notes_of(asked: Asked, group: Group) -> list[tuple[str, ...]]:
    """Return the same of each complaint of a group.

    Those of the same days of receipt have the same notes.
    """
    inferred = group.table.events[RECEIVED].is_in(State.INFERRED)
    ends = group.receipt.earliest, group.receipt.latest, inferred
    known: dict[tuple[object, ...], tuple[str, ...]] = {}
    several = []
    for place, key in enumerate(zip(*(one.tolist() for one in ends), strict=True)):
        if key not in known:
            known[key] = note_of(asked, group, place)
        several.append(known[key])
    return several


def _notes(asked: Asked, group: Group, place: int) -> Iterator[str]:
    """Yield what a reader should know of the rules that apply to one complaint."""
    if not asked.codes:
        yield f"There is {_no_code(asked)} here, so only the policy is checked."
    both = list(zip(asked.sets, group.parts, strict=True))
    codes = [pair for pair in both if pair[0].side.standard == CODE]
    for one, parts in codes:
        yield from _edition(one, parts, group, place, several=len(codes) > 1)
    for one, parts in (*codes, *(pair for pair in both if pair not in codes)):
        yield from _elsewhere(parts, asked)
        for book in parts.books:
            span = span_of(group, place)
            if book.transition and span[1] <= book.transition.until.toordinal():
                yield f"{book.short}, transitional: {book.transition.says}."
            if one.fixed:
                yield from _out_of_force(book, span)


def span_of(group: Group, place: int) -> tuple[int, int]:
    """Return the first and last day on which a complaint of a group may have been received."""
    return int(group.receipt.earliest[place]), int(group.receipt.latest[place])


def _edition(
    one: AskedSet, parts: Parts, group: Group, place: int, *, several: bool
) -> Iterator[str]:
    """Say which edition of a Code applies, where none does or it is not certain."""
    span = span_of(group, place)
    inferred = group.table.events[RECEIVED].state[place] == State.INFERRED
    if not parts.books:
        others = [other.side.the for other in group.parts if other.books]
        checked = f"only {listed(others)} {'is' if len(others) == 1 else 'are'} checked"
        yield f"Received {_outside(one, span)}, so {checked}."
    elif inferred and len(parts.books) > 1:
        of = f" of {one.side.the}" if several else ""
        yield (
            "The day the complaint was received is not recorded, so it is not certain which "
            f"edition{of} applies."
        )
    elif parts.gap:
        yield f"The complaint may have been received {_outside(one, span)}."


def _elsewhere(parts: Parts, asked: Asked) -> Iterator[str]:
    """Say that rulebooks apply because they were named, not by the nation of the complaint."""
    others = [book for book in parts.books if asked.nation not in book.nations]
    if others:
        nations = listed([nation_name(one) for one in others[0].nations])
        yield (
            f"{capital(others[0].the)} is for {nations}. This complaint is from "
            f"{nation_name(asked.nation)}; it is checked against it only because you named it."
        )


def _outside(one: AskedSet, receipt: tuple[int, int]) -> str:
    """Return when a day of receipt lies that no edition of a set holds."""
    earliest, latest = receipt
    the, starts = one.side.the, [book.start for book in one.books]
    ends = [book.end for book in one.books]
    if all(starts) and earliest < min(day.toordinal() for day in starts if day):
        return f"before the first edition of {the}"
    if all(ends) and latest > max(day.toordinal() for day in ends if day):
        return f"after the last edition of {the}"
    return f"when no edition of {the} was in force"


def _no_code(asked: Asked) -> str:
    nation = nation_name(asked.nation)
    whose = "" if asked.body == HOUSING else f"a {asked.body} in "
    return f"no complaint handling code for {whose}{nation}"


def _out_of_force(book: Rulebook, receipt: tuple[int, int]) -> Iterable[str]:
    """Say that a rulebook applies because it was named, not by the day of receipt."""
    earliest, latest = receipt
    if book.start and earliest < book.start.toordinal():
        surely, when = latest < book.start.toordinal(), f"from {in_words(book.start)}"
    elif book.end and latest > book.end.toordinal():
        surely, when = earliest > book.end.toordinal(), f"until {in_words(book.end)}"
    else:
        return
    was = "was" if surely else "may have been"
    yield (
        f"{capital(book.the)} applies to complaints received {when}. This one {was} received "
        "outside those dates; it is checked against it only because you named it."
    )


def no_rules(timeline: Timeline, asked: Asked, receipt: tuple[int, int]) -> Mistake:
    """Return why no rule applies to a complaint, and what to do.

    `receipt` is the first and last day on which it may have been received.
    """
    nothing = (
        "so there is nothing to check it against; add the landlord's policy: policy: my-policy.yaml"
    )
    if asked.policies:
        says = (
            f'no edition of the policy "{timeline.policy}" was in force when the complaint was '
            "received, nor was any Code; name one of "
            + ", ".join(book.id for book in asked.policies)
        )
    elif asked.codes:
        when = listed([_outside_by_day(one, receipt) for one in asked.codes])
        says = f"the complaint was received {when}, {nothing}"
    else:
        says = f"there is {_no_code(asked)} here, {nothing}"
    return unchecked(timeline, says)


def _outside_by_day(one: AskedSet, receipt: tuple[int, int]) -> str:
    """Return when a day of receipt lies that no edition holds, with the first that one holds."""
    says = _outside(one, receipt)
    first = min((book.start for book in one.books if book.start), default=None)
    before = first is not None and receipt[0] < first.toordinal()
    return f"{says} ({in_words(first)})" if first and before else says


def unchecked(timeline: Timeline, says: str) -> Mistake:
    """Return why a complaint was not checked."""
    return Mistake(timeline.path, timeline.line, says, reference=timeline.complaint)
