"""Markdown for a pipeline's summary page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from timeliness.model.clean import printable
from timeliness.model.verdict_words import BREACH
from timeliness.results.claimed import totals_of
from timeliness.results.flat import Flat, span_text
from timeliness.results.gate import ACCEPTED, EXPIRED
from timeliness.results.shares import DEFINITION, percent
from timeliness.results.tally import Tally
from timeliness.write import totals
from timeliness.write.claims import TITLE, claim_lines
from timeliness.write.due import headline
from timeliness.write.groups import group_tables
from timeliness.write.words import configuration_line, disclaimer, whose

SHOWN = 50


def write_markdown(flats: Iterable[Flat], tally: Tally) -> str:
    """Return a run as tables: shares, verdicts, the failing findings, and what was not read."""
    lines = ["# Complaint handling", "", f"**{totals.answer(tally)}** {totals.as_at(tally)}"]
    lines += ["", plain(headline(tally))] if tally.complaints > 1 else []
    lines += ["", plain(totals.rows(tally))]
    lines += ["", plain(says)] if (says := totals.period(tally)) else []
    for says in tally.dates_unused:
        lines += ["", plain(f"{says}.")]
    if tally.rulebooks:
        lines += ["", "Against " + plain(", ".join(tally.titles_of_rulebooks)) + "."]
    lines += ["", plain(configuration_line(tally.configuration))]
    if tally.assumption:
        lines += ["", plain(str(tally.assumption))]
    if tally.references and len(tally.references) == tally.complaints:
        lines += ["", "Checked: " + plain(", ".join(tally.references)) + "."]
    without = totals.shares_without(tally)
    shares = [
        [said, percent(own.in_time), percent(own.worst), f"{own.cannot_tell:,}"]
        for name, one in totals.share_rows(tally)
        for said, own in ((name, one), (f"{name}, {totals.WITHOUT}", without.get(name)))
        if own
    ]
    if shares:
        head = ["Share in time", "in time", "at worst", "cannot tell"]
        lines += ["", *table_lines(head, shares), "", plain(DEFINITION)]
    for _, tables, more in group_tables(totals.sums(tally)):
        for table in tables:
            rows = [[name, *cells] for name, cells in table.rows]
            lines += ["", *table_lines([table.title, *table.heads], rows)]
        lines += ["", plain(more)] if more else []
    said = [
        *(says for _, says in totals.gate(tally)),
        *(f"{title}: {number:,}" for title, number in totals.record(tally)),
    ]
    if said:
        lines += ["", *(f"* {plain(one)}" for one in said)]
    claims = list(claim_lines(totals_of(tally.claims)))
    if claims:
        lines += ["", f"## {TITLE}", "", *(f"* {plain(one)}" for one in claims)]
    lines += _failing(flats, tally)
    lines += _beside(tally)
    return "\n".join([*lines, "", plain(disclaimer(list(tally.ombudsmen)))]) + "\n"


def _beside(tally: Tally) -> list[str]:
    """Return what is accepted, what was not read, and what is no longer found."""
    lines: list[str] = []
    for title, told, status in (
        ("Accepted", tally.excused, ACCEPTED),
        ("No longer accepted", tally.expired, EXPIRED),
    ):
        if told:
            rows = [[key[1], tally.title_of(key), says] for key, says in told[:SHOWN]]
            lines += ["", f"## {title}", "", *table_lines(["Complaint", "Duty", "Status"], rows)]
            lines += _more(tally.statuses[status])
    troubles = tally.troubles
    if troubles or tally.unread:
        lines += ["", "## Not read, or not in full", ""]
        lines += [f"* {plain(totals.said_of_row(tally, one))}" for one in troubles[:SHOWN]]
        lines += [f"* {plain(str(one))}" for one in tally.unread]
        lines += _more(len(troubles))
    if tally.later:
        lines += ["", f"## {totals.LEFT_OUT}", ""]
        lines += [f"* {plain(str(one))}" for one in tally.later[:SHOWN]]
        lines += _more(len(tally.later))
    if tally.gone:
        lines += ["", "## In the baseline, and no longer found", ""]
        lines += [f"* {plain(totals.key_text(key))}" for key in tally.gone[:SHOWN]]
        lines += _more(len(tally.gone))
    return lines


def _failing(flats: Iterable[Flat], tally: Tally) -> list[str]:
    """Return the findings that fail the run, the longest delay first."""
    failing = [one for one in flats if tally.gate.fails(one.counts_as, one.status)]
    failing.sort(key=lambda one: (one.verdict != BREACH, -(one.days_late[0] or 0), one.complaint))
    if not failing:
        return []
    rows = [
        [
            one.complaint,
            f"{one.name} ({whose([one.side])} {one.clause_read})",
            one.counts_as.replace("-", " "),
            span_text(one.due),
            span_text(one.done),
            "" if one.days_late[0] is None else f"{one.days_late[0]:,}",
            one.status,
        ]
        for one in failing[:SHOWN]
    ]
    head = ["Complaint", "Duty", "Verdict", "Due", "Done", "Days late", "Status"]
    return ["", "## What fails", "", *table_lines(head, rows), *_more(tally.failing)]


def table_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table, line by line; nothing in its cells is markup."""
    return [
        f"| {' | '.join(head)} |",
        f"|{' --- |' * len(head)}",
        *(f"| {' | '.join(plain(cell) for cell in row)} |" for row in rows),
    ]


def _more(total: int) -> list[str]:
    return ["", f"and {total - SHOWN:,} more"] if total > SHOWN else []


def plain(text: str) -> str:
    """Return a text in which nothing is markup, and which stays on its line."""
    plain = printable(" ".join(text.split()))
    return re.sub(r"([\\`*_{}\[\]<>|#~!@&])", r"\\\1", plain)
