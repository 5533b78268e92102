"""The verdicts and reasons of findings, as JSON and CSV name them, and what each reason means."""

from __future__ import annotations

from collections.abc import Collection

MET, BREACH, PENDING = "met", "breach", "pending"
CANNOT_TELL, NOT_APPLICABLE = "cannot-tell", "not-applicable"
CLOSED_UNANSWERED = "closed-unanswered"
"""The reason of what was closed and has no answer on the record, which is counted apart."""
VERDICTS = (MET, BREACH, PENDING, CANNOT_TELL, NOT_APPLICABLE)

NOT_FOLLOWED = "not-followed"
"""How a breached "should" is counted: it must be explained, but fails nothing."""
PROBLEMS = (BREACH, NOT_FOLLOWED, CANNOT_TELL)
"""The verdicts, as they are counted, that somebody should look at."""


OF_ALL, OF_POLICY, OF_RULES = "", "of the policy", "of the rules checked"
"""What "no breach" is said of: of all that is asked, of the policy alone as no Code applies, or of
some rules, since others were left out or nothing is recorded about a whole Code."""


def of_several(scopes: Collection[str]) -> str:
    """Return what "no breach" is said of where it is said of several complaints at once."""
    return OF_ALL if not scopes else OF_RULES if len(set(scopes)) > 1 else next(iter(scopes))


def summed_as(verdict: str, duty: str) -> str:
    """Return the verdict under which it is counted: a "should" not followed is not a breach."""
    return NOT_FOLLOWED if verdict == BREACH and duty == "should" else verdict


REASONS = {
    "in-time": "done on or before the due date",
    "within-extension": "done after the original due date, but within an extension",
    "answered-first": "answered in full by the day on which the acknowledgement was due",
    "late": "done after the due date",
    "overdue": "not done, and the due date has passed",
    "not-yet-due": "not done, and the due date has not passed",
    "not-recorded": "the record does not say whether it was done",
    "closed-unanswered": "closed by the due date without a recorded answer",
    "passed-over": "never answered, but the next stage was by the due date",
    "not-evidenced": "said to have been done, but there is no evidence of it",
    "start-not-recorded": "the event that starts the clock is not on the record",
    "imprecise-date": "a date is known only roughly",
    "extension-unclear": "it is not known whether an extension counts, or how far it goes",
    "pause-unclear": "it is not known whether a pause counts, or how long it was",
    "impossible-order": "an answer is dated before what it answers",
    "readings-differ": "the rulebook does not say what starts the clock, or which day is day 1, "
    "and the readings differ",
    "edition-unclear": "the day of receipt, and so the edition, is not known well enough",
    "ended": "ended before it was due",
    "order-unclear": "it is not known which of two requests counts, or which one an event "
    "belongs to",
    "not-started": "what would start the clock did not happen",
    "as-required": "done as the clause asks",
    "not-as-required": "not done as the clause asks",
    "sources-differ": "the sources differ on what the clause asks",
    "no-date": "promised without a date, and not known to be kept",
    "not-kept": "promised without a date, and found not to be kept",
    "after-as-at": "dated after the as-at date",
    "conflicting-dates": "the sources give more than one date",
    "not-found": "a record was looked for and not found",
    "thin-record": "recorded poorly or not at all",
    "entered-twice": "the same event is entered twice",
    "unanswered": "never answered",
    "answered-twice": "a further response at a stage that had been answered",
    "turned-away": "a complaint was turned away",
    "stops-no-clock": "a response that is not the full response",
    "not-sent": "decided but not sent",
    "outcome-changed": "the outcome changed from a provisional response to the final one",
    "offer-after-final": "offered only after the final response",
    "repeated": "asked again while the first request was open",
    "further": "a further complaint after an answer",
    "after-end": "acknowledged or answered after a withdrawal or refusal",
    "after-final": "asked to escalate after the final response",
    "reopened-answered": "taken up again after an answer",
    "not-open": "refused when nothing was open",
    "two-open": "two complaints were open at once",
    "no-pause": "a pause that no policy of the complaint allows",
}
"""Every reason a finding may give, and what it means."""
