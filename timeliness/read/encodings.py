"""The text of a file in whichever encoding it was saved: UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

from timeliness.model.errors import InputError, Mistake

_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8, _WINDOWS = "utf-8", "cp1252"


def codec_of(data: bytes, path: str) -> tuple[bytes, str]:
    """Return the byte order mark of a text, and the name of the encoding of what follows it.

    Raises `InputError` where it is not text.
    """
    if data.startswith(_MARK):
        return _MARK, _plain_codec(data[len(_MARK) :], path)
    if data.startswith(_UTF_16):
        return data[:2], "utf-16-le" if data.startswith(_UTF_16[0]) else "utf-16-be"
    if b"\0" in data[:200]:
        return b"", "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    return b"", _plain_codec(data, path)


def _plain_codec(data: bytes, path: str) -> str:
    if data.isascii():
        return _UTF_8
    try:
        data.decode(_UTF_8)
    except UnicodeDecodeError:
        try:
            data.decode(_WINDOWS)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            says = (
                "the text is neither UTF-8 nor Windows-1252; save it as UTF-8 (in Excel: CSV UTF-8)"
            )
            raise InputError([Mistake(path, line, says)]) from None
        return _WINDOWS
    return _UTF_8


def as_utf8(data: bytes, path: str) -> tuple[bytes, list[str]]:
    """Return a text as UTF-8 without a byte order mark, and a note on its encoding.

    Raises `InputError` where it is not text.
    """
    mark, codec = codec_of(data, path)
    text = data[len(mark) :]
    if codec == _UTF_8:
        return text, []
    if codec == _WINDOWS:
        note = "read as Windows-1252, because it is not UTF-8"
        return text.decode(codec).encode(_UTF_8), [note]
    try:
        return text.decode(codec).encode(_UTF_8), ["read as UTF-16"]
    except UnicodeError:
        says = "this is not a text file; save it as UTF-8 (in Excel: CSV UTF-8)"
        raise InputError([Mistake(path, 0, says)]) from None


def head_as_text(data: bytes) -> str:
    """Return the first part of a file as far as it can be read, to see what it is."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")
