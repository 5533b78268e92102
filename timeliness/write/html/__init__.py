"""The report that people print: one HTML file that asks for nothing from outside itself."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from timeliness.model.calendars import unit_of
from timeliness.model.clean import as_json, printable
from timeliness.model.dates import in_words
from timeliness.model.findings import Case
from timeliness.model.plain import capital, number, short_day, small
from timeliness.model.report import Report
from timeliness.model.verdict_words import BREACH
from timeliness.resources import folder
from timeliness.results.shares import DEFINITION, percent
from timeliness.version import __version__
from timeliness.write.answers import answer_for_all
from timeliness.write.caseload import CaseLine, caseload
from timeliness.write.claims import TITLE, claim_lines
from timeliness.write.formats import Options
from timeliness.write.head import head_of
from timeliness.write.html.case import MOST_POINTS, CasePage, case_page, summary_plan
from timeliness.write.html.days import day_tag, span_tag
from timeliness.write.html.export import ExportPage, export_page, worst_first
from timeliness.write.html.glossary import terms
from timeliness.write.html.strip_words import act_word, reading_name
from timeliness.write.rests import rests_on
from timeliness.write.totals import LEFT_OUT, WITHOUT
from timeliness.write.words import (
    OUTCOMES,
    RESIDENT,
    STANDINGS,
    STATUSES,
    clause_of,
    days_in_words,
    due_time,
    is_residents_own,
    lateness,
    not_a_finding,
    only_theirs,
    rule_of,
    short_reference,
    side_title,
    status_of,
    taken,
)

MOST_IN_FULL = 20
"""Past this many complaints a report sums them up together."""

MOST_SUMMARIES = 200
"""With `summary`, this many complaints at most have a page, the worst first."""

MOST_LISTED = 500
"""This many complaints at most are listed, the most urgent."""

RECORD_ONLY = "This report is based only on the record it was given. "


def write_html(report: Report, options: Options) -> str:
    """Return the report as one HTML file, the same bytes for the same report."""
    cases = report.cases
    split = bool(cases and report.sums and report.sums.groups)
    export = len(cases) > MOST_IN_FULL or split
    shown = list(cases)
    if options.summary:
        shown = worst_first(cases)[:MOST_SUMMARIES] if len(cases) > MOST_SUMMARIES else shown
    elif export:
        shown = []
    pages = [
        case_page(case, place, report, problems_only=options.show == "problems")
        for place, case in enumerate(shown, 1)
    ]
    title = _title(report)
    style = _style(report, shown)
    together = export_page(report) if export and not options.summary else None
    template = environment().get_template("report.html.j2")
    return template.render(
        report=report,
        title=title,
        style=Markup(style),
        style_hash=hash_of(style),
        pages=pages,
        caseload=[] if options.summary else _listed(report, pages, together),
        together=together,
        rests=rests_on(report),
        head=as_json(head_of(report)),
        summary=options.summary,
        left_out=len(cases) - len(shown) if options.summary else 0,
        disclaimer=RECORD_ONLY + only_theirs(report.ombudsmen),
        not_a_finding=capital(not_a_finding(report.ombudsmen)),
        glossary=terms(report),
        definition=DEFINITION,
        version=__version__,
    )


def _listed(
    report: Report, pages: Sequence[CasePage], together: ExportPage | None
) -> list[tuple[str, CaseLine]]:
    """Return the complaints as a list, the most urgent first, each with the id that it leads to.

    One alone has no list, nor have more than `MOST_IN_FULL` that a table holds.
    """
    if len(report.cases) < 2 or (together and report.tables):
        return []
    rows = together.rows if together else {at: page.id for at, page in enumerate(pages)}
    return [(rows.get(one.place, ""), one) for one in caseload(report.cases)[:MOST_LISTED]]


def _title(report: Report) -> str:
    as_at = days_in_words(*report.days)
    if len(report.cases) == 1:
        timeline = report.cases[0].timeline
        of = f", {short_reference(timeline.landlord)}" if timeline.landlord else ""
        return f"Complaint {short_reference(timeline.complaint)}{of}, as at {as_at}"
    if not report.cases:
        return f"No complaint was checked, as at {as_at}"
    return f"{number(len(report.cases), 'complaint')}, as at {as_at}"


@cache
def environment() -> Environment:
    """Return what fills the templates, where every text of an input is only text."""
    made = Environment(
        loader=FileSystemLoader([folder("templates") / name for name in ("report", "form")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    made.globals.update(
        STATUSES=STATUSES,
        OUTCOMES=OUTCOMES,
        STANDINGS=STANDINGS,
        MOST_POINTS=MOST_POINTS,
        summary_plan=summary_plan,
        percent=percent,
        reading_name=reading_name,
        BREACH=BREACH,
        status_of=status_of,
        is_residents_own=is_residents_own,
        RESIDENT=RESIDENT,
        LEFT_OUT=LEFT_OUT,
        CLAIMS_TITLE=TITLE,
        WITHOUT=WITHOUT,
        claim_lines=claim_lines,
        answer_for_all=answer_for_all,
        side_title=side_title,
        clause_of=clause_of,
        rule_of=rule_of,
        lateness=lateness,
        taken=taken,
        due_time=due_time,
        act_word=act_word,
        unit_of=unit_of,
        number=number,
    )
    made.filters.update(
        span=span_tag,
        day=day_tag,
        short_day=short_day,
        words=in_words,
        capital=capital,
        small=small,
    )
    return made


def _finalize(value: object) -> object:
    """Show each control character of the input as its number, in every value that is printed."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return value


# Style ------------------------------------------------------------------------------------------


def style_sheet(heads: Sequence[str], ombudsmen: Sequence[str]) -> str:
    """Return the style sheet, with what is said of the heads and feet of printed pages."""
    made = css_string(f"Made with chcheck. {capital(not_a_finding(ombudsmen))}.", stops=True)
    sheet = environment().get_template("style.css.j2").render(made=Markup(made))
    return sheet + "\n".join(heads) + "\n"


def hash_of(style: str) -> str:
    """Return the hash by which the policy of a page allows its own style and no other."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _style(report: Report, shown: Sequence[Case]) -> str:
    """Return the style sheet, with the head of each printed page."""
    first, last = (shown[0].as_at,) * 2 if len(shown) == 1 else report.days
    heads = [page_head("", _title(report).rpartition(", as at ")[0], first, last)]
    if len(shown) > 1:
        heads += [
            page_head(f"c{place}", _name(case), case.as_at, case.as_at)
            for place, case in enumerate(shown, 1)
        ]
        heads += [f"#c{place} {{ page: c{place}; }}" for place in range(1, len(shown) + 1)]
    return style_sheet(heads, report.ombudsmen)


def _name(case: Case) -> str:
    timeline = case.timeline
    name = f"Complaint {short_reference(timeline.complaint)}"
    return f"{name}, {short_reference(timeline.landlord)}" if timeline.landlord else name


def page_head(page: str, name: str, first: date, last: date) -> str:
    """Return the head of printed pages: what the report is about, and as at when."""
    return (
        f"@page {page} {{ @top-left {{ content: {css_string(name)}; }} "
        f"@top-right {{ content: {css_string('As at ' + days_in_words(first, last))}; }} }}"
    )


def css_string(text: str, *, stops: bool = False) -> str:
    """Return text as a CSS string in which nothing but letters, digits and blanks is left as is.

    `stops` leaves full stops as they are too.
    """
    other = r"[^A-Za-z0-9 .]" if stops else r"[^A-Za-z0-9 ]"
    return '"' + re.sub(other, lambda m: f"\\{ord(m[0]):x} ", printable(text)) + '"'
