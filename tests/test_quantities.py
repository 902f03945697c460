"""Quantities: marked sentences, every row of the knowledge, and properties that hold for any text."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import replyparse
from marked import corpus, unmark
from replyparse import comparators, quantities, units
from replyparse.quantities import find
from replyparse.record import Span
from replyparse.shadow import fold
from replyparse.stated import Amount

_TEXTISH = st.text(
    "0123456789.,-—%/ 一二两三五十百千万亿点分之成半余多几数约近超不低于以上下内每人月亩元"
    "个名家年第位居到至块角度。,\n",
    max_size=60,
)


def read_as(amount: Amount) -> list[Any]:
    """An amount in the form of the corpus."""
    value: Any = [amount.low, amount.high] if amount.value is None else amount.value
    return [value, amount.unit, amount.comparator, amount.dimension]


def wanted_as(reading: list[Any], like: list[Any]) -> list[Any]:
    """A reading of the corpus, its omissions filled: comparator eq, any dimension."""
    value = [Decimal(v) for v in reading[0]] if isinstance(reading[0], list) else Decimal(reading[0])
    return [value, reading[1], *(reading[2:3] or ["eq"]), *(reading[3:4] or like[3:])]


def check(marked: str, readings: list[list[Any]]) -> None:
    text, spans = unmark(marked)
    found = find(text)
    assert [text[m.span.start : m.span.end] for m in found] == [text[a:b] for a, b in spans]
    assert [tuple(m.span) for m in found] == spans
    read = [read_as(m.value) for m in found]
    assert read == [wanted_as(reading, like) for reading, like in zip(readings, read, strict=True)]


@pytest.mark.parametrize(("marked", "readings"), corpus("quantities", "finds"))
def test_finds(marked: str, readings: list[list[Any]]) -> None:
    check(marked, readings)


@pytest.mark.parametrize("text", corpus("quantities", "nothing"))
def test_finds_nothing(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(("marked", "readings"), corpus("quantities", "known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failures(marked: str, readings: list[list[Any]]) -> None:
    check(marked, readings)


# --- the knowledge proves itself


def numerators(text: str) -> set[str]:
    return {(mark.value.unit or "").partition("/")[0] for mark in find(text)}


@pytest.mark.parametrize("row", units.units(), ids=lambda row: row.also[0] if row.also else row.unit)
def test_unit_rows(row: units.Unit) -> None:
    assert row.yes, "a row without example"
    for text in row.yes:
        assert row.unit in numerators(text), text
    for text in row.no:
        assert row.unit not in numerators(text), text


@pytest.mark.parametrize("row", units.denominators(), ids=lambda row: row.as_)
def test_denominator_rows(row: units.Denominator) -> None:
    assert row.yes, "a row without example"
    for text in row.yes:
        assert any(row.as_ in (m.value.unit or "").partition("/")[2].split("·") for m in find(text)), text


@pytest.mark.parametrize("row", comparators.cues(), ids=lambda row: row.words[0])
def test_comparator_rows(row: comparators.Cue) -> None:
    assert row.yes, "a row without example"
    for text in row.yes:
        assert {m.value.comparator for m in find(text)} == {row.comparator}, text
    for text in row.no:
        assert row.comparator not in {m.value.comparator for m in find(text)}, text
        assert find(text), text


def test_a_row_is_reached_by_one_spelling_at_least() -> None:
    unseen = {"yes", "no", "unless", "not_after", "script", "whole_from"}
    shapes = [str(row.model_dump(exclude=unseen)) for row in units.units()]
    assert len(set(shapes)) == len(shapes)


def test_traditional_characters_are_read_too() -> None:
    text = "廠房約３００個單間,鋼筋８０噸,租金港幣兩萬餘元,每畝補貼六百塊錢,工期一個半月"
    found = replyparse.find_quantities(text)
    assert [(q.text, q.value, q.unit, q.comparator) for q in found] == [
        ("３００個", 300, "个", "approx"),
        ("８０噸", 80, "吨", "eq"),
        ("兩萬餘元", 20000, "港元", "gt"),
        ("六百塊錢", 600, "元/亩", "eq"),
        ("一個半月", Decimal("1.5"), "个月", "eq"),
    ]


# --- properties


@given(_TEXTISH | st.text(max_size=60))
def test_marks_are_ordered_spans_with_amounts(text: str) -> None:
    end = 0
    for mark in find(text):
        assert end <= mark.span.start < mark.span.end <= len(text)
        end = mark.span.end
        amount = mark.value
        assert isinstance(amount, Amount)
        assert (amount.value is None) == (amount.low is not None) == (amount.high is not None)
        assert (amount.comparator == "range") == (amount.value is None)
        if amount.low is not None and amount.high is not None:
            assert amount.low < amount.high


@given(st.integers(1, 10**9), st.sampled_from(["家", "万元", "平方米", "%", "个百分点", "公里", "人次"]))
def test_width_and_blanks_change_nothing(number: int, unit: str) -> None:
    plain = find(fold(f"达到{number}{unit}。").text)
    wide = str(number).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    for variant in (f"达到{wide}{unit}。", f"达到 {number} {unit}。", f"达到{number}　{unit}。"):
        assert [mark.value for mark in find(fold(variant).text)] == [mark.value for mark in plain]
    assert len(plain) == 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("一 百 五 十 家", "一百五十 家"),
        ("五 分之 一", "五分之一"),
        ("三 百 五 又 三 分之 一", "三百五又三分之一"),
        ("百 分 之 三 十", "百分之三十"),
        ("2 个 百 分 点", "2个百分点"),
        ("２ ０ ２ ２ 年 1 2 月", "2022年12月"),
        ("1 9 9 7 年比1 9 8 0 年和1 9 9 0 年增长1 5 ．3 ％", "1997年比1980年和1990年增长15.3%"),
        ("投资1 200万元", "投资1200万元"),
        ("１，２６７家", "1,267家"),
        ("附表1 200家", "附表1 200家"),
        ("一 二 三", "一 二 三"),
        ("十 二十 三十", "十 二十 三十"),
        ("三 百货大楼", "三 百货大楼"),
        ("3 5 2 1\n", "3 5 2 1\n"),
        ("2022 350 420家", "2022 350 420家"),
    ],
)
def test_blanks_inside_numbers(text: str, folded: str) -> None:
    shadow = fold(text)
    assert shadow.text == folded
    assert [text[i] for i in shadow.offsets[:-1]] == list(shadow.printed(Span(0, len(folded))))


@pytest.mark.parametrize("text", ["每人每月不低于２００元", "共 30 家、三 百 户", "占10%以上20%以下,一半", ""])
def test_public_quantities_point_into_the_text(text: str) -> None:
    for quantity in replyparse.find_quantities(text):
        assert isinstance(quantity, replyparse.Quantity)
        assert text[quantity.span.start : quantity.span.end] == quantity.text


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.sampled_from(["家", "亩", "元", "吨"]))
def test_ranges_keep_their_ends(one: int, other: int, unit: str) -> None:
    amounts = [mark.value for mark in find(f"安排{one}—{other}{unit}。")]
    if one < other:
        assert [(a.low, a.high) for a in amounts] == [(one, other)]
    elif amounts:
        assert amounts[-1].value == other


@pytest.mark.parametrize(
    "unit",
    ["9", "1,", "一", "十", "1万", "每人", "百分之", "不低于", "5元3角", "1-", "1/2", "5元/人", "第", "一又", "居"],
)
def test_time_grows_with_length(unit: str) -> None:
    started = time.perf_counter()
    find(unit * (20_000 // len(unit)))
    assert time.perf_counter() - started < 5


def test_public_amount_is_frozen() -> None:
    (mark,) = quantities.find("3家")
    with pytest.raises(AttributeError):
        mark.value.unit = "个"
