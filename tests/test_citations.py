from __future__ import annotations

import pytest

from replyparse import citations


def _read(text: str) -> list[tuple[str, str | None, int | None]]:
    return [(text[slice(*c.title)], text[slice(*c.number)] if c.number else None, c.year) for c in citations.find(text)]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("落实《若干政策措施》(武政规〔2022〕5号)等文件", [("若干政策措施", "武政规〔2022〕5号", 2022)]),
        ("国办发〔2021〕3号《关于养老的意见》要求", [("关于养老的意见", "国办发〔2021〕3号", 2021)]),
        ("《水利部令》第7号规定", [("水利部令", "第7号", None)]),
        ("中华人民共和国国务院令第900号《燃气条例》", [("燃气条例", "中华人民共和国国务院令第900号", None)]),
        ("《闲置土地处置办法》(国土资源部令第53号)", [("闲置土地处置办法", "国土资源部令第53号", None)]),
        ("《耕地质量等级》(GB/T 33469-2016)(以下简称《办法》)", [("耕地质量等级", "GB/T 33469-2016", 2016)]),
        (
            "《关于完善政策的公告》(财政部 税务总局公告2023年第7号)",
            [("关于完善政策的公告", "财政部 税务总局公告2023年第7号", 2023)],
        ),
        ("对照《教室照明设计安装卫生要求》实施", [("教室照明设计安装卫生要求", None, None)]),
        ("《燃气条例》第13号", [("燃气条例", None, None)]),
        ("《黑土地保护法》第二十三条", [("黑土地保护法", None, None)]),
        ("印发《三年行动计划(2022—2024年)》", [("三年行动计划(2022—2024年)", None, 2022)]),
        ("你们提出的《关于加快改造的建议》收悉", []),
        ("推出《夜游古城》等演艺项目", []),
        ("请填入《征询意见表》", []),
    ],
)
def test_cited_documents(text: str, cited: list[tuple[str, str | None, int | None]]) -> None:
    assert _read(text) == cited
