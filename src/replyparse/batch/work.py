"""What a worker does: documents in, one result for each out. Runs in a process of its own, here or on a cluster.

Nothing here knows of the destination but the form in which it wants each reply, its product; so most of the writing is
done in parallel too.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import hashlib
import json
import os
import pickle
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from replyparse.batch import duplicates, remote
from replyparse.batch.inputs import key
from replyparse.errors import ReplyparseError, WorkerError

if TYPE_CHECKING:
    from replyparse.knowledge import Extension
    from replyparse.reading import Document
    from replyparse.record import ReplyRecord

#: What is made of a record: the record itself, its text in a format of `writers`, or rows of the tables.
Product = Literal["record", "json", "yaml", "jsonl", "rows"]

#: Exit status of a process that `Asked.timeout` ended.
TIMED_OUT = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every document of a run.

    `lexicon` is pickled, `timeout` in seconds a document; `folder` is where relative paths begin.
    """

    product: Product
    folder: str = ""
    text: bool = True
    checked: bool = True
    issued_on: dt.date | None = None
    encoding: str | None = None
    lexicon: bytes | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One document: its path or URL, and the SHA-256 of its bytes if what would come out of these is known."""

    name: str
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the account of a run says of a parsed reply; `text` and `matter` tell duplicates."""

    characters: int
    claims: int
    commitments: int
    citations: int
    findings: int
    damaged: int
    text: str
    matter: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task. A parsed one has product and facts, a failed one its error."""

    name: str
    status: Literal["parsed", "unchanged", "failed"]
    sha256: str | None = None
    product: Any = None
    facts: Facts | None = None
    error: ReplyparseError | None = None


def do(tasks: Sequence[Task], asked: Asked) -> list[Result]:
    """The results of some tasks, in their order. Whatever is wrong with a document is its result, never raised."""
    results = []
    for task in tasks:
        with _limited(asked.timeout):
            results.append(_one(task, asked))
    return results


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    """End the process when the block takes longer: nothing less stops a library's loop in C."""
    if not seconds:
        yield
        return
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def unchanged(task: Task, asked: Asked) -> bool:
    """Whether a document's bytes are those that are known."""
    return task.known is not None and _digest(task.name, _path(task, asked)) == task.known


def _path(task: Task, asked: Asked) -> str:
    return os.path.join(asked.folder, task.name)  # noqa: PTH118 - as it was given


def _one(task: Task, asked: Asked) -> Result:
    if unchanged(task, asked):
        return Result(task.name, "unchanged", task.known)
    path = _path(task, asked)
    try:
        document = _document(task.name, path, asked.encoding)
        record = _record(document, asked)
        product = _product(record, task.name, asked)
    except ReplyparseError as error:
        return Result(task.name, "failed", _digest(task.name, path), error=error)
    except Exception as error:
        return Result(task.name, "failed", error=internal(task.name, error))
    return Result(task.name, "parsed", document.source.sha256, product, _facts(record, document))


def internal(name: str, error: Exception) -> WorkerError:
    """A mistake of ours as the failure of one document."""
    from replyparse.reading.document import shown

    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return WorkerError(f"{shown(name)}: internal error ({what}); please report it")


def _digest(name: str, path: str) -> str | None:
    """The SHA-256 of a document's bytes, None where they cannot be read or are too many."""
    from replyparse.reading import MAX_BYTES

    try:
        with remote.opened(name) if remote.is_url(name) else open(path, "rb") as stream:  # noqa: PTH123
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError, ReplyparseError):
        return None
    return hashlib.sha256(data).hexdigest() if len(data) <= MAX_BYTES else None


def _document(name: str, path: str, encoding: str | None) -> Document:
    from replyparse import reading

    if not remote.is_url(name):
        return reading.read(path, name=name, encoding=encoding)
    with remote.opened(name) as stream:
        return reading.read_stream(stream, name=name, encoding=encoding)


def _record(document: Document, asked: Asked) -> ReplyRecord:
    from replyparse import pipeline

    extension = _extension(asked.lexicon) if asked.lexicon else None
    return pipeline.parse(
        document.text,
        source=document.source,
        issued_on=asked.issued_on,
        lexicon=extension,
        checked=asked.checked,
    )


@lru_cache(maxsize=1)
def _extension(pickled: bytes) -> Extension:
    extension: Extension = pickle.loads(pickled)
    return extension


def _product(record: ReplyRecord, name: str, asked: Asked) -> Any:
    """The record as the destination wants it: as itself, or as compressed bytes."""
    if asked.product == "record":
        return record
    if asked.product == "rows":
        from replyparse.batch.rows import rows

        text = json.dumps(rows(key(name), record, text=asked.text), ensure_ascii=False, separators=(",", ":"))
    else:
        from replyparse.writers import OutputFormat, Rendering, render

        text = "".join(render(OutputFormat(asked.product), [record], Rendering(text=asked.text)))
    return zlib.compress(text.encode(), level=1)


def _facts(record: ReplyRecord, document: Document) -> Facts:
    return Facts(
        characters=record.source.characters,
        claims=len(record.claims),
        commitments=len(record.commitments),
        citations=len(record.citations),
        findings=len(record.findings),
        damaged=document.damaged,
        text=duplicates.of_text(document.text),
        matter=duplicates.of_matter(record.header),
    )
