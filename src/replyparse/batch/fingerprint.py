"""What, beside the bytes of an input, decides what comes out of it: the program and the options."""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import replyparse
from replyparse.batch.work import Asked


def of(asked: Asked, lexicon: bytes | None) -> str:
    """A digest that changes with the program, with what it reads documents with, and with what is asked of it.

    `lexicon` is the content of the user's file.
    """
    options = (asked.product, asked.text, asked.checked, str(asked.issued_on), asked.encoding)
    added = hashlib.sha256(lexicon).hexdigest() if lexicon is not None else None
    return hashlib.sha256(repr((_program(), options, added)).encode()).hexdigest()


@cache
def _program() -> str:
    """The version, the code and knowledge of the package, and the versions of the libraries that it reads with."""
    digest = hashlib.sha256(repr((replyparse.__version__, sys.version_info[:2], _libraries())).encode())
    folder = Path(replyparse.__file__).parent
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".py", ".yaml"}:
            digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _libraries() -> list[tuple[str, str | None]]:
    """The versions of everything that the package asks for or offers as an extra, None for what is not installed."""
    names = set()
    for requirement in metadata.requires("replyparse") or ():
        if name := re.match(r"[A-Za-z0-9._-]+", requirement):
            names.add((name[0], "extra == 'dev'" in requirement.replace('"', "'")))
    return [(name, _version(name)) for name, only_for_us in sorted(names) if not only_for_us]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
