"""One amount told in two units of a kind: 一小时三十分钟, 两年零三个月, 5英尺8英寸.

Where the smaller unit is a decimal part of the larger one, the larger counts the whole (3公斤200克 is 3.2 公斤), else
the smaller (一小时三十分钟 is 90 分钟).
"""

from __future__ import annotations

from typing import Final

from replyparse import figures, units
from replyparse.patterns import regex
from replyparse.record import Span
from replyparse.term import Term

__all__ = ["extended"]

#: How many of a smaller unit make a larger one.
_PARTS: Final = {
    "年": {"个月": 12},
    "小时": {"分钟": 60, "秒": 3600},
    "分钟": {"秒": 60},
    "分": {"秒": 60},
    "公里": {"米": 1000},
    "米": {"厘米": 100, "毫米": 1000},
    "英尺": {"英寸": 12},
    "吨": {"公斤": 1000, "千克": 1000},
    "公斤": {"克": 1000},
    "千克": {"克": 1000},
    "斤": {"两": 10},
    "磅": {"盎司": 16},
    "升": {"毫升": 1000},
    "美元": {"美分": 100},
    "欧元": {"欧分": 100},
    "英镑": {"便士": 100},
}
_AND: Final = regex("[零又]?")
#: 二十分 behind hours are minutes, without 钟 too.
_MINUTES: Final = regex("分(?!钟|之)")


def extended(text: str, term: Term) -> Term:
    """A term with the smaller units told behind it."""
    while (more := _joined(text, term)) is not None:
        term = more
    return term


def _joined(text: str, term: Term) -> Term | None:
    """A term with one smaller unit more."""
    parts = _PARTS.get(term.unit or "")
    whole = term.value
    if parts is None or whole is None or term.inner is not None or whole != whole.to_integral_value():
        return None
    joint = _AND.match(text, term.span.end)
    number = figures.figure(text, joint.end()) if joint else None
    if number is None or number.value is None or number.inner or number.per or number.value < 0:
        return None
    found = units.match(text, number.span.end, number.body, number.span.start)
    row, end = (found.row, found.end) if found else (None, 0)
    if "分钟" in parts and (minutes := _MINUTES.match(text, number.span.end)):
        row, end = _minute(), minutes.end()
    if row is None or row.unit not in parts or (value := row.in_base(number.value)) >= (factor := parts[row.unit]):
        return None
    span = Span(term.span.start, end)
    if factor in (10, 100, 1000):
        return term._replace(value=whole + value / factor, span=span)
    return term._replace(value=whole * factor + value, span=span, unit=row.unit, row=row, dimension=row.dimension)


def _minute() -> units.Unit:
    return next(row for row in units.units() if row.unit == "分钟")
