"""What came out when a report was made again."""

from __future__ import annotations

from msgspec import Struct

from timeliness.results.kept import Difference, Pair


class Verified(Struct, frozen=True):
    """What is not the same when a report is made again.

    `differ` is what it rests on, `findings` those that came out in another way, `others` names the
    other parts that did. Of a page, `only_then` and `only_now` are the lines that it says, and that
    it would say now.
    """

    report: str
    differ: tuple[Difference, ...] = ()
    findings: tuple[Pair, ...] = ()
    others: tuple[str, ...] = ()
    only_then: tuple[str, ...] = ()
    only_now: tuple[str, ...] = ()

    @property
    def same_findings(self) -> bool:
        """Whether the report says what it would say now, whatever it rests on."""
        return not (self.findings or self.others or self.only_then or self.only_now)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.same_findings and not self.differ
