"""Several readings of one rule, joined: where they agree their verdict, otherwise cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from timeliness.judge.clocks import Reading, Source
from timeliness.judge.columns import Codes, Flags, pick_codes
from timeliness.judge.verdicts import Reason, Verdict


class Joined(Struct, frozen=True, dict=True):
    """The verdict over the readings that decide, for many complaints.

    `clashes` marks for each of those readings where its verdict differs from that of the ones
    before it.
    """

    deciding: Sequence[tuple[Source, Reading]]
    present: Flags
    verdict: Codes
    clashes: Sequence[Flags]

    @cached_property
    def reason(self) -> Codes:
        """Return why; the same verdict for two reasons has the weightier (but for an extension)."""
        books = {source.rulebook.id for source, _ in self.deciding}
        differ = Reason.EDITION_UNCLEAR if len(books) > 1 else Reason.READINGS_DIFFER
        reason = np.full(len(self.verdict), Reason.NO_RULE, dtype=np.int8)
        joined = np.zeros(len(self.verdict), dtype=np.bool_)
        for (_, reading), clash in zip(self.deciding, self.clashes, strict=True):
            also = np.maximum(reason, reading.reason)
            also = pick_codes(clash, int(differ), also)
            own = pick_codes(joined, also, reading.reason)
            reason = pick_codes(reading.present, own, reason)
            joined |= reading.present
        return reason


def join(readings: Sequence[tuple[Source, Reading]], size: int) -> Joined:
    """Join the readings that decide: where they agree their verdict, otherwise cannot tell."""
    deciding = [(source, reading) for source, reading in readings if source.decides]
    verdict = np.full(size, Verdict.NOT_APPLICABLE, dtype=np.int8)
    joined = np.zeros(size, dtype=np.bool_)
    clashes = []
    for _, reading in deciding:
        clash = reading.present & joined & (reading.verdict != verdict)
        verdict = pick_codes(reading.present & ~joined, reading.verdict, verdict)
        verdict = pick_codes(clash, int(Verdict.CANNOT_TELL), verdict)
        clashes.append(clash)
        joined = joined | reading.present
    return Joined(deciding, joined, verdict, clashes)
