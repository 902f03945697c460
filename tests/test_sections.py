"""Sections: headings, enumerations, roles and the tree they make."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import corpus, unmark
from replyparse import headings, roles
from replyparse.knowledge import load
from replyparse.lines import lay_out
from replyparse.outline import Outline
from replyparse.phrases import Piece, compiled
from replyparse.record import Span
from replyparse.sections import divide
from replyparse.shadow import fold


def outline(text: str) -> Outline:
    return divide(lay_out(fold(text).text))


def folded(text: str) -> str:
    return fold(text).text


# --- headings and enumerations


@pytest.mark.parametrize("row", corpus("sections", "headings")["finds"], ids=lambda row: row["text"][:16])
def test_heading_is_found(row):
    text, spans = unmark(folded(row["text"]))
    found = list(headings.headings(text, lay_out(text).lines))
    assert [(h.span, h.level, h.title) for h in found] == [(spans[0], row["level"], row["title"])]


@pytest.mark.parametrize("text", corpus("sections", "headings")["nothing"])
def test_look_alike_is_no_heading(text):
    assert not list(headings.headings(folded(text), lay_out(folded(text)).lines))


@pytest.mark.parametrize("marked", corpus("sections", "run_ins")["finds"])
def test_enumeration_is_found(marked):
    text, spans = unmark(folded(marked))
    items = headings.enumerations(text, Span(0, len(text)))
    assert [item.label_span for item in items] == spans
    assert [mark.span for mark in outline(text).labels] == spans


@pytest.mark.parametrize("text", corpus("sections", "run_ins")["nothing"])
def test_look_alike_is_no_enumeration(text):
    assert not headings.enumerations(folded(text), Span(0, len(folded(text))))


@pytest.mark.parametrize("marked", corpus("sections", "labels"))
def test_labels_are_marked(marked):
    text, spans = unmark(folded(marked))
    assert [mark.span for mark in outline(text).labels] == spans


# --- roles

_ROLE = re.compile(r"⟦(\w+)⟧")


@pytest.mark.parametrize("row", corpus("sections", "roles"), ids=lambda row: row["name"])
def test_roles(row):
    text = folded(row["text"])
    wanted, cursor, plain = [], 0, ""
    for match in _ROLE.finditer(text):
        plain += text[cursor : match.start()]
        wanted.append((len(plain), match.group(1)))
        cursor = match.end()
    plain += text[cursor:]
    found = outline(plain)
    got = []
    for offset, character in enumerate(plain):
        role = found.role_at(offset)
        if not character.isspace() and (not got or got[-1][1] != role):
            got.append((offset, role))
    assert [(plain[at : at + 8], role) for at, role in got] == [(plain[at : at + 8], role) for at, role in wanted]


# --- the tree


def test_ids_are_paths_of_positions():
    text = (
        "王明委员：\n现答复如下：\n一、做法\n（一）抓投入\n一是增资。投入2亿元。二是增人。招聘30名。\n"
        "二、下步打算\n完成改造。\n"
    )
    parts = outline(text).parts
    labelled = {part.id: part.label for part in parts if part.label}
    assert labelled == {"1": "一、", "1.1": "(一)", "1.1.1": "一是", "1.1.2": "二是", "2": "二、"}
    assert parts[0].id == "0"
    assert parts[0].role == "preamble"


def test_levels_skip_and_nest():
    text = "一、进展\n1、服务\n①夜市\n开办三处。\n②节会\n举办两场。\n2、交通\n新开一线。\n"
    tree = [(part.id, part.level, part.parent) for part in outline(text).parts if part.label]
    assert tree == [("1", 1, None), ("1.1", 3, "1"), ("1.1.1", 4, "1.1"), ("1.1.2", 4, "1.1"), ("1.2", 3, "1")]


def test_a_letter_in_one_line_has_headings_too():
    text = "网友您好！现回复如下：一、基本情况2019年建成。二、处理意见责令整改：1、停产；2、罚款。"
    tree = [(part.level, part.label, part.title) for part in outline(text).parts if part.label]
    assert tree == [(1, "一、", "基本情况"), (1, "二、", "处理意见")]
    plain = [
        part.level for part in outline("现回复如下：1、关于路灯。已修复。2、关于道路。已重铺。").parts if part.label
    ]
    assert plain == [5, 5]


def test_an_empty_text_has_no_parts():
    found = outline("")
    assert found.parts == ()
    assert found.role_at(0) == "preamble"


def check(found: Outline, length: int) -> None:
    """The parts tile, parents hold their children, deeper parts are painted after the parts that hold them."""
    cursor: dict[str | None, int] = {None: 0}
    by_id = {part.id: part for part in found.parts}
    assert len(by_id) == len(found.parts)
    for part in found.parts:
        holder = by_id[part.parent] if part.parent else None
        assert part.span.start == cursor.get(part.parent, holder.span.start if holder else 0)
        assert part.span.start < part.span.end
        assert 0 <= part.level <= 5
        if holder:
            assert (part.level, -(part.span.end - part.span.start)) > (
                holder.level,
                -(holder.span.end - holder.span.start),
            )
        if part.heading:
            assert part.heading.within(part.span)
        cursor[part.parent] = part.span.end
    for parent, end in cursor.items():
        assert end == (by_id[parent].span.end if parent else length)


_WORDS = st.sampled_from(
    [
        "一、",
        "(一)",
        "1.",
        "1、",
        "①",
        "【甲】",
        "一是",
        "二是",
        "首先,",
        "其次,",
        "1.5万家",
        "下一步,我局将",
        "同时也要看到,还存在不足",
        "网友:您好!",
        "收悉",
        "现答复如下:",
        "感谢您的支持。",
        "2023年5月6日",
        "联系人:王明",
        "办理情况",
        "关于修路的建议",
        "您建议将标准提高",
        "基本情况",
        "。",
        ";",
        ":",
        "甲县水利局",
        "\n",
        "  ",
        "\n\n",
        "\u3000\u3000",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=60).map("".join)))
def test_any_text_is_tiled(text):
    shadow = folded(text)
    check(divide(lay_out(shadow)), len(shadow))


# --- knowledge


@pytest.mark.parametrize("row", roles.title_cues(), ids=lambda row: row.role)
def test_title_cues_prove_themselves(row):
    assert row.yes
    assert row.no
    assert {title: roles.title_role(title) for title in row.yes} == dict.fromkeys(row.yes, row.role)
    assert not [title for title in row.no if compiled(row.pattern).search(title)]


FORMULAS = [row for table in ("openings", "receipts", "forwards", "closings") for row in roles.formulas(table)]


@pytest.mark.parametrize(
    "row", [*(row for row, _ in roles.turn_cues("letter")), *FORMULAS], ids=lambda row: row.pattern[:24]
)
def test_cues_prove_themselves(row):
    assert row.yes
    assert row.no
    assert not [text for text in row.yes if not compiled(row.pattern).search(text)]
    assert not [text for text in row.no if compiled(row.pattern).search(text)]


@pytest.mark.parametrize("row", load("phrases", "pieces", Piece), ids=lambda row: row.name)
def test_pieces_prove_themselves(row):
    assert not [text for text in row.yes if not compiled(row.pattern).fullmatch(text)]
    assert not [text for text in row.no if compiled(row.pattern).fullmatch(text)]
