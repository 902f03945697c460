"""What a rule means, for the terminal and for docs/rules.md: both are made of the rule's docstring."""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replyparse.checks import Rule


def listed(rules: Iterable[Rule]) -> str:
    """A line for each rule: code, severity, whether it is on, names."""
    return "".join(
        f"{rule.code}  {rule.severity:<8}{'on' if rule.on else 'off':<5}{_padded(rule.name_zh, 22)}{rule.name}\n"
        for rule in rules
    )


def listed_as_json(rules: Iterable[Rule]) -> str:
    """The rules with all that is said of them, as a JSON array."""
    entries = [
        {
            "code": rule.code,
            "name": rule.name,
            "name_zh": rule.name_zh,
            "severity": rule.severity,
            "on": rule.on,
            **{key: value for key, value in rule.page._asdict().items() if key != "confidence"},
            "advice": rule.advice,
        }
        for rule in rules
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def page(rule: Rule) -> str:
    """All that is said of a rule, for a terminal."""
    said = rule.page
    read = "" if said.confidence is None else f" (read from a picture with confidence {said.confidence})"
    return "\n".join(
        [
            f"{rule.code} {rule.name} · {rule.name_zh}",
            f"severity {rule.severity}, {_state(rule)}",
            "",
            said.summary,
            "",
            *_filled(f"What it checks: {said.checks}"),
            "",
            *_filled(f"Why it matters: {said.why}"),
            "",
            f"Fires on{read}:",
            textwrap.indent(said.fires, "    "),
            "",
            "Silent on:",
            textwrap.indent(said.silent, "    "),
            "",
            *_filled(f"Remedy: {said.remedy}"),
            rule.advice,
            "",
        ]
    )


def markdown(rules: Iterable[Rule]) -> str:
    """A table of the rules and a part about each, in Markdown."""
    rules = tuple(rules)
    rows = [
        f"| [{rule.code}](#{rule.code.lower()}) | {rule.name_zh} | {rule.name} | {rule.severity} | "
        f"{'on' if rule.on else 'off'} |"
        for rule in rules
    ]
    head = ["| code | 名称 | name | severity | default |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows, "", *(line for rule in rules for line in _part(rule))])


def _part(rule: Rule) -> list[str]:
    said = rule.page
    read = "" if said.confidence is None else f" (read from a picture with confidence {said.confidence})"
    return [
        f"## {rule.code}",
        "",
        f"**{rule.name_zh} · {rule.name}** ({rule.severity}, {_state(rule)}). {said.summary}",
        "",
        *_filled(f"*What it checks.* {said.checks}"),
        "",
        *_filled(f"*Why it matters.* {said.why}"),
        "",
        f"Fires on{read}:",
        "",
        "```text",
        said.fires,
        "```",
        "",
        "Silent on:",
        "",
        "```text",
        said.silent,
        "```",
        "",
        *_filled(f"*Remedy.* {said.remedy}"),
        rule.advice,
        "",
    ]


def _state(rule: Rule) -> str:
    return "on unless ignored" if rule.on else "off unless selected"


def _filled(paragraph: str) -> list[str]:
    return textwrap.wrap(paragraph, 116, break_long_words=False, break_on_hyphens=False)


def _padded(text: str, width: int) -> str:
    columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(1, width - columns)
