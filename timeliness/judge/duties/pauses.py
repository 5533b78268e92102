"""Pauses on the record that no rulebook of the complaint allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeliness.judge.duties.subject import Outcome
from timeliness.judge.pauses import pairs
from timeliness.model.plain import on_or_between
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sentences import Settlement
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import CANNOT_TELL


def unheard_pauses(
    events: Iterable[Event], books: Iterable[Rulebook]
) -> Iterator[tuple[str, Outcome]]:
    """Yield each pause that no rulebook of a complaint allows."""
    if any(book.pauses for book in books):
        return
    for pause, _ in pairs(events):
        assert pause.when
        yield (
            "no-pause",
            Outcome(
                CANNOT_TELL,
                "no-pause",
                f"The clock was paused {on_or_between(pause.when.span)}, and no policy of this "
                "complaint allows that. The clocks of the Code never stop; what it knows is an "
                "extension.",
                start=pause.when.span,
                line=pause.line,
                settled_by=Settlement(
                    "If the resident was told of a new date, write it as an extension.",
                    "{date: DATE, event: stage 1 extended, until: DATE}",
                ),
            ),
        )
