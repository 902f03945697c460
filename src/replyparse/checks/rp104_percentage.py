"""A percentage does not follow from the amounts given beside it.

Checks: Growth between two levels (由A增至B,增长C%), the share of a part in the whole it is counted from
(164家,其中国家级 16家,占比9.8%), and rates named after what was counted (受理125件,办结120件,办结率96%). The
amounts may lie anywhere within the rounding of their printed digits, and the percentage a whole last digit off,
since many round down.

Why: Readers quote the percentage and take it for computed; a wrong one is found by anybody with a calculator.

Fires on:
    全市孵化载体由2020年的120家增加到150家，增长35%。

Silent on:
    全市孵化载体由2020年的120家增加到150家，增长25%。今年共受理投诉125件，办结120件，办结率96%。

Remedy: Compute the percentage again, or name the amounts that it is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.checks import growth
from replyparse.checks.amounts import Amount, all_exact, figure, told
from replyparse.checks.reply import before, stretch
from replyparse.patterns import regex
from replyparse.record import Claim, Finding, ReplyRecord, Span

CODE: Final = "RP104"
NAME: Final = "percentage does not follow from the amounts"
NAME_ZH: Final = "百分比与数额不符"
SEVERITY: Final = "error"
ON: Final = True
ADVICE: Final = "按文中的数额重算百分比，或写明百分比的计算基数。"

#: Between a part of a whole and its share: ,占比9.8%. A whole that is named anew (占全省的) is another one.
_SHARE = regex(r"[,(](?:占比|占总数的?|占总量的?|占总额的?|占其总数的?)(?:达到|达|为|约)*")
_OF = regex(r"[,(:;]?其中[,:]?[^,。;\d]*")
#: Between what was counted and its rate: ,办结率96%.
_RATE = regex(r"[,、(](?P<done>[^,。;、\d各总年月]{2,4})率(?:达到|达|为|是)*")
#: Before the part, these say that it is counted of something else than the amount before it, or that the rate behind
#: may be that of the whole: 审结6517件,其中调解结案4431件,结案率95%.
_DIFFERENT_WHOLE = regex(r"其中|应|计划|任务|目标|同比|平均|均")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each percentage that its amounts do not make."""
    for step in growth.find(record):
        if not step.follows() and not step.slipped():
            levels = f"{told(step.start.value, step.start)}到 {told(step.end.value, step.end)}"
            message = (
                f"由 {levels}，{step.verb}应为 {figure(step.actual())}%，文中为 {told(step.stated.value, step.stated)}"
            )
            span = Span(step.start.claim.span.start, step.stated.claim.span.end)
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=step.claims())
    for whole, part, stated in zip(record.claims, record.claims[1:], record.claims[2:], strict=False):
        amounts = all_exact(record, (whole, part, stated)) if _speaks_of(record, whole, part, stated) else None
        if amounts and not _follows(*amounts):
            of, share, said = amounts
            terms = f"{told(share.value, share)} ÷ {told(of.value, of)}"
            right = figure(share.value / of.value * 100)
            message = f"{terms} = {right}%，文中为 {told(said.value, said)}"
            ids = [amount.claim.id for amount in amounts]
            span = Span(whole.span.start, stated.span.end)
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=ids)


def _speaks_of(record: ReplyRecord, whole: Claim, part: Claim, stated: Claim) -> bool:
    """Whether a percentage is plainly that of the part in the whole."""
    if stated.unit != "%" or whole.unit != part.unit or whole.dimension in {"ratio", "rank", "duration"}:
        return False
    if stated.change or part.change or whole.change or not whole.value or (part.value or 0) > whole.value:
        return False
    between = stretch(record, whole.span.end, part.span.start)
    behind = stretch(record, part.span.end, stated.span.start)
    if part.part_of == whole.id and _OF.fullmatch(between) and _SHARE.fullmatch(behind):
        return True
    rate = _RATE.fullmatch(behind)
    if rate is None or "。" in between or ";" in between or _DIFFERENT_WHOLE.search(between):
        return False
    # 受理125件,办结120件,办结率: the rate is named after what was done with the last of the two.
    done = before(record, part.span.start)
    return rate["done"] in done and rate["done"] not in before(record, whole.span.start)


def _follows(whole: Amount, part: Amount, stated: Amount) -> bool:
    low = (part.value - part.slack) / (whole.value + whole.slack) * 100
    high = (part.value + part.slack) / max(whole.value - whole.slack, whole.step) * 100
    return low - stated.step <= stated.value <= high + stated.step
