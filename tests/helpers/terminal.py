"""A shell at a terminal, in which Tab is pressed after a line."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

SHELLS = {
    "bash": (
        ["bash", "--norc", "-i"],
        """bind -x '"\\C-g": printf "%s|\\n" "$READLINE_LINE" >> "$SEEN"; READLINE_LINE='; """
        'eval "$(_CHCHECK_COMPLETE=bash_source chcheck)"; echo ready >> "$SEEN"',
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "autoload -Uz compinit; compinit -D -u; "
        'seen() { print -r -- "$BUFFER|" >> "$SEEN"; BUFFER= }; zle -N seen; bindkey "^G" seen; '
        'eval "$(_CHCHECK_COMPLETE=zsh_source chcheck)"; echo ready >> "$SEEN"',
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        """bind \\cg 'echo (commandline)"|" >> $SEEN; commandline ""'; """
        "_CHCHECK_COMPLETE=fish_source chcheck | source; echo ready >> $SEEN",
    ),
}
"""How each is started, and set up: Control and G writes the line that is there into a file."""

_AT_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Makes what it was started with the terminal of its session, without which fish does not begin."""
_SECONDS = 30


def completed(
    shell: str, lines: Sequence[str], folder: Path, environment: dict[str, str]
) -> list[str]:
    """Return what a shell makes of each line when Tab is pressed; "|" shows where it ends.

    Raises `TimeoutError` if it does not answer.
    """
    command, set_up = SHELLS[shell]
    seen = folder / "seen"
    seen.touch()
    terminal, other_end = pty.openpty()
    plain = {"PS1": "", "TERM": "dumb", "HOME": str(folder), "SEEN": str(seen)}
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _AT_TERMINAL, *command],
        cwd=folder,
        env={**environment, **plain},
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
        start_new_session=True,
    )
    try:
        os.write(terminal, f"{set_up}\n".encode())
        _wait(terminal, seen, 1)
        for number, line in enumerate(lines, 2):
            os.write(terminal, f"{line}\t\x07".encode())
            _wait(terminal, seen, number)
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
        os.close(other_end)
    return seen.read_text(encoding="utf-8").splitlines()[1:]


def _wait(terminal: int, seen: Path, lines: int) -> None:
    """Read what the shell shows, or it would stop, until so many lines are in the file."""
    shown, end = b"", time.monotonic() + _SECONDS
    while seen.read_text(encoding="utf-8").count("\n") < lines:
        if time.monotonic() > end:
            raise TimeoutError(shown.decode(errors="replace"))
        if select.select([terminal], [], [], 0.05)[0]:
            shown += os.read(terminal, 1 << 16)
