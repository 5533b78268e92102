"""The answer for many complaints in a sentence or two, the same in every format."""

from __future__ import annotations

from collections.abc import Collection

from timeliness.model.plain import listed, number
from timeliness.model.verdict_words import OF_ALL
from timeliness.model.vocabulary import COMMON


def no_breach(scope: str, how: str = "") -> str:
    """Return that there is no breach, of no more than was checked; `how` says so far, or found."""
    return f"No breach {scope} {how}".replace("  ", " ").strip()


def answer_for_many(
    total: int,
    breached: int,
    undecided: int,
    *,
    decides: bool,
    named: str = "",
    missing: Collection[tuple[str, str]] = (),
    closed: int = 0,
    later: int = 0,
    unlooked: str = "",
    scope: str = OF_ALL,
) -> str:
    """Return what was found of all of them.

    `undecided` counts the complaints without a breach of which some limit cannot be decided,
    `decides` says whether anything else was decided, and `missing` holds the events that no column
    (or no row) of a table holds, each after that word. `closed` counts the limits that were closed
    without a recorded answer and `later` the complaints that are left out. `named` follows the
    number of those with a breach, and `unlooked`, a sentence on the rules that were left out, comes
    last. `scope` is what "no breach" can be said of.
    """
    complaints = number(total, "complaint")
    nouns = list(dict.fromkeys(_noun(event) for _, event in sorted(missing)))
    where = listed(sorted({place for place, _ in missing}), "or") if missing else ""
    why = f": no {where} holds {listed(nouns, 'or')}" if missing and undecided else ""
    if not total:
        if later:
            were = "was" if later == 1 else "were"
            return (
                f"Nothing could be checked: {number(later, 'complaint')} {were} received after the "
                "day of the check."
            )
        return "No complaint was checked."
    if breached:
        have = "has a breach" if breached == 1 else "have breaches"
        says = f"{breached:,} of {complaints} {have}{named}."
        if undecided:
            says += f" {number(undecided, 'more complaint')} cannot be fully decided{why}."
    elif undecided and not decides:
        says = f"Nothing could be decided for {complaints}{why}."
    elif undecided:
        some = "it" if total == 1 else f"{undecided:,}"
        none = no_breach(scope, f"{'was ' if scope else ''}found")
        says = f"{none} in {complaints}, but {some} cannot be fully decided{why}."
    else:
        says = f"{no_breach(scope)} in {complaints}."
    if closed:
        were = "was" if closed == 1 else "were"
        says += f" {number(closed, 'limit')} {were} closed without a recorded answer."
    if later:
        are = "is" if later == 1 else "are"
        says += f" {number(later, 'complaint')} received after the day of the check {are} left out."
    return f"{says} {unlooked}".strip()


def _noun(event: str) -> str:
    kind = COMMON.find(event)
    return f"the {kind.words.noun}" if kind else f"the {event}"
