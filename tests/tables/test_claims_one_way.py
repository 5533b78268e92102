"""Claims come to the same whichever way their rows are checked, and however they are cut."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from tests.helpers.claims import after, claims_of, lines_of
from tests.helpers.command import Chcheck
from tests.helpers.tables import AS_AT, library, read
from timeliness.judge.editions import vocabulary_of
from timeliness.results.tally import Tally
from timeliness.run.batches import Batch, Wanted
from timeliness.run.rows import run_table

HEAD = (
    "Ref,Received,Logged,Acknowledged,Stage 1 Extended,Stage 1 Extended To,Stage 1 Response,"
    "Escalation Requested,Escalation Acknowledged,Stage 2 Response,Stage 1 Due,Stage 1 Days,"
    "Stage 1 SLA met,Stage 2 Due,Stage 2 Days,Acknowledged in time,Withdrawn"
)
DAY = date(2025, 6, 30)


def drawn(number: int = 150) -> list[str]:
    """Return rows in which any date may be blank, and whose claims are right now and then."""
    random = Random(5)

    def some(day: date | None, chance: float = 0.9) -> str:
        return str(day) if day and random.random() < chance else ""

    rows = []
    for place in range(number):
        received = after(date(2025, 1, 1), random.randint(1, 90))
        logged = after(received, random.randint(0, 2))
        acknowledged = after(logged, random.randint(0, 3))
        extended = after(acknowledged, 7) if random.random() < 0.2 else None
        answered = after(acknowledged, random.randint(1, 18))
        asked = after(answered, 5) if random.random() < 0.4 else None
        agreed = after(asked, 3) if asked else None
        second = after(agreed, random.randint(10, 25)) if agreed else None
        cells = [
            *(f"A{place}", some(received), some(logged, 0.5), some(acknowledged)),
            *(some(extended), str(after(extended, 10)) if extended else "", some(answered)),
            *(some(asked), some(agreed), some(second)),
            *(
                some(after(acknowledged, random.choice((9, 10, 10, 10)))),
                str(random.randint(3, 16)),
            ),
            *(random.choice("YN"), some(after(agreed, 20) if agreed else None)),
            *(str(random.randint(10, 30)), random.choice(("Y", "N", ""))),
            some(after(received, 30) if random.random() < 0.1 else None),
        ]
        rows.append(",".join(cells))
    return rows


def test_rows_of_more_than_dates_claim_the_same() -> None:
    rows = drawn()
    plain = read("\n".join([HEAD, *rows]) + "\n", fixed_as_at=DAY)
    # Where it is recorded who answered, a row is checked as a timeline.
    named = [f"{row},H7" for row in rows]
    whole = read("\n".join([f"{HEAD},Stage 1 officer", *named]) + "\n", fixed_as_at=DAY)
    assert whole.objects.mean() > 0.8
    assert plain.objects.mean() < 0.5
    ours, theirs = claims_of(plain), claims_of(whole)
    assert ours[0] == theirs[0]
    assert ours[1] == theirs[1]
    assert len({one.outcome for one in ours[1]}) == 4


@pytest.mark.parametrize("parts", [1, 3])
def test_rows_cut_into_files_claim_the_same(chcheck: Chcheck, parts: int) -> None:
    rows = drawn()
    files = {
        f"p{place}.csv": "\n".join([HEAD, *rows[place::parts]]) + "\n" for place in range(parts)
    }
    ran = chcheck(*files, "--as-at", str(DAY), files=files)
    told = ran.out.partition("WHAT THE LANDLORD'S OWN SYSTEM SAYS")[2].partition("\n\n")[0]
    lines = lines_of(read("\n".join([HEAD, *rows]) + "\n", fixed_as_at=DAY))
    assert " ".join(told.split()) == " ".join(" ".join(lines).split())


def test_what_an_output_takes_changes_no_claim() -> None:
    table = read("\n".join([HEAD, *drawn()]) + "\n", fixed_as_at=DAY)
    books = library()
    vocabulary = vocabulary_of(books.rulebooks.values())
    told = []
    for objects in (False, True):
        found: list[tuple[object, ...]] = []

        def take(batch: Batch, found: list[tuple[object, ...]] = found) -> None:
            found.extend(batch.claimed.frame.rows())

        run_table(table, books, vocabulary, Tally(AS_AT), take, Wanted(True, True, objects=objects))
        told.append(found)
    assert told[0] == told[1]
    assert len(told[0]) > 500
