"""Every report names and hashes what decides it."""

from __future__ import annotations

import html
import json
import re
from hashlib import sha256
from pathlib import Path

import holidays
import pytest

from tests.helpers.command import Chcheck
from timeliness import __version__
from timeliness.commands.check import check_command
from timeliness.model.errors import UsageError
from timeliness.model.given import Given

ROOT = Path(__file__).parent.parent.parent
CODE_2024 = ROOT / "rules" / "housing-ombudsman" / "2024.yaml"
LUTON = ROOT / "rules" / "landlords" / "luton" / "2022.yaml"
CASE = """complaint: C-2
policy: ./pol.yaml
as_at: 2025-11-28
events:
  - 2025-10-31 complaint received
  - 2025-11-03 acknowledged
"""


def own_policy(days: int) -> str:
    """Return a policy of one's own, with that limit of its stage 1 response."""
    text = LUTON.read_text("utf-8").replace("id: luton-2022", "id: mine-2022")
    text = re.sub(r"(?m)^series: .*", "series: mine", text)
    return text.replace("working_days: 15", f"working_days: {days}", 1)


def digest(text: str | bytes) -> str:
    return sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def test_the_json_names_and_hashes_all_that_decides_it(chcheck: Chcheck) -> None:
    config = 'nation = "england"\n'
    known = "landlord,complaint,standard,rule\n"
    files = {
        "c2.yaml": CASE,
        "pol.yaml": own_policy(15),
        "chcheck.toml": config,
        "known.csv": known,
    }
    ran = chcheck("c2.yaml", "--baseline", "known.csv", "--format", "json", files=files)
    data = json.loads(ran.out)
    assert data["chcheck"] == __version__
    assert data["calendar"]["source"] == f"holidays {holidays.__version__}"
    assert data["options"] == {"paths": ["c2.yaml"], "baseline": "known.csv"}
    assert data["inputs"] == [{"path": "c2.yaml", "sha256": digest(CASE)}]
    assert data["configuration"] == {"path": "chcheck.toml", "sha256": digest(config)}
    assert data["baseline"] == {"path": "known.csv", "sha256": digest(known)}
    books = {one["id"]: (one["path"], one["sha256"]) for one in data["rulebooks"]}
    assert books == {
        "housing-ombudsman-2024": (None, digest(CODE_2024.read_bytes())),
        "mine-2022": ("pol.yaml", digest(own_policy(15))),
    }
    assert "today" not in data
    assert "tables" not in data


def test_a_changed_policy_shows_in_the_head(chcheck: Chcheck) -> None:
    heads = []
    for days in (15, 18):
        ran = chcheck(
            "c2.yaml",
            "--format=json",
            files={"c2.yaml": CASE, "pol.yaml": own_policy(days)},
        )
        heads.append({one["id"]: one["sha256"] for one in json.loads(ran.out)["rulebooks"]})
    assert heads[0]["mine-2022"] != heads[1]["mine-2022"]
    assert heads[0]["housing-ombudsman-2024"] == heads[1]["housing-ombudsman-2024"]


def test_today_is_named_only_where_it_decides(chcheck: Chcheck) -> None:
    open_case = CASE.replace("as_at: 2025-11-28\n", "").replace("policy: ./pol.yaml\n", "")
    ran = chcheck("c.yaml", "--format=json", files={"c.yaml": open_case})
    data = json.loads(ran.out)
    assert data["today"] == data["as_at"]
    ran = chcheck("c.yaml", "--format=json", "--as-at=2025-11-28")
    data = json.loads(ran.out)
    assert "today" not in data
    assert data["options"] == {"paths": ["c.yaml"], "as_at": "2025-11-28"}


def test_a_table_names_how_its_columns_were_read(chcheck: Chcheck) -> None:
    table = "Ref,Received,Acknowledged,Team\nA,2025-03-03,2025-03-05,North\n"
    words = ("t.csv", "--as-at=2025-05-30", "--format=json")
    data = json.loads(chcheck(*words, files={"t.csv": table}).out)
    assert data["inputs"] == [{"path": "t.csv", "sha256": digest(table)}]
    (read,) = data["tables"]
    assert read["path"] == "t.csv"
    assert [one["column"] for one in read["columns"]] == ["Ref", "Received", "Acknowledged", "Team"]
    assert read["columns"][1]["holds"] == "complaint received"


def test_the_page_says_it_and_holds_the_same_head(chcheck: Chcheck, tmp_path: Path) -> None:
    files = {"c2.yaml": CASE, "pol.yaml": own_policy(15)}
    ran = chcheck("c2.yaml", "--output=html:o.html", "--format=json", files=files)
    page = (tmp_path / "o.html").read_text("utf-8")
    (held,) = re.findall('<meta name="chcheck-report" content="([^"]*)">', page)
    data = json.loads(ran.out)
    head = json.loads(html.unescape(held))
    assert head == {name: data[name] for name in head}
    assert list(head) == list(data)[: len(head)]
    hashed = digest(own_policy(15))
    assert f"<code>{hashed[:12]}<span>{hashed[12:]}</span></code>" in page
    assert "<dt>Command</dt><dd>chcheck c2.yaml</dd>" in page


def test_text_says_it_when_asked(chcheck: Chcheck) -> None:
    files = {"c 2.yaml": CASE, "pol.yaml": own_policy(15)}
    plain = chcheck("c 2.yaml", files=files).out
    assert "RESTS ON" not in plain
    told = " ".join(chcheck("c 2.yaml", "--explain").out.partition("RESTS ON")[2].split())
    assert 'Command: chcheck "c 2.yaml" --explain' in told
    assert f"Input: c 2.yaml (SHA-256 {digest(CASE)[:12]})" in told
    assert f"(SHA-256 {digest(own_policy(15))[:12]})" in told


TABLE = "Ref,Received,Acknowledged,Answered\nA,2025-04-03,2025-04-07,2025-04-10\n"
LAST = TABLE.replace("2025", "2024")


@pytest.mark.parametrize(
    "words",
    [
        ("due", "t.csv", "--format=json"),
        ("t.csv", "--output=sums:o.json"),
        ("year", "t.csv", "--last=last.csv", "--year=2025/26", "--format=json"),
    ],
    ids=["due", "sums", "year"],
)
def test_figures_name_and_hash_it_as_well(
    chcheck: Chcheck, tmp_path: Path, words: tuple[str, ...]
) -> None:
    config = 'landlord = "Alder"\n'
    files = {"t.csv": TABLE, "last.csv": LAST, "chcheck.toml": config}
    ran = chcheck(*words, "--as-at=2026-03-31", files=files)
    text = (tmp_path / "o.json").read_text() if "--output=sums:o.json" in words else ran.out
    rests = json.loads(text)["rests_on"]
    read = [{"path": "t.csv", "sha256": digest(TABLE)}]
    if words[0] == "year":
        read.append({"path": "last.csv", "sha256": digest(LAST)})
    assert rests["inputs"] == read
    assert rests["configuration"] == {"path": "chcheck.toml", "sha256": digest(config)}
    assert rests["calendar"]["source"] == f"holidays {holidays.__version__}"
    assert rests["tables"][0]["columns"][1] == {"column": "Received", "holds": "complaint received"}
    books = {one["id"]: one["sha256"] for one in rests["rulebooks"]}
    assert books["housing-ombudsman-2024"] == digest(CODE_2024.read_bytes())
    assert ("options" in rests) == (words[0] == "t.csv")


@pytest.mark.parametrize("words", [("due", "t.csv"), ("year", "t.csv", "--year=2025/26")])
def test_the_foot_of_their_pages_says_it(chcheck: Chcheck, words: tuple[str, ...]) -> None:
    ran = chcheck(*words, "--as-at=2026-03-31", "--format=html", files={"t.csv": TABLE})
    foot = ran.out.partition("<footer>")[2]
    assert foot.startswith(
        f"<p>Made from t.csv (SHA-256 {digest(TABLE)[:12]}), with bank holidays of holidays "
        f"{holidays.__version__}. Configuration: none. "
    )


OUTPUTS = {"format_name", "outputs", "show_settings", "help"}
"""The options of a check that say what is written where, and decide nothing."""


def test_every_option_that_decides_is_named() -> None:
    names = {one.name for one in check_command.params} - OUTPUTS
    called = {"codes": "code", "sheets": "sheet", "config_path": "config"}
    called |= {"first": "from_", "last_day": "to"}
    assert {called.get(str(one), one) for one in names} == set(Given.__struct_fields__)


@pytest.mark.parametrize(
    "data",
    [{"within": "10wd"}, {"paths": "a"}, {"paths": [1]}, {"as_at": "soon"}, {"explain": 1}],
)
def test_what_is_no_option_is_refused(data: dict[str, object]) -> None:
    (name,) = data
    with pytest.raises(UsageError, match=f'made with "{name}", which is no option here'):
        Given.of(data)


def test_options_come_back_as_they_were() -> None:
    from datetime import date

    given = Given(("a", "b"), date(2025, 3, 3), code=("x",), sheet=("S 1",), explain=True)
    assert Given.of(json.loads(json.dumps(given.as_data()))) == given
    assert given.as_command() == ('chcheck a b --as-at 2025-03-03 --code x --sheet "S 1" --explain')
