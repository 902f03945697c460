"""Words of a clause with their dictionary tags: jieba's dictionary and its maximum-probability cut.

Cut as `jieba.Tokenizer.cut(…, HMM=False)` cuts (the HMM invents words), with words of our own added to the dictionary;
the tests hold the one against the other. Tags are those of jieba's dictionary, one a word: n noun, v verb, vn verbal
noun, a adjective, d adverb, m numeral, q classifier, p preposition, c conjunction, u particle, r pronoun, t time,
ns place, nr person, x other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import starmap
from math import log
from typing import Final, NamedTuple

from replyparse import dictionary, store
from replyparse.dictionary import Dictionary, Entry
from replyparse.knowledge import Row, cached, load
from replyparse.patterns import regex
from replyparse.record import Span


class WordRow(Row):
    """One entry of the user dictionary: a word of official prose that jieba's dictionary lacks or mistags."""

    word: str
    tag: str


_LATIN: Final = regex(r"[0-9]*[A-Za-z][A-Za-z0-9]*(?:[.\-+][A-Za-z0-9]+)*")
#: What jieba cuts by probability, and between that CR LF or any one character.
_BLOCK: Final = regex(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)|\r\n|.", re.DOTALL)
_ALPHANUMERIC: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_MOST: Final = 8_000  # beginnings of words that are remembered


class Word(NamedTuple):
    """A word, its place, and its tag ('' for what the dictionary does not hold)."""

    text: str
    span: Span
    tag: str


class _Step(NamedTuple):
    """A word that the cut may take at some place, its length, and the logarithm of its frequency."""

    word: str
    length: int
    weight: float


class Vocabulary:
    """A dictionary to which words were added one by one, and the cut of a text into its words."""

    def __init__(self, base: Dictionary, added: Iterable[Entry] = ()) -> None:
        self._base, self._total = base, base.total
        self._added: dict[str, dict[str, Entry]] = {}  # by their first character
        self._steps: dict[str, tuple[_Step, ...]] = {}
        for entry in added:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Add a word, or put it in the place of the dictionary's."""
        self._added.setdefault(entry.word[0], {})[entry.word] = entry
        self._total += entry.frequency
        self._steps.clear()

    def frequent_enough(self, word: str) -> int:
        """A frequency with which a word is not cut (`jieba.Tokenizer.suggest_freq`)."""
        share = 1.0
        for part in self.cut(word):
            share *= self._frequency(part) / self._total
        return max(int(share * self._total) + 1, self._frequency(word))

    def _beginning(self, letters: str) -> dict[str, Entry]:
        """The words that begin with some letters, ours in place of the dictionary's."""
        known = {entry.word: entry for entry in self._base.beginning(letters)}
        ours = self._added.get(letters[0], {}).values()
        return known | {entry.word: entry for entry in ours if f"{entry.word} ".startswith(letters)}

    def _frequency(self, word: str) -> int:
        """As `jieba.Tokenizer.FREQ` tells it: 0 for what only begins words, 1 for what does not."""
        entry = self._beginning(word + " ").get(word)
        return entry.frequency if entry else 0 if self._beginning(word) else 1

    def tag(self, word: str) -> str:
        """The tag of a word, '' for one that the dictionary does not hold."""
        entry = self._beginning(word + " ").get(word)
        return entry.tag if entry else ""

    def cut(self, text: str) -> Iterator[str]:
        """The words of a text, tiling it."""
        for match in _BLOCK.finditer(text):
            if match.lastindex:
                yield from self._words(match.group())
            else:
                yield match.group()

    def _words(self, block: str) -> Iterator[str]:
        """The likeliest words, characters of Latin words and numbers together."""
        at = held = 0
        for length in self._lengths(block):
            if length > 1 or block[at] not in _ALPHANUMERIC:
                if held < at:
                    yield block[held:at]
                yield block[at : at + length]
                held = at + length
            at += length
        if held < at:
            yield block[held:at]

    def _lengths(self, block: str) -> Iterator[int]:
        """The lengths of the words whose frequencies have the largest product; of equal ones the longer first word."""
        whole, size = log(self._total), len(block)
        best, chosen = [0.0] * (size + 1), [1] * size
        for at in range(size - 1, -1, -1):
            steps = self._steps_from(block[at : at + 2])
            likeliest = None
            for word, length, weight in steps:
                if length <= 2 or block.startswith(word, at):
                    likelihood = weight - whole + best[at + length]
                    if likeliest is None or likelihood >= likeliest:
                        likeliest, chosen[at] = likelihood, length
            best[at] = best[at + 1] - whole if likeliest is None else likeliest
        at = 0
        while at < size:
            yield chosen[at]
            at += chosen[at]

    def _steps_from(self, letters: str) -> tuple[_Step, ...]:
        """The words that a place may begin with where these one or two letters stand, short ones first."""
        steps = self._steps.get(letters)
        if steps is None:
            if len(self._steps) >= _MOST:
                self._steps.clear()
            begun = self._steps_from(letters[0]) if len(letters) > 1 else ()
            known = self._beginning(letters if len(letters) > 1 else letters + " ").values()
            entries = sorted((entry for entry in known if entry.frequency), key=lambda entry: len(entry.word))
            longer = (_Step(entry.word, len(entry.word), log(entry.frequency)) for entry in entries)
            steps = self._steps[letters] = (*begun, *longer) if entries else begun
        return steps


@cached
def _vocabulary() -> Vocabulary:
    """jieba's dictionary with our words added."""
    base = dictionary.opened()
    rows = [(row.word, row.tag) for row in load("words", "words", WordRow, last_wins=True)]
    added = store.kept("words", (base.checksum, tuple(rows)), lambda: _added(base, rows))
    return Vocabulary(base, starmap(Entry, added))


def _added(base: Dictionary, rows: Iterable[tuple[str, str]]) -> list[tuple[str, int, str]]:
    """Words with their tags as entries of the dictionary, each with the frequency that it needs beside those before."""
    vocabulary = Vocabulary(base)
    added = []
    for word, tag in rows:
        entry = Entry(word, vocabulary.frequent_enough(word), tag)
        vocabulary.add(entry)
        added.append((entry.word, entry.frequency, entry.tag))
    return added


@cached
def cut(text: str) -> tuple[Word, ...]:
    """The words of a short stretch (a clause), tiling it; offsets count from the stretch's start."""
    words, at = [], 0
    for token in _tokens(text):
        words.append(Word(token, Span(at, at + len(token)), tag(token)))
        at += len(token)
    return tuple(words)


def _tokens(text: str) -> Iterator[str]:
    """The words, names in Latin letters kept whole (PM2.5, 5G)."""
    at, vocabulary = 0, _vocabulary()
    for match in _LATIN.finditer(text):
        yield from vocabulary.cut(text[at : match.start()])
        yield match.group()
        at = match.end()
    yield from vocabulary.cut(text[at:])


@cached
def ours() -> frozenset[str]:
    """The words of the user dictionary."""
    return frozenset(row.word for row in load("words", "words", WordRow, last_wins=True))


@cached
def tag(word: str) -> str:
    """The dictionary's tag of a word, '' where it has none."""
    return _vocabulary().tag(word)
