"""Which rules apply to a complaint, as a reader should know, or why none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeliness.judge.columns import State
from timeliness.judge.editions import Asked
from timeliness.judge.judged import Group
from timeliness.model.dates import in_words
from timeliness.model.errors import Mistake
from timeliness.model.rulebooks import Rulebook
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import RECEIVED


def notes_of(asked: Asked, group: Group, place: int) -> tuple[str, ...]:
    """Return what a reader should know of the rules that apply to one complaint of a group."""
    return tuple(_notes(asked, group, place))


def _notes(asked: Asked, group: Group, place: int) -> Iterator[str]:
    """Yield what a reader should know of the rules that apply to one complaint."""
    receipt = group.table.events[RECEIVED]
    span = int(group.receipt.earliest[place]), int(group.receipt.latest[place])
    nation = asked.nation.replace("-", " ").title()
    if not asked.codes:
        yield (
            f"There is no complaint handling code for {nation} here, so only the policy is checked."
        )
    elif not group.code.books:
        yield "Received before the first edition of the Code, so only the policy is checked."
    elif receipt.state[place] == State.INFERRED and len(group.code.books) > 1:
        yield (
            "The day the complaint was received is not recorded, so it is not certain which "
            "edition applies."
        )
    elif group.code.gap:
        yield "The complaint may have been received before the first edition of the Code."
    for books, fixed in (
        (group.code.books, asked.fixed_code),
        (group.policy.books, asked.fixed_policy),
    ):
        for book in books:
            if book.transition and span[1] <= book.transition.until.toordinal():
                yield f"{book.short}, transitional: {book.transition.says}."
            if fixed:
                yield from _out_of_force(book, span)


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
        f"The {book.short} applies to complaints received {when}. This one {was} received outside "
        "those dates; it is checked against it only because you named it."
    )


def no_rules(timeline: Timeline, asked: Asked) -> Mistake:
    """Return why no rule applies to a complaint, and what to do."""
    if asked.policies:
        says = (
            f'no edition of the policy "{timeline.policy}" was in force when the complaint was '
            "received, nor was any Code; name one of "
            + ", ".join(book.id for book in asked.policies)
        )
    elif asked.codes:
        first = min(book.start for book in asked.codes if book.start)
        says = (
            f"the complaint was received before the first edition of the Code ({in_words(first)}), "
            "so there is nothing to check it against; add the landlord's policy: policy: "
            "my-policy.yaml"
        )
    else:
        nation = timeline.nation.replace("-", " ").title()
        says = (
            f"there is no complaint handling code for {nation} here, so there is nothing to check "
            "it against; add the landlord's policy: policy: my-policy.yaml"
        )
    return unchecked(timeline, says)


def unchecked(timeline: Timeline, says: str) -> Mistake:
    """Return why a complaint was not checked."""
    return Mistake(timeline.path, timeline.line, says, reference=timeline.complaint)
