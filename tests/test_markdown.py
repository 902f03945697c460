"""Markdown: what is told as it, and what is left when its markup is taken away."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from replyparse.reading import markdown, read_bytes

#: Markdown and the text it shows.
SHOWN = {
    "# 关于答复\n\n李明委员：\n": "关于答复\n\n李明委员：\n",
    "## 一、情况 ##\n\n## 二、打算": "一、情况\n\n二、打算",
    "**一、情况**\n新建**12**所，*约*占5*3*2。\n**二、打算**": "一、情况\n新建12所，约占5*3*2。\n二、打算",
    "# 题\n1. 甲\n2. 乙\n- 丙\n* 丁\n> 戊\n> - 己": "题\n1.甲\n2.乙\n丙\n丁\n戊\n己",
    '# 题\n见[通知](http://a.cn/b "t")和![图](x.png)[附件](/f.pdf)': "题\n见通知和附件",
    "| 线路 | 客流（人次） |\n|------|-----:|\n| 3路 | 6850 |\n\n完": "线路\t客流（人次）\n3路\t6850\n\n完",
    "a | b\n--- | ---\n1 |\n": "a\tb\n1\n",
    "# 题\n\n---\n\n正文  \n续\\\n终": "题\n\n\n正文\n续\n终",
    "# 题\n`代码`，5\\*3，\\# 甲": "题\n代码，5*3，# 甲",
}
PLAIN = [
    "#一楼有12户",
    "价格为**元，身份证号*****************，住A**路",
    "3 * 4 * 5",
    "- 甲\n- 乙\n- 丙",
    "1. 甲\n2. 乙",
    "一\n---\n二",
    "| 甲 | 乙 |\n| 1 | 2 |",
    "[2023]5号（http://a.cn）",
    "见[通知](http://a.cn)",
    "> 引文\n> 引文",
    "一\n# 注",
]


@pytest.mark.parametrize("source", SHOWN)
def test_shown(source: str) -> None:
    assert markdown.is_markdown(source)
    document = read_bytes(source.encode(), name="reply.md")
    assert (document.text, document.source.media_type) == (SHOWN[source], "text/markdown")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays(text: str) -> None:
    document = read_bytes(text.encode(), name="reply.md")
    assert (document.text, document.source.media_type) == (text, "text/plain")


def test_no_reply_is_taken_for_markdown(fixtures: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in fixtures.glob("gold/*.txt")]
    assert not any(map(markdown.is_markdown, texts))


@pytest.mark.parametrize(
    "source",
    [
        "# 题\n" + piece * 100_000
        for piece in ("*a", "**a", "[", "[a](b", "`a", "> ", "- ", " #", "\\", "|", "a\n", "| a |\n|---|\n")
    ]
    + ["# 题\n" + (piece * 5000 + "\n") * 20 for piece in ("*a", "**a", "[a](b", "> ", "- ")]
    + ["# 题" + " " * 1_000_000 + "甲"],
)
def test_a_hostile_text_costs_little_time(source: str) -> None:
    began = time.process_time()
    read_bytes(source.encode(), name="reply.md")
    assert time.process_time() - began < 10
