"""The command as a user runs it, and what it leaves behind; `conftest.py` has the fixture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Chcheck = Callable[..., Ran]
