"""Units behind a number and denominators behind 每 or a slash, as `data/units.yaml` lists them."""

from __future__ import annotations

import re
from decimal import Decimal
from string import ascii_letters, digits
from typing import Final, Literal, NamedTuple

from pydantic import Field

from replyparse.knowledge import Row, cached, load
from replyparse.patterns import regex
from replyparse.record import Dimension
from replyparse.wordlists import alternation

__all__ = ["Denominator", "Per", "Unit", "denominators", "match", "openings", "per_after", "per_chain", "units"]


class Unit(Row):
    """One row: a base unit, its spellings, and what has to stand around them."""

    unit: str
    dimension: Dimension
    also: tuple[str, ...] = ()
    factor: Decimal = Field(default=Decimal(1), gt=0)
    whole_from: Decimal | None = None
    unless: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    not_numbers: tuple[str, ...] = ()
    script: Literal["any", "arabic"] = "any"
    scaled: bool = False
    decimals: bool = False
    alone: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """All printed forms, the base form first."""
        return (self.unit, *self.also)

    def in_base(self, amount: Decimal) -> Decimal:
        """An amount as printed, in base units."""
        return amount if self.whole_from is not None and amount > self.whole_from else amount * self.factor

    @property
    def spelled_with_ge(self) -> bool:
        """Whether it is printed with 个, as 个百分点 and 个月 are."""
        return any(spelling[0] in "个個" for spelling in self.spellings)

    @property
    def measured(self) -> bool:
        """Whether the amount is measured rather than counted, so that half a unit makes sense."""
        return self.dimension not in ("count", "ratio", "rank")


class Denominator(Row):
    """Words that 每 can stand before, and the denominator they mean. `time` marks stretches of time."""

    words: tuple[str, ...]
    as_: str = Field(alias="as")
    time: bool = False


class Found(NamedTuple):
    """A unit as printed at some place: its row, and where it ends."""

    row: Unit
    end: int


class Per(NamedTuple):
    """The denominators of a rate, stretches of time last (每月每平方米 is 平方米·月), and where they stand."""

    words: tuple[str, ...]
    timed: bool  # nothing but time: 每年
    measured: bool  # 每亩, 每万人: a rate whatever words follow
    start: int
    end: int


@cached
def units() -> tuple[Unit, ...]:
    """The reviewed rows, in order."""
    return load("units", "units", Unit)


@cached
def denominators() -> tuple[Denominator, ...]:
    """The reviewed denominators."""
    return load("units", "denominators", Denominator)


@cached
def _spelled() -> dict[str, list[Unit]]:
    """The rows of each spelling, in their order."""
    table: dict[str, list[Unit]] = {}
    for row in units():
        for spelling in row.spellings:
            table.setdefault(spelling, []).append(row)
    return table


@cached
def _lengths() -> dict[str, list[int]]:
    """How long the spellings are that begin with a character, the longest first."""
    table: dict[str, set[int]] = {}
    for spelling in _spelled():
        table.setdefault(spelling[0], set()).add(len(spelling))
    return {first: sorted(lengths, reverse=True) for first, lengths in table.items()}


def openings() -> frozenset[str]:
    """The characters that units begin with."""
    return frozenset(_lengths())


_CONTEXT = 24  # characters of its sentence before a unit that may hold a word which decides its meaning
_OTHERS = regex(r"\(([\u4e00-\u9fff]{1,2}(?:、[\u4e00-\u9fff]{1,2}){0,3})\)")
_OTHER_SUFFIXES = frozenset({"次", "套", "人", "户"})
_SENTENCE_END = regex(r"[。;!?\n]")
_SCALES, _DIGITS, _POINTS = frozenset("百千万亿"), frozenset(digits), frozenset(".点")
_BOUND = regex("(?:以[上下内]|左右|上下)?")
_LATIN = _DIGITS | frozenset(ascii_letters)


def match(text: str, at: int, number: str, number_at: int) -> Found | None:
    """The unit that stands at `at`, behind the number printed as `number` at `number_at`."""
    at += text.startswith(" ", at)
    for length in _lengths().get(text[at : at + 1], ()):
        end = at + length
        for row in _spelled().get(text[at:end], ()) if end <= len(text) else ():
            if _fits(row, text[end - 1], text, number, number_at, end):
                return _with_others(text, Found(row, end))
    return None


def _with_others(text: str, found: Found) -> Found:
    """A classifier with others in brackets behind it, as a sum of several things has them: 86.4万头(只、匹)."""
    others = _OTHERS.match(text, found.end) if found.row.dimension == "count" else None
    if others is None or not all(other in _OTHER_SUFFIXES or other in _spelled() for other in others[1].split("、")):
        return found
    return Found(found.row.model_copy(update={"unit": found.row.unit + others.group()}), others.end())


def _fits(row: Unit, last: str, text: str, number: str, number_at: int, end: int) -> bool:
    """Whether what stands around a spelling, which has `last` at its end, lets it be this unit."""
    if last.isascii() and last.isalpha() and text[end : end + 1] in _LATIN:
        return False
    if (row.scaled and number[-1:] not in _SCALES) or (row.decimals and _POINTS.isdisjoint(number)):
        return False
    if row.alone and not (number_at == 0 and _BOUND.fullmatch(text, end)):
        return False
    if number in row.not_numbers or (row.script == "arabic" and _DIGITS.isdisjoint(number)):
        return False
    if text.startswith(row.unless, end) or (row.before and end < len(text) and not text.startswith(row.before, end)):
        return False
    if not (row.not_after or row.after or row.when or row.not_when):
        return True
    before = _SENTENCE_END.split(text[max(0, number_at - _CONTEXT) : number_at])[-1]
    if any(word in before for word in row.not_when):
        return False
    if before.endswith(row.not_after) or (row.after and not before.endswith(row.after)):
        return False
    return not row.when or any(word in before + text[end : end + 3] for word in row.when)


# --- rates


@cached
def _denominator_forms() -> dict[str, Denominator]:
    forms = {word: row for row in denominators() for word in row.words}
    for unit in units():
        if unit.dimension in ("ratio", "money", "rank", "temperature") or unit.factor != 1:
            continue
        row = Denominator.model_validate({"words": unit.spellings, "as": unit.unit})
        for spelling in unit.spellings:
            if "·" not in spelling:  # 元/人·天: per person and per day
                forms.setdefault(spelling, row)
    return forms


_MEASURED = frozenset({"length", "area", "volume", "mass", "energy", "power"})


@cached
def _measures() -> frozenset[str]:
    return frozenset(unit.unit for unit in units() if unit.dimension in _MEASURED)


#: Words that all count people behind a scale: 每万名常住人口 and 每万人 are one denominator.
_PEOPLE = (
    "名?(?:常住人口|户籍人口|服务人口|农村人口|城镇人口|人口|居民|老年人|老人|参保人|儿童|劳动力|从业人员|学生)|名"
)


@cached
def _one() -> str:
    """One denominator: 平方米, 万人, 10万人, 万名常住人口."""
    words = alternation(_denominator_forms(), behind=lambda form: "(?![A-Za-z])" if form[-1].isascii() else "")
    scale = "(?:[十百万亿]|千(?![瓦米克卡伏帕焦赫乏]))"
    return rf"(?:{words}|(?:[0-9]{{1,6}})?{scale}{{0,2}}(?:(?<=[十百千万亿0-9])(?:{_PEOPLE})|{words}))"


@cached
def _single() -> re.Pattern[str]:
    return regex(_one())


@cached
def _chain() -> re.Pattern[str]:
    things = rf"每(?:{_THINGS})[\u4e00-\u9fff]{{1,8}}?(?=每(?:{_one()}))"  # 每个村卫生室每年
    done = rf"每(?!(?:{_one()})一)[\u4e00-\u9fff]{{1,2}}一(?:{_one()})(?!定|样|个)"  # 每演一场
    return regex(rf"(?:{things}|{done}|每(?:{_one()})(?!个(?!月))){{1,4}}")


@cached
def _slashed() -> re.Pattern[str]:
    one = _one()
    several = rf"(?:{one})(?:[·・•.*/](?:{one}))*"
    return regex(rf" ?/ ?(?:\({several}\)|{several})")


@cached
def _spoken() -> re.Pattern[str]:
    return regex(rf"(?:每(?:{_one()})){{1,3}}(?=[,。;、)的标计左以!?\s]|$)")


@cached
def _colloquial() -> re.Pattern[str]:
    return regex(rf"一(?:{_one()})(?=[,。;、)!?\s]|$)")


_GRANTED: Final = "(?:再|另|可|就|最高)?(?:补助|补贴|奖励|奖补|补|奖|罚款?)(?:约|近|不超过|不低于|最高)?"


@cached
def _granted_each() -> re.Pattern[str]:
    return regex(rf"(?P<each>一(?:{_one()})){_GRANTED}$")


_GRANTED_BEHIND: Final = regex(rf"{_GRANTED}\s?(?=[0-9一二两三四五六七八九十百千][0-9.,百千万]*[万亿]?元)")


def granted_each(text: str, end: int) -> bool:
    """Whether what ends at `end` is what money behind it is granted for, one by one: 新建一座(补助2000元)."""
    return _GRANTED_BEHIND.match(text, end) is not None


_THINGS: Final = "[个家张所座处间台辆套项块条栋口艘]"
_THING = regex(rf"每({_THINGS})[^每]+(?=每)")
_DONE_BEFORE = regex("每[\u4e00-\u9fff]{1,2}一")
_COUNTED = regex(r"(?P<base>(?:[0-9]+)?[十百千万亿]*)(?P<word>.+)")


def _printed(words: list[str]) -> tuple[str, ...]:
    """Denominators in their base spelling, a scale kept: 万名常住人口 → 万人, kWh → 千瓦时."""
    printed = []
    for word in words:
        row = _denominator_forms().get(word)
        counted = _COUNTED.fullmatch(word)
        if row is None and counted is not None:
            base, rest = counted["base"], counted["word"]
            row = _denominator_forms().get(rest)
            rest = "人" if base and re.fullmatch(_PEOPLE, rest) else row.as_ if row else rest
            printed.append(base + rest)
        else:
            printed.append(row.as_ if row else word)
    return tuple(printed)


def _per(words: list[str], start: int, end: int) -> Per:
    printed = _printed(words)
    rows = [_denominator_forms().get(word) for word in words]
    timed = all(row is not None and row.time for row in rows)
    measured = any(row is None for row in rows) or any(word in _measures() for word in printed)
    order = sorted(range(len(words)), key=lambda i: (row := rows[i]) is not None and row.time)
    return Per(tuple(printed[i] for i in order), timed, measured, start, end)


def per_chain(text: str, start: int, end: int) -> Per | None:
    """The last 每… chain between two places, as 每人每月 or 每万名常住人口, or what is granted one by one."""
    chains = list(_chain().finditer(text, start, end)) if text.find("每", start, end) >= 0 else []
    if not chains:
        each = _granted_each().search(text, start, end) if text.find("一", start, end) >= 0 else None
        return _per([each["each"][1:]], each.start("each"), each.end("each")) if each else None
    found = chains[-1]
    return _per(_words(found.group()), found.start(), found.end())


def per_after(text: str, at: int, dimension: Dimension) -> Per | None:
    """The denominators printed right behind a unit: /人·月, /kWh, 每秒, and behind money 一次."""
    if text.startswith("每", at):
        found = _spoken().match(text, at)
    elif text.startswith(("/", " /"), at):
        found = _slashed().match(text, at)
    elif dimension == "money" and text.startswith("一", at):
        found = _colloquial().match(text, at)  # 门票20元一人
    else:
        return None
    if found is None:
        return None
    return _per(_words(found.group()), found.start(), found.end())


def _words(chain: str) -> list[str]:
    """The denominators of a chain, as printed; of 每个村卫生室每年 the classifier and the time."""
    chain = _DONE_BEFORE.sub("每", chain)
    if thing := _THING.match(chain):
        return [thing[1], *_single().findall(chain, thing.end())]
    return _single().findall(chain)
