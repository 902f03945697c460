"""Quantities: numeral and unit to amount, range, rate or rank.

`find` reads every quantity of a text and says how the words around it bound it. Dates, names and labels that look
alike are other stages' marks; the ledger chooses between them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from replyparse import comparators, terms, units, words
from replyparse.comparators import Heard
from replyparse.mark import Clue, Mark, Span
from replyparse.patterns import regex
from replyparse.record import Comparator, NumeralKind
from replyparse.stated import Amount
from replyparse.terms import Term

__all__ = ["Amount", "find"]


class _Rate(NamedTuple):
    """The rate last printed: of what, per what, where it ended, and whether its parts (其中) are being told.

    `at` is where the denominator stands, `kinds` are the characters that end the names of what it is told of, `value`
    is its amount, which no part exceeds.
    """

    unit: str
    per: tuple[str, ...]
    end: int
    at: Span
    kinds: str = ""
    parts: bool = False
    value: Decimal | None = None


class _Bounded(NamedTuple):
    """An amount that a word before it bounds, which may begin a list."""

    heard: Heard
    at: int
    unit: str | None
    end: int

    def holds(self, text: str, term: Term) -> bool:
        """Whether the word bounds the next member of its list too: 不低于1000元、1500元和2000元."""
        if self.heard.comparator not in ("ge", "le") or term.unit != self.unit or term.inner:
            return False
        return _MEMBER.fullmatch(text, self.end, term.span.start) is not None


def find(text: str) -> tuple[Mark, ...]:
    """Every quantity of a shadow text, in order and non-overlapping; each mark's value is an `Amount`."""
    marks: list[Mark] = []
    rate: _Rate | None = None
    listed: _Bounded | None = None
    last = 0
    for term in terms.read(text):
        start, end = term.span
        if start < last:  # 5元/100公斤: the denominator is no amount of its own
            continue
        window = _window(text, last, start)
        after = units.per_after(text, end, term.dimension) if term.unit else None
        rate_here = _rate(text, term, window, after, rate)
        if rate_here is not None:
            rate = rate_here if rate_here.parts else rate_here._replace(value=term.value)
            end = after.end if after and rate.end == after.end else end
        in_front = comparators.in_front(window, bare=text[start] in "百千万亿", share=term.dimension == "ratio")
        behind = comparators.behind(text, end)
        if behind is None and term.dimension == "money" and text.startswith("封顶", end):
            behind = Heard("le", "封顶", end)  # 每次收费5元封顶, not 3栋封顶
        if in_front and in_front.word in _RELATIONS and _STANDARD_BEHIND.match(text, end):
            in_front = None  # 低于4.5平方米的国家标准: how something stands to the standard, which is the amount
        if in_front is None and behind is None and listed is not None and listed.holds(text, term):
            in_front = listed.heard._replace(start=listed.at - (start - len(window)))
        if in_front is None and behind is None and term.unit is None:
            in_front = _compared(text, term, len(window))
        listed = _Bounded(in_front, start - len(window) + in_front.start, term.unit, end) if in_front else None
        comparator = _comparator(term, in_front, behind)
        if term.bare and comparator == "eq":  # 千亩, 万元: a scale alone counts only where a word says how far
            continue
        deed = _per_deed(text, start, end)
        per = text.endswith("每", 0, start) or deed  # 每3个月, 每50公斤: what a rate or frequency counts by
        if not per or term.dimension == "duration":
            last = end
        unit = f"{term.unit}/{'·'.join(rate_here.per)}" if rate_here else term.unit
        amount = Amount(term.value, term.low, term.high, unit, term.dimension, comparator, term.dimension == "rank")
        what: NumeralKind = "condition" if per else "claim"
        rule = "deed of a rate" if deed else "base of a rate" if per else term.rule
        clues = _clues(term, rate_here, start - len(window), in_front, behind)
        marks.append(Mark(Span(start, end), what, rule, amount, clues))
    return tuple(marks)


#: 比170高, 比三分之一少: what a level without unit is held against bounds it.
_COMPARED: Final = regex("(?P<more>[大高多长])|[小低少短]")


def _compared(text: str, term: Term, at: int) -> Heard | None:
    """What 比 before a number and the word behind it say."""
    if not text.endswith("比", 0, term.span.start) or (found := _COMPARED.match(text, term.span.end)) is None:
        return None
    return Heard("gt" if found["more"] else "lt", "比", at - 1)


#: Between the members of a list that share what bounds the first.
_MEMBER: Final = regex("[、和与及]|以及")
_RELATIONS: Final = frozenset({"低于", "高于", "超过", "超出"})
_STANDARD_BEHIND: Final = regex(r"的[\u4e00-\u9fff]{0,8}(?:标准|上限|下限|限值)")
_REACH: Final = 40  # characters before a number that a cue or 每 can stand in
_CLAUSE_END: Final = regex(r"[。;:!?\n]|,(?![0-9]{3})")


def _window(text: str, last: int, start: int) -> str:
    """The words before a number that can speak about it: of its clause, behind the quantity before."""
    window = text[max(last, start - _REACH) : start]
    ends = [match.end() for match in _CLAUSE_END.finditer(window)]
    return window[ends[-1] :] if ends else window


def _clues(
    term: Term, rate: _Rate | None, window_at: int, in_front: Heard | None, behind: Heard | None
) -> tuple[Clue, ...]:
    """What a quantity was read by: the row of its unit, its denominator, the words that bound it."""
    clues = []
    if term.row:
        factor = f" ×{term.row.factor.normalize():f}" if term.row.factor != 1 else ""
        clues.append(Clue(f"unit {term.row.unit} ({term.row.dimension}{factor})"))
    if rate:
        clues.append(Clue(f"denominator {'·'.join(rate.per)}", rate.at))
    for heard, at in ((in_front, window_at), (behind, 0)):
        if heard:
            start = at + heard.start
            clues.append(Clue(f"comparator {heard.comparator}", Span(start, start + len(heard.word))))
    if term.inner:
        clues.append(Clue(f"comparator {term.inner}", term.span))
    return tuple(clues)


def _comparator(term: Term, in_front: Heard | None, behind: Heard | None) -> Comparator:
    """The comparator of a term: a range is one; else the stricter word, else 以上 and the like, else 余 inside it."""
    if term.inner == "range":
        return "range"
    before, after = (heard.comparator if heard else None for heard in (in_front, behind))
    strict = before if before != "approx" else None
    return strict or after or term.inner or before or "eq"


# --- rates

_RATED: Final = frozenset({"money", "length", "area", "volume", "mass", "energy", "power"})
_UNRATED: Final = frozenset({"ratio", "rank", "temperature"})
_TOTALLED: Final = ("年", "学期", "学年")
_HOLDERS: Final = ("户", "人", "生", "床", "班", "张", "头", "只", "株", "棵")
_HELD: Final = ("area", "mass", "volume", "energy")
_OFTEN: Final = ("日", "天", "周")  # 每周3次 is a rate; 每年2次 counts up a year
_SPEED: Final = ("秒", "分钟", "小时")
_GAP, _WIDE_GAP = 10, 18  # characters between 每… and the number
#: What may stand there when the number is a count or the denominator a stretch of time: 每人每年不少于2次.
_PLAIN_GAP: Final = regex(
    r"(?:[^,。;]{0,2}(?:标准|收费|收取?|有|要|领取?|[可应]?领取?[^,。;0-9]{0,4}|享受|缴纳?|交|付|补助?|补贴|奖励?|给予|发放?|领取?|最高|最低|最多|至少(?:集中)?|集中|平均|上岗|投递|清运|为|按|需|加收|达到?|支付|报销"
    r"|不低于|不少于|不高于|不超过|不得(?:低于|少于|高于|超过)|约|近|超过|锻炼|[能可]?(?:出|抽|排)水?|活动|开放|运动|授课|上门服务|服务|随访|体检|巡查|检查))?(?:约|近|不少于|不低于|超过)?"
)
_CHANGE: Final = regex(
    r"(?:左右|以上)?(?:逐步|分别|再|统一)?(?:加密|提高|提升|增加|增长|增至|上升|上调|调整|调高|升|涨|下降|下调|降低|降|减少|减至|变|扩大)[^,。;]{0,12}"
)
_LIST: Final = regex(r"(?:左右|以上|以下|以内)?(?:[、和与或及至到]|以及)")
#: 每生每年小学720元、初中940元: of another kind by the same rate.
_KIND: Final = regex(r"、[\u4e00-\u9fff]{1,4}")
#: 每部造价52万元,比上年下降约8万元: how a rate changed is told as that rate.
_DIFFERENCE: Final = regex(
    r"(?:左右)?,已?[较比][^,。;0-9]{1,12}(?:增加|减少|提高|下降|降低|上涨|多|少|高|低)了?(?:约|近)?"
)
#: 县道每公里1万元、乡道5000元: of a kind named as the first is, by the rate that the first has.
_PARALLEL: Final = regex(r"(?:左右|以上|以内)?[、,](?P<kind>[^、,。;]{1,14}?)(?:不低于|不少于|不超过|为|达)?")
_KIND_NAMED: Final = regex(r"(?P<kind>[\u4e00-\u9fff]{2,8}?)(?:不低于|不少于|不超过|为|达)?$")
#: 每人每年60元,个人仅付12元: what one of those who pay bears of the rate.
_BORNE: Final = regex(
    r",(?:其中)?(?:个人|群众|农户|居民|职工|家庭|财政|单位|企业|医保|基金)[^,。;0-9]{0,4}(?:付|负担|承担|缴纳?|出资?)"
)
_EACH_DEED: Final = regex("每([\u4e00-\u9fff]{1,2})$")
#: 每万人4.6人(2020年为3.1人); 每人每年100元,由医保基金、签约居民分别承担70元、30元
_SAME: Final = regex(
    r"\((?:(?:19|20)\d\d年底?|去年|上年|(?:平峰|高峰|平时|周末|夜间|白天)[\u4e00-\u9fff]{0,2})(?:为|是|仅)?(?:约|近)?|,由[^,。;0-9]{2,30}分别(?:承担|负担|支付|出资)(?:约|近)?"
)
_PART: Final = regex(r"(?:/[^,。;]{1,3})?\((?:含|包括|其中)[^。;,0-9]{0,14}|,其中[^。;,0-9]{0,14}|、[^。;,0-9]{0,10}")


def _per_deed(text: str, start: int, end: int) -> bool:
    """Whether 一 opens what a rate counts by: 每演一场补两千元, 新建一座补助2000元, not 每人一台."""
    if text[start] != "一":
        return False
    if deed := _EACH_DEED.search(text, max(0, start - 3), start):
        return words.tag(deed[1])[:1] == "v"
    return start > 1 and words.tag(text[start - 2 : start])[:1] == "v" and units.granted_each(text, end)


def _rate(text: str, term: Term, window: str, after: units.Per | None, rate: _Rate | None) -> _Rate | None:
    """The rate a term is part of: printed behind it, before it by 每, or shared with the rate before."""
    if term.unit is None or term.dimension in _UNRATED:
        return None
    start, end = term.span
    if after is not None and (text[after.start] != "每" or after.words not in ((term.unit,), ("年",))):
        base = units.per_chain(text, start - len(window), start) if after.timed else None
        if base is None or base.timed or not _belongs(base, text[base.end : start], term):
            return _Rate(term.unit, after.words, after.end, Span(after.start, after.end))
        return _Rate(term.unit, (*base.words, *after.words), after.end, Span(base.start, base.end))  # 每平方米0.35元/月
    per = units.per_chain(text, start - len(window), start)
    if per is not None:
        at = Span(per.start, per.end)
        belongs = _belongs(per, text[per.end : start], term)
        return _Rate(term.unit, per.words, end, at, _kinds(text, per, start)) if belongs else None
    if rate is None or rate.unit != term.unit:
        return None
    gap = text[rate.end : start]
    if _LIST.fullmatch(gap) or _CHANGE.fullmatch(gap):
        return rate._replace(end=end)
    if (len(rate.per) > 1 and _KIND.fullmatch(gap)) or _is_parallel(text, rate, gap):
        return rate._replace(end=end)
    if _DIFFERENCE.fullmatch(gap) or _BORNE.fullmatch(gap) or _SAME.fullmatch(gap):
        return rate._replace(end=end)
    exceeds = rate.value is not None and term.value is not None and term.value > rate.value  # 每千人1.8名,其中国家级3名
    if not exceeds and _PART.fullmatch(gap) and (rate.parts or "其中" in gap or "(" in gap):
        return rate._replace(end=end, parts=True)
    return None


def _is_parallel(text: str, rate: _Rate, gap: str) -> bool:
    """Whether the words between a rate and an amount only name another kind, by the word before 每: A级每户…,B级."""
    match = _PARALLEL.fullmatch(gap)
    if match is None or match["kind"][-1] not in rate.kinds:
        return False
    return all(word.tag[:1] not in {"v", "p", "d"} for word in words.cut(match["kind"]))


def _kinds(text: str, per: units.Per, start: int) -> str:
    """The characters that end what a rate is told of, before 每 and before the amount: A级每人,  每人每年中级工."""
    named = _KIND_NAMED.match(text, per.end, start)
    return text[per.start - 1 : per.start] + (named["kind"][-1] if named else "")


def _belongs(per: units.Per, gap: str, term: Term) -> bool:
    """Whether the words between 每… and a number leave it a rate.

    每年 before a total and 每个 before a noun whose things are counted (每个县至少1家) do not make one.
    """
    plain = _PLAIN_GAP.fullmatch(gap) is not None
    if per.timed and term.unit == "次":
        return per.words[0] in _OFTEN and len(gap) <= _GAP
    if per.timed:
        return (
            plain
            and per.words[0] not in _TOTALLED
            and (term.dimension in ("money", "duration") or per.words[0] in _SPEED)
        )
    if per.words[0] in _HOLDERS and term.dimension in _HELD:
        return len(gap) <= _WIDE_GAP  # 每户用地不得超过120平方米
    if per.measured or (len(per.words) > 1 and term.dimension in _RATED):
        return len(gap) <= _WIDE_GAP
    if term.dimension == "money":
        return len(gap) <= _GAP
    return len(per.words) > 1 and plain
