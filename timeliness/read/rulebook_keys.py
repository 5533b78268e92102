"""The keys of a rulebook, of its rules, their clocks and its own events."""

from __future__ import annotations

from timeliness.model.calendars import COUNTING_RULES, HOURS, NATIONS, UNITS
from timeliness.model.keys import Key
from timeliness.model.procedures import NOT_STATED
from timeliness.model.provenance import PROVENANCE
from timeliness.model.sides import BODIES, CODE, POLICY
from timeliness.read.procedures import DUTIES, PROCEDURE_KEYS, PROVENANCE_KEY

CLOCK_UNITS = (*UNITS, HOURS)
ROLLS = ("next working day",)
COUNTINGS = (*COUNTING_RULES, NOT_STATED)
BEYOND = ("good_reason", "agreed_by_resident")
UNRECORDED_KEYS = (
    Key("after", "event", "the event it follows", required=True),
    Key("limited_by", "text", "the rule whose limit bounds it"),
    Key("no_later_than", "items", "events it cannot be later than"),
)
EXTENSION_KEYS = (
    Key("event", "event", "the event that extends it", required=True),
    Key(
        "most", "clock-limit", "the longest extension, or not stated", (NOT_STATED,), required=True
    ),
    Key("needs", "items", "what must be given with it for it to count"),
    Key("unread", "items", "which of needs and beyond rest on a clause that nobody has read"),
    Key("beyond", "items", "the attributes that allow more, if the event has one of them", BEYOND),
    Key("clause", "text", "the clause"),
    PROVENANCE_KEY,
)
COUNTS = "counts"
UNLESS_KEYS = (
    Key("event", "event", "the event", required=True),
    Key("before", "date", "the day before which it must not have happened", required=True),
)
CLOCK_KEYS = (
    Key(
        "start",
        "events",
        "the event that starts it, a list of those that may, or not stated",
        required=True,
        page="the event that starts it; or `not stated`: the limit is then worked out both ways, "
        "from the receipt (or the request) and from the acknowledgement, and both count; or a list "
        "of the events that may start it, the earliest first: each of them counts",
    ),
    Key(
        "unrecorded",
        "map",
        "how to bound a start that is not on the record",
        keys=UNRECORDED_KEYS,
        page="how to bound a start that is not on the record: it comes `after` an event, is "
        "`limited_by` the rule whose limit it had to meet, and comes `no_later_than` other events",
    ),
    Key(
        "shown",
        "items",
        "other events from which the count is shown for information",
        page="other events from which the count is also shown, for information",
    ),
    Key("stop", "event", "the event that stops it", required=True),
    Key(
        "logged",
        "event",
        "the event due with it, if a clause asks the landlord to acknowledge and log",
    ),
    Key(
        "ended_by",
        "items",
        "events after which the stop is no longer owed",
        page="events after which the stop is no longer owed: what was not due by then never will "
        "be, and what was late stays late, counted to that day",
    ),
    Key(
        "early_stop",
        "choice",
        "counts, if a stop before the start has done what is asked",
        (COUNTS,),
        page="`counts`, if a stop before the start has done what is asked: a home may be made safe "
        "before the investigation ends. If you leave it out, such a stop is none",
    ),
    Key(
        "unless",
        "maps",
        "events before a day that leave nothing owed",
        keys=UNLESS_KEYS,
        page="events that leave nothing owed if they came before a day, each with `event` and "
        "`before`: a law applies to what happened from the day it came into force",
    ),
    Key(
        "limit",
        "clock-limit",
        "the limit in one unit",
        required=True,
        page="one of `working_days`, `calendar_days`, `weeks`, `months`, `hours`",
    ),
    Key(
        "rolls",
        "choice",
        "where a last day that is no working day moves",
        ROLLS,
        page="`next working day`: a last day that is not a working day moves to the next one, that "
        "of the longest extension too; for a limit that counts every day",
    ),
    Key(
        "counting",
        "choice",
        "its own counting rule: " + ", ".join(COUNTINGS),
        COUNTINGS,
        page="its own counting rule, if it differs from the rulebook's",
    ),
    Key(
        "extension",
        "map",
        "how it can be extended, or not stated; if you leave it out, it cannot be",
        (NOT_STATED,),
        EXTENSION_KEYS,
        page="`event`, `most` (or `most: not stated`, if there may be one of any length), "
        "`provenance`, `clause`; `needs`: what must be given with it for it to count; `beyond`: "
        "what allows more than `most` (`good_reason`, `agreed_by_resident`); `unread`: which of "
        "either rest on a clause that nobody has read. Or `not stated`. If you leave it out, no "
        "extension is allowed",
    ),
)

EVENT_KEYS = (
    Key(
        "name",
        "text",
        "its name",
        required=True,
        page="the name used in timelines, such as `hazard made safe`",
    ),
    Key("says", "text", "what it is", required=True),
    Key(
        "done",
        "text",
        'what follows "was" and "not" in a sentence, such as made safe',
        page='what follows "was" and "not" in a sentence: `made safe`',
    ),
    Key(
        "noun",
        "text",
        "what it is called in a sentence, such as making safe",
        page="what it is called in a sentence: `making safe`",
    ),
)
IN_FORCE_KEYS = (Key("from", "date", "the first day"), Key("until", "date", "the last day"))
TRANSITION_KEYS = (
    Key("until", "date", "the last day of it", required=True),
    Key("says", "text", "what it is", required=True),
)
CLOSURE_KEYS = (
    Key("date", "date", "a day or range"),
    Key("yearly", "text", "a day or range of every year, such as 24 December to 1 January"),
    Key("says", "text", "why"),
)
RULE_KEYS = (
    Key(
        "id",
        "text",
        "the rule's id, the same in every edition",
        required=True,
        page="the same in every edition, so that policy and Code appear side by side: "
        "`acknowledge-complaint`, `stage-1-response`, `acknowledge-escalation`, "
        "`stage-2-response`, `stage-3-response`; or a name of your own",
    ),
    Key("title", "text", "a short title", required=True, page="a few words"),
    Key("clause", "text", "the clause", required=True, page='where it is, such as `"6.3"`'),
    Key(
        "duty",
        "choice",
        "must or should",
        DUTIES,
        required=True,
        page="`must` or `should`. Not following a `should` is not a breach, but the landlord must "
        "explain it",
    ),
    Key(
        "says",
        "text",
        "what it asks, in one sentence",
        required=True,
        page="the obligation, in one plain sentence of your own",
    ),
    Key(
        "provenance",
        "choice",
        "quoted, reported or unverified",
        tuple(PROVENANCE),
        required=True,
        page="`quoted` (the wording was read in two published sources or on the publisher's "
        "pages), `reported` (it was read in one second-hand source) or `unverified`",
    ),
    Key(
        "source",
        "text",
        "where this one limit was read",
        page="where it was read, if not in the source of the rulebook",
    ),
    Key("note", "text", "how the clause is read", page="anything a reader should know"),
    Key("clock", "map", "the clock", keys=CLOCK_KEYS, required=True, page="see below"),
)
PAUSE_KEYS = (
    Key("clause", "text", "the clause", required=True),
    PROVENANCE_KEY,
    Key("needs", "items", "what must be given with a pause for it to count", ("reason",)),
)
RULEBOOK_KEYS = (
    Key(
        "id",
        "text",
        "the name by which a timeline chooses it, such as luton-2022",
        required=True,
        page="its name, such as `luton-2022`",
    ),
    Key(
        "series", "text", "the name that its editions share; the day of receipt chooses among them"
    ),
    Key("title", "text", "its full title", required=True),
    Key("short", "text", "a short title for tables"),
    Key("publisher", "text", "who issued it", required=True),
    Key(
        "standard",
        "choice",
        "code or policy",
        (CODE, POLICY),
        required=True,
        page="`code` or `policy`",
    ),
    Key("nations", "items", "the nations it applies to", tuple(NATIONS)),
    Key(
        "for",
        "items",
        "the kinds of body whose complaints a Code is for, unless they name another",
        BODIES,
        page="the kinds of body (`housing`, `council`) for which a Code is the default in its "
        "nations. A Code without it must be named; a policy always is",
    ),
    Key(
        "called",
        "text",
        "how reports call it in brackets, such as LGSCO Code",
        page="how reports call it in brackets, such as `LGSCO Code`. If you leave it out, it is "
        "Code or policy",
    ),
    Key(
        "ombudsman",
        "text",
        "whose finding a breach of it is not, such as Housing Ombudsman",
        page="whose finding a breach of it is not: an ombudsman by name, or `court`",
    ),
    Key("source", "text", "where its limits were read", required=True),
    Key(
        "in_force",
        "map",
        "from and until, the first and last day of receipt it applies to; or not stated",
        (NOT_STATED,),
        IN_FORCE_KEYS,
        page="`from` and `until`, the first and last day of receipt it applies to; or `not stated`",
    ),
    Key("checked", "date", "the day its source was last looked at", required=True),
    Key(
        "transition",
        "map",
        "until and says: a first period in which landlords could still adapt",
        keys=TRANSITION_KEYS,
        page="`until` and `says`: a first period in which landlords could still adapt; noted in "
        "the report",
    ),
    Key(
        "on_breach",
        "text",
        "what a reader should know about every breach under it",
        page="what a reader should know about every breach under it; noted in the report",
    ),
    Key("note", "text", "anything a reader should know"),
    Key(
        "counting",
        "choice",
        "the counting rule: " + ", ".join(COUNTINGS),
        COUNTINGS,
        page="`day-after` (default), `same-day` or `roll-forward`: see "
        "[counting.md](counting.md); or `not stated`: the limits are then worked out both ways, "
        "with the day of the event as day 1 and with the day after, and both count",
    ),
    Key(
        "closure_days",
        "lines",
        "other days on which the landlord is closed, with reasons",
        keys=CLOSURE_KEYS,
        page="whole days, or ranges of up to a month, each with the reason: by its `date`, or "
        "`yearly: 24 December to 1 January`",
    ),
    Key(
        "cut_off",
        "text",
        "the hour, London time, after which a start counts as on the next working day",
        page="the hour, London time, after which a start counts as on the next working day",
    ),
    Key(
        "pauses",
        "map",
        "the clause that lets its clocks stand still",
        keys=PAUSE_KEYS,
        page="`clause`, `provenance` and `needs` (`reason`) of what lets its clocks stand still "
        "between `clock paused` and `clock resumed`; for a policy only",
    ),
    Key(
        "procedure",
        "map",
        "its stages, an early stage, reasons for escalating; each with its clause",
        keys=PROCEDURE_KEYS,
        page="what it says about the procedure, each with `value`, `clause`, `provenance`, `duty` "
        "and `note`: `stages` (1 to 4), `early_stage` (`none`, `with agreement`, "
        "`required`), `reasons_for_escalation` (`not required`, `required`). "
        "`below` says how a policy with fewer compares: `stricter` (default), `weaker` or "
        "`not stated`",
    ),
    Key(
        "events",
        "maps",
        "its own events, each with a name and what it says",
        keys=EVENT_KEYS,
        page="its own events, each with `name` and `says`; see below",
    ),
    Key(
        "rules",
        "maps",
        "its time limits",
        keys=RULE_KEYS,
        required=True,
        page="the rules that have a time limit",
    ),
    Key(
        "duties",
        "maps",
        "its duties without a time limit",
        page="what it asks without a time limit; see below",
    ),
)
