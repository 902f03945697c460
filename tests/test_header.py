"""The header: every field, its marks, and the knowledge they rest on."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import corpus, unmark
from replyparse import header, imprint, matter
from replyparse.lines import lay_out
from replyparse.phrases import compiled
from replyparse.sections import divide
from replyparse.shadow import fold


def reading(text: str, issued_on: dt.date | None = None) -> header.HeaderReading:
    shadow = fold(text)
    layout = lay_out(shadow.text)
    return header.read(shadow, layout, divide(layout), issued_on)


@pytest.mark.parametrize("row", corpus("header", "headers"), ids=lambda row: row["name"])
def test_fields(row):
    found = reading(row["text"]).header.model_dump(mode="json")
    assert {field: value for field, value in found.items() if value not in (None, [])} == row["header"]


@pytest.mark.parametrize("row", corpus("header", "marks"), ids=lambda row: row["what"])
def test_numerals_are_accounted_for(row):
    text, spans = unmark(row["text"])
    marks = reading(text).marks
    for start, end in spans:
        assert [m.what for m in marks if m.span.start <= start and end <= m.span.end] == [row["what"]], text[start:end]


@pytest.mark.parametrize("marked", corpus("header", "unmarked"))
def test_figures_of_the_answer_are_left_alone(marked):
    text, spans = unmark(marked)
    assert not [m for m in reading(text).marks for start, end in spans if m.span.start < end and start < m.span.end]


def test_issued_on_overrides():
    day = dt.date(2020, 2, 3)
    assert reading("王明委员：\n现答复如下：\n已办。\n2021年1月1日", day).header.issued_on == day


def test_printed_form_is_kept():
    text = "王明委员：\n您提出的《关于Ａ区供水，供气的提案》收悉，现答复如下：\n已办。"
    assert reading(text).header.subject == "关于Ａ区供水，供气"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("二〇一一年五月十日", dt.date(2011, 5, 10)),
        ("二○二三年十二月三十一日", dt.date(2023, 12, 31)),
        ("2022年 8月 9日", dt.date(2022, 8, 9)),
        ("2018.10.17", dt.date(2018, 10, 17)),
        ("2023年2月30日", None),
    ],
)
def test_dates(words, day):
    assert imprint.read_date(words) == day


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("马俊杰、刘芳、陈瑞委员", ["马俊杰", "刘芳", "陈瑞"]),
        ("何玉梅等3名代表", ["何玉梅"]),
        ("张三委员、李四委员", ["张三", "李四"]),
        ("尊敬的李  明代表", ["李明"]),
        ("马青 周丽 王小梅代表", ["马青", "周丽", "王小梅"]),
        ("民建市委会", ["民建市委会"]),
        ("网友“UU01”", ["网友“UU01”"]),
    ],
)
def test_addressees(words, people):
    assert matter.names(words) == people


@given(st.text(max_size=200))
def test_any_text_has_a_header(text):
    found = reading(text)
    spans = [mark.span for mark in found.marks]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


# --- knowledge

PLAIN = [row for table in ("titles", "body_starts") for row in matter.rows(table)]


@pytest.mark.parametrize("row", [*PLAIN, *imprint.disclosures()], ids=lambda row: row.pattern[:24])
def test_patterns_prove_themselves(row):
    assert row.yes
    assert row.no
    assert not [text for text in row.yes if not compiled(row.pattern).search(text)]
    assert not [text for text in row.no if compiled(row.pattern).search(text)]


@pytest.mark.parametrize("row", [*imprint.keys(), *matter.rows("honours")], ids=lambda row: row.pattern[:24])
def test_keys_prove_themselves(row):
    assert row.yes
    assert row.no
    assert not [text for text in row.yes if not compiled(row.pattern).fullmatch(text)]
    assert not [text for text in row.no if compiled(row.pattern).fullmatch(text)]
