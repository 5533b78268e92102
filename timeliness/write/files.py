"""Files that are written whole or not at all, whatever ends the run."""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from timeliness.model.errors import UsageError
from timeliness.stopping import at_stop, not_now

_UNFINISHED: set[Path] = set()
_FOLDERS: set[Path] = set()


@at_stop
@atexit.register
def remove_unfinished() -> None:
    """Remove every file that is not in its place yet, however the run ends."""
    for path in tuple(_UNFINISHED):
        with contextlib.suppress(OSError):
            path.unlink()
    for path in tuple(_FOLDERS):
        _remove_folder(path)


def _remove_folder(path: Path) -> None:
    # Few runs have such a folder, and a run pays only for what it uses.
    import shutil

    shutil.rmtree(path, ignore_errors=True)


class ScratchFolder:
    """A folder for what is kept on the disk while a file is made, removed however the run ends.

    Nobody else may look into it. Raises `UsageError` where there is no room for one.
    """

    def __init__(self) -> None:
        import tempfile

        try:
            self.path = Path(tempfile.mkdtemp(prefix="chcheck-"))
        except OSError as error:
            says = f"there is no room for temporary files: {error.strerror}"
            raise UsageError(says) from None
        _FOLDERS.add(self.path)

    def remove(self) -> None:
        """Remove the folder and what is in it."""
        _remove_folder(self.path)
        _FOLDERS.discard(self.path)


class WholeFile:
    """A file written beside its name, and put in its place only once it is complete.

    It keeps the permissions of a file that it takes the place of, and a link stays a link to it. A
    device or a pipe, such as /dev/stdout, is written to as it stands: it has no place to take.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._place = self._beside = path
        self._direct = path.is_relative_to("/dev")
        self._file: BinaryIO | None = None
        try:
            if path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            self._direct = self._direct or (path.exists() and not path.is_file())
            if not self._direct:
                self._place = Path(os.path.realpath(path))
                self._beside = self._place.with_name(f".chcheck-{secrets.token_hex(8)}")
                _UNFINISHED.add(self._beside)
                self._make_beside()
            self._file = self._beside.open("wb")
        except OSError as error:
            self.discard()
            raise self._cannot(error) from None

    def _make_beside(self) -> None:
        """Make the file beside its place, from the first with the permissions that it will have."""
        try:
            mode = stat.S_IMODE(self._place.stat().st_mode)
        except FileNotFoundError:
            self._beside.touch(exist_ok=False)
        else:
            self._beside.touch(mode, exist_ok=False)
            self._beside.chmod(mode)

    def write(self, data: bytes) -> None:
        """Add to the file. Raises `UsageError` where the disk is full."""
        assert self._file
        try:
            self._file.write(data)
        except OSError as error:
            self.discard()
            raise self._cannot(error) from None

    def complete(self) -> None:
        """Write all that is still to be written, beside the place of the file."""
        if self._file is None:
            return
        try:
            self._file.close()
            self._file = None
        except OSError as error:
            self.discard()
            raise self._cannot(error) from None

    def put_in_place(self) -> None:
        """Complete the file, in the place of any file of its name."""
        self.complete()
        if self._direct:
            return
        try:
            self._beside.replace(self._place)
            _UNFINISHED.discard(self._beside)
        except OSError as error:
            self.discard()
            raise self._cannot(error) from None

    def discard(self) -> None:
        """Leave nothing behind; a file that is in place stays."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        if self._beside != self._place:
            with contextlib.suppress(OSError):
                self._beside.unlink()
            _UNFINISHED.discard(self._beside)

    def _cannot(self, error: OSError) -> UsageError:
        return UsageError(f'"{self.path}" cannot be written: {error.strerror}')


def put_all_in_place(files: Iterable[WholeFile]) -> None:
    """Put files in their places, none before all of them are complete."""

    whole = list(files)
    for file in whole:
        file.complete()
    with not_now():
        for file in whole:
            file.put_in_place()
