"""Lists whose parts have a stated total: …164家,其中国家级16家、省级62家、市级86家.

A list is read off where it stands right beside its total; only then is it certain which amount the parts are of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from replyparse.checks.amounts import Amount, all_exact, exact
from replyparse.checks.reply import after, before, stretch
from replyparse.patterns import regex
from replyparse.record import Claim, ReplyRecord

#: Between a total and the first of its parts: 164家,其中国家级…
_OPENS = regex(r"[,(:;]?其中[,:]?(?P<label>[^,。;、]*)")
_OPENS_DISTINCT = regex(r"[,(:;]?(?:其中)?(?P<label>[^,。;]{0,20})(?:分别|依次)(?:为|是|有|达|占)*")
#: Between two parts: 、省级
_JOINS = regex(r"\)?(?P<mark>[、,;]|[和及与])(?P<label>[^,。;、\d]{0,14})")
#: Between the last part and a total behind the list: ,共计
_CLOSES = regex(r"[,;、]?(?:以上|[两三四五六]项|[两三四五六]类)?(?:共计|合计|总计|总共|合共)(?:为|达)*[^,。;、\d]{0,6}")
_OPEN_END = regex(r"[)]?等")
_REST = regex(r"其余|其他|其它|另外|剩余|剩下|余下")
#: Sets that leave nothing out, as their members are named in lists; all of a set must be there.
_SETS = tuple(
    tuple(map(regex, members))
    for members in (
        ("男", "女"),
        ("城镇|城市|城区|市区", "农村|乡村|镇村"),
        ("公办|公立", "(?<!普惠)(?<!普惠性)民办|民营|私立"),
        ("进口", "出口"),
        ("线上", "线下"),
        ("国内|境内", "国外|境外"),
        ("上半年", "下半年"),
        ("国家级|国家", "省级|自治区级", "市级|州级"),
        ("一级", "二级", "三级"),
        ("一等", "二等", "三等"),
        ("A类|A级", "B类|B级", "C类|C级"),
        ("小型", "中型", "大型"),
        ("小学", "初中", "高中"),
        ("国有", "民营|私营", "外资|港澳台"),
        ("一产|第一产业", "二产|第二产业", "三产|第三产业"),
    )
)
#: Who bears what part of a cost: the bearers bear all of it.
_BORNE = regex(r"承担|负担|分担")
#: Of these nothing can be summed: they are averages, rates, prices or bounds.
_NO_SUM = regex(r"均|率|价|最高|最低|浓度|增幅|降幅|比重")
#: A part that is named longer than this, or as a quantity of its own (其中上线人数984人), may be of another whole.
_SHORT = 8
_COUNTED = ("数", "数量", "总量", "额")
#: No longer list is looked at: the work for one grows with the square of its length.
_MOST = 50
#: How many times too large an amount is that was told in the next larger unit (亿 for 万).
_SLIP = Decimal(10**4)


class Parts(NamedTuple):
    """A total with its parts, all exact and of one unit; `complete` says that the list leaves nothing out.

    `alike` says that the parts are named as members of one series (国家级, 省级), so that they do not overlap.
    """

    whole: Amount
    parts: tuple[Amount, ...]
    complete: bool
    alike: bool

    @property
    def sum(self) -> Decimal:
        """What the parts make together."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def slack(self) -> Decimal:
        """By how much rounding alone can part the sum from the total."""
        return self.whole.slack + sum((part.slack for part in self.parts), Decimal(0))

    def slip(self) -> Amount | None:
        """The amount that was told in the wrong unit: put right, and it alone, the list adds up."""
        for part in self.parts:
            for right in (part.value * _SLIP, part.value / _SLIP):
                others = self.sum - part.value
                # Where the others alone make the total, a part next to nothing proves nothing.
                needed = abs(others - self.whole.value) > self.slack
                if self.complete and needed and abs(others + right - self.whole.value) <= self.slack:
                    return part
            if part.value >= self.whole.value * 1000 and part.value / _SLIP <= self.whole.value:
                return part
        return self.whole if self.complete and self._whole_slipped() else None

    def _whole_slipped(self) -> bool:
        return any(
            abs(self.sum - right) <= self.slack for right in (self.whole.value * _SLIP, self.whole.value / _SLIP)
        )

    def claims(self) -> list[str]:
        """The ids of the total and its parts."""
        return [self.whole.claim.id, *(part.claim.id for part in self.parts)]


def find(record: ReplyRecord) -> Iterator[Parts]:
    """Every list beside its total, in text order."""
    claims = record.claims
    at = 0
    while at < len(claims):
        end, found = _behind_total(record, at)
        if found is None:
            end, found = _before_total(record, at)
        if found:
            yield found
        at = max(end, at + 1)


def _behind_total(record: ReplyRecord, at: int) -> tuple[int, Parts | None]:
    """The parts that follow claim `at`, and the index behind them."""
    claims = record.claims
    if at + 1 >= len(claims) or not _summable(claims[at], claims[at + 1]):
        return at, None
    gap = stretch(record, claims[at].span.end, claims[at + 1].span.start)
    distinct = _OPENS_DISTINCT.fullmatch(gap)
    opens = distinct or _OPENS.fullmatch(gap)
    if opens is None:
        return at, None
    end, labels = _chain(record, at + 1)
    if distinct and not labels:
        return at, None
    labels = [opens["label"], *labels]
    rest = _OPEN_END.match(after(record, claims[end - 1].span.end)) is None
    complete = rest and (distinct is not None or _leaves_nothing_out(record, claims[at], labels))
    return end, _parts(record, claims[at], claims[at + 1 : end], labels, complete=complete)


def _before_total(record: ReplyRecord, at: int) -> tuple[int, Parts | None]:
    """The list that begins with claim `at` and is followed by its total."""
    claims = record.claims
    end, labels = _chain(record, at)
    if end - at < 2 or end >= len(claims) or not _summable(claims[end], claims[end - 1]):
        return end - 1, None  # from any of its amounts the list ends here; the last may be the total of another
    if not _CLOSES.fullmatch(stretch(record, claims[end - 1].span.end, claims[end].span.start)):
        return end - 1, None
    # Where the list begins is not said: any of its ends that makes the total is as good.
    for start in range(at, end - 1):
        shorter = _parts(record, claims[end], claims[start:end], labels, complete=True)
        if shorter is None or abs(shorter.sum - shorter.whole.value) <= shorter.slack:
            return end, None
    found = _parts(record, claims[end], claims[at:end], labels, complete=True)
    # Nor need it stand together: a long part may be told before, with words of its own.
    apart = [amount for claim in claims[max(0, at - _MOST) : at] if (amount := _beside(record, claim, claims[end]))]
    if found and any(abs(found.sum + amount.value - found.whole.value) <= found.slack for amount in apart):
        return end, None
    return end, found


def _beside(record: ReplyRecord, claim: Claim, whole: Claim) -> Amount | None:
    """The amount of a claim that stands in the sentence of a total, in its unit."""
    return exact(record, claim) if claim.sentence == whole.sentence and claim.unit == whole.unit else None


def _chain(record: ReplyRecord, at: int) -> tuple[int, list[str]]:
    """How far a list goes that begins with claim `at`, and what names each amount after the first."""
    claims, labels = record.claims, list[str]()
    mark = ""
    for earlier, claim in pairwise(claims[at : at + _MOST]):
        if not _summable(earlier, claim):
            break
        joins = _JOINS.fullmatch(stretch(record, earlier.span.end, claim.span.start))
        if joins is None or _CLOSES.fullmatch(joins[0]):
            break
        if mark and joins["mark"] in "、,;" and joins["mark"] != mark and not _REST.match(joins["label"]):
            break  # another list, or what is said of the last part
        mark = joins["mark"]
        labels.append(joins["label"])
    return at + 1 + len(labels), labels


def _summable(one: Claim, other: Claim) -> bool:
    alike = one.unit == other.unit and one.dimension == other.dimension and one.kind == other.kind
    additive = one.dimension not in {"ratio", "rank", "temperature", "duration"}
    plain = not one.change and not other.change and not _NO_SUM.search(one.metric)
    return alike and additive and plain


def _parts(
    record: ReplyRecord, whole: Claim, parts: Sequence[Claim], labels: Sequence[str], *, complete: bool
) -> Parts | None:
    amounts = all_exact(record, [whole, *parts])
    if amounts is None:
        return None
    return Parts(amounts[0], tuple(amounts[1:]), complete, complete or _is_series(labels))


def _leaves_nothing_out(record: ReplyRecord, whole: Claim, labels: Sequence[str]) -> bool:
    """Whether the parts named by `labels` are all that there are."""
    if len(labels) < 2:
        return False
    named = before(record, whole.span.start)  # 石窟寺及摩崖造像6127处,其中石窟寺…、摩崖造像…
    return (
        _REST.search(labels[-1]) is not None
        or is_set(labels)
        or all(map(_BORNE.search, labels))
        or all(len(label) > 1 and label in named for label in labels)
    )


def is_set(labels: Sequence[str]) -> bool:
    """Whether the names of the parts are all members of a set that leaves nothing out."""
    return any(
        len(labels) >= len(members) and all(any(member.search(label) for label in labels) for member in members)
        for members in _SETS
    )


def _is_series(labels: Sequence[str]) -> bool:
    """Whether the names are of one series: they end alike (国家级, 省级); a single one must name no other thing."""
    if len(labels) == 1:
        return len(labels[0]) <= _SHORT and not labels[0].endswith(_COUNTED)
    ends = {label[-1:] for label in labels}
    return len(ends) == 1 and len(set(labels)) == len(labels) and ends != {""}
