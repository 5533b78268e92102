"""The shares of an export by group: what it is split by, and the other columns that it carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from timeliness.model.assumption import ASSUMED_COLUMNS
from timeliness.model.findings import Case, Finding
from timeliness.model.report import Report
from timeliness.model.sides import RuleKey
from timeliness.model.sums import Sums
from timeliness.model.verdict_words import BREACH, CANNOT_TELL, MET
from timeliness.results.grouping import plain
from timeliness.results.shares import Share
from timeliness.write.groups import clocks_of, left_out, share_in, shown_groups
from timeliness.write.words import side_title

MOST_VALUES = 12
MOST_DISTINCT = 40
"""How many values of a carried column are shown; what is left out is always counted."""

Found = tuple[Case, Finding]


class CarriedTable(Struct, frozen=True):
    """The shares by the values of one column, or by month or quarter of receipt."""

    name: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int, tuple[Share, ...]], ...]
    more: str = ""
    """What to say of the groups that are not shown."""


def share_of(found: Iterable[Found]) -> Share:
    """Return the share in time of some findings of one clock."""
    counts = Counter(finding.verdict for _, finding in found)
    return Share(counts[MET], counts[BREACH], counts[CANNOT_TELL])


def group_tables_of(
    report: Report, clocks: Mapping[RuleKey, Sequence[Found]]
) -> tuple[tuple[CarriedTable, ...], tuple[str, ...]]:
    """Return a table for each column, and the columns with too many values for one."""
    split = tuple(_split(report.sums))
    carried, not_shown = _carried(report.cases, clocks, {plain(table.name) for table in split})
    return (*split, *carried), not_shown


def _split(sums: Sums | None) -> Iterator[CarriedTable]:
    """Yield a table for each column by which the run is split, with the share of every limit."""
    if sums is None:
        return
    keys = list(clocks_of(sums))
    heads = tuple((sums.titles[key], side_title(key.side)) for key in keys)
    for by, groups in sums.groups.items():
        rows = tuple(
            (name, counted.complaints, tuple(share_in(counted, key) for key in keys))
            for name, counted in shown_groups(groups)
        )
        yield CarriedTable(by, heads, rows, left_out(groups))


def _carried(
    cases: Sequence[Case], clocks: Mapping[RuleKey, Sequence[Found]], shown: Collection[str]
) -> tuple[tuple[CarriedTable, ...], tuple[str, ...]]:
    """Return a table for each carried column, and the columns with too many values for one.

    Those of `shown` have one already.
    """
    columns = dict.fromkeys(
        name for case in cases for name in case.carried if name not in ASSUMED_COLUMNS
    )
    columns = {name: None for name in columns if plain(name) not in shown}
    keys = [key for key in clocks if key.rule.endswith("response")]
    heads = tuple(
        (clocks[key][0][1].plain_title, side_title(clocks[key][0][1].side)) for key in keys
    )
    tables, not_shown = [], []
    for name in columns:
        values = Counter(case.carried.get(name, "") for case in cases)
        if len(values) > MOST_DISTINCT:
            not_shown.append(f"{name} ({len(values):,} different values)")
            continue
        kept = [value for value, _ in values.most_common(MOST_VALUES)]
        shares: dict[str, dict[RuleKey, Share]] = {}
        for key in keys:
            parts: dict[str, list[Found]] = {}
            for case, finding in clocks[key]:
                value = case.carried.get(name, "")
                group = value if value in kept else "\0"
                parts.setdefault(group, []).append((case, finding))
            for value, found in parts.items():
                shares.setdefault(value, {})[key] = share_of(found)
        rest = sum(count for value, count in values.items() if value not in kept)
        groups = [(value, value or "(empty)", values[value]) for value in kept]
        if rest:
            groups.append(("\0", f"{len(values) - len(kept)} other values", rest))
        rows = tuple(
            (
                shown,
                count,
                tuple(shares.get(value, {}).get(key, Share(0, 0)) for key in keys),
            )
            for value, shown, count in groups
        )
        tables.append(CarriedTable(name, heads, rows))
    return tuple(tables), tuple(not_shown)
