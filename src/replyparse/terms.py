"""One number with its unit: percentages, fractions, ranks, sums of money, ranges, vague amounts.

`read` goes through a text once and yields every `Term`; what the words around a term add (每人, 不低于) is not its
business. Numerals follow GB/T 15835—2011; a span holds the number and its unit and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from replyparse import bare, compounds, figures, parts, units
from replyparse.figures import NO_AMOUNT, VERSION, Figure
from replyparse.knowledge import cached
from replyparse.numerals import ARABIC, HAN_RUN, value_of
from replyparse.patterns import regex
from replyparse.record import Comparator, Dimension, Span
from replyparse.scan import Scan
from replyparse.term import Term

__all__ = ["Term", "read"]


def read(text: str) -> Iterator[Term]:
    """Every term of a text, in order. Linear: each place is read by a fixed number of bounded patterns."""
    if whole := bare.whole(text):
        yield whole
        return
    end = 0
    for at in _START.openings(text):
        start = _START.pattern.match(text, at) if at >= end else None
        if start is None:
            continue
        if skipped := NO_AMOUNT.match(text, at):
            end = skipped.end()
            continue
        term = _read(text, start)
        if term is not None:
            yield term
            end = term.span.end
        else:
            end = _past(text, start)


#: A bare figure between others in a row of a table or a list of codes says nothing by itself.
_IN_ROW: Final = regex("(?<=[0-9])[ ,][0-9]")
_ROW_BEFORE: Final = regex("(?<=[0-9][ ,])[0-9]")


def _read(text: str, start: re.Match[str]) -> Term | None:
    """The term that a start opens: what its first characters can be decides which readers are asked."""
    at = start.start()
    if _IN_ROW.match(text, start.end()) and _ROW_BEFORE.match(text, at):
        return None
    number = figures.made_of(start) if start["body"] else None
    if number is None:
        if text.startswith("百分百", at):
            return Term(Span(at, at + 3), Decimal(100), "%", "ratio", "percent")
        return _rank(text, at) or parts.fraction(text, at) or parts.half_unit(text, at)
    if proportion := parts.proportion(text, number):
        return proportion
    if number.per is not None:
        return _range(text, number, _unit(text, number)) or parts.percent(number) or parts.fraction(text, at)
    if number.span.end == start.end("body"):
        behind = text[number.span.end : number.span.end + 2]
        if behind[:1] not in _openings() or (behind[:1] == " " and behind[1:] not in _openings()):
            return bare.alone(text, number)
    unit = _unit(text, number)
    return (
        parts.fraction(text, at)
        or _range(text, number, unit)
        or _bounds(text, number, unit)
        or _money(text, number)
        or _shares(text, number)
        or _amount(text, number, unit)
        or bare.alone(text, number)
    )


@cached
def _openings() -> frozenset[str]:
    """The characters that can follow a number which is more than a bare figure."""
    return units.openings() | frozenset(" 分又/半-—–~～至到(个個元块圆塊角毛、和与及或以以点點")


def _past(text: str, start: re.Match[str]) -> int:
    """Where to read on after a start that opened no term: past the numeral of 第二十三条, else past the number."""
    if start.group() == "第":
        article = VERSION.match(text, start.end())
        ordinal = figures.PATTERN.match(text, start.end())
        return article.end() if article else ordinal.end("body") if ordinal else start.end()
    return start.end("body") if start["body"] else start.end()


_DIGIT: Final = "[0-9零〇一二三四五六七八九两十百千万亿]"
_START: Final = Scan(rf"https?://|(?<=打)[对對]折|百分百|(?:第|前)(?={_DIGIT})|{figures.PATTERN.pattern}|半")


def _unit(text: str, number: Figure, at: int | None = None) -> units.Found | None:
    return units.match(text, number.span.end if at is None else at, number.body, number.span.start)


def _term(number: Figure, row: units.Unit, end: int, rule: str) -> Term:
    """A number with the unit that ends at `end`."""
    low, high = (None if end_ is None else row.in_base(end_) for end_ in (number.low, number.high))
    value = None if number.value is None else row.in_base(number.value)
    inner: Comparator | None = "range" if low is not None else number.inner
    bare = number.body[0] in figures.SCALES[1:] + "萬億" and not number.lead and inner is None
    return Term(Span(number.span.start, end), value, row.unit, row.dimension, rule, low, high, inner, bare, row)


# ranges

_TO: Final = regex(r"(?:\(含\))? ?(?:[-—–~～]{1,3}|至|到) ?")
#: 在20和30之间.
_AND: Final = regex(" ?[和与] ?")
_BETWEEN: Final = regex(" ?之间")
_YEARS: Final = regex("(?:19|20)[0-9]{2}")


#: Between the bounds of 20元以上50元以下 and behind them.
_FROM: Final = regex(r"(?:\(不?含(?:本数)?\))?以上(?:\(不?含(?:本数)?\))?[、,]?(?:至|到)?")
_UP_TO: Final = regex(r"(?:\(不?含(?:本数)?\))?(?:以下|以内|以内|之内)")


def _bounds(text: str, low: Figure, low_unit: units.Found | None) -> Term | None:
    """A lower bound followed by an upper one is one range: 20元以上50元以下, 3人以上、10人以下."""
    joint = _FROM.match(text, low_unit.end if low_unit else low.span.end)
    high = figures.figure(text, joint.end()) if joint else None
    unit = _unit(text, high) if high else None
    closed = _UP_TO.match(text, unit.end) if unit else None
    if high is None or unit is None or closed is None or low.value is None or high.value is None:
        return None
    if low_unit is not None and low_unit.row.unit != unit.row.unit:
        return None
    row, span = unit.row, Span(low.span.start, closed.end())
    least, most = row.in_base(low.value if low_unit else _shared(low, high)), row.in_base(high.value)
    return _range_of(least, most, span, row.unit, row.dimension, row)


def _range(text: str, low: Figure, low_unit: units.Found | None) -> Term | None:
    """Two numbers joined by a dash, 至 or 到, the first of which may leave out unit and scale: 15—20亿元.

    After 由 or 从 they are two states (从3家到5家), and the low end must be the lower one.
    """
    at = low.span.start
    if low.low is not None or text[at - 1 : at] in ("由", "从", "自"):
        return None
    end = low_unit.end if low_unit else low.span.end
    joint = _TO.match(text, end) or _AND.match(text, end)
    high = figures.figure(text, joint.end()) if joint else None
    if joint is None or high is None or low.value is None or high.value is None or high.lead:
        return None
    per = low.per or high.per
    unit = _unit(text, high)
    between = _BETWEEN.match(text, unit.end if unit else high.span.end) is not None
    if joint.re is _AND and not between:
        return None
    years = _YEARS.fullmatch(low.body) and _YEARS.fullmatch(high.body)
    if unit is None and low_unit is None and per is None and not years and (between or _spoken(low, high)):
        return _range_of(_shared(low, high), high.value, Span(at, high.span.end), None, "other")
    if per is not None:
        return _range_of(low.value, high.value, Span(at, high.span.end), parts.PER.get(per), "ratio")
    if unit is None or (low_unit is not None and low_unit.row.unit != unit.row.unit):
        return None
    shared = low.value if low_unit and low.scale else _shared(low, high)
    row = unit.row
    top = _extended(text, _term(high, row, unit.end, "range"), row)  # 一米到一米五
    if top.value is None:
        return None
    return _range_of(shared * row.factor, top.value, Span(at, top.span.end), row.unit, row.dimension, row)


def _spoken(low: Figure, high: Figure) -> bool:
    """Whether two numbers without unit are amounts by their form: 5k-20k, 一千到一千五百."""
    return high.body[-1] in "kw" or bool(_SCALED.fullmatch(low.body) and _SCALED.fullmatch(high.body))


_SCALED: Final = regex("[一二两三四五六七八九][百千万亿](?:.{1,12})?")


def _range_of(
    low: Decimal, high: Decimal, span: Span, unit: str | None, dimension: Dimension, row: units.Unit | None = None
) -> Term | None:
    return Term(span, None, unit, dimension, "range", low, high, "range", row=row) if low < high else None


def _shared(low: Figure, high: Figure) -> Decimal:
    """The low end with the scale of the high one, where it has none itself and stays below: 3到5万."""
    assert low.value is not None and high.value is not None
    large = re.sub(r"^[十百千]+", "", high.scale)
    if high.body[-1] in "kw" and low.body[-1] <= "9":
        return low.value * (value_of(high.scale) or 1)
    if large and not re.search("[万亿萬億]$", low.body):
        scaled = low.value * (value_of(large) or 1)
    elif high.scale in ("百", "千") and low.value < 10 and not low.scale:
        scaled = low.value * (value_of(high.scale) or 1)
    else:
        return low.value
    return scaled if scaled < high.value else low.value


# ranks

_RANK_CUE: Final = regex(
    r"(?:(?:居|列|排|排行|名次|位次|升至|跃至|升到|跃升|提升到|进位)[^,。;、!?\n]{0,14}|(?:全国|全省|全市|全县|全区|世界|全球|亚洲))$"
)
_ORDINAL: Final = regex(rf"(?P<how>第|前)(?P<number>{HAN_RUN}|[0-9]{{1,4}})(?P<unit>位|名)?")
_HAN: Final = regex(r"[\u4e00-\u9fff]")


def _rank(text: str, at: int) -> Term | None:
    """第3位, 居全省第一, 位居前三. Without 位 or 名 a word of rank has to stand before; 第三产业 is none."""
    match = _ORDINAL.match(text, at)
    if match is None:
        return None
    value = value_of(match["number"])
    ranked = _RANK_CUE.search(text, max(0, at - 20), at) is not None
    placed = match["how"] == "第" and (
        match["unit"] == "名" or (match["unit"] == "位" and value != 1)
    )  # 第一位: the main thing
    followed = text[match.end() : match.end() + 1]
    closed = match["unit"] or not _HAN.match(followed) or followed in "的和并且升跃跌降"
    if value is None or not (ranked or placed) or not closed:
        return None
    inner: Comparator | None = "le" if match["how"] == "前" else None
    start = at if match["how"] == "第" else at + 1
    return Term(Span(start, match.end()), value, match["unit"], "rank", "rank", inner=inner)


# money


def _money(text: str, number: Figure) -> Term | None:
    """5块3, 三元五角, 12元5角6分, 两毛五: coins added to what stands before. Two such sums can be a range."""
    at = number.span.start
    low = _coins(text, at)
    joint = _TO.match(text, low.span.end) if low else None
    high = _coins(text, joint.end()) if joint else None
    if low is None or high is None or low.value is None or high.value is None:
        return low
    return _range_of(low.value, high.value, Span(at, high.span.end), low.unit, "money") or low


def _coins(text: str, at: int) -> Term | None:
    found = figures.coins(text, at)
    currency = figures.currency_before(text, at) or "元"
    return Term(found.span, found.amount, currency, "money", "coins") if found else None


# a number and its unit

_AND_HALF: Final = regex(r"(?<=打)[对對]折|个半(?P<unit>月|小时|小時|钟头|钟|分钟|星期|世纪|学期)")
_HALF_BEHIND: Final = regex(r"半(?:(?<=分半)钟)?(?![年天月日小数径成个导决边封自])")
_HALF_THING: Final = regex(r"半(?:$|[\s,。;、!?]|以[上下])")  # 一个半, but not 一个半岛
#: 六斤八两, 三米九, 一米七五: decimals with a unit of their own or none.
_TAILS: Final = {
    "%": regex("(?<=成)([1-9一二三四五六七八九])(?![0-9十百千万亿个項项家年月.])"),
    "斤": regex("([1-9一二三四五六七八九])[两兩]"),
    "米": regex(
        r"([1-9一二三四五六七八九]|[0-9]{2}|[一二三四五六七八九]{2})(?=$|[,。;)]|左右|以上|以下|之间|到|至|高|宽|长)"
    ),
}
_MORE_OF: Final = regex(r"[个個]多(?P<unit>月|小时|小時|钟头|星期|世纪|学期|百分点|百分點)")
_MORE_BEHIND: Final = regex(r"(?:多|有余)(?![元样层功种次媒项方部渠年家个名人点措形用头级地条门边少于余部彩])")


def _amount(text: str, number: Figure, unit: units.Found | None) -> Term | None:
    """The usual case: a number, its unit, and what may follow inside the span (半, 多)."""
    for pattern, more in ((_AND_HALF, Decimal("0.5")), (_MORE_OF, Decimal(0))):
        if (split := pattern.match(text, number.span.end)) and number.value is not None:
            found = units.match("个" + split["unit"], 0, number.body, 0)
            if found is not None:
                term = _term(number._replace(value=number.value + more), found.row, split.end(), "split unit")
                return term if more else term._replace(inner="gt")
    if unit is None:
        return None
    term = _in_currency(text, _term(number, unit.row, unit.end, "number and unit"))
    whole = compounds.extended(text, term)
    return whole if whole is not term else _extended(text, term, unit.row)


def _extended(text: str, term: Term, row: units.Unit) -> Term:
    """A term with the 半 or 多 that follows a measured unit: 三成半, 两年多."""
    fractional = row.measured or row.factor == 10 or row.unit in ("倍", "番")
    halved = row.dimension == "count" and text.startswith("半", term.span.end)
    if term.value is None or not (fractional or (halved and _HALF_THING.match(text, term.span.end))):
        return term
    if half := _HALF_BEHIND.match(text, term.span.end):
        return term._replace(value=term.value + row.factor / 2, span=Span(term.span.start, half.end()))
    if tail := _TAILS[row.unit].match(text, term.span.end) if row.unit in _TAILS else None:
        decimals = (value_of(tail[1]) or Decimal(0)).scaleb(-len(tail[1])) * row.factor
        return term._replace(value=term.value + decimals, span=Span(term.span.start, tail.end()))
    if more := _MORE_BEHIND.match(text, term.span.end):
        return term._replace(inner="gt", span=Span(term.span.start, more.end()))
    return term


def _in_currency(text: str, term: Term) -> Term:
    """元 after 港币 is 港元, and so is 元港币."""
    if term.unit != "元":
        return term
    behind = units.match(text, term.span.end, "", term.span.start)
    if behind is not None and behind.row.dimension == "money" and behind.row.unit not in ("元", "角"):
        return term._replace(unit=behind.row.unit, row=behind.row, span=Span(term.span.start, behind.end))
    return term._replace(unit=figures.currency_before(text, term.span.start) or "元")


# lists

#: 3、5、7个 and 1.3个和5.2个百分点: numbers that leave their unit to the last of them.
_JOINT: Final = "(?:、|和|与|及|以及|或)"
_LISTED: Final = regex(rf"(?:[个個]?{_JOINT}{ARABIC}[万亿]?){{1,6}}")
_LAST: Final = regex(rf"{_JOINT}({ARABIC}[万亿]?)$")
#: Labels and numbers of things rather than amounts: at the start of a line or sentence, behind 第.
_LABELLED: Final = regex(r"(?:^|[\s。;:!?(第号月年])(?:[0-9]{1,4}、)*$")
#: Units that also follow the number of a thing: 1、2层 are the first and second floor.
_NUMBERING: Final = frozenset("层组期班队路集页栋幢座床间类种款条节段") | {"单元"}


def _shares(text: str, number: Figure) -> Term | None:
    """A member of a plain list whose last number alone carries the unit, and the scale with it: 1.2和3.4万元."""
    start, end = number.span
    listed = _LISTED.match(text, end) if number.value is not None and number.body[0] <= "9" else None
    if listed is None or number.value is None or number.inner:
        return None
    last = _LAST.search(listed.group())
    at = listed.end() - len(last[1]) if last else end
    found = units.match(text, listed.end(), text[at : listed.end()], at)
    own = text[end] in "个個"
    if found is None or found.row.dimension in ("duration", "rank", "other") or found.row.unit in _NUMBERING:
        return None
    if (own and (found.row.unit == "个" or not found.row.spelled_with_ge)) or _LABELLED.search(
        text, max(0, start - 32), start
    ):
        return None
    scale = value_of("1" + text[listed.end() - 1]) if text[listed.end() - 1] in "万亿" and number.body[-1] <= "9" else 1
    value = found.row.in_base(number.value * (scale or 1))
    return Term(Span(start, end + own), value, found.row.unit, found.row.dimension, "shared unit", row=found.row)
