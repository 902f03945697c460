"""A promise is to be kept by a day that lies before the reply's own date.

Checks: Deadlines in promises and in the plan section that say so (2018年底前, 于2019年3月31日前) and lie before the
date of signing. A year or month is over on its last day. Nothing is said of a reply without a date.

Why: A deadline that had passed when the promise was made was copied from an earlier reply, or its year is wrong.

Fires on:
    下一步，我局将于2018年底前完成管网改造。
    沙河市水务局
    2019年5月9日

Silent on:
    下一步，我局将于2019年底前完成管网改造。
    沙河市水务局
    2019年5月9日

Remedy: Correct the year, or say what has been done by then.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import folded
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Span

CODE: Final = "RP107"
NAME: Final = "deadline before the reply's date"
NAME_ZH: Final = "期限早于答复日期"
SEVERITY: Final = "warning"
ON: Final = True
ADVICE: Final = "核对期限的年份；已经过去的期限请改写为完成情况。"

_DEADLINE = regex(
    r"(?P<year>20\d\d)年(?:(?P<month>1[0-2]|0?[1-9])月)?(?:(?P<day>3[01]|[12]\d|0?[1-9])日|(?:年?底|末|初|[上中下]旬)?)?(?:之|以)?前"
)
#: Behind it: 2005年底前建成的小区 tells which are meant, not when.
_ATTRIBUTE = regex(r"[^,。;]{0,6}?的|存量")
#: What is told of the past, or of what somebody else once laid down, promises nothing.
_TOLD = regex(r"原|曾|已|此前|以前|根据|按照|要求|规定|未")

_REACH = 40


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each deadline of a promise that was over when the reply was signed."""
    issued, text = record.header.issued_on, folded(record)
    if issued is None:
        return
    for promise in record.commitments:
        for match in _DEADLINE.finditer(text, promise.span.start, promise.span.end):
            deadline = _last_day(match)
            if _ATTRIBUTE.match(text, match.end()):
                continue
            if deadline >= issued or _TOLD.search(text, max(promise.span.start, match.start() - _REACH), match.start()):
                continue
            message = f"期限 {deadline.isoformat()} 早于答复日期 {issued.isoformat()}"
            yield Finding(
                rule=CODE, severity=SEVERITY, message=message, span=Span(*match.span()), claims=promise.claims
            )


def _last_day(match: re.Match[str]) -> dt.date:
    year, month = int(match["year"]), int(match["month"] or 12)
    last = monthrange(year, month)[1]
    return dt.date(year, month, min(int(match["day"] or last), last))
