"""What a run reads and what it writes: each file once, and never one over the other."""

import csv
import os
import sys
from pathlib import Path

import pytest

from tests.helpers.command import Chcheck

# A1 and A2 were received on Monday 3 March: to be acknowledged by the 10th. A1 was on the 20th, 8
# working days late, and was answered on the 31st, in time after that. A2 was in time throughout.
EXPORT = """\
Complaint Ref,Date Received,Acknowledged,Stage 1 Response
A1,2025-03-03,2025-03-20,2025-03-31
A2,2025-03-03,2025-03-05,2025-03-10
"""
CASE = """\
complaint: Y1
as_at: 2026-03-31
events:
  - 2025-03-03 complaint received
  - 2025-03-20 complaint acknowledged
  - 2025-03-31 stage 1 response
"""
AS_AT = ("--as-at", "2026-03-31")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--output", "csv:e.csv"), '--output would write over "e.csv", which is to be checked'),
        (("--rejects", "e.csv"), '--rejects would write over "e.csv", which is to be checked'),
        (
            ("--write-baseline", "./e.csv"),
            '--write-baseline would write over "e.csv", which is to be checked',
        ),
        (
            ("--output", "json:cases/y.yaml"),
            '--output would write over "cases/y.yaml", which is to be checked',
        ),
        (
            ("--output", "csv:chcheck.toml"),
            '--output would write over "chcheck.toml", which this run uses',
        ),
        (
            ("--output", "csv:own/policy.yml"),
            '--output would write over "own/policy.yml", which this run uses',
        ),
        (
            ("--baseline", "b.txt", "--output", "csv:b.txt"),
            '--output would write over "b.txt", which this run uses',
        ),
        (
            ("--output", "csv:o.csv", "--output", "jsonl:cases/../o.csv"),
            '--output names "cases/../o.csv" twice, as "o.csv"; choose two files',
        ),
        (
            ("--output", "csv:-"),
            "--output names standard output; --format says what is printed there",
        ),
    ],
)
def test_nothing_that_a_run_reads_is_written_over(
    chcheck: Chcheck, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    root = Path(__file__).parent.parent.parent
    policy = (root / "docs/examples/our-policy.yaml").read_text(encoding="utf-8")
    files = {
        "e.csv": EXPORT,
        "cases/y.yaml": CASE,
        "own/policy.yml": policy,
        "chcheck.toml": 'policy = "own/policy.yml"\n',
        "b.txt": "landlord,complaint,standard,rule\n",
    }
    paths = ("e.csv", "cases") if "own/" in says else (".",)
    ran = chcheck(*paths, *AS_AT, *words, files=files)
    assert (ran.code, ran.err) == (2, f"chcheck: {says}\n")
    for name, text in files.items():
        assert (tmp_path / name).read_text(encoding="utf-8") == text
    assert not (tmp_path / "-").exists()


def test_a_baseline_may_be_written_anew_by_the_run_that_uses_it(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    files = {"e.csv": EXPORT, "b.csv": "landlord,complaint,standard,rule\n"}
    words = ("--baseline", "b.csv", "--write-baseline", "b.csv")
    assert chcheck("e.csv", *AS_AT, *words, files=files).code == 1
    assert (
        ",A1,code,housing-ombudsman,acknowledge-complaint,1,breach"
        in (tmp_path / "b.csv").read_text()
    )
    assert chcheck("e.csv", *AS_AT, *words).code == 0


def test_a_second_run_over_a_folder_leaves_out_what_the_first_wrote(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    files = {"e.csv": EXPORT + ",2025-03-03,,\n", "y.yaml": CASE}
    names = {"csv": "findings.csv", "jsonl": "f.jsonl", "json": "r.json", "gitlab": "q.json"}
    words = [word for name, path in names.items() for word in ("--output", f"{name}:{path}")]
    words += ["--rejects", "rejects.csv", "--write-baseline", "base.csv"]
    first = chcheck(".", *AS_AT, *words, files=files)
    assert first.code == 2
    assert first.out.startswith("2 of 3 complaints have breaches (66.7%).")
    second = chcheck(".", *AS_AT, *words)
    assert (second.code, second.out) == (first.code, first.out)
    told = [line for line in second.err.splitlines() if line.endswith("; left out")]
    assert sorted(told) == [
        *(f"{name}: written by chcheck; left out" for name in ("base.csv", "f.jsonl")),
        *(f"{name}: written by chcheck; left out" for name in ("findings.csv", "q.json")),
        *(f"{name}: written by chcheck; left out" for name in ("r.json", "rejects.csv")),
    ]
    # What is named itself is no result of the run before, whatever it holds.
    assert "findings.csv" in chcheck("findings.csv", *AS_AT).err


def test_a_baseline_that_somebody_mended_is_left_out_of_the_folder(chcheck: Chcheck) -> None:
    base = "landlord,complaint,standard,rule,comment\n,A1,code,acknowledge-complaint,seen\n"
    files = {"e.csv": EXPORT, "b.csv": base, "chcheck.toml": 'baseline = "b.csv"\n'}
    ran = chcheck(".", *AS_AT, files=files)
    assert ran.code == 0
    assert "b.csv: the baseline of this run; left out\n" in ran.err


def test_a_folder_of_results_alone_is_nothing_checked(chcheck: Chcheck) -> None:
    chcheck("e.csv", *AS_AT, "--write-baseline", "out/b.csv", files={"e.csv": EXPORT, "out/x": ""})
    ran = chcheck("out", *AS_AT)
    assert ran.code == 2
    assert ran.err == (
        'chcheck: there is nothing to check in "out": everything in it was written by chcheck\n'
    )


def test_results_without_a_finding_are_left_out_as_well(chcheck: Chcheck) -> None:
    good = EXPORT.replace("2025-03-20,2025-03-31", "2025-03-10,2025-03-24")
    words = ("--output", "jsonl:f.jsonl", "--output", "gitlab:q.json")
    assert chcheck(".", *AS_AT, *words, files={"e.csv": good}).code == 0
    assert chcheck(".", *AS_AT, *words).code == 0


@pytest.mark.parametrize(
    "paths",
    [("e.csv", "e.csv"), ("e.csv", "."), (".", "./sub/../e.csv"), ("e.csv", "link.csv")],
)
def test_a_file_named_twice_is_counted_once(
    chcheck: Chcheck, tmp_path: Path, paths: tuple[str, ...]
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.csv").symlink_to("e.csv")
    ran = chcheck(*paths, *AS_AT, files={"e.csv": EXPORT})
    assert ran.out.startswith("1 of 2 complaints has a breach (50.0%).")
    assert "Duplicate reference" not in ran.out


def test_an_empty_folder_beside_a_table_is_told(chcheck: Chcheck, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = chcheck("e.csv", "empty", *AS_AT, files={"e.csv": EXPORT})
    assert ran.code == 2
    assert "empty: there are no timelines" in ran.err


def test_rejects_are_put_in_place_with_the_rest_or_not_at_all(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("no /dev/full here")
    words = ("--rejects", "rejects.csv", "--output", "csv:f.csv", "--output", "markdown:/dev/full")
    ran = chcheck("e.csv", *AS_AT, *words, files={"e.csv": EXPORT})
    assert ran.code == 2
    assert "/dev/full" in ran.err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["e.csv"]


def test_the_reports_of_timelines_are_put_in_place_together(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    ran = chcheck(
        *("y.yaml", "--output", "json:one.json", "--output", "html:no/two.html"),
        files={"y.yaml": CASE},
    )
    assert ran.code == 2
    assert sorted(one.name for one in tmp_path.iterdir()) == ["y.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_an_output_keeps_the_permissions_of_the_file_it_replaces(
    chcheck: Chcheck, tmp_path: Path
) -> None:
    out = tmp_path / "f.csv"
    out.write_text("old")
    out.chmod(0o600)
    chcheck("e.csv", *AS_AT, "--output", "csv:f.csv", files={"e.csv": EXPORT})
    assert out.read_text() != "old"
    assert oct(out.stat().st_mode & 0o777) == "0o600"
    mask = os.umask(0o027)
    try:
        chcheck("e.csv", *AS_AT, "--output", "csv:new.csv")
    finally:
        os.umask(mask)
    assert oct((tmp_path / "new.csv").stat().st_mode & 0o777) == "0o640"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_an_output_that_is_a_link_is_written_through(chcheck: Chcheck, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "f.csv").symlink_to("share/f.csv")
    words = ("--show", "problems", "--output", "csv:f.csv")
    chcheck("e.csv", *AS_AT, *words, files={"e.csv": EXPORT})
    assert (tmp_path / "f.csv").is_symlink()
    with (tmp_path / "share" / "f.csv").open(newline="") as file:
        assert [row["complaint"] for row in csv.DictReader(file)] == ["A1"]


def test_the_csv_has_the_columns_that_any_table_carries(chcheck: Chcheck, tmp_path: Path) -> None:
    head, late, _ = EXPORT.splitlines()
    files = {
        "1.csv": f"{head},Team\n{late},North\n",
        "2.csv": f"{head},verdict,Ward\n{late.replace('A1', 'B1')},good,Hill\n",
        "3.csv": "no,table\n1,2\n",
        "chcheck.toml": '[columns]\nverdict = "carry"\n',
    }
    paths = ("1.csv", "2.csv", "3.csv")
    words = ("--show", "problems", "--output", "csv:f.csv")
    assert chcheck(*paths, *AS_AT, *words, files=files).code == 2
    with (tmp_path / "f.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("complaint", "verdict", "Team", "carried verdict", "Ward")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("A1", "breach", "North", "", ""),
        ("B1", "breach", "", "good", "Hill"),
    ]


def test_an_output_of_too_long_a_name_is_told(chcheck: Chcheck) -> None:
    name = "x" * 300
    for path in ("e.csv", "y.yaml"):
        files = {"e.csv": EXPORT, "y.yaml": CASE}
        ran = chcheck(path, *AS_AT, "--output", f"csv:{name}", files=files)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f'chcheck: "{name}" cannot be written: File name too long\n'
