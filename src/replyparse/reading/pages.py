"""What the reader of web pages knows of them: the rows of `pages.yaml`.

This is knowledge of sites, not of the language, so it is no part of the lexicon that users extend.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from replyparse.knowledge import File, Row
from replyparse.reading.markup import Element


class Selector(Row):
    """Elements, by #id, .class or tag; `what` says which sites write them, or what they hold."""

    selector: str
    what: str


class Meta(Row):
    """What a <meta> of that name says, as the header's key for it."""

    name: str
    key: str


class Caption(Row):
    """A key of the page's own data; a `dropped` one says nothing of the reply."""

    pattern: str
    what: str
    dropped: bool = False


class Furniture(Row):
    """A whole line that is no text of the reply."""

    pattern: str
    what: str


@cache
def _file() -> File:
    return File(Path(__file__).with_name("pages.yaml"))


@cache
def selectors(table: str) -> tuple[Selector, ...]:
    """The rows of `bodies`, `furniture` or `titles`, in their order."""
    return _file().rows(table, Selector)


@cache
def metas() -> tuple[Meta, ...]:
    """The rows of `metas`."""
    return _file().rows("metas", Meta)


@cache
def captions() -> tuple[Caption, ...]:
    """The rows of `captions`."""
    return _file().rows("captions", Caption)


@cache
def furniture() -> tuple[Furniture, ...]:
    """The rows of `lines`."""
    return _file().rows("lines", Furniture)


def names(element: Element) -> set[str]:
    """The selectors that apply to an element, in lower case: its tag, #id and .classes."""
    found = {element.tag}
    if element.attributes:
        found.update(f".{name}" for name in (element.get("class") or "").lower().split())
        found.add(f"#{(element.get('id') or '').lower()}")
    return found


@cache
def names_of(table: str) -> frozenset[str]:
    """The selectors of a table in lower case."""
    return frozenset(row.selector.lower() for row in selectors(table))


@cache
def caption_pattern(*, dropped: bool | None = None) -> re.Pattern[str]:
    """One pattern for all captions, or for those that are dropped; blanks may stand between the characters of one."""
    rows = [row.pattern for row in captions() if dropped is None or row.dropped is dropped]
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows))


@cache
def _line_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row.pattern})" for row in furniture()), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a line is none of the reply's."""
    squeezed = re.sub(r"\s", "", line)
    return len(squeezed) > 1 and len(line) <= 400 and _line_pattern().fullmatch(squeezed) is not None
