"""Parquet: a folder with a file for each table, or the one table that the file is called after (`claims.parquet`).

Needs the extra `parquet` (pyarrow). Dates have their type; the comments of a column are its metadata `zh` and `en`.
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from replyparse.batch.destinations import Content
from replyparse.batch.relations import Table, tables
from replyparse.files import replacing_path

_ROWS = 20_000  # of a row group, at most
_CHARACTERS = 4_000_000  # of the text in a row group, about


def write(content: Content, target: Path) -> None:
    """Write the file or the folder."""
    import pyarrow.parquet

    with replacing_path(target) as part, ExitStack() as stack:
        if target.stem in tables():
            paths = {target.stem: part}
        else:
            part.mkdir()
            paths = {name: part / f"{name}.parquet" for name in tables()}
        files = {}
        for name, path in paths.items():
            schema = _schema(pyarrow, tables()[name])
            writer = stack.enter_context(pyarrow.parquet.ParquetWriter(path, schema, compression="zstd"))
            files[name] = stack.enter_context(_File(pyarrow, writer, schema))
        for name, rows in content.rows():
            if name in files:
                for row in rows:
                    files[name].add(row)


class _File:
    """One table on its way to its file, in row groups of bounded size."""

    def __init__(self, pyarrow: Any, writer: Any, schema: Any) -> None:
        self._pyarrow, self._writer, self._schema = pyarrow, writer, schema
        self._dates = [i for i, field in enumerate(schema) if pyarrow.types.is_date(field.type)]
        self._rows: list[list[Any]] = []
        self._characters = 0

    def __enter__(self) -> _File:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self._rows:
            self._flush()

    def add(self, row: list[Any]) -> None:
        """Add a row."""
        for i in self._dates:
            if row[i] is not None:
                row[i] = dt.date.fromisoformat(row[i])
        self._rows.append(row)
        self._characters += sum(len(cell) for cell in row if isinstance(cell, str))
        if len(self._rows) >= _ROWS or self._characters >= _CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        columns = list(zip(*self._rows, strict=True))
        arrays = [
            self._pyarrow.array(values, type=field.type) for values, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(self._pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows, self._characters = [], 0


def _schema(pyarrow: Any, table: Table) -> Any:
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "real": pyarrow.float64(),
        "date": pyarrow.date32(),
    }
    fields = [
        pyarrow.field(name, types[column.type], name not in table.key, {"zh": column.chinese, "en": column.about})
        for name, column in table.columns.items()
    ]
    return pyarrow.schema(fields, {"zh": table.chinese, "en": table.about})
