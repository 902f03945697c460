"""Reads plain text: bytes in any encoding that Chinese offices use → `Document`.

The encoding is found by a ladder, from what proves itself to what must be guessed:

1. a byte order mark;
2. UTF-8, whose pattern hardly arises by chance;
3. UTF-16 without a mark, when one byte order makes it read like Chinese or like ASCII;
4. GB18030, which holds GBK and GB2312;
5. Big5, when its reading is made of commoner characters: every Big5 text is also valid GB18030.

A text that none of them decodes whole is kept when it is nearly whole, with U+FFFD at the broken places, so that
one bad byte does not cost a reply; `Document.damaged` counts them. Anything worse is an error.
"""

from __future__ import annotations

import codecs
import re

from replyparse.errors import UnreadableError
from replyparse.patterns import regex
from replyparse.reading import markdown, mojibake
from replyparse.reading.characters import SAMPLE, common_share, reads_ordinary
from replyparse.reading.document import Document, broken_places, make_document, shown

#: A nearly whole text has at most one broken place in so many characters …
_DAMAGE_EVERY = 1000
#: … and a single one needs a text of at least this length around it.
_DAMAGE_LEAST = 50
#: More lost characters than one in so many, and than this, are a text that was spoilt before it was saved.
_LOST_EVERY = 100
_LOST_LEAST = 2

#: Text of any kind has at least this share of common characters; read in a wrong encoding it rarely has.
_COMMON = 0.5
_SURELY = 0.9
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030"}  # what people mean when they say GB2312
_BIG5 = ("big5", "cp950")  # Windows writes a few characters that the standard lacks

_CONTROL = regex(r"[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTE = re.compile(rb"[\0-\x08\x0e-\x19\x1c-\x1f]")


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of a text file's bytes, the markup of Markdown taken away. `source.encoding` is the codec.

    Raises `UnreadableError` when the bytes are empty, binary, or text in no known encoding, and `LookupError`
    for an `encoding` that Python does not know.
    """
    text, codec = decoded(data, name=name, encoding=encoding)
    kind = "text/plain"
    if markdown.is_markdown(text):
        text, kind = markdown.plain(text), "text/markdown"
    document = make_document(text, data, name=name, media_type=kind, encoding=codec)
    if not document.text:
        raise UnreadableError(f"{shown(name)}: is empty")
    return document


def decoded(
    data: bytes, *, name: str, encoding: str | None = None, sample: bytes | None = None, declared: str | None = None
) -> tuple[str, str]:
    """The text of the bytes, and the codec that decodes them.

    `encoding` is the user's word and holds. `declared` is what the input says of itself and holds where its bytes
    bear it out. `sample` is what the guesses look at, when markup would hide the text from them. Raises what `read`
    raises.
    """
    if encoding is not None:
        check_encoding(encoding)
        codec: str | None = _widened(encoding)
    else:
        codec = _detect(data, data if sample is None else sample, declared)
    if codec is None and b"\0" in data:
        raise UnreadableError(f"{shown(name)}: is binary, not text")
    if codec is None:
        raise UnreadableError(
            f"{shown(name)}: is not text in UTF-8, UTF-16, GB18030 or Big5; "
            "if it is text in another encoding, name it (--encoding)"
        )
    text = _decode(data, codec, name)
    if encoding is None:
        text = mojibake.undone(text) or text
    _refuse_binary(text, name)
    return (_unspoilt(text, name) if encoding is None else text), codec


def check_encoding(encoding: str) -> None:
    """Raises `LookupError` unless Python knows a text encoding of that name."""
    try:
        b"\n".decode(encoding, "replace")  # an empty string would not be looked at
    except (LookupError, ValueError):
        raise LookupError(f"unknown encoding {encoding!r}") from None


def _unspoilt(text: str, name: str) -> str:
    """The text with U+FFFD where a character was lost before the file was saved; refuses one that lost many."""
    text = mojibake.marked(text)
    lost = broken_places(text) > max(_LOST_LEAST, len(text) // _LOST_EVERY)
    if lost or mojibake.shows(text):
        raise UnreadableError(
            f"{shown(name)}: was read in a wrong encoding before it was saved, and characters were lost; "
            "get it from its source again"
        )
    return text


def _widened(encoding: str) -> str:
    """The codec that holds what an encoding of that name is used for."""
    return _WIDER.get(codecs.lookup(encoding).name, encoding)


def _detect(data: bytes, sample: bytes, declared: str | None) -> str | None:
    """The codec that the bytes are in, by their mark, their declaration or the ladder; None for none."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    found = _ladder(sample)
    said = _borne_out(sample, declared) if declared else None
    if said is None or (found == "utf-8" and not sample.isascii()):  # no other text is UTF-8 by chance
        return found
    return said


def _borne_out(data: bytes, declared: str) -> str | None:
    """The codec of a declaration, when the bytes are ordinary text in it."""
    try:
        codec = _widened(declared)
        text = _strict(data, codec)
    except (LookupError, ValueError):
        return None
    return codec if text is not None and reads_ordinary(text) and common_share(text) >= _COMMON else None


def _ladder(data: bytes) -> str | None:
    """The codec of the ladder that the bytes are in, or None."""
    utf_8 = _strict(data, "utf-8")
    if utf_8 is not None and reads_ordinary(utf_8):
        return "utf-8"
    if utf_8 is not None:  # another script, or by chance: some words of GB18030 are valid UTF-8 too
        return _utf_16(data, least=_SURELY) or _multibyte(data, least=_SURELY) or "utf-8"
    return _utf_16(data) or _multibyte(data) or _utf_16(data, least=0) or _least_damaged(data)


def _utf_16(data: bytes, least: float = _COMMON) -> str | None:
    """The byte order in which the bytes are ordinary text: of common characters, or impossible in 8-bit text."""
    texts = {codec: data.decode(codec, "replace") for codec in ("utf-16-le", "utf-16-be")}
    shares = {codec: common_share(text) for codec, text in texts.items() if reads_ordinary(text)}
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best and (shares[best] >= least or _CONTROL_BYTE.search(data)) else None


def _multibyte(data: bytes, least: float = _COMMON) -> str | None:
    """GB18030 or Big5, whose readings of the same bytes differ in how common their characters are."""
    shares: dict[str, float] = {}
    for codec in ("gb18030", *_BIG5):
        text = _strict(data, codec)
        if text is not None and reads_ordinary(text):
            shares[codec] = common_share(text)
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best and shares[best] >= least else None


def _least_damaged(data: bytes) -> str | None:
    """The codec that breaks on the fewest places of a text which is otherwise an ordinary one."""
    texts = {codec: data.decode(codec, "replace") for codec in ("utf-8", "gb18030", *_BIG5)}
    likely = [codec for codec, text in texts.items() if reads_ordinary(text)]
    return min(likely, key=lambda codec: broken_places(texts[codec]), default=None)


def _decode(data: bytes, codec: str, name: str) -> str:
    """The text of the bytes, nearly whole at least. Raises `UnreadableError` saying where they break."""
    try:
        return data.decode(codec)
    except UnicodeError as error:
        text = data.decode(codec, "replace")
        broken = broken_places(text)
        surrogate = isinstance(error, UnicodeDecodeError) and "utf-16" in codec and error.reason != "truncated data"
        if not surrogate and len(text) >= _DAMAGE_LEAST and broken <= max(1, len(text) // _DAMAGE_EVERY):
            return text
        what = "a lone surrogate" if surrogate else "broken"
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise UnreadableError(
            f"{shown(name)}: read as {codec}, its text is {what}{where}; is it binary, or in another encoding?"
        ) from None


def _refuse_binary(text: str, name: str) -> None:
    if "\0" in text:
        raise UnreadableError(f"{shown(name)}: is binary, not text: it has NUL characters")
    sample = text[:SAMPLE]
    if 20 * len(_CONTROL.findall(sample)) > len(sample):
        raise UnreadableError(f"{shown(name)}: is binary, not text: it is full of control characters")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
