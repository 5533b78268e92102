"""What is declared of a table: constants, its columns and how its dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timeliness.read.config import Config


@dataclass(frozen=True)
class LandlordSettings:
    """What holds for the complaints of one landlord."""

    policy: str = ""
    nation: str = ""


@dataclass(frozen=True)
class TableSettings:
    """What is declared of a table rather than found in it.

    `columns` gives by header what a column holds. `as_at` is the day on which the export was
    taken. `landlords` holds what differs between the landlords of one file.
    """

    landlord: str = ""
    policy: str = ""
    nation: str = "england"
    as_at: date | None = None
    dates: str = ""
    sheet: str = ""
    form: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    landlords: Mapping[str, LandlordSettings] = field(default_factory=dict)


def settings_of(config: Config) -> TableSettings:
    """Return what a configuration declares of a table."""
    return TableSettings(
        landlord=config.landlord,
        policy=config.policy,
        nation=config.nation or "england",
        dates=config.dates,
        sheet=config.sheet,
        form=config.form,
        columns=config.columns,
        landlords={
            name: LandlordSettings(one["policy"], one["nation"])
            for name, one in config.landlords.items()
        },
    )
