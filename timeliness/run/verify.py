"""Making a report again: the same check of the same inputs, and what does not come out the same."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from timeliness.model.errors import UsageError
from timeliness.model.given import Given
from timeliness.model.plain import listed
from timeliness.model.report import Input, input_of
from timeliness.read.kept import Data, head_in, kept_of, parse_page, parse_report, read_text
from timeliness.results.compared import pairs
from timeliness.results.kept import Head, KeptRun, Pair, differences
from timeliness.results.verified import Verified
from timeliness.run.given import Wanted, check_given
from timeliness.run.outputs import Target
from timeliness.write.formats import FORMATS


def verify_report(path: Path, inputs: Sequence[Path], config: Path | None) -> Verified:
    """Make a report again and compare the two.

    `inputs` are where its inputs are now, and `config` where its configuration is, if they are not
    where they were. Raises `UsageError` and `InputError` where it cannot be made again.
    """
    # An e-mail may have changed the ends of lines.
    text = read_text(path).replace("\r\n", "\n")
    form = "html" if text.lstrip()[:1] == "<" else "json"
    data = parse_page(path, text) if form == "html" else parse_report(path, text)
    head = head_in(path, data)
    if head.given is None:
        raise UsageError(
            f'"{path}" does not say how it was made, so it cannot be made again: it was made from '
            "Python, or by an earlier chcheck"
        )
    base, given = _where(path, head, head.given, inputs, config)
    with contextlib.chdir(base), tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "again"
        wanted = Wanted([Target(FORMATS[form], made)], again=True, today=head.today)
        check_given(given, wanted, lambda line: None)
        again = read_text(made)
    parse = parse_page if form == "html" else parse_report
    if inputs or config:
        again = _as_it_was(again, head, head_in(path, parse(path, again)))
    now = parse(path, again)
    now["options"] = data["options"]
    if form == "html":
        return _compare_pages(str(path), head, head_in(path, now), text, again)
    return _compare_data(path, data, now)


# Where everything is now ------------------------------------------------------------------------


def _where(
    path: Path, head: Head, given: Given, inputs: Sequence[Path], config: Path | None
) -> tuple[Path, Given]:
    """Return the folder from which the paths of a report count, and its options for now."""
    if config:
        given = replace(given, config=str(config.absolute()))
    own = [] if config else [head.configuration]
    if inputs:
        own = [*own, head.baseline]
        base = _folder(path, [one for one in own if one])
        if not given.config and head.configuration:
            given = replace(given, config=head.configuration.path)
        return base, replace(given, paths=tuple(str(one.absolute()) for one in inputs))
    if "-" in given.paths:
        raise UsageError(
            f'"{path}" was made from standard input; save what it was made from, and name the file '
            "with --input PATH"
        )
    books = [Input(one.path, one.sha256) for one in head.books.values() if one.path]
    own = [*head.inputs, *own, head.baseline, *books]
    return _folder(path, [one for one in own if one]), given


def _folder(path: Path, files: Sequence[Input]) -> Path:
    """Return the folder where all files are: this one, or that of the report or one above it.

    One in which no file has changed comes first. Raises `UsageError` where there is none.
    """
    beside = path.absolute().parent
    folders = [Path.cwd(), beside, *beside.parents]
    missing = [[one for one in files if not (folder / one.path).exists()] for folder in folders]
    there = [folder for folder, lacking in zip(folders, missing, strict=True) if not lacking]
    if not there:
        names = listed([f'"{one.path}"' for one in min(missing, key=len)], "or")
        raise UsageError(
            f'"{path}" cannot be made again: there is no {names} in this folder, nor in that of '
            "the report or above it; name what was checked with --input PATH, and its "
            "configuration with --config PATH"
        )
    return next((folder for folder in there if _unchanged(folder, files)), there[0])


def _unchanged(folder: Path, files: Sequence[Input]) -> bool:
    try:
        return all(input_of(folder / one.path).sha256 == one.sha256 for one in files)
    except OSError:
        return False


def _as_it_was(text: str, then: Head, now: Head) -> str:
    """Return a report with the paths that its files had then."""
    moved = _moved(then.inputs, now.inputs)
    if then.configuration and now.configuration:
        moved[now.configuration.path] = then.configuration.path
    for name, book in now.books.items():
        if book.path and name in then.books:
            moved[book.path] = then.books[name].path
    for new in sorted(moved, key=len, reverse=True):
        pattern = rf"(?<![\w./\\-]){re.escape(new)}(?![\w-])"
        old = moved[new]
        text = re.sub(pattern, lambda _, old=old: old, text)  # type: ignore[misc]
    return text


def _moved(then: Sequence[Input], now: Sequence[Input]) -> dict[str, str]:
    """Return the path then of each input by its path now: by content, by name, by order."""
    moved: dict[str, str] = {}
    left, rest = list(then), list(now)

    def name(one: Input) -> str:
        return Path(one.path).name

    for alike in (lambda one: one.sha256, name):
        for new in tuple(rest):
            old = next((one for one in left if alike(one) == alike(new)), None)
            if old:
                moved[new.path] = old.path
                left.remove(old)
                rest.remove(new)
    if len(left) == len(rest):
        moved |= {new.path: old.path for old, new in zip(left, rest, strict=True)}
    return moved


# What differs -----------------------------------------------------------------------------------


def _compare_data(path: Path, data: Data, now: Data) -> Verified:
    then, found = (kept_of(path, one, whole=True) for one in (data, now))
    assert then.head
    assert found.head
    findings = tuple(_findings(then, found))
    others = tuple(_others(data, now))
    if not (findings or others) and data.get("summary") != now.get("summary"):
        # Otherwise it differs as its findings do.
        others = ("summary of the report",)
    return Verified(
        str(path),
        differences(then.head, found.head),
        findings,
        others,
    )


def _findings(then: KeptRun, now: KeptRun) -> Iterator[Pair]:
    for key in {**then.found, **now.found}:
        for old, new in pairs(then.found.get(key, []), now.found.get(key, [])):
            if old != new:
                yield Pair(old, new)


_HEAD = ("chcheck", "as_at", "today", "calendar", "options", "inputs", "tables", "configuration")
_COMPARED = (*_HEAD, "baseline", "rulebooks", "complaints", "summary")


def _others(then: Data, now: Data) -> Iterator[str]:
    """Yield the other parts of two reports that are not the same."""
    for name in {**then, **now}:
        if name not in _COMPARED and then.get(name) != now.get(name):
            yield f"{name} of the report"
    first, second = _cases(then), _cases(now)
    for whose in {**first, **second}:
        old, new = first.get(whose, []), second.get(whose, [])
        if len(old) != len(new):
            yield f"{whose[1]}: {len(old)} times in the report, {len(new)} times now"
        for one, other in zip(old, new, strict=False):
            for name in {**one, **other}:
                if name != "findings" and one.get(name) != other.get(name):
                    yield f"{whose[1]}: {name}"


def _cases(data: Data) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
    cases: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in data["complaints"]:
        cases.setdefault((one["landlord"], one["complaint"]), []).append(one)
    return cases


# Pages ------------------------------------------------------------------------------------------


def _compare_pages(path: str, then: Head, now: Head, text: str, again: str) -> Verified:
    lines, lines_now = _lines(text), _lines(again)
    left, new = Counter(lines), Counter(lines_now)
    only_then, only_now = _only(lines, new), _only(lines_now, left)
    same_words = not (only_then or only_now)
    code = () if not same_words or _code(text) == _code(again) else ("code of the page",)
    return Verified(
        path,
        differences(then, now),
        others=() if then.version != now.version else code,
        only_then=only_then,
        only_now=only_now,
    )


def _only(lines: Sequence[str], others: Counter[str]) -> tuple[str, ...]:
    """Return the lines that are not among others, each as often as it is not."""
    left = Counter(others)
    found = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return tuple(found)


_RESTS = re.compile(r'<details class="rests".*?</details>|<meta name="chcheck-report"[^>]*>', re.S)


def _code(text: str) -> str:
    """Return a page without what it rests on, which is compared by itself."""
    return _RESTS.sub("", text)


def _lines(text: str) -> list[str]:
    """Return what a page says, line by line."""
    reader = _Words()
    reader.feed(_code(text))
    return [line for part in "".join(reader.parts).split("\n") if (line := " ".join(part.split()))]


class _Words(HTMLParser):
    """Takes the words of a page, with a break wherever something other than a phrase begins."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipped = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipped = tag == "style"
        phrase = tag in ("b", "span", "a", "time", "code", "svg", "use", "i")
        self.parts.append(" " if phrase else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.skipped = False

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.parts.append(data)
