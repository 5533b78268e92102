"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import BinaryIO

from timeliness.errors import UsageError


class WholeFile:
    """A file written beside its name, and put in its place only once it is complete.

    A device or a pipe, such as /dev/stdout, is written to as it stands: it has no place to take.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        taken = path.exists() and not path.is_file()
        self._direct = taken or path.is_relative_to("/dev")
        self._beside = path if self._direct else path.with_name(f".{path.name}.{os.getpid()}")
        self._file: BinaryIO | None = None
        try:
            if path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            self._file = self._beside.open("wb")
        except OSError as error:
            raise self._cannot(error) from None

    def write(self, data: bytes) -> None:
        """Add to the file. Raises `UsageError` where the disk is full."""
        assert self._file
        try:
            self._file.write(data)
        except OSError as error:
            self.discard()
            raise self._cannot(error) from None

    def put_in_place(self) -> None:
        """Complete the file, in the place of any file of its name."""
        assert self._file
        try:
            self._file.close()
            self._file = None
            if not self._direct:
                self._beside.replace(self.path)
        except OSError as error:
            self.discard()
            raise self._cannot(error) from None

    def discard(self) -> None:
        """Leave nothing behind; a file that is in place stays."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        if not self._direct:
            self._beside.unlink(missing_ok=True)

    def _cannot(self, error: OSError) -> UsageError:
        return UsageError(f'"{self.path}" cannot be written: {error.strerror}')
