"""The same metric, scope and period has two different values.

Checks: Claims about what is, of the same metric, scope, period and unit, whose sentences, two different ones, both
print scope and period. Amounts that differ only by their rounding agree (4.47亿元, 4.5亿元), parts of a whole and
amounts of change are not compared.

Why: One of the two figures is wrong or of another time, and whoever quotes the reply picks one by chance.

Fires on:
    2023年，全市技术合同成交额达到4.47亿元。一是搭建平台。2023年，全市技术合同成交额4.74亿元。

Silent on:
    2023年，全市技术合同成交额达到4.47亿元。2022年，全市技术合同成交额3.9亿元。

Remedy: Give one value, or say in what the two differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.checks.amounts import Amount, exact, told
from replyparse.checks.reply import printed
from replyparse.record import Claim, Finding, ReplyRecord

CODE: Final = "RP105"
NAME: Final = "two values for the same thing"
NAME_ZH: Final = "同一指标前后不一"
SEVERITY: Final = "warning"
ON: Final = False
ADVICE: Final = "统一两处数值，或写明两者口径的不同。"

#: A metric of fewer characters names a kind of thing (学校, 项目), not one quantity.
_NAMING = 4
#: What a percentage is of, where its metric is one itself; else it is of something that has an amount (工资的60%).
_RATIOS = ("率", "比", "比重", "比例")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding at each later claim that contradicts the first of its kind."""
    first: dict[tuple[object, ...], Amount] = {}
    parts = {claim.part_of for claim in record.claims}
    for claim in record.claims:
        key = _key(claim)
        amount = exact(record, claim) if key and claim.id not in parts and _prints(record, claim) else None
        if amount is None or key is None:
            continue
        earlier = first.setdefault(key, amount)
        if earlier.claim.sentence == claim.sentence:
            continue
        if abs(earlier.value - amount.value) > earlier.slack + amount.slack:
            message = f"{claim.metric}前文为 {told(earlier.value, earlier)}，此处为 {told(amount.value, amount)}"
            ids = [earlier.claim.id, claim.id]
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=claim.span, claims=ids)


def _key(claim: Claim) -> tuple[object, ...] | None:
    """What must agree for two claims to speak of one quantity; None where the claim leaves some of it open."""
    if claim.kind != "actual" or claim.change or claim.part_of or len(claim.metric) < _NAMING:
        return None
    if claim.period is None or claim.scope is None or claim.dimension == "rank":
        return None
    if claim.dimension == "ratio" and not claim.metric.endswith(_RATIOS):
        return None
    return claim.metric, claim.scope, claim.period.start, claim.period.end, claim.unit


def _prints(record: ReplyRecord, claim: Claim) -> bool:
    """Whether the sentence of a claim itself says where and when, not only one before it."""
    sentence = printed(record, claim.sentence)
    period = "".join(claim.period.text.split()) if claim.period else ""
    return (claim.scope or "") in sentence and period in sentence
