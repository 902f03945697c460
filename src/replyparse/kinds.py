"""Whether an amount is done, planned, laid down or asked for (kind).

Read off in this order: restated requests are `proposed`; a part takes its whole's kind; the nearest cue before the
amount speaks (`data/cues.yaml`); a deadline after the date of signing makes a target; else the section decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from replyparse.cues import Cues
from replyparse.lines import Layout
from replyparse.record import Kind, Period, Role
from replyparse.stated import Stated

#: Where a restated request ends: …的建议, or the answer that begins with the agency itself.
_REQUEST_ENDS = re.compile(r"的(?:建议|意见|问题|诉求|要求|想法|提案|请求|设想|提议)|(?:^|[,。;])(?:经|我[局委厅部办院们市县区镇乡]|目前|该|此|现|因|对此|根据|按照|据)")
_GRANT_AFTER = re.compile(r"(?:左右|以内|以下|以上|的)*(?:标准|比例|幅度)?(?:一次性)?(?:给予|予以|进行|发放|的)?[^,。;\d]{0,6}(?:补助|补贴|奖励|奖补|资助|罚款|贴息|补偿|津贴)(?!资金)")
_STEP_UP = re.compile(r"(?:提高|增加|增长|上升|提升|扩大|发展|上调|上涨|下降|降低|减少|缩短|压减|压缩|缩减|调整|下调|变更?|改|升|降|增|减|延长|拓宽|加宽)+了?(?:到|至|为)")
_BREAK = re.compile(r"[。;]|(?:,|^)(?:但|目前|现)")


class KindReader:
    """Reads the kind of each quantity of one text, in order."""

    def __init__(
        self, layout: Layout, roles: Sequence[Role], parents: dict[int, int], issued_on: dt.date | None
    ) -> None:
        self._layout, self._text = layout, layout.text
        self._roles, self._parents, self._issued_on = roles, parents, issued_on
        self._kinds = Cues("kinds", layout)
        self._requests = Cues("requests", layout)

    def read_all(self, quantities: Sequence[Stated], metrics: Sequence[str], periods: Sequence[Period | None]) -> list[Kind]:
        """The kinds, in order; the A of 由A提高到B is settled by its B."""
        kinds: list[Kind] = []
        for i, quantity in enumerate(quantities):
            kinds.append(self._read(i, quantity, metrics[i], periods[i], kinds, quantities))
        for i in range(len(quantities) - 1):
            a, b = quantities[i], quantities[i + 1]
            if a.sentence == b.sentence and _STEP_UP.search(self._text, a.span.end, b.span.start) and b.span.start - a.span.end < 24:
                if kinds[i + 1] == "target" and kinds[i] == "target":
                    kinds[i] = "actual"
                elif kinds[i + 1] in {"standard", "proposed"}:
                    kinds[i] = kinds[i + 1]
        return kinds

    def _read(
        self, i: int, q: Stated, metric: str, period: Period | None, earlier: list[Kind], quantities: Sequence[Stated]
    ) -> Kind:
        if self._is_requested(q):
            return "proposed"
        if i in self._parents:
            whole = earlier[self._parents[i]]
            if not self._own_rule(q) or whole == "standard":
                return whole
        if "缺口" in metric or "欠" in metric:
            return "actual"
        if q.joined and i:
            return earlier[i - 1]
        if self._is_granted(q, metric):
            return "standard"
        if self._continues_rule(i, q, earlier, quantities):
            return "standard"
        signal = self._signal(q)
        if signal is not None:
            return signal
        if self._is_due(q, period):
            return "target"
        return "target" if self._roles[i] == "next_steps" else "actual"

    def _is_requested(self, q: Stated) -> bool:
        """Whether the amount stands in a restated request that has not ended before it."""
        for cue in self._requests.heard_at(q.span.start, since=q.sentence.start):
            if not _REQUEST_ENDS.search(self._text, cue.span.end, q.span.start):
                if cue.row.id == "about" and self._roles_are_heading(q):
                    return False
                return True
        return False

    def _roles_are_heading(self, q: Stated) -> bool:
        return False

    def _own_rule(self, q: Stated) -> bool:
        return any(cue.row.id == "rule" for cue in self._kinds.heard_at(q.span.start, since=q.floor))

    def _is_granted(self, q: Stated, metric: str) -> bool:
        """Whether money or a rate is laid down: a rule's cue before it, or the grant's name after it."""
        if q.amount.dimension not in {"money", "ratio", "duration", "count", "other", "length", "area"}:
            return False
        heard = self._kinds.heard_at(q.span.start, since=q.clause.start)
        rule = next((cue for cue in heard if cue.row.id == "rule"), None)
        if q.amount.dimension in {"money", "ratio"} and _GRANT_AFTER.match(self._text, q.span.end):
            return not any(cue.row.id == "paid" for cue in heard)
        if rule is None:
            return False
        nearest = heard[0].row.id
        if nearest == "paid":
            return False
        return q.amount.dimension in {"money", "ratio"} or re.search(r"不得|原则上|应|须|要求", rule.row.pattern and self._text[rule.span.start : rule.span.end]) is not None

    def _continues_rule(self, i: int, q: Stated, earlier: list[Kind], quantities: Sequence[Stated]) -> bool:
        """A ceiling or a supplement right after a rule in the same sentence belongs to it: …,单家企业累计不超过50万元."""
        if not i or earlier[i - 1] != "standard" or quantities[i - 1].sentence != q.sentence:
            return False
        lead = self._text[q.clause.start : q.span.start]
        return q.amount.comparator in {"le", "ge"} and q.amount.dimension == "money" or lead.startswith("对")

    def _signal(self, q: Stated) -> Kind | None:
        heard = self._kinds.heard_at(q.span.start, since=q.sentence.start)
        for cue in heard:
            if cue.row.signal in {"target", "actual"}:
                return "target" if cue.row.signal == "target" else "actual"
        return None

    def _is_due(self, q: Stated, period: Period | None) -> bool:
        """Whether the period ends in a year after the signing."""
        if period is None or period.end is None or self._issued_on is None:
            return False
        return period.end.year > self._issued_on.year
