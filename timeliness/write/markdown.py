"""Markdown for a pipeline's summary page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from timeliness.dates import in_words
from timeliness.findings import BREACH
from timeliness.flat import Flat, span_text
from timeliness.shares import DEFINITION
from timeliness.tally import Tally
from timeliness.write import sums
from timeliness.write.clean import printable

SHOWN = 50
DISCLAIMER = "A breach found here is no finding of the Housing Ombudsman."


def write_markdown(flats: Iterable[Flat], tally: Tally) -> str:
    """Return a run as tables: shares, verdicts, the failing findings, and what was not read."""
    problems = list(flats)
    lines = ["# Complaint handling", "", f"**{sums.answer(tally)}** As at {in_words(tally.as_at)}."]
    lines += ["", _text(sums.rows(tally))]
    if tally.rulebooks:
        lines += ["", "Against " + _text(", ".join(tally.rulebooks.values())) + "."]
    if tally.references and len(tally.references) == tally.complaints:
        lines += ["", "Checked: " + _text(", ".join(tally.references)) + "."]
    shares = [
        [name, sums.percent(one.in_time), sums.percent(one.worst), f"{one.cannot_tell:,}"]
        for name, one in sums.share_rows(tally)
    ]
    if shares:
        head = ["Share in time", "in time", "at worst", "cannot tell"]
        lines += ["", *_table(head, shares), "", _text(DEFINITION)]
    said = [*sums.gate(tally), *sums.record(tally)]
    if said:
        lines += ["", *(f"* {_text(one)}" for one in said)]
    failing = [one for one in problems if tally.gate.fails(one.counts_as, one.status)]
    failing.sort(key=lambda one: (one.verdict != BREACH, -(one.days_late[0] or 0), one.complaint))
    if failing:
        rows = [
            [
                one.complaint,
                f"{one.title} ({sums.STANDARDS.get(one.standard, one.standard)} {one.clause})",
                one.counts_as.replace("-", " "),
                span_text(one.due),
                span_text(one.done),
                "" if one.days_late[0] is None else f"{one.days_late[0]:,}",
                one.status,
            ]
            for one in failing[:SHOWN]
        ]
        head = ["Complaint", "Duty", "Verdict", "Due", "Done", "Days late", "Status"]
        lines += ["", "## What fails", "", *_table(head, rows), *_more(len(failing))]
    excused = [one for one in problems if one.status.startswith("accepted")]
    if excused:
        rows = [[one.complaint, one.title, one.status] for one in excused[:SHOWN]]
        lines += ["", "## Accepted", "", *_table(["Complaint", "Duty", "Status"], rows)]
        lines += _more(len(excused))
    troubles = [*tally.rejected, *tally.partly]
    if troubles or tally.unread:
        lines += ["", "## Not read, or not in full", ""]
        told = [str(one) for one in (*troubles[:SHOWN], *tally.unread)]
        lines += [f"* {_text(one)}" for one in told]
        lines += _more(len(troubles))
    if tally.gone:
        lines += ["", "## In the baseline, and no longer found", ""]
        lines += [f"* {_text(sums.key_text(key))}" for key in tally.gone[:SHOWN]]
        lines += _more(len(tally.gone))
    return "\n".join([*lines, "", DISCLAIMER]) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"|{' --- |' * len(head)}",
        *(f"| {' | '.join(_text(cell) for cell in row)} |" for row in rows),
    ]


def _more(total: int) -> list[str]:
    return ["", f"and {total - SHOWN:,} more"] if total > SHOWN else []


def _text(text: str) -> str:
    """Return a text in which nothing is markup, and which stays on its line."""
    plain = printable(" ".join(text.split()))
    return re.sub(r"([\\`*_{}\[\]<>|#~!@&])", r"\\\1", plain)
