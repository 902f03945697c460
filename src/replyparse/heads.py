"""Head nouns that are left out where they were named before: of 其中 parts and of the members of a list.

其中国家级16家 counts what its whole counts; 黑龙江、吉林、辽宁秸秆还田率 measures three rates.
"""

from __future__ import annotations

import re

from replyparse import words
from replyparse.nounphrase import strip_reach
from replyparse.patterns import regex
from replyparse.stated import Stated
from replyparse.wordclass import acts, is_division, nouns, says_deed, verbs

_PAYER = 6  # characters
_SHORT = 3  # characters of a part's own words that leave the measure to the whole
_AREAS = regex("(?:小|社|园|景|校|街|库|矿|林|示范|集聚|保护|开发|试验|服务|经济|功能)区$")
_KINDS = "级类型档"
_MEASURES = frozenset("量率额数值比价费")
_NAMES = frozenset("nfsb")  # tags of what may tell groups apart
_MODIFIER = regex(r".*(?:[级类型式性层档制省市县区州镇乡]|地区|以上|区域)$")


def is_modifier(phrase: str) -> bool:
    """Whether a phrase only distinguishes a part (国家级, 历下区, 女性) and lacks the head noun."""
    tokens = words.cut(phrase)
    if phrase in nouns("actors") or _AREAS.search(phrase):
        return False  # 小学58所、初中19所, 老旧小区318个
    if all(t.text in nouns("distinguishing") for t in tokens):
        return True
    return bool(_MODIFIER.fullmatch(phrase)) or all(t.tag[:2] in ("ns", "b", "s", "f") for t in tokens)


def _restored(modifier: str, whole: str) -> str:
    """The part's modifier before the whole's head, in place of a modifier of the same kind (A级 → 5A级)."""
    kind = modifier[-1]
    if kind in "级类型":
        whole = re.sub(rf"^[A-Za-z0-9一二三四五六国省市县区特甲乙]{{1,3}}家?{kind}(?:以上)?", "", whole) or whole
    return modifier + whole


def of_whole(own: str, whole: str, part: Stated) -> str:
    """A part's own words with what they leave to the whole: 国家级(技术转移示范机构), 住宅(销售面积)."""
    if whole.endswith(own):
        return own  # 户籍窗口38个,其中周六不休息的窗口12个
    if in_place := _in_place(own, whole):
        return in_place
    if is_modifier(own):
        return _restored(own, whole)
    if own in nouns("where") and part.amount.dimension == "count":
        return own + whole  # 小区68个(主城41个)
    if is_division(words.cut(own)[-1]) and not is_division(words.cut(whole)[-1]) and "的" not in own:
        return own + whole  # 其中勐阿生产队(路灯)50盏
    said = words.cut(own)
    if part.amount.dimension == "count" and len(said) > 1 and acts(said[-2]) and says_deed(said[-1]):
        return own + whole  # 老兵食堂9家,其中餐饮企业加盟5家
    counts = part.amount.dimension in {"count", "ratio", "other"}
    measured = words.cut(own)[-1].text in nouns("generic", "measures") | verbs("nominal")
    _, *rest = words.cut(whole)
    if counts or measured or len(own) > _SHORT or not rest:
        return own
    measure = next((n for n, word in enumerate(rest) if _measures(word)), 0)
    if not _measures(rest[-1]) or rest[-1].text in verbs("nominal"):
        return own  # 高效节水灌溉13.5万亩,其中滴灌6.8万亩
    return own + "".join(word.text for word in rest[measure:]).removeprefix("总")


def _in_place(own: str, whole: str) -> str:
    """A part's word in place of the one that holds it: 进出口总值6842亿元,其中出口(总值)4410亿元; '' if none does."""
    first = words.cut(whole)[0].text
    return own + whole[len(first) :] if len(own) < len(first) and set(own) < set(first) else ""


def _measures(word: words.Word) -> bool:
    """Whether a word names what can be measured, alone or at the end of a compound: 面积, 总产值, 装机容量."""
    alone = word.text in nouns("measures", "generic") | verbs("nominal") or word.text.startswith("总")
    return alone or (len(word.text) > 2 and word.text[-2:] in nouns("measures"))


def with_shared_head(conjuncts: list[str]) -> list[str]:
    """Give the head noun of the last conjunct to the others: 黑龙江、吉林、辽宁秸秆还田率."""
    tokens = words.cut(conjuncts[-1])
    ends = [conjuncts[-1].find(c[-2:]) for c in conjuncts[:-1]]
    if min(ends, default=-1) >= 0 and (rest := conjuncts[-1][ends[0] + 2 :]):
        return [*(c + rest for c in conjuncts[:-1]), conjuncts[-1]]  # 高新技术产业、新兴产业增加值
    acting = max((n for n, token in enumerate(tokens[:-1]) if acts(token)), default=None)
    if acting is not None and _measures(tokens[-1]) and all(acts(words.cut(c)[-1]) for c in conjuncts[:-1]):
        head = "".join(token.text for token in tokens[acting + 1 :])
        return [*(c + head for c in conjuncts[:-1]), conjuncts[-1]]  # 乡镇卫生院、县人民医院报销比例
    if acting and _measures(tokens[-1]) and not any(acts(words.cut(c)[-1]) for c in conjuncts[:-1]):
        head = "".join(token.text for token in tokens[acting:])
        return [*(c + head for c in conjuncts[:-1]), conjuncts[-1]]  # 高血压、糖尿病患者管理率
    averaged = next((n for n, token in enumerate(tokens) if n and token.text in nouns("averages")), 0)
    if averaged and not any(c[-1] in _MEASURES for c in conjuncts[:-1]):
        head = "".join(token.text for token in tokens[averaged:])
        return [*(c + head for c in conjuncts[:-1]), conjuncts[-1]]  # 技师、高级工年均工资
    if tokens[0].text.endswith("级") and all(c in nouns("divisions") for c in conjuncts[:-1]):
        rest = conjuncts[-1][len(tokens[0].text) :]
        return [*(c + "级" + rest for c in conjuncts[:-1]), conjuncts[-1]]  # 省、市、县级档案馆
    if all(c[-1] in nouns("divisions") for c in conjuncts):
        return conjuncts  # 坪岩镇、归洞乡
    if len(tokens) < 2 or not all(is_modifier(c) or _is_parallel(c, tokens) for c in conjuncts[:-1]):
        return conjuncts
    alike = all(is_modifier(c) or len(words.cut(c)[-1].text) == len(tokens[0].text) for c in conjuncts[:-1])
    named = 1 if alike else len(tokens) - 1
    head = "".join(token.text for token in tokens[named:])
    return [*(c + head for c in conjuncts[:-1]), conjuncts[-1]]


def _is_parallel(conjunct: str, last: tuple[words.Word, ...]) -> bool:
    """Whether a conjunct stands in the place of the last one's first word: 进口、出口整体通关时间, 化肥、农药使用量."""
    end = words.cut(conjunct)[-1]
    measured = last[-1].text[-1] in _MEASURES or last[-1].text in verbs("nominal")
    names = {end.tag[:1], last[0].tag[:1]} <= _NAMES and measured  # 小学、初中入学率
    if (end.tag[:1] != last[0].tag[:1] and not names) or (len(end.text) != len(last[0].text) and not measured):
        return False
    return (len(last) > 2 and end.tag[:1] == "v") or (measured and end.text == conjunct and end.tag[:1] in _NAMES)


def money_part(lead: str, whole: str) -> str:
    """The name of a part of a sum that only its payer distinguishes: 其中市级承担6万元."""
    payer = strip_reach(lead).strip(",、:()的 ")
    if not 0 < len(payer) <= _PAYER:
        return whole
    return _in_place(payer, whole) or payer + whole


def is_where(phrase: str) -> bool:
    """Whether a phrase says only where or for whom: 农村, 个别地区, 3个省份."""
    return all(word.text in nouns("where") or word.tag in {"ns", "b", "r"} for word in words.cut(phrase))


def without_place(name: str, place: str) -> str:
    """A name without the place or kind it opens with, where `place` stands for another one: 城区(助餐服务覆盖率)."""
    if place[-1] in _KINDS and (kind := name.find(place[-1])) > 0:
        return name[kind + 1 :]  # 住宅类(登记费)
    tokens = words.cut(name)
    opens_with_place = tokens[0].text in nouns("where", "when") or (len(tokens) > 1 and is_modifier(tokens[0].text))
    return "".join(word.text for word in tokens[1:]) if opens_with_place else name
