"""Promises about the future: the clauses in which the agency says what it, or those it answers for, will do.

A commitment runs from its first word to where the next one begins or its sentence ends. In plan sections every
sentence with a verb is one; elsewhere a cue must say so (我局将…, 拟…, 力争…).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from replyparse.cues import rows
from replyparse.lines import Layout
from replyparse.record import Role, Span

Strength = Literal["firm", "aim", "explore"]


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment on the shadow text; `actor` is the span of the subject where one is printed."""

    span: Span
    actor: Span | None
    strength: Strength


_LABEL = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}是|(?:第[一二三四五六七八九十]|首先|其次|再次|最后|其[一二三四])[,,]?|[(]?[一二三四五六七八九十\d]{1,3}[)、.](?!\d)|[①-⑳])\s*")
_ACTOR = re.compile(r"(?:我[局委厅部办院行校县市区镇乡省处中心会署队]|我们|本[局委厅部院单位]|(?:县|市|区|省|镇|乡)(?:委|人民)?、?(?:县|市|区|省)?政府|乡政府|镇政府|街道|社区)")
_MIN_HAN = 5


def find(
    layout: Layout, role_at: Callable[[int], Role], headings: Sequence[Span], is_request: Callable[[int], bool]
) -> list[Promise]:
    """All commitments of a reply, in text order."""
    promises = []
    titles = {span.start for span in headings}
    for sentence in layout.sentences:
        if sentence.start in titles:
            sentence = _behind_heading(layout.text, sentence, headings)
        role = role_at(_first_character(layout.text, sentence))
        if role in {"preamble", "closing"} or sentence.start >= sentence.end:
            continue
        for stretch in _stretches(layout, sentence):
            if is_request(stretch.start) or not _has_substance(layout.text, stretch):
                continue
            here = role_at(stretch.start)
            if here in {"preamble", "closing"}:
                continue
            if here == "next_steps" and not _is_state(layout.text, stretch) or _is_announced(layout.text, stretch):
                promises.append(_promise(layout.text, stretch))
    return promises


def _behind_heading(text: str, sentence: Span, headings: Sequence[Span]) -> Span:
    heading = next(span for span in headings if span.start == sentence.start)
    return Span(min(sentence.end, max(heading.end, sentence.start)), sentence.end)


def _first_character(text: str, span: Span) -> int:
    stripped = text[span.start : span.end].lstrip()
    return min(span.end - len(stripped), max(span.start, span.end - 1))


def _stretches(layout: Layout, sentence: Span) -> list[Span]:
    """A sentence cut where a new commitment begins: at semicolons and before clauses that open a plan of their own."""
    text = layout.text
    cuts = [sentence.start]
    at = layout.clause_index(sentence.start)
    while at < len(layout.clauses) and layout.clauses[at].start < sentence.end:
        start = layout.clauses[at].start
        if start > sentence.start and (text[start - 1] in ";；" or _opens(text, start, sentence.end, text[cuts[-1] : start])):
            cuts.append(start)
        at += 1
    return [_trim(text, Span(a, b)) for a, b in zip(cuts, [*cuts[1:], sentence.end], strict=True)]


def _opens(text: str, start: int, end: int, before: str) -> bool:
    """Whether a clause begins a commitment of its own; what stands before must be one already, not a mere time."""
    if len(re.findall(r"[\u4e00-\u9fff]", before)) < _MIN_HAN or not re.search(r"[\u4e00-\u9fff]{5,}", _LABEL.sub("", before)):
        return False
    return any(row.id == "opens" and pattern.match(text, start, end) for row, pattern in rows("commitments"))


def _trim(text: str, span: Span) -> Span:
    start, end = span
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    while start < end and text[start] in " \n\t,，;；。":
        start += 1
    while end > start and text[end - 1] in " \n\t,，;；。:：!":
        end -= 1
    return Span(start, max(start, end))


def _has_substance(text: str, span: Span) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", text[span.start : span.end])) >= _MIN_HAN


def _cued(text: str, span: Span, cue: str) -> bool:
    stretch = text[span.start : span.end]
    return any(row.id == cue and pattern.search(stretch) for row, pattern in rows("commitments"))


def _is_announced(text: str, span: Span) -> bool:
    return _cued(text, span, "announces")


def _is_state(text: str, span: Span) -> bool:
    """Whether a sentence of a plan section tells how things stand (目前,…已成形) rather than what will be done."""
    return _cued(text, span, "state") and not _is_announced(text, span)


def _promise(text: str, span: Span) -> Promise:
    actor = _ACTOR.search(text, span.start, min(span.end, span.start + 24))
    strength: Strength = "firm"
    if _cued(text, span, "aim"):
        strength = "aim"
    elif _cued(text, span, "explore"):
        strength = "explore"
    return Promise(span, Span(*actor.span()) if actor else None, strength)
