"""Whether what reads and writes tables is installed: an extra, which one case does without."""

from __future__ import annotations

from importlib.util import find_spec

from timeliness.model.errors import UsageError

LIBRARIES = ("polars", "python_calamine", "xlrd", "xlsxwriter")
"""The modules that come with `chcheck[tables]`, and that nothing but tables needs."""

COMMAND = 'pip install "chcheck[tables]"'
"""What installs them."""


def check_installed(what: str) -> None:
    """Refuse what needs a library for tables that is not installed; `what` begins the message.

    Raises `UsageError`.
    """
    if all(find_spec(name) for name in LIBRARIES):
        return
    says = f"{what}, and chcheck is installed here without tables; run: {COMMAND}"
    raise UsageError(says)
