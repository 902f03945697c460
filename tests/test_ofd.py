"""OFD documents, built here object by object: where text stands decides how it is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from replyparse import EncryptedError, TooLargeError, UnreadableError
from replyparse.reading import read_bytes

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LONG = "我们高度重视您的建议，会同有关部门认真研究，"  # fills a line of 22 characters


def packed(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def page(*objects: str, template: str = "") -> str:
    return (
        f"<ofd:Page {SPACE}>{template}<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def document(*pages: str, common: str = "", folder: str = "Doc_0", **others: str) -> dict[str, str]:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="P{n}.xml"/>' for n in range(len(pages)))
    return {
        f"{folder}/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>"
        f"<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"{folder}/P{n}.xml": content for n, content in enumerate(pages)},
        **{f"{folder}/{name}.xml": content for name, content in others.items()},
    }


def ofd(*documents: dict[str, str]) -> bytes:
    roots = "".join(f"<ofd:DocBody><ofd:DocRoot>{next(iter(parts))}</ofd:DocRoot></ofd:DocBody>" for parts in documents)
    entry = {"OFD.xml": f"<ofd:OFD {SPACE}>{roots}</ofd:OFD>"}
    return packed(entry | {name: content for parts in documents for name, content in parts.items()})


def at(x: float, y: float, *codes: str, size: float = 5, extra: str = "") -> str:
    """A text object with its upper left corner at a place; `codes` are texts or whole TextCode elements."""
    inside = "".join(
        one if one.startswith("<") else f'<ofd:TextCode X="0" Y="4.4">{one}</ofd:TextCode>' for one in codes
    )
    return f'<ofd:TextObject Boundary="{x} {y} 150 6" Size="{size}" {extra}>{inside}</ofd:TextObject>'


def text(*objects: str) -> str:
    return read_bytes(ofd(document(page(*objects))), name="a.ofd").text


OBJECTS = {
    "order of place, not of the file": ((at(30, 60, "乙"), at(30, 40, "甲")), "甲\n乙\n"),
    "pieces of one line": ((at(45, 40, "12"), at(30, 40, "共建成"), at(50, 40, "个。")), "共建成12个。\n"),
    "steps": ((at(30, 40, '<ofd:TextCode X="0" Y="4" DeltaX="g 2 5 2.5">建成12</ofd:TextCode>'),), "建成12\n"),
    "downwards": ((at(30, 40, '<ofd:TextCode X="0" Y="4" DeltaY="g 1 9">甲乙</ofd:TextCode>'),), "甲\n乙\n"),
    "several codes": (
        (at(30, 40, '<ofd:TextCode X="0" Y="4">甲</ofd:TextCode><ofd:TextCode X="5">乙</ofd:TextCode>'),),
        "甲乙\n",
    ),
    "a matrix": ((at(30, 40, "甲", size=1, extra='CTM="5 0 0 5 0 0"'), at(35, 56.6, "乙")), "甲乙\n"),
    "a block": ((f"<ofd:PageBlock><ofd:PageBlock>{at(30, 40, '甲')}</ofd:PageBlock></ofd:PageBlock>",), "甲\n"),
    "not visible": ((at(30, 40, "甲"), at(30, 60, "乙", extra='Visible="false"')), "甲\n"),
    "off the paper": ((at(30, 40, "甲"), at(300, 40, "乙"), at(30, 400, "丙")), "甲\n"),
    "aslant": ((at(30, 40, "甲"), at(30, 60, "水印", extra='CTM="0.7 -0.7 0.7 0.7 0 0"')), "甲\n"),
    "a light watermark": (
        (at(30, 40, "甲乙丙丁"), at(30, 60, "水印", '<ofd:FillColor Value="#f0 #f0 #f0"/>', size=20)),
        "甲乙丙丁\n",
    ),
    "large, but dark": (
        (at(30, 40, "甲"), at(30, 60, "题", '<ofd:FillColor Value="238 32 37"/>', size=20)),
        "甲\n题\n",
    ),
    "nonsense": ((at(30, 40, "甲"), at(30, 60, "乙", extra='CTM="a b"'), "<ofd:TextObject/>", "<x/>"), "甲\n乙\n"),
    "wrapped lines": (
        (at(60, 40, LONG[2:]), at(50, 50, LONG), at(50, 60, "现答复如下。"), at(60, 70, "一、情况")),
        LONG[2:] + LONG + "现答复如下。\n一、情况\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("objects", "expected"), OBJECTS.values(), ids=OBJECTS.keys())
def test_objects(objects: tuple[str, ...], expected: str) -> None:
    assert text(*objects) == expected


def test_pages_begin_where_they_say() -> None:
    pages = [page(at(30, 40, one), at(100, 280, f"— {n} —")) for n, one in enumerate(["一、甲", "二、乙", "三、丙"], 1)]
    found = read_bytes(ofd(document(*pages)), name="a.ofd")
    assert found.text == "一、甲\n二、乙\n三、丙\n"
    assert found.source.pages == [0, 4, 8]
    assert found.source.media_type == "application/ofd"


def test_a_template_and_a_composite_object() -> None:
    template = '<ofd:TemplatePage ID="7" BaseLoc="T.xml"/><ofd:DocumentRes>R.xml</ofd:DocumentRes>'
    resources = (
        f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
        f"{at(0, 0, '乙')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    content = page(
        '<ofd:CompositeObject Boundary="30 60 9 9" ResourceID="9"/>', template='<ofd:Template TemplateID="7"/>'
    )
    parts = document(content, common=template, T=page(at(30, 40, "甲")), R=resources)
    assert read_bytes(ofd(parts), name="a.ofd").text == "甲\n乙\n"


def test_several_documents() -> None:
    found = read_bytes(
        ofd(document(page(at(30, 40, "甲"))), document(page(at(30, 40, "乙")), folder="D1")), name="a.ofd"
    )
    assert (found.text, found.source.pages) == ("甲\n乙\n", [0, 2])


def path(boundary: str, data: str) -> str:
    return f'<ofd:PathObject Boundary="{boundary}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def test_rows_of_a_ruled_table() -> None:
    lines = [path(f"30 {y} 120 0", "M 0 0 L 120 0") for y in (40, 50, 60)]
    lines += [path(f"{x} 40 0 20", "S 0 0 L 0 20") for x in (30, 90, 150)]
    cells = [at(32, 42, "线路"), at(92, 42, "长度（公里）"), at(32, 52, "3路"), at(92, 52, "14.2")]
    assert text(*lines, *cells) == "线路\t长度（公里）\n3路\t14.2\n"


def nested(depth: int) -> str:
    return "<ofd:PageBlock>" * depth + at(30, 40, "甲") + "</ofd:PageBlock>" * depth


ITSELF = (
    f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
    + '<ofd:CompositeObject Boundary="1 1 9 9" ResourceID="9"/>' * 10
    + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>"
)
PAGES = '<Page BaseLoc="P.xml"/>' * 3000
HOSTILE = {
    "no document": (packed({"OFD.xml": f"<ofd:OFD {SPACE}/>"}), UnreadableError, "has no text"),
    "a missing document": (
        packed({"OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:OFD>"}),
        UnreadableError,
        "is damaged: it has no /?D.xml",
    ),
    "pictures only": (ofd(document(page("<ofd:ImageObject/>"))), UnreadableError, "has no text"),
    "a place outside": (
        ofd({"../../etc/passwd": "x"}),
        UnreadableError,
        "is damaged",
    ),
    "entities": (
        packed({"OFD.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><OFD><DocRoot>&x;</DocRoot></OFD>'}),
        UnreadableError,
        "has a document type",
    ),
    "deep nesting": (ofd(document(page(nested(300)))), UnreadableError, "is no XML"),
    "an object in itself": (
        ofd(document(page('<CompositeObject ResourceID="9"/>'), common="<PublicRes>R.xml</PublicRes>", R=ITSELF)),
        TooLargeError,
        "or 500,000 objects",
    ),
    "steps far away": (
        ofd(document(page(at(30, 40, '<ofd:TextCode X="1e5" DeltaX="g 99999 1e99 g 99999 1">甲乙</ofd:TextCode>')))),
        UnreadableError,
        "has no text",
    ),
    "many pages": (
        packed(
            {
                "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:OFD>",
                "D.xml": f"<Document><Pages>{PAGES}</Pages></Document>",
                "P.xml": page(at(30, 40, "甲")),
            }
        ),
        TooLargeError,
        "has more than 2,000 pages",
    ),
    "encrypted": (packed({"OFD.xml": "", "Encryptions.xml": ""}), EncryptedError, "is encrypted"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "error", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(data: bytes, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=rf"^reply\.ofd: .*{message}") as caught:
        read_bytes(data, name="reply.ofd")
    assert "\n" not in str(caught.value)
