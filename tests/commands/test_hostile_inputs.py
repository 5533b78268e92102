"""Pipes, tables and timelines without an end: each is soon refused, with what to do about it."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.helpers.in_turn import InTurn, run_in_turn
from tests.helpers.limited import MEMORY, limit, run_limited

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no limits there")

HEAD = "complaint: X\nas_at: 2025-06-30\nevents:\n"
RECEIVED = "  - 2025-05-06 complaint received\n"


INPUTS: list[tuple[str, Callable[[], str], str]] = [
    (
        "flow.yaml",
        lambda: "complaint: X\nevents: [" + "a," * 5_000_000 + "a]\n",
        "flow.yaml:2: there are more than 20,000 items or keys here; split the file",
    ),
    (
        "typo.yaml",
        lambda: HEAD + "  - 2025-05-06 complaint recieved\n" * 1_000,
        "typo.yaml:304: there are more than 300 mistakes; correct these first",
    ),
    (
        "events.yaml",
        lambda: HEAD + RECEIVED * 1_001,
        "events.yaml:4: the complaint has 1,001 events, more than the 1,000 that are read; "
        "leave out those on which no time limit depends",
    ),
    (
        "extended.yaml",
        lambda: (
            HEAD
            + RECEIVED
            + "  - {date: 2025-05-08, event: stage 1 extended, until: 2025-06-02}\n" * 51
        ),
        'extended.yaml:1: the complaint has 51 events "stage 1 extended", more than the 50 '
        "that are read; leave out those that were repeated",
    ),
    (
        "note.yaml",
        lambda: HEAD + RECEIVED.rstrip() + ", " + "a b " * 2_500_000 + "\n",
        "note.yaml:4: this text has more than 20,000 characters; shorten it",
    ),
    (
        "keys.yaml",
        lambda: HEAD + RECEIVED + "".join(f"k{place}: 1\n" for place in range(300_000)),
        "keys.yaml:1: there are more than 20,000 items or keys here; split the file",
    ),
    (
        "key.yaml",
        lambda: HEAD + RECEIVED + "k: 1\n" * 1_000_000,
        "key.yaml:1: there are more than 20,000 items or keys here; split the file",
    ),
    (
        "documents.yaml",
        lambda: "---\n" + "a: b\n---\n" * 1_500_000,
        "documents.yaml: there are more than 20,000 complaints in the file; split it",
    ),
    (
        "list.json",
        lambda: '[{"complaint": "X", "events": []},' + "[]," * 30_000 + "[]]",
        "list.json: there are more than 20,000 complaints in the file; split it",
    ),
    (
        "alike.csv",
        lambda: f"Ref,Received{',Acknowledged' * 5_000}\nA,2025-05-06{',' * 5_000}\n",
        "alike.csv: the table has 5,002 columns, more than the 2,000 that are read; keep the "
        "reference, the dates and what you need of the rest",
    ),
    (
        "few.csv",
        lambda: f"Ref,Received{',Acknowledged' * 1_000}\nA,2025-05-06{',' * 1_000}\n",
        'few.csv: the columns "Acknowledged" and "Acknowledged (2)" and "Acknowledged (3)" and '
        '"Acknowledged (4)" and 996 more would both be "complaint acknowledged"',
    ),
    (
        "words.csv",
        lambda: "\n".join(",".join(f"w{row}x{at}" for at in range(16_000)) for row in range(8)),
        "words.csv: the table has ",
    ),
    (
        "sparse.jsonl",
        lambda: (
            "".join(f'{{"Ref":"A","k{place}":1}}\n' for place in range(1_900))
            + '{"Ref":"A"}\n' * 100_000
        ),
        "sparse.jsonl: the 101,900 objects have few of their 1,901 keys in common; give all "
        "of them the same keys",
    ),
    (
        "many.csv",
        lambda: "Ref,Received\n" + "A\n" * 250_000,
        "many.csv: more than 100,000 rows do not fit the header; the first is row 2: the row "
        "has 1 cells and the header 2",
    ),
    (
        "feet.csv",
        lambda: "Ref,Received" + ",x" * 1_000 + "\n" + "Total\n" * 200_000,
        "feet.csv: more than 100,000 rows do not fit the header; the first is row ",
    ),
    (
        "lists.json",
        lambda: "[{}," + "[]," * 250_000 + "{}]",
        "lists.json: more than 100,000 rows do not fit the header; the first is row 2: an "
        "object is expected here, with a value for each column",
    ),
    (
        "blank.csv",
        lambda: "Ref,Received\n" + ",x\n" * 1_000_000,
        'blank.csv: column "Ref": more than 100,000 rows have no reference; take out the rows '
        "without one",
    ),
    ("blanks.json", lambda: "[" + "{}," * 200_000 + "{}]", "blanks.json: the file is empty"),
    (
        "huge.jsonl",
        lambda: '{"complaint": ' + "9" * 100_000 + "}\n",
        "none of the columns is recognised as the date of an event",
    ),
]
NAMES = [name for name, _, _ in INPUTS]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, InTurn]:
    """Return what is said of each of these, all of them read in one process within its limits."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, text, _ in INPUTS:
        (folder / name).write_text(text())
    ran = run_in_turn(folder, [("", [name]) for name in NAMES], limit=limit)
    assert all(
        one.memory < MEMORY + 10 * (folder / name).stat().st_size
        for name, one in zip(NAMES, ran, strict=True)
    )
    return dict(zip(NAMES, ran, strict=True))


@pytest.mark.parametrize(("name", "says"), [(name, says) for name, _, says in INPUTS], ids=NAMES)
def test_an_input_without_a_bound_is_refused(told: dict[str, InTurn], name: str, says: str) -> None:
    ran = told[name]
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert "set_int_max_str_digits" not in ran.err


@pytest.mark.parametrize(
    "lines",
    [
        RECEIVED * 1_000,
        (RECEIVED + "  - 2025-05-07 complaint withdrawn\n") * 500,
        (
            "  - 2024-05 complaint received\n  - 2024-05 stage 1 response\n"
            "  - 2024-05 escalation requested\n  - 2024-05 complaint withdrawn\n"
        )
        * 250,
    ],
)
def test_as_many_events_as_are_read_are_judged_in_time(tmp_path: Path, lines: str) -> None:
    (tmp_path / "many.yaml").write_text(HEAD + lines)
    ran = run_limited(tmp_path, "many.yaml")
    assert ran.code in (0, 1)
    assert "Traceback" not in ran.err
    assert ran.memory < MEMORY


def test_rows_of_one_reference(tmp_path: Path) -> None:
    rows = "A,complaint received,2025-05-06\n" * 20_000
    (tmp_path / "log.csv").write_text("Ref,Event,Date\n" + rows)
    ran = run_limited(tmp_path, "log.csv", "--format", "jsonl", "--rejects", "rejects.csv")
    assert ran.code == 2
    says = "the complaint has 20,000 events, more than the 1,000 that are read"
    assert says in (tmp_path / "rejects.csv").read_text()
    assert ran.memory < MEMORY


def test_rows_that_are_cut_short(tmp_path: Path) -> None:
    header = ",".join(f"w{place}" for place in range(1_900))
    (tmp_path / "short.csv").write_text(f"Ref,Received,{header}\n" + "A,2025-05-06\n" * 100_000)
    ran = run_limited(tmp_path, "short.csv")
    assert ran.code == 2
    assert "most rows have few of the 1,902 cells that the header names" in ran.err
    assert ran.memory < MEMORY


def piped(folder: Path, feed: Sequence[str]) -> tuple[int, str]:
    """Run `chcheck -` on what another program writes without an end."""
    with subprocess.Popen(feed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as given:
        done = subprocess.run(
            [sys.executable, "-m", "timeliness", "-"],
            cwd=folder,
            stdin=given.stdout,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        given.kill()
    return done.returncode, done.stderr


def test_a_pipe_without_an_end(tmp_path: Path) -> None:
    ran = run_limited(tmp_path, "-", stdin=Path("/dev/zero"))
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "-: the file has more than 20 MB, the most that is read; split it into several files\n",
    )
    assert ran.memory < MEMORY


def test_a_table_without_an_end(tmp_path: Path) -> None:
    assert piped(tmp_path, ["yes", "Ref,Received"]) == (
        2,
        "chcheck: standard input is longer than 200 MB; save it as a file and check that\n",
    )


def test_standard_input_that_is_closed(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m timeliness - <&-', sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "chcheck: standard input is closed; name a file in place of -\n",
    )
