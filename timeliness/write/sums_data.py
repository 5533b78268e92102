"""The shares of a run as plain data: of all complaints, of each month and of each group."""

from __future__ import annotations

from typing import Any

from timeliness.model.sides import RuleKey, Side
from timeliness.model.sums import Counted, Sums
from timeliness.model.verdict_words import NOT_FOLLOWED, VERDICTS
from timeliness.results.shares import Share

SUMS_FIELDS = (
    *("figure", "by", "group", "standard", "series", "rule", "title", "verdict", "reading"),
    *("complaint", "landlord", "path", "line", "value"),
)
"""The columns of the CSV, in order."""

Data = dict[str, Any]


def sums_data(sums: Sums) -> Data:
    """Return the shares, those of each month in which limits fell due, and those of each group."""
    data: Data = {
        "shares": _shares(sums, sums.every),
        "periods": [
            {"month_due": month, "shares": _shares(sums, sums.months[month])}
            for month in sorted(sums.months)
        ],
    }
    if sums.groups:
        data["groups"] = [
            {
                "by": by,
                "group": name or None,
                **complaints_data(counted),
                "verdicts": verdicts_data(sums, counted),
                "shares": _shares(sums, counted),
            }
            for by, groups in sums.groups.items()
            for name, counted in sorted(groups.items(), key=lambda one: (not one[0], one[0]))
        ]
    return data


def complaints_data(counted: Counted) -> Data:
    """Return how many complaints there are, and how many have a breach or are undecided."""
    return {
        "complaints": counted.complaints,
        "with_a_breach": counted.breached,
        "cannot_be_decided": counted.undecided,
    }


def verdicts_data(sums: Sums, counted: Counted) -> list[Data]:
    """Return how many findings of each verdict each rule has."""
    return [
        {
            **_rule(key, sums.titles[key]),
            **{name: counted.counts[key][name] for name in (*VERDICTS, NOT_FOLLOWED)},
        }
        for key in sums.titles
        if key in counted.counts
    ]


def _shares(sums: Sums, counted: Counted) -> list[Data]:
    """Return the share in time of each limit that was met, breached or cannot be decided."""
    found = []
    for key in sums.titles:
        share = Share.of(counted.counts.get(key, {}))
        if key in sums.clocks and share.worst is not None:
            found.append(
                {
                    **_rule(key, sums.titles[key]),
                    "in_time": share.in_time,
                    "at_worst": share.worst,
                    "met": share.met,
                    "breach": share.breach,
                    "cannot_tell": share.cannot_tell,
                }
            )
    return found


def _rule(key: RuleKey, title: str) -> Data:
    return {**side_data(key.side), "rule": key.rule, "title": title}


def side_data(side: Side | None) -> Data:
    """Return whose rule it is, in two values."""
    return {
        "standard": side.standard if side else None,
        "series": side.series if side else None,
    }
