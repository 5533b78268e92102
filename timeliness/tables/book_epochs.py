"""From which day a workbook counts its serial numbers: 1900, or 1904 if it is from an old Mac."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true)[\"']")
_MOST = 1 << 20


def counts_from_1904(data: bytes) -> bool:
    """Whether a file is an .xlsx workbook whose serial numbers count from 1904."""
    if not data.startswith(b"PK"):
        return False
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as packed,
            packed.open("xl/workbook.xml") as part,
        ):
            return bool(_FROM_1904.search(part.read(_MOST)))
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, zlib.error):
        return False
