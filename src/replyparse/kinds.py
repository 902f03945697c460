"""Whether an amount is done, planned, laid down or asked for (kind).

Read off in this order: restated requests are `proposed`; a part takes its whole's kind; the nearest cue before the
amount speaks (`data/cues.yaml`); a deadline after the date of signing makes a target; else the section decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from replyparse.cues import Cue, Cues
from replyparse.lines import Layout
from replyparse.record import Kind, Period, Role
from replyparse.requests import Requests
from replyparse.stated import Stated
from replyparse.wordlists import pattern

_GRANT_BEHIND = (
    r"(?:左右|以内|以下|以上|的)*(?:标准(?:执行|收取|[,。;])|(?:标准|比例|幅度|税率|费率|额度)?(?:一次性)?"
    r"(?:给予|予以|进行|发放|的)?[^,。;\d]{0,6}@grants@(?!资金))"
)
_PRICED = r"(?<!造)@prices@$"


class KindReader:
    """Reads the kind of each quantity of one text, in order."""

    def __init__(
        self,
        layout: Layout,
        requests: Requests,
        roles: Sequence[Role],
        parents: dict[int, int],
        steps: dict[int, int],
        issued_on: dt.date | None,
    ) -> None:
        self._text, self._requests, self._kinds = layout.text, requests, Cues("kinds", layout)
        self._roles, self._parents, self._steps, self._issued_on = roles, parents, steps, issued_on

    def read_all(
        self,
        quantities: Sequence[Stated],
        metrics: Sequence[str],
        periods: Sequence[Period | None],
        dated_at: Sequence[int],
    ) -> list[Kind]:
        """The kinds, in order; the A of 由A提高到B is settled by its B. `dated_at` says where each period is stated."""
        kinds: list[Kind] = []
        for i, quantity in enumerate(quantities):
            kinds.append(self._read(i, quantity, metrics[i], (periods[i], dated_at[i]), kinds, quantities))
        for b, a in self._steps.items():
            if kinds[b] in {"standard", "proposed"}:
                kinds[a] = kinds[b]
            elif kinds[a] in {"standard", "proposed"}:
                kinds[b] = kinds[a]
            elif kinds[b] == "target":
                kinds[a] = "actual"
        return kinds

    def _read(
        self,
        i: int,
        q: Stated,
        metric: str,
        dated: tuple[Period | None, int],
        earlier: list[Kind],
        quantities: Sequence[Stated],
    ) -> Kind:
        if self._requests.hold_at(q.span.start):
            return "proposed"
        if i in self._parents:
            whole = earlier[self._parents[i]]
            if not self._own_rule(q) or whole == "standard":
                return whole
        if pattern("kinds", "@lacking@").search(metric):
            return "actual"
        if q.joined and i:
            return earlier[i - 1]
        if self._is_granted(q) or self._is_price(q, metric) or self._continues_rule(i, q, earlier, quantities):
            return "standard"
        signal = self._signal(q, dated)
        if signal is not None:
            return signal
        if self._is_due(dated[0]):
            return "target"
        return "target" if self._roles[i] == "next_steps" else "actual"

    def _own_rule(self, q: Stated) -> bool:
        return any(cue.row.id == "rule" for cue in self._kinds.heard_at(q.span.start, since=q.lead.start))

    def _is_granted(self, q: Stated) -> bool:
        """Whether money or a rate is laid down: a rule's cue before it, or the grant's name after it."""
        if q.amount.dimension == "rank":
            return False
        heard = self._kinds.heard_at(q.span.start, since=q.clause.start)
        if self._text[: q.span.start].rstrip().endswith(("计", "合计", "共计")):
            return False  # 按每公里60万元计468万元: what a rate comes to is no rate
        deciding = next((cue for cue in heard if cue.row.id in {"rule", "paid", "offer"}), None)
        if q.amount.dimension in {"money", "ratio"} and pattern("kinds", _GRANT_BEHIND).match(self._text, q.span.end):
            return deciding is None or deciding.row.id == "rule"
        if deciding is None or deciding.row.id != "rule":
            return False
        said = self._text[deciding.span.start : deciding.span.end]
        return q.amount.dimension in {"money", "ratio"} or pattern("kinds", "@demands@").match(said) is not None

    def _continues_rule(self, i: int, q: Stated, earlier: list[Kind], quantities: Sequence[Stated]) -> bool:
        """A ceiling or supplement right after a rule in its sentence belongs to it: …,单家企业累计不超过50万元."""
        if not i or earlier[i - 1] != "standard" or quantities[i - 1].sentence != q.sentence:
            return False
        lead = self._text[q.clause.start : q.span.start]
        return (q.amount.comparator == "le" and q.amount.dimension == "money") or lead.startswith("对")

    def _is_price(self, q: Stated, metric: str) -> bool:
        """Whether money per time or thing is what someone charges (停车费每月100元), not an average found (平均房价)."""
        is_rate = q.amount.dimension == "money" and "/" in (q.amount.unit or "")
        averaged = "均" in self._text[q.clause.start : q.span.start]
        return is_rate and not averaged and pattern("kinds", _PRICED).search(metric) is not None

    def _signal(self, q: Stated, dated: tuple[Period | None, int]) -> Kind | None:
        """What the nearest cue says; a past time stated behind a cue for plans tells that the plan is not meant."""
        period, at = dated
        over = period is not None and period.end is not None and self._issued_on and period.end < self._issued_on
        heard = self._kinds.heard_at(q.span.start, since=q.sentence.start)
        for cue in heard:
            if cue.row.id == "deadline" and self._is_past(cue):
                return "actual"
            if over and cue.row.signal == "target" and at > cue.span.start:
                return "actual"
            if cue.row.id != "paid" and cue.row.signal in {"target", "actual"}:
                return "target" if cue.row.signal == "target" else "actual"
        return None

    def _is_past(self, cue: Cue) -> bool:
        """Whether a date that looks like a deadline lies before the signing: 到2022年底,全县共有…."""
        year = re.search(r"(?:19|20)\d{2}", self._text[cue.span.start : cue.span.end])
        return year is not None and self._issued_on is not None and int(year.group()) < self._issued_on.year

    def _is_due(self, period: Period | None) -> bool:
        """Whether the period ends in a year after the signing."""
        if period is None or period.end is None or self._issued_on is None:
            return False
        return period.end.year > self._issued_on.year
