"""JSON: an array with an object for each finding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from replyparse.reports import Checked, Options
from replyparse.reports.place import fingerprints, region


def render(checked: Iterable[Checked], options: Options) -> Iterator[str]:
    """Yield the findings, one a line; an empty array when there are none."""
    opening = "[\n  "
    for reply in checked:
        for finding, fingerprint in fingerprints(reply):
            rule, place = options.rule(finding.rule), region(reply.record, finding)
            entry = {
                "path": reply.path,
                "rule": finding.rule,
                "name": rule.name_zh,
                "severity": finding.severity,
                "message": finding.message,
                "advice": rule.advice,
                "span": finding.span,
                "line": place.line,
                "column": place.column,
                "end_line": place.end_line,
                "end_column": place.end_column,
                "claims": finding.claims,
                "fingerprint": fingerprint,
            }
            yield opening + json.dumps(entry, ensure_ascii=False)
            opening = ",\n  "
    yield "[]\n" if opening.startswith("[") else "\n]\n"
