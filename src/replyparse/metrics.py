"""What each quantity measures (指标): the shortest phrase of the text that names it.

Chinese names the measured thing behind the amount (20名专职联络员), before it (技术合同成交额达到1200亿元), or not at
all where earlier words have named it (其中国家级16家; 同比增长14.7%). `beside` reads the first two; this module
gives the names that quantities take from one another, and says in which order all are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from replyparse import words
from replyparse.around import PERSONS, Beside, dated_subject, deed_alone, headless, is_object, without_adverbs
from replyparse.beside import RULES, done_by, state, topic
from replyparse.carried import MEMORY, SETTING, alike
from replyparse.distributed import Distributed
from replyparse.heads import is_modifier, is_where, money_part, of_whole, without_place
from replyparse.nounphrase import ending, led_by, strip_reach
from replyparse.opening import opening
from replyparse.patterns import regex
from replyparse.sized import sized
from replyparse.stated import Named, Stated, Ties
from replyparse.wordclass import is_division, nouns, says_deed, verbs
from replyparse.wordlists import members

#: What an extent of counted things is called: 189个小区、426.5万平方米 gives 小区面积.
_EXTENTS = {"area": "面积", "length": "长度"}
#: 五个村民小组、三百一十二户: households and people are their own heads.
_HEADS = {"户": "户数", "人": "人数"}
_TOTALS = frozenset({"总量", "总数", "总额", "规模"})
_SELF_NAMED = frozenset({"部门"})
_WHO = frozenset({"人", "名", "户", "口", "人次"})
_EMPTY_TAGS = frozenset("rcdpu")  # pronouns, conjunctions, adverbs, prepositions, particles name nothing
_MEMBER_BEFORE = regex(r"^(?:以上|以下|以内|左右|及以上)(?:\([^)]*\))?[、,和及与]")  # 800种以上、(医用耗材45类)
_NEW_MEMBER = regex(r"、\s?(?:约|近|超过?|共)?$|[和与及](?:约|近|超过?|不足|不到)$")
_NEXT_MEMBER = regex("(?<=[\u4e00-\u9fff]{2})[和与及](?:约|近|超过?|不足|不到)$")
_WITHIN_BEFORE = regex(
    "^(?:(?:范围|(?:以|之)?)[内间]|期间|中(?=[A-DＡ-Ｄ]级))"
)  # 在十七年间平均每年增长28%; 5个工作日内向出租方支付保证金50万元
_MEASURED = frozenset({"length", "area", "volume", "mass"})
_TWO_VERBS, _ONE_VERB = 4, 2  # characters: 立案查处, 收案
_BOUND = 4  # characters: 以上老人
_BOUNDS = ("以上", "以下", "以内", "及以上", "及以下")
_BOUNDED = regex(r"[\d.]+(?:周?岁|[\u4e00-\u9fff]{1,2})\Z")
#: 其中约五分之一为重复投诉
_IS_A = regex(r"(?:左右|以上|以下)?(?:为|是|系)(?P<what>[\u4e00-\u9fff]{2,14})(?=[,。;、]|$)")
#: 气象信息员中60岁以上(的)
_AMONG = regex(r"(?P<whole>[\u4e00-\u9fff]{2,12})[中里](?P<which>[^,。;中]{2,12})")
_MEASURES = regex("[费价率额款金]$|费用|价格|标准|比例|投资|收入|资金|补贴|补助|支出|成本")
_LABEL = regex(
    "(?P<what>[\u4e00-\u9fff]{0,12}(?:费|费用|价格?|标准|比例|率|租金|工资|限额|额度))(?:分别)?(?:如下|为|是)?$"
)
_AS_RULED = regex("^(?:执行|现行|实行|规定|目前|现在)的?(?:执行的?)?标准$")  # 目前执行的标准为每人每年100元
_SUBJECT_END = regex("(?<=[\u4e00-\u9fff]{2})(?:问题|一事|事宜|事项).*")
_RAISED_TO = regex("(?P<what>[\u4e00-\u9fff]{2,14})(?:提高|调整|统一|上调|增加|提)(?:到|至|为)$")
_STEP_FROM = regex(r"[由从](?=[^由从]*$)")
_TOPIC_END = regex(r"(?:的(?:建议|问题|意见|提案))?[。:]?$")
_HAN = regex(r"[\u4e00-\u9fff]")


def name(text: str, quantities: Sequence[Stated], ties: Ties) -> list[Named]:
    """The metric of each quantity, in order, never empty."""
    namer = _Namer(text, quantities, ties)
    for index in range(len(quantities)):
        namer.named.append(namer.name(index))
    return namer.named


def candidates(text: str, quantities: Sequence[Stated], ties: Ties, named: Sequence[Named], i: int) -> list[Named]:
    """Every name that some way gives a quantity, in the order in which they are tried; for `explain`."""
    namer = _Namer(text, quantities, ties)
    namer.named = list(named)
    return list(dict.fromkeys(namer.every(i)))


class _Namer(Distributed):
    """Names the quantities of one text in order; later ones may take their name from earlier ones."""

    def __init__(self, text: str, quantities: Sequence[Stated], ties: Ties) -> None:
        super().__init__(text, quantities, ties)
        self._first_levels = frozenset(ties.steps.values())
        self._asked: tuple[int, Beside] | None = None  # the quantity last asked about, and the words beside it

    def name(self, i: int) -> Named:
        for way in (*self._shared, self._own):
            if named := way(i):
                return named
        return self._inherited(i) or self._last_resort(i)

    @property
    def _shared(self) -> tuple[Callable[[int], Named | None], ...]:
        first = (self._headed, self._again, self._sized, self._second_level, self._distributed)
        return (*first, self._headless, self._going_on, self._part)

    def every(self, i: int) -> Iterator[Named]:
        """What each way gives, whether or not it is reached."""
        yield from filter(None, (way(i) for way in self._shared))
        beside = self._beside(i)
        yield from (Named(found, how) for how, rule in RULES if (found := rule(beside)))
        yield from filter(None, (self._inherited(i),))

    # -- names of its own -----------------------------------------------------------------------------------------

    def _beside(self, i: int) -> Beside:
        if self._asked is None or self._asked[0] != i:
            self._asked = i, self._words_beside(i)
        return self._asked[1]

    def _words_beside(self, i: int) -> Beside:
        q, text = self._quantities[i], self._text
        lead, trail = text[q.lead.start : q.lead.end], text[q.trail.start : q.trail.end]
        if i in self._first_levels and (step := _STEP_FROM.search(lead)):
            lead = without_adverbs(lead[: step.start()]) + "为"  # 考核分值由2分提高到5分: the subject before 由
        if i in self._first_levels:
            trail = ""  # 由14份压减至5份: a verb leads on to the second level
        trail = _NEXT_MEMBER.sub("", trail)  # 13.7%的外贸和约五分之一的外资
        if "关于" in lead:
            trail = _SUBJECT_END.sub("", trail)  # 关于2400元学杂费问题
        lead = _MEMBER_BEFORE.sub("", _WITHIN_BEFORE.sub("", SETTING.sub("", lead)))
        if _NEW_MEMBER.search(lead):
            lead = ""  # 五个村民小组、三百一十二户: what stands before 、 belongs to the member before
        last = self._quantities[self._last_of_rate(i)]
        return Beside(
            quantity=q,
            printed=text[q.span.start : q.span.end],
            clause=text[q.clause.start : q.span.start],
            lead=lead,
            undated=text[q.undated.start : q.undated.end],
            trail=trail,
            list_trail=trail if last is q or not trail else text[last.trail.start : last.trail.end],
            measured_with=last.amount.dimension != "count",
            told=text[q.sentence.start : q.span.start],
        )

    def _last_of_rate(self, i: int) -> int:
        """The last of a list of joined amounts, or of rates told kind by kind: 县道每公里1万元、乡道5000元."""
        last, q = self._list_of(i)[-1], self._quantities[i]
        if "/" in (q.amount.unit or ""):
            while last + 1 < len(self._quantities) and self._goes_on(q, self._quantities[last + 1]):
                last += 1
        return last

    @staticmethod
    def _goes_on(q: Stated, other: Stated) -> bool:
        return other.clause == q.clause and other.amount.unit == q.amount.unit

    def _own(self, i: int) -> Named | None:
        """By the words beside the quantity; where those leave the name open or name nothing, the name before."""
        beside = self._beside(i)
        for how, rule in RULES:
            found = rule(beside)
            if found is None:
                continue
            found = self._with_bound(i, found)
            if labelled := self._labelled(i, found):
                return labelled
            if deed := self._deed_of_what(i, found):
                return deed
            if measured := (self._measure_there(i, found) if found else None) or self._of_another_kind(i, found):
                return measured
            found = _AS_RULED.sub("标准", found)
            is_bare = found in nouns("bare") and not is_object(found, beside.lead)
            is_bare |= found in nouns("divisions") and found == beside.led  # 我县得92.6分
            if found and not is_bare and found[:2] not in {"前者", "后者"}:
                return Named(found, how)
            if is_bare and (measured := self._named_so(i, found)):
                return measured
            if is_bare and (granted := self._granted(beside)):
                return Named(granted, "what was granted before")
            if (member := self._pointed(i, found)) is not None:
                return member
            if found in _EXTENTS.values() and i and self._quantities[i - 1].clause == beside.quantity.clause:
                return Named(self.named[i - 1].text + found, f"goes on from c{i}")  # 图斑41个、面积3190亩
            if found in nouns("averages"):
                told = dated_subject(beside)
                whole = Named(told, how) if told else self._inherited(i)
                return Named(found + whole.text, how) if whole else Named(found, how)
            inherited = self._inherited(i)
            if inherited and inherited.text.endswith("总" + found):
                return Named(found, how)  # 批准总面积9公顷。其中仓储中心用地,面积3公顷
            if found in _EXTENTS.values() and i and self._quantities[i - 1].amount.dimension == "money":
                return Named(found, how)  # 投入46.8万元,面积扩大到750㎡
            if inherited and found in _EXTENTS.values() and not inherited.text.endswith(found):
                return Named(inherited.text + found, inherited.how)  # 再开食堂1家,面积不小于180平方米
            if inherited and beside.quantity.amount.dimension == "rank" and found in _TOTALS:
                return Named(inherited.text + found, inherited.how)  # 建成电梯981台,总量列全省第四位
            unsaid = nouns("framing") - {"标准"}  # 执行的标准是每人650元: better than the verb
            return inherited or (Named(found, how) if found and found not in unsaid else None)
        return self._deed_of_what(i, "")

    def _labelled(self, i: int, found: str) -> Named | None:
        """A member of a list told only by its kind, with the measure of the list: 培训费分别是:美术1.3万元/人."""
        q = self._quantities[i]
        told = self._text[q.sentence.start : q.clause.start].rpartition(":")
        label = _LABEL.search(told[0]) if found and told[1] and q.amount.dimension in {"money", "ratio"} else None
        if label is None or _MEASURES.search(found):
            return None
        what = ending(label["what"])
        return Named(found + what, "what the list's label measures") if what else None

    def _measure_there(self, i: int, found: str) -> Named | None:
        """A share or a sum told only by where it holds, with what was measured before: 城区覆盖率达到100%、农村75%."""
        q = self._quantities[i]
        recurs = found in nouns("when")
        told_so = q.amount.dimension in {"ratio", "money"} or "/" in (q.amount.unit or "")
        if not recurs and (not told_so or not (is_where(found) or is_modifier(found))):
            return None
        units = {q.amount.unit, (q.amount.unit or "").partition("/")[0] or None}  # 187座,建成区每平方公里3.4座
        units |= {"%"} if q.amount.unit == "个百分点" else set()
        in_sentence = takewhile(lambda n: self._quantities[n].sentence == q.sentence, range(i - 1, -1, -1))
        told_before = list(in_sentence)
        told = next((n for n in told_before if self._quantities[n].amount.unit in units), None)
        if told is None and q.amount.dimension == "money":  # 公租房租金按市场租金的七成核定,主城区每平方米9.6元
            told = next((n for n in told_before if _MEASURES.search(self.named[n].text)), None)
        before = self._text[q.clause.start : q.span.start].partition(found)[0]
        if told is None and (raised := _RAISED_TO.search(before)):
            what = led_by(raised["what"])  # 将低保标准提高到城市每人每月720元
            return Named(found + what, "what is raised there") if what else None
        if told is None:
            topic = self._told_before(i) if recurs else None
            return Named(found + topic.text, "when what the clause before names holds") if topic else None
        name = without_place(self.named[told].text, found)
        if recurs:
            said = (word.text for word in words.cut(name) if word.text not in nouns("averages", "when"))
            name = "".join(said).strip("、")
        return Named(found + name, f"where the measure of c{told + 1} holds too") if name else None

    def _of_another_kind(self, i: int, found: str) -> Named | None:
        """A member of a list told only by its kind: 国家级项目89项、省级587项."""
        q = self._quantities[i]
        before = self._quantities[i - 1] if i else q
        in_bracket = self._text[before.span.end : q.span.start] == f"({found}"
        if i and found and in_bracket and is_modifier(found) and before.amount.unit == q.amount.unit:
            return Named(found + self.named[i - 1].text, f"of another kind than c{i}")  # 床位600张(一期350张)
        counted = q.amount.dimension == "count" and before.amount.unit == q.amount.unit
        if not i or not found or not counted or not is_modifier(found):
            return None
        told = self.named[i - 1].text
        _, kind, thing = told.partition(found[-1])
        same_kind = before.clause == q.clause and kind and thing
        return Named(found + thing, f"of another kind than c{i}") if same_kind else None

    def _deed_of_what(self, i: int, found: str) -> Named | None:
        """What was done to things counted before: 申请加装电梯275部,竣工交付198部; 发现问题73个,余下2个."""
        q = self._quantities[i]
        if q.amount.dimension in _MEASURED and not found:
            return self._done_to_measure(i)
        counts_people = q.amount.unit == "人次" or (q.amount.unit in PERSONS and self._told_things(i))
        deed = done_by(self._beside(i)) if counts_people and not found else ""
        if deed and deed not in members("changes", "up") | members("changes", "down"):
            return Named(deed, "what is counted is done")  # 诊疗2.6万人次, 检查组累计出动1.2万人次
        if q.amount.dimension != "count" or q.amount.unit in nouns("verbal_classifiers") | _WHO:
            return None
        if found and (
            not all(map(says_deed, words.cut(found))) or is_object(found, self._text[q.lead.start : q.span.start])
        ):
            return None
        deed = deed_alone(self._text[q.lead.start : q.lead.end]) or found
        nearest = range(i - 1, max(-1, i - 1 - MEMORY), -1)
        left = deed in nouns("left_over")  # 停工时主体封顶4栋,剩下两栋: of what was counted, not of what was done to it
        alike_before = (n for n in nearest if alike(self._quantities[n], q) and not (left and self._says_done(n)))
        told = next(alike_before, None) if deed else None
        if told is None or self._quantities[told].line != q.line:
            of_cases = q.amount.unit in nouns("case_classifiers") and len(deed) >= _TWO_VERBS
            return Named(deed, "what is counted is done") if of_cases else None
        first = self._list_of(told)[0]  # 停车场12个、泊位2156个;再建8个
        told = first if self._quantities[first].amount.unit == q.amount.unit else told
        while told and self._is_listed_behind(told):
            told -= 1  # 停车场12个、泊位2156个;今年再建8个
        thing = self._things.get(told, self.named[told].text)
        if all(map(says_deed, words.cut(thing))):  # 调解结案4431件。新收案3768件
            of_cases = q.amount.unit in nouns("case_classifiers") and len(deed) >= _ONE_VERB
            return Named(deed, "what is counted is done") if of_cases else None
        self._things[i] = thing
        if thing.endswith(deed) and len(deed) > 1:
            return Named(deed, "what is counted is done")
        unsaid = verbs("light") | members("changes", "up") | members("changes", "new")  # 再增加4000个学位
        deed = "".join(word.text for word in words.cut(deed) if word.text not in unsaid)
        said = deed if len(deed) > 1 and not thing.startswith(deed) else ""  # 再建8个: 建 says nothing
        return Named(said + thing, f"what is done to those of c{told + 1}")

    def _is_listed_behind(self, n: int) -> bool:
        """Whether 、 and a name of its own part a count from the one before it: 停车场12个、泊位(2156个)."""
        q, before = self._quantities[n], self._quantities[n - 1]
        between = self._text[before.span.end : q.span.start]
        return before.clause == q.clause and before.amount.unit == q.amount.unit and between.startswith("、")

    def _says_done(self, n: int) -> bool:
        """Whether a name ends in what is done: 主体封顶."""
        return says_deed(words.cut(self.named[n].text)[-1])

    def _told_things(self, i: int) -> bool:
        """Whether things were counted right before an amount of people: 设立安置基地146家,累计安置2380余人."""
        before = self._quantities[i - 1] if i else self._quantities[i]
        counts = before.amount.dimension == "count" and before.amount.unit not in _WHO
        return counts and before.sentence == self._quantities[i].sentence

    def _done_to_measure(self, i: int) -> Named | None:
        """A measured amount that deeds alone lead to, with nothing measured so before it: 清淤疏浚22万立方米."""
        q = self._quantities[i]
        deed = deed_alone(self._text[q.lead.start : q.lead.end])
        before = self._quantities[i - 1] if i else None
        told = before is not None and before.line == q.line and before.amount.unit == q.amount.unit
        works = len(deed) >= _TWO_VERBS or deed in nouns("works")
        return Named(deed, "what is counted is done") if works and not told else None

    def _with_bound(self, i: int, found: str) -> str:
        """A phrase that opens with what bounds an age or a sum, with that: 50岁以上人员."""
        q = self._quantities[i]
        said = found[:_BOUND]
        at = self._text.rfind(said, q.sentence.start, q.span.start) if found.startswith(_BOUNDS) else -1
        match = _BOUNDED.search(self._text, q.sentence.start, at) if at >= 0 else None
        return match.group() + found if match else found

    def _pointed(self, i: int, found: str) -> Named | None:
        """What 前者 or 后者 points at: the first or the last of the two amounts told before side by side."""
        if i < 2 or found[:2] not in {"前者", "后者"}:
            return None
        q, of_rates = self._quantities[i], self._quantities[i].amount.unit == "个百分点"
        told = takewhile(lambda n: self._quantities[n].sentence == q.sentence, range(i - 1, -1, -1))
        levels = [n for n in told if self._quantities[n].is_share == of_rates and self.named[n].text[:2] != found[:2]]
        pairs = (list(self._list_of(n)) for n in range(i - 1, -1, -1))
        pair = levels[1::-1] if len(levels) > 1 else next((pair for pair in pairs if len(pair) == 2), [i - 2, i - 1])
        return self._from(pair[0] if found.startswith("前者") else pair[1])

    def _headed(self, i: int) -> Named | None:
        if self._quantities[i].amount.unit in _SELF_NAMED:
            unit, level = self._quantities[i].amount.unit or "", self._beside(i).led
            return Named((level if is_modifier(level) else "") + unit, "what the unit counts")  # 会同省级5部门
        heading = self._ties.headed.get(i)
        return Named(heading, "column heading") if heading else None

    # -- names shared with neighbours -----------------------------------------------------------------------------

    def _sized(self, i: int) -> Named | None:
        """A count or the size behind it, named by the noun behind both: 一座库容2.3万立方米的山塘."""
        for count in (i, i - 1):
            pair = self._quantities[max(count, 0) : count + 2]
            if len(pair) == 2 and (found := sized(self._text, *pair)):
                noun, measure = found
                return Named(noun if count == i else noun + measure, "what a count and its size share")
        return None

    def _again(self, i: int) -> Named | None:
        """The amount before it in other terms: 2.1亿元(约合2900万美元)."""
        return Named(self.named[i - 1].text, f"other terms for c{i}") if self._quantities[i].again else None

    def _second_level(self, i: int) -> Named | None:
        first = self._ties.steps.get(i)
        return None if first is None else Named(self.named[first].text, f"second level of c{first + 1}")

    def _headless(self, i: int) -> Named | None:
        """A relative clause without its head noun, which the thing counted before gives: 产权公有的169个."""
        relative = self._with_bound(i, headless(self._beside(i)))
        if not relative:
            return None
        if relative.removeprefix("最") in nouns("degrees") | nouns("left_over"):
            return self._inherited(i)  # 峰谷价差悬殊,高的接近0.9元
        if among := _AMONG.fullmatch(relative):
            return Named(f"{among['which']}的{led_by(among['whole']) or among['whole']}", "relative clause")
        q, parent = self._quantities[i], self._ties.parents.get(i)
        nearest = range(i - 1, max(-1, i - 1 - MEMORY), -1)
        in_line = [n for n in nearest if self._quantities[n].line == q.line and not self._quantities[n].is_share]
        counted = "count" if q.is_share else q.amount.dimension
        alike = (n for n in in_line if self._quantities[n].amount.dimension == counted)
        of_one_unit = (n for n in alike if q.is_share or self._quantities[n].amount.unit == q.amount.unit)
        granted = q.amount.dimension == "money" and parent is None  # 生育二孩的一次性发给3000元
        head = None if granted else parent if parent is not None else next(of_one_unit, None)
        if head is None:
            return Named(relative, "relative clause")
        self._things[i] = self._things.get(head, self.named[head].text)
        return Named(f"{relative}的{self._things[i]}", "relative clause")

    def _going_on(self, i: int) -> Named | None:
        """An amount that says more of what the one before it counted: 2167笔、8930万元; 189个小区、426.5万平方米."""
        q = self._quantities[i]
        counted = self._beside(i).counted
        if i == 0 or i in self._ties.parents or (counted and not all(map(says_deed, words.cut(counted)))):
            return None
        before = self._quantities[i - 1]
        counts = before.amount.dimension == "count"
        between = self._text[before.span.end : q.span.start].rstrip("约近")
        is_member = counts and before.clause == q.clause and between.endswith("、")
        if not q.joined and not (is_member and (q.amount.dimension in _EXTENTS or q.amount.unit in _HEADS)):
            return None
        heads_before = before.amount.unit in _WHO and self.named[i - 1].text not in _HEADS.values()
        if q.joined and not counts and q.amount.unit in _HEADS:
            return Named(self.named[i - 1].text, f"goes on from c{i}")  # 户用光伏9.8万千瓦、4126户
        if q.amount.unit in _HEADS and before.amount.unit != q.amount.unit and not heads_before:
            counted_before = self.named[i - 1].text.removesuffix("户数") if counts and q.joined else ""
            return Named(counted_before + _HEADS[q.amount.unit], "what the unit counts")
        suffix = _EXTENTS.get(q.amount.dimension, "") if counts else ""
        return Named(self.named[i - 1].text + suffix, f"goes on from c{i}")

    def _part(self, i: int) -> Named | None:
        """A 其中 part, its head noun restored from the whole: 国家级16家 → 国家级技术转移示范机构."""
        parent = self._ties.parents.get(i)
        if parent is None:
            return None
        whole, beside = self.named[parent].text, self._beside(i)
        how = f"part of c{parent + 1}"
        lead = beside.lead.rpartition("其中")[2]
        dimension = beside.quantity.amount.dimension
        own = self._with_bound(i, led_by(lead))
        if own and beside.counted and dimension == "count" and words.cut(own)[-1].text in verbs("nominal"):
            return Named(beside.counted, how)  # 其中支持贵州省建设30个联合体
        if own and beside.quantity.is_share and f"{own}占比" in lead:
            return Named(f"{own}占比", how)  # 其中绿电占比首次突破四成
        if own:
            return Named(of_whole(own, whole, beside.quantity), how)
        if (said := _IS_A.match(beside.trail)) and (kind := opening(said["what"]) or said["what"]):
            return Named(of_whole(kind, whole, beside.quantity), how)
        behind = (beside.counted or state(beside)) if dimension == "count" else ""
        if behind and (not is_modifier(behind) or is_division(words.cut(behind)[-1])):
            return Named(behind, how)
        return Named(money_part(lead, whole) if dimension == "money" else whole, how)

    # -- something that names it --------------------------------------------------------------------------------

    def _last_resort(self, i: int) -> Named:
        """The last count like it, the heading's phrase, the verb itself, or the unit: something that names it."""
        return next(self._resorts(i))

    def _resorts(self, i: int) -> Iterator[Named]:
        q, beside = self._quantities[i], self._beside(i)
        if q.amount.dimension == "count":
            yield from (self._from(n) for n in range(i - 1, -1, -1) if alike(self._quantities[n], q))
        if q.amount.unit == "户" and (deed := deed_alone(beside.lead)):
            worked_on = self._ties.topics[i].rstrip("。:")  # 适老化改造: …共改造4286户
            yield Named(ending(worked_on) if worked_on.endswith(deed) else deed, "what is counted is done")
        if q.amount.unit in _HEADS:
            yield Named(_HEADS[q.amount.unit], "what the unit counts")
        if spoken_of := topic(beside):
            yield Named(spoken_of, "topic of the clause")
        reaches = not beside.counted and not without_adverbs(strip_reach(beside.lead))
        if i and reaches and self._quantities[i - 1].sentence == q.sentence:
            yield self._from(i - 1)  # 增加值增长6%以上、力争突破2万亿元
        if headed := ending(_TOPIC_END.sub("", self._ties.topics[i])):
            yield Named(headed, "heading")
        for word in reversed(words.cut(beside.subject)):
            if _HAN.match(word.text) and word.tag[:1] not in _EMPTY_TAGS and word.text not in nouns("framing"):
                yield Named(word.text, "verb before")
        yield Named(beside.counted or q.amount.unit or beside.printed, "nothing else")
