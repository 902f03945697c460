"""Numbers without a unit: a text that is one number, and figures that stand alone in a sentence."""

from __future__ import annotations

from string import ascii_letters
from typing import Final

from replyparse import figures
from replyparse.figures import Figure
from replyparse.numerals import value_of
from replyparse.patterns import regex
from replyparse.record import Span
from replyparse.term import Term

_WORDED: Final = regex("分之|[A-Za-z]")
#: 100K, 1.2M; one digit makes a name: 5G, 4K.
_SHORTENED: Final = regex(r"[-+]?(?:[0-9]{2,}|[0-9]*\.[0-9]+) ?[kKwWMG]")


def whole(text: str) -> Term | None:
    """A text that is one number and nothing else, in any spelling that `numerals.parse` reads."""
    if (
        len(text) > _SHORT
        or (_WORDED.search(text) and not _SHORTENED.fullmatch(text.strip()))
        or (number := text.strip())[:1] in ("万", "萬", "")
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


_ALONE_BEFORE: Final = frozenset("0123456789_./:-—–~第〔[#@&=№*×x+%号" + ascii_letters)
#: Behind a time only a round figure stands alone: 十年1.4亿农村人口, but not 3月21.
_TIME_BEFORE: Final = frozenset("年月日")
_ALONE_BEHIND: Final = regex(r"(?:$|[\s,。;、!?”’)\]|])|左右|以上|以下|以内|上下|至|到|的|和|与|或|及|,")
_SAID: Final = frozenset("上近超逾过")
_LATIN: Final = regex("[A-Z]")
_LABEL: Final = regex(r"[0-9]{1,3}(?:[、)]|\.(?![0-9]))")
_LINE_START: Final = regex(r"(?:^|\n)\s*$")
_CODE: Final = regex(r"[0-9]{7,}+|0[0-9]++|(?:19|20)[0-9]{2}")
#: Arabic digits, or three and more Chinese characters with a scale behind a digit.
_PLAIN_NUMBER: Final = regex(r"[0-9]|(?s:.){2}[十百千万亿]$|(?s:.)[十百千万亿].")
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
    if not (is_open or _ALONE_BEHIND.match(text, end) or (number.body == "两" and _LATIN.match(text, end))):
        return None
    if _LABEL.match(text, start) and _LINE_START.search(text, max(0, start - 8), start):
        return None
    if number.body == "两":
        return Term(number.span, number.value, None, "count", "bare number")
    if (_CODE.fullmatch(number.body) and number.inner != "gt") or not (is_open or _PLAIN_NUMBER.search(number.body)):
        return None
    return Term(number.span, number.value, None, "other", "bare number", inner=number.inner)


def _is_round(number: Figure, before: str) -> bool:
    """Whether a figure is one of ten thousands and more that a noun can follow without a classifier.

    千万 and 百万 are words as well; 数百万, 上千万 and 近千万 are figures.
    """
    scale = number.scale or number.body[-1]
    scale_only = number.body.startswith(("千", "百", "万", "亿"))
    said = number.lead or before in _SAID
    return scale[-1] in "万亿" and len(number.body + scale) > 1 and (said or not scale_only)
