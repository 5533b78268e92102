"""Values that several commands take: dates, limits."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from timeliness.model.calendars import Limit
from timeliness.model.covered import check_covered
from timeliness.model.dates import read_date
from timeliness.model.errors import DayError, UsageError
from timeliness.model.patterns import regex


class Day(click.ParamType):  # type: ignore[type-arg]
    """A single day on the command line."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or fail with what is wrong with it."""
        if isinstance(value, date):
            return value
        try:
            span = read_date(str(value)).span
            if not span.exact or span.earliest is None:
                self.fail(f'"{value}" is not a single day; write it as 2025-04-03', param, ctx)
            check_covered(span.earliest)
        except DayError as error:
            self.fail(error.alone, param, ctx)
        return span.earliest


DAY = Day()

_LIMIT = regex(r"\+?(?P<amount>\d{1,4})\s*(?P<unit>wd|d|w|m)?", re.IGNORECASE)
_UNITS = {"wd": "working_days", "d": "calendar_days", "w": "weeks", "m": "months"}


def read_limit(text: str) -> Limit | None:
    """Return a limit such as 20wd, 28d, 4w or 12m, or None where a text is not one.

    Raises `UsageError` where the unit is missing.
    """
    match = _LIMIT.fullmatch(text.strip())
    if not match or int(match["amount"]) < 1:
        return None
    amount = int(match["amount"])
    if not match["unit"]:
        raise UsageError(
            f'"{text}" has no unit; write {amount}wd (working days) or {amount}d (calendar days)'
        )
    return Limit(amount, _UNITS[match["unit"].lower()])


def colour_wanted() -> bool:
    """Whether to colour: only on a terminal, and not where NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def completes(kind: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """Return what the shell is to complete an option or argument with; see `completing`."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from timeliness.commands.completing import of_kind

        return of_kind(kind, ctx, param, incomplete)

    return complete
