"""A mistake carries its parts as fields, and joins them in one way."""

from datetime import date

from timeliness.model.errors import VALUE, DateError, Hint, InputError, Mistake, hint


def test_a_mistake_joins_its_parts() -> None:
    one = Mistake("case.yaml", 3, f"{VALUE} is not a key of an event", value="untill")
    assert str(one) == 'case.yaml:3: "untill" is not a key of an event'
    near = Mistake(
        "case.yaml",
        3,
        f"{VALUE} is not an event",
        key="treated_as",
        value="enquiri",
        hint=Hint("`chcheck events` lists them all", "intermediary enquiry"),
    )
    assert near.sentence == (
        'treated_as: "enquiri" is not an event; did you mean "intermediary enquiry"?'
    )
    row = Mistake("a.csv", 0, "there is no reference", column="Ref", reference="A1")
    assert row.sentence == "there is no reference"
    assert row.says == 'complaint A1: column "Ref": there is no reference'
    assert str(row) == 'a.csv: complaint A1: column "Ref": there is no reference'


def test_a_hint_without_a_name_says_what_else_to_do() -> None:
    names = ["stage-1-response", "stage-2-response"]
    assert str(hint("stage-1-responce", names, "see the list")) == (
        'did you mean "stage-1-response"?'
    )
    assert str(hint("repair", names, "see the list")) == "see the list"
    assert hint("Good Reason", ["good_reason"], form=lambda text: text.lower()[:4]).meant == (
        "good_reason"
    )
    # Alike in 3 of 4 letters, which is enough at 0.75 and not above.
    assert hint("abcd", ["abce"], cutoff=0.75).meant == "abce"
    assert hint("abcd", ["abce"], cutoff=0.76).meant == ""


def test_mistakes_stand_by_place_and_each_once() -> None:
    later = Mistake("a.csv", 12, "one", as_at=date(2025, 4, 3))
    by_column = [Mistake("a.csv", 2, "one", column=name) for name in ("A", "B")]
    error = InputError([later, *reversed(by_column), later, Mistake("a.csv", 2, "two")])
    assert [(one.line, one.column, one.what) for one in error.mistakes] == [
        (2, "", "two"),
        (2, "A", "one"),
        (2, "B", "one"),
        (12, "", "one"),
    ]


def test_a_date_says_alone_what_is_wrong_without_a_file() -> None:
    error = DateError(
        f"{VALUE} reads two ways; write one", "03/04/2025", in_a_file=", or put a key"
    )
    assert error.alone == '"03/04/2025" reads two ways; write one'
    assert str(error) == '"03/04/2025" reads two ways; write one, or put a key'
