"""What kind of word a word is, where a dictionary's one tag cannot say: what may be in a noun phrase, who acts.

The classes stand in `data/verbs.yaml` and `data/nouns.yaml`.
"""

from __future__ import annotations

from replyparse import words
from replyparse.knowledge import Row, cached, load
from replyparse.patterns import regex
from replyparse.record import Span
from replyparse.wordlists import members
from replyparse.words import Word

HAN = regex(r"[\u4e00-\u9fff·]")
LETTERED = regex(r"[0-9]*[A-Za-zα-ω][A-Za-z0-9.+\-]*|[Ⅰ-Ⅻ]")
#: Tags of words that no noun phrase holds: prepositions, adverbs, particles, pronouns, numerals and their like.
_STOP_TAGS = frozenset("p d r u y e c m ud ul uj uv ug uz df rr rz mq".split(" "))


_COMPLEMENTS = frozenset("稳好实严牢")


class VerbRow(Row):
    """A list of verbs of one class; see the head of `data/verbs.yaml`."""

    words: tuple[str, ...]


@cached
def verbs(*kinds: str) -> frozenset[str]:
    """All verbs of some classes of `data/verbs.yaml`: pure, nominal, reach and the others."""
    return frozenset().union(*map(_verbs, kinds))


def _verbs(kind: str) -> frozenset[str]:
    listed = frozenset(word for row in load("verbs", kind, VerbRow) for word in row.words)
    return listed - verbs("nominal") if kind == "pure" else listed


@cached
def nouns(*lists: str) -> frozenset[str]:
    """All words of some lists of `data/nouns.yaml`."""
    return frozenset().union(*(members("nouns", name) for name in lists))


@cached
def cut(text: str) -> tuple[Word, ...]:
    """The words of a stretch, the dictionary's phrases with a verb in them (签订协议, 全面落实) cut in two."""
    parts: list[Word] = []
    for word in words.cut(text):
        verb, rest = word.text[:2], word.text[2:]
        compound = len(rest) > 1 and word.tag in {"n", "nz", "l", "i"} and word.text not in words.ours()
        acting = verb in verbs("pure", "pivotal")
        governed = compound and (acting or (rest in verbs("pure") and words.tag(verb)[:1] != "n"))
        modified = rest in verbs("nominal") if verb in nouns("adverbial") else rest in verbs("reach", "pure")
        if governed or (compound and modified and verb in nouns("adverbial", "adverbs")):
            middle = word.span.start + 2
            parts.append(Word(verb, Span(word.span.start, middle), words.tag(verb)))
            parts.append(Word(rest, Span(middle, word.span.end), words.tag(rest)))
        elif len(word.text) > 1 and _opens_apart(word, parts[-1] if parts else None):
            middle = word.span.start + 1
            parts.append(Word(word.text[0], Span(word.span.start, middle), words.tag(word.text[0])))
            parts.append(Word(word.text[1:], Span(middle, word.span.end), words.tag(word.text[1:])))
        else:
            parts.append(word)
    return tuple(parts)


def _opens_apart(word: Word, before: Word | None) -> bool:
    """Whether the first character of a word belongs to what stands before it: 我(县乡镇)卫生院, 卫生院(和县)医院."""
    if before is None:
        return False
    ours = before.text in {"我", "本", "全"}
    of_place = ours and word.text[0] in "省市县区州镇乡" and word.text[1] in "省市县区乡镇村"
    return of_place or (word.tag == "ns" and word.text[0] == "和" and before.tag[:1] == "n")


def is_nominal(word: Word) -> bool:
    """Whether a word can be part of a noun phrase at all."""
    return _nominal(word.text, word.tag)


@cached
def _nominal(word: str, tag: str) -> bool:
    if word in nouns("always") or LETTERED.fullmatch(word):
        return True
    if word in nouns("never") or not HAN.match(word):
        return False
    if tag == "v" and len(word) > 1 and word[-1] in _COMPLEMENTS and word not in verbs("nominal"):
        return False  # 把食堂办稳
    if word in verbs("pure") and word not in verbs("nominal"):
        return False
    return tag not in _STOP_TAGS


def acts(word: Word) -> bool:
    """Whether a word names those who act: 部门, 餐饮企业, 市场监管局."""
    return word.text in nouns("actors") or (len(word.text) > 2 and word.text.endswith(tuple(nouns("acting_ends"))))


def is_deed(word: Word) -> bool:
    """Whether a word may be what somebody does, or how: 研究, 连锁化."""
    return word.text in verbs("nominal") or word.tag in {"v", "l", "d"}


def is_division(word: Word) -> bool:
    """Whether a word names a kind of administrative division: 县, 行政村, 山区县, 小组, not 示范区 or 居民小区."""
    return word.text in nouns("divisions") or (
        len(word.text) > 1 and word.text.endswith(tuple(nouns("divisions_of_more")))
    )


def is_generic(phrase: str) -> bool:
    """Whether a head says too little alone: 数量, 比重, 标准, or a single character."""
    return len(phrase) < 2 or phrase in nouns("generic")


def says_what_for(tokens: tuple[Word, ...]) -> bool:
    """Whether a phrase ends in a head whose use a verbal noun before it tells: (建设)项目, (培训)基地, (改造)面积."""
    head = tokens[-1].text
    return head in nouns("generic", "measures", "used_for") or head[-2:] in nouns("used_for")


def says_deed(word: Word) -> bool:
    """Whether a word says what is done, or that something is left, and names nothing: 竣工, 交付, 余下."""
    if word.text in nouns("states"):
        return False
    return word.tag in {"v", "vn"} or word.text in verbs("nominal") or word.text in nouns("left_over")
