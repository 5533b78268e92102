"""Files that are written whole, and what is no file."""

import os
from pathlib import Path

import pytest

from timeliness.model.errors import UsageError
from timeliness.write.files import WholeFile


def test_a_file_appears_only_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    file = WholeFile(path)
    file.write(b"one")
    assert not path.exists()
    file.put_in_place()
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        file = WholeFile(path)
        file.write(b"one")
        file.put_in_place()
        assert os.read(reader, 10) == b"one"
        file.discard()
        assert path.is_fifo()
    finally:
        os.close(reader)


def test_a_full_device_is_told_and_stays_a_device() -> None:
    path = Path("/dev/full")
    if not path.is_char_device():
        pytest.skip("no /dev/full here")
    file = WholeFile(path)
    file.write(b"one")
    with pytest.raises(UsageError, match="No space left on device"):
        file.put_in_place()
    assert path.is_char_device()
