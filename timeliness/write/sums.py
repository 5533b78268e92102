"""Every figure of a summary for other programs: as JSON, or as CSV with a row for each figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from timeliness.model.clean import as_json, safe_cell
from timeliness.model.verdict_words import NOT_FOLLOWED, VERDICTS
from timeliness.results.claimed import totals_of
from timeliness.results.due import COMING, LATER, OVERDUE, UNCLEAR
from timeliness.results.flat import Flat, claim_id
from timeliness.results.gate import ACCEPTED, EXPIRED, KNOWN
from timeliness.results.shares import Share
from timeliness.results.tally import Tally
from timeliness.version import __version__
from timeliness.write import totals
from timeliness.write.head import rests_data
from timeliness.write.json import assumed_data, claims_data
from timeliness.write.sums_data import (
    SUMS_FIELDS,
    Data,
    complaints_data,
    side_data,
    sums_data,
    verdicts_data,
)

_GATE = {"known": KNOWN, "accepted": ACCEPTED, "acceptance_expired": EXPIRED}


def write_sums_json(tally: Tally) -> str:
    """Return every figure of the summary of a run as JSON."""
    return as_json(_data(tally), indent=2) + "\n"


def _data(tally: Tally) -> Data:
    sums, due = totals.sums(tally), tally.due.counts
    first, last = tally.days or (tally.as_at, tally.as_at)
    return {
        "chcheck": __version__,
        "as_at": {"earliest": first.isoformat(), "latest": last.isoformat()},
        "says": totals.answer(tally),
        **totals.rests_on(tally),
        "rests_on": rests_data(tally),
        **({"assumed": assumed_data(tally.assumed)} if tally.assumed else {}),
        **complaints_data(sums.every),
        "rows": {
            "read": tally.read,
            "checked": tally.checked,
            "checked_in_part": tally.rows_partly,
            "rejected": tally.rows_rejected,
            "left_out": tally.rows_left_out,
        },
        "verdicts": verdicts_data(sums, sums.every),
        **sums_data(sums),
        "due": {
            "overdue": due[OVERDUE],
            "soon": due[COMING],
            "later": due[LATER],
            "cannot_tell": due[UNCLEAR],
        },
        "longest_delays": [
            _delay(flat, is_open=is_open)
            for is_open, flats in ((True, tally.delays_open), (False, tally.delays_over))
            for flat in flats
        ],
        "claims": [claims_data(one) for one in totals_of(tally.claims)],
        "record": [
            {"rule": rule, "title": title, "findings": tally.record[rule]}
            for rule, title in totals.record_titles(tally)
        ],
        "not_examined": [
            {**side_data(side), "title": title, "complaints": number}
            for (side, title), number in sorted(tally.not_examined.items())
        ],
        "gate": {
            "failing": tally.failing,
            **{name: tally.statuses[status] for name, status in _GATE.items()},
        },
        "rejects": [totals.said_of_row(tally, one) for one in tally.troubles],
        "unread": [str(one) for one in tally.unread],
    }


def _delay(flat: Flat, *, is_open: bool) -> Data:
    least, most = flat.days_late
    return {
        "open": is_open,
        "complaint": flat.complaint,
        "landlord": flat.landlord,
        "path": flat.path,
        "line": flat.line,
        **side_data(flat.side),
        "rule": flat.rule,
        "title": flat.title,
        "days_late": {"least": least, "most": most},
    }


# As CSV -------------------------------------------------------------------------------------------


def write_sums_csv(tally: Tally) -> str:
    """Return every figure of the summary of a run as CSV, a row for each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SUMS_FIELDS)
    for figure in figures(tally):
        cells = ("" if figure.get(name) is None else str(figure[name]) for name in SUMS_FIELDS)
        writer.writerow(map(safe_cell, cells))
    return text.getvalue()


def figures(tally: Tally) -> Iterator[Data]:
    """Yield every figure, with what tells it apart from others of its name."""
    data = _data(tally)
    for name in ("complaints", "with_a_breach", "cannot_be_decided"):
        yield {"figure": _dashed(name), "value": data[name]}
    for of in ("rows", "due", "gate"):
        for name, value in data[of].items():
            yield {"figure": f"{of}-{_dashed(name)}", "value": value}
    yield from _verdicts(data["verdicts"])
    yield from _shares(data["shares"])
    for one in data["assumed"]["shares"] if "assumed" in data else ():
        without = Share(*one["without"].values())
        dims = {name: one[name] for name in ("standard", "series", "rule")}
        yield {"figure": "in-time-without-assumed", **dims, "value": without.in_time}
        yield {"figure": "at-worst-without-assumed", **dims, "value": without.worst}
    for period in data["periods"]:
        dims = {"by": "month due", "group": period["month_due"]}
        yield from _shares(period["shares"], **dims)
        for one in period["shares"]:
            for name in ("met", "breach", "cannot_tell"):
                verdict, value = _dashed(name), one[name]
                yield {**one, **dims, "figure": "findings", "verdict": verdict, "value": value}
    for group in data.get("groups", ()):
        dims = {"by": group["by"], "group": group["group"]}
        for name in ("complaints", "with_a_breach", "cannot_be_decided"):
            yield {"figure": _dashed(name), **dims, "value": group[name]}
        yield from _verdicts(group["verdicts"], **dims)
        yield from _shares(group["shares"], **dims)
    for one in data["longest_delays"]:
        name = "overdue" if one["open"] else "late"
        for end, value in one["days_late"].items():
            yield {**one, "figure": f"days-{name}-{end}", "value": value}
    for one in data["claims"]:
        yield from _claims(one)
    for of, number in (("record", "findings"), ("not_examined", "complaints")):
        for one in data[of]:
            yield {**one, "figure": _dashed(of), "value": one[number]}


def _verdicts(several: Iterable[Data], **dims: str | None) -> Iterator[Data]:
    for one in several:
        for verdict in (*VERDICTS, NOT_FOLLOWED):
            if one[verdict]:
                yield {
                    **one,
                    **dims,
                    "figure": "findings",
                    "verdict": verdict,
                    "value": one[verdict],
                }


def _shares(several: Iterable[Data], **dims: str | None) -> Iterator[Data]:
    for one in several:
        for name in ("in_time", "at_worst"):
            yield {**one, **dims, "figure": _dashed(name), "value": one[name]}


def _claims(one: Data) -> Iterator[Data]:
    dims = {
        **{name: one[name] for name in ("standard", "series")},
        "rule": claim_id(one["about"], one["states"]),
        "title": one["column"],
        "reading": one["counted"],
    }
    for name in ("claims", "right", "wrong", "not_checkable"):
        figure = "claims" if name == "claims" else f"claims-{_dashed(name)}"
        yield {**dims, "figure": figure, "value": one[name]}
    for name in ("in_time_though_late", "late_though_in_time"):
        if name in one:
            yield {**dims, "figure": f"claims-{_dashed(name)}", "value": one[name]}
    for other in one["right_otherwise"]:
        found = {**dims, "reading": other["reading"], "value": other["claims"]}
        yield {**found, "figure": "claims-right-otherwise"}


def _dashed(name: str) -> str:
    return name.replace("_", "-")
