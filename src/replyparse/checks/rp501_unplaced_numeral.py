"""A numeral that the program could not place.

Checks: The account of numerals: each entry that is `unknown`, neither amount nor date, label, name or contact.

Why: A number that was not understood is missing from the claims. It may be a slip of the pen, or a gap of this
program. It is off unless asked for: most such numerals are gaps of the program (pairs like 174/95mmhg), not faults
of the reply.

Fires on:
    经核实，该事项涉及 37 情况属实。

Silent on:
    经核实，该事项涉及37户居民，情况属实。

Remedy: Read the place; where the unit is missing, write it. Report what was written well and not understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import printed
from replyparse.record import Finding, ReplyRecord

CODE: Final = "RP501"
NAME: Final = "numeral not placed"
NAME_ZH: Final = "数字未能识别"
SEVERITY: Final = "info"
ON: Final = False
ADVICE: Final = "查看该处：缺少单位的请补上单位。"


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each unknown numeral."""
    for entry in record.numerals:
        if entry.what == "unknown":
            message = f"未能判断“{printed(record, entry.span)}”是什么数"
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=entry.span, claims=[])
