"""Damaged inputs of every kind that the command reads, with the words that have it read them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from tests.campaigns.mutating import Mutator

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").rglob("*.yaml"))
RULEBOOKS = sorted((ROOT / "rules").rglob("*.yaml"))
HEADER = ("Ref", "Received", "Acknowledged", "Stage 1 Response", "Escalated", "Stage 2 Response")
LONG_HEADER = ("Ref", "Event", "Date", "Note")
TIMELINE = (
    "complaint: A1\nas_at: 2025-06-30\nnation: england\nrecord: partial\nevents:\n"
    "  - 2025-03-03 complaint received by telephone\n"
    "  - {date: 2025-03-05, event: complaint acknowledged, handler: CS-1}\n"
    "  - {date: 2025-03-10/2025-03-12, event: stage 1 extended, until: 2025-03-28, reason: ill}\n"
    "  - {date: 2025-03-28, event: stage 1 response, includes: [stage, decision]}\n"
    "  - {event: escalation requested, evidence: absent}\n"
)
CONFIGURATION = (
    'landlord = "Sample Homes"\nas-at = 2025-06-30\ndates = "uk"\nfail-on = "breach"\n'
    '[columns]\n"Ref" = "complaint"\n"Received" = "complaint received"\n'
    "[floors]\nstage-1-response = 0.5\n"
    '[[accepted]]\ncomplaint = "A1"\nrule = "stage-1-response"\nreason = "asked"\n'
    'approver = "Head"\nexpires = 2026-06-30\n'
)
AS_AT = ("--as-at", "2025-06-30")
FORMATS = ("json", "jsonl", "csv", "html", "markdown", "junit", "github", "sarif", "gitlab")


@dataclass(frozen=True)
class Given:
    """One run: the words, of which the last is the file that is checked, and its files.

    `rows` is how many rows the table has, where that is certain.
    """

    words: tuple[str, ...]
    files: Mapping[str, bytes]
    rows: int | None = None
    kind: str = field(default="", compare=False)


def table_rows() -> list[list[str]]:
    """Return the rows of a table with a dozen complaints."""
    return [
        [
            f"A{number}",
            f"2025-03-{number + 3:02d}",
            f"2025-03-{number + 5:02d}",
            f"2025-03-{number + 15:02d}",
            "2025-04-08" if number % 2 else "",
            "2025-05-08" if number % 3 else "",
        ]
        for number in range(12)
    ]


def long_rows() -> list[list[str]]:
    names = ("complaint received", "complaint acknowledged", "stage 1 response", "escalated")
    return [
        [row[0], name, day, "by telephone"]
        for row in table_rows()
        for name, day in zip(names, row[1:5], strict=True)
        if day
    ]


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


@cache
def packed() -> Mapping[str, bytes]:
    """Return the same table in the forms that are not plain text."""
    frame = pl.DataFrame(table_rows(), schema=list(HEADER), orient="row")
    parquet, book = io.BytesIO(), io.BytesIO()
    frame.write_parquet(parquet)
    frame.write_excel(book)
    return {
        "parquet": parquet.getvalue(),
        "xlsx": book.getvalue(),
        "ods": (ROOT / "tests/tables/workbooks/formulas.ods").read_bytes(),
        "xls": (ROOT / "tests/tables/workbooks/formulas.xls").read_bytes(),
    }


WIDE, LONG = as_csv(HEADER, table_rows()), as_csv(LONG_HEADER, long_rows())
ROWS = "".join(
    json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in table_rows()
).encode()


# Each kind ------------------------------------------------------------------------------------


def timeline(made: Mutator) -> Given:
    sample = made.random.choice([TIMELINE.encode(), *(path.read_bytes() for path in SAMPLES)])
    return Given(("case.yaml",), {"case.yaml": made.damaged(sample, [TIMELINE.encode()])})


def json_timeline(made: Mutator) -> Given:
    events = [{"date": "2025-03-03", "event": "complaint received"}, "2025-03-09 acknowledged"]
    case = {"complaint": "A1", "as_at": "2025-06-30", "events": events}
    both = json.dumps([case, {**case, "complaint": "A2"}], indent=made.random.choice((None, 1)))
    return Given(("case.json",), {"case.json": made.damaged(both.encode())})


def damaged_table(made: Mutator) -> Given:
    data = made.damaged(made.random.choice((WIDE, LONG)), (WIDE, LONG))
    if made.random.random() < 0.2:
        data = data.decode("utf-8", "replace").encode(
            made.random.choice(("utf-16", "cp1252")), "replace"
        )
    return Given((*AS_AT, "export.csv"), {"export.csv": data})


def odd_cells(made: Mutator) -> Given:
    """Make a table with odd cells, whose rows are certain."""
    wide = made.random.random() < 0.6
    header, rows = (HEADER, table_rows()) if wide else (LONG_HEADER, long_rows())
    for _ in range(made.random.choice((1, 2, 4, 12))):
        row = made.random.choice(rows)
        row[made.random.randrange(1, len(row))] = made.cell()
    return Given((*AS_AT, "export.csv"), {"export.csv": as_csv(header, rows)}, len(rows))


def json_rows(made: Mutator) -> Given:
    data = made.damaged(ROWS)
    if made.random.random() < 0.4:
        data = made.damaged(b"[" + b",".join(ROWS.splitlines()) + b"]")
    return Given((*AS_AT, "export.jsonl"), {"export.jsonl": data})


def book(made: Mutator) -> Given:
    kind = made.random.choice(("xlsx", "xlsx", "ods", "xls"))
    whole = packed()[kind]
    inside = kind != "xls" and made.random.random() < 0.8
    data = made.member(whole) if inside else made.damaged(whole)
    return Given((*AS_AT, f"export.{kind}"), {f"export.{kind}": data})


def parquet(made: Mutator) -> Given:
    return Given((*AS_AT, "export.parquet"), {"export.parquet": made.damaged(packed()["parquet"])})


def gzipped(made: Mutator) -> Given:
    inside = made.random.random() < 0.5
    data = gzip.compress(made.damaged(WIDE), mtime=0) if inside else gzip.compress(WIDE, mtime=0)
    return Given(
        (*AS_AT, "export.csv.gz"), {"export.csv.gz": data if inside else made.damaged(data)}
    )


def configuration(made: Mutator) -> Given:
    files = {"chcheck.toml": made.damaged(CONFIGURATION.encode()), "export.csv": WIDE}
    return Given(("export.csv",), files, len(table_rows()))


def baseline(made: Mutator) -> Given:
    columns = ("complaint", "rule", "episode", "rulebook", "due", "days_late")
    known = [("A1", "stage-1-response", "1", "housing-ombudsman-2024", "2025-03-20", "3")]
    files = {"known.csv": made.damaged(as_csv(columns, known)), "export.csv": WIDE}
    return Given((*AS_AT, "--baseline", "known.csv", "export.csv"), files, len(table_rows()))


def rulebook(made: Mutator) -> Given:
    data = made.damaged(made.random.choice(RULEBOOKS).read_bytes())
    files = {"own.yaml": data, "case.yaml": TIMELINE.encode()}
    words = made.random.choice(
        (("policy", "own.yaml"), ("--policy", "own.yaml", "case.yaml")),
    )
    return Given(words, files)


def noise(made: Mutator) -> Given:
    ends = (
        "yaml",
        "json",
        "csv",
        "xlsx",
        "ods",
        "xls",
        "jsonl",
        "parquet",
        "csv.gz",
        "toml",
        "txt",
    )
    name = f"export.{made.random.choice(ends)}"
    return Given((*AS_AT, name), {name: made.noise()})


KINDS: tuple[Callable[[Mutator], Given], ...] = (
    *(timeline, timeline, json_timeline, damaged_table, odd_cells, odd_cells, json_rows, book),
    *(parquet, gzipped, configuration, baseline, rulebook, rulebook, noise),
)


def given(seed: int, count: int) -> list[Given]:
    """Return so many runs, each kind in its turn, some of them with a report beside."""
    made = Mutator(seed)
    runs = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        run = kind(made)
        words = run.words
        if words[0] != "policy" and made.random.random() < 0.3:
            words = ("--output", f"{made.random.choice(FORMATS)}:report", *words)
        runs.append(Given(words, run.files, run.rows, kind.__name__))
    return runs
