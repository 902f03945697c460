"""The cut into words: jieba's own, out of a dictionary that is mapped instead of loaded."""

from __future__ import annotations

import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyparse import dictionary, words
from replyparse.errors import KnowledgeError
from replyparse.knowledge import load

jieba = pytest.importorskip("jieba")


@pytest.fixture(scope="module")
def plain():
    """jieba's tokenizer as it comes, and one with our words; neither reads or leaves a file in the temp folder."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    own = jieba.Tokenizer()
    own.FREQ, own.total, own.initialized = dict(tokenizer.FREQ), tokenizer.total, True
    for row in load("words", "words", words.WordRow, last_wins=True):
        own.add_word(row.word, freq=max(own.FREQ.get(row.word, 0), own.suggest_freq(row.word)))
    return SimpleNamespace(bare=tokenizer, own=own)


@pytest.fixture(scope="module")
def ours():
    """The same two vocabularies, of the mapped dictionary."""
    return SimpleNamespace(bare=words.Vocabulary(dictionary.opened()), own=words._vocabulary())


def test_every_word_has_its_frequency_and_tag(plain):
    mapped = dictionary.opened()
    with plain.bare.get_dict_file() as file:
        lines = dict(line.decode().strip().split(" ", 1) for line in file)
    assert mapped.total == plain.bare.total
    for word in [
        *list(lines)[::101],
        *list(lines)[:80],
        "吉林",
        "吉林工业大学",
        "高富帅",
        "高姓大名",
        "高宗",
        "龢",
        "一",
    ]:
        [entry] = {*mapped.beginning(f"{word} ")}
        assert f"{entry.frequency} {entry.tag}" == lines[word]


@pytest.mark.parametrize(
    "letters", ["高", "吉林", "高宗", "大S", "1", "龥", "\ufffd", "\U0010ffff", "\ud800", "x", " "]
)
def test_all_words_with_a_beginning_are_found(plain, letters):
    begun = {word for word, frequency in plain.bare.FREQ.items() if frequency and word.startswith(letters)}
    assert {entry.word for entry in dictionary.opened().beginning(letters)} == begun


def test_every_reply_is_cut_as_jieba_cuts_it(fixtures, plain, ours):
    for path in sorted(fixtures.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert list(ours.bare.cut(text)) == list(plain.bare.cut(text, HMM=False))
        assert list(ours.own.cut(text)) == list(plain.own.cut(text, HMM=False))


@given(st.text(st.sampled_from("一1号店aA江南大学小S\r\n 高富帅姓名吉林工业学β射线、,.%-+#&_吗龥㐀人均减税降费5G退缓")))
def test_any_text_is_cut_as_jieba_cuts_it(plain, ours, text):
    assert list(ours.bare.cut(text)) == list(plain.bare.cut(text, HMM=False))
    assert list(ours.own.cut(text)) == list(plain.own.cut(text, HMM=False))
    assert "".join(word.text for word in words.cut(text)) == text


def test_an_unknown_dictionary_is_put_in_order():
    shuffled = dictionary.in_order("乙方 3 n\r\n甲 5 n\n\n甲方 7 n\n".encode())
    assert shuffled.total == 15
    assert shuffled.beginning("甲") == [("甲", 5, "n"), ("甲方", 7, "n")]
    assert list(words.Vocabulary(shuffled).cut("甲方乙方丙方")) == ["甲方", "乙方", "丙", "方"]


@pytest.mark.parametrize("damage", [b"\xff\xfe 3 n\n", "甲 many n\n".encode(), "甲\n".encode()])
def test_a_damaged_dictionary_is_told(damage):
    with pytest.raises(KnowledgeError, match=r"^jieba's dictionary is damaged .*; install jieba again$"):
        dictionary.in_order(damage)


@pytest.mark.parametrize("content", [None, b"", b"\0\0\n"])
def test_a_dictionary_that_cannot_be_read_is_told(tmp_path, monkeypatch, content):
    if content is not None:
        (tmp_path / "dict.txt").write_bytes(content)
    monkeypatch.setattr(dictionary, "find_spec", lambda _: SimpleNamespace(submodule_search_locations=[str(tmp_path)]))
    with pytest.raises(KnowledgeError, match=r"dictionary .*install jieba again$"):
        dictionary.opened.__wrapped__()


def test_without_jieba_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(dictionary, "find_spec", lambda _: None)
    with pytest.raises(KnowledgeError, match="pip install jieba"):
        dictionary.opened.__wrapped__()


def test_nothing_is_written_printed_or_loaded(tmp_path, wuhan):
    """No cache in the temp folder that another user could plant, no word of jieba's, no jieba at all."""
    (tmp_path / "jieba.cache").write_bytes(b"planted")
    program = f"import replyparse, sys; replyparse.parse_file({str(wuhan)!r}); assert 'jieba' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env={"TMPDIR": str(tmp_path)}, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
