"""The noun phrase that begins a stretch of text: what is counted, right behind its amount (20名专职联络员)."""

from __future__ import annotations

import re
from itertools import takewhile

from replyparse.edges import JOINERS, PAIRS, closer, is_aside, opener, tidy
from replyparse.wordclass import acts, cut, is_deed, is_division, is_nominal, nouns, says_what_for, verbs
from replyparse.words import Word

_USE_ENDS = 3  # words
_HOURS = ("中午", "晚上", "早上", "夜间", "夜里", "白天", "周末", "节假日")
_ENDS_NOUN = frozenset({"无", "没人", "无人", "没有", "中", "里", "离", "距", "馆藏"})


def opening(text: str, *, of_divisions: bool = True) -> str:
    """The noun phrase that begins a stretch of text, '' where it begins with none.

    `of_divisions` says whether it may name administrative divisions, which end it: 2处乡镇公墓 are no 乡镇.
    """
    tokens = cut(text)
    end = i = 0
    while i < len(tokens):
        word = tokens[i]
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if i == 0 and (word.text in {"中", "里", "内", "上"} or (word.text == "实际" and after and is_deed(after))):
            break  # 500元中包含…, 3000元实际拨付…
        if word.text in PAIRS:
            closed = closer(tokens, i)
            if closed is None or (word.text == "(" and (end == 0 or is_aside(tokens, i, closed))):
                break
            i = end = closed + 1
            continue
        if word.text in JOINERS:
            if after is not None and after.text[0] == "每":
                break  # 1名检察官、每学期授课4课时
            together = word.text == "与" and acts(tokens[i - 1])  # 2.7万所中小学与医疗机构结对
            vaguely = after is not None and after.text in nouns("vague")
            if end == 0 or after is None or together or vaguely or not _continues_list(tokens, i, text):
                break
        elif word.text == "的":
            if end == 0 or after is None or not is_nominal(after) or after.text in nouns("framing"):
                break
            if tokens[i - 1].text in nouns("actors") or is_division(tokens[i - 1]):
                break
        elif i == 0 and after is not None and _names_use(tokens):
            end = i = 2
            continue  # 34个开放口岸
        elif i == 0 and word.text in nouns("adverbial") and _names_deed(tokens):
            end = i = 2
            continue  # 三个集中处理中心
        elif end and word.text == "后" and tokens[i - 1].text in verbs("nominal") and after and is_nominal(after):
            end = i + 1  # 改造后小区
        elif end and word.text in verbs("modifying") and tokens[i - 1].tag[:1] == "n" and _opens_use(tokens[i + 1 :]):
            end = i + 1  # 历史遗留问题化解专项资金
        elif end == 0 and _receives(tokens[i : i + 3]):
            end = i = i + 3  # 16个投诉受理点
            continue
        elif after and _makes_place(word) and after.text in nouns("instruments"):
            end = i = i + 2  # 老旧投放亭
            continue
        elif not is_nominal(word) or _begins_predicate(tokens, i, end, of_divisions=of_divisions):
            break
        else:
            end = i + 1
        i += 1
    deeds = end
    while deeds and is_deed(tokens[deeds - 1]):
        deeds -= 1
    if 0 < deeds < end and acts(tokens[deeds - 1]):
        end = deeds  # 6个部门研究: those who act, then what they do
    return tidy(tokens[:end])


def _clause_end(tokens: tuple[Word, ...]) -> int:
    """The index of the first mark that ends the clause, or the number of words."""
    return next((i for i, token in enumerate(tokens) if token.text in ",。;:、"), len(tokens))


def _names_use(tokens: tuple[Word, ...]) -> bool:
    """Whether a verb opens the phrase and tells the use of the noun behind it: 开放口岸, not 承担任务的(单位)."""
    verb, noun = tokens[0], tokens[1]
    names = verb.text in verbs("modifying") and verb.text in verbs("pure")
    names = names and (noun.tag[:1] in {"n", "s"} or noun.text in nouns("generic"))
    ends = len(tokens) < _USE_ENDS or not (is_nominal(tokens[2]) or tokens[2].text in {"的", "(", "“"})
    return names and ends and not acts(noun)


def _names_deed(tokens: tuple[Word, ...]) -> bool:
    """Whether an adverb opens the name of a place or body by what it does: 集中处理中心, 联合检查组."""
    return len(tokens) > 2 and tokens[1].text in verbs("nominal") and tokens[2].tag[:1] == "n"


def _makes_place(word: Word) -> bool:
    """Whether a verb with a place or an instrument behind it names both by what is done there: 露营点, 老旧投放亭."""
    return word.text in verbs("pure") or (word.tag == "v" and len(word.text) > 1)


def _receives(tokens: tuple[Word, ...]) -> bool:
    """Whether two verbs and an instrument make one name: 投诉受理点, 收集转运站."""
    deeds = [word for word in tokens[:2] if word.tag[:1] == "v" and len(word.text) > 1]
    return len(tokens) > 2 and len(deeds) > 1 and tokens[2].text in nouns("instruments")


def _opens_use(tokens: tuple[Word, ...]) -> bool:
    """Whether the nouns right behind a verb end in a head whose use it tells: (化解)专项资金."""
    run = list(takewhile(is_nominal, tokens))
    return bool(run) and not acts(run[-1]) and says_what_for(tuple(run))


def _begins_predicate(tokens: tuple[Word, ...], i: int, end: int, *, of_divisions: bool) -> bool:
    """Whether the noun phrase that begins the text is over before the word at `i`."""
    word = tokens[i]
    listed = i > 1 and tokens[i - 2].text in JOINERS  # 县、乡医疗机构
    divides = end and of_divisions and not listed and is_division(_named_last(tokens, i))
    if divides and (word.tag[:1] == "n" or word.text[0] == "在"):
        return not (len(word.text) == 1 or word.text[-1] in "室院校站所会委局店厂社道路庄")  # 18个县地方配套资金…
    names_verb = i + 2 < len(tokens) and tokens[i + 1].text in verbs("nominal") and is_nominal(tokens[i + 2])
    if end and word.text in nouns("adverbial"):
        return not names_verb  # 博物馆免费开放, not 乡村振兴重点帮扶县
    if end and word.text in nouns("adverbs", "averages", "beside") | _ENDS_NOUN:
        return True  # 博物馆免费开放, 食堂日均就餐, 学校门前设置, 小组无集体经济
    if end and word.text in nouns("manners") and i + 1 < len(tokens) and is_deed(tokens[i + 1]):
        return True  # 农贸市场现场调研
    if end and word.text in verbs("status") and i + 1 < len(tokens) and is_nominal(tokens[i + 1]):
        return True  # 县级图书馆接入平台
    if end and acts(tokens[i - 1]) and word.text[:2] in nouns("averages"):
        return True  # 农户户均增收
    if end and word.text.endswith(_HOURS) and not (i + 1 < len(tokens) and tokens[i + 1].tag[:1] == "n"):
        return True  # 驿站中午关门
    if end and word.text in {"最大", "最高", "最低", "最小"}:
        return True  # 省份最大峰谷价差
    does = end and word.text in nouns("deeds")
    if does and (acts(_named_last(tokens, i)) or tokens[i - 1].text in nouns("sites")):
        rest = tokens[i + 1 :]
        object_ends = next((n for n, token in enumerate(rest) if not is_nominal(token)), len(rest))
        return object_ends > 0 and not says_what_for(rest[:object_ends])  # 46家村集体建设冷藏设施
    if (
        end
        and word.text in nouns("deeds_alone")
        and i + 1 == len(tokens[: _clause_end(tokens)])
        and acts(tokens[i - 1])
    ):
        return True  # 3400名学生参赛
    if end and word.text == "基础" and i + 1 < len(tokens) and tokens[i + 1].text[0] in "上之":
        return True  # 在现有18条严管路基础上
    if word.tag != "v" or len(word.text) == 1 or word.text in verbs("nominal") | nouns("always"):
        return False
    if end == 0 and i + 1 < len(tokens) and tokens[i + 1].tag[:1] == "n":
        return False  # 12家持证矿山
    after = tokens[i + 1].text if i + 1 < len(tokens) else ","
    names_all = (after in ",。;、" or after in nouns("actors")) and word.text not in verbs("reach")
    return not (end == 0 and names_all)  # 三个急弯、; 三家协办单位


def _named_last(tokens: tuple[Word, ...], i: int) -> Word:
    """The word before the one at `i`, or the one before the bracket that ends there: 省(区、市)建设示范区."""
    opened = opener(tokens, i - 1) if tokens[i - 1].text == ")" else None
    return tokens[opened - 1 if opened else i - 1]


def _continues_list(tokens: tuple[Word, ...], i: int, text: str) -> bool:
    """Whether the phrase goes on behind the 、 or 和 at `i`, rather than another clause or amount beginning there."""
    after, then = tokens[i + 1], tokens[i + 2] if i + 2 < len(tokens) else None
    if not is_nominal(after):
        return False
    if after.text in verbs("nominal") and not (then is not None and is_nominal(then)):
        return False
    next_mark = re.match(r"[^,。;:、]{0,14}", text[tokens[i].span.end :])
    return (
        tokens[i].text != "、" or next_mark is None or not re.search(r"[\d一二两三四五六七八九十百]", next_mark.group())
    )
