"""The JSON, against the schema of what is promised (docs/json.md), with no key beside those."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.helpers.command import Chcheck
from timeliness import __version__
from timeliness.write.report_schema import report_schema

ROOT = Path(__file__).parent.parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").rglob("*.yaml") if path.name != "broken.yaml")

Schema = dict[str, Any]


def closed(schema: Any) -> Any:
    """Return a schema in which no object has a key that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if "properties" in made and isinstance(made.get("required"), list):
        made.setdefault("additionalProperties", False)
    return made


REPORT = closed(report_schema())


TIMELINES = [str(path) for path in sorted((ROOT / "samples").rglob("*.yaml"))]


def validate(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft202012Validator(REPORT).iter_errors(data)
    ]
    assert not errors
    assert data["chcheck"] == __version__
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
