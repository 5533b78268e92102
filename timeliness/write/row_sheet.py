"""A sheet whose rows are written whole, which takes a small part of the time of cell by cell.

The XML of a row is what xlsxwriter makes of its cells; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from timeliness.model.patterns import regex

_PLAIN = regex(r"[A-Za-z0-9.,;:/()-]+(?: [A-Za-z0-9.,;:/()-]+)*")
"""Texts that are the same in XML."""
_EPOCH, _EPOCH_1904 = date(1899, 12, 31).toordinal(), date(1904, 1, 1).toordinal()
_LEAP_DAY = 59
"""Excel has a 29 February 1900, so every day after the 59th is one more."""


class RowSheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes rows from the top down, as cells or whole."""

    @staticmethod
    def letters(columns: int) -> list[str]:
        """Return the letters of so many columns."""
        return [xl_col_to_name(place) for place in range(columns)]

    def begin_row(self, row: int) -> None:
        """Write what was put into the rows above, cell by cell."""
        if row > self.previous_row:
            self._write_single_row(row)

    def write_link(self, row: int, place: int, link: str, style: Any) -> None:
        """Make a cell of a row that has begun a link; `end_row` writes what it shows."""
        self.write_url(row, place, link, style, " ")
        self.table.clear()

    def end_row(self, row: int, cells: Sequence[str], last: int) -> None:
        """Write a row that has begun: the XML of its cells, up to the place `last`."""
        self._check_dimensions(row, last)
        self.fh.write(f'<row r="{row + 1}">{"".join(cells)}</row>')

    def xml_of(self, cell: str | float | Decimal | date, style: Any) -> str:
        """Return the XML of a cell after its address, which is all that differs between rows."""
        index = style._get_xf_index()
        if isinstance(cell, str):
            if _PLAIN.fullmatch(cell):
                return f' s="{index}" t="inlineStr"><is><t>{cell}</t></is></c>'
            text = self._escape_data(self._escape_control_characters(cell))
            # Without this a reader may leave out the blanks at the ends.
            kept = ' xml:space="preserve"' if cell[0].isspace() or cell[-1].isspace() else ""
            return f' s="{index}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
        number = self._serial(cell) if isinstance(cell, date) else float(cell)
        return f' s="{index}"><v>{number:.16G}</v></c>'

    def _serial(self, day: date) -> int:
        """Return the number of a day, as Excel counts them."""
        if self.date_1904:
            return day.toordinal() - _EPOCH_1904
        number = day.toordinal() - _EPOCH
        return number + 1 if number > _LEAP_DAY else number

    def _xml_rich_inline_string(self, string: str, attributes: Sequence[Any] = ()) -> None:
        """Write a text that looks like one with formats within as what it is: a text."""
        self._xml_inline_string(string, None, attributes)
