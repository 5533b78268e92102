"""What was probably meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Hint:
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
    """Return the hint for a text that is none of some names.

    `form` gives the form in which a text and a name are compared, and `cutoff` how alike they
    have to be, up to 1.
    """
    by_form = {form(name): name for name in names}
    near = get_close_matches(form(text), by_form, n=1, cutoff=cutoff)
    return Hint(otherwise, by_form[near[0]] if near else "")
