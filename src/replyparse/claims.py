"""From quantities to claims: the period each holds for, the place, and everything else said about it, in one draft."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from replyparse.mark import Mark
from replyparse.outline import Part
from replyparse.patterns import regex
from replyparse.record import Kind, Period, Span
from replyparse.stated import Judged, Named, Shifted, Stated

if TYPE_CHECKING:
    from replyparse.timeline import Timeline

_NOUN, _DEADLINE = 12, 12  # characters between an amount and the deadline behind it, and of that
_SUMMED = regex("累计|合计|共计|两年")
_JOINTS = frozenset("、和")
_NUMBER_LABEL = regex(r"[(]?(?:\d|[①-⑳]|[一二三四五六七八九十]+[、.)])")
_SCOPES = regex(
    r"全[国省市县区州乡镇村](?!人大|政协|委员会|范围内的)|我[省市县区州](?!财政|委)|[各全](?:县|区|市|乡镇|街道|地)"
    r"|(?:中西部|[\u4e00-\u9fff]{2})地区|市域|县域|中心城区|城区|境内|辖区"
)


class Dated(NamedTuple):
    """The period of an amount and the expression that states it; without a period, `why` there is none."""

    period: Period | None
    mark: Mark | None
    why: str


class Placed(NamedTuple):
    """The place an amount holds for, as printed, and where it is printed."""

    scope: str | None
    span: Span | None


class Draft(NamedTuple):
    """One claim on the shadow text, before ids and original offsets."""

    quantity: Stated
    metric: Named
    kind: Judged
    change: Shifted
    period: Dated
    scope: Placed
    part_of: int | None
    baseline: int | None


class PeriodReader:
    """Gives each quantity the period that holds where it stands (see `Timeline`)."""

    def __init__(
        self,
        text: str,
        timeline: Timeline,
        section_at: Callable[[int], Part],
        quantities: Sequence[Stated],
        steps: Mapping[int, int],
        titles: Mapping[int, Span],
    ) -> None:
        self._text, self._timeline, self._section_at = text, timeline, section_at
        self._quantities, self._first_levels = quantities, frozenset(steps.values())
        self._titles = titles
        own_dates = (quantities[i].own_date for i in self._first_levels)
        self._bound = {own_date.span for own_date in own_dates if own_date is not None}

    def _candidates(self, i: int) -> Iterable[Mark]:
        """The expressions that may date a quantity, the likeliest first.

        A date bound to one amount dates no other; the first level of a step (由A提高到B) has only a date of its own.
        """
        q = self._quantities[i]
        if i in self._titles:
            return self._timeline.stated(self._titles[i].end - 1)
        if q.own_date is not None and self._timeline.governs(q.own_date):
            return [q.own_date]
        if i in self._first_levels:
            return []
        if due := self._due(q):
            return [due]
        stated = (m for m in self._timeline.stated(q.span.start) if m.span not in self._bound)
        return (m for m in stated if not self._is_modifier(m, q) and self._reaches(m, q))

    def _due(self, q: Stated) -> Mark | None:
        """The deadline right behind an amount and its noun: 今年88个小区11月底前全部完成, 3所将于9月投用."""
        trail = q.trail.end
        if not self._timeline.begins_at(trail):
            return None
        behind = [m for m in self._timeline.stated(trail + _DEADLINE, after=trail) if m.span.start == trail]
        planned = self._text[q.span.end : trail].endswith(("将于", "拟于", "计划于", "预计于", "将在"))
        due = next((m for m in behind if (planned or m.value.bound == "by") and m.span.end <= q.clause.end), None)
        if (
            due is None
            or trail - q.span.end > _NOUN
            or self._text[due.span.end : q.clause.end].lstrip().startswith("的")
        ):
            return None
        return due if len(self._text[due.span.end : q.clause.end].strip(",。;")) > 1 else None

    def read(self, i: int, kind: Kind | None = None) -> Dated:
        """The period of a quantity. A plan takes over neither 目前 nor a time already past.

        Only for a target or a proposal does it depend on the kind.
        """
        q = self._quantities[i]
        passed: Dated | None = None
        for mark in self._candidates(i):
            period = self._of_list(i, mark)
            if kind == "target" and (mark.value.bound == "now" or self._is_past(period, mark, q)):
                passed = passed or Dated(None, mark, "a plan takes over no time before it")
                continue
            if kind == "proposed" and mark.span.start < q.sentence.start:
                return Dated(None, mark, "a request takes over no time of the text before it")
            return Dated(period, mark, "stated" if period else _unresolved(mark))
        if i in self._first_levels:
            return Dated(None, None, "the first level of a step takes over no time")
        return passed or Dated(None, None, "no time is stated")

    def _of_list(self, i: int, mark: Mark) -> Period | None:
        """What an expression says of a quantity: its own of listed years (2022、2023年分别)."""
        period = self._timeline.resolve(mark)
        if period is None or period.start is None or period.end is None or not _JOINTS & set(period.text):
            return period
        first = i
        while first and self._quantities[first].joined:
            first -= 1
        after = (n for n in range(i + 1, len(self._quantities)) if not self._quantities[n].joined)
        members = next(after, len(self._quantities)) - first
        told = self._text[mark.span.end : self._quantities[i].span.start]
        if members == period.end.year - period.start.year + 1:
            year = period.start.year + i - first
        elif "分别" in told and not _SUMMED.search(told):
            year = period.end.year  # 2022年、2023年分别安排…,现有…: the year told last
        else:
            return period
        return Period(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), text=period.text)

    def _is_ahead(self, mark: Mark) -> bool:
        """Whether a period begins after the signing."""
        period, issued_on = self._timeline.resolve(mark), self._timeline.issued_on
        return period is not None and period.start is not None and issued_on is not None and period.start > issued_on

    def _is_past(self, period: Period | None, mark: Mark, q: Stated) -> bool:
        issued_on = self._timeline.issued_on
        if mark.span.start >= q.clause.start or period is None or issued_on is None:
            return False
        if mark.value.bound == "since":
            return period.start is not None and period.start < issued_on
        return period.end is not None and period.end < issued_on

    def _is_modifier(self, mark: Mark, q: Stated) -> bool:
        """2005年底前建成的1120个小区: with another date before it, a date inside a modifier dates the thing only."""
        if mark.span.start < q.clause.start:
            return False
        between = self._text[mark.span.end : q.span.start]
        earlier = self._timeline.stated(mark.span.start, after=q.clause.start)
        return bool(earlier) and bool(re.search(r"[\u4e00-\u9fff]的\s?$", between))

    def _reaches(self, mark: Mark, q: Stated) -> bool:
        """Whether a time is still told of at a quantity of its line.

        It is not behind the label of a numbered item, which opens a paragraph of its own; a dated event (2021年9月,…)
        is over at a run-in 二是 too.
        """
        goal_end = self._timeline.goal_end(mark)
        if goal_end is not None and goal_end <= q.span.start:
            return False
        if mark.value.bound == "by" and mark.span.end <= q.clause.start and self._is_yearly(q):
            return False
        if mark.span.start >= q.sentence.start:
            return True
        told, here = self._section_at(mark.span.start), self._section_at(q.span.start)
        if here.role in {"progress", "problems"} and self._is_ahead(mark):
            return False  # what a year to come will bring does not date what is
        if told == here:
            return True
        numbered = any(part.label is not None and _NUMBER_LABEL.match(part.label) for part in (told, here))
        return not numbered and not mark.value.dated_event

    def _is_yearly(self, q: Stated) -> bool:
        """Whether an amount recurs: 每年引进20名 has no deadline that a clause before it states."""
        return self._text.startswith("每年", q.clause.start)


def _unresolved(mark: Mark) -> str:
    """Why an expression that reaches an amount gives it no dates."""
    whys = {"now": "no date of signing is known", "span": "a length of time names no date"}
    return whys.get(mark.value.bound, "no year is known to count from")


def scopes(text: str, quantities: Sequence[Stated], parents: Mapping[int, int]) -> list[Placed]:
    """Where each amount holds, as printed: the last place before it in its clause, else of its whole or sentence."""
    found: list[Placed] = []
    for i, q in enumerate(quantities):
        places = list(_SCOPES.finditer(text, q.clause.start, q.span.start))
        if not places and i in parents:
            found.append(found[parents[i]])
            continue
        if not places:
            places = list(_SCOPES.finditer(text, q.sentence.start, q.clause.start))
        found.append(Placed(places[-1].group(), Span(*places[-1].span())) if places else Placed(None, None))
    return found
