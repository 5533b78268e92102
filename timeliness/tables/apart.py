"""Reading a file in a process of its own, with a limit of time and memory.

No reader of workbooks or of Parquet holds whatever a file is: it may never come to an end, ask for
more memory than there is, and then ends the process that it is in.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from msgspec import Struct

from timeliness.model.errors import InputError, Mistake
from timeliness.model.plain import number
from timeliness.stopping import at_stop

AS_CSV = "save the table as CSV UTF-8"


class Limits(Struct, frozen=True):
    """What a process that reads a file may take: bytes of memory, seconds of its processor."""

    memory: int
    seconds: int


def limits_for(size: int) -> Limits:
    """Return the limits for reading a file of a number of bytes."""
    return Limits(400_000_000 + 5 * size, 20 + 10 * (size // 1_000_000))


class Kind(Struct, frozen=True):
    """A kind of file: the module and the class that read it, and what to say of one.

    `smaller` is what makes a file take less memory, and `otherwise` how else it can be saved. By
    the clock a reader may take `times` the seconds of its processor: it may wait without an end.
    """

    module: str
    reader: str
    name: str
    smaller: str
    otherwise: str
    times: int = 10


class Apart:
    """A file that is read in a process of its own, by the class of its kind.

    The class is made with the bytes and the path; its `opened` is what there is to know first.
    """

    def __init__(self, kind: Kind, data: bytes, path: str, limits: Limits | None = None) -> None:
        self._kind, self._path = kind, path
        self._limits = limits or limits_for(len(data))
        self._late = False
        start = (
            f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; "
            f"serve({kind.module!r}, {kind.reader!r}, "
            f"{self._limits.memory}, {self._limits.seconds})"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        _READING.add(self._process)
        # Where a process cannot be limited the clock ends it.
        self._clock = threading.Timer(kind.times * self._limits.seconds, self._end)
        self._clock.daemon = True
        self._clock.start()
        try:
            self.opened = self.ask("open", data, path)
        except BaseException:
            self.close()
            raise

    def ask(self, *request: object) -> Any:
        """Return what a method of the reader does with some arguments. Raises `InputError`."""
        asked = cast(IO[bytes], self._process.stdin)
        told = cast(IO[bytes], self._process.stdout)
        try:
            pickle.dump(request, asked)
            asked.flush()
            mistakes, value = pickle.load(told)
        except (OSError, EOFError, pickle.UnpicklingError):
            raise InputError([Mistake(self._path, 0, self._why())]) from None
        if mistakes:
            raise InputError(mistakes)
        return value

    def close(self) -> None:
        """End the process."""
        self._clock.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast(IO[bytes], pipe).close()
        self._process.wait()
        _READING.discard(self._process)

    def _end(self) -> None:
        self._late = True
        self._process.kill()

    def _why(self) -> str:
        """Return why the process came to an end."""
        code, kind = self._process.wait(), self._kind
        if self._late or -code in _OUT_OF_TIME:
            seconds = number(self._limits.seconds, "second")
            return f"the {kind.name} cannot be read within {seconds}; {kind.otherwise}"
        return (
            f"the {kind.name} cannot be read in {self._limits.memory // 1_000_000} MB of memory; "
            f"{kind.smaller}"
        )


_OUT_OF_TIME = {getattr(signal, name, None) for name in ("SIGXCPU", "SIGKILL")}

_READING: set[subprocess.Popen[bytes]] = set()


@at_stop
def end_reading() -> None:
    """End every process that still reads a file."""
    for process in tuple(_READING):
        process.kill()


def serve(module: str, name: str, memory: int, seconds: int) -> None:
    """Open a file that comes on standard input, and answer what is asked of it.

    Without an answer the process was beyond its limits. The memory is what it may take beside that
    of the program itself.
    """
    # Each thread of the library that reads Parquet takes memory of its own.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    # Where there is no memory left, telling where it ran out may never end.
    os.environ["RUST_BACKTRACE"] = "0"
    make = getattr(import_module(module), name)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        most = _in_use() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for stop in ("SIGINT", "SIGHUP"):
        # Whoever started this process ends it.
        if hasattr(signal, stop):
            signal.signal(getattr(signal, stop), signal.SIG_IGN)
    reader: Any = None
    with contextlib.suppress(EOFError, MemoryError, OSError):
        while True:
            what, *rest = pickle.load(sys.stdin.buffer)
            try:
                if what == "open":
                    reader = make(*rest)
                    value: object = reader.opened
                else:
                    value = getattr(reader, what)(*rest)
                pickle.dump(((), value), sys.stdout.buffer)
                del value
            except InputError as error:
                pickle.dump((error.mistakes, None), sys.stdout.buffer)
            sys.stdout.buffer.flush()
    os._exit(0)


def _in_use() -> int:
    """Return how many bytes this process has for itself, where the system says so."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0
