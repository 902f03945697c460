"""Patterns of the language knowledge, composed from named pieces.

A pattern in `data/` may name a piece as `<we>` or `<agency>`; the table `pieces` of `phrases.yaml` says what it
stands for, and a piece may be built from earlier ones. So the knowledge stays readable, and a new kind of office
is added in one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from replyparse import scan
from replyparse.knowledge import Pattern, Row, cached, load
from replyparse.patterns import regex

_PIECE = regex(r"(?<!\?P)<([a-z_]+)>")


class Piece(Row):
    """A named part of patterns; `yes` and `no` are matched as a whole."""

    name: str
    pattern: Pattern


def composed(rows: Iterable[Piece]) -> dict[str, str]:
    """Every piece by its name, the pieces inside it already put in. Raises `KeyError` for one not above it."""
    known: dict[str, str] = {}
    for row in rows:
        known[row.name] = filled(row.pattern, known)
    return known


@cached
def pieces() -> dict[str, str]:
    """The pieces of the knowledge in use."""
    return composed(load("phrases", "pieces", Piece, last_wins=True))


def filled(pattern: str, known: dict[str, str]) -> str:
    """A pattern with its pieces put in. Raises `KeyError` for a piece that is not known."""
    return _PIECE.sub(lambda m: f"(?:{known[m.group(1)]})", pattern)


@cached
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its pieces put in, compiled once."""
    return regex(filled(pattern, pieces()))


@cached
def search(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """What searches a whole string for the pattern with its pieces put in."""
    return scan.search(compiled(pattern))
