"""Sections: headings and cues to a tree of parts with roles, and the marks of their labels.

A text is first cut into letters (a web page may print two answers to one citizen), each letter into its opening, its
body and its closing; the body is divided by numbered headings, by the turns its sentences take, and by its run-in
enumerations. Whatever the text is, the parts tile it.

Ids are paths of positions. Position 0 is what goes before the first counted part of its level: the opening of the
reply, or the heading and lead-in of a section that has sub-sections; so in most replies 2.4.1 is 二、(四) 一是.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from replyparse.frame import Letter, between, letters, to_citizen
from replyparse.headings import Heading, RunIn, enumerations, enumerators, headings
from replyparse.lines import Layout
from replyparse.mark import Clue, Mark
from replyparse.outline import Outline, Part
from replyparse.record import Role, Span
from replyparse.roles import CARRIED, Flow, Mode, Turn, flow, title_role, turns

__all__ = ["Outline", "Part", "divide"]

_DEEPEST = 5
_FRAME = Clue("frame of the letter")


@dataclass(slots=True)
class _Node:
    """A part while it is being built."""

    span: Span
    role: Role
    level: int = 0
    label: Span | None = None
    heading: Span | None = None
    title: str | None = None
    lead: bool = False
    clue: Clue | None = None
    children: list[_Node] = field(default_factory=list)


def divide(layout: Layout) -> Outline:
    """Divide a text into its parts. Any text is accepted; an empty one has none."""
    if not layout.text:
        return Outline((), ())
    stream = flow(layout)
    heads = list(headings(layout.text, layout.lines))
    roots: list[_Node] = []
    for letter in letters(stream, heads):
        roots.extend(_letter(stream, letter, between(heads, *letter.body)))
    parts: list[Part] = []
    _number(layout.text, roots, None, parts)
    return Outline(tuple(parts), _labels(layout.text, heads))


def _labels(text: str, heads: list[Heading]) -> tuple[Mark, ...]:
    """The marks of all labels: of headings and, where no heading has them, of enumerations."""
    labels = {head.label_span: "sections.heading" for head in heads if head.label_span}
    starts = {span.start for span in labels}
    labels |= {span: "sections.run_in" for span in enumerators(text) if span.start not in starts}
    return tuple(Mark(span, "label", rule) for span, rule in sorted(labels.items()))


# --- the tree ----------------------------------------------------------------------------------------------------


def _letter(stream: Flow, letter: Letter, heads: list[Heading]) -> list[_Node]:
    """Opening, body and closing of one letter."""
    nodes: list[_Node] = []
    if letter.opening.start < letter.opening.end:
        nodes.append(_Node(letter.opening, "preamble", lead=True, clue=_FRAME))
    body = letter.body
    first = heads[0].start if heads else body.end
    lead = Span(body.start, first)
    citizen = to_citizen(stream.layout.text, letter.opening)
    inherited: Role = "response" if citizen else "progress"
    if stream.layout.text[lead.start : lead.end].strip():
        nodes.extend(_pieces(stream, lead, inherited, "letter", 0))
        inherited = _carried(nodes[-1].role)
    elif lead.start < lead.end:
        if nodes:
            nodes[-1].span = Span(nodes[-1].span.start, lead.end)
        else:
            nodes.append(_Node(lead, "preamble", lead=True, clue=_FRAME))
    nodes.extend(_sections(stream, heads, body.end, inherited, citizen))
    if letter.closing.start < letter.closing.end:
        nodes.append(_Node(letter.closing, "closing", clue=_FRAME))
    return nodes


def _carried(role: Role) -> Role:
    """The role that text before a list of headings hands on to headings which name none."""
    return role if role in ("next_steps", "problems", "response") else "progress"


def _sections(
    stream: Flow, heads: list[Heading], end: int, inherited: Role, citizen: bool, *, named: bool = False
) -> list[_Node]:
    """The numbered headings as sections, each holding the deeper ones that follow it.

    `named` says whether a heading above them names their role.
    """
    nodes: list[_Node] = []
    index = 0
    while index < len(heads):
        after = index + 1
        while after < len(heads) and heads[after].level > heads[index].level:
            after += 1
        stop = heads[after].start if after < len(heads) else end
        nodes.append(_section(stream, heads[index], heads[index + 1 : after], stop, inherited, citizen, named))
        index = after
    return nodes


def _section(
    stream: Flow, head: Heading, inner: list[Heading], end: int, inherited: Role, citizen: bool, below: bool
) -> _Node:
    """One heading with what stands under it; `below` says whether a heading above it names its role."""
    span = Span(head.start, end)
    own = Span(head.span.end, inner[0].start if inner else end)
    named = title_role(head.title) if head.title else None
    role = named or inherited
    asked = citizen or head.title is None or (head.title.startswith("关于") and not below)
    mode: Mode = "request" if named is None and asked else "any"
    clue = Clue("heading", head.span)
    if named is None:
        _, role, clue = turns(stream, _skip_stop(stream.layout.text, own), role, mode)[0]
    node = _Node(span, role, head.level, head.label_span, head.span, head.title, clue=clue)
    if head.title is None:
        node.heading = None
    depth = min(head.level + 1, _DEEPEST)
    front = _pieces(stream, own, role, mode, depth, whole=Span(span.start, own.end))
    if inner:
        node.children = [*front, *_sections(stream, inner, end, front[-1].role, citizen, named=named == "progress")]
    elif len(front) > 1:
        node.children = front
    else:
        node.children = front[0].children
    for child in node.children[:1]:
        child.lead = child.label is None
    return node


def _skip_stop(text: str, span: Span) -> Span:
    """The stretch without the stop and blanks that separate it from its heading."""
    start = span.start
    while start < span.end and text[start] in "。::;!? \t\n":
        start += 1
    return Span(start, span.end)


def _pieces(stream: Flow, span: Span, role: Role, mode: Mode, level: int, whole: Span | None = None) -> list[_Node]:
    """A stretch cut where its role turns; `whole` is the same stretch with the heading before it."""
    text = stream.layout.text
    body = _skip_stop(text, span) if whole else span
    items = enumerations(text, body)
    changes = turns(stream, body, role, mode, tuple(item.heading if item.last else item.span for item in items))
    begin = whole.start if whole else span.start
    bounds = [begin, *(turn.at for turn in changes[1:]), span.end]
    nodes: list[_Node] = []
    for (_, piece_role, clue), start, end in zip(changes, bounds, bounds[1:], strict=False):
        node = _Node(Span(start, end), piece_role, level, clue=clue)
        inside = items[bisect_left(items, start, key=_begin) : bisect_left(items, end, key=_begin)]
        node.children = _items(stream, node.span, piece_role, mode, level, inside)
        nodes.append(node)
    return nodes


def _begin(item: RunIn) -> int:
    return item.span.start


def _items(stream: Flow, span: Span, role: Role, mode: Mode, level: int, items: tuple[RunIn, ...]) -> list[_Node]:
    """The items of the enumerations in one piece, and the text before, between and after them."""
    nodes: list[_Node] = []
    cursor = span.start
    text = stream.layout.text
    plain = min(level + 1, _DEEPEST)
    one_line = mode == "letter" and "\n" not in text[span.start : span.end].rstrip()
    headed = one_line and any(item.title and item.level < 3 for item in items)
    for item in items:
        if item.span.start > cursor:
            between = Span(cursor, item.span.start)
            if text[between.start : between.end].strip() or not nodes:
                nodes.append(_Node(between, role, plain, lead=not nodes))
            else:
                nodes[-1].span = Span(nodes[-1].span.start, between.end)
        end = min(item.span.end, span.end)
        nodes.append(_item(stream, item, Span(item.span.start, end), role, mode))
        if headed and item.level < 3:  # a letter in one paragraph has its headings there
            nodes[-1].level = max(item.level, plain)
            nodes[-1].heading = item.heading if item.title else None
        cursor = end
    if nodes and cursor < span.end:
        if text[cursor : span.end].strip():
            nodes.append(_Node(Span(cursor, span.end), role, plain))
        else:
            last = nodes[-1]
            last.span = Span(last.span.start, span.end)
            if last.children:
                last.children[-1].span = Span(last.children[-1].span.start, span.end)
    return nodes if len(nodes) > 1 else []


def _item(stream: Flow, item: RunIn, span: Span, role: Role, mode: Mode) -> _Node:
    """One item of an enumeration, with a role of its own where its title or its text gives it one."""
    text = stream.layout.text
    named = title_role(item.title) if item.title else None
    start: Role = named or (_carried(role) if mode == "letter" else role)
    if mode == "letter" and start in ("next_steps", "problems"):
        mode = "any"  # the items of a list of plans are plans, whatever date they open with
    body = _skip_stop(text, Span(item.heading.end, span.end))
    changes = turns(stream, body, start, mode) if body.start < body.end else [Turn(body.start, start, CARRIED)]
    first = named or changes[0].role
    clue = Clue("heading", item.heading) if named else changes[0].clue
    node = _Node(span, first, _DEEPEST, item.label_span, item.heading, item.title, clue=clue)
    if len(changes) > 1:
        bounds = [span.start, *(turn.at for turn in changes[1:]), span.end]
        node.children = [
            _Node(Span(a, b), turn.role, _DEEPEST, lead=not i, clue=turn.clue)
            for i, (turn, a, b) in enumerate(zip(changes, bounds, bounds[1:], strict=False))
        ]
    return node


# --- numbering ---------------------------------------------------------------------------------------------------


def _number(text: str, nodes: list[_Node], parent: str | None, parts: list[Part]) -> None:
    """Give the nodes their ids and write them down, each before its children."""
    position = 0 if nodes and nodes[0].lead else 1
    for node in nodes:
        ident = f"{parent}.{position}" if parent else str(position)
        label = text[node.label.start : node.label.end] if node.label else None
        parts.append(Part(ident, parent, node.level, label, node.title, node.role, node.span, node.heading, node.clue))
        _number(text, node.children, ident, parts)
        position += 1
