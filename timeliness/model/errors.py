"""What can go wrong, as a small family of exceptions.

Every message says what is wrong and what to do about it; an `InputError` carries all the mistakes
of a file at once, each with its line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class ChcheckError(Exception):
    """Anything chcheck raises on purpose: the message is for the person at the keyboard."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing wrong in one place of one input.

    `line` counts from 1 and is 0 where the whole file is meant.
    """

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.says}"


class InputError(ChcheckError):
    """An input could not be read, or not in full; carries every mistake found in it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class Mistakes:
    """The mistakes found in one input so far, so that all of them can be told at once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Mistake] = []

    def add(self, line: int, says: str) -> None:
        """Note a mistake and go on."""
        self.found.append(Mistake(self.path, line, says))

    def error(self, line: int, says: str) -> InputError:
        """Return the error for a mistake after which nothing more can be read."""
        return InputError([*self.found, Mistake(self.path, line, says)])

    def raise_any(self) -> None:
        """Raise `InputError` if there were any."""
        if self.found:
            raise InputError(self.found)


class UsageError(ChcheckError):
    """The words of a command, or the arguments of a call, are off."""


class CalendarError(ChcheckError):
    """A day lies outside the years that the working-day calendar covers."""


class DateError(ChcheckError):
    """A date is not written in a form that reads one way."""
