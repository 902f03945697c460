"""Text that somebody read in a wrong encoding and saved so: 鍏充簬 or å…³äºŽ, which were 关于.

It is undone where the round trip proves what happened: back to bytes in the wrong codec, and all of these bytes are
text in the right one, of commoner characters. Chinese text is not that by chance; a text that is so only in part, or
that lost characters on the way, is left as it is, and `shows` tells it.
"""

from __future__ import annotations

from replyparse.patterns import regex
from replyparse.reading.characters import HAN, SAMPLE, common_share

_BEYOND = regex(r"[^\x00-\x7f]")
_ACCENTED = regex(r"[\x80-\xff]|[\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
#: U+FFFD in UTF-8, read as GBK: what stood there is lost.
_LOST = regex(r"(?:锟斤拷)+锟?")
_LEAST = 4  # Han characters that prove anything
#: The share of Han characters in what is not ASCII, the rest being punctuation: at least this in Chinese text.
_HAN_SHARE = 0.6
_COMMON_SHARE = 0.9  # of level-1 characters among them

#: The codec that was used, and the one that would have been right. What Western codecs differ in is made latin-1.
_MISREADINGS = (("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"))
_WESTERN = {
    ord(char): byte
    for byte in range(0x80, 0xA0)
    if (char := bytes([byte]).decode("cp1252", "ignore")) and ord(char) > 255
}


def undone(text: str) -> str | None:
    """What the text was before it was read in a wrong encoding, or None where that is not proved.

    >>> undone("鍏充簬鍔犲己"), undone("关于加强")
    ('关于加强', None)
    """
    return next((back for wrong, right in _likely(text) if (back := _back(text, wrong, right)) is not None), None)


def shows(text: str) -> bool:
    """Whether most of a text was read in a wrong encoding, though it cannot be undone."""
    sample = text[:SAMPLE]
    return any(
        _plausible(_bytes(sample, wrong, "replace").decode(right, "replace")) for wrong, right in _likely(sample)
    )


def marked(text: str) -> str:
    """The text with U+FFFD again where 锟斤拷 stands for it."""
    return _LOST.sub("\ufffd", text) if "锟斤拷" in text else text


def _likely(text: str) -> list[tuple[str, str]]:
    """The misreadings of which the text has the characters."""
    sample = text[:SAMPLE]
    beyond = len(_BEYOND.findall(sample))
    if not beyond:
        return []
    accented = 2 * len(_ACCENTED.findall(sample)) > beyond
    return [pair for pair in _MISREADINGS if (pair[0] != "gb18030") == accented]


def _back(text: str, wrong: str, right: str) -> str | None:
    try:
        back = _bytes(text, wrong, "strict").decode(right)
    except UnicodeError:
        return None
    return back if len(back) < len(text) and _plausible(back) else None


def _bytes(text: str, wrong: str, errors: str) -> bytes:
    return (text.translate(_WESTERN) if wrong == "latin-1" else text).encode(wrong, errors)


def _plausible(text: str) -> bool:
    """Whether a text is Chinese: what is not ASCII in it is Han for the most part, and common."""
    beyond, han = _BEYOND.findall(text[:SAMPLE]), HAN.findall(text[:SAMPLE])
    return len(han) >= max(_LEAST, _HAN_SHARE * len(beyond)) and common_share(text) >= _COMMON_SHARE
