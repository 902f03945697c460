"""Noun phrases beside amounts, the segmentation under them, and the examples of verbs.yaml and words.yaml."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import unmark
from replyparse import words
from replyparse.knowledge import load
from replyparse.nounphrase import ending, led_by, strip_reach
from replyparse.opening import opening
from replyparse.wordclass import VerbRow, nouns, verbs
from replyparse.words import WordRow

VERB_EXAMPLES = [
    yes
    for kind in ("pure", "nominal", "attributive", "reach")
    for row in load("verbs", kind, VerbRow)
    for yes in row.yes
]
WORDS = load("words", "words", WordRow)


@pytest.mark.parametrize("marked", VERB_EXAMPLES)
def test_verbs_bound_the_phrase_before_an_amount(marked: str) -> None:
    text, [(start, end)] = unmark(marked)
    amount = re.search(r"[\d一二三四五六七八九十]", text[end:])
    before = text[: end + amount.start()] if amount else text[:end]
    assert led_by(before) == text[start:end]


@pytest.mark.parametrize(("row", "text"), [(row, yes) for row in WORDS for yes in row.yes])
def test_words_come_out_whole(row: WordRow, text: str) -> None:
    assert row.word in [word.text for word in words.cut(text)]
    assert words.tag(row.word) == row.tag


def test_words_are_listed_once_and_have_examples() -> None:
    assert len({row.word for row in WORDS}) == len(WORDS)
    assert [row.word for row in WORDS if not row.yes] == []


def test_no_verb_is_both_pure_and_nominal() -> None:
    assert not verbs("pure") & verbs("nominal")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("全市成果转化联络员", "成果转化联络员"),
        ("县财政累计安排茶产业发展专项资金", "茶产业发展专项资金"),
        ("纳入管理的创新街区(园区、楼宇)面积", "创新街区(园区、楼宇)面积"),
        ("累计办结", ""),
        ("", ""),
        ("《行动方案》", "《行动方案》"),
    ],
)
def test_phrase_that_ends_a_stretch(text: str, phrase: str) -> None:
    assert ending(text) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("专职联络员,常驻各区", "专职联络员"),
        ("创谷和创新园区、创新街区已遍布全市", "创谷和创新园区、创新街区"),
        ("中心签订协议", "中心"),
        (",其中", ""),
        ("", ""),
    ],
)
def test_phrase_that_begins_a_stretch(text: str, phrase: str) -> None:
    assert opening(text) == phrase


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("成交额达到", "成交额"),
        ("招收", "招收"),
        ("物业费平均每月每平方米", "物业费"),
        ("共有", ""),
        ("面积稳定在", "面积"),
    ],
)
def test_words_of_reaching_are_stripped(text: str, rest: str) -> None:
    assert strip_reach(text) == rest


@given(st.text(alphabet="全市共改造小区的和、“”()《》达到建设3 ,。年", max_size=30))
def test_any_stretch_is_read(text: str) -> None:
    assert ending(text) in text or "每" in text
    opening(text)


def test_no_word_both_always_and_never_belongs_to_a_phrase() -> None:
    assert nouns("always")
    assert not nouns("always") & nouns("never")
