"""What weight the findings of each rule have: whether they are looked at, and can fail a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.findings import Case
from timeliness.model.plain import listed
from timeliness.model.sides import RuleKey

ERROR, WARNING, NOTE, OFF = "error", "warning", "note", "off"
SEVERITIES = (ERROR, WARNING, NOTE, OFF)
"""As --fail-on says; shown as a warning, or as a note, and never failing; not looked at."""


def fits(name: str, key: RuleKey) -> bool:
    """Whether a rule is meant by a name: its id, with * for any text, whose it is in front."""
    of, _, rule = name.rpartition("/")
    return of in ("", key.side.standard, key.side.series) and _is_meant(rule, key.rule)


def _is_meant(name: str, rule: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, name.split("*"))), rule) is not None


def _exactness(name: str) -> tuple[bool, bool, int]:
    """Return what puts the names of a rule in order, the most exact last."""
    return "*" not in name, "/" in name, len(name)


class Weights(Struct, frozen=True, dict=True):
    """The rules that a run looks at, and how severe the findings of each are.

    `select` and `ignore` are names of rules as `fits` takes them; without a `select` every rule is
    looked at. `severity` gives one of `SEVERITIES` by name; of several names that fit, the most
    exact counts: one without * before one with it, then one that says whose rule it is, then the
    longest. A `select` goes before what is off.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _found(self) -> dict[RuleKey, str]:
        return {}

    @property
    def lower(self) -> bool:
        """Whether the findings of any rule are shown and do not fail a run."""
        return any(one in (WARNING, NOTE) for one in self.severity.values())

    def of(self, key: RuleKey) -> str:
        """Return the severity of the findings of a rule."""
        if key not in self._found:
            self._found[key] = self._of(key)
        return self._found[key]

    def _of(self, key: RuleKey) -> str:
        if any(fits(name, key) for name in self.ignore):
            return OFF
        if self.select and not any(fits(name, key) for name in self.select):
            return OFF
        names = [name for name in self.severity if fits(name, key)]
        given = self.severity[max(names, key=_exactness)] if names else ERROR
        return ERROR if self.select and given == OFF else given

    def looks_at(self, key: RuleKey) -> bool:
        """Whether a rule is looked at."""
        return not (self.select or self.ignore or self.severity) or self.of(key) != OFF

    def looked(self, case: Case) -> Case:
        """Return a complaint with the findings of the rules that are looked at, and no others."""
        if not (self.select or self.ignore or self.severity):
            return case
        findings = tuple(one for one in case.findings if self.looks_at(one.key))
        not_examined = tuple(
            one for one in case.not_examined if self.looks_at(RuleKey(one.side, one.rule))
        )
        before, after = (case.findings, case.not_examined), (findings, not_examined)
        left_out = any(len(one) != len(kept) for one, kept in zip(before, after, strict=True))
        return replace(case, findings=findings, not_examined=not_examined, left_out=left_out)

    def __str__(self) -> str:
        """Return what is not looked at, as a sentence; "" where everything is."""
        parts = []
        if self.select:
            parts.append(f"any rule but {listed(list(self.select))} (--select)")
        if self.ignore:
            parts.append(f"{listed(list(self.ignore))} (--ignore)")
        off = [] if self.select else [name for name, one in self.severity.items() if one == OFF]
        if off:
            parts.append(f"{listed(off)}{self._exceptions(off)} (off in the configuration)")
        return f"Not looked at: {'; '.join(parts)}." if parts else ""

    def _exceptions(self, off: Iterable[str]) -> str:
        """Return the names that bring back rules of those that are off."""
        back = [
            name
            for name, one in self.severity.items()
            if one != OFF
            and any(
                _is_meant(wide.rpartition("/")[2], name.rpartition("/")[2])
                and _exactness(name) > _exactness(wide)
                for wide in off
            )
        ]
        return f", but for {listed(back)}" if back else ""


EVERY_RULE = Weights()
"""Every rule is looked at, and each finding counts in full."""
