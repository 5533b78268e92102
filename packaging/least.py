"""Prints the least versions that pyproject.toml allows, each pinned, for `make test-least`.

They are those of the dependencies, with tables, and of the engines in docs/scale.md.
"""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
ENGINES = ("dask", "duckdb", "pandas", "pyarrow")
"""What a table may come from; of the extra `dev`, since nothing here needs them."""
_BOUND = re.compile(r"(?P<name>[a-z0-9-]+)(?P<extra>\[[a-z]+\])?>=(?P<least>[0-9.]+)")


def least() -> list[str]:
    """Return a requirement for each of them.

    Raises `ValueError` for one without a least version.
    """
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    engines = [one for one in extras["dev"] if re.split(r"\W", one)[0] in ENGINES]
    found = []
    for one in [*project["dependencies"], *extras["tables"], *engines]:
        bound = _BOUND.fullmatch(one)
        if bound is None:
            raise ValueError(f"{one} has no least version")
        found.append(f"{bound['name']}{bound['extra'] or ''}=={bound['least']}")
    return found


if __name__ == "__main__":
    print("\n".join(least()))
