"""The header row of a table, and what each name in it holds.

A column holds the reference, another fact of the complaint, the date of an event ("stage 1
response") or one key of an event ("stage 1 extended.until").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence

from msgspec import Struct

from timeliness.model.claims import CLAIM_KEYS, CLAIMED
from timeliness.model.errors import ChcheckError, Hint, hint
from timeliness.model.patterns import regex
from timeliness.model.vocabulary import RECEIVED, Kind, Vocabulary, plain_name
from timeliness.tables.claim_names import claim_named
from timeliness.tables.column_names import is_own, names_of, until_names, whether_names
from timeliness.tables.header_words import canonical
from timeliness.tables.status_names import OUTCOME, STATUS, status_field

Recognise = Callable[[str], str | None]
"""Returns what a column of a header holds, or None where the name is not known."""

_DATA = regex(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}([T ,].*)?|\d{5,}(\.\d+)?|.*\S@\S.*|"
    r"\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}([ ,].*)?|[+(]?\d[\d ()-]{6,}",
    re.ASCII,
)


MOST_COLUMNS = 2_000
"""How many columns of a table may have a name."""


class TooManyColumnsError(ChcheckError):
    """A table has more columns than are read."""


def check_number(columns: int) -> None:
    """Raise `TooManyColumnsError` for more columns than are read."""
    if columns > MOST_COLUMNS:
        raise TooManyColumnsError(
            f"the table has {columns:,} columns, more than the {MOST_COLUMNS:,} that are read; "
            "keep the reference, the dates and what you need of the rest"
        )


class Header(Struct, frozen=True):
    """The header of a table, each name once, and the place of its last row."""

    names: tuple[str, ...]
    last_row: int
    above: int
    """How many rows of a title are above it."""
    known: int = 0
    """How many different fields are known by its names."""


def find_header(rows: Sequence[Sequence[str]], recognise: Recognise) -> Header | None:
    """Return the header among the first rows of a table, or None where none can be it.

    It is the row in which most names are known, read together with the row above it where that
    makes more of them known, as in "Stage 1" over "Received". Without any known name it is the
    first row with the most cells. A row with a date or an address is not one. Raises
    `TooManyColumnsError`.
    """
    for row in rows:
        check_number(sum(bool(cell) for cell in row))
    best: tuple[tuple[int, int, int], Header] | None = None
    for place, row in enumerate(rows):
        if _is_data(row):
            continue
        options = [(tuple(cell.strip() for cell in row), place)]
        above = rows[place - 1] if place else ()
        if any(cell.strip() for cell in above) and not _is_data(above):
            options.append((_joined(above, row, recognise), place - 1))
        for names, first in options:
            held = [field for name in names if name and (field := recognise(name))]
            known = len(set(held))
            rank = (known, -place, known - len(held))
            if known and (best is None or rank > best[0]):
                best = (rank, Header(distinct_names(names), place, first, known))
    if best:
        return best[1]
    widths = [0 if _is_data(row) else sum(bool(cell.strip()) for cell in row) for row in rows]
    if not any(widths):
        return None
    place = widths.index(max(widths))
    return Header(distinct_names([cell.strip() for cell in rows[place]]), place, place)


def first_name(name: str, names: Container[str]) -> str:
    """Return the name, as it is in the file, of a column whose name is used there before."""
    plain = re.sub(r" \(\d+\)$", "", name)
    return plain if plain in names else name


_NUMBERED = regex(r"(?:\.\d+|(?<!stage)(?<!level)[ _]?\d+)$", re.IGNORECASE)


def unnumbered(name: str, names: Container[str]) -> str:
    """Return the name of the column that another name repeats with a number behind it.

    So programs name the second of two columns: Received.1, Received2, Received_2.
    """
    plain = _NUMBERED.sub("", name)
    return plain if plain in names else name


def distinct_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of which each is used once: the second Team becomes Team (2)."""
    taken = set(names)
    numbers: dict[str, int] = {}
    made: list[str] = []
    for name in names:
        number, distinct = numbers.get(name, 0) + 1, name
        while name and number > 1 and (distinct := f"{name} ({number})") in taken:
            number += 1
        numbers[name] = number
        taken.add(distinct)
        made.append(distinct)
    return tuple(made)


def _is_data(row: Sequence[str]) -> bool:
    """Whether a date, the number of one, or an address is in a row."""
    return any(_DATA.fullmatch(cell.strip()) for cell in row)


def _joined(above: Sequence[str], below: Sequence[str], recognise: Recognise) -> tuple[str, ...]:
    """Join two header rows; a merged cell's text is in its first cell only.

    A cell that is merged over both rows has its text above, and nothing below. A name that is
    known alone, but below no stage, does not belong to the group beside it.
    """
    names = []
    group = ""
    for place, cell in enumerate(below):
        own = above[place].strip() if place < len(above) else ""
        if not cell.strip():
            names.append(own)
            group = "" if own else group
            continue
        group = own or group
        alone, joined = cell.strip(), f"{group} {cell.strip()}".strip()
        apart = recognise(alone) and not recognise(joined) and not recognise(f"stage 2 {alone}")
        names.append(alone if apart else joined)
    return tuple(names)


REFERENCE, LANDLORD, POLICY, NATION, AS_AT = "complaint", "landlord", "policy", "nation", "as at"
CODES = "code"
EVENT, DATE = "event", "date"
STAGE = "stage"
"""The column that says of each row which stage it is of."""
CARRY, IGNORE = "carry", "ignore"
FINAL = "final response"
"""The answer of the last stage, which only the other columns show to be the second."""

COMPLAINT_FIELDS = {
    REFERENCE: (
        *("reference", "ref", "id", "case", "case id", "case ref", "case reference"),
        *("case concept name", "casenumber", "case key", "issue key", "ticket", "ticket id"),
        *(
            "ticket number",
            "ticketnumber",
            "unique key",
            "report id",
            "incident number",
            "srnumber",
            "service request number",
        ),
    ),
    LANDLORD: ("organisation", "association", "housing association", "member landlord", "provider"),
    POLICY: ("complaints policy",),
    CODES: ("codes", "complaint handling code"),
    NATION: ("country",),
    AS_AT: ("snapshot", "extract", "extracted", "report", "as of"),
}
LONG_KEYS = ("until", "handler", "evidence", "by", "source", "note", "id", "treated_as")
"""The keys an event may carry in the long form, beside those of its own kind."""

CARRIED = {
    *("team", "category", "subcategory", "tenure", "ward", "area", "patch", "region", "department"),
    *("directorate", "service", "service area", "complaint type", "complaint category", "priority"),
    *("channel", "neighbourhood", "business unit", "stage 1 outcome", "stage 2 outcome"),
}
"""Columns that are carried to the output by themselves: none of them says who a resident is."""


class Names:
    """Every field that a column may hold, and the names by which each is known."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, str] = {}
        for field, names in COMPLAINT_FIELDS.items():
            for name in (field, *names):
                self._known.setdefault(canonical(name), field)
        for name in ("complaint reference", "complaint id", "case number", "complaint ref"):
            self._known[canonical(name)] = REFERENCE
        for field, names in (
            (EVENT, ("event type", "event name", "milestone", "activity", "concept name")),
            (DATE, ()),
        ):
            for name in (field, *names):
                self._known.setdefault(canonical(name), field)
        for name in (FINAL, "final decision", "final complaint response"):
            self._known[canonical(name)] = FINAL
        for name in ("stage", "complaint stage", "current stage", "case stage", "level"):
            self._known.setdefault(canonical(name), STAGE)
        for kind in vocabulary.kinds:
            for name in names_of(kind):
                self._known.setdefault(canonical(name), kind.name)
            if any(key.name == "until" for key in kind.keys):
                for name in whether_names(kind):
                    self._known.setdefault(canonical(name), kind.name)
                for name in until_names(kind):
                    self._known.setdefault(canonical(name), f"{kind.name}.until")
        for stage in (1, 2):
            for name in ("handler", "officer", "investigator", "response by", "handled by"):
                self._known[canonical(f"stage {stage} {name}")] = f"stage {stage} response.handler"
        for name in CARRIED:
            self._known.setdefault(canonical(name), CARRY)

    def recognise(self, header: str) -> str | None:
        """Return what a column of this header holds, or None where the name is not known."""
        kind, key = self._event_and_key(header)
        if kind and kind.stage and plain_name(header.partition(":")[0]) == kind.name:
            return f"{kind.name}.{key}"
        if " ".join(re.sub(r"[^a-z0-9]+", " ", header.lower()).split()) in _DATES_OF_EVENTS:
            return DATE
        plain = canonical(header)
        if plain == canonical("date") and header.strip().lower() != "date":
            return None
        known = self._known.get(plain)
        if plain == REFERENCE and re.search(r"(?:\b|_)dates?\b", header.lower()):
            return RECEIVED
        if known and not is_own(header, known):
            return None
        if known is None and (inner := _WRAPPED.fullmatch(header.strip())):
            return self.recognise(inner[1] or inner[2])
        if known:
            return known
        if field := status_field(header):
            return field[0]
        claim = claim_named(header)
        return claim.field if claim else None

    def key_of_event(self, header: str) -> str | None:
        """Return the key that a column of a long table gives its events, or None."""
        return self._event_and_key(header)[1] or _LONG_NAMES.get(canonical(header))

    def _event_and_key(self, header: str) -> tuple[Kind | None, str]:
        """Return the event and its key that a header names with a colon: Extension: reason."""
        name, colon, key = header.partition(":")
        kind = self.vocabulary.find(name) if colon else None
        wanted = plain_name(key).replace(" ", "_")
        if kind and any(one.name == wanted for one in kind.keys):
            return kind, wanted
        return None, ""

    def declared(self, text: str) -> str | None:
        """Return the field that somebody declared a column to hold, or None for no field."""
        name, dot, key = (part.strip() for part in text.partition("."))
        kind = self.vocabulary.find(name)
        if kind and dot:
            own = (*kind.all_keys, *(CLAIM_KEYS if kind.name in CLAIMED else ()))
            keys = {one.name for one in own}
            wanted = key.replace(" ", "_").replace("-", "_")
            return f"{kind.name}.{wanted}" if wanted in keys and wanted != "date" else None
        lower = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
        if lower in (*COMPLAINT_FIELDS, STATUS, OUTCOME, EVENT, DATE, STAGE, CARRY, IGNORE):
            return lower
        keys = {key.name for one in self.vocabulary.kinds for key in one.keys}
        if lower.replace(" ", "_") in keys.union(LONG_KEYS):
            return lower.replace(" ", "_")
        return kind.name if kind else None

    def hint(self, text: str) -> Hint:
        """Return the hint for a text that names no field."""
        fields = [
            *COMPLAINT_FIELDS,
            STATUS,
            OUTCOME,
            CARRY,
            IGNORE,
            *(one.name for one in self.vocabulary.kinds),
        ]
        near = hint(text.lower(), fields)
        otherwise = "`chcheck events` lists the events"
        return near if near.meant else self.vocabulary.hint(text, otherwise)


_WRAPPED = regex(r"custom field \((.+)\)|(?:custom ?field|cf)\.?\{(.+)\}", re.IGNORECASE)
"""How Jira and Request Tracker export the name of a field that was added to them."""
_DATES_OF_EVENTS = (
    *("event date", "date of event", "event time", "event timestamp", "event datetime"),
    *("event date time", "date time of event", "activity date", "date of activity"),
    *("milestone date", "timestamp", "time timestamp"),
)
"""How the date in each row of a long table is named; what is compared of a name lacks such words.

The last is that of event logs in XES, beside "concept:name" and "case:concept:name".
"""
_LONG_NAMES = {
    **dict.fromkeys(("until", "extended to", "extended until", "new due"), "until"),
    **dict.fromkeys(("handler", "officer", "handled by"), "handler"),
    "evidence": "evidence",
}


ADDED = "chcheck: "
"""What the heading of a column begins with that chcheck added to somebody's table."""
ADDED_ROW = f"{ADDED}row"
"""The heading of the first of these columns: what became of the row."""


def is_theirs(header: str) -> bool:
    """Whether a column has a name, and was not added by chcheck."""
    return bool(header) and not header.startswith(ADDED)


def is_key(field: str) -> bool:
    """Whether a field is one key of an event."""
    return "." in field
