"""The words that a report uses, in plain English."""

from __future__ import annotations

from timeliness.model.report import Report
from timeliness.model.sides import CODE, FIRST, FIRST_OMBUDSMAN

_TERMS = (
    (
        "Acknowledge",
        "Letting the resident know that the complaint, or the request to take it further, has "
        "arrived.",
    ),
    (
        "As at",
        "The day of the check. Anything not done by then counts as not done yet.",
    ),
    ("Bank holiday", "A public holiday. It does not count as a working day."),
    (
        "Breach",
        "A duty that was not met: an answer after its last day, or none at all by the as-at day.",
    ),
    (
        "Cannot tell",
        "The record does not say enough to decide. The report says which date would settle it.",
    ),
    (
        "Clause",
        "A numbered paragraph of the Code or of a policy. Each finding names its own.",
    ),
    ("Due", "The last day on which something is still in time."),
    (
        "Escalation",
        "When a resident is not satisfied with the first answer and asks for the next stage.",
    ),
    (
        "Extension",
        "More time. The landlord has to tell the resident why, and the new date.",
    ),
    (
        "For information",
        "Another way to count the days. It is shown, but does not decide.",
    ),
    (
        "Not followed",
        "The Code says “should”, and it was not done. This is not a breach, but the landlord "
        "has to explain it.",
    ),
    (
        "Policy",
        "The landlord's own rules for complaints. They may promise more than the Code, or less.",
    ),
    (
        "Projected",
        "Bank holidays have not been announced that far ahead, so the date may move by a day.",
    ),
    (
        "Reading",
        "Where a rule does not say what starts its clock, the days are counted each way.",
    ),
    (
        "Record: complete or partial",
        "A complete record lists everything that happened. A partial one may have gaps, so "
        "something missing from it is not counted as not done.",
    ),
    ("Stage 1 and stage 2", "The landlord's first answer, and its answer on a second look."),
    (
        "Working day",
        "Monday to Friday, except bank holidays. Counting starts on the working day after the "
        "event, unless the policy says otherwise.",
    ),
)
_CODE = (
    "Code",
    "The Complaint Handling Code of the Housing Ombudsman: how landlords in England are to "
    "handle complaints, and how fast.",
)


def terms(report: Report) -> list[tuple[str, str]]:
    """Return the words with what they mean, those of the Codes of a report among them."""
    codes = {
        book.side.called: f"{book.title}, published by {book.publisher}."
        for book in report.rulebooks
        if book.standard == CODE and book.series != FIRST
    }
    own = [_CODE] if FIRST_OMBUDSMAN in report.ombudsmen else []
    return sorted([*_TERMS, *own, *codes.items()], key=lambda one: one[0].lower())
