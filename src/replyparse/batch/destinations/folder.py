"""A folder of records: one JSON or YAML file for each reply, under the path of its input.

`2023/a.txt` becomes `2023/a.txt.json`, so that `a.txt` and `a.docx` have a file each. Only what changed is written.
"""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath

from replyparse.batch.destinations import Content
from replyparse.errors import BatchError

_LONGEST = 255  # bytes of a file name
_PART = ".replyparse.part"


def write(content: Content, target: Path) -> None:
    """Write the files that are new, changed or missing, and remove those whose reply is gone."""
    state = content.state
    target.mkdir(parents=True, exist_ok=True)
    part = target / _PART
    for name, file in state.stale(dedupe=content.dedupe):
        _remove(target, target / file)
        state.unwrote(name)
    for name, product in content.replies():
        file = file_of(name, content.form)
        digest = hashlib.sha256(product).hexdigest()
        path = target / file
        if state.written(name) == (file, digest) and path.is_file():
            continue
        if other := state.writes(name, file, digest):
            raise BatchError(f"{name} and {other} would be written to the same file; name them by relative paths")
        _put(part, path, zlib.decompress(product))
    part.unlink(missing_ok=True)  # of a run that was killed


def file_of(name: str, form: str) -> str:
    """The file of a reply below the folder: never outside it, whatever the input is called."""
    parts = [part for part in PurePosixPath(name.replace("://", "/")).parts if part != "/"]
    folders = ["%2E%2E" if part == ".." else part for part in parts]
    return "/".join((*folders[:-1], _short(folders[-1], f".{form}")))


def _short(name: str, suffix: str) -> str:
    """The name with its suffix, cut where no file system could hold it."""
    if len((name + suffix).encode()) <= _LONGEST:
        return name + suffix
    suffix = f"~{hashlib.sha256(name.encode()).hexdigest()[:12]}{suffix}"
    return name.encode()[: _LONGEST - len(suffix)].decode("utf-8", "ignore") + suffix


def _put(part: Path, path: Path, data: bytes) -> None:
    """Write a file whole or not at all, by way of `part`. It can be made again, so nothing waits for the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(data)
    part.replace(path)


def _remove(target: Path, path: Path) -> None:
    """Remove a file and the folders that it leaves empty."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == target:
            return
        with suppress(OSError):
            folder.rmdir()
