"""What holds for any text: spans slice, sections tile, the account is complete, records survive JSON and YAML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import replyparse
from replyparse.record import ReplyRecord
from replyparse.writers import Rendering
from replyparse.writers import json as json_writer
from replyparse.writers import yaml as yaml_writer

GOLD = sorted((Path(__file__).parent.parent / "fixtures" / "gold").glob("*.txt"))
PIECES = st.sampled_from(
    "一、|(一)|1.|二是|下一步,|目前,|2023年|截至2022年底|其中|新增|力争|达到|3.5万家|百分之六十五|30 万元|15—20亿元"
    "|第3位|分别|、|，|。|；|\n|现答复如下：|感谢您的支持|《办法》|“十四五”|由|提高到|全市|企业|１２|\u3000|三分之二|的|委员：|2023年7月5日"
    "|- 1 -|某市民政局".split("|")
)
LETTERS = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(LETTERS | st.text(max_size=120))
def test_any_text_gives_a_coherent_record(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    record = replyparse.parse(text)
    assert record.text == text
    assert ReplyRecord.model_validate_json(record.model_dump_json()) == record
    held = [n.span for n in record.numerals]
    for digits in re.finditer(r"\d+", text):
        assert any(span.start < digits.end() and digits.start() < span.end for span in held)


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_records_survive_json_and_yaml(path: Path) -> None:
    record = replyparse.parse_file(path)
    data = record.model_dump(mode="json")
    assert ReplyRecord.model_validate_json("".join(json_writer.render([record], Rendering()))) == record
    assert yaml.safe_load("".join(yaml_writer.render([record], Rendering()))) == data


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_width_changes_no_value(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wide = text.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789%"})
    plain, widened = replyparse.parse(text), replyparse.parse(wide)
    assert [(c.value, c.low, c.high, c.unit, c.kind) for c in plain.claims] == [
        (c.value, c.low, c.high, c.unit, c.kind) for c in widened.claims
    ]


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_the_same_text_gives_the_same_record(path: Path) -> None:
    assert replyparse.parse_file(path) == replyparse.parse_file(path)
