"""What a batch reads: folders, globs, files, URLs, a list of names; each input once, whatever way leads to it."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from pathlib import Path, PurePosixPath

from replyparse.batch import remote
from replyparse.errors import ReplyparseError, UnreadableError
from replyparse.reading.document import shown
from replyparse.reading.formats import DOCUMENT_FORMATS


@dataclass(frozen=True, slots=True)
class Input:
    """An input by its path or URL; `problem` is why it cannot even be looked for."""

    name: str
    problem: ReplyparseError | None = None


@dataclass(frozen=True)
class Selection:
    """What is taken out of folders and globs; a file that is named is always taken.

    `include` and `exclude` are globs: with a slash they match the path below the folder, without one the name of the
    file, `exclude` also that of a folder on the way. With no `include`, files that end like a known format are taken.
    `own` are paths of outputs, which are never inputs.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    own: frozenset[Path] = frozenset()

    def takes(self, below: str) -> bool:
        """Whether to take a file at this path below its folder, the parts of the path joined by slashes."""
        name = PurePosixPath(below).name
        if self._any(self._excluded, below, name):
            return False
        if not self.include:
            return PurePosixPath(name).suffix.lower() in _SUFFIXES
        return self._any(self._included, below, name)

    def enters(self, below: str) -> bool:
        """Whether to look into a folder at this path."""
        return not self._any(self._excluded, below, PurePosixPath(below).name)

    def shuns(self, path: Path) -> bool:
        """Whether a path is an output."""
        return bool(self.own) and path.absolute() in self.own

    @cached_property
    def _included(self) -> list[tuple[bool, re.Pattern[str]]]:
        return _compiled(self.include)

    @cached_property
    def _excluded(self) -> list[tuple[bool, re.Pattern[str]]]:
        return _compiled(self.exclude)

    @staticmethod
    def _any(patterns: list[tuple[bool, re.Pattern[str]]], below: str, name: str) -> bool:
        return any(pattern.match(below if whole else name) for whole, pattern in patterns)


_SUFFIXES = frozenset(suffix for known in DOCUMENT_FORMATS for suffix in known.suffixes)


def _compiled(globs: Iterable[str]) -> list[tuple[bool, re.Pattern[str]]]:
    """Each glob, and whether it is for whole paths; `**/` also stands for no folder at all."""
    return [
        ("/" in each.rstrip("/"), re.compile(translate(each.rstrip("/").removeprefix("**/").removeprefix("./"))))
        for each in globs
    ]


def find(names: Iterable[str], selection: Selection) -> Iterator[Input]:
    """The inputs that names stand for. What cannot be found is an input too, so that it has an outcome.

    Hidden files are left out, links to folders are not followed. Raises `BatchError` for a URL without the extra.
    """
    for name in names:
        try:
            yield from _remote(name, selection) if remote.is_url(name) else _local(name, selection)
        except UnreadableError as error:
            yield Input(name, error)


def _local(name: str, selection: Selection) -> Iterator[Input]:
    path = Path(name)
    if path.is_dir():
        yield from _walk(path, selection)
    elif glob.has_magic(name) and not os.path.lexists(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - pathlib's refuses absolute patterns
        if not matches:
            raise UnreadableError(f"{shown(name)}: matches no file")
        for match in map(Path, matches):
            if match.is_dir():
                if "**" not in name:
                    yield from _walk(match, selection)
            elif not selection.shuns(match) and selection.enters(match.as_posix()):
                yield Input(_usual(match))
    else:
        yield Input(_usual(path))


def _walk(folder: Path, selection: Selection) -> Iterator[Input]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            yield Input(_usual(here), UnreadableError(f"{shown(str(here))}: cannot be listed: {error.strerror}"))
            continue
        for entry in entries:
            path = here / entry.name
            below = path.relative_to(folder).as_posix()
            if entry.name.startswith(".") or selection.shuns(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                if selection.enters(below):
                    waiting.append(path)
            elif _is_file(entry) and selection.takes(below):
                yield Input(_usual(path))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a file or a link to one; a link that leads nowhere is an input that fails."""
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:
        return True


def _remote(url: str, selection: Selection) -> Iterator[Input]:
    if glob.has_magic(url):
        matches = sorted(remote.matching(url))
        if not matches:
            raise UnreadableError(f"{shown(url)}: matches no file")
        yield from (Input(match) for match in matches if selection.enters(match))
        return
    found = remote.below(url)
    if found is None:
        yield Input(url)
        return
    start = len(url.rstrip("/")) + 1
    for one in found:
        below = one[start:]
        hidden = any(part.startswith(".") for part in below.split("/"))
        entered = all(selection.enters(str(folder)) for folder in PurePosixPath(below).parents if folder.name)
        if not hidden and entered and selection.takes(below):
            yield Input(one)


def _usual(path: Path) -> str:
    """A path as it is named everywhere: below the working folder without what leads there."""
    if path.is_absolute():
        try:
            return str(path.relative_to(Path.cwd()))
        except ValueError:
            return str(path)
    return str(path)


def key(name: str) -> str:
    """The name of an input as tables and JSON hold it, no two inputs the same: slashes between folders, UTF-8.

    Bytes that are no UTF-8 become `\\xb4`, a backslash that is part of a name is doubled.
    """
    if remote.is_url(name):
        return name
    slashed = name.replace(os.sep, "/") if os.sep != "/" else name.replace("\\", "\\\\")
    return slashed.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
