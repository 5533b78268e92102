"""The JSON Schema of the report: what docs/json.md promises, for programs that read it."""

from __future__ import annotations

from timeliness.model.verdict_words import REASONS
from timeliness.write.schema import Schema, head


def record(optional: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """Return the schema of an object that has some keys at least: others may be added."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def many(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
LINE: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
SPAN = or_null(record(earliest=or_null(DAY), latest=or_null(DAY)))
RANGE = or_null(record(least=NUMBER, most=or_null(NUMBER)))
VERDICT: Schema = {"enum": ["met", "breach", "pending", "cannot-tell", "not-applicable"]}
REASON: Schema = {"enum": list(REASONS)}
STANDARD: Schema = {"enum": ["code", "policy", "promise", "order", "record"]}
SERIES = TEXT

FILE = record(path=NAME, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"})
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d$"}
MOMENTS = or_null(record(earliest=MOMENT, latest=MOMENT))
READING = record(
    ("counting", "due_at", "done_at", "hours"),
    **{"from": NAME},
    counting={"enum": ["day-after", "same-day"]},
    rulebook=NAME,
    clause=NAME,
    decides={"type": "boolean"},
    start=SPAN,
    due=SPAN,
    done=SPAN,
    verdict=VERDICT,
    reason=REASON,
    working_days=RANGE,
    late_by=RANGE,
    due_at=MOMENTS,
    done_at=MOMENTS,
    hours=RANGE,
)
# A promise or an order stands in no rulebook.
FINDING = record(
    ("count", "accepted", "known", "severity"),
    rule=NAME,
    episode={"type": "integer", "minimum": 1},
    rulebook=TEXT,
    standard=STANDARD,
    series=SERIES,
    clause=TEXT,
    duty={"enum": ["must", "should"]},
    verdict=VERDICT,
    reason=REASON,
    start=SPAN,
    due=SPAN,
    done=SPAN,
    working_days=RANGE,
    late_by=RANGE,
    days_late=RANGE,
    extensions=many(record(told=SPAN, until=SPAN, line=LINE)),
    readings=many(READING),
    provenance={"enum": ["quoted", "reported", "unverified", "recorded"]},
    says=NAME,
    settled_by=or_null(record(says=NAME, add=NAME)),
    due_in=RANGE,
    projected={"type": "boolean"},
    accepted=record(reason=NAME, approver=NAME, expires=DAY, expired={"type": "boolean"}),
    known={"const": True},
    severity={"enum": ["warning", "note"]},
    count=many(record(day=DAY, number=or_null(NUMBER), why=NAME)),
)
STATEMENT = record(
    line=LINE,
    words=NAME,
    by=TEXT,
    source=TEXT,
    about=TEXT,
    states=TEXT,
    outcome={"enum": ["right", "right-on-another-reading", "wrong", "not-checkable"]},
    would_be=TEXT,
    readings=many(NAME),
    says=NAME,
)
POLICY_POINT = record(
    rule=NAME,
    policy=NAME,
    code=NAME,
    clause=TEXT,
    aspect=NAME,
    duty={"enum": ["must", "should"]},
    standing={"enum": ["same", "stricter", "weaker", "unsaid", "lacking"]},
    counts_as={"enum": ["met", "breach", "cannot-tell", "not-followed"]},
    provenance=TEXT,
    says=NAME,
)
LIMIT = {"standard": STANDARD, "series": SERIES, "rule": NAME, "title": NAME}
SHARE: Schema = or_null({"type": "number", "minimum": 0, "maximum": 1})
SHARES = many(
    record(**LIMIT, in_time=SHARE, at_worst=SHARE, met=NUMBER, breach=NUMBER, cannot_tell=NUMBER)
)
COUNTS: dict[str, Schema] = {
    "met": NUMBER,
    "breach": NUMBER,
    "pending": NUMBER,
    "cannot-tell": NUMBER,
    "not-applicable": NUMBER,
    "not-followed": NUMBER,
}
GROUP = record(
    by=NAME,
    group=or_null(NAME),
    complaints=NUMBER,
    with_a_breach=NUMBER,
    cannot_be_decided=NUMBER,
    verdicts=many(record(**LIMIT, **COUNTS)),
    shares=SHARES,
)
WITH_AND_WITHOUT = record(met=NUMBER, breach=NUMBER, cannot_tell=NUMBER)
ASSUMED = record(
    says=NAME,
    extension_letters=many(NAME),
    approver=NAME,
    date=DAY,
    shares=many(
        record(
            standard=STANDARD,
            series=SERIES,
            rule=NAME,
            **{"with": WITH_AND_WITHOUT, "without": WITH_AND_WITHOUT},
        )
    ),
)
CLAIMS = record(
    ("in_time_though_late", "late_though_in_time"),
    column=NAME,
    about=TEXT,
    states=NAME,
    standard=or_null(STANDARD),
    series=or_null(SERIES),
    counted=or_null(NAME),
    claims=NUMBER,
    right=NUMBER,
    right_otherwise=many(record(reading=NAME, claims=NUMBER)),
    wrong=NUMBER,
    not_checkable=NUMBER,
    in_time_though_late=NUMBER,
    late_though_in_time=NUMBER,
)
_SOMETIMES = (
    *("today", "tables", "left_out", "received", "not_looked_at", "shares", "periods", "groups"),
    *("assumed", "claims", "gate"),
)
REPORT = record(
    _SOMETIMES,
    chcheck=NAME,
    as_at=DAY,
    today=DAY,
    calendar=record(nation=TEXT, counting=TEXT, horizon=DAY, source=NAME),
    options=or_null({"type": "object", "required": ["paths"]}),
    inputs=many(FILE),
    tables=many(record(path=NAME, columns=many(record(column=NAME, holds=NAME)))),
    configuration=or_null(
        record(
            ("non_working_days",),
            **FILE["properties"],
            non_working_days=many(record(date=DAY, says=NAME, source=NAME, nations=many(NAME))),
        )
    ),
    baseline=or_null(FILE),
    rulebooks=many(
        record(
            id=NAME,
            title=NAME,
            standard=STANDARD,
            series=NAME,
            path=or_null(NAME),
            sha256=FILE["properties"]["sha256"],
        )
    ),
    complaints=many(
        record(
            ("carried",),
            complaint=NAME,
            landlord=TEXT,
            nation={"enum": ["england", "wales", "scotland", "northern-ireland"]},
            record={"enum": ["complete", "partial"]},
            as_at=DAY,
            findings=many(FINDING),
            not_examined=many(
                record(
                    rule=NAME,
                    rulebook=NAME,
                    standard=STANDARD,
                    series=SERIES,
                    clause=TEXT,
                    says=NAME,
                )
            ),
            statements=many(STATEMENT),
            policy_points=many(POLICY_POINT),
            problems=many(record(line=LINE, says=NAME)),
            notes=many(NAME),
            carried={"type": "object", "additionalProperties": TEXT},
        )
    ),
    unchecked=many(record(path=NAME, line=LINE, says=NAME)),
    summary=record(**COUNTS),
    left_out=many(record(complaint=NAME, path=NAME, line=LINE, says=NAME)),
    received=NAME,
    not_looked_at=NAME,
    assumed=ASSUMED,
    claims=many(CLAIMS),
    shares=SHARES,
    periods=many(record(month_due={"type": "string", "pattern": r"^\d{4}-\d\d$"}, shares=SHARES)),
    groups=many(GROUP),
    gate=many(record(weight={"enum": ["error", "warning", "notice"]}, says=NAME)),
)


def report_schema() -> Schema:
    """Return the JSON Schema of the JSON report.

    New keys may be added to the report, so an unknown one is no mistake.
    """
    return {**head("report"), **REPORT}
