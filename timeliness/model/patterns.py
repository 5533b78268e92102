"""Regular expressions that are compiled when they are first used: one run uses few of them."""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast


class _Later(Generic[AnyStr]):
    """Stands in for a compiled pattern until something is asked of it."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(self.pattern, self._flags), name)
        # Kept, so that the next use finds the compiled pattern's own.
        setattr(self, name, found)
        return found


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what works as `re.compile(text, flags)`, and is compiled at its first use."""
    return cast("re.Pattern[AnyStr]", _Later(text, flags))
