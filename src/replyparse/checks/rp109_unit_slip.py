"""An amount is told in the wrong unit: 亿元 where the text shows that 万元 is meant.

Checks: Lists beside their total in which one amount, told in the next unit (a factor of 10,000), makes the list add
up, or a part that is a thousand times its whole. Two levels with a growth (由A增至B,增长C%) of which one, told in
the next unit, makes the growth right.

Why: 万 for 亿 is the commonest slip of the pen in amounts, and it changes them ten thousand times.

Fires on:
    2023年全县投入资金1.2亿元，其中县级财政投入3500亿元。

Silent on:
    2023年全县投入资金1.2亿元，其中县级财政投入3500万元。

Remedy: Look at the units of the amounts that are named together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.checks import growth, lists
from replyparse.checks.amounts import told
from replyparse.record import Finding, ReplyRecord

CODE: Final = "RP109"
NAME: Final = "amount in the wrong unit"
NAME_ZH: Final = "疑似单位错误"
SEVERITY: Final = "error"
ON: Final = True
ADVICE: Final = "核对该数的单位是“万”还是“亿”。"


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each amount that the text itself shows to be told in the wrong unit."""
    for found in lists.find(record):
        slipped = found.slip()
        if slipped:
            others = "、".join(
                told(amount.value, amount) for amount in (found.whole, *found.parts) if amount is not slipped
            )
            message = f"{told(slipped.value, slipped)}与同列的 {others}相差悬殊，单位疑有误"
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=slipped.claim.span, claims=found.claims())
    for step in growth.find(record):
        if step.slipped():
            levels = f"{told(step.start.value, step.start)}和 {told(step.end.value, step.end)}"
            message = f"{levels}相差悬殊，与所称{step.verb} {told(step.stated.value, step.stated)}不符，单位疑有误"
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=step.end.claim.span, claims=step.claims())
