"""What each quantity measures (指标): the shortest phrase of the text that names it.

Chinese names the measured thing after the amount (20名专职联络员), before it (技术合同成交额达到1200亿元), or not at all
where the words before have named it (其中国家级16家; 同比增长14.7%). The functions below are those three cases, and
`name` says in which order they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from replyparse import words
from replyparse.knowledge import Row, load
from replyparse.nounphrase import ending, led_by, nouns, opening, strip_reach, verbs
from replyparse.stated import Stated


class CueRow(Row):
    """A list of words of `data/metrics.yaml` that share one role in naming."""

    id: str
    words: tuple[str, ...]


@cache
def _cues(list_id: str) -> str:
    """The words of one list as a regex alternation, longest first."""
    found = [word for row in load("metrics", "lists", CueRow) if row.id == list_id for word in row.words]
    return "|".join(sorted(map(re.escape, found), key=len, reverse=True))


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    """A pattern in which `@list@` stands for the words of that list."""
    return re.compile(re.sub(r"@(\w+)@", lambda m: f"(?:{_cues(m.group(1))})", shape))


_AFTER_AMOUNT = re.compile(r"(?:左右|上下|以上|以下|以内|之内|之间|及以上|\([^)]{0,12}\))*(?:的)?")
_GENERIC_NEXT = re.compile(r"的?(?:标准|比例|幅度|额度|速度|价格|水平|规模|份额|价|进度|税率|费率)(?:(?:一次性)?(?:给予|予以|进行|发放|可|享受|执行|标准|安排)|,)*")
_LIGHT_VERBS = re.compile(r"(?:(?:一次性)?(?:给予|予以|进行|发放|可|享受|提供|安排|作为|用于|分别|分期)|[的了,])*")
#: What an extent of counted things is called: 189个小区、426.5万平方米 gives 小区面积.
_STEP_FROM = re.compile(r"[由从](?=[^由从]*$)")
_EXTENTS = {"area": "面积", "length": "长度"}
_RELATIVE = re.compile(r"[\u4e00-\u9fff“”]{2,12}?的(?=[\u4e00-\u9fff])")
_BEFORE_PREDICATE = re.compile(r"(?:(?<![现正存所])在|对|将|把|向|给)[^,。;]{0,6}$")
#: A ratio to a stated base: 起拍价,不得低于评估价的70%; 还不到一般企业的五分之一.
_OF_BASE = re.compile(r"(?P<subject>.*?)(?:还|仍|已|也|均)?(?:不得低于|不得高于|不得超过|不低于|不高于|不超过|不到|不足|仅为|仅相当于|相当于|超过)[^,。;]{2,20}的$")
#: 每个乡镇至少…: the unit that an amount is spread over is not what it counts.
_DISTRIBUTIVE = re.compile(
    r"每(?:平方米|千瓦时|公里|小时|[^\d,。;、每])(?=补贴|补助|奖励|给予|发放|支付|收|造价)|每(?![年月日天周季次小])(?:个|座|家|所)?[^,。;\d]{0,8}(?=(?:至少|不少于|不低于|不超过|最多|最高|限)$)"
)
#: Phrases of an earlier clause that name a time or a document, not what is measured.
_NO_TOPIC = re.compile(r"《|(?:[年月季]底|[年月日]|期间|以来)$")


class Namer:
    """Names the quantities of one text in order; later ones may take their name from earlier ones."""

    def __init__(
        self,
        text: str,
        quantities: Sequence[Stated],
        parents: dict[int, int],
        steps: dict[int, int],
        topics: Sequence[str],
        headed: Mapping[int, str],
    ) -> None:
        self._text, self._quantities, self._topics, self._headed = text, quantities, topics, headed
        self._parents, self._steps = parents, steps
        self._names: list[str] = []

    def name_all(self) -> list[str]:
        """The metric of every quantity, never empty."""
        for index in range(len(self._quantities)):
            self._names.append(self._name(index) or self._inherited(index) or self._last_resort(index))
        return self._names

    def _name(self, i: int) -> str:
        q = self._quantities[i]
        if i in self._headed:
            return self._headed[i]
        if i in self._steps:
            return self._names[self._steps[i]]
        if distributed := self._distributed(i):
            return distributed
        if i not in self._parents and not self._following(i) and self._goes_on(i):
            counted = self._quantities[i - 1].amount.dimension == "count"
            return self._names[i - 1] + (_EXTENTS.get(q.amount.dimension, "") if counted else "")
        if i in self._parents:
            return self._part(i)
        plain = self._plain(i)
        return (self._inherited(i) or plain) if plain in nouns("bare") else plain

    def _goes_on(self, i: int) -> bool:
        """Whether an amount says more of what the one before it counted: 2167笔、8930万元; 189个小区、426.5万平方米."""
        q = self._quantities[i]
        if q.joined or i == 0:
            return q.joined
        before = self._quantities[i - 1]
        between = self._text[before.span.end : q.span.start]
        return (
            before.clause == q.clause
            and before.amount.dimension == "count"
            and q.amount.dimension in _EXTENTS
            and between.rstrip("约近").endswith("、")
        )

    # -- the amount's own words -----------------------------------------------------------------------------------

    def _before(self, i: int) -> str:
        q = self._quantities[i]
        lead = self._text[q.lead.start : q.lead.end]
        if i in self._steps.values() and (step := _STEP_FROM.search(lead)):
            return lead[: step.start()]  # 担保数额由保全金额的30%降为…: what steps stands before 由
        return lead

    def _after(self, i: int) -> str:
        q = self._quantities[i]
        rest = self._text[q.trail.start : q.trail.end]
        match = _AFTER_AMOUNT.match(rest)
        return rest[match.end() :] if match else rest

    def _following(self, i: int) -> str:
        """The counted noun right after the amount: 20名专职联络员, 三分之二的博物馆."""
        after = self._after(i)
        noun = opening(after)
        if not noun and (relative := _RELATIVE.match(after)):
            noun = opening(after[relative.end() :])  # 4316座分散管理的小型水库
        if _frames(noun):
            return ""
        last = words.cut(noun)[-1].text if noun else ""
        if last in verbs("nominal") and len(noun) > len(last) + 1 and _BEFORE_PREDICATE.search(self._before(i)):
            if not re.match(r"[^,。;:]", after[len(noun) :]):
                return noun.removesuffix(last)  # 在126部电梯试点
        return noun

    def _plain(self, i: int) -> str:
        q = self._quantities[i]
        before = self._before(i)
        if q.amount.dimension == "rank":
            return self._subject(self._text[q.clause.start : q.span.start], "在|@rank@")
        if change := self._change(i, before):
            return change
        if q.is_share and (named := self._share_of(i, before)):
            return named
        if gap := _pattern(r"(?P<subject>.*?)(?<!不)(?:@gap@)[^,。;]+$").match(before):
            return led_by(gap["subject"]) or self._inherited(i)
        if q.amount.dimension in {"money", "ratio"} and (grant := self._grant(i, before)):
            return grant
        if q.amount.unit in nouns("verbal_classifiers") and (deed := self._deed(i)):
            return deed
        if q.amount.dimension == "duration" and (within := self._within(i)):
            return within
        counted = q.amount.dimension in {"count", "other"} or (q.is_share and q.amount.unit is None)
        if counted and (noun := self._following(i)):
            return noun
        led = self._led(before)
        if led in nouns("bare") or not led:
            return (self._following(i) if not q.joined else "") or led or self._outlay(i, before)
        return led

    def _outlay(self, i: int, before: str) -> str:
        """For money that only a verb leads to, the verb: 中央财政累计投入48.6亿元."""
        last = words.cut(strip_reach(before))[-1:]
        is_money = self._quantities[i].amount.dimension == "money"
        return last[0].text if is_money and last and last[0].text in verbs("nominal") else ""

    def _led(self, before: str) -> str:
        """The phrase that leads up to the amount: 技术合同成交额达到, 新增停车泊位."""
        return led_by(_DISTRIBUTIVE.sub("", before))

    def _subject(self, before: str, cue: str) -> str:
        """The phrase before a cue word: 完工总量居全省第二位."""
        match = _pattern(rf"^(?P<subject>.*?)(?:{cue})").match(before)
        return led_by(match["subject"]) if match else ""

    def _change(self, i: int, before: str) -> str:
        """For an amount of change, what changed: 技改投资同比增长14.7%; '' leaves it to what was named before."""
        match = _pattern(r"(?:@change@)+(?:了|约|近|超过?|逾|幅度|为|达|不低于|不少于|不超过)*$").search(before)
        if not match:
            return ""
        subject = _pattern(r"(?:同比|环比|(?:较|比|与)[^,。;]{1,14}|在[^,。;]{1,10}基础上|@compared@)+$").sub("", before[: match.start()])
        return led_by(subject) or self._inherited(i)

    def _share_of(self, i: int, before: str) -> str:
        """For a ratio, in turn: a rate named behind it, a counted group behind it, a thing and its whole before it."""
        q = self._quantities[i]
        rest = self._text[q.trail.start : q.trail.end]
        if rate := re.match(r"的?([\u4e00-\u9fff]{1,7}率)(?=的|[,。;、])", rest):
            return rate[1]
        printed = self._text[q.span.start : q.span.end]
        group = re.match(r"(?:左右|以上|以下|以内)*的", rest) or re.search("[成半]|分之[^%]*$", printed)
        if group and not printed.startswith("百分之") and (noun := self._following(i)) and not _frames(noun):
            return noun
        if base := re.match(r"(?:计算|计入|征收|缴纳|计征|支付|提取)([^,。;]{2,14})", rest):
            return opening(base[1])
        if of_base := _OF_BASE.match(before):
            return led_by(of_base["subject"]) or self._inherited(i)
        return self._share(i, before)

    def _share(self, i: int, before: str) -> str:
        """For a share, the thing and its whole: 过夜游客占游客总量的34.8%, 占年度计划的46.8%."""
        match = _pattern(r"(?P<subject>.*?)(?:仅|只|约|的?比例|比重)?(?:占比|占到|占)(?P<whole>[^,。;]*?)$").match(before)
        if not match:
            return ""
        subject = led_by(match["subject"])
        whole = strip_reach(match["whole"])
        if before.rstrip("达到为约近").endswith("占比"):
            return f"{subject}占比" if subject else ""
        if any(word in whole for word in nouns("shares")):
            return f"{subject}占{whole.strip()}"
        if subject:
            return subject + "占比"
        return self._inherited(i) or ("占" + whole.removesuffix("的") if whole else "")

    def _grant(self, i: int, before: str) -> str:
        """For money or a rate that is granted or charged, the grant: 按每人20元给予奖补, 最高500万元补助."""
        q = self._quantities[i]
        trail = self._quantities[self._list_of(i)[-1]].trail
        rest = self._text[trail.start : trail.end]
        generic = _GENERIC_NEXT.match(rest)
        rest = rest[generic.end() :] if generic else _AFTER_AMOUNT.sub("", rest, count=1)
        light = _LIGHT_VERBS.match(rest)
        at = light.end() if light else 0
        noun = opening(rest[at:]) or (ending(rest.rstrip(",。;: ")) if generic else "")
        own = self._led(before)
        is_grant = re.compile(_cues("grants"))
        if is_grant.search(own):
            return own
        if noun and is_grant.search(noun) and (at or generic or not own):
            return noun
        if noun and (not own or (generic and q.is_share)):
            return noun
        if own and _is_recipient(own) and (grant := self._grant_before(i)):
            return own + grant
        return ""

    def _grant_before(self, i: int) -> str:
        """The grant named last in the sentence: …给予奖补,单家企业累计不超过50万元."""
        q = self._quantities[i]
        found = re.findall(rf"(?:{_cues('grants')})", self._text[q.sentence.start : q.span.start])
        return str(found[-1]) if found else ""

    def _deed(self, i: int) -> str:
        """For a number of times, what was done: 先后两次到现场察看."""
        rest = self._after(i)
        if not re.match(r"[\u4e00-\u9fff“]", rest):
            return self._led(self._before(i))
        deed = ending(rest.rstrip(",。;:、 "))
        if not deed:
            tokens = words.cut(rest.rstrip(",。;:、 "))
            if len(tokens) > 1 and tokens[-1].text in verbs("pure") and tokens[-2].tag[:1] in "nsf":
                return tokens[-2].text + tokens[-1].text  # 两次到现场核查
            return self._led(self._before(i))
        at = rest.rfind(deed) if deed else -1
        verb = words.cut(rest[:at])[-1].text if at > 0 else ""
        return (verb if verb in verbs("pure") and len(verb) > 1 else "") + deed

    def _within(self, i: int) -> str:
        """For a time limit, what is done within it: 在收到材料后15个工作日内出具报告."""
        q = self._quantities[i]
        lead = self._before(i)
        match = re.match(r"(?:之内|以内|内)(?P<deed>[^,。;]{2,10})", self._text[q.trail.start : q.trail.end])
        return match["deed"] if match and (not self._led(lead) or lead.rstrip().endswith("后")) else ""

    # -- names shared with neighbours -----------------------------------------------------------------------------

    def _list_of(self, i: int) -> list[int]:
        """The indices of the list of joined amounts that `i` belongs to."""
        first = last = i
        while first and self._quantities[first].joined:
            first -= 1
        while last + 1 < len(self._quantities) and self._quantities[last + 1].joined:
            last += 1
        return list(range(first, last + 1))

    def _distributed(self, i: int) -> str:
        """The name of one member of a 分别 list: 甲、乙分别为31个、45个."""
        members = self._list_of(i)
        head = self._quantities[members[0]]
        lead = self._text[head.clause.start : head.span.start]
        if "分别" not in lead or len(members) < 2:
            return ""
        prefix, _, middle = lead.rpartition("分别")
        at = members.index(i)
        prefix = _pattern(r"(?:同比|环比|(?:较|比|与)[^,。;]{1,14}|@compared@)+$").sub("", prefix)
        conjuncts = [part for part in re.split(r"[、和与及]", led_by(prefix)) if part]
        if led_by(middle) and (head.amount.dimension != "ratio" or len(conjuncts) != len(members)):
            return ""
        if len(conjuncts) == len(members):
            return _with_shared_head(conjuncts)[at]
        levels = [n for n in range(members[0]) if self._quantities[n].sentence == head.sentence]
        distinct: list[str] = []
        for n in levels:
            if self._names[n] not in distinct:
                distinct.append(self._names[n])
        return distinct[-len(members) :][at] if len(distinct) >= len(members) else ""

    def _part(self, i: int) -> str:
        """The name of a 其中 part, its head noun restored from the whole: 国家级16家 → 国家级技术转移示范机构."""
        whole = self._names[self._parents[i]]
        lead = self._before(i)
        lead = lead[lead.rfind("其中") + 2 :] if "其中" in lead else lead
        own = led_by(lead)
        if not own:
            rest = strip_reach(lead).strip(",、:()的 ")
            following = self._following(i) if self._quantities[i].amount.dimension == "count" else ""
            if following and not _is_modifier(following):
                return following
            return rest + whole if rest and len(rest) <= 6 and self._quantities[i].amount.dimension == "money" else whole
        return _restore(own, whole) if _is_modifier(own) else own

    # -- names taken from before ----------------------------------------------------------------------------------

    def _inherited(self, i: int) -> str:
        """The name that an amount without its own takes over: of the sentence's last amount like it, else the line's."""
        q = self._quantities[i]
        if i in self._parents:
            return self._names[self._parents[i]]
        same_line = [n for n in range(i - 1, -1, -1) if self._quantities[n].line == q.line]
        in_sentence = [n for n in same_line if self._quantities[n].sentence == q.sentence]
        if q.amount.dimension in {"ratio", "rank"} and in_sentence:
            return self._names[in_sentence[0]]
        for n in in_sentence:
            if _alike(self._quantities[n], q):
                return self._names[n]
        if earlier := self._told_before(i):
            return earlier
        for n in same_line:
            if _alike(self._quantities[n], q):
                return self._names[n]
        return ""

    def _told_before(self, i: int) -> str:
        """The phrase that ends the sentence's clauses before the amount's own: …的起拍价,不得低于评估价的70%."""
        q = self._quantities[i]
        if i and self._quantities[i - 1].sentence == q.sentence and self._quantities[i - 1].clause != q.clause:
            return self._names[i - 1]
        told = self._text[q.sentence.start : q.clause.start].rstrip(",:;、")
        earlier = ending(strip_reach(re.sub(r"[中内里上后]$", "", told)))
        return "" if _NO_TOPIC.search(earlier) else earlier

    def _last_resort(self, i: int) -> str:
        """A phrase of the clause, the clause before, or the verb itself, for an amount that nothing names."""
        q = self._quantities[i]
        for n in range(i - 1, -1, -1):
            if _alike(self._quantities[n], q) and q.amount.dimension == "count":
                return self._names[n]
        topic = _pattern(r"(?:的(?:建议|问题|意见|提案))?[。:]?$").sub("", self._topics[i])
        verbs_before = [w.text for w in words.cut(strip_reach(self._before(i))) if re.match(r"[\u4e00-\u9fff]", w.text)]
        return (
            ending(topic)
            or (verbs_before[-1] if verbs_before else "")
            or self._following(i)
            or q.amount.unit
            or self._text[q.span.start : q.span.end]
        )


def name(
    text: str,
    quantities: Sequence[Stated],
    parents: dict[int, int],
    steps: dict[int, int],
    topics: Sequence[str],
    headed: Mapping[int, str],
) -> list[str]:
    """The metric of each quantity, in order.

    `parents` maps a 其中 part's index to its whole's, `steps` the second level of 由A提高到B to the first; `topics`
    are the headings that the quantities stand under, `headed` the column headings of those that stand in tables.
    """
    return Namer(text, quantities, parents, steps, topics, headed).name_all()


def _alike(a: Stated, b: Stated) -> bool:
    return a.amount.dimension == b.amount.dimension and (a.amount.unit == b.amount.unit or a.amount.dimension == "money")


def _frames(phrase: str) -> bool:
    """Whether a phrase opens with a word about the statement itself: 比例, 标准, 建议."""
    return any(phrase.startswith(word) for word in nouns("framing"))


def _is_recipient(phrase: str) -> bool:
    """Whether a phrase names someone who receives rather than a sum: 单家企业, 单个项目."""
    tokens = words.cut(phrase)
    return bool(tokens) and (tokens[-1].text in nouns("actors") or tokens[-1].text in nouns("recipients"))


_MODIFIER = re.compile(r".*(?:[级类型式性层档省市县区州镇乡]|地区|以上|区域)$")


def _is_modifier(phrase: str) -> bool:
    """Whether a phrase only distinguishes a part (国家级, 历下区, 女性) and lacks the head noun."""
    tokens = words.cut(phrase)
    return bool(_MODIFIER.fullmatch(phrase)) or all(t.tag[:2] in ("ns", "b", "s", "f") for t in tokens)


def _restore(modifier: str, whole: str) -> str:
    """The part's modifier before the whole's head, in place of a modifier of the same kind (A级 → 5A级)."""
    kind = modifier[-1]
    if kind in "级类型":
        whole = re.sub(rf"^[A-Za-z0-9一二三四五六国省市县区特甲乙]{{1,3}}家?{kind}(?:以上)?", "", whole) or whole
    return modifier + whole


def _is_parallel(conjunct: str, last: Sequence[words.Word]) -> bool:
    """Whether a conjunct stands in the place of the last one's first word: 进口、出口整体通关时间."""
    end = words.cut(conjunct)[-1]
    return len(last) > 2 and end.tag[:1] == "v" == last[0].tag[:1] and len(end.text) == len(last[0].text)


def _with_shared_head(conjuncts: list[str]) -> list[str]:
    """Give the head noun of the last conjunct to the others: 黑龙江、吉林、辽宁秸秆还田率."""
    tokens = words.cut(conjuncts[-1])
    if len(tokens) < 2 or not all(_is_modifier(c) or _is_parallel(c, tokens) for c in conjuncts[:-1]):
        return conjuncts
    head = "".join(token.text for token in tokens[1:])
    return [*(c + head for c in conjuncts[:-1]), conjuncts[-1]]

