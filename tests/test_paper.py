"""From places on pages to text: lines, paragraphs, furniture, tables; on pdfs that are made here."""

from __future__ import annotations

import pypdfium2
import pytest

from pdfs import Text, line, paragraph, pdf
from replyparse.reading.paper import Atom, Composed, Page, compose
from replyparse.reading.pdf_glyphs import page_of

pytestmark = pytest.mark.usefixtures("chinese_font")

BODY = "近年来我市坚持把养老服务体系建设作为民生实事来抓不断加大投入力度完善设施布局提升服务质量努力让老年人安享晚年"
OTHER = "各县区按照统一部署结合当地实际制定实施方案明确责任分工倒排工作进度逐项抓好落实确保各项任务按期完成取得实效"
THIRD = "下一步我局将会同有关部门继续加强政策宣传和业务培训推动优质资源向基层延伸不断增强人民群众的获得感和幸福感"


def composed(data: bytes) -> Composed:
    with pypdfium2.PdfDocument(data) as document:
        return compose([page_of(page, most=10_000) for page in document])


def text_of(*pages: list[Text | str], **form: float | str) -> str:
    return composed(pdf(*pages, **form)).text  # type: ignore[arg-type]


def full(first: str, y: float) -> Text:
    """A line that fills the type area of `paragraph` (27 characters) and ends with `first`."""
    wide = sum(0.5 if char < "\u2000" else 1 for char in first)
    room = 27 - wide
    return Text(BODY[: int(room)] + first, 80 + 16 * (room % 1), y)


def test_paragraphs_are_joined_and_kept_apart() -> None:
    page = [*paragraph(BODY, 100), *paragraph(OTHER, 212)]
    assert text_of([*page]) == f"{BODY}\n{OTHER}"


@pytest.mark.parametrize(
    ("end", "begin", "joined"),
    [
        ("20", "23年底", "2023年底"),
        ("1,2", "00户", "1,200户"),
        ("12.", "5%", "12.5%"),
        ("RC", "EP协定", "RCEP协定"),
        ("the", "new area", "the new area"),
        ("总投资", "3.6亿元", "总投资3.6亿元"),
        ("（", "一）", "（一）"),
    ],
)
def test_what_a_wrap_broke_is_whole(end: str, begin: str, joined: str) -> None:
    page = [*paragraph(BODY, 100), full(end, 212), Text(begin, 80, 240)]
    assert joined in text_of([*page])
    over = composed(pdf([*paragraph(BODY, 100), full(end, 212)], [Text(begin, 80, 100), *paragraph(OTHER, 128)]))
    assert joined in over.text
    assert over.text[over.pages[1] :].startswith(begin)


@pytest.mark.parametrize(
    "after",
    [
        Text("二、下一步工作", 112, 240),  # an indent begins a paragraph
        Text("沙河市民政局", 400, 240),  # set to the right
        Text("抄送：市政协提案委员会", 80, 240),
        Text("表中数据", 80, 320),  # far below
        Text("附表标题", 80, 240, 24),  # another type
    ],
)
def test_a_full_line_does_not_swallow_what_begins_anew(after: Text) -> None:
    page = [*paragraph(BODY, 100), full("。", 212), after, *paragraph(OTHER, 380)]
    assert f"\n{after.text}\n" in text_of([*page])


def test_a_short_line_ends_its_paragraph() -> None:
    page = [*paragraph(BODY, 100), Text("沙河市民政局", 80, 212), Text("是否公开是", 80, 240)]
    assert text_of([*page]).endswith("\n沙河市民政局\n是否公开是")


def test_a_title_on_two_lines_is_one() -> None:
    title = [Text("关于政协第十四届委员会第二次会议第二十三号提", 80, 100, 20), Text("案的答复", 256, 130, 20)]
    assert text_of([*title, *paragraph(BODY, 180)]).startswith("关于政协第十四届委员会第二次会议第二十三号提案的答复\n")


@pytest.mark.parametrize(
    "numbers",
    [
        ("- 1 -", "- 2 -", "- 3 -"),
        ("— 1 —", "— 2 —", "— 3 —"),
        ("第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"),
        ("1", "2", "3"),
        ("7", "8", "9"),
        ("1/3", "2/3", "3/3"),
        ("·1·", "·2·", "·3·"),
        ("第一页", "第二页", "第三页"),
    ],
)
def test_page_numbers_are_left_out(numbers: tuple[str, ...]) -> None:
    bodies = (BODY, OTHER, THIRD)
    pages = [[*paragraph(body, 100), Text(at, 280, 800, 12)] for body, at in zip(bodies, numbers, strict=True)]
    assert text_of(*pages) == "\n".join(bodies)  # type: ignore[arg-type]


def test_running_headers_and_footers_are_left_out() -> None:
    pages = [
        [Text("建议提案办理答复", 250, 50, 10), *paragraph(body, 100), Text(f"网址 {at} 之三", 80, 810, 9)]
        for at, body in enumerate((BODY, OTHER, THIRD))
    ]
    assert text_of(*pages) == f"{BODY}\n{OTHER}\n{THIRD}"  # type: ignore[arg-type]


def test_a_letter_that_was_put_in_twice_has_no_furniture() -> None:
    page = [Text("沙河市民政局的答复", 200, 72, 22), *paragraph(BODY, 110), Text("2024年5月6日", 300, 300)]
    assert text_of([*page], [*page]).count("沙河市民政局的答复") == 2


def test_figures_and_headings_of_the_letter_stay() -> None:
    first = [Text("一、办理情况", 112, 72), *paragraph(BODY, 100), Text("共计12", 112, 240)]
    second = [Text("二、下一步", 112, 100), *paragraph(OTHER, 128), Text("2024", 112, 300), Text("完", 112, 328)]
    assert text_of([*first], [*second]) == f"一、办理情况\n{BODY}\n共计12\n二、下一步\n{OTHER}\n2024\n完"


@pytest.mark.parametrize(
    "mark",
    [
        Text("内部资料", 150, 500, 60, grey=0.8),  # large and light
        Text("内部资料", 150, 500, 40, turn="0.7 0.7 -0.7 0.7"),  # askew
        Text("征求意见稿", 80, 460, 50),  # large, on every page
        Text("内部资料", 80, 470, 10, grey=0.85),  # light, on every page
    ],
)
def test_watermarks_are_left_out(mark: Text) -> None:
    assert text_of([*paragraph(BODY, 100), mark], [*paragraph(OTHER, 100), mark]) == f"{BODY}\n{OTHER}"


def test_light_text_that_is_no_watermark_stays() -> None:
    assert "灰色小字" in text_of([*paragraph(BODY, 100), Text("灰色小字", 112, 300, 16, grey=0.7)])


def test_bold_made_by_printing_twice_is_read_once() -> None:
    twice = [Text("完成投资11.1亿元", 112, 100), Text("完成投资11.1亿元", 112.4, 100.2)]
    assert text_of([*twice]) == "完成投资11.1亿元"


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("⼀是⼤⼒发展", "一是大力发展"),
        ("⻓三⻆⻋辆", "长三角车辆"),
        ("eﬃcient ﬁrst", "efficient first"),
        ("2022 年 5 月", "2022年5月"),
        ("达到 12.5% 以上", "达到12.5%以上"),
        ("编号 A 12", "编号A 12"),
        ("张 明 委员", "张 明 委员"),
        ("①加强领导", "①加强领导"),
    ],
)
def test_characters(printed: str, text: str) -> None:
    places, x = [], 80.0
    for char in printed:
        wide = 8 if char < "\u2000" else 16
        places.append(Atom(char, x, 100, x + wide, 116))
        x += wide
    assert compose([Page(595, 842, tuple(places))]).text == text


def test_invisible_text_is_read_only_where_nothing_is_seen() -> None:
    hidden = Text("看不见的文字", 112, 100, mode=3)
    assert text_of([hidden]) == "看不见的文字"
    assert text_of([hidden, Text("看得见", 112, 300)]) == "看得见"


@pytest.mark.parametrize("turn", ["0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_a_page_on_its_side_is_turned(turn: str) -> None:
    place = {
        "0 1 -1 0": lambda y: (y, 700),
        "-1 0 0 -1": lambda y: (500, 842 - y),
        "0 -1 1 0": lambda y: (595 - y, 100),
    }
    rows = ("一、办理情况", "会同市财政局研究", "二、下一步工作")
    page = [Text(row, *place[turn](100 + 30 * at), turn=turn) for at, row in enumerate(rows)]
    assert text_of([*page]) == "\n".join(rows)


def grid(xs: list[float], ys: list[float]) -> list[str]:
    return [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]


def test_a_ruled_table_gives_rows_of_cells() -> None:
    table: list[Text | str] = [*grid([80, 180, 300, 400], [200, 250, 280, 310])]
    table += [Text("线路", 100, 230), Text("线路长度", 200, 220), Text("（公里）", 200, 242), Text("配车", 320, 230)]
    table += [Text("3路", 100, 270), Text("14.2", 220, 270), Text("18", 330, 270)]
    table += [Text("夜2路", 100, 300), Text("16.5", 220, 300), Text("6", 330, 300)]
    text = text_of([*paragraph(BODY, 80), *table, *paragraph(OTHER, 360)])
    assert text == f"{BODY}\n线路\t线路长度（公里）\t配车\n3路\t14.2\t18\n夜2路\t16.5\t6\n{OTHER}"


def test_cells_that_were_merged_are_one() -> None:
    rules = [line(80, y, 300, y) for y in (200, 260)] + [line(180, 230, 300, 230)]
    rules += [line(x, 200, x, 260) for x in (80, 180, 240, 300)]
    cells = [
        Text("合计", 90, 236),
        Text("12", 190, 222),
        Text("34", 250, 222),
        Text("5", 190, 252),
        Text("6", 250, 252),
    ]
    assert text_of([*rules, *cells]) == "合计\t12\t34\n\t5\t6"


def test_cells_that_hold_paragraphs_are_read_one_after_another() -> None:
    label = [Text("办理", 90, 222), Text("情况", 90, 250)]
    cell = [Text(OTHER[:20], 190, 222), Text(OTHER[20:40], 190, 242)]
    cell += [Text(BODY[:18], 222, 262), Text(BODY[18:38], 190, 282), Text(BODY[38:], 190, 302)]
    cell += [Text(THIRD[:18], 222, 322), Text(THIRD[18:38], 190, 342), Text(THIRD[38:], 190, 362)]
    text = text_of([*grid([80, 180, 520], [200, 400]), *label, *cell])
    assert text.replace("\n", "") == f"办理情况{OTHER[:40]}{BODY}{THIRD}"
    assert OTHER[:40] in text


def test_a_table_that_goes_on_overleaf_has_one_heading() -> None:
    def page(*rows: tuple[str, str]) -> list[Text | str]:
        ys = [100 + 30 * at for at in range(len(rows) + 1)]
        cells = [
            Text(cell, 90 + 100 * at, y + 22) for row, y in zip(rows, ys, strict=False) for at, cell in enumerate(row)
        ]
        return [*grid([80, 180, 280], list(map(float, ys))), *cells]

    text = text_of(page(("年份", "投资"), ("2022年", "12")), page(("年份", "投资"), ("2023年", "15")))
    assert text == "年份\t投资\n2022年\t12\n2023年\t15"


def test_frames_and_lines_of_a_letterhead_are_no_table() -> None:
    frame = [*grid([60, 540], [60, 800]), line(60, 130, 540, 130)]
    head = [Text("岚交函〔2024〕37号", 80, 110), Text("签发人：郝志刚", 400, 110)]
    assert text_of([*frame, *head, *paragraph(BODY, 180)]) == f"岚交函〔2024〕37号    签发人：郝志刚\n{BODY}"


def test_columns_without_ruled_lines() -> None:
    rows = [("线路", "长度", "配车"), ("3路", "14.2", "18"), ("夜2路", "16.5", "6")]
    page = [Text(cell, 80 + 130 * at, 100 + 28 * y) for y, row in enumerate(rows) for at, cell in enumerate(row)]
    assert text_of([*page]) == "线路\t长度\t配车\n3路\t14.2\t18\n夜2路\t16.5\t6"


def test_pages_without_text_keep_their_number() -> None:
    found = composed(pdf([], [Text("正文", 112, 100)], []))
    assert (found.text, found.pages) == ("正文", [0, 0, 2])


def test_lines_of_a_scan_keep_their_confidence() -> None:
    lines = [Atom("现答复如下", 112, 100, 192, 116, False, 0.97), Atom("共12家", 112, 128, 176, 144, False, 0.42)]
    found = compose([Page(595, 842, tuple(lines))])
    assert [(found.text[start:end], sure) for start, end, sure in found.recognized] == [
        ("现答复如下", 0.97),
        ("共12家", 0.42),
    ]
