"""What is declared for complaints that do not say it themselves, in timelines and tables alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.model.assumption import Assumption
from timeliness.model.days_off import DayOff
from timeliness.model.sides import HOUSING


class Declared(Struct, frozen=True, dict=True):
    """The options of a run, laid over its configuration.

    `landlord`, `policy`, `codes`, `nation`, `body` and `as_at` hold for complaints that do not say
    it themselves, and `rules` names policy and Codes together until they are told apart;
    `landlords` holds the policy, Codes, nation and kind of body of one landlord's
    complaints, by its name. Those that begin with `fixed` hold for every complaint, whatever it
    says. The rest says how a table is
    read: `columns` gives by header what a column holds, `stages` by its text which stage a cell
    names, `sheets` which sheets of a workbook to read, `dates` how 03/04/2025 is meant, `form`
    whether a row is a complaint or an event, `statuses` by its text what a status means,
    `events` what the name of an event in a long table means, and `recorded` which events a table
    records for every complaint. `allow_empty` says that a table may have no rows, and `code_names`
    are those by which a column of Codes is known. `by` names columns that are carried to the output
    where they hold nothing else, and `tenure` one that gives the tenure. `days_off` are no working
    days of any clock. What is empty is not declared.
    """

    landlord: str = ""
    policy: str = ""
    codes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    nation: str = ""
    body: str = ""
    as_at: date | None = None
    landlords: Mapping[str, Declared] = field(default_factory=dict)
    fixed_codes: tuple[str, ...] = ()
    fixed_policy: str = ""
    fixed_nation: str = ""
    fixed_as_at: date | None = None
    dates: str = ""
    sheets: tuple[str, ...] = ()
    form: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    recorded: tuple[str, ...] = ()
    assumption: Assumption | None = None
    allow_empty: bool = False
    code_names: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    tenure: str = ""
    days_off: tuple[DayOff, ...] = ()

    def policy_of(self, landlord: str) -> str:
        """Return the policy of a landlord's complaints that name none, or nothing."""
        return self.fixed_policy or self._own(landlord).policy or self.policy

    def codes_of(self, landlord: str) -> tuple[str, ...]:
        """Return the Codes for a landlord's complaints that name none, or nothing."""
        return self.fixed_codes or self._own(landlord).codes or self.codes

    def body_of(self, landlord: str) -> str:
        """Return the kind of body that a landlord is, for complaints that do not say."""
        return self._own(landlord).body or self.body or HOUSING

    def nation_of(self, landlord: str) -> str:
        """Return the nation of a landlord's complaints that name none."""
        return self.fixed_nation or self._own(landlord).nation or self.nation or "england"

    @property
    def day(self) -> date | None:
        """Return the day of the check, where it is declared."""
        return self.fixed_as_at or self.as_at

    def _own(self, landlord: str) -> Declared:
        return self._by_lower_name.get(landlord.lower(), NOTHING_DECLARED)

    @cached_property
    def _by_lower_name(self) -> Mapping[str, Declared]:
        return {name.lower(): own for name, own in self.landlords.items()}


NOTHING_DECLARED = Declared()


class Fixed(Struct, frozen=True):
    """The options that hold for every complaint, and those on how a table is read."""

    as_at: date | None
    codes: tuple[str, ...]
    policy: str
    nation: str
    dates: str | None
    sheets: tuple[str, ...]

    def over(self, declared: Declared) -> Declared:
        """Return what is declared with these options over it."""
        return replace(
            declared,
            fixed_codes=self.codes,
            fixed_policy=self.policy,
            fixed_nation=self.nation,
            fixed_as_at=self.as_at,
            dates=self.dates or declared.dates,
            sheets=self.sheets or declared.sheets,
        )
