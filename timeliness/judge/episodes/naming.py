"""How a finding says which episode it speaks of, where there is more than one."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from timeliness.judge.episodes.life import Episode, Life
from timeliness.judge.episodes.own import Turn
from timeliness.model.dates import in_words
from timeliness.model.findings import Finding
from timeliness.model.plain import on_or_between, span_in_words
from timeliness.model.sentences import Said
from timeliness.model.timelines import Event
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, NOT_APPLICABLE, PENDING


def named(finding: Finding, stage: int, life: Life) -> Finding:
    """Return a finding whose title names its episode by its day, where its stage has several.

    That of a further complaint says how to write it if it was a request to escalate.
    """
    episodes = life.of(stage)
    if len(episodes) < 2:
        return finding
    episode = next((one for one in episodes if one.number == finding.episode), None)
    if episode is None:
        return finding
    if episode.began == "further" and finding.verdict in (BREACH, CANNOT_TELL, PENDING):
        says = f"{finding.says} {if_it_was_a_request(episode)}"
        finding = replace(finding, told=Said(says, finding.settled_by))
    return _titled(finding, episode_name(episode))


def episode_name(episode: Episode) -> str:
    """Return an episode by the day of its request: complaint of 2 June 2025."""
    what = "complaint" if episode.stage == 1 else "request"
    return f"{what} of {_day(episode.request)}" if episode.request else f"{what} not on the record"


def if_it_was_a_request(episode: Episode) -> str:
    """Return how to write a further complaint that was a request to escalate."""
    day = episode.request.when.span.earliest if episode.request and episode.request.when else None
    written = day.isoformat() if day else "DATE"
    return f"If it was a request to escalate, write: - {written} escalation requested."


def named_turn(finding: Finding, turn: Turn) -> Finding:
    """Return a finding whose title names the event with which its turn began."""
    if turn.start is None:
        return finding
    return _titled(finding, f"{turn.start.name} of {_day(turn.start)}")


def _titled(finding: Finding, of: str) -> Finding:
    return replace(finding, title=f"{finding.title} ({of})", episode_of=of)


def ended_before_due(finding: Finding, until: date) -> Finding:
    """Return the finding of what was not due yet when the complaint asked for nothing more."""
    says = (
        f"The complaint was answered or ended on {in_words(until)}, before this was due, "
        f"{on_or_between(finding.due)}."
    )
    return replace(
        finding,
        verdict=NOT_APPLICABLE,
        reason="ended",
        told=Said(says, finding.settled_by),
        due_in=None,
    )


def _day(event: Event) -> str:
    return span_in_words(event.when.span) if event.when else "a day that is not known"
