"""What others state about time, as text of a case's report."""

from __future__ import annotations

import textwrap

from timeliness.model.findings import (
    NOT_CHECKABLE,
    RIGHT,
    RIGHT_OTHERWISE,
    WRONG,
    Case,
    StatementFound,
)

_OUTCOMES = {
    RIGHT: "right",
    RIGHT_OTHERWISE: "RIGHT ONLY IF COUNTED DIFFERENTLY",
    WRONG: "WRONG",
    NOT_CHECKABLE: "cannot be checked",
}


def statement_lines(case: Case, width: int, *, problems_only: bool = False) -> list[str]:
    """Return the section on statements, or nothing where there are none."""
    shown = [one for one in case.statements if not (problems_only and one.outcome == RIGHT)]
    if not shown:
        return []
    lines = ["", "WHAT LETTERS AND REPORTS SAY ABOUT TIME"]
    for one in shown:
        lines += _statement(one, width)
    return lines


def _statement(one: StatementFound, width: int) -> list[str]:
    told = ", ".join(part for part in (one.by, one.source) if part)
    head = f'{_OUTCOMES[one.outcome]}: "{one.words}"' + (f" ({told})" if told else "")
    return [
        *textwrap.wrap(head, width, initial_indent="  * ", subsequent_indent="      "),
        *textwrap.wrap(one.says, width, initial_indent="    ", subsequent_indent="    "),
    ]
