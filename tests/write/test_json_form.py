"""The JSON, held against a schema of what is promised of it (docs/json.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.helpers.command import Chcheck
from timeliness import __version__
from timeliness.model.findings import REASONS

ROOT = Path(__file__).parent.parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").rglob("*.yaml") if path.name != "broken.yaml")

Schema = dict[str, Any]


def record(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
LINE: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
SPAN = or_null(record(earliest=or_null(DAY), latest=or_null(DAY)))
RANGE = or_null(record(least=NUMBER, most=or_null(NUMBER)))
VERDICT: Schema = {"enum": ["met", "breach", "pending", "cannot-tell", "not-applicable"]}
REASON: Schema = {"enum": list(REASONS)}
STANDARD: Schema = {"enum": ["code", "policy", "promise", "order", "record"]}
SERIES = TEXT

FILE = record(path=NAME, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"})
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d$"}
MOMENTS = or_null(record(earliest=MOMENT, latest=MOMENT))
READING = record(
    ("counting", "due_at", "done_at", "hours"),
    **{"from": NAME},
    counting={"enum": ["day-after", "same-day"]},
    rulebook=NAME,
    clause=NAME,
    decides={"type": "boolean"},
    start=SPAN,
    due=SPAN,
    done=SPAN,
    verdict=VERDICT,
    reason=REASON,
    working_days=RANGE,
    late_by=RANGE,
    due_at=MOMENTS,
    done_at=MOMENTS,
    hours=RANGE,
)
# A promise or an order stands in no rulebook.
FINDING = record(
    optional=("count",),
    rule=NAME,
    episode={"type": "integer", "minimum": 1},
    rulebook=TEXT,
    standard=STANDARD,
    series=SERIES,
    clause=TEXT,
    duty={"enum": ["must", "should"]},
    verdict=VERDICT,
    reason=REASON,
    start=SPAN,
    due=SPAN,
    done=SPAN,
    working_days=RANGE,
    late_by=RANGE,
    days_late=RANGE,
    extensions=many(record(told=SPAN, until=SPAN, line=LINE)),
    readings=many(READING),
    provenance={"enum": ["quoted", "reported", "unverified", "recorded"]},
    says=NAME,
    settled_by=or_null(record(says=NAME, add=NAME)),
    due_in=RANGE,
    projected={"type": "boolean"},
    count=many(record(day=DAY, number=or_null(NUMBER), why=NAME)),
)
STATEMENT = record(
    line=LINE,
    words=NAME,
    by=TEXT,
    source=TEXT,
    about=TEXT,
    states=TEXT,
    outcome={"enum": ["right", "right-on-another-reading", "wrong", "not-checkable"]},
    would_be=TEXT,
    readings=many(NAME),
    says=NAME,
)
POLICY_POINT = record(
    rule=NAME,
    policy=NAME,
    code=NAME,
    clause=TEXT,
    aspect=NAME,
    duty={"enum": ["must", "should"]},
    standing={"enum": ["same", "stricter", "weaker", "unsaid", "lacking"]},
    counts_as={"enum": ["met", "breach", "cannot-tell", "not-followed"]},
    provenance=TEXT,
    says=NAME,
)
LIMIT = {"standard": STANDARD, "series": SERIES, "rule": NAME, "title": NAME}
SHARE: Schema = or_null({"type": "number", "minimum": 0, "maximum": 1})
SHARES = many(
    record(**LIMIT, in_time=SHARE, at_worst=SHARE, met=NUMBER, breach=NUMBER, cannot_tell=NUMBER)
)
COUNTS: dict[str, Schema] = {
    "met": NUMBER,
    "breach": NUMBER,
    "pending": NUMBER,
    "cannot-tell": NUMBER,
    "not-applicable": NUMBER,
    "not-followed": NUMBER,
}
GROUP = record(
    by=NAME,
    group=or_null(NAME),
    complaints=NUMBER,
    with_a_breach=NUMBER,
    cannot_be_decided=NUMBER,
    verdicts=many(record(**LIMIT, **COUNTS)),
    shares=SHARES,
)
REPORT = record(
    ("today", "tables", "shares", "periods", "groups", "received", "gate"),
    chcheck={"const": __version__},
    as_at=DAY,
    today=DAY,
    calendar=record(nation=TEXT, counting=TEXT, horizon=DAY, source=NAME),
    options=or_null({"type": "object", "required": ["paths"]}),
    inputs=many(FILE),
    tables=many(record(path=NAME, columns=many(record(column=NAME, holds=NAME)))),
    configuration=or_null(
        record(
            ("non_working_days",),
            **FILE["properties"],
            non_working_days=many(record(date=DAY, says=NAME, source=NAME, nations=many(NAME))),
        )
    ),
    baseline=or_null(FILE),
    rulebooks=many(
        record(
            id=NAME,
            title=NAME,
            standard=STANDARD,
            series=NAME,
            path=or_null(NAME),
            sha256=FILE["properties"]["sha256"],
        )
    ),
    complaints=many(
        record(
            ("carried",),
            complaint=NAME,
            landlord=TEXT,
            nation={"enum": ["england", "wales", "scotland", "northern-ireland"]},
            record={"enum": ["complete", "partial"]},
            as_at=DAY,
            findings=many(FINDING),
            not_examined=many(
                record(
                    rule=NAME,
                    rulebook=NAME,
                    standard=STANDARD,
                    series=SERIES,
                    clause=TEXT,
                    says=NAME,
                )
            ),
            statements=many(STATEMENT),
            policy_points=many(POLICY_POINT),
            problems=many(record(line=LINE, says=NAME)),
            notes=many(NAME),
            carried={"type": "object", "additionalProperties": TEXT},
        )
    ),
    unchecked=many(record(path=NAME, line=LINE, says=NAME)),
    summary=record(**COUNTS),
    received=NAME,
    shares=SHARES,
    periods=many(record(month_due={"type": "string", "pattern": r"^\d{4}-\d\d$"}, shares=SHARES)),
    groups=many(GROUP),
    gate=many(record(weight={"enum": ["error", "warning", "notice"]}, says=NAME)),
)


TIMELINES = [str(path) for path in sorted((ROOT / "samples").rglob("*.yaml"))]


def validate(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft202012Validator(REPORT).iter_errors(data)
    ]
    assert not errors
    return data


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(REPORT)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("more", [(), ("--explain",)])
def test_a_sample_is_written_in_the_form_promised(
    chcheck: Chcheck, path: Path, more: tuple[str, ...]
) -> None:
    data = validate(chcheck(str(path), "--format", "json", *more).out)
    findings = [finding for case in data["complaints"] for finding in case["findings"]]
    assert findings
    assert all(("count" in finding) == bool(more) for finding in findings)
    # What the summary counts are the findings.
    for verdict in ("met", "breach", "pending", "cannot-tell", "not-applicable"):
        assert data["summary"][verdict] == sum(one["verdict"] == verdict for one in findings)
    assert len(data["inputs"]) == 1


def test_a_range_is_no_less_at_its_end_and_a_span_no_earlier(chcheck: Chcheck) -> None:
    data = validate(chcheck(*TIMELINES, "--format", "json").out)
    for case in data["complaints"]:
        for finding in case["findings"]:
            for one in [finding, *finding["readings"]]:
                for name in ("start", "due", "done"):
                    span = one[name]
                    if span and span["earliest"] and span["latest"]:
                        assert span["earliest"] <= span["latest"]
                for name in ("working_days", "late_by"):
                    if one[name] and one[name]["most"] is not None:
                        assert one[name]["least"] <= one[name]["most"]


def test_what_could_not_be_read_stands_in_it(chcheck: Chcheck) -> None:
    ran = chcheck(*TIMELINES, "missing.yaml", "--format", "json")
    assert ran.code == 2
    data = validate(ran.out)
    assert {one["path"].rpartition("/")[2] for one in data["unchecked"]} == {
        "broken.yaml",
        "missing.yaml",
    }
    assert len(data["complaints"]) == len(SAMPLES) + 1


def test_the_input_is_identified_by_its_bytes(chcheck: Chcheck) -> None:
    from hashlib import sha256

    text = "complaint: C\nas_at: 2025-04-04\nevents: [2025-04-03 complaint received]\n"
    ran = chcheck("case.yaml", "--format", "json", files={"case.yaml": text})
    assert validate(ran.out)["inputs"] == [
        {"path": "case.yaml", "sha256": sha256(text.encode()).hexdigest()}
    ]


def test_letters_of_any_language_stand_as_they_are(chcheck: Chcheck) -> None:
    text = "complaint: C\nlandlord: Tŷ Cymru\nevents: [2025-04-03 complaint received]\n"
    ran = chcheck("case.yaml", "--format", "json", files={"case.yaml": text})
    assert '"landlord": "Tŷ Cymru"' in ran.out


def test_a_table_has_the_figures_of_its_summary(chcheck: Chcheck) -> None:
    table = (
        "Ref,Received,Acknowledged,Stage 1 response,Team\n"
        "A,2025-06-02,2025-06-03,2025-06-17,North\nB,2025-06-02,2025-06-03,,\n"
    )
    asked = ("--by", "team", "--from", "2025-06-01", "--to", "2025-06-30")
    ran = chcheck(
        *("e.csv", "--as-at", "2025-07-01", "--format", "json", *asked), files={"e.csv": table}
    )
    data = validate(ran.out)
    assert {"shares", "periods", "groups", "received"} <= data.keys()
    # What the groups count is what the summary counts.
    for verdict, number in data["summary"].items():
        held = sum(one[verdict] for group in data["groups"] for one in group["verdicts"])
        assert held == number, verdict
