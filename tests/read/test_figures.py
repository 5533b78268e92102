"""Figures read out of words: what bounds them, what turns them round, and what is not read."""

from __future__ import annotations

import pytest

from timeliness.model.timelines import Figure
from timeliness.read.figures import Said, read_said, said_in

TEN = "10 working days"

# The words, the bound of the figure "10 working days" in them, and whether it is time over a limit.
READ = [
    # A limit that was missed.
    (f"did not respond within {TEN}", "more than"),
    (f"didn't respond within {TEN}", "more than"),
    (f"has not yet replied within {TEN}", "more than"),
    (f"failed to respond within {TEN}", "more than"),
    (f"was unable to send its answer within {TEN}", "more than"),
    (f"did not provide a response within {TEN}", "more than"),
    (f"was not answered within {TEN}", "more than"),
    (f"no response was sent within {TEN}", "more than"),
    (f"neglected to respond within {TEN}", "more than"),
    (f"had yet to respond within {TEN}", "more than"),
    (f"not within {TEN}", "more than"),
    ("not within the 10 working day target", "more than"),
    (f"exceeded {TEN}", "more than"),
    (f"exceeded its target of {TEN}", "more than"),
    (f"longer than {TEN}", "more than"),
    (f"beyond {TEN}", "more than"),
    (f"outside {TEN}", "more than"),
    ("just outside its 10 working day target", "more than"),
    ("exceeded the Code's 10 working day limit", "more than"),
    (f"in excess of {TEN}", "more than"),
    (f"later than {TEN} after receipt", "more than"),
    ("longer than the 10 working days allowed", "more than"),
    ("missed the 10 working day target", "more than"),
    ("did not meet its 10 working day target", "more than"),
    ("not in line with its 10 working day timescale", "more than"),
    # A limit that was kept.
    (f"answered within {TEN}", "at most"),
    ("answered within the 10-working-day target", "at most"),
    ("answered within its 10 working day target", "at most"),
    ("they answered within their 10-working-day target", "at most"),
    (f"within its timescale of {TEN}", "at most"),
    ("within its own 10 working day target", "at most"),
    (f"inside {TEN}", "at most"),
    (f"not later than {TEN}", "at most"),
    (f"no later than {TEN}", "at most"),
    (f"not more than {TEN}", "at most"),
    (f"did not exceed {TEN}", "at most"),
    (f"didn't exceed its target of {TEN}", "at most"),
    (f"no longer than {TEN}", "at most"),
    ("met its 10 working day target", "at most"),
    (f"not less than {TEN}", "at least"),
    # How long it took.
    (f"{TEN} after the complaint was made", "exactly"),
    (f"did not respond until {TEN} after the request", "exactly"),
    (f"no access on 13 October, a new visit after {TEN}", "exactly"),
    (f"not quite {TEN}", "nearly"),
    (f"approx. {TEN}", "about"),
]
OVER = [
    (f"{TEN} late", "exactly"),
    (f"{TEN} overdue", "exactly"),
    (f"{TEN} over its target", "exactly"),
    (f"{TEN} outside of the policy's timescale", "exactly"),
    (f"{TEN} after its deadline", "exactly"),
    (f"{TEN} after it was due", "exactly"),
    (f"{TEN} longer than it should have been", "exactly"),
    (f"late by {TEN}", "exactly"),
    (f"exceeded its target by {TEN}", "exactly"),
    (f"outside of its target timescale by {TEN}", "exactly"),
    (f"more than {TEN} late", "more than"),
    (f"late by more than {TEN}", "more than"),
]


@pytest.mark.parametrize(
    ("words", "bound", "kind"),
    [(*one, "elapsed") for one in READ] + [(*one, "overshoot") for one in OVER],
)
def test_the_words_around_a_figure_bound_it(words: str, bound: str, kind: str) -> None:
    assert said_in(words) == Said(Figure(10, "working_days", bound), kind)


UNCERTAIN = [
    f"should have been answered within {TEN}",
    f"it aims to respond within {TEN}",
    f"it would respond within {TEN}",
    f"it will respond within {TEN}",
    f"its policy says {TEN}",
    f"the response was due within {TEN}",
    f"it has to respond within {TEN}",
    f"it was asked to respond within {TEN}",
    f"it hoped to respond within {TEN}",
    f"it responds within {TEN}",
    f"it had {TEN} to respond",
    f"it allowed itself {TEN}",
    f"{TEN} or more",
    f"{TEN} at most",
    f"{TEN} and a half",
    f"{TEN} in breach of its policy",
    f"close to {TEN}",
    f"within the very first {TEN}",
    f"had not responded after {TEN}",
    "the 10 working day target",
    "the 10 working day target was not met",
    f"within {TEN} was not achieved",
    f"twice the {TEN}",
    f"between 5 and {TEN}",
    f"5 to {TEN}",
    f"5 - {TEN}",
    f"every {TEN}",
    f"extended by {TEN}",
    f"another {TEN}",
    f"sooner than {TEN}",
    f"was not {TEN} late",
    f"{TEN} early",
    f"{TEN} before its deadline",
    f"not about {TEN}",
    f"with no extension it responded within {TEN}",
    f"was not upheld by the response sent within {TEN}",
    f"did not only respond within {TEN}",
    f"it was not right that it never answered within {TEN}",
]


@pytest.mark.parametrize("words", UNCERTAIN)
def test_what_is_not_certain_is_asked_for(words: str) -> None:
    assert said_in(words) == (
        'the words do not say for certain how long it took: "10 working days" may be the time '
        'taken, a limit or a hope; add the key "states" and write what they come to: more than 10 '
        "working days, within 10 working days, 10 working days, in time or late"
    )


@pytest.mark.parametrize(
    "words", ["2.5 weeks", "1,000 days", "20-25 days", "20–25 days", "-5 days"]
)
def test_half_a_number_is_not_read(words: str) -> None:
    assert str(said_in(words)).startswith('the words contain no figure; add the key "states"')


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("thirteen days", 13, "days"),
        ("fourteen days", 14, "days"),
        ("eighteen working days", 18, "working_days"),
        ("nineteen weeks", 19, "weeks"),
        ("twenty one days", 21, "days"),
        ("twenty-nine days", 29, "days"),
        ("Thirty-One days", 31, "days"),
        ("a fortnight", 2, "weeks"),
        ("two fortnights", 4, "weeks"),
    ],
)
def test_numbers_in_words_reach_thirty_one(text: str, amount: int, unit: str) -> None:
    assert read_said(text) == Said(Figure(amount, unit), "elapsed")


@pytest.mark.parametrize(
    ("text", "bound", "kind"),
    [
        ("8 working days late", "exactly", "overshoot"),
        ("more than 8 working days late", "more than", "overshoot"),
        ("exceeded 8 working days", "more than", "elapsed"),
        ("not later than 8 working days", "at most", "elapsed"),
        ("within its 8 working day target", "at most", "elapsed"),
    ],
)
def test_states_takes_the_same_words(text: str, bound: str, kind: str) -> None:
    assert read_said(text) == Said(Figure(8, "working_days", bound), kind)


@pytest.mark.parametrize("text", ["did well in 8 working days", "8 working days, more or less"])
def test_states_takes_nothing_but_a_figure(text: str) -> None:
    assert read_said(text) is None


def test_a_long_letter_is_read_at_once() -> None:
    letter = "not that it did not provide any response within its own target of " * 200
    assert str(said_in(letter + TEN)).startswith("the words do not say for certain")
