"""The summary of a whole export for a terminal: the numbers, and the longest delays."""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.model.clean import no_command, printable
from timeliness.model.errors import Mistake
from timeliness.results.claimed import totals_of
from timeliness.results.due import COMING
from timeliness.results.flat import Flat
from timeliness.results.shares import DEFINITION, Share, percent
from timeliness.results.tally import Tally
from timeliness.write import totals
from timeliness.write.caseload import FULL_REPORT, caseload, caseload_lines
from timeliness.write.claims import TITLE, claim_lines
from timeliness.write.due import coming_lines, headline, several_landlords
from timeliness.write.groups import group_tables
from timeliness.write.lines import WIDTH, wrap
from timeliness.write.words import (
    DELAYS_OPEN,
    DELAYS_OVER,
    configuration_line,
    disclaimer,
    in_brackets,
    whose,
)

SHOWN = 10


def write_summary(tally: Tally) -> str:
    """Return the summary of a run as text."""
    lines = wrap(totals.answer(tally))
    if tally.complaints > 1:
        lines += wrap(headline(tally))
    lines += ["", totals.as_at(tally)]
    if tally.rulebooks:
        lines += wrap("Against " + ", ".join(tally.titles_of_rulebooks) + ".")
    lines.append(configuration_line(tally.configuration))
    lines += wrap(str(tally.assumption)) if tally.assumption else []
    lines += [totals.rows(tally)]
    lines += wrap(says) if (says := totals.period(tally)) else []
    for says in tally.dates_unused:
        lines += wrap(f"{says}.")
    lines += _list(tally)
    lines += _shares(tally) + _counts(tally) + _groups(tally)
    lines += _delays(DELAYS_OPEN, tally.delays_open) + _delays(DELAYS_OVER, tally.delays_over)
    lines += _titled(
        "THE RECORD", [f"{title}: {number:,}" for title, number in totals.record(tally)]
    )
    lines += _titled(TITLE.upper(), list(claim_lines(totals_of(tally.claims))))
    unexamined = [
        f"{in_brackets(title, [side])}: {number:,}"
        for (side, title), number in sorted(tally.not_examined.items())
    ]
    lines += _titled("NOT CHECKED: nothing is recorded about these", unexamined)
    lines += _titled(totals.LEFT_OUT.upper(), list(map(str, tally.later[:SHOWN])))
    lines += _more(len(tally.later))
    lines += _troubles("REJECTED", tally.rejected, tally)
    lines += _troubles("CHECKED IN PART", tally.partly, tally)
    lines += _titled("THE GATE", [says for _, says in totals.gate(tally)])
    for one in totals.gate_names(tally):
        lines += wrap(one, "    ", "  ")
    lines += ["", *wrap(disclaimer(list(tally.ombudsmen)))]
    return "\n".join(no_command(printable(line.rstrip())) for line in lines) + "\n"


def _list(tally: Tally) -> list[str]:
    """Return the complaints that were checked as timelines, and of tables what is due next."""
    if tally.timelines:
        listed = ["", *caseload_lines(caseload(tally.timelines))]
        return [*listed, *wrap(FULL_REPORT)]
    coming = tally.due.next_coming()
    if not coming:
        return []
    lines = ["", "DUE NEXT", *coming_lines(coming, several_landlords(tally))]
    more = tally.due.counts[COMING] - len(coming)
    says = f"and {more:,} more; `chcheck due` lists them." if more else "`chcheck due` lists more."
    return [*lines, *wrap(f"{says} {FULL_REPORT}", "  ")]


def _shares(tally: Tally) -> list[str]:
    rows = list(totals.share_rows(tally))
    if not rows:
        return []
    lines = ["", f"{'SHARE IN TIME':40}{'in time':>11}{'at worst':>12}{'cannot tell':>13}"]
    without = totals.shares_without(tally)
    for name, share in rows:
        lines.append(_share(name, share))
        if name in without:
            lines.append(_share(f"  {totals.WITHOUT}", without[name]))
    return [*lines, "", *wrap(DEFINITION, "  ")]


def _share(name: str, share: Share) -> str:
    return (
        f"  {name[:38]:38}{percent(share.in_time):>11}{percent(share.worst):>12}"
        f"{share.cannot_tell:>13,}"
    )


def _counts(tally: Tally) -> list[str]:
    present = [
        (verdict, name)
        for verdict, name in totals.COLUMNS
        if any(tally.counts[key][verdict] for key in totals.ordered(tally))
    ]
    if not present:
        return []
    widths = [max(len(name) + 2, 8) for _, name in present]
    heads = "".join(f"{name:>{width}}" for (_, name), width in zip(present, widths, strict=True))
    lines = ["", f"{'VERDICTS':32}{heads}"]
    for key in totals.ordered(tally):
        name = ", ".join((key.rule, whose([key.side]) or key.side.standard))
        counted = tally.counts[key]
        numbers = "".join(
            f"{counted[verdict]:>{width},}"
            for (verdict, _), width in zip(present, widths, strict=True)
        )
        if len(name) > 30:
            lines += [f"  {name}", " " * 32 + numbers]
        else:
            lines.append(f"  {name:30}{numbers}")
    return lines


def _groups(tally: Tally) -> list[str]:
    lines = []
    for _, tables, more in group_tables(totals.sums(tally)):
        for table in tables:
            lines += ["", *_group_row(table.title.upper(), table.heads, "")]
            for name, cells in table.rows:
                lines += _group_row(name, cells, "  ")
        lines += wrap(more, "  ") if more else []
    return lines


def _group_row(name: str, cells: Sequence[str], indent: str) -> list[str]:
    """Return a group and its figures, on as many lines as its name takes."""
    figures = "".join(f"{cell:>15}" for cell in cells)
    *above, last = wrap(name, indent, width=WIDTH - len(figures))
    return [*above, f"{last:{WIDTH - len(figures)}}{figures}"]


def _delays(title: str, flats: Sequence[Flat]) -> list[str]:
    return _titled(title.upper(), [f"{flat.path}:{flat.line}: {flat.says()}" for flat in flats])


def _troubles(title: str, troubles: Sequence[Mistake], tally: Tally) -> list[str]:
    if not troubles:
        return []
    lines = ["", title]
    for one in troubles[:SHOWN]:
        lines += wrap(totals.said_of_row(tally, one), "    ", "  ")
    return [*lines, *_more(len(troubles))]


def _more(total: int) -> list[str]:
    return [f"  and {total - SHOWN:,} more"] if total > SHOWN else []


def _titled(title: str, said: Sequence[str]) -> list[str]:
    lines = [line for text in said for line in wrap(text, "    ", "  ")]
    return ["", title, *lines] if lines else []
