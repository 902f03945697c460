"""Each row of data/names.yaml proves itself: it finds what stands marked in its `yes` phrases, nothing in its `no`."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import unmark
from replyparse import names
from replyparse.knowledge import load
from replyparse.names import NameRow, WordList
from replyparse.record import Span

PATTERNS = load("names", "patterns", NameRow)
PHRASES = load("names", "phrases", WordList)


def _found(row_id: str, text: str) -> list[tuple[int, int]]:
    return [tuple(mark.span) for mark in names.find(text) if mark.rule == f"names.{row_id}"]


@pytest.mark.parametrize(("row", "marked"), [(row, yes) for row in (*PATTERNS, *PHRASES) for yes in row.yes])
def test_finds_its_examples(row: NameRow, marked: str) -> None:
    text, spans = unmark(marked)
    assert _found(row.id, text) == spans


@pytest.mark.parametrize(("row", "text"), [(row, no) for row in (*PATTERNS, *PHRASES) for no in row.no])
def test_leaves_look_alikes_alone(row: NameRow, text: str) -> None:
    assert _found(row.id, text) == []


def test_every_row_has_examples_both_ways() -> None:
    assert [row.id for row in (*PATTERNS, *PHRASES) if not (row.yes and row.no)] == []


def test_ids_are_unique_and_phrases_are_not_repeated() -> None:
    ids = [row.id for row in (*PATTERNS, *PHRASES)]
    assert len(ids) == len(set(ids))
    for row in PHRASES:
        assert sorted(set(row.words)) == sorted(row.words)
        assert all(re.search("[零〇一二三四五六七八九十百千万两半]", word) for word in row.words)


@pytest.mark.parametrize(
    ("text", "numeral", "inside"), [("要统一思想", "一", True), ("泰三大厦", "三", True), ("共十三户", "十三", False)]
)
def test_numerals_inside_words(text: str, numeral: str, inside: bool) -> None:
    at = text.index(numeral)
    assert bool(names.inside_words(text, [Span(at, at + len(numeral))])) is inside


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for mark in names.find(text):
        assert 0 <= mark.span.start < mark.span.end <= len(text)
