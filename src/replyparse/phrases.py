"""Patterns of the language knowledge, composed from named pieces.

A pattern in `data/` may name a piece as `<we>` or `<agency>`; the table `pieces` of `phrases.yaml` says what it
stands for, and a piece may be built from earlier ones. So the knowledge stays readable, and a new kind of office
is added in one place.
"""

from __future__ import annotations

import re
from functools import cache

from replyparse.knowledge import Row, load

_PIECE = re.compile(r"(?<!\?P)<([a-z_]+)>")


class Piece(Row):
    """A named part of patterns; `yes` and `no` are matched as a whole."""

    name: str
    pattern: str


@cache
def pieces() -> dict[str, str]:
    """Every piece, the pieces inside it already put in."""
    known: dict[str, str] = {}
    for row in load("phrases", "pieces", Piece):
        known[row.name] = _fill(row.pattern, known)
    return known


def _fill(pattern: str, known: dict[str, str]) -> str:
    return _PIECE.sub(lambda m: f"(?:{known[m.group(1)]})", pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its pieces put in, compiled once."""
    return re.compile(_fill(pattern, pieces()))
