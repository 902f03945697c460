"""Amounts of change (变化量): 增长18.6%, 新增2300个, 再压缩2个工作日; a level reached (提高到45%) is none."""

from __future__ import annotations

import re
from typing import Literal

from replyparse import words
from replyparse.nounphrase import verbs
from replyparse.record import Change
from replyparse.stated import Stated

_UP = "增长|增加|净增|增幅|增速|涨幅|提高|提升|上升|上涨|攀升|上浮|上调|递增|扩大|增收|增值|增产|增支|加宽|延长|高出|多出|反弹|翻"
_DOWN = "下降|降低|减少|缩减|压减|削减|下调|下浮|回落|递减|缩短|压缩|减轻|减负|减排|降幅|节约|节省|节支|节能|减免|节水|节电|省下|收窄"
_SHORT_UP, _SHORT_DOWN = "增|多|升|涨", "减|降|少|省"
_PADDING = r"(?:了|约|近|超过?|逾|将近|至少|不少于|不低于|不超过|共|达|幅度(?:为|达)?|率|,|再|每年|每月|每人|每户|每亩|平均)*"
#: Verbs of saving take the saved thing before the amount: 为当事人节省佣金4300余万元.
_SAVED = re.compile(r"(?:节约|节省|省下|减免|减征|免征|核减|削减|压减|减少|减轻|降低)(?!了?[到至为])[^,。;\d]{0,14}$")
_GAINED = re.compile(r"(?:增收|增发|增拨|增加)(?!了?[到至为])[^,。;\d]{0,14}$")
#: Compared with a place or a group instead of a time, the amount is a gap, not a change.
_GAP = re.compile(r"(?:比|较|同|与|低于|高于|快于)[^,。;]{0,8}(?:全[国省市县区州]|平均|周边|同类|一般|其他|发达)")
_NOW = re.compile(rf"(?P<up>{_UP})(?P<pad>{_PADDING})$|(?P<down>{_DOWN})(?P<pad2>{_PADDING})$")
_NOW_SHORT = re.compile(rf"(?:同比|环比|[较比][^,。;]{{1,12}})(?:(?P<up>{_SHORT_UP})|(?P<down>{_SHORT_DOWN}))(?:了|约|近|超过?)?$")
#: 新增 governs every member of the list behind it.
_NEW = re.compile(r"(?:新增|增设|增选|净增|增开|增派|增建|扩招|增招|增配|加开|新增加)(?!了?到|值)(?P<between>(?:(?!新增|增设)[^。;\n])*)$")
_AFTER = re.compile(r"(?:左右|以上|以内)*的?(?:幅度|速度|比例|增速)?(?:逐年|每年|同比|稳步|持续)?(?P<up>递增|增长|增加|提高|上升|上浮)|的?(?:幅度|速度|比例)?(?:逐年|每年)?(?P<down>递减|下降|减少|下浮)")
_BASIS = re.compile(r"(同比|环比)|(?:较|比)(目前|上年(?:同期)?|去年(?:同期)?|上一年|年初|上月|[^,。;较比]{0,10}?(?:年|月|期|前|初|末|底))")


def read(text: str, q: Stated, before: Change | None) -> Change | None:
    """The change a quantity states, or None where it states a level; `before` is that of the amount before it."""
    if q.joined and before is not None and (q.is_share or text[q.lead.start : q.span.start].strip("、和与及约近,") == ""):
        return before
    lead = text[q.lead.start : q.span.start]
    direction = _direction(text, lead, q)
    if direction is None:
        return None
    basis = _BASIS.search(text[q.clause.start : q.span.start])
    if basis is None:
        return Change(direction=direction, basis=None)
    return Change(direction=direction, basis=basis.group(1) or "较" + basis.group(2))


def _direction(text: str, lead: str, q: Stated) -> Literal["increase", "decrease"] | None:
    if q.amount.dimension == "rank" or _GAP.search(text, q.clause.start, q.span.start):
        return None
    if match := _NOW.search(lead):
        return "increase" if match["up"] else "decrease"
    if match := _NOW_SHORT.search(text[q.clause.start : q.span.start]):
        return "increase" if match["up"] else "decrease"
    if q.is_share and (match := _AFTER.match(text, q.span.end)):
        return "increase" if match["up"] else "decrease"
    if _SAVED.search(lead):
        return "decrease"
    if _GAINED.search(lead):
        return "increase"
    if not q.is_share and _is_new(text[q.sentence.start : q.span.start]):
        return "increase"
    return None


def _is_new(stretch: str) -> bool:
    """Whether 新增 governs what the stretch leads to: its own clause, and a next one that brings no verb of its own."""
    match = _NEW.search(stretch)
    if match is None:
        return False
    following = match["between"].split(",")[1:]
    return len(following) <= 1 and not any(_has_verb(clause) for clause in following)


def _has_verb(clause: str) -> bool:
    read = words.cut(clause)
    return bool(read) and (read[0].text in verbs("nominal") or any(word.text in verbs("pure") for word in read))
