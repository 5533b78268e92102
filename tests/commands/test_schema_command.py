"""`chcheck schema`: accepts what the readers accept, and refuses the usual mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.helpers.command import Chcheck

ROOT = Path(__file__).parent.parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").rglob("*.yaml") if path.name != "broken.yaml")
RULEBOOKS = sorted((ROOT / "rules").rglob("*.yaml"))


class AsWritten(yaml.SafeLoader):
    """Reads dates as text, as an editor with a schema does."""


AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def documents(path: Path) -> list[Any]:
    return list(yaml.load_all(path.read_text(encoding="utf-8"), Loader=AsWritten))


def validator(chcheck: Chcheck, *words: str) -> Draft202012Validator:
    schema = json.loads(chcheck("schema", *words).out)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_sample_is_a_timeline(chcheck: Chcheck) -> None:
    check = validator(chcheck)
    assert len(SAMPLES) >= 8
    for path in SAMPLES:
        for document in documents(path):
            errors = [error.message for error in check.iter_errors(document)]
            assert not errors, path


def test_every_shipped_rulebook_is_a_rulebook(chcheck: Chcheck) -> None:
    check = validator(chcheck, "rulebook")
    assert len(RULEBOOKS) >= 6
    for path in RULEBOOKS:
        for document in documents(path):
            errors = [error.message for error in check.iter_errors(document)]
            assert not errors, path


def test_the_broken_sample_is_no_timeline(chcheck: Chcheck) -> None:
    (broken,) = documents(ROOT / "samples/broken.yaml")
    assert not validator(chcheck).is_valid(broken)


GOOD: dict[str, Any] = {
    "complaint": "C",
    "events": [
        "2025-03-03 complaint received",
        {"date": "2025-03-10", "event": "stage 1 extended", "until": "2025-03-31"},
    ],
}


@pytest.mark.parametrize(
    "change",
    [
        {"landlrod": "Sample Homes"},
        {"nation": "france"},
        {"record": "whole"},
        {"dates": "us"},
        {"events": []},
        {"events": "2025-03-03 complaint received"},
        {"events": [{"date": "2025-03-10", "event": "stage 1 extended", "untill": "2025-03-31"}]},
        {"events": [{"date": "2025-03-10"}]},
        {"events": [{"date": "2025-03-10", "event": "update", "evidence": "rumour"}]},
        {"events": [{"date": "2025-03-10", "event": "stage 1 response", "includes": ["stages"]}]},
        {"complaint": None},
    ],
)
def test_a_mistake_is_refused(chcheck: Chcheck, change: dict[str, Any]) -> None:
    check = validator(chcheck)
    assert check.is_valid(GOOD)
    assert check.is_valid([GOOD, GOOD])
    assert not check.is_valid({**GOOD, **change})


@pytest.mark.parametrize(
    "event",
    [
        {"date": ["2025-03-10", "2025-03-11"], "event": "update"},
        {"date": "2025-03-10", "event": "commitment", "within": "2 weeks"},
        {"date": "2025-03-10", "event": "commitment", "within": {"working_days": 2}},
        {"date": "2025-03-10", "event": "stage 1 response", "includes": "decision"},
    ],
)
def test_every_form_that_is_read_is_accepted(chcheck: Chcheck, event: dict[str, Any]) -> None:
    assert validator(chcheck).is_valid({**GOOD, "events": [event]})


@pytest.mark.parametrize("missing", ["complaint", "events"])
def test_what_is_needed_is_asked_for(chcheck: Chcheck, missing: str) -> None:
    assert not validator(chcheck).is_valid(
        {key: value for key, value in GOOD.items() if key != missing}
    )


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("standard",), "law"),
        (("counting",), "weekdays"),
        (("checkd",), "2025-01-01"),
        (("rules", 0, "duty"), "may"),
        (("rules", 0, "provenance"), "heard"),
        (("rules", 0, "clock", "limit"), {"working_days": 0}),
        (("rules", 0, "clock", "limit"), {"working_days": 5, "weeks": 1}),
        (("rules", 0, "clock", "limit"), {"fortnights": 1}),
        (("rules", 0, "clock", "stopp"), "stage 1 response"),
        (("rules", 1, "clock", "extension"), "unknown"),
    ],
)
def test_a_mistake_in_a_rulebook_is_refused(
    chcheck: Chcheck, place: tuple[str | int, ...], value: object
) -> None:
    check = validator(chcheck, "rulebook")
    (book,) = documents(ROOT / "rules/housing-ombudsman/2024.yaml")
    assert check.is_valid(book)
    inner = book
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert not check.is_valid(book)
