"""`replyparse explain`: what it says about claims and places, through real processes; and about any place at all."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from conftest import FIXTURES, Run
from replyparse import explain, pipeline

REPLY = """关于市政协第三次会议第12号提案的答复
一、工作开展情况
目前,全市已建成助餐点164家,其中国家级16家。根据《养老服务条例》,每人每月补助不低于200元。2023年机构数量同比增长8.5%。
二、下一步打算
力争到2025年,新增床位300张。
"""


@pytest.fixture
def reply(tmp_path: Path) -> Path:
    path = tmp_path / "reply.txt"
    path.write_text(REPLY, encoding="utf-8")
    return path


def said(page: str, label: str) -> str:
    """What the first line with a label says."""
    return next(line[len(label) :].strip() for line in page.splitlines() if line.startswith(label))


class TestClaims:
    def ask(self, run: Run, claim: str, *options: str) -> str:
        done = run("explain", "reply.txt", "--claim", claim, *options)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode()

    def test_where_it_stands(self, run: Run, reply: Path) -> None:
        first, second, *_ = self.ask(run, "c1").splitlines()
        at = REPLY.index("164家")
        assert first == f"reply.txt:3:{at - REPLY.index('目前') + 1} (第{at}字)"
        assert "建成助餐点⟦164家⟧,其中" in second

    def test_a_count(self, run: Run, reply: Path) -> None:
        page = self.ask(run, "c1")
        assert said(page, "陈述 c1").startswith("「164家」= 164 家 (count) · 规则 number and unit")
        assert said(page, "单位") == "词表行 家 (count)"
        assert said(page, "界限") == "eq ← 没有界限词"
        assert said(page, "指标") == "助餐点 ← 前面的词组"
        assert said(page, "性质").startswith("实际(actual) ← 最近的提示词")
        assert said(page, "时间").startswith("无 ← 不知签发日期(可用 --issued-on) 「目前」3:1")
        assert said(page, "范围").startswith("全市 ← 「全市」")
        assert said(page, "章节").startswith("1 一、工作开展情况 [做法成效] ← 标题 「一、工作开展情况」2:1")
        dated = self.ask(run, "c1", "--issued-on", "2023-06-30")
        assert said(dated, "时间").startswith("…2023-06-30 ← 明示 「目前」")

    def test_a_part(self, run: Run, reply: Path) -> None:
        page = self.ask(run, "c2")
        assert said(page, "指标") == "国家级助餐点 ← c1 的部分"
        assert said(page, "  其他") == "国家级 ← 前面的词组"
        assert said(page, "性质") == "实际(actual) ← c1 的部分"
        assert said(page, "属于") == "c1 ← 「其中」"

    def test_a_rate_laid_down(self, run: Run, reply: Path) -> None:
        page = self.ask(run, "c3")
        assert said(page, "单位") == "词表行 元 (money)"
        assert said(page, "分母").startswith("人·月 「每人每月」3:")
        assert said(page, "界限").startswith("ge 「不低于」3:")
        assert said(page, "性质").startswith("标准(standard)")

    def test_a_change(self, run: Run, reply: Path) -> None:
        page = self.ask(run, "c4")
        assert said(page, "变化").startswith("increase 同比 ← 前面的动词 「增长」")
        assert said(page, "时间").startswith("2023-01-01…2023-12-31 ← 明示 「2023年」")

    def test_a_target(self, run: Run, reply: Path) -> None:
        page = self.ask(run, "c5")
        assert said(page, "性质").startswith("目标(target) ← 最近的提示词")
        assert "力争" in said(page, "  提示词")
        assert "→target,管到句末 5:" in said(page, "  提示词")
        assert said(page, "时间").startswith("…2025-12-31 ← 明示 「到2025年」")

    def test_stdin_and_encoding(self, run: Run, reply: Path) -> None:
        done = run("explain", "-", "--claim", "c1", "--encoding", "gb18030", stdin=REPLY.encode("gb18030"))
        assert done.stdout.decode() == self.ask(run, "c1").replace("reply.txt", "stdin")


class TestPlaces:
    def ask(self, run: Run, words: str) -> str:
        done = run("explain", "reply.txt", "--at", str(REPLY.index(words)))
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode()

    def test_a_quantity_gives_its_claim(self, run: Run, reply: Path) -> None:
        assert "陈述 c2" in self.ask(run, "16家")
        assert "陈述 c1" in self.ask(run, "家,其中")

    def test_a_number_and_the_readings_that_lost(self, run: Run, reply: Path) -> None:
        page = self.ask(run, "12号")
        assert said(page, "数字").startswith("「12」1:12 (第11字) 案号(matter_number) ← header.number")
        assert "落选" in page

    def test_a_time_without_a_numeral(self, run: Run, reply: Path) -> None:
        assert said(self.ask(run, "目前"), "时间") == "无 · 截至签发 · 管后文"

    def test_a_heading_a_citation_a_promise(self, run: Run, reply: Path) -> None:
        assert said(self.ask(run, "工作开展"), "标题").startswith("「一、工作开展情况」2:1")
        assert said(self.ask(run, "服务条例"), "引用").startswith("「养老服务条例」3:")
        promise = self.ask(run, "新增床位")
        assert said(promise, "承诺 k1").startswith("「力争到2025年,新增床位300张」")
        assert said(promise, "语气") == "力争(aim)"


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["reply.txt", "--at", "9999"], "reply.txt: offset 9999 is outside the text of"),
            (["reply.txt", "--at", "-1"], "reply.txt: offset -1 is outside the text of"),
            (["reply.txt", "--at", "0"], "reply.txt: nothing was read at offset 0 (“关”)"),
            (["reply.txt", "--claim", "c99"], "reply.txt: there is no claim c99; the claims are c1 to c5"),
            (["RP999"], "there is no rule RP999; `replyparse rules` lists them"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_one_line_and_exit_code_2(self, run: Run, reply: Path, arguments: list[str], says: str) -> None:
        done = run("explain", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        (line,) = done.stderr.decode().splitlines()
        assert line.startswith(f"replyparse: {says}")

    @pytest.mark.parametrize(
        "arguments",
        [[], ["--at", "1", "--claim", "c1"], ["--claim", "x"], ["--claim", "c0"], ["--at", "x"]],
        ids=" ".join,
    )
    def test_a_wrong_command_line(self, run: Run, reply: Path, arguments: list[str]) -> None:
        done = run("explain", "reply.txt", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")

    def test_an_input_that_cannot_be_read(self, run: Run) -> None:
        done = run("explain", "missing.txt", "--at", "1")
        assert (done.returncode, done.stdout) == (3, b"")
        assert done.stderr == b"replyparse: missing.txt: there is no such file\n"

    def test_an_empty_reading(self) -> None:
        with pytest.raises(LookupError, match="no claims were found"):
            explain.claim(pipeline.read("您好。"), "reply.txt", 1)
        with pytest.raises(LookupError, match="outside the text of 0 characters"):
            explain.place(pipeline.read(""), "reply.txt", 0)


TEXTS = sorted((FIXTURES / "gold").glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_claim_and_place_of_the_fixtures(path: Path) -> None:
    """Everything can be explained, without control characters, and every way of settling it has a Chinese name."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    reading = pipeline.read(text)
    pages = [explain.claim(reading, path.name, number) for number in range(1, len(reading.drafts) + 1)]
    for offset in range(0, len(text), 5):
        try:
            pages.append(explain.place(reading, path.name, offset))
        except LookupError:
            continue
    kinds = {unicodedata.category(ch) for page in pages for ch in page if ch != "\n"}
    assert kinds.isdisjoint({"Cc", "Zl", "Zp"})
    hows = {how for draft in reading.drafts for how in (draft.metric.how, draft.kind.how, draft.period.why)}
    hows |= {part.clue.how for part in reading.outline.parts if part.clue}
    hows |= {draft.change.clue.how for draft in reading.drafts if draft.change.clue}
    assert sorted(how for how in hows if not explain.is_named(how)) == []


def test_page_numbers_are_left_out() -> None:
    text = "我市共有学校8所。\n- 12 -\n我市共有医院9家。\n"
    reading = pipeline.read(text)
    with pytest.raises(LookupError, match="stands a page number"):
        explain.place(reading, "reply.txt", text.index("12"))
