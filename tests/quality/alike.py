"""When a gold value and a record's value are the same: what a scorer must not count as a difference."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from replyparse.record import Span

#: Other spellings of a unit, folded in width and case; a gold file may print either.
_UNITS = {
    **dict.fromkeys(("千米", "km"), "公里"),
    **dict.fromkeys(("m²", "m2", "平米", "平方"), "平方米"),
    **dict.fromkeys(("km²", "km2", "平方千米"), "平方公里"),
    **dict.fromkeys(("m³", "m3", "方", "立方"), "立方米"),
    **dict.fromkeys(("kwh", "度", "度电", "kw·h", "千瓦·时"), "千瓦时"),
    **dict.fromkeys(("块", "元人民币", "人民币"), "元"),
    **dict.fromkeys(("kg", "千克"), "公斤"),
    **dict.fromkeys(("℃", "°c"), "摄氏度"),
    "kw": "千瓦",
    "mw": "兆瓦",
    "t": "吨",
    "m": "米",
    "月": "个月",
    "百分点": "个百分点",
    "个小时": "小时",
    "个工作日": "工作日",
}
_METRIC_SHARE = 0.75  # of its characters, in order, a metric shares with an accepted phrase


def squash(value: Any) -> Any:
    """Fold width, blanks and quotation, so that only real differences count; what is empty becomes None."""
    if isinstance(value, str):
        folded = unicodedata.normalize("NFKC", value)
        return "".join(ch for ch in folded if not ch.isspace() and ch not in "“”\"'《》「」:,。;、").lower() or None
    if isinstance(value, list):
        return sorted(json.dumps(squash(item), ensure_ascii=False, sort_keys=True) for item in value) or None
    if isinstance(value, dict):
        return {key: squash(item) for key, item in value.items() if squash(item) is not None}
    return value


def header_value(name: str, value: Any) -> Any:
    """What is compared of a header field: the 届 of a body and a trailing 的提案 of a subject may stay or go."""
    if isinstance(value, str) and name == "body_name":
        value = re.sub(r"第?[0-9零〇一二两三四五六七八九十百]+届", "", unicodedata.normalize("NFKC", value))
    if isinstance(value, str) and name == "subject":
        value = re.sub(r"的?(提案|建议|议案|意见建议|意见)$", "", re.sub(r"^关于", "", value.strip('“”《》"')))
    return squash(value)


def unit_of(printed: str | None) -> str | None:
    """One spelling of a unit; the denominators of a rate in any order."""
    if printed is None:
        return None
    folded = re.sub("[ 每()]", "", unicodedata.normalize("NFKC", printed)).lower()
    head, *denominators = re.split("[/·]", folded) if "/" in folded else [folded]
    named = sorted(_UNITS.get(part, part).removeprefix("个") for part in denominators)
    return "/".join([_UNITS.get(head, head), *named])


def same_number(one: float | None, other: float | None) -> bool:
    """Equal but for the last digits of a float."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def same_phrase(found: str, accepted: Iterable[str]) -> bool:
    """Whether a metric shares enough with an accepted phrase: Dice on their longest common subsequence."""
    said = squash(found) or ""
    for phrase in accepted:
        want = squash(phrase) or ""
        row = [0] * (len(want) + 1)
        for ch in said:
            diagonal = 0
            for j, other in enumerate(want, 1):
                diagonal, row[j] = row[j], diagonal + 1 if ch == other else max(row[j], row[j - 1])
        if said and want and 2 * row[-1] / (len(said) + len(want)) >= _METRIC_SHARE:
            return True
    return False


def shared(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))
