"""The keys of a timeline and of a statement; those of an event stand with the events."""

from __future__ import annotations

from timeliness.model.calendars import NATIONS
from timeliness.model.keys import Key
from timeliness.model.statements import STATEMENT_KINDS

RECORDS = ("complete", "partial")
AGAINST = ("policy", "code")
STATEMENT_KEYS = (
    Key("words", "text", "the statement, in the words that matter", required=True),
    Key(
        "states",
        "text",
        "its figure (25 working days, nearly 4 weeks), its date, or in time or late; may be "
        "left out where the words hold one figure",
        page="its figure, its date, or `in time` or `late`",
    ),
    Key(
        "about",
        "text",
        "the event it is about, by name or id; or free text where from and to are given",
        page="the event it is about: its name, an alias, or the `id` of one event; free text "
        "where a figure has both `from` and `to`",
    ),
    Key(
        "from",
        "dates",
        "the day it counts from: an event by name or id, or a date",
        page="the day it counts from: an event, an `id`, or a date; a month, a range or a list of"
        " dates where the day is known roughly",
    ),
    Key(
        "to",
        "dates",
        "the day it counts to: an event by name or id, or a date",
        page="the day it counts to, in the same forms",
    ),
    Key("by", "text", "who said it, as a role"),
    Key("source", "text", "where it stands"),
    Key(
        "kind",
        "choice",
        "; ".join(f"{kind}: {says}" for kind, says in STATEMENT_KINDS.items()),
        tuple(STATEMENT_KINDS),
        page="of a figure `elapsed` (default) or `overshoot` (default where the words say "
        '"8 working days late" or "over its target"); of a date `due` (default where the event has '
        "a limit) or `happened`",
    ),
    Key(
        "against",
        "choice",
        "whose limit it means, policy or code",
        AGAINST,
        page="`policy` or `code`, where the statement says whose limit it means; `code` where the "
        "words name the Code alone",
    ),
    Key(
        "said",
        "date",
        "the day on which it was said, which decides what bank holidays were announced by then",
        page="the day on which it was said, so that a last day is worked out with the bank "
        "holidays announced by then",
    ),
)
TIMELINE_KEYS = (
    Key(
        "complaint",
        "text",
        "the reference: all that any output needs to identify it",
        required=True,
        page="the reference. It is all that any output needs to identify the complaint",
    ),
    Key("landlord", "text", "the landlord's name"),
    Key(
        "nation",
        "choice",
        "england (default), wales, scotland or northern-ireland",
        tuple(NATIONS),
        page="`england` (default), `wales`, `scotland` or `northern-ireland`: whose bank holidays"
        " and whose Code. There is no Code for Scotland or Northern Ireland here yet, so "
        "those need a policy",
    ),
    Key(
        "policy",
        "text",
        "a shipped policy by name, or the path of a policy file beside this one",
        page="a policy that ships, by the name of its series (`luton`: the edition is chosen by "
        "the day of receipt) or of one edition (`luton-2022`); or the path of a [policy file"
        " of your own](policies.md), beside this file. Without one the Code alone is checked",
    ),
    Key(
        "record",
        "choice",
        "complete (default): what is not listed did not happen; partial: it is not known",
        RECORDS,
        page="`complete` (default): an event that is not listed did not happen. `partial`: it is "
        "not known whether it did",
    ),
    Key(
        "as_at",
        "date",
        "the day the record was taken",
        page="the day the record was taken. `--as-at` goes before it; without either it is today "
        "in London",
    ),
    Key(
        "dates",
        "choice",
        "uk: dates such as 03/04/2025 are day first",
        ("uk", "iso"),
        page="`uk`: dates such as 03/04/2025 are day first throughout the file",
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
        "what letters and reports state about time, to be checked",
        page="what somebody stated about time: see [statements.md](statements.md)",
    ),
)
