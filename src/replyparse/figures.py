"""One number as printed, with what is vague or left open in it: 十余万, 几十, 七八, 百分之五, 负三."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from replyparse.numerals import HAN_RUN, MIXED, value_of
from replyparse.record import Comparator, Span

__all__ = ["PATTERN", "SCALES", "Figure", "figure", "made_of"]


class Figure(NamedTuple):
    """A number as printed: its span, its value or the ends of a vague one (七八), and what it says about itself."""

    span: Span
    body: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    inner: Comparator | None
    per: Decimal | None  # 100 in 百分之五
    scale: str  # the scales at its end, which the low end of a range can share
    lead: bool  # 数 or 几 stands in it


SCALES: Final = "十百千万亿"
_LEAD: Final = r"(?:(?<![人户总次个件指参岁倍函基级位份额套分])[数數]|好?[几幾])(?=[十百千万亿萬億])"
#: 负 is a sign unless it ends a word (减负, 抱负); a dash is one where no number, word or Latin letter leads to it.
_SIGN: Final = (
    r"(?<![减增加担抱自肩胜欺背辜亏盈重身债正])[负負](?![一二三四1-4][层楼])|零下|(?:(?<=[为是达到])|(?<=增长)|(?<=同比)|(?<=增速))-(?=[0-9])"
    r"|(?<![0-9A-Za-z%)\]〕.年月日号\u4e00-\u9fff-])-(?=[0-9])"
)
_MORE: Final = r"余(?![额款杭粮热下])|多(?!功能|媒体|样化|元化)|[几幾]|来(?=[个名人家户天次条处万亿位岁项])"
PATTERN: Final = re.compile(
    rf"(?P<lead>{_LEAD})?(?P<sign>{_SIGN})?(?:(?P<per>[百佰千仟万萬])分之)?"
    rf"(?P<body>{MIXED}|{HAN_RUN})(?:(?P<more>{_MORE})(?P<scale>(?:[十百万亿萬億]|千(?![瓦克米卡伏帕焦]))*))?"
)
#: Two digits in a row that leave a range open: 七八, 十五六, 三五百, 一两. Digits further apart are no range.
_OPEN: Final = re.compile(
    rf"(?P<head>[一二三四五六七八九十百千万亿]*[{SCALES}])?"
    r"(?:(?P<low>[一两二三四五六七八])(?P<high>[两二三四五六七八九]))(?P<tail>[十百千万亿]*)"
)
_PAIRS: Final = frozenset(["一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"])


def figure(text: str, at: int) -> Figure | None:
    """The number at `at`, None where the characters make none."""
    match = PATTERN.match(text, at)
    return made_of(match) if match else None


def made_of(match: re.Match[str]) -> Figure | None:
    """The number that a match of `PATTERN` makes, None where it has no value."""
    at, end = match.span()
    body, more, scale = match["body"], match["more"], match["scale"] or ""
    low, high = _open_ends(body) if not more else (None, None)
    value = None if low is not None else _scaled(body.rstrip("零") if more else body, scale)
    if value is None and low is None:
        return None
    if more in ("几", "幾", "来") and body[-1] not in SCALES + "零0":
        more, end, value, scale = None, match.end("body"), value_of(body), ""
        if value is None:
            return None
    if match["sign"] and value is not None:
        value = -value
    return Figure(
        Span(at, end),
        body,
        value,
        low,
        high,
        "approx" if more == "来" else "gt" if more or match["lead"] else None,
        value_of(match["per"]) if match["per"] else None,
        scale or _last_scales(body),
        bool(match["lead"]),
    )


def _scaled(body: str, scale: str) -> Decimal | None:
    """The value of 十余万: what stands before 余 times the scale behind it."""
    value = value_of(body)
    return value * (value_of(scale) or 1) if value is not None and scale else value


def _last_scales(body: str) -> str:
    """The scales that end a number: 亿 of 20亿, 千 of 一千, none of 十."""
    if body[-1] not in SCALES:
        return ""
    ending = body[len(body.rstrip(SCALES)) :]
    return ending[-4:] if len(ending) < len(body) else ""


def _open_ends(body: str) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of 七八 or 十五六万; Nones where two digits leave nothing open."""
    match = _OPEN.fullmatch(body) if body[0] > "9" else None
    if match is None or match["low"] + match["high"] not in _PAIRS:
        return None, None
    head, tail = match["head"] or "", match["tail"]
    low, high = value_of(head + match["low"] + tail), value_of(head + match["high"] + tail)
    return (low, high) if low is not None and high is not None and low < high else (None, None)
