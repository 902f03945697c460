"""Promises about the future: the clauses in which the agency says what it, or those it answers for, will do.

A commitment runs from its first word to where the next one begins or its sentence ends. In plan sections every
sentence with a verb is one; elsewhere a cue must say so (我局将…, 拟…, 力争…). What only leads up to a promise is no
part of it: 下一步, the request it answers, and outside the plan section the account before it. Headings promise
nothing, save run-in ones that do in so many words (四是探索…机制).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from replyparse.cues import openings, pattern, said
from replyparse.lines import Layout
from replyparse.outline import Outline
from replyparse.patterns import regex
from replyparse.record import Role, Span

Strength = Literal["firm", "aim", "explore"]


class Promise(NamedTuple):
    """One commitment on the shadow text; `actor` is the span of the subject where one is printed."""

    span: Span
    actor: Span | None
    strength: Strength


_LABEL = regex(
    r"\s*(?:[一二三四五六七八九十]{1,3}是|(?:第[一二三四五六七八九十]|首先|其次|再次|最后|其[一二三四])[,、]?"
    r"|\(?[一二三四五六七八九十\d]{1,3}(?:\)、?|[、.](?!\d))|[①-⑳])\s*"
)
_RUN_IN = regex(r"\s*(?:[一二三四五六七八九十]{1,3}是|其[一二三四])")
_MARKS = " \n\t,;。:!?"
_HAN = regex(r"[㐀-鿿]")
_MIN_HAN = 5
_SUBJECT_WITHIN = 24


def find(
    layout: Layout, outline: Outline, is_request: Callable[[int], bool], ahead: Sequence[Span] = ()
) -> list[Promise]:
    """All commitments of a reply, in text order; `ahead` are the times after the signing since when something holds."""
    titles, role_at = sorted(part.heading for part in outline.parts if part.heading), outline.role_at
    announced = sorted([*openings("commitments", "announces", layout.text), *(time.start for time in ahead)])
    promises = []
    for sentence in layout.sentences:
        said = bisect_left(announced, sentence.start) < bisect_left(announced, sentence.end)
        if not said and "next_steps" not in outline.roles_in(sentence):
            continue  # most sentences: they tell of what was done
        if role_at(_first_character(layout.text, sentence)) == "closing":
            continue
        for spoken in _spoken(layout.text, sentence, titles):
            for stretch in _stretches(layout, spoken):
                promise = _read(layout, stretch, role_at(stretch.start), is_request, ahead)
                if promise:
                    promises.append(promise)
    return promises


def _read(
    layout: Layout, stretch: Span, role: Role, is_request: Callable[[int], bool], ahead: Sequence[Span]
) -> Promise | None:
    """The promise that a stretch makes, without what leads up to it; None where it makes none."""
    if role in {"preamble", "closing"} or _matched(layout.text, stretch, "courtesy"):
        return None
    planned = role == "next_steps" and not _cued(layout.text, stretch, "state")
    begins = next((time.start for time in ahead if time.within(stretch)), None)
    announced = _told(layout, stretch, "announces")
    begins = None if _cued(layout.text, stretch, "state") else begins
    if not planned and not announced and begins is None:
        return None
    start = _beginning(layout, stretch, role == "next_steps", is_request)
    if begins is not None and not planned and not announced:
        start = layout.clause_at(begins).start
    span = _trim(layout.text, Span(start, stretch.end))
    if not _has_substance(layout.text, span) or is_request(span.start):
        return None
    return Promise(span, _actor(layout.text, span), _strength(layout, span))


def _first_character(text: str, span: Span) -> int:
    stripped = text[span.start : span.end].lstrip()
    return min(span.end - len(stripped), max(span.start, span.end - 1))


# --- where a commitment begins and ends --------------------------------------------------------------------------


def _spoken(text: str, sentence: Span, titles: list[Span]) -> Iterator[Span]:
    """The sentence without the headings in it; a run-in heading that promises stays."""
    cursor = sentence.start
    index = bisect_left(titles, sentence.start, key=lambda title: title.end)
    while index < len(titles) and titles[index].start < sentence.end:
        title = titles[index]
        index += 1
        if title.start < cursor or (_RUN_IN.match(text, title.start) and _promises(text, title)):
            continue
        if cursor < title.start:
            yield Span(cursor, title.start)
        cursor = min(title.end, sentence.end)
    if cursor < sentence.end:
        yield Span(cursor, sentence.end)


def _promises(text: str, title: Span) -> bool:
    """Whether a run-in heading is a promise by itself; one with its label alone is no heading in this sense."""
    label = _LABEL.match(text, title.start, title.end)
    body = Span(label.end() if label else title.start, title.end)
    return body.start >= body.end or any(_cued(text, body, cue) for cue in ("opens", "aim", "explore"))


def _stretches(layout: Layout, spoken: Span) -> Iterator[Span]:
    """What is said, cut where a new commitment begins: at semicolons and before clauses that open a plan."""
    text = layout.text
    cuts = [spoken.start]
    said_something = False
    for clause in _clauses(layout, spoken):
        said = _trim(text, clause)
        parted = clause.start > spoken.start and text[clause.start - 1] == ";"
        if parted or (said_something and (_matched(text, said, "courtesy") or _opens(text, clause))):
            cuts.append(clause.start)
            said_something = False
        said_something = said_something or _speaks(text, said)
    for start, end in zip(cuts, [*cuts[1:], spoken.end], strict=True):
        span = _trim(text, Span(start, end))
        if span.start < span.end:
            yield span


def _clauses(layout: Layout, span: Span) -> Iterator[Span]:
    """The clauses of a stretch, cut to it."""
    index = layout.clause_index(span.start)
    while index < len(layout.clauses) and layout.clauses[index].start < span.end:
        clause = layout.clauses[index]
        yield clause if clause.within(span) else Span(max(clause.start, span.start), min(clause.end, span.end))
        index += 1


def _opens(text: str, clause: Span) -> bool:
    """Whether a clause begins a commitment of its own, where something has been said before it."""
    return _matched(text, clause, "opens") and not _matched(text, clause, "part")


def _speaks(text: str, clause: Span) -> bool:
    """Whether a clause can be a commitment, no mere time, manner or topic of the next one."""
    return _has_substance(text, clause) and not _leads(text, clause) and not _matched(text, clause, "topic")


def _leads(text: str, clause: Span) -> bool:
    """Whether a clause only says when, how or on what ground the next one holds."""
    return any(_matched(text, clause, cue) for cue in ("later", "time", "manner"))


def _beginning(layout: Layout, stretch: Span, planned: bool, is_request: Callable[[int], bool]) -> int:
    """Where the promise of a stretch begins: after 下一步 and what is asked, and after the account before it."""
    text = layout.text
    start = stretch.start
    for clause in _clauses(layout, stretch):
        said = _trim(text, clause)
        if said.start >= said.end:
            continue
        asked = is_request(said.start) or _matched(text, said, "topic")
        if asked or _matched(text, said, "later"):
            start = clause.end
        elif not _leads(text, said):
            if planned or _cued(text, said, "announces"):
                break
            start = clause.end
    return start if start < stretch.end else stretch.start


def _trim(text: str, span: Span) -> Span:
    start, end = span
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return Span(start, max(start, end))


def _has_substance(text: str, span: Span) -> bool:
    return len(_HAN.findall(text, span.start, span.end)) >= _MIN_HAN


# --- what is said of it ------------------------------------------------------------------------------------------


def _cued(text: str, span: Span, cue: str) -> bool:
    return said("commitments", cue, text[span.start : span.end])


def _matched(text: str, span: Span, cue: str) -> bool:
    """Whether a stretch begins with the cue."""
    return pattern("commitments", cue).match(text[span.start : span.end].lstrip()) is not None


def _strength(layout: Layout, span: Span) -> Strength:
    """How firmly it is said, by its verbs; what is told of a part (其中争取上级资金…) does not count."""
    for strength in ("aim", "explore"):
        if _told(layout, span, strength):
            return strength
    return "firm"


def _told(layout: Layout, span: Span, cue: str) -> bool:
    """Whether a clause of a stretch has the cue, apart from those that tell of a part."""
    clauses = (_trim(layout.text, said) for said in _clauses(layout, span))
    return any(_cued(layout.text, said, cue) and not _matched(layout.text, said, "part") for said in clauses)


def _actor(text: str, span: Span) -> Span | None:
    """Who will do it, where one stands as subject: at the beginning, after a time, or after 由."""
    stretch = text[span.start : min(span.end, span.start + _SUBJECT_WITHIN)]
    found = pattern("commitments", "actor").search(stretch)
    return Span(span.start + found.start(), span.start + found.end()) if found else None
