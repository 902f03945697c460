"""Reads noun phrases beside a quantity: the one that ends where it begins, the one that begins where it ends.

Both walk over jieba's words and stop where a phrase cannot go on: at a verb that governs it, a preposition, an
adverb, a pronoun, a figure. Whether a word such as 建设 is a predicate or part of a name is decided by what stands
before it (`data/verbs.yaml`), for a dictionary's one tag a word cannot say.
"""

from __future__ import annotations

import re
from itertools import takewhile

from replyparse import words
from replyparse.knowledge import cached
from replyparse.patterns import regex
from replyparse.wordclass import (
    HAN,
    LETTERED,
    acts,
    cut,
    is_deed,
    is_division,
    is_generic,
    is_nominal,
    nouns,
    says_what_for,
    verbs,
)
from replyparse.wordlists import alternation
from replyparse.words import Word


@cached
def _reach() -> re.Pattern[str]:
    """What of two or more characters may stand between the phrase and the amount, at the end of a stretch."""
    leading = alternation(word for word in verbs("reach") if len(word) > 1)
    return regex(rf"(?:{leading}|{_GLUED}|[\s,:、(]|{_PER}|连续(?:[一二两三四五六七八九十]|\d)+(?:年|个月))+$")


#: 全长约, 面积达: read as one word by the dictionary with the noun before it, unless that makes a verb (签约, 节约).
_GLUED = r"(?<=[\u4e00-\u9fff])(?:(?<![签节集合条公特缔预制邀履违租])约|(?<![表传发到抵直])达|逾|(?<!不)仅)"
_PER = (  # 每百户, 每月
    r"每(?:[\u4e00-\u9fff]次|\d+[\u4e00-\u9fff]{1,2}|平方米|立方米|千瓦时|公里|工作日|小时|标箱|家庭|学期|批次|[百千万]名?[^\d,。;、每]|[^\d,。;、每])"
)
_SCOPE = regex(
    r"(?:全[国省市县区州乡镇村系行院局厅]|[我本][国省市县区州乡镇村局厅部委院行]|[省市县区州]?[各全][省市县区州]+(?:县|区)?"
    r"|各地|各级|全域|境内|辖区内?|域内|城区|市区|县域|市域|省内|市内|县内|国内(?!生产|外|游|旅|市场|贸易|航|专利|客|首|领先|知名|一流)|项目区|[省市县区]、[省市县区]"
    r"|[省市县区]{2}(?=[联两])|总共)"
)
_JOINERS = frozenset("和与及、或")
_POINTING = frozenset("每我本该各全")
_PAIRS = {"“": "”", "(": ")", "「": "」", "《": "》"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_LAST_WORDS = 8  # characters at the end of a stretch in which its last word is looked for
_REACHING = regex("达|为|是|突破|超过|[到至]|有|逾|居|位列|排")
_INSIDE = regex("(?<=[^其当]{2})(?<![初高职])[中里]$")  # 14个统筹区中(有5个)
_PIVOT_REACH = 8  # words
_USE_ENDS = 3  # words
_LONGEST_BRACKET = 16  # words; a longer bracket is an aside, not part of a name


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
    return ending(stripped, is_subject=bool(_REACHING.search(text, len(stripped))))


def scope_of(phrase: str) -> tuple[str | None, str]:
    """The place a phrase opens with (全市, 我县), and the rest."""
    match = _SCOPE.match(phrase)
    return (match.group(), phrase[match.end() :]) if match else (None, phrase)


def ending(text: str, *, is_subject: bool = False) -> str:
    """The noun phrase that ends a stretch of text, '' where it ends in none. A subject holds no predicate."""
    tokens = cut(text)
    while tokens and _SCOPE.fullmatch(tokens[-1].text):
        tokens = tokens[:-1]  # 此类车辆全市仅剩…: a place behind the subject
    tokens = _without_aside(tokens)
    start = len(tokens)
    i = len(tokens) - 1
    while i >= 0:
        word, before = tokens[i], tokens[i - 1] if i else None
        if word.text == "建议" and start < len(tokens):
            break  # 提案建议热线座席
        if word.text in _CLOSERS:
            opened = _opener(tokens, i)
            if opened is None or (word.text == "》" and start < len(tokens)):
                break
            start = i = opened
        elif word.text in _JOINERS:
            if start == len(tokens) or before is None or not (is_nominal(before) or before.text in _CLOSERS):
                break
        elif word.text == "的":
            if start < len(tokens) and not is_generic("".join(w.text for w in tokens[start:])):
                break
            if start < len(tokens) and before is not None and before.text in verbs("pure"):
                start = i - 1  # 重新认定的奖励
                break
        elif word.text == "新增" and start < len(tokens) and all(w.text in verbs("nominal") for w in tokens[start:]):
            start = i  # 小额信贷新增放款
        elif word.text in nouns("adverbial") and start < len(tokens) and _is_deed_alone(tokens, i, start):
            start = i  # 开展联合检查46次
        elif word.text == "占" and tokens[-1].text in nouns("shares"):
            start = i  # 夜间消费占文旅消费的比重: the share's whole belongs to its name
        elif _is_bound(tokens, start) and HAN.match(word.text) and word.text not in nouns("never"):
            start = i  # 率, 幅度: what they are of belongs to the name, verb or not
        elif _modifies(tokens, i, start):
            start = i  # 阅读推广活动
        elif not is_nominal(word) or _governs(word, before, tokens, i, start, is_subject=is_subject):
            break
        else:
            start = i
        i -= 1
    if len(tokens) - start == 1 and tokens[start].text in verbs("nominal") and _is_predicate(tokens, start):
        return ""
    last = len(tokens) - 1
    is_verb = last > start and tokens[last].text in verbs("nominal")
    if is_verb and tokens[last - 1].text in nouns("actors") and _in_pivot(tokens, last):
        return ""  # 会同交通运输部门投入
    if 0 < start < len(tokens) - 1 and tokens[start - 1].text in _POINTING and len(tokens[start].text) == 1:
        start += 1  # 给予每生一次性奖励, 我县农村公路
    return _tidy(tokens[start:])


def _without_aside(tokens: tuple[Word, ...]) -> tuple[Word, ...]:
    """A stretch without the bracket at its end that says more of the thing before: 标准化栏舍(砖混结构)."""
    opened = _opener(tokens, len(tokens) - 1) if tokens and tokens[-1].text == ")" else None
    if opened and is_nominal(tokens[opened - 1]) and _is_aside(tokens, opened, len(tokens) - 1):
        return tokens[:opened]
    return tokens


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
        if word.text in verbs("pivotal"):
            inside = i and word.text in verbs("modifying") and is_nominal(tokens[i - 1])  # 家庭教育指导服务
            return not inside
        if word.text in ",;:。的" or not (is_nominal(word) or word.text in "“”《》()、"):
            return False
    return False


def opening(text: str, *, of_divisions: bool = True) -> str:
    """The noun phrase that begins a stretch of text, '' where it begins with none.

    `of_divisions` says whether it may name administrative divisions, which end it: 2处乡镇公墓 are no 乡镇.
    """
    tokens = cut(text)
    end = i = 0
    while i < len(tokens):
        word = tokens[i]
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if word.text in _PAIRS:
            closed = _closer(tokens, i)
            if closed is None or (word.text == "(" and (end == 0 or _is_aside(tokens, i, closed))):
                break
            i = end = closed + 1
            continue
        if word.text in _JOINERS:
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
        elif end and word.text == "后" and tokens[i - 1].text in verbs("nominal") and after and is_nominal(after):
            end = i + 1  # 改造后小区
        elif end and word.text in verbs("modifying") and tokens[i - 1].tag[:1] == "n" and _opens_use(tokens[i + 1 :]):
            end = i + 1  # 历史遗留问题化解专项资金
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
    return _tidy(tokens[:end])


def _clause_end(tokens: tuple[Word, ...]) -> int:
    """The index of the first mark that ends the clause, or the number of words."""
    return next((i for i, token in enumerate(tokens) if token.text in ",。;:、"), len(tokens))


def _names_use(tokens: tuple[Word, ...]) -> bool:
    """Whether a verb opens the phrase and tells the use of the noun behind it: 开放口岸, not 承担任务的(单位)."""
    verb, noun = tokens[0], tokens[1]
    names = verb.text in verbs("modifying") and verb.text in verbs("pure") and noun.tag[:1] in {"n", "s"}
    ends = len(tokens) < _USE_ENDS or not (is_nominal(tokens[2]) or tokens[2].text in {"的", "(", "“"})
    return names and ends and not acts(noun)


def _makes_place(word: Word) -> bool:
    """Whether a verb with a place or an instrument behind it names both by what is done there: 露营点, 老旧投放亭."""
    return word.text in verbs("pure") or (word.tag == "v" and len(word.text) > 1)


def _opens_use(tokens: tuple[Word, ...]) -> bool:
    """Whether the nouns right behind a verb end in a head whose use it tells: (化解)专项资金."""
    run = list(takewhile(is_nominal, tokens))
    return bool(run) and not acts(run[-1]) and says_what_for(tuple(run))


def _is_aside(tokens: tuple[Word, ...], opened: int, closed: int) -> bool:
    """Whether a bracket says more of a thing and is no part of its name: 5个县市(甲市、乙县), not 村(社区)卫生室."""
    inside = tokens[opened + 1 : closed]
    alternatives = all(word.text in nouns("divisions") or word.text in _JOINERS for word in inside)  # 县(市、区)
    return len(inside) > 1 and not alternatives and (closed + 1 == len(tokens) or not is_nominal(tokens[closed + 1]))


def _begins_predicate(tokens: tuple[Word, ...], i: int, end: int, *, of_divisions: bool) -> bool:
    """Whether the noun phrase that begins the text is over before the word at `i`."""
    word = tokens[i]
    listed = i > 1 and tokens[i - 2].text in _JOINERS  # 县、乡医疗机构
    divides = end and of_divisions and not listed and is_division(tokens[i - 1])
    if divides and (word.tag[:1] == "n" or word.text[0] == "在"):
        return not (len(word.text) == 1 or word.text[-1] in "室院校站所会委局店厂社道路庄")  # 18个县地方配套资金…
    names_verb = i + 2 < len(tokens) and tokens[i + 1].text in verbs("nominal") and is_nominal(tokens[i + 2])
    if end and word.text in nouns("adverbial"):
        return not names_verb  # 博物馆免费开放, not 乡村振兴重点帮扶县
    if end and word.text in nouns("adverbs", "averages", "beside") | {"无", "中", "里"}:
        return True  # 博物馆免费开放, 食堂日均就餐, 学校门前设置, 小组无集体经济
    if end and word.text in nouns("deeds") and (acts(tokens[i - 1]) or tokens[i - 1].text in nouns("sites")):
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


def _governs(
    word: Word, before: Word | None, tokens: tuple[Word, ...], i: int, start: int, *, is_subject: bool
) -> bool:
    """Whether a word that may be a noun is the verb of the phrase collected after it; in a subject none is."""
    if start == len(tokens) or word.text not in verbs("nominal") - verbs("attributive") or len(word.text) == 1:
        return False
    if all(token.text in verbs("nominal") for token in tokens[start:]):
        return False  # 应急补水: two verbal nouns make a name
    if tokens[i + 1].text in _JOINERS:
        return False
    if before is not None and before.text in nouns("manners") and not says_what_for(tokens[start:]):
        return True  # 免费接待游客逾150万人次
    if is_subject:
        return False
    if _predicate_can_begin(before) or (before is not None and _in_pivot(tokens, i)):
        return True
    return word.text in nouns("deeds") and not says_what_for(tokens[start:]) and _is_acted_on(tokens, i)


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
    opened = _opener(tokens, i - 1) if tokens[i - 1].text == ")" else None
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
        or (before.tag[:1] in ("d", "p", "c", "u") and text != "的" and text not in _JOINERS)
        or (before.tag[:1] == "r" and text[0] not in "各该此每某")
        or bool(_SCOPE.fullmatch(text))
        or not (HAN.match(text) or text in "”)、" or LETTERED.fullmatch(text))
    )


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


def _opener(tokens: tuple[Word, ...], close: int) -> int | None:
    """The index of the bracket that the one at `close` closes."""
    wanted = _CLOSERS[tokens[close].text]
    low = max(0, close - _LONGEST_BRACKET)
    return next((i for i in range(close - 1, low - 1, -1) if tokens[i].text == wanted), None)


def _closer(tokens: tuple[Word, ...], start: int) -> int | None:
    """The index of the bracket that closes the one at `start`."""
    wanted = _PAIRS[tokens[start].text]
    high = min(len(tokens), start + _LONGEST_BRACKET)
    return next((i for i in range(start + 1, high) if tokens[i].text == wanted), None)


_ASIDE = regex(r"\((?:不?含|包括|如|即|原|简称|不包括)[^()]*\)")
_EDGES = regex(r"^每(?=[^\d]{3})[^\d]|^[、和与及或的等之,:;\s”)]+|[、和与及或的,:;\s“(]+$")


def _tidy(tokens: tuple[Word, ...]) -> str:
    """The phrase without joining words at its edges and without the place it opens with."""
    phrase, previous = _ASIDE.sub("", "".join(word.text for word in tokens)), None
    while previous != phrase:
        previous = phrase
        phrase = _EDGES.sub("", phrase)
        scope, rest = scope_of(phrase)
        if scope and len(rest) != 1:
            phrase = rest
    return phrase if phrase.count("”") == phrase.count("“") else phrase.strip("“”")
