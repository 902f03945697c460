"""What a part of a reply is for: the roles that titles, sentences and the reply's own formulas speak of.

The knowledge is in `data/headings.yaml`; here is only how it is applied.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from replyparse import phrases
from replyparse.knowledge import Pattern, Row, cached, load
from replyparse.lines import Layout
from replyparse.mark import Clue
from replyparse.patterns import regex
from replyparse.record import Role, Span

#: Where a text stands: under a numbered heading, under one that names a request (关于…的建议), under none.
Mode = Literal["any", "request", "letter"]
_MODES: tuple[Mode, ...] = ("any", "request", "letter")


#: The clue of a role that goes on from the text before.
CARRIED = Clue("carried on")


class Turn(NamedTuple):
    """A place from which on the text has a role, and what gave it."""

    at: int
    role: Role
    clue: Clue


class TitleCue(Row):
    """What a heading says about the role of its section."""

    role: Role
    pattern: Pattern


class TurnCue(Row):
    """A beginning at which the text turns to `role`, held against a clause, a sentence or a paragraph."""

    role: Role
    at: Literal["clause", "sentence", "paragraph"]
    mode: Mode
    pattern: Pattern
    again: bool = False  # it may speak after the answer has begun, of the handling or of a dated plan


class Formula(Row):
    """A formula of the letter itself: what opens it, what closes it."""

    pattern: Pattern


@cached
def title_cues() -> tuple[TitleCue, ...]:
    """The rows of `titles`, in the order in which they are asked."""
    return load("headings", "titles", TitleCue)


Search = Callable[[str], re.Match[str] | None]


@cached
def turn_cues(mode: Mode) -> tuple[tuple[TurnCue, Search], ...]:
    """The rows of `turns` that are heard in such a text, in the order in which they are asked.

    What counts anywhere counts under a request, and that in a letter.
    """
    heard = _MODES[: _MODES.index(mode) + 1]
    rows = load("headings", "turns", TurnCue)
    return tuple((row, phrases.search(row.pattern)) for row in rows if row.mode in heard)


@cached
def clause_cues(mode: Mode) -> tuple[tuple[TurnCue, Search], ...]:
    """Those of them that also turn the text at a clause inside a sentence."""
    return tuple((row, search) for row, search in turn_cues(mode) if row.at == "clause")


@cached
def formulas(table: str) -> tuple[Formula, ...]:
    """The rows of `openings`, `answers`, `receipts`, `forwards` or `closings`."""
    return load("headings", table, Formula)


def title_role(title: str) -> Role | None:
    """The role a heading names, or None when it names a topic.

    >>> title_role("下一步工作打算"), title_role("存在的困难"), title_role("加强部门政策衔接")
    ('next_steps', 'problems', None)
    """
    words = re.sub(r"[\s。::]+", "", title)
    return next((cue.role for cue in title_cues() if phrases.search(cue.pattern)(words)), None)


# --- units -------------------------------------------------------------------------------------------------------

_CLAUSE = 120  # a clause's cue stands in its first characters
_GAP = regex(r"[ \t]{2,}")
_FINAL = "。!?:;”)）】日\n"


class Unit(NamedTuple):
    """A sentence, or what wide blanks set apart as one; `opens` where it begins a paragraph."""

    span: Span
    opens: bool


class Flow(NamedTuple):
    """The units of a text in order; they tile it."""

    layout: Layout
    units: tuple[Unit, ...]
    starts: tuple[int, ...]

    def within(self, span: Span) -> Iterator[Unit]:
        """The units of a stretch; the first is cut to begin with it."""
        index = bisect_left(self.starts, span.start)
        if (
            index
            and (index == len(self.starts) or self.starts[index] > span.start)
            and self.units[index - 1].span.end > span.start
        ):
            head = self.units[index - 1].span
            yield Unit(Span(span.start, min(head.end, span.end)), True)
        while index < len(self.units) and self.starts[index] < span.end:
            unit = self.units[index]
            yield unit if unit.span.end <= span.end else Unit(Span(unit.span.start, span.end), unit.opens)
            index += 1


def flow(layout: Layout) -> Flow:
    """Cut a text into units: sentences, and stretches that two or more blanks set apart."""
    text = layout.text
    lines = {line.start for line in layout.lines}
    units: list[Unit] = []
    for sentence in layout.sentences:
        cuts = [
            m.end()
            for m in _GAP.finditer(text, sentence.start, sentence.end)
            if sentence.start < m.start() and m.end() < sentence.end
        ]
        bounds = [sentence.start, *cuts, sentence.end]
        for start, end in pairwise(bounds):
            if start < end:
                units.append(Unit(Span(start, end), _opens(text, start, lines)))
    return Flow(layout, tuple(units), tuple(unit.span.start for unit in units))


def _opens(text: str, start: int, lines: set[int]) -> bool:
    if start in lines:
        return True
    if text.startswith(("  ", "\t"), start):
        return True
    before = text[max(0, start - 60) : start]
    return before.endswith(("  ", "\t")) and before.rstrip()[-1:] in _FINAL


# --- turns -------------------------------------------------------------------------------------------------------

#: Under a numbered heading a role changes only in these ways; a plan section stays one.
_UNDER_HEADING: dict[Role, frozenset[Role]] = {
    "handling": frozenset({"next_steps", "problems", "response"}),
    "progress": frozenset({"next_steps", "problems", "response"}),
    "response": frozenset({"next_steps", "problems", "progress"}),
    "problems": frozenset({"next_steps", "response"}),
    "next_steps": frozenset(),
}


class _Context(NamedTuple):
    """What the role of a sentence depends on besides its words: the role before it with its clue, and its place."""

    state: Role
    clue: Clue
    mode: Mode
    opens: bool  # the sentence begins a paragraph
    fresh: bool  # nothing of the stretch stands before it
    within: bool  # it goes on in a paragraph that the stretch holds from its beginning


def turns(
    stream: Flow, span: Span, role: Role, mode: Mode, skip: tuple[Span, ...] = (), clue: Clue = CARRIED
) -> list[Turn]:
    """Where the role of a stretch changes, from its start on, the first turn always there.

    `skip` are stretches that answer for themselves, the items of an enumeration; `clue` is what gave it `role`.
    """
    text = stream.layout.text
    first = span.start + len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip())
    found = [Turn(span.start, role, clue)]
    fresh, topic, reported = True, False, False
    for unit in _answering(stream, span, skip):
        within = not unit.opens and not fresh and not reported
        context = _Context(found[-1].role, found[-1].clue, mode, unit.opens or fresh, fresh, within)
        for turn in _unit_turns(stream, unit, context):
            if turn.at <= first:
                found = [turn._replace(at=span.start)]
            elif turn.role != found[-1].role and topic and turn.at == unit.span.start:
                found[-1] = turn._replace(at=found[-1].at)
            elif turn.role != found[-1].role:
                found.append(turn)
        sentence = text[unit.span.start : unit.span.end].strip()
        fresh, topic = False, _is_topic(sentence)
        reported = topic and "建议" not in sentence  # a proposal is answered, a problem reported on
    return found


_TOPIC = regex(r"(?:\d{1,2}\.\s?)?(?:关于|针对)[^。!?]{2,80}(?:问题|建议|诉求|意见|情况)[。:]")


def _is_topic(sentence: str) -> bool:
    """Whether a sentence only names what the next one speaks of, and so has the role of that."""
    return bool(_TOPIC.fullmatch(sentence))


def _answering(stream: Flow, span: Span, skip: tuple[Span, ...]) -> Iterator[Unit]:
    """The units of a stretch that say something and do not begin in what is skipped."""
    passed = 0
    for unit in stream.within(span):
        start, end = unit.span
        while passed < len(skip) and skip[passed].end <= start:
            passed += 1
        inside = passed < len(skip) and skip[passed].start <= start
        if not inside and stream.layout.text[start:end].strip():
            yield unit


def _unit_turns(stream: Flow, unit: Unit, context: _Context) -> Iterator[Turn]:
    """The role of a unit, and the turns at clauses inside it."""
    start = _first_character(stream, unit.span)
    text = stream.layout.text[start : unit.span.end].rstrip()
    named = _line_title(stream, unit, text) if context.mode == "letter" else None
    if named:
        turn = Turn(start, named, Clue("heading", Span(start, start + len(text))))
    else:
        turn = _sentence_turn(text, start, context)
    yield turn._replace(at=unit.span.start)
    for at in _clause_starts(stream, unit):
        clause = Span(at, min(at + _CLAUSE, unit.span.end))
        start = _first_character(stream, clause)
        turned = _clause_turn(stream.layout.text[start : clause.end], start, turn.role, context.mode)
        if turned is not None and turned.role != turn.role:
            turn = turned._replace(at=at)
            yield turn


def _first_character(stream: Flow, span: Span) -> int:
    """Where a stretch begins behind the blanks at its start."""
    text = stream.layout.text[span.start : span.end]
    return span.start + len(text) - len(text.lstrip())


def _clause_turn(text: str, start: int, state: Role, mode: Mode) -> Turn | None:
    """The turn at a clause inside a sentence: to plans, or from the handling to what was found."""
    for cue, search in clause_cues(mode):
        if not _may_follow(state, cue.role, mode) or (cue.role == "progress" and state != "handling"):
            continue
        if match := search(text):
            return Turn(start, cue.role, _cued(cue, match, start))
    return None


_LABELLED = regex(r"([㐀-鿿]{2,10}):(?=.)")


def _line_title(stream: Flow, unit: Unit, text: str) -> Role | None:
    """The role that an unnumbered heading names: a short line by itself, without a stop."""
    label = _LABELLED.match(text) if unit.opens else None
    if label:
        return title_role(label.group(1))
    alone = unit.opens and stream.layout.text[unit.span.end - 1 : unit.span.end] == "\n"
    return title_role(text) if alone and len(text) <= 20 and not re.search(r"[。,;!?]", text) else None


def _clause_starts(stream: Flow, unit: Unit) -> Iterator[int]:
    index = stream.layout.clause_index(unit.span.start) + 1
    clauses = stream.layout.clauses
    while index < len(clauses) and clauses[index].start < unit.span.end:
        yield clauses[index].start
        index += 1


def _may_follow(state: Role, role: Role, mode: Mode) -> bool:
    return mode == "letter" or role in _UNDER_HEADING.get(state, frozenset())


def _sentence_turn(text: str, start: int, context: _Context) -> Turn:
    """The role of a sentence: of the first cue that may speak here, else the role of the text before it."""
    for cue, search in turn_cues(context.mode):
        if _speaks(cue, context) and (match := search(text)):
            return Turn(start, cue.role, _cued(cue, match, start))
    if context.mode == "letter" and context.state == "handling" and not context.within:
        return Turn(start, "progress", Clue("a paragraph after the handling"))
    if (
        context.mode == "letter"
        and context.state == "problems"
        and context.opens
        and context.clue.how == "sentence cue"
    ):
        return Turn(start, "progress", Clue("a paragraph after a difficulty"))
    return Turn(start, context.state, context.clue)


def _cued(cue: TurnCue, match: re.Match[str], start: int) -> Clue:
    return Clue(f"{cue.at} cue", Span(start + match.start(), start + match.end()))


def _speaks(cue: TurnCue, context: _Context) -> bool:
    """Whether a cue that is heard in such a text counts at this place of it.

    A letter tells first how the matter was handled, so later visits are work done; and a plan, a list of
    difficulties or an answer to a request is not broken off by 目前 inside its paragraph, nor an answer by 拟.
    """
    if cue.at == "paragraph" and not context.opens:
        return False
    if context.mode != "letter":
        if cue.role == "progress" and context.state == "response":
            return context.opens and not (cue.at == "paragraph" and context.fresh)
        return cue.role == context.state or _may_follow(context.state, cue.role, context.mode)
    if cue.role == "handling":
        return context.fresh or context.state == "handling" or (cue.again and context.state == "progress")
    if cue.role == "response" and cue.mode == "request" and context.state == "problems" and context.within:
        return False  # what is hard to do is told of a difficulty, and answers nobody
    answers = context.state == "response" and not context.within
    if cue.role == "next_steps" and cue.mode == "letter" and context.state == "response":
        return context.opens or answers or context.clue is CARRIED or cue.again
    if cue.role == "progress":
        return context.opens or context.state not in ("next_steps", "problems", "response") or answers
    return True
