"""The keys of a timeline and of a statement; those of an event are with the events."""

from __future__ import annotations

from timeliness.model.calendars import NATIONS
from timeliness.model.keys import COMMON_KEYS, Key
from timeliness.model.sides import BODIES
from timeliness.model.timelines import STATEMENT_KINDS

RECORDS = ("complete", "partial")
AGAINST = ("policy", "code")
STATEMENT_KEYS = (
    Key("words", "text", "the statement, in the words that matter", required=True),
    Key(
        "states",
        "text",
        "its figure (25 working days, nearly 4 weeks), its date, or in time or late; you can leave "
        "it out if the words contain one figure",
        page="its figure, its date, or `in time` or `late`",
    ),
    Key(
        "about",
        "text",
        "the event it is about, by name or id; or free text if you give from and to",
        page="the event it is about: its name, an alias, or the `id` of one event; free text "
        "if a figure has both `from` and `to`",
    ),
    Key(
        "from",
        "dates",
        "the day it counts from: an event by name or id, or a date",
        page="the day it counts from: an event, an `id`, or a date; a month, a range or a list of"
        " dates if the exact day is not known",
    ),
    Key(
        "to",
        "dates",
        "the day it counts to: an event by name or id, or a date",
        page="the day it counts to, in the same forms",
    ),
    Key("by", "text", "who said it, as a role"),
    Key("source", "text", "where it was said"),
    Key(
        "kind",
        "choice",
        "; ".join(f"{kind}: {says}" for kind, says in STATEMENT_KINDS.items()),
        tuple(STATEMENT_KINDS),
        page="for a figure, `elapsed` (default) or `overshoot` (default if the words say "
        '"8 working days late" or "over its target"); for a date, `due` (default if the event has '
        "a limit) or `happened`",
    ),
    Key(
        "against",
        "choice",
        "whose limit it means, policy or code",
        AGAINST,
        page="`policy` or `code`, if the statement says whose limit it means; it is `code` if the "
        "words name only the Code",
    ),
    Key(
        "said",
        "date",
        "the day it was said, which decides which bank holidays had been announced",
        page="the day it was said, so that a last day is worked out with the bank holidays that "
        "had been announced by then",
    ),
)
TIMELINE_KEYS = (
    Key(
        "complaint",
        "text",
        "the reference, which is all that any output uses to identify it",
        required=True,
        page="the reference. It is all that any output uses to identify the complaint",
    ),
    Key("landlord", "text", "the landlord's name"),
    Key(
        "nation",
        "choice",
        "england (default), wales, scotland or northern-ireland",
        tuple(NATIONS),
        page="`england` (default), `wales`, `scotland` or `northern-ireland`: whose bank holidays"
        " and whose Code",
    ),
    Key(
        "policy",
        "text",
        "a policy that comes with chcheck, by name, or the path of a policy file beside this one",
        page="a policy that comes with chcheck, by the name of its series (`luton`: the day of "
        "receipt chooses the edition) or of one edition (`luton-2022`); or the path of [your own "
        "policy file](policies.md), beside this file. Without one, only the Code is checked",
    ),
    Key(
        "code",
        "items",
        "the Code or Codes it is checked against, by name or path; by default its nation's",
        page="a Code, or a list of Codes that are then shown side by side: each by its series "
        "(`housing-ombudsman`: the day of receipt chooses the edition), one edition "
        "(`housing-ombudsman-2024`, or `2024`) or a path. If you leave it out, it is the Code for "
        "the nation and the kind of body; `chcheck rules` says for whom each is. The report notes "
        "one that you name and that is for another nation",
    ),
    Key(
        "rules",
        "items",
        "a policy and Codes in one list, instead of policy and code",
        page="a policy and Codes together in one list, such as `[luton, housing-ombudsman]`, "
        "instead of `policy` and `code`",
    ),
    Key(
        "body",
        "choice",
        "housing (default) or council: what kind of body the complaint is about",
        BODIES,
        page="`housing` (default) or `council`: what kind of body the complaint is about, which "
        "decides the Code if you do not name one",
    ),
    Key(
        "record",
        "choice",
        "complete (default): anything not listed did not happen; partial: it may have happened",
        RECORDS,
        page="`complete` (default): an event that is not listed did not happen. `partial`: it may "
        "have happened",
    ),
    Key(
        "as_at",
        "date",
        "the day the record was taken",
        page="the day the record was taken. `--as-at` overrides it; without either it is today in "
        "London",
    ),
    Key(
        "dates",
        "choice",
        "uk: in dates such as 03/04/2025 the day comes first",
        ("uk", "iso"),
        page="`uk`: in dates such as 03/04/2025 the day comes first, throughout the file",
    ),
    Key(
        "events",
        "lines",
        "what happened, each with its date",
        required=True,
        page="what happened",
    ),
    Key(
        "statements",
        "maps",
        "what letters and reports say about time, to be checked",
        page="what letters and reports say about time: see [statements.md](statements.md)",
    ),
)


def entry_keys(key: Key) -> tuple[Key, ...]:
    """Return the keys of each entry of a list in a timeline; those of every event, for events."""
    own = {"events": COMMON_KEYS, "statements": STATEMENT_KEYS}
    return own.get(key.name, key.keys)
