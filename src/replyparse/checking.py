"""One check of many replies: which rules hold in which file, what is accepted already, what was found in all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from replyparse import baseline as baselines
from replyparse.checks import Rule, check, chosen
from replyparse.config import Config, FailOn
from replyparse.record import ReplyRecord
from replyparse.reports import Checked

_RANKS: Final = {"info": 1, "warning": 2, "error": 3, "never": 4}


class Checking:
    """Checks replies by the settings of a project and counts what is found.

    What is in the `baseline`, if there is one, is not found again. Raises `ConfigurationError` for a baseline that
    cannot be read.
    """

    def __init__(self, settings: Config, baseline: Path | None = None) -> None:
        self.rules = chosen(settings.select, settings.ignore)
        self._settings = settings
        self._accepted = baselines.read(baseline) if baseline else frozenset()
        self._folder = baseline.absolute().parent if baseline else Path()
        self._found: Counter[str] = Counter()
        self._replies = self._with_findings = 0

    def reply(self, path: str, record: ReplyRecord) -> Checked:
        """What is found in one reply, which reports name by `path`. Raises `ValueError` for a record without text."""
        checked = Checked(path, record, tuple(check(record, self._rules_in(path))))
        if self._accepted:
            checked = baselines.new(checked, self._accepted, self._folder)
        self._replies += 1
        self._with_findings += bool(checked.findings)
        self._found.update(finding.severity for finding in checked.findings)
        return checked

    def fails(self, limit: FailOn) -> bool:
        """Whether something of at least this severity was found."""
        return any(_RANKS[severity] >= _RANKS[limit] for severity in self._found)

    def summary(self) -> str:
        """One line about all replies: 3 findings (2 errors, 1 warning) in 2 of 10 replies."""
        total = self._found.total()
        if not total:
            return f"no findings in {_counted(self._replies, 'reply', 'replies')}"
        counts = ", ".join(
            _counted(self._found[severity], severity, f"{severity}s" if severity != "info" else severity)
            for severity in ("error", "warning", "info")
            if self._found[severity]
        )
        replies = _counted(self._replies, "reply", "replies")
        return f"{_counted(total, 'finding', 'findings')} ({counts}) in {self._with_findings} of {replies}"

    def _rules_in(self, path: str) -> tuple[Rule, ...]:
        ignored = tuple(self._settings.ignored_in(Path(path)))
        return tuple(rule for rule in self.rules if not rule.code.startswith(ignored)) if ignored else self.rules


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
