"""Word documents, built here part by part: what a reader sees, and what Word counts."""

from __future__ import annotations

import io
import zipfile

import pytest

from replyparse import EncryptedError, TooLargeError, UnreadableError
from replyparse.reading import read_bytes
from replyparse.reading.docx_symbols import symbol
from replyparse.reading.ordinals import ordinal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(element: str, content: str, *, head: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:{element} {SPACES}>{content}</w:{element}>'.encode()


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def document(body: str, **others: str) -> bytes:
    """A .docx; `others` are the contents of numbering, styles, footnotes."""
    related = "".join(
        f'<Relationship Id="r{at}" Type="{TYPES}/{name}" Target="{name}.xml"/>' for at, name in enumerate(others)
    )
    parts = {
        "[Content_Types].xml": b"<nonsense/>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>".encode(),
        **{f"word/{name}.xml": part(name, content) for name, content in others.items()},
    }
    return packed(parts)


def p(*content: str, num: int | None = None, level: int = 0, style: str = "", mark: str = "") -> str:
    numbered = "" if num is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    rest = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{styled}{numbered}{rest}</w:pPr>{''.join(map(run_of, content))}</w:p>"


def run_of(content: str) -> str:
    return content if content.startswith("<") else run(content)


def run(text: str, properties: str = "") -> str:
    inside = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def table(*rows: list[str]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(cells) + '</w:tr>' for cells in rows)}</w:tbl>"


def tc(*content: str, properties: str = "") -> str:
    blocks = "".join(one if one.startswith(("<w:p>", "<w:tbl>")) else p(one) for one in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks or p()}</w:tc>"


def field(code: str, result: str) -> str:
    begin, separate, end = (run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    return f"{begin}{run(f'<w:instrText>{code}</w:instrText>')}{separate}{run_of(result)}{end}"


def box(*paragraphs: str) -> str:
    """A text box as Word writes it, once for itself and once for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def text(body: str, **others: str) -> str:
    return read_bytes(document(body, **others), name="reply.docx").text


ON, OFF = "<w:vanish/>", '<w:vanish w:val="0"/>'
BODY = {
    "runs": (p("新建", "12", "公里"), "新建12公里"),
    "insertion and deletion": (
        p("投入", f"<w:del>{run('<w:delText>186</w:delText>')}</w:del>", f"<w:ins>{run('180')}</w:ins>", "家"),
        "投入180家",
    ),
    "moved text": (
        p("甲", f"<w:moveFrom>{run('5个')}</w:moveFrom>") + p(f"<w:moveTo>{run('5个')}</w:moveTo>"),
        "甲\n5个",
    ),
    "deleted end of a paragraph": (p("共有", mark="<w:del/>") + p("5个"), "共有5个"),
    "deleted last paragraph": (p("共有") + p("5个", mark="<w:del/>"), "共有\n5个"),
    "hidden text": (p("投入", run("旧9", ON), run("8", OFF), "家"), "投入8家"),
    "hidden paragraph": (p("甲") + p(run("乙", ON), mark=ON) + p("丙"), "甲\n丙"),
    "hyperlink": (p(f"<w:hyperlink>{run('见附件')}</w:hyperlink>"), "见附件"),
    "field": (p("第", field(" PAGE ", "3"), "页"), "第3页"),
    "field in the code of a field": (p(field(f" IF {field(' X ', '7')} ", "是")), "是"),
    "simple field": (p(f'<w:fldSimple w:instr="DATE">{run("8日")}</w:fldSimple>'), "8日"),
    "a date field of a Word file": (p(field(" DATE ", "2023年5月8日")), "2023年5月8日"),
    "contents": (p(field(' TOC \\o "1-3" ', "一、情况	1")) + p("一、情况"), "一、情况"),
    "code that never ends": (
        p(run('<w:fldChar w:fldCharType="begin"/>'), run("<w:instrText>A</w:instrText>")) + p("乙"),
        "乙",
    ),
    "circled number": (
        p(
            run('<w:fldChar w:fldCharType="begin"/>'),
            run("<w:instrText>eq \\o\\ac(○,3)</w:instrText>"),
            run('<w:fldChar w:fldCharType="end"/>'),
            "加强",
        ),
        "③加强",
    ),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>", "甲"),
    "content control in a line": (p("第", f"<w:sdt><w:sdtContent>{run('5')}</w:sdtContent></w:sdt>", "号"), "第5号"),
    "prompt of a content control": (
        p("甲", f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处')}</w:sdtContent></w:sdt>"),
        "甲",
    ),
    "symbol": (p(run('<w:sym w:font="Wingdings" w:char="F082"/>'), "加强"), "②加强"),
    "tab, hyphens, break": (
        p(
            "电话",
            run("<w:tab/>"),
            "027",
            run("<w:noBreakHyphen/>"),
            "65",
            run("<w:softHyphen/>"),
            "1",
            run("<w:br/>"),
            "乙",
        ),
        "电话\t027-651\n乙",
    ),
    "raised figures": (p("5万m", run("2", '<w:vertAlign w:val="superscript"/>')), "5万m²"),
    "fraction": (
        p(
            f"<m:oMath><m:f><m:num>{'<m:r><m:t>1</m:t></m:r>'}</m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
        ),
        "1/3",
    ),
    "phonetic guide": (
        p(
            "<w:r><w:ruby><w:rt>" + run("lán") + "</w:rt><w:rubyBase>" + run("岚") + "</w:rubyBase></w:ruby></w:r>",
            "川",
        ),
        "岚川",
    ),
    "text box once, after its paragraph": (p("甲", box(p("旁注5个")), "乙") + p("丙"), "甲乙\n旁注5个\n丙"),
    "blanks that are not kept": ("<w:p><w:r><w:t> 甲 </w:t></w:r><w:r><w:t>乙\n丙</w:t></w:r></w:p>", "甲乙 丙"),
}


@pytest.mark.parametrize(("body", "expected"), BODY.values(), ids=BODY.keys())
def test_body(body: str, expected: str) -> None:
    assert text(body) == expected + "\n"


def test_hidden_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    hidden = run("丙", '<w:rStyle w:val="c"/>')
    assert text(p("甲") + p("乙", style="b") + p("丁", hidden), styles=styles) == "甲\n丁\n"


def test_styles_that_inherit_from_one_another() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba")
    )
    assert text(p("甲", style="a"), styles=styles) == "甲\n"


def test_footnotes_follow_their_paragraph() -> None:
    reference = run('<w:footnoteReference w:id="2"/>')
    note = p(run("<w:footnoteRef/>"), " 含在建3个。")
    assert text(p("共12个", reference, "。") + p("乙"), footnotes=f'<w:footnote w:id="2">{note}</w:footnote>') == (
        "共12个。\n含在建3个。\n乙\n"
    )


def test_heads_and_feet_are_not_read() -> None:
    assert text(p("甲"), header=p("内部资料"), footer=p("— 1 —")) == "甲\n"


TABLES = {
    "rows": (table([tc("线路"), tc("长度（公里）")], [tc("3路"), tc("14.2")]), "线路\t长度（公里）\n3路\t14.2"),
    "cells of several lines": (table([tc("线路", "长度"), tc("配", "车")]), "线路长度\t配车"),
    "figures stay apart": (table([tc("12", "30"), tc("5")]), "12 30\t5"),
    "merged side by side": (
        table([tc("合计", properties='<w:gridSpan w:val="2"/>'), tc("5")], [tc("甲"), tc("乙"), tc("6")]),
        "合计\t\t5\n甲\t乙\t6",
    ),
    "merged downwards": (
        table(
            [tc("城区", properties='<w:vMerge w:val="restart"/>'), tc("5")],
            [tc("", properties="<w:vMerge/>"), tc("6")],
            [tc("乡镇"), tc("7")],
        ),
        "城区\t5\n\t6\n乡镇\t7",
    ),
    "merged both ways": (
        table(
            [tc("城区", properties='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), tc("5")],
            [tc("", properties='<w:gridSpan w:val="2"/><w:vMerge/>'), tc("6"), tc("x", properties="<w:cellDel/>")],
            [tc("甲"), tc("乙"), tc("7")],
        ),
        "城区\t\t5\n\t\t6\n甲\t乙\t7",
    ),
    "a frame around the letter": (table([tc("一、情况", "投入5万元。")]), "一、情况\n投入5万元。"),
    "a frame around figures": (table([tc("12", "30")]), "12\n30"),
    "a form with prose": (table([tc("答复"), tc("已建5个。", "再建6个。")]), "答复\n已建5个。\n再建6个。"),
    "nested": (table([tc("见表"), tc(table([tc("甲"), tc("5")]))]), "见表\n甲\t5"),
    "deleted row": (
        table([tc("甲"), tc("5")]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>") + p("乙"),
        "乙",
    ),
    "note in a cell": (table([tc(p("甲", box(p("注")))), tc("5")]) + p("乙"), "甲\t5\n注\n乙"),
    "empty": (table([tc(), tc()], [tc("甲"), tc("5")]), "甲\t5"),
}


@pytest.mark.parametrize(("body", "expected"), TABLES.values(), ids=TABLES.keys())
def test_tables(body: str, expected: str) -> None:
    assert text(body) == expected + "\n"


def level(at: int, form: str, label: str, *, extra: str = "", start: int = 1) -> str:
    properties = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{label}"/>'
    return f'<w:lvl w:ilvl="{at}">{properties}</w:lvl>'


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


CHINESE = (
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
)


def outline(*levels: int) -> str:
    return "".join(p("甲", num=1, level=at) for at in levels)


def test_levels_count_and_begin_anew() -> None:
    body = outline(0, 1, 2, 2, 1, 2, 0, 1)
    assert text(body, numbering=lists(*CHINESE)).split() == (
        "一、甲 （一）甲 1.甲 2.甲 （二）甲 1.甲 二、甲 （一）甲".split()
    )


@pytest.mark.parametrize(
    ("levels", "steps", "expected"),
    [
        ([level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")], (0, 1, 1), "1 甲|1.1 甲|1.2 甲"),
        ([level(0, "chineseCounting", "%1"), level(1, "decimal", "%1.%2", extra="<w:isLgl/>")], (0, 1), "一 甲|1.1 甲"),
        ([level(0, "decimal", "%1."), level(1, "decimal", "%2)", extra='<w:lvlRestart w:val="0"/>')], (0, 1, 0, 1),
         "1.甲|1)甲|2.甲|2)甲"),
        ([level(0, "decimal", "%1."), level(1, "decimal", "%1-%2、")], (1,), "1-1、甲"),
        ([level(0, "bullet", "")], (0,), "甲"),
        ([level(0, "none", "附件：")], (0,), "附件：甲"),
        ([level(0, "chineseCounting", "第%1条")], (0,), "第一条 甲"),
        ([level(0, "chineseCounting", "第%1条", extra='<w:suff w:val="nothing"/>')], (0,), "第一条甲"),
        ([level(0, "decimalEnclosedCircle", "%1", start=9)], (0, 0), "⑨甲|⑩甲"),
        ([level(0, "decimal", "%1.", extra="<w:rPr><w:vanish/></w:rPr>")], (0,), "甲"),
    ],
)  # fmt: skip
def test_labels(levels: list[str], steps: tuple[int, ...], expected: str) -> None:
    assert text(outline(*steps), numbering=lists(*levels)).splitlines() == expected.split("|")


def test_a_page_break_does_not_part_a_label_from_its_text() -> None:
    assert text(p(run('<w:br w:type="page"/>'), "甲", num=1), numbering=lists(*CHINESE)) == "一、甲\n"


def test_a_label_and_a_figure_do_not_make_one_number() -> None:
    assert text(p("5月建成", num=1, level=2), numbering=lists(*CHINESE)) == "1. 5月建成\n"


def test_lists_go_on_unless_they_say_where_to_start() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "upperRoman", "%1.")
        + "</w:lvlOverride></w:num>"
    )
    body = "".join(p("甲", num=num) for num in (1, 2, 3, 3, 4))
    assert text(body, numbering=lists(*CHINESE, nums=nums)).split() == "一、甲 二、甲 一、甲 二、甲 III.甲".split()


def test_numbering_by_styles() -> None:
    numbering = lists(
        level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="h2"/>'),
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="h1"/></w:style>'
    )
    body = p("甲", style="h1") + p("乙", style="h2") + p("丙", style="own") + p("丁", num=0, style="h1")
    assert text(body, numbering=numbering, styles=styles).split() == ["一、甲", "（一）乙", "二、丙", "丁"]


def test_numbering_through_a_list_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="s"/>{CHINESE[0]}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert text(p("甲", num=1) + p("乙", num=2), numbering=numbering).split() == ["一、甲", "二、乙"]


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    gone = p(f"<w:del>{run('<w:delText>乙</w:delText>')}</w:del>", num=1, mark="<w:del/>")
    hidden = p(run("丙", ON), num=1, mark=ON)
    body = p("甲", num=1) + gone + hidden + p("丁", num=1)
    assert text(body, numbering=lists(*CHINESE)).split() == ["一、甲", "二、丁"]


def test_numbered_cells() -> None:
    body = table([tc("序号"), tc("户数")], *([tc(p(num=1)), tc("5")] for _ in range(2)))
    assert text(body, numbering=lists(level(0, "decimal", "%1"))).split("\n")[1:3] == ["1\t5", "2\t5"]


@pytest.mark.parametrize(
    ("form", "numbers", "expected"),
    [
        ("decimal", (1, 10), "1 10"),
        ("decimalZero", (1, 12), "01 12"),
        ("decimalFullWidth", (1, 12), "１ １２"),
        ("decimalEnclosedCircle", (1, 10, 20, 21, 51), "① ⑩ ⑳ ㉑ 51"),
        ("decimalEnclosedCircleChinese", (3,), "③"),
        ("decimalEnclosedParen", (3,), "⑶"),
        ("decimalEnclosedFullstop", (3,), "⒊"),
        ("numberInDash", (3,), "-\u00a03\u00a0-"),
        ("upperRoman", (1, 4, 9, 40, 2024), "I IV IX XL MMXXIV"),
        ("lowerRoman", (8,), "viii"),
        ("upperLetter", (1, 26, 27, 53), "A Z AA AAA"),
        ("lowerLetter", (2, 28), "b bb"),
        ("chineseCounting", (1, 10, 11, 20, 21, 99), "一 十 十一 二十 二十一 九十九"),
        ("chineseCountingThousand", (100, 105, 110, 115), "一百 一百零五 一百一十 一百一十五"),
        ("chineseCountingThousand", (1001, 1010, 10500, 110000), "一千零一 一千零一十 一万零五百 十一万"),
        ("taiwaneseCountingThousand", (2, 12), "二 十二"),
        ("japaneseCounting", (10, 11, 21, 100, 110, 1234), "十 十一 二十一 百 百十 千二百三十四"),
        ("ideographDigital", (1, 10, 205), "一 一〇 二〇五"),
        ("chineseLegalSimplified", (1, 10, 25), "壹 壹拾 贰拾伍"),
        ("ideographLegalTraditional", (3, 20), "參 貳拾"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("ideographZodiacTraditional", (1, 11, 60), "甲子 甲戌 癸亥"),
        ("ideographEnclosedCircle", (1, 10), "㊀ ㊉"),
        ("a form of the future", (7,), "7"),
    ],
)  # fmt: skip
def test_ordinals(form: str, numbers: tuple[int, ...], expected: str) -> None:
    assert [ordinal(number, form) for number in numbers] == [one.replace("\u00a0", " ") for one in expected.split(" ")]


@pytest.mark.parametrize("form", ["none", "bullet"])
def test_forms_without_a_number(form: str) -> None:
    assert ordinal(3, form) == ""


@pytest.mark.parametrize("number", [0, -1, 10**12])
@pytest.mark.parametrize(
    "form", ["upperRoman", "upperLetter", "ideographTraditional", "japaneseCounting", "chineseCounting"]
)
def test_numbers_beyond_a_form(form: str, number: int) -> None:
    assert ordinal(number, form)


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("Wingdings", "F081", "①"),
        ("Symbol", "F0B1", "±"),
        ("Symbol", "F035", "5"),
        ("宋体", "4E00", "一"),
        ("X", "F041", ""),
        ("X", "?", ""),
    ],
)
def test_symbols(font: str, code: str, expected: str) -> None:
    assert symbol(font, code) == expected


def test_the_strict_variant() -> None:
    data = document(p("甲", num=1), numbering=lists(*CHINESE))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).replace(W.encode(), STRICT.encode()) for name in archive.namelist()}
    assert read_bytes(packed(parts), name="a.docx").text == "一、甲\n"


@pytest.mark.parametrize("name", ["document2", "main"])
def test_the_main_part_under_another_name(name: str) -> None:
    relation = f'<Relationships><Relationship Type="{TYPES}/officeDocument" Target="/word/{name}.xml"/></Relationships>'
    parts = {"_rels/.rels": relation.encode(), f"word/{name}.xml": part("document", f"<w:body>{p('甲')}</w:body>")}
    assert read_bytes(packed(parts), name="a.docx").text == "甲\n"


def test_source() -> None:
    source = read_bytes(document(p("甲")), name="folder/reply.txt").source
    assert (source.name, source.characters, source.encoding, source.pages) == ("reply.txt", 2, None, [])
    assert source.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def entity(declaration: str) -> bytes:
    return packed(
        {"word/document.xml": part("document", f"<w:body>{p('&x;')}</w:body>", head=f"<!DOCTYPE w [{declaration}]>")}
    )


LAUGHS = (
    '<!ENTITY a0 "哈哈">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9)) + '<!ENTITY x "&a9;">'
)
DEEP = "<w:customXml>" * 300 + p("甲") + "</w:customXml>" * 300
HOSTILE = {
    "no document": (packed({"word/document9.xml": b""}), UnreadableError, "has no word/document.xml"),
    "no text": (document(p()), UnreadableError, "has no text"),
    "no XML": (packed({"word/document.xml": b"x"}), UnreadableError, "its word/document.xml is no XML"),
    "empty part": (packed({"word/document.xml": b""}), UnreadableError, "its word/document.xml is no XML"),
    "entities that grow": (entity(LAUGHS), UnreadableError, "document.xml"),
    "an entity with a number": (entity('<!ENTITY x "5">'), UnreadableError, "has a document type"),
    "an external entity": (entity('<!ENTITY x SYSTEM "file:///etc/hostname">'), UnreadableError, "has a document type"),
    "deep nesting": (document(DEEP), UnreadableError, "is no XML"),
    "a bomb": (packed({"word/document.xml": bytes(9_000_000)}), TooLargeError, "unpacks to more than 200 times"),
    "a large bomb": (packed({"word/document.xml": bytes(60_000_000)}), TooLargeError, "limit of 10 MB"),
    "many members": (
        packed({"word/document.xml": b"", **{str(n): b"" for n in range(5_001)}}),
        TooLargeError,
        "holds 5,002 files",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "error", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(data: bytes, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=rf"^reply\.docx: .*{message}") as caught:
        read_bytes(data, name="reply.docx")
    assert "\n" not in str(caught.value)


def test_nested_tables_up_to_the_limit() -> None:
    body = p("甲")
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert text(body) == "甲\n"


def test_a_note_that_refers_to_itself() -> None:
    reference = run('<w:footnoteReference w:id="2"/>')
    assert text(p("甲", reference), footnotes=f'<w:footnote w:id="2">{p("注", reference)}</w:footnote>') == "甲\n注\n"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x", "word/../../x"])
def test_names_of_members_are_no_paths(name: str) -> None:
    with zipfile.ZipFile(buffer := io.BytesIO(document(p("甲"))), "a") as archive:
        archive.writestr(name, "x")
    assert read_bytes(buffer.getvalue(), name="a.docx").text == "甲\n"


def test_a_member_with_a_password() -> None:
    data = packed({"word/document.xml": part("document", p("甲"))})
    at = data.rindex(b"PK\x01\x02")
    with pytest.raises(EncryptedError, match=r"^a\.docx: is protected by a password"):
        read_bytes(data[: at + 8] + b"\x01" + data[at + 9 :], name="a.docx")


@pytest.mark.parametrize("cut", [10, 100, 200, 300, 400, 500])
def test_damaged_archives(cut: int) -> None:
    data = bytearray(document(p("甲" * 200)))
    data[cut : cut + 20] = bytes(20)
    try:
        read_bytes(bytes(data), name="a.docx")
    except UnreadableError as error:
        assert str(error).startswith("a.docx: ")
