"""A draft as a timeline: what is entered is what is read, on one line where that reads the same."""

from __future__ import annotations

import pytest

from timeliness.model.drafts import Draft, Entry
from timeliness.model.vocabulary import COMMON
from timeliness.read.library import Loader, load_rulebooks
from timeliness.write.timeline import compose


def composed(*events: Entry, **values: str) -> str:
    return compose(Draft({"complaint": "A", **values}, {"events": events}), COMMON).text


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        ({"date": "3 Apr 2025", "event": "received"}, "  - 3 Apr 2025 received\n"),
        (
            {"date": "3 Apr 2025", "event": "received", "note": "by telephone"},
            "  - 3 Apr 2025 received by telephone\n",
        ),
        # On one line this would be refused, so the note goes into the long form.
        (
            {"date": "3 Apr 2025", "event": "stage 1 response", "note": "overdue"},
            "  - date: 3 Apr 2025\n    event: stage 1 response\n    note: overdue\n",
        ),
        # On one line "at 16:30" would be a time of day, and "upheld" an outcome.
        (
            {"date": "3 Apr 2025", "event": "received", "note": "at 16:30"},
            "  - date: 3 Apr 2025\n    event: received\n    note: at 16:30\n",
        ),
        (
            {"date": "3 Apr 2025", "event": "stage 1 response", "note": "upheld"},
            "  - date: 3 Apr 2025\n    event: stage 1 response\n    note: upheld\n",
        ),
        (
            {"date": "2022-06 or 2022-08", "event": "contact"},
            "  - date: [2022-06, 2022-08]\n    event: contact\n",
        ),
        (
            {"date": "3 Apr 2025", "event": "order", "within": "4 weeks", "by": ""},
            "  - date: 3 Apr 2025\n    event: order\n    within: 4 weeks\n",
        ),
        (
            {"date": "3 Apr 2025", "event": "stage 1 response", "includes": ("stage", "decision")},
            "  - date: 3 Apr 2025\n    event: stage 1 response\n    includes: [stage, decision]\n",
        ),
        ({"event": "complaint acknowledged", "evidence": "absent"},
         "  - event: complaint acknowledged\n    evidence: absent\n"),
        ({"event": "", "date": ""}, ""),
    ],
)  # fmt: skip
def test_an_event(entry: Entry, lines: str) -> None:
    assert composed(entry) == f"complaint: A\n{'events:' + chr(10) if lines else ''}{lines}"


@pytest.mark.parametrize(
    "text",
    [
        *("a: b", "a #b", "- a", "'a'", '"a"', "a:", "[a]", "{a: b}", "&a", "*a", "!a", "|", ">"),
        *(
            "% a",
            "@a",
            "`a`",
            "null",
            "~",
            "0012",
            "1.5",
            "yes",
            "2025-04-03",
            "? a",
            "a\\b",
            "...",
        ),
        *("£5", "O'Brien, flat (2)", "\u201ccurly\u201d", "a \u00e9", "---", "<script>"),
    ],
)
def test_any_text_is_read_back_as_it_was_entered(text: str) -> None:
    entry = {"date": "3 Apr 2025", "event": "complaint received", "note": text, "id": "a"}
    said = {"words": "4 weeks", "about": text, "from": "2025-01-01", "to": "2025-01-29"}
    draft = Draft({"complaint": "A", "landlord": text}, {"events": (entry,), "statements": (said,)})
    data = compose(draft, COMMON).text.encode()
    (read,) = Loader(load_rulebooks()).parse(data, "x", None)  # type: ignore[arg-type]
    assert read.landlord == text
    assert read.events[0].note == text
    assert read.statements[0].topic == text


def test_each_line_knows_where_it_came_from() -> None:
    draft = Draft(
        {"landlord": "B", "complaint": "A"},
        {
            "events": (
                {"date": "3 Apr 2025", "event": "received"},
                {},
                {"date": "4 Apr 2025", "event": "acknowledged", "by": "landlord"},
            )
        },
    )
    made = compose(draft, COMMON)
    assert list(zip(made.lines, made.places.values(), strict=True)) == [
        ("complaint: A", ("complaint", -1, "")),
        ("landlord: B", ("landlord", -1, "")),
        ("events:", ("events", -1, "")),
        ("  - 3 Apr 2025 received", ("events", 0, "")),
        ("  - date: 4 Apr 2025", ("events", 2, "date")),
        ("    event: acknowledged", ("events", 2, "event")),
        ("    by: landlord", ("events", 2, "by")),
    ]
