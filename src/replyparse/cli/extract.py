"""`replyparse extract`: what can be asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from replyparse.cli import lexicon as lexicons
from replyparse.cli.extraction import extract_to
from replyparse.cli.inputs import STDIN
from replyparse.cli.options import Encoding, IssuedOn, check_encoding, check_target
from replyparse.writers import OutputFormat


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
    extract_to(
        target,
        inputs,
        form=form,
        text=not no_text,
        checked=not no_checks,
        issued_on=issued_on.date() if issued_on else None,
        encoding=encoding,
        lexicon=lexicons.opened(lexicon),
        quiet=quiet,
    )
