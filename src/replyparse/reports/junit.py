"""JUnit XML: a test case for each finding, which fails, and one for each reply without any, which passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from replyparse.reports import Checked, Options
from replyparse.reports.place import region

#: What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(checked: Iterable[Checked], options: Options) -> Iterator[str]:
    """Yield the whole report."""
    cases, failures = list[str](), 0
    for reply in checked:
        path = quoteattr(_clean(reply.path))
        if not reply.findings:
            cases.append(f'    <testcase classname={path} name="replyparse"/>')
        for finding in reply.findings:
            failures += 1
            rule, place = options.rule(finding.rule), region(reply.record, finding)
            name = quoteattr(f"{rule.code} {rule.name_zh} ({place.line}:{place.column})")
            message = _clean(finding.message)
            told = escape(f"{_clean(reply.path)}:{place.line}:{place.column} {message}\n{rule.advice}")
            cases += [
                f'    <testcase classname={path} name={name} file={path} line="{place.line}">',
                f"      <failure message={quoteattr(message)} type={quoteattr(finding.severity)}>{told}</failure>",
                "    </testcase>",
            ]
    counts = f'tests="{sum(case.startswith("    <testcase") for case in cases)}" failures="{failures}" errors="0"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="replyparse" {counts}>\n  <testsuite name="replyparse" {counts}>\n'
    yield "".join(f"{case}\n" for case in cases)
    yield "  </testsuite>\n</testsuites>\n"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
