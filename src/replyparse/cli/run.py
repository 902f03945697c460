"""How the inputs of one command went: each has one outcome, and a bad one costs no other its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from replyparse.cli.inputs import shown
from replyparse.cli.messages import internal, say
from replyparse.errors import ReplyparseError

T = TypeVar("T")


@dataclass
class Run(Generic[T]):
    """Makes of each input what `make` does, and remembers whether one failed or the user interrupted."""

    make: Callable[[str], T]
    failed: bool = False
    interrupted: bool = False

    def outcomes(self, inputs: Iterable[str]) -> Iterator[T]:
        """What was made of each input that can be read; a line on stderr about each that cannot.

        An interrupt ends them, so that those already made are written to the end.
        """
        for name in inputs:
            try:
                outcome = self.make(name)
            except ReplyparseError as error:
                self._fail(str(error))
            except KeyboardInterrupt:
                self.interrupted = True
                return
            except Exception as error:
                self._fail(f"{shown(name)}: {internal(error)}")
            else:
                yield outcome

    def end(self) -> None:
        """Leave with the exit status of an interrupt or of a failure, if there was one."""
        if self.interrupted:
            sys.exit(130)
        if self.failed:
            sys.exit(3)

    def _fail(self, line: str) -> None:
        self.failed = True
        say(line)
