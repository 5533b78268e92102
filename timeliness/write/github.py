"""GitHub annotations: a workflow command for each problem found, and for rows not read.

Nothing of the input can become a command of its own: newlines, percent signs and the marks that
part a command's properties are written as GitHub's own escapes.
"""

from __future__ import annotations

from collections.abc import Iterable

from timeliness.model.clean import printable
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, NOT_FOLLOWED
from timeliness.results.flat import RECORD, Flat
from timeliness.results.gate import ACCEPTED, KNOWN
from timeliness.results.tally import Tally
from timeliness.results.weights import NOTE
from timeliness.write import totals

_NAMES = {BREACH: "breach", NOT_FOLLOWED: "not followed", CANNOT_TELL: "cannot tell"}
"""What is annotated, by the verdict as it is summed; what was met or never fell due is not."""

MOST = 50
"""As many annotations as a person looks through; GitHub itself shows ten of a kind per step."""


MOST_EXCUSED = 10
"""As many accepted findings as are named."""


def write_github(flats: Iterable[Flat], tally: Tally) -> str:
    """Return the annotations of a run, the failing findings first, of them the latest."""
    unaccepted = tally.unaccepted
    lines = [
        _command("error", _place(one.path, one.line, "not checked"), totals.said_of_row(tally, one))
        for one in unaccepted[:MOST]
    ]
    room = MOST - len(lines)
    shown = [
        flat
        for flat in flats
        if flat.counts_as in _NAMES and not flat.status.startswith((KNOWN, ACCEPTED))
    ]
    shown.sort(
        key=lambda flat: (
            not tally.gate.fails(flat.counts_as, flat.status),
            -(flat.days_late[0] or 0),
        )
    )
    for flat in shown[:room]:
        level = "error" if tally.gate.fails(flat.counts_as, flat.status) else "warning"
        if flat.status == NOTE:
            level = "notice"
        name = "record" if flat.standard == RECORD else _NAMES[flat.counts_as]
        where = _place(flat.path, flat.line, f"{name}: {flat.rule}")
        lines.append(_command(level, where, totals.said(flat)))
    lines += [_command("error", {}, str(one)) for one in tally.unread]
    closing = [totals.answer(tally), totals.rows(tally)]
    excused = tally.statuses[KNOWN] + tally.statuses[ACCEPTED]
    if (more := tally.problems - excused - len(shown[:room])) > 0:
        closing.append(
            f"{more:,} more findings are not annotated; write --output csv:findings.csv."
        )
    if (more := len(unaccepted) - MOST) > 0:
        closing.append(f"{more:,} more rows were not read; --rejects PATH writes them all.")
    lines.append(_command("notice", {"title": "chcheck"}, " ".join(closing)))
    if tally.assumption:
        lines.append(_command("notice", {"title": "assumed"}, str(tally.assumption)))
    lines += [_command(level, {"title": "gate"}, says) for level, says in totals.gate(tally)]
    accepted = [one for one in tally.troubles if tally.accepts_row(one)]
    told = [totals.said_of_row(tally, one) for one in accepted[:MOST_EXCUSED]]
    told += totals.about_findings(tally.excused[:MOST_EXCUSED])
    lines += [_command("notice", {"title": "accepted"}, one) for one in told]
    return "\n".join(lines) + "\n"


def _place(path: str, line: int, title: str) -> dict[str, str]:
    return {"file": path, "line": str(line), "title": title}


def _command(level: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={_property(text)}" for name, text in properties.items())
    return f"::{level}{' ' + told if told else ''}::{_data(message)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
