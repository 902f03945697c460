"""Lines → paragraphs: which line goes on with the one before it, on the same page or the next.

A line goes on when the one before it is full: the next character (or word, or number) would not have fitted into its
room up to the right margin. Then the indent decides: a paragraph begins two characters in (GB/T 9704), the lines that
follow stand at the left margin. Signatures and dates are set to the right, titles in the middle.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from replyparse.reading.paper.shapes import Line, Row

#: In sizes of the type: how exactly lines are set, how exactly recognized, and the hole of a mark at a line's end.
_EXACT, _SLACK, _MARK = 0.25, 0.6, 0.5
_INDENT, _DEEP, _HANGING = 1.2, 3.0, 7.0  # a first line's indent, more than one, what hangs below 抄送: at most
_TITLE = 1.15  # a title's type is so many times that of the text
_SAME_TYPE, _SAME_SEEN = 1.3, 1.6  # lines of one paragraph differ no more in size, set or recognized
_SAME_BLOCK = 1.6  # … nor stand further apart, in the usual distance of lines
_BELIEVED = 0.2  # of the lines must reach the right margin, else it is taken from the left one …
_HALF = 0.5  # … and so it is where the lines fill no more of the page's width

#: What no line break may part: a word or number, or one character, with the marks before and behind it.
_UNIT = re.compile(
    r"[(（〔《“‘\[]*(?:[0-9A-Za-z.,%+/~-]+|.)[，。、；：！？）〕》”’,.;:!?)\]％‰℃°]*"
    r"(?:(?<=[)\]])[0-9A-Za-z.,%]+)?"
)
_NUMBER = 2.0  # sizes of room at most where a number was broken
_BESIDE = 0.25  # of a size is set between Han characters and digits
_NARROW = re.compile(r"[ -~]")
_NARROW_WIDTH = 0.6  # of a size; digits have half of it in most fonts, a little more in some
_MARK_AT_END = re.compile(r"[，。、；：！？）〕》”’]$")
_SENTENCE_END = re.compile(r"[。！？!?：:][”’）)]?$")
_UNFINISHED = re.compile(r"[，、,（(《“]$")
#: What begins a paragraph of its own even where nothing is indented.
_LABEL = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[、)）.．]|第[一二三四五六七八九十]+(?:部分|[章节])|[①-⑳【]"
    r"|\d{1,2}(?:[、)）]|[.．](?!\d))|[(（]\d{1,2}[)）]"
)
#: A line that names a field: 抄送：, （联系人：, 索 引 号：.
_FIELD = re.compile(r"[(（]?[\u4e00-\u9fff \u3000]{2,9}[:：]")
_ALWAYS_FIELD = re.compile(r"[(（]?(?:附件|抄送|抄报|联系|经办|承办|主办)[^，。；]{0,8}[:：]")
_WORD = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Measure:
    """The type area of a page: its margins, the size of the type, the distance of lines; whether paragraphs indent."""

    left: float
    right: float
    size: float
    pitch: float
    indents: bool

    def indent(self, line: Line) -> float:
        """How far in a line begins, in sizes of the type."""
        return (line.left - self.left) / self.size


def measure(lines: Sequence[Line], width: float) -> Measure | None:
    """The type area that the lines of pages so wide were set in; None without lines."""
    if not lines:
        return None
    size = size_of(lines)
    left = min(_shared((line.left for line in lines), size), default=min(line.left for line in lines))
    rights = sorted((line.right for line in lines), reverse=True)
    right = rights[min(1, len(rights) - 1)]
    full = sum(value > right - 2 * size for value in rights)
    if full < max(3, _BELIEVED * len(rights)) or right - left < _HALF * width:
        right = max(right, width - left)
    pitches = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 4 * size]
    indented = sum(_INDENT <= (line.left - left) / size < _DEEP for line in lines)
    return Measure(left, right, size, median(pitches) if pitches else 2 * size, indented > 1)


def size_of(lines: Iterable[Line]) -> float:
    """The size of the type that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] or 1.0


def _shared(values: Iterable[float], size: float) -> list[float]:
    """The places at which two lines or more begin."""
    ordered = sorted(values)
    return [one for one, other in pairwise(ordered) if other - one < _SLACK * size]


def continues(before: Line | Row, line: Line | Row, one: Measure, other: Measure, *, same_page: bool) -> bool:
    """Whether `line` goes on with the paragraph of `before`; each has the measure of its page."""
    if isinstance(before, Row) or isinstance(line, Row):
        return False
    alike = _SAME_SEEN if line.recognized else _SAME_TYPE
    if not 1 / alike < line.size / before.size < alike:
        return False
    if same_page and line.top - before.top > _SAME_BLOCK * max(one.pitch, line.size):
        return False
    if not _full(before, line, one) or _ALWAYS_FIELD.match(line.text):
        return False
    if len(before.runs) == 1 and _FIELD.match(before.text) and _FIELD.match(line.text):
        return False
    come, go = one.indent(before), other.indent(line)
    if _centred(before, one) and _centred(line, other):
        return True
    if line.size > _TITLE * other.size and _inset(line, other) > _INDENT:  # a title whose first line is full
        return True
    if come >= _DEEP and abs(come - go) > _SLACK:
        return False
    if _UNFINISHED.search(before.text) or (before.text[-1].isdigit() and line.text[0].isdigit()):
        return True
    ended = _SENTENCE_END.search(before.text) is not None
    if go < _INDENT:
        return not (_LABEL.match(line.text) and (ended or not one.indents))
    return _DEEP <= go < _HANGING and not ended


def _full(before: Line, line: Line, area: Measure) -> bool:
    """Whether what `line` begins with had no room at the end of `before`."""
    room = (area.right - before.right) / before.size
    end, begin = before.text[-1], line.text[0]
    if end.isdigit() and begin.isdigit():
        return room < _NUMBER
    unit = _UNIT.match(line.text)
    needed = sum(_NARROW_WIDTH if _NARROW.match(char) else 1.0 for char in unit[0]) if unit else 1.0
    if _NARROW.match(end) is None and _NARROW.match(begin):
        needed += _BESIDE
    if not before.recognized:
        return room < needed + _EXACT
    return room < needed + _SLACK + (_MARK if _MARK_AT_END.search(before.text) else 0)


def _centred(line: Line, area: Measure) -> bool:
    return _inset(line, area) > _DEEP


def _inset(line: Line, area: Measure) -> float:
    """How far a line in the middle stands from the margins, in sizes of the type; 0 for others."""
    before, behind = line.left - area.left, area.right - line.right
    return before / area.size if abs(before - behind) < 1.5 * area.size else 0.0


def glue(before: str, text: str) -> str:
    """What stands between two pieces of text that a line break parted: a blank between Latin words, not in RC|EP."""
    if not before or not text or not (_WORD.match(before[-1]) and _WORD.match(text[0])):
        return ""
    return "" if before[-1].isupper() and text[0].isupper() else " "
