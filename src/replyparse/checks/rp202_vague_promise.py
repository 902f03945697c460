"""A promise has neither a deadline nor a measure.

Checks: Every commitment must say until when, or how much: a date, or an amount that can be counted.

Why: Whether such a promise was kept cannot be said later. It is off unless asked for: in genuine replies most
promises are of this kind, and one alarm a sentence helps nobody.

Fires on:
    下一步，我局将进一步加强宣传引导工作。

Silent on:
    下一步，我局将于2025年底前新建站点5个。

Remedy: Add a date or an amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.record import Finding, ReplyRecord

CODE: Final = "RP202"
NAME: Final = "promise without deadline or measure"
NAME_ZH: Final = "承诺无期限、无指标"
SEVERITY: Final = "info"
ON: Final = False
ADVICE: Final = "补充完成时限或可以衡量的数量。"


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each commitment without a deadline and without target claims."""
    for promise in record.commitments:
        if promise.deadline is None and not promise.claims:
            message = "该承诺既无完成时限，也无数量指标"
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=promise.span, claims=[])
