"""What came out when a report was made again, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from timeliness.model.clean import as_json, no_command, printable
from timeliness.model.plain import number
from timeliness.results.kept import Difference, Kept, Pair
from timeliness.results.verified import Verified
from timeliness.version import __version__
from timeliness.write.lines import wrap
from timeliness.write.names import Names, difference_text, kept_text, name_of

MOST = 50
"""As many findings, parts or lines are shown each; the rest is counted."""


def headline(verified: Verified) -> str:
    """Return the answer in a sentence or two."""
    name = verified.report
    if verified.same:
        return f"The same: {name} comes out again as it is."
    if verified.same_findings:
        return f"{name} says what it would say now, but not all that it rests on is the same."
    lines = len(verified.only_then) + len(verified.only_now)
    parts = [
        number(amount, noun)
        for amount, noun in (
            (len(verified.findings), "finding"),
            (len(verified.others), "other part"),
            (lines, "line"),
        )
        if amount
    ]
    says = f"Not the same: {name} would now differ in {' and '.join(parts)}."
    if verified.differ:
        return says
    return f"{says} Everything that it rests on is the same, so the report itself was changed."


def verified_text(verified: Verified, names: Names) -> str:
    """Return what differs as text of at most 80 columns."""
    lines = wrap(headline(verified))
    lines += _section("What it rests on", [difference_text(one) for one in verified.differ])
    findings = [_pair_text(one, names) for one in verified.findings]
    lines += _section("Findings", findings)
    lines += _section("Other parts", verified.others)
    lines += _section("The page says", verified.only_then)
    lines += _section("It would now say", verified.only_now)
    return "\n".join(no_command(line.rstrip()) for line in lines) + "\n"


def _section(title: str, told: Sequence[str]) -> Iterator[str]:
    if told:
        yield from ("", title.upper())
    for says in told[:MOST]:
        yield from wrap(printable(says), "    ", "  ")
    if len(told) > MOST:
        yield f"  and {len(told) - MOST:,} more; --format json lists them all"


def _pair_text(pair: Pair, names: Names) -> str:
    then, now, key = pair.then, pair.now, pair.one.key
    name = f"{key[1]}, {name_of(key, names)}"
    if then and now and then.tells == now.tells:
        return f"{name}: the same verdict and days, but other details"
    return f"{name}: in the report {_kept_text(then)}; now {_kept_text(now)}"


def _kept_text(one: Kept | None) -> str:
    return kept_text(one) if one else "not there"


# JSON -------------------------------------------------------------------------------------------


def verified_json(verified: Verified, names: Names) -> str:
    """Return what differs as JSON; `names` has no part in it."""
    data = {
        "chcheck": __version__,
        "report": verified.report,
        "same": verified.same,
        "says": headline(verified),
        "rests_on": [difference_data(one) for one in verified.differ],
        "findings": [
            {**key_data(pair), "then": kept_data(pair.then), "now": kept_data(pair.now)}
            for pair in verified.findings
        ],
        "others": list(verified.others),
        "lines": {"then": list(verified.only_then), "now": list(verified.only_now)},
    }
    return as_json(data, indent=2) + "\n"


def difference_data(one: Difference) -> dict[str, str]:
    """Return what differs between two runs as plain data."""
    return {"what": one.kind, "name": one.name, "then": one.then, "now": one.now}


def key_data(pair: Pair) -> dict[str, Any]:
    """Return what makes two findings the same, by name."""
    landlord, complaint, standard, series, rule, episode = pair.one.key
    return {
        "complaint": complaint,
        "landlord": landlord,
        "standard": standard,
        "series": series,
        "rule": rule,
        "episode": int(episode) if episode.isdecimal() else episode,
    }


def kept_data(one: Kept | None) -> dict[str, Any] | None:
    """Return a finding that was kept as plain data, or null."""
    if one is None:
        return None
    days = {
        name: {"earliest": first or None, "latest": last or None} if first or last else None
        for name, (first, last) in (("start", one.start), ("due", one.due), ("done", one.done))
    }
    least, most = (int(n) if n.isdecimal() else None for n in one.days_late)
    late = {"least": least, "most": most} if any(one.days_late) else None
    return {
        "verdict": one.verdict,
        "reason": one.reason,
        "rulebook": one.rulebook,
        **days,
        "days_late": late,
        "status": one.status,
    }
