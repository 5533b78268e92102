"""Prints the least versions of the dependencies that pyproject.toml allows, as constraints of pip.

With `make test-least` the core of the tests runs with them, so that the bounds are true.
"""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_BOUND = re.compile(r"(?P<name>[a-z0-9-]+)>=(?P<least>[0-9.]+)")


def least() -> list[str]:
    """Return a constraint for each dependency, those of tables too.

    Raises `ValueError` for a dependency without a least version.
    """
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    found = []
    for one in [*project["dependencies"], *project["optional-dependencies"]["tables"]]:
        bound = _BOUND.fullmatch(one)
        if bound is None:
            raise ValueError(f"{one} has no least version")
        found.append(f"{bound['name']}=={bound['least']}")
    return found


if __name__ == "__main__":
    print("\n".join(least()))
