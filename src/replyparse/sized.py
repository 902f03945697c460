"""Things counted together with their size: 一座库容2.3万立方米的山塘, 2座10万吨级污水处理厂, 一条7米宽道路.

The size stands between the count and the noun; both amounts are named by that noun, the size with its measure.
"""

from __future__ import annotations

from replyparse import words
from replyparse.opening import opening
from replyparse.patterns import regex
from replyparse.stated import Stated
from replyparse.wordclass import nouns

_SIZES = frozenset({"area", "length", "volume", "mass", "power", "energy", "money"})
_OWN_HEADS = frozenset({"户", "人", "名", "口", "人次"})  # 20户3.5亩 stand side by side
#: Between a size and the noun it sizes, with the dimension that tells what was measured.
_BEHIND = regex(r"(?:左右|以上|以下)*(?P<dimension>级|宽|长|高|深|厚)?的?(?=[\u4e00-\u9fff“])")
_PADDING = regex("(?:为|约|达|近|不低于|不少于|不小于|不超过|超过?)+$")


def sized(text: str, count: Stated, size: Stated) -> tuple[str, str] | None:
    """The noun that a count and the size right behind it share, and the size's measure ('' where none is told)."""
    amount = count.amount
    if amount.dimension != "count" or amount.unit in _OWN_HEADS or size.amount.dimension not in _SIZES:
        return None
    if size.clause != count.clause:
        return None
    measure = _PADDING.sub("", text[count.span.end : size.span.start])
    behind = _BEHIND.match(text, size.span.end, size.trail.end)
    if behind is None or (measure and not _measures(measure)):
        return None
    marked = bool(measure or behind["dimension"] or behind.group().endswith("的"))
    noun = opening(text[behind.end() : size.trail.end])
    if not noun or noun in nouns("framing") or (not marked and words.cut(noun)[0].tag[:1] != "n"):
        return None
    return noun, measure or (behind["dimension"] or "").removeprefix("级")


def _measures(phrase: str) -> bool:
    """Whether a stretch is the name of a measure and nothing else: 库容, 建筑面积, 日处理, 长."""
    said = words.cut(phrase)
    return len(said) <= 2 and (phrase in nouns("sizes") or said[-1].text in nouns("sizes", "measures"))
