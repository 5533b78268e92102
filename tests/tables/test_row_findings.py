"""What is found of the rows themselves comes with its sentences, as for a timeline."""

from datetime import date

from tests.helpers.tables import library, read
from timeliness.judge.editions import vocabulary_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.rows import run_table

EXPORT = (
    "Ref,Received,Acknowledged,Stage 1 Response,Escalation Requested\n"
    "A,2025-03-03,2025-03-05,2025-02-17,\n"
    "B,2025-06-02,2025-06-04,2025-07-14,2025-07-21\n"
)


def _batches() -> list[Batch]:
    complaints, books, batches = read(EXPORT), library(), list[Batch]()
    vocabulary = vocabulary_of(books.rulebooks.values())
    wanted = Wanted(frames=True, everything=True, objects=True)
    run_table(complaints, books, vocabulary, Tally(date(2025, 6, 30)), batches.append, wanted)
    return batches


def test_they_are_told_in_sentences() -> None:
    found = [
        (one.timeline.complaint, one.finding.rule, one.finding.reason, one.finding.says)
        for batch in _batches()
        for one in batch.findings
        if one.flat.standard == "record"
    ]
    assert found == [
        (
            "A",
            "impossible-order",
            "impossible-order",
            "The stage 1 response on 17 February 2025 is dated before the receipt of the complaint "
            "on 3 March 2025.",
        ),
        (
            "B",
            "event-after-as-at",
            "after-as-at",
            "The stage 1 response on 14 July 2025 is dated after the as-at date, 30 June 2025; "
            "it counts as not yet done.",
        ),
        (
            "B",
            "event-after-as-at",
            "after-as-at",
            "The request to escalate on 21 July 2025 is dated after the as-at date, 30 June 2025; "
            "it counts as not yet done.",
        ),
    ]


def test_flat_or_in_sentences_they_have_the_same_rule_and_reason() -> None:
    for batch in _batches():
        for found in batch.findings:
            one, flat = found.finding, found.flat
            assert (one.rule, one.reason, one.verdict) == (flat.rule, flat.reason, flat.verdict)
