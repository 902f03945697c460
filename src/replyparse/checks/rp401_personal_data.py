"""Personal data stands in a reply that is meant to be public.

Checks: Mobile numbers, ID card numbers (18 digits with a right check digit and a possible day of birth) and home
addresses (家住…, 住址:… down to the door). Left alone are landlines, which are those of offices, and the mobile
number that the reply itself gives as its contact (联系人, 咨询电话, the header's contacts): its bearer answers for
the office there. A reply marked 不公开 is not searched. The message shows the number masked.

Why: Published replies are copied and searched; the number of a citizen in one cannot be taken back.

Fires on:
    经联系当事人王某，手机号13812345678，其已签字确认。

Silent on:
    联系人：李伟，联系电话：13812345678。

Remedy: Take the number out, or mask it, before the reply is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import folded, stretch
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Span

CODE: Final = "RP401"
NAME: Final = "personal data"
NAME_ZH: Final = "含个人信息"
SEVERITY: Final = "error"
ON: Final = True
PRIVATE: Final = True
ADVICE: Final = "公开前删除或遮盖该信息。"

_MOBILE = regex(r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d)([- ]?)(\d{4})\2(\d{4})(?![\d.]*\d)")
_CARD = regex(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
#: An address down to the door: flat 301, house 12 of a road or village. A building alone houses many.
_DOOR = r"(?:[村组路街巷道][^,。;!?\s()]{0,3}\d+号(?!楼)|\d+室|(?:栋|幢|号楼|单元)[^,。;!?\s()]{0,6}\d{3,4})"
_HOME = regex(
    r"(?:(?<!在)家住(?!户)|现住|家庭住址|家庭地址|住址|居住地址|户籍地址)[::为在是]?"
    rf"(?P<address>[^,。;!?\s()]{{2,30}}?{_DOOR}[^,。;!?\s()]{{0,12}})"
)
#: Shortly before a number, these give it out as one to call the office at.
_OFFICIAL = regex(
    r"(?:联系人|联系方式|联系电话|咨询|热线|值班|监督|服务|举报|投诉|办公|工作人员|负责人|责任人|经办人|承办人|专员|客服|来电|致电|拨打|报修|与我们?联系)"
)
_REACH = 24
#: And these say that it is somebody else's.
_PRIVATE = regex(r"您的|当事人|来电人|来信人|反映人|投诉人|举报人|信访人|业主|居民|村民|网友|本人|提案人")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each number or address, with its message masked."""
    if record.header.disclosure == "withheld":
        return
    for span, message in _found(record):
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=[])


def _found(record: ReplyRecord) -> Iterator[tuple[Span, str]]:
    text = folded(record)
    contacts = {"".join(re.findall(r"\d", contact.phone or ""))[-11:] for contact in record.header.contacts}
    for match in _MOBILE.finditer(text):
        number = match[1] + match[3] + match[4]
        if number not in contacts and not _is_official(record, match.start()):
            yield Span(*match.span()), f"手机号码 {match[1]}****{match[4]}"
    for match in _CARD.finditer(text):
        if _has_check_digit(match[0]):
            yield Span(*match.span()), f"身份证号 {match[0][:4]}**********{match[0][-4:]}"
    for match in _HOME.finditer(text):
        address = match["address"]
        yield Span(*match.span("address")), f"住址 {address[:3]}{'*' * (len(address) - 3)}"


def _is_official(record: ReplyRecord, start: int) -> bool:
    lead = stretch(record, max(0, start - _REACH), start)
    return _OFFICIAL.search(lead) is not None and _PRIVATE.search(lead) is None


def _has_check_digit(number: str) -> bool:
    """Whether the last character is the check digit of the others, by GB 11643 (ISO 7064, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()
