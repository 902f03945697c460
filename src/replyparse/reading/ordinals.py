"""Whole numbers as word processors print them in front of paragraphs (ECMA-376-1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True)
)
#: Where Unicode sets numbers in one character: the first of them, the first number, and the last.
_CIRCLED = (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50))
_FULL_STOP = (("⒈", 1, 20),)
_PARENTHESIZED = (("⑴", 1, 20),)
_CIRCLED_HAN = (("㊀", 1, 10),)
_PARENTHESIZED_HAN = (("㈠", 1, 10),)


def ordinal(number: int, form: str) -> str:
    """The number in a `w:numFmt`: 3 is 三 in `chineseCounting`, ③ in `decimalEnclosedCircle`, "" in `none`.

    A form that is not known here, and a number that a form has no sign for, are printed in plain digits.
    """
    if form in _SILENT:
        return ""
    make = _FORMS.get(form)
    return (make(number) if make and number >= 0 else "") or str(number)


def circled(number: int) -> str:
    """① to ㊿; "" beyond."""
    return _single(number, _CIRCLED)


def _single(number: int, ranges: tuple[tuple[str, int, int], ...]) -> str:
    return next((chr(ord(first) + number - low) for first, low, high in ranges if low <= number <= high), "")


def _counting(number: int, digits: str, scales: str, *, one_ten: bool) -> str:
    """Chinese counting below 100,000,000: 一百零五. `one_ten`: 10 is 一十 (壹拾), not 十."""
    if number >= 10_000:
        upper = _counting(number // 10_000, digits, scales, one_ten=one_ten) + "万"
        lower = number % 10_000
        gap = digits[0] if 0 < lower < 1000 else ""
        return upper + (gap + _counting(lower, digits, scales, one_ten=True) if lower else "")
    if number == 0:
        return digits[0]
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            zero = bool(text)
            continue
        silent = place == 1 and digit == 1 and not text and not one_ten
        text += (digits[0] if zero else "") + ("" if silent else digits[digit]) + (scales[place - 1] if place else "")
        zero = False
    return text


def _han(number: int) -> str:
    return _counting(number, _DIGITS, "十百千", one_ten=False)


def _legal(digits: str) -> Callable[[int], str]:
    return lambda number: _counting(number, digits, "拾佰仟", one_ten=True)


def _japanese(number: int) -> str:
    """一 to 九千九百九十九, without 零 and without 一 before a scale."""
    if number >= 10_000:
        return ""
    scales = ("千", "百", "十", "")
    parts = [(number // 10**place % 10, scale) for place, scale in zip((3, 2, 1, 0), scales, strict=True)]
    return "".join(("" if d == 1 and scale else _DIGITS[d]) + scale for d, scale in parts if d)


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return ""
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """A to Z, AA, BB …: the letter as often as the alphabet was gone through."""
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (times + 1) if 0 < number <= 780 else ""


def _of_cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _stem_and_branch(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number else ""


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_SILENT = frozenset({"none", "bullet"})
_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedFullstop": lambda number: _single(number, _FULL_STOP),
    "decimalEnclosedParen": lambda number: _single(number, _PARENTHESIZED),
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "japaneseCounting": _japanese,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _legal(_LEGAL),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "ideographTraditional": _of_cycle(_STEMS),
    "ideographZodiac": _of_cycle(_BRANCHES),
    "ideographZodiacTraditional": _stem_and_branch,
    "ideographEnclosedCircle": lambda number: _single(number, _CIRCLED_HAN),
    "ideographParenthesized": lambda number: _single(number, _PARENTHESIZED_HAN),
}
