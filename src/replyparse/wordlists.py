"""Lists of words in `data/` and the patterns made of them, so that a rule's words stand in a reviewed file.

In the shape of a pattern, `@up@` stands for the words of the list `up`, longest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from replyparse.knowledge import Row, cached, load


class WordList(Row):
    """One list: words that play the same part in some rule."""

    id: str
    words: tuple[str, ...]


@cached
def members(file: str, list_id: str) -> frozenset[str]:
    """The words of a list of `data/<file>.yaml`."""
    return frozenset(word for row in load(file, "lists", WordList) if row.id == list_id for word in row.words)


@cached
def pattern(file: str, shape: str) -> re.Pattern[str]:
    """A regular expression in which `@list@` stands for the words of that list of `data/<file>.yaml`."""

    def listed(match: re.Match[str]) -> str:
        words = members(file, match[1])
        if not words:
            raise KeyError(f"data/{file}.yaml has no list {match[1]!r}")
        return alternation(words)

    return re.compile(re.sub(r"@(\w+)@", listed, shape))


def alternation(words: Iterable[str], behind: Callable[[str], str] = lambda word: "") -> str:
    """A pattern of some words, the longest first, in which common beginnings stand once: quick to compile and to try.

    `behind` is what must follow a word.
    """
    return _branches("", sorted(set(words)), behind)


def _branches(begun: str, endings: list[str], behind: Callable[[str], str]) -> str:
    """The pattern of the ways in which a word goes on."""
    following: dict[str, list[str]] = {}
    for ending in endings:
        following.setdefault(ending[:1], []).append(ending[1:])
    branches = [
        re.escape(letter) + _branches(begun + letter, rest, behind) for letter, rest in following.items() if letter
    ]
    if "" in following:
        branches.append(behind(begun))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
