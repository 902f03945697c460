"""Reads pdf: the characters of its pages, by their places, → `Document`; pages that are pictures go to `ocr`.

A text layer can lie. Fonts without a map to characters give U+FFFD, fonts with a false one give characters that no
Chinese text is made of; such a layer is refused, or read from the pictures of its pages where the ocr extra is there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from replyparse.errors import EncryptedError, TooLargeError, UnreadableError, UnsupportedFormatError
from replyparse.reading import ocr, pdf_process
from replyparse.reading.characters import common_share, reads_ordinary
from replyparse.reading.document import Document, make_document, shown
from replyparse.reading.paper import Atom, Page, Rule, compose
from replyparse.reading.watch import tell
from replyparse.record import RecognizedLine, Span

#: The share of characters without a meaning from which on a text layer is of no use.
_UNMAPPED = 0.1
_COMMON = 0.5  # of the Han characters at least are common ones, as in every Chinese text
_SAMPLE = 30  # characters without which nothing can be said of a layer

_FAILED = {
    "damaged": UnreadableError("is a damaged PDF document; open it in a viewer and print it to a new file"),
    "password": EncryptedError("is protected by a password; save it without one"),
    "pages": TooLargeError(f"has more than {pdf_process.MAX_PAGES} pages; extract those with the reply"),
    "characters": TooLargeError(f"has more than {pdf_process.MAX_CHARACTERS:,} characters; extract the reply's pages"),
    "memory": UnreadableError("is a PDF document that takes too much memory, or breaks its reader"),
    "time": TooLargeError("is a PDF document that takes too long to read"),
}


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of a pdf. `encoding` is ignored: a pdf names its own.

    Raises `EncryptedError`, `UnreadableError` (damaged, nothing on its pages, an unusable text layer), `TooLargeError`
    and, for a scan without the ocr extra, `UnsupportedFormatError`.
    """
    try:
        pages, pictures = _pages(data)
        scanned = _scanned(pages, pictures, name)
        if scanned:
            pages = _recognized(data, pages, scanned)
    except pdf_process.Failed as failure:
        why = _FAILED[str(failure)]
        raise type(why)(f"{shown(name)}: {why}") from None
    found = compose(pages)
    if not found.text:
        raise UnreadableError(f"{shown(name)}: has no text on its pages")
    recognized = [RecognizedLine(span=Span(start, end), confidence=sure) for start, end, sure in found.recognized]
    return make_document(
        found.text, data, name=name, media_type="application/pdf", pages=found.pages, recognized=recognized
    )


def _pages(data: bytes) -> tuple[list[Page], list[int]]:
    """The pages with their characters, and the numbers (from 0) of those that are pictures."""
    pages: list[Page] = []
    pictures: list[int] = []
    for line in pdf_process.ask(data, "text").splitlines():
        page = json.loads(line)
        if page["picture"]:
            pictures.append(len(pages))
        pages.append(
            Page(
                page["width"],
                page["height"],
                tuple(Atom(*atom) for atom in page["atoms"]),
                tuple(Rule(*rule) for rule in page["level"]),
                tuple(Rule(*rule) for rule in page["upright"]),
            )
        )
    return pages, pictures


def _scanned(pages: Sequence[Page], pictures: list[int], name: str) -> list[int]:
    """The pages to be read as pictures. Raises what `read` does when there is no ocr extra, or too many of them."""
    unusable = _unusable("".join(atom.text for page in pages for atom in page.atoms if not atom.text.isspace()))
    wanted = list(range(len(pages))) if unusable else pictures
    lacking = ocr.missing() if wanted else None
    if lacking:
        if unusable:
            what = "its text layer is unusable, for its fonts do not say which characters they draw"
        elif len(wanted) < len(pages):
            what = f"its pages {_listed(wanted)} are pictures without text"
        else:
            what = "is a scan, pictures without text"
        raise UnsupportedFormatError(f"{shown(name)}: {what}; reading it needs {lacking}")
    if len(wanted) > ocr.MAX_PAGES:
        raise TooLargeError(f"{shown(name)}: has more than {ocr.MAX_PAGES} scanned pages; split it")
    return wanted


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers for a message: "2, 3, 5 …"."""
    return ", ".join(str(number + 1) for number in numbers[:5]) + (" …" if len(numbers) > 5 else "")


def _unusable(text: str) -> bool:
    """Whether a text layer is none: characters without meaning, or such as no text is made of."""
    if len(text) < _SAMPLE:
        return False
    known = text.replace("\ufffd", "")
    return len(text) - len(known) > _UNMAPPED * len(text) or not reads_ordinary(known) or common_share(known) < _COMMON


def _recognized(data: bytes, pages: Sequence[Page], numbers: Sequence[int]) -> list[Page]:
    """The pages, those numbered read from their pictures."""
    from PIL import Image

    found = list(pages)
    tell(0, len(numbers))
    for done, number in enumerate(numbers):
        rest = pdf_process.ask(data, str(number))
        head, _, grey = rest.partition(b"\n")
        size = json.loads(head)
        found[number] = ocr.page_of(Image.frombytes("L", (size["width"], size["height"]), grey))
        tell(done + 1, len(numbers))
    return found
