"""What can go wrong, as a small family of exceptions, and what was probably meant.

Every message says what is wrong and what to do about it; an `InputError` carries all the mistakes
of a file at once, each with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches

from msgspec import Struct

MOST = 300
"""How many mistakes of one input are reported; each costs a search for what was meant."""

VALUE = "{value}"
"""Where what is wrong with a value quotes it."""


def quoting(what: str, value: str) -> str:
    """Return what is wrong with a value, with the value in quotes where it belongs."""
    return what.replace(VALUE, f'"{value}"')


class ChcheckError(Exception):
    """Anything chcheck raises on purpose: the message is for the person at the keyboard."""


class _At(Struct, frozen=True):
    """Where something is wrong, and what."""

    path: str
    line: int
    what: str


class Mistake(_At, frozen=True, kw_only=True):
    """One thing wrong in one place of one input.

    `line` counts from 1 and is 0 where the whole file is meant. `what` is wrong with the `key` of
    a mapping, or in the `column` of a table; where it names `VALUE`, the `value` is quoted, which
    may be a part of the `cell`. `reference` names the complaint where the line does not.
    `content` is a hash of a cell that is withheld, or of a row that has no reference, and `as_at`
    the day as of which a row was taken.
    """

    key: str = ""
    value: str = ""
    hint: Hint | None = None
    column: str = ""
    cell: str = ""
    reference: str = ""
    content: str = ""
    as_at: date | None = None

    @property
    def sentence(self) -> str:
        """Return what is wrong and what to do about it, whichever complaint or column it is."""
        key = f"{self.key}: " if self.key else ""
        hint = str(self.hint or "")
        return f"{key}{quoting(self.what, self.value)}" + (f"; {hint}" if hint else "")

    @property
    def says(self) -> str:
        """Return the same with its complaint and its column."""
        reference = f"complaint {self.reference}: " if self.reference else ""
        column = f'column "{self.column}": ' if self.column else ""
        return f"{reference}{column}{self.sentence}"

    @property
    def order(self) -> tuple[object, ...]:
        """Return what mistakes are sorted by: first where they are."""
        day = self.as_at or date.min
        return (
            *(self.path, self.line, self.column, self.sentence),
            *(self.cell, self.reference, self.content, day),
        )

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.says}"


class InputError(ChcheckError):
    """An input could not be read, or not in full; carries every mistake found in it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        found = sorted(set(mistakes), key=lambda mistake: mistake.order)
        self.mistakes: tuple[Mistake, ...] = tuple(found)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class Mistakes:
    """The mistakes found in one input so far, so that all of them are reported together."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Mistake] = []

    def add(
        self, line: int, what: str, *, key: str = "", value: str = "", hint: Hint | None = None
    ) -> None:
        """Note a mistake and go on; after `MOST` of them the rest is not read: `InputError`."""
        if len(self.found) >= MOST:
            raise self.error(line, f"there are more than {MOST} mistakes; correct these first")
        self.found.append(Mistake(self.path, line, what, key=key, value=value, hint=hint))

    def error(self, line: int, what: str) -> InputError:
        """Return the error for a mistake after which nothing more can be read."""
        return InputError([*self.found, Mistake(self.path, line, what)])

    def raise_any(self) -> None:
        """Raise `InputError` if there were any."""
        if self.found:
            raise InputError(self.found)


class UsageError(ChcheckError):
    """Wrong usage: of a command, or of a function."""


class DayError(ChcheckError):
    """A text is not a day that can be counted from.

    `what` is wrong with the `value`, in words that stand for it by `VALUE`; `in_a_file` is what
    else can be done about it where the date stands in a file, and `alone` the message without.
    """

    def __init__(self, what: str, value: str = "", *, in_a_file: str = "") -> None:
        self.what = what + in_a_file
        self.value = value
        self.alone = quoting(what, value)
        super().__init__(quoting(self.what, value))


class CalendarError(DayError):
    """A day lies outside the years that the working-day calendar covers."""


class DateError(DayError):
    """A date is not written in a form that reads one way."""


class Hint(Struct, frozen=True):
    """What to do about a text that is not known: `meant` is the known name nearest to it, if any.

    As a text it asks for the name that was meant, and says `otherwise` where nothing is near.
    """

    otherwise: str
    meant: str = ""

    def __str__(self) -> str:
        return f'did you mean "{self.meant}"?' if self.meant else self.otherwise


def hint(
    text: str,
    names: Iterable[str],
    otherwise: str = "",
    *,
    form: Callable[[str], str] = str,
    cutoff: float = 0.6,
) -> Hint:
    """Return the hint for a text that is not one of the known names.

    `form` gives the form in which a text and a name are compared, and `cutoff` how alike they
    have to be, up to 1.
    """
    by_form = {form(name): name for name in names}
    near = get_close_matches(form(text), by_form, n=1, cutoff=cutoff)
    return Hint(otherwise, by_form[near[0]] if near else "")
