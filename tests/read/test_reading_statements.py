"""The `statements` of a timeline: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeliness import InputError, load_timelines
from timeliness.model.timelines import Figure, Statement
from timeliness.read.figures import read_figure

HEAD = """complaint: A
events:
  - 2024-06-03 complaint received
  - {date: 2024-06-24, event: stage 1 response, id: letter}
statements:
"""


def read(tmp_path: Path, statements: str) -> tuple[Statement, ...]:
    path = tmp_path / "case.yaml"
    path.write_text(HEAD + statements, encoding="utf-8")
    (timeline,), _ = load_timelines(path)
    return timeline.statements


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("25 working days", Figure(25, "working_days")),
        ("1 working day", Figure(1, "working_days")),
        ("ten business days", Figure(10, "working_days")),
        ("7 days", Figure(7, "days")),
        ("28 calendar days", Figure(28, "calendar_days")),
        ("a month", Figure(1, "months")),
        ("Nearly four weeks", Figure(4, "weeks", "nearly")),
        ("less than 3 months", Figure(3, "months", "less than")),
        ("no more than 5 working-days", Figure(5, "working_days", "at most")),
        ("over 31 working days", Figure(31, "working_days", "more than")),
        ("31 working days over", None),
        ("four", None),
        ("99999 days", None),
    ],
)
def test_a_figure_is_a_number_with_a_unit(text: str, figure: Figure | None) -> None:
    assert read_figure(text) == figure


def test_an_officer_writes_one_in_three_lines(tmp_path: Path) -> None:
    (one,) = read(
        tmp_path,
        """
  - words: 13 working days after the complaint was made
    about: stage 1 response
    by: stage 1 letter
""",
    )
    assert one.states == Figure(13, "working_days")
    assert one.about is not None
    assert one.about.event == "stage 1 response"
    assert (one.by, one.line) == ("stage 1 letter", 7)


def test_json_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(
        '{"complaint": "A", "events": ["2024-06-03 complaint received"],'
        ' "statements": [{"words": "by 20 June", "states": "2024-06-20", "about": "responded"}]}',
        encoding="utf-8",
    )
    (timeline,), _ = load_timelines(path)
    assert timeline.statements[0].stated == "2024-06-20"


MISTAKES = [
    (
        "  words: 7 days\n",
        6,
        "statements: a list is expected here; begin each statement with - words:",
    ),
    (
        "  - 7 days since\n",
        6,
        "a statement has keys of its own; write - words: ... and under it about: ...",
    ),
    ("  - {states: 7 days, about: letter}\n", 6, 'a statement needs the key "words"'),
    ("  - {words: x, states: 7 days}\n", 6, 'a statement needs the key "about"'),
    (
        "  - {words: late again, about: letter}\n",
        6,
        "the words contain no figure; add the key "
        '"states" and write it as 25 working days, 7 days, nearly 4 weeks, 2025-04-03, in time or '
        "late",
    ),
    (
        "  - {words: 3 or 4 weeks or 5 weeks, about: letter}\n",
        6,
        "the words contain 2 figures; add "
        'the key "states" and write it as 25 working days, 7 days, nearly 4 weeks, 2025-04-03, in '
        "time or late",
    ),
    (
        "  - words: x\n    states: soon\n    about: letter\n",
        7,
        'states: "soon" states no time that '
        "can be read; write it as 25 working days, 7 days, nearly 4 weeks, 2025-04-03, in time or "
        "late",
    ),
    (
        "  - words: x\n    states: 2024-06\n    about: letter\n",
        7,
        "states: a single day is expected here, such as 2025-04-03",
    ),
    (
        "  - words: x\n    states: 31/06/2024\n    about: letter\n",
        7,
        'states: "31/06/2024": June '
        "2024 has 30 days; write the day as 2025-04-03 (year-month-day) or 3 Apr 2025",
    ),
    (
        "  - words: 7 days\n    about: stage 1 respone\n",
        7,
        'about: "stage 1 respone" is not an event or an id; did you mean "stage 1 response"?',
    ),
    (
        "  - words: 7 days\n    about: the works\n",
        7,
        'about: "the works" is not an event or an id; '
        "free text goes with a figure whose from and to are given",
    ),
    (
        "  - words: 7 days\n    about: letter\n    from: the start\n",
        8,
        'from: "the start" is not an event, an id or a date; `chcheck events` lists the events',
    ),
    (
        "  - words: 7 days\n    about: letter\n    from: 03/06/2024\n",
        8,
        'from: "03/06/2024" can be '
        "read as 3 June 2024 or as 6 March 2024; write 2024-06-03 or 2024-03-06, or put "
        "`dates: uk` at the top of the file to say that the day always comes first",
    ),
    (
        "  - words: 7 days\n    about: letter\n    kind: due\n",
        8,
        'kind: "due" does not go with what is stated; for it the kind is elapsed or overshoot',
    ),
    (
        "  - words: 7 days\n    about: letter\n    kind: overshot\n",
        8,
        'kind: "overshot" is not one '
        'of elapsed, overshoot, due, happened; did you mean "overshoot"?',
    ),
    (
        "  - words: x\n    states: in time\n    kind: elapsed\n",
        8,
        'kind: "elapsed" does not go with what is stated; leave the kind out',
    ),
    (
        "  - words: 7 days\n    about: letter\n    against: the code\n",
        8,
        'against: "the code" is not one of policy, code; did you mean "code"?',
    ),
    (
        "  - words: 7 days\n    about: letter\n    form: received\n",
        8,
        '"form" is not a key of a statement; did you mean "from"?',
    ),
    (
        "  - words: 7 days\n    about: letter\n    to: 1980-01-01\n",
        8,
        "to: 1980-01-01 is outside "
        "the years that the calendar covers, 2000 to 2040; correct the year",
    ),
]


@pytest.mark.parametrize(("statements", "line", "says"), MISTAKES)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, statements: str, line: int, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, statements)
    assert [(one.line, one.says) for one in caught.value.mistakes] == [(line, says)]
