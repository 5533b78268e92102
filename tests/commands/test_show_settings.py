"""Every setting of a check, and where it comes from."""

import json

from tests.helpers.command import Chcheck

# The lines are counted from 1, comments and blanks included.
CONFIG = """\
# of the office
landlord = "Sample Homes"
fail-on = "cannot-tell"
recorded = [
  "complaint received",
]

[severity]
"early-*" = "off"

[landlords."Borough of Alder"]
policy = "southwark"

[[accepted]]
complaint = "A1"
reason = "x"
approver = "y"
expires = 2030-01-01

[[accepted]]
complaint = "A2"
reason = "x"
approver = "y"
expires = 2030-01-01
"""
TOLD = {
    ("landlord", "Sample Homes", "chcheck.toml:2"),
    ("recorded", "complaint received", "chcheck.toml:4"),
    ("severity.early-*", "off", "chcheck.toml:9"),
    ("landlords.Borough of Alder.policy", "southwark", "chcheck.toml:12"),
    ("accepted.2.complaint", "A2", "chcheck.toml:21"),
    ("fail-on", "breach", "--fail-on (before chcheck.toml:3)"),
    ("as-at", "2026-03-31", "--as-at"),
    ("ignore", "stage-1-*, record/*", "--ignore"),
    ("nation", "england", "default"),
    ("show", "all", "default"),
    ("policy", "-", "default"),
    ("output", "json:x.json", "--output"),
}
WORDS = (
    *("x.yaml", "--fail-on", "breach", "--as-at", "2026-03-31", "--ignore", "stage-1-*"),
    *("--ignore", "record/*", "--output", "json:x.json", "--show-settings"),
)


def test_every_setting_is_printed_with_where_it_comes_from(chcheck: Chcheck) -> None:
    ran = chcheck(*WORDS, files={"chcheck.toml": CONFIG})
    assert (ran.code, ran.err) == (0, "")
    first, _, *rows, _, last = ran.out.splitlines()
    assert first == "Configuration: chcheck.toml"
    assert last.startswith("Options go before the configuration.")
    cells = {tuple(part.strip() for part in row.split("  ") if part.strip()) for row in rows}
    assert cells >= TOLD


def test_the_settings_as_json(chcheck: Chcheck) -> None:
    data = json.loads(chcheck(*WORDS, "--format", "json", files={"chcheck.toml": CONFIG}).out)
    assert data["configuration"]["path"] == "chcheck.toml"
    found = {one.pop("name"): one for one in data["settings"]}
    assert found["fail-on"] == {
        "value": "breach",
        "from": "command line",
        "option": "--fail-on",
        "line": 3,
    }
    assert found["severity.early-*"] == {
        "value": "off",
        "from": "configuration",
        "option": None,
        "line": 9,
    }
    assert found["summary"] == {"value": False, "from": "default", "option": None, "line": None}


def test_a_table_of_pyproject_has_lines_too(chcheck: Chcheck) -> None:
    text = '[project]\npolicy = "x"\n\n[tool.chcheck]\npolicy = "luton"\n'
    ran = chcheck("x.yaml", "--show-settings", files={"pyproject.toml": text})
    assert "luton" in ran.out
    assert "pyproject.toml:5" in ran.out


def test_without_a_configuration_everything_is_the_default(chcheck: Chcheck) -> None:
    ran = chcheck("x.yaml", "--show-settings")
    assert ran.out.startswith("Configuration: none\n")
    rows = ran.out.splitlines()[2:-2]
    assert all(row.endswith("default") for row in rows)


def test_a_mistake_in_the_configuration_is_named(chcheck: Chcheck) -> None:
    ran = chcheck("x.yaml", "--show-settings", files={"chcheck.toml": 'landlrod = "x"\n'})
    assert (ran.code, ran.out) == (2, "")
    assert '"landlrod" is not a key; did you mean "landlord"?' in ran.err
