"""How what stands at a place came to be, for people: what the stages found, and what they went by.

Everything here is read off a `Reading`: the stages leave their rules, cues and readings that lost beside their
results. Where a stage keeps only what won, it is asked again for what else it would have said (`metrics.candidates`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from unicodedata import east_asian_width

from replyparse import metrics
from replyparse.claims import Draft
from replyparse.cues import Cue, Cues
from replyparse.knowledge import using
from replyparse.mark import Clue, Mark
from replyparse.outline import Part
from replyparse.patterns import regex
from replyparse.periods import Expression
from replyparse.pipeline import Reading
from replyparse.record import Period, Span
from replyparse.stated import Amount
from replyparse.writers.labels import KINDS, ROLES

__all__ = ["claim", "is_named", "place"]

_AROUND = 40  # characters shown on either side of a place
_LABEL = 10  # columns of a label
_CONTROL = regex(r"[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")

_WHAT = {
    "claim": "数字陈述",
    "date": "日期",
    "period": "时期",
    "ordinal": "届次序数",
    "label": "序号",
    "doc_number": "文号",
    "matter_number": "案号",
    "contact": "联系方式",
    "address": "地址",
    "name": "名称",
    "idiom": "固定词语",
    "article": "虚指的“一”",
    "text_part": "文中条数",
    "condition": "条件",
    "unknown": "未能归类",
}
_STRENGTHS = {"firm": "确定", "aim": "力争", "explore": "探索"}
_REACH = {"clause": "分句", "sentence": "句", "line": "段"}
_BOUNDS = {
    "in": "期间之内",
    "by": "截至期末",
    "since": "自期初起",
    "now": "截至签发",
    "elapsed": "事后至今",
    "span": "时长",
}
#: How things were settled, as the stages put it, and in Chinese. What is missing here is shown as it stands.
_HOW = {
    "column heading": "表格列名",
    "what is counted is done": "所计为所做的事",
    "what the clause before does": "前面分句所做的事",
    "what was granted before": "前面说到的补助、收费",
    "member of a 分别 list": "“分别”并列之一",
    "phrase of the clause before": "前面分句的末尾词组",
    "heading": "标题",
    "verb before": "前面的动词",
    "nothing else": "别无他词",
    "what a 分别 list measures": "“分别”并列所量度的事物",
    "what the unit counts": "单位所计的事物",
    "what is ranked": "所排名的事物",
    "what is compared": "所比较的事物",
    "what changed": "所变化的事物",
    "the ratio's group or base": "比率的对象或基数",
    "a share and its whole": "部分占整体",
    "what is granted": "所给予的款项",
    "what was done that often": "所做的次数",
    "what is done within it": "限时完成的事项",
    "the dimension behind": "后面的宽、长、高",
    "relative clause": "省略中心词的“的”字结构",
    "object of 将 or 把": "“将”“把”的宾语",
    "what the clause before says it is": "前面分句“为”后的名称",
    "counted noun behind": "后面的计数名词",
    "laid down": "法定",
    "subject of the clause before": "前面分句的主语",
    "what a count and its size share": "与所述大小同指的事物",
    "when what the clause before names holds": "前面分句所说事物的时段",
    "phrase before": "前面的词组",
    "restated request": "转述的诉求",
    "something lacking": "指标是缺口",
    "price": "价格、收费",
    "grant behind": "后面说明是给予",
    "plan behind": "后面说明将要做",
    "standard behind": "后面说明是标准",
    "nearest cue": "最近的提示词",
    "bound that demands": "“不低于”一类的要求",
    "time that works will take": "工程要用的时间",
    "label or requirement": "标签、限值或要求所定",
    "topic of the clause": "分句的话题",
    "what the sentence is about": "本句所说的方面",
    "what the list's label measures": "列举前的标签所量度的事物",
    "who of those that pay": "分担者之一",
    "time limit behind 后": "“…后若干日内”的办理时限",
    "period after the signing": "时期在签发之后",
    "bound in a period not over": "时期未完,只写下限",
    "deadline before the signing": "期限早于签发",
    "plan for a time now over": "计划的时间已过",
    "gap to another level": "与其他水平的差距",
    "verb behind": "后面的动词",
    "verb of saving": "节减动词",
    "verb of gain": "增收动词",
    "verb of new things": "新增动词",
    "stated": "明示",
    "no time is stated": "没有写明时间",
    "no date of signing is known": "不知签发日期(可用 --issued-on)",
    "no year is known to count from": "不知从哪一年算起(可用 --issued-on)",
    "a length of time names no date": "时长不指明日期",
    "a plan takes over no time before it": "计划不承接前面的时间",
    "a request takes over no time of the text before it": "诉求不承接前文的时间",
    "the first level of a step takes over no time": "“由甲到乙”的甲不承接时间",
    "carried on": "承上文",
    "frame of the letter": "信函格式",
    "a paragraph after the handling": "办理情况之后的段落",
    "a paragraph after a difficulty": "说过困难之后的段落",
    "clause cue": "分句提示词",
    "sentence cue": "句首提示词",
    "paragraph cue": "段首提示词",
}
_HOW_OF = {
    "part of": "{} 的部分",
    "what": "{} 所计的事物",
    "taken over from": "沿用 {}",
    "goes on from": "承接 {}",
    "growth of": "{} 的增减",
    "tells more of": "细述 {}",
    "other terms for": "{} 的另一说法",
    "second level of": "由 {} 变到的一级",
    "first level of": "变到 {} 的前一级",
    "what is done to those of": "对 {} 所计之物所做的事",
    "where the measure of": "与 {} 同一指标的另一处",
    "of another kind than": "与 {} 不同类的同一事物",
}
_OF_CLAIM = regex(rf"({'|'.join(_HOW_OF)}) (c\d+)(?: holds too| counts)?")


def claim(reading: Reading, name: str, number: int) -> str:
    """How the claim of that number came to be. Raises `LookupError` when there is none."""
    if not 1 <= number <= len(reading.drafts):
        last = len(reading.drafts)
        there = f"the claims are c1 to c{last}" if last else "no claims were found"
        raise LookupError(f"{name}: there is no claim c{number}; {there}")
    page = _Page(reading, name)
    span = reading.drafts[number - 1].quantity.span
    with using(reading.lexicon):
        lines = [*page.numerals(span), ("", ""), *page.claim(number - 1), ("", ""), *page.sections(span.start)]
        return page.excerpt(span) + page.text(lines)


def place(reading: Reading, name: str, offset: int) -> str:
    """How what stands at an offset of the text came to be. Raises `LookupError` where nothing was read."""
    shadow = reading.shadow
    if not 0 <= offset < len(shadow.original):
        raise LookupError(f"{name}: offset {offset} is outside the text of {len(shadow.original)} characters")
    if any(dropped.start <= offset < dropped.end for dropped in shadow.dropped):
        raise LookupError(f"{name}: at offset {offset} stands a page number, which is left out of the reading")
    page = _Page(reading, name)
    at = max(0, bisect_right(shadow.offsets, offset) - 1)
    with using(reading.lexicon):
        marks = [mark for mark in reading.ledger.marks if _holds(mark.span, at)]
        entries = [entry for entry in reading.ledger.entries if _holds(entry.span, at)]
        blocks = [[*page.at_mark(marks, entries)], *page.claims(at), *page.others(at)]
        found = [line for block in blocks if block for line in (*block, ("", ""))]
        if not found:
            raise LookupError(f"{name}: nothing was read at offset {offset} (“{_shown(shadow.original[offset])}”)")
        here = marks[0].span if marks else entries[0].span if entries else Span(at, at + 1)
        return page.excerpt(here) + page.text([*found, *page.sections(at)])


Line = tuple[str, str]


class _Page:
    """The lines about one place of a reading; a line is a label and what it says."""

    def __init__(self, reading: Reading, name: str) -> None:
        self._reading, self._name = reading, name

    def text(self, lines: Iterable[Line]) -> str:
        """The page as it is printed."""
        return "".join(_aligned(label, _shown(said)) + "\n" for label, said in lines)

    # --- places --------------------------------------------------------------------------------------------------

    def excerpt(self, span: Span) -> str:
        """Where a place is, and its line with the place marked."""
        original, (start, end) = self._reading.shadow.original, self._reading.shadow.origin(span)
        line_start = original.rfind("\n", 0, start) + 1
        line_end = original.find("\n", end)
        line_end = len(original) if line_end < 0 else line_end
        low, high = max(line_start, start - _AROUND), min(line_end, end + _AROUND)
        before, after = "…" if low > line_start else "", "…" if high < line_end else ""
        marked = f"{before}{original[low:start]}⟦{original[start:end]}⟧{original[end:high]}{after}"
        return f"{self._name}:{self._position(start)}\n  {_shown(marked)}\n\n"

    def _position(self, offset: int) -> str:
        """Line, column and offset of a place in the original, counted in code points."""
        original = self._reading.shadow.original
        line_start = original.rfind("\n", 0, offset) + 1
        return f"{original.count(chr(10), 0, offset) + 1}:{offset - line_start + 1} (第{offset}字)"

    def _quoted(self, span: Span) -> str:
        """What stands there, with its place."""
        start = self._reading.shadow.origin(span).start
        return f"「{self._words(span)}」{self._position(start)}"

    def _words(self, span: Span) -> str:
        return self._reading.shadow.text[span.start : span.end].strip("\n")

    # --- the account of numerals ---------------------------------------------------------------------------------

    def at_mark(self, marks: list[Mark], entries: list[Mark]) -> Iterator[Line]:
        """What was read there as a number, a date or a name."""
        if marks or entries:
            yield from self.numerals(marks[0].span if marks else entries[0].span)
        for mark in marks:
            if isinstance(mark.value, Expression):
                yield from self._expression(mark)

    def numerals(self, span: Span) -> Iterator[Line]:
        """The entries of the account that lie in a span, and the readings that lost there."""
        ledger = self._reading.ledger
        for entry in (entry for entry in ledger.entries if entry.span.overlaps(span)):
            yield "数字", f"{self._quoted(entry.span)} {_WHAT[entry.what]}({entry.what}) ← {entry.rule}"
        for mark in (mark for mark in ledger.marks if mark.span.overlaps(span)):
            yield "读作", f"「{self._words(mark.span)}」{_WHAT[mark.what]} ← {mark.rule}"
        for mark in (mark for mark in ledger.lost if mark.span.overlaps(span)):
            yield "落选", f"「{self._words(mark.span)}」{_WHAT[mark.what]} ← {mark.rule}"

    def _expression(self, mark: Mark) -> Iterator[Line]:
        timeline = self._reading.timeline
        period = timeline.resolve(mark)
        told = "管后文" if timeline.governs(mark) else "只作比较或修饰,不管后文"
        yield "时间", f"{_dates(period)} · {_BOUNDS[mark.value.bound]} · {told}"

    # --- claims --------------------------------------------------------------------------------------------------

    def claims(self, at: int) -> Iterator[list[Line]]:
        """The claims whose quantity holds a place."""
        for i, draft in enumerate(self._reading.drafts):
            if _holds(draft.quantity.span, at):
                yield [*self.claim(i)]

    def claim(self, i: int) -> Iterator[Line]:
        """Everything said about one claim, and why."""
        draft = self._reading.drafts[i]
        q = draft.quantity
        yield f"陈述 c{i + 1}", f"「{self._words(q.span)}」= {_amount(q.amount)} · 规则 {q.rule}"
        yield from self._bounds(draft)
        yield "前后文", f"「{self._words(q.lead)}」…「{self._words(q.trail)}」" + (" · 与前项并列" if q.joined else "")
        yield "指标", f"{draft.metric.text} ← {_how(draft.metric.how)}"
        reading = self._reading
        named = [each.metric for each in reading.drafts]
        for other in metrics.candidates(reading.shadow.text, reading.quantities, reading.ties, named, i):
            if other != draft.metric:
                yield "  其他", f"{other.text} ← {_how(other.how)}"
        yield from self._kind(draft)
        yield from self._rest(draft)

    def _bounds(self, draft: Draft) -> Iterator[Line]:
        """The unit's row, the denominator, and the words that bound the amount."""
        q = draft.quantity
        mark = next(mark for mark in self._reading.ledger.marks if mark.span == q.span)
        said = [clue for clue in mark.clues if clue.how.startswith("unit ")]
        yield (
            "单位",
            " ".join(f"词表行 {clue.how.removeprefix('unit ')}" for clue in said)
            or f"{q.amount.unit or '无'} ← {q.rule}",
        )
        for clue in mark.clues:
            if clue.how.startswith("denominator "):
                yield "分母", self._clue(Clue(clue.how.removeprefix("denominator "), clue.span))
        bounds = [
            Clue(c.how.removeprefix("comparator "), c.span) for c in mark.clues if c.how.startswith("comparator ")
        ]
        deciding = next((clue for clue in bounds if clue.how == q.amount.comparator), None)
        yield "界限", self._clue(deciding) if deciding else f"{q.amount.comparator} ← 没有界限词"
        for clue in bounds:
            if clue != deciding:
                yield "  其他", self._clue(clue)

    def _kind(self, draft: Draft) -> Iterator[Line]:
        """The kind, the cue that decided it, and the cues that were heard and lost."""
        judged, q = draft.kind, draft.quantity
        yield "性质", f"{KINDS[judged.kind]}({judged.kind}) ← {_how(judged.how)}"
        if judged.cue:
            yield "  提示词", self._cue(judged.cue)
        cues = Cues("kinds", self._reading.layout)
        for cue in cues.heard_at(q.span.start, since=q.sentence.start):
            if cue != judged.cue:
                yield "  其他", self._cue(cue)

    def _cue(self, cue: Cue) -> str:
        end = self._position(self._reading.shadow.boundary(cue.reach))
        return f"{self._quoted(cue.span)} {cue.row.id}→{cue.row.signal},管到{_REACH[cue.row.reach]}末 {end}"

    def _rest(self, draft: Draft) -> Iterator[Line]:
        """Change, period, place and relations."""
        change, clue = draft.change.change, draft.change.clue
        told = f" ← {self._clue(clue)}" if clue else ""
        if change:
            yield "变化", f"{change.direction} {change.basis or '(未说与何时比)'}{told}"
        else:
            yield "变化", f"无{told}"
        dated = draft.period
        stated = f" {self._quoted(dated.mark.span)}" if dated.mark else ""
        yield "时间", f"{_dates(dated.period)} ← {_how(dated.why)}{stated}"
        place = draft.scope
        yield "范围", f"{place.scope} ← {self._quoted(place.span)}" if place.span else "无"
        yield "属于", f"c{draft.part_of + 1} ← 「其中」" if draft.part_of is not None else "无"
        same = "同指标、同单位的上一个实际数"
        yield "基线", f"c{draft.baseline + 1} ← {same}" if draft.baseline is not None else "无"

    def _clue(self, clue: Clue) -> str:
        return _how(clue.how) + (f" {self._quoted(clue.span)}" if clue.span else "")

    # --- what else stands there ----------------------------------------------------------------------------------

    def others(self, at: int) -> Iterator[list[Line]]:
        """The promise, the citation and the heading that hold a place."""
        reading = self._reading
        for i, promise in enumerate(reading.promises, 1):
            if _holds(promise.span, at):
                who = self._quoted(promise.actor) if promise.actor else reading.header.agency or "无"
                strength = f"{_STRENGTHS[promise.strength]}({promise.strength})"
                yield [(f"承诺 k{i}", self._quoted(promise.span)), ("语气", strength), ("主体", who)]
        for cited in reading.cited:
            if _holds(cited.span, at):
                number = f" · 文号 {self._quoted(cited.number)}" if cited.number else ""
                yield [("引用", f"{self._quoted(cited.title)}{number}")]
        for part in reading.outline.parts:
            if part.heading and _holds(part.heading, at):
                yield [("标题", f"{self._quoted(part.heading)} 第{part.level}级")]

    def sections(self, at: int) -> Iterator[Line]:
        """The sections that hold a place, from the top down, with what gave each its role."""
        parts = {part.id: part for part in self._reading.outline.parts}
        path: list[Part] = []
        part: Part | None = self._reading.outline.part_at(at)
        while part is not None:
            path.insert(0, part)
            part = parts.get(part.parent) if part.parent else None
        for depth, each in enumerate(path):
            title = f" {each.label or ''}{each.title or ''}".rstrip()
            clue = self._clue(each.clue) if each.clue else "随上级"
            yield "" if depth else "章节", f"{each.id}{title} [{ROLES[each.role]}] ← {clue}"


def _holds(span: Span, at: int) -> bool:
    return span.start <= at < span.end


def is_named(how: str) -> bool:
    """Whether a way of settling something has a name in Chinese."""
    return _how(how) != how


def _how(how: str) -> str:
    """How something was settled, in Chinese."""
    if match := _OF_CLAIM.fullmatch(how):
        return _HOW_OF[match[1]].format(match[2])
    if how.startswith("section role "):
        return f"章节作用:{ROLES[how.removeprefix('section role ')]}"
    return _HOW.get(how, how)


def _amount(amount: Amount) -> str:
    """An amount as a record says it."""
    value = _number(amount.value) if amount.value is not None else f"{_number(amount.low)}~{_number(amount.high)}"
    return f"{value} {amount.unit or '(无单位)'} ({amount.dimension})"


def _number(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _dates(period: Period | None) -> str:
    return f"{period.start or ''}…{period.end or ''}" if period else "无"


def _shown(text: str) -> str:
    """Text without what would move the cursor of a terminal."""
    return _CONTROL.sub(" ", text)


def _aligned(label: str, said: str) -> str:
    width = sum(2 if east_asian_width(ch) in "WF" else 1 for ch in label)
    return f"{label}{' ' * max(1, _LABEL - width)}{said}".rstrip() if label or said else ""
