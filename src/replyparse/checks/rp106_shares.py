"""The shares of one whole exceed 100 percent.

Checks: A single share above 100 % (占比120%), and lists of shares (分别占30%、40%、45%;
国有占40%、民营占45%、外资占20%) whose sum lies above 100 % by more than their rounding. Shares of a plan or a
target may exceed it and are left alone.

Why: Parts of a whole that exceed it were counted twice or of different wholes.

Fires on:
    从来源看，企业、高校、科研院所分别占45%、40%、25%。

Silent on:
    从来源看，企业、高校、科研院所分别占45%、40%、15%。完成投资占年度计划的106.3%。

Remedy: Compute the shares again, or say that the parts overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from replyparse.checks.amounts import Amount, exact, figure
from replyparse.checks.lists import is_set
from replyparse.checks.reply import before, stretch
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Span

CODE: Final = "RP106"
NAME: Final = "shares exceed 100 %"
NAME_ZH: Final = "占比之和超过100%"
SEVERITY: Final = "error"
ON: Final = True
ADVICE: Final = "重新计算各部分占比；如果各部分有重叠，请写明。"

_SHARE = regex(r"(?:占比?|比重|比例)(?:分别|依次|约|为|达到|达|是)*$")
_SEVERAL = regex(r"(?:分别占|占比分别|比重分别|比例分别)[^,。;]*$")
_DIVIDES = regex(r"从[^,。;]{1,8}看|按[^,。;]{1,8}(?:分|划分|计)|构成|结构|组成|其余")
_MARKS = regex(r"[、,和及与]")
_NEXT = regex(r"[、,和及与]+")
_NEXT_NAMED = regex(r"[、,;和及与]+(?P<label>[^,。;、\d占]{1,12})(?:占比?|比重|比例)(?:约|为|达到|达|是)*")
_OF_PLAN = regex(r"计划|任务|目标|预算|去年|上年|同期")
_BEHIND = regex(r"(?P<label>[^,。;、\d占]{1,12})(?:占比?|比重|比例)(?:约|为|达到|达|是)*$")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each share, or list of shares, above 100 percent."""
    at = 0
    while at < len(record.claims):
        shares = _shares(record, at)
        at += max(1, len(shares))
        total = sum((share.value for share in shares), Decimal(0))
        if total <= 100 + sum(share.slack for share in shares):
            continue
        terms = "" if len(shares) == 1 else f"（{' + '.join(f'{share.value:f}%' for share in shares)}）"
        span = Span(shares[0].claim.span.start, shares[-1].claim.span.end)
        message = f"占比合计 {figure(total, 2)}%{terms}，超过 100%"
        ids = [share.claim.id for share in shares]
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=ids)


def _shares(record: ReplyRecord, at: int) -> list[Amount]:
    """The shares of one whole that begin with claim `at`; [] when it is none."""
    claim = record.claims[at]
    if claim.unit != "%" or claim.change or claim.kind == "standard" or (first := exact(record, claim)) is None:
        return []
    lead = before(record, first.claim.span.start)
    if not _SHARE.search(lead) or _OF_PLAN.search(lead):
        return []
    several = _SEVERAL.search(lead) is not None
    named = _BEHIND.search(lead)
    shares, labels = [first], [named["label"] if named else ""]
    for claim in record.claims[at + 1 :]:
        share = exact(record, claim)
        gap = stretch(record, shares[-1].claim.span.end, claim.span.start)
        joins = (_NEXT if several else _NEXT_NAMED).fullmatch(gap)
        if share is None or claim.unit != "%" or joins is None:
            break
        shares.append(share)
        labels += [] if several else [joins["label"]]
    names = _MARKS.split(lead) if several else labels
    # Kinds may overlap (高新技术产业, 战略性新兴产业), unless the text divides a whole into them.
    divided = _DIVIDES.search(before(record, first.claim.span.start, sentence=True)) or is_set(names)
    return shares if divided else shares[:1]
