"""A plan section makes no promise.

Checks: Each part whose heading speaks of what comes next (下一步工作打算), and in replies to proposals and
suggestions each that begins with 下一步, must hold a commitment: a sentence in which somebody will do something.

Why: A section that announces plans and then has none cannot be held to anything; often its text was lost.

Fires on:
    一、办理情况
    我局召开座谈会3次。
    二、下一步工作打算
    目前形势较好。

Silent on:
    一、办理情况
    我局召开座谈会3次。
    二、下一步工作打算
    我局将新建站点5个。

Remedy: Say who will do what and until when, or leave the section out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import folded, roots, stretch
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Section

CODE: Final = "RP201"
NAME: Final = "plan section without a promise"
NAME_ZH: Final = "下一步无具体承诺"
SEVERITY: Final = "warning"
ON: Final = True
ADVICE: Final = "写明由谁、做什么、何时完成；没有安排的，删去该部分。"

_OPENS = regex(r"\s*(?:下一?步|下一?阶段|接下来)")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each plan section that holds no commitment."""
    formal = record.header.matter in {"proposal", "suggestion"}
    for section in roots(record, "next_steps"):
        if _is_bare(record, section):
            continue
        plan = section.title or (formal and _OPENS.match(folded(record), *section.span))
        last = bisect_left(record.commitments, section.span.end, key=lambda promise: promise.span.start) - 1
        promised = last >= 0 and record.commitments[last].span.end > section.span.start
        if plan and not promised:
            message = "本部分讲下一步工作，但没有一句可以对照落实的承诺"
            span = section.heading_span or section.span
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=[])


def _is_bare(record: ReplyRecord, section: Section) -> bool:
    """Whether a section is its heading alone and its text makes the next one, as in replies set in one line."""
    if section.heading_span is None or stretch(record, section.heading_span.end, section.span.end).strip("。"):
        return False
    behind = next((other for other in record.sections if other.span.start == section.span.end), None)
    if behind is None or behind.role == "closing":
        return False
    return behind.label is None or behind.level > section.level
