"""The words around a quantity, and the phrases that end or begin beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from replyparse import words
from replyparse.heads import is_modifier
from replyparse.nounphrase import led_by, strip_reach
from replyparse.opening import opening
from replyparse.patterns import regex
from replyparse.stated import Stated
from replyparse.wordclass import acts, cut, nouns, says_deed, verbs
from replyparse.wordlists import pattern

AFTER_AMOUNT = regex(r"^(?:[强弱](?=[,。;、]|$)|左右|上下|以上|以下|以内|之内|之间|不等|及以上|\([^)]{0,12}\))*的?")
_RELATIVE = regex(r"[\u4e00-\u9fff“”](?:[\u4e00-\u9fff“”]{1,11}?|[\u4e00-\u9fff“”、]{1,22}?)的(?=[\u4e00-\u9fff])")
_BEFORE_PREDICATE = regex(
    r"(?:(?<![现正存所])在|对|将|把|向|给(?!予)|选取?|选择|选定|确定|挑选|完成|启动|推进)[^,。;]{0,6}$|[已仍还]有$"
)
#: 查出偷排、漏排等(问题)
_SUCH_AS = regex("(?<=[\u4e00-\u9fff]{2})[\u4e00-\u9fff]{2}(?:、[\u4e00-\u9fff]{2,4})*等$")
PERSONS = frozenset({"人", "名", "人次"})
_RESULTS = ("到位", "完毕", "一空")
_SPREAD = {"area", "length"}
_MEASURED = _SPREAD | {"mass", "volume", "money"}
#: 三成低压线路运行年限较长: how the things counted are in some respect.
_IS_SO = regex(
    r"(?:比较|普遍|相对|明显)?(?:[较偏过很](?![早晚后])|(?:更新|建设|发展|配备)?(?:老化|陈旧|薄弱|落后|滞后|短缺|破损|(?:不达|超)标|不足|不够|不稳|不全|不畅|老旧(?=[,。;、])))[^,。;的]{0,4}(?=[,。;、]|$)"
)
#: 三分之一的线路上座率不到一半: of things that have some value.
_HAS_VALUE = regex("在(?!内)|达到?|超过|低于|高于|不足|不到|仅")
_WHOSE = regex(r"(?:较|很|最|更|偏)[^,。;的]{1,6}的(?=[\u4e00-\u9fff])")
_BEFORE_DATE = regex(r"(?:拟|将|计划|力争|争取|预计|确保)?(?:于|在|自|从|到|至)?$")
_COMPARISON = (
    r"(?:扣除[^,。;]{2,6}因素(?:影响)?后?|同比|环比|(?:较|比(?![例重率值价])|与)[^,。;]{1,14}"
    r"|(?:在|^)[^,。;]{1,10}基础上|@compared@)+$"
)
#: 互市贸易额则保持增长(增幅7.3%): that it grows, before the words that say by how much.
_GROWING = regex(
    r"(?:则|仍|也|均|继续)*(?:保持|实现|呈现?|出现)(?:了?[\u4e00-\u9fff]{0,4})(?:增长|上升|提升|下降|回落|态势)[,(]?$"
)
_HEADLESS = regex(
    r"(?P<relative>[^,。;、:由从]{2,16})的(?P<said>(?:还不到|也不到|约|近|不足|不到|超过?|达|接近|占了?|占到|就?有|共有?|达到?|仅|只有|还有|一次性|发给|给予|奖励?|补助|补贴|发放)*)$"
)
_ASIDE_BEFORE = regex(r"^(?:其中|目前|现在|现有|现|今年|去年|对|仍有|还有|有)+")
_PAID_EACH = (
    r"(?:(?<=[\u4e00-\u9fff]{2})一[个家户座处台亩人株头]"  # 新建一座补助
    r"|每(?:平方米|千瓦时|车公里|公里|小时|[\u4e00-\u9fff]次|[^\d,。;、每])(?:每[年月日天次])?)(?:[再另可均各只仅才]|另行|最高|给予)*"
    r"(?P<grant>@grants@|补)$"
)
#: 补助按服务人口每人每年拨付28元, 补助每个村卫生室每年8000元
_PAID_BY = regex(r"(?<=[\u4e00-\u9fff]{3})由[^,。;由\d]{2,14}按照?(?:每[^,。;\d]{1,3})?$")  # 培训费用由红十字会按每人
#: 企业由整治前的28家: the level of a time told by a deed.
_BEFORE_IT = regex(r"(?<=[\u4e00-\u9fff]{2})[由从](?:[\u4e00-\u9fff]{2,6}[前时初]|原来|过去|以往)的?$")
#: 专项资金已到位(2360万元): money, then what was done with it.
_DISPOSED = regex(
    r"((?<=[\u4e00-\u9fff]{2})(?:资金|经费|预算|投资|债券|贷款|基金|补助|补贴|奖金|款))(?:[已共]|累计|现已|均已|全部|实际)+"
    r"(?:安排|拨付|投入|支出|到位|下达|发放|使用|兑付|兑现|完成|筹集|到账|归还|发行|归集|支取|结余|募集|撬动)[了达]?(?:约|近|超)?$"
)
_EACH_END = regex(r"(?:按[^,。;\d每]{1,8})?每个?[^,。;\d每]{1,10}每[年月日天人户次生学期]+$")
DISTRIBUTIVE = (
    r"每(?:(?:平方米|立方米)(?:[\u4e00-\u9fff]{2})?|千瓦时|车公里|公里|小时|[\u4e00-\u9fff]次|[^\d,。;、每])(?=@grants@|造价|@paying@)"
    r"|每(?![年月日天周季次小学])(?:个|座|家|所)?[^,。;\d]{0,8}(?=(?:至少|不少于|不低于|不超过|最多|最高|限)(?:有|配|设|建)?$)"
    r"|(?<=平均)每(?:个|座|家|所|名)[^,。;\d获补投收有]{1,6}$"  # 配备人员210名,平均每个站点(5.8名)
)


@dataclass(frozen=True)
class Beside:
    """The words around one quantity, and what several rules ask of them.

    `clause` is its clause up to it, `lead` what of that belongs to it alone, `undated` the clause's words before a
    date that parts them from it, `trail` what follows it, `list_trail` what follows the list it is a member of,
    `told` its sentence up to it; `measured_with` says whether the last of that list is measured rather than counted.
    """

    quantity: Stated
    printed: str
    clause: str
    lead: str
    undated: str
    trail: str
    list_trail: str
    measured_with: bool
    told: str

    @cached_property
    def after(self) -> str:
        """What follows, without the words that only bound the amount: 20家以上(的)….

        Where the unit's own word begins the noun, it is part of both: 12.3万人口.
        """
        if self.trail.startswith("口") and self.printed.endswith("人"):
            return "人" + self.trail
        if self.printed.endswith("床位"):
            return "床位" + self.trail
        return AFTER_AMOUNT.sub("", self.trail, count=1)

    @cached_property
    def subject(self) -> str:
        """`lead` without the words that only lead to the amount (达到, 约, 共有 …) at its end."""
        return strip_reach(self.lead)

    @cached_property
    def led(self) -> str:
        """The phrase that leads up to the amount."""
        listed = self.quantity.amount.dimension in _MEASURED  # 回收废纸、旧家具等5620吨, not 石门坝等4处
        return _led(self.lead.removesuffix("等") if listed else self.lead)

    @cached_property
    def counted(self) -> str:
        """The noun right behind the amount."""
        return _counted(self)


def shaped(shape: str) -> re.Pattern[str]:
    """A pattern with the word lists of `data/metrics.yaml` put in."""
    return pattern("metrics", shape)


def without_comparison(lead: str) -> str:
    """A stretch without the comparison at its end: 水质合格率(比2023年再)."""
    return shaped(_COMPARISON).sub("", lead)


def without_adverbs(lead: str) -> str:
    """A stretch without the adverbs at its end: 保洁员报酬(同步)由500元涨到800元."""
    said = words.cut(lead)
    kept = len(said)
    while kept and said[kept - 1].text in nouns("adverbs"):
        kept -= 1
    return "".join(word.text for word in said[:kept])


def without_growth(lead: str) -> str:
    """A stretch without the words at its end that say that something grows or falls: 互市贸易额(则保持增长)."""
    return _GROWING.sub("", lead)


def _led(lead: str) -> str:
    """The phrase that leads up to an amount, without what the amount is spread over: (每个乡镇)至少1座."""
    if paid := shaped(_PAID_EACH).search(strip_reach(lead)):
        return paid["grant"]
    lead = _BEFORE_IT.sub("", lead)
    lead = _DISPOSED.sub(r"\1", _PAID_BY.sub("", lead))
    return led_by(_EACH_END.sub("", shaped(DISTRIBUTIVE).sub(_deed_of_each, lead)))


def _deed_of_each(each: re.Match[str]) -> str:
    """What remains of 每 and whom it tells of: the verb with its object (每名检察官联系学校不超过)."""
    said = cut(each.group())
    verb = next((n for n, word in enumerate(said) if n > 1 and _acts_on(word)), len(said))
    return "".join(word.text for word in said[verb:]) if len(said) - verb > 1 else ""


def frames(phrase: str) -> bool:
    """Whether a phrase opens with a word about the statement itself: 比例, 标准, 建议, not 问题厕所."""
    said = words.cut(phrase)
    if len(said) > 1 and said[0].text == "问题" and said[1].tag[:1] == "n":
        return False
    return any(phrase.startswith(word) for word in nouns("framing"))


def _counted(beside: Beside) -> str:
    """The noun right behind the amount: 20名专职联络员, 三分之二的博物馆, 430座分散管理的小型水库."""
    after = beside.after
    divides = beside.quantity.amount.unit in {"个", None, "%"}
    noun = opening(after, of_divisions=divides)
    if not noun and (relative := _RELATIVE.match(after)):
        noun = opening(after[relative.end() :])
    if (
        not noun
        or noun == "执行"
        or frames(noun)
        or (after != beside.trail and _says_only_deed(noun) and _says_more(beside.led))
    ):
        return ""
    if beside.quantity.amount.dimension in _SPREAD or _counts_owner(noun, beside.quantity.amount.unit):
        noun = noun.partition("的")[0]  # 1.1万亩耕地的防洪安全, 18个项目的建设
    elif of_what := _WHOSE.match(after, len(noun)):
        noun = opening(after[of_what.end() :]) or noun  # 87个客流较少的建制村
    if noun in nouns("measures", "sizes") and _HAS_VALUE.match(after, len(noun)):
        return ""  # 其中2个面积不到1500平方米
    if after.startswith(("至", "到", "给", "往"), len(noun)) and all(map(says_deed, words.cut(noun))):
        return ""  # 购置垃圾桶52只分配至各村
    if after.startswith(_RESULTS, len(noun)) and is_verb(words.cut(noun)[-1]):
        noun = noun.removesuffix(words.cut(noun)[-1].text)  # 将1895个图斑恢复到位
    if after.startswith("后", len(noun)) and (deed := words.cut(noun)[-1].text) in verbs("nominal"):
        noun = noun.removesuffix(deed) or noun  # 四成的粮食收获后
    noun = _without_state(noun)
    if _IS_SO.match(after, len(noun)) or (_HAS_VALUE.match(after, len(noun)) and _ends_in_measure(noun)):
        noun = _without_respect(noun)
    last = words.cut(noun)[-1].text
    ends_clause = not re.match(r"[^,。;:]", after[len(noun) :])
    if not ends_clause or len(noun) < len(last) + 2:
        return noun
    pure = words.tag(last) == "v" and last not in verbs("nominal")
    if pure or (last in verbs("nominal") and _BEFORE_PREDICATE.search(beside.lead)):
        return noun.removesuffix(last).removesuffix("的")  # 在126部电梯试点, 已有113部电梯投保
    return noun


def _without_state(noun: str) -> str:
    """A noun without the state that is told of it, which the dictionary takes for a noun: 农贸市场(设施老化、通风)."""
    said = words.cut(noun)
    for n, word in enumerate(said):
        if n and word.text in nouns("poor_states") and (n + 1 == len(said) or said[n + 1].text in "、和"):
            return _without_respect("".join(before.text for before in said[:n]))
    return noun


def _ends_in_measure(noun: str) -> bool:
    said = words.cut(noun)
    last = said[-1].text
    return len(said) > 1 and (
        last in nouns("measures", "sizes") or last.startswith("年收") or (len(last) > 2 and last.endswith("率"))
    )


def _without_respect(noun: str) -> str:
    """A noun before an adjective, without what the adjective is told of: 低压线路(运行年限)较长, 泵站(设备)老化."""
    said = list(words.cut(noun))
    if acts(said[0]):
        return said[0].text  # 院校实训设备更新滞后
    if len(said) > 1 and said[-1].tag[:1] in {"n", "v"}:
        measured = said.pop().text in nouns("measures", "generic")
        if measured and len(said) > 1 and is_verb(said[-1]):
            said.pop()
    return "".join(word.text for word in said)


def _counts_owner(noun: str, unit: str | None) -> bool:
    """Whether what is counted is the noun before 的, not the one behind: 8个楼盘的网签信息, not 4名国企的代表."""
    owner = noun.partition("的")[0] if "的" in noun else ""
    if not owner or unit in PERSONS:
        return False
    said = words.cut(owner)
    if said[0].text in verbs("pure") or is_modifier(owner):
        return False  # 63个纳入计划的村
    return said[-1].tag[:1] in {"n", "s"} and said[-1].text not in nouns("where", "distinguishing")


def _says_only_deed(noun: str) -> bool:
    """Whether a noun behind 的 is but what is done to the thing before: 优待证剩余1150张的制发."""
    named = verbs("attributive")  # 13.7%的外贸
    return all(word.tag[:1] == "v" or word.text in verbs("nominal") - named for word in words.cut(noun))


def _says_more(led: str) -> bool:
    """Whether a phrase before an amount names a thing, no deed alone: 接受(不少于360学时的培训)."""
    return bool(led) and not _says_only_deed(led)


def headless(beside: Beside) -> str:
    """A relative clause whose head noun is left out (产权公有的169个, 60岁以上的占了三成), '' where there is none.

    Right before a ratio 的 leads from its base (市价的70%).
    """
    match = _HEADLESS.search(beside.lead)
    if match is None or beside.counted or (beside.quantity.is_share and not match["said"]):
        return ""
    if beside.quantity.is_share and "占" in match["relative"]:
        return ""  # 占可支配收入的近五成
    if match["relative"].endswith(("前", "后", "时")):
        return ""  # 由整治前的28家: when, not which
    return _ASIDE_BEFORE.sub("", match["relative"])


def dated_subject(beside: Beside) -> str:
    """The phrase before a date that parts it from the amount: 基本养老金从2004年人均每月700元."""
    return led_by(_BEFORE_DATE.sub("", beside.undated))


def is_object(noun: str, lead: str) -> bool:
    """Whether a verb governs the noun before an amount: 发现问题73个, not 存在的主要问题."""
    before, noun_before, behind = lead.rpartition(noun)
    if not noun_before or strip_reach(behind):
        return False
    found = words.cut(_SUCH_AS.sub("", before).removesuffix("到").removesuffix("出"))[-1:]
    return bool(found) and found[0].text in nouns("finding_verbs")


def deed_alone(lead: str) -> str:
    """The verbs that alone lead to an amount, '' where something else does: 目前已竣工交付."""
    said = [word for word in cut(strip_reach(lead)) if word.text not in nouns("adverbs") and word.tag[:1] != "d"]
    averaged = said[:1] if said and said[0].text in nouns("averages") else []  # 日均运送2300人次
    deeds = said[len(averaged) :]
    place = max((n for n, word in enumerate(deeds) if word.text == "在"), default=None)
    if place is not None:  # 在陈渡、石岗动工
        said = deeds = list(takewhile(is_verb, reversed(deeds[place:])))[::-1]
    return "".join(word.text for word in said) if deeds and all(is_verb(word) for word in deeds) else ""


def _acts_on(word: words.Word) -> bool:
    return word.text in verbs("pure") or (word.tag == "v" and word.text not in verbs("nominal"))


def is_verb(word: words.Word) -> bool:
    """Whether a word may be the verb of its clause."""
    return word.tag in {"v", "vn"} or word.text in verbs("pure", "nominal")
