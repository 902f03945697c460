"""Which quantities count: an amount that says how much of something there is, as docs/record.md draws the line.

`screen` keeps those marks as claims and gives the others their word in the account of numerals: lengths of time
that place rather than measure (用3年时间), ages, the 一 that means "a". Bare figures are left to the ledger. The words
that decide stand in `data/counting.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from replyparse.mark import Mark
from replyparse.patterns import regex
from replyparse.record import Span
from replyparse.wordlists import members, pattern

_CALENDAR_UNITS = {"年", "个月", "月", "周", "个星期", "星期", "季度", "学期", "世纪", "年代", "天", "日", "周年"}
_LONG_UNITS = {"年", "周年", "世纪", "年代", "学期", "季度", "月"}
_AGE_UNITS = {"岁", "周岁"}
_CONTEXT = 20  # characters before a figure that may say what it is

_MEASURED = r"@measured_time@[^,。;\d]{0,4}$"
_MEASURED_YEARS = r"@measured_years@[^,。;\d]{0,4}$"
_COUNTED_ONE = r"(?:@counted_one@了?|只有[^,。;]{2,4}|每[^,。;]{1,8}|各[建设配修]?)$"
_LEVEL = r"@level_nouns@(?:约|近|为|达到?|在|是|:|保持|稳定|长期|平均|[由从](?:\d{4}年底?的?)?|[^,。;\d]{0,3})*$"
#: 系数由2015年的0.512提高到2021年的(0.568)
_LEVEL_STEP = regex(r"\d\.\d+(?:[提上]升|提高|增[长加]|下降|降低?|减少|优化)(?:到|至|为)(?:\d{4}年底?的?)?$")
#: 一天只有2趟: how often, per day.
_FREQUENCY = regex(
    r"(?:只|仅|就|才|要|得|都|也|最多|至少)?(?:有|开|跑|发|来|供|清运|出水|供水|出货|卖|收|产)?"
    r"\s?[\d一二三两四五六七八九十几]"
)
_WITHIN = ("内", "以内", "之内")
#: 7日以上的冷静期: a time that a rule gives.
_TERM = regex(r"(?:以[上内下])?的[\u4e00-\u9fff]{0,4}期(?=[,。;、]|$)")
_POSTNOMINAL_END = regex(r"[,。;、)\n]|$")
_NOUN_END = regex(r"[\u4e00-\u9fff](?<![的了是有成为做在到这那哪某另同任一每第及和与或把对向从等])$")
#: Round or open figures count even where the noun follows without a classifier: 惠及500多万在校生, 突破十亿.
_LARGE = regex(r"(?:\d|[一二两三四五六七八九十百千几数])(?:个?[余多]?[万亿]|[余多]$)")
#: 上亿用户; 押金过万, where nothing follows that 万 could begin.
_REACHED = regex(r"(?:(?<![以晚早网线路])上|过|超|近|逾)(?:亿|万(?=[,。;、)]|$))")


def screen(text: str, quantities: Iterable[Mark]) -> Iterator[Mark]:
    """Each quantity as a claim or with its other word; bare figures that measure nothing are left out."""
    for mark in quantities:
        amount, (start, end) = mark.value, mark.span
        printed, lead = text[start:end], text[max(0, start - _CONTEXT) : start]
        if amount.unit in _AGE_UNITS and not pattern("counting", "@measured_age@").search(lead):
            yield mark._replace(what="condition", rule="counting.age")
        elif amount.unit in _CALENDAR_UNITS and not _measures(lead, text[end : end + _CONTEXT], amount.unit):
            yield mark._replace(what="period", rule="counting.length_of_time")
        elif printed == "一天" and _FREQUENCY.match(text, end):
            yield mark._replace(what="period", rule="counting.frequency")
        elif printed.startswith("一") and amount.value == 1 and amount.dimension == "count":
            counts = _counts_one(text, mark, lead)
            yield mark if counts else mark._replace(what="article", rule="counting.article")
        elif amount.unit is not None or amount.dimension != "other" or _is_level(text, mark.span, lead):
            yield mark


def _measures(lead: str, after: str, unit: str) -> bool:
    """Whether a length of time is what the text measures: days readily, years only beside 期限 and the like."""
    if unit == "天":
        return not pattern("counting", "(?:@placing@|(?<!提)前)$").search(lead) and not re.match(
            "前|后|来|以来|之", after
        )
    if unit in _LONG_UNITS:
        return pattern("counting", _MEASURED_YEARS).search(lead) is not None
    return (
        pattern("counting", _MEASURED).search(lead) is not None or after.startswith(_WITHIN) or bool(_TERM.match(after))
    )


def _counts_one(text: str, mark: Mark, lead: str) -> bool:
    """Whether 一 with a classifier is a number: behind 新建 or 仅有, or closing a phrase (改建宿舍楼一栋)."""
    if pattern("counting", _COUNTED_ONE).search(lead):
        return True
    if mark.value.unit in members("counting", "article_classifiers"):
        return False
    return _POSTNOMINAL_END.match(text, mark.span.end) is not None and _NOUN_END.search(lead) is not None


def _is_level(text: str, span: Span, lead: str) -> bool:
    """Whether a figure without a unit is still an amount: the value of a rate, a large round number, a scale."""
    printed = text[span.start : span.end]
    is_value = printed[:1].isdigit() and pattern("counting", _LEVEL).search(lead) is not None
    is_value |= "." in printed and _LEVEL_STEP.search(lead) is not None
    return is_value or _LARGE.search(printed) is not None or _REACHED.match(text, max(0, span.start - 1)) is not None
