"""The text of a file in whichever encoding it was saved: UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

from timeliness.model.errors import InputError, Mistake

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def as_utf8(data: bytes, path: str) -> tuple[bytes, list[str]]:
    """Return a text as UTF-8 without a byte order mark, and a note on its encoding.

    Raises `InputError` where it is not text.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    elif data.startswith(_UTF_16) or b"\0" in data[:200]:
        encoding = "utf-16"
        if not data.startswith(_UTF_16):
            encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        try:
            return data.decode(encoding).encode("utf-8"), ["read as UTF-16"]
        except UnicodeError:
            raise InputError(
                [
                    Mistake(
                        path, 0, "this is not a text file; save it as UTF-8 (in Excel: CSV UTF-8)"
                    )
                ]
            ) from None
    if data.isascii():
        return data, []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            says = (
                "the text is neither UTF-8 nor Windows-1252; save it as UTF-8 (in Excel: CSV UTF-8)"
            )
            raise InputError([Mistake(path, line, says)]) from None
        return text.encode("utf-8"), ["read as Windows-1252, because it is not UTF-8"]
    return data, []


def head_as_text(data: bytes) -> str:
    """Return the first part of a file as far as it can be read, to see what it is."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")
