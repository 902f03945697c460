"""The code quality report of GitLab CI: a JSON array in the subset of Code Climate's format that GitLab reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from replyparse.reports import Checked, Options
from replyparse.reports.place import fingerprints, region

_SEVERITIES: Final = {"error": "major", "warning": "minor", "info": "info"}


def render(checked: Iterable[Checked], options: Options) -> Iterator[str]:
    """Yield the whole report."""
    entries = []
    for reply in checked:
        for finding, fingerprint in fingerprints(reply):
            place = region(reply.record, finding)
            entries.append(
                {
                    "description": f"{options.rule(finding.rule).name_zh}：{finding.message}",
                    "check_name": finding.rule,
                    "fingerprint": fingerprint,
                    "severity": _SEVERITIES[finding.severity],
                    "location": {"path": reply.path, "lines": {"begin": place.line, "end": place.end_line}},
                }
            )
    yield json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
