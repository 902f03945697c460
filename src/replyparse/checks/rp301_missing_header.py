"""A header field that the form of a reply requires is missing.

Checks: A reply to a proposal or suggestion must name its number, the agency that answers, the date of signing and
whom it answers. Where a text has neither salutation nor date nor document number it is the body of a reply, as web
pages print it below a table of their own, and nothing is said.

Why: Without them nobody can tell which proposal was answered, by whom and when.

Fires on:
    对市政协五届三次会议第078号提案的答复
    李明委员：
    您提出的《关于发展夜间文旅经济的提案》收悉，现答复如下：
    2023年，全市建成夜间文旅消费集聚区8个。下一步，我局将新建4个。
    青岩市文化广电旅游局

Silent on:
    对市政协五届三次会议第078号提案的答复
    李明委员：
    您提出的《关于发展夜间文旅经济的提案》收悉，现答复如下：
    2023年，全市建成夜间文旅消费集聚区8个。下一步，我局将新建4个。
    青岩市文化广电旅游局
    2024年5月27日

Remedy: Complete the title, the salutation or the sign-off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import first_line
from replyparse.record import Finding, ReplyRecord

CODE: Final = "RP301"
NAME: Final = "header field missing"
NAME_ZH: Final = "缺少必备要素"
SEVERITY: Final = "warning"
ON: Final = True
ADVICE: Final = "补齐标题、称谓或落款中的要素。"


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield one finding that names the missing fields, at the first line of the reply."""
    header = record.header
    framed = header.addressees or header.issued_on or header.doc_number
    if header.matter not in {"proposal", "suggestion"} or not framed:
        return
    required = {
        "提案（建议）编号": header.number,
        "答复单位": header.agency,
        "答复日期": header.issued_on,
        "主送对象": header.addressees,
    }
    missing = [name for name, value in required.items() if not value]
    if missing:
        message = f"缺少{'、'.join(missing)}"
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=first_line(record), claims=[])
