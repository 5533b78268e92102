"""What a run says on the error output: how the input was read, and what was not read."""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.model.plain import listed
from timeliness.results.tally import Tally
from timeliness.results.weights import Weights
from timeliness.run.collected import MOST_COLLECTED
from timeliness.run.outputs import Target
from timeliness.write import totals
from timeliness.write.formats import MOST_IN_TEXT, Options


def beside(
    tally: Tally, targets: Sequence[Target], weights: Weights, options: Options, *, summed: bool
) -> list[str]:
    """Return what there is to say about how the input was read, and what was not read."""
    lines = [f"chcheck: warning: {says}" for says in tally.warnings]
    lines += tally.notes
    lines += [says] if (says := totals.period(tally)) else []
    on_screen = {one.format.name for one in targets if one.path is None}
    formats = {one.format.name for one in targets}
    if formats & {"csv", "jsonl", "annotated"} and str(weights):
        lines.append(str(weights))
    if not on_screen & {"text", "markdown"}:
        lines += tally.dates_unused
    if "text" not in on_screen:
        troubles = [str(one) for one in (*tally.rejected, *tally.partly)]
        lines += troubles[:10]
        if len(troubles) > 10:
            lines.append(f"and {len(troubles) - 10:,} more; --rejects PATH writes them all")
    lines += map(str, tally.unread)
    lines += [f"chcheck: warning: {says}" for _, says in totals.unmeasured(tally)]
    lines += [
        f"accepted, entry {number} ({entry}): nothing in this run matches it"
        for number, entry in tally.unused
    ]
    lines += [
        f"accepted, entry {number} ({entry}): findings of more than one Code fit it "
        f"({listed(series, 'and')}), so it accepts none of them; say which Code is meant: "
        f'series = "{series[0]}"'
        for number, entry in enumerate(tally.gate.accepted, 1)
        if (series := tally.gate.unclear.get(entry))
    ]
    if tally.left_out:
        lines.append(
            f"the formats for CI show up to {MOST_COLLECTED:,} findings; "
            f"{tally.left_out:,} more are left out. csv and jsonl have them all"
        )
    if options.explain and not _explains(targets, summed=summed):
        lines.append(
            "chcheck: warning: --explain has no effect here; it shows the count day by day in "
            f"json, and in text for up to {MOST_IN_TEXT} timelines"
        )
    return lines


def _explains(targets: Sequence[Target], *, summed: bool) -> bool:
    """Whether anything that is written shows the count day by day."""
    return any(
        one.format.explains and not (summed and one.format.name == "text") for one in targets
    )
