"""Lines, sentences and clauses of the shadow: three layouts of spans that tile the text.

A clause (分句) ends at a comma, semicolon or colon outside brackets; a sentence ends at 。！？ or the end of its
line. Quotation marks and brackets protect what is inside them, so 《关于…，…的意见》 is never cut.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from replyparse.patterns import regex
from replyparse.record import Span

_OPEN, _CLOSE = "(《〈“‘「『[〔【<", ")》〉”’」』]〕】>"
_BREAK = regex(r"[()《》〈〉“”‘’「」『』〔〕【】。!?;:,\n]")
_MAX_PROTECTED = 200  # an unclosed bracket protects no more than this many characters
#: Longer than any in prose; what exceeds them is cut, so that work on a clause or sentence is bounded.
_MAX_CLAUSE, _MAX_SENTENCE = 400, 1500


@dataclass(frozen=True, slots=True)
class Layout:
    """The tilings of one shadow text. Each list covers the text from 0 to its end without gaps."""

    text: str
    lines: tuple[Span, ...]
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]
    _line_starts: list[int] = field(init=False, repr=False, compare=False)
    _sentence_starts: list[int] = field(init=False, repr=False, compare=False)
    _clause_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, spans in (("line", self.lines), ("sentence", self.sentences), ("clause", self.clauses)):
            object.__setattr__(self, f"_{name}_starts", [span.start for span in spans])

    def line_at(self, offset: int) -> Span:
        """The line (paragraph) that holds the character at `offset`."""
        return self.lines[_holder(self._line_starts, offset)]

    def paragraph_start(self, offset: int) -> int:
        """Where the paragraph of `offset` begins: its line, or the first of a list whose lines end with ; or ,."""
        at = _holder(self._line_starts, offset)
        while at and self.text[self.lines[at].start - 2 : self.lines[at].start - 1] in {";", ",", "、"}:
            at -= 1
        return self.lines[at].start

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds the character at `offset`."""
        return self.sentences[_holder(self._sentence_starts, offset)]

    def clause_at(self, offset: int) -> Span:
        """The clause that holds the character at `offset`."""
        return self.clauses[_holder(self._clause_starts, offset)]

    def clause_index(self, offset: int) -> int:
        """The position of that clause in `clauses`."""
        return _holder(self._clause_starts, offset)


def _holder(starts: list[int], offset: int) -> int:
    """The position of the span that holds an offset."""
    return max(0, bisect_right(starts, offset) - 1)


def lay_out(text: str) -> Layout:
    """Cut a text into lines, sentences and clauses, in one pass over its punctuation."""
    lines, sentences, clauses = [0], [0], [0]
    closers: list[tuple[str, int]] = []
    for match in _BREAK.finditer(text):
        mark, at = match.group(), match.start()
        if closers and at - closers[-1][1] > _MAX_PROTECTED:
            closers.clear()
        if mark in _OPEN:
            closers.append((_CLOSE[_OPEN.index(mark)], at))
        elif mark in _CLOSE:
            while closers and any(mark == closer for closer, _ in closers):
                if closers.pop()[0] == mark:
                    break
        elif mark == "\n":
            closers.clear()
            for cuts in (lines, sentences, clauses):
                cuts.append(at + 1)
        elif mark in "。!?":
            if not closers:
                sentences.append(at + 1)
                clauses.append(at + 1)
            elif mark == "。" and any(closer in "”’" for closer, _ in closers):
                continue
        elif not closers and not _inside_number(text, at):
            clauses.append(at + 1)
    clauses = _bounded(clauses, len(text))
    return Layout(text, *(_tile(cuts, len(text)) for cuts in (lines, _shortened(sentences, clauses), clauses)))


def _bounded(cuts: list[int], length: int) -> list[int]:
    """The starts of clauses, with more where one is longer than any clause can be."""
    ends = [*cuts[1:], length]
    return [at for start, end in zip(cuts, ends, strict=True) for at in range(start, max(end, start + 1), _MAX_CLAUSE)]


def _shortened(sentences: list[int], clauses: list[int]) -> list[int]:
    """The starts of sentences, overlong ones cut at a clause."""
    cuts, own, last = [], set(sentences), 0
    for start in clauses:
        if start in own or start - last > _MAX_SENTENCE:
            cuts.append(start)
            last = start
    return sorted(own.union(cuts))


def _inside_number(text: str, at: int) -> bool:
    """Whether the mark at `at` stands inside a figure: 1,267 or 10:30."""
    before, after = text[at - 1 : at], text[at + 1 : at + 4]
    if text[at] == ",":
        return before.isdigit() and len(after) == 3 and after.isdigit() and not text[at + 4 : at + 5].isdigit()
    return text[at] == ":" and before.isdigit() and after[:1].isdigit()


def _tile(cuts: list[int], length: int) -> tuple[Span, ...]:
    starts = sorted(set(cuts))
    if len(starts) > 1 and starts[-1] >= length:
        starts.pop()
    return tuple(Span(a, b) for a, b in zip(starts, [*starts[1:], length], strict=True))
