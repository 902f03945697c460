"""SQLite: STRICT tables with keys and indexes, comments in the schema, and a full-text index that finds Chinese words.

The index `search` holds every two to four neighbouring characters of a section's text as a word, since FTS5 knows no
words of Chinese: its own trigrams would miss 养老 and 学校, which most words are like. So a word of two to four
characters is found as it is typed; a longer one is typed with a blank somewhere inside. Made anew as a whole, in one
order, the file has the same bytes whatever runs led to it (under the same version of SQLite).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from replyparse.batch.destinations import Content
from replyparse.batch.relations import Table, tables
from replyparse.files import replacing_path

_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "date": "TEXT"}
_APPLICATION = 0x52504254  # "RPBT", the application id of the file
_SEARCHED = "sections"  # its rows have numbers of their own, so that a VACUUM does not part them from the index
_LENGTHS = (2, 3, 4)
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W\u3400-\u9fff\uf900-\ufaff]+")


def write(content: Content, target: Path) -> None:
    """Write the database."""
    with replacing_path(target) as part:
        db = sqlite3.connect(part)
        try:
            db.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = {_APPLICATION};"
            )
            db.execute("BEGIN")
            _fill(db, content)
            db.commit()
        finally:
            db.close()


def _fill(db: sqlite3.Connection, content: Content) -> None:
    inserts = {}
    for name, table in tables().items():
        db.execute(_schema(name, table))
        columns, marks = ", ".join(map(_quoted, table.columns)), ", ".join("?" * len(table.columns))
        inserts[name] = f"INSERT INTO {name} ({columns}) VALUES ({marks})"
    db.execute(f'CREATE VIRTUAL TABLE search USING fts5(text, content="{_SEARCHED}", detail="none")')
    for name, rows in content.rows():
        db.executemany(inserts[name], rows)
    for rowid, text in db.execute(f"SELECT rowid, text FROM {_SEARCHED} WHERE text IS NOT NULL ORDER BY rowid"):
        db.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (rowid, " ".join(words(text))))
    for name, table in tables().items():
        for each in table.indexed:
            db.execute(f"CREATE INDEX {name}_{'_'.join(each)} ON {name} ({', '.join(map(_quoted, each))})")


def _schema(name: str, table: Table) -> str:
    """The statement that makes a table; its comments stay in the database, where tools show them."""
    lines = (
        [('"rowid" INTEGER PRIMARY KEY', "行号; number of the row in the index `search`")] if name == _SEARCHED else []
    )
    for field, told in table.columns.items():
        dated = ", a date as 2025-12-31" if told.type == "date" else ""
        needed = " NOT NULL" if field in table.key else ""
        lines.append((f"{_quoted(field)} {_TYPES[told.type]}{needed}", f"{told.chinese}; {told.about}{dated}"))
    lines.append((f"{'UNIQUE' if name == _SEARCHED else 'PRIMARY KEY'} ({', '.join(map(_quoted, table.key))})", ""))
    for reference in table.references:
        here, there = (", ".join(map(_quoted, columns)) for columns in (reference.columns, reference.to))
        lines.append((f"FOREIGN KEY ({here}) REFERENCES {reference.table} ({there})", ""))
    body = "\n".join(
        f"  {code}{'' if i == len(lines) - 1 else ','}{f' -- {comment}' if comment else ''}"
        for i, (code, comment) in enumerate(lines)
    )
    return f"CREATE TABLE {name} ( -- {table.chinese}; {table.about}\n{body}\n) STRICT"


def _quoted(name: str) -> str:
    return f'"{name}"'


def words(text: str) -> Iterator[str]:
    """The words of the index, each once: two to four neighbouring Chinese characters, and words of other scripts."""
    seen: dict[str, None] = {}
    for run in _RUN.findall(text):
        if run[0] < "\u3400":
            seen[run] = None
            continue
        for length in _LENGTHS:
            for start in range(len(run) - length + 1):
                seen[run[start : start + length]] = None
    return iter(seen)
