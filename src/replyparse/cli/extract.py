"""`replyparse extract`: files → records, each input with one outcome."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from replyparse.cli import lexicon as lexicons
from replyparse.cli.inputs import STDIN, Encoding, IssuedOn, check_encoding, opened, shown
from replyparse.cli.messages import internal, progress, say, to_terminal
from replyparse.cli.output import destination, write
from replyparse.errors import ReplyparseError
from replyparse.writers import OutputFormat, Rendering, render

if TYPE_CHECKING:
    from replyparse.knowledge import Extension
    from replyparse.record import ReplyRecord


@dataclass
class Run:
    """What is asked of every input of one command, and how it went."""

    issued_on: dt.date | None
    encoding: str | None
    quiet: bool
    lexicon: Extension | None = None
    failed: bool = False
    interrupted: bool = False

    def records(self, inputs: Iterable[str]) -> Iterator[ReplyRecord]:
        """The record of each input that can be read; a line on stderr about each that cannot.

        An interrupt ends the records, so that those already made are written to the end.
        """
        for name in inputs:
            try:
                record = self._record(name)
            except ReplyparseError as error:
                self._fail(str(error))
            except KeyboardInterrupt:
                self.interrupted = True
                return
            except Exception as error:
                self._fail(f"{shown(name)}: {internal(error)}")
            else:
                yield record

    def _record(self, name: str) -> ReplyRecord:
        document = opened(name, encoding=self.encoding, quiet=self.quiet)
        from replyparse import pipeline

        return pipeline.parse(document.text, source=document.source, issued_on=self.issued_on, lexicon=self.lexicon)

    def _fail(self, line: str) -> None:
        self.failed = True
        say(line)


def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files with replies; - reads stdin.")],
    form: Annotated[OutputFormat, typer.Option("--format", "-f", help="How to write the records.")] = OutputFormat.JSON,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of stdout.")
    ] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the reply's text out of the records.")] = False,
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
    _check(inputs, target, encoding)
    run = Run(issued_on.date() if issued_on else None, encoding, quiet, lexicons.opened(lexicon))
    on_screen = target is None and to_terminal()
    options = _rendering(many=len(inputs) > 1, text=not no_text, on_screen=on_screen)
    try:
        with progress(inputs, shown=not quiet and not on_screen) as counted:
            _write(target, render(form, run.records(counted), options))
    except OSError as error:
        say(f"{target or 'stdout'}: cannot be written: {error.strerror or error}")
        raise typer.Exit(2) from None
    if run.interrupted:
        raise typer.Exit(130)
    if run.failed:
        raise typer.Exit(3)


def _check(inputs: list[str], target: Path | None, encoding: str | None) -> None:
    """Refuse what cannot work before any input is read. Raises `typer.BadParameter`, exit code 2."""
    if inputs.count(STDIN) > 1:
        raise typer.BadParameter("stdin (-) can be read only once", param_hint="INPUT")
    check_encoding(encoding)
    if target is None:
        return
    if target.is_dir():
        raise typer.BadParameter(f"{target} is a folder", param_hint="--output")
    if not target.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {target.parent}", param_hint="--output")
    if target.is_file() and any(Path(name).is_file() and target.samefile(name) for name in inputs if name != STDIN):
        raise typer.BadParameter(f"{target} is also an input", param_hint="--output")


def _rendering(*, many: bool, text: bool, on_screen: bool) -> Rendering:
    """How to write; colour and the width of the window are only for a screen."""
    if not on_screen:
        return Rendering(many=many, text=text)
    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Rendering(many=many, text=text, width=get_terminal_size().columns, color=color)


def _write(target: Path | None, pieces: Iterator[str]) -> None:
    """Write the pieces; when there are none, `target` is not touched."""
    first = next(pieces, None)
    if first is not None:
        with destination(target) as out:
            for piece in chain((first,), pieces):
                write(out, piece)
