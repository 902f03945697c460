"""Where a batch goes: the name of the destination says what it is. Each kind is a module, imported when asked for.

A module has `write(content, target)`, which makes the whole destination anew out of what the state holds and puts it in
the place of the old one; `folder` alone keeps the files that are as they should be.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, cast

from replyparse.batch.state import State
from replyparse.batch.work import Product
from replyparse.errors import BatchError

_CHUNK = 1000  # rows of `outcomes` at once


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of destination: its module, what it wants of each reply, the library and with it the extra it needs."""

    module: str
    product: Product
    needs: tuple[str, str] | None = None


#: By the end of the destination's name. Any other name is a folder of records.
KINDS = {
    ".jsonl": Kind("jsonl", "jsonl"),
    ".csv": Kind("csv", "rows"),
    ".xlsx": Kind("xlsx", "rows"),
    ".sqlite": Kind("sqlite", "rows"),
    ".db": Kind("sqlite", "rows"),
    ".parquet": Kind("parquet", "rows", ("pyarrow", "parquet")),
}
_NOT_KINDS = (".json", ".yaml", ".yml", ".xls", ".txt", ".duckdb")


@dataclass(frozen=True, slots=True)
class Content:
    """What a destination is made of, in the order of the inputs' names."""

    state: State
    dedupe: bool
    form: Product

    def replies(self) -> Iterator[tuple[str, bytes]]:
        """Name and compressed product of each reply."""
        return self.state.replies(dedupe=self.dedupe)

    def rows(self) -> Iterator[tuple[str, list[list[Any]]]]:
        """Tables with some of their rows: those of `outcomes`, then the tables of each reply in turn."""
        outcomes = self.state.outcomes(dedupe=self.dedupe)
        while chunk := list(map(list, islice(outcomes, _CHUNK))):
            yield "outcomes", chunk
        for _, product in self.replies():
            yield from json.loads(zlib.decompress(product)).items()


class _Destination(Protocol):
    def write(self, content: Content, target: Path) -> None: ...


def kind_of(name: str, form: Product) -> Kind:
    """The kind of the destination of this name; `form` is what a folder of records holds.

    Raises `BatchError` for a name that ends like a file of another kind, and when an extra is missing.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _NOT_KINDS:
        known = ", ".join(KINDS)
        raise BatchError(f"{name}: {suffix} is no destination; name a folder or a file that ends in {known}")
    kind = KINDS.get(suffix, Kind("folder", form))
    if kind.needs and find_spec(kind.needs[0]) is None:
        raise BatchError(f"{name}: {suffix} needs an extra: pip install 'replyparse[{kind.needs[1]}]'")
    return kind


def write(kind: Kind, content: Content, target: Path) -> None:
    """Make the destination. Raises `BatchError` when it cannot be written."""
    destination = cast(_Destination, import_module(f"replyparse.batch.destinations.{kind.module}"))
    try:
        destination.write(content, target)
    except OSError as error:
        raise BatchError(f"{error.filename or target}: cannot be written: {error.strerror or error}") from None
    except sqlite3.Error as error:
        raise BatchError(f"{target}: cannot be written: {error}") from None
