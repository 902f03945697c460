"""What the readers of noun phrases share: brackets, joining words, the place a phrase opens with, its edges."""

from __future__ import annotations

from replyparse.patterns import regex
from replyparse.wordclass import is_nominal, nouns
from replyparse.words import Word

SCOPE = regex(
    r"(?:全[国省市县区州乡镇村系行院局厅]|[我本][国省市县区州乡镇村局厅部委院行]|[省市县区州]?[各全][省市县区州]+(?:县|区)?"
    r"|各地|各级|部分地方|部分地区|一些地方|一些地区|个别地方|全域|境内|辖区内?|域内|城区|市区|县域|市域|省内|市内|县内|国内(?!生产|外|游|旅|市场|贸易|航|专利|客|首|领先|知名|一流)|项目区|[省市县区]、[省市县区]"
    r"|[省市县区]{2}(?=[联两])|总共)"
)
JOINERS = frozenset("和与及、或")
PAIRS = {"“": "”", "(": ")", "「": "」", "《": "》"}
CLOSERS = {closer: opener for opener, closer in PAIRS.items()}
_LONGEST_BRACKET = 16  # words; a longer bracket is an aside, not part of a name


def scope_of(phrase: str) -> tuple[str | None, str]:
    """The place a phrase opens with (全市, 我县), and the rest."""
    match = SCOPE.match(phrase)
    return (match.group(), phrase[match.end() :]) if match else (None, phrase)


def is_aside(tokens: tuple[Word, ...], opened: int, closed: int) -> bool:
    """Whether a bracket says more of a thing and is no part of its name: 5个县市(甲市、乙县), not 村(社区)卫生室."""
    inside = tokens[opened + 1 : closed]
    alternatives = all(word.text in nouns("divisions") or word.text in JOINERS for word in inside)  # 县(市、区)
    return len(inside) > 1 and not alternatives and (closed + 1 == len(tokens) or not is_nominal(tokens[closed + 1]))


def opener(tokens: tuple[Word, ...], close: int) -> int | None:
    """The index of the bracket that the one at `close` closes."""
    wanted = CLOSERS[tokens[close].text]
    low = max(0, close - _LONGEST_BRACKET)
    return next((i for i in range(close - 1, low - 1, -1) if tokens[i].text == wanted), None)


def closer(tokens: tuple[Word, ...], start: int) -> int | None:
    """The index of the bracket that closes the one at `start`."""
    wanted = PAIRS[tokens[start].text]
    high = min(len(tokens), start + _LONGEST_BRACKET)
    return next((i for i in range(start + 1, high) if tokens[i].text == wanted), None)


_ASIDE = regex(r"\((?:(?:不?含|包括|如|即|原|简称|不包括)[^()]*|[^()]*\d[:：]\d[^()]*)\)")
_SETTING = regex(
    "^(?:国家|省里?|合同|协议|政策|文件)(?:规定|约定)|^[\u4e00-\u9fff]{2,12}(?:情形|情况|条件|前提|背景)下"
)
_EDGES = regex(
    r"^(?:现行|收费|执行)?标准为(?=[\u4e00-\u9fff]{2})|^需(?=资金|经费|费用|投资)|^\([^()]*\)|^每(?:小时|季度|学期)(?=[^\d]{2})|^每(?![十百千万小季学])(?=[^\d]{3})[^\d]|^各[类种]"
    r"|^即(?=[一二三四五六]类)|^[、和与及或的等之,:;\s”)]+|[、和与及或的,:;\s“(]+$"
)


#: 走访金井区、柳塘区(商户)47户
_PLACE = "[\u4e00-\u9fff]{1,3}(?:[^小社园景校库矿林厂山灾牧城郊老辖片街户\\W]区|[\u4e00-\u9fff][县市镇乡])"
_PLACES = regex(f"(?:{_PLACE}、)+{_PLACE}(?=[\u4e00-\u9fff]{{2}})")


def tidy(tokens: tuple[Word, ...]) -> str:
    """The phrase without joining words at its edges and without the place it opens with."""
    phrase, previous = _ASIDE.sub("", "".join(word.text for word in tokens)), None
    while previous != phrase:
        previous = phrase
        phrase = _EDGES.sub("", _PLACES.sub("", _SETTING.sub("", phrase)))
        scope, rest = scope_of(phrase)
        if scope and len(rest) != 1 and not rest.startswith("内"):
            phrase = rest
    return phrase if phrase.count("”") == phrase.count("“") else phrase.strip("“”")
