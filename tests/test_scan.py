"""Looking only where matches can be finds what looking everywhere finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyparse import cues, names, periods, scan
from replyparse.scan import Scan, search
from replyparse.shadow import fold

RULES = {
    **{f"names.{row.id}": rule for row, rule in names.rules()},
    **{f"{table}.{row.id}": rule for table in ("kinds", "requests") for row, rule in cues.rows(table)},
    **{f"periods.{name}": rule for name, rule in periods.PATTERNS.items()},
    "periods.times": periods.TIMES,
    "periods.spans": periods.SPANS,
}
LETTERS = "年月日号届次路0123456789１一二三十第,、。:;-—至到~(〔2022〕)今前底以来内将拟计划争取目已现有元GA.x@\n 人大"

#: Patterns of every kind that the parser knows, with a text in which they match.
SHAPES = [
    (r"(?<=第)[一二三]届|(?<!第)\d{1,2}届", "第一届、第12届、3届一届"),
    (r"(?:甲|乙丙)?丁(?!戊)", "丁甲丁乙丙丁丁戊"),
    (r"[^。]{0,9}?终", "始终。终终"),
    (r"(?P<q>[一二])年(?P=q)", "一年一二年一二年二"),
    (r"(?:a\d+|b(?:c|d)?)+号", "a12bbc号bd号a号"),
    (r"号\b|\B线$", "5号 7号线"),
    (r"(?:[上下]午)*+时", "上午下午时时"),
    (r"(?>\d+)(?:\.\d)?%", "12.5%7%３%٣%"),
    (r"(?=.{0,3}尾)头", "头一二尾头三尾尾"),
    (r"(?<=首.)末", "首尾末首末末"),
    (r"x{0}号", "x号号"),
    (r"(?i:a)号", "A号a号"),
    (r"号|", "甲号乙"),
    (r"(号)(?(1)码|数)", "号码号数"),
]


def _spans(pattern, text):
    return [match.span() for match in pattern.finditer(text)]


@pytest.mark.parametrize(("pattern", "text"), SHAPES)
def test_every_kind_of_pattern(pattern, text):
    found = _spans(re.compile(pattern), text * 3)
    assert found
    assert _spans(Scan(pattern), text * 3) == found


def test_flags_count():
    assert _spans(Scan("A 号", re.VERBOSE | re.IGNORECASE), "a号A号") == [(0, 2), (2, 4)]


def test_a_pattern_is_not_even_compiled_for_a_text_without_what_it_needs():
    scan = Scan(r"(?<!第)[一二三]届")
    assert _spans(scan, "一般公共预算") == []
    assert "pattern" not in vars(scan)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_on_every_reply(fixtures, rule):
    for path in sorted(fixtures.rglob("*.txt")):
        text = fold(path.read_text(encoding="utf-8")).text
        assert _spans(RULES[rule], text) == _spans(RULES[rule].pattern, text)


@given(st.text(st.sampled_from(LETTERS), max_size=60))
def test_every_rule_on_any_text(text):
    for rule in RULES.values():
        assert _spans(rule, text) == _spans(rule.pattern, text)


@pytest.mark.parametrize(
    "pattern", ["^a|^b", "(?:^a|^b)c?", "^(?P<x>a)", r"\Aa", "a|^b", "^a|b", "(?m)^a", "(?:^)?a", "", "(?i)^A", "^a|"]
)
@pytest.mark.parametrize("text", ["a", "b", "ca", "c\na", "cb", "", "ac"])
def test_a_pattern_bound_to_the_beginning_is_looked_for_there(pattern, text):
    compiled = re.compile(pattern)
    found, expected = search(compiled)(text), compiled.search(text)
    assert (found and found.span()) == (expected and expected.span())


def test_it_is_not_looked_for_elsewhere():
    assert search(re.compile("^(?:a|b)")).__name__ == "match"
    assert search(re.compile("^a|b")).__name__ == "search"


def test_a_python_without_the_parser_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "市政协十四届二次会议第20230128号提案,第3届第1次"
    pattern = r"[一二三四五六七八九十\d]+届"
    found = [match.span() for match in Scan(pattern).finditer(text)]
    monkeypatch.setattr(scan, "_parser", None)
    assert [match.span() for match in Scan(pattern).finditer(text)] == found
    assert scan.search(re.compile("^市"))(text) is not None
