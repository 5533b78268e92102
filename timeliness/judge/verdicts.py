"""What a clock or a duty that is judged as columns may come to, and why."""

from __future__ import annotations

from enum import IntEnum, unique

from timeliness.model.verdict_words import VERDICTS


@unique
class Verdict(IntEnum):
    """What it comes to."""

    MET = 0
    BREACH = 1
    PENDING = 2
    CANNOT_TELL = 3
    NOT_APPLICABLE = 4


@unique
class Reason(IntEnum):
    """Why; the closed list of docs/verdicts.md."""

    IN_TIME = 0
    WITHIN_EXTENSION = 1
    LATE = 2
    OVERDUE = 3
    NOT_YET_DUE = 4
    NOT_RECORDED = 5
    NOT_EVIDENCED = 6
    START_NOT_RECORDED = 7
    IMPRECISE_DATE = 8
    EXTENSION_UNCLEAR = 9
    IMPOSSIBLE_ORDER = 10
    READINGS_DIFFER = 11
    EDITION_UNCLEAR = 12
    ENDED = 13
    NOT_STARTED = 14
    NO_RULE = 15
    ANSWERED_FIRST = 16
    CLOSED_UNANSWERED = 17
    PASSED_OVER = 18
    AS_REQUIRED = 19
    NOT_AS_REQUIRED = 20
    AFTER_AS_AT = 21
    PAUSE_UNCLEAR = 22


VERDICT_NAMES: dict[int, str] = dict(zip(Verdict, VERDICTS, strict=True))
REASON_NAMES: dict[int, str] = {code: code.name.lower().replace("_", "-") for code in Reason}
