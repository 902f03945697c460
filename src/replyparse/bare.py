"""Numbers without a unit: a text that is one number, and figures that stand alone in a sentence."""

from __future__ import annotations

from string import ascii_letters
from typing import Final

from replyparse import comparators, figures
from replyparse.figures import Figure
from replyparse.numerals import value_of
from replyparse.patterns import regex
from replyparse.record import Span
from replyparse.term import Term

_WORDED: Final = regex("分之|[A-Za-z]")
#: 100K, 1.2M; one digit makes a name: 5G, 4K.
_SHORTENED: Final = regex(
    r"[-+]?(?:[0-9]{2,}|[0-9]*\.[0-9]+) ?[kKwWMG]|[-+]?[0-9]+(?:\.[0-9]+[eE]|e|E[-+])[-+]?[0-9]{1,2}"
)
#: 万 alone is no number, 万一 means "in case"; 万九 is 19 000.
_SCALE_ALONE: Final = regex("[万萬][一万千萬]?|")


def whole(text: str) -> Term | None:
    """A text that is one number and nothing else, in any spelling that `numerals.parse` reads."""
    if (
        len(text) > _SHORT
        or (_WORDED.search(text) and not _SHORTENED.fullmatch(text.strip()))
        or _SCALE_ALONE.fullmatch(number := text.strip())
    ):
        return None
    start = text.index(number)
    figure, value = figures.figure(number, 0), value_of(number)
    if value is None and figure and figure.span.end == len(number) and figure.per is None:
        value = figure.value
    if value is None:
        return None
    inner = figure.inner if figure else None
    return Term(Span(start, start + len(number)), value, None, "other", "bare number", inner=inner)


_ALONE_BEFORE: Final = frozenset("0123456789_./:∶-—–~第〔[#@&=№*×x+%号^" + ascii_letters)
#: Behind a time only a round figure stands alone: 十年1.4亿农村人口, but not 3月21.
_TIME_BEFORE: Final = frozenset("年月日")
_ALONE_BEHIND: Final = regex(
    r"(?:$|[\s,。;、!?”’)\]|])|左右|以上|以下|以内|上下|之[上下内间]|至|到|的|和|与|或|及|,|[且并]|[大小]于"
    r"|(?:[提上]升|提高|增[长加]|下降|降低?|减少|优化)[到至为]"
)
_ENDS: Final = regex(r"$|[\s,。;!?]")
#: 答案是五: what a sentence says something is. 一是 opens a list.
_EQUATED: Final = regex(r"(?<=是)(?<![一二三四五六七八九十]是)|(?<=等于)")
_EQUATION_ENDS: Final = regex(r"$|[,。;!?]|[却而但这那]?不?是")
_BOUND_BEHIND: Final = regex(r"(?:或者?|及)?(?:以[上下内]|更[多少])|之[上下内间]|左右|上下")
#: What makes a number behind a bounding word one of a clock, a date, a proportion or a name.
_TIMED: Final = regex(r"[年月日时点號号:∶/比A-Za-z]")
#: 比170高: held against a number.
_COMPARED: Final = regex(r"(?<=比)")
_COMPARISON: Final = regex("[大小高低多少长短]")
_SAID: Final = frozenset("上近超逾过")
_LATIN: Final = regex("[A-Z]")
_LABEL: Final = regex(r"[0-9]{1,3}(?:[、)]|\.(?![0-9]))")
_LINE_START: Final = regex(r"(?:^|\n)\s*$")
_CODE: Final = regex(r"[0-9]{7,}+|0[0-9]++|(?:19|20)[0-9]{2}")
#: Arabic digits, or three and more Chinese characters with a scale behind a digit.
_PLAIN_NUMBER: Final = regex(r"[0-9]|(?s:.){2}[十百千万亿]$|(?s:.)[十百千万亿].")
#: 八千, 九点九: enough before a full stop. 九点二十 is a time of day.
_PLAIN_AT_END: Final = regex(r"[一二两三四五六七八九][百千万亿]|[零一二三四五六七八九十]{1,3}点[零一二三四五六七八九]+")
_SCALED: Final = regex(r"[0-9]|.[十百千万亿点]")
_SHORT: Final = 64  # characters of a text that can be one number


def alone(text: str, number: Figure) -> Term | None:
    """A number without unit, where nothing suggests a code, a year, a label or a word.

    In Chinese characters it needs a scale (一百二十) or to be the whole text: 统一 is no amount. Before a noun it needs
    to be a round or open figure: 惠及500多万在校生, 近1亿农村人口.
    """
    if number.value is None:
        return None
    start, end = number.span
    if currency := figures.currency_before(text, start):
        return Term(number.span, number.value, currency, "money", "number and unit", inner=number.inner)
    before, is_open = text[start - 1 : start], _is_round(number, text[start - 1 : start]) or number.inner == "gt"
    if before in _ALONE_BEFORE or (before in _TIME_BEFORE and not is_open):
        return None
    if before == "比" and text[start - 2 : start - 1].isdigit():  # 3比1
        return None
    if _LABEL.match(text, start) and _LINE_START.search(text, max(0, start - 8), start):
        return None
    free = is_open or _ALONE_BEHIND.match(text, end) is not None
    if number.body == "两":
        pair = free or _LATIN.match(text, end)
        return Term(number.span, number.value, None, "count", "bare number") if pair else None
    if _CODE.fullmatch(number.body) and number.inner != "gt":
        return None
    said = _EQUATED.match(text, start) and _EQUATION_ENDS.match(text, end)
    if not (said or (free and _is_plain(text, number, is_open)) or _is_bound(text, number)):
        return None
    return Term(number.span, number.value, None, "other", "bare number", inner=number.inner)


def _is_plain(text: str, number: Figure, is_open: bool) -> bool:
    """Whether the characters of a number can only be one."""
    if is_open or _PLAIN_NUMBER.search(number.body):
        return True
    return _PLAIN_AT_END.fullmatch(number.body) is not None and _ENDS.match(text, number.span.end) is not None


def _is_bound(text: str, number: Figure) -> bool:
    """Whether the words beside a number bound it, so that it measures something: 大于20且, 三十或者以上, 比170低."""
    start, end = number.span
    if not _SCALED.match(number.body) or _TIMED.match(text, end):
        return False
    compared = _COMPARED.match(text, start) is not None and _COMPARISON.match(text, end) is not None
    return compared or _BOUND_BEHIND.match(text, end) is not None or comparators.adjoin(text, start)


def _is_round(number: Figure, before: str) -> bool:
    """Whether a figure is one of ten thousands and more that a noun can follow without a classifier.

    千万 and 百万 are words as well; 数百万, 上千万 and 近千万 are figures.
    """
    scale = number.scale or number.body[-1]
    scale_only = number.body.startswith(("千", "百", "万", "亿"))
    said = number.lead or before in _SAID
    return scale[-1] in "万亿" and len(number.body + scale) > 1 and (said or not scale_only)
