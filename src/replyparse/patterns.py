"""Regular expressions that are compiled once for all processes: `re.compile`, with its result kept in the store.

Python turns a pattern into a program for its matcher, which for our several hundred takes longer than to read a reply
with them. The program is a list of numbers; kept, it needs only to be handed to the matcher, which checks it again.
"""

from __future__ import annotations

import re
import sys
from array import array
from typing import Any

from replyparse import store

try:  # a Python that keeps its compiler elsewhere compiles in each process anew
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]  # isort: skip
except ImportError:  # pragma: no cover
    _sre = _compiler = _parser = None

__all__ = ["regex"]

_WORD = "I"  # the type of a program's numbers in `array`: 32 bits
_KEPT = _sre is not None and array(_WORD).itemsize == _sre.CODESIZE and sys.implementation.name == "cpython"


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern, as `re.compile` makes it. Raises `re.error` as that does."""
    if not _KEPT:
        return re.compile(pattern, flags)
    all_flags, words, groups, names = store.kept("pattern", (pattern, int(flags)), lambda: _program(pattern, flags))
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    try:
        compiled: re.Pattern[str] = _sre.compile(
            pattern, all_flags, array(_WORD, words).tolist(), groups, names, tuple(by_number)
        )
    except (RuntimeError, TypeError, ValueError):  # none of this matcher's programs
        return re.compile(pattern, flags)
    return compiled


def _program(pattern: str, flags: int) -> tuple[int, bytes, int, dict[str, int]]:
    """What `re` compiles a pattern to: all its flags, the program, the number of groups and those with names."""
    parsed: Any = _parser.parse(pattern, flags)
    words = array(_WORD, map(int, _compiler._code(parsed, flags)))
    return int(flags | parsed.state.flags), words.tobytes(), parsed.state.groups - 1, dict(parsed.state.groupdict)
