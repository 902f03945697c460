"""Parts of a whole and parts of a unit: 三分之二, 2/3, 百分之五, 一半, 四分之一公升, 半小时."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from replyparse import units
from replyparse.figures import Figure
from replyparse.numerals import ARABIC, HAN_RUN, value_of
from replyparse.patterns import regex
from replyparse.record import Comparator, Span
from replyparse.term import Term

__all__ = ["PER", "fraction", "half_unit", "percent", "proportion"]

#: The signs of what 百分之 and 千分之 say.
PER: Final = {Decimal(100): "%", Decimal(1000): "‰"}

_TO_ONE: Final = regex(r"[:∶]1(?![0-9.:∶])")
_PROPORTION: Final = regex(r"比(?!例|[较如分])[^,。;]*$")
_REACH: Final = 30  # characters from the word for a proportion to its number
_SLASH: Final = regex(r"(?<![0-9/.-])([0-9]{1,2})/([0-9]{1,2})(?![0-9/.月年])")
_LONGEST: Final = 52  # characters before 分之 and with it: a sign, a whole number, 又, another
_WHOLE_NUMBER: Final = "[零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬0-9]{1,24}+"
_OF: Final = regex(rf"[负負]?(?:{_WHOLE_NUMBER}又)?(?P<below>{_WHOLE_NUMBER})分之[负負]?(?:{HAN_RUN}|{ARABIC})")
#: 四分一, as in Hong Kong: only before a measure.
_SHORT_OF: Final = regex("[二三四五六八十]分[一二三](?![零一二三四五六七八九十百千万点0-9])")
_HALF: Final = regex(r"(?<=打)[对對]折|一半(?![径年天月小会])|(?<![上下前后过多两大对])半数")
_MEASURES: Final = frozenset({"length", "area", "volume", "mass", "energy", "power"})


def percent(number: Figure) -> Term | None:
    """百分之六十五, 千分之三. The unit says the base, so the value is what follows 之."""
    unit = PER.get(number.per) if number.per else None
    if unit is None:
        return None
    inner: Comparator | None = "range" if number.low is not None else number.inner
    return Term(number.span, number.value, unit, "ratio", "percent", number.low, number.high, inner)


def proportion(text: str, number: Figure) -> Term | None:
    """2.4∶1 behind a word for a proportion (车桩比): so many of the one for each of the other, without unit."""
    found = _TO_ONE.match(text, number.span.end)
    if (
        found is None
        or number.value is None
        or not _PROPORTION.search(text, max(0, number.span.start - _REACH), number.span.start)
    ):
        return None
    return Term(Span(number.span.start, found.end()), number.value, None, "ratio", "proportion")


def fraction(text: str, at: int) -> Term | None:
    """三分之二, 2/3, 一半: a part of the whole, without unit, or of the measure behind it: 四分之一公升."""
    if text[at] in "一半对對" and (half := _HALF.match(text, at)):
        return Term(Span(*half.span()), Decimal("0.5"), None, "ratio", "half")
    if text.find("/", at, at + 3) > 0 and (match := _SLASH.match(text, at)):
        value = value_of(match.group())
        return _part(Span(*match.span()), value) if value is not None and 0 < value < 1 else None
    return _told(text, at) if text.find("分", at, at + _LONGEST) > 0 else None


def _told(text: str, at: int) -> Term | None:
    """三分之二, 三又四分之三米, and 四分一升."""
    if match := _OF.match(text, at):
        span, value = Span(*match.span()), value_of(match.group())
        if value is None or match.group().startswith(("百分", "佰分", "千分", "仟分")):
            return None
        return _of_unit(text, span, value) or _part(span, value)
    short = _SHORT_OF.match(text, at)
    value = value_of(short.group().replace("分", "分之")) if short else None
    return _of_unit(text, Span(*short.span()), value) if short and value is not None else None


def _part(span: Span, value: Decimal) -> Term:
    return Term(span, value, None, "ratio", "fraction")


def _of_unit(text: str, span: Span, value: Decimal) -> Term | None:
    """A fraction and the measure behind it; 三分之一升至 is a share that rises."""
    found = units.match(text, span.end, text[span.start : span.end], span.start)
    if found is None or found.row.dimension not in _MEASURES or text.startswith(("至", "到"), found.end):
        return None
    row = found.row
    return Term(Span(span.start, found.end), row.in_base(value), row.unit, row.dimension, "fraction of a unit", row=row)


_HALF_OF: Final = regex(r"(?<![上下前后过多两大一对])半")
#: What is counted and can be had by half: 半瓶. 半个多月, 半个身子 and 半个世纪 are other things.
_HALVED: Final = frozenset("个瓶杯碗桶袋盒箱车筐盘锅勺张页片块")
_WHOLE_THING: Final = regex(r"半.(?![多几来月身子样边路山世城道])")


def half_unit(text: str, at: int) -> Term | None:
    """半年, 半小时, 半个月, 半瓶: half a unit that is measured, or a thing that can be halved."""
    if not _HALF_OF.match(text, at):
        return None
    found = units.match(text, at + 1, "半", at)
    if found is None or found.row.dimension == "money":
        return None
    halved = found.row.unit in _HALVED and _WHOLE_THING.match(text, at)
    if not (found.row.measured or found.row.factor == 10 or halved):
        return None
    amount = Decimal(50) if found.row.whole_from else found.row.factor / 2  # 半折 is 五折
    return Term(Span(at, found.end), amount, found.row.unit, found.row.dimension, "half unit", row=found.row)
