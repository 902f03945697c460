"""Loads the language knowledge in `data/`: reviewed YAML whose every row carries its own examples.

Each stage declares the shape of its rows as a Pydantic model and calls `load`; unknown keys and wrong types
are errors that name the file and the row. `rows` are tuples, so a loaded table is safe to share.

A user's lexicon adds rows to these tables (see `lexicon`). It counts inside `using`, and what was computed from the
knowledge is computed anew when another lexicon comes into use: everything remembered is remembered by `cached`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Annotated, Any, ParamSpec, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from replyparse import store
from replyparse.errors import KnowledgeError


class Row(BaseModel):
    """Base of all knowledge rows: no key that the model does not know.

    `yes` are phrases in which the row applies, `no` are look-alikes in which it must not; the tests run both. Of a
    list of words, which applies nowhere by itself, they ask only that each `yes` holds one of its words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


def _in_one(pattern: object) -> object:
    return "".join(line.lstrip(" ") for line in pattern.split("\n")) if isinstance(pattern, str) else pattern


#: A regular expression that may stand on several lines, one alternative a line, the inner ones indented; line ends
#: and indents are no part of it.
Pattern = Annotated[str, BeforeValidator(_in_one)]


@dataclass(frozen=True, slots=True)
class Extension:
    """What a user's lexicon adds: validated rows (or plain words), by file and table of `data/`."""

    rows: Mapping[tuple[str, str], tuple[Any, ...]]


RowT = TypeVar("RowT", bound=Row)
P = ParamSpec("P")
T = TypeVar("T")

_MOST = 4096  # results that one function keeps
_lock = RLock()
_active: Extension | None = None
_forget: list[Callable[[], None]] = []


def cached(function: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function makes of the knowledge, for as long as the same lexicon is in use."""
    kept = lru_cache(maxsize=_MOST)(function)
    _forget.append(kept.cache_clear)
    return cast("Callable[P, T]", kept)


@contextmanager
def using(extension: Extension | None) -> Iterator[None]:
    """Run a block with the rows of a lexicon, None for the built-in ones alone; one block at a time in a process.

    The lexicon stays in place behind the block, so that reading many texts with the same one costs nothing; whoever
    reads says by `using` what holds.
    """
    global _active
    with _lock:
        if extension != _active:
            _active = extension
            for forget in _forget:
                forget()
        yield


def raw(name: str) -> Any:
    """The parsed YAML of `data/<name>.yaml`."""
    return _file(name).parsed


class File:
    """A YAML file of ours, parsed and its rows validated once for all processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._source = path.read_bytes()
        self._digest = sha256(self._source).digest()

    @cached_property
    def parsed(self) -> Any:
        """The data of the file."""
        return store.kept("yaml", self._digest, self._parse)

    def _parse(self) -> Any:
        import yaml

        from replyparse.yaml12 import Loader

        return yaml.load(self._source, Loader=Loader)

    def rows(self, table: str, model: type[RowT]) -> tuple[RowT, ...]:
        """The rows of one table. Raises `KnowledgeError` naming the row."""
        key = self._digest, table, tuple(model.__annotations__.items())  # the types as they are written
        valid = store.kept("rows", key, lambda: [_packed(row) for row in self._validated(table, model)])
        return tuple(_unpacked(model, values) for values in valid)

    def _validated(self, table: str, model: type[RowT]) -> tuple[RowT, ...]:
        try:
            return TypeAdapter(tuple[model, ...]).validate_python(self.parsed[table])  # type: ignore[valid-type]
        except (KeyError, ValidationError) as error:
            raise KnowledgeError(f"{self._path.name}, table {table}: {error}") from error


def _packed(row: Row) -> dict[str, Any]:
    """The values of a row as the store keeps them; numbers that are exact are the only bytes among them."""
    return {key: str(value).encode() if isinstance(value, Decimal) else value for key, value in row}


def _unpacked(model: type[RowT], values: dict[str, Any]) -> RowT:
    """A row of values that were validated, as from a pickle: `model_construct` would take five times as long."""
    row = model.__new__(model)
    exact = {key: Decimal(value.decode()) if isinstance(value, bytes) else value for key, value in values.items()}
    state = {"__dict__": exact, "__pydantic_fields_set__": {*exact}}
    row.__setstate__(state | {"__pydantic_extra__": None, "__pydantic_private__": None})
    return row


@cache
def _file(name: str) -> File:
    return File(Path(__file__).with_name("data") / f"{name}.yaml")


def load(name: str, table: str, model: type[RowT], *, last_wins: bool = False) -> tuple[RowT, ...]:
    """The rows of one table, the built-in ones validated. Raises `KnowledgeError` naming the row.

    The lexicon's rows stand where they have the say: first, or last in a table whose later rows replace earlier ones.
    """
    added = _added(name, table)
    known = built_in(name, table, model)
    return (*known, *added) if last_wins else (*added, *known)


def strings(name: str, table: str) -> tuple[str, ...]:
    """The words of a table that is one plain list."""
    return (*_added(name, table), *raw(name)[table])


@cache
def built_in(name: str, table: str, model: type[RowT]) -> tuple[RowT, ...]:
    """The rows of one table of `data/<name>.yaml`. Raises `KnowledgeError` naming the row."""
    return _file(name).rows(table, model)


def _added(name: str, table: str) -> tuple[Any, ...]:
    return _active.rows.get((name, table), ()) if _active else ()
