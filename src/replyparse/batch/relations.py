"""The tables that CSV, XLSX, SQLite and Parquet share, read from `tables.yaml`: columns, types, keys and comments.

Rows are tuples in the order of the columns. Dates travel as ISO strings and become dates where a destination has that
type.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

Type = Literal["text", "integer", "real", "date"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Model):
    """A column: `about` says its meaning and unit in English, `chinese` in Chinese."""

    type: Type
    chinese: str
    about: str

    @property
    def heading(self) -> str:
        """The Chinese name, without the parenthesis that explains it."""
        return self.chinese.partition("(")[0]


class Reference(_Model):
    """Columns that name a row of another table, or of the same."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


class Table(_Model):
    """A table; the values in the columns of `key` are unique together, those in `indexed` are what people look for."""

    chinese: str
    about: str
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    indexed: tuple[tuple[str, ...], ...]
    columns: dict[str, Column]


@cache
def tables() -> dict[str, Table]:
    """Every table by its name, in the order in which they are written: what is referred to comes first."""
    source = resources.files("replyparse.batch").joinpath("tables.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Table]).validate_python(yaml.safe_load(source))
