"""What is said on stderr: one line each, and progress where somebody watches."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def say(line: str) -> None:
    """Say one line."""
    if sys.stderr is not None:
        print(f"replyparse: {line}", file=sys.stderr, flush=True)


def internal(error: Exception) -> str:
    """The line about a mistake of ours; with REPLYPARSE_DEBUG set, the traceback is printed as well."""
    if os.environ.get("REPLYPARSE_DEBUG"):
        import traceback

        traceback.print_exception(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return f"internal error ({what}); please report it, REPLYPARSE_DEBUG=1 shows where"


def to_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def colored() -> bool:
    """Whether a terminal may be written to in colour."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(inputs: Sequence[str], *, shown: bool) -> Iterator[Iterable[str]]:
    """The inputs, counted on stderr as they are taken, where it is a terminal; so are pages that are slow to read."""
    if not shown or not sys.stderr.isatty():
        yield inputs
        return
    from replyparse.reading.watch import watched

    with ExitStack() as stack:

        @cache
        def bar() -> Progress:
            from rich.console import Console
            from rich.progress import Progress

            return stack.enter_context(Progress(console=Console(stderr=True), transient=True))

        slow: list[TaskID] = []

        def page(done: int, pages: int) -> None:
            if not slow:
                slow.append(bar().add_task("Recognizing", total=pages))
            bar().update(slow[0], completed=done, total=pages)
            if done == pages:
                bar().remove_task(slow.pop())

        with watched(page):
            yield bar().track(inputs, description="Reading") if len(inputs) > 1 else inputs
