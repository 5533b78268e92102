"""What an event would change in a complaint, and how far what is open can be extended."""

from __future__ import annotations

from msgspec import Struct

from timeliness.model.dates import Span
from timeliness.model.findings import Case, Finding
from timeliness.model.rulebooks import Extension


class Change(Struct, frozen=True):
    """One obligation without what is supposed, and with it; None where it is not there."""

    before: Finding | None
    after: Finding | None


class WhatIf(Struct, frozen=True):
    """A complaint without some events and with them, both as at the same day."""

    before: Case
    after: Case
    changes: tuple[Change, ...]
    same: int


class Open(Struct, frozen=True):
    """A limit that is open, and how far its rulebook lets it be extended.

    `extension` is None where there may be none; `reaches` is when it would be due after one that
    is as long as may be, None where it is too late for one. It has no end where no longest is
    stated.
    """

    finding: Finding
    when: str
    extension: Extension | None
    reaches: Span | None
