"""The one complaint that is asked for, of all that a run reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.errors import UsageError, hint

if TYPE_CHECKING:
    # The rows of tables take polars, for which a run without a table does not pay.
    from timeliness.tables.complaints import Complaints

MOST_REMEMBERED = 5_000
"""As many other references are looked at for the one that was meant."""


class Only(Struct):
    """A reference: the complaints that have it are checked, whatever its capitals, and no other."""

    reference: str
    others: list[str] = field(default_factory=list)
    found: bool = False

    def is_meant(self, reference: str) -> bool:
        """Whether a complaint is asked for."""
        meant = _plain(reference) == _plain(self.reference)
        self.found |= meant
        if not meant and len(self.others) < MOST_REMEMBERED:
            self.others.append(reference)
        return meant

    def among(self, complaints: Complaints) -> Complaints:
        """Return the complaints of a table that are asked for.

        A row that was rejected goes with them, unless it has another reference.
        """
        references = enumerate(complaints.references.to_list())
        rows = np.array([row for row, one in references if self.is_meant(one)], dtype=np.int64)
        kept = complaints.take(rows)
        rejected = [
            one for one in complaints.rejected if not one.reference or self.is_meant(one.reference)
        ]
        read = sum(len(kept.places_of(row)) for row in range(kept.size)) + len(rejected)
        return replace(kept, read=read, rejected=rejected)

    def check(self, unread: bool) -> None:
        """Refuse a reference that nothing has, unless something was not read that may have it.

        Raises `UsageError`.
        """
        if self.found or unread:
            return
        near = hint(self.reference, self.others, "`--format csv` lists every one", form=_plain)
        raise UsageError(f'there is no complaint "{self.reference}" here; {near}')


def _plain(reference: str) -> str:
    """Return a reference in the form in which two are compared."""
    return " ".join(reference.split()).lower()
