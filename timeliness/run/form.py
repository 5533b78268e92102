"""What the page to enter a complaint asks for: its draft read, judged and written as ever."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.api import check
from timeliness.model.clean import one_line
from timeliness.model.declared import NOTHING_DECLARED, Declared
from timeliness.model.drafts import Draft, Entry, Place
from timeliness.model.errors import InputError, Mistake
from timeliness.model.library import Library
from timeliness.model.patterns import regex
from timeliness.model.report import Configuration, Input, Report
from timeliness.model.sides import CODE, POLICY
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import COMMON, Vocabulary
from timeliness.read.drafts import draft_lines, read_draft
from timeliness.read.library import Loader, NamesIn
from timeliness.read.timeline_keys import TIMELINE_KEYS
from timeliness.read.timelines import parse_timelines
from timeliness.write.answers import answer
from timeliness.write.formats import Options
from timeliness.write.html import write_html
from timeliness.write.html.form import answer_fragment, event_choices, form_page
from timeliness.write.timeline import Composed, compose
from timeliness.write.words import RECORD, configuration_line

_UNNAMED = "-"
"""Stands for the reference that is still to be entered, so that the rest can be read."""

_NOT_IN_A_NAME = regex(r"[^\w.-]+")


class _Heard(NamesIn, frozen=True):
    """Finds the rulebooks that a timeline names, and notes which events it may use."""

    found: list[Vocabulary] = field(default_factory=list)

    def vocabulary(self, policy: str, codes: Sequence[str], nation: str, body: str) -> Vocabulary:
        """Return the events, and note them."""
        self.found.append(super().vocabulary(policy, codes, nation, body))
        return self.found[-1]


class Form(Struct, frozen=True):
    """Reads and judges drafts as `chcheck` does a timeline in the folder `base`."""

    library: Library
    declared: Declared = NOTHING_DECLARED
    configuration: Configuration | None = None
    base: Path = Path()

    def page(self) -> str:
        """Return the page."""
        policies, codes = (self.library.names_of(side) for side in (POLICY, CODE))
        suggestions = {"policy": policies, "code": codes, "rules": [*policies, *codes]}
        notes = []
        if self.configuration:
            notes.append(configuration_line(self.configuration))
        return form_page(suggestions, notes)

    def look(self, draft: Draft) -> dict[str, Any]:
        """Return what the page shows of a draft: the answer, or what is to be put right, where.

        `events` are the events to choose from, and `kinds` what each entry was read as.
        """
        loader = Loader(self.library, self.declared)
        vocabulary = self._vocabulary(draft, loader)
        shown: dict[str, Any] = {
            "events": event_choices(vocabulary.kinds),
            "kinds": [_kind(entry, vocabulary) for entry in draft.lists.get("events", ())],
            "answer": "",
            "mistakes": [],
            "notes": [],
        }
        if not any(draft.values.values()) and not draft.entries("events"):
            return {**shown, "says": ""}
        wanted = [
            {"at": (key.name, -1, ""), "says": f"Enter {key.says}."}
            for key in TIMELINE_KEYS
            if key.required and not draft.text(key.name) and not draft.entries(key.name)
        ]
        readable = draft if draft.text("complaint") else _named(draft)
        composed = compose(readable, vocabulary)
        report, mistakes = self._judged(composed, draft, loader)
        if not draft.entries("events"):
            mistakes = []
        told = [*wanted, *(_told(one, composed) for one in mistakes)]
        if told or report is None or not report.cases:
            says = f"{len(told)} to put right" if told else ""
            return {**shown, "mistakes": told, "says": says}
        (case,) = report.cases
        notes = [_told(one, composed) for one in case.problems]
        notes += [
            _told(Mistake("", one.line, one.says), composed)
            for one in case.findings
            if one.standard == RECORD and one.line
        ]
        return {
            **shown,
            "says": answer(case).says,
            "answer": answer_fragment(report),
            "notes": notes,
        }

    def timeline(self, draft: Draft) -> tuple[str, str]:
        """Return the name and the text of the file that a draft is saved as."""
        vocabulary = self._vocabulary(draft, Loader(self.library, self.declared))
        return _file_name(draft), compose(draft, vocabulary).text

    def report(self, draft: Draft) -> tuple[str, str]:
        """Return the name and the text of its report, which says too what could not be read."""
        loader = Loader(self.library, self.declared)
        composed = compose(draft, self._vocabulary(draft, loader))
        report, mistakes = self._judged(composed, draft, loader)
        if report is None:
            report = self._checked([], composed, draft, loader, mistakes)
        return f"{Path(_file_name(draft)).stem}.html", write_html(report, Options())

    def opened(self, data: bytes, name: str) -> dict[str, Any]:
        """Return the draft of a timeline that was saved; raises `InputError`."""
        opened = read_draft(data, name or "the file", COMMON)
        vocabulary = self._vocabulary(opened, Loader(self.library, self.declared))
        if vocabulary != COMMON:
            # The lines of its policy's own events are split too.
            opened = read_draft(data, name or "the file", vocabulary)
        return {"values": opened.values, "lists": opened.lists}

    def lines(self, text: str, draft: Draft) -> dict[str, Any]:
        """Return an entry for each line of a text that was pasted."""
        vocabulary = self._vocabulary(draft, Loader(self.library, self.declared))
        day_first = draft.text("dates").lower() == "uk"
        return {"entries": draft_lines(text, vocabulary, day_first=day_first)}

    def _vocabulary(self, draft: Draft, loader: Loader) -> Vocabulary:
        """Return the events that a draft may use, as reading its head finds them.

        What it names and is not known adds none.
        """
        line = {"date": "unknown", "event": "contact"}
        head = compose(Draft(_named(draft).values, {"events": (line,)}), COMMON)
        heard = _Heard(loader, self.base)
        with contextlib.suppress(InputError):
            parse_timelines(head.text.encode(), "", heard, as_json=False, declared=loader.declared)
        return heard.found[0] if heard.found else COMMON

    def _judged(
        self, composed: Composed, draft: Draft, loader: Loader
    ) -> tuple[Report | None, list[Mistake]]:
        """Return the report, or None and what is wrong."""
        data = composed.text.encode()
        try:
            timelines = loader.parse(data, _file_name(draft), self.base, as_json=False)
        except InputError as error:
            return None, list(error.mistakes)
        report = self._checked(timelines, composed, draft, loader)
        return report, list(report.unchecked)

    def _checked(
        self,
        timelines: Iterable[Timeline],
        composed: Composed,
        draft: Draft,
        loader: Loader,
        unread: Iterable[Mistake] = (),
    ) -> Report:
        data = composed.text.encode()
        source = Input(_file_name(draft), hashlib.sha256(data).hexdigest())
        report = check(list(timelines), loader.library, inputs=[source], unread=unread)
        return replace(report, configuration=self.configuration)


def _kind(entry: Entry, vocabulary: Vocabulary) -> str:
    """Return the name of the event that an entry was read as, or nothing."""
    split = vocabulary.split(str(entry.get("event", "")))
    return split[0].name if split else ""


def _named(draft: Draft) -> Draft:
    return Draft({**draft.values, "complaint": _UNNAMED}, draft.lists)


def _told(mistake: Mistake, composed: Composed) -> dict[str, Any]:
    """Return what is wrong and at which place of the draft."""
    place: Place = composed.places.get(mistake.line, ("", -1, ""))
    if mistake.reference:
        # What is wrong with the complaint as a whole is at none of its lines.
        place = ("", -1, "")
    # A field need not be named at itself.
    says = replace(mistake, key="").sentence if place[0] else mistake.sentence
    return {"at": place, "says": one_line(says)}


def _file_name(draft: Draft) -> str:
    """Return the name of a file for the complaint: its reference, as far as names allow it."""
    name = _NOT_IN_A_NAME.sub("-", draft.text("complaint")).strip(".-_")[:60]
    return f"{name or 'complaint'}.yaml"
