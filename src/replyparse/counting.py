"""Which quantities count: an amount that says how much of something there is, as RECORD.md draws the line.

`screen` keeps those marks as claims and gives the others their word in the account of numerals: lengths of time
that place rather than measure (用3年时间), ages, the 一 that means "a". Bare figures are left to the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from replyparse.mark import Mark

#: Nouns beside which a length of time is an amount of its own: 工期90天, 保修期2年.
_MEASURED_TIME = re.compile(r"(?:工期|期限|年限|期|寿命|时间|时限|时长|时效|周期|龄|提前|缩短|压缩|压减|延长|延期|不超过|不少于|不低于|平均|至|到|为|减少|开放|营业|运行|需要?|用时|耗时)[^,。;\d]{0,4}$")
_CALENDAR_UNITS = {"年", "个月", "月", "周", "个星期", "星期", "季度", "学期", "世纪", "年代", "天", "日", "周年"}
_LONG_UNITS = {"年", "周年", "世纪", "年代", "学期", "季度", "月"}
_AGE_UNITS = {"岁", "周岁"}
#: Words that make a number of days a place in time: 近三天, 连续五天.
_PLACING = re.compile(r"(?:近|最近|过去|未来|今后|连续|第|前|后|每|隔|几)$")
#: Words before 一 that make it a number: 新建一个, 仅有一家, 每户一台.
_COUNTED_ONE = re.compile(r"(?:新建|新增|增设|改建|建成|修建|建设|配备|安装|仅|仅有|只有|只|唯一|至少|共|共有|各|每[^,。;]{1,4}|不少于|减少|增加|拆除|另|还有|其中)$")
_POSTNOMINAL_END = re.compile(r"[,。;、)\n]|$")
_NOT_NOUN_END = re.compile(r"[的了是有成为做在到这那哪某另同任一每第及和与或把对向从等]$")
#: Round or open figures count even where the noun follows without a classifier: 惠及500多万在校生, 突破十亿.
_LARGE = re.compile(r"(?:\d|[一二两三四五六七八九十百千几数])(?:[余多]?[万亿]|[余多]$)")
#: What may lead to a bare figure that is still an amount: 求人倍率保持在1.5以上.
_LEVEL = re.compile(r"(?:率|比|指数|系数|值|得分|评分|倍数|浓度|均值|总量|数|达到?|保持在|稳定在|控制在|降至|降到|升至|升到|超过)(?:约|近|为|达到?|在|是|:|保持|稳定|长期|平均|[^,。;\d]{0,3})*$")
_LEVEL_NOUN = re.compile(r"(?:率|比|指数|系数|得分|评分|倍数|均值)")


def screen(text: str, quantities: Iterable[Mark]) -> Iterator[Mark]:
    """Each quantity as a claim or with its other word; bare figures that measure nothing are left out."""
    for mark in quantities:
        amount = mark.value
        start, end = mark.span
        printed = text[start:end]
        lead = text[max(0, start - 16) : start]
        if amount.unit in _AGE_UNITS and "年龄" not in lead:
            yield replace(mark, what="condition", rule="counting.age")
        elif (
            amount.dimension == "duration"
            and amount.unit in _CALENDAR_UNITS
            and not _is_measured(lead, text[end : end + 2], amount.unit)
        ):
            yield replace(mark, what="period", rule="counting.length_of_time")
        elif printed.startswith("一") and amount.value == 1 and not amount.ordinal and amount.dimension == "count":
            counted = _counts_one(text, mark, lead)
            yield mark if counted else replace(mark, what="article", rule="counting.article")
        elif amount.unit is None and amount.dimension not in {"ratio", "rank"}:
            level = printed[:1].isdigit() and _LEVEL.search(lead) and _LEVEL_NOUN.search(lead)
            if level or _LARGE.search(printed):
                yield mark
        else:
            yield mark


def _is_measured(lead: str, after: str, unit: str) -> bool:
    """Whether a length of time is what the text measures; days more readily than years."""
    if unit == "天":
        return not _PLACING.search(lead) and not re.match("前|后|来|以来|之", after)
    if unit in _LONG_UNITS:
        return bool(re.search(r"(?:期限|年限|保修期|有效期|合同期|寿命|提前|延长)[^,。;\d]{0,4}$", lead))
    return bool(_MEASURED_TIME.search(lead)) or after.startswith(("内", "以内", "之内"))


def _counts_one(text: str, mark: Mark, lead: str) -> bool:
    if _COUNTED_ONE.search(lead):
        return True
    if mark.value.unit in {"次", "种", "类", "些", "点", "起", "批", "样", "面", "方"}:
        return False
    is_last = _POSTNOMINAL_END.match(text, mark.span.end) is not None
    return is_last and bool(re.search(r"[\u4e00-\u9fff]$", lead)) and not _NOT_NOUN_END.search(lead)
