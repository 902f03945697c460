"""A part that a reply must have is missing.

Checks: Any reply must answer: have something besides its opening and closing, greetings and thanks. A reply to a
proposal or suggestion must account for what was done, or answer the points asked, and say what comes next. Nothing
need come next where the matter is settled (class A), cannot be met or is taken for reference (C, D), or where
points are answered one by one.

Why: Who made the proposal wants to know three things: what was done with it, what is the case, what will be done.

Fires on:
    对市政协五届三次会议第078号提案的答复
    李明委员：
    您提出的《关于发展夜间文旅经济的提案》收悉，现答复如下：
    一、工作开展情况
    2023年，全市建成夜间文旅消费集聚区8个。
    感谢您对文旅工作的关心支持。

Silent on:
    对市政协五届三次会议第078号提案的答复
    李明委员：
    您提出的《关于发展夜间文旅经济的提案》收悉，现答复如下：
    一、工作开展情况
    2023年，全市建成夜间文旅消费集聚区8个。
    二、下一步工作安排
    到2025年底，建成集聚区12个。
    感谢您对文旅工作的关心支持。

Remedy: Add the part, or give it a heading that says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import first_line, folded
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord

CODE: Final = "RP101"
NAME: Final = "missing part"
NAME_ZH: Final = "缺少必要部分"
SEVERITY: Final = "warning"
ON: Final = True
ADVICE: Final = "补写所缺部分，或为它加上能表明内容的标题。"

#: Clauses that answer nothing; and how many Chinese characters make a clause that says something.
_COURTESY = regex(
    r"收悉|收到|知悉|答复如下|回复如下|感谢|谢谢|您好|你好|欢迎|网友|支持|关心|关注|理解|监督|希望|提案|建议|代表|委员"
)
_HAN = regex(r"[\u4e00-\u9fff]")
_SUBSTANCE = 7
_ANSWERS = {"handling", "progress", "response", "problems", "next_steps"}


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each part that is missing, at the first line of the reply."""
    if not folded(record).strip():
        return
    for message in _missing(record):
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=first_line(record), claims=[])


def _missing(record: ReplyRecord) -> Iterator[str]:
    roles = {section.role for section in record.sections}
    if not roles & _ANSWERS and not _says_something(record):
        yield "没有答复内容：除开头和结尾外，未见办理情况、答复意见或下一步安排"
    if not roles & _ANSWERS or record.header.matter not in {"proposal", "suggestion"}:
        return
    if not roles & {"handling", "progress", "response"}:
        yield "未见办理情况或已做工作"
    settled = record.header.outcome in {"A", "C", "D"} or "response" in roles
    if "next_steps" not in roles and not record.commitments and not settled:
        yield "未见下一步工作安排"


def _says_something(record: ReplyRecord) -> bool:
    """Whether a clause below the title says more than greetings, thanks and receipt."""
    title = len(record.header.title or "")
    clauses = re.split(r"[,。;:!?、\n]", folded(record)[title:])
    return any(len(_HAN.findall(clause)) >= _SUBSTANCE and not _COURTESY.search(clause) for clause in clauses)
