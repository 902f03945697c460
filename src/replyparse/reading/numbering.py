"""The numbers that browsers print before the items of a list: <ol type start reversed>, <li value>, list-style-type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replyparse.reading.markup import Element
from replyparse.reading.ordinals import ordinal

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?P<value>[^;]+)", re.IGNORECASE)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
#: CSS Counter Styles Level 3: the Chinese ones end with 、, the others with a full stop.
_CHINESE = frozenset(
    "cjk-ideographic simp-chinese-informal simp-chinese-formal trad-chinese-informal trad-chinese-formal"
    " cjk-decimal cjk-heavenly-stem japanese-informal".split()
)
_LATIN = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
_BULLETS = frozenset({"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"})
_MOST = 100_000  # a list that counts further is not printed with numbers


def labels(items: Element) -> Iterator[str]:
    """What stands before each <li> of a list, in order; "" before those that have a bullet or nothing."""
    own = [child for child in items.children if isinstance(child, Element) and child.tag == "li"]
    step = -1 if items.get("reversed") is not None else 1
    number = _whole(items.get("start"))
    if number is None:
        number = len(own) if step < 0 else 1
    style = _style(items, _TYPES.get(items.get("type") or "1", "decimal") if items.tag == "ol" else "disc")
    for item in own:
        value = _whole(item.get("value"))
        number = number if value is None else value
        yield numbered(number, _style(item, style))
        number += step


def _style(element: Element, default: str) -> str:
    """The list style that an element's own style names, else the default."""
    match = _STYLE.search(element.get("style") or "")
    words = match["value"].lower().split() if match else []
    return next((word for word in words if _known(word)), default)


def _known(style: str) -> bool:
    return style in _CHINESE or style in _LATIN or style in _BULLETS or style.startswith("decimal") or "roman" in style


def numbered(number: int, style: str) -> str:
    """A number as a list prints it.

    >>> numbered(12, "cjk-ideographic"), numbered(3, "upper-alpha"), numbered(4, "lower-roman"), numbered(4, "decimal")
    ('十二、', 'C.', 'iv.', '4.')
    """
    if style in _BULLETS or not -_MOST < number < _MOST:
        return ""
    if style in _CHINESE and 0 < number < 100:
        return f"{ordinal(number, 'chineseCounting')}、"
    if style in _LATIN and number > 0:
        return f"{_letters(number, _LATIN[style])}."
    if style.endswith("roman") and 0 < number < 4000:
        return f"{ordinal(number, 'upperRoman' if style.startswith('upper') else 'lowerRoman')}."
    return f"{number}."


def _letters(number: int, first: str) -> str:
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = chr(ord(first) + place) + letters
    return letters


def _whole(words: str | None) -> int | None:
    match = re.match(r"\s*([+-]?\d{1,6})(?!\d)", words or "")
    return int(match[1]) if match else None
