"""Many replies: each input has one outcome, whatever happens to the others.

`parse_many` gives records to a program; `run.run` keeps them in a destination and knows what was done before.
"""

from __future__ import annotations

import datetime as dt
import os
import pickle
from collections.abc import Iterable, Iterator

from replyparse.batch.outcome import Outcome

__all__ = ["Outcome", "parse_many"]


def parse_many(
    paths: Iterable[str | os.PathLike[str]],
    *,
    jobs: int | None = None,
    issued_on: dt.date | str | None = None,
    encoding: str | None = None,
    lexicon: str | os.PathLike[str] | None = None,
    timeout: float | None = 60,
) -> Iterator[Outcome]:
    """The outcome of each file, in the order given, read by `jobs` processes (all usable cores unless given).

    Paths are taken as outcomes are, so there may be any number of them. A file that cannot be read, takes longer than
    `timeout` seconds or brings its process down fails alone. `issued_on`, `encoding` and `lexicon` are as for
    `replyparse.parse_file`, which says what is raised at once for them; `ValueError` for `jobs` below 1.
    """
    from replyparse.batch import engine, work
    from replyparse.batch.pool import usable_cores

    signed = dt.date.fromisoformat(issued_on) if isinstance(issued_on, str) else issued_on
    if encoding is not None:
        from replyparse.reading.text import check_encoding

        check_encoding(encoding)
    extension = None
    if lexicon is not None:
        from replyparse.lexicon import read

        extension = pickle.dumps(read(lexicon))
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    asked = work.Asked("record", issued_on=signed, encoding=encoding, lexicon=extension, timeout=timeout)
    tasks = (work.Task(os.fspath(path)) for path in paths)

    def outcomes() -> Iterator[Outcome]:
        with engine.local(jobs or usable_cores()) as opened:
            for result in engine.results(opened, tasks, asked):
                yield Outcome(result.name, result.status, result.product, result.error)

    return outcomes()
