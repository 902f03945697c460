"""What commands read: files and stdin."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from replyparse.cli.messages import say
from replyparse.errors import UnreadableError

if TYPE_CHECKING:
    from replyparse.reading import Document

STDIN = "-"


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


def expanded(inputs: Iterable[str]) -> Iterator[str]:
    """The inputs, each once; in the place of a folder the files in and below it whose names say that they are read.

    Files of a folder come sorted; hidden ones, and folders behind links, are left out.
    """
    from replyparse.reading import readable_formats

    suffixes = tuple(suffix for known in readable_formats() for suffix in known.suffixes)
    seen: set[str] = set()
    for name in inputs:
        found = _files(name, suffixes) if name != STDIN and Path(name).is_dir() else [name]
        yield from (file for file in found if file not in seen and not seen.add(file))  # type: ignore[func-returns-value]


def _files(folder: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    unreadable: list[str] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(suffixes) and not name.startswith("."):
                yield str(Path(here) / name)
    yield from unreadable  # reading them says why


def shown(name: str) -> str:
    """An input's name in messages."""
    from replyparse.reading import document

    return "stdin" if name == STDIN else document.shown(name)
