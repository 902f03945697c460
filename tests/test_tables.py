from __future__ import annotations

import pytest

import replyparse

TABLE = """二、补助发放情况
2023年各县补助发放情况表
县区{gap}发放人数(人){gap}补助金额(万元){gap}完成率
甲县{gap}1,203{gap}45.6{gap}98%
乙县{gap}865{gap}30{gap}100%
我局将继续做好发放工作。
"""


@pytest.mark.parametrize("gap", ["\t", "\t\t", "  ", " ", "|"])
def test_cells_take_metric_unit_and_period_from_headings_and_title(gap: str) -> None:
    record = replyparse.parse(TABLE.format(gap=gap))
    read = [(c.metric, c.value, c.unit, c.period and c.period.text) for c in record.claims if c.unit != "%"]
    assert read == [
        ("发放人数", 1203, "人", "2023年"),
        ("补助金额", 456000, "元", "2023年"),
        ("发放人数", 865, "人", "2023年"),
        ("补助金额", 300000, "元", "2023年"),
    ]


def test_cells_left_empty_keep_the_others_in_their_columns() -> None:
    rows = "县区\t乡镇\t人数(人)\t金额(万元)\n甲县\t东乡\t12\t\n\t西乡\t\t30\n合计\t\t12\t30\n"
    record = replyparse.parse(f"二、补助发放情况\n2023年发放情况表\n{rows}我局将继续做好发放工作。\n")
    read = [(c.metric, c.value) for c in record.claims]
    assert read == [("人数", 12), ("金额", 300000), ("人数", 12), ("金额", 300000)]


def test_letters_and_contact_lines_are_no_tables() -> None:
    text = "联系人:李伟  联系电话(办公室):8788586\n甲县  12\n"
    assert [c.metric for c in replyparse.parse(text).claims] == []
