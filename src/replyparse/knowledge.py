"""Loads the language knowledge in `data/`: reviewed YAML whose every row carries its own examples.

Each stage declares the shape of its rows as a Pydantic model and calls `load`; unknown keys and wrong types
are errors that name the file and the row. `rows` are tuples, so a loaded table is safe to share.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from replyparse.errors import KnowledgeError


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with YAML 1.2's booleans: `yes` and `no` are our keys, not true and false."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


class Row(BaseModel):
    """Base of all knowledge rows: no key that the model does not know.

    `yes` are phrases in which the row applies, `no` are look-alikes in which it must not; the tests run both.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


RowT = TypeVar("RowT", bound=Row)


@cache
def raw(name: str) -> Any:
    """The parsed YAML of `data/<name>.yaml`, read once per process."""
    source = resources.files("replyparse").joinpath("data", f"{name}.yaml")
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_Loader)


def load(name: str, table: str, model: type[RowT]) -> tuple[RowT, ...]:
    """The rows of one table of `data/<name>.yaml`, validated. Raises `KnowledgeError` naming the row."""
    try:
        return TypeAdapter(tuple[model, ...]).validate_python(raw(name)[table])  # type: ignore[valid-type]
    except (KeyError, ValidationError) as error:
        raise KnowledgeError(f"data/{name}.yaml, table {table}: {error}") from error
