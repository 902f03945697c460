"""`replyparse extract`: files → records, each input with one outcome."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from replyparse.cli import lexicon as lexicons
from replyparse.cli.inputs import STDIN, Encoding, IssuedOn, check_encoding, check_target, opened
from replyparse.cli.messages import colored, progress, say, to_terminal
from replyparse.cli.output import destination, write
from replyparse.cli.run import Run
from replyparse.writers import OutputFormat, Rendering, render

if TYPE_CHECKING:
    from replyparse.record import ReplyRecord


def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files with replies; - reads stdin.")],
    form: Annotated[OutputFormat, typer.Option("--format", "-f", help="How to write the records.")] = OutputFormat.JSON,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of stdout.")
    ] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the reply's text out of the records.")] = False,
    no_checks: Annotated[bool, typer.Option("--no-checks", help="Leave `findings` empty.")] = False,
    issued_on: IssuedOn = None,
    encoding: Encoding = None,
    lexicon: lexicons.Lexicon = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes, only errors.")] = False,
) -> None:
    """Read replies and write their records.

    One input gives one JSON object, several give an array; yaml gives a document each, jsonl a line each, csv a row
    for each numeric claim (UTF-8 with BOM, for spreadsheets), table a page for eyes. Records are written as they are
    done. An input that cannot be read costs a line on stderr and exit code 3, and no other input its record.

    \b
    Examples:
      replyparse extract reply.txt
      replyparse extract reply.txt --format table
      replyparse extract replies/*.txt --format csv --output claims.csv
      replyparse extract reply.txt --no-text --issued-on 2023-06-30
      replyparse extract reply.txt --lexicon my.yaml
      cat reply.txt | replyparse extract - --encoding gb18030 --format yaml
    """
    target = None if output is None or str(output) == STDIN else output
    check_target(inputs, target)
    check_encoding(encoding)
    extension = lexicons.opened(lexicon)

    def make(name: str) -> ReplyRecord:
        document = opened(name, encoding=encoding, quiet=quiet)
        from replyparse import pipeline

        signed = issued_on.date() if issued_on else None
        return pipeline.parse(
            document.text, source=document.source, issued_on=signed, lexicon=extension, checked=not no_checks
        )

    run = Run(make)
    on_screen = target is None and to_terminal()
    options = _rendering(many=len(inputs) > 1, text=not no_text, on_screen=on_screen)
    try:
        with progress(inputs, shown=not quiet and not on_screen) as counted:
            _write(target, render(form, run.outcomes(counted), options))
    except OSError as error:
        say(f"{target or 'stdout'}: cannot be written: {error.strerror or error}")
        raise typer.Exit(2) from None
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
