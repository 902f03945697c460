"""What a rule is: its code and names, its severity, and what the docstring of its module says.

The docstring of a rule module has one shape: a sentence, then the parts of `_PARTS` in order. The tests run the
examples in it; `replyparse explain`, the page of the rules and the rules in a SARIF log are made of it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Literal, NamedTuple

from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord

Severity = Literal["error", "warning", "info"]

_PARTS = ("Checks:", "Why:", "Fires on", "Silent on", "Remedy:")
_SHAPE = regex(
    r"(?P<summary>[^\n]+)\n\n"
    r"Checks: (?P<checks>.+?)\n\n"
    r"Why: (?P<why>.+?)\n\n"
    r"Fires on(?: \(read from a picture with confidence (?P<confidence>0\.\d+)\))?:\n(?P<fires>.+?)\n\n"
    r"Silent on:\n(?P<silent>.+?)\n\n"
    r"Remedy: (?P<remedy>.+)",
    re.DOTALL,
)


class Page(NamedTuple):
    """What the docstring of a rule says; `fires` and `silent` are replies, or sentences of one.

    `confidence` is that of the lines of `fires` where the rule asks how well a picture was read, else None.
    """

    summary: str
    checks: str
    why: str
    fires: str
    silent: str
    remedy: str
    confidence: float | None


@dataclass(frozen=True)
class Rule:
    """One rule. `on` says whether it runs without being asked for; `advice` is the remedy in Chinese.

    What a `private` rule finds must not be printed: its messages mask it.
    """

    code: str
    name: str
    name_zh: str
    severity: Severity
    on: bool
    private: bool
    advice: str
    check: Callable[[ReplyRecord], Iterator[Finding]]
    doc: str

    @cached_property
    def page(self) -> Page:
        """The parts of the docstring. Raises `ValueError` when it has not the shape of a rule's docstring."""
        match = _SHAPE.fullmatch(self.doc)
        if match is None:
            raise ValueError(f"{self.code}: the docstring has not the parts {', '.join(_PARTS)}")
        said = match.groupdict()
        return Page(
            summary=said["summary"],
            checks=_joined(said["checks"]),
            why=_joined(said["why"]),
            fires=inspect.cleandoc(said["fires"]),
            silent=inspect.cleandoc(said["silent"]),
            remedy=_joined(said["remedy"]),
            confidence=float(said["confidence"]) if said["confidence"] else None,
        )


def rule(module: ModuleType) -> Rule:
    """The rule that a module of `checks` states."""
    return Rule(
        code=module.CODE,
        name=module.NAME,
        name_zh=module.NAME_ZH,
        severity=module.SEVERITY,
        on=module.ON,
        private=getattr(module, "PRIVATE", False),
        advice=module.ADVICE,
        check=module.check,
        doc=inspect.cleandoc(module.__doc__ or ""),
    )


def _joined(paragraph: str) -> str:
    return " ".join(paragraph.split())
