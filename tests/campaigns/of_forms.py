"""Random complaints written in every form, and each form checked.

Where the findings differ, the smallest complaint of each kind of difference is shown.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from tests.campaigns.forms import (
    CONFIGURATION,
    LONG_CONFIGURATION,
    NO_HEAD,
    STAGE_CONFIGURATION,
    Complaint,
    Head,
    as_long,
    as_stages,
    as_timelines,
    as_wide,
    made,
)
from timeliness import cli

Finding = tuple[tuple[str, str], ...]
"""What one finding says but for where its row is: each field with its text."""
Findings = Mapping[str, Counter[Finding]]
"""The findings of each complaint, by its reference."""

WIDE, LONG, STAGES = "wide", "long", "a row for each stage"
FORMS = {
    WIDE: (as_wide, CONFIGURATION),
    LONG: (as_long, LONG_CONFIGURATION),
    STAGES: (as_stages, STAGE_CONFIGURATION),
}
CANNOT_CARRY = {
    "one-date-of-each": "both days were taken as possible",
    "nothing-dated": "no event of its stages has a date",
    "unknown-day": "",
    "stage-without-a-row": "",
}
"""What a table cannot carry, by the ids of docs/exports.md, with what it then asks.

Where it asks nothing, it can be written in another way, and is so written here.
"""
ASKED = tuple(filter(None, CANNOT_CARRY.values()))
LOOKED_FOR = "not-found"
"""The record finding of an event that a timeline has as absent: a blank cell says no more."""
_PLACES = ("complaint", "path", "line", "status")


def ran(
    text: str, name: str, configuration: str = "", policy: str = ""
) -> tuple[Findings, Mapping[str, str]]:
    """Return what the command finds in a file, all of it, and what it asks of each complaint.

    `policy` is the text of a landlord's policy of its own, "own.yaml".
    """
    return ran_together({name: text}, configuration, policy)


def ran_together(
    files: Mapping[str, str], configuration: str, policy: str = ""
) -> tuple[Findings, Mapping[str, str]]:
    """Return the same of several files."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")
        (place / "chcheck.toml").write_text(configuration, encoding="utf-8")
        (place / "own.yaml").write_text(policy, encoding="utf-8")
        out = place / "findings.csv"
        paths = [str(place / name) for name in files]
        words = ["chcheck", *paths, "--show", "all", "--output", f"csv:{out}"]
        words += ["--config", str(place / "chcheck.toml"), "--rejects", str(place / "rejects.csv")]
        said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with (
            patch.object(sys, "argv", words),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            contextlib.suppress(SystemExit),
        ):
            cli.main()
        if not out.exists():
            said.seek(0)
            raise AssertionError(said.read())
        found: dict[str, Counter[Finding]] = defaultdict(Counter)
        with out.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["rule"] == LOOKED_FOR:
                    continue
                own = tuple((key, text) for key, text in row.items() if key not in _PLACES)
                found[row["complaint"]][own] += 1
        with (place / "rejects.csv").open(encoding="utf-8", newline="") as lines:
            return found, {row["complaint"]: row["says"] for row in csv.DictReader(lines)}


@dataclass(frozen=True)
class Difference:
    """What a table finds of one complaint that its timeline does not, and the other way round."""

    form: str
    complaint: Complaint
    more: tuple[Finding, ...]
    less: tuple[Finding, ...]
    asked: str = ""
    """What the table was asked to say, where it was checked in part for that, or not at all."""

    @property
    def kind(self) -> tuple[str, ...]:
        """Return by what differences are put together."""
        if self.asked:
            return self.form, next((why for why in ASKED if why in self.asked), self.asked)
        told = {
            f"{sign}{one['rule']} {one['verdict']} {one['reason']}"
            for sign, several in (("+", self.more), ("-", self.less))
            for one in map(dict, several)
        }
        return self.form, *sorted(told)

    def __str__(self) -> str:
        lines = [" | ".join(self.kind), f"  policy: {self.complaint.policy}"]
        lines += [
            f"  {one.row} {one.stage} {one.day} {one.event} {dict(one.facts) or ''}"
            for one in self.complaint.said
        ]
        for sign, several in (("+", self.more), ("-", self.less)):
            lines += [f"  {sign} {' '.join(v for _, v in one if v)}" for one in several]
        return "\n".join(lines)


def differences(
    complaints: Sequence[Complaint],
    seed: int,
    forms: Sequence[str] = tuple(FORMS),
    policy: str = "",
    head: Head = NO_HEAD,
) -> list[Difference]:
    """Return where the findings of tables differ from those of timelines.

    `head` says under which rules all are: in each timeline, and in the configuration.
    """
    theirs, _ = ran(as_timelines(complaints, head), "timelines.json", policy=policy)
    keys = "".join(f"{key} = {json.dumps(value)}\n" for key, value in head.items())
    told = []
    for form in forms:
        write, configuration = FORMS[form]
        mine, asked = ran(write(complaints, seed), "export.csv", keys + configuration, policy)
        for one in complaints:
            own, other = (found.get(one.reference, Counter()) for found in (mine, theirs))
            if own != other:
                more, less = own - other, other - own
                told.append(
                    Difference(form, one, tuple(more), tuple(less), asked.get(one.reference, ""))
                )
    return told


def smallest(difference: Difference, seed: int, head: Head = NO_HEAD) -> Difference:
    """Return the same kind of difference in the smallest complaint that shows it."""
    while True:
        said = difference.complaint.said
        ways = [
            replace(
                difference.complaint,
                reference=f"C{at}",
                said=(*said[:at], *said[at + 1 :]),
            )
            for at in range(len(said))
        ]
        others = differences(ways, seed, [difference.form], head=head) if len(said) > 1 else []
        again = next((one for one in others if one.kind == difference.kind), None)
        if again is None:
            return difference
        difference = again


CODES: tuple[tuple[Head, Sequence[str]], ...] = (
    ({"nation": "scotland"}, tuple(FORMS)),
    ({"nation": "northern-ireland", "code": ["nipso", "spso"]}, tuple(FORMS)),
    ({"nation": "wales"}, tuple(FORMS)),
    ({"body": "council"}, tuple(FORMS)),
    ({"code": ["housing-ombudsman", "lgsco"]}, tuple(FORMS)),
    # A hazard belongs to no stage, so no row of one has it.
    ({"code": ["housing-ombudsman", "awaab"]}, (WIDE, LONG)),
)
"""The Codes under which complaints are compared, and the forms that can say them."""


# A round --------------------------------------------------------------------------------------

COMPLAINTS = 25


def went_wrong(seed: int) -> Iterator[str]:
    """Go through one round, and return each kind of difference in its smallest complaint.

    Rounds take turns: the Housing Ombudsman's Code, what a wide table cannot say, and each of
    `CODES`. What a form cannot carry, and asks for, is no difference.
    """
    turn = seed % (len(CODES) + 2)
    head, forms = CODES[turn - 2] if turn > 1 else (NO_HEAD, (LONG,) if turn else tuple(FORMS))
    hazards = "awaab" in head.get("code", "")
    complaints = made(COMPLAINTS, seed, more=turn == 1, hazards=hazards)
    kinds: dict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for one in differences(complaints, seed, forms, head=head):
        if not any(why in one.asked for why in ASKED):
            kinds[one.kind].append(one)
    for same in kinds.values():
        shortest = min(same, key=lambda one: len(one.complaint.said))
        yield f"{len(same)} x under {dict(head)}\n{smallest(shortest, seed, head)}"
