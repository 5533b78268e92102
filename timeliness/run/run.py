"""One run: whatever is checked is judged once, counted once, and given to every output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.api import check, check_nation
from timeliness.model.claims import ClaimTotal
from timeliness.model.dates import today
from timeliness.model.errors import UsageError
from timeliness.model.given import Given
from timeliness.model.report import Basis, Report, input_of
from timeliness.read.config import Config
from timeliness.read.library import Loader
from timeliness.results.due import FIRST_SCREEN, DueAsked, DueList
from timeliness.results.gate import Gate, read_baseline
from timeliness.results.groups import Groups
from timeliness.results.period import ReceivedIn
from timeliness.results.tally import Tally
from timeliness.results.weights import EVERY_RULE, Weights
from timeliness.run.beside import beside
from timeliness.run.inputs import Inputs, Written, guard_used
from timeliness.run.named_rules import check_accepted, check_floors, check_weights
from timeliness.run.only import Only
from timeliness.run.outputs import Outputs, Target
from timeliness.run.period import among_timelines
from timeliness.tables.files import left_out_of
from timeliness.tables.installed import check_installed
from timeliness.write import totals
from timeliness.write.due import headline
from timeliness.write.formats import MOST_IN_TEXT, Options

if TYPE_CHECKING:
    # What counts a year is imported where its figures are asked for.
    from timeliness.results.year import YearAsked, YearCount


class Asked(Struct, frozen=True):
    """What is asked of a run beside what is declared for its complaints.

    `config` holds what the options say over the configuration. `written` holds every option that
    names a file to write, and `targets` what is written of the findings. `due` says which
    open limits are listed, and `only` which complaint is checked of all that are there. `year` says
    of which year figures are asked for, and `last` where the year before it is. `given` are the
    options of a check. `by` names the columns by which the sums are split, and `period` when what
    is checked was received. `today` is the day that counted as today when it was checked before.
    `weights` say which rules are looked at.
    """

    inputs: Inputs
    config: Config = field(default_factory=Config)
    written: Sequence[Written] = ()
    write_baseline: Path | None = None
    rejects: Path | None = None
    targets: Sequence[Target] = ()
    options: Options = field(default_factory=Options)
    weights: Weights = EVERY_RULE
    due: DueAsked = FIRST_SCREEN
    only: Only | None = None
    year: YearAsked | None = None
    last: Inputs | None = None
    given: Given | None = None
    by: tuple[str, ...] = ()
    period: ReceivedIn | None = None
    today: date | None = None

    @property
    def has_gate(self) -> bool:
        """Whether more is asked than a threshold, so that every output has something to say."""
        given = self.given is not None and self.given.has_gate
        return self.config.has_gate or given or self.weights.lower


def run_check(
    asked: Asked, loader: Loader, stdin: bytes | None, tell: Callable[[str], None]
) -> int:
    """Check everything that is asked for, write it, and return the exit code.

    `tell` takes what there is to say beside the outputs, line by line. Raises `UsageError`, and
    `InputError` where a configuration or baseline cannot be read.
    """
    run = _Run(asked, loader, stdin, tell)
    try:
        return run.run()
    finally:
        run.outputs.discard()


def _same_place(one: Path, other: Path | None) -> bool:
    return other is not None and one.resolve() == other.resolve()


class _Run:
    def __init__(
        self,
        asked: Asked,
        loader: Loader,
        stdin: bytes | None,
        tell: Callable[[str], None],
    ) -> None:
        self.asked, self.loader, self.declared = asked, loader, loader.declared
        self.stdin, self.tell = stdin, tell
        config, baseline = asked.config, asked.config.baseline
        if baseline and _same_place(baseline, asked.write_baseline) and not baseline.exists():
            # The first run writes the baseline that the configuration names.
            baseline = None
        gate = Gate(
            config.fail_on or "breach",
            config.floors,
            read_baseline(baseline) if baseline else None,
            config.accepted,
            asked.weights,
        )
        self.tally = Tally(
            self.declared.day or today(),
            gate,
            configuration=config.source,
            due=DueList(asked.due, self.declared.nation_of(""), self.declared.days_off),
            year=self._year(),
            groups=Groups(asked.by, monthly=any(one.format.by_month for one in asked.targets)),
            period=asked.period,
            basis=Basis(asked.given, input_of(baseline) if baseline else None, asked.today),
        )
        self.outputs = Outputs(
            asked.targets,
            asked.options,
            gate,
            asked.write_baseline,
            asked.rejects,
            whole_text=asked.only is not None,
            tables=self.tally.tables,
            stdin=stdin,
        )

    def run(self) -> int:
        self._check_usage()
        self.outputs.open()
        self.tally.notes += self.asked.inputs.notes
        self._check_all()
        self._check_by()
        if self.asked.last:
            self._count_last(self.asked.last)
        guard_used(self.asked.written, self.loader.policy_files)
        check_accepted(self.asked.config.accepted, self.loader.library)
        check_weights(self.asked.weights, self.loader.library)
        report = self._report()
        tables = self.asked.inputs.tables and self.asked.only is None
        summed = bool(tables or self.asked.by) or len(report.cases) > MOST_IN_TEXT
        self.outputs.finish(self.tally, report, summed=summed)
        for line in beside(
            self.tally, self.asked.targets, self.asked.weights, self.asked.options, summed=summed
        ):
            self.tell(line)
        return self.tally.exit_code

    def _check_usage(self) -> None:
        check_nation(self.declared.fixed_nation)
        check_floors(self.asked.config.floors, self.loader.library)

    def _check_by(self) -> None:
        """Refuse to group by a column that is not there, once it is said what was not read."""
        try:
            self.tally.due.check_by()
            self.tally.groups.check()
            if self.tally.year:
                from timeliness.results.year_groups import check_columns

                check_columns(self.tally.year)
        except UsageError:
            for one in self.tally.unread:
                self.tell(str(one))
            raise

    def _check_all(self) -> None:
        """Check the tables, and then the timelines beside them."""
        tables = None
        inputs = self.asked.inputs
        self.tally.notes += left_out_of(inputs.paths, tables=bool(inputs.tables))
        if inputs.tables:
            first = str(inputs.tables[0])
            named = "standard input" if first == "-" else f'"{first}"'
            check_installed(f"{named} is a table")
            # What reads tables takes polars, for which a run without a table does not pay.
            from timeliness.run.sources import files
            from timeliness.run.tables import Tables

            sources = files(
                inputs.tables, self.stdin, self.tally.inputs, hashed=self.outputs.hashed
            )
            tables = Tables(sources, self.loader, self.tally, self.outputs, self.asked.only)
            tables.check()
        landlords = self._check_timelines()
        if self.asked.only:
            self.asked.only.check(bool(self.tally.unread or self.tally.rejected))
        if tables:
            self.tally.notes += tables.unused(landlords)
            self.tally.unread += tables.missing()

    def _year(self) -> YearCount | None:
        """Return what counts a year, where its figures are asked for."""
        if self.asked.year is None:
            return None
        from timeliness.results.year import YearCount

        return YearCount.asked_for(self.asked.year, assumes=self.declared.assumption is not None)

    def _count_last(self, inputs: Inputs) -> None:
        """Count the year before, which is in files of its own."""
        asked, year = self.asked, self.tally.year
        assert asked.year
        assert year
        before = replace(asked.year, period=asked.year.period.year_before, last_apart=True)
        last = _Run(
            replace(asked, inputs=inputs, last=None, targets=(), year=before),
            self.loader,
            self.stdin,
            self.tell,
        )
        assert last.tally.year
        for own, other in zip(last.tally.year.both, year.both, strict=True):
            own.groups = other.groups
        last._check_all()
        year.add_before(last.tally.year)
        self.tally.assumption = self.tally.assumption or last.tally.assumption
        hashed = self.outputs.hashed
        read = [input_of(Path(one.path)) if hashed else one for one in last.tally.inputs]
        self.tally.inputs += [one for one in read if one not in self.tally.inputs]
        self.tally.tables += last.tally.tables
        self.tally.rulebooks |= last.tally.rulebooks
        self.tally.unread += [*last.tally.unread, *last.tally.unaccepted]

    def _check_timelines(self) -> list[str]:
        """Check what is not a table, and return the landlords that were met."""
        inputs = self.asked.inputs
        if all(path in inputs.no_timelines for path in inputs.paths):
            return []
        loaded = self.loader.load(inputs.paths, self.stdin, inputs.no_timelines)
        nothing = not (loaded.timelines or loaded.mistakes or inputs.tables)
        if loaded.left_out and nothing:
            raise UsageError(
                "there are only rulebooks here, no timelines; `chcheck rules` lists them"
            )
        timelines = loaded.timelines
        if only := self.asked.only:
            timelines = [one for one in timelines if only.is_meant(one.complaint)]
        timelines = among_timelines(timelines, self.tally)
        if not self.declared.day and any(one.as_at is None for one in timelines):
            self.tally.use_today()
        report = check(
            timelines,
            self.loader.library,
            as_at=self.declared.fixed_as_at,
            nation=self.declared.fixed_nation,
            inputs=loaded.inputs,
            unread=loaded.mistakes,
        )
        looked = tuple(self.asked.weights.looked(case) for case in report.cases)
        settled = self.tally.add_report(
            replace(report, cases=looked), everything=self.outputs.takes_all
        )
        self.outputs.give_settled(settled)
        if self.tally.year:
            from timeliness.run.year_cases import YearCases

            for year in self.tally.year.both:
                YearCases(year, self.loader.library).add(report.cases)
        self.tally.notes += loaded.left_out
        return [timeline.landlord for timeline in timelines]

    def _report(self) -> Report:
        """Return what the formats that are made of whole complaints hold."""
        tally, tables = self.tally, self.asked.inputs.tables
        gated = bool(tables) or self.asked.has_gate
        return Report(
            tally.last_day,
            tuple(self.outputs.cases),
            tuple(tally.inputs),
            (*tally.unread, *tally.rejected),
            tuple(tally.later),
            totals.answer(tally) if tables and tally.read else "",
            totals.rows(tally) if tables and tally.read else "",
            tuple(totals.record(tally)),
            tuple(totals.gate(tally)) if gated else (),
            tuple(totals.gate_names(tally)),
            tally.configuration,
            tuple(tally.tables),
            _claims(tally),
            tally.assumed,
            headline(tally) if tally.complaints > 1 else "",
            totals.sums(tally) if tables or self.asked.by else None,
            totals.period(tally),
            basis=tally.basis,
            not_looked_at=str(self.asked.weights),
        )


def _claims(tally: Tally) -> tuple[ClaimTotal, ...]:
    """Return what the claims of tables come to; what counts them is imported for tables alone."""
    if not tally.claims:
        return ()
    from timeliness.results.claimed import totals_of

    return tuple(totals_of(tally.claims))
