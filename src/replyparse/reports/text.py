"""Findings for people: where, which rule, what is wrong, the place marked in its line, what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from replyparse.record import Finding, Span
from replyparse.reports import Checked, Options
from replyparse.reports.place import masked, region

_COLORS: Final = {"error": "31", "warning": "33", "info": "36"}
_BEFORE, _SHOWN = 30, 90  # columns of the line shown before the place, and in all


def render(checked: Iterable[Checked], options: Options) -> Iterator[str]:
    """Yield each finding as it comes."""
    for reply in checked:
        text = masked(reply, options)
        for finding in reply.findings:
            yield _finding(reply, finding, text, options)


def _finding(reply: Checked, finding: Finding, text: str, options: Options) -> str:
    rule, place = options.rule(finding.rule), region(reply.record, finding)

    def painted(text: str, color: str) -> str:
        return f"\x1b[{color}m{text}\x1b[0m" if options.color else text

    color = _COLORS[finding.severity]
    head = painted(f"{rule.code} {finding.severity}", color)
    lines = [
        f"{painted(_printable(reply.path), '1')}:{place.line}:{place.column}: {head} {rule.name_zh}：{finding.message}"
    ]
    if finding.span is not None:
        line, mark = _excerpt(text, finding.span)
        gutter = f"{place.line:>6}"
        lines += [f"{gutter} | {line}", f"{' ' * len(gutter)} | {painted(mark, color)}"]
    lines.append(f"{' ' * 6} = {rule.advice}")
    return "\n".join(lines) + "\n\n"


def _excerpt(text: str, span: Span) -> tuple[str, str]:
    """The line of a place, cut around it, and a line of marks to stand below it."""
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    first = start
    while first > line_start and _width(text[first - 1 : start]) <= _BEFORE:
        first -= 1
    last = first
    while last < line_end and _width(text[first : last + 1]) <= _SHOWN:
        last += 1
    lead, tail = "…" if first > line_start else "", "…" if last < line_end else ""
    shown = _printable(text[first:last])
    indent = _width(lead) + _width(_printable(text[first:start]))
    marked = max(1, _width(_printable(text[start : min(end, last)])))
    return f"{lead}{shown}{tail}", " " * indent + "^" * marked


def _printable(text: str) -> str:
    """The text without what would move the cursor or steer the terminal; each character stays one."""
    return "".join(character if character.isprintable() or character == "\u3000" else "·" for character in text)


def _width(text: str) -> int:
    """Columns of a terminal: two for a Chinese character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
