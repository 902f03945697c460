from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import replyparse
from replyparse.reading import from_text
from replyparse.record import (
    Change,
    Claim,
    Contact,
    Header,
    NumeralEntry,
    Period,
    ReplyRecord,
    Section,
    Span,
)
from replyparse.writers import OutputFormat, Rendering, render
from replyparse.writers.csv import COLUMNS

TEXT = "对第5号提案的答复\n目前,全市机构达到164家,同比增长近50%,力争[b]超过[/b]15—20亿元。\n二〇二三年\n"


def claim(number: int, quantity: str, text: str = TEXT, **fields: Any) -> Claim:
    start = text.index(quantity)
    plain: dict[str, Any] = {
        "id": f"c{number}",
        "section": "1",
        "span": Span(start, start + len(quantity)),
        "sentence": Span(max(0, start - 3), start + len(quantity)),
        "metric": "机构",
        "value": 164,
        "low": None,
        "high": None,
        "unit": "家",
        "dimension": "count",
        "comparator": "eq",
        "kind": "actual",
        "change": None,
        "period": None,
        "scope": None,
        "part_of": None,
        "baseline": None,
    }
    return Claim(**plain | fields)


def record(text: str = TEXT, *claims: Claim, title: str | None = "对第5号提案的答复") -> ReplyRecord:
    document = from_text(text, name="reply.txt")
    whole = Section(
        id="1",
        parent=None,
        level=0,
        label=None,
        title=None,
        role="progress",
        span=Span(0, len(text)),
        heading_span=None,
    )
    return ReplyRecord(
        source=document.source,
        text=text,
        header=Header(title=title, issued_on=dt.date(2023, 6, 30), contacts=[Contact(name="李伟", phone="8788586")]),
        sections=[whole] if text else [],
        claims=list(claims),
        commitments=[],
        citations=[],
        numerals=[NumeralEntry(span=each.span, what="claim") for each in claims],
    )


FULL = record(
    TEXT,
    claim(1, "164家", period=Period(start=None, end=dt.date(2023, 6, 30), text="目前"), scope="全市"),
    claim(
        2,
        "50%",
        value=50.5,
        unit="%",
        dimension="ratio",
        comparator="approx",
        metric="=HYPERLINK(1)",
        change=Change(direction="increase", basis="同比"),
        part_of="c1",
    ),
    claim(
        3,
        "15—20亿元",
        value=None,
        low=1_500_000_000,
        high=2_000_000_000,
        unit="元",
        dimension="money",
        comparator="range",
        kind="target",
        metric="-1",
    ),
)


def written(form: str, *records: ReplyRecord, **options: Any) -> str:
    return "".join(render(OutputFormat(form), records, Rendering(**options)))


class TestJson:
    def test_one_record_is_an_object(self) -> None:
        text = written("json", FULL)
        assert ReplyRecord.model_validate_json(text) == FULL
        assert list(json.loads(text)) == list(ReplyRecord.model_fields)
        assert '\n  "header": {\n    "title": "对第5号提案的答复",' in text
        assert f'"span": [{TEXT.index("164家")}, {TEXT.index("164家") + 4}],' in text
        assert text.endswith("}\n")

    def test_several_are_an_array(self) -> None:
        other = record("一")
        text = written("json", FULL, other, many=True)
        assert [ReplyRecord.model_validate(each) for each in json.loads(text)] == [FULL, other]
        assert len(json.loads(written("json", FULL, many=True))) == 1

    def test_a_record_is_written_as_soon_as_it_is_done(self) -> None:
        def records() -> Iterator[ReplyRecord]:
            yield FULL
            raise AssertionError("asked for too early")

        for form in OutputFormat:
            assert next(render(form, records(), Rendering(many=True)))

    def test_strings_that_look_like_layout(self) -> None:
        text = "[\n  1,\n  2\n]\n\u2028\x85"
        for form in ("json", "jsonl"):
            assert json.loads(written(form, record(text, title=text)))["text"] == text
        assert json.loads(written("json", record(text), many=True))[0]["text"] == text


def test_jsonl_is_a_line_for_each() -> None:
    text = written("jsonl", FULL, record("一\u2028二\x85三"), many=True)
    lines = text.splitlines()
    assert len(lines) == 2
    assert ReplyRecord.model_validate_json(lines[0]) == FULL
    assert json.loads(lines[1])["text"] == "一\u2028二\x85三"


class TestYaml:
    def test_carries_the_same_data_as_json(self) -> None:
        documents = list(yaml.safe_load_all(written("yaml", FULL, FULL)))
        assert documents == [json.loads(written("json", FULL))] * 2

    def test_is_readable(self) -> None:
        text = written("yaml", FULL)
        assert text.startswith("---\nschema_version: '1'\n")
        assert "text: |\n  对第5号提案的答复\n  目前," in text
        assert "issued_on: '2023-06-30'" in text
        assert "span: [0, " in text

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_any_text_comes_back(self, text: str) -> None:
        text = text.replace("\r", "")
        once = record(text, title=text)
        assert ReplyRecord.model_validate(yaml.safe_load(written("yaml", once))) == once
        assert ReplyRecord.model_validate_json(written("json", once)) == once

    @pytest.mark.parametrize("text", ["12:30:45", "2023-06-30", "no", "null", "1e3", "0x1F", "=", "~", "- a", "a: b\n"])
    def test_a_string_stays_a_string(self, text: str) -> None:
        assert yaml.safe_load(written("yaml", record(text, title=text)))["header"]["title"] == text


class TestCsv:
    def rows(self, *records: ReplyRecord, **options: Any) -> list[dict[str, str]]:
        text = written("csv", *records, **options)
        assert text.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    def test_a_row_for_each_claim(self) -> None:
        rows = self.rows(FULL, FULL)
        assert [row["id"] for row in rows] == ["c1", "c2", "c3"] * 2
        assert list(rows[0]) == list(COLUMNS)
        first, second, third = rows[:3]
        assert (first["source"], first["issued_on"], first["role"]) == ("reply.txt", "2023-06-30", "progress")
        assert (first["quantity"], first["value"], first["unit"]) == ("164家", "164", "家")
        assert (first["period_start"], first["period_end"], first["period_text"]) == ("", "2023-06-30", "目前")
        assert (second["value"], second["change_direction"], second["change_basis"]) == ("50.5", "increase", "同比")
        assert (third["value"], third["low"], third["high"]) == ("", "1500000000", "2000000000")
        assert TEXT[int(third["start"]) : int(third["end"])] == third["quantity"]

    def test_no_cell_is_a_formula(self) -> None:
        rows = self.rows(FULL)
        assert [row["metric"] for row in rows] == ["机构", "'=HYPERLINK(1)", "'-1"]

    @pytest.mark.parametrize("text", ["+1", "@x", "\t=1", "＝1", "－1"])
    def test_other_ways_to_begin_a_formula(self, text: str) -> None:
        assert self.rows(record(TEXT, claim(1, "164家", metric=text)))[0]["metric"] == f"'{text}"

    def test_a_negative_number_stays_a_number(self) -> None:
        text = "最低气温-5℃"
        rows = self.rows(record(text, claim(1, "-5℃", text, value=-5, unit="摄氏度")))
        assert (rows[0]["value"], rows[0]["quantity"]) == ("-5", "'-5℃")

    def test_a_reply_without_claims_gives_the_heading(self) -> None:
        assert written("csv", record("一")) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


class TestTable:
    def test_shows_header_sections_claims(self) -> None:
        text = written("table", FULL)
        for shown in (
            "标题",
            "对第5号提案的答复",
            "李伟 8788586",
            "做法成效",
            "164",
            "≈50.5",
            "1,500,000,000",
            "同比增",
        ):
            assert shown in text

    def test_is_plain_unless_colour_is_asked_for(self) -> None:
        assert "\x1b" not in written("table", FULL)
        assert "\x1b[" in written("table", FULL, color=True)

    def test_text_is_neither_markup_nor_terminal_control(self) -> None:
        text = written("table", record(TEXT, claim(1, "164家", metric="[red]机\x1b[31m构[/red]\u202e")))
        assert "[red]机 [31m构[/red]" in text
        assert "\x1b" not in text

    def test_fits_the_width(self) -> None:
        assert max(map(len, written("table", FULL, width=60).splitlines())) <= 60


@pytest.mark.parametrize("form", ["json", "yaml", "jsonl"])
def test_without_text_the_key_is_left_out(form: str) -> None:
    data = yaml.safe_load(written(form, FULL, text=False))
    assert "text" not in data
    assert data == {key: value for key, value in json.loads(written("json", FULL)).items() if key != "text"}


def test_without_text_csv_quotes_nothing() -> None:
    heading = written("csv", FULL, text=False).splitlines()[0]
    assert heading.removeprefix("\ufeff").split(",") == [c for c in COLUMNS if c not in ("quantity", "sentence")]


@pytest.mark.parametrize("form", list(OutputFormat))
def test_no_record_no_output(form: OutputFormat) -> None:
    assert list(render(form, [], Rendering(many=True))) == []


def test_every_gold_reply_in_every_format(fixtures: Path) -> None:
    for path in sorted((fixtures / "gold").glob("*.txt")):
        parsed = replyparse.parse_file(path)
        data = json.loads(written("json", parsed))
        assert ReplyRecord.model_validate(data) == parsed
        assert json.loads(written("jsonl", parsed)) == data
        assert yaml.safe_load(written("yaml", parsed)) == data
        assert written("csv", parsed).count("\r\n") == len(parsed.claims) + 1
        assert (parsed.header.title or "")[:10] in written("table", parsed)
