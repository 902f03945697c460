"""Tasks through an executor, local or of a cluster: results in the order of the tasks, no more in memory than needed.

A lost process costs one document its result: the documents of its batch are asked for again, one by one, so that the
one that ends its process is found.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from replyparse.batch import work
from replyparse.batch.pool import LocalPool, WorkerDied
from replyparse.batch.work import Asked, Result, Task
from replyparse.errors import BatchError, WorkerError
from replyparse.reading.document import shown

#: Documents that travel together: enough that the way costs little, few enough that progress is seen.
BATCH = 16

#: Batches on the way for each process: one in work and some waiting.
_AHEAD = 4

_GLANCE = 0.2  # seconds between looks at whether to stop


@dataclass(frozen=True, slots=True)
class Engine:
    """An executor, how many batches to have on the way to it, and whether it is `near`.

    For one that is near, batches without a change need not travel: to see that costs less than the way.
    """

    executor: Executor
    ahead: int
    near: bool


_Sent = tuple[Sequence[Task], "Future[list[Result]]"]


@contextmanager
def local(jobs: int) -> Iterator[Engine]:
    """A pool of processes on this machine."""
    pool = LocalPool(jobs)
    try:
        yield Engine(pool, jobs * _AHEAD, near=True)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def dask(scheduler: str | None) -> Iterator[Engine]:
    """A cluster of dask workers as an executor.

    `scheduler` is its address; where None, dask's own configuration names it. Raises `BatchError` without the extra,
    and when nobody answers.
    """
    try:
        import distributed

        connect: Any = distributed.Client
    except ImportError:
        raise BatchError("the engine dask needs an extra: pip install 'replyparse[dask]'") from None
    logging.getLogger("distributed").setLevel(logging.ERROR)  # that work is done again is nothing to tell
    try:
        client = connect(scheduler, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise BatchError(f"{scheduler}: no dask scheduler answers: {' '.join(str(error).split())}") from None
    with client:
        threads = sum(client.nthreads().values())
        yield Engine(client.get_executor(), max(threads, 1) * _AHEAD, near=False)


def results(
    engine: Engine, tasks: Iterable[Task], asked: Asked, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Result]:
    """The result of each task, in order. When `stopped` turns true, what is in work is finished and nothing begun."""
    waiting: deque[_Sent] = deque()
    each = iter(tasks)
    while not stopped() and (batch := list(islice(each, BATCH))):
        waiting.append((batch, _sent(engine, batch, asked)))
        if len(waiting) >= engine.ahead:
            _await(waiting, stopped)
            yield from _settled(engine.executor, waiting.popleft(), asked, stopped)
    while waiting:
        _await(waiting, stopped)
        yield from _settled(engine.executor, waiting.popleft(), asked, stopped)


def _sent(engine: Engine, batch: list[Task], asked: Asked) -> Future[list[Result]]:
    """The results of a batch, at once when nothing in it has changed and that can be seen from here."""
    if not engine.near or not all(work.unchanged(task, asked) for task in batch):
        return engine.executor.submit(work.do, batch, asked)
    future: Future[list[Result]] = Future()
    future.set_result([Result(task.name, "unchanged", task.known) for task in batch])
    return future


def _await(waiting: Sequence[_Sent], stopped: Callable[[], bool]) -> None:
    """Wait for the first batch; when `stopped` turns true meanwhile, those that nobody has begun are called off."""
    while not wait([waiting[0][1]], timeout=_GLANCE).done:
        if stopped():
            for _, future in reversed(waiting):
                future.cancel()
            return


def _settled(executor: Executor, sent: _Sent, asked: Asked, stopped: Callable[[], bool]) -> Iterator[Result]:
    batch, future = sent
    try:
        yield from future.result()
    except CancelledError:
        return
    except Exception as error:
        if len(batch) == 1:
            yield Result(batch[0].name, "failed", error=_lost(batch[0], asked, error))
            return
        for task in batch:
            if not stopped():
                again = executor.submit(work.do, [task], asked)
                yield from _settled(executor, ([task], again), asked, stopped)


def _lost(task: Task, asked: Asked, error: Exception) -> WorkerError:
    """Why a document has no result though no reader refused it."""
    name = shown(task.name)
    if isinstance(error, WorkerDied) and error.status == work.TIMED_OUT and asked.timeout:
        return WorkerError(f"{name}: took longer than {asked.timeout:g} s; --timeout gives it more")
    if isinstance(error, WorkerDied):
        how = f"signal {-error.status}" if error.status < 0 else f"exit status {error.status}"
        return WorkerError(f"{name}: the process that read it died ({how})")
    if type(error).__name__ == "KilledWorker":
        return WorkerError(f"{name}: the workers that read it died, or it took too long")
    return work.internal(task.name, error)
