"""The keys of a configuration, from which its reader and the table in the docs are made."""

from __future__ import annotations

from timeliness.model.assumption import FACTS
from timeliness.model.calendars import NATIONS
from timeliness.model.keys import Key
from timeliness.model.sides import BODIES
from timeliness.results.gate import FAILING
from timeliness.results.weights import SEVERITIES

LANDLORD_KEYS = (
    Key("policy", "text", "the policy for its complaints"),
    Key("code", "items", "the Code or Codes for its complaints"),
    Key("rules", "items", "its policy and Codes in one list"),
    Key("body", "choice", "what kind of body it is", BODIES),
    Key("nation", "choice", "the nation for its complaints", tuple(NATIONS)),
)
ACCEPTED_KEYS = (
    Key("reason", "text", "why it is accepted", required=True),
    Key("approver", "text", "who accepts it", required=True),
    Key("expires", "date", "the last day on which it is accepted", required=True),
    Key("complaint", "text", "the reference of the complaint"),
    Key("landlord", "text", "the landlord of the complaint"),
    Key(
        "standard",
        "text",
        "code or policy; if several Codes apply, give the series too",
    ),
    Key("series", "text", "the series of the Code or policy"),
    Key("rule", "text", "the rule; leave it out to accept every rule"),
    Key("row", "text", "the fingerprint of a row that cannot be read"),
    Key("episode", "number", "the episode of the complaint; 1 if you leave it out"),
)
ASSUME_KEYS = (
    Key(
        "extension-letters",
        "items",
        "what every letter that extends a stage gives: " + ", ".join(FACTS),
        tuple(FACTS),
        required=True,
    ),
    Key("approver", "text", "who approved that this is assumed", required=True),
    Key("date", "date", "the day on which it was approved", required=True),
)
DAY_OFF_KEYS = (
    Key("date", "date", "the day", required=True),
    Key("says", "text", "what it is, such as a state funeral", required=True),
    Key("source", "text", "where it was announced", required=True),
    Key("nations", "items", "the nations it is for; all if you leave it out", tuple(NATIONS)),
)
HOMES_KEYS = (
    Key("LCRA", "number", "how many low cost rental homes there are"),
    Key("LCHO", "number", "how many low cost home ownership homes there are"),
)
CONFIG_KEYS = (
    Key("landlord", "text", "the landlord, for complaints that do not give one"),
    Key("policy", "text", "the policy, for complaints that do not give one"),
    Key("code", "items", "the Code or Codes, for complaints that do not give one"),
    Key("rules", "items", "the policy and Codes in one list, instead of policy and code"),
    Key("body", "choice", "housing (default) or council, for complaints that do not say", BODIES),
    Key("nation", "choice", "the nation, for complaints that do not give one", tuple(NATIONS)),
    Key("as-at", "date", "the day on which the export was taken"),
    Key("dates", "choice", "how to read 03/04/2025: uk, us or iso", ("uk", "us", "iso")),
    Key("sheet", "text", "the sheet to read in a workbook"),
    Key(
        "form",
        "choice",
        "wide (a row per complaint) or long (a row per event)",
        ("wide", "long"),
    ),
    Key(
        "recorded",
        "items",
        "the events that the table records for every complaint",
        page="the events that the table records for every complaint: without one, it was not done",
    ),
    Key("allow-empty", "yes-no", "true if a table may have no rows; otherwise that is an error"),
    Key(
        "fail-on",
        "choice",
        "which results make the exit code 1",
        tuple(FAILING),
        page="which results make the exit code 1: `breach` (default), `cannot-tell` or `never`",
    ),
    Key(
        "severity",
        "table",
        "how much the findings of a rule matter, by its name: " + ", ".join(SEVERITIES),
        page="how much the findings of a rule matter, by its name: `error`, `warning`, `note` or "
        "`off`; see [below](#which-rules-count)",
    ),
    Key("baseline", "text", "a CSV file of findings already known"),
    Key("columns", "table", "what each column contains, by its header"),
    Key("stages", "table", "the stage (1, 2 or 3) that a text in a stage column means"),
    Key("events", "table", "the event that a name in a long table means, or `ignore`"),
    Key("status", "table", "what a status or outcome means, by its text"),
    Key("tenure", "text", "the column that gives the tenure, for the figures of a year"),
    Key("tenures", "table", "LCRA, LCHO or outside, by the text of a tenure"),
    Key("homes", "table", "how many homes there are, by tenure", keys=HOMES_KEYS),
    Key(
        "assume",
        "map",
        "what every extension letter gives, if no column says so, with approver and date",
        keys=ASSUME_KEYS,
    ),
    Key(
        "landlords",
        "table",
        "the policy, Codes, body and nation of each landlord in a file, by name",
        keys=LANDLORD_KEYS,
    ),
    Key(
        "floors",
        "table",
        "the lowest share in time, by rule",
        page="the lowest share in time, from 0 to 1, by rule: `stage-1-response` or "
        "`code/stage-1-response` (every Code), `policy/stage-1-response`, or with the "
        "series of one Code in front",
    ),
    Key(
        "non-working-days",
        "maps",
        "days that are no working days, announced too late to be among the bank holidays",
        keys=DAY_OFF_KEYS,
        page="days that are not working days for any clock, announced too late to be among the "
        "bank holidays: each with `date`, `says`, `source` and, if not all, `nations`",
    ),
    Key(
        "accepted",
        "maps",
        "findings and rows you accept, each with reason, approver and expires",
        keys=ACCEPTED_KEYS,
    ),
)
