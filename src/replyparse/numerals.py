"""Every numeral of a text and its exact value, in Arabic digits, Chinese characters or both.

Words follow GB/T 15835—2011 and what people write besides: 三万五 for 35 000, 3万5千, formal 壹佰, traditional
萬. Values are exact: no float takes part anywhere.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import lru_cache, reduce
from typing import Final, Literal, NamedTuple

from replyparse.patterns import regex
from replyparse.record import Span
from replyparse.scan import Scan

__all__ = ["ARABIC", "HAN", "HAN_RUN", "MIXED", "WORD_ENDING_IN_ONE", "Numeral", "find", "parse", "value_of"]

#: Other spellings of a numeral character, each to the plain one.
_PLAIN: Final = str.maketrans(
    "〇○壹弌贰貳弍參叁叄肆伍陸陆柒捌玖兩倆幺拾佰仟萬億點負０１２３４５６７８９．，－＋／",
    "零零一一二二二三三三四五六六七八九两两一十百千万亿点负0123456789.,-+/",
)
_DIGITS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS: Final = {"廿": "二十", "卅": "三十", "卌": "四十"}
#: 3k, 30w, 1.2M: how people shorten what they type. Only a whole numeral may end so, never a word of a text.
_SUFFIXES: Final = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6, "G": 10**9}

# --- what numerals look like in a text, small parts first

#: Arabic digits with decimal point and thousands commas. Possessive, so that a long string of digits is read once.
#: What stands behind a point and before 年 is no decimal: in 1.2023年 an item begins with a year.
ARABIC: Final = r"(?<![0-9])(?:(?<!第)[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.(?!(?:19|20)[0-9]{2}年)[0-9]++)?"
#: 千 and 百 open some units and words: 千瓦, 千克, 百分点. 兆 is a number only between numerals.
_SCALE: Final = (
    r"[十万萬亿億]|[百佰](?!分[点之比率数制百位]|帕)|[千仟](?![瓦克卡伏帕焦赫乏]|字节|牛(?!羊))"
    r"|(?<=[零〇一二三四五六七八九十百])兆(?=[零〇一二三四五六七八九十百万亿元壹贰叁肆伍陆柒捌玖])"
)
#: 伍, 陆, 肆 and 拾 are ordinary words (队伍, 大陆) unless another formal numeral or a coin stands beside them.
_BANKED: Final = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_WORDLIKE: Final = "[伍陆陸肆拾]"
_FORMAL: Final = (
    rf"(?:(?<=[{_BANKED}萬零之]){_WORDLIKE}"
    rf"|{_WORDLIKE}(?=[{_BANKED}百千万萬亿億元圆角]|[点點][零一二三四五六七八九0-9]))"
)
#: 两 is a digit before a scale, at the head of a numeral and in 一两; in 三十两 it is the unit.
_PAIR: Final = r"(?:[两兩](?=[百千万萬亿億佰仟])|(?<![二三四五六七八九十百千万亿零])[两兩])"
_DIGIT: Final = rf"(?:{_PAIR}|[零〇一二三四五六七八九壹贰貳參叁柒捌玖廿卅卌]|{_FORMAL})"
#: One character of a Chinese numeral.
HAN: Final = rf"(?:{_DIGIT}|{_SCALE})"
#: A run of them, with its decimals: 四点八亿.
HAN_RUN: Final = rf"{HAN}++(?:个[亿億])?+(?:[点點](?:{_DIGIT}|[0-9])++(?:[十百千万萬亿億](?![瓦克卡伏帕焦分]))*+)?+"
#: 1.4万, 3万5千, 100万三千: digits that a scale follows, which other numerals may follow. 12千米 is 12 千米.
MIXED: Final = rf"{ARABIC}(?:个(?=亿))?(?:(?![千仟]米)(?:{_SCALE})(?:{HAN}|[0-9]++(?![.年月日]))*+)?+"
_RUN: Final = Scan(rf"(?P<arabic>{MIXED})|(?P<chinese>{HAN_RUN})")
#: 统一 and 唯一 end in a numeral that is none: what follows begins a numeral of its own (唯一一家).
WORD_ENDING_IN_ONE: Final = regex(r"(?<=[唯统专同划合归逐])[一](?=[零一二三四五六七八九两十百千])")


class Numeral(NamedTuple):
    """One maximal run of numeral characters, with any decimal point or thousands comma.

    `value` is the exact value of the run alone (1.4万 → 14000), None where it has none (十五六, 两两).
    """

    span: Span
    value: Decimal | None
    script: Literal["arabic", "chinese"]


def find(text: str) -> tuple[Numeral, ...]:
    """All runs in text order, non-overlapping; the 一 of 统一 or 进一步 too, which others sort out."""
    return tuple(_numeral(text, span, script) for span, script in _runs(text))


@lru_cache(maxsize=4096)
def value_of(run: str) -> Decimal | None:
    """The value of a run, None where it has none."""
    try:
        return parse(run)
    except ValueError:
        return None


def _runs(text: str) -> list[tuple[Span, Literal["arabic", "chinese"]]]:
    runs: list[tuple[Span, Literal["arabic", "chinese"]]] = []
    at = 0
    for opening in _RUN.openings(text):
        match = _RUN.pattern.match(text, opening) if opening >= at else None
        if match is None:
            continue
        start, end = match.span()
        if WORD_ENDING_IN_ONE.match(text, start):
            end = start + 1
        runs.append((Span(start, end), "arabic" if match["arabic"] else "chinese"))
        at = end
    return runs


def _numeral(text: str, span: Span, script: Literal["arabic", "chinese"]) -> Numeral:
    return Numeral(span, value_of(text[span.start : span.end]), script)


# --- values

_MAX_SCALES: Final = 24  # of 十百千万亿 in one numeral; more of them are noise
_ROOM: Final = 13 * _MAX_SCALES  # digits that scales can add to those written
_QUOTIENT: Final = 28  # significant digits of a quotient: 三分之一 is not exact in any number of them


def parse(text: str) -> Decimal:
    """The value of one numeral, whatever its spelling; ValueError on anything else.

    That includes numbers with a unit, and 七八十, which has two values. What 余, 多 or 几 say to be more than a number
    is read as that number (十余万, 二十几万, 数百), as `Claim.value` tells it; `find_quantities` tells that it is more.

    >>> parse("两千三百万"), parse("3万5千"), parse("负三点五"), parse("百分之六十五"), parse("二〇二三")
    (Decimal('23000000'), Decimal('35000'), Decimal('-3.5'), Decimal('0.65'), Decimal('2023'))
    """
    plain = _MORE.sub("", _SOME.sub("一", _plain(text)))
    negative = plain[:1] in _MINUS
    try:
        with localcontext() as context:
            context.prec = len(plain) + _ROOM
            value = _fraction(_unsigned(plain))
            if value == value.to_integral_value():
                value = value.to_integral_value()
    except ValueError:
        raise ValueError(f"not a numeral: {text[:40]!r}") from None
    return value.copy_negate() if negative and value else value


_MINUS: Final = ("负", "-")
_MORE: Final = regex("(?<=[十百千万亿0-9])零?[余餘多几幾](?=[十百千万亿]*$)")  # 十余万, 一百零几万
_SOME: Final = regex("^[几幾数數](?=[十百千万亿])")  # 数百
#: 元 in a sum as cheques spell it: behind a formal numeral, or before 整.
_YUAN: Final = regex(rf"(?<=[{_BANKED}])[元圆]|(?<=[零万萬亿億])[元圆](?=[整正]$|[{_BANKED}零]+[角分])")
_COINS_ALONE: Final = regex(rf"(?<![^负負])(?=[{_BANKED}](?:角|分$))")


def _unsigned(plain: str) -> str:
    return plain[1:] if plain[:1] in (*_MINUS, "+") else plain


def _plain(text: str) -> str:
    """The numeral in plain characters, without the blanks that stand beside Chinese characters."""
    text = _COINS_ALONE.sub("零￥", _YUAN.sub("￥", text))
    plain = text.translate(_PLAIN).strip()
    plain = re.sub(r"(?<=[0-9]) (?=[0-9]+/[0-9]+$)", "又", plain)
    plain = re.sub(r"(?<![0-9,])[ \u3000]+|[ \u3000]+(?![0-9])", "", plain)
    return re.sub("[廿卅卌]", lambda match: _TENS[match.group()], plain)


def _fraction(plain: str) -> Decimal:
    """A numeral, a part of one (三分之一, 1/3, 百分之负五), or a whole and a part (三又二分之一)."""
    whole, _, part = plain.rpartition("又")
    if whole:
        return _fraction(part) + _number(whole)
    if "分之" in plain:
        below, _, above = plain.partition("分之")
        quotient = _divide(_unsigned(above), below)
        return -quotient if above[:1] in _MINUS else quotient
    if "/" in plain:
        above, _, below = plain.partition("/")
        return _divide(above, below)
    return _number(plain)


def _divide(above: str, below: str) -> Decimal:
    numerator, denominator = _number(above), _number(below)
    if not denominator:
        raise ValueError("division by zero")
    with localcontext() as context:
        context.prec = _QUOTIENT
        return numerator / denominator


def _raised(times: str | None, base: str, exponent: str) -> Decimal:
    """A power, exact unless it is a quotient, with what is multiplied by it."""
    power = int(exponent)
    with localcontext() as context:
        context.prec = 1000
        value = Decimal(base) ** abs(power) * 1
        if power >= 0:
            return Decimal(f"{value * Decimal(times or 1):f}")
        if not value:
            raise ValueError("division by zero")
        context.prec = _QUOTIENT
        return Decimal(times or 1) / value


_TOKEN: Final = regex(
    r"[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)?|\.[0-9]++|[零一二三四五六七八九两十百千万亿兆]"
)
_HALVES: Final = {"半": Decimal("0.5"), "一半": Decimal("0.5"), "半百": Decimal(50)}
#: A sum as cheques spell it, 壹拾壹元整, told from 十一元 by its formal characters before they are made plain.
_CHEQUE: Final = regex(r"(?P<yuan>[零一二三四五六七八九十百千万亿]+)￥零?(?:(?P<jiao>.)角零?)?(?:(?P<fen>.)分)?[整正]?")
#: 1.2e5, 3E-4: as programs print what is very large or small.
_EXPONENT: Final = regex(r"[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]{1,2}")
#: 2^5, 1.5×10^8.
_POWER: Final = regex(
    r"(?:(?P<times>[0-9]{1,9}(?:\.[0-9]{1,9})?)[×*])?(?P<base>[0-9]{1,4}(?:\.[0-9]{1,4})?)\^(?P<exponent>[-+]?[0-9]{1,2})"
)
_POINT: Final = regex(r"(?P<whole>.+)点(?P<part>[零一二三四五六七八九0-9]+)(?P<scales>[十百千万亿]*)")


def _number(plain: str) -> Decimal:
    """A numeral without sign and fraction bar."""
    if plain in _HALVES:
        return _HALVES[plain]
    if power := _POWER.fullmatch(plain):
        return _raised(*power.group("times", "base", "exponent"))
    if _EXPONENT.fullmatch(plain):
        return Decimal(f"{Decimal(plain):f}")
    if cheque := _CHEQUE.fullmatch(plain):
        jiao, fen = (_DIGITS[cheque[coin] or "零"] for coin in ("jiao", "fen"))
        return _number(cheque["yuan"]) + Decimal(10 * jiao + fen) / 100
    if plain[-1:] in _SUFFIXES and (plain[-2:-1].isdigit()):
        return _number(plain[:-1]) * _SUFFIXES[plain[-1]]
    if point := _POINT.fullmatch(plain):
        digits = "".join(c if c.isascii() else str(_DIGITS[c]) for c in point["part"])
        value = _whole(_tokens(point["whole"])) + Decimal(f"0.{digits}")
        return reduce(lambda amount, scale: amount * _SCALES[scale], point["scales"], value)
    return _whole(_tokens(plain.replace("个亿", "亿")))


def _tokens(plain: str) -> list[str]:
    """Its Arabic numbers and its Chinese characters, one by one; ValueError where anything else stands."""
    tokens: list[str] = []
    at = 0
    while match := _TOKEN.match(plain, at):
        tokens.append(match.group().replace(",", ""))
        at = match.end()
    if at < len(plain) or not tokens or sum(token in _SCALES for token in tokens) > _MAX_SCALES:
        raise ValueError("not a numeral")
    return tokens


def _whole(tokens: list[str]) -> Decimal:
    """Tokens by place value: what stands before the largest scale multiplies it, what stands after is added."""
    scale = max((_SCALES.get(token, 0) for token in tokens), default=0)
    if not scale:
        return _digits(tokens)
    at = max(i for i, token in enumerate(tokens) if _SCALES.get(token) == scale)
    coefficient, rest = _coefficient(tokens[:at], scale), tokens[at + 1 :]
    amount = coefficient * scale
    if not rest:
        return amount
    if "." in "".join(tokens):  # a decimal is complete with its scale: 10.1万零100 says nothing
        raise ValueError("digits after a decimal")
    return amount + _remainder(rest, scale)


def _coefficient(tokens: list[str], scale: int) -> Decimal:
    """What multiplies a scale: nothing (百二), a digit before 十百千, any number before 万亿."""
    while len(tokens) > 1 and tokens[0] == "零":
        tokens = tokens[1:]
    if not tokens:
        return Decimal(1)
    if scale < 10**4 and (len(tokens) > 1 or tokens[0] in _SCALES):
        raise ValueError("only a digit multiplies 十, 百 and 千")
    value = _whole(tokens)
    if not value and tokens[-1] in _DIGITS:  # 0万 is written, 零万 is not
        raise ValueError("no coefficient")
    return value


def _remainder(tokens: list[str], scale: int) -> Decimal:
    """What follows a scale. One digit without 零 counts tenths of the scale: 三万五 is 35 000."""
    if tokens[-1] == "两":  # 三十两 is a weight, the numeral would be 三十二
        raise ValueError("两 at the end")
    if len(tokens) == 1 and tokens[0] != "零" and len(tokens[0]) == 1 and scale > 10 and tokens[0] not in _SCALES:
        return _digits(tokens) * scale / 10
    while len(tokens) > 1 and tokens[0] == "零":
        tokens = tokens[1:]
    value = _whole(tokens)
    if not value or value >= scale or "." in "".join(tokens) or (scale == 10 and len(tokens) > 1):
        raise ValueError("out of order")
    return value


def _digits(tokens: list[str]) -> Decimal:
    """Digits in a row (二〇二三), or one Arabic number. 两 stands alone."""
    if len(tokens) == 1 and tokens[0] not in _DIGITS:
        return Decimal(tokens[0])
    if any(token not in _DIGITS or (token == "两" and len(tokens) > 1) for token in tokens):
        raise ValueError("not digits")
    return Decimal("".join(str(_DIGITS[token]) for token in tokens))
