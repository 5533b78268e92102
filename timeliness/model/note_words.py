"""The words with which a note may begin that follows an event in the one-line form.

The list is published: `chcheck events` and docs/events.md print it.
"""

from __future__ import annotations

from msgspec import Struct

from timeliness.model.vocabulary import REQUESTED, STAGE_TRIGGERS, Kind

SENT_BY_RESIDENT = (*STAGE_TRIGGERS.values(), "chaser", "contact", "intermediary enquiry")
"""What a resident, or somebody for the resident, sends."""

_SENT_BY_LANDLORD = ("holding response", "update", "contact", "compensation offered")
_DONE_BY_RESIDENT = (
    *(REQUESTED, "stage 3 requested", "chaser", "contact", "intermediary enquiry"),
    *("complaint withdrawn", "early resolution agreed", "ombudsman referral"),
)
_LETTER_KEYS = {"includes", "until", "grounds"}

OPEN_WORDS = ("by", "via", "through", "after", "because")
MANNERS = ("in person", "in writing", "in full")
RECIPIENTS = ("resident", "tenant", "complainant", "her", "him", "them")
SENT = ("letter", "email", "sent", "issued", "posted", "emailed")
OUTCOME_WORDS = {
    "upheld": "upheld",
    "partly upheld": "partly upheld",
    "partially upheld": "partly upheld",
    "not upheld": "not upheld",
}
"""How an outcome is written, and what it is read as."""

FREE_WORDS = ("about", "regarding", "re")

BARE_VERBS = {
    *("received", "logged", "acknowledged", "responded", "escalated", "extended", "refused"),
    *("withdrawn", "closed", "reopened", "complained"),
}
"""Short names that take no noun: "closed repair order 12" closes no complaint."""

LANDLORDS = ("landlord", "council", "association", "contractor", "surveyor")


class Opening(Struct, frozen=True):
    """A way in which a note may begin: the words, the events they may follow, and what they take.

    As a text it says so; what is not said to be followed by something may end the line.
    """

    words: str
    after: str
    then: str

    def __str__(self) -> str:
        then = self.then if self.then.startswith(";") else self.then and f", then {self.then}"
        return f"{self.words} (after {self.after}){then}"


OPENINGS = (
    Opening("a comma, a dash or a bracket", "any event", "a note"),
    Opening(
        ", ".join(OPEN_WORDS),
        "any event",
        'a note; "by" and a day would be a deadline, so it is refused',
    ),
    Opening(", ".join(MANNERS), "any event", ""),
    Opening("at", "any event", "a time of day such as 4.30pm, which becomes the time of the event"),
    Opening("to, to the", "what a landlord does", f"{', '.join(RECIPIENTS)}; nothing may follow"),
    Opening("from", "the full name of what a resident sends, such as complaint received", "a note"),
    Opening(", ".join(SENT), "what a landlord sends", ""),
    Opening("upheld, partly upheld, not upheld", "a response", "; it becomes the outcome"),
    Opening("until", "an extension", "the new day, which becomes its until"),
    Opening(", ".join(FREE_WORDS), "complaint received and other requests", "anything at all"),
)


def sent_by_landlord(kind: Kind) -> bool:
    """Whether an event is a letter or message of the landlord's."""
    return kind.name in _SENT_BY_LANDLORD or any(key.name in _LETTER_KEYS for key in kind.keys)


def done_by_resident(kind: Kind) -> bool:
    """Whether a resident may be who did it: "acknowledged by the resident" is another fact."""
    return kind.name in _DONE_BY_RESIDENT or bool(kind.declared_by)
