"""Lists of words in `data/` and the patterns made of them, so that a rule's words stand in a reviewed file.

In the shape of a pattern, `@up@` stands for the words of the list `up`, longest first.
"""

from __future__ import annotations

import re

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

    def alternation(match: re.Match[str]) -> str:
        words = members(file, match[1])
        if not words:
            raise KeyError(f"data/{file}.yaml has no list {match[1]!r}")
        return f"(?:{'|'.join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))})"

    return re.compile(re.sub(r"@(\w+)@", alternation, shape))
