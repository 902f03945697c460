"""Lists of words in `data/` and the patterns made of them, so that a rule's words stand in a reviewed file.

In the shape of a pattern, `@up@` stands for the words of the list `up`, longest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from replyparse import store
from replyparse.knowledge import Row, cached, load
from replyparse.patterns import regex


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

    return regex(re.sub(r"@(\w+)@", listed, shape))


def alternation(words: Iterable[str], behind: Callable[[str], str] = lambda word: "") -> str:
    """A pattern of some words, the longest first, in which common beginnings stand once: quick to compile and to try.

    `behind` is what must follow a word.
    """
    endings = tuple((word, behind(word)) for word in sorted(set(words)))
    return store.kept("alternation", endings, lambda: _branches(endings))


def _branches(endings: Iterable[tuple[str, str]]) -> str:
    """The pattern of the ways in which a word goes on, each with what must follow."""
    following: dict[str, list[tuple[str, str]]] = {}
    for ending, behind in endings:
        following.setdefault(ending[:1], []).append((ending[1:], behind))
    branches = [re.escape(letter) + _branches(rest) for letter, rest in following.items() if letter]
    branches += [behind for _, behind in following.get("", ())]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
