"""Names that amounts take over from what was told before them (承前省略): the last amount like it, the clause before.

其中 parts take their whole's name; 同比增长14.7% that of the amount before it; …的起拍价,不得低于70% the phrase before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from replyparse import words
from replyparse.around import Beside, shaped, without_growth
from replyparse.nounphrase import ending, strip_reach
from replyparse.opening import opening
from replyparse.patterns import regex
from replyparse.stated import Named, Stated, Ties
from replyparse.wordclass import nouns, verbs

_MEASURE = 2  # characters: 面积
_PLACES = frozenset({"位", "位次"})
MEMORY = 60  # amounts back that a name may be taken over from
#: On what grounds something is so, not of what it is told: 在上年增长的基础上.
SETTING = regex(
    r"受[^,。;\d]{2,20}?(?:影响|制约)|以[^,。;\d]{1,6}为单位|在[^,。;]{2,30}?(?:基础|前提|情况|条件|背景|框架)[上下]|按[^,。;\d]{2,10}(?:计算|测算)(?=[,平比年增下])"
)
_CLOSES = regex(r"[^()\n]*\)")
#: Phrases of an earlier clause that name a time or a document, not what is measured.
_NO_TOPIC = regex(r"《|(?:[年月季]底|[年月日]|期间|以来)$")
#: Clauses that say how or why, not of what.
_ASIDE = regex(r"\s*(?:经(?!济|费|营)|根据|按照?|为了?|因|由于|鉴于|考虑到|通过|截)")
#: 粮食产量屡创新高,去年达到1.09万亿斤: what the clause before says something of.
_DOES = regex(
    r"(?P<what>[\u4e00-\u9fff]{2,14}?)(?:屡创|再创|连创|创下|创历史|大幅|持续|稳步|显著|不断|明显|快速|较快|连续|稳定|保持)"
    r"[\u4e00-\u9fff]{1,8}$"
)
_DISPOSED = regex(r"[将把]([^,。;将把]{2,24}?)(?:到位|完毕|一空|[办管做抓建用守盯兜筑织][稳好实严牢住活强细])$")
#: 将管护经费列入县级预算,每年不低于400万元
_ENTERED = regex(r"[将把](?P<what>[\u4e00-\u9fff]{2,14}?)(?:列入|纳入|计入|编入)[^,。;]{2,14}$")
#: 保障性租赁住房方面,累计筹集4.36万套
_REGARDS = regex(r"(?:^|[,;:。])(?:在)?(?P<what>[\u4e00-\u9fff]{2,14})方面(?:,|$)")
#: 水价由村民代表会议定,每吨2.5元
_SET_BY = regex(r"(?:^|[,;:])(?P<what>[\u4e00-\u9fff]{2,10})由[^,。;由]{2,20}(?:定|确定|核定|制定|审批|批准|收取?)$")
#: 80吨以内的为第一阶梯,每吨2.95元
_SAID_TO_BE = regex(r"的为([\u4e00-\u9fff]{2,8}),$")


class Carried:
    """What the quantities of one text are named so far, and the names that the next may take from them."""

    def __init__(self, text: str, quantities: Sequence[Stated], ties: Ties) -> None:
        self._text, self._quantities, self._ties = text, quantities, ties
        self.named: list[Named] = []
        self._things: dict[int, str] = {}  # what was counted, by amounts that say what was done to it or which

    def _inherited(self, i: int) -> Named | None:
        """The name that an amount without its own takes over: the sentence's last amount like it, else the line's."""
        q = self._quantities[i]
        if i in self._ties.parents:
            return self._from(self._ties.parents[i])
        nearest = range(i - 1, max(-1, i - 1 - MEMORY), -1)
        in_line = list(takewhile(lambda n: self._quantities[n].line == q.line, nearest))
        in_line = [n for n in in_line if not self._is_aside(n, q)] or in_line
        in_sentence = [n for n in in_line if self._quantities[n].sentence == q.sentence]
        relative = q.amount.dimension in {"ratio", "rank"} or q.amount.unit in _PLACES  # 居第3位(前移1位)
        for n in in_sentence:
            if relative and self.named[n].text.startswith("占"):
                continue  # a share without subject: 占GDP的57.6%,同比增长6.1%
            if relative or alike(self._quantities[n], q):
                thing = self._things.get(n) if q.amount.dimension == "count" else None
                return Named(thing, f"what c{n + 1} counts") if thing else self._from(n)
        if told := self._told_before(i):
            return told
        return next((self._from(n) for n in in_line if alike(self._quantities[n], q)), None)

    def _is_aside(self, n: int, q: Stated) -> bool:
        """Whether an earlier amount stands in a bracket closed before this one: 捕捉犬只860只(伤病犬118只),…."""
        between = self._text[self._quantities[n].span.end : q.span.start]
        return between.find(")") >= 0 and _CLOSES.match(between) is not None

    def _from(self, n: int) -> Named:
        return Named(self.named[n].text, f"taken over from c{n + 1}")

    def _named_so(self, i: int, found: str) -> Named | None:
        """What a bare measure stands for where the sentence named it in full before: 播种面积…,面积居全国第二位."""
        if len(found) < _MEASURE:
            return None
        q = self._quantities[i]
        in_sentence = takewhile(lambda n: self._quantities[n].sentence == q.sentence, range(i - 1, -1, -1))
        told = next((n for n in in_sentence if self.named[n].text.removesuffix("总" + found).endswith(found)), None)
        return self._from(told) if told is not None else None

    @staticmethod
    def _granted(beside: Beside) -> str:
        """The grant named before in the sentence: 实行技能津贴,标准为每人每月200元."""
        if beside.quantity.amount.dimension != "money" or not beside.told.removesuffix(beside.clause):
            return ""
        named = list(shaped("@grants@").finditer(beside.told.removesuffix(beside.clause)))
        if not named:
            return ""
        end = named[-1].end()
        end += 2 * beside.told.startswith("标准", end)  # 关于补助标准,目前执行的是每吨8元
        return ending(beside.told[:end])

    def _told_before(self, i: int) -> Named | None:
        """The phrase that ends the clauses before the amount's own: …的起拍价,不得低于评估价的70%."""
        q = self._quantities[i]
        if i and (said := _SAID_TO_BE.search(self._text, self._quantities[i - 1].span.end, q.clause.start)):
            return Named(said[1], "what the clause before says it is")
        before = self._quantities[i - 1] if i else None
        follows = before is not None and before.sentence == q.sentence and before.clause != q.clause
        if before and follows and not self._text[before.clause.end : q.clause.start].strip(",;"):
            done = self._text[before.span.end : before.clause.end].strip(",;")
            often = (q.amount.unit or "").partition("/")[0] in nouns("verbal_classifiers")
            deed = (_verb_of(done) or ending(done)) if often or q.amount.dimension == "duration" else ""
            return Named(deed, "what the clause before does") if deed and deed != done else self._from(i - 1)
        told = SETTING.sub("", self._text[q.sentence.start : q.clause.start].rstrip(",:;、")).rstrip(",")
        told = without_growth(told)
        if (regards := _REGARDS.search(told)) and (what := ending(regards["what"])):
            return Named(what, "what the sentence is about")
        if settled := _SET_BY.search(told):
            return Named(settled["what"], "subject of the clause before")
        if disposed := _DISPOSED.search(told):
            return Named(opening(disposed[1]), "object of 将 or 把") if opening(disposed[1]) else None
        entered = _ENTERED.search(told) if q.amount.dimension == "money" else None
        if entered and (sum_of := ending(entered["what"])):
            return Named(sum_of, "object of 将 or 把")
        if _ASIDE.match(re.split("[,:;]", told)[-1]):
            return None
        if (does := _DOES.search(re.split("[,:;]", told)[-1])) and (who := ending(does["what"], is_subject=True)):
            return Named(who, "subject of the clause before")
        phrase = ending(strip_reach(re.sub(r"[中内里上后]$", "", told)))
        if phrase and not _NO_TOPIC.search(phrase):
            return Named(phrase, "phrase of the clause before")
        return self._from(i - 1) if follows else None


def _verb_of(clause: str) -> str:
    """The verb that ends a clause: 医师轮流到村坐诊."""
    said = words.cut(clause)
    return said[-1].text if len(said) > 1 and said[-1].text in verbs("lasting") else ""


def alike(a: Stated, b: Stated) -> bool:
    """Whether two amounts count the same kind of thing: in one unit, or both money."""
    return a.amount.dimension == b.amount.dimension and (
        a.amount.unit == b.amount.unit or a.amount.dimension == "money"
    )
