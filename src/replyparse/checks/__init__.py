"""Rules over a record: what is missing, what does not add up, what cannot be held to.

A rule is a module `rpNNN_name.py` that states its code, its names, its severity and a generator `check`; the list
below is the only place that knows them all. Rules see nothing but the record, so a stored one can be checked as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from replyparse.checks import (
    rp101_missing_part,
    rp102_numbering,
    rp103_sum,
    rp104_percentage,
    rp105_two_values,
    rp106_shares,
    rp107_past_deadline,
    rp108_low_target,
    rp109_unit_slip,
    rp201_plan_without_promise,
    rp202_vague_promise,
    rp301_missing_header,
    rp302_two_matters,
    rp303_dates,
    rp401_personal_data,
    rp501_unplaced_numeral,
    rp502_damaged_text,
    rp503_unsure_numeral,
)
from replyparse.checks.rule import Page, Rule, Severity, rule
from replyparse.record import Finding, ReplyRecord

__all__ = ["RULES", "Page", "Rule", "Severity", "check", "chosen"]

#: Every rule, in the order of the codes.
RULES: Final = tuple(
    rule(module)
    for module in (
        rp101_missing_part,
        rp102_numbering,
        rp103_sum,
        rp104_percentage,
        rp105_two_values,
        rp106_shares,
        rp107_past_deadline,
        rp108_low_target,
        rp109_unit_slip,
        rp201_plan_without_promise,
        rp202_vague_promise,
        rp301_missing_header,
        rp302_two_matters,
        rp303_dates,
        rp401_personal_data,
        rp501_unplaced_numeral,
        rp502_damaged_text,
        rp503_unsure_numeral,
    )
)


@cache
def _on() -> tuple[Rule, ...]:
    """The rules that run unless others are asked for."""
    return chosen()


def chosen(select: Sequence[str] | None = None, ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules whose code begins with one of `select`, without those of `ignore`; None: all that are on.

    The longer prefix wins, so that RP103 can be selected out of an ignored RP1; of equal ones `ignore` does. Raises
    `ValueError` for a prefix that no rule's code begins with.
    """
    for prefix in (*(select or ()), *ignore):
        if not prefix or not any(known.code.startswith(prefix) for known in RULES):
            raise ValueError(f"there is no rule {prefix!r}; the rules are {RULES[0].code} to {RULES[-1].code}")
    return tuple(known for known in RULES if _wanted(known, select, ignore))


def check(record: ReplyRecord, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """What the rules (unless given: those that are on) find in a record, by place and then by rule.

    A finding about the whole reply (span null) comes first. Raises `ValueError` for a record without its text.
    """
    if record.text is None:
        raise ValueError("the record has no text, which checks need")
    found = [finding for known in (_on() if rules is None else rules) for finding in known.check(record)]
    return sorted(found, key=lambda finding: (finding.span or (-1, -1), finding.rule, finding.message))


def _wanted(known: Rule, select: Sequence[str] | None, ignore: Sequence[str]) -> bool:
    if select is None:  # a rule that is on counts as selected by the shortest prefix there is
        return int(known.on) > _longest(known.code, ignore)
    return _longest(known.code, select) > _longest(known.code, ignore)


def _longest(code: str, prefixes: Sequence[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
