"""Heading numbers skip, repeat or change their style within a level.

Checks: The labels of the headings and run-in items that stand side by side in one part (一、二、三、; (一)(二);
一是 二是). They must begin with one, go up by one, and be written alike (not 1、 and then 2.) where they begin
lines. Width does not matter.

Why: A gap is often a paragraph that was lost, a repetition one that was pasted twice.

Fires on:
    一、办理情况
    我局召开座谈会3次。
    三、下一步工作
    我局将新建站点5个。

Silent on:
    一、办理情况
    我局召开座谈会3次。
    二、下一步工作
    我局将新建站点5个。

Remedy: Number the headings anew, and see whether a part is missing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import folded, ordinal
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Section, Span

CODE: Final = "RP102"
NAME: Final = "heading numbers out of order"
NAME_ZH: Final = "标题序号不连续"
SEVERITY: Final = "warning"
ON: Final = True
ADVICE: Final = "重新编排序号，并检查是否遗漏或重复了段落。"

_LABEL = regex(r"(?P<head>\(|第|其)?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2}|[①-⑳])(?P<tail>.*)")
_ONE_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}

_INDENT = 12  # blanks before a heading
_DEPTH = 4  # lists that may lie in one another


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding at each label that does not follow the one before it."""
    rows: dict[tuple[str | None, int], list[Section]] = defaultdict(list)
    for section in record.sections:
        if section.label and section.level:
            rows[section.parent, section.level].append(section)
    for row in rows.values():
        labels = [(section, label) for section in row if (label := _LABEL.fullmatch(_plain(section.label or "")))]
        if len(labels) < 2:
            continue
        first, label = labels[0]
        if _number(label) != 1:
            yield _finding(first, f"序号从“{first.label}”开始，缺少前面的序号")
        # Lists may lie in one another without a level of their own: which ones are open, the innermost last.
        unfinished = [label]
        for section, label in labels[1:]:
            before, unfinished = _continued(unfinished, label)
            if message := _fault(before, label, begins_line=_begins_line(record, section)):
                yield _finding(section, message)


def _continued(
    unfinished: list[re.Match[str]], label: re.Match[str]
) -> tuple[re.Match[str] | None, list[re.Match[str]]]:
    """The label that this one comes after, None where it opens a list of its own; and the lists open behind it."""
    number = _number(label)
    if number == 1 and _number(unfinished[-1]) > 1:
        return None, [*unfinished[-_DEPTH:], label]
    for depth in range(len(unfinished) - 1, -1, -1):
        if number == _number(unfinished[depth]) + 1:
            return unfinished[depth], [*unfinished[:depth], label]
    return unfinished[-1], [*unfinished[:-1], label]


def _fault(before: re.Match[str] | None, label: re.Match[str], *, begins_line: bool) -> str | None:
    if before is None:
        return None
    was, now = _number(before), _number(label)
    if now == was:
        return f"序号“{label[0]}”重复"
    if now == was + 2:
        return f"“{before[0]}”之后缺少一个序号，直接到“{label[0]}”"
    if now != was + 1:
        return f"“{before[0]}”之后是“{label[0]}”，序号不连续"
    if begins_line and _style(before) != _style(label):
        return f"“{before[0]}”与“{label[0]}”的写法不一致"
    return None


def _begins_line(record: ReplyRecord, section: Section) -> bool:
    start = (section.heading_span or section.span).start
    return not folded(record)[max(0, start - _INDENT) : start].rpartition("\n")[2].strip()


def _number(label: re.Match[str]) -> int:
    number = label["number"]
    return ord(number) - ord("①") + 1 if "①" <= number <= "⑳" else ordinal(number)


def _style(label: re.Match[str]) -> tuple[str, str, str]:
    number = label["number"]
    kind = "1" if number.isdecimal() else "①" if "①" <= number <= "⑳" else "一"
    return label["head"] or "", kind, label["tail"]


def _plain(label: str) -> str:
    """A label folded to one width and without blanks."""
    return "".join(label.translate(_ONE_WIDTH).split())


def _finding(section: Section, message: str) -> Finding:
    start = (section.heading_span or section.span).start
    span = Span(start, start + len(section.label or ""))
    return Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=[])
