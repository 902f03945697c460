"""Words before or behind a quantity that bound it, as `data/comparators.yaml` lists them."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from pydantic import Field

from replyparse import words
from replyparse.knowledge import Row, cached, load, strings
from replyparse.patterns import regex
from replyparse.record import Comparator

__all__ = ["Cue", "Heard", "adjoin", "behind", "cues", "in_front"]


class Cue(Row):
    """One row: words of one meaning, the side of the number they stand on, and how far they reach."""

    words: tuple[str, ...]
    side: Literal["before", "after"]
    comparator: Comparator
    reach: int = Field(default=0, ge=0, le=40)
    base: bool = False
    bare: bool = False
    not_before: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()


class Heard(NamedTuple):
    """A word that bounds a number: what it says, and where it stands in the text that was looked at."""

    comparator: Comparator
    word: str
    start: int


@cached
def cues() -> tuple[Cue, ...]:
    """The reviewed rows, in order."""
    return load("comparators", "cues", Cue)


@cached
def _words(side: str) -> tuple[tuple[str, Cue], ...]:
    """The words of one side with their rows, long ones first: 不低于 before 低于."""
    pairs = [(word, cue) for cue in cues() if cue.side == side for word in cue.words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cached
def _look_alikes(side: str) -> tuple[str, ...]:
    return tuple(word for cue in cues() if cue.side == side for word in cue.look_alikes)


@cached
def _by_end() -> dict[str, list[tuple[str, Cue]]]:
    """The words before a number by their last character."""
    table: dict[str, list[tuple[str, Cue]]] = {}
    for word, cue in _words("before"):
        table.setdefault(word[-1], []).append((word, cue))
    return table


@cached
def _helpers() -> dict[str, list[str]]:
    """The words that may stand between cue and number, by their last character, long ones first."""
    table: dict[str, list[str]] = {}
    for word in sorted(strings("comparators", "helpers"), key=len, reverse=True):
        table.setdefault(word[-1], []).append(word)
    return table


@cached
def _openings() -> frozenset[str]:
    """The first characters of what can stand behind a quantity and bound it."""
    return frozenset(word[0] for word, _ in _words("after")) | frozenset("(含本")


_WORDS: Final = 8  # characters before a number, of which its last word is read
#: How strictly a comparator bounds; of two cues the stricter one is meant (最高不超过, 约…以上).
_STRICT: Final = ("gt", "lt", "ge", "le")
_NEAR: Final = 8  # characters before a number that a cue beside it and its helpers take
#: 每人每月, (含), quotation marks: they may stand between cue and number.
_BETWEEN: Final = regex(r"(?:每[^每约近,。;]{1,3}|[\"“”( ])$")
_FAR: Final = r"(?:一次性|[^0-9零一二三四五六七八九十百千万亿,。;:、!?\n])"
_BASE: Final = r"[^0-9零二三四五六七八九十百千万亿,。;:、!?\n]"  # 一般企业 has no number in it


@cached
def _reaching() -> re.Pattern[str]:
    """A cue that reaches over a short phrase to the end of the window."""
    return regex("|".join(_far(word, cue, f"{{0,{cue.reach}}}$", _FAR) for word, cue in _words("before") if cue.reach))


@cached
def _over_base() -> re.Pattern[str]:
    """A cue before the base of a share: 不到规定时限的三成, 超过上年同期的2倍."""
    return regex("|".join(_far(word, cue, "{2,14}的$", _BASE) for word, cue in _words("before") if cue.base))


def _far(word: str, cue: Cue, span: str, gap: str) -> str:
    """One such cue, which neither ends nor opens a word that is none."""
    ends = "".join(f"(?<!{re.escape(other[: -len(word)])})" for other in cue.look_alikes if other.endswith(word))
    opens = "".join(f"(?!{re.escape(other)})" for other in cue.not_before)
    return f"(?:{ends}(?:{re.escape(word)}){opens}{gap}{span})"


def _farther(window: str, end: int, share: bool) -> list[Heard]:
    """What a cue says that a phrase parts from the number."""
    for pattern, asked in ((_reaching(), True), (_over_base(), share)):
        if asked and (match := pattern.search(window, 0, end)):
            words = ((word, cue) for word, cue in _words("before") if match.group().startswith(word))
            word, cue = next(words)
            return [Heard(cue.comparator, word, match.start())]
    return []


def in_front(window: str, *, bare: bool, share: bool = False) -> Heard | None:
    """What the words before a number say; `window` ends where the number begins.

    Cues and helpers are taken off its end one by one, so that 最高可给予 or 超过了 count; then one that reaches
    farther may come. `bare` says that the number begins with 百, 千, 万 or 亿 (近千), `share` that it is a ratio.
    """
    if not window:
        return None
    found: list[Heard] = []
    end = len(window)
    while end:
        hit = _cue_ending(window, end, bare=bare)
        if hit is not None:
            found.append(hit)
            end = hit.start
        elif (step := _helper_ending(window, end)) is not None:
            end = step
        else:
            break
    found += _farther(window, end, share)
    return next((heard for heard in found if heard.comparator in _STRICT), found[0] if found else None)


def _cue_ending(window: str, end: int, *, bare: bool) -> Heard | None:
    """The cue that ends at `end`, unless a look-alike does."""
    alike = window.endswith(_look_alikes("before"), 0, end) and not window.endswith("不满", 0, end)
    if alike and len(words.cut(window[max(0, end - _WORDS) : end])[-1].text) > 1:
        return None  # 签约, not the 失约 of 损失约
    for word, cue in _by_end().get(window[end - 1], ()):
        if window.endswith(word, 0, end) and (bare or not cue.bare):
            return Heard(cue.comparator, word, end - len(word))
    return None


def adjoin(text: str, at: int) -> bool:
    """Whether a word that bounds numbers ends at a place, with or without helpers: 大于, 超过了."""
    window = text[max(0, at - _NEAR) : at]
    end: int | None = len(window)
    while end:
        if _cue_ending(window, end, bare=False) is not None:
            return True
        end = _helper_ending(window, end)
    return False


def _helper_ending(window: str, end: int) -> int | None:
    for word in _helpers().get(window[end - 1], ()):
        if window.endswith(word, 0, end):
            return end - len(word)
    between = _BETWEEN.search(window, max(0, end - 5), end)
    return between.start() if between else None


_INCLUDED: Final = regex(r"\(?含?(?:本[数级])?\)?")


def behind(text: str, at: int) -> Heard | None:
    """What the word right behind a quantity says: 以上, (含)以上, 左右, 以内."""
    at += text.startswith(" ", at)  # 6亿元 以上, in texts that set figures apart
    if text[at : at + 1] not in _openings():
        return None
    included = _INCLUDED.match(text, at)
    at = included.end() if included else at
    if text.startswith(_look_alikes("after"), at):
        return None
    words = (Heard(cue.comparator, word, at) for word, cue in _words("after") if text.startswith(word, at))
    return next(words, None)
