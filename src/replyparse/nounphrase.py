"""The noun phrase that ends a stretch of text: what leads up to an amount (技术合同成交额达到1200亿元).

This and `opening` walk over jieba's words and stop where a phrase cannot go on: at a verb that governs it, a
preposition, an adverb, a pronoun, a figure. Whether a word such as 建设 is a predicate or part of a name is decided
by what stands before it (`data/verbs.yaml`), for a dictionary's one tag a word cannot say.
"""

from __future__ import annotations

import re

from replyparse import words
from replyparse.edges import CLOSERS, JOINERS, SCOPE, is_aside, opener, tidy
from replyparse.knowledge import cached
from replyparse.patterns import regex
from replyparse.wordclass import (
    HAN,
    LETTERED,
    acts,
    cut,
    is_generic,
    is_nominal,
    nouns,
    says_what_for,
    verbs,
)
from replyparse.wordlists import alternation, members
from replyparse.words import Word


@cached
def _reach() -> re.Pattern[str]:
    """What of two or more characters may stand between the phrase and the amount, at the end of a stretch."""
    steps = (verb + to for verb in members("changes", "step") for to in "到至")
    leading = alternation((*(word for word in verbs("reach") if len(word) > 1), *steps))
    return regex(rf"(?:{leading}|{_GLUED}|[\s,:、(≥≤<>]|{_PER}在?|{_RUNNING}|{_AVERAGED})+$")


_RUNNING = r"(?<![\u4e00-\u9fff])实为|连续(?:[一二两三四五六七八九十]|\d)+(?:年|个月)"
_AVERAGED = r"(?<=[\u4e00-\u9fff]{2})(?:人均|户均|次均|平均)(?:领取|获得|享受|报销|发放)"  # 生育津贴人均领取
#: 全长约, 面积达: read as one word by the dictionary with the noun before it, unless that makes a verb (签约, 节约).
_GLUED = (
    r"(?<=[\u4e00-\u9fff])(?:(?<![签节集合条公特缔预制邀履违租])约|(?<![表传发到抵直雷马通])达|逾|(?<!不)仅"
    r"|(?<![核落属确证其])实为|(?<![时期上下年有无权界极超额])限)"
)
_PER = (  # 每百户, 每月
    r"每(?:[\u4e00-\u9fff]次|\d+万?(?:名?(?:常住|服务|户籍)?人口|名)|\d+[\u4e00-\u9fff]{1,2}|[百千万]?平方公里|总吨|人次|床日|延米|课时|公斤|车公里|标准箱|航次|工日|床位|学年|季度|教师|学生|社区|项目|企业|岗位|乡镇|平方米|立方米|千瓦时|公里|工作日|小时|标箱|家庭|学期|批次|[百千万]名?[^\d,。;、每]{1,2}|[^\d,。;、每])"
)
_POINTING = frozenset("每我本该各全")
_LAST_WORDS = 8  # characters at the end of a stretch in which its last word is looked for
_REACHING = regex("达|为|是|突破|超过|[到至]|有|逾|居|位列|排|(?:控制|保持|稳定|维持)在|[≥≤<>]")
_INSIDE = regex("(?<=[^其当]{2})(?<![初高职])[中里]$")  # 14个统筹区中(有5个)
_UPWARDS = regex("及?以[上下]")
_GRADED = regex(r"(?<![\d一二三四五六七八九十百千万亿余多])(?:[级工师等]|[\u4e00-\u9fff]{2}[级工师级等])$")
_LEVEL_BEHIND = regex("(?<=[\u4e00-\u9fff]{2})(?:国家|[省市县区州乡镇村])级$")
_A_YEAR, _AMOUNTS = frozenset("年月日"), frozenset("量额率值")
#: 从申请到指派的时间: the stretch belongs to its name.
_FROM_TO = regex("从[\u4e00-\u9fff]{2,6}到[\u4e00-\u9fff]{2,6}的(?:平均)?(?:时间|时限|用时|周期)$")
_RATE_WORDS = 3
_PIVOT_REACH = 8  # words


def strip_reach(text: str) -> str:
    """The stretch without the words that only lead to the amount (达到, 约, 共有 …) at its end."""
    while text:
        if match := _reach().search(text):
            text = text[: match.start()]
            continue
        last = words.cut(text[-_LAST_WORDS:])[-1].text
        if len(last) > 1 or last not in verbs("reach"):
            break
        text = text[:-1]
    return text


def led_by(text: str) -> str:
    """The noun phrase that leads up to an amount behind `text`.

    With a verb of reaching between them (上云企业达到) the phrase is the clause's subject, and a verbal noun in it is
    no predicate; without one (改造小区) the first verbal noun governs the phrase.
    """
    stripped = _INSIDE.sub("", strip_reach(text))
    bound = _UPWARDS.match(text, len(stripped))
    if bound and _GRADED.search(stripped):
        return ending(stripped) + bound.group()  # 高级工以上(1140万人次)
    if whole_time := _FROM_TO.search(stripped):
        return ending(stripped[: whole_time.start()], is_subject=True) + whole_time.group()
    phrase = ending(stripped, is_subject=bool(_REACHING.search(text, len(stripped))))
    return _level_first(phrase.removesuffix("的数量") or phrase)


def _level_first(phrase: str) -> str:
    """A phrase with the level that stands behind its thing before it: 传习补助国家级(2万元) is 国家级传习补助."""
    level = _LEVEL_BEHIND.search(phrase)
    return level.group() + phrase[: level.start()] if level else phrase


def ending(text: str, *, is_subject: bool = False) -> str:
    """The noun phrase that ends a stretch of text, '' where it ends in none. A subject holds no predicate."""
    tokens = cut(text)
    while tokens and SCOPE.fullmatch(tokens[-1].text):
        tokens = tokens[:-1]  # 此类车辆全市仅剩…: a place behind the subject
    tokens = _without_aside(tokens)
    start = len(tokens)
    i = len(tokens) - 1
    while i >= 0:
        word, before = tokens[i], tokens[i - 1] if i else None
        if word.text == "建议" and start < len(tokens):
            break  # 提案建议热线座席
        if before is not None and start < len(tokens) and _is_base(tokens, i):
            start = i - 2 if i > 1 and tokens[i - 2].text == "每" else i - 1  # 每万人发明专利拥有量, 站点500米覆盖率
            i = start - 1
            if word.text != "米":
                break
            continue
        if word.text == "中" and before is not None and is_nominal(before) and _is_named(tokens[start:]):
            break  # 新井中人饮井: among
        if word.text in CLOSERS:
            opened = opener(tokens, i)
            if opened is None or (word.text == "》" and start < len(tokens)):
                break
            start = i = opened
        elif word.text in JOINERS:
            if start == len(tokens) or before is None or not (is_nominal(before) or before.text in CLOSERS):
                break
        elif word.text == "的":
            if start < len(tokens) and not is_generic("".join(w.text for w in tokens[start:])):
                break
            if start < len(tokens) and before is not None and before.text in verbs("pure"):
                start = i - 1  # 重新认定的奖励
                break
        elif word.text == "组织" and start == len(tokens) and before is not None and before.text in verbs("nominal"):
            start = i  # 培训评价组织6300家
        elif word.text == "地" and start == len(tokens) and before is not None and before.tag[:1] == "n":
            start = i  # 苜蓿地
        elif word.text == "馆藏" and start < len(tokens):
            start = i  # 综合档案馆馆藏纸质档案
            break
        elif word.text in nouns("rate_modifiers") and start < len(tokens) and _is_rate_of_deed(tokens[start:]):
            start = i  # 重复投诉率
        elif word.text in _A_YEAR and start < len(tokens) and _is_yearly(before, tokens[start:]):
            start = i  # “银税互动”贷款年投放额
        elif word.text == "可" and _is_possible(tokens[start:]):
            start = i  # 屋顶光伏可安装比例
        elif word.text == "比" and start == len(tokens) and before is not None and before.tag[:1] == "n":
            start = i  # 峰谷电价比
        elif word.text in {"最低", "最高"} and start < len(tokens) and tokens[start].text in nouns("limited"):
            start = i  # 单件最低收费
        elif word.text == "新增" and start < len(tokens) and _is_entered(tokens[start:]):
            start = i  # 小额信贷新增放款, 城镇新增就业人数
        elif word.text in nouns("adverbial") and start < len(tokens) and _is_deed_alone(tokens, i, start):
            start = i  # 开展联合检查46次
        elif word.text == "占" and tokens[-1].text in nouns("shares"):
            start = i  # 夜间消费占文旅消费的比重: the share's whole belongs to its name
        elif _is_bound(tokens, start) and HAN.match(word.text) and word.text not in nouns("never"):
            head, start = tokens[start].text, i  # 率, 幅度: what they are of belongs to the name, verb or not
            if before is not None and len(head) > 1 and word.text in verbs("pure") and acts(before):
                break  # 居民减免费用
        elif _modifies(tokens, i, start):
            start = i  # 阅读推广活动
        elif not is_nominal(word) or _governs(word, before, tokens, i, start, is_subject=is_subject):
            break
        else:
            start = i
        i -= 1
    alone = len(tokens) - start == 1 and not (is_subject and start == 0)  # 审批(由40个工作日缩短为…)
    if alone and tokens[start].text in verbs("nominal") and _is_predicate(tokens, start):
        return ""
    last = len(tokens) - 1
    is_verb = last > start and tokens[last].text in verbs("nominal")
    if is_verb and tokens[last - 1].text in nouns("actors") and _in_pivot(tokens, last):
        return ""  # 会同交通运输部门投入
    if is_verb and not is_subject and start and tokens[start - 1].text == "在":
        return ""  # 在陈渡、石岗动工
    if 0 < start < len(tokens) - 1 and tokens[start - 1].text in _POINTING and len(tokens[start].text) == 1:
        start += 1  # 给予每生一次性奖励, 我县农村公路
    return tidy(tokens[start:])


def _without_aside(tokens: tuple[Word, ...]) -> tuple[Word, ...]:
    """A stretch without the bracket at its end that says more of the thing before: 标准化栏舍(砖混结构)."""
    opened = opener(tokens, len(tokens) - 1) if tokens and tokens[-1].text == ")" else None
    if opened and is_nominal(tokens[opened - 1]) and is_aside(tokens, opened, len(tokens) - 1):
        return tokens[:opened]
    return tokens


def _is_named(core: tuple[Word, ...]) -> bool:
    """Whether a phrase opens with a noun, rather than a verb or a joining word: (公益金中)列支, (中)、小学."""
    verbal = verbs("pure", "nominal", "paying") | JOINERS
    return bool(core) and core[0].tag[:1] == "n" and core[0].text not in verbal


def _is_base(tokens: tuple[Word, ...], i: int) -> bool:
    """Whether a word with the number before it tells what a rate is counted by or within: 万人, 千人口, 500米."""
    number = tokens[i - 1].text
    if tokens[i].text == "米":
        return number.isdigit()
    opens = i < 2 or tokens[i - 2].text == "每" or SCOPE.fullmatch(tokens[i - 2].text) is not None  # not 千吨万人工程
    return tokens[i].text in {"人", "人口"} and number[-1] in "十百千万" and opens


def _is_possible(core: tuple[Word, ...]) -> bool:
    """Whether a verb with a measure behind it tells what can be done: 可(安装比例), not 可(减排二氧化碳)."""
    acting = len(core) > 1 and core[0].text in verbs("pure", "nominal")
    return acting and core[-1].text in nouns("measures", "generic")


def _is_rate_of_deed(core: tuple[Word, ...]) -> bool:
    """Whether a phrase is the rate of a deed and nothing more: 投诉率."""
    deed = "".join(word.text for word in core)
    acting = deed[:-1] in verbs("pure", "nominal") or words.tag(deed[:-1])[:1] == "v"
    return len(core) < _RATE_WORDS and deed.endswith("率") and acting


def _is_yearly(before: Word | None, core: tuple[Word, ...]) -> bool:
    """Whether 年 before a measure tells per what, and ends no date: 贷款(年)投放额, not 2023年投放额."""
    measured = core[-1].text in nouns("measures", "generic") or core[-1].text in _AMOUNTS
    return before is not None and before.tag[:1] == "n" and before.text not in nouns("when") and measured


def _is_entered(core: tuple[Word, ...]) -> bool:
    """Whether a phrase says what is done or entered, or how many do: 放款, 就业人数."""
    if all(word.text in verbs("nominal") for word in core):
        return True
    return len(core) == 1 and core[0].text[:2] in nouns("states") and core[0].text[2:] in nouns("measures")


def _is_deed_alone(tokens: tuple[Word, ...], i: int, start: int) -> bool:
    """Whether the word at `i` says how the deed behind it is done, which names all that is counted: (开展)联合检查."""
    deeds = all(token.text in verbs("nominal") for token in tokens[start:])
    return deeds and i > 0 and tokens[i - 1].text in verbs("light")


def _is_bound(tokens: tuple[Word, ...], start: int) -> bool:
    """Whether what is collected so far cannot stand alone: a single character such as 率, or a head such as 幅度."""
    core = tokens[start:]
    if len(core) == 2 and core[0].text in nouns("averages"):
        core = core[1:]  # 发布平均用时
    if len(core) != 1:
        return False
    head = core[0].text
    if len(head) == 1:
        return HAN.match(head) is not None and head not in nouns("free")
    before = tokens[start - 1].text if start else ""
    return (head in nouns("generic") and before in verbs("nominal")) or (
        head in nouns("measures") and before in verbs("pure", "nominal") and before not in verbs("reach")
    )


def _is_predicate(tokens: tuple[Word, ...], at: int) -> bool:
    """Whether a lone verbal noun before an amount is the clause's verb: 累计培养7.2万人."""
    before = tokens[at - 1] if at else None
    if tokens[at].text in nouns("states"):
        return False
    if before is not None and before.text in {"将", "把", "对", "由", "为", "以", "按"}:
        return False
    if _in_pivot(tokens, at):
        return True
    return before is None or before.text in nouns("adverbs") or before.tag[:1] == "d" or before.text in ",;:、"


def _in_pivot(tokens: tuple[Word, ...], at: int) -> bool:
    """Whether a verb before the one at `at` makes it the predicate: 配合市场监管部门检查, 依托国培计划培训."""
    for i in range(at - 1, max(-1, at - 1 - _PIVOT_REACH), -1):
        word = tokens[i]
        if word.text in verbs("nominal") and i and tokens[i - 1].text in verbs("pivotal"):
            return False  # 支持建设托育中心: 建设 is what is supported
        if word.text in verbs("pivotal"):
            inside = i and word.text in verbs("modifying") and is_nominal(tokens[i - 1])  # 家庭教育指导服务
            return not inside
        if word.text in ",;:。的" or not (is_nominal(word) or word.text in "“”《》()、"):
            return False
    return False


def _governs(
    word: Word, before: Word | None, tokens: tuple[Word, ...], i: int, start: int, *, is_subject: bool
) -> bool:
    """Whether a word that may be a noun is the verb of the phrase collected after it; in a subject none is."""
    if start == len(tokens) or word.text not in verbs("nominal") - verbs("attributive") or len(word.text) == 1:
        return False
    if all(token.text in verbs("nominal") for token in tokens[start:]):
        return False  # 应急补水: two verbal nouns make a name
    if tokens[i + 1].text in JOINERS:
        return False
    if word.text in verbs("status") and len(tokens) - start == 1 and acts(tokens[start]):
        return False  # 备案企业
    if before is not None and before.text == "重点" and says_what_for(tokens[start:]):
        return False  # 重点保护单位
    if before is not None and before.text in nouns("manners") and not _names_what_for(tokens, start):
        return True  # 免费接待游客逾150万人次
    if is_subject:
        return False
    if _predicate_can_begin(before) or (before is not None and _in_pivot(tokens, i)):
        return True
    return word.text in nouns("deeds") and not says_what_for(tokens[start:]) and _is_acted_on(tokens, i)


def _names_what_for(tokens: tuple[Word, ...], start: int) -> bool:
    """Whether a verb right before `start` tells the use of one word: 免费培训项目, not 公开招聘专业人员."""
    return start + 1 == len(tokens) and says_what_for(tokens[start:])


def _modifies(tokens: tuple[Word, ...], i: int, start: int) -> bool:
    """Whether a verb inside a phrase tells the use of its head: behind what it is done to, before 活动, 工程, 行为."""
    if not 0 < i < start < len(tokens) or tokens[i].text not in verbs("modifying") or not says_what_for(tokens[start:]):
        return False
    if acts(tokens[-1]):
        return False  # 走访高新区企业
    before = tokens[i - 1]
    if before.text in verbs("modifying"):
        return _modifies(tokens, i - 1, start)
    named = before.tag[:1] == "n" or before.tag in {"vn", "l"} or before.text in verbs("attributive")
    subject = nouns("payers", "divisions", "where", "generic", "used_for")
    return named and not acts(before) and before.text not in subject


def _is_acted_on(tokens: tuple[Word, ...], i: int) -> bool:
    """Whether somebody who acts or a place where it is done stands before the verb at `i`: 在公园建设, 监管局检查."""
    opened = opener(tokens, i - 1) if tokens[i - 1].text == ")" else None
    if acts(tokens[opened - 1 if opened else i - 1]):
        return True
    for word in reversed(tokens[max(0, i - _PIVOT_REACH) : i]):
        if word.text in nouns("places_of_deeds"):
            return True
        if word.text in ",;:。的" or not (is_nominal(word) or word.text in "“”《》()、"):
            return False
    return False


def _predicate_can_begin(before: Word | None) -> bool:
    """Whether the word after `before` may be the clause's predicate."""
    if before is None:
        return True
    text = before.text
    return (
        text in nouns("adverbs")
        or (before.tag[:1] in ("d", "p", "c", "u") and text != "的" and text not in JOINERS)
        or (before.tag[:1] == "r" and text[0] not in "各该此每某")
        or bool(SCOPE.fullmatch(text))
        or not (HAN.match(text) or text in "”)、" or LETTERED.fullmatch(text))
    )
