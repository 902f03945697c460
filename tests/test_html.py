"""Web pages: what of a page is the reply, how its markup reads, and what it says of itself."""
# ruff: noqa: E501 - a piece of markup is one line

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import replyparse
from replyparse import UnreadableError
from replyparse.reading import markup, pages, read_bytes
from replyparse.yaml12 import Loader

TITLE = "某县教育局关于县政协第12号提案的答复"
BODY = (
    "李明委员：",
    "您提出的《关于扩大学前教育资源的提案》收悉，现答复如下：",
    "2022年，全县新建幼儿园12所，增加学位3600个，学前三年毛入园率达到91.5%。",
    "感谢您对教育工作的关心和支持！",
    "某县教育局",
    "2023年5月6日",
)
LETTER = "\n".join(BODY)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)
BREAKS = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in BODY)
MENU = "<ul><li><a href='/'>首页</a></li><li><a href='/zw'>政务公开</a></li><li><a href='/hd'>互动交流</a></li></ul>"
NEWS = "".join(f"<li><a href='/{n}'>我县召开第{n}次全县安全生产工作会议，部署重点工作</a></li>" for n in range(20))
FOOT = "<div>版权所有：某县人民政府　鄂ICP备05000001号　网站标识码：4228000001</div>"


def text(html: str, encoding: str = "utf-8") -> str:
    return read_bytes(html.encode(encoding), name="page.html").text.rstrip("\n")


#: A page and the whole text that is read from it.
LAYOUTS = {
    "nothing but the reply": (f"<html><body>{PARAGRAPHS}</body></html>", LETTER),
    "a fragment without html and body": (f"<div>{PARAGRAPHS}</div>", LETTER),
    "#zoom": (
        f"<html><head><title>{TITLE}_某县人民政府</title></head><body>{MENU}<h1>{TITLE}</h1>"
        f"<div id='zoom'>{PARAGRAPHS}</div><ul>{NEWS}</ul>{FOOT}</body></html>",
        f"{TITLE}\n{LETTER}",
    ),
    "TRS, the title again in the text": (
        f"<html><head><title>{TITLE}</title></head><body><h2>{TITLE}</h2>"
        f"<div class='TRS_Editor'><p align=center><b>{TITLE[:10]}<br>{TITLE[10:]}</b></p>{PARAGRAPHS}</div></body></html>",
        f"{TITLE[:10]}\n{TITLE[10:]}\n{LETTER}",
    ),
    "the container of the zoom buttons is not the text": (
        f"<html><body><div id=zoom><a href=#>大</a> <a href=#>中</a> 字号调整</div><div class=a>{PARAGRAPHS}</div></body></html>",
        LETTER,
    ),
    "no known container, a list of news that is longer than the text": (
        f"<html><head><title>{TITLE}-某县人民政府</title></head><body><div>{MENU}</div><div class=l><ul>{NEWS}</ul></div>"
        f"<div class=r><div class=t>{PARAGRAPHS}</div></div>{FOOT}</body></html>",
        f"{TITLE}\n{LETTER}",
    ),
    "tables lay out the page": (
        f"<table><tr><td>{MENU}</td></tr></table><table><tr><td><ul>{NEWS}</ul></td><td><table><tr><td class=title>"
        f"{TITLE}</td></tr><tr><td>{BREAKS}</td></tr><tr><td>【打印】【关闭】</td></tr></table></td></tr></table>{FOOT}",
        f"{TITLE}\n{LETTER}",
    ),
    "<br> paragraphs and &nbsp; indents": (f"<html><body><div>{BREAKS}</div></body></html>", LETTER),
    "a div for every paragraph": (
        "<html><body><div><div>"
        + "".join(f"<div><span>{line}</span></div>" for line in BODY)
        + "</div></div></body></html>",
        LETTER,
    ),
    "font tags, unclosed paragraphs, upper case": (
        "<HTML><BODY><FONT SIZE=3><P>" + "<P>".join(f"<FONT FACE=宋体>{line}" for line in BODY) + "</BODY></HTML>",
        LETTER,
    ),
    "<pre>": (f"<html><body>{MENU}<pre>{LETTER}</pre></body></html>", LETTER),
    "white-space: pre-wrap": (f"<html><body><div style='white-space: pre-wrap'>{LETTER}</div></body></html>", LETTER),
    "a textarea that cannot be written in": (
        f"<html><body><b>{TITLE}</b><br><textarea readonly rows=20>{LETTER}</textarea></body></html>",
        f"{TITLE}\n{LETTER}",
    ),
    "spans that cut numbers in two": (
        f"<div>{PARAGRAPHS.replace('3600', '<span>36</span><span style=color:red>00</span>')}</div>".replace(
            "91.5", "91<b>.5</b>"
        ),
        LETTER,
    ),
    "lines of the source wrapped inside a sentence": ("<div>" + PARAGRAPHS.replace("提出", "提\n      出"), LETTER),
    "hidden elements, scripts, styles, comments": (
        f"<html><head><style>p{{}}</style></head><body><script>document.write('<p>价格9元</p>')</script>"
        f"<div style='display: none'><p>隐藏了88人</p></div><p hidden>77</p><p style='visibility:hidden'>66</p>"
        f"<!-- <p>55</p> --><noscript>44</noscript><template><p>33</p></template><input type=hidden value=22>"
        f"{PARAGRAPHS}</body></html>",
        LETTER,
    ),
    "entities and characters without width": (
        f"<div>{PARAGRAPHS.replace('12所', '&#49;&#x32;&#8203;所').replace('《', '&#12298;')}</div>",
        LETTER,
    ),
    "furniture among the paragraphs": (
        f"<div><p>当前位置：首页 &gt; 提案</p><p>字体：[大 中 小]</p>{PARAGRAPHS}<p>责任编辑：王芳</p><p>扫一扫在手机打开当前页</p>"
        "<p>上一篇：关于第11号提案的答复</p><p>下一篇：没有了</p><p>分享到：</p></div>",
        LETTER,
    ),
    "two containers of one name, question and answer": (
        f"<body><div class=TRS_Editor><p>问：幼儿园学位够不够，什么时候扩建，请答复。</p></div><div class=TRS_Editor>{PARAGRAPHS}</div></body>",
        f"问：幼儿园学位够不够，什么时候扩建，请答复。\n{LETTER}",
    ),
    "the line under the title, its parts in spans": (
        f"<body>{MENU}<h1>{TITLE}</h1><div><span>发布时间：2023-05-08 10:20</span><span>来源：县教育局</span><span>浏览次数：31</span>"
        f"</div><div id=zoom>{PARAGRAPHS}</div></body>",
        f"{TITLE}\n发布时间：2023-05-08 10:20\n来源：县教育局\n{LETTER}",
    ),
    "a date and time without a key, a letter's number": (
        "<body><table><tr><td>信件编号<td>20230501<td>来信时间<td>2023-05-01</table>"
        f"<p>2023-05-08 10:20&nbsp;&nbsp;点击：12</p><div class=c>{PARAGRAPHS}</div></body>",
        f"信件编号：20230501\n来信时间：2023-05-01\n2023-05-08 10:20\n{LETTER}",
    ),
    "the signature in a block of its own": (
        f"<body><div>{MENU}</div><div><h2>{TITLE}</h2><div>{PARAGRAPHS[: PARAGRAPHS.index('<p>某县')]}</div>"
        f"<div align=right>{PARAGRAPHS[PARAGRAPHS.index('<p>某县') :]}</div></div>{FOOT}</body>",
        f"{TITLE}\n{LETTER}",
    ),
    "the heading of the site is not the title": (
        f"<head><title>{TITLE}-建议提案-某县人民政府</title></head><body><h1>某县人民政府</h1>{MENU}<h3>{TITLE}</h3>"
        f"<div class=c>{PARAGRAPHS}</div></body>",
        f"{TITLE}\n{LETTER}",
    ),
    "meta elements say what the page does not": (
        f"<head><meta name=ArticleTitle content='{TITLE}'><meta name=PubDate content='2023-05-08 10:20:00'>"
        f"<meta name=ContentSource content=县教育局></head><body><div id=zoom>{PARAGRAPHS}</div></body>",
        f"{TITLE}\n发布时间：2023-05-08 10:20:00\n来源：县教育局\n{LETTER}",
    ),
    "an index table": (
        "<body><table border=1><tr><th>索 引 号</th><td>0123/2023-4</td><th>主题分类</th><td>教育</td></tr>"
        "<tr><th>发文机构</th><td>县教育局</td><th>公开日期</th><td>2023-05-08</td></tr></table>"
        f"<div class=xxgk_content>{PARAGRAPHS}</div></body>",
        f"索引号：0123/2023-4\n主题分类：教育\n发文机构：县教育局\n公开日期：2023-05-08\n{LETTER}",
    ),
    "an index as a list of definitions": (
        f"<body><dl><dt>文　　号</dt><dd>某教函〔2023〕5号</dd><dt>成文日期：</dt><dd>2023-05-06</dd></dl><div id=zoom>{PARAGRAPHS}</div></body>",
        f"文号：某教函〔2023〕5号\n成文日期：2023-05-06\n{LETTER}",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str) -> None:
    html, expected = LAYOUTS[layout]
    assert text(html) == expected


#: A piece of markup and the lines it shows.
MARKUP = {
    "<p>一<p>二": ["一", "二"],
    "<p>一</p><p>&nbsp;</p><p>二</p>": ["一", "", "二"],
    "一<br><br><br>二": ["一", "", "二"],
    "甲 <b>乙</b>\n丙": ["甲 乙丙"],
    "10\n<i>20</i>": ["10 20"],
    "<ol><li>甲<li>乙</ol>": ["1.甲", "2.乙"],
    "<ol start=3><li>甲<li value=7>乙<li>丙</ol>": ["3.甲", "7.乙", "8.丙"],
    "<ol reversed><li>甲<li>乙</ol>": ["2.甲", "1.乙"],
    "<ol type=a><li>甲<ol type=I><li>子</ol><li>乙</ol>": ["a.甲", "I.子", "b.乙"],
    "<ol style='list-style-type:cjk-ideographic'><li><p>甲</p><li>乙</ol>": ["一、甲", "二、乙"],
    "<ol style='list-style:none'><li>甲</ol>": ["甲"],
    "<ul><li>甲<li>乙</ul>": ["甲", "乙"],
    "<table><tr><th>线路<th>客流<br>（人次）<tr><td>3路<td>6850</table>": ["线路\t客流（人次）", "3路\t6850"],
    "<table><tr><td>甲<table><tr><td>1<td>2</table></table>": ["甲", "1\t2"],
    "<table><tr><td>合计<td><td>5</table>": ["合计\t\t5"],
    "1.2×10<sup>4</sup>吨，PM<sub>2.5</sub>": ["1.2×10⁴吨，PM2.5"],
    "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字": ["汉字"],
    "<del>180</del><ins>186</ins>家": ["186家"],
    "联系人：<input value=王芳 readonly>": ["联系人：王芳"],
    "5 < 6，a<3": ["5 < 6，a<3"],
    "一<!-- 二 -->三<!-->四": ["一三四"],
    "<a href=/x>附件：</a>方案": ["附件：方案"],
    "<p title='a>b'>一</p>": ["一"],
    "<![if !IE]>一<![endif]>": ["一"],
    "&#1234567890123;一&amp;二&lt;三": ["\ufffd一&二<三"],
    "一<plaintext>二<p>": ["一二<p>"],
}


@pytest.mark.parametrize("html", MARKUP)
def test_markup(html: str) -> None:
    assert text(f"<body>{html}").split("\n") == MARKUP[html]


# --- the knowledge -----------------------------------------------------------------------------------------------

ROWS = yaml.load(Path(pages.__file__).with_name("pages.yaml").read_text(encoding="utf-8"), Loader=Loader)


def applies(table: str, row: dict[str, Any], example: str) -> bool:
    if table == "captions":
        return re.fullmatch(row["pattern"], re.sub(r"\s", "", example)) is not None
    if table == "lines":
        return re.fullmatch(row["pattern"], re.sub(r"\s", "", example), re.IGNORECASE) is not None
    element = next(e for e in markup.parse(example).elements() if e.tag != "#page")
    if table == "metas":
        return (element.get("name") or "").lower() == row["name"].lower()
    return row["selector"].lower() in pages.names(element)


@pytest.mark.parametrize(
    ("table", "row"), [(table, row) for table, rows in ROWS.items() for row in rows], ids=lambda value: str(value)[:40]
)
def test_a_row_proves_itself(table: str, row: dict[str, Any]) -> None:
    assert row["yes"] and row["no"]
    assert [example for example in row["yes"] if not applies(table, row, example)] == []
    assert [example for example in row["no"] if applies(table, row, example)] == []


def test_no_line_of_a_reply_is_furniture(fixtures: Path) -> None:
    """But for what the texts of pages print around it."""
    printed = {line for path in fixtures.glob("gold/*.txt") for line in path.read_text(encoding="utf-8").split("\n")}
    around = re.compile(r"首页 >|【打印】|[上下]一[篇条]|扫一扫|责任编辑|浏览|网站标识码|【关闭窗口】|今天是")
    assert [line for line in printed if pages.is_furniture(line) and not around.search(line)] == []


# --- the header --------------------------------------------------------------------------------------------------

INDEX = (
    "<table><tr><td>索 引 号：</td><td>0123/2023-4</td><td>组配分类：</td><td>提案办理</td></tr>"
    "<tr><td>发文机构：</td><td>某县教育局</td><td>文　　号：</td><td>某教函〔2023〕5号</td></tr>"
    "<tr><td>名　　称：</td><td>关于县政协第12号提案的答复</td><td>公开日期：</td><td>2023-05-08</td></tr>"
    "<tr><td>成文日期：</td><td>2023-05-06</td><td>公开方式：</td><td>主动公开</td></tr></table>"
)


def header(html: str) -> Any:
    document = read_bytes(html.encode(), name="page.html")
    return replyparse.parse(document.text).header


def test_an_index_table_fills_the_header() -> None:
    unsigned = "".join(f"<p>{line}</p>" for line in BODY[:4])
    found = header(f"<body>{INDEX}<div id=zoom>{unsigned}</div></body>")
    assert found.doc_number == "某教函〔2023〕5号"
    assert found.agency == "某县教育局"
    assert found.issued_on == date(2023, 5, 6)
    assert found.published_on == date(2023, 5, 8)
    assert found.title == "关于县政协第12号提案的答复"
    assert found.disclosure == "public"


def test_the_signature_has_the_say_over_the_index() -> None:
    page = INDEX.replace("某县教育局", "某县人民政府办公室").replace("2023-05-06", "2023-05-09")
    found = header(f"<body>{page}<div id=zoom>{PARAGRAPHS}</div></body>")
    assert (found.agency, found.issued_on) == ("某县教育局", date(2023, 5, 6))


@pytest.mark.parametrize(
    "printed", ["发布时间：2023-05-08 10:20", "发布日期: 2023年5月8日", "日期：2023/05/08", "公开时间：2023.05.08"]
)
def test_the_day_of_publication(printed: str) -> None:
    found = header(f"<body><h1>{TITLE}</h1><p>{printed} 来源：本站 点击：5</p><div id=zoom>{PARAGRAPHS}</div></body>")
    assert (found.published_on, found.issued_on) == (date(2023, 5, 8), date(2023, 5, 6))
    assert (found.title, found.agency) == (TITLE, "某县教育局")


# --- the encoding ------------------------------------------------------------------------------------------------

PAGE = f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={{}}'><title>x</title></head><body>{PARAGRAPHS}<p>朱镕基</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gb18030", "gb18030"),
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("klingon", "utf-8", "utf-8"),
        ("", "gb18030", "gb18030"),
        ("utf-16", "utf-8", "utf-8"),
        ("gb2312", "utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-16", "utf-16"),
        ("utf-16", "utf-16-le", "utf-16-le"),
        ("utf-16", "utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding(declared: str, encoding: str, told: str) -> None:
    document = read_bytes(PAGE.format(declared).encode(encoding), name="page.html")
    assert document.text.rstrip().endswith(LETTER + "\n朱镕基")
    assert document.source.encoding == told


def test_traditional_characters_in_big5() -> None:
    page = "<html><head><meta charset=big5></head><body><p>王小明委員：</p><p>您提出的關於加強長者照顧服務的提案收悉。</p></body></html>"
    document = read_bytes(page.encode("big5"), name="page.html")
    assert document.source.encoding == "big5"
    assert "關於加強長者照顧服務" in document.text


# --- what is no reply --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<html><body><div id=app></div><script src=app.js></script></body></html>", "a script loads it"),
        ("<html><body><p>加载中...</p><script>load()</script></body></html>", "a script loads it"),
        (
            "<html><frameset cols='20%,*'><frame src='left.htm'><frame src='main.htm'></frameset></html>",
            r"in a frame.*\(left",
        ),
        ("<html><body><iframe src='/doc/1.html'></iframe></body></html>", r"in a frame.*/doc/1\.html"),
        ("<html><body><p> &nbsp; </p></body></html>", r"^page\.html: has no text$"),
        ("<!doctype html>", r"^page\.html: has no text$"),
        ("<p>" + "<b>" * (markup.MOST_TAGS + 1), "more than 300,000 tags"),
    ],
)
def test_refused(html: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why) as caught:
        read_bytes(html.encode(), name="page.html")
    assert "\n" not in str(caught.value)


DEEP = 74_000
HOSTILE = {
    "tables in tables": "<table><tr><td>" * DEEP,
    "divs": "<div>" * (4 * DEEP) + "一",
    "lists": "<ol><li>" * (2 * DEEP) + "一",
    "known containers": "<div id=zoom>" * (4 * DEEP) + "一",
    "emphasis that is never closed": "<p><font size=1>一" * (2 * DEEP),
    "end tags that find nothing": "<span>" * DEEP + "</b></q></div>" * DEEP,
    "end tags behind a wall": "<span><div></span>" * DEEP,
    "attributes": "<p " + "a=1 " * 2_000_000 + ">一",
    "one huge attribute": "<p title='" + "x" * 10_000_000 + "'>一",
    "attributes without an end": "<p>一<a b='" + "<a b='" * 1_000_000,
    "references": "&amp;" * 1_000_000,
    "a reference of a million digits": "<p>一&#" + "9" * 1_000_000 + ";",
    "comments without an end": "<p>一" + "<!--" * 2_000_000,
    "scripts without an end": "<p>一" + "<script>" * 1_000_000,
    "less-than signs": "<p>一" + "<" * 5_000_000,
    "blanks": "<p>一" + " \n" * 2_500_000 + "二",
    "blanks that stay": "<p>一" + "&nbsp; " * 500_000 + "二",
    "line breaks": "<p>一" + "<br>" * 200_000 + "二",
    "colons": "<p>" + "来源：" * 300_000,
    "cells": "<table>" + ("<tr>" + "<td>1" * 500) * 500,
    "captions": "<table>" + "<tr><td>索引号<td>1" * 50_000,
    "headings in headings": "<h1>" * (4 * DEEP) + "一",
    "headings": "<h1>一</h1>" * 100_000,
    "a list that counts from far": "<ol start=999999999999><li>一" + "<li value=-99999>二" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_little_time(name: str) -> None:
    began = time.process_time()
    try:
        read_bytes(("<html><body>" + HOSTILE[name]).encode(), name="page.html")
    except UnreadableError as error:
        assert "\n" not in str(error)
    assert time.process_time() - began < 20


@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <div> </div> <table> <tr> <td> </td> </table> <b> </i> <br> <ol> <li> <!-- --> <a < & 一 二 12 </".split()
        )
    )
)
def test_any_markup_gives_its_words_in_order(pieces: list[str]) -> None:
    html = "<html><body>" + " ".join(pieces)
    try:
        found = text(html)
    except UnreadableError:
        return
    assert not re.search(r"</?(?:p|div|table|tr|td|b|i|br|ol|li)>", found)
