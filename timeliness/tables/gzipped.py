"""Files that are packed with gzip, and how much may come out of one."""

from __future__ import annotations

import io
import zlib

from timeliness.model.errors import InputError, Mistake

GZIP = b"\x1f\x8b"

_LEAST, _MOST, _TIMES = 20_000_000, 200_000_000, 20
_CHUNK = 1 << 18


def unpacked(data: bytes, path: str) -> bytes:
    """Return what is in a gzip file. Raises `InputError` where it is damaged, or far too much."""
    import gzip

    most = min(max(_LEAST, _TIMES * len(data)), _MOST)
    chunks: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while chunk := packed.read(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                if size > most:
                    raise InputError([Mistake(path, 0, _too_much(most))])
    except (EOFError, OSError, zlib.error):
        says = (
            "the gzip file cannot be unpacked, because it is damaged or was cut off; pack it again"
        )
        raise InputError([Mistake(path, 0, says)]) from None
    found = b"".join(chunks)
    if found.startswith(GZIP):
        says = "this is a gzip file in a gzip file; unpack it and check what is in it"
        raise InputError([Mistake(path, 0, says)])
    return found


def head_of(data: bytes, most: int) -> bytes:
    """Return the first bytes of what is in a gzip file, as far as they can be unpacked."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, most)
    except zlib.error:
        return b""


def _too_much(most: int) -> str:
    return (
        f"the gzip file unpacks to more than {most // 1_000_000} MB, the most that is read of one "
        "of its size; unpack it and check what is in it"
    )
