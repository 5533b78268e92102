"""Two runs beside each other as markdown, for a pipeline's summary page."""

from __future__ import annotations

from timeliness.results.compared import Compared
from timeliness.write.compared import (
    HEADS,
    headline,
    rest_of,
    rows_of,
    run_lines,
    sections,
)
from timeliness.write.markdown import SHOWN, plain, table_lines
from timeliness.write.names import Names, difference_text
from timeliness.write.words import disclaimer


def write_compared_markdown(made: Compared, names: Names) -> str:
    """Return a table for each kind of change, and what differs between the runs."""
    lines = ["# What has changed", "", f"**{plain(headline(made))}**", ""]
    lines += [f"* {plain(says)}" for says in run_lines(made)]
    for title, changes in sections(made):
        rows = rows_of(made, changes[:SHOWN], names)
        cells = [(one.complaint, one.what, one.then, one.now, one.why) for one in rows]
        lines += ["", f"## {title}", "", *table_lines(HEADS, cells)]
        if len(changes) > SHOWN:
            lines += ["", f"and {len(changes) - SHOWN:,} more"]
    for title, told in (
        ("What differs between the runs", [difference_text(one) for one in made.differ]),
        ("The rest", list(rest_of(made))),
    ):
        if told:
            lines += ["", f"## {title}", "", *(f"* {plain(says)}" for says in told)]
    lines += ["", plain(disclaimer(names.ombudsmen_of(made.now)))]
    return "\n".join(lines) + "\n"
