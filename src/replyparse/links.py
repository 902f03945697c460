"""Relations between claims: which amount is a part of which (其中), and where a target starts from (baseline)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replyparse.record import Kind
from replyparse.stated import Stated

_CHAIN = re.compile(r"(?:左右|以上|以下|\([^)]{0,20}\))?(?:、|,(?=[^,。;]{1,5}$))[^,。;]*")


def parts(text: str, quantities: Sequence[Stated]) -> dict[int, int]:
    """For each quantity that a 其中 makes a part, the index of its whole."""
    wholes: dict[int, int] = {}
    for i, q in enumerate(quantities):
        if i == 0:
            continue
        before = quantities[i - 1]
        marker = text.rfind("其中", max(q.sentence.start, q.clause.start - 8), q.span.start)
        if marker >= 0 and before.span.end <= marker and not re.search(r"[。;]", text[marker : q.span.start]):
            whole = _whole(quantities, i)
            if whole is not None:
                wholes[i] = whole
        elif i - 1 in wholes and before.sentence == q.sentence and before.amount.unit == q.amount.unit:
            if _CHAIN.fullmatch(text, before.span.end, q.span.start):
                wholes[i] = wholes[i - 1]
    return wholes


def _whole(quantities: Sequence[Stated], i: int) -> int | None:
    """The amount that a 其中 part belongs to: the nearest before it in its unit, else the nearest of its dimension."""
    q = quantities[i]
    near = [n for n in range(i - 1, max(-1, i - 6), -1) if quantities[n].line == q.line]
    for n in near:
        if quantities[n].amount.unit == q.amount.unit and quantities[n].amount.dimension == q.amount.dimension:
            return n
    in_sentence = [n for n in near if quantities[n].sentence == q.sentence]
    return next((n for n in in_sentence if quantities[n].amount.dimension == q.amount.dimension), None)


def baselines(quantities: Sequence[Stated], metrics: Sequence[str], kinds: Sequence[Kind]) -> dict[int, int]:
    """For each target, the last actual amount of the same metric and unit stated before it."""
    found: dict[int, int] = {}
    latest: dict[tuple[str, str | None], int] = {}
    for i, q in enumerate(quantities):
        key = (metrics[i], q.amount.unit)
        if kinds[i] == "actual":
            latest[key] = i
        elif kinds[i] == "target" and key in latest:
            found[i] = latest[key]
    return found
