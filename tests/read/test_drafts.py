"""A complaint that is taken up again to go on entering it says what it said before."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from timeliness.model.drafts import Draft
from timeliness.model.errors import InputError
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import COMMON
from timeliness.read.drafts import draft_lines, draft_of, read_draft
from timeliness.read.library import Loader, load_rulebooks
from timeliness.write.timeline import compose

SAMPLES = Path(__file__).parent.parent.parent / "samples"
ONE_EACH = [
    *(SAMPLES / name for name in ("six-lines.yaml", "open-complaint.yaml", "compliant-2024.yaml")),
    *(
        path
        for path in sorted((SAMPLES / "determinations").glob("*.yaml"))
        if path.name != "mtvh-202334516.yaml"
    ),
]


def timelines(data: bytes, path: Path) -> list[Timeline]:
    """Return the timelines of a file without their lines."""
    read = Loader(load_rulebooks()).parse(data, "x", path.parent)
    return [
        replace(
            one,
            line=0,
            events=tuple(replace(event, line=0) for event in one.events),
            statements=tuple(replace(said, line=0) for said in one.statements),
        )
        for one in read
    ]


@pytest.mark.parametrize("path", ONE_EACH, ids=lambda path: path.stem)
def test_taken_up_and_saved_a_timeline_reads_the_same(path: Path) -> None:
    data = path.read_bytes()
    saved = compose(read_draft(data, path.name, COMMON), COMMON).text
    assert timelines(saved.encode(), path) == timelines(data, path)


def test_a_plain_timeline_is_saved_byte_for_byte() -> None:
    data = (SAMPLES / "six-lines.yaml").read_bytes()
    assert compose(read_draft(data, "six-lines.yaml", COMMON), COMMON).text.encode() == data


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("3 Apr 2025 complaint received", {"date": "3 Apr 2025", "event": "complaint received"}),
        (
            "- 2025-04-03 received by telephone",
            {"date": "2025-04-03", "event": "received", "note": "by telephone"},
        ),
        (
            "14 Mar 2025 stage 1 extended until 28 Mar 2025",
            {"date": "14 Mar 2025", "event": "stage 1 extended", "until": "2025-03-28"},
        ),
        (
            "21 Mar 2025 stage 1 response, partly upheld",
            {"date": "21 Mar 2025", "event": "stage 1 response", "outcome": "partly upheld"},
        ),
        # What is read from its note has no field of its own: the line stays whole.
        (
            "3 Apr 2025 complaint received at 16:30",
            {"date": "3 Apr 2025", "event": "complaint received at 16:30"},
        ),
        # A line that is refused stays whole, so that it is refused again.
        (
            "21 Mar 2025 stage 1 response overdue",
            {"date": "21 Mar 2025", "event": "stage 1 response overdue"},
        ),
        ("nonsense", {"event": "nonsense"}),
    ],
)
def test_a_pasted_line(line: str, entry: dict[str, str]) -> None:
    assert draft_lines(f"\n{line}\n\n", COMMON) == (entry,)


def test_pasted_dates_are_day_first_where_the_form_says_so() -> None:
    assert draft_lines("03/04/2025 stage 1 extended until 06/05/2025", COMMON, day_first=True) == (
        {"date": "03/04/2025", "event": "stage 1 extended", "until": "2025-05-06"},
    )


def test_a_line_that_a_colon_cut_in_two_is_one_line() -> None:
    data = b"complaint: A\nevents:\n  - 2025-04-03 complaint received about: damp\n"
    (entry,) = read_draft(data, "a.yaml", COMMON).lists["events"]
    assert entry == {"date": "2025-04-03", "event": "complaint received", "note": "about: damp"}


def test_what_the_form_does_not_know_is_kept() -> None:
    data = (
        b"complaint: A\nlandlrod: B\nevents:\n  - {date: 2025-04-03, event: received, colour: x}\n"
    )
    draft = read_draft(data, "a.yaml", COMMON)
    assert draft.values == {"complaint": "A", "landlrod": "B"}
    assert draft.lists["events"][0]["colour"] == "x"
    assert compose(draft, COMMON).text == (
        "complaint: A\nlandlrod: B\nevents:\n"
        "  - date: 2025-04-03\n    event: received\n    colour: x\n"
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            "complaint: A\n---\ncomplaint: B\n",
            "a.yaml: the file has 2 complaints; the form takes one, so save each in a file of its "
            "own",
        ),
        ("", "a.yaml: this is not a timeline; a timeline has the key complaint"),
        ("just text", "a.yaml: this is not a timeline; a timeline has the key complaint"),
        (
            "standard: policy\nrules: []\n",
            "a.yaml: this is a rulebook, not a timeline",
        ),
        ("complaint: A\nevents: {a: b}\n", "a.yaml:2: events: a list is expected here"),
        (
            "complaint: A\nevents:\n  - [a]\n",
            "a.yaml:3: events: keys with values are expected here",
        ),
        ("complaint: [A]\n", "a.yaml:1: complaint: one plain value is expected here"),
    ],
)
def test_a_file_that_the_form_cannot_open(data: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_draft(data.encode(), "a.yaml", COMMON)
    assert str(caught.value) == says


@pytest.mark.parametrize(
    "data", [None, [], "x", {"values": []}, {"lists": []}, {"lists": {"a": 1}}]
)
def test_what_is_no_draft_is_refused(data: object) -> None:
    with pytest.raises(InputError, match="the page sent what is not a complaint"):
        draft_of(data)


def test_a_draft_has_texts_on_one_line_and_lists_of_them() -> None:
    sent = {
        "values": {"complaint": " A\n1 \ud800", "x": 3},
        "lists": {"events": [{"i": ["a", ""]}]},
    }
    assert draft_of(sent) == Draft({"complaint": "A 1 ?", "x": ""}, {"events": ({"i": ("a",)},)})
