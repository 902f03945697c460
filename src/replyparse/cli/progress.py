"""How a batch goes, on stderr: a bar on a terminal, a line now and then in a log, JSON for machines."""

from __future__ import annotations

import json
import sys
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from replyparse.cli.messages import say

if TYPE_CHECKING:
    from replyparse.batch import Outcome
    from replyparse.batch.run import Summary

_EVERY = 10.0  # seconds between the lines of a log
_TOLD = 50  # failures that are told one by one


class LogFormat(StrEnum):
    """How messages are written."""

    TEXT = "text"
    JSON = "json"


class Reporter:
    """Tells of each failure and of progress; `quiet` leaves the failures only."""

    def __init__(self, form: LogFormat, *, quiet: bool) -> None:
        self._json = form is LogFormat.JSON
        self._quiet = quiet
        self._done = self._failed = 0
        self._begun = self._told = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Reporter:
        if not self._quiet and not self._json and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("Reading", total=None, failed=0, rate="")
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def outcome(self, outcome: Outcome, total: int) -> None:
        """Take note of an outcome out of so many."""
        self._done += 1
        if outcome.error is not None:
            self._failed += 1
            self._failure(outcome)
        if self._bar:
            self._bar.update(
                self._task, total=total, completed=self._done, failed=self._failed, rate=f"{self._rate():.0f}/s"
            )
        elif not self._quiet and time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            self._progress(total)

    def _failure(self, outcome: Outcome) -> None:
        if self._json:
            self._event("failed", path=outcome.path, error=type(outcome.error).__name__, message=str(outcome.error))
        elif self._failed <= _TOLD:
            say(str(outcome.error))
        elif self._failed == _TOLD + 1:
            say("more inputs failed; --errors FILE and the table outcomes have them all")

    def _progress(self, total: int) -> None:
        rate = self._rate()
        left = (total - self._done) / rate
        if self._json:
            self._event("progress", done=self._done, total=total, failed=self._failed, seconds_left=round(left))
        else:
            failed = f", {self._failed:,} failed" if self._failed else ""
            say(f"{self._done:,} of {total:,} inputs, {rate:.0f}/s, {_duration(left)} left{failed}")

    def summary(self, summary: Summary) -> None:
        """Say how it went."""
        if self._quiet:
            return
        if self._json:
            self._event("summary", **_figures(summary))
        else:
            for line in _told(summary):
                say(line)

    def _rate(self) -> float:
        return self._done / max(time.monotonic() - self._begun, 1e-6)

    @staticmethod
    def _event(event: str, **values: Any) -> None:
        sys.stderr.write(json.dumps({"event": event, **values}) + "\n")
        sys.stderr.flush()


def _figures(summary: Summary) -> dict[str, Any]:
    names = "inputs parsed unchanged failed vanished duplicates replies characters claims findings interrupted".split()
    seconds = round(summary.seconds, 3)
    rate = round(summary.inputs / summary.seconds, 1)
    return {name: getattr(summary, name) for name in names} | {"seconds": seconds, "rate": rate}


def _told(summary: Summary) -> list[str]:
    parts = [f"{summary.parsed:,} parsed", f"{summary.unchanged:,} unchanged", f"{summary.failed:,} failed"]
    if summary.vanished:
        parts.append(f"{summary.vanished:,} vanished")
    if summary.duplicates:
        parts.append(f"{summary.duplicates:,} duplicates")
    head = "interrupted after" if summary.interrupted else "read"
    rate = summary.inputs / summary.seconds
    return [
        f"{head} {summary.inputs:,} inputs in {_duration(summary.seconds)}, {rate:.0f}/s: {', '.join(parts)}",
        f"{summary.replies:,} replies: {summary.characters:,} characters, {summary.claims:,} claims, "
        f"{summary.findings:,} findings",
    ]


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]} failed"),
        console=Console(stderr=True),
        transient=True,
        redirect_stderr=True,
    )
