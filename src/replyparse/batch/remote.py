"""Object stores and other file systems behind URLs, through fsspec: the only module that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from replyparse.errors import BatchError, ReplyparseError, UnreadableError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_url(name: str) -> bool:
    """Whether a name is a URL (`s3://…`, `hdfs://…`, `file://…`) rather than a path."""
    return _URL.match(name) is not None


def opened(url: str) -> BinaryIO:
    """The bytes behind a URL. Raises `UnreadableError`, `BatchError` without the extra."""
    stream: BinaryIO = _asked(url, lambda system, path: system.open(path, "rb"))
    return stream


def below(url: str) -> Iterator[str] | None:
    """The URLs of all files below one that stands for a folder; None for one that stands for a file.

    Raises what `opened` raises.
    """

    def listed(system: Any, path: str) -> Iterator[str] | None:
        if system.isfile(path) or not system.isdir(path):
            return None
        return (system.unstrip_protocol(found) for found in system.find(path))

    found: Iterator[str] | None = _asked(url, listed)
    return found


def matching(url: str) -> list[str]:
    """The URLs that a glob stands for. Raises what `opened` raises."""
    found: list[str] = _asked(url, lambda system, path: [system.unstrip_protocol(one) for one in system.glob(path)])
    return found


def fetch(url: str, to: Path) -> None:
    """Copy a file behind a URL to `to`, if it is there."""

    def copied(system: Any, path: str) -> None:
        if system.exists(path):
            system.get(path, str(to), recursive=True)

    _asked(url, copied)


def exists(url: str) -> bool:
    """Whether something stands behind a URL."""
    return bool(_asked(url, lambda system, path: system.exists(path)))


def publish(local: Path, url: str) -> None:
    """Put a file or folder behind a URL, each file whole or not at all where the store promises that."""

    def put(system: Any, path: str) -> None:
        if local.is_file():
            system.put_file(str(local), path)
            return
        for file in sorted(found for found in local.rglob("*") if found.is_file()):
            target = f"{path}/{file.relative_to(local).as_posix()}"
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            system.put_file(str(file), target)

    _asked(url, put)


def _asked(url: str, ask: Any) -> Any:
    """What a file system answers about a URL, its failures told in one line."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise BatchError(f"{url}: URLs need an extra: pip install 'replyparse[remote]'") from None
    try:
        return ask(*url_to_fs(url))
    except ReplyparseError:
        raise
    except ImportError as error:
        raise BatchError(f"{url}: {_line(error)}; install what serves this kind of URL") from None
    except FileNotFoundError:
        raise UnreadableError(f"{url}: there is no such file") from None
    except Exception as error:  # every store raises errors of its own
        raise UnreadableError(f"{url}: cannot be read: {_line(error)}") from None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
