"""Two runs beside each other: what is new, mended, gone and changed, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.verdict_words import BREACH, CANNOT_TELL, NOT_FOLLOWED, PENDING, PROBLEMS
from timeliness.results.flat import RECORD
from timeliness.results.gate import Gate, Key, unnamed
from timeliness.results.kept import (
    AS_AT,
    CALENDAR,
    CONFIGURATION,
    OPTIONS,
    RULEBOOK,
    VERSION,
    Difference,
    Kept,
    KeptRun,
    Pair,
    differences,
)

NEW, UNCLEAR, MENDED, LEFT, GONE = "new", "unclear", "mended", "left", "gone"
NOT_SHOWN, CHANGED, LATER, DECIDED = "not-shown", "changed", "later", "decided"
KINDS = (NEW, UNCLEAR, CHANGED, LATER, MENDED, DECIDED, LEFT, GONE, NOT_SHOWN, RECORD)
"""What may have become of a finding, in the order in which it is shown.

`LATER` is a problem whose delay grew with the days between the runs, and nothing else. Of a problem
that is not there now, the complaint has `LEFT`, or the finding is `GONE`; it is `NOT_SHOWN` where
the run has problems only, so that it may have been mended. `RECORD` is what the record itself
shows, whatever became of it.
"""

DATES, EXTENSION, BOOK, POLICY_FILE = "dates", "extension", "another-rulebook", "rulebook-changed"
COMPLAINT_NEW, FINDING_NEW, NOT_KNOWN = "complaint-new", "limit-new", "not-known"
_PERHAPS = (CONFIGURATION, OPTIONS, CALENDAR, VERSION)
_FAILED = (BREACH, NOT_FOLLOWED)


class Change(Pair, frozen=True):
    """What became of one finding.

    `why` names what made it so, and `perhaps` what differs between the runs and may have.
    """

    kind: str
    why: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


class Compared(Struct):
    """Two runs beside each other.

    `same` counts the findings that are as they were, and `others` those that were no problem and
    are none, by the verdict then ("" for none) and now. `only_now` and `only_then` are the
    complaints that the other run does not name.
    """

    last: KeptRun
    now: KeptRun
    differ: tuple[Difference, ...] = ()
    changes: list[Change] = field(default_factory=list)
    same: int = 0
    others: Counter[tuple[str, str]] = field(default_factory=Counter)
    only_now: int = 0
    only_then: int = 0

    def of(self, *kinds: str) -> list[Change]:
        """Return the changes of some kinds."""
        return [one for one in self.changes if one.kind in kinds]

    @property
    def heads_known(self) -> bool:
        """Whether both runs say what they rest on."""
        return bool(self.last.head and self.now.head)

    def fails(self, fail_on: str) -> bool:
        """Whether there is a new finding that fails a run at this threshold."""
        gate = Gate(fail_on)
        return any(
            gate.fails(one.now.verdict, one.now.status)
            for one in self.of(NEW, UNCLEAR, RECORD)
            if one.now and (not one.then or one.then.verdict != one.now.verdict)
        )


def compare_runs(last: KeptRun, now: KeptRun) -> Compared:
    """Compare two runs, finding by finding: those with one key are the same, as in a baseline."""
    differ = differences(last.head, now.head) if last.head and now.head else ()
    made = Compared(last, now, differ)
    made.only_now = len(now.complaints - last.complaints)
    made.only_then = len(last.complaints - now.complaints)
    left = dict(last.found)
    for key, several in now.found.items():
        for then, new in pairs(_taken(left, key), several):
            _add(made, then, new)
    for several in left.values():
        for one in several:
            _add(made, one, None)
    order = {kind: place for place, kind in enumerate(KINDS)}
    made.changes.sort(key=lambda one: (order[one.kind], _order(one), one.one.key))
    return made


def _order(one: Change) -> int:
    """Return what comes first among changes of a kind: the longest delay."""
    least = one.one.days_late[0]
    return -int(least) if least.isdecimal() else 0


def _taken(left: dict[Key, list[Kept]], key: Key) -> list[Kept]:
    """Take the findings of a key from those that are left; an old CSV names no series."""
    if key in left:
        return left.pop(key)
    old = unnamed(key)
    return left.pop(old, []) if old else []


_WHOLE, _START = attrgetter("tells"), attrgetter("start")


def pairs(then: list[Kept], now: list[Kept]) -> Iterator[tuple[Kept | None, Kept | None]]:
    """Yield findings of one key two by two: what is the same, then the same start, then by order.

    A reference that is there twice has two findings of one key.
    """
    if len(then) == len(now) == 1:
        yield then[0], now[0]
        return
    rest, later = list(then), list(now)
    for alike in (_WHOLE, _START):
        kept: list[Kept] = []
        for new in later:
            place = next((at for at, old in enumerate(rest) if alike(old) == alike(new)), None)
            if place is None:
                kept.append(new)
            else:
                yield rest.pop(place), new
        later = kept
    for at in range(max(len(rest), len(later))):
        yield rest[at] if at < len(rest) else None, later[at] if at < len(later) else None


def _add(made: Compared, then: Kept | None, now: Kept | None) -> None:
    """Add what became of one finding to what is made."""
    if then and now and then.tells == now.tells:
        made.same += 1
        return
    kind = _kind(made, then, now)
    if kind:
        why, perhaps = _why(made, then, now)
        change = Change(then, now, kind, why, perhaps)
        if change.one.key[2] == RECORD:
            change = replace(change, kind=RECORD)
        elif kind == CHANGED and why == (AS_AT,):
            change = replace(change, kind=LATER)
        made.changes.append(change)
    elif then and now and then.verdict == now.verdict:
        made.same += 1
    elif now:
        made.others[then.verdict if then else "", now.verdict] += 1


def _kind(made: Compared, then: Kept | None, now: Kept | None) -> str:
    """Return what became of a finding, or "" where there is nothing to say of it."""
    was, is_now = then.verdict if then else "", now.verdict if now else ""
    if not now:
        return _kind_of_absent(made, then) if was in PROBLEMS and then else ""
    if is_now in _FAILED:
        return CHANGED if was == is_now else NEW
    if is_now == CANNOT_TELL and was != CANNOT_TELL:
        return UNCLEAR
    if is_now == CANNOT_TELL:
        return "" if _alike(then, now) else CHANGED
    if was in _FAILED:
        return MENDED
    if was == CANNOT_TELL:
        return DECIDED
    moved = then is not None and was == is_now == PENDING and then.due != now.due
    return CHANGED if moved else ""


def _alike(then: Kept | None, now: Kept) -> bool:
    return then is not None and (then.reason, then.due) == (now.reason, now.due)


def _kind_of_absent(made: Compared, then: Kept) -> str:
    if made.now.problems_only:
        return NOT_SHOWN
    return GONE if then.whose in made.now.complaints else LEFT


# Why --------------------------------------------------------------------------------------------


def _why(
    made: Compared, then: Kept | None, now: Kept | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what made a finding what it is now, and what may have."""
    if not now:
        return (), ()
    if not then:
        if made.last.problems_only:
            return (), ()
        return (FINDING_NEW if now.whose in made.last.complaints else COMPLAINT_NEW,), ()
    why = list(_certain(made, then, now))
    if why:
        return tuple(why), ()
    differ = {one.kind for one in made.differ}
    perhaps = [kind for kind in _PERHAPS if kind in differ]
    if _has_changed(made, now):
        perhaps.insert(0, POLICY_FILE)
    return ((), tuple(perhaps)) if perhaps else ((NOT_KNOWN,), ())


def _certain(made: Compared, then: Kept, now: Kept) -> Iterator[str]:
    both_open = not then.is_done and not now.is_done
    dates = then.start != now.start or (then.done != now.done and not both_open)
    if dates:
        yield DATES
    if then.extensions and now.extensions and then.extensions != now.extensions:
        yield EXTENSION
    if then.rulebook != now.rulebook:
        yield BOOK
    elif not dates and then.due != now.due and _has_changed(made, now):
        yield POLICY_FILE
    another_day = not made.heads_known or any(one.kind == AS_AT for one in made.differ)
    moved = (then.verdict, then.days_late) != (now.verdict, now.days_late)
    if another_day and moved and not dates and both_open and then.due == now.due:
        yield AS_AT


def _has_changed(made: Compared, now: Kept) -> bool:
    """Whether the file of a rulebook of a finding is not the same in both runs."""
    changed = [one.name for one in made.differ if one.kind == RULEBOOK]
    return any(book in changed for book in now.books)
