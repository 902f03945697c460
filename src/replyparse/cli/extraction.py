"""Files → records, each input with one outcome: what `replyparse extract` does."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from replyparse.cli.inputs import opened
from replyparse.cli.messages import colored, progress, say, to_terminal
from replyparse.cli.output import destination, write
from replyparse.cli.run import Run
from replyparse.writers import OutputFormat, Rendering, render

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from replyparse.knowledge import Extension
    from replyparse.record import ReplyRecord


def extract_to(
    target: Path | None,
    inputs: Sequence[str],
    *,
    form: OutputFormat = OutputFormat.JSON,
    text: bool = True,
    checked: bool = True,
    issued_on: dt.date | None = None,
    encoding: str | None = None,
    lexicon: Extension | None = None,
    quiet: bool = False,
) -> None:
    """Write the records of the inputs to a file, or to stdout for None; leave with the exit status unless it is 0.

    `text` keeps the replies' text in them, `checked` fills their findings; the others are those of the library.
    """

    def make(name: str) -> ReplyRecord:
        document = opened(name, encoding=encoding, quiet=quiet)
        from replyparse import pipeline

        return pipeline.parse(
            document.text, source=document.source, issued_on=issued_on, lexicon=lexicon, checked=checked
        )

    run = Run(make)
    on_screen = target is None and to_terminal()
    options = _rendering(many=len(inputs) > 1, text=text, on_screen=on_screen)
    try:
        with progress(inputs, shown=not quiet and not on_screen) as counted:
            _write(target, render(form, run.outcomes(counted), options))
    except OSError as error:
        say(f"{target or 'stdout'}: cannot be written: {error.strerror or error}")
        sys.exit(2)
    run.end()


def _rendering(*, many: bool, text: bool, on_screen: bool) -> Rendering:
    """How to write; colour and the width of the window are only for a screen."""
    if not on_screen:
        return Rendering(many=many, text=text)
    return Rendering(many=many, text=text, width=get_terminal_size().columns, color=colored())


def _write(target: Path | None, pieces: Iterator[str]) -> None:
    """Write the pieces; when there are none, `target` is not touched."""
    first = next(pieces, None)
    if first is not None:
        with destination(target) as out:
            for piece in chain((first,), pieces):
                write(out, piece)
