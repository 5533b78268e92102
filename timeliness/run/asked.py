"""What the command line asks of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from timeliness.read.config import Config
from timeliness.run.inputs import Inputs, Written
from timeliness.run.outputs import Target
from timeliness.write import Options


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a run; what is empty is left to the configuration."""

    inputs: Inputs
    written: Sequence[Written] = ()
    as_at: date | None = None
    code: str = ""
    policy: str = ""
    nation: str = ""
    dates: str = ""
    sheet: str = ""
    fail_on: str = ""
    baseline: Path | None = None
    write_baseline: Path | None = None
    rejects: Path | None = None
    targets: Sequence[Target] = ()
    options: Options = field(default_factory=Options)

    def has_gate(self, config: Config) -> bool:
        """Whether more is asked than a threshold, so that every output has something to say."""
        return bool(self.baseline or self.write_baseline or self.rejects or config.has_gate)
