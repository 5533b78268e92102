"""Damage to inputs: bytes, lines, cells and the members of a packed file, each from one seed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from random import Random

ODD: tuple[bytes, ...] = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x1b[2J", b"\x85", "\u202e".encode()),
    *(b"'", b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\n\n", b":", b": ", b"- "),
    *(b"#", b"&a", b"*a", b"!!python/object:os.system", b"<<: *a", b"|", b">", b"%YAML 9.9\n"),
    *(b"---\n", b"...\n", b"? ", b"{", b"}", b"[", b"]", b"{{", b"[[", b"[[[[[[[[[[[[[[[["),
    *(
        b"null",
        b"true",
        b"~",
        b"0",
        b"-1",
        b"1e999",
        b"nan",
        b"inf",
        b"9" * 400,
        b"0x7f",
        b"\\u0000",
    ),
    *(b"2025-02-30", b"0000-00-00", b"9999-12-31", b"10000-01-01", b"03/04/2025", b"31/12/1899"),
    *(b"2025-01-01/", b"/2025-01-01", b"..", b"2025-13", b"45291", b"2958466"),
    *(b"2025-01-01T25:61", b"2025-01-01T23:59:60Z", b"12/2024", b"1 Jan 25"),
    *(b"=1+1", b"@SUM(A1)", b"::error::x", b"##vso[a]b", b"<script>", b"${HOME}", b"../../etc"),
    *(b"unknown", b"yes", b"n/a", b"N/A", b"tbc", b" ", b"stage 1 response", b"complaint received"),
)
"""What has been read wrongly before, somewhere."""


class Mutator:
    """Damages inputs; the seed settles how."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def damaged(self, data: bytes, others: Sequence[bytes] = ()) -> bytes:
        """Return the bytes with one to four changes; parts of `others` may come into them."""
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3, 4))):
            data = self._changed(data, others)
        return data

    def noise(self) -> bytes:
        """Return bytes of no meaning."""
        return self.random.randbytes(self.random.choice((0, 1, 2, 7, 64, 1_000, 20_000)))

    def member(self, data: bytes) -> bytes:
        """Return a packed file in which one of its members is damaged, and its sums are right."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
            names = given.namelist()
            chosen = self.random.choice(names)
            for name in names:
                inside = given.read(name)
                made.writestr(name, self.damaged(inside) if name == chosen else inside)
        return out.getvalue()

    def cell(self) -> str:
        """Return what a cell may hold, on one line and not blank."""
        texts = [one.decode("utf-8", "replace") for one in ODD]
        told = " ".join(self.random.choice(texts) for _ in range(self.random.choice((1, 1, 2))))
        return "".join(one for one in told if one.isprintable()).strip() or "x"

    def _changed(self, data: bytes, others: Sequence[bytes]) -> bytes:
        at = self.random.randint(0, len(data))
        end = min(len(data), at + self.random.choice((1, 1, 2, 4, 16, 200)))
        part = data[at:end]
        how = self.random.randrange(9)
        if how == 0 and part:
            return data[:at] + bytes([part[0] ^ (1 << self.random.randrange(8))]) + data[at + 1 :]
        if how == 1:
            return data[:at] + data[end:]
        if how == 2:
            return data[:at] + part * self.random.choice((2, 3, 50, 300)) + data[end:]
        if how == 3:
            return data[:at]
        if how == 4 and others:
            other = self.random.choice(others)
            begins = self.random.randint(0, len(other))
            return data[:at] + other[begins : begins + 100] + data[end:]
        if how == 5:
            return self._moved(data)
        if how == 6:
            return data[:at] + self.random.randbytes(end - at) + data[end:]
        return data[:at] + self.random.choice(ODD) + (data[end:] if how == 7 else data[at:])

    def _moved(self, data: bytes) -> bytes:
        """Put one line in another place, or twice."""
        lines = data.splitlines(keepends=True)
        if len(lines) < 2:
            return data
        line = self.random.choice(lines)
        if self.random.random() < 0.5:
            lines.remove(line)
        lines.insert(self.random.randint(0, len(lines)), line)
        return b"".join(lines)
