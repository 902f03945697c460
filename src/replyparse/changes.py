"""Amounts of change (变化量): 增长18.6%, 新增2300个, 再压缩2个工作日; a level reached (提高到45%) is none.

The verbs stand in `data/changes.yaml`.
"""

from __future__ import annotations

import re
from typing import Literal

from replyparse import words
from replyparse.mark import Clue
from replyparse.patterns import regex
from replyparse.record import Change, Span
from replyparse.stated import Shifted, Stated
from replyparse.wordclass import nouns, verbs
from replyparse.wordlists import pattern

Direction = Literal["increase", "decrease"]

#: What grows stands before the verb; behind another verb (改造提升1.7万亩) it grows nothing.
_NOW = (
    r"(?:(?<!改造)(?<!整治)(?<!优化)(?<!完善)(?P<up>@up@)|@down@)"
    r"(?:(?<=[幅速])(?:平均)?(?:在|力争|预计|确保|分别)?(?:为|是|达到?|保持在|控制在))?@padding@*$"
)
_COMPARED = r"(?:同比|环比|[较比][^,。;]{1,12})(?:(?P<up>@short_up@)|@short_down@)(?:了|约|近|超过?)?$"
_BEHIND = (
    r"(?:左右|以上|以内)*的?(?:幅度|速度|比例|增速|基数)?(?:逐年|固定|每年|同比|稳步|持续)?"
    r"(?:(?P<up>@rising@)|@falling@)(?!了?[到至为])"
)
#: 比上年多发放67万元
_MORE_DONE = r"(?:同比|[较比][^,。;]{1,12})(?<!不)(?:(?P<up>多)|少)(?!于)[\u4e00-\u9fff]{1,2}(?:了|约|近|超过?)?$"
_MORE = r"(?:(?P<up>多了|(?:每[^,。;\d]{1,3})+加)|少了)(?:约|近|超过?)?$"
_SAVED = (
    r"@saved@(?!了?[到至为]|率|比例|标准(?!煤)|额度|政策|达)(?:\d{4}年)?[^,。;\d按]{0,14}$"
    r"|减排(?!量|清单|企业|项目|工程|措施|任务|目标|效益)[^,。;]{2,40}$"
)
#: 新增5亿页,副本总量28069TB: a clause that tells how much there is in all, or is lacking.
_LEVELS = regex("缺口|总投资|总量|总数|总额|总规模")
_GRANTED = regex("(?:享受|落实|办理|兑现)[^,。;]{2,14}(?:减免|减征|减轻)(?:约|近|超过?)?$")  # a noun there
_SIGNED = regex(r"(?:同比|环比|较上年|比上年)\s?(?:(?P<up>[+＋])|[-－—])\s?\d?$")  # 同比+9.4%
_WORKED_ON = regex("(?:加宽|延长|拓宽|加高|加深)了?$")  # 路面加宽6条: works on so many
_AIMS = regex("力争|争取|确保|计划|同时")
_GAINED = r"@gained@(?!值|部分|了?[到至为])[^,。;\d]{0,14}$"
_NEW = r"@new@(?!了?到|值)(?P<between>(?:(?!@new@)[^。;\n])*)$"
_HEADING = "(?:(?P<up>@up@)|@down@)(?:率|幅度)?$"
_GAP = (
    r"(?:比|较|同|与)[^,。;]{0,8}@other_level@|(?:高于|低于|快于|慢于|高出|多于|少于)[^,。;\d]{2,}$"
    r"|比[^,。;]{2,16}(?:限值|标准|要求|规定)[^,。;]{0,10}(?:高出|低了?|高了?|超出?)(?:约|近)?$"
    r"|比(?![^,。;]{0,8}[年月季期前初末底往去])[^,。;\d]{2,10}(?:高出|多出|低出)$"
)
_BASIS = regex(
    r"(?P<named>同比|环比)|(?:较|比)(?P<date>目前|上年(?:同期)?|去年(?:同期)?|上一年|年初|上月|[^,。;较比]{0,10}?[年月期前初末底])"
)


def read(text: str, q: Stated, before: Shifted | None) -> Shifted:
    """The change a quantity states, None where it states a level; with the words that say so.

    `before` is the change of the amount before it, which the members of a list share (分别下降7.3%和9.8%).
    """
    if (
        q.joined
        and before is not None
        and before.change is not None
        and (q.is_share or not text[q.lead.start : q.span.start].strip("、和与及约近,"))
    ):
        return before
    direction, clue = _direction(text, q)
    if direction is None:
        return Shifted(None, clue)
    basis = _BASIS.search(text, q.clause.start, q.span.start)
    said = None if basis is None else basis["named"] or "较" + basis["date"]
    return Shifted(Change(direction=direction, basis=said), clue)


def headed(heading: str) -> Shifted:
    """The change that the heading of a table's column makes of the figures under it (同比增长)."""
    match = _find(_HEADING, heading)
    if match is None:
        return Shifted(None, None)
    basis = _BASIS.search(heading)
    said = None if basis is None else basis["named"] or "较" + basis["date"]
    return Shifted(Change(direction="increase" if match["up"] else "decrease", basis=said), None)


def _direction(text: str, q: Stated) -> tuple[Direction | None, Clue | None]:
    lead = text[q.lead.start : q.span.start]
    clause = text[q.clause.start : q.span.start]
    if q.amount.ordinal or _GRANTED.search(lead):
        return None, None
    if gap := _find(_GAP, clause):
        return None, _clue("gap to another level", gap, q.clause.start)
    for shape, stretch, at in (
        (_NOW, lead, q.lead.start),
        (_COMPARED, clause, q.clause.start),
        (_MORE_DONE, clause, q.clause.start),
        (_MORE, lead, q.lead.start),
    ):
        if (match := _find(shape, stretch)) and not (q.amount.dimension == "count" and _WORKED_ON.search(stretch)):
            return "increase" if match["up"] else "decrease", _clue("verb before", match, at)
    if q.is_share and (match := pattern("changes", _BEHIND).match(text, q.span.end)):
        return "increase" if match["up"] else "decrease", _clue("verb behind", match, 0)
    if signed := _SIGNED.search(text, q.clause.start, q.span.start + 1):
        return "increase" if signed["up"] else "decrease", _clue("verb before", signed, 0)
    if match := _find(_SAVED, clause):
        return "decrease", _clue("verb of saving", match, q.clause.start)
    if match := _find(_GAINED, lead):
        return "increase", _clue("verb of gain", match, q.lead.start)
    lasts = q.is_share or q.amount.dimension == "duration"
    rated = "/" in (q.amount.unit or "")  # 新增床位每张补助1200元
    if not lasts and not rated and (match := _new(text[q.sentence.start : q.span.start])):
        return "increase", _clue("verb of new things", match, q.sentence.start)
    return None, None


def _clue(how: str, match: re.Match[str], at: int) -> Clue:
    return Clue(how, Span(at + match.start(), at + match.end()))


def _find(shape: str, stretch: str) -> re.Match[str] | None:
    return pattern("changes", shape).search(stretch)


def _new(stretch: str) -> re.Match[str] | None:
    """The 新增 that governs what the stretch leads to: its own clause, and a next one without a verb of its own."""
    match = _find(_NEW, stretch)
    if match is None:
        return None
    following = re.split(r",(?!\d{3})|[(]", match["between"])[1:]
    if any(_AIMS.match(clause) or _LEVELS.search(clause) for clause in following):
        return None
    return match if len(following) <= 1 and not any(_has_verb(clause) for clause in following) else None


def _has_verb(clause: str) -> bool:
    read = [word for word in words.cut(clause) if word.tag[:1] not in {"t", "d"} and word.text != "全年"]
    return bool(read) and (
        read[0].tag == "v"
        or read[0].text in verbs("nominal")
        or any(word.text in verbs("pure") | nouns("deeds") for word in read)
    )
