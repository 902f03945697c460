"""The parts of a total make more or less than the total.

Checks: Lists that stand beside their total (共164家,其中国家级16家、省级62家、市级86家; 分别为; …共计). Their sum
must be the total, up to what rounding explains, when the list claims to be complete: by 分别, by 其余, by a total
behind it, or because its parts leave nothing out (国家级、省级、市级; 男、女). A list that names only some parts
may not make more.

Why: A sum that does not add up shows that one of its figures is wrong, and nobody can tell which.

Fires on:
    全市技术转移示范机构达到164家，其中国家级16家、省级62家、市级80家。

Silent on:
    全市技术转移示范机构达到164家，其中国家级16家、省级62家。

Remedy: Compare each part and the total with the source, or say what the list leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.checks import lists
from replyparse.checks.amounts import told
from replyparse.record import Finding, ReplyRecord, Span

CODE: Final = "RP103"
NAME: Final = "parts do not add up to their total"
NAME_ZH: Final = "部分与总数不符"
SEVERITY: Final = "error"
ON: Final = True
ADVICE: Final = "逐项核对各部分和总数；如果列举不全，请写明其余部分。"


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each list that does not make its total."""
    for found in lists.find(record):
        gap = found.sum - found.whole.value
        wrong = abs(gap) > found.slack if found.complete else found.alike and gap > found.slack
        if not wrong or found.slip():
            continue
        whole, difference = told(found.whole.value, found.whole), told(abs(gap), found.whole)
        if len(found.parts) == 1:
            message = f"其中一项 {told(found.sum, found.whole)}，超过总数 {whole}，多出 {difference}"
        else:
            terms = " + ".join(told(part.value, found.whole).partition(" ")[0] for part in found.parts)
            message = f"其中各项合计 {told(found.sum, found.whole)}（{terms}），与总数 {whole}相差 {difference}"
        spans = [amount.claim.span for amount in (found.whole, *found.parts)]
        span = Span(min(span.start for span in spans), max(span.end for span in spans))
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=found.claims())
