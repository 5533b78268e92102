"""The one-line form, ``DATE EVENT`` and a note: what each line becomes, or why it is refused.

The table was written from what the form promises, before the code: a note begins with one of a
short published list of words, words that may reverse an event are refused, and it is always
better to ask than to read a line as its opposite.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest

from tests.helpers.timelines import Rules
from timeliness.model.dates import Span, When
from timeliness.model.errors import InputError
from timeliness.model.timelines import Event
from timeliness.read.timelines import parse_timelines


@dataclass(frozen=True)
class Read:
    """What a line becomes: the event, what is read from its note, and what is left of the note."""

    event: str
    note: str = ""
    outcome: str = ""
    until: str = ""
    time: str = ""
    in_writing: bool = False


READ: dict[str, Read] = {
    # An event and nothing else, under its name, an alias, or a bare verb.
    "2025-03-14 complaint received": Read("complaint received"),
    "14 March 2025 received": Read("complaint received"),
    "14/03/2025 logged": Read("complaint logged"),
    "14 Mar 2025 acknowledged": Read("complaint acknowledged"),
    "2025-03-14 Stage 1 Response": Read("stage 1 response"),
    "2025-03-14 stage-1-response": Read("stage 1 response"),
    "2025-03-14 stage 1 response.": Read("stage 1 response"),
    "2025-03-14 responded": Read("stage 1 response"),
    "2025-03-14 escalated": Read("escalation requested"),
    "2025-03-14 withdrawn": Read("complaint withdrawn"),
    "2025-03-14 refused": Read("complaint refused"),
    "2025-03-14 closed": Read("complaint closed"),
    # by, via, through, after, because, in person, in writing, in full.
    "3 Mar 2025 received by phone": Read("complaint received", "by phone"),
    "2025-03-14 complaint received by telephone": Read("complaint received", "by telephone"),
    "2025-03-14 received via the portal": Read("complaint received", "via the portal"),
    "2025-03-14 complaint received through her MP": Read("complaint received", "through her MP"),
    "2025-03-14 received in person": Read("complaint received", "in person"),
    "2025-03-14 acknowledged in writing": Read("complaint acknowledged", "in writing"),
    "2025-03-14 acknowledged by email": Read("complaint acknowledged", "by email"),
    "2025-03-14 acknowledged by Miss Patel": Read("complaint acknowledged", "by Miss Patel"),
    "2025-03-14 acknowledged in writing by the complaints team": Read(
        "complaint acknowledged", "in writing by the complaints team"
    ),
    "2025-03-14 responded in full": Read("stage 1 response", "in full"),
    "2025-03-14 responded by letter": Read("stage 1 response", "by letter"),
    "2025-03-14 escalation requested after the response": Read(
        "escalation requested", "after the response"
    ),
    "2025-03-14 escalated by email": Read("escalation requested", "by email"),
    "2025-03-14 escalated in writing, resident not satisfied": Read(
        "escalation requested", "in writing, resident not satisfied"
    ),
    "2025-03-14 escalation refused because legal proceedings had started": Read(
        "escalation refused", "because legal proceedings had started"
    ),
    "2025-03-14 complaint closed after the visit": Read("complaint closed", "after the visit"),
    "2025-03-14 withdrawn by the resident": Read("complaint withdrawn", "by the resident"),
    "2025-03-14 withdrawn because the repair is done": Read(
        "complaint withdrawn", "because the repair is done"
    ),
    "2025-03-14 complaint withdrawn, she no longer wants an answer": Read(
        "complaint withdrawn", "she no longer wants an answer"
    ),
    # Comma, dash, bracket.
    "2025-03-14 complaint received, by telephone": Read("complaint received", "by telephone"),
    "2025-03-14 complaint received (web form)": Read("complaint received", "web form"),
    "2025-03-14 complaint received [CRM 4411]": Read("complaint received", "CRM 4411"),
    "2025-03-14 complaint received - damp and mould": Read("complaint received", "damp and mould"),
    "2025-03-14 complaint received – damp": Read("complaint received", "damp"),
    "2025-03-14 complaint received—damp": Read("complaint received", "damp"),
    "2025-03-14 acknowledged, letter ref 12": Read("complaint acknowledged", "letter ref 12"),
    "2025-03-14 acknowledged (CS-114)": Read("complaint acknowledged", "CS-114"),
    "2025-03-14 stage 1 response, resident not happy": Read(
        "stage 1 response", "resident not happy"
    ),
    "2025-03-14 complaint closed, no further action": Read("complaint closed", "no further action"),
    '2025-03-14 complaint received, "boiler not working"': Read(
        "complaint received", '"boiler not working"'
    ),
    "2025-03-14 stage 1 response, “sorry for the delay”": Read(
        "stage 1 response", "“sorry for the delay”"
    ),
    # To the resident; from, after what a resident sends.
    "2025-03-14 stage 1 response to resident": Read("stage 1 response", "to resident"),
    "2025-03-14 responded to the tenant": Read("stage 1 response", "to the tenant"),
    "2025-03-14 responded to her by email": Read("stage 1 response", "to her by email"),
    "2025-03-14 stage 2 response to the complainant": Read(
        "stage 2 response", "to the complainant"
    ),
    "2025-03-14 holding response to them": Read("holding response", "to them"),
    "2025-03-14 complaint received from the resident": Read(
        "complaint received", "from the resident"
    ),
    "2025-03-14 escalation requested from resident's daughter": Read(
        "escalation requested", "from resident's daughter"
    ),
    # What a landlord sends: letter, email, sent, issued, posted, emailed.
    "2025-03-14 stage 1 response sent": Read("stage 1 response", "sent"),
    "2025-03-14 stage 1 response sent to resident": Read("stage 1 response", "sent to resident"),
    "2025-03-14 stage 1 response letter": Read("stage 1 response", "letter"),
    "2025-03-14 stage 1 response letter sent": Read("stage 1 response", "letter sent"),
    "2025-03-14 stage 1 response issued": Read("stage 1 response", "issued"),
    "2025-03-14 stage 2 response posted": Read("stage 2 response", "posted"),
    "2025-03-14 stage 2 response issued by email": Read("stage 2 response", "issued by email"),
    "2025-03-14 response emailed": Read("stage 1 response", "emailed"),
    "2025-03-14 acknowledgement letter": Read("complaint acknowledged", "letter"),
    "2025-03-14 acknowledgement sent": Read("complaint acknowledged", "sent"),
    "2025-03-14 acknowledgement email sent, ref 12": Read(
        "complaint acknowledged", "email sent, ref 12"
    ),
    "2025-03-14 holding response sent": Read("holding response", "sent"),
    # Outcomes.
    "2025-03-14 stage 1 response upheld": Read("stage 1 response", outcome="upheld"),
    "2025-03-14 stage 1 response partly upheld": Read("stage 1 response", outcome="partly upheld"),
    "2025-03-14 stage 1 response not upheld": Read("stage 1 response", outcome="not upheld"),
    "2025-03-14 stage 1 response, partly upheld": Read("stage 1 response", outcome="partly upheld"),
    "2025-03-14 stage 2 response (not upheld)": Read("stage 2 response", outcome="not upheld"),
    "2025-03-14 stage 2 response - upheld": Read("stage 2 response", outcome="upheld"),
    "2025-03-14 stage 1 response sent, not upheld": Read(
        "stage 1 response", "sent", outcome="not upheld"
    ),
    "2025-03-14 stage 1 response by letter, upheld": Read(
        "stage 1 response", "by letter", outcome="upheld"
    ),
    "2025-03-14 stage 1 response, partly upheld, £200 offered": Read(
        "stage 1 response", "£200 offered", outcome="partly upheld"
    ),
    "2025-03-14 responded, partially upheld": Read("stage 1 response", outcome="partly upheld"),
    # What a resident sends may be about anything, and a letter has a date of its own.
    "2025-03-14 complaint received, heating still off": Read(
        "complaint received", "heating still off"
    ),
    "2025-03-14 stage 1 response, dated 12 March 2025": Read(
        "stage 1 response", "dated 12 March 2025"
    ),
    "2025-03-14 stage 1 response, sent 14/3/2025": Read("stage 1 response", "sent 14/3/2025"),
    '2025-03-14 stage 1 response, "call on 28 March"': Read(
        "stage 1 response", '"call on 28 March"'
    ),
    "2025-03-14 complaint received about the visit of 28 March": Read(
        "complaint received", "about the visit of 28 March"
    ),
    # Extensions.
    "2025-03-14 stage 1 extended until 6 May 2025": Read("stage 1 extended", until="2025-05-06"),
    "2025-03-14 stage 1 extended, until 26/05/2025": Read("stage 1 extended", until="2025-05-26"),
    "2025-03-14 stage 1 extended (until 2025-05-06)": Read("stage 1 extended", until="2025-05-06"),
    "2025-03-14 stage 2 extended until 6 May 2025 by letter": Read(
        "stage 2 extended", "by letter", until="2025-05-06"
    ),
    "2025-03-14 stage 1 extended until 6 May 2025 because the surveyor is ill": Read(
        "stage 1 extended", "because the surveyor is ill", until="2025-05-06"
    ),
    "2025-03-14 extended until 6 May 2025": Read("stage 1 extended", until="2025-05-06"),
    "2025-03-14 stage 1 extended": Read("stage 1 extended"),
    "2025-03-14 stage 1 extended in writing": Read("stage 1 extended", in_writing=True),
    # About, regarding, re: the note is free.
    "2025-03-14 complaint received about damp": Read("complaint received", "about damp"),
    "2025-03-14 complaint received about damp: landlord refused to come": Read(
        "complaint received", "about damp: landlord refused to come"
    ),
    "2025-03-14 complaint received re missed appointments": Read(
        "complaint received", "re missed appointments"
    ),
    "2025-03-14 complaint received regarding repairs not done": Read(
        "complaint received", "regarding repairs not done"
    ),
    "2025-03-14 received about a leak that will not stop": Read(
        "complaint received", "about a leak that will not stop"
    ),
    "2025-03-14 escalation requested about the overdue response": Read(
        "escalation requested", "about the overdue response"
    ),
    "2025-03-14 complaint received by email about noise, not dealt with": Read(
        "complaint received", "by email about noise, not dealt with"
    ),
    # Times as people write them.
    "2025-03-14 17:30 complaint received": Read("complaint received", time="17:30"),
    "2025-03-14 17.30 complaint received": Read("complaint received", time="17:30"),
    "14 March 2025 5pm received": Read("complaint received", time="17:00"),
    "14/03/2025 4.30pm received": Read("complaint received", time="16:30"),
    "14 Mar 2025 4:30 pm received by phone": Read("complaint received", "by phone", time="16:30"),
    "14 Mar 2025 at 9am received": Read("complaint received", time="09:00"),
    "14 Mar 2025 noon received": Read("complaint received", time="12:00"),
    "2025-03-14 12pm received": Read("complaint received", time="12:00"),
    "2025-03-14 complaint received at 5pm": Read("complaint received", time="17:00"),
    "2025-03-14 stage 2 response posted at 4.30pm": Read(
        "stage 2 response", "posted", time="16:30"
    ),
    "2025-03-14 received at 17.30 by phone": Read("complaint received", "by phone", time="17:30"),
    "2025-03-14 received at noon": Read("complaint received", time="12:00"),
    # As officers type them.
    "2025-03-14 complaint received by letter, dated 12 March": Read(
        "complaint received", "by letter, dated 12 March"
    ),
    "Fri 14 March 2025 acknowledged via email": Read("complaint acknowledged", "via email"),
    "2025-03-14 stage 1 response sent by email - not upheld": Read(
        "stage 1 response", "sent by email", outcome="not upheld"
    ),
    "2025-03-14 complaint closed - resident happy": Read("complaint closed", "resident happy"),
    "2025-03-14 complaint withdrawn by email from resident": Read(
        "complaint withdrawn", "by email from resident"
    ),
    "2025-03-14 holding letter sent": Read("holding response", "sent"),
    "2025-03-14 update to resident by phone": Read("update", "to resident by phone"),
    "2025-03-14 chased by resident": Read("chaser", "by resident"),
    "2025-03-14 stage 2 acknowledged": Read("escalation acknowledged"),
    "2025-03-14 phone call to resident": Read("contact", "to resident"),
    "2025-03-14 10am acknowledged by post": Read("complaint acknowledged", "by post", time="10:00"),
    "2025-03-14 stage 1 response, see letter": Read("stage 1 response", "see letter"),
    "2025-03-14 stage one response": Read("stage 1 response"),
    "2025-03-14 stage 1 reply sent": Read("stage 1 response", "sent"),
    "2025-03-14 compensation offered, £200": Read("compensation offered", "£200"),
}

# What the refusals say, each with the long form to use if the event did happen.


def long_form(event: str, note: str) -> str:
    quoted = f"'{note}'" if '"' in note else f'"{note}"'
    return f"- {{date: 2025-03-14, event: {event}, note: {quoted}}}"


def turned(word: str, name: str, event: str, note: str) -> str:
    return (
        f'"{word}" may reverse the meaning of "{name}"; if it did not happen, leave the line '
        "out or write "
        f"- {{event: {event}, evidence: absent}}; if it did, write {long_form(event, note)}"
    )


def other(words: str, name: str, event: str, note: str | None = None) -> str:
    return (
        f'"{words}" after "{name}" may change what it means; if it is {event}, '
        f"write {long_form(event, note or words)}; if not, leave the line out"
    )


def bare(words: str, verb: str, event: str) -> str:
    return (
        f'"{verb}" alone means {event}, and "{words}" after it may change that; '
        f"if it is {event}, write {long_form(event, words)}; if not, leave the line out"
    )


def deadline(words: str, event: str, note: str | None = None) -> str:
    return (
        f'"{words}" is a deadline, and does not say that it happened; if it did, write '
        f"{long_form(event, note or words)}; if not, leave the line out"
    )


def another_day(day: str, event: str, note: str) -> str:
    return (
        f'"{day}" is another day than 2025-03-14; write the day on which it happened as the date; '
        f"if that is 2025-03-14, write {long_form(event, note)}"
    )


def did_you_mean(words: str, *events: str) -> str:
    *others, last = (f'"{event}"' for event in events)
    listed = f"{', '.join(others)} or {last}" if others else last
    return f'"{words}" is not an event; did you mean {listed}?'


def did_not_happen(words: str, event: str) -> str:
    return (
        f'"{words}" is not an event; for what did not happen write '
        f"- {{event: {event}, evidence: absent}}, or leave the line out"
    )


def pause(words: str) -> str:
    return (
        f'"{words}" is not an event; the Code\'s clocks do not stop for a pause; an extension '
        "moves the day on which the answer is due: write stage 1 extended, with until"
    )


FORMS = "write the day as 2025-04-03 (year-month-day) or 3 Apr 2025"

R1 = "stage 1 response"

REFUSED: dict[str, str] = {
    # As officers type them: who did it first, a new word for an old event, two facts in one line.
    "complaint rec'd by phone": did_you_mean("complaint rec'd by phone", "complaint received"),
    "complaint re-opened": did_you_mean("complaint re-opened", "complaint reopened"),
    "complaint re-opened by resident": did_you_mean(
        "complaint re-opened by resident", "complaint reopened"
    ),
    "S1 response issued": did_you_mean("S1 response issued", R1),
    "stage 2 final response issued": did_you_mean(
        "stage 2 final response issued", "stage 2 response"
    ),
    "resident escalated": did_you_mean("resident escalated", "escalation requested"),
    "stage 2 review requested by resident": did_you_mean(
        "stage 2 review requested by resident", "escalation requested"
    ),
    "asked for stage 2": did_you_mean("asked for stage 2", "escalation requested"),
    "stage 2 complaint received": did_you_mean(
        "stage 2 complaint received", "escalation requested"
    ),
    "stage 2 complaint acknowledged": did_you_mean(
        "stage 2 complaint acknowledged", "escalation acknowledged"
    ),
    "stage 1 complaint logged": did_you_mean("stage 1 complaint logged", "complaint logged"),
    "LL responded": did_you_mean("LL responded", R1, "stage 2 response"),
    "landlord acknowledged": did_you_mean(
        "landlord acknowledged", "complaint acknowledged", "escalation acknowledged"
    ),
    "withdrew complaint": did_you_mean("withdrew complaint", "complaint withdrawn"),
    "tenant withdrew": did_you_mean("tenant withdrew", "complaint withdrawn"),
    "informal resolution agreed": did_you_mean(
        "informal resolution agreed", "early resolution agreed"
    ),
    "deadline extended to 28 March 2025": did_you_mean(
        "deadline extended to 28 March 2025", "stage 1 extended", "stage 2 extended"
    ),
    "complaint acknowledged and logged": other(
        "and logged", "complaint acknowledged", "complaint acknowledged"
    ),
    "stage 1 response issued late": other("issued late", R1, R1),
    "stage 1 response 10 working days": other("10 working days", R1, R1),
    "responded in full and final": bare("in full and final", "responded", R1),
    "received a complaint": bare("a complaint", "received", "complaint received"),
    "stage 1 response to be sent by Friday": turned("to be", R1, R1, "to be sent by Friday"),
    # What may be another fact has no hint.
    **{
        words: f'"{words}" is not an event; `chcheck events` lists them all'
        for words in (
            *("resident escalated to her MP", "tenant withdrew access", "repair completed"),
            *("landlord responded to the SAR", "Ombudsman contacted us", "visit to property"),
        )
    },
    # C-D1: as done.
    "stage 1 response overdue": turned("overdue", R1, R1, "overdue"),
    "stage 1 response due": turned("due", R1, R1, "due"),
    "stage 1 response deadline": turned("deadline", R1, R1, "deadline"),
    "stage 1 response delayed": turned("delayed", R1, R1, "delayed"),
    "stage 1 response promised": turned("promised", R1, R1, "promised"),
    "stage 1 response chased": turned("chased", R1, R1, "chased"),
    "stage 1 response chased by resident": turned("chased", R1, R1, "chased by resident"),
    "stage 1 response drafted": turned("drafted", R1, R1, "drafted"),
    "stage 1 response missed": turned("missed", R1, R1, "missed"),
    "stage 1 response still outstanding": turned("outstanding", R1, R1, "still outstanding"),
    "stage 1 response postponed": turned("postponed", R1, R1, "postponed"),
    "stage 1 response failed to send": turned("failed", R1, R1, "failed to send"),
    "stage 1 response not sent": turned("not", R1, R1, "not sent"),
    "response awaited": turned("awaited", "response", R1, "awaited"),
    "responded to say it would be late": turned(
        "would", "responded", R1, "to say it would be late"
    ),
    "responded to councillor": bare("to councillor", "responded", R1),
    "response to SAR sent": other("to SAR sent", "response", R1),
    "acknowledgement due": turned("due", "acknowledgement", "complaint acknowledged", "due"),
    "acknowledgement bounced": turned(
        "bounced", "acknowledgement", "complaint acknowledged", "bounced"
    ),
    # Short ways to write an event: named, never read, and never as their opposite.
    **{
        words: did_you_mean(words, "complaint acknowledged")
        for words in (
            *("ack letter sent", "ack sent", "acknowledgment letter", "s1 ack", "stage 1 ack sent"),
            *("complaint ack", "ack of complaint", "ackn email"),
        )
    },
    "s2 ack sent": did_you_mean("s2 ack sent", "escalation acknowledged"),
    **{
        words: did_you_mean(words, R1)
        for words in ("S1 response", "s1 resp", "stg 1 response", "stage I response", "s1 letter")
    },
    **{
        words: did_you_mean(words, "stage 2 response")
        for words in ("S2 response", "second stage response", "stage 2 final response")
    },
    **{
        words: did_you_mean(words, "escalation requested")
        for words in ("s2 request", "s2 escalation", "esc request", "esc to stage 2")
    },
    **{
        words: did_you_mean(words, "complaint received")
        for words in ("complaint rec'd", "recd", "cmplt received")
    },
    "complaint w/d": did_you_mean("complaint w/d", "complaint withdrawn"),
    "referred to HOS": did_you_mean("referred to HOS", "ombudsman referral"),
    "s1 extended": did_you_mean("s1 extended", "stage 1 extended"),
    "holding email": did_you_mean("holding email", "holding response"),
    "s1": did_you_mean("s1", "complaint received", R1),
    "stage 2": did_you_mean("stage 2", "escalation requested", "stage 2 response"),
    "decision letter": did_you_mean("decision letter", R1, "stage 2 response"),
    "final decision letter": (
        '"final decision letter" is not an event; write the stage it ended: "stage 1 response" '
        'or "stage 2 response"'
    ),
    "S1 response overdue": did_not_happen("S1 response overdue", R1),
    "s1 response drafted": did_not_happen("s1 response drafted", R1),
    "ack not sent": did_not_happen("ack not sent", "complaint acknowledged"),
    "no ack sent": did_not_happen("no ack sent", "complaint acknowledged"),
    "ack letter to be sent": did_not_happen("ack letter to be sent", "complaint acknowledged"),
    # C-D1: as an extension.
    "extension refused": turned("refused", "extension", "stage 1 extended", "refused"),
    "extension declined by resident": turned(
        "declined", "extension", "stage 1 extended", "declined by resident"
    ),
    "extension requested": turned("requested", "extension", "stage 1 extended", "requested"),
    "extension expired": other("expired", "extension", "stage 1 extended"),
    # C-D1: as another event.
    "escalation request acknowledged": did_you_mean(
        "escalation request acknowledged", "escalation acknowledged"
    ),
    "escalation request refused": did_you_mean("escalation request refused", "escalation refused"),
    "escalated to the Ombudsman": did_you_mean("escalated to the Ombudsman", "ombudsman referral"),
    "escalated to contractor": bare("to contractor", "escalated", "escalation requested"),
    "escalation considered": other("considered", "escalation", "escalation requested"),
    # C-D1: bare verbs that take a noun.
    "refused access to surveyor": bare("access to surveyor", "refused", "complaint refused"),
    "closed repair order 123": bare("repair order 123", "closed", "complaint closed"),
    "withdrawn offer of decant": bare("offer of decant", "withdrawn", "complaint withdrawn"),
    "logged repair": bare("repair", "logged", "complaint logged"),
    "acknowledged the leak": bare("the leak", "acknowledged", "complaint acknowledged"),
    "received survey report": bare("survey report", "received", "complaint received"),
    # The same words in a note that is neither free nor in quotation marks.
    "stage 1 response, overdue": turned("overdue", R1, R1, "overdue"),
    "stage 1 response (draft)": turned("draft", R1, R1, "draft"),
    "stage 1 response - tbc": turned("tbc", R1, R1, "tbc"),
    "stage 1 response, to follow": turned("to follow", R1, R1, "to follow"),
    "stage 1 response, to be sent": turned("to be", R1, R1, "to be sent"),
    "stage 1 response, hasn't gone": turned("hasn't", R1, R1, "hasn't gone"),
    "stage 1 response, hasn’t gone": turned("hasn’t", R1, R1, "hasn’t gone"),
    "stage 1 response, didnt go": turned("didnt", R1, R1, "didnt go"),
    "stage 1 response, cannot send": turned("cannot", R1, R1, "cannot send"),
    "stage 1 response, no reply yet": turned("no", R1, R1, "no reply yet"),
    "stage 1 response, never arrived": turned("never", R1, R1, "never arrived"),
    "stage 1 response, awaiting approval": turned("awaiting", R1, R1, "awaiting approval"),
    "stage 1 response in progress": turned("progress", R1, R1, "in progress"),
    "stage 1 response on hold": turned("on hold", R1, R1, "on hold"),
    "stage 1 response pending": turned("pending", R1, R1, "pending"),
    "stage 1 response planned": turned("planned", R1, R1, "planned"),
    "stage 1 response scheduled": turned("scheduled", R1, R1, "scheduled"),
    "stage 1 response target": turned("target", R1, R1, "target"),
    "stage 1 response expected": turned("expected", R1, R1, "expected"),
    "stage 1 response sent in error": turned("error", R1, R1, "sent in error"),
    "stage 1 response sent, returned undelivered": turned(
        "returned", R1, R1, "sent, returned undelivered"
    ),
    "stage 1 response recalled": turned("recalled", R1, R1, "recalled"),
    "stage 1 response cancelled": turned("cancelled", R1, R1, "cancelled"),
    "stage 1 response rejected by resident": turned("rejected", R1, R1, "rejected by resident"),
    "stage 1 response requested": turned("requested", R1, R1, "requested"),
    "stage 1 response should go out": turned("should", R1, R1, "should go out"),
    "stage 1 response will be sent": turned("will", R1, R1, "will be sent"),
    "stage 1 response if agreed": turned("if", R1, R1, "if agreed"),
    "stage 1 response (interim)": turned("interim", R1, R1, "interim"),
    "stage 1 response, provisional": turned("provisional", R1, R1, "provisional"),
    'stage 1 response, "sent" but not posted': turned("not", R1, R1, '"sent" but not posted'),
    "complaint received, boiler not working": turned(
        "not", "complaint received", "complaint received", "boiler not working"
    ),
    # Words that leave open whether a landlord answered, or in full: not of what a resident sends.
    **{
        f"stage 1 response, {note}": turned(word, R1, R1, note)
        for note, word in (
            *(("partial", "partial"), ("in part", "in part"), ("part 1", "part 1")),
            *(("incomplete", "incomplete"), ("wrong address", "wrong"), ("still open", "still")),
            *(("later withdrawn", "later"), ("being prepared", "prepared")),
            *(("landlord says sent", "says"), ("according to the landlord", "according to")),
            *(("claimed by the landlord", "claimed"), ("allegedly", "allegedly")),
            *(("apparently", "apparently"), ("supposedly", "supposedly")),
            *(("presumably", "presumably"), ("possibly", "possibly"), ("probably", "probably")),
            *(("maybe", "maybe"), ("unconfirmed", "unconfirmed"), ("approx", "approx")),
            ("withheld", "withheld"),
        )
    },
    # Another day than that of the event.
    **{
        f"stage 1 response, {note}": another_day(day, R1, note)
        for note, day in (
            *(("sent 2025-03-28", "2025-03-28"), ("posted 28/03/2025", "28/03/2025")),
            *(("emailed on 28 March", "28 March"), ("dated 28th March 2025", "28th March 2025")),
            *(("or 28.3.25", "28.3.25"), ("sent on 7 March", "7 March")),
            # Only some years have it; in the nearest of them it was before the day of the event.
            ("sent on 29 February", "29 February"),
        )
    },
    "complaint received, dated 28 March 2025": another_day(
        "28 March 2025", "complaint received", "dated 28 March 2025"
    ),
    # Deadlines.
    "stage 1 response by 19 March": deadline("by 19 March", R1),
    "stage 1 response by Friday": deadline("by Friday", R1),
    "stage 1 response by the end of the week": deadline("by the end of the week", R1),
    "stage 1 response by COB": deadline("by COB", R1),
    "stage 1 response by close of business": deadline("by close of business", R1),
    "acknowledged by next week": deadline("by next week", "complaint acknowledged"),
    "stage 1 response sent by 5pm": deadline("by 5pm", R1, "sent by 5pm"),
    # Other facts.
    "stage 1 response to the resident's MP": other("to the resident's MP", R1, R1),
    "stage 1 response to tenant panel": other("to tenant panel", R1, R1),
    "stage 1 response received": other("received", R1, R1),
    "stage 1 response meeting": other("meeting", R1, R1),
    "stage 1 response upheld in part": other("upheld in part", R1, R1),
    "received from contractor": bare("from contractor", "received", "complaint received"),
    "received by resident": bare("by resident", "received", "complaint received"),
    "refused by tenant": bare("by tenant", "refused", "complaint refused"),
    "acknowledged by the resident": bare(
        "by the resident", "acknowledged", "complaint acknowledged"
    ),
    "withdrawn by landlord": bare("by landlord", "withdrawn", "complaint withdrawn"),
    "escalated to manager": bare("to manager", "escalated", "escalation requested"),
    "closed repair order 12": bare("repair order 12", "closed", "complaint closed"),
    "extended family moved in": bare("family moved in", "extended", "stage 1 extended"),
    # Extensions: until, and nothing else, gives the new day.
    "stage 1 extended to 6 May 2025": (
        '"to 6 May 2025": the new day is written with until, as in stage 1 extended until '
        "6 May 2025"
    ),
    "stage 1 extended by 10 working days": (
        '"by 10 working days": the new day is written with until, as in stage 1 extended until '
        "2025-05-06"
    ),
    "stage 1 extended until Friday": f'until: "Friday" is not a date; {FORMS}',
    # C-D10: a hint never names the opposite of what was written.
    "stage 2 complaint": did_you_mean("stage 2 complaint", "escalation requested"),
    "stage 1 complaint": did_you_mean("stage 1 complaint", "complaint received"),
    "complaint escalated": did_you_mean("complaint escalated", "escalation requested"),
    "asked to escalate": did_you_mean("asked to escalate", "escalation requested"),
    "request to escalate": did_you_mean("request to escalate", "escalation requested"),
    "review requested": did_you_mean("review requested", "escalation requested"),
    "formal complaint": did_you_mean("formal complaint", "complaint received"),
    "case closed": did_you_mean("case closed", "complaint closed"),
    "stage 1 closed": did_you_mean("stage 1 closed", "stage 1 response", "complaint closed"),
    "complaint resolved": did_you_mean(
        "complaint resolved",
        "stage 1 response",
        "stage 2 response",
        "complaint closed",
        "early resolution agreed",
    ),
    "complaint upheld": (
        '"complaint upheld" is not an event; an outcome is written after the response: '
        "stage 1 response, upheld (or stage 2 response, upheld)"
    ),
    "no stage 1 response": did_not_happen("no stage 1 response", R1),
    "not acknowledged": did_not_happen("not acknowledged", "complaint acknowledged"),
    "unacknowledged": '"unacknowledged" is not an event; `chcheck events` lists them all',
    # Abbreviations and typing mistakes.
    "ack": did_you_mean("ack", "complaint acknowledged"),
    "Stage 1 letter": did_you_mean("Stage 1 letter", "stage 1 response"),
    "complaint recieved": did_you_mean("complaint recieved", "complaint received"),
    "acknowleged": did_you_mean("acknowleged", "complaint acknowledged"),
    # C-D12: pauses.
    "on hold": pause("on hold"),
    "waiting for contractor": pause("waiting for contractor"),
    "complaint paused": pause("complaint paused"),
    # Hours.
    "5.30 received": '"5.30" may be morning or evening; write 05:30 or 17:30',
    "25:00 received": '"2025-03-14 25:00": there is no time 25:00; write 00:00 to 23:59',
    "13pm received": '"13pm" is not a time; write one such as 17:30, 5pm or noon',
    "complaint received at 5": '"5" may be morning or evening; write 05:00 or 17:00',
}


def parse(line: str) -> Event:
    text = f"complaint: C-1\nevents:\n- {line}\n"
    (timeline,) = parse_timelines(text.encode(), "c.yaml", Rules())
    (event,) = timeline.events
    return event


@pytest.mark.parametrize("line", READ)
def test_line_is_read_as(line: str) -> None:
    expected = READ[line]
    event = parse(json.dumps(line, ensure_ascii=False))
    until = event.attributes.get("until")
    assert event.when is not None
    assert event.when.span == Span.day(date(2025, 3, 3 if line.startswith("3 ") else 14))
    assert (
        Read(
            event.name,
            event.note,
            str(event.attributes.get("outcome", "")),
            until.span.earliest.isoformat()
            if isinstance(until, When) and until.span.earliest
            else "",
            f"{event.when.time:%H:%M}" if event.when.time else "",
            event.attributes.get("in_writing") is True,
        )
        == expected
    )


@pytest.mark.parametrize("line", REFUSED)
def test_line_is_refused(line: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(json.dumps(f"2025-03-14 {line}", ensure_ascii=False))
    assert str(refused.value) == f"c.yaml:3: {REFUSED[line]}"


@pytest.mark.parametrize(
    "line", [line for line, says in REFUSED.items() if "- {date:" in says and "..." not in says]
)
def test_the_long_form_that_a_refusal_offers_is_read(line: str) -> None:
    offered = REFUSED[line][REFUSED[line].index("- {date:") + 2 :].partition("}")[0] + "}"
    event = parse(offered)
    assert event.name in offered
    assert event.note in line


def test_a_colon_in_what_a_complaint_is_about_needs_no_quotes() -> None:
    event = parse("3 Mar 2025 complaint received about damp: landlord refused to come")
    assert event.note == "about damp: landlord refused to come"
