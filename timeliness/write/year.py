"""The figures of a year as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeliness.model.clean import no_command, printable
from timeliness.model.plain import capital
from timeliness.results.tally import Tally
from timeliness.results.year_view import (
    Block,
    blocks_of,
    groups_of,
    has_measures,
    moments_of,
)
from timeliness.write import totals
from timeliness.write.lines import WIDTH, wrap
from timeliness.write.words import configuration_line, disclaimer
from timeliness.write.year_lines import Across, Line, figures_across, group_lines, lines_of
from timeliness.write.year_words import (
    block_name,
    headline,
    moment_name,
    notes,
    period_line,
    year_of,
)

_CELL = 15


def write_year_text(tally: Tally) -> str:
    """Return the figures as text of at most 80 columns."""
    year = year_of(tally)
    lines = [*wrap(headline(tally)), "", *wrap(period_line(tally)), totals.as_at(tally)]
    moments = moments_of(year, tally.last_day)
    heads = [moment_name(one, tally) for one in moments]
    for block in blocks_of(year):
        for stage in (1, 2):
            across = figures_across(year, moments, stage, block)
            if not across.any(lambda one: one.kinds):
                continue
            lines += ["", *_table(_title(block, stage), heads, across, has_measures(year, block))]
    lines += _groups(tally)
    lines.append("")
    for says in notes(tally):
        lines += wrap(says)
    lines += ["", configuration_line(tally.configuration)]
    lines += wrap(disclaimer(tuple(tally.ombudsmen)))
    return "\n".join(no_command(printable(line.rstrip())) for line in lines) + "\n"


def _title(block: Block, stage: int) -> str:
    return f"{block_name(block)}, stage {stage}".upper()


def _table(title: str, heads: Sequence[str], across: Across, measures: bool) -> Iterator[str]:
    """Yield a table: a line for each figure, a column for each day."""
    yield _row(title, heads)
    for line in lines_of(across, measures=measures):
        yield from _lines(line, len(heads))


def _lines(line: Line, columns: int) -> Iterator[str]:
    width = WIDTH - columns * _CELL
    indent = "  " * line.depth
    *first, last = wrap(line.name, indent, width=width if line.cells else WIDTH)
    yield from first
    yield _row(last, line.cells)


def _row(name: str, cells: Sequence[str]) -> str:
    width = WIDTH - len(cells) * _CELL
    return f"{name:<{width}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)


def _groups(tally: Tally) -> Iterator[str]:
    """Yield a line for each group, at each stage."""
    year = year_of(tally)
    groups = groups_of(year)
    if not groups:
        return
    moment = moments_of(year, tally.last_day)[0]
    for stage in (1, 2):
        yield ""
        yield _row(
            f"{capital(year.asked.by)}, stage {stage}".upper(), ("Received", "In time", "Late")
        )
        for block in groups:
            for line in group_lines(year, moment, stage, block):
                yield from _lines(line, len(line.cells))
