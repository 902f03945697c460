"""Relations between claims: which amount is a part of which (其中), and where a target starts from (baseline)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from replyparse.patterns import regex
from replyparse.record import Kind
from replyparse.stated import Stated
from replyparse.wordlists import pattern

_CHAIN = regex(r"(?:左右|以上|以下|\([^)]{0,20}\))?(?:、|,(?=[^,。;较比同增减]{1,5}$))[^,。;]*")
#: 基地9个(市级2个、县级7个): the parts of a count in the bracket behind it.
_BRACKETED = regex(
    r"[(](?:其中:?)?(?!总|累计|合计|共)(?:[一二三四五六甲乙丙]级|[^(),。;\d一二两三四五六七八九十]{1,8})"
)
#: 资金1.38亿元(中央5200万元、省级4600万元): the parts of a sum by those who pay them.
_SHARED_OUT = regex(
    r"[(](?:其中:?)?(?:中央|国家|地方|各级|[省市州县区镇]){1,2}(?:级|本级)?(?:财政|配套|补助|资金|预算|安排|承担|投入|出资){0,2}(?:约|近)?"
)
_RAISED = regex(r"(?:放宽|提高|增加|调整|调|上调|提|涨|增|恢复|降|降低|下调)[到至为]$")
#: A step from one level to another: 由20个工作日压减到7个工作日. Nothing but the verb and the second level's own date
#: may stand between the two amounts.
_STEP = (
    r"(?:左右|以上|以下|以内)?[^,。;、\d]{0,4}?@step@+了?(?:到|至|为|成)了?[^,。;、\d]{0,10}"
    r"(?:(?:20\d\d|今|去|上|前|当)年(?:底|末)?的?)?(?:约|近|每[^,。;、\d]{1,3}|超过|不超过|不低于|\d{1,2}月底?的?|[到至]){0,3}"
)


def steps(text: str, quantities: Sequence[Stated]) -> dict[int, int]:
    """For each second level of a step (由A提高到B), the index of the first."""
    found: dict[int, int] = {}
    for i in range(1, len(quantities)):
        a, b = quantities[i - 1], quantities[i]
        alike = a.sentence == b.sentence and a.amount.dimension == b.amount.dimension
        if alike and pattern("changes", _STEP).fullmatch(text, a.span.end, b.span.start):
            found |= _step_by_step(quantities, i)
    return found


def _step_by_step(quantities: Sequence[Stated], i: int) -> dict[int, int]:
    """The second level at `i` with its first, member by member where both are lists: 由A、B分别缩短至C、D."""
    first = i - 1
    while first > 0 and quantities[first].joined:
        first -= 1
    last = i
    while last + 1 < len(quantities) and quantities[last + 1].joined:
        last += 1
    members = i - first
    if members > 1 and last - i + 1 == members:
        return {i + n: first + n for n in range(members)}
    return {i: i - 1}


def parts(text: str, quantities: Sequence[Stated]) -> dict[int, int]:
    """For each quantity that a 其中 makes a part, the index of its whole."""
    wholes: dict[int, int] = {}
    for i, q in enumerate(quantities):
        if i == 0:
            continue
        before = quantities[i - 1]
        marker = text.rfind("其中", max(q.sentence.start, q.clause.start - 8), q.span.start)
        heads_relative = text[q.lead.start : q.span.start] == "的"  # 其中学生不足10人的9所
        if marker >= 0 and (before.span.end <= marker or heads_relative) and ";" not in text[marker : q.span.start]:
            whole = _whole(quantities, i, marker)
            if whole is not None:
                wholes[i] = whole
        elif before.amount.unit == q.amount.unit and _in_bracket(text, before, q):
            wholes[i] = i - 1
        elif i - 1 in wholes and before.sentence == q.sentence and _alike(before, q):
            chained = _CHAIN.fullmatch(text, before.span.end, q.span.start)
            wholes |= {i: wholes[i - 1]} if chained else {}
    return wholes


def _in_bracket(text: str, before: Stated, q: Stated) -> bool:
    """Whether an amount opens the bracket that tells of what parts the one before it consists."""
    shape = {"count": _BRACKETED, "money": _SHARED_OUT}.get(before.amount.dimension)
    return shape is not None and shape.fullmatch(text, before.span.end, q.span.start) is not None


def _whole(quantities: Sequence[Stated], i: int, marker: int) -> int | None:
    """The amount that a 其中 part belongs to: the nearest before it in its unit, else the nearest of its dimension."""
    q = quantities[i]
    near = [n for n in range(i - 1, max(-1, i - 6), -1) if quantities[n].line == q.line]
    near = [n for n in near if quantities[n].span.end <= marker]
    for n in near:
        if quantities[n].amount.unit == q.amount.unit and quantities[n].amount.dimension == q.amount.dimension:
            return n
    in_sentence = [n for n in near if quantities[n].sentence == q.sentence]
    alike = (n for n in in_sentence if quantities[n].amount.dimension == q.amount.dimension)
    return next((n for n in alike if _is_rate(quantities[n]) or not _is_rate(q)), None)


def _alike(a: Stated, b: Stated) -> bool:
    """Whether two amounts are of one unit, their denominators aside."""
    return (a.amount.unit or "").partition("/")[0] == (b.amount.unit or "").partition("/")[0]


def _is_rate(q: Stated) -> bool:
    return "/" in (q.amount.unit or "")


def with_rates(text: str, quantities: Sequence[Stated], wholes: Mapping[int, int]) -> tuple[Stated, ...]:
    """The quantities, with parts and new levels of a rate told as that rate.

    每人每年90元,其中个人承担30元 makes 30 元/人·年, and so does …,今年起提高到100元.
    """
    told = list(quantities)
    for part, whole in wholes.items():
        unit, rate = told[part].amount.unit, told[whole].amount.unit
        if unit and rate and rate.startswith(f"{unit}/"):
            told[part] = told[part]._replace(amount=told[part].amount._replace(unit=rate))
    for i, q in enumerate(told):
        if i not in wholes and _RAISED.search(text, q.lead.start, q.span.start) and (rate := _rate_before(told, i)):
            told[i] = q._replace(amount=q.amount._replace(unit=rate))
    return tuple(told)


def _rate_before(quantities: Sequence[Stated], i: int) -> str | None:
    """The rate of which an amount of money is a new level: the last in its line, in its unit and of its size."""
    q = quantities[i]
    for before in (quantities[n] for n in range(i - 1, max(-1, i - 6), -1)):
        if before.line != q.line or q.amount.dimension != "money":
            return None
        if (before.amount.unit or "").startswith(f"{q.amount.unit}/"):
            old, new = before.amount.value, q.amount.value
            return before.amount.unit if old and new and old / 10 <= new <= old * 10 else None
        old, new = before.amount.value, q.amount.value
        if before.amount.unit == q.amount.unit and old and new and old / 10 <= new <= old * 10:
            return None
    return None


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
