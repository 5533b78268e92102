"""The check of tables, and of any input through a gate: what `chcheck PATH...` does with them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Thread

import click

from timeliness.api import check
from timeliness.judge.asides import with_notes
from timeliness.judge.cases import notes_on, vocabulary_of
from timeliness.model.calendars import NATIONS, working_days
from timeliness.model.clean import one_line
from timeliness.model.dates import today
from timeliness.model.errors import InputError, Mistake, UsageError
from timeliness.model.findings import Accepted, Case, Finding, Input, Report
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.config import Config
from timeliness.read.library import Loader
from timeliness.results.flat import RECORD_RULES
from timeliness.results.gate import EXPIRED, KNOWN, Gate, read_baseline
from timeliness.results.tally import Tally
from timeliness.run.carried import carried_by_all
from timeliness.run.collected import MOST_COLLECTED
from timeliness.run.gate_rules import check_accepted, check_floors
from timeliness.run.inputs import Inputs, Target, guard_used
from timeliness.run.outputs import MOST_OBJECTS, Outputs
from timeliness.run.rows import Batch, Wanted, repeated, run_table
from timeliness.tables.complaints import Complaints
from timeliness.tables.files import left_out_of
from timeliness.tables.landlords import warn_of_age
from timeliness.tables.names import NATION
from timeliness.tables.open import open_table, read_complaints
from timeliness.tables.row_findings import REPEATED
from timeliness.tables.settings import LandlordSettings, TableSettings, settings_of
from timeliness.tables.unused import Unused
from timeliness.write import Options, totals


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a run; what is empty is left to the configuration."""

    inputs: Inputs
    written: Sequence[Target] = ()
    as_at: date | None = None
    code: str = ""
    policy: str = ""
    nation: str = ""
    dates: str = ""
    sheet: str = ""
    fail_on: str = ""
    baseline: Path | None = None
    write_baseline: Path | None = None
    rejects: Path | None = None
    targets: Sequence[tuple[str, Path | None]] = ()
    options: Options = field(default_factory=lambda: Options("problems"))


def run_exports(asked: Asked, config: Config, loader: Loader, stdin: bytes | None) -> int:
    """Check tables, and timelines beside them, and return the exit code."""
    run = _Run(asked, config, loader, stdin)
    try:
        return run.run()
    finally:
        run.outputs.discard()


def _same_place(one: Path, other: Path | None) -> bool:
    return other is not None and one.resolve() == other.resolve()


class _Run:
    def __init__(self, asked: Asked, config: Config, loader: Loader, stdin: bytes | None) -> None:
        self.asked, self.config, self.loader, self.stdin = asked, config, loader, stdin
        baseline = asked.baseline or config.baseline
        if baseline and _same_place(baseline, asked.write_baseline) and not baseline.exists():
            # The first run writes the baseline that the configuration names.
            baseline = None
        gate = Gate(
            asked.fail_on or config.fail_on or "breach",
            config.floors,
            read_baseline(baseline) if baseline else None,
            config.accepted,
        )
        self.day = asked.as_at or config.as_at or today()
        self.tally = Tally(self.day, gate)
        self.whole = Tally(self.day, gate)
        self.outputs = Outputs(asked.targets, asked.options, asked.write_baseline, asked.rejects)
        self.cases: list[Case] = []
        self.settings = settings_of(
            replace(
                config,
                policy=asked.policy or config.policy,
                dates=asked.dates or config.dates,
                sheet=asked.sheet or config.sheet,
            )
        )
        self.settings = replace(self.settings, as_at=asked.as_at)
        self.unused = Unused(self.settings)

    def run(self) -> int:
        self._check_usage()
        self.outputs.open(self.tally.gate)
        self.tally.notes += [*left_out_of(self.asked.inputs.paths), *self.asked.inputs.notes]
        tables = self.asked.inputs.tables
        if len(tables) > 1 and self.outputs.has_columns:
            library = self.loader.library
            self.outputs.carry(carried_by_all(tables, self.stdin, library, self.settings))
        for path in tables:
            self._table(path)
        self._timelines()
        self.tally.notes += self.unused.notes()
        report = None
        if self.outputs.whole:
            report = Report(
                self.tally.last_day,
                tuple(self.cases),
                tuple(self.tally.inputs),
                (*self.tally.unread, *self.tally.rejected),
                totals.rows(self.tally) if self.tally.read else "",
                tuple(
                    (RECORD_RULES.get(rule, rule), count)
                    for rule, count in sorted(self.tally.record.items())
                ),
                tuple(totals.gate(self.tally)),
            )
        guard_used(self.asked.written, self.loader.policy_files)
        check_accepted(self.config.accepted, self.loader.library)
        self.outputs.finish(self.tally, report)
        self._tell()
        return self.tally.exit_code

    def _check_usage(self) -> None:
        library = self.loader.library
        nation = self.asked.nation
        if nation and nation not in NATIONS:
            raise UsageError(f'"{nation}" is not a nation; choose one of {", ".join(NATIONS)}')
        if self.settings.policy:
            self.loader.policy_name(self.settings.policy, Path())
        check_floors(self.config.floors, library)

    # Tables -----------------------------------------------------------------------------------

    def _table(self, path: Path) -> None:
        # Bank holidays take as long to work out as a small table to read: that is done meanwhile.
        meanwhile = Thread(target=working_days, args=(self.settings.nation,))
        meanwhile.start()
        try:
            complaints, vocabulary = self._read(path)
        except InputError as error:
            self.tally.unread += error.mistakes
            return
        finally:
            meanwhile.join()
        if self.outputs.whole:
            self._whole(complaints, vocabulary)
        watched = sys.stderr.isatty()

        def progress(done: int, total: int) -> None:
            if watched and total > 100_000:
                end = "\n" if done == total else ""
                click.echo(
                    f"\r{one_line(str(path))}: {done:,} of {total:,}{end}", err=True, nl=False
                )

        run_table(
            complaints,
            self.loader.library,
            vocabulary,
            self.tally,
            self.outputs.give,
            self.outputs.wanted,
            code=self.asked.code,
            progress=progress,
        )

    def _read(self, path: Path) -> tuple[Complaints, Vocabulary]:
        """Read a table, and note what there is to say of how it was read."""
        tally = self.tally
        try:
            data = (self.stdin or b"") if str(path) == "-" else path.read_bytes()
        except OSError as error:
            says = f"the file cannot be read: {error.strerror}"
            raise InputError([Mistake(str(path), 0, says)]) from None
        # The hash stands only in the formats that are made of whole complaints.
        digest = hashlib.sha256(data).hexdigest() if self.outputs.whole else ""
        tally.inputs.append(Input(str(path), digest))
        vocabulary = vocabulary_of(self.loader.library.rulebooks.values())
        opened = open_table(data, str(path), vocabulary, self.settings)
        del data

        def policy_for(name: str) -> str:
            return self.loader.policy_name(name, path.parent if name else Path())

        settings = self._named_policies()
        if self.asked.nation:
            opened = replace(opened, fields=opened.fields.without(NATION))
        complaints = read_complaints(opened, vocabulary, settings, policy_for, self.day)
        self.unused.meet(opened, complaints)
        tally.notes += [f"{path}: {note}" for note in complaints.notes]
        if complaints.not_recorded:
            names = ", ".join(complaints.not_recorded)
            tally.notes.append(f"{path}: not recorded, since there is no column of it: {names}")
        declared = self.asked.as_at or self.config.as_at or complaints.dated_rows
        if not declared and (warning := warn_of_age(complaints.latest_event, self.day)):
            tally.warnings.append(f"{path}: {warning}")
        return complaints, vocabulary

    def _named_policies(self) -> TableSettings:
        """Return the settings with the names of policies, whose paths count from this folder."""
        settings, nation = self.settings, self.asked.nation
        return replace(
            settings,
            policy=self.loader.policy_name(settings.policy, Path()),
            nation=nation or settings.nation,
            landlords={
                name: LandlordSettings(
                    self.loader.policy_name(one.policy, Path()), "" if nation else one.nation
                )
                for name, one in settings.landlords.items()
            },
        )

    def _whole(self, complaints: Complaints, vocabulary: Vocabulary) -> None:
        """Keep complaints with all their findings, for the formats that hold whole ones."""
        total = len(self.cases) + complaints.size
        if total > MOST_OBJECTS:
            name = self.outputs.whole[0]
            raise UsageError(
                f"{name} holds up to {MOST_OBJECTS:,} complaints, and this run has {total:,}; "
                "write jsonl or csv instead, which hold any number"
            )
        scratch = Tally(self.tally.as_at)
        found: dict[int, tuple[Timeline, list[Finding]]] = {}

        def collect(batch: Batch) -> None:
            for timeline, finding, _ in batch.findings():
                kept = found.setdefault(timeline.line, (timeline, []))[1]
                # A repeated reference is told among the problems of a complaint.
                kept += [finding] if finding.rule != REPEATED else []

        everything = Wanted(frames=True, everything=True, objects=True)
        library = self.loader.library
        run_table(
            complaints, library, vocabulary, scratch, collect, everything, code=self.asked.code
        )
        twice = repeated(complaints)
        for row in range(complaints.size):
            line = int(complaints.lines[row])
            if line not in found:
                continue
            timeline, findings = found[line]
            problems = complaints.problems_of(row)
            if twice[row]:
                says = "the same reference stands in another row; each is checked alone"
                problems = (Mistake(complaints.path, line, says), *problems)
            case = Case(
                timeline,
                date.fromordinal(int(complaints.as_at[row])),
                tuple({book.id: book for one in findings for book in one.rulebooks}.values()),
                tuple(findings),
                problems=problems,
                notes=notes_on(timeline, library, self.asked.code),
                carried=complaints.carried_of(row),
            )
            self.cases.append(self._settled(with_notes(case)))

    def _settled(self, case: Case) -> Case:
        """Return a complaint whose findings say what of them is known or accepted."""
        if not self.tally.gate.looks_at_keys:
            return case
        timeline, findings = case.timeline, []
        for finding in case.findings:
            key = (
                *(timeline.landlord, timeline.complaint, finding.standard, finding.rule),
                str(finding.episode),
            )
            status = self.whole.settle(key, finding.counts_as, case.as_at)
            entry = self.tally.gate.entry_for(key)
            if entry and status:
                expired = status.startswith(EXPIRED)
                accepted = Accepted(entry.reason, entry.approver, entry.expires, expired)
                finding = replace(finding, accepted=accepted)
            findings.append(replace(finding, known=status == KNOWN))
        return replace(case, findings=tuple(findings))

    # Timelines beside them --------------------------------------------------------------------

    def _timelines(self) -> None:
        inputs = self.asked.inputs
        if all(path in inputs.no_timelines for path in inputs.paths):
            return
        loaded = self.loader.load(inputs.paths, self.stdin, inputs.no_timelines)
        report = check(
            loaded.timelines,
            self.loader.library,
            as_at=self.asked.as_at,
            code=self.asked.code,
            nation=self.asked.nation,
            inputs=loaded.inputs,
            unread=loaded.mistakes,
        )
        self.unused.meet_landlords(timeline.landlord for timeline in loaded.timelines)
        self.outputs.give_report(self.tally.add_report(report))
        self.tally.notes += loaded.left_out
        self.cases += map(self._settled, report.cases)

    # What is told beside the outputs ----------------------------------------------------------

    def _tell(self) -> None:
        """Tell on standard error how the input was read, and what of it was not."""
        tally = self.tally
        lines = [f"chcheck: warning: {says}" for says in tally.warnings]
        lines += tally.notes
        if not any(name == "text" and path is None for name, path in self.asked.targets):
            troubles = [str(one) for one in (*tally.rejected, *tally.partly)]
            lines += troubles[:10]
            if len(troubles) > 10:
                lines.append(f"and {len(troubles) - 10:,} more; --rejects PATH writes them all")
        lines += map(str, tally.unread)
        lines += [
            f"chcheck: warning: {totals.not_measured(floor)}" for floor in totals.unmeasured(tally)
        ]
        lines += [
            f"accepted, entry {number} ({entry}): nothing of this run fits it"
            for number, entry in tally.unused
        ]
        if tally.left_out:
            lines.append(
                f"the formats for CI hold {MOST_COLLECTED:,} findings; "
                f"{tally.left_out:,} more are left out of them, csv and jsonl hold all"
            )
        for line in lines:
            click.echo(one_line(line), err=True)
