"""How far the text of a limit was read."""

from __future__ import annotations

from collections.abc import Iterable

PROVENANCE = {
    "quoted": "the clause's wording was read in two or more published sources, or on the "
    "publisher's own pages",
    "reported": "known from one second-hand source only",
    "unverified": "as generally understood; the text itself has not been seen",
}
"""How far a limit can be relied on. A promise or an order is "recorded": in the timeline itself."""


def least_read(provenances: Iterable[str]) -> str:
    """Return the provenance of the least well sourced of several; "" for none."""
    return max(provenances, key=list(PROVENANCE).index, default="")
