from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import corpus, unmark
from replyparse import periods
from replyparse.lines import lay_out
from replyparse.timeline import Timeline

FINDS = corpus("periods", "finds")


def _iso(period: Any) -> list[str | None] | None:
    if period is None:
        return None
    return [period.start and period.start.isoformat(), period.end and period.end.isoformat()]


@pytest.mark.parametrize("row", FINDS, ids=lambda row: row["text"])
def test_finds_and_resolves(row: dict[str, Any]) -> None:
    text, spans = unmark(row["text"])
    marks = periods.find(text)
    assert [tuple(mark.span) for mark in marks] == spans
    timeline = Timeline(text, lay_out(text), marks, row.get("issued_on"))
    assert [_iso(timeline.resolve(mark)) for mark in marks] == row["dates"]


@pytest.mark.parametrize("text", corpus("periods", "nothing"))
def test_finds_nothing(text: str) -> None:
    assert periods.find(text) == ()


@pytest.mark.parametrize("row", corpus("periods", "governs"), ids=lambda row: row["text"])
def test_what_governs_a_place(row: dict[str, Any]) -> None:
    text, [(start, _)] = unmark(row["text"])
    timeline = Timeline(text, lay_out(text), periods.find(text), None)
    stated = timeline.stated(start)
    assert (text[slice(*stated[0].span)] if stated else None) == row["date"]


@given(st.text(alphabet="二〇零一二三四五六七八九十年月日底前至到今去—-0123456789“”五 ,。", max_size=40))
def test_any_text_gives_ordered_spans(text: str) -> None:
    marks = periods.find(text)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in marks)
    assert all(a.span.end <= b.span.start for a, b in pairwise(marks))
    timeline = Timeline(text, lay_out(text), marks, None)
    for mark in marks:
        timeline.resolve(mark)
