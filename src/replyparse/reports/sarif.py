"""SARIF 2.1.0 (OASIS), the format that code scanning of GitHub and many editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from replyparse.record import Finding
from replyparse.reports import Checked, Options
from replyparse.reports.place import fingerprints, masked, region

if TYPE_CHECKING:
    from replyparse.checks import Rule

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}


def render(checked: Iterable[Checked], options: Options) -> Iterator[str]:
    """Yield the whole log: one run with every rule that was asked and every finding."""
    indices = {rule.code: index for index, rule in enumerate(options.rules)}
    results = []
    for reply in checked:
        text = masked(reply, options)
        for finding, fingerprint in fingerprints(reply):
            results.append(_result(reply, finding, fingerprint, indices[finding.rule], text))
    driver = {"name": "replyparse", "version": options.version, "rules": [_rule(rule) for rule in options.rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.page
    text = f"{page.checks}\n\n{page.why}\n\n{page.remedy}"
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.replace("%", "percent").replace("'", "").split()),
        "shortDescription": {"text": rule.name_zh},
        "fullDescription": {"text": page.summary},
        "help": {"text": text, "markdown": f"{text}\n\n**{rule.advice}**"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.on},
    }


def _result(reply: Checked, finding: Finding, fingerprint: str, index: int, text: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(reply.path)}}
    if finding.span is not None:
        place = region(reply.record, finding)
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
            "charOffset": finding.span.start,
            "charLength": finding.span.end - finding.span.start,
            "snippet": {"text": text[slice(*finding.span)]},
        }
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"replyparse/v1": fingerprint},
    }


def _uri(path: str) -> str:
    """A path as a URI: relative to the root of the repository, or absolute."""
    absolute = path.startswith("/") or path[1:3] == ":/"
    return f"file:///{quote(path.lstrip('/'), safe='/:')}" if absolute else quote(path)
