"""Characters that Word takes from symbol fonts (`w:sym`), whose codes mean nothing without the font."""

from __future__ import annotations

#: Font → code in the font (below U+F000) → the character that looks like it.
_FONTS = {
    "symbol": {
        **{code: chr(code) for code in (*range(0x25, 0x27), *range(0x28, 0x2D), *range(0x2E, 0x40))},
        0x2D: "-", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
        0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·", 0x6D: "μ", 0x57: "Ω", 0xC5: "⊕",
    },
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xFB: "×", 0xFC: "√", 0xFD: "☒",
        0xFE: "☑", 0xE0: "→", 0xD8: "➢",
        **{0x81 + at: chr(ord("①") + at) for at in range(10)},
        **{0x8C + at: chr(ord("❶") + at) for at in range(10)},
    },
    "wingdings 2": {
        0x50: "√", 0x4F: "×", 0x51: "☒", 0x52: "☑", 0xA3: "□", 0x98: "●", 0xA2: "■",
        **{0x6A + at: chr(ord("①") + at) for at in range(10)},
        **{0x75 + at: chr(ord("❶") + at) for at in range(10)},
    },
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character for a `w:sym`: ("Wingdings", "F081") is ①; "" for a sign that is not known here."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.lower(), {}).get(point & 0xFF if 0xF000 <= point <= 0xF0FF else point)
    if known is not None:
        return known
    in_font_only = 0xE000 <= point <= 0xF8FF or 0xD800 <= point <= 0xDFFF or not 0x20 <= point <= 0x10FFFF
    return "" if in_font_only else chr(point)
