"""XLSX: a workbook with a sheet for each table, headed in Chinese, and one that explains the columns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from replyparse.batch.destinations import Content
from replyparse.batch.relations import Type, tables
from replyparse.errors import BatchError
from replyparse.files import replacing_path

_ROWS = 1_048_576  # that a sheet holds
_CHARACTERS = 32_767  # that a cell holds
_CUT = "…"
_MADE = dt.datetime(2000, 1, 1)  # a workbook says when it was made; ours does not depend on the clock
_WIDE = frozenset({"text", "sentence", "quotation", "title", "subject", "error", "message", "metric"})


def write(content: Content, target: Path) -> None:
    """Write the workbook. Raises `BatchError` for more rows than a sheet holds."""
    import xlsxwriter

    with replacing_path(target) as part:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(part.parent),
        }
        book = xlsxwriter.Workbook(str(part), options)
        book.set_properties({"created": _MADE})
        styles = {"heading": book.add_format({"bold": True}), "date": book.add_format({"num_format": "yyyy-mm-dd"})}
        try:
            sheets = {name: _Sheet(book, name, styles) for name in tables()}
            _explain(book, styles)
            for name, rows in content.rows():
                for row in rows:
                    sheets[name].add(row)
        finally:
            book.close()


class _Sheet:
    """The sheet of one table, filled row by row."""

    def __init__(self, book: Any, name: str, styles: dict[str, Any]) -> None:
        table = tables()[name]
        self._name, self._date = name, styles["date"]
        self._types: list[Type] = [column.type for column in table.columns.values()]
        self._sheet = book.add_worksheet(table.chinese)
        self._sheet.freeze_panes(1, 0)
        for i, (column, told) in enumerate(table.columns.items()):
            self._sheet.set_column(i, i, 40 if column in _WIDE else 14)
            self._sheet.write_string(0, i, told.heading, styles["heading"])
        self._next = 1

    def add(self, row: list[Any]) -> None:
        """Add a row."""
        if self._next >= _ROWS:
            raise BatchError(f"{self._name} has more rows than a sheet holds; use .sqlite, .parquet or .csv")
        for i, (cell, kind) in enumerate(zip(row, self._types, strict=True)):
            if cell is None:
                continue
            if kind == "date":
                self._sheet.write_datetime(self._next, i, dt.datetime.fromisoformat(cell), self._date)
            elif kind == "text":
                text = cell if len(cell) <= _CHARACTERS else cell[: _CHARACTERS - 1] + _CUT
                self._sheet.write_string(self._next, i, text)
            else:
                self._sheet.write_number(self._next, i, cell)
        self._next += 1


def _explain(book: Any, styles: dict[str, Any]) -> None:
    """The sheet 说明: every column of every sheet."""
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 2, 16)
    sheet.set_column(3, 3, 80)
    lines = [("表", "列", "字段", "含义")]
    for name, table in tables().items():
        lines += [
            (table.chinese, column.heading, f"{name}.{field}", column.chinese)
            for field, column in table.columns.items()
        ]
    for i, line in enumerate(lines):
        for j, cell in enumerate(line):
            sheet.write_string(i, j, cell, styles["heading"] if i == 0 else None)
