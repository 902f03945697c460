"""Workflow commands of GitHub Actions: an annotation for each finding at its line of the changed file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from replyparse.reports import Checked, Options
from replyparse.reports.place import region

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "notice"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(checked: Iterable[Checked], options: Options) -> Iterator[str]:
    """Yield a command for each finding."""
    for reply in checked:
        for finding in reply.findings:
            rule, place = options.rule(finding.rule), region(reply.record, finding)
            properties = {
                "file": reply.path,
                "line": place.line,
                "endLine": place.end_line,
                "col": place.column,
                "endColumn": place.end_column,
                "title": f"{rule.code} {rule.name_zh}",
            }
            told = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
            message = f"{finding.message}\n{rule.advice}".translate(_DATA)
            yield f"::{_LEVELS[finding.severity]} {told}::{message}\n"
