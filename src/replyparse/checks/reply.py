"""What several rules ask of a record: its text folded to one width, stretches of it, its parts, small ordinals."""

from __future__ import annotations

from functools import lru_cache

from replyparse.patterns import regex
from replyparse.record import ReplyRecord, Role, Section, Span

#: Full-width forms to the ASCII ones they stand for, one character for one, so that every offset stays.
_FOLD = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_WIDE = regex(r"[\uff01-\uff5e\u3000\xa0]")
_BLANK = regex(r"\s+")
#: No clause or sentence is looked at further than this, so that work stays linear in text without punctuation.
_REACH = 400
_SENTENCE_ENDS = "。;!?"
_CLAUSE_ENDS = "," + _SENTENCE_ENDS
_CLAUSE_END = regex(f"[{_CLAUSE_ENDS}]")
_DIGITS = "一二三四五六七八九"


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    for character in set(_WIDE.findall(text)):  # quicker than `translate`, which looks at each character
        text = text.replace(character, chr(_FOLD[ord(character)]))
    return text


def folded(record: ReplyRecord) -> str:
    """The text with full-width ASCII made half-width; offsets are those of the text."""
    return _folded(record.text or "")


def stretch(record: ReplyRecord, start: int, end: int) -> str:
    """What stands between two offsets, folded and without blanks and line ends."""
    return _BLANK.sub("", folded(record)[start:end])


def printed(record: ReplyRecord, span: Span) -> str:
    """What a span holds, folded and without blanks and line ends."""
    return stretch(record, span.start, span.end)


def before(record: ReplyRecord, offset: int, *, sentence: bool = False) -> str:
    """What stands before an offset in its clause, or in its sentence."""
    text = folded(record)
    ends, first = _SENTENCE_ENDS if sentence else _CLAUSE_ENDS, max(0, offset - _REACH)
    cut = max(text.rfind(end, first, offset) for end in ends) + 1
    return stretch(record, cut or first, offset)


def after(record: ReplyRecord, offset: int) -> str:
    """What stands behind an offset in its clause."""
    end = _CLAUSE_END.search(folded(record), offset, offset + _REACH)
    return stretch(record, offset, end.start() if end else offset + _REACH)


def roots(record: ReplyRecord, *roles: Role) -> list[Section]:
    """The sections of these roles that lie in no other section of the same role, in text order."""
    by_id = {section.id: section for section in record.sections}
    return [
        section
        for section in record.sections
        if section.role in roles and (section.parent is None or by_id[section.parent].role != section.role)
    ]


def first_line(record: ReplyRecord) -> Span:
    """The first line that is not blank, where faults of the whole reply are shown."""
    text = folded(record)
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, len(text) if end < 0 else end)


def ordinal(printed: str) -> int:
    """The value of a small ordinal in Arabic or Chinese numerals, up to 99: 十二 → 12."""
    if printed.isdecimal():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    return 10 * ((_DIGITS.find(tens) + 1 if tens else 1) if ten else 0) + (_DIGITS.find(ones) + 1 if ones else 0)
