"""What one run found as a whole: its complaints, what was read of which files, and what fails."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from timeliness.model.assumption import Assumed
from timeliness.model.claims import ClaimTotal
from timeliness.model.days_off import DayOff
from timeliness.model.errors import Mistake
from timeliness.model.findings import Case
from timeliness.model.given import Given
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import FIRST_OMBUDSMAN
from timeliness.model.sums import Sums
from timeliness.model.verdict_words import NOT_FOLLOWED, VERDICTS


class Input(Struct, frozen=True):
    """A file that was read, and the SHA-256 of its bytes."""

    path: str
    sha256: str


def input_of(path: Path) -> Input:
    """Return a file with the hash of what is in it now. Raises `OSError`."""
    return Input(str(path), hashlib.sha256(path.read_bytes()).hexdigest())


class Configuration(Input, frozen=True):
    """The configuration of a run, and the non-working days that it adds to every calendar."""

    days_off: tuple[DayOff, ...] = ()


class TableRead(Struct, frozen=True):
    """How a table was read: what each column contains, and what was left out.

    `file` is where it is, and `sheet` which sheet of a workbook it is, "" in any other file.
    `header_ends` is the line of the last row of its header, and `separator` what stands between the
    cells of a text.
    """

    path: str
    columns: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    file: str = ""
    sheet: str = ""
    header_ends: int = 0
    separator: str = ""


class Basis(Struct, frozen=True):
    """What a report rests on beside its inputs, configuration and rulebooks.

    `given` is None where no command made it. `today` is the day of the check of what names none;
    it is None where everything names one.
    """

    given: Given | None = None
    baseline: Input | None = None
    today: date | None = None


class Report(Struct, frozen=True):
    """Everything one run found, and in `unchecked` what could not be read or checked.

    `later` names the complaints that were received after the day of the check and are left out.
    `answer` is the answer of the whole run in a sentence, where it read tables, and `due` says of
    several complaints how much is overdue and falls due soon.
    `accounting` says of tables what became of every row, and `record` how often each thing was
    found about the record itself. `gate` says what fails the run and what does not although it was
    found, each with its weight: error, warning or notice; `gate_names` names what it lets pass.
    `configuration` is the configuration that was used, None where there was none, and `tables`
    says how each table was read. `claims` says how often the landlord's own system is right, and
    `assumed` what is assumed of the tables, with the counts with it and without it. `basis` is what
    it rests on beside. `sums` are the figures of a run over tables, or of one that is split into
    groups. `period` says when what is checked was received, and what that leaves out.
    `not_looked_at` names the rules that were left out, in a sentence.
    """

    as_at: date
    cases: tuple[Case, ...]
    inputs: tuple[Input, ...] = ()
    unchecked: tuple[Mistake, ...] = ()
    later: tuple[Mistake, ...] = ()
    answer: str = ""
    accounting: str = ""
    record: tuple[tuple[str, int], ...] = ()
    gate: tuple[tuple[str, str], ...] = ()
    gate_names: tuple[str, ...] = ()
    configuration: Configuration | None = None
    tables: tuple[TableRead, ...] = ()
    claims: tuple[ClaimTotal, ...] = ()
    assumed: Assumed | None = None
    due: str = ""
    sums: Sums | None = None
    period: str = ""
    basis: Basis = Basis()
    not_looked_at: str = ""

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day as of which a complaint was checked."""
        days = [case.as_at for case in self.cases] or [self.as_at]
        return min(days), max(days)

    @property
    def summary(self) -> dict[str, int]:
        """Return how many findings there are of each verdict, a "should" not followed apart."""
        counted = Counter(finding.counts_as for case in self.cases for finding in case.findings)
        return {verdict: counted[verdict] for verdict in (*VERDICTS, NOT_FOLLOWED)}

    @property
    def ombudsmen(self) -> tuple[str, ...]:
        """Return whose finding a breach is not, each once."""
        if not self.cases:
            return (FIRST_OMBUDSMAN,)
        return tuple(dict.fromkeys(name for case in self.cases for name in case.ombudsmen))

    @property
    def rulebooks(self) -> Sequence[Rulebook]:
        """Return every rulebook used, once, by id."""
        used = {book.id: book for case in self.cases for book in case.rulebooks}
        return [used[name] for name in sorted(used)]
