"""Which period holds at a place of the text: time expressions resolved to dates, once the date of signing is known."""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_left, bisect_right

from replyparse.lines import Layout
from replyparse.mark import Mark
from replyparse.patterns import regex
from replyparse.periods import Expression, Stamp
from replyparse.record import Period, Span

#: 距“十四五”末4.5个的目标还差0.9个: the date tells the goal, nothing behind it.
_GOAL_BEFORE = ("距", "离", "较", "比", "与")
_GOAL = regex(r"[^,。;]{0,16}的(?:目标|任务|要求)")
#: 自2025年1月1日起施行: of a law, whoever makes it.
_IN_FORCE = regex(r"(?:正式)?(?:施行|实施|执行|生效)[的,。;)》]")
_BASIS_BEFORE = regex(r"(?:比|较|是|占|占到|为|于|同|与|和|以|相当于|恢复[到至])$")
_BASIS_AFTER = regex(
    r"(?:度?同期|相比|相较|持平|相当|一致|基础上|的?水平|的\d[\d.]*倍|的[一二两三四五六七八九十]+倍|度(?:计划|任务|目标))"
)
_SHARE_OF = regex(r"的\d[\d.]*%")  # 仅为2019年的45%
#: 2000年以前建成的小区: a bound that says when things came about, not when the amount held.
_MODIFYING = regex(r"[^,。;]{2,10}?年?(?:(?:以前|之前)[^,。;\d]{1,8}的|底?前(?:的?存量|建成的))")
_WITHIN = regex(r"内$|^用.*(?:时间|左右|年)$|^(?:近|最近|过去).*年来?$")  # 三年内 places its amounts, though at no date
_PRESENT = regex(r"(?:到|至)?(?:年内|年底[之以]?前|年末[之以]?前)")
_YEARLY = regex("全年|年末")
_RELYING = regex(r"(?:^|[,。;\n])(?:依托|利用(?!率))[\u4e00-\u9fff]{0,8}$")
_QUOTED = regex(r"《[^》\n]{0,200}》|〔[^〕\n]{0,20}〕|\[\d{4}\]")
#: “十五五”项目库 names a paper, no time.
_PLAN_PAPER = regex("(?:规划)?(?:项目库|项目储备库|纲要|重大项目|项目清单)|[\u4e00-\u9fff]{0,6}规划(?:建设|重点)?项目")
#: 公司成立于2007年,…: how old a thing is dates what its own sentence tells of it, no more.
_FOUNDED = regex("(?:成立|创立|创办|创建|组建|建立|始建|兴建|修建|建成|建造|(?<![组创兴修])建)于$")
_NAMED_AIM = regex("[^,。;\\d]{2,30}目标")  # 提出到2020年我国控制温室气体排放行动目标
_BRACKET = regex(r"\((?:[^()\n]|\([^()\n]{0,60}\)){1,200}\)")
#: 近五年(2019年至2023年),…: a bracket that says but the time over again dates what stands behind it too.
_AROUND_TIME = regex(r"[(截到至止自从年月日底末前起以来数据统计同,:)\s]*")


class Timeline:
    """Which period holds at a place of the text.

    A period holds from where it is stated to the end of its line (段落), until another is stated. Years of
    comparison (比2019年, 2019年同期), of quoted titles and of modifiers (2005年底前建成的…) state none.
    """

    def __init__(self, text: str, layout: Layout, marks: tuple[Mark, ...], issued_on: dt.date | None) -> None:
        self._text, self._layout, self.issued_on = text, layout, issued_on
        quoted = [Span(*m.span()) for m in _QUOTED.finditer(text)]
        self._governing = [m for m in marks if m.value is not None and not self._is_aside(m, quoted)]
        self._starts = [m.span.start for m in self._governing]
        brackets = [Span(*m.span()) for m in _BRACKET.finditer(text)]
        self._ends = [self._heard_until(m.span, brackets) for m in self._governing]
        self._resolved: dict[Span, Period | None] = {}

    def _is_aside(self, mark: Mark, quoted: list[Span]) -> bool:
        if mark.value.bound == "now" and self._text.endswith(("较", "比"), 0, mark.span.start):
            return True
        if mark.value.bound == "span" and not _WITHIN.search(self._text[mark.span.start : mark.span.end]):
            return True
        if mark.value.bound == "span" and self._tells_which(mark.span):
            return True
        if _is_quoted(mark.span, quoted):
            return True
        if mark.value.bound == "in" and _RELYING.search(self._text, max(0, mark.span.start - 14), mark.span.start):
            return True  # 依托2019年示范项目
        if mark.rule == "periods.plan" and _PLAN_PAPER.match(self._text, mark.span.end):
            return True
        text, (start, end) = self._text, mark.span
        if _MODIFYING.match(text, start, self._layout.clause_at(start).end):
            return True
        if _BASIS_BEFORE.search(text, max(0, start - 4), start) and mark.value.bound in {"in", "by"}:
            unclear = text.endswith(("为", "于", "和", "与", "同", "以", "是"), 0, start)
            unclear &= not text.endswith("相当于", 0, start)
            share = text.endswith(("为", "是"), 0, start) and _SHARE_OF.match(text, end) is not None
            return not unclear or share or _BASIS_AFTER.match(text, end) is not None
        return bool(_BASIS_AFTER.match(text, end))

    def _heard_until(self, span: Span, brackets: list[Span]) -> int | None:
        """Where the bracket or sentence ends outside which an expression is not heard: 许可证(有效期至2021年6月),…."""
        if _FOUNDED.search(self._text, max(0, span.start - 4), span.start):
            return self._layout.sentence_at(span.start).end
        if self._text.endswith(("提出", "明确", "制定"), 0, span.start) and _NAMED_AIM.match(self._text, span.end):
            return self._layout.sentence_at(span.start).end
        at = bisect_right(brackets, (span.start, span.end)) - 1
        if at < 0 or not span.within(brackets[at]):
            return None
        start, end = brackets[at]
        said = self._text[start : span.start] + self._text[span.end : end]
        return None if _AROUND_TIME.fullmatch(said) else end

    def _tells_which(self, span: Span) -> bool:
        """Whether a length of time belongs to a thing or a comparison: 入职三年内的教师, 与近五年均值相比."""
        return self._text.startswith("的", span.end) or self._text.endswith(("与", "比", "较", "同"), 0, span.start)

    def governs(self, mark: Mark) -> bool:
        """Whether an expression dates amounts, rather than being compared with (比2019年, 占全年的)."""
        at = bisect_left(self._starts, mark.span.start)
        return at < len(self._governing) and self._governing[at] == mark

    def begins_at(self, offset: int) -> bool:
        """Whether an expression that dates amounts begins there."""
        at = bisect_left(self._starts, offset)
        return at < len(self._starts) and self._starts[at] == offset

    def stated(self, offset: int, *, after: int = 0) -> list[Mark]:
        """The expressions stated in the paragraph of `offset` before it (and not before `after`), latest first."""
        low = max(self._layout.paragraph_start(offset), after)
        within = range(bisect_left(self._starts, offset) - 1, bisect_left(self._starts, low) - 1, -1)
        told = (n for n in within if (end := self._ends[n]) is None or end > offset)
        return [self._governing[n] for n in told if self._governing[n].span.end <= offset]

    def goal_end(self, mark: Mark) -> int | None:
        """Where the goal ends that an expression dates and nothing else: 距“十四五”末4.5个的目标."""
        start, end = mark.span
        goal = _GOAL.match(self._text, end)
        return goal.end() if goal and self._text.endswith(_GOAL_BEFORE, 0, start) else None

    def ahead(self) -> list[Span]:
        """The times after the signing since when something will hold: 自2025年1月1日起."""
        spans = []
        for mark in self._governing:
            says_so = mark.value.bound == "since" and self._text.endswith("起", mark.span.start, mark.span.end)
            period = self.resolve(mark) if says_so else None
            begins = period.start if period else None
            if begins and self.issued_on and begins > self.issued_on and not _IN_FORCE.match(self._text, mark.span.end):
                spans.append(mark.span)
        return spans

    def resolve(self, mark: Mark) -> Period | None:
        """The calendar dates of an expression, or None where the text gives no year to count from."""
        if mark.span not in self._resolved:
            self._resolved[mark.span] = self._dates(mark)
        return self._resolved[mark.span]

    def _dates(self, mark: Mark) -> Period | None:
        expression: Expression = mark.value
        text = self._text[mark.span.start : mark.span.end]
        if expression.bound == "now":
            if self.issued_on is None:
                return None
            return Period(start=None, end=self.issued_on, text=text)
        if expression.bound == "span" or mark.rule == "periods.event":
            return None
        if expression.bound == "elapsed":
            return self._since_event(mark, text)
        start = _opening(expression.first, self._year(expression.first, mark))
        end = _close(expression.last, self._year(expression.last, mark))
        if start is None or end is None:
            return None
        bounds = {"by": (None, end), "since": (start, None)}
        begins, ends = bounds.get(expression.bound, (start, end))
        return Period(start=begins, end=ends, text=text)

    def _since_event(self, mark: Mark, text: str) -> Period | None:
        """试点两年来: open from the beginning of the event told last in the line."""
        for event in self.stated(mark.span.start):
            if event.value.bound == "in" and (told := self.resolve(event)) is not None:
                return Period(start=told.start, end=None, text=text)
        return None

    def _is_told(self, mark: Mark) -> bool:
        """Whether the end of a year (2016年末) is told of, no deadline."""
        start, end = mark.span
        return not self._text.startswith(("到", "至"), start) and not self._text.endswith("前", start, end)

    def _year(self, stamp: Stamp, mark: Mark) -> int | None:
        if stamp.year is not None:
            return stamp.year
        writing = self.issued_on.year if self.issued_on else None
        shift = stamp.shift or 0
        context = self._context_year(mark, stamp)
        base = (writing or context) if stamp.relative_to == "writing" else (context or writing)
        return None if base is None else base + shift

    def _context_year(self, mark: Mark, stamp: Stamp) -> int | None:
        """The nearest year stated before in the line, from which 上半年 or 6月 without a year are counted.

        A deadline (到2025年) is no year of the narration, except for 全年 beside it. What points at the present, 年内
        and 年底, takes its year from its own sentence only, and so does everything after 去年.
        """
        sentence = self._layout.sentence_at(mark.span.start).start
        yearly = _YEARLY.match(self._text, mark.span.start) is not None
        near_only = bool(_PRESENT.match(self._text, mark.span.start))
        for earlier in self.stated(mark.span.start, after=sentence if near_only else 0):
            told = earlier.value.last
            if earlier.rule == "periods.plan":
                continue
            of_this = earlier.span.start >= sentence and self._text.startswith("全年", mark.span.start)
            if self.issued_on and earlier.value.bound == "since" and self._text.startswith("截", mark.span.start):
                return self.issued_on.year  # 2022年起…,截至5月底: up to the writing
            of_this = of_this or (yearly and self._is_told(earlier))
            if earlier.value.bound == "by" and not of_this and not self._text.startswith("截", earlier.span.start):
                continue
            if told.year is not None:
                return int(told.year) + self._goes_over(stamp, told)
            is_near = told.shift == 0 or earlier.span.start >= sentence
            if told.shift is not None and told.relative_to == "writing" and self.issued_on and is_near:
                return self.issued_on.year + int(told.shift)
        return None

    def _goes_over(self, stamp: Stamp, told: Stamp) -> bool:
        """Whether a month without a year lies in the year after the one told: 2023年12月, then 1月16日 in 2024."""
        if self.issued_on is None or not stamp.month or not told.month or told.year is None:
            return False
        next_year = self.issued_on.year == told.year + 1
        return next_year and stamp.month < told.month and stamp.month <= self.issued_on.month


def _is_quoted(span: Span, quoted: list[Span]) -> bool:
    """Whether a span lies in one of the quoted stretches, which are in order and apart."""
    at = bisect_right(quoted, (span.start, span.end)) - 1
    return any(span.within(quoted[n]) for n in (at, at + 1) if 0 <= n < len(quoted))


def _opening(stamp: Stamp, year: int | None) -> dt.date | None:
    return None if year is None else _date(year, stamp.month or 1, stamp.day or 1)


def _close(stamp: Stamp, year: int | None) -> dt.date | None:
    month = stamp.month or 12
    return None if year is None else _date(year, month, stamp.day or calendar.monthrange(year, month)[1])


def _date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the text prints one that does not exist (2月30日)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
