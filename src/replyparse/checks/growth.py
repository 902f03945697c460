"""Two levels with the growth between them: 由A增至B,增长C%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from replyparse.checks.amounts import Amount, all_exact
from replyparse.checks.reply import before, stretch
from replyparse.patterns import regex
from replyparse.record import ReplyRecord

_UP = "增加|增长|提高|提升|上升|增|升|扩大|扩"
_DOWN = "下降|降低|减少|压减|压缩|缩短|降|减"
_FROM = regex(r"(?:由|从)[^,。;]*$")
_STEP = regex(
    rf"(?:左右)?[^,。;、\d]{{0,6}}?(?:{_UP}|{_DOWN})(?:到|至|为|成)了?(?:20\d\d年(?:底|末)?的?|去年的?|今年的?|现在的|目前的)?"
)
_GROWTH = regex(rf"[,(](?P<basis>[^,。;、\d]{{0,4}}?)(?P<verb>增幅|降幅|增长率|{_UP}|{_DOWN})(?:了|达到|达|为)*")
#: The growth is that of a year or of another base, not the one between the two levels.
_OTHER_BASE = regex(r"同比|环比|年均|月均|平均|每年|累计")
_SLIP = Decimal(10**4)


class Growth(NamedTuple):
    """A first and a second level of one unit, and the percentage stated for the way between them."""

    start: Amount
    end: Amount
    stated: Amount
    verb: str

    def follows(self, factor: Decimal = Decimal(1)) -> bool:
        """Whether the percentage is right, `end` times `factor` and every rounding of the three considered."""
        lowest = self._change(self.start.value + self.start.slack, (self.end.value - self.end.slack) * factor)
        highest = self._change(self.start.value - self.start.slack, (self.end.value + self.end.slack) * factor)
        low, high = sorted((abs(lowest), abs(highest)))
        # A full step on either side: many round down instead of to the nearest.
        return low - self.stated.step <= self.stated.value <= high + self.stated.step

    def actual(self) -> Decimal:
        """The percentage that the two levels make."""
        return abs(self._change(self.start.value, self.end.value))

    def slipped(self) -> bool:
        """Whether the percentage becomes right once the second level is told in the next unit."""
        return not self.follows() and (self.follows(_SLIP) or self.follows(1 / _SLIP))

    def claims(self) -> list[str]:
        """The ids of the three claims."""
        return [self.start.claim.id, self.end.claim.id, self.stated.claim.id]

    @staticmethod
    def _change(start: Decimal, end: Decimal) -> Decimal:
        return (end - start) / start * 100 if start > 0 else Decimal(0)


def find(record: ReplyRecord) -> Iterator[Growth]:
    """Every such step with its growth, in text order."""
    for start, end, stated in zip(record.claims, record.claims[1:], record.claims[2:], strict=False):
        if stated.unit != "%" or start.unit != end.unit or start.dimension == "ratio":
            continue
        growth = _GROWTH.fullmatch(stretch(record, end.span.end, stated.span.start))
        if growth is None or _OTHER_BASE.search(growth["basis"]):
            continue
        step = _STEP.fullmatch(stretch(record, start.span.end, end.span.start))
        if step is None or not _FROM.search(before(record, start.span.start)):
            continue
        amounts = all_exact(record, (start, end, stated))
        if amounts and amounts[0].value > 0:
            yield Growth(amounts[0], amounts[1], amounts[2], growth["verb"])
