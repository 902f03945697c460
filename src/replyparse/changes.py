"""Amounts of change (变化量): 增长18.6%, 新增2300个, 再压缩2个工作日; a level reached (提高到45%) is none.

The verbs stand in `data/changes.yaml`.
"""

from __future__ import annotations

import re
from typing import Literal

from replyparse import words
from replyparse.nounphrase import verbs
from replyparse.record import Change
from replyparse.stated import Stated
from replyparse.wordlists import pattern

Direction = Literal["increase", "decrease"]

_NOW = r"(?:(?P<up>@up@)|@down@)@padding@*$"
_COMPARED = r"(?:同比|环比|[较比][^,。;]{1,12})(?:(?P<up>@short_up@)|@short_down@)(?:了|约|近|超过?)?$"
_BEHIND = r"(?:左右|以上|以内)*的?(?:幅度|速度|比例|增速)?(?:逐年|每年|同比|稳步|持续)?(?:(?P<up>@rising@)|@falling@)"
_SAVED = r"@saved@(?!了?[到至为])[^,。;\d]{0,14}$"
_GAINED = r"@gained@(?!了?[到至为])[^,。;\d]{0,14}$"
_NEW = r"@new@(?!了?到|值)(?P<between>(?:(?!@new@)[^。;\n])*)$"
_GAP = r"(?:比|较|同|与|低于|高于|快于)[^,。;]{0,8}@other_level@"
_BASIS = re.compile(
    r"(?P<named>同比|环比)|(?:较|比)(?P<date>目前|上年(?:同期)?|去年(?:同期)?|上一年|年初|上月|[^,。;较比]{0,10}?[年月期前初末底])"
)


def read(text: str, q: Stated, before: Change | None) -> Change | None:
    """The change a quantity states, or None where it states a level.

    `before` is the change of the amount before it, which the members of a list share (分别下降7.3%和9.8%).
    """
    if q.joined and before is not None and (q.is_share or not text[q.lead.start : q.span.start].strip("、和与及约近,")):
        return before
    direction = _direction(text, q)
    if direction is None:
        return None
    basis = _BASIS.search(text, q.clause.start, q.span.start)
    if basis is None:
        return Change(direction=direction, basis=None)
    return Change(direction=direction, basis=basis["named"] or "较" + basis["date"])


def _direction(text: str, q: Stated) -> Direction | None:
    lead = text[q.lead.start : q.span.start]
    clause = text[q.clause.start : q.span.start]
    if q.amount.dimension == "rank" or _find(_GAP, clause):
        return None
    match = _find(_NOW, lead) or _find(_COMPARED, clause)
    if match is None and q.is_share:
        match = pattern("changes", _BEHIND).match(text, q.span.end)
    if match is not None:
        return "increase" if match["up"] else "decrease"
    if _find(_SAVED, lead):
        return "decrease"
    if _find(_GAINED, lead):
        return "increase"
    lasts = q.is_share or q.amount.dimension == "duration"
    return "increase" if not lasts and _is_new(text[q.sentence.start : q.span.start]) else None


def _find(shape: str, stretch: str) -> re.Match[str] | None:
    return pattern("changes", shape).search(stretch)


def _is_new(stretch: str) -> bool:
    """Whether 新增 governs what the stretch leads to: its own clause, and a next one that brings no verb of its own."""
    match = _find(_NEW, stretch)
    if match is None:
        return False
    following = match["between"].split(",")[1:]
    return len(following) <= 1 and not any(_has_verb(clause) for clause in following)


def _has_verb(clause: str) -> bool:
    read = words.cut(clause)
    return bool(read) and (read[0].text in verbs("nominal") or any(word.text in verbs("pure") for word in read))
