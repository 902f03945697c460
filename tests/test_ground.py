"""Shadow, lines, ledger, counting: the ground under the stages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import unmark
from replyparse import counting, ledger, numerals, quantities
from replyparse.lines import lay_out
from replyparse.mark import Mark
from replyparse.record import Span
from replyparse.shadow import fold

ANY_TEXT = st.text(
    alphabet=st.sampled_from("一二十百0123456789１２ 　\n\t,，。、：()（）《》“”年月万元家%％-—①第号是"), max_size=80
) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "shadow"),
    [
        ("１２．５％（含）", "12.5%(含)"),
        ("奖励 30 万元", "奖励30万元"),
        ("2022年 8月 9日", "2022年8月9日"),
        ("电话: 8788586    邮编", "电话: 8788586    邮编"),
        ("合计\t12\t34", "合计\t12\t34"),
        ("一、总体 情况", "一、总体 情况"),
    ],
)
def test_folding(text: str, shadow: str) -> None:
    assert fold(text).text == shadow


WRAPPED = (
    "我市中心城区建成区面积八十六平方公里,现有雨水管网六百公里,设计排涝流\n"
    "量每秒一百八十五立方米。截至上年底,城区共有易涝积水点多处、黑臭水体多\n"
    "- 1 -\n"
    "条,遇短时强降雨,城北火车站片区积水严重,是群众反映十分强烈的老大难问\n"
    "题,投入资金三亿元,改造管网二百公里,消除积水点三十一处,消除率达到七\n"
    "成。\n"
    "二、下一步打算\n"
)


def test_wrapped_lines_are_joined_and_page_numbers_left_out() -> None:
    shadow = fold(WRAPPED)
    assert "黑臭水体多条" in shadow.text
    assert shadow.text.splitlines()[-1] == "二、下一步打算"
    assert [WRAPPED[slice(*span)] for span in shadow.dropped] == ["- 1 -"]


def test_lines_of_a_letter_are_not_joined() -> None:
    letter = "某某市民政局\n关于第47号提案的答复\n马青委员:\n您好。\n"
    assert fold(letter).text == letter


@given(ANY_TEXT)
def test_the_map_back_is_exact(text: str) -> None:
    shadow = fold(text)
    assert len(shadow.offsets) == len(shadow.text) + 1
    assert list(shadow.offsets) == sorted(set(shadow.offsets))
    for at, char in enumerate(shadow.text):
        assert fold(text[shadow.offsets[at]]).text in {char, ""} or char == text[shadow.offsets[at]]
    whole = shadow.origin(Span(0, len(shadow.text)))
    assert 0 <= whole.start <= whole.end <= len(text)


@given(ANY_TEXT)
def test_lines_sentences_and_clauses_tile(text: str) -> None:
    layout = lay_out(text)
    for tiles in (layout.lines, layout.sentences, layout.clauses):
        assert tiles[0].start == 0
        assert tiles[-1].end == len(text)
        assert all(a.end == b.start for a, b in pairwise(tiles))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("建成5座,改造3座。", ["建成5座,", "改造3座。"]),
        ("印发《关于甲,乙的意见》,执行。", ["印发《关于甲,乙的意见》,", "执行。"]),
        ("发展到1,267家,带动", ["发展到1,267家,", "带动"]),
        ("面积(园区,楼宇)达到", ["面积(园区,楼宇)达到"]),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert [text[slice(*span)] for span in lay_out(text).clauses] == clauses


def _settle(text: str, *proposals: Mark) -> ledger.Ledger:
    return ledger.settle(numerals.find(text), proposals, len(text))


def test_fixed_forms_beat_amounts() -> None:
    text = "第5号建议"
    number, amount = Mark(Span(1, 2), "matter_number", "a"), Mark(Span(1, 3), "claim", "b")
    assert _settle(text, amount, number).marks == (number,)


def test_the_longer_reading_wins_among_the_others() -> None:
    text = "打造15分钟阅读圈"
    name, amount = Mark(Span(2, 9), "name", "a"), Mark(Span(2, 6), "claim", "b")
    assert _settle(text, amount, name).marks == (name,)
    assert [entry.what for entry in _settle(text, amount, name).entries] == ["name"]


def test_a_weak_reading_may_not_cut_a_numeral() -> None:
    text = "增长一百二十家"
    assert _settle(text, Mark(Span(2, 3), "idiom", "a")).marks == ()


def test_what_nobody_placed_is_unknown() -> None:
    assert [entry.what for entry in _settle("若12排").entries] == ["unknown"]


@given(
    ANY_TEXT, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8), st.sampled_from(ledger.PRECEDENCE)), max_size=8)
)
def test_every_numeral_is_in_exactly_one_entry(text: str, raw: list[tuple[int, int, str]]) -> None:
    marks = [Mark(Span(a, min(len(text), a + n)), what, "x") for a, n, what in raw if a < len(text)]  # type: ignore[arg-type]
    book = _settle(text, *marks)
    assert [entry.span for entry in book.entries] == [numeral.span for numeral in numerals.find(text)]
    assert all(a.span.end <= b.span.start for a, b in pairwise(book.marks))


@pytest.mark.parametrize(
    ("marked", "what"),
    [
        ("工期⟦90天⟧。", "claim"),
        ("压缩至⟦3个工作日⟧", "claim"),
        ("申请后⟦30日⟧内办结", "claim"),
        ("优良天数⟦262天⟧", "claim"),
        ("连续⟦三天⟧降雨", "period"),
        ("历时⟦3年⟧建成", "period"),
        ("保修期限⟦5年⟧", "claim"),
        ("满⟦65岁⟧的老人", "condition"),
        ("平均年龄⟦71.3岁⟧", "claim"),
        ("搭建⟦一个⟧平台", "article"),
        ("新建⟦一个⟧平台", "claim"),
        ("改建宿舍楼⟦一栋⟧、新增床位", "claim"),
        ("仅有⟦一家⟧医院", "claim"),
        ("班车⟦一天⟧只有3趟", "period"),
        ("工期缩短⟦一天⟧", "claim"),
    ],
)
def test_what_counts(marked: str, what: str) -> None:
    text, [span] = unmark(marked)
    read = {tuple(m.span): m.what for m in counting.screen(text, quantities.find(text))}
    assert read.get(span) == what
