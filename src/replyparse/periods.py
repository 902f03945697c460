"""Time expressions: `find` reads them off the text; `timeline` resolves them once the date of signing is known.

The two steps are apart because 今年 needs the reply's date, which the header finds among the dates. An expression
keeps what was said (`first`, `last`, `bound`); only the timeline turns it into calendar dates.
Forms follow GB/T 15835 (numerals) and GB/T 7408 (dates); five-year plans follow their official years.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from replyparse import numerals
from replyparse.mark import Mark
from replyparse.patterns import regex
from replyparse.record import NumeralKind, Span
from replyparse.scan import Scan

#: First and last day of the thirds of a month; the last third ends with the month.
_TEN_DAYS: dict[str, tuple[int, int | None]] = {"上": (1, 10), "中": (11, 20), "下": (21, None)}
Bound = Literal["in", "by", "since", "now", "elapsed", "span"]


class Stamp(NamedTuple):
    """A calendar place as printed: what is not printed is None. `shift` counts years from this year (去年 is -1)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    relative_to: Literal["writing", "context"] = "context"


class Expression(NamedTuple):
    """One time expression: from `first` to `last`, read by its bound.

    `in`: holds during it; `by`: up to its end (到2025年, 6月底); `since`: from its start on (以来, 起);
    `now`: up to the date of signing (目前); `elapsed`: from the event told before it on (两年来);
    `span`: a length of time without a place in the calendar (三年内).
    """

    first: Stamp
    last: Stamp
    bound: Bound

    @property
    def dated_event(self) -> bool:
        """Whether it names one month or day, as reports of single events do."""
        one = self.first == self.last or (self.first.day, self.last.day) in _TEN_DAYS.values()
        return self.bound == "in" and one and self.first.month is not None


_CN = "〇零○一二三四五六七八九"
_YEAR = rf"(?:(?:19|20)\d\d|[一二][{_CN}]{{3}})"
_REL = "今年|去年|前年|明年|后年|上一年度?|(?<!础)上年度?(?!均)|本年度|当年度?|次年|下年度?|全年|年内"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_TO = "(?:-|—|–|~|～|至|到){1,8}"
_QUOTE = '[“"「]?'
_UNQUOTE = '[”"」]?'
_LEAD = r"(?P<lead>截[至止]到?|到|至|自|从|自从)?"
_TAIL = r"(?P<tail>(?:底|末|年底|年末|月底|月末)?(?:之前|以前|前)|底|末|年底|年末|年度内|以来|起|之后|以后|后|期间|止)?"
_RELATIVE_YEARS: dict[str, tuple[int, Literal["writing", "context"]]] = {
    "今年": (0, "writing"),
    "去年": (-1, "writing"),
    "前年": (-2, "writing"),
    "明年": (1, "writing"),
    "后年": (2, "writing"),
    "上年": (-1, "context"),
    "上一年": (-1, "context"),
    "次年": (1, "context"),
    "下年": (1, "context"),
    "本年": (0, "writing"),
    "当年": (0, "context"),
    "全年": (0, "context"),
    "年内": (0, "context"),
}
_PLANS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}

_Y = rf"(?:(?P<year>{_YEAR})年度?|(?P<rel>{_REL}))"
PATTERNS: dict[str, Scan] = {
    "plan": Scan(
        rf"{_LEAD}(?<![一二三四五六七八九])(?P<plan_quote>{_QUOTE})(?P<plan>十[一二三四五六]?)五{_UNQUOTE}"
        rf"(?:规划)?(?P<tail>期间|时期|以来|末期?|期末|收官)?"
    ),
    "dashed": Scan(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-./](?P<month>1[0-2]|0?[1-9])[-./](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    ),
    "years": Scan(
        rf"{_LEAD}(?P<year>{_YEAR})年?(?:{_TO}|(?:、(?:19|20)\d\d年?){{0,4}}[、和](?=(?:19|20)\d\d年))(?P<year2>{_YEAR})年度?(?:[1-9一二两三四五]年[内间])?{_TAIL}"
    ),
    "day": Scan(
        rf"{_LEAD}{_Y}?(?P<month>{_MONTH})月(?P<day>{_DAY})[日号](?:{_TO}(?:(?P<month2>{_MONTH})月)?(?P<day2>{_DAY})[日号])?"
        rf"(?P<tail>之前|以前|前|起|以来|之后|以后|后|止)?"
    ),
    "month_span": Scan(
        rf"{_LEAD}(?P<year>{_YEAR})年度?(?:(?P<month>{_MONTH})月(?:(?P<day>{_DAY})日)?)?{_TO}"
        rf"(?P<year2>{_YEAR})年(?P<month2>{_MONTH})月(?:(?P<day2>{_DAY})日)?{_TAIL}"
    ),
    "season": Scan(
        rf"{_LEAD}(?P<year>{_YEAR})年(?P<month>{_MONTH})月{_TO}(?P<season>今年|次年|翌年|第二年)(?P<month2>{_MONTH})月{_TAIL}"
    ),
    "months": Scan(rf"{_LEAD}{_Y}?(?P<month>{_MONTH})月?{_TO}(?P<month2>{_MONTH})月份?{_TAIL}"),
    "month": Scan(rf"{_LEAD}{_Y}?(?<![\d.十])(?P<month>{_MONTH})月(?:份|(?P<ten_days>[上中下])旬)?{_TAIL}"),
    "first_months": Scan(rf"{_LEAD}{_Y}?[前头](?P<first_months>[一二三四五六七八九十]{{1,2}}|1[01]|[1-9])个月{_TAIL}"),
    "quarter": Scan(
        rf"{_LEAD}{_Y}?(?:(?P<quarters>前[二三两]|前[23])|第?(?P<quarter>[一二三四1-4])(?:{_TO}(?P<quarter2>[二三四2-4]))?)个?季度{_TAIL}"
    ),
    "two_years": Scan(r"(?P<two_years>今明两年|今冬明春|去今两年|去冬今春)"),
    "winter": Scan(rf"{_Y}冬[季天]?{_TO}(?:今年|次年|来年|第二年)?(?P<spring>春)[季天]?"),
    "before_event": Scan(
        rf"{_Y}(?:主汛期|汛期|春节|(?P<holiday>国庆|五一)节?|开学|入冬|供暖季|雨季|台风季|秋收|春耕)(?P<tail>之前|以前|前)"
    ),
    "event": Scan(
        r"(?<![年月日号])(?:开展|实施|启动|成立|组建|运行|运营|开通|投用|投产|开园|开馆|开放|开业|上线|通车|通航|设立|试点|试行|挂牌|出台|启用|推行|施行|落地)(?P<event>以来)"
    ),
    "half": Scan(rf"{_LEAD}{_Y}?(?P<half>[上下])半年{_TAIL}"),
    "year": Scan(rf"{_LEAD}{_Y}(?:全年|内|间|初)?{_TAIL}"),
    "year_end": Scan(r"(?P<lead>截[至止]到?|到|至)?(?P<year_end>年底|年末)(?P<tail>之前|以前|前)?"),
    "month_end": Scan(r"(?P<lead>截[至止]到?|到|至)?(?P<month_end>本月底|本月|月底|月末)(?P<tail>之前|以前|前)?"),
    "now": Scan(
        "截[至止]到?(?:目前|现在|今)|目前|当前|现阶段|如今|迄今|至今|现已|现有|现在|(?<=[,。;])现(?=[共建辖])"
        "|(?<![发出实表体兑变涌展呈浮再重显凸])现(?=[只仅]|均为|共有)"
        r"|(?<=[,。;])现(?![场行代状有已在阶存金货役任将就])(?=[\u4e00-\u9fff]{2,14}有[:\d])"
        "|(?<![发出实表体兑变涌展呈浮再重显凸])现(?=[配存停养拥驻聘](?!备))"
        "|(?<![发出实表体兑变涌展呈浮再重显凸])现(?=按|进驻|执行|运行|开通|开行|收住|入住|常住|管理)"
    ),
}
TIMES = Scan(
    rf"(?:凌晨|早上?|上午|中午|下午|晚上?)?(?<!\d)(?:[01]?\d|2[0-4])(?:[:：][0-5]\d(?::[0-5]\d)?|[时点](?:[0-5]?\d分(?:[0-5]?\d秒)?|半|整)?)(?:{_TO}(?=\d))?(?!\d)"
)
_NUMBER = r"(?:(?<![\d.])\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十百几数半]{1,6})"
_LENGTH_UNIT = "(?:年半|周年|年|个多?月|个星期|周|星期|日|天)"
_LENGTH = f"{_NUMBER}(?:{_TO}{_NUMBER}|多|余)?{_LENGTH_UNIT}"
#: Within some days is a time limit, which counts; within some years only says when.
_LONG = f"{_NUMBER}(?:{_TO}{_NUMBER}|多|余)?(?:年半|周年|年|个多?月)"
SPANS = Scan(
    rf"(?:(?<!接)近(?!(?:19|20)\d\d年)|最近|过去|未来|今后|(?:(?<!提)前|后)(?!\d+个?(?:工作)?[日天]内)|第){_LENGTH}(?:来|内|里|间)?|{_LENGTH}(?:以来|来|时间|左右时间|期间|的时间|前|后|之后|以后|以前)"
    rf"|(?<![到至在年]){_LONG}(?:内|之内|以内)"
    rf"|(?:连续|为期|历时|历经|耗时|利用|用|经过|经|满|近|超过)(?!(?:19|20)\d\d年){_NUMBER}(?:{_TO}{_NUMBER})?(?:个?多?)?(?:年|个月)(?:时间|左右|多|以上)?"
)
_DATED = frozenset({"year", "month", "day"})
_EVENT_SINCE = regex(r"[\u4e00-\u9fff“”]{2,16}?(?<![\u4e00-\u9fff]{2}年)以来(?=[,。;全我日累共已年月新])")
_REGARDED = ("考虑", "注意", "看", "了解", "认识")


def _number(printed: str) -> int:
    """A year, month or day as dates print it: 2023, 二〇二三, 08, 廿三; 0 where nothing is printed."""
    return int(numerals.value_of(printed) or 0)


def _stamps(groups: dict[str, str | None]) -> tuple[Stamp, Stamp]:
    """First and last stamp of a match, by the named groups that took part."""
    if two := groups.get("two_years"):
        first_shift = -1 if two.startswith("去") else 0
        return Stamp(shift=first_shift, relative_to="writing"), Stamp(shift=first_shift + 1, relative_to="writing")
    year = _number(printed) if (printed := groups.get("year")) else None
    shift: int | None = None
    anchor: Literal["writing", "context"] = "context"
    if rel := groups.get("rel"):
        shift, anchor = _RELATIVE_YEARS[rel.removesuffix("度")]
    first_month, last_month = _months(groups)
    day = _number(printed) if (printed := groups.get("day")) else None
    last_day = _number(printed) if (printed := groups.get("day2")) else day
    if ten_days := groups.get("ten_days"):
        day, last_day = _TEN_DAYS[ten_days]
    last_year = _number(printed) if (printed := groups.get("year2")) else year
    if (groups.get("spring") or groups.get("season")) and year:
        last_year = year + 1  # 2023年冬到今年春, 2023年12月到今年3月
    return (
        Stamp(year, first_month, day, shift, anchor),
        Stamp(last_year, last_month, last_day, shift, anchor),
    )


def _months(groups: dict[str, str | None]) -> tuple[int | None, int | None]:
    if half := groups.get("half"):
        return (1, 6) if half == "上" else (7, 12)
    if quarters := groups.get("quarters"):
        return 1, 3 * _number(quarters[1])
    if quarter := groups.get("quarter"):
        last = groups.get("quarter2") or quarter
        return 3 * _number(quarter) - 2, 3 * _number(last)
    if first_months := groups.get("first_months"):
        return 1, _number(first_months)
    if groups.get("month") or groups.get("month2"):
        first = _number(groups.get("month") or "") or None
        return first, _number(groups.get("month2") or "") or first
    if holiday := groups.get("holiday"):
        return (9, 9) if holiday == "国庆" else (4, 4)  # the month that ends before it
    return (12, 12) if groups.get("year_end") else (None, None)


def _bound(rule: str, groups: dict[str, str | None]) -> Bound:
    lead, tail = groups.get("lead") or "", groups.get("tail") or ""
    if rule == "now":
        return "now"
    if rule == "event":
        return "since"
    if tail in {"以来", "起", "之后", "以后", "后"} or (
        lead in {"自", "从", "自从"} and not tail and rule not in {"years", "months", "month_span"}
    ):
        return "since"
    if (
        lead.startswith("截")
        or lead in {"到", "至"}
        or tail.endswith("前")
        or tail in {"底", "末", "年底", "年末", "末期", "期末", "止"}
    ):
        return "by"
    if rule in {"year_end", "month_end"} and groups.get("month_end") != "本月":
        return "by"
    return "in"


def _read_plan(match: re.Match[str], groups: dict[str, str | None]) -> Expression | None:
    """A five-year plan (“十四五”期间); without quotes or 期间 the characters may be a plain 15."""
    begins = _PLANS.get(groups["plan"] or "")
    if begins is None or not (groups["plan_quote"] or groups["tail"]):
        return None
    if not groups["tail"] and not groups["lead"] and match.string.startswith(("规", "纲", "专"), match.end()):
        return Expression(Stamp(), Stamp(), "span")
    return Expression(Stamp(begins), Stamp(begins + 4), _bound("plan", groups))


def _candidates(text: str) -> list[Mark]:
    marks = []
    for rule, scan in PATTERNS.items():
        for match in scan.finditer(text):
            groups = match.groupdict()
            if rule == "plan":
                expression = _read_plan(match, groups)
                if expression is None:
                    continue
            else:
                first, last = _stamps(groups)
                expression = Expression(first, last, _bound(rule, groups))
            start, end = match.span()
            if expression.bound == "in" and rule in _DATED and (event := _EVENT_SINCE.match(text, end)):
                expression, end = expression._replace(bound="since"), event.end()  # 2020年疫情发生以来
            if groups.get("lead") == "到" and text.endswith(_REGARDED, 0, start):
                # 考虑到2022年代偿率为1.4%: 到 belongs to the verb
                start += 1
                expression = Expression(expression.first, expression.last, "in")
            if groups.get("lead") in {"从", "自"} and expression.bound == "since" and text.startswith("的", end):
                # 从2015年的第9位升至第5位: 从 leads to the level, not to the date
                expression = Expression(expression.first, expression.last, "in")
            if groups.get("lead") in {"到", "至"} and text.startswith("的", match.end()):
                # 增加到2022年的31.3克: 到 belongs to the verb, and the date says when the level held.
                start += 1
                ends = groups.get("tail") in {"底", "末"}
                expression = Expression(expression.first, expression.last, "by" if ends else "in")
            what: NumeralKind = (
                "period" if expression.bound in {"span", "since"} or rule in {"years", "months", "plan"} else "date"
            )
            marks.append(Mark(Span(start, end), what, f"periods.{rule}", expression))
    empty = Expression(Stamp(), Stamp(), "span")
    marks += [Mark(Span(*m.span()), "date", "periods.time", empty) for m in TIMES.finditer(text)]
    elapsed = Expression(Stamp(), Stamp(), "elapsed")
    for match in SPANS.finditer(text):
        since_event = match.group().endswith("来") and match.group()[0] not in "近最过"
        marks.append(Mark(Span(*match.span()), "period", "periods.length", elapsed if since_event else empty))
    return marks


def find(text: str) -> tuple[Mark, ...]:
    """All time expressions of a shadow text, in order, none overlapping; of two at one place the longer."""
    chosen: list[Mark] = []
    cursor = 0
    for mark in sorted(_candidates(text), key=lambda m: (m.span.start, -m.span.end)):
        if mark.span.start >= cursor:
            chosen.append(mark)
            cursor = mark.span.end
    return tuple(chosen)
