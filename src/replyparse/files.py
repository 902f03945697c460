"""Files and folders that are replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """A binary stream whose content appears as `target` when the block ends well.

    Until then, and after any error, what stood there stays. An existing file keeps its mode. Raises `OSError` when the
    file cannot be written.
    """
    part = _beside(target)
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


@contextmanager
def replacing_path(target: Path) -> Iterator[Path]:
    """A path at which the block makes a file or a folder that then takes the place of `target`.

    A file is replaced in one step. A folder takes two, between which it is missing, never half-written.
    """
    part = _beside(target)
    try:
        yield part
        if part.is_dir() and target.exists():
            old = _beside(target)
            target.rename(old)
            part.rename(target)
            remove(old)
        else:
            part.replace(target)
    except BaseException:
        remove(part)
        raise


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def leftovers(target: Path) -> list[Path]:
    """What a killed process may have left beside `target` of an attempt to replace it."""
    return sorted(target.parent.glob(f".{_escaped(target.name[:80])}.*.part"))


def _beside(target: Path) -> Path:
    import secrets

    return target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")


def _escaped(name: str) -> str:
    """A name as a glob that matches it alone."""
    return "".join(f"[{ch}]" if ch in "*?[" else ch for ch in name)
