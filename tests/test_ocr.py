"""Pictures: every format, what is kept of each line, and pictures made to do harm."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

import replyparse
from conftest import Run
from replyparse.errors import TooLargeError, UnreadableError
from replyparse.reading import ocr, read_bytes
from replyparse.reading.formats import IMAGE, TEXT, identify
from replyparse.reading.paper import Atom, Page
from replyparse.reading.watch import watched


@pytest.fixture(scope="module")
def scan(fixtures: Path) -> Image.Image:
    """The first lines of a scanned page."""
    with Image.open(fixtures / "doors" / "scan" / "township_bridge_declined.jpg") as page:
        width, height = page.size
        return page.convert("L").crop((0, height // 10, width, height // 4)).resize((width // 3, height // 20))


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG that claims these dimensions and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Image.Image]:
    """The pictures that come to the engine, which is not asked."""
    pictures: list[Image.Image] = []

    def page_of(picture: Image.Image) -> Page:
        pictures.append(picture)
        return Page(picture.width, picture.height, (Atom("甲乙丙"[len(pictures) - 1], 10, 10, 26, 26, False, 0.9),))

    monkeypatch.setattr(ocr, "page_of", page_of)
    return pictures


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures differ by no more than a lossy format does."""
    return one.size == other.size and max(ImageStat.Stat(ImageChops.difference(one, other)).mean) < 2


def test_lines_are_read_with_their_confidence(scan: Image.Image) -> None:
    document = read_bytes(saved(scan, "PNG"), name="x.png")
    assert document.text.startswith("关防乡人民政府关于对乡十届人大二次会议\n第4号建议")
    assert document.source.pages == [0]
    first, *_, cut = document.source.recognized
    assert document.text[first.span.start : first.span.end] == "关防乡人民政府关于对乡十届人大二次会议"
    assert first.confidence > 0.9 > cut.confidence  # the last line is cut through


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("BMP", "image/bmp"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
        ("TIFF", "image/tiff"),
        ("JPEG", "image/jpeg"),
    ],
)
def test_formats(scan: Image.Image, seen: list[Image.Image], kind: str, media_type: str) -> None:
    document = read_bytes(saved(scan, kind), name="x")
    assert document.source.media_type == media_type
    assert len(seen) == 1
    assert alike(seen[0], scan)


def test_pages_of_a_tiff_are_all_read_and_told_of(scan: Image.Image, seen: list[Image.Image]) -> None:
    told: list[tuple[int, int]] = []
    with watched(lambda done, pages: told.append((done, pages))):
        document = read_bytes(saved(scan, "TIFF", save_all=True, append_images=[scan]), name="x.tif")
    assert document.text == "甲\n乙"
    assert document.source.pages == [0, 2]
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_clear_paper_is_white(scan: Image.Image, seen: list[Image.Image]) -> None:
    clear = Image.new("RGBA", scan.size, (0, 0, 0, 0))
    clear.putalpha(ImageOps.invert(scan))
    read_bytes(saved(clear, "PNG"), name="x.png")
    assert alike(seen[0], scan)


def test_a_camera_may_have_been_turned(scan: Image.Image, seen: list[Image.Image]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8  # turn by 90 degrees to see it upright
    read_bytes(saved(scan.transpose(Image.Transpose.ROTATE_270), "JPEG", exif=exif), name="x.jpg")
    assert alike(seen[0], scan)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        png(100, 100)[:40],
        b"\xff\xd8\xff\xe0" + bytes(50),
        b"II*\x00" + bytes(9),
        b"GIF89a" + bytes(9),
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"BM" + bytes(60),
    ],
    ids="png cut jpeg tiff gif webp bmp".split(),
)
def test_damaged_pictures(data: bytes) -> None:
    assert identify(data) is IMAGE
    with pytest.raises(UnreadableError, match=r"^x: is a damaged picture"):
        read_bytes(data, name="x")


@pytest.mark.parametrize("size", [(65_000, 65_000), (1, 2_000_000_000), (9_000, 9_000)], ids=str)
def test_bombs_are_not_unfolded(size: tuple[int, int]) -> None:
    with pytest.raises(TooLargeError, match="pixels"):
        read_bytes(png(*size), name="x.png")


def test_more_pages_than_can_be_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_PAGES", 2)
    dots = [Image.new("L", (8, 8))] * 3
    with pytest.raises(TooLargeError, match="more than 2 pages"):
        read_bytes(saved(dots[0], "TIFF", save_all=True, append_images=dots[1:]), name="x.tif")


def test_a_picture_without_text() -> None:
    with pytest.raises(UnreadableError, match="no text was recognized"):
        read_bytes(saved(Image.new("L", (300, 200), 255), "PNG"), name="x.png")


def test_letters_are_no_pictures() -> None:
    assert identify("BM是一种单位，RIFF不是".encode()) is TEXT


def test_the_engine_is_silent_and_stays_at_home(run: Run, scan: Image.Image, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(saved(scan, "PNG"))
    offline = "import socket\ndef no(*_, **__): raise AssertionError('network')\nsocket.socket.connect = no"
    done = run("extract", "scan.png", prelude=offline)
    assert (done.returncode, done.stderr) == (0, b"")
    record = replyparse.ReplyRecord.model_validate_json(done.stdout)
    assert record.source.recognized


def test_without_the_extra_the_error_names_it(run: Run, scan: Image.Image, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(saved(scan, "PNG"))
    absent = "import sys\nsys.modules['rapidocr'] = None\nimport importlib.util as u\nfind = u.find_spec\n"
    absent += "u.find_spec = lambda name, *a: None if name == 'rapidocr' else find(name, *a)"
    done = run("extract", "scan.png", prelude=absent)
    assert done.returncode == 3
    assert done.stderr.decode() == (
        'replyparse: scan.png: is a picture, and reading it needs the ocr extra: pip install "replyparse[ocr]"\n'
    )
