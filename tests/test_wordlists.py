"""The lists of words in data/: each says where it applies, holds no word twice and is read by some rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import replyparse
from replyparse.knowledge import load
from replyparse.wordlists import WordList, members, pattern

FILES = ("changes", "citations", "counting", "kinds", "metrics", "nouns")
LISTS = [(file, row) for file in FILES for row in load(file, "lists", WordList)]
SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(replyparse.__file__).parent.glob("*.py"))

each_list = pytest.mark.parametrize(("file", "row"), LISTS, ids=[f"{file}-{row.id}" for file, row in LISTS])


@each_list
def test_examples_hold_a_word(file: str, row: WordList) -> None:
    assert row.yes
    assert [yes for yes in row.yes if not any(word in yes for word in row.words)] == []


@each_list
def test_no_word_stands_twice(file: str, row: WordList) -> None:
    assert [word for word in row.words if row.words.count(word) > 1] == []


@each_list
def test_some_rule_reads_it(file: str, row: WordList) -> None:
    assert re.search(rf"@{row.id}@|\"{row.id}\"", SOURCES)


def test_the_longest_word_is_found_first() -> None:
    assert {"增", "增长"} <= members("metrics", "change")
    found = pattern("metrics", "@change@").search("增长14.7%")
    assert found
    assert found.group() == "增长"


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="no list 'nothing'"):
        pattern("metrics", "@nothing@")
