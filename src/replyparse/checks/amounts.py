"""Amounts as they were printed: exact, with what their rounding leaves open, and written the way the reply writes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from replyparse.checks.reply import printed
from replyparse.patterns import regex
from replyparse.record import Claim, ReplyRecord

_FIGURE = regex(r"\d[\d,]*(?:\.(?P<decimals>\d+))?(?P<scale>[十百千万亿]*)")
_SCALES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "亿": Decimal(10**8)}


class Amount(NamedTuple):
    """A stated amount in its base unit; `step` is what one more in its last printed digit is worth.

    `scale` is what the figure is told in: 万 in 1.4万家, '' in 164家.
    """

    claim: Claim
    value: Decimal
    step: Decimal
    scale: str

    @property
    def slack(self) -> Decimal:
        """How far the true amount may lie from the printed one: half a step, nothing for a count in full."""
        counted = self.claim.dimension in {"count", "rank"} and self.step == 1
        return Decimal(0) if counted else self.step / 2


def exact(record: ReplyRecord, claim: Claim) -> Amount | None:
    """The amount of a claim; None for a range and for what is only bounded or approximate."""
    if claim.value is None or claim.comparator != "eq":
        return None
    figure = _FIGURE.match(printed(record, claim.span).removeprefix("第"))
    if figure is None:  # in Chinese numerals, which are not rounded by digits
        return Amount(claim, Decimal(str(claim.value)), Decimal(1), "")
    decimals, scale = len(figure["decimals"] or ""), figure["scale"]
    return Amount(claim, Decimal(str(claim.value)), worth(scale) / Decimal(10) ** decimals, scale)


def all_exact(record: ReplyRecord, claims: Iterable[Claim]) -> list[Amount] | None:
    """The amounts of all claims, None unless each is exact."""
    amounts = [exact(record, claim) for claim in claims]
    return [amount for amount in amounts if amount] if all(amounts) else None


def worth(scale: str) -> Decimal:
    """How many ones a scale is worth: 万 10000."""
    value = Decimal(1)
    for character in scale:
        value *= _SCALES[character]
    return value


def told(value: Decimal, like: Amount) -> str:
    """An amount written as another one is: "158 家", "1.2 亿元"."""
    number = (value / worth(like.scale)).normalize()
    unit = like.claim.unit or ""
    return f"{number:f}{' ' if unit != '%' else ''}{like.scale}{unit}".rstrip()


def figure(value: Decimal, places: int = 1) -> str:
    """A computed number for a message: 42.857 → "42.9"."""
    rounded = value.quantize(Decimal(1).scaleb(-places)).normalize()
    return f"{rounded:f}"
