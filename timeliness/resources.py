"""Where the files that ship with the program are: in the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def ships(path: str) -> bool:
    """Whether a rulebook is one of those that come with the program."""
    return Path(path).is_relative_to(folder("rules"))


def folder(name: str) -> Path:
    """Return the folder `rules` or `templates`.

    A wheel carries it inside the package; in a checkout it is beside the package.
    """
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name
