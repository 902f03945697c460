"""A target lies below the level that the reply says is reached already.

Checks: Targets that state a level (达到, 提高到, 增加到) of a metric whose actual level the reply states before, in
the same unit and scope. Amounts still to be added (新建20个) are no levels, and of what is to fall (降到, 压缩至,
控制在) a lower target is the aim.

Why: Such a target promises nothing, or one of the two figures is wrong.

Fires on:
    截至2023年底，全市城镇污水处理率达到96%。下一步，力争到2025年全市城镇污水处理率达到95%。

Silent on:
    截至2023年底，全市城镇污水处理率达到96%。下一步，力争到2025年全市城镇污水处理率达到98%。

Remedy: Check both figures, and that they measure the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.checks.amounts import exact, told
from replyparse.checks.reply import before
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord

CODE: Final = "RP108"
NAME: Final = "target below the level reached"
NAME_ZH: Final = "目标低于现有水平"
SEVERITY: Final = "warning"
ON: Final = True
ADVICE: Final = "核对目标值和现值，并确认两者口径相同。"

_LEVEL = regex(
    r"(?:达到|(?<!雷)达|提高到|提高至|提升到|提升至|增加到|增加至|增至|扩大到|扩大至|总数为|总量为|突破|稳定在|保持在)(?:了)?$"
)
_REACHED = regex(
    r"(?:达到|(?<!雷)达|现有|共有|已有|有|为|累计建成|提高到|提高至|提升到|提升至|增加到|增至|突破)(?:了)?$|率$"
)
_FALLS = regex(r"降|减|压|缩|控制|以内|以下|不超过|低于|少于")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each target below its baseline."""
    by_id = {claim.id: claim for claim in record.claims}
    for claim in record.claims:
        reached = by_id[claim.baseline] if claim.baseline else None
        if reached is None or claim.change or reached.change or claim.dimension in {"duration", "rank"}:
            continue
        if claim.scope and reached.scope and claim.scope != reached.scope:
            continue
        target, level = exact(record, claim), exact(record, reached)
        if target is None or level is None or target.value + target.slack > level.value - level.slack:
            continue
        lead = before(record, claim.span.start)
        falls = _FALLS.search(lead) or _FALLS.search(claim.metric) or _FALLS.search(before(record, reached.span.start))
        if _LEVEL.search(lead) and _REACHED.search(before(record, reached.span.start)) and not falls:
            message = f"{claim.metric}的目标 {told(target.value, target)}低于已达到的 {told(level.value, level)}"
            ids = [reached.id, claim.id]
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=claim.span, claims=ids)
