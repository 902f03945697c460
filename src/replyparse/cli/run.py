"""How the inputs of one command went: each has one outcome, and a bad one costs no other its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from replyparse.cli.inputs import shown
from replyparse.cli.messages import internal, say
from replyparse.errors import ReplyparseError

if TYPE_CHECKING:
    from replyparse.record import ReplyRecord


@dataclass
class Run:
    """Makes records of inputs by `make`, and remembers whether one failed or the user interrupted."""

    make: Callable[[str], ReplyRecord]
    failed: bool = False
    interrupted: bool = False

    def records(self, inputs: Iterable[str]) -> Iterator[tuple[str, ReplyRecord]]:
        """Each input that can be read, with its record; a line on stderr about each that cannot.

        An interrupt ends the records, so that those already made are written to the end.
        """
        for name in inputs:
            try:
                record = self.make(name)
            except ReplyparseError as error:
                self._fail(str(error))
            except KeyboardInterrupt:
                self.interrupted = True
                return
            except Exception as error:
                self._fail(f"{shown(name)}: {internal(error)}")
            else:
                yield name, record

    def end(self) -> None:
        """Leave with the exit status of an interrupt or of a failure, if there was one."""
        if self.interrupted:
            raise typer.Exit(130)
        if self.failed:
            raise typer.Exit(3)

    def _fail(self, line: str) -> None:
        self.failed = True
        say(line)
