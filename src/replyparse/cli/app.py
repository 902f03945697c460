"""The commands and what `--help` says about them."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from replyparse import __version__
from replyparse.cli.batch import batch
from replyparse.cli.check import check
from replyparse.cli.explain import explain
from replyparse.cli.extract import extract
from replyparse.cli.lexicon import lexicon
from replyparse.cli.output import destination, write
from replyparse.cli.rules import rules

_EPILOG = """\b
Examples:
  replyparse extract reply.txt
  replyparse extract reply.txt --format table
  replyparse batch replies --out replies.sqlite
  replyparse explain reply.txt --claim c12
  replyparse check replies/
  replyparse extract --help

\b
Exit codes:
  0    done, nothing to object to
  1    check found something at or above --fail-on
  2    the command line, the settings or the lexicon is wrong
  3    some input could not be read or parsed; everything else was done and written
  130  interrupted; what was finished is kept
"""

app = typer.Typer(
    name="replyparse",
    help="Turns Chinese official replies into records: sections, numeric claims, commitments, citations.",
    epilog=_EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        _print(f"replyparse {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options that stand before the command."""


app.command("extract")(extract)
app.command("check")(check)
app.command("rules")(rules)
app.command("batch")(batch)
app.command("explain")(explain)
app.command("lexicon")(lexicon)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    \b
    Examples:
      replyparse schema > record.schema.json
      replyparse extract reply.txt > reply.json && check-jsonschema --schemafile record.schema.json reply.json
    """
    from replyparse import ReplyRecord

    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ReplyRecord.model_json_schema()}
    _print(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


@app.command()
def formats() -> None:
    """List the input formats, which of them this installation reads, and what would add the others.

    A format is told by the content of a file, not by its name.

    \b
    Example:
      replyparse formats
    """
    from replyparse.reading import missing, readable_formats
    from replyparse.reading.formats import DOCUMENT_FORMATS

    readable = readable_formats()
    for known in DOCUMENT_FORMATS:
        lacking = missing(known) if known in readable else None
        state = "not in this version" if known not in readable else f"needs {lacking}" if lacking else "read"
        _print(f"{known.key:<7}{' '.join(known.suffixes):<36}{state}\n")


def _print(text: str) -> None:
    with destination(None) as out:
        write(out, text)
