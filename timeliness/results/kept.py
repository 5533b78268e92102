"""What the output of an earlier run holds: its head, and each finding with its key and its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from msgspec import Struct, field

from timeliness.model.given import Given
from timeliness.model.report import Input
from timeliness.results.gate import Key

Days = tuple[str, str]
"""The earliest and the latest day in ISO form, each "" where there is none."""
NO_DAYS: Days = ("", "")


class Kept(NamedTuple):
    """One finding as an output has it; `verdict` is as it counts, a "should" not followed apart.

    `extensions` names those on the record, where the output has them, and `more` stands for all
    else that it says of the finding, where that is asked for.
    """

    key: Key
    verdict: str
    reason: str
    rulebook: str
    start: Days = NO_DAYS
    due: Days = NO_DAYS
    done: Days = NO_DAYS
    days_late: Days = NO_DAYS
    extensions: str = ""
    status: str = ""
    more: str = ""

    @property
    def tells(self) -> tuple[object, ...]:
        """Return what an output in any form says of it."""
        own = (self.verdict, self.reason, self.rulebook)
        return (*own, self.start, self.due, self.done, self.days_late)

    @property
    def books(self) -> list[str]:
        """Return the ids of its rulebooks: several, where it is not known which applies."""
        return self.rulebook.split(" or ")

    @property
    def is_done(self) -> bool:
        """Whether it is known to be done by some day."""
        return bool(self.done[1])

    @property
    def whose(self) -> tuple[str, str]:
        """Return the landlord and the reference of the complaint."""
        return self.key[:2]


class Pair(Struct, frozen=True):
    """A finding in one run and in another; None where there is no such finding in it."""

    then: Kept | None
    now: Kept | None

    @property
    def one(self) -> Kept:
        """Return the finding as it is now, or else as it was."""
        found = self.now or self.then
        assert found
        return found


class KeptBook(Struct, frozen=True):
    """A rulebook that a report names; `path` is "" for one that comes with chcheck."""

    title: str
    path: str
    sha256: str


class Head(Struct, frozen=True):
    """What an output says that it rests on. `given` is None where it does not say how it was made.

    `columns` says by the path of a table what each of its columns was taken to hold.
    """

    version: str
    as_at: str
    calendar: str
    given: Given | None = None
    today: date | None = None
    inputs: tuple[Input, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    configuration: Input | None = None
    baseline: Input | None = None
    books: Mapping[str, KeptBook] = field(default_factory=dict)


class KeptRun(Struct):
    """The output of a run: its file, its head where it has one, and its findings by their keys.

    `complaints` are all that it names, each with its landlord; `problems_only` says that what was
    met is not in it.
    """

    path: str
    head: Head | None = None
    found: dict[Key, list[Kept]] = field(default_factory=dict)
    complaints: set[tuple[str, str]] = field(default_factory=set)
    problems_only: bool = False

    def add(self, one: Kept) -> None:
        """Add a finding."""
        self.found.setdefault(one.key, []).append(one)
        self.complaints.add(one.whose)

    @property
    def findings(self) -> int:
        """Return how many findings it has."""
        return sum(map(len, self.found.values()))


class Difference(Struct, frozen=True):
    """One thing on which two runs rest, and which is not the same: then and now."""

    kind: str
    name: str
    then: str
    now: str


VERSION, CALENDAR, AS_AT, OPTIONS = "version", "calendar", "as-at", "options"
INPUT, COLUMNS, CONFIGURATION = "input", "columns", "configuration"
BASELINE, RULEBOOK = "baseline", "rulebook"
NONE = "none"


def differences(then: Head, now: Head) -> tuple[Difference, ...]:
    """Return each thing on which two runs rest and which is not the same."""
    return tuple(
        one for one in _compared(then, now) if one.then != one.now and one.then and one.now
    )


def _compared(then: Head, now: Head) -> Iterator[Difference]:
    yield Difference(AS_AT, "", then.as_at, now.as_at)
    yield Difference(OPTIONS, "", _options(then), _options(now))
    yield from _files(then.inputs, now.inputs)
    columns = zip_longest(then.columns.items(), now.columns.items(), fillvalue=("", ""))
    for (path, held), (new_path, holds) in columns:
        only_then, only_now = _only(held, holds), _only(holds, held)
        yield Difference(COLUMNS, new_path or path, only_then or NONE, only_now or NONE)
    yield _file(CONFIGURATION, then.configuration, now.configuration)
    yield _file(BASELINE, then.baseline, now.baseline)
    for name in sorted({**then.books, **now.books}):
        first, second = (one.books.get(name) for one in (then, now))
        yield Difference(
            RULEBOOK, name, first.sha256 if first else NONE, second.sha256 if second else NONE
        )
    yield Difference(CALENDAR, "", then.calendar, now.calendar)
    yield Difference(VERSION, "", then.version, now.version)


def _file(kind: str, then: Input | None, now: Input | None) -> Difference:
    path = now.path if now else then.path if then else ""
    return Difference(kind, path, then.sha256 if then else NONE, now.sha256 if now else NONE)


def _files(then: Sequence[Input], now: Sequence[Input]) -> Iterator[Difference]:
    """Yield the inputs, two by two: those of one path, then the rest in their order."""
    first, second = ({one.path: one.sha256 for one in files} for files in (then, now))
    for path in first:
        if path in second:
            yield Difference(INPUT, path, first[path], second[path])
    left = [path for path in first if path not in second]
    new = [path for path in second if path not in first]
    for old_path, path in zip_longest(left, new):
        name = f"{path}, before {old_path}" if path and old_path else path or old_path
        yield Difference(INPUT, name, first.get(old_path, NONE), second.get(path, NONE))


def _only(held: str, others: str) -> str:
    """Return the columns that are read in another way in the other run, or not there."""
    return "; ".join(one for one in held.split("; ") if one not in others.split("; "))


_BESIDE = ("as_at", "config", "baseline", "show", "explain", "summary", "by", "fail_on")
"""The options that decide no verdict, and those that are compared on their own."""
_WRITTEN = ("write_baseline", "rejects")


def _options(head: Head) -> str:
    """Return the options that decide a verdict, beside the day; "" where they are not known."""
    return "" if head.given is None else head.given.as_options(*_BESIDE, *_WRITTEN) or NONE
