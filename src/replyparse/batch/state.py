"""What a batch remembers from run to run: each input with what came of it, in an SQLite file beside the destination.

The destination is made of this and nothing else, in the order of the inputs' names; so neither timing nor
interruptions can show in it. Results are kept in transactions: a killed run goes on where the last one ended.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

from replyparse import errors
from replyparse.batch.inputs import Input, key
from replyparse.batch.work import Result, Task
from replyparse.errors import BatchError, ReplyparseError, WorkerError
from replyparse.reading.document import shown

_APPLICATION = 0x52504253  # "RPBS": tells our file from any other SQLite database
_LAYOUT = 1  # raised when the tables below change
_PAGE = 500  # inputs looked up at once
_COMMIT = 1.0  # seconds between transactions

_TABLES = """
CREATE TABLE inputs (
    name TEXT PRIMARY KEY,      -- inputs.key
    fingerprint TEXT NOT NULL,  -- of program and options
    status TEXT NOT NULL,       -- parsed, failed
    again INTEGER NOT NULL,     -- 1 for a failure that another try may mend
    sha256 TEXT, error_type TEXT, error TEXT,
    characters INTEGER, claims INTEGER, commitments INTEGER, citations INTEGER, findings INTEGER, damaged INTEGER,
    text_digest TEXT, matter TEXT,
    duplicate_of TEXT, duplicate_by TEXT,
    vanished INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX by_text ON inputs (text_digest);
CREATE INDEX by_matter ON inputs (matter);
CREATE TABLE products (name TEXT PRIMARY KEY, product BLOB NOT NULL);
CREATE TABLE written (name TEXT PRIMARY KEY, file TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

#: What a destination holds: replies read by this program under these options, but for duplicates if so asked.
_KEPT = "status = 'parsed' AND fingerprint = :fingerprint AND NOT (:dedupe AND duplicate_of IS NOT NULL)"

#: Columns of the table `outcomes` of destinations; a parsed reply that the destination does not hold is skipped.
_OUTCOME = f"""
    name, CASE WHEN status = 'parsed' AND NOT ({_KEPT}) THEN 'skipped' ELSE status END, error_type, error,
    duplicate_of, duplicate_by, vanished, sha256, characters, claims, commitments, citations, findings, damaged
"""


class State:
    """The file of one destination, held for as long as a run lasts.

    `fingerprint` tells program and options from others, whose results are done again and not mixed with these. Raises
    `BatchError` when the file is not to be had.
    """

    def __init__(self, path: Path, fingerprint: str, *, fresh: bool = False) -> None:
        self._fingerprint = fingerprint
        if fresh:
            _check(path)
            for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
                each.unlink(missing_ok=True)
        self._db = _opened(path)
        self._db.execute("CREATE TEMP TABLE found (name TEXT PRIMARY KEY, path BLOB NOT NULL, problem TEXT)")
        self._committed = time.monotonic()

    def close(self) -> None:
        """Keep everything and let go of the file."""
        self._db.commit()
        self._db.close()

    # --- inputs

    def find(self, inputs: Iterable[Input]) -> int:
        """Take note of what a run is to read, each input once, and say how many that are."""
        rows = ((key(one.name), os.fsencode(one.name), one.problem and str(one.problem)) for one in inputs)
        self._db.executemany("INSERT OR IGNORE INTO found VALUES (?, ?, ?)", rows)
        return int(self._value("SELECT count(*) FROM found"))

    def problems(self) -> Iterator[tuple[str, str]]:
        """Names and problems of the inputs that could not be looked for."""
        yield from self._db.execute(
            "SELECT name, problem FROM found WHERE problem IS NOT NULL ORDER BY name"
        ).fetchall()

    def tasks(self) -> Iterator[Task]:
        """What is to be read, in the order of names, with what is known of it under the same program and options."""
        last = ""
        query = """
            SELECT found.name, path, CASE WHEN fingerprint = ? AND NOT again THEN sha256 END
            FROM found LEFT JOIN inputs USING (name) WHERE problem IS NULL AND found.name > ? ORDER BY 1 LIMIT ?
        """
        while page := self._db.execute(query, (self._fingerprint, last, _PAGE)).fetchall():
            for _, path, known in page:
                yield Task(os.fsdecode(path), known)
            last = page[-1][0]

    # --- results

    def keep(self, result: Result) -> None:
        """Remember what came of an input; an unchanged one is as it was."""
        name = key(result.name)
        if result.status == "unchanged":
            return
        facts, error = result.facts, result.error
        values = (
            name,
            self._fingerprint,
            result.status,
            isinstance(error, WorkerError) or (error is not None and result.sha256 is None),
            result.sha256,
            type(error).__name__ if error else None,
            str(error) if error else None,
            *(astuple(facts) if facts else (None,) * 8),
        )
        columns = """name, fingerprint, status, again, sha256, error_type, error,
            characters, claims, commitments, citations, findings, damaged, text_digest, matter"""
        before = self._db.execute(f"SELECT {columns} FROM inputs WHERE name = ?", (name,)).fetchone()
        if before != values:
            marks = ", ".join("?" * len(values))
            self._db.execute(f"INSERT OR REPLACE INTO inputs ({columns}) VALUES ({marks})", values)
            self._db.execute("DELETE FROM products WHERE name = ?", (name,))
            if result.product is not None:
                self._db.execute("INSERT INTO products VALUES (?, ?)", (name, result.product))
            self._touch()
        if time.monotonic() - self._committed > _COMMIT:
            self.commit()

    def commit(self) -> None:
        """Make what was kept last."""
        self._db.commit()
        self._committed = time.monotonic()

    def settle(self, *, whole: bool, prune: bool) -> int:
        """Mark, or with `prune` forget, what vanished, unless the run is not `whole`; tell duplicates.

        Returns how many inputs have vanished.
        """
        vanished = 0
        if whole:
            gone = "name NOT IN (SELECT name FROM found)"
            vanished = int(self._value(f"SELECT count(*) FROM inputs WHERE {gone}"))
            if prune:
                self._changing(f"DELETE FROM products WHERE {gone}")
                self._changing(f"DELETE FROM inputs WHERE {gone}")
            else:
                self._changing(f"UPDATE inputs SET vanished = {gone} WHERE vanished != ({gone})")
        if self._meta("duplicates") != self.version:
            self._tell_duplicates()
            self.remember("duplicates", self.version)
        self.commit()
        return vanished

    def _tell_duplicates(self) -> None:
        """Each reply of which an earlier one, by name, has the same text or else the same matter."""
        self._db.execute("UPDATE inputs SET duplicate_of = NULL, duplicate_by = NULL WHERE duplicate_of IS NOT NULL")
        for how, column in (("text", "text_digest"), ("matter", "matter")):
            self._db.execute(
                f"""
                UPDATE inputs SET duplicate_of = first, duplicate_by = ?
                FROM (SELECT {column} AS same, min(name) AS first FROM inputs
                      WHERE {column} IS NOT NULL AND fingerprint = ? GROUP BY {column} HAVING count(*) > 1)
                WHERE {column} = same AND name != first AND fingerprint = ? AND duplicate_of IS NULL
                """,
                (how, self._fingerprint, self._fingerprint),
            )

    # --- what destinations are made of

    def replies(self, *, dedupe: bool) -> Iterator[tuple[str, bytes]]:
        """Name and product of each reply, in the order of names."""
        query = f"SELECT name, product FROM products JOIN inputs USING (name) WHERE {_KEPT} ORDER BY name"
        yield from self._db.execute(query, self._asked(dedupe))

    def outcomes(self, *, dedupe: bool) -> Iterator[tuple[Any, ...]]:
        """A row of the table `outcomes` for each input, in the order of names."""
        yield from self._db.execute(f"SELECT {_OUTCOME} FROM inputs ORDER BY name", self._asked(dedupe))

    def error(self, name: str) -> ReplyparseError | None:
        """Why an input failed, None for one that did not."""
        query = "SELECT error_type, error FROM inputs WHERE name = ? AND error IS NOT NULL"
        found = self._db.execute(query, (key(name),)).fetchone()
        return getattr(errors, found[0], ReplyparseError)(found[1]) if found else None

    def failed(self) -> Iterator[tuple[str, str, str]]:
        """Name, class and line of each failure among the inputs of this run."""
        query = "SELECT name, error_type, error FROM inputs JOIN found USING (name) WHERE error IS NOT NULL ORDER BY 1"
        yield from self._db.execute(query)

    def totals(self, *, dedupe: bool) -> tuple[int, int, int, int]:
        """How many replies there are, and the characters, claims and findings in them."""
        query = f"SELECT count(*), total(characters), total(claims), total(findings) FROM inputs WHERE {_KEPT}"
        replies, characters, claims, findings = self._db.execute(query, self._asked(dedupe)).fetchone()
        return replies, int(characters), int(claims), int(findings)

    def duplicates(self) -> int:
        """How many replies an earlier input holds already."""
        return int(self._value("SELECT count(*) FROM inputs WHERE duplicate_of IS NOT NULL"))

    # --- what was written

    @property
    def version(self) -> str:
        """Changes with everything that a destination is made of."""
        return f"{self._meta('version') or 0} {self._fingerprint}"

    @property
    def rendered(self) -> str | None:
        """What `remember("rendered", …)` was last given."""
        return self._meta("rendered")

    def remember(self, name: str, value: str) -> None:
        """Keep a word under a name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def written(self, name: str) -> tuple[str, str] | None:
        """File and SHA-256 of the product of a reply that a folder holds."""
        found = self._db.execute("SELECT file, sha256 FROM written WHERE name = ?", (name,)).fetchone()
        return (found[0], found[1]) if found else None

    def writes(self, name: str, file: str, sha256: str) -> str | None:
        """Remember the file of a reply; if it is that of another reply already, return the name of that."""
        other = self._db.execute("SELECT name FROM written WHERE file = ? AND name != ?", (file, name)).fetchone()
        if other:
            return str(other[0])
        self._db.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", (name, file, sha256))
        return None

    def stale(self, *, dedupe: bool) -> list[tuple[str, str]]:
        """Name and file of each reply that a folder still holds but should not."""
        query = f"SELECT name, file FROM written WHERE name NOT IN (SELECT name FROM inputs WHERE {_KEPT}) ORDER BY 1"
        return self._db.execute(query, self._asked(dedupe)).fetchall()

    def unwrote(self, name: str) -> None:
        """Forget the file of a reply."""
        self._db.execute("DELETE FROM written WHERE name = ?", (name,))

    def _asked(self, dedupe: bool) -> dict[str, Any]:
        return {"dedupe": dedupe, "fingerprint": self._fingerprint}

    def _touch(self) -> None:
        self.remember("version", str(int(self._meta("version") or 0) + 1))

    def _changing(self, statement: str) -> None:
        if self._db.execute(statement).rowcount > 0:
            self._touch()

    def _meta(self, name: str) -> str | None:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
        return found[0] if found else None

    def _value(self, query: str) -> Any:
        return self._db.execute(query).fetchone()[0]


def _opened(path: Path) -> sqlite3.Connection:
    _check(path)
    try:
        db = sqlite3.connect(path, timeout=0, check_same_thread=False)
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("BEGIN EXCLUSIVE")
        layout = db.execute("PRAGMA user_version").fetchone()[0]
        if layout == 0:
            for statement in filter(str.strip, _TABLES.split(";")):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {_APPLICATION}")
            db.execute(f"PRAGMA user_version = {_LAYOUT}")
        db.commit()
        db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BatchError(f"{shown(str(path))}: another run is using it") from None
        raise BatchError(f"{shown(str(path))}: cannot be opened: {error}") from None
    except sqlite3.DatabaseError as error:
        raise BatchError(f"{shown(str(path))}: is damaged ({error}); --fresh starts over") from None
    if layout not in (0, _LAYOUT):
        raise BatchError(f"{shown(str(path))}: is of another version of replyparse; --fresh starts over")
    return db


def _check(path: Path) -> None:
    """Raise `BatchError` for a file that is not ours."""
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except FileNotFoundError:
        return
    except OSError as error:
        raise BatchError(f"{shown(str(path))}: cannot be opened: {error.strerror}") from None
    ours = head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == _APPLICATION
    if head and not ours:
        raise BatchError(f"{shown(str(path))}: is no file of replyparse; name another destination")
