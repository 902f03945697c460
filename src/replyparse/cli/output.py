"""Where data goes: stdout, or a file that is replaced whole or not at all. UTF-8 whatever the locale."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from replyparse.files import replacing

if TYPE_CHECKING:
    from pathlib import Path


@contextmanager
def destination(path: Path | None) -> Iterator[BinaryIO]:
    """A binary stream to `path`, or to stdout for None.

    A regular file appears under its name only when the block ends well; until then, and after any error, what stood
    there stays. A link keeps pointing where it did, an existing file keeps its mode, a device or pipe is written to
    directly. When nobody reads stdout any more (`| head`), writing ends quietly: `BrokenPipeError` leaves the block
    but not this function. Raises `OSError` when the file cannot be written.
    """
    if path is None:
        with _stdout() as stream:
            yield stream
    elif path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
    else:
        with replacing(path.resolve()) as stream:
            yield stream


def write(out: BinaryIO, text: str) -> None:
    """Write a piece of text at once, so that a reader of a pipe sees each record when it is done."""
    out.write(text.encode("utf-8"))
    out.flush()


@contextmanager
def _stdout() -> Iterator[BinaryIO]:
    if sys.stdout is None:
        raise OSError("it is closed")
    out = sys.stdout.buffer
    try:
        yield out
        out.flush()
    except OSError as error:
        # What Python still holds back goes nowhere instead of raising again at exit.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            raise
