"""The text is damaged: characters were lost, or bytes were read in the wrong encoding.

Checks: Runs of U+FFFD, of characters that arise when UTF-8 is read as GBK or Latin-1 (锟斤拷, 烫烫烫, ä¸­å›½), of
question marks in the place of characters, control characters and private code points; and a text that breaks off at
a comma.

Why: Where characters were lost, numbers and whole lines may be lost too.

Fires on:
    全市建成锟斤拷锟斤拷站点5个。

Silent on:
    全市建成便民服务站点5个。

Remedy: Get the original, or give its encoding with --encoding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Span

CODE: Final = "RP502"
NAME: Final = "damaged text"
NAME_ZH: Final = "文本损坏"
SEVERITY: Final = "error"
ON: Final = True
ADVICE: Final = "换用原始文件，或用 --encoding 指定编码。"

_MOJIBAKE = "编码错误产生的乱码"
_RUNS = {
    "无法还原的字符": regex(r"\ufffd+"),
    _MOJIBAKE: regex(
        r"(?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|锘縛|锘挎)+"  # U+FFFD, uninitialized memory, a byte order mark in GBK
        r"|(?:[\u00c2-\u00ef][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]{1,2}){3,}"  # UTF-8 in Latin-1 or Windows-1252
    ),
    "代替文字的问号": regex(r"(?<=[\u4e00-\u9fff,，。])\?{4,}"),
    "控制字符": regex(r"[\x00-\x08\x0e-\x1b\x7f\ufdd0-\ufdef]+"),
    "字体私有的字符": regex(r"[\ue000-\uf8ff]{2,}"),
}
#: The characters that one of those begins with; a text without any is searched once.
_SUSPICIOUS = regex(r"[\ufffd锟斤烫屯锘\u00c2-\u00ef?\x00-\x08\x0e-\x1b\x7f\ufdd0-\ufdef\ue000-\uf8ff]")
#: Four characters of UTF-8 in a row, sought in the text as GB18030: Chinese does not look so by chance.
_UTF8_IN_GBK = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4,}")
_BREAKS_OFF = regex(r"[\u4e00-\u9fff][，,、](?=\s*\Z)")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each kind of damage, at its first place, and one where the text breaks off."""
    text = record.text or ""
    for what, places in _damaged(text).items():
        message = f"{what}，共 {len(places)} 处 {sum(end - start for start, end in places)} 个，此处是第一处"
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=places[0], claims=[])
    broken = _BREAKS_OFF.search(text, max(0, len(text.rstrip()) - 2))
    if broken:
        message = "正文在逗号处中断，后文可能缺失"
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=Span(*broken.span()), claims=[])


def _damaged(text: str) -> dict[str, list[Span]]:
    """The damaged runs by what they are."""
    found: dict[str, list[Span]] = defaultdict(list)
    for what, pattern in _RUNS.items() if _SUSPICIOUS.search(text) else ():
        for match in pattern.finditer(text):
            found[what].append(Span(*match.span()))
    data, read, at = text.encode("gb18030"), 0, 0
    for run in _UTF8_IN_GBK.finditer(data):
        at += len(data[read : run.start()].decode("gb18030", "ignore"))
        length = len(run[0].decode("gb18030", "ignore"))
        found[_MOJIBAKE].append(Span(at, at + length))
        read, at = run.end(), at + length
    return found
