"""What commands read: files and stdin, and the options that say how."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from replyparse.cli.messages import say
from replyparse.errors import UnreadableError

if TYPE_CHECKING:
    from replyparse.reading import Document

STDIN = "-"

IssuedOn = Annotated[
    dt.datetime | None,
    typer.Option(
        "--issued-on",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        help="Date of signing (2023-06-30), for replies that do not state it.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Encoding of the inputs; found by content unless given."),
]


def opened(name: str, *, encoding: str | None, quiet: bool = False) -> Document:
    """The document in a file or, for `-`, in stdin. Raises what `reading.read` raises."""
    from replyparse import reading

    if name != STDIN:
        document = reading.read(name, encoding=encoding)
    elif sys.stdin is None:
        raise UnreadableError("stdin: is closed")
    else:
        if sys.stdin.isatty() and not quiet:
            say("reading from the keyboard; end with Ctrl-D (Windows: Ctrl-Z, Enter)")
        document = reading.read_stream(sys.stdin.buffer, name=shown(STDIN), encoding=encoding)
    if document.damaged and not quiet:
        places = "place is" if document.damaged == 1 else "places are"
        say(f"{shown(name)}: {document.damaged} {places} damaged; U+FFFD stands there in the text")
    return document


def check_encoding(encoding: str | None) -> None:
    """Refuse an encoding that Python does not know. Raises `typer.BadParameter`, exit code 2."""
    if encoding is None:
        return
    from replyparse.reading import text

    try:
        text.check_encoding(encoding)
    except LookupError as error:
        raise typer.BadParameter(str(error.args[0]), param_hint="--encoding") from None


def shown(name: str) -> str:
    """An input's name in messages."""
    from replyparse.reading import document

    return "stdin" if name == STDIN else document.shown(name)
