"""Finding the configuration of some inputs: the nearest file, upwards from them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from timeliness.model.errors import InputError, Mistake
from timeliness.model.patterns import regex

_OWN_TABLE = regex(rb"^[ \t]*\[\[?[ \t]*tool[ \t]*\.[ \t]*chcheck[ \t]*[].]", re.MULTILINE)


def find_config(inputs: Iterable[Path]) -> Path | None:
    """Return the nearest chcheck.toml, or pyproject.toml with [tool.chcheck], to the inputs.

    The search begins in the folder of the input, or in the nearest folder that holds all of them,
    and goes up from there; standard input counts as a file of the working folder. The path counts
    from the working folder, unless an input has a full path. Raises `InputError` where a
    pyproject.toml on the way cannot be read.
    """
    paths = list(inputs)
    try:
        start = Path(os.path.commonpath([_folder_of(path) for path in paths]))
    except ValueError:
        # The inputs are on different drives.
        return None
    in_full = any(path.is_absolute() for path in paths)
    for folder in (start, *start.parents):
        own, project = folder / "chcheck.toml", folder / "pyproject.toml"
        if own.is_file():
            return own if in_full else _from_here(own)
        if project.is_file() and _has_table(project):
            return project if in_full else _from_here(project)
    return None


def _folder_of(path: Path) -> Path:
    try:
        return (path if path.is_dir() else path.parent).resolve()
    except OSError:
        # Whoever opens it says what is wrong with the path.
        return Path().resolve()


def _from_here(path: Path) -> Path:
    return Path(os.path.relpath(path))


def _has_table(project: Path) -> bool:
    try:
        return bool(_OWN_TABLE.search(project.read_bytes()))
    except OSError as error:
        says = f"the configuration cannot be read: {error.strerror}"
        raise InputError([Mistake(str(project), 0, says)]) from None
