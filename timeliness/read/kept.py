"""Reading what an earlier run wrote: its JSON, the head in its HTML, its JSON Lines or its CSV."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import Any

from timeliness.model.errors import InputError, Mistake
from timeliness.model.given import Given
from timeliness.model.report import Input
from timeliness.model.verdict_words import MET, NOT_APPLICABLE, PENDING, summed_as
from timeliness.results.flat import CLAIM, FIELDS
from timeliness.results.gate import ACCEPTED, EXPIRED, KEY_FIELDS, KNOWN, key_in, key_of
from timeliness.results.kept import NO_DAYS, Days, Head, Kept, KeptBook, KeptRun

_META = re.compile(r'<meta name="chcheck-report" content="([^"]*)">')
_NEEDED = tuple(name for name in FIELDS if name not in ("series", "episode", "provenance"))
"""The columns that every CSV of findings has had."""

Data = dict[str, Any]


def read_kept(path: Path) -> KeptRun:
    """Read the findings of a run from its JSON, JSON Lines or CSV. Raises `InputError`."""
    text = read_text(path)
    begins = text.lstrip()[:1]
    if begins == "<":
        says = "findings cannot be read from a page; name the JSON, JSON Lines or CSV of the run"
        raise _wrong(path, says)
    if begins != "{":
        return _from_csv(path, text)
    lines = text.split("\n", 1)[0]
    try:
        first = json.loads(lines)
    except ValueError:
        first = None
    if isinstance(first, dict) and ("rule" in first or "statement" in first):
        return _from_lines(path, text)
    return kept_of(path, parse_report(path, text))


def read_text(path: Path) -> str:
    """Return the text of a file. Raises `InputError` where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _wrong(path, f"the file cannot be read: {error.strerror}") from None
    if data.startswith(b"PK"):
        raise _wrong(path, f"this is a workbook, {_NOT_IT}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(path, "the text is not UTF-8, so no run of chcheck wrote it") from None


def _wrong(path: Path, says: str, line: int = 0) -> InputError:
    return InputError([Mistake(str(path), line, says)])


_NOT_ONE = "this is not the report of a check; write one with --output json:PATH"
_NOT_IT = "and not the report of a check; write that with: chcheck PATH --output json:PATH"
_OTHERS = {
    "limits": "this is the JSON of what is due",
    "figures": "this is the JSON of a year",
    "verdicts": "these are the sums of a check",
}
"""What else chcheck writes as JSON, by a key that only that has."""


# JSON and HTML ----------------------------------------------------------------------------------


def parse_report(path: Path, text: str) -> Data:
    """Return the JSON of a report as plain data. Raises `InputError`."""
    data = _object(path, text)
    complaints = data.get("complaints")
    if not isinstance(complaints, list) or not all(_is_complaint(one) for one in complaints):
        what = next((what for key, what in _OTHERS.items() if key in data), "")
        raise _wrong(path, f"{what}, {_NOT_IT}" if what and "rests_on" in data else _NOT_ONE)
    return data


def _is_complaint(one: object) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("findings"), list):
        return False
    return all(isinstance(one.get(name), str) for name in ("complaint", "landlord")) and all(
        isinstance(finding, dict) for finding in one["findings"]
    )


def parse_page(path: Path, text: str) -> Data:
    """Return the head that a page holds, as plain data. Raises `InputError`."""
    found = _META.search(text.partition("<title>")[0])
    if not found:
        says = "this page does not say how it was made; write one with --output html:PATH"
        raise _wrong(path, says)
    return _object(path, html.unescape(found[1]))


def _object(path: Path, text: str) -> Data:
    """Return a JSON object in which no name comes twice. Raises `InputError`."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> Data:
        data = dict(pairs)
        if len(data) < len(pairs):
            names = [name for name, _ in pairs]
            twice.append(next(name for name in names if names.count(name) > 1))
        return data

    try:
        data = json.loads(text, object_pairs_hook=once)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        if text.lstrip()[:1] not in ("", "{", "["):
            raise _wrong(path, f"this is neither JSON nor HTML, {_NOT_IT}") from None
        if line > 1 and str(error).startswith("Extra data"):
            raise _wrong(path, f"these are several lines of JSON, {_NOT_IT}") from None
        raise _wrong(path, f"this is not JSON: {error}", line) from None
    except RecursionError:
        raise _wrong(path, _NOT_ONE) from None
    if twice:
        raise _wrong(path, f'"{twice[0]}" is there twice in one place, so it was written by hand')
    if not isinstance(data, dict):
        raise _wrong(path, _NOT_ONE)
    return data


def head_in(path: Path, data: Data) -> Head:
    """Return the head of a report. Raises `InputError`, and `UsageError` for an unknown option."""
    try:
        return _head(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _wrong(path, _NOT_ONE) from None


_CALENDAR = {"source": "", "horizon": "known to ", "nation": "", "counting": ""}


def _head(data: Data) -> Head:
    calendar, options = data["calendar"], data.get("options")
    return Head(
        version=str(data["chcheck"]),
        as_at=str(data["as_at"]),
        calendar=", ".join(
            f"{words}{calendar[name]}" for name, words in _CALENDAR.items() if calendar.get(name)
        ),
        given=Given.of(options) if options is not None else None,
        today=date.fromisoformat(data["today"]) if "today" in data else None,
        inputs=tuple(map(_file, data["inputs"])),
        columns={one["path"]: _columns(one["columns"]) for one in data.get("tables", ())},
        configuration=_file(data["configuration"]) if data.get("configuration") else None,
        baseline=_file(data["baseline"]) if data.get("baseline") else None,
        books={
            str(one["id"]): KeptBook(
                str(one["title"]), str(one.get("path") or ""), str(one.get("sha256", ""))
            )
            for one in data["rulebooks"]
        },
    )


def _file(data: Data) -> Input:
    return Input(str(data["path"]), str(data["sha256"]))


def _columns(columns: Iterable[Data]) -> str:
    return "; ".join(f"{one['column']}: {one['holds']}" for one in columns)


def kept_of(path: Path, data: Data, *, whole: bool = False) -> KeptRun:
    """Return the head and the findings of a report.

    With `whole` each finding stands for all that is said of it. Raises `InputError`.
    """
    run = KeptRun(str(path), head_in(path, data))
    try:
        for case in data["complaints"]:
            run.complaints.add(key_of({**_NO_KEY, **_whose(case)})[:2])
            for finding in case["findings"]:
                run.add(_finding(case, finding, whole=whole))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _wrong(path, _NOT_ONE) from None
    return run


_NO_KEY = {"standard": "", "rule": ""}


def _whose(case: Data) -> dict[str, str]:
    return {"landlord": case["landlord"], "complaint": case["complaint"]}


def _finding(case: Data, finding: Data, *, whole: bool) -> Kept:
    names = ("standard", "series", "rule", "episode")
    row = {**_whose(case), **{name: str(finding.get(name, "")) for name in names}}
    return Kept(
        key=key_of(row),
        verdict=summed_as(str(finding["verdict"]), str(finding["duty"])),
        reason=str(finding["reason"]),
        rulebook=str(finding["rulebook"]),
        start=_days(finding["start"]),
        due=_days(finding["due"]),
        done=_days(finding["done"]),
        days_late=_numbers(finding["days_late"]),
        extensions=json.dumps([_told(one) for one in finding.get("extensions", ())]),
        status=_status(finding),
        more=_digest(finding) if whole else "",
    )


def _status(finding: Data) -> str:
    """Return the status of a finding, for which JSON has keys of their own."""
    accepted = finding.get("accepted") or {}
    if accepted and not accepted.get("expired"):
        return ACCEPTED
    own = KNOWN if finding.get("known") else finding.get("severity") or finding.get("status")
    return str(own or (EXPIRED if accepted else ""))


def _told(extension: Data) -> list[Days]:
    return [_days(extension["told"]), _days(extension["until"])]


def _days(span: Data | None) -> Days:
    return (str(span["earliest"] or ""), str(span["latest"] or "")) if span else NO_DAYS


def _numbers(numbers: Data | None) -> Days:
    if not numbers:
        return NO_DAYS
    least, most = (
        "" if numbers[name] is None else str(numbers[name]) for name in ("least", "most")
    )
    return least, most


def _digest(finding: Data) -> str:
    return hashlib.sha256(json.dumps(finding, sort_keys=True).encode()).hexdigest()


# JSON Lines and CSV -----------------------------------------------------------------------------


def _from_lines(path: Path, text: str) -> KeptRun:
    run = KeptRun(str(path))
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            if "statement" not in data:
                run.add(_finding(data, data, whole=False))
        except (KeyError, TypeError, ValueError, AttributeError):
            says = "this is not a line of a run; write them with --output jsonl:PATH"
            raise _wrong(path, says, number) from None
    return _noted(run)


_CELLS = (
    *KEY_FIELDS,
    *("verdict", "duty", "reason", "rulebook", "status"),
    *("start_earliest", "start_latest", "due_earliest", "due_latest"),
    *("done_earliest", "done_latest", "days_late_least", "days_late_most"),
)
"""The columns that are read, in the order in which `_row` takes them."""


def _from_csv(path: Path, text: str) -> KeptRun:
    run = KeptRun(str(path))
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(reader, [])
        missing = [name for name in _NEEDED if name not in header]
        if missing:
            says = f"these are not the findings of a run: there is no column {', '.join(missing)}"
            raise _wrong(path, f"{says}; write them with --output csv:PATH", 1)
        # An old CSV has no series and no episode: they are in a cell that is empty.
        places = [header.index(name) if name in header else len(header) for name in _CELLS]
        cells, same = itemgetter(*places), dict[Days, Days]()
        for row in reader:
            if len(row) != len(header):
                says = f"this row has {len(row)} cells and the header {len(header)}"
                raise _wrong(path, f"{says}, so no run of chcheck wrote it", reader.line_num)
            found = cells([*row, ""])
            if found[2] != CLAIM:
                run.add(_row(found, same))
    except csv.Error as error:
        raise _wrong(path, f"this is not CSV: {error}", reader.line_num + 1) from None
    return _noted(run)


def _row(cells: tuple[str, ...], same: dict[Days, Days]) -> Kept:
    """Return a finding; days that it shares with others are kept once, in `same`."""
    verdict, duty, reason, rulebook, status, *ends = cells[6:]
    start, due, done, late = (
        same.setdefault(days, days) for days in zip(ends[::2], ends[1::2], strict=True)
    )
    return Kept(
        key_in(cells[:6]),
        summed_as(verdict, duty),
        intern(reason),
        intern(rulebook),
        start,
        due,
        done,
        late,
        status=status,
    )


_NO_PROBLEMS = (MET, PENDING, NOT_APPLICABLE)


def _noted(run: KeptRun) -> KeptRun:
    """Note whether only problems are in a run that was written finding by finding."""
    run.problems_only = not any(
        one.verdict in _NO_PROBLEMS for several in run.found.values() for one in several
    )
    return run
