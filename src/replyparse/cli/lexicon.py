"""`replyparse lexicon`: the built-in language knowledge; and the option `--lexicon` of other commands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replyparse.cli.messages import say
from replyparse.cli.output import destination, write
from replyparse.errors import KnowledgeError

if TYPE_CHECKING:
    from replyparse.knowledge import Extension


class LexiconFormat(StrEnum):
    """The forms that tables are printed in; both can be given back to `--lexicon`."""

    YAML = "yaml"
    JSON = "json"


Lexicon = Annotated[
    Path | None,
    typer.Option("--lexicon", metavar="FILE", help="Units, cues and words of your own, added to the built-in ones."),
]


def opened(path: Path | None) -> Extension | None:
    """What the file of `--lexicon` adds. A file that is wrong costs a line on stderr and exit code 2."""
    if path is None:
        return None
    from replyparse.lexicon import read

    try:
        return read(path)
    except KnowledgeError as error:
        say(str(error))
        raise typer.Exit(2) from None


def lexicon(
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]...", help="The tables to print; all of them unless given.")
    ] = None,
    form: Annotated[LexiconFormat, typer.Option("--format", "-f", help="How to write them.")] = LexiconFormat.YAML,
) -> None:
    """Print the built-in units, cues and words.

    What is printed can be saved, changed and given back: the rows of a file named by --lexicon are added to the
    built-in ones. docs/lexicon.md says what each table is for and what its rows hold.

    \b
    Examples:
      replyparse lexicon > lexicon.yaml
      replyparse lexicon units words
      replyparse lexicon headings --format json
      replyparse extract reply.txt --lexicon my.yaml
    """
    from replyparse.lexicon import TABLES, printed

    for name in tables or ():
        if name not in TABLES:
            raise typer.BadParameter(f"there is no table {name!r}; the tables are {', '.join(TABLES)}")
    with destination(None) as out:
        write(out, printed(tables or list(TABLES), form.value))
