"""The page on which a complaint is entered: what it is made of, and the answer that it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from timeliness.model.clean import as_json
from timeliness.model.keys import Key
from timeliness.model.plain import capital
from timeliness.model.report import Report
from timeliness.model.sides import FIRST_OMBUDSMAN
from timeliness.model.vocabulary import KEYS, Kind
from timeliness.read.timeline_keys import TIMELINE_KEYS, entry_keys
from timeliness.resources import folder
from timeliness.write.html import RECORD_ONLY, environment, style_sheet
from timeliness.write.html.case import case_page
from timeliness.write.words import only_theirs

SCRIPT = "form.js"


def form_page(suggestions: Mapping[str, Sequence[str]], notes: Sequence[str]) -> str:
    """Return the page; it asks for `form.css` and `form.js` beside itself, and for nothing else.

    `suggestions` holds the values from which a key of a timeline can be chosen, and `notes` what
    to say about how complaints are checked here.
    """
    data = {
        "keys": [_key(key) for key in TIMELINE_KEYS],
        "lists": {key.name: [_key(one) for one in entry_keys(key)] for key in TIMELINE_KEYS},
        "known": {key.name: _key(key) for key in KEYS.values()},
        "suggestions": suggestions,
    }
    template = environment().get_template("form.html.j2")
    # No text of it can end the element that holds it.
    embedded = Markup(as_json(data).replace("<", "\\u003c"))
    disclaimer = RECORD_ONLY + only_theirs((FIRST_OMBUDSMAN,))
    return template.render(data=embedded, notes=notes, disclaimer=disclaimer)


def form_style() -> str:
    """Return the style sheet of the page: that of the report, and its own."""
    own = environment().get_template("form.css.j2").render()
    return style_sheet([], (FIRST_OMBUDSMAN,)) + own


def form_script() -> str:
    """Return the script of the page."""
    return (folder("templates") / "form" / SCRIPT).read_text(encoding="utf-8")


def event_choices(kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """Return the events to choose from, each with what it means and the names of its keys."""
    return [
        {
            "name": kind.name,
            "says": kind.says,
            "keys": [_key(key) for key in kind.keys],
            "open": any(key.needed or key.kind == "limit" for key in kind.keys),
        }
        for kind in kinds
    ]


def answer_fragment(report: Report) -> str:
    """Return the answer for the one complaint of a report, as a part of the page."""
    page = case_page(report.cases[0], 1, report)
    template = environment().get_template("answer.html.j2")
    return template.render(page=page, report=report, summary=False)


def _key(key: Key) -> dict[str, Any]:
    return {
        "name": key.name,
        "label": capital(key.name.replace("_", " ")),
        "says": capital(key.says),
        "kind": key.kind,
        "choices": key.choices,
        "required": key.required,
    }
