"""Commitments: where each begins and ends, how firm it is, by when it holds, and who makes it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import corpus, unmark
from replyparse import commitments, pipeline
from replyparse.lines import Layout, lay_out
from replyparse.outline import Outline, Part
from replyparse.record import ReplyRecord, Source, Span
from replyparse.shadow import fold

FRAMES = {"plan": "二、下一步打算\n", "answer": "二、对有关建议的答复\n"}


def record(where: str, sentence: str) -> tuple[ReplyRecord, int]:
    """The record of a reply that holds the sentence, and where it begins."""
    before = f"王明委员：\n您的提案收悉，现答复如下：\n一、基本情况\n全县有站点12个。\n{FRAMES[where]}"
    text = f"{before}{sentence}\n特此答复。\n某县水利局\n2023年5月6日\n"
    source = Source(name="x", media_type="text/plain", encoding="utf-8", sha256="0" * 64, characters=len(text))
    return pipeline.parse(text, source=source), len(before)


def plans(layout: Layout) -> Outline:
    """A text that is one section of plans."""
    whole = Span(0, len(layout.text))
    return Outline((Part("1", None, 1, None, None, "next_steps", whole, None),), ())


@pytest.mark.parametrize("row", corpus("commitments", "finds"), ids=lambda row: row["text"][:20])
def test_commitments_are_found(row):
    sentence, spans = unmark(row["text"])
    found, start = record(row["where"], sentence)
    wanted = [sentence[a:b] for a, b in spans]
    assert [found.text[k.span.start : k.span.end] for k in found.commitments] == wanted
    assert [(k.span.start - start, k.span.end - start) for k in found.commitments] == spans
    assert [k.strength for k in found.commitments] == row["strength"]
    assert [k.deadline and k.deadline.isoformat() for k in found.commitments] == row["deadline"]


@pytest.mark.parametrize("row", corpus("commitments", "nothing"), ids=lambda row: row["text"][:20])
def test_look_alikes_are_none(row):
    found, _ = record(row["where"], row["text"])
    assert [found.text[k.span.start : k.span.end] for k in found.commitments] == []


@pytest.mark.parametrize("marked", corpus("commitments", "actors"))
def test_actor_is_the_subject(marked):
    text, spans = unmark(marked)
    layout = lay_out(fold(text).text)
    [promise] = commitments.find(layout, plans(layout), lambda _: False)
    assert ([tuple(promise.actor)] if promise.actor else []) == spans


_PIECES = st.sampled_from(
    [
        "我局将",
        "年底前",
        "力争",
        "，",
        "。",
        "；",
        "：",
        "一是",
        "下一步",
        "按照规定",
        "其中",
        "建成泵站3座",
        "感谢您",
        "\n",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_commitments_stand_apart_in_order(text):
    layout = lay_out(fold(text).text)
    found = commitments.find(layout, plans(layout), lambda _: False)
    spans = [promise.span for promise in found]
    assert all(span.start < span.end for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
