"""Tells who watches how far a slow reading has come; nobody need watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Called with how many pages are done, and of how many.
Watcher = Callable[[int, int], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Within it, slow readers tell `watcher` of each page."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell(done: int, pages: int) -> None:
    """Tell who watches that so many of the pages are done."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(done, pages)
