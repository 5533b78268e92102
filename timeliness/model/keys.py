"""The keys of a mapping, each with its meaning, and those that an event may have.

The readers, the JSON Schemas and the tables of the documentation are made from the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

EVIDENCE = ("seen", "claimed", "absent")
LETTER_ITEMS = {
    "stage": "the stage",
    "definition": "how the complaint is defined",
    "decision": "the decision",
    "reasons": "the reasons",
    "remedy": "any remedy",
    "outstanding actions": "what is outstanding",
    "escalation route": "how to escalate",
    "ombudsman route": "how to go to the Ombudsman",
    "responsibilities": "what the landlord is responsible for",
    "issues outstanding": "the issues outstanding",
    "outcomes sought": "the outcomes sought",
    "every point": "an answer to every point",
}
"""What a letter may set out, in words that fit a sentence."""

REFUSAL_GROUNDS = ("too old", "legal proceedings", "already considered", "other", "none given")
OUTCOMES = ("upheld", "partly upheld", "not upheld")


class Key(Struct, frozen=True):
    """One key of a mapping.

    `kind` is how its value is read:
    * text, number, date, event, limit, yes-no, or choice: one of `choices`;
    * clock-limit: a limit that may be in hours;
    * dates: a date, or several that may be meant;
    * items: one of `choices` or a list of them, of any texts where there are none;
    * events: an event or a list of them; attributes: a key of the mapping's `event`, or a list;
    * map: `keys` with values, or one of `choices`; table: names with values of any kind in `keys`;
    * maps: a list of them; lines: a list in which each is a text or such a map.

    `required` says that the mapping needs it, and `page` what its row says in the documentation,
    where that is more than `says`.

    Of an event, `yes` and `no` say in a sentence that it is so, or given, and that it is not;
    `open` that it is not known; `needed` names it as what something needs.
    """

    name: str
    kind: str
    says: str
    choices: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    required: bool = False
    page: str = ""
    yes: str = ""
    no: str = ""
    open: str = ""
    needed: str = ""

    def said(self, value: bool) -> str:
        """Return in words that it is so, or that it is not."""
        plain = self.name.replace("_", " ")
        return (self.yes or f"{plain}: yes") if value else (self.no or f"{plain}: no")

    @property
    def open_question(self) -> str:
        """Return what is not known where it is not recorded."""
        return self.open or self.name.replace("_", " ")


def names_of(keys: Iterable[Key]) -> list[str]:
    """Return the names of some keys, in order."""
    return [key.name for key in keys]


COMMON_KEYS = (
    Key(
        "date",
        "dates",
        "the day it happened, or the days on which it may have happened",
        open="the exact day",
    ),
    Key("event", "text", "its name", required=True),
    Key("by", "text", "who did it, as a role: resident, landlord, councillor, ombudsman"),
    Key("handler", "text", "a reference to the person who dealt with it"),
    Key("source", "text", "where the date comes from"),
    Key("evidence", "choice", "what shows that it happened", EVIDENCE),
    Key("note", "text", "anything else worth keeping"),
    Key("id", "text", "a name by which other events can point to this one"),
    Key("treated_as", "event", "the event that the landlord treated it as"),
)

LETTER_KEYS = (
    Key("includes", "items", "what the letter says", tuple(LETTER_ITEMS)),
    Key("missing", "items", "what the letter was found to leave out", tuple(LETTER_ITEMS)),
    Key("outcome", "choice", "the decision", OUTCOMES),
    Key(
        "sent",
        "yes-no",
        "whether it was sent; a response that was not sent does not stop the clock",
    ),
    Key("relies_on", "text", "the id of an event that the letter relies on as having happened"),
)
_IN_WRITING = Key(
    "in_writing",
    "yes-no",
    "whether the resident was told in writing",
    yes="it was in writing",
    no="it was not in writing",
    open="whether it was in writing",
    needed="written notice",
)
_DETAILS = Key(
    "ombudsman_details",
    "yes-no",
    "whether the Ombudsman's contact details were given",
    yes="the Ombudsman's details were given",
    no="the Ombudsman's details were not given",
    open="whether the Ombudsman's details were given",
    needed="the Ombudsman's contact details",
)
AGREED = Key(
    "agreed_by_resident",
    "yes-no",
    "whether the resident agreed",
    yes="the resident agreed",
    no="the resident did not agree",
    open="whether the resident agreed",
    needed="the resident's agreement",
)
EXTENSION_KEYS = (
    Key(
        "until",
        "date",
        "the new date given",
        yes="a new date was given",
        no="no new date was given",
        open="the new date",
        needed="the new date",
    ),
    Key(
        "reason",
        "text",
        "the reason given",
        yes="a reason was given",
        no="no reason was given",
        open="the reason given",
        needed="the reason",
    ),
    _DETAILS,
    _IN_WRITING,
    AGREED,
    Key(
        "good_reason",
        "yes-no",
        "whether there was good reason to go beyond the maximum",
        yes="there was good reason",
        no="there was no good reason",
        open="whether there was good reason",
        needed="good reason",
    ),
    Key(
        "updates_agreed",
        "yes-no",
        "whether it was agreed how often to update the resident",
        yes="updates were agreed",
        no="no updates were agreed",
        open="whether updates were agreed",
    ),
)
DEADLINE_KEYS = (
    Key("within", "limit", "the time allowed, such as 2 working days or 4 weeks"),
    Key("due", "date", "the last day"),
)
REFUSAL_KEYS = (
    Key("grounds", "choice", "the grounds given", REFUSAL_GROUNDS, open="the grounds given"),
    _IN_WRITING,
    replace(_DETAILS, says="whether the right to go to the Ombudsman was explained"),
)
