from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import random
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from replyparse import EncryptedError, TooLargeError, UnreadableError, UnsupportedFormatError, reading
from replyparse.reading import MAX_BYTES, from_text, mojibake, read, read_bytes
from replyparse.reading.text import decoded

GOLD = Path(__file__).parent.parent / "fixtures" / "gold"
LONG = (Path(__file__).parent.parent / "fixtures" / "wuhan_20230128.txt").read_text(encoding="utf-8")
SHORT = "提案收悉，新建5个。"
TRADITIONAL = (
    "關於市政協第0128號提案的答覆\n王小明委員：您提出的關於加強高校科技成果轉化的提案收悉，現答覆如下：2022年，全市技術"
    "合同成交額達到447億元，比上年增長50%。感謝您對本府工作的關心與支持。\n"
)
SIMPLIFIED = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312")
TOLD_AS = {"gbk": "gb18030", "gb2312": "gb18030"}


@pytest.mark.parametrize("text", [LONG, SHORT], ids=["long", "short"])
@pytest.mark.parametrize("encoding", SIMPLIFIED)
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    document = read_bytes(data, name="reply.txt")
    assert document.text == data.decode(encoding)
    assert document.source.encoding == TOLD_AS.get(encoding, encoding)


@pytest.mark.parametrize("length", [12, 30, len(TRADITIONAL)])
@pytest.mark.parametrize("encoding", ["big5", "gbk", "utf-8", "utf-16-le", "utf-16-be"])
def test_traditional_characters(length: int, encoding: str) -> None:
    text = TRADITIONAL[:length]
    document = read_bytes(text.encode(encoding), name="reply.txt")
    assert document.text == text
    assert document.source.encoding == TOLD_AS.get(encoding, encoding)


#: Traditional forms of common characters, so that a reply of the fixtures can be written in Big5.
TO_TRADITIONAL = str.maketrans(
    "关于对议会届复员您们个实为业产总发务进强现办这县区项资质问题农医药证规划设备电话线国际级别类处学习过种当与应经济开创园级龙马车长门见贝",
    "關於對議會屆復員您們個實為業產總發務進強現辦這縣區項資質問題農醫藥證規劃設備電話線國際級別類處學習過種當與應經濟開創園級龍馬車長門見貝",
)
MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-8": codecs.BOM_UTF8}


def samples(number: int) -> list[str]:
    """Stretches of 80 to 3,000 characters of the fixtures, the same ones always."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*.txt"))]
    chance = random.Random(500)
    found = []
    while len(found) < number:
        text = chance.choice(texts)
        length = chance.randint(80, 3000)
        start = chance.randrange(max(1, len(text) - 80))
        if len(stretch := text[start : start + length].strip()) >= 80:
            found.append(stretch)
    return found


SAMPLES = samples(500)


@pytest.mark.parametrize("marked", [False, True], ids=["", "with a mark"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "gb2312", "big5", "utf-16-le", "utf-16-be"])
def test_every_one_of_500_samples(encoding: str, marked: bool) -> None:
    if marked and encoding not in MARKS:
        return
    wrong = []
    for sample in SAMPLES:
        written = sample.translate(TO_TRADITIONAL) if encoding == "big5" else sample
        data = written.encode(encoding, "ignore")
        try:
            text, _ = decoded((MARKS[encoding] if marked else b"") + data, name="reply.txt")
        except UnreadableError:
            text = None
        if text is None or text.removeprefix("\ufeff") != data.decode(encoding):
            wrong.append(sample[:40])
    assert wrong == []


class TestMojibake:
    """Text that was read in a wrong encoding and saved so is undone where that is proved, else an error."""

    @staticmethod
    def western(data: bytes) -> str:
        """Bytes as a browser shows them that takes them for windows-1252."""
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)

    @pytest.mark.parametrize("text", [LONG, SHORT], ids=["long", "short"])
    @pytest.mark.parametrize("right", ["utf-8", "gb18030"])
    def test_read_as_a_western_text(self, text: str, right: str) -> None:
        for garbled in (text.encode(right).decode("latin-1"), self.western(text.encode(right))):
            assert read_bytes(garbled.encode(), name="reply.txt").text == text

    def test_utf_8_read_as_gbk(self) -> None:
        assert read_bytes("鍏充簬鍔犲己".encode(), name="reply.txt").text == "关于加强"

    @pytest.mark.parametrize("errors", ["replace", "ignore"])
    def test_characters_were_lost(self, errors: str) -> None:
        garbled = LONG.encode().decode("gb18030", errors)
        with pytest.raises(UnreadableError, match="was read in a wrong encoding before it was saved"):
            read_bytes(garbled.encode(), name="reply.txt")

    def test_nothing_is_left(self) -> None:
        garbled = LONG.encode("gbk", "ignore").decode("utf-8", "replace").replace("\ufffd\ufffd", "锟斤拷")
        with pytest.raises(UnreadableError, match="characters were lost"):
            read_bytes(garbled.encode(), name="reply.txt")

    def test_a_lost_character_in_a_good_text(self) -> None:
        document = read_bytes(f"{LONG[:900]}锟斤拷{LONG[900:]}".encode(), name="reply.txt")
        assert (document.damaged, document.text) == (1, f"{LONG[:900]}\ufffd{LONG[900:]}")

    @pytest.mark.parametrize("text", [*SAMPLES[:200], "café – naïve", "Привет, мир", "一站式", "℃§¶", "鑫淼垚犇"])
    def test_no_real_text_is_touched(self, text: str) -> None:
        assert mojibake.undone(text) is None
        assert not mojibake.shows(text)
        assert mojibake.marked(text) == text


def test_big_endian_utf_16_with_a_mark() -> None:
    document = read_bytes(codecs.BOM_UTF16_BE + LONG.encode("utf-16-be"), name="reply.txt")
    assert (document.text, document.source.encoding) == (LONG, "utf-16")


def test_the_euro_sign_of_windows_big5() -> None:
    text = TRADITIONAL + "補助300€。"
    assert read_bytes(text.encode("cp950"), name="reply.txt").source.encoding == "cp950"


@pytest.mark.parametrize("text", ["一", "a", "5", "。", "\n", "共有220名"])
def test_the_shortest_texts(text: str) -> None:
    assert read_bytes(text.encode(), name="reply.txt").text == text


def test_utf_8_that_is_not_chinese_stays_utf_8() -> None:
    text = "Привет, мир"
    assert read_bytes(text.encode(), name="reply.txt").text == text


def test_gb18030_that_is_valid_utf_8_by_chance() -> None:
    data = "一站式".encode("gb18030")
    assert data.decode("utf-8")
    assert read_bytes(data, name="reply.txt").text == "一站式"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda t: t[0] != "\ufeff"))
@example("𠮷野家")
def test_a_named_encoding_gives_any_text_back(encoding: str, text: str) -> None:
    assert read_bytes(text.encode(encoding), name="reply.bin", encoding=encoding).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@given(words=st.lists(st.sampled_from([LONG[i : i + 8] for i in range(0, 3000, 8)]), min_size=2))
def test_any_words_of_a_reply_come_back(encoding: str, words: list[str]) -> None:
    text = "".join(words)
    assert read_bytes(text.encode(encoding), name="reply.txt").text == text


@given(st.binary(min_size=1))
def test_any_bytes_give_a_text_or_a_plain_error(data: bytes) -> None:
    try:
        document = read_bytes(data, name="reply.txt")
    except (UnreadableError, UnsupportedFormatError) as error:
        assert str(error).startswith("reply.txt: ")
        assert "\n" not in str(error)
    else:
        assert document.source.characters == len(document.text)
        document.text.encode()


def test_source() -> None:
    data = codecs.BOM_UTF8 + "一\r\n二\r三\n".encode()
    document = read_bytes(data, name="folder/reply.txt")
    assert document.text == "一\n二\n三\n"
    source = document.source
    assert (source.name, source.media_type, source.encoding) == ("reply.txt", "text/plain", "utf-8-sig")
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.characters == 6


def test_text_in_memory() -> None:
    document = from_text("一\r\n二", name="a/b")
    assert (document.text, document.source.name, document.source.encoding) == ("一\n二", "a/b", None)
    with pytest.raises(UnreadableError, match="text: has a lone surrogate at character 1"):
        from_text("一\ud800")


class TestDamage:
    """One broken place in a good text costs that place, not the text."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_one_bad_byte(self, encoding: str) -> None:
        data = LONG.encode(encoding)
        place = len(LONG[:900].encode(encoding))
        document = read_bytes(data[:place] + b"\xff" + data[place:], name="reply.txt")
        assert document.source.encoding == encoding
        assert document.damaged == 1
        assert document.text == LONG[:900] + "\ufffd" + LONG[900:]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030"])
    def test_a_character_cut_at_the_end(self, encoding: str) -> None:
        data = LONG.rstrip().encode(encoding)[:-1]
        document = read_bytes(data, name="reply.txt")
        assert document.damaged == 1
        assert document.text.rstrip("\ufffd") == LONG.rstrip()[:-1]

    def test_too_many(self) -> None:
        data = b"\xff".join(LONG[i : i + 100].encode() for i in range(0, 3000, 100))
        with pytest.raises(UnreadableError, match="read as utf-8, its text is broken at byte"):
            read_bytes(data, name="reply.txt")

    def test_in_a_short_text(self) -> None:
        with pytest.raises(UnreadableError):
            read_bytes(SHORT.encode() + b"\xff", name="reply.txt")

    @pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF16_LE])
    def test_a_lone_surrogate(self, mark: bytes) -> None:
        data = mark + LONG[:1000].encode("utf-16-le") + b"\x00\xd8" + LONG[1000:].encode("utf-16-le")
        with pytest.raises(UnreadableError, match="a lone surrogate at byte"):
            read_bytes(data, name="reply.txt")

    def test_a_named_encoding_that_is_wrong(self) -> None:
        with pytest.raises(UnreadableError, match="read as utf-8"):
            read_bytes(LONG.encode("gb18030"), name="reply.txt", encoding="utf-8")


class TestRefused:
    """Each refusal is one line that starts with the name."""

    @pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
    def test_empty(self, data: bytes) -> None:
        with pytest.raises(UnreadableError, match=r"^reply\.txt: is empty$"):
            read_bytes(data, name="reply.txt")

    @pytest.mark.parametrize(
        "data",
        [
            b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4,
            LONG.encode() + b"\0",
            "新建\0项目".encode("gb18030"),
            b"\x01\x02\x03\x04",
            b"\x80",
        ],
        ids=["elf", "a NUL", "a NUL in GB18030", "controls", "one byte"],
    )
    def test_binary(self, data: bytes) -> None:
        with pytest.raises(UnreadableError, match=r"^reply\.txt: is (binary, not|not) text"):
            read_bytes(data, name="reply.txt")

    def test_an_unknown_encoding(self) -> None:
        for name in ("klingon", "hex", "idna"):
            with pytest.raises(LookupError, match=f"unknown encoding '{name}'"):
                read_bytes(b"x", name="reply.txt", encoding=name)

    def test_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        large = tmp_path / "large.txt"
        with large.open("wb") as stream:
            stream.truncate(50_000_000)
        with pytest.raises(TooLargeError, match=r"large\.txt: is larger \(50 MB\) than the limit of 20 MB"):
            read(large)
        assert len(read_bytes(b"a" * MAX_BYTES, name="x").text) == MAX_BYTES
        with pytest.raises(TooLargeError):
            read_bytes(b"a" * (MAX_BYTES + 1), name="x")

    def test_a_stream_is_not_read_beyond_the_limit(self) -> None:
        stream = io.BytesIO(b"a" * (MAX_BYTES + 1000))
        with pytest.raises(TooLargeError):
            reading.read_stream(stream, name="stdin")
        assert stream.tell() == MAX_BYTES + 1

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableError, match="is a folder"):
            read(tmp_path)
        with pytest.raises(UnreadableError, match=r"missing\.txt: there is no such file"):
            read(tmp_path / "missing.txt")
        with pytest.raises(UnreadableError, match=r"a\\x00b: "):
            read("a\0b")
        with pytest.raises(UnreadableError, match=r"two\\nlines: there is no such file"):
            read("two\nlines")

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_no_permission(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("一")
        secret.chmod(0)
        with pytest.raises(UnreadableError, match="no permission to read it"):
            read(secret)

    @pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs a Unix socket")
    def test_a_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s")
            with pytest.raises(UnreadableError, match=r"^s: "):
                read("s")


def zipped(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return buffer.getvalue()


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
FORMATS = {
    "an Excel workbook": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "a PowerPoint presentation": zipped("ppt/presentation.xml"),
    "an OpenDocument file that is no text": zipped("mimetype", "content.xml"),
    "a ZIP archive": zipped("reply.txt"),
    "an old Excel workbook": OLE2 + "Workbook".encode("utf-16-le"),
    "an old Office file": OLE2,
    "a compressed archive": gzip.compress(b"reply"),
    "an XML document": b'<?xml version="1.0"?><a/>',
}


class TestFormats:
    """The content tells the format, whatever the name says."""

    @pytest.mark.parametrize("title", FORMATS)
    def test_is_refused_by_name(self, title: str) -> None:
        with pytest.raises(UnsupportedFormatError) as caught:
            read_bytes(FORMATS[title], name="reply.txt")
        assert str(caught.value) == f"reply.txt: is {title}; `replyparse formats` lists what can be read"

    def test_a_format_that_needs_more_than_is_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reader = SimpleNamespace(missing=lambda: "the moon: pip install moon")
        monkeypatch.setitem(sys.modules, "replyparse_moon", cast(ModuleType, reader))
        monkeypatch.setitem(reading.READERS, "text", "replyparse_moon")
        with pytest.raises(UnsupportedFormatError, match=r"is plain text, and reading it needs the moon: pip inst"):
            read_bytes(b"a", name="a.txt")

    def test_a_protected_document(self) -> None:
        data = OLE2 + "EncryptedPackage".encode("utf-16-le")
        with pytest.raises(
            EncryptedError, match=r"^a\.docx: is a document protected by a password; save it without one$"
        ):
            read_bytes(data, name="a.docx")

    def test_asking_what_is_missing_imports_no_document_library(self) -> None:
        ask = (
            "import sys; from replyparse import reading; [reading.missing(f) for f in reading.readable_formats()]; "
            "assert not {'lxml'} & set(sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
    @pytest.mark.parametrize(
        "page",
        [
            "<!DOCTYPE html>\n<html><body>答复</body></html>",
            "\n<!-- 网页 -->\n<HTML>",
            '<?xml version="1.0" encoding="gb2312"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
            '<div class="TRS_Editor"><p>答复</p></div>',
        ],
    )
    def test_a_web_page(self, page: str, encoding: str) -> None:
        assert reading.formats.identify(page.encode(encoding)).title == "a web page"

    @pytest.mark.parametrize("first", ["From: <Saved by Blink>", "MIME-Version: 1.0"])
    def test_a_web_archive(self, first: str) -> None:
        data = f"{first}\nMIME-Version: 1.0\nContent-Type: multipart/related;\n".encode()
        assert reading.formats.identify(data).title == "a web archive"

    @pytest.mark.parametrize("data", [zipped()[:-1], b"PK\x03\x04broken"])
    def test_a_broken_archive(self, data: bytes) -> None:
        with pytest.raises(UnreadableError, match="is a damaged ZIP archive or Office document; get it anew"):
            read_bytes(data, name="reply.docx")

    @pytest.mark.parametrize("text", ["<关于答复的函>", "《关于答复的函》", "<p", "PK赛结果", "%的增长"])
    def test_text_that_only_begins_alike(self, text: str) -> None:
        assert read_bytes(text.encode(), name="reply.pdf").text == text
