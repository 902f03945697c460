"""Every rule does what it says: the examples in its docstring, its corpus file, and the annotated replies."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import gold
import replyparse
from replyparse.checks import RULES, Rule, check, chosen
from replyparse.record import Finding, RecognizedLine, ReplyRecord, Span

CORPUS = Path(__file__).parent / "corpus" / "checks"
BY_CODE = {rule.code: rule for rule in RULES}


def parsed(text: str, confidence: float | None = None) -> ReplyRecord:
    """The record of a text; with `confidence`, as if each line had been read from a picture with it."""
    record = replyparse.parse(text)
    if confidence is None:
        return record
    lines = [RecognizedLine(span=Span(*match.span()), confidence=confidence) for match in re.finditer(r"[^\n]+", text)]
    source = record.source.model_copy(update={"recognized": lines})
    return record.model_copy(update={"source": source})


def findings(rule: Rule, text: str, confidence: float | None = None) -> list[Finding]:
    return check(parsed(text, confidence), [rule])


def rows(kind: str) -> Iterator[tuple[str, float | None, str]]:
    """Code, confidence and text of each `fires` or `silent` example of the corpus files."""
    for path in sorted(CORPUS.glob("*.yaml")):
        for text in yaml.safe_load(path.read_text(encoding="utf-8"))[kind]:
            confidence, bar, rest = text.partition("|")
            read = bar and path.stem == "rp503"
            yield path.stem.upper(), float(confidence) if read else None, rest if read else text


@pytest.mark.parametrize(("code", "confidence", "text"), list(rows("fires")))
def test_fires(code: str, confidence: float | None, text: str) -> None:
    assert [finding.rule for finding in findings(BY_CODE[code], text, confidence)] != []


@pytest.mark.parametrize(("code", "confidence", "text"), list(rows("silent")))
def test_silent(code: str, confidence: float | None, text: str) -> None:
    assert findings(BY_CODE[code], text, confidence) == []


def test_every_rule_has_a_corpus_file_with_both() -> None:
    assert {path.stem.upper() for path in CORPUS.iterdir()} == set(BY_CODE)
    for kind in ("fires", "silent"):
        counted = [code for code, _, _ in rows(kind)]
        assert all(counted.count(code) >= 2 for code in BY_CODE), kind


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_docstring_says_what_the_rule_does(rule: Rule) -> None:
    page = rule.page
    assert findings(rule, page.fires, page.confidence) != []
    assert findings(rule, page.silent) == []
    assert all(part.endswith(".") for part in (page.summary, page.checks, page.why, page.remedy))
    assert re.search(r"[一-鿿]", rule.name_zh + rule.advice)
    assert not re.search(r"[一-鿿]", rule.name)


def test_codes_are_in_order_and_named_by_their_modules() -> None:
    assert list(BY_CODE) == sorted(BY_CODE)
    assert len(BY_CODE) == len(RULES)
    for rule in RULES:
        assert rule.check.__module__.rpartition(".")[2].startswith(f"{rule.code.lower()}_")


@pytest.mark.parametrize("path", gold.files(), ids=lambda path: path.stem)
def test_annotated_replies_alarm_where_the_gold_says_and_nowhere_else(path: Path) -> None:
    text, expected = gold.load(path)
    assert {finding.rule for finding in check(replyparse.parse(text))} == set(expected.findings)


# --- what every finding keeps


@pytest.mark.parametrize(("code", "confidence", "text"), list(rows("fires")))
def test_findings_point_into_the_text_and_name_claims(code: str, confidence: float | None, text: str) -> None:
    record = parsed(text, confidence)
    found = check(record, RULES)
    ids = {claim.id for claim in record.claims}
    for finding in found:
        assert finding.severity == BY_CODE[finding.rule].severity
        assert ids.issuperset(finding.claims)
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(text)
        assert re.search(r"[一-鿿]", finding.message)
        assert finding.message.isprintable()
    places = [(finding.span or (-1, -1), finding.rule) for finding in found]
    assert places == sorted(places)
    assert found == check(record, reversed(RULES))


# --- messages


@pytest.mark.parametrize(
    ("code", "text", "message"),
    [
        (
            "RP103",
            "全市技术转移示范机构达到164家，其中国家级16家、省级62家、市级80家。",
            "其中各项合计 158 家（16 + 62 + 80），与总数 164 家相差 6 家",
        ),
        ("RP104", "全市孵化载体由120家增加到150家，增长35%。", "由 120 家到 150 家，增长应为 25%，文中为 35%"),
        ("RP104", "全市共有幼儿园164所，其中公办幼儿园82所，占比60%。", "82 所 ÷ 164 所 = 50%，文中为 60%"),
        ("RP106", "从来源看，企业、高校、院所分别占45%、40%、25%。", "占比合计 110%（45% + 40% + 25%），超过 100%"),
        ("RP401", "当事人手机号13812345678。", "手机号码 138****5678"),
        ("RP401", "申请人身份证号11010519491231002X。", "身份证号 1101**********002X"),
        ("RP401", "来信人家住青岩市滨河路12号。", "住址 青岩市******"),
    ],
)
def test_messages_show_the_arithmetic_and_mask_what_is_private(code: str, text: str, message: str) -> None:
    assert [finding.message for finding in findings(BY_CODE[code], text)] == [message]


# --- choosing rules


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (["RP103"], [], {"RP103"}),
        (["RP3"], ["RP302"], {"RP301", "RP303"}),
        (["RP3", "RP302"], ["RP3"], {"RP302"}),
        (None, ["RP1", "RP2", "RP3", "RP4"], {"RP502", "RP503"}),
        (["RP202"], [], {"RP202"}),
        ([], [], set()),
    ],
)
def test_prefixes_choose_rules_and_the_longer_one_wins(
    select: list[str] | None, ignore: list[str], expected: set[str]
) -> None:
    assert {rule.code for rule in chosen(select, ignore)} == expected


@pytest.mark.parametrize("prefix", ["RP9", "", "rp103", "X"])
def test_a_prefix_of_no_rule_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="there is no rule"):
        chosen([prefix])


def test_a_record_without_text_is_refused() -> None:
    record = replyparse.parse("全市建成站点5个。").model_copy(update={"text": None})
    with pytest.raises(ValueError, match="no text"):
        check(record)


# --- any text

PIECES = [
    *(
        "共164家",
        "，其中",
        "国家级16家",
        "、省级62家",
        "，占比120%",
        "由120家增加到150家",
        "，增长35%",
        "分别占30%、40%、45%",
    ),
    *(
        "一、甲\n",
        "（三）乙\n",
        "下一步，",
        "我局将于2018年底前完成",
        "。",
        "截至2023年13月底，",
        "2024年5月9日\n",
        "13812345678",
    ),
    *(
        "家住滨河路12号",
        "\ufffd",
        "锟斤拷",
        "对市政协五届三次会议第078号提案的答复\n",
        "第87号",
        "收悉",
        "3500亿元",
        "１.2万元",
        "共计",
        "\u3000",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans())
def test_any_text_can_be_checked(text: str, read: bool) -> None:
    record = parsed(text, 0.5 if read else None)
    found = check(record, RULES)
    stored = record.model_copy(update={"findings": found})
    assert ReplyRecord.model_validate_json(stored.model_dump_json()) == stored
    assert all(f.span is None or (0 <= f.span.start <= f.span.end <= len(text)) for f in found)
    assert not [f for f in found if f.rule == "RP401" and "13812345678" in f.message]


@pytest.mark.parametrize(
    "piece",
    ["共164家，其中国家级16家、", "有5家", "一、甲\n二、乙\n", "我局将于2018年底前完成", "由120家增加到150家，增长35%"],
)
def test_work_is_bounded_where_nothing_ends(piece: str) -> None:
    record = parsed(piece * (20_000 // len(piece)))
    begun = time.process_time()
    check(record, RULES)
    assert time.process_time() - begun < 3
