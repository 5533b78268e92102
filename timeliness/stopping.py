"""What a request to end the run ends with: nothing half written, no process left, no traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

EXIT_STOPPED = 2
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")

_AT_STOP: list[Callable[[], None]] = []


def at_stop(tidy: Callable[[], None]) -> Callable[[], None]:
    """Have `tidy` called when the run is asked to end; it must return soon and raise nothing."""
    _AT_STOP.append(tidy)
    return tidy


@contextlib.contextmanager
def stopping_cleanly() -> Iterator[None]:
    """Let a request to end the run remove what is half written, and end it at once.

    A request that whoever started the run wants to be ignored, as `nohup` does, is ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = [
        number
        for name in _NAMES
        if (number := getattr(signal, name, None)) is not None
        and signal.getsignal(number) is not signal.SIG_IGN
    ]

    def stop(number: int, frame: FrameType | None) -> None:
        for one in asked:
            signal.signal(one, signal.SIG_IGN)
        for tidy in _AT_STOP:
            tidy()
        with contextlib.suppress(OSError):
            os.write(2, b"chcheck: stopped; nothing was written\n")
        # No exception: it would be raised in the middle of anything, and might be caught there.
        os._exit(EXIT_STOPPED)

    before = {one: signal.signal(one, stop) for one in asked}
    try:
        yield
    except KeyboardInterrupt:
        stop(signal.SIGINT, None)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextlib.contextmanager
def not_now() -> Iterator[None]:
    """Let no request to end the run come between files that belong together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    before = {one: signal.signal(one, signal.SIG_IGN) for one in numbers}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
