"""Lives whose events may have come in more than one order: the smallest of each kind.

Each was worked out by hand, and is put to the program and to its plain twin. All but one are under
the 2024 Code: acknowledge within 5 working days (6.2, 6.11), answer within 10 of that (6.3) and an
escalation within 20 (6.14). In 2025 there is no bank holiday from January to 17 April, so from
Monday 3 March 5 working days end on 10 March, and 10 from the 5th on 19 March. The days of the
checks lie well after all that was due.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.campaigns.lives import UNKNOWN, wanted
from tests.campaigns.oracle import CODE, Fact, Record
from tests.helpers.judging import judge, of
from timeliness.model.dates import Span
from timeliness.model.ranges import Range

ACK, STAGE_1, ACK_2, STAGE_2 = (
    "acknowledge-complaint",
    "stage-1-response",
    "acknowledge-escalation",
    "stage-2-response",
)
MET, BREACH, NA, DOUBT = "met", "breach", "not-applicable", "cannot-tell"


def fact(line: str) -> Fact:
    when, name = line.split(" ", 1)
    if when == "unknown":
        return Fact(name, UNKNOWN, date.max)
    first, _, last = when.partition("/")
    return Fact(name, date.fromisoformat(first), date.fromisoformat(last or first))


LIVES = {
    # If the complaint of 3 March came before 24 February, that of the 10th is a further one: due on
    # 17 March to be acknowledged, so late by the answer of the 20th, which is due by 24 March at
    # the earliest. If the answer of 24 February is wrong, the 10th is a repeat.
    "an answer before the receipt, beside a second receipt": (
        "2025-02-24 stage 1 response",
        "2025-03-03 complaint received",
        "2025-03-10 complaint received",
        "2025-03-20 stage 1 response",
        {ACK: [DOUBT, DOUBT], STAGE_1: [DOUBT, MET]},
    ),
    # Either the receipt of 8 May is misdated, and there is no second complaint, or the one that was
    # withdrawn was received on a day that is not on the record. The reopening of 28 April begins an
    # episode either way: answered on 2 May.
    "a receipt after everything else, and a reopening": (
        "2025-04-02 complaint logged",
        "2025-04-23 complaint withdrawn",
        "2025-04-28 complaint reopened",
        "2025-05-02 stage 1 response",
        "2025-05-08 complaint received",
        {ACK: [DOUBT, MET, DOUBT], STAGE_1: [DOUBT, MET, DOUBT]},
    ),
    # One of the two dates is wrong: withdrawn on 12 March it was late by two days, withdrawn in
    # February there was nothing to answer.
    "a withdrawal before the receipt and another after it": (
        "2025-02-24 complaint withdrawn",
        "2025-03-03 complaint received",
        "2025-03-12 complaint withdrawn",
        {ACK: [DOUBT], STAGE_1: [DOUBT]},
    ),
    # An extension before the complaint is none, and settles nothing of that.
    "a withdrawal before the receipt, and an extension before it": (
        "2025-02-20 stage 1 extended",
        "2025-02-24 complaint withdrawn",
        "2025-03-03 complaint received",
        {ACK: [DOUBT], STAGE_1: [DOUBT]},
    ),
    # An extension before the complaint is none, and so does not say by when it was acknowledged
    # either: by 10 March at the latest, and due between 17 and 24 March.
    "an extension before the receipt, and no acknowledgement": (
        "2025-02-24 stage 1 extended",
        "2025-03-03 complaint received",
        "2025-03-24 stage 1 response",
        {ACK: [BREACH], STAGE_1: [DOUBT]},
    ),
    # The answer of 24 February may be that of the complaint of the 31st, which was due on 7 April
    # to be acknowledged and on 25 April to be answered. If the receipt of 3 March is wrong instead,
    # that complaint came before 24 February, perhaps long before.
    "an answer before two receipts, the first of them answered": (
        "2025-02-24 stage 1 response",
        "2025-03-03 complaint received",
        "2025-03-10 stage 1 response",
        "2025-03-31 complaint received",
        "2025-04-09 complaint acknowledged",
        {ACK: [DOUBT, DOUBT], STAGE_1: [DOUBT, DOUBT]},
    ),
    # The same of one that was withdrawn.
    "an answer before two receipts, the first of them withdrawn": (
        "2025-02-24 stage 1 response",
        "2025-03-03 complaint received",
        "2025-03-06 complaint withdrawn",
        "2025-03-31 complaint received",
        {ACK: [DOUBT, DOUBT], STAGE_1: [DOUBT, DOUBT]},
    ),
    # If the receipt is misdated, and came before the withdrawal, what was acknowledged on the 12th
    # may be the complaint of the 13th; otherwise that was never acknowledged.
    "a withdrawal before the receipt, and a further complaint": (
        "2025-02-24 complaint withdrawn",
        "2025-03-03 complaint received",
        "2025-03-11 stage 1 response",
        "2025-03-12 complaint acknowledged",
        "2025-03-13 complaint received",
        {ACK: [DOUBT, DOUBT]},
    ),
    # A complaint that was closed had been received, nobody knows when.
    "a closing alone": ("2025-05-13 complaint closed", {ACK: [DOUBT], STAGE_1: [DOUBT]}),
    # The unknown receipt may have come before the Code did, when the first would be a repeat of it.
    "a second receipt on a day that is not known": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint acknowledged",
        "unknown complaint received",
        "2025-03-14 stage 1 response",
        {ACK: [DOUBT, MET], STAGE_1: [DOUBT, MET]},
    ),
    # Received on 4 April 2022 at the latest, so logged by the 11th as far as the 2022 Code allows:
    # due by the 27th, since 15 and 18 April are Easter. Nobody answered by 30 June.
    "two receipts of which one is on a rough day": (
        "2022-04-04 complaint received",
        "2022-04-04/2022-04-09 complaint received",
        "2022-04-06/2022-04-14 complaint logged",
        {STAGE_1: [BREACH]},
    ),
    # Answered by the day of the closing, which closed what was answered, if both are of one day:
    # the answer is no answer to the complaint of that day in any order.
    "a closing on the last day that the answer may have": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint acknowledged",
        "2025-03-12/2025-03-14 stage 1 response",
        "2025-03-14 complaint closed",
        "2025-03-14 complaint received",
        {ACK: [MET, DOUBT], STAGE_1: [MET, DOUBT]},
    ),
    # The closing is that of the second answer, though that may be one to the first complaint. The
    # complaint of the 12th is due on the 19th to be acknowledged. Acknowledged on the 14th, its
    # answer is due on the 28th: the one of its own day may be it, or nobody answered.
    "a closing on the day of a second answer to a first complaint": (
        "2025-03-03 complaint received",
        "2025-03-04 stage 1 response",
        "2025-03-12 complaint received",
        "2025-03-12 stage 1 response",
        "2025-03-12 complaint closed",
        "2025-03-14 complaint acknowledged",
        {ACK: [MET, MET], STAGE_1: [MET, DOUBT]},
    ),
    # Reopened and then withdrawn again, or a second line of the first withdrawal and then reopened.
    "reopened and withdrawn again on one day": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint withdrawn",
        "2025-03-10 complaint reopened",
        "2025-03-10 complaint withdrawn",
        {ACK: [NA, DOUBT], STAGE_1: [NA, DOUBT]},
    ),
    # Closed again after it was reopened: an answer may have gone out on the 10th, which is the last
    # day for an acknowledgement and in time for an answer.
    "reopened and closed again on one day": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint closed",
        "2025-03-10 complaint reopened",
        "2025-03-10 complaint closed",
        {ACK: [DOUBT], STAGE_1: [DOUBT]},
    ),
    # What took nothing back was no reopening before the closing of its day.
    "closed and reopened on one day": (
        "2025-03-03 complaint received",
        "2025-03-10 complaint reopened",
        "2025-03-10 complaint closed",
        {ACK: [BREACH], STAGE_1: [BREACH]},
    ),
    # The first logging counts, and may have been in time: so it was, as if it had not been written.
    "a logging on a day that is not known, and a late one": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint acknowledged",
        "unknown complaint logged",
        "2025-03-31 complaint logged",
        {ACK: [MET]},
    ),
    # If the request of the 7th counts, it was acknowledged on the 10th; if that of the 20th, due on
    # the 27th, never.
    "an early request that was acknowledged, and made again after the answer": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint acknowledged",
        "2025-03-07 escalation requested",
        "2025-03-10 escalation acknowledged",
        "2025-03-18 stage 1 response",
        "2025-03-20 escalation requested",
        {ACK_2: [DOUBT]},
    ),
    # The answer belongs to nothing: it came after the end and before the next complaint, of 31
    # March, which was due on 7 April to be acknowledged.
    "an answer between an end and the next complaint": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint withdrawn",
        "2025-03-20 stage 1 response",
        "2025-03-31 complaint received",
        {ACK: [NA, BREACH], STAGE_1: [NA, BREACH]},
    ),
    # A request to escalate what was refused is one all the same: due on 2 April, and from then by
    # 2 May at the latest.
    "an escalation of a complaint that was refused": (
        "2025-03-03 complaint received",
        "2025-03-06 complaint refused",
        "2025-03-26 escalation requested",
        {STAGE_1: [NA], ACK_2: [BREACH], STAGE_2: [BREACH]},
    ),
    # Answered at stage 2 before the acknowledgement of 10 March was due, and before the answer of
    # 17 to 24 March was: nobody can say whether that was still owed.
    "a stage that was passed over before it was acknowledged": (
        "2025-03-03 complaint received",
        "2025-03-04 escalation requested",
        "2025-03-06 stage 2 response",
        {ACK: [MET], STAGE_1: [DOUBT], ACK_2: [MET], STAGE_2: [MET]},
    ),
    # The first logging counts, though it came before the request, as may be out of sight of the
    # resident: acknowledged on 3 April, which is in time for a request of 1 April.
    "an escalation logged before it was asked for, and again late": (
        "2025-03-03 complaint received",
        "2025-03-04 stage 1 response",
        "2025-03-31 escalation logged",
        "2025-04-01 escalation requested",
        "2025-04-03 escalation acknowledged",
        "2025-04-30 escalation logged",
        {ACK_2: [MET]},
    ),
    # What was closed on 17 March is stage 1: a request that nothing shows before 2 April came after
    # it, so its answer was due by 2 May: 20 working days later, without 18 and 21 April.
    "a request that is not on the record, after a closing": (
        "2025-03-03 complaint received",
        "2025-03-14 stage 1 response",
        "2025-03-17 complaint closed",
        "2025-04-02 escalation acknowledged",
        {STAGE_2: [BREACH]},
    ),
    # A withdrawal ends both stages, and the reopening asks for both again on 17 March: due on the
    # 24th to be acknowledged.
    "a complaint withdrawn at both stages and reopened": (
        "2025-03-03 complaint received",
        "2025-03-05 escalation requested",
        "2025-03-06 complaint withdrawn",
        "2025-03-17 complaint reopened",
        {ACK: [NA, BREACH], ACK_2: [NA, BREACH], STAGE_1: [NA, BREACH], STAGE_2: [NA, BREACH]},
    ),
    # Answered at stage 2, the complaint is over, and the withdrawal of a day later ends nothing.
    "a withdrawal after stage 1 was passed over": (
        "2025-03-03 complaint received",
        "2025-03-11 escalation requested",
        "2025-04-02 stage 2 response",
        "2025-04-03 complaint withdrawn",
        {ACK: [BREACH], STAGE_1: [BREACH], STAGE_2: [MET]},
    ),
    # Escalated from the second complaint, it was asked for on 3 March at the earliest, and 20
    # working days from then end on 31 March: met. From the first, perhaps on 6 January.
    "an escalation that is not on the record, after two complaints": (
        "2025-01-06 complaint received",
        "2025-01-13 stage 1 response",
        "2025-03-03 complaint received",
        "2025-03-10 stage 1 response",
        "2025-03-31 stage 2 response",
        {STAGE_1: [MET, MET], STAGE_2: [DOUBT]},
    ),
    # Asked for on 1 April, it was to be acknowledged by the 8th, and due on 1 May at the earliest.
    # If that date is wrong, it was asked for by 17 March, and perhaps due on 31 March.
    "an extension before the request to escalate": (
        "2025-03-03 complaint received",
        "2025-03-14 stage 1 response",
        "2025-03-17 stage 2 extended",
        "2025-04-01 escalation requested",
        "2025-04-25 stage 2 response",
        {ACK_2: [BREACH], STAGE_2: [DOUBT]},
    ),
    # Received on 3 March, the refusal is none, and the reopening of the 14th, due on the 21st, was
    # acknowledged on the 31st. If that date is wrong the complaint was over on 24 February, and the
    # acknowledgement of the 6th may be that of the reopening. Nobody answered that.
    "a refusal before the receipt, and an acknowledgement before the refusal": (
        "2025-02-17 complaint acknowledged",
        "2025-02-24 complaint refused",
        "2025-03-03 complaint received",
        "2025-03-06 complaint acknowledged",
        "2025-03-12 complaint withdrawn",
        "2025-03-14 complaint reopened",
        "2025-03-31 complaint acknowledged",
        {ACK: [DOUBT, DOUBT], STAGE_1: [DOUBT, BREACH]},
    ),
    # The same with the acknowledgement after the refusal, as at the end of a stage that was begun.
    "a refusal before the receipt, and an acknowledgement after it": (
        "2025-02-17 complaint refused",
        "2025-02-24 complaint acknowledged",
        "2025-03-03 complaint received",
        "2025-03-06 complaint acknowledged",
        "2025-03-12 complaint withdrawn",
        "2025-03-14 complaint reopened",
        "2025-03-31 complaint acknowledged",
        {ACK: [DOUBT, DOUBT], STAGE_1: [DOUBT, BREACH]},
    ),
    # Asked for on 4 April, the answer was due on 7 May, after the withdrawal. If that date is
    # wrong, it may have been asked for on 3 March and closed too, a day after it was due.
    "an acknowledgement before its request, after a closing": (
        "2025-03-03 complaint received",
        "2025-04-01 complaint closed",
        "2025-04-02 escalation acknowledged",
        "2025-04-04 escalation requested",
        "2025-04-28 complaint withdrawn",
        {STAGE_2: [DOUBT]},
    ),
    # Asked for after 5 March it was late by 30 May, from 26 March as from 10 March; asked for by
    # then it was withdrawn with the rest.
    "an acknowledgement before its request, after a withdrawal": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint withdrawn",
        "2025-03-10 complaint received",
        "2025-03-25 escalation acknowledged",
        "2025-03-26 escalation requested",
        "2025-05-30 stage 2 response",
        {STAGE_2: [DOUBT]},
    ),
    # If the receipt is misdated, the request was withdrawn in time. If the request is, it may have
    # come after that, and nobody answered.
    "a request to escalate before the receipt, and a withdrawal": (
        "2025-02-24 escalation requested",
        "2025-03-03 complaint received",
        "2025-03-06 complaint withdrawn",
        {STAGE_2: [DOUBT]},
    ),
    # One request and one answer, whichever complaint they are of. If the answer is misdated, it may
    # have come after 6 May, when it was due at the earliest.
    "a stage 2 response before its request, after two complaints": (
        "2025-03-03 complaint received",
        "2025-03-04 stage 1 response",
        "2025-03-10 complaint received",
        "2025-03-31 stage 1 response",
        "2025-04-01 stage 2 response",
        "2025-04-03 escalation requested",
        {STAGE_2: [DOUBT]},
    ),
    # Asked for by the 3rd, it was refused; asked for on the 4th, nothing was refused, and it was
    # never acknowledged (due on 11 April) or answered.
    "a request that may lie after its refusal": (
        "2025-03-03 complaint received",
        "2025-03-10 stage 1 response",
        "2025-04-01/2025-04-04 escalation requested",
        "2025-04-03 escalation refused",
        {ACK_2: [DOUBT], STAGE_2: [DOUBT]},
    ),
    # The second complaint is under the 2024 Code, the first was under that of 2022, which has no
    # limit for it.
    # Acknowledged on 3 April, it was asked for by then, so before the refusal of that day, and in
    # time for both.
    "a request that may lie after its refusal but for the acknowledgement": (
        "2025-03-03 complaint received",
        "2025-03-10 stage 1 response",
        "2025-04-01/2025-04-04 escalation requested",
        "2025-04-03 escalation acknowledged",
        "2025-04-03 escalation refused",
        {ACK_2: [MET], STAGE_2: [NA]},
    ),
    # The same, with a second request on the 14th: due on 23 April, and answered by then.
    "a request that may lie after its refusal, and a second request": (
        "2025-03-03 complaint received",
        "2025-03-10 stage 1 response",
        "2025-04-01/2025-04-04 escalation requested",
        "2025-04-03 escalation acknowledged",
        "2025-04-03 escalation refused",
        "2025-04-14 escalation requested",
        "2025-04-22 stage 2 response",
        {ACK_2: [MET, MET], STAGE_2: [NA, MET]},
    ),
    # Nothing came before the receipt, and on the day of the withdrawal the reopening came after it:
    # on the 6th at the latest, so nobody answered by 27 March. It comes first, by its first day.
    "a reopening that may lie before the receipt": (
        "2025-03-03 complaint received",
        "2025-03-03 complaint withdrawn",
        "2025-02-26/2025-03-06 complaint reopened",
        {ACK: [BREACH, NA], STAGE_1: [BREACH, NA]},
    ),
    # If the receipt is misdated, it came before 24 February, perhaps long before, and the reopening
    # of 3 March was acknowledged in time and withdrawn in time.
    "a receipt after a withdrawal and a reopening, and a second withdrawal": (
        "2025-02-24 complaint withdrawn",
        "2025-03-03 complaint reopened",
        "2025-03-04 complaint received",
        "2025-03-07 complaint acknowledged",
        "2025-03-10 complaint withdrawn",
        {ACK: [MET, DOUBT], STAGE_1: [NA, DOUBT]},
    ),
    # If the receipt is misdated, it came before 24 February, and the reopening, due on 3 March to
    # be acknowledged, was not. If the withdrawal is, it may have come in time after the receipt,
    # and nothing was reopened.
    "a receipt after a withdrawal and a reopening": (
        "2025-02-24 complaint withdrawn",
        "2025-02-24 complaint reopened",
        "2025-03-04 complaint received",
        {ACK: [DOUBT, DOUBT], STAGE_1: [DOUBT, DOUBT]},
    ),
    # The same where the reopening was answered late, on 31 March: its answer was due by 17 March.
    "a receipt after a withdrawal, a reopening and an answer": (
        "2025-02-24 complaint withdrawn",
        "2025-02-24 complaint reopened",
        "2025-03-31 stage 1 response",
        "2025-04-01 complaint received",
        {ACK: [DOUBT, DOUBT, DOUBT], STAGE_1: [DOUBT, DOUBT, DOUBT]},
    ),
    # If the request of 17 March is misdated, it was made by the 12th, and perhaps before the answer
    # of the 10th: then the one of 12 May may be what counts, which is due on 10 June and answered.
    "an acknowledgement before two requests to escalate": (
        "2025-03-03 complaint received",
        "2025-03-10 stage 1 response",
        "2025-03-12 escalation acknowledged",
        "2025-03-17 escalation requested",
        "2025-05-12 escalation requested",
        "2025-05-30 stage 2 response",
        {STAGE_2: [DOUBT]},
    ),
    # If the acknowledgement is misdated, the request of 20 March is of the complaint of the 17th,
    # whose second stage was answered on the 27th, so that the request of 1 April asks for nothing.
    "an acknowledgement before the requests to escalate of two complaints": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint withdrawn",
        "2025-03-06 escalation acknowledged",
        "2025-03-17 complaint received",
        "2025-03-20 escalation requested",
        "2025-03-27 stage 2 response",
        "2025-04-01 escalation requested",
        {ACK: [NA, DOUBT], STAGE_1: [NA, DOUBT], STAGE_2: [DOUBT, DOUBT]},
    ),
    # Withdrawn twice, and made twice: the second withdrawal came after the second complaint, on
    # that day or the next, whichever of the two lines it is.
    "two withdrawals on the day of a further complaint": (
        "2025-03-03 complaint received",
        "2025-03-05 complaint withdrawn",
        "2025-03-05 complaint received",
        "2025-03-04/2025-03-06 complaint withdrawn",
        {ACK: [NA, NA], STAGE_1: [NA, NA]},
    ),
    # Received on 10 March, the second was due on the 17th to be acknowledged and late by the answer
    # of the 22nd; received on the 19th it was answered first. The closing is of neither.
    "a closing on the first day that a further complaint may have": (
        "2025-03-03 complaint received",
        "2025-03-05 stage 1 response",
        "2025-03-10 complaint closed",
        "2025-03-10/2025-03-19 complaint received",
        "2025-03-22 stage 1 response",
        {ACK: [MET, DOUBT], STAGE_1: [MET, MET]},
    ),
    "an impossible order after two complaints under two Codes": (
        "2024-03-25 complaint received",
        "2024-03-28 stage 1 response",
        "2024-04-08 complaint received",
        "2024-04-18 stage 1 response",
        "2024-04-22 escalation acknowledged",
        "2024-04-23 escalation requested",
        {ACK_2: [DOUBT]},
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_a_doubtful_life_is_judged_as_by_hand(name: str) -> None:
    *lines, want = LIVES[name]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    found = {rule: [one.verdict for one in of(case, rule, "code")] for rule in want}
    assert found == want


@pytest.mark.parametrize("name", LIVES)
def test_the_twin_says_the_same(name: str) -> None:
    *lines, want = LIVES[name]
    told = wanted(Record(tuple(map(fact, lines)), date(2025, 6, 30)), CODE)
    for rule, verdicts in want.items():
        # Where there may be no such episode the twin has one fewer.
        assert 0 < len(told[rule]) <= len(verdicts)
        rest = iter(verdicts)
        allows = [any(verdict in one.allowed for verdict in rest) for one in told[rule]]
        assert all(allows), (rule, verdicts, list(map(str, told[rule])))


def test_what_a_wrong_date_leaves_open_is_asked_for() -> None:
    *lines, _ = LIVES["an answer before two receipts, the first of them withdrawn"]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    _, second = of(case, ACK, "code")
    assert (second.reason, second.says.split(" Otherwise:")[0]) == (
        "impossible-order",
        "The stage 1 response on 24 February 2025 is dated before any request that it could "
        "follow, so one of the dates is wrong: it may belong to this one.",
    )
    assert second.settled_by
    assert (second.settled_by.says, second.settled_by.add) == (
        "The right day of the stage 1 response would settle it.",
        "- DATE stage 1 response",
    )


def test_nothing_is_pending_that_is_owed_only_if_a_certain_date_is_wrong() -> None:
    # If the receipt is misdated, the reopening asks for an answer by 10 March. If the withdrawal
    # and the logging are, there was nothing to reopen.
    lines = [
        "2025-02-17 complaint logged",
        "2025-02-24 complaint withdrawn",
        "2025-02-24 complaint reopened",
        "2025-03-03 complaint received",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), record="partial", as_at="2025-03-03")
    for rule in (ACK, STAGE_1):
        assert [one.verdict for one in of(case, rule, "code")] == [DOUBT, DOUBT]
    first, _ = of(case, STAGE_1, "code")
    assert (first.reason, first.says.split(" If it was:")[0]) == (
        "impossible-order",
        "The record puts events in an impossible order, so one of the dates is wrong, and whether "
        "this was asked for depends on which.",
    )
    assert first.settled_by
    assert first.settled_by.says == "Correct the date that is wrong."


def test_nothing_is_pending_of_what_may_be_a_repeat_if_the_answer_is_misdated() -> None:
    # If the answer of 27 February was none yet, the complaint of 10 March repeats that of the 3rd;
    # if that of the 3rd is misdated, it is a further one, due on 17 March to be acknowledged.
    lines = [
        "2025-02-27 stage 1 response",
        "2025-03-03 complaint received",
        "2025-03-04 complaint acknowledged",
        "2025-03-10 complaint received",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-03-12")
    for rule in (ACK, STAGE_1):
        assert [one.verdict for one in of(case, rule, "code")] == [DOUBT, DOUBT]


@pytest.mark.parametrize(
    ("lines", "depends", "settles"),
    [
        # The first acknowledgement may be of the second complaint, as of the 10th: then the answer
        # was due on the 24th, and a day late. Otherwise it was due on the 26th or 27th.
        (
            [
                "2025-03-03 complaint received",
                "2025-03-05 complaint refused",
                "2025-03-06 complaint acknowledged",
                "2025-03-10 complaint received",
                "2025-03-12/2025-03-13 complaint acknowledged",
                "2025-03-25 stage 1 response",
            ],
            "It is not known which request the acknowledgement of the complaint on 6 March 2025 "
            "belongs to. Either:",
            "The exact day, and within a day the time, would settle it.",
        ),
        # Due on the 19th. Answered before the withdrawal it may be in time; after it, it was late.
        (
            [
                "2025-03-03 complaint received",
                "2025-03-05 complaint acknowledged",
                "2025-03-18/2025-03-21 stage 1 response",
                "2025-03-20 complaint withdrawn",
            ],
            "The stage 1 response between 18 March and 21 March 2025 may have come before the "
            "withdrawal of the complaint on 20 March 2025, or after it. Either:",
            "The exact day, and within a day the time, would settle it.",
        ),
        # As a new complaint that of the 31st was never answered; as a repeat it asks for nothing.
        (
            [
                "2025-03-03 complaint received",
                "2025-03-14 complaint closed",
                "2025-03-31 complaint received",
            ],
            "The receipt of the complaint on 31 March 2025 came after the complaint was closed: it "
            "may be a repeat or a new one. If it is new:",
            "The day it was taken up again would settle it.",
        ),
    ],
)
def test_what_a_verdict_turns_on_is_named(lines: list[str], depends: str, settles: str) -> None:
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    finding = of(case, STAGE_1, "code")[-1]
    assert finding.reason == "order-unclear"
    assert finding.says.startswith(depends)
    assert finding.settled_by
    assert finding.settled_by.says == settles


def test_an_early_request_that_is_made_again_is_asked_about() -> None:
    # Acknowledged on 20 March: late for the request of the 7th, due on the 14th, and in time for
    # that of the 19th.
    lines = [
        "2025-03-03 complaint received",
        "2025-03-05 complaint acknowledged",
        "2025-03-07 escalation requested",
        "2025-03-18 stage 1 response",
        "2025-03-19 escalation requested",
        "2025-03-20 escalation acknowledged",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    (finding,) = of(case, ACK_2, "code")
    assert (finding.verdict, finding.says.split(" Either:")[0]) == (
        DOUBT,
        "The request to escalate on 7 March 2025 came before the stage 1 response, the request to "
        "escalate on 19 March 2025 after it: either may be the one that counts.",
    )
    assert finding.settled_by
    assert finding.settled_by.says == "Leave out the one that does not count."


def test_what_comes_before_a_further_complaint_has_its_first_day_alone() -> None:
    # If the logging is of the complaint of the 3rd, it came before that of the 17th, on that day.
    lines = [
        "2025-03-03 complaint received",
        "2025-03-05 complaint acknowledged",
        "2025-03-14 stage 1 response",
        "2025-03-17 complaint received",
        "2025-03-17/2025-03-20 complaint logged",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    first, _ = of(case, ACK, "code")
    assert first.done == Span(date(2025, 3, 5), date(2025, 3, 17))


def test_a_closing_within_the_days_of_an_answer_takes_none_of_them() -> None:
    # Due on 10 March. Answered before the closing of the 14th, with it, or on the 15th or 16th,
    # which are a weekend: late by 1 to 6 days, of which 4 are working days.
    lines = [
        "2025-03-03 complaint received",
        "2025-03-11/2025-03-19 complaint acknowledged",
        "2025-03-11/2025-03-16 stage 1 response",
        "2025-03-14 complaint closed",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    (finding,) = of(case, ACK, "code")
    assert (finding.verdict, finding.late_by, finding.days_late) == (
        BREACH,
        Range(1, 4),
        Range(1, 6),
    )


def test_a_request_comes_before_the_reopening_of_its_day() -> None:
    # Requested, refused and reopened on one day: the first is the request, which was refused.
    lines = [
        "2025-03-03 complaint received",
        "2025-03-05 complaint acknowledged",
        "2025-03-14 stage 1 response",
        "2025-04-01 escalation requested",
        "2025-04-01 escalation refused",
        "2025-04-01 complaint reopened",
        "2025-04-03 escalation acknowledged",
        "2025-04-25 stage 2 response",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    # 20 working days from 3 April, over Easter, end on 6 May.
    assert [(one.episode, one.verdict) for one in of(case, STAGE_2, "code")] == [
        (1, "not-applicable"),
        (2, "met"),
    ]


def test_the_hours_of_one_day_make_no_date_wrong() -> None:
    # Received and answered on one day, whatever the hours say. The complaint of 31 March is a
    # further one: due on 7 April to be acknowledged, on 22 April at the latest to be answered.
    lines = [
        "2025-03-03 10:00 stage 1 response",
        "2025-03-03 11:00 complaint received",
        "2025-03-31 complaint received",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-06-30")
    for rule in (ACK, STAGE_1):
        assert [one.verdict for one in of(case, rule, "code")] == [MET, BREACH]


def test_an_answer_before_its_request_is_in_time_either_way() -> None:
    # Asked for by 5 March, answered on that day; or asked for on the 10th, acknowledged on the
    # 12th and answered by 4 April: it was due on 9 April.
    lines = [
        "2025-03-03 complaint received",
        "2025-03-05 stage 2 response",
        "2025-03-10 escalation requested",
        "2025-03-12 escalation acknowledged",
        "2025-03-20 escalation requested",
    ]
    case = judge("\n".join(f"- {line}" for line in lines), as_at="2025-04-04")
    assert [one.verdict for one in of(case, STAGE_2, "code")] == [MET]
