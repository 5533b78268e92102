"""What a run comes to group by group: the tables that text, markdown and HTML show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from timeliness.model.plain import number
from timeliness.model.sides import RuleKey
from timeliness.model.sums import Counted, Sums
from timeliness.results.grouping import NO_GROUP
from timeliness.results.shares import Share, percent
from timeliness.write.words import in_brackets

MOST_GROUPS = 50
"""As many groups of one column are shown, those with the most complaints."""


class GroupTable(Struct, frozen=True):
    """Figures of groups: what they are, the heads of the columns, and a line for each group."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def shown_groups(groups: Mapping[str, Counted]) -> list[tuple[str, Counted]]:
    """Return the groups that are shown, by name, what has none last."""
    most = sorted(groups, key=lambda name: -groups[name].complaints)[:MOST_GROUPS]
    names = sorted(most, key=lambda name: (not name, name))
    return [(name or NO_GROUP, groups[name]) for name in names]


def left_out(groups: Mapping[str, Counted]) -> str:
    """Return what to say of the groups that are not shown, or nothing."""
    more = len(groups) - MOST_GROUPS
    if more <= 0:
        return ""
    others = number(more, "smaller group")
    return f"{others} not shown; --output sums:PATH has every group."


def clocks_of(sums: Sums) -> Iterator[RuleKey]:
    """Yield the time limits that have a share in time, in order."""
    for key in sums.titles:
        share = Share.of(sums.every.counts.get(key, {}))
        if key in sums.clocks and share.worst is not None:
            yield key


def share_in(counted: Counted, key: RuleKey) -> Share:
    """Return the share in time of one rule in one group."""
    return Share.of(counted.counts.get(key, {}))


def group_tables(sums: Sums) -> Iterator[tuple[str, list[GroupTable], str]]:
    """Yield, for each column, its tables, and what to say of the groups that are not shown.

    The first counts the complaints; the others give the share in time of one limit each.
    """
    for by, groups in sums.groups.items():
        shown = shown_groups(groups)
        tables = [
            GroupTable(
                f"By {by}",
                ("complaints", "with a breach", "cannot tell"),
                tuple(
                    (name, (f"{one.complaints:,}", f"{one.breached:,}", f"{one.undecided:,}"))
                    for name, one in shown
                ),
            )
        ]
        for key in clocks_of(sums):
            shares = [(name, share_in(one, key)) for name, one in shown]
            rows = tuple(
                (name, (percent(one.in_time), percent(one.worst), f"{one.cannot_tell:,}"))
                for name, one in shares
                if one.worst is not None
            )
            title = f"By {by}: {in_brackets(sums.titles[key], [key.side])}"
            tables.append(GroupTable(title, ("in time", "at worst", "cannot tell"), rows))
        yield by, tables, left_out(groups)
