"""What each column of a table holds: declared, recognised by its name, or left alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from timeliness.model.claims import claim_in
from timeliness.model.declared import Declared
from timeliness.model.errors import VALUE, InputError, Mistake
from timeliness.model.plain import listed
from timeliness.model.vocabulary import RECEIVED, Kind, plain_name
from timeliness.tables.advice import example
from timeliness.tables.assigned import DECLARED, LEFT, RECOGNISED, SEVERAL, Assigned, Fields
from timeliness.tables.claim_columns import due_field, settled
from timeliness.tables.column_names import may_be_new_date
from timeliness.tables.contents import (
    OTHER,
    WHETHER,
    contents_of,
    has_words,
    holds_dates,
    names_codes,
    names_no_person,
)
from timeliness.tables.grid import Grid
from timeliness.tables.header_words import canonical
from timeliness.tables.headers import (
    CARRY,
    CODES,
    DATE,
    EVENT,
    FINAL,
    IGNORE,
    LONG_KEYS,
    Names,
    first_name,
    is_key,
    is_theirs,
    unnumbered,
)
from timeliness.tables.lacking import check_columns
from timeliness.tables.status_names import OUTCOME, STATUS

_SLIPS = 2
_ESCALATIONS = ("escalation requested", "escalation logged", "escalation acknowledged")


def assign(grid: Grid, names: Names, declared: Declared, *, strict: bool = True) -> Fields:
    """Say what each column holds. Raises `InputError` where that is not clear, if `strict`."""
    holds = _by_header(grid, names, declared, strict=strict)
    columns: list[Assigned] = []
    headers = set(grid.header)
    wanted = {" ".join(name.lower().split()) for name in (*declared.by, declared.tenure)} - {""}
    declared_fields = {one for one in holds.values() if one not in SEVERAL and not claim_in(one)}
    for place, header in enumerate(grid.header):
        if header in holds:
            columns.append(Assigned(place, header, holds[header], DECLARED))
            continue
        field = _recognised(header, headers, names)
        if field in declared_fields:
            field = None
        if field == CODES and not names_codes(grid.column(place), declared.code_names):
            # A code of anything else.
            field = None
        if field is None and " ".join(header.lower().split()) in wanted:
            field = CARRY
        how = RECOGNISED if field else LEFT
        columns.append(Assigned(place, header, field or IGNORE, how))
    long = _is_long(columns, declared)
    if long:
        columns = [
            replace(one, holds=IGNORE, how=LEFT)
            if one.holds in (STATUS, OUTCOME) and one.how == RECOGNISED
            else one
            for one in columns
        ]
        columns = [
            Assigned(one.place, one.header, key, RECOGNISED)
            if (one.how == LEFT or (one.how == RECOGNISED and is_key(one.holds)))
            and (key := names.key_of_event(one.header))
            else one
            for one in columns
        ]
    else:
        columns = [
            Assigned(one.place, one.header, IGNORE, LEFT)
            if one.holds in (EVENT, DATE) or (one.how == DECLARED and one.holds in LONG_KEYS)
            else one
            for one in columns
        ]
    notes: list[str] = []
    columns = _final_settled(columns, notes)
    columns = _claims_settled(columns, grid, names, notes, long=long)
    if not long:
        columns = [_by_contents(one, grid, names, notes) for one in columns]
        columns = _extensions_settled(columns, notes)
    columns, unused = _with_unused(columns, grid, notes)
    notes += _about_receipt(columns, long=long)
    fields = Fields(tuple(columns), long, tuple(notes), unused)
    if strict:
        check_columns(fields, grid, names)
    return fields


def _recognised(header: str, headers: Collection[str], names: Names) -> str | None:
    """Return what a column holds by its name, or None.

    A number behind the name of another column makes it a second of the same event, as in Received.1
    or Received2, if that happens once in a stage or ends one: which of the two counts is not clear.
    """
    if not header:
        return None
    plain = unnumbered(header, headers)
    field = names.recognise(plain) if plain != header else None
    kind = names.vocabulary.find(field.partition(".")[0]) if field else None
    if kind and (kind.stage or kind.ends):
        return field
    return names.recognise(first_name(header, headers))


def _final_settled(columns: Sequence[Assigned], notes: list[str]) -> list[Assigned]:
    """Return columns with the final response as that of stage 2, where others hold escalations.

    Otherwise it is not clear which stage it answers, and it is left alone with a note.
    """
    held = {one.holds for one in columns}
    second = not held.isdisjoint(_ESCALATIONS) and "stage 2 response" not in held
    settled = []
    for one in columns:
        if one.holds == FINAL and second:
            settled.append(replace(one, holds="stage 2 response"))
            second = False
        elif one.holds == FINAL:
            settled.append(replace(one, holds=IGNORE, how=LEFT))
            notes.append(
                f'the column "{one.header}" is not used: it does not say which stage it answers; '
                f"declare it: {example(one.header, 'stage 1 response')}"
            )
        else:
            settled.append(one)
    return settled


def _claims_settled(
    columns: Sequence[Assigned], grid: Grid, names: Names, notes: list[str], *, long: bool
) -> list[Assigned]:
    """Return columns with those that claim something as their cells show them, or left alone."""
    kinds = [names.vocabulary.find(one.holds.partition(".")[0]) for one in columns]
    later = any(kind.stage > 1 for kind in kinds if kind)
    found = []
    for one in columns:
        if claim_in(one.holds):
            cells, declared = grid.column(one.place), one.how == DECLARED
            holds, note = settled(
                one.header, one.holds, cells, declared=declared, long=long, later=later
            )
            notes += [note] if note else []
            one = replace(one, holds=holds or IGNORE, how=one.how if holds else LEFT)
        found.append(one)
    return found


def _by_contents(column: Assigned, grid: Grid, names: Names, notes: list[str]) -> Assigned:
    """Return a column as its cells show it to be, whatever its name says of an event.

    What holds neither a date nor yes or no is left alone, with a note, unless somebody declared it
    or its words may say that a complaint was ended or extended. One or two such cells under an
    event of a stage are slips, each named by itself.
    """
    cells = grid.column(column.place)
    if column.holds.endswith(".handler") and column.how == RECOGNISED:
        by = canonical(column.header).endswith(" by")
        if not names_no_person(cells, numbers=by):
            return column
        if by:
            return replace(column, holds=due_field(column.holds))
        notes.append(f'the column "{column.header}" is not used: it holds dates, not people')
        return replace(column, holds=IGNORE, how=LEFT)
    kind = names.vocabulary.find(column.holds)
    if kind is None:
        return column
    contents = contents_of(cells)
    if contents == WHETHER:
        return replace(column, whether=True)
    may_decide = _ends_or_extends(kind) and has_words(cells)
    few = bool(kind.stage) and len(cells) - cells.null_count() <= _SLIPS
    if contents != OTHER or column.how == DECLARED or may_decide or few:
        return column
    notes.append(f'the column "{column.header}" is not used: it holds no date')
    return replace(column, holds=IGNORE, how=LEFT)


def _extensions_settled(columns: Sequence[Assigned], notes: list[str]) -> list[Assigned]:
    """Return columns with the days of an extension unknown where they may be its new dates.

    That is so of "Extension date" where no other column holds the new date, but not of the name of
    the event itself.
    """
    held = {one.holds for one in columns}
    settled = []
    for one in columns:
        until = f"{one.holds}.until"
        unsaid = one.holds.endswith(" extended") and until not in held and not one.whether
        named = plain_name(one.header) == one.holds
        if unsaid and one.how == RECOGNISED and not named and may_be_new_date(one.header):
            one = replace(one, whether=True)
            notes.append(
                f'the column "{one.header}" may hold the day on which the resident was told or the '
                "new date, so it counts as an extension on an unknown day; declare which it is: "
                f'[columns] "{one.header}" = "{one.holds}", or "{until}", in chcheck.toml'
            )
        settled.append(one)
    return settled


def _with_unused(
    columns: Sequence[Assigned], grid: Grid, notes: Sequence[str]
) -> tuple[list[Assigned], str]:
    """Return columns with those marked that hold dates and are not used, and what to say of them.

    Those that a note names already are not named again.
    """
    found = {
        one.place
        for one in columns
        if one.how == LEFT and is_theirs(one.header) and holds_dates(grid.column(one.place))
    }
    unnamed = [
        f'"{one.header}"'
        for one in columns
        if one.place in found and not any(f'"{one.header}"' in note for note in notes)
    ]
    says = ""
    if unnamed:
        one_or_more = (
            "column {} holds dates and is"
            if len(unnamed) == 1
            else ("columns {} hold dates and are")
        )
        what = one_or_more.format(listed(unnamed, "and"))
        says = f'the {what} not used; say in [columns] what is in there, or "ignore"'
    return [replace(one, unused=one.place in found) for one in columns], says


def _about_receipt(columns: Sequence[Assigned], *, long: bool) -> list[str]:
    """Return what to say of a table that holds when complaints were logged, and no receipt."""
    logged = [one.header for one in columns if one.holds == "complaint logged"]
    if long or not logged or any(one.holds == RECEIVED for one in columns):
        return []
    return [
        f'no column holds the day of receipt; if "{logged[0]}" is that day, declare it: '
        f"{example(logged[0], RECEIVED)}"
    ]


def _ends_or_extends(kind: Kind) -> bool:
    return bool(kind.ends) or any(key.name == "until" for key in kind.keys)


def _is_long(columns: Sequence[Assigned], declared: Declared) -> bool:
    if declared.form:
        return declared.form == "long"
    held = {one.holds for one in columns}
    return EVENT in held and DATE in held


def _by_header(grid: Grid, names: Names, declared: Declared, *, strict: bool) -> dict[str, str]:
    """Return what each column that is declared holds."""
    mistakes = []
    holds: dict[str, str] = {}
    by_plain = {" ".join(header.lower().split()): header for header in grid.header}
    for header, text in declared.columns.items():
        found = by_plain.get(" ".join(header.lower().split()))
        if found is None:
            # A mapping may serve several files; a column that this one lacks is not recorded.
            continue
        field = names.declared(text)
        if field is None:
            what = f'the column "{header}" is declared as {VALUE}, which is not a field'
            mistakes.append(Mistake(grid.path, 0, what, value=text, hint=names.hint(text)))
            continue
        holds[found] = field
    if mistakes and strict:
        raise InputError(mistakes)
    return holds
