"""Statements, and the policy against the Code, in the text and JSON of a case."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from timeliness import check, load_rulebooks, load_timelines
from timeliness.judge.editions import vocabulary_of
from timeliness.model.report import Report
from timeliness.write.formats import Options
from timeliness.write.json import write_json
from timeliness.write.schema import Schema, rulebook_schema, timeline_schema
from timeliness.write.text import write_text

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples" / "determinations"
POLICIES = ROOT / "tests" / "judge" / "policies"


@pytest.fixture(scope="module")
def luton() -> Report:
    return check(*load_timelines(SAMPLES / "luton-202229082.yaml"))


def test_the_text_tells_each_statement_with_its_outcome(luton: Report) -> None:
    text = write_text(luton, Options())
    assert (
        '  * RIGHT ONLY IF COUNTED DIFFERENTLY: "25 working days from the escalation\n'
        '      date" (ombudsman, Complaint handling 6)\n'
        "    It is 26 working days from the request on 3 November 2022 to the stage 2\n"
        "    response on 9 December 2022. From the acknowledgement on 4 November 2022 it\n"
        "    is 25 working days. 25 working days is right from the acknowledgement on 4\n"
        "    November 2022.\n"
    ) in text
    assert '"13 working days after the complaint was made"' in text


def test_only_what_is_not_right_is_shown_among_problems(luton: Report) -> None:
    text = write_text(luton, Options(show="problems"))
    assert '"25 working days from the escalation' in text
    assert '"13 working days after the complaint was made"' not in text


def test_the_text_tells_shortly_where_the_policy_falls_short(luton: Report) -> None:
    text = write_text(luton, Options())
    assert (
        "THE POLICY COMPARED WITH THE CODE\n"
        "  * Stage 1 response: limit (2022 Code 5.1): weaker: 15 working days; the Code\n"
        "    allows 10 (5 fewer).\n"
        "  * Stage 2 response: limit (2022 Code 5.13): weaker: 25 working days; the Code\n"
        "    allows 20 (5 fewer).\n"
        "  * Not stated in the policy: Stage 1 response: start, Stage 1 response:\n"
        "    extension, Stage 2 response: start, Stage 2 response: extension, Stage\n"
        "    before stage 1.\n"
        "    In full: chcheck policy luton-2022\n"
    ) in text


def test_the_json_holds_both(luton: Report) -> None:
    (complaint,) = json.loads(write_json(luton, Options()))["complaints"]
    statement = next(one for one in complaint["statements"] if "25 working" in one["words"])
    assert statement == {
        "line": statement["line"],
        "words": "25 working days from the escalation date",
        "by": "ombudsman",
        "source": "Complaint handling 6",
        "about": "stage 2 response",
        "states": "25 working days",
        "outcome": "right-on-another-reading",
        "would_be": "26 working days",
        "readings": ["from the acknowledgement on 4 November 2022"],
        "says": statement["says"],
    }
    weaker = [one for one in complaint["policy_points"] if one["standing"] == "weaker"]
    assert [(one["clause"], one["aspect"]) for one in weaker] == [
        ("5.1", "limit"),
        ("5.13", "limit"),
    ]


def schema_of_timelines() -> Schema:
    return timeline_schema(vocabulary_of(load_rulebooks().rulebooks.values()).kinds)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_takes_the_statements_of_the_samples(path: Path) -> None:
    for document in yaml.load_all(path.read_text(encoding="utf-8"), yaml.BaseLoader):
        jsonschema.validate(document, schema_of_timelines())


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "rules").rglob("*.yaml")), *sorted(POLICIES.glob("*.yaml"))],
    ids=lambda path: path.stem,
)
def test_the_schema_takes_every_procedure(path: Path) -> None:
    document = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    procedure = rulebook_schema()["properties"]["procedure"]
    jsonschema.validate(document.get("procedure", {}), procedure)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ({"words": "x", "kind": "overshot"}, "'overshot' is not one of"),
        ({"states": "7 days"}, "'words' is a required property"),
        ({"words": "x", "form": "received"}, "Additional properties are not allowed"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(statement: object, says: str) -> None:
    schema = schema_of_timelines()["$defs"]["timeline"]["properties"]["statements"]
    with pytest.raises(jsonschema.ValidationError) as caught:
        jsonschema.validate([statement], schema)
    assert says in str(caught.value)
