"""How the report describes the episodes of a complaint, as a person would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeliness.judge.episodes.acts import STAGES
from timeliness.judge.episodes.life import Episode, Life
from timeliness.model.plain import capital, on_or_between, span_in_words
from timeliness.model.timelines import Event

_NOUNS = {1: "complaint", 2: "request to escalate", 3: "request for stage 3"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ENDED = {
    "complaint withdrawn": "was withdrawn",
    "complaint refused": "was refused",
    "escalation refused": "was refused",
    "early resolution closed": "was closed in early resolution",
}


def story_of(life: Life, record: str) -> tuple[str, ...]:
    """Return a sentence for each stage that has more than one episode."""
    return tuple(_sentences(life, record))


def _sentences(life: Life, record: str) -> Iterator[str]:
    for stage in STAGES:
        episodes = life.of(stage)
        if len(episodes) > 1:
            parts = [_part(one, episodes, record) for one in episodes]
            yield f"{capital('; '.join(parts))}."


def _part(one: Episode, episodes: Sequence[Episode], record: str) -> str:
    noun = _NOUNS[one.stage]
    of = f", of {_day(one.request)}," if one.request else ""
    if one is episodes[0]:
        subject = f"the first {noun}{of}"
    elif one.began == "further":
        subject = f"a further {noun}{of}"
    else:
        number = _ORDINALS[one.number - 1] if one.number <= len(_ORDINALS) else "next"
        subject = f"the {number}{of}"
    outcome = _outcome(one, record)
    return f"{subject} {outcome}" if one.sure else f"{subject} (if it was one) {outcome}"


def _outcome(one: Episode, record: str) -> str:
    if one.answered_by and one.over:
        return f"was answered {_when(one.answered_by)}"
    if one.ended_by and one.over:
        return f"{_ENDED.get(one.ended_by.name, 'was ended')} {_when(one.ended_by)}"
    if one.over:
        return "was passed over for the next stage"
    return "is not answered" if record == "complete" else "has no answer on the record"


def _day(event: Event) -> str:
    return span_in_words(event.when.span) if event.when else "a day that is not known"


def _when(event: Event) -> str:
    return on_or_between(event.when.span if event.when else None)
