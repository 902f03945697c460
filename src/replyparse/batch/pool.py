"""Local processes as a `concurrent.futures.Executor`, of which any may die without harm to the others.

The executors of the standard library lose everything when one process dies. Here each process has a thread that talks
to it over a pipe, starts another in its place when it dies, and lets it go after so many calls, so that nothing that a
library leaks adds up. Processes are started anew instead of forked: a caller needs no `if __name__ == "__main__"`.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_Call = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...]]

_RECYCLE = 100  # calls after which a process makes room for a new one
_PATIENCE = 5  # seconds that a process gets to end by itself


class WorkerDied(Exception):
    """The process that a call ran in ended before it answered; `status` is its exit status, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LocalPool(Executor):
    """`jobs` processes. A call whose process dies raises `WorkerDied`; functions and arguments are pickled."""

    def __init__(self, jobs: int) -> None:
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._threads = [Thread(target=self._serve, name=f"replyparse-{i}", daemon=True) for i in range(jobs)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Ask for `fn(*args)` in a process."""
        if kwargs:
            raise TypeError("calls take positional arguments only")
        future: Future[T] = Future()
        self._calls.put((future, fn, args))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, when they have answered what was asked or, with `cancel_futures`, what they are at."""
        while cancel_futures and not self._calls.empty():
            if (call := self._calls.get()) is not None:
                call[0].cancel()
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def _serve(self) -> None:
        process: _Process | None = None
        while (call := self._calls.get()) is not None:
            future, function, arguments = call
            if not future.set_running_or_notify_cancel():
                continue
            try:
                process = process or _Process()
                answered, answer = process.ask(function, arguments)
            except BaseException as error:
                future.set_exception(error)
                if process:
                    process.end()
                process = None
                continue
            if answered:
                future.set_result(answer)
            else:
                future.set_exception(answer)
            if process.calls >= _RECYCLE:
                process.end()
                process = None
        if process:
            process.end()


class _Process:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        start = f"import sys; sys.path[:] = {sys.path!r}; from replyparse.batch.worker import main; main()"
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("REPLYPARSE_DEBUG") else subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the caller
        )
        self.calls = 0

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        """Whether a call succeeded, and its result or exception. Raises `WorkerDied`."""
        assert self._popen.stdin and self._popen.stdout
        self.calls += 1
        try:
            pickle.dump((function, arguments), self._popen.stdin, pickle.HIGHEST_PROTOCOL)
            self._popen.stdin.flush()
            answered, answer = pickle.load(self._popen.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._popen.kill()
            raise WorkerDied(self._popen.wait()) from None
        return answered, answer

    def end(self) -> None:
        """Let the process end; it does so when it hears no more."""
        for pipe in (self._popen.stdin, self._popen.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        try:
            self._popen.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
