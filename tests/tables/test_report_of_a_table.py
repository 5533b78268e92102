"""The report of a table: every row accounted for, as on the terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_report_accounts_for_every_row_and_tells_of_the_record(
    chcheck: Any, tmp_path: Path
) -> None:
    # The sample export was made with these faults: two cells and two rows that cannot be read,
    # one event after the as-at date, one response before its complaint.
    ran = chcheck(
        str(SAMPLES / "export-wide.csv"),
        *("--config", str(SAMPLES / "export-chcheck.toml"), "--output", "html:out.html"),
    )
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (tmp_path / "out.html").read_text("utf-8")))
    rows = "Rows: 500 read = 496 checked + 2 checked in part + 2 rejected."
    assert rows in ran.out
    assert rows in told
    assert "Event after the as-at date: 1" in told
    assert "Impossible order: 1" in told
