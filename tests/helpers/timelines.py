"""What finds the rulebooks of a timeline, where a test has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeliness.model.vocabulary import COMMON, Vocabulary


@dataclass
class Rules:
    """Knows every policy, by its name with an `ending`, and raises an error instead of any."""

    ending: str = ""
    events: Vocabulary = COMMON
    error: Exception | None = None

    def policy(self, name: str) -> str:
        if self.error and name:
            raise self.error
        return f"{name}{self.ending}" if name else ""

    def codes(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(names)

    def rules(self, names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        return "", tuple(names)

    def vocabulary(self, policy: str, codes: Sequence[str], nation: str, body: str) -> Vocabulary:
        return self.events
