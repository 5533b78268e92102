"""The usual names of the columns of an event, beside its own name and aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeliness.model.vocabulary import Kind


def names_of(kind: Kind) -> Iterator[str]:
    """Return how a column of the dates of an event is named."""
    yield kind.name
    yield from kind.aliases
    if kind.name == "complaint received":
        yield from ("received", "stage 1 complaint received", "stage 1 start", "complaint date")
    elif kind.name == "complaint logged":
        yield from ("logged", "case logged", "stage 1 complaint logged", "stage 1 case logged")
        yield from ("date time opened", "date time created", "opened time", "created time")
        yield from ("createdon", "createddate", "createdat", "openedat")
        yield from ("createdate", "create date")
    elif kind.name == "complaint acknowledged":
        yield from ("acknowledged", "stage 1 complaint acknowledged", "case acknowledged")
    elif kind.name == "escalation requested":
        yield from ("escalated", "stage 2 received", "stage 2 requested", "stage 2 escalated")
        yield from (
            "escalation received",
            "escalated to stage 2",
            "escalation date",
            "stage 2 date",
        )
        yield from ("review requested", "stage 2 start", "stage 2 escalation received")
    elif kind.name in ("escalation logged", "escalation acknowledged"):
        verb = kind.name.split()[1]
        yield f"stage 2 escalation {verb}"
        yield from (f"stage 2 {verb}", f"review {verb}", f"stage 2 complaint {verb}")
    elif kind.name.startswith("stage 3 "):
        yield kind.name.replace("requested", "received")
    if kind.name.endswith(" response") and kind.stage:
        yield f"stage {kind.stage} complaint response"
        yield f"stage {kind.stage} final response"
        yield f"stage {kind.stage} response letter sent"
        yield f"stage {kind.stage} completed"
    if kind.name == "complaint closed":
        yield from ("closed", "case closed", "date time closed", "closed time")
        yield from ("closeddate", "closedon", "closedat")


def whether_names(kind: Kind) -> Iterator[str]:
    """Return how a column says that a new date was given, as in "Extension agreed? Y/N"."""
    stage = kind.name.removesuffix(" extended")
    for prefix in (stage, "") if stage == "stage 1" else (stage,):
        for word in ("agreed", "granted", "applied", "used", "in place"):
            yield f"{prefix} extension {word}".strip()


def until_names(kind: Kind) -> Iterator[str]:
    """Return how a column of the new dates of an extension is named."""
    stage = kind.name.removesuffix(" extended")
    prefixes = (stage, "") if stage == "stage 1" else (stage,)
    for prefix in prefixes:
        for name in (
            "extended until",
            "extended to date",
            "extended due",
            "extension end",
            "extended due date",
            "new due date",
            "new target date",
            "revised due date",
            "revised target date",
            "extended deadline",
        ):
            yield f"{prefix} {name}".strip()


_PEOPLE = ("resident", "customer", "tenant")
_TO_PEOPLE = {"to", "sent", "issued", "given", "provided"}

_STAGE = {"stage", "s", "stg", "one", "two", "three"}
_UNSAID = ({"extension"}, {"extended"}, {"extension", "date"}, {"extended", "date"})


def may_be_new_date(header: str) -> bool:
    """Whether a column of an extension may hold the new date as well as the day it was given.

    "Extended on" and "Date extended" are the day on which the resident was told of it.
    """
    words = re.sub(r"[^a-z]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).lower()).split()
    return words[:1] != ["date"] and {word for word in words if word not in _STAGE} in _UNSAID


def is_own(header: str, field: str) -> bool:
    """Whether a header that is known as a field means it.

    "Customer ID" is the number of a person, of whom there may be many complaints, "Resident
    response" may be that of the resident, and "Updated" is the day on which a program last changed
    the row.
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    words = re.sub(r"[^a-z]+", " ", apart.lower()).split()
    of_person = any(word.startswith(_PEOPLE) for word in words)
    if field == "complaint":
        return not of_person
    if field.endswith(" response") and of_person:
        return not _TO_PEOPLE.isdisjoint(words)
    return field != "update" or of_person or "updated" not in words
