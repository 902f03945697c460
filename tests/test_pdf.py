"""The pdf reader: what it refuses, and that nothing sent to it crashes, hangs or prints."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

import replyparse
from conftest import Run
from pdfs import Text, assembled, paragraph, pdf
from replyparse.errors import EncryptedError, ReplyparseError, TooLargeError, UnreadableError, UnsupportedFormatError
from replyparse.reading import ocr, pdf_process, read, read_bytes

GOOD = pdf(paragraph("近年来我市坚持把养老服务体系建设作为民生实事来抓不断加大投入力度", 100))


def streamed(dictionary: str, content: str) -> str:
    """A stream object, its content compressed."""
    packed = zlib.compress(content.encode("latin-1"), 9).decode("latin-1")
    return f"<<{dictionary}/Filter/FlateDecode/Length {len(packed)}>>stream\n{packed}\nendstream"


def page_with(content: str, *more: str, resources: str = "", box: str = "0 0 595 842") -> bytes:
    """A pdf of one page with this content; `more` are the objects from 5 on."""
    return assembled(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<<{resources}>>>>",
            streamed("", content),
            *more,
        ]
    )


def forms(depth: int, times: int) -> bytes:
    """Drawings that draw one another: `times` to the power of `depth` characters."""
    font = "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    more = []
    for level in range(depth):
        content = "/X Do " * times if level < depth - 1 else "BT /A 12 Tf 10 10 Td (x) Tj ET"
        resources = f"/Resources<<{font}/XObject<</X {6 + level} 0 R>>>>"
        more.append(streamed(f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]{resources}", content))
    return page_with("/X Do", *more, resources="/XObject<</X 5 0 R>>")


def picture_page() -> bytes:
    """A page that is a grey picture and nothing else, as scanners make them."""
    return page_with(
        "q 595 0 0 842 0 0 cm /I Do Q",
        streamed(
            "/Type/XObject/Subtype/Image/Width 60/Height 80/ColorSpace/DeviceGray/BitsPerComponent 8", "\xf0" * 4800
        ),
        resources="/XObject<</I 5 0 R>>",
    )


def cycle() -> bytes:
    """Pages that are their own children, and tables of places that name one another."""
    looped = assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 9>>"])
    return looped.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % looped.rindex(b"xref\n0"))


def test_a_pdf_is_read(tmp_path: Path) -> None:
    (tmp_path / "reply.txt").write_bytes(GOOD)  # told by content
    record = replyparse.parse_file(tmp_path / "reply.txt")
    assert record.source.media_type == "application/pdf"
    assert record.source.pages == [0]
    assert record.text == "近年来我市坚持把养老服务体系建设作为民生实事来抓不断加大投入力度"


def test_places_name_their_page() -> None:
    document = read_bytes(pdf([Text("第一部分", 112, 100)], [Text("建成12家", 112, 100)]), name="x.pdf")
    assert document.source.pages == [0, 5]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (GOOD[: len(GOOD) // 3], UnreadableError, "damaged"),
        (b"%PDF-1.7\n", UnreadableError, "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, UnreadableError, "damaged"),
        (cycle(), UnreadableError, ""),
        (pdf(*[[]] * 501), TooLargeError, "more than 500 pages"),
        (pdf(*[[]] * 10_000), TooLargeError, "more than 500 pages"),
        (pdf([]), UnreadableError, "no text"),
        (page_with("", box="0 0 0 0"), UnreadableError, "no text"),
        (page_with("", box="0 0 1e30 1e30"), UnreadableError, ""),
        (page_with("q " * 2_000_000), UnreadableError, ""),
    ],
    ids="truncated empty noise cycle 501 10000 blank zero huge deep".split(),
)
def test_what_cannot_be_read_is_an_error(data: bytes, error: type[ReplyparseError], says: str) -> None:
    with pytest.raises(error, match=f"^x\\.pdf: .*{says}"):
        read_bytes(data, name="x.pdf")


def test_a_password_is_an_error_of_its_own(fixtures: Path) -> None:
    with pytest.raises(EncryptedError, match=r"^.*password\.pdf: is protected by a password"):
        read(fixtures / "hostile" / "password.pdf")


@pytest.mark.parametrize(
    "data",
    [
        forms(9, 10),  # a thousand million characters in two kilobytes
        page_with("BT /A 12 Tf " + "(xxxxxxxx) Tj " * 1_500_000, resources="/Font<</A<</Type/Font/Subtype/Type1>>>>"),
        page_with("1 0 0 1 0 0 cm 0 0 9 9 re S " * 1_500_000),
    ],
    ids="forms text drawing".split(),
)
def test_bombs_cost_bounded_time_and_memory(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "SECONDS", 5)
    with pytest.raises((TooLargeError, UnreadableError)):
        read_bytes(data, name="x.pdf")


def test_what_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "SECONDS", 0.01)
    with pytest.raises(TooLargeError, match="too long"):
        read_bytes(GOOD, name="x.pdf")


LYING = pdf(paragraph("近年来我市坚持把养老服务体系建设作为民生实事来抓不断加大投入力度", 100), to_unicode=False)
JUMBLED = pdf(paragraph("".join(chr(0x4E00 + 211 * at % 20_000) for at in range(90)), 100))


@pytest.mark.parametrize("data", [LYING, JUMBLED], ids=["unmapped", "jumbled"])
def test_fonts_that_lie_are_told(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "the ocr extra: pip install it")
    with pytest.raises(UnsupportedFormatError, match=r"text layer is unusable.* needs the ocr extra"):
        read_bytes(data, name="x.pdf")


def test_a_few_characters_without_meaning_are_marked() -> None:
    text = "近年来我市坚持把养老服务体系建设作为民生实事来抓\ue123不断加大投入力度"
    document = read_bytes(pdf(paragraph(text, 100, width=60)), name="x.pdf")
    assert document.text == text.replace("\ue123", "\ufffd")
    assert document.damaged == 1


def test_a_scan_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "the ocr extra: pip install it")
    with pytest.raises(UnsupportedFormatError, match=r"^x\.pdf: is a scan.* needs the ocr extra"):
        read_bytes(picture_page(), name="x.pdf")


def test_more_scanned_pages_than_can_be_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_PAGES", 0)
    with pytest.raises(TooLargeError, match="scanned pages"):
        read_bytes(picture_page(), name="x.pdf")


def test_the_process_says_nothing_and_costs_no_other_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.pdf").write_bytes(GOOD)
    (tmp_path / "bad.pdf").write_bytes(GOOD[:300])
    done = run("extract", "bad.pdf", "good.pdf", "--format", "csv")
    assert done.returncode == 3
    assert done.stderr.decode().splitlines() == [
        "replyparse: bad.pdf: is a damaged PDF document; open it in a viewer and print it to a new file"
    ]
    assert done.stdout
