"""What an input says is no command to a log, and turns no writing, in any format."""

import json
import re

import pytest

from tests.helpers.command import Chcheck
from timeliness.model.clean import as_json, no_command, one_line, printable, safe_cell
from timeliness.write.formats import FORMATS

NASTY = "X ##vso[task.setvariable variable=a]b ##[error]c"
TURNED = "T\u200eu\u200fr\u061cn"
CASE = f"""\
complaint: "{NASTY}"
landlord: "{TURNED}"
as_at: 2025-06-30
events:
  - {{date: 2025-03-03, event: complaint received, note: "{NASTY}"}}
  - 2025-03-20 complaint acknowledged
"""
EXPORT = f"""\
Ref,Team,Landlord,Received,Acknowledged
{NASTY},{NASTY},{TURNED},2025-03-03,2025-03-20
::error::ref2,"a
::error::b",{TURNED},2025-03-03,2025-03-20
"""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("file", ["c.yaml", "e.csv"])
def test_no_format_has_a_command_or_a_mark_of_direction(
    chcheck: Chcheck, name: str, file: str
) -> None:
    files = {"c.yaml": CASE, "e.csv": EXPORT}
    ran = chcheck(file, "--as-at", "2025-06-30", "--format", name, files=files)
    assert ran.code == 1
    for told in (ran.out, ran.err):
        assert not re.search(r"##(vso)?\[", told)
        assert not re.search("[\u061c\u200e\u200f]", told)
        lines = [line for line in told.splitlines() if line.lstrip().startswith("::")]
        if name != "github":
            assert lines == []
        assert not [line for line in lines if line.startswith(("::error::ref2", "::error::b"))]


def test_a_file_with_such_a_name_is_told_safely(chcheck: Chcheck) -> None:
    ran = chcheck("##vso[x]y.yaml", files={"##vso[x]y.yaml": "complaint: [a\n"})
    assert ran.code == 2
    assert ran.err.startswith("## vso[x]y.yaml:")


def test_json_says_the_same_as_before() -> None:
    data = {NASTY: [TURNED, "##VSO[", "\u202e\u2066\x7f\u2028", "# #[ ##"]}
    text = as_json(data)
    assert json.loads(text) == data
    assert r"X #\u0023vso[task" in text
    assert r"T\u200eu\u200fr\u061cn" in text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("##vso[a]", "## vso[a]"),
        ("a ##VSO[b] ##[c]", "a ## VSO[b] ## [c]"),
        ("## [a]", "## [a]"),
        ("#12", "#12"),
        ("\u200e\u200f\u061c", "<U+200E><U+200F><U+061C>"),
        ("a::b", "a::b"),
    ],
)
def test_how_a_text_is_made_safe(text: str, safe: str) -> None:
    assert printable(text) == safe
    assert one_line(text) == safe
    assert no_command(text) == safe
    assert safe_cell(text) == safe
    # What is safe stays as it is, so that a baseline is found again.
    assert safe_cell(safe) == safe


def test_no_line_of_a_cell_is_a_command() -> None:
    assert safe_cell("::error::a\n  ::b\nc::d") == ": :error::a\n  : :b\nc::d"


def test_a_breach_of_such_a_reference_is_known_by_its_baseline(chcheck: Chcheck) -> None:
    words = ("e.csv", "--as-at", "2025-06-30")
    assert chcheck(*words, "--write-baseline", "b.csv", files={"e.csv": EXPORT}).code == 1
    assert chcheck(*words, "--baseline", "b.csv").code == 0
