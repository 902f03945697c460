"""How ordinary the characters of a text are, by which the right encoding is told from a wrong one."""

from __future__ import annotations

from replyparse.patterns import regex

SAMPLE = 1 << 16  #: characters that the guesses look at
#: What official texts are made of: ASCII, Han, their punctuation, full-width forms, circled numbers, table lines.
_ORDINARY = regex(
    r"[\t\n\f\r\x20-\x7e\xa0°±·×÷\u2010-\u203b℃№Ⅰ-ⅿ\u2460-\u249b\u2500-\u25ff\u3000-\u303f\u4e00-\u9fff\uff01-\uffe5]"
)
HAN = regex(r"[\u3400-\u9fff]")
#: The 3,755 characters that GB2312 calls level 1: nearly all of simplified text, most of traditional.
_LEVEL_1 = frozenset(
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)


def reads_ordinary(text: str) -> bool:
    """Whether nine of ten characters are such as official texts are made of."""
    sample = text[:SAMPLE]
    return 10 * len(_ORDINARY.findall(sample)) >= 9 * len(sample)


def common_share(text: str) -> float:
    """The share of level-1 characters among the Han characters; 1 when there are none."""
    han = HAN.findall(text[:SAMPLE])
    return sum(char in _LEVEL_1 for char in han) / len(han) if han else 1.0
