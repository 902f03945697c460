"""The gold replies: their files are well formed, and no measure may fall below its floor (quality/floors.json)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gold
import replyparse
import score
from alike import same_phrase, unit_of
from replyparse.record import Span
from score import Scores

FLOORS: dict[str, float] = json.loads((Path(score.__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def measured() -> Scores:
    return score.measure(gold.files())


# --- the gold files


def test_there_is_a_text_for_every_gold_file_and_none_besides() -> None:
    assert gold.files()
    assert [path.with_suffix(".txt") for path in gold.files()] == sorted(gold.FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", gold.files(), ids=lambda path: path.stem)
def test_gold_is_well_formed(path: Path) -> None:
    assert list(gold.problems(path)) == []


CLAIM = {"q": "20名", "value": 20, "comparator": "eq", "kind": "actual", "metric": ["人员"]}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ({"claims": [{"q": "20名", "value": 20}]}, "Field required"),
        ({"claims": [{**CLAIM, "n": 2}]}, "claims[0]: '20名' (n = 2) is not in the text"),
        ({"claims": [{**CLAIM, "value": None}]}, "claims[0]: neither value nor low and high"),
        ({"claims": [CLAIM, {**CLAIM, "q": "0名"}]}, "claims[1]: overlaps claims[0]"),
        ({"claims": [{**CLAIM, "q": "名"}, CLAIM]}, "claims[1]: does not come after the entry before it"),
        ({"roles": [{"from": "选派", "role": "plans"}]}, "Input should be 'preamble'"),
        ({"header": {"titel": "x"}}, "header: unknown fields ['titel']"),
    ],
)
def test_what_is_wrong_with_a_gold_file_is_said(content: object, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("选派20名人员", encoding="utf-8")
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    said = list(gold.problems(path))
    assert any(complaint in line for line in said), said


# --- the floors


@pytest.mark.parametrize("measure", FLOORS)
def test_floor(measure: str, measured: Scores) -> None:
    figure = measured.figures()[measure]
    assert figure is not None
    assert figure >= FLOORS[measure], "\n".join(measured.errors)


def test_the_genuine_reply(wuhan: Path) -> None:
    scores = score.measure([gold.FOLDER / f"{wuhan.stem}.json"])
    figures = scores.figures()
    assert figures["claim_f1"] is not None
    assert figures["claim_f1"] >= 0.98, scores.errors
    assert (figures["role_accuracy"], figures["heading_f1"]) == (1, 1), scores.errors


def test_the_genuine_reply_is_the_same_file_twice(wuhan: Path) -> None:
    assert wuhan.read_bytes() == (gold.FOLDER / wuhan.name).read_bytes()


# --- the scorer


def test_the_scorer_sees_what_is_missed_wrong_and_spurious(wuhan: Path) -> None:
    text, wanted = gold.load(gold.FOLDER / f"{wuhan.stem}.json")
    record = replyparse.parse(text)
    _, second, *rest = record.claims
    worse = record.model_copy(
        update={
            "claims": [
                second.model_copy(update={"value": 7}),
                *rest,
                second.model_copy(update={"span": Span(0, 1), "sentence": Span(0, 2)}),
            ],
            "sections": [section.model_copy(update={"role": "closing"}) for section in record.sections],
            "numerals": [],
        }
    )
    scores = Scores()
    score.score(wuhan.stem, text, wanted, worse, scores)
    assert {line.partition(":")[0] for line in scores.errors} >= {
        "claim_found",
        "value",
        "spurious",
        "role",
        "numeral_accounted",
    }
    assert scores.figures()["claim_recall"] == (len(wanted.claims) - 2) / len(wanted.claims)


@pytest.mark.parametrize(
    ("one", "other"), [("㎡", "平方米"), ("元/(人·月)", "元/月·人"), ("元/每人", "元/人"), ("KW", "千瓦")]
)
def test_spellings_of_a_unit(one: str, other: str) -> None:
    assert unit_of(one) == unit_of(other)


def test_a_metric_may_differ_a_little() -> None:
    assert same_phrase("国家级技术转移机构", ["国家级技术转移示范机构"])
    assert not same_phrase("机构", ["国家级技术转移示范机构"])
    assert not same_phrase("", [""])
