"""The only module that knows jieba: words of a clause with their dictionary tags.

jieba is used as its dictionary and its maximum-probability cut, with a tokenizer of our own: no HMM (it invents
words), no cache file in the shared temp folder (whoever can write there could change the segmentation), no
logging. Tags are those of jieba's dictionary, one a word: n noun, v verb, vn verbal noun, a adjective, d adverb,
m numeral, q classifier, p preposition, c conjunction, u particle, r pronoun, t time, ns place, nr person, x other.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from replyparse.knowledge import Row, cached, load
from replyparse.record import Span


class WordRow(Row):
    """One entry of the user dictionary: a word of official prose that jieba's dictionary lacks or mistags."""

    word: str
    tag: str


_LATIN = re.compile(r"[0-9]*[A-Za-z][A-Za-z0-9]*(?:[.\-+][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its place, and its tag ('' for what the dictionary does not hold)."""

    text: str
    span: Span
    tag: str


@cached
def _dictionary() -> tuple[Any, dict[str, str]]:
    """jieba's tokenizer with our words added, and each word's tag; read once per process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    with tokenizer.get_dict_file() as source:
        for raw in source.read().decode("utf-8").splitlines():
            word, count, tag = raw.split(" ")
            frequency = int(count)
            frequencies[word] = frequency
            tags[word] = tag
            total += frequency
    for word in list(frequencies):
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    for row in load("words", "words", WordRow, last_wins=True):
        tokenizer.add_word(row.word, freq=max(frequencies.get(row.word, 0), tokenizer.suggest_freq(row.word)))
        tags[row.word] = row.tag
    return tokenizer, tags


@cached
def cut(text: str) -> tuple[Word, ...]:
    """The words of a short stretch (a clause), tiling it; offsets count from the stretch's start."""
    tokenizer, tags = _dictionary()
    words = []
    at = 0
    for token in _tokens(tokenizer, text):
        words.append(Word(token, Span(at, at + len(token)), tags.get(token, "")))
        at += len(token)
    return tuple(words)


def _tokens(tokenizer: Any, text: str) -> Iterator[str]:
    """jieba's words, names in Latin letters kept whole (PM2.5, 5G)."""
    at = 0
    for match in _LATIN.finditer(text):
        yield from tokenizer.cut(text[at : match.start()], HMM=False)
        yield match.group()
        at = match.end()
    yield from tokenizer.cut(text[at:], HMM=False)


def tag(word: str) -> str:
    """The dictionary's tag of a word, '' where it has none."""
    return _dictionary()[1].get(word, "")
