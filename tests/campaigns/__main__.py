"""Looks for faults with made inputs: `make campaign MINUTES=10`.

    python -m tests.campaigns [PART...] [--minutes 10] [--seed 1] [--rounds N]

Each part goes through its rounds, made from the seeds 1, 2, 3 and so on, and the parts share the
time. What goes wrong in a round is printed with the words that repeat it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.campaigns import of_bytes, of_forms, of_laws, of_lives, of_pauses, of_policies

PARTS: dict[str, Callable[[int], Iterable[str]]] = {
    "lives": of_lives.went_wrong,
    "policies": of_policies.went_wrong,
    "pauses": of_pauses.went_wrong,
    "laws": of_laws.went_wrong,
    "forms": of_forms.went_wrong,
    "bytes": of_bytes.went_wrong,
    "misdated": of_lives.misdated_went_wrong,
}
ASKED_FOR = ("misdated",)
"""What is gone through only where it is named: a few differences are known, see docs/proof.md."""


@dataclass
class Part:
    """One part of the campaign: how many rounds it went through, and how long they took."""

    name: str
    rounds: int = 0
    seconds: float = 0.0
    faults: int = 0

    def go_on(self, seed: int) -> None:
        """Go through one more round, and print what goes wrong."""
        began = time.monotonic()
        for told in PARTS[self.name](seed):
            self.faults += 1
            print(f"\n{self.name}, seed {seed}: {told}")
            print(
                f"Repeat it with: python -m tests.campaigns {self.name} --seed {seed} --rounds 1",
                flush=True,
            )
        self.rounds += 1
        self.seconds += time.monotonic() - began


def main(words: Sequence[str]) -> int:
    """Go through the parts, and return 1 where anything went wrong."""
    asked = _asked(words)
    parts = [Part(name) for name in asked.parts or PARTS if asked.parts or name not in ASKED_FOR]
    ends = time.monotonic() + 60 * asked.minutes
    while True:
        still = [part for part in parts if not asked.rounds or part.rounds < asked.rounds]
        if not still or (not asked.rounds and time.monotonic() >= ends):
            break
        part = min(still, key=lambda one: one.seconds)
        part.go_on(asked.seed + part.rounds)
    print()
    for part in parts:
        last = asked.seed + part.rounds - 1
        seeds = f"seeds {asked.seed} to {last}" if part.rounds else "not begun"
        print(f"{part.name:10} {part.faults:4} faults, {seeds}, {part.seconds:.0f} s")
    return int(any(part.faults for part in parts))


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first round")
    parser.add_argument("--rounds", type=int, help="so many rounds of each part, however long")
    asked = parser.parse_args(words)
    unknown = [name for name in asked.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; the parts are {', '.join(PARTS)}")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
