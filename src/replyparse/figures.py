"""One number as printed, with what is vague or left open in it: 十余万, 几十, 七八, 百分之五, 负三.

Also sums told in coins (三块五毛), and what looks like a number and says no amount.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from replyparse.numerals import HAN_RUN, MIXED, WORD_ENDING_IN_ONE, value_of
from replyparse.patterns import regex
from replyparse.record import Comparator, Span

__all__ = [
    "NO_AMOUNT",
    "PATTERN",
    "SCALES",
    "VERSION",
    "Coins",
    "Figure",
    "coins",
    "currency_before",
    "figure",
    "made_of",
]


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
#: 15k元, 30w左右: two digits or a decimal, since 5G and 4K are names, and small letters, since W and K are units.
_SHORTENED: Final = (
    r"(?<![0-9.])(?:[0-9]{2,7}|[0-9]{1,4}\.[0-9]{1,3}|[0-9](?=[kw][-—–~～至到][0-9]+[kw]))[kw]"
    r"(?=[元块个個人]|左右|上下|以[上下内]|[-—–~～至到][0-9]|[,。;、!?)\s]|$)"
)
_MORE: Final = (
    r"余(?![额款杭粮热下])|多(?!功能|媒体|样化|元化)|[几幾]|来(?=[个名人家户天年次条处万亿位岁项支辆所间台座亩米斤块吨里元头只]|公[里斤顷])"
    r"|(?<=[百千万])把(?=[人块个斤户元里])"
)
PATTERN: Final = regex(
    rf"(?P<lead>{_LEAD})?(?P<sign>{_SIGN})?(?:(?P<per>[百佰千仟万萬])分之(?P<below>[负負])?)?"
    rf"(?P<body>{_SHORTENED}|{MIXED}|{HAN_RUN})(?:(?P<more>{_MORE})(?P<scale>(?:[十百万亿萬億]|千(?![瓦克米卡伏帕焦]))*))?"
)
#: Two digits in a row that leave a range open: 七八, 十五六, 三五百, 一两. Digits further apart are no range.
_OPEN: Final = regex(
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
    if more in ("几", "幾", "来", "把") and body[-1] not in SCALES + "拾佰仟萬億零0":
        more, end, value, scale = None, match.end("body"), value_of(body), ""
        if value is None:
            return None
    if (match["sign"] or match["below"]) and value is not None:
        value = -value
    return Figure(
        Span(at, end),
        body,
        value,
        low,
        high,
        "approx" if more in ("来", "把") else "gt" if more or match["lead"] else None,
        value_of(match["per"]) if match["per"] else None,
        scale or _last_scales(body),
        bool(match["lead"]),
    )


def _scaled(body: str, scale: str) -> Decimal | None:
    """The value of 十余万: what stands before 余 times the scale behind it."""
    value = value_of(body)
    return value * (value_of(scale) or 1) if value is not None and scale else value


_FORMAL_SCALES: Final = str.maketrans("拾佰仟萬億kw", "十百千万亿千万")


def _last_scales(body: str) -> str:
    """The scales that end a number: 亿 of 20亿, 千 of 一千, none of 十."""
    ending = body[-4:].translate(_FORMAL_SCALES)
    ending = ending[len(ending.rstrip(SCALES)) :]
    return ending if len(ending) < len(body) else ""


def _open_ends(body: str) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of 七八 or 十五六万; Nones where two digits leave nothing open."""
    match = _OPEN.fullmatch(body) if body[0] > "9" else None
    if match is None or match["low"] + match["high"] not in _PAIRS:
        return None, None
    head, tail = match["head"] or "", match["tail"]
    low, high = value_of(head + match["low"] + tail), value_of(head + match["high"] + tail)
    return (low, high) if low is not None and high is not None and low < high else (None, None)


# sums of money


class Coins(NamedTuple):
    """A sum of money told in coins, in 元, and where it stands."""

    span: Span
    amount: Decimal


_COIN: Final = "(?:[0-9]|[一二两三四五六七八九壹贰叁肆伍陆柒捌玖])"
_FEN: Final = rf"(?P<fen>{_COIN})(?:分|(?![0-9十百千万元个\u4e00-\u9fff]))"
_OPEN_COIN: Final = r"(?<=[块塊蚊].)(?=$|[\s,。;、!?)~—–-]|钱|左右|以上|以下|以内|到|至)"
_SUM: Final = regex(
    rf"(?P<yuan>{MIXED}|{HAN_RUN})[元块圆塊蚊]"
    rf"(?:零?(?P<jiao>{_COIN})(?:(?:[角毛]|毫(?![米升克安秒]))(?:{_FEN})?|{_OPEN_COIN})|零?(?P<cents>{_COIN})分|零(?P<few>{_COIN})(?![0-9\u4e00-\u9fff]))"
    rf"[钱整]?"
)
_CENTS: Final = regex(rf"(?P<jiao>{_COIN})[角毛]{_FEN}")
_CURRENCY_BEFORE: Final = {
    "人民币": "元",
    "人民幣": "元",
    "￥": "元",
    "¥": "元",
    "港币": "港元",
    "港幣": "港元",
    "新台币": "新台币",
    "US$": "美元",
    "HK$": "港元",
    "NT$": "新台币",
    "S$": "新加坡元",
    "A$": "澳元",
    "C$": "加元",
    "$": "美元",
    "€": "欧元",
    "£": "英镑",
    "₩": "韩元",
    "₽": "卢布",
    "₹": "印度卢比",
    "฿": "泰铢",
    "RMB": "元",
    "CNY": "元",
    "USD": "美元",
    "HKD": "港元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "台币": "新台币",
    "日币": "日元",
    "美金": "美元",
}


def coins(text: str, at: int) -> Coins | None:
    """The sum of money with coins that begins at `at`."""
    found = _SUM.match(text, at) or _CENTS.match(text, at)
    if found is None:
        return None
    parts = found.groupdict()
    yuan, jiao = value_of(parts.get("yuan") or "0"), value_of(parts["jiao"] or "0")
    fen = value_of(parts["fen"] or parts.get("cents") or parts.get("few") or "0")
    if yuan is None or jiao is None or fen is None:
        return None
    return Coins(Span(*found.span()), yuan + jiao / 10 + fen / 100)


_SIGNS: Final = frozenset(sign[-1] for sign in _CURRENCY_BEFORE)
_CODES: Final = "".join(f"(?<!{code})" for code in _CURRENCY_BEFORE if code.isascii() and code.isalpha())


def currency_before(text: str, at: int) -> str | None:
    """The currency that a sign or name right before a number gives."""
    at -= text[at - 1 : at] == " "
    if text[at - 1 : at] not in _SIGNS:
        return None
    return next((unit for sign, unit in _CURRENCY_BEFORE.items() if text.endswith(sign, 0, at)), None)


# what looks like a number and says no amount

_YEAR: Final = r"(?:(?:19|20)[0-9]{2}|[一二2][零〇九0][零〇一二三四五六七八九0-9]{2})"
_DATE: Final = (
    rf"{_YEAR}(?:[-—–~至到]{{1,2}}(?:{_YEAR}|[0-9]{{2}}))?年|[89][0-9][-—–~至到]{{1,2}}[0-9]{{2}}年"
    r"|[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
)
_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[-—–~至到]{1,2}[0-9]{1,2}:[0-9]{2})?(?![0-9])"
_PHONE: Final = r"0[0-9]{2,3}[-—–][0-9]{7,8}(?![0-9])"
VERSION: Final = regex(r"[0-9]++(?:\.[0-9]++){2,}+")
_ADDRESS: Final = r"https?://[!-~]*+"
#: A3区, G42, 十四届二次: what stands in front makes the number a name.
_NAMED: Final = rf"(?<=[A-Za-z_〔﹝#@届]){_CODES}[0-9零〇一二三四五六七八九两十百]++(?:[-.+][0-9]++)*+"
#: 上一篇, 每一个, 同一项: the 一 that points; 统一, 唯一: the one that ends a word.
_POINTING: Final = (
    r"(?<=[上下同每任某另这那哪])一(?![零一二三四五六七八九两十百千万亿点])|(?<=[唯统专划归逐单])一"
    rf"|{WORD_ENDING_IN_ONE.pattern}"
)
#: Where a date, time, code or name begins.
NO_AMOUNT: Final = regex(rf"{_DATE}|{_ADDRESS}|{_CLOCK}|{_PHONE}|{VERSION.pattern}|{_NAMED}|{_POINTING}")
