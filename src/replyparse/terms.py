"""One number with its unit: percentages, fractions, ranks, sums of money, ranges, vague amounts.

`read` goes through a text once and yields every `Term`; what the words around a term add (每人, 不低于) is not its
business. Numerals follow GB/T 15835—2011; a span holds the number and its unit and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from replyparse import units
from replyparse.numerals import ARABIC, HAN_RUN, MIXED, value_of
from replyparse.record import Comparator, Dimension, Span

__all__ = ["Term", "read"]


@dataclass(frozen=True, slots=True)
class Term:
    """A number with its unit, as printed. `inner` is what the number itself says (200余 is more than 200)."""

    span: Span
    value: Decimal | None
    unit: str | None
    dimension: Dimension
    rule: str
    low: Decimal | None = None
    high: Decimal | None = None
    inner: Comparator | None = None
    bare: bool = False  # begins with 百, 千, 万 or 亿


@dataclass(frozen=True, slots=True)
class _Number:
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


# --- numbers

_SCALES: Final = "十百千万亿"
_LEAD: Final = r"(?:(?<![人户总次个件指参岁倍函基级位份额套分])数|好?几)(?=[十百千万亿])"
_SIGN: Final = r"负|(?<![0-9A-Za-z%)\]〕.年月日号\u4e00-\u9fff-])-(?=[0-9])|(?<=[为是达到])-(?=[0-9])"
_MORE: Final = r"余(?![额款杭粮热下])|多(?!功能|媒体|样化|元化)|几|来(?=[个名人家户天次条处万亿位岁项])"
_NUMBER: Final = re.compile(
    rf"(?P<lead>{_LEAD})?(?P<sign>{_SIGN})?(?:(?P<per>[百佰千仟万萬])分之)?"
    rf"(?P<body>{MIXED}|{HAN_RUN})(?:(?P<more>{_MORE})(?P<scale>[{_SCALES}萬億]*))?"
)
#: Two digits in a row that leave a range open: 七八, 十五六, 三五百, 一两. Digits further apart are no range.
_OPEN: Final = re.compile(
    rf"(?P<head>[一二三四五六七八九十百千万亿]*[{_SCALES}])?"
    r"(?:(?P<low>[一两二三四五六七八])(?P<high>[两二三四五六七八九]))(?P<tail>[十百千万亿]*)"
)
_PAIRS: Final = frozenset("一二 一两 二三 两三 三四 三五 四五 五六 六七 七八 八九".split())


def _number(text: str, at: int) -> _Number | None:
    """The number at `at`, None where the characters make none."""
    match = _NUMBER.match(text, at)
    if match is None:
        return None
    body, more, end = match["body"], match["more"], match.end()
    scale = match["scale"] or ""
    low, high = _open_ends(body) if not more else (None, None)
    value = None if low is not None else _scaled(body.rstrip("零") if more else body, scale)
    if value is None and low is None:
        return None
    if more in ("几", "来") and body[-1] not in _SCALES + "零0":
        more, end, value, scale = None, match.end("body"), value_of(body), ""
        if value is None:
            return None
    if match["sign"]:
        value = None if value is None else -value
    return _Number(
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
    ending = re.search(rf"(?<=.)[{_SCALES}]+$", body[-4:])
    return ending.group() if ending and len(ending.group()) < len(body) else ""


def _open_ends(body: str) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of 七八 or 十五六万; Nones where two digits leave nothing open."""
    match = _OPEN.fullmatch(body)
    if match is None or match["low"] + match["high"] not in _PAIRS:
        return None, None
    head, tail = match["head"] or "", match["tail"]
    low, high = value_of(head + match["low"] + tail), value_of(head + match["high"] + tail)
    return (low, high) if low is not None and high is not None and low < high else (None, None)


# --- terms


def read(text: str) -> Iterator[Term]:
    """Every term of a text, in order. Linear: each place is read by a fixed number of bounded patterns."""
    at = 0
    while start := _START.search(text, at):
        at = start.start()
        if skipped := _no_amount(text, at):
            at = skipped
            continue
        term = next((term for reader in _READERS if (term := reader(text, at)) is not None), None)
        if term is not None:
            yield term
        at = max(term.span.end if term else start.end(), at + 1)


_DIGIT: Final = "[0-9零〇一二三四五六七八九两十百千万亿]"
_START: Final = re.compile(rf"(?:第|前)(?={_DIGIT})|{_NUMBER.pattern}|半")

# What looks like a number and says no amount.
_YEAR: Final = r"(?:(?:19|20)[0-9]{2}|[一二][零〇九][零〇一二三四五六七八九]{2})"
_DATE: Final = rf"{_YEAR}(?:[-—–~至到]{{1,2}}(?:{_YEAR}|[0-9]{{2}}))?年|[0-9]{{4}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}(?![0-9])"
_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[-—–~至到]{1,2}[0-9]{1,2}:[0-9]{2})?(?![0-9])"
_PHONE: Final = r"0[0-9]{2,3}[-—–][0-9]{7,8}(?![0-9])"
_VERSION: Final = r"[0-9]++(?:\.[0-9]++){2,}+"
_NO_AMOUNT: Final = re.compile(rf"{_DATE}|{_CLOCK}|{_PHONE}|{_VERSION}")
#: A3区, G42, 十四届二次: what stands in front makes the number a name.
_NAMED: Final = re.compile(r"(?<=[A-Za-z_〔﹝#@届])[0-9零〇一二三四五六七八九两十百]++(?:[.-][0-9]++)*+")


def _no_amount(text: str, at: int) -> int | None:
    """Where a date, time, code or name that begins at `at` ends."""
    match = _NO_AMOUNT.match(text, at) or _NAMED.match(text, at)
    return match.end() if match else None


def _unit(text: str, number: _Number, at: int | None = None) -> units.Found | None:
    return units.match(text, number.span.end if at is None else at, number.body, number.span.start)


def _term(number: _Number, row: units.Unit, end: int, rule: str) -> Term:
    """A number with the unit that ends at `end`."""
    low, high = (None if end_ is None else end_ * row.factor for end_ in (number.low, number.high))
    value = None if number.value is None else number.value * row.factor
    inner: Comparator | None = "range" if low is not None else number.inner
    bare = number.body[0] in _SCALES[1:] + "萬億" and not number.lead and inner is None
    return Term(Span(number.span.start, end), value, row.unit, row.dimension, rule, low, high, inner, bare)


# ranges

_TO: Final = re.compile(r"(?:\(含\))? ?(?:[-—–~～]{1,2}|至|到) ?")
_PER: Final = {Decimal(100): "%", Decimal(1000): "‰"}


def _range(text: str, at: int) -> Term | None:
    """Two numbers joined by a dash, 至 or 到, the first of which may leave out unit and scale: 15—20亿元.

    After 由 or 从 they are two states (从3家到5家), and the low end must be the lower one.
    """
    low = _number(text, at)
    if low is None or low.low is not None or text[at - 1 : at] in ("由", "从", "自"):
        return None
    low_unit = _unit(text, low)
    joint = _TO.match(text, low_unit.end if low_unit else low.span.end)
    high = _number(text, joint.end()) if joint else None
    if high is None or low.value is None or high.value is None or high.lead:
        return None
    per = low.per or high.per
    unit = _unit(text, high)
    if per is not None:
        return _range_of(low.value, high.value, Span(at, high.span.end), _PER.get(per), "ratio")
    if unit is None or (low_unit is not None and low_unit.row.unit != unit.row.unit):
        return None
    shared = low.value if low_unit and low.scale else _shared(low, high)
    factor = unit.row.factor
    return _range_of(shared * factor, high.value * factor, Span(at, unit.end), unit.row.unit, unit.row.dimension)


def _range_of(low: Decimal, high: Decimal, span: Span, unit: str | None, dimension: Dimension) -> Term | None:
    return Term(span, None, unit, dimension, "range", low, high, "range") if low < high else None


def _shared(low: _Number, high: _Number) -> Decimal:
    """The low end with the scale of the high one, where it has none itself and stays below: 3到5万."""
    assert low.value is not None and high.value is not None
    large = re.sub(r"^[十百千]+", "", high.scale)
    if large and not re.search("[万亿萬億]$", low.body):
        scaled = low.value * (value_of(large) or 1)
    elif high.scale in ("百", "千") and low.value < 10 and not low.scale:
        scaled = low.value * (value_of(high.scale) or 1)
    else:
        return low.value
    return scaled if scaled < high.value else low.value


# parts

_SLASH: Final = re.compile(r"(?<![0-9/.-])([0-9]{1,2})/([0-9]{1,2})(?![0-9/.月年])")
_OF: Final = re.compile(rf"(?P<below>{HAN_RUN}|{ARABIC})分之(?P<above>{HAN_RUN}|{ARABIC})")
_HALF: Final = re.compile(r"一半(?![径年天月小会])|(?<![上下前后过多两大对])半数")


def _percent(text: str, at: int) -> Term | None:
    """百分之六十五, 千分之三. The unit says the base, so the value is what follows 之."""
    number = _number(text, at)
    unit = _PER.get(number.per) if number and number.per else None
    if number is None or unit is None:
        return None
    inner: Comparator | None = "range" if number.low is not None else number.inner
    return Term(number.span, number.value, unit, "ratio", "percent", number.low, number.high, inner)


def _fraction(text: str, at: int) -> Term | None:
    """三分之二, 2/3, 一半: a part of the whole, without unit."""
    if half := _HALF.match(text, at):
        return Term(Span(*half.span()), Decimal("0.5"), None, "ratio", "half")
    match = _OF.match(text, at) or _SLASH.match(text, at)
    value = value_of(match.group()) if match else None
    if match is None or value is None or ("/" in match.group() and not 0 < value < 1):
        return None
    return Term(Span(*match.span()), value, None, "ratio", "fraction")


_HALF_OF: Final = re.compile(r"(?<![上下前后过多两大一对])半")


def _half_unit(text: str, at: int) -> Term | None:
    """半年, 半小时, 半个月: half a unit that is measured."""
    if not _HALF_OF.match(text, at):
        return None
    found = units.match(text, at + 1, "半", at)
    if found is None or not (found.row.measured or found.row.factor == 10) or found.row.dimension == "money":
        return None
    return Term(Span(at, found.end), found.row.factor / 2, found.row.unit, found.row.dimension, "half unit")


# ranks

_RANK_CUE: Final = re.compile(r"(?:居|位列|列|排|排名|排行|名次|位次|升至|跃至|上升到|升到|进位)[^,。;、!?\n]{0,14}$")
_ORDINAL: Final = re.compile(rf"(?P<how>第|前)(?P<number>{HAN_RUN}|[0-9]{{1,4}})(?P<unit>位|名)?")
_RANKLESS: Final = re.compile(r"[\u4e00-\u9fff]")


def _rank(text: str, at: int) -> Term | None:
    """第3位, 居全省第一, 位居前三. Without 位 or 名 a word of rank has to stand before; 第三产业 is none."""
    match = _ORDINAL.match(text, at)
    if match is None:
        return None
    ranked = _RANK_CUE.search(text, max(0, at - 20), at) is not None
    value = value_of(match["number"])
    followed = text[match.end() : match.end() + 1]
    open_end = not _RANKLESS.match(followed) or followed in "的和并且位名"
    if value is None or not (ranked or (match["unit"] and match["how"] == "第")) or not (match["unit"] or open_end):
        return None
    inner: Comparator | None = "le" if match["how"] == "前" else None
    start = at if match["how"] == "第" else at + 1
    return Term(Span(start, match.end()), value, match["unit"], "rank", "rank", inner=inner)


# money

_COINS: Final = re.compile(
    rf"(?P<yuan>{MIXED}|{HAN_RUN})(?:元|块|圆|塊)零?"
    rf"(?:(?P<jiao>[0-9]|[一二两三四五六七八九壹贰叁肆伍陆柒捌玖])(?:(?:角|毛)(?:(?P<fen>[0-9]|[一二两三四五六七八九壹贰叁肆伍陆柒捌玖])分?(?![0-9十百千万元个]))?|(?![0-9.十百千万亿余多几、元块个名家人户项件])(?<=块.)(?![\u4e00-\u9fff])))"
    rf"(?:钱|整)?"
)
_CENTS: Final = re.compile(r"(?P<jiao>[0-9]|[一二两三四五六七八九])(?:角|毛)(?P<fen>[0-9]|[一二两三四五六七八九])分?(?![0-9十百千万元个])")
_CURRENCY_BEFORE: Final = {
    "人民币": "元", "￥": "元", "¥": "元", "港币": "港元", "港幣": "港元", "新台币": "新台币", "$": "美元", "US$": "美元", "€": "欧元", "£": "英镑"
}


def _money(text: str, at: int) -> Term | None:
    """5块3, 三元五角, 12元5角6分, 两毛五: coins added to what stands before."""
    match = _COINS.match(text, at) or _CENTS.match(text, at)
    if match is None:
        return None
    parts = match.groupdict()
    yuan = value_of(parts.get("yuan") or "0")
    if yuan is None:
        return None
    coins = [value_of(parts[name] or "0") or Decimal(0) for name in ("jiao", "fen")]
    value = yuan + coins[0] / 10 + coins[1] / 100
    return Term(Span(*match.span()), value, "元", "money", "coins")


# a number and its unit

_AND_HALF: Final = re.compile(r"个半(?P<unit>月|小时|小時|钟头|星期|世纪|学期)")
_HALF_BEHIND: Final = re.compile(r"半(?![年天月日小数径成个导决边封自])")
_MORE_OF: Final = re.compile(r"个多(?P<unit>月|小时|小時|钟头|星期|世纪|学期)")
_MORE_BEHIND: Final = re.compile(r"(?:多|有余)(?![元样层功种次媒项方部渠年家个名人点措形用头级地条门边少于余部彩])")


def _amount(text: str, at: int) -> Term | None:
    """The usual case: a number, its unit, and what may follow inside the span (半, 多)."""
    number = _number(text, at)
    if number is None or number.per is not None:
        return None
    for pattern, more in ((_AND_HALF, Decimal("0.5")), (_MORE_OF, Decimal(0))):
        if (split := pattern.match(text, number.span.end)) and number.value is not None:
            found = units.match("个" + split["unit"], 0, number.body, 0)
            if found is not None:
                term = _term(replace(number, value=number.value + more), found.row, split.end(), "split unit")
                return term if more else replace(term, inner="gt")
    found = _unit(text, number)
    if found is None:
        return None
    term = _term(number, found.row, found.end, "number and unit")
    return _extended(text, _in_currency(text, term), found.row)


def _extended(text: str, term: Term, row: units.Unit) -> Term:
    """A term with the 半 or 多 that follows a measured unit: 三成半, 两年多."""
    fractional = row.measured or row.factor == 10
    if not fractional or term.value is None:
        return term
    if _HALF_BEHIND.match(text, term.span.end):
        return replace(term, value=term.value + row.factor / 2, span=Span(term.span.start, term.span.end + 1))
    if more := _MORE_BEHIND.match(text, term.span.end):
        return replace(term, inner="gt", span=Span(term.span.start, more.end()))
    return term


def _in_currency(text: str, term: Term) -> Term:
    """元 after 港币 is 港元."""
    if term.unit != "元":
        return term
    before = text[max(0, term.span.start - 3) : term.span.start]
    return replace(term, unit=next((unit for sign, unit in _CURRENCY_BEFORE.items() if before.endswith(sign)), "元"))


# a number alone

_ALONE_BEFORE: Final = re.compile(r"[0-9A-Za-z_./:\-—–~第〔\[#@&=№*×x+%年月日号]$")
_ALONE_BEHIND: Final = re.compile(
    r"(?:$|[\s,。;、!?”’)\]|])|左右|以上|以下|以内|上下|的|和|与|或|及|,"
)
_LABEL: Final = re.compile(r"[0-9]{1,3}[、.)]")


def _alone(text: str, at: int) -> Term | None:
    """A number without unit, where nothing suggests a code, a label or a word.

    In Chinese characters it needs a scale (一百二十) or to be the whole text: 统一 is no amount.
    """
    number = _number(text, at)
    if number is None or number.value is None or number.per is not None:
        return None
    start, end = number.span
    term = Term(number.span, number.value, None, "other", "bare number", inner=number.inner)
    if not text[:start].strip() and not text[end:].strip():
        return term
    currency = _in_currency(text, replace(term, unit="元"))
    if currency.unit != "元" or text[max(0, start - 3) : start].endswith(("人民币", "￥", "¥")):
        return replace(currency, dimension="money", rule="number and unit")
    digits = re.sub("[^0-9]", "", number.body)
    code = len(digits) > 6 and number.body == digits or digits[:1] == "0" and len(digits) > 1 and "." not in number.body
    if code or _ALONE_BEFORE.search(text, max(0, start - 1), start) or not _ALONE_BEHIND.match(text, end):
        return None
    if not digits and (len(number.body) < 3 or number.body[-1] not in _SCALES and number.body[-2] not in _SCALES):
        return None
    if text[:start].rpartition("\n")[2].strip() == "" and _LABEL.match(text, start):
        return None
    if re.fullmatch("(?:19|20)[0-9]{2}", number.body):
        return None
    return term


_READERS: Final = (_rank, _range, _percent, _fraction, _money, _half_unit, _amount, _alone)
