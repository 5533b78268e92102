"""`chcheck schema`: accepts what the readers accept, and refuses the usual mistakes."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.helpers.command import Chcheck
from tests.read.test_one_line import READ
from timeliness import load_rulebooks
from timeliness.judge.editions import vocabulary_of
from timeliness.write.schema import timeline_schema

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


_MADE: dict[tuple[str, ...], Draft202012Validator] = {}


def validator(chcheck: Chcheck, *words: str) -> Draft202012Validator:
    if words not in _MADE:
        schema = json.loads(chcheck("schema", *words).out)
        Draft202012Validator.check_schema(schema)
        _MADE[words] = Draft202012Validator(schema)
    return _MADE[words]


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


# The one-line form ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def timelines() -> Draft202012Validator:
    vocabulary = vocabulary_of(load_rulebooks().rulebooks.values())
    return Draft202012Validator(timeline_schema(vocabulary.kinds))


def wrong(check: Draft202012Validator, *events: object, **more: object) -> list[str]:
    """Return which events are marked, by their places."""
    data = {"complaint": "C", "events": list(events), **more}
    return sorted({"/".join(map(str, one.absolute_path)) for one in check.iter_errors(data)})


def test_the_mistakes_of_a_line_are_marked(timelines: Draft202012Validator) -> None:
    lines = (
        "3 Mar 2025 complaint recieved",
        "03/04/2025 acknowledged",
        "2025-02-30 acknowledged",
        "2025-13-01 acknowledged",
        "nonsense",
        "acknowledged",
        "2025-03-05",
        "stage 1 response 2025-03-05",
    )
    assert wrong(timelines, *lines) == [f"events/{at}" for at in range(len(lines))]
    long = {"date": "2025-02-30", "event": "stage 1 respones"}
    assert wrong(timelines, long) == ["events/0/date", "events/0/event"]


def test_what_a_line_may_be_depends_on_the_timeline(timelines: Draft202012Validator) -> None:
    assert wrong(timelines, "03/04/2025 acknowledged", dates="uk") == []
    # A rulebook of one's own may declare any event.
    for more in ({"policy": "./ours.yaml"}, {"rules": ["housing-ombudsman", "b.yml"]}):
        assert wrong(timelines, "2025-04-03 lift inspected", **more) == []
    assert wrong(timelines, "2025-04-03 lift inspected", policy="luton") == ["events/0"]


def test_no_line_that_is_read_is_marked(timelines: Draft202012Validator) -> None:
    # What the tests of the reader say is read, in order.
    lines = list(READ)
    marked = [lines[int(place.partition("/")[2])] for place in wrong(timelines, *lines)]
    assert marked == []


def test_every_name_of_an_event_is_right_in_any_form(timelines: Draft202012Validator) -> None:
    kinds = vocabulary_of(load_rulebooks().rulebooks.values()).kinds
    names = [name for kind in kinds for name in (kind.name, *kind.aliases)]
    lines = [f"1st of April 2025 at 4.30pm: {name.upper()}, by letter" for name in names]
    lines += [f"2025-04-01T09:30Z {name.title().replace(' ', '-')}" for name in names]
    lines += [f"2025-04/.. {name.replace(' ', '_')} (letter)" for name in names]
    long = [{"date": "unknown", "event": name.replace("1", "One")} for name in names]
    assert wrong(timelines, *lines, *long) == []


# The configuration and the report ---------------------------------------------------------------


def as_text(value: object) -> object:
    """Return the data of TOML with its days as texts, as editors take them."""
    if isinstance(value, dict):
        return {name: as_text(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def test_every_configuration_of_the_documentation_fits(chcheck: Chcheck) -> None:
    check = validator(chcheck, "config")
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    texts = [text for page in pages for text in TOML.findall(page.read_text(encoding="utf-8"))]
    texts += [path.read_text(encoding="utf-8") for path in ROOT.glob("samples/**/*.toml")]
    assert len(texts) >= 3
    for text in texts:
        data = tomllib.loads(text)
        data = data.get("tool", {}).get("chcheck", data)
        assert [error.message for error in check.iter_errors(as_text(data))] == [], text


@pytest.mark.parametrize(
    "text",
    [
        'landlrod = "x"',
        'fail-on = "all"',
        "policy = 3",
        "[floors]\nstage-1-response = 95",
        '[severity]\nstage-1-response = "fatal"',
        '[landlords."A"]\npolcy = "luton"',
        '[[accepted]]\ncomplaint = "A1"',
        '[stages]\n"First" = 4',
        'policy = "luton"\nrules = ["luton"]',
        "allow-empty = 'yes'",
    ],
)
def test_a_mistake_in_a_configuration_is_refused(chcheck: Chcheck, text: str) -> None:
    data = as_text(tomllib.loads(text))
    assert not validator(chcheck, "config").is_valid(data)
    # The reader refuses it as well.
    ran = chcheck("x.yaml", "--show-settings", files={"chcheck.toml": text})
    assert ran.code == 2


def test_every_gold_report_is_a_report(chcheck: Chcheck) -> None:
    check = validator(chcheck, "report")
    paths = sorted((ROOT / "tests/gold").glob("*.json"))
    assert len(paths) >= 2
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        assert [error.message for error in check.iter_errors(data)] == [], path
        assert not check.is_valid({**data, "as_at": "today"})


@pytest.mark.parametrize("what", ["timeline", "rulebook", "config", "report"])
def test_each_schema_has_a_name_of_its_own(chcheck: Chcheck, what: str) -> None:
    schema = validator(chcheck, what).schema
    assert (schema["$id"], schema["title"]) == (f"urn:chcheck:schema:{what}", f"chcheck {what}")


def test_a_new_timeline_names_the_file_of_the_schema(chcheck: Chcheck) -> None:
    line = "# yaml-language-server: $schema=chcheck-timeline.schema.json"
    assert line in chcheck("new").out.splitlines()
