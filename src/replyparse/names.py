"""Numerals that name, number or say "a" instead of counting: document numbers, sessions, phones, 双一流, 一个.

Every rule is a row of `data/names.yaml`: a pattern, the account's word for its numerals, and the phrases that
prove it. A pattern may mark with `(?P<at>…)` the part it speaks about; the rest is context.
"""

from __future__ import annotations

import re

from replyparse import words
from replyparse.knowledge import Pattern, Row, cached, load
from replyparse.mark import Mark
from replyparse.patterns import regex
from replyparse.record import NumeralKind, Span
from replyparse.scan import Scan
from replyparse.wordlists import alternation

_HAN = regex(r"[\u4e00-\u9fff]")
_STOPS = frozenset("。;:\n")
#: Tags of the dictionary for persons, places, offices and other names.
_PROPER = frozenset({"nr", "ns", "nt", "nz"})
#: What follows the number of an item that is printed right behind a word, where a line break was lost.
_ITEM = regex(
    r"、(?=[\u4e00-\u9fff])(?![零一二三四五六七八九十百千万亿两])|(?<=一)是(?![指否])|(?<=第[一二三四五六七八九]),"
)
#: Digits of which no two neighbours make an approximate number, as 三四 and 三五 do.
_APART = regex(
    "(?:一(?![两二])|二(?!三)|三(?![四五])|四(?!五)|五(?!六)|六(?!七)|七(?!八)|八(?!九)|[九〇零壹贰叁肆伍陆柒捌玖])"
    "[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,4}"
)
_WORD_REACH = 6  # characters on either side of a numeral in which its word is looked for


class NameRow(Row):
    """One rule: `what` its numerals are, and the regular expression that finds them."""

    id: str
    what: NumeralKind
    pattern: Pattern


class WordList(Row):
    """Set phrases that hold a numeral, as one list a kind."""

    id: str
    what: NumeralKind
    words: tuple[str, ...]


@cached
def rules() -> tuple[tuple[NameRow, Scan], ...]:
    """The rows of `patterns` with what finds them."""
    return tuple((row, Scan(row.pattern)) for row in load("names", "patterns", NameRow))


@cached
def _phrases() -> tuple[tuple[WordList, re.Pattern[str]], ...]:
    """Each word list as one alternation, longest first; a list has some dozens of words."""
    rows = load("names", "phrases", WordList)
    return tuple((row, regex(alternation(row.words))) for row in rows)


def find(text: str) -> tuple[Mark, ...]:
    """All naming numerals of a shadow text, by rule; overlaps are the ledger's business."""
    marks = []
    for row, scan in rules():
        for match in scan.finditer(text):
            marked = "at" in match.re.groupindex and match.start("at") >= 0
            span = Span(*match.span("at" if marked else 0))
            if span.start < span.end:
                marks.append(Mark(span, row.what, f"names.{row.id}"))
    for phrases, pattern in _phrases():
        marks += [Mark(Span(*m.span()), phrases.what, f"names.{phrases.id}") for m in pattern.finditer(text)]
    return tuple(sorted(marks, key=lambda mark: mark.span))


def inside_words(text: str, spans: list[Span]) -> list[Mark]:
    """Of numerals that nothing else placed, those that are part of a longer word (统一, 三轮车) or name (泰三大厦).

    A single Chinese numeral with Han characters beside it and no unit behind it does not count: 一 is an article then,
    any other is a name's part. Digits in a row that are no neighbours (三一, 壹壹) name too, or belong to two words.
    What 是 or 、 follows numbers an item, and so does a small figure right behind a sentence's end and before a word.
    """
    marks = []
    for span in spans:
        if text[span.start].isascii():
            opens = text[span.start - 1 : span.start] in _STOPS and _HAN.match(text, span.end)
            if span.end - span.start < 3 and (opens or text.startswith(". ", span.end)):
                marks.append(Mark(span, "label", "names.item"))
            continue
        if _ITEM.match(text, span.end):
            marks.append(Mark(span, "label", "names.item"))
        elif _APART.fullmatch(text, *span):
            marks.append(Mark(span, "name", "names.digits"))
        elif span.end - span.start == 1 and _HAN.match(text, span.end):
            one = text[span.start] == "一"
            marks.append(Mark(span, "article" if one else "name", "names.one" if one else "names.part"))
        low, high = max(0, span.start - _WORD_REACH), span.end + _WORD_REACH
        for word in words.cut(text[low:high]):
            start, end = low + word.span.start, low + word.span.end
            holds = start <= span.start and span.end <= end and end - start > span.end - span.start
            if holds and word.tag not in {"m", "t"}:
                marks.append(Mark(span, "name" if word.tag in _PROPER else "idiom", "names.word"))
    return marks
