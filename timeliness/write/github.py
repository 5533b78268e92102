"""GitHub annotations: a workflow command for each problem found, and for rows not read.

Nothing of the input can become a command of its own: newlines, percent signs and the marks that
part a command's properties are written as GitHub's own escapes.
"""

from __future__ import annotations

from collections.abc import Iterable

from timeliness.findings import BREACH, CANNOT_TELL, NOT_FOLLOWED
from timeliness.flat import RECORD, Flat
from timeliness.tally import Tally
from timeliness.write import sums
from timeliness.write.clean import printable

_NAMES = {BREACH: "breach", NOT_FOLLOWED: "not followed", CANNOT_TELL: "cannot tell"}
"""What is annotated, by the verdict as it is summed; what was met or never fell due is not."""

MOST = 50
"""As many annotations as a person looks through; GitHub itself shows ten of a kind per step."""


def write_github(flats: Iterable[Flat], tally: Tally) -> str:
    """Return the annotations of a run, the failing findings first."""
    lines = []
    told = 0
    for trouble in (*tally.rejected, *tally.partly):
        if told < MOST and not tally.gate.accepts_row(trouble.fingerprint, tally.as_at):
            where = {"file": trouble.path, "line": str(trouble.line), "title": "not checked"}
            lines.append(_command("error", where, str(trouble)))
            told += 1
    ranked = sorted(flats, key=lambda flat: not tally.gate.fails(flat.counts_as, flat.status))
    shown = [
        flat
        for flat in ranked
        if flat.counts_as in _NAMES and not flat.status.startswith(("known", "accepted"))
    ]
    for flat in shown[: max(MOST - told, 0)]:
        level = "error" if tally.gate.fails(flat.counts_as, flat.status) else "warning"
        name = "record" if flat.standard == RECORD else _NAMES[flat.counts_as]
        title = f"{name}: {flat.rule}"
        where = {"file": flat.path, "line": str(flat.line), "title": title}
        lines.append(_command(level, where, flat.says()))
    lines += [_command("error", {}, str(one)) for one in tally.unread]
    more = len(shown) - max(MOST - told, 0)
    closing = sums.answer(tally) + " " + sums.rows(tally)
    if more > 0:
        closing += f" {more:,} more findings are not annotated; write --output csv:findings.csv."
    lines.append(_command("notice", {"title": "chcheck"}, closing))
    lines += [_command("error", {"title": "gate"}, says) for says in sums.gate(tally)]
    return "\n".join(lines) + "\n"


def _command(level: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={_property(text)}" for name, text in properties.items())
    return f"::{level}{' ' + told if told else ''}::{_data(message)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
