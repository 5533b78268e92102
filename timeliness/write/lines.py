"""Lines for a terminal: the width, and text wrapped to it."""

from __future__ import annotations

import textwrap

WIDTH = 80


def wrap(text: str, indent: str = "", first: str | None = None, width: int = WIDTH) -> list[str]:
    """Return a text as lines of at most `width` columns.

    `indent` begins each line, and `first` the first one where it differs. An empty text gives
    one empty line.
    """
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    ) or [""]
