"""What is said on stderr: one line each, and progress where somebody watches."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import typer


def say(line: str) -> None:
    """Say one line."""
    typer.echo(f"replyparse: {line}", err=True)


def internal(error: Exception) -> str:
    """The line about a mistake of ours; with REPLYPARSE_DEBUG set, the traceback is printed as well."""
    if os.environ.get("REPLYPARSE_DEBUG"):
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
    """The inputs, counted on stderr as they are taken: when there are several and stderr is a terminal."""
    if not shown or len(inputs) < 2 or not sys.stderr.isatty():
        yield inputs
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield bar.track(inputs, description="Reading")
