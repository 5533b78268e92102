"""A complaint written out in a few lines, and what the check makes of it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from timeliness import Case, Finding, Report, Timeline, check, load_rulebooks
from timeliness.read.library import Loader
from timeliness.results.tally import Tally
from timeliness.write.formats import CASE, FORMATS, SUM, Options

SHIPPED = load_rulebooks()

Outcome = tuple[str, str]
"""A verdict and its reason."""


def timelines_of(
    loader: Loader,
    events: str,
    *,
    as_at: str = "2026-06-30",
    record: str = "complete",
    policy: str = "",
    nation: str = "england",
) -> list[Timeline]:
    """The one timeline of these events, as it is read from a file."""
    head = f"complaint: T-1\nas_at: {as_at}\nrecord: {record}\nnation: {nation}\n"
    if policy:
        head += f"policy: {policy}\n"
    text = head + "events:\n" + indent(dedent(events).strip("\n"), "  ")
    return loader.parse(text.encode(), "case.yaml", Path())


def report_on(
    events: str,
    *,
    as_at: str = "2026-06-30",
    record: str = "complete",
    policy: str = "",
    nation: str = "england",
) -> Report:
    loader = Loader(SHIPPED)
    timelines = timelines_of(
        loader, events, as_at=as_at, record=record, policy=policy, nation=nation
    )
    return check(timelines, loader.library)


def judge(events: str, **given: str) -> Case:
    """The one case of these events; what is given besides is as in `report_on`."""
    report = report_on(events, **given)
    assert not report.unchecked, report.unchecked
    return report.cases[0]


def of(case: Case, rule: str, standard: str = "") -> list[Finding]:
    """The findings of a rule, of every standard or of one."""
    return [one for one in case.findings if one.rule == rule and standard in ("", one.standard)]


def outcomes(case: Case, rule: str, standard: str = "") -> list[Outcome]:
    return [(one.verdict, one.reason) for one in of(case, rule, standard)]


def the(case: Case, rule: str, standard: str = "") -> Finding:
    (finding,) = of(case, rule, standard)
    return finding


def not_examined(case: Case) -> set[str]:
    return {one.rule for one in case.not_examined}


def days(finding: Finding) -> tuple[str, str, str]:
    """The start, due and done of a finding, as written."""
    return tuple(  # type: ignore[return-value]
        ""
        if span is None
        else str(span.earliest)
        if span.exact
        else f"{span.earliest or ''}..{span.latest or ''}"
        for span in (finding.start, finding.due, finding.done)
    )


def recorded(case: Case) -> dict[str, list[str]]:
    """What stands in the findings about the record, by rule."""
    told: dict[str, list[str]] = {}
    for one in case.findings:
        if one.standard == "record":
            told.setdefault(one.rule, []).append(one.says)
    return told


def exit_code(report: Report) -> int:
    """The exit code of a run that found this and was asked for no gate."""
    tally = Tally(report.as_at)
    tally.add_report(report)
    return tally.exit_code


def written_as(name: str, report: Report) -> str:
    """A report in a format, everything shown, and the count day by day where there is one."""
    form, tally = FORMATS[name], Tally(report.as_at)
    settled = tally.add_report(report)
    flats = [flat for _, several in settled for flat in several.values()]
    if form.needs == CASE:
        return form.load()(report, Options("all", explain=True))
    if form.needs == SUM:
        return form.load()(tally)
    if name == "jsonl":
        (case,) = report.cases
        both = zip(case.findings, flats, strict=True)
        return form.load()((case.timeline, finding, flat) for finding, flat in both)
    return form.load()(flats) if form.streamed else form.load()(flats, tally)
