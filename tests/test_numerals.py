"""Numerals: values, what is none, runs in a sentence, and properties that hold for any number and any text."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import replyparse
from marked import corpus, unmark
from replyparse.numerals import find, parse

_NUMERALISH = st.text("0123456789.,零一二三五九两十百千万亿点分之负半 第元个年陆", max_size=40)


@pytest.mark.parametrize(("text", "value"), corpus("numerals", "values"))
def test_value(text: str, value: int | str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize("text", corpus("numerals", "errors"))
def test_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        parse(text)


@pytest.mark.parametrize("row", corpus("numerals", "finds"), ids=lambda row: row["text"])
def test_find(row: dict[str, Any]) -> None:
    text, spans = unmark(row["text"])
    found = {tuple(n.span): n.value for n in find(text)}
    wanted = {span: None if value is None else Decimal(value) for span, value in zip(spans, row["values"], strict=True)}
    assert {span: found.get(span, "missed") for span in wanted} == wanted
    assert row.get("partly") or found == wanted


def in_words(number: int) -> str:
    """A whole number in Chinese characters, by the rules of GB/T 15835."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    scale, character = next(
        (10**p, c) for p, c in ((8, "亿"), (4, "万"), (3, "千"), (2, "百"), (1, "十")) if number >= 10**p
    )
    head, rest = divmod(number, scale)
    words = in_words(head) + character
    if not rest:
        return words
    return words + ("零" if rest < scale // 10 else "") + in_words(rest)


@given(st.integers(0, 10**16 - 1))
def test_words_of_a_number_have_its_value(number: int) -> None:
    assert parse(in_words(number)) == number


@given(st.integers(0, 10**16 - 1))
def test_formal_words_mean_the_same(number: int) -> None:
    formal = in_words(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert parse(formal) == number


@given(st.integers(0, 10**15), st.booleans())
def test_arabic_round_trip(number: int, commas: bool) -> None:
    written = f"{number:,}" if commas else str(number)
    assert parse(written) == number
    assert [(n.span, n.value) for n in find(written)] == [((0, len(written)), number)]


@given(
    st.decimals(min_value=0, max_value=10**9, places=3),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]),
)
def test_scaled_decimals_are_exact(number: Decimal, scale: tuple[str, int]) -> None:
    assert parse(f"{number:f}{scale[0]}") == number * scale[1]


@given(st.integers(1, 10**12))
def test_full_width_means_the_same(number: int) -> None:
    assert parse(str(number).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})) == number


@given(_NUMERALISH)
def test_runs_are_ordered_and_hold_what_they_say(text: str) -> None:
    end = 0
    for numeral in find(text):
        assert numeral.span.start >= end
        end = numeral.span.end
        run = text[numeral.span.start : end]
        assert run
        assert (numeral.script == "arabic") == run[0].isdecimal()
        if numeral.value is not None:
            assert parse(run) == numeral.value


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    find(text)
    with suppress(ValueError):
        assert parse(text).is_finite()


@pytest.mark.parametrize("unit", ["9", "十", "1万", "一", "1.", "1,", "一百零"])
def test_long_runs_stay_fast(unit: str) -> None:
    assert find(unit * 20_000)


def _account(marked: str) -> list[tuple[str, str]]:
    """The marked numerals of a sentence with what the account says of each; one that it does not hold is missing."""
    text, spans = unmark(marked)
    told = {tuple(entry.span): entry.what for entry in replyparse.parse(text).numerals}
    return [(text[start:end], told.get((start, end), "missing")) for start, end in spans]


_ACCOUNT = corpus("numerals", "account")


@pytest.mark.parametrize(("what", "marked"), [(row["what"], marked) for row in _ACCOUNT for marked in row["is"]])
def test_account(what: str, marked: str) -> None:
    assert {told for _, told in _account(marked)} == {what}, _account(marked)


@pytest.mark.parametrize(("what", "marked"), [(row["what"], marked) for row in _ACCOUNT for marked in row["is_not"]])
def test_account_of_look_alikes(what: str, marked: str) -> None:
    assert not {told for _, told in _account(marked)} & {what, "missing"}, _account(marked)
