"""Turns findings into what people and continuous integration read: pure functions from checked replies to text.

Each format is a module with `render(checked, options) -> Iterator[str]`, imported when it is asked for; the pieces that
it yields, joined and encoded in UTF-8, are the output. What a rule is called comes with the options, so that nothing
here knows the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from replyparse.checks import Rule
    from replyparse.record import Finding, ReplyRecord

__all__ = ["Checked", "Options", "ReportFormat", "render"]


class ReportFormat(StrEnum):
    """The formats that findings can be written in; each value is the name of its module."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"


@dataclass(frozen=True, slots=True)
class Checked:
    """One reply with what was found in it; `path` is how reports name its file, with forward slashes."""

    path: str
    record: ReplyRecord
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """The rules that ran, in order of their codes, and the program's version; `color` is for `text` alone."""

    rules: tuple[Rule, ...]
    version: str
    color: bool = False

    def rule(self, code: str) -> Rule:
        """The rule of a finding."""
        return next(rule for rule in self.rules if rule.code == code)


class _Writer(Protocol):
    def render(self, checked: Iterable[Checked], options: Options) -> Iterator[str]: ...


def render(form: ReportFormat, checked: Iterable[Checked], options: Options) -> Iterator[str]:
    """The pieces of a report about replies, which are taken as they come."""
    writer = cast(_Writer, import_module(f"replyparse.reports.{form.value}"))
    return writer.render(checked, options)
