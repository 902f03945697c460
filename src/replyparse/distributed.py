"""Names of amounts told apart by 分别: 甲、乙分别为31个、45个, or in the order in which they were told before."""

from __future__ import annotations

from collections.abc import Sequence

from replyparse.around import shaped, without_comparison
from replyparse.beside import CHANGE
from replyparse.carried import MEMORY, Carried
from replyparse.heads import is_modifier, with_shared_head
from replyparse.nounphrase import ending, led_by, strip_reach
from replyparse.patterns import regex
from replyparse.stated import Named, Stated, Ties
from replyparse.wordclass import nouns, verbs

_LISTED = regex("[、和与]|(?<![惠普波白])及(?![^、和与]*等)")
_EACH = regex(r"(?:分别|依次)(?!.*(?:分别|依次))")
_MAINLY = regex("以(?P<what>[\u4e00-\u9fff、和]{3,20})为主,?$")
_ALL_DO = regex(
    "(?:^|[,;])(?P<who>[\u4e00-\u9fff]{2,8}(?:[、和与][\u4e00-\u9fff]{2,12})+?)(?:连续|均|都|双|保持|持续|稳步|实现|继续)[^,;]*,"
    "[^,;]*$"
)
_RATE = regex("[\u4e00-\u9fff]{1,2}率$")


class Distributed(Carried):
    """Adds the names that the members of one list take from a list of names."""

    def __init__(self, text: str, quantities: Sequence[Stated], ties: Ties) -> None:
        super().__init__(text, quantities, ties)
        self._lists = _lists(quantities)

    def _list_of(self, i: int) -> range:
        """The indices of the list of joined amounts that `i` belongs to."""
        return self._lists[i]

    def _distributed(self, i: int) -> Named | None:
        """One member of a 分别 list: 甲、乙分别为31个、45个; without its own list, of the amounts named before."""
        members = self._list_of(i)
        head = self._quantities[members[0]]
        lead = self._text[head.clause.start : head.span.start]
        shared = _EACH.search(lead)
        if shared is None or len(members) < 2:
            return None
        prefix, middle = lead[: shared.start()], lead[shared.end() :]
        subject, share, whole = without_comparison(strip_reach(prefix)).partition("占")
        first, *others = _LISTED.split(subject)[-len(members) :]
        parts = [led_by(first), *(ending(part, is_subject=True) for part in others)]
        conjuncts = parts if all(parts) and len(parts) == len(members) else _conjuncts(led_by(subject))
        if (bears := strip_reach(middle)) in verbs("paying") and len(conjuncts) == len(members):
            who = conjuncts[members.index(i)].rpartition("由")[2]
            return Named(who + bears, "who of those that pay")
        between = led_by(without_comparison(shaped(CHANGE).sub("", middle)))
        if between and (head.amount.dimension != "ratio" or len(conjuncts) != len(members)):
            return None
        if not conjuncts and (mainly := _MAINLY.search(self._text, head.sentence.start, head.clause.start)):
            conjuncts = _conjuncts(mainly["what"])  # 以黄精、白及为主,分别为7400亩、5200亩
        if not conjuncts and (all_do := _ALL_DO.search(self._text, head.sentence.start, head.clause.start)):
            conjuncts = _conjuncts(all_do["who"])  # 化肥、农药使用量连续五年负增长,分别减少12%和15%
        if len(conjuncts) == 1 and conjuncts[0] not in nouns("bare", "payers", "divisions"):
            return Named(conjuncts[0], "what a 分别 list measures")
        if len(conjuncts) != len(members):
            first = max(0, members[0] - MEMORY)
            # 60.2%、64.9%,分别提高1.3个和5.2个百分点; 不低于50%、20%,我县分别为52%、11%
            of_rates = head.amount.unit == "个百分点" or not strip_reach(middle)
            of_rates &= head.is_share or head.amount.unit == "个百分点"
            levels = [n for n in range(first, members[0]) if self._quantities[n].is_share == of_rates]
            told = [self.named[n].text for n in levels if self._quantities[n].sentence == head.sentence]
            conjuncts = told[-len(members) :]
        else:
            conjuncts = self._of_rate(members[0], self._of_counted(members[0], with_shared_head(conjuncts)))
        if len(conjuncts) != len(members):
            return None
        return Named(conjuncts[members.index(i)] + share + whole, "member of a 分别 list")

    def _of_counted(self, first: int, conjuncts: list[str]) -> list[str]:
        """Kinds of what was counted right before them: 绿色矿山503座,国家级、省级分别为67座和436座."""
        q, before = self._quantities[first], self._quantities[first - 1] if first else None
        told = before is not None and before.sentence == q.sentence and before.amount.unit == q.amount.unit
        if not told or q.amount.dimension != "count" or not all(map(is_modifier, conjuncts)):
            return conjuncts
        return [c + self.named[first - 1].text for c in conjuncts]

    def _of_rate(self, first: int, conjuncts: list[str]) -> list[str]:
        """Groups that share the rate of their whole: 近视率50%,其中小学、初中分别为36%和68%."""
        parent = self._ties.parents.get(first)
        rate = _RATE.search(self.named[parent].text) if parent is not None else None
        return [c if c.endswith("率") else c + rate.group() for c in conjuncts] if rate else conjuncts


def _conjuncts(phrase: str) -> list[str]:
    return [part for part in _LISTED.split(phrase) if part]


def _lists(quantities: Sequence[Stated]) -> list[range]:
    """For each quantity the range of indices of the list of joined amounts that it belongs to."""
    starts = [i for i, q in enumerate(quantities) if not q.joined]
    ends = [*starts[1:], len(quantities)] if starts else []
    return [range(a, b) for a, b in zip(starts, ends, strict=True) for _ in range(a, b)]
