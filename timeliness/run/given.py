"""Setting up a check from its options: what `chcheck PATH` does, and `chcheck verify` again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from timeliness.model.declared import Fixed
from timeliness.model.errors import UsageError
from timeliness.model.given import Given
from timeliness.read.config import configuration_for
from timeliness.read.library import Loader, load_rulebooks
from timeliness.results.due import EVERYTHING, FIRST_SCREEN
from timeliness.results.grouping import split_by
from timeliness.results.period import ReceivedIn
from timeliness.results.weights import Weights
from timeliness.run.inputs import Written, inputs_for
from timeliness.run.only import Only
from timeliness.run.outputs import Target
from timeliness.run.run import Asked, run_check
from timeliness.write.formats import ANNOTATED, XLSX, Options


class Wanted(Struct, frozen=True):
    """What is written of a check; nothing of it changes what the check finds.

    `again` says that the check was made before: its baseline and rejects are not written again, and
    `today` is the day that counted as today.
    """

    targets: Sequence[Target]
    colour: bool = False
    again: bool = False
    today: date | None = None


def check_given(given: Given, wanted: Wanted, tell: Callable[[str], None]) -> int:
    """Run the check that the options ask for, write it, and return the exit code.

    Raises `UsageError`, and `InputError` where a configuration or baseline cannot be read.
    """
    baseline, rejects = (
        Path(path) if path and not wanted.again else None
        for path in (given.write_baseline, given.rejects)
    )
    written: list[Written] = [("--output", one.path) for one in wanted.targets if one.path]
    written += [("--rejects", rejects)] if rejects else []
    written += [("--write-baseline", baseline)] if baseline else []
    config = configuration_for(given.paths, Path(given.config) if given.config else None)
    declared = Fixed(
        given.as_at, given.code, given.policy, given.nation, given.dates, given.sheet
    ).over(config.declared)
    if not declared.day:
        declared = replace(declared, as_at=wanted.today)
    split = tuple(dict.fromkeys(split_by(one) for one in given.by if one.strip()))
    declared = replace(declared, by=split)
    config = replace(
        config,
        fail_on=given.fail_on or config.fail_on,
        baseline=Path(given.baseline) if given.baseline else config.baseline,
    )
    stdin, inputs = inputs_for(given.paths, written, config)
    weights = Weights(given.select, given.ignore, config.severity)
    if str(weights) and any(one.format.name == "letter" for one in wanted.targets):
        why = "a letter must tell the resident everything, so no rule can be left out"
        raise UsageError(f"{why}. {weights}")
    for target in wanted.targets:
        if target.format is ANNOTATED:
            from timeliness.run.annotated import check_annotated

            check_annotated(target.path, inputs, stdin, given.complaint.strip())
    asked = Asked(
        inputs=inputs,
        config=config,
        written=written,
        write_baseline=baseline,
        rejects=rejects,
        targets=wanted.targets,
        options=Options(given.show, given.explain, wanted.colour, given.summary),
        due=EVERYTHING if any(one.format is XLSX for one in wanted.targets) else FIRST_SCREEN,
        weights=weights,
        only=Only(given.complaint) if given.complaint.strip() else None,
        by=split,
        period=ReceivedIn.asked(given.from_, given.to),
        given=given,
        today=wanted.today,
    )
    return run_check(asked, Loader(load_rulebooks(), declared), stdin, tell)
