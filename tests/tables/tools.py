"""Tables for tests, and what is read of them."""

from datetime import date

from timeliness.check.complaints import vocabulary_of
from timeliness.load import Loader, load_rulebooks
from timeliness.rulebooks import Library
from timeliness.tables.complaints import Complaints
from timeliness.tables.read import open_table, read_complaints
from timeliness.tables.settings import TableSettings

AS_AT = date(2025, 6, 30)


def library() -> Library:
    return load_rulebooks()


def read(data: bytes | str, **settings: object) -> Complaints:
    """Read a table as of 30 June 2025, unless the settings say another day."""
    raw = data.encode() if isinstance(data, str) else data
    books = library()
    loader = Loader(books)
    from pathlib import Path

    declared = TableSettings(**{"as_at": AS_AT, **settings})  # type: ignore[arg-type]
    vocabulary = vocabulary_of(books.rulebooks.values())
    opened = open_table(raw, "export.csv", vocabulary, declared)
    return read_complaints(
        opened, vocabulary, declared, lambda name: loader.policy_name(name, Path()), AS_AT
    )


def days(complaints: Complaints, event: str) -> list[str]:
    """Return the days of an event, row by row: a day, a span, "bad" or ""."""
    column = complaints.events[event]
    told = []
    for row in range(complaints.size):
        if column.is_bad(row):
            told.append("bad")
        elif not column.given[row]:
            told.append("")
        else:
            ends = [
                date.fromordinal(int(end[row])).isoformat()
                for end in (column.earliest, column.latest)
            ]
            told.append(ends[0] if ends[0] == ends[1] else "/".join(ends))
    return told
