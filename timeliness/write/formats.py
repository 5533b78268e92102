"""Writers: from findings to text. Each format is one module, and one line here.

Any input goes the same road to any format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from msgspec import Struct, field


class Options(Struct, frozen=True):
    """How to write a report.

    `show` is "all" or "problems"; `explain` adds the count day by day; `colour` is for text;
    `summary` is for HTML: one page for each complaint.
    """

    show: str = "all"
    explain: bool = False
    colour: bool = False
    summary: bool = False


CASE, FINDING, SUM, RUNS = "case", "finding", "sum", "runs"
"""What a format is made of: whole complaints, findings one by one, nothing but sums, two runs."""


class Format(Struct, frozen=True, eq=False):
    """A format, and how it is written.

    `writer` names a module of this package and its function, which is imported when it is first
    used: a run pays only for what it writes. The function returns text. It takes, by what the
    format `needs`: a case, the `Report` and the `Options`; a finding, the flat findings and the
    `Tally`; a sum, the `Tally`; two runs, what they come to and their names. One that is
    `streamed` is written as the run goes on, however many findings there are, and its function
    takes some of them at a time. `explains` says whether the format can show the count day by day,
    `by_month` that it has the figures of each month, and `traces` that it gives the hash of every
    file, as those made of whole complaints do. `binary` says that it is no text, but a file to
    open. `writers` holds the functions of one whose form goes by the end of the file's name.
    """

    name: str
    needs: str
    writer: str
    streamed: bool = False
    explains: bool = False
    binary: bool = False
    by_month: bool = False
    traces: bool = False
    writers: Mapping[str, str] = field(default_factory=dict)

    def load(self, suffix: str = "") -> Callable[..., str]:
        """Return the function that writes it, to a file whose name has this end."""
        found: Callable[..., str] = _function(self.writers.get(suffix, self.writer))
        return found

    def load_binary(self) -> Callable[..., bytes]:
        """Return the function that writes a file to open.

        Beside the `Tally` it takes the `Report`, and the `Links` to the rows of the sources.
        """
        found: Callable[..., bytes] = _function(self.writer)
        return found


def _function(writer: str) -> Callable[..., Any]:
    module, _, name = writer.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"timeliness.write.{module}"), name)
    return found


FORMATS = {
    one.name: one
    for one in (
        Format("text", CASE, "text:write_text", explains=True),
        Format("json", CASE, "json:write_json", explains=True, by_month=True),
        Format("html", CASE, "html:write_html"),
        Format("letter", CASE, "letter:write_letter"),
        Format("jsonl", FINDING, "json:write_lines", streamed=True),
        Format("csv", FINDING, "csv:write_rows", streamed=True),
        Format("markdown", FINDING, "markdown:write_markdown"),
        Format("junit", FINDING, "junit:write_junit"),
        Format("github", FINDING, "github:write_github"),
        Format("sarif", FINDING, "sarif:write_sarif"),
        Format("gitlab", FINDING, "gitlab:write_gitlab"),
        Format(
            "sums",
            SUM,
            "sums:write_sums_csv",
            by_month=True,
            traces=True,
            writers={".csv": "sums:write_sums_csv", ".json": "sums:write_sums_json"},
        ),
    )
}
"""Every format that is text, by its name."""

XLSX = Format("xlsx", FINDING, "findings_book:FindingsBook", streamed=True, binary=True)
ANNOTATED = Format("annotated", FINDING, "annotated:write_beside_text", streamed=True, binary=True)
FILES = {one.name: one for one in (XLSX, ANNOTATED)}
"""The formats of a check that are files to open in another program, by their names."""

DUE_FORMATS = {
    "text": Format("due text", SUM, "due:write_due_text"),
    "csv": Format("due csv", SUM, "due_data:write_due_csv"),
    "html": Format("due html", SUM, "html.due:write_due_html", traces=True),
    "json": Format("due json", SUM, "due_data:write_due_json", traces=True),
    "ics": Format("due ics", SUM, "ics:write_ics"),
}
"""The forms of the list of what is due."""

YEAR_FORMATS = {
    "text": Format("year text", SUM, "year:write_year_text"),
    "json": Format("year json", SUM, "year_data:write_year_json", traces=True),
    "csv": Format("year csv", SUM, "year_data:write_year_csv"),
    "html": Format("year html", SUM, "html.year:write_year_html", traces=True),
    "rows": Format("year rows", SUM, "year_data:write_year_rows"),
    "xlsx": Format("xlsx", SUM, "year_book:write_year_book", binary=True),
}
"""The forms of the figures of a year; `rows` lists the complaints behind them."""

COMPARE_FORMATS = {
    "text": Format("compare text", RUNS, "compared:write_compared_text"),
    "markdown": Format("compare markdown", RUNS, "compared_markdown:write_compared_markdown"),
    "html": Format("compare html", RUNS, "html.compared:write_compared_html"),
    "json": Format("compare json", RUNS, "compared_data:write_compared_json"),
}
"""The forms of two runs beside each other."""

SUMMARY = Format("text", SUM, "summary:write_summary")
"""What text is where there are more complaints than anybody reads one by one."""

MOST_IN_TEXT = 20
"""Text describes up to this many timelines one by one; more, or any table, get the summary."""
