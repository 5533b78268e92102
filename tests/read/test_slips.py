"""Slips of typing in a timeline: each is refused with its line and with what to type instead."""

from __future__ import annotations

import pytest

from tests.helpers.timelines import Rules
from timeliness.model.errors import MOST, InputError
from timeliness.read.nodes import MAX_ITEMS, MAX_TEXT
from timeliness.read.timelines import parse_timelines

HEAD = "complaint: C-1\nevents:\n"
FORMS = "write the day as 2025-04-03 (year-month-day) or 3 Apr 2025"


def refusals(text: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        parse_timelines(text.encode(), "c.yaml", Rules())
    return [str(one) for one in refused.value.mistakes]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "complaint HA-1\nevents:\n- 2026-10-01 received\n",
            "c.yaml:1: write a colon and a space after complaint: complaint: HA-1",
        ),
        (
            "complaint:HA-1\nevents:\n- 2026-10-01 received\n",
            "c.yaml:1: write a colon and a space after complaint: complaint: HA-1",
        ),
        (
            "complaint: HA-1\nlandlord Luton\nevents:\n- 2026-10-01 received\n",
            "c.yaml:2: write a colon and a space after landlord: landlord: Luton",
        ),
        (f"{HEAD}\t- 2026-10-01 received\n", "c.yaml:3: this line begins with a tab; use spaces"),
        (
            f"{HEAD}– 2026-10-01 received\n",
            "c.yaml:3: this line begins with a long dash (–); use a hyphen and a space: "
            "- 2025-04-03 received",
        ),
        (
            f"{HEAD}  – 2026-10-01 received\n",
            "c.yaml:3: this line begins with a long dash (–); use a hyphen and a space: "
            "- 2025-04-03 received",
        ),
        (
            f"{HEAD}  • 2026-10-01 received\n",
            "c.yaml:3: this line begins with a bullet (•); use a hyphen and a space: "
            "- 2025-04-03 received",
        ),
        (
            f"{HEAD}- 2026-10-01 received\n  – 2026-10-05 acknowledged\n",
            'c.yaml:3: a second event, "2026-10-05 acknowledged", is part of this line; begin it '
            "on a line of its own with a hyphen and a space: - 2026-10-05 acknowledged",
        ),
        (
            f"{HEAD}- 2026-10-01 received by phone\n  2026-10-05 acknowledged\n",
            'c.yaml:3: a second event, "2026-10-05 acknowledged", is part of this line; begin it '
            "on a line of its own with a hyphen and a space: - 2026-10-05 acknowledged",
        ),
        (
            f"{HEAD}- 2026–10–01 received\n",
            'c.yaml:3: the date in "2026–10–01 received" has a long dash; write it with hyphens: '
            "2026-10-01 received",
        ),
        (
            f"{HEAD}- 1–5 October 2026 received\n",
            'c.yaml:3: "1-5 October 2026" is not one date; write a range as year-month-day: '
            "2026-10-01/2026-10-05",
        ),
        (
            f"{HEAD}- “2026-10-01 received”\n",
            "c.yaml:3: the line begins with a curly quote (“); take out the curly quotes",
        ),
        (
            "complaint: “HA-1”\nevents:\n- 2026-10-01 received\n",
            "c.yaml:1: complaint: take out the curly quotes, or type straight ones",
        ),
        (
            f"{HEAD}- 01 Oct 26 received\n",
            f'c.yaml:3: "01 Oct 26" has a year of two digits; {FORMS}',
        ),
        (
            f"{HEAD}- today acknowledged\n",
            'c.yaml:3: "today" is not a date; write today\'s date, such as 2025-04-03',
        ),
        (
            f"{HEAD}- tomorrow acknowledged\n",
            'c.yaml:3: "tomorrow" is not a date; write the date itself, such as 2025-04-03',
        ),
        (
            f"{HEAD}- received 2026-10-01\n",
            "c.yaml:3: the date comes first: write 2026-10-01 received",
        ),
        (
            f"{HEAD}- received on 1 October 2026\n",
            "c.yaml:3: the date comes first: write 1 October 2026 received",
        ),
    ],
)
def test_a_slip_says_what_to_type(text: str, says: str) -> None:
    assert refusals(text) == [says]


def test_the_order_of_a_date_with_a_month_in_words_makes_no_difference() -> None:
    text = f"{HEAD}- Oct 1, 2026 received\n".encode()
    (timeline,) = parse_timelines(text, "c.yaml", Rules())
    when = timeline.events[0].when
    assert when is not None
    assert str(when.span.earliest) == str(when.span.latest) == "2026-10-01"


def test_after_some_hundred_mistakes_the_rest_is_not_read() -> None:
    told = refusals(HEAD + "- 2025-05-06 complaint recieved\n" * 1_000)
    assert len(told) == MOST + 1
    assert told[-1] == "c.yaml:303: there are more than 300 mistakes; correct these first"


@pytest.mark.parametrize("text", [f"{HEAD[:-1]} [{'a,' * 30_000}]\n", HEAD + "- a\n" * 30_000])
def test_a_list_has_an_end(text: str) -> None:
    (told,) = refusals(text)
    assert told.endswith("there are more than 20,000 items or keys here; split the file")
    assert MAX_ITEMS == 20_000


def test_a_text_has_an_end() -> None:
    assert refusals(f"{HEAD}- 2025-05-06 received, {'a' * MAX_TEXT}\n") == [
        "c.yaml:3: this text has more than 20,000 characters; shorten it"
    ]
