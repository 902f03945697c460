"""Keeps in the user's cache folder what takes long to make and is the same in every run: patterns, knowledge.

A process finds there what an earlier one made. Everything is known by what it was made of (a pattern by its source, a
table by the digest of its file), so the store is never out of date and never influences a record. It may be deleted at
any time; one that is damaged, or was made by another Python or another version of the program, counts as empty.

As with Python's own bytecode, who can write it can run code: it is read only from a folder that belongs to the user
and that nobody else may write. `REPLYPARSE_CACHE` names another folder; set to nothing, it turns the store off.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar
from zlib import crc32

from replyparse.files import replacing
from replyparse.version import __version__

__all__ = ["folder", "kept", "save"]

T = TypeVar("T")

_LARGEST: Final = 16 << 20  # bytes of a file; the knowledge of the program takes a tenth of it
_CHECKSUM: Final = 4  # bytes
_FORMAT: Final = 3  # to be raised when what is kept of the same things changes


def folder() -> Path | None:
    """Where the store lies: by the platform's convention, or as `REPLYPARSE_CACHE` says; None where there is none."""
    if (named := os.environ.get("REPLYPARSE_CACHE")) is not None:
        return Path(named) if named else None
    variable, convention = {
        "win32": ("LOCALAPPDATA", "~/AppData/Local"),
        "darwin": ("", "~/Library/Caches"),
    }.get(sys.platform, ("XDG_CACHE_HOME", "~/.cache"))
    base = Path(os.environ.get(variable) or convention)
    with suppress(RuntimeError):  # nobody's home
        base = base.expanduser()
    return base / "replyparse" if base.is_absolute() else None


class _Store:
    """What is kept, packed, by kind and key; read at the first question."""

    def __init__(self) -> None:
        self._packed: dict[Any, bytes] | None = None
        self._new = False

    def kept(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes: plain data that `marshal` can pack, of which `key` says everything that decides it."""
        if self._packed is None:
            self._packed = _read()
        try:
            return marshal.loads(self._packed[kind, key])  # type: ignore[no-any-return]
        except KeyError:
            made = make()
            self._packed[kind, key] = marshal.dumps(made)  # type: ignore[arg-type]
            self._new = True
            return made

    def save(self) -> None:
        """Write what has been made since the store was read. Where that cannot be, nothing happens."""
        if self._new and self._packed is not None:
            self._new = False
            with suppress(OSError):
                _write(self._packed)


_store = _Store()
kept, save = _store.kept, _store.save


def _header() -> bytes:
    """Says who made a store: the program and the Python, whose programs of patterns are its own affair."""
    return f"replyparse {__version__} store {_FORMAT} {sys.implementation.cache_tag} {sys.version}\n".encode()


def _file(where: Path) -> Path:
    return where / f"{sys.implementation.cache_tag}.store"


def _read() -> dict[Any, bytes]:
    """What the store holds; nothing where it is not there, is not ours, or is damaged."""
    where = folder()
    if where is None or not _private(where):
        return {}
    try:
        with _file(where).open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError:
        return {}
    header = _header()
    start = len(header) + _CHECKSUM
    if len(data) > _LARGEST or not data.startswith(header):
        return {}
    body = memoryview(data)[start:]
    if crc32(body).to_bytes(_CHECKSUM, "big") != data[len(header) : start]:
        return {}
    try:
        packed = marshal.loads(body)
    except (EOFError, ValueError, TypeError):
        return {}
    return packed if isinstance(packed, dict) else {}


def _write(packed: dict[Any, bytes]) -> None:
    where = folder()
    body = marshal.dumps(packed)
    if where is None or len(body) > _LARGEST // 2:
        return
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _private(where):
        with replacing(_file(where)) as stream:
            stream.write(_header() + crc32(body).to_bytes(_CHECKSUM, "big") + body)


def _private(where: Path) -> bool:
    """Whether a folder is there, belongs to the user and can be written by nobody else."""
    try:
        status = where.stat()
    except OSError:
        return False
    return sys.platform == "win32" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
