"""The configuration is found upwards from what is checked, and every output names it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

CASE = """\
complaint: Y1
events:
  - 2025-03-03 complaint received
  - 2025-03-05 complaint acknowledged
  - 2025-03-10 stage 1 response
"""
TABLE = "Complaint Ref,Date Received,Acknowledged\nT1,2025-03-03,2025-03-05\n"
ALDER = 'landlord = "Alder"\nas-at = 2025-04-30\n'
BIRCH = 'landlord = "Birch"\nas-at = 2025-04-30\n'


def used(chcheck: Chcheck, *words: str, **more: object) -> tuple[str | None, set[str]]:
    """Return the configuration that a run names, and the landlords that it gave."""
    ran = chcheck(*words, "--format", "json", **more)
    data = json.loads(ran.out)
    configuration = data["configuration"]
    return configuration and configuration["path"], {one["landlord"] for one in data["complaints"]}


@pytest.fixture
def tree(chcheck: Chcheck, tmp_path: Path) -> Path:
    files = {
        "team/chcheck.toml": ALDER,
        "team/a/deep/y.yaml": CASE,
        "team/b/t.csv": TABLE,
        "team/b/chcheck.toml": BIRCH,
        "elsewhere/chcheck.toml": BIRCH,
        "elsewhere/z.yaml": CASE.replace("Y1", "Z1"),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("here", "words", "expected"),
    [
        (".", ["team/a/deep/y.yaml"], ("team/chcheck.toml", {"Alder"})),
        ("team", ["a/deep/y.yaml"], ("chcheck.toml", {"Alder"})),
        ("team/a/deep", ["y.yaml"], ("../../chcheck.toml", {"Alder"})),
        # The configuration of the working folder is not above the input.
        ("elsewhere", ["../team/a"], ("../team/chcheck.toml", {"Alder"})),
        ("team", ["b"], ("b/chcheck.toml", {"Birch"})),
        ("team", ["b/t.csv"], ("b/chcheck.toml", {"Birch"})),
        # The nearest folder common to both is team.
        ("team/b", ["t.csv", "../a/deep/y.yaml"], ("../chcheck.toml", {"Alder"})),
        # Here it is the folder of all, which has none.
        ("elsewhere", ["z.yaml", "../team/b/t.csv"], (None, {""})),
        (".", ["team/b", "--config", "team/chcheck.toml"], ("team/chcheck.toml", {"Alder"})),
    ],
)
def test_the_nearest_configuration_above_the_input_is_used(
    chcheck: Chcheck,
    monkeypatch: pytest.MonkeyPatch,
    tree: Path,
    here: str,
    words: list[str],
    expected: tuple[str | None, set[str]],
) -> None:
    monkeypatch.chdir(tree / here)
    path, landlords = expected
    assert used(chcheck, *words) == (path and str(Path(path)), landlords)


def test_a_run_from_another_folder_finds_the_same_whatever_that_folder_holds(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    outs = []
    for here in ("elsewhere", "team"):
        monkeypatch.chdir(tree / here)
        ran = chcheck(str(tree / "team/a/deep/y.yaml"), "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        outs.append(ran.out)
    assert outs[0] == outs[1]
    assert json.loads(outs[0])["configuration"]["path"] == str(tree / "team/chcheck.toml")


def test_standard_input_is_of_the_working_folder(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    monkeypatch.chdir(tree / "elsewhere")
    assert used(chcheck, "-", stdin=CASE.encode()) == ("chcheck.toml", {"Birch"})
    monkeypatch.chdir(tree / "team/a")
    found = used(chcheck, "-", stdin=CASE.encode())
    assert found == (str(Path("../chcheck.toml")), {"Alder"})


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[tool.chcheck]\nlandlord = "Alder"\n', "../pyproject.toml"),
        ("[tool.chcheck.floors]\nstage-1-response = 0.1\n", "../pyproject.toml"),
        # What only speaks of it does not end the search.
        ("# no [tool.chcheck] here\n[tool.chchecker]\n", "../../chcheck.toml"),
    ],
)
def test_a_pyproject_counts_where_it_has_the_table(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, path: str
) -> None:
    files = {"chcheck.toml": BIRCH, "p/pyproject.toml": text, "p/cases/y.yaml": CASE}
    chcheck("rules", files=files)
    monkeypatch.chdir(tmp_path / "p/cases")
    assert used(chcheck, "y.yaml", "--as-at", "2025-04-30")[0] == str(Path(path))


def test_a_pyproject_that_cannot_be_read_is_not_passed_over(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        if self.name == "pyproject.toml":
            raise PermissionError(13, "Permission denied")
        return read(self)

    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", refuse)
    ran = chcheck("y.yaml", files={"y.yaml": CASE, "pyproject.toml": ""})
    assert ran.code == 2
    assert "pyproject.toml: the configuration cannot be read: Permission denied" in ran.err


def test_every_output_names_it(chcheck: Chcheck, tmp_path: Path) -> None:
    files = {"in/y.yaml": CASE, "chcheck.toml": ALDER}
    outputs = [
        f"--output={name}:out.{name}" for name in ("html", "json", "markdown", "junit", "sarif")
    ]
    ran = chcheck("in/y.yaml", *outputs, files=files)
    assert ran.out.splitlines().count("Configuration: chcheck.toml") == 1
    digest = hashlib.sha256(ALDER.encode()).hexdigest()
    named = {"path": "chcheck.toml", "sha256": digest}
    assert json.loads((tmp_path / "out.json").read_text())["configuration"] == named
    html = (tmp_path / "out.html").read_text()
    assert "<dt>Configuration</dt><dd>chcheck.toml <span" in html
    assert f"<code>{digest[:12]}<span>{digest[12:]}</span></code>" in html
    assert "\nConfiguration: chcheck.toml\n" in (tmp_path / "out.markdown").read_text()
    junit = (tmp_path / "out.junit").read_text()
    assert '<property name="configuration" value="chcheck.toml"' in junit
    (run,) = json.loads((tmp_path / "out.sarif").read_text())["runs"]
    assert run["invocations"][0]["properties"] == {"configuration": "chcheck.toml"}
    ran = chcheck("in/y.yaml", "--output=html:s.html", "--summary")
    told = f"configuration chcheck.toml, SHA-256 {digest[:16]}…"
    assert told in (tmp_path / "s.html").read_text()


def test_the_summary_of_a_table_names_it_once(chcheck: Chcheck, tmp_path: Path) -> None:
    ran = chcheck("in/t.csv", files={"in/t.csv": TABLE, "in/chcheck.toml": ALDER})
    told = f"Configuration: {Path('in/chcheck.toml')}"
    assert ran.out.splitlines().count(told) == 1


def test_where_there_is_none_they_say_so(chcheck: Chcheck, tmp_path: Path) -> None:
    ran = chcheck("y.yaml", "--as-at", "2025-04-30", "--output=html:o.html", files={"y.yaml": CASE})
    assert ran.out.splitlines().count("Configuration: none") == 1
    assert "<dt>Configuration</dt><dd>none</dd>" in (tmp_path / "o.html").read_text()
    assert used(chcheck, "y.yaml", "--as-at", "2025-04-30") == (None, {""})


def test_columns_finds_it_in_the_same_way(
    chcheck: Chcheck, monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    (tree / "team/b/chcheck.toml").write_text('[columns]\n"Acknowledged" = "ignore"\n')
    monkeypatch.chdir(tree / "elsewhere")
    ran = chcheck("columns", "../team/b/t.csv")
    assert f"  Configuration: {Path('../team/b/chcheck.toml')}\n" in ran.out
    (row,) = [line for line in ran.out.splitlines() if line.startswith("Acknowledged")]
    assert row.split() == ["Acknowledged", "declared"]
