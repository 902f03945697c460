"""Old Word, WPS, RTF and OpenDocument files, through LibreOffice: what comes out, and what is left behind."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from replyparse import EncryptedError, UnreadableError, UnsupportedFormatError
from replyparse.reading import office, read, read_bytes, soffice

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def libreoffice(needs: Callable[[str | None], None]) -> None:
    needs(office.missing())


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which must be empty afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def rtf(body: str, head: str = "") -> bytes:
    start = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    return (start + head + "\n" + body + "}").encode("gb18030")


def unicode(text: str) -> str:
    """The way RTF writes characters."""
    return "".join(character if character < "\x80" else rf"\u{ord(character)}?" for character in text)


def odt(content: str, manifest: str = "") -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
    return buffer.getvalue()


@pytest.mark.usefixtures("libreoffice")
class TestText:
    """What a reader sees."""

    def test_numbers_that_the_program_counts(self) -> None:
        levels = "".join(
            rf"{{\listlevel\levelnfc{form}\levelfollow2\levelstartat1{{\leveltext{label};}}{{\levelnumbers{at};}}}}"
            for form, label, at in (
                (39, r"\'02\'00\u12289\'3f", r"\'01"),
                (39, r"\'03\u-248\'3f\'01\u-247\'3f", r"\'02"),
            )
        )
        head = (
            rf"{{\*\listtable{{\list\listtemplateid1{levels}\listid1}}}}"
            r"{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}"
        )
        body = "".join(rf"\pard\plain\f0\ls1\ilvl{at} {unicode('工作')}\par " for at in (0, 1, 1, 0, 1))
        body += r"\pard\plain\f0 end\par"
        text = read_bytes(rtf(body, head), name="a.rtf").text
        assert text.split() == ["一、工作", "（一）工作", "（二）工作", "二、工作", "（一）工作", "end"]

    def test_tracked_changes_hidden_text_and_fields(self) -> None:
        body = unicode("投入") + r"{\deleted 186}{\revised 180}" + unicode("家") + r"{\v 99}{\super 2}\par"
        assert read_bytes(rtf(body), name="a.rtf").text == "投入180家²\n"

    def test_the_clock_says_nothing(self) -> None:
        body = r"x{\field{\*\fldinst DATE \\@ yyyy}{\fldrslt 2020}}y{\field{\*\fldinst TIME}{\fldrslt 9:30}}z\par"
        assert read_bytes(rtf(body), name="a.rtf").text == "xyz\n"

    def test_the_clock_in_an_open_document(self) -> None:
        dates = "<text:date/><text:time/>"
        assert read_bytes(odt(f"<text:p>甲{dates}乙</text:p>"), name="a.odt").text == "甲乙\n"

    def test_source(self, fixtures: Path) -> None:
        source = read(fixtures / "doors" / "wps" / "table_transport.wps").source
        assert (source.name, source.media_type, source.encoding) == ("table_transport.wps", "application/msword", None)

    def test_several_at_once(self, fixtures: Path) -> None:
        paths = sorted((fixtures / "doors" / "doc").glob("*"))[:3]
        with ThreadPoolExecutor(3) as pool:
            assert [document.source.name for document in pool.map(read, paths)] == [path.name for path in paths]


class TestRefused:
    """One clear line."""

    @pytest.mark.parametrize("data", [OLE2 + "WordDocument".encode("utf-16-le"), rtf("甲"), odt("")])
    def test_without_libreoffice(self, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REPLYPARSE_SOFFICE", "/nowhere/soffice")
        with pytest.raises(
            UnsupportedFormatError, match=r"^a: is an .*, and reading it needs LibreOffice: apt-get inst"
        ):
            read_bytes(data, name="a")

    def test_found_on_the_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("REPLYPARSE_SOFFICE", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert office.missing() is not None
        (tmp_path / "libreoffice.exe" if os.name == "nt" else tmp_path / "libreoffice").touch(mode=0o755)
        assert office.missing() is None

    @pytest.mark.usefixtures("libreoffice")
    def test_a_protected_word_document(self, fixtures: Path) -> None:
        data = bytearray((fixtures / "doors" / "doc" / "township_bridge_declined.doc").read_bytes())
        header = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
        data[header + 11] |= 1
        with pytest.raises(EncryptedError, match=r"^a\.doc: is protected by a password"):
            read_bytes(bytes(data), name="a.doc")

    @pytest.mark.usefixtures("libreoffice")
    def test_a_protected_open_document(self) -> None:
        with pytest.raises(EncryptedError, match=r"^a\.odt: is protected by a password"):
            read_bytes(odt("", "<manifest:encryption-data/>"), name="a.odt")

    @pytest.mark.usefixtures("libreoffice")
    @pytest.mark.parametrize("data", [OLE2 + "WordDocument".encode("utf-16-le"), odt("<broken")])
    def test_a_damaged_document(self, data: bytes) -> None:
        with pytest.raises(UnreadableError, match=r"^a: is damaged: LibreOffice cannot open it$"):
            read_bytes(data, name="a")

    @pytest.mark.usefixtures("libreoffice")
    def test_a_document_without_text(self) -> None:
        with pytest.raises(UnreadableError, match=r"^a\.rtf: has no text$"):
            read_bytes(rtf(r"\par"), name="a.rtf")


#: Stands in for LibreOffice: leaves a file, starts a process, and sleeps with it.
SLEEPER = """#!/bin/sh
touch "$TMPDIR/left behind"
sleep 300 &
echo "$$ $!" > {pids}.new && mv {pids}.new {pids}
wait
"""


@POSIX
class TestNothingIsLeftBehind:
    """Neither processes nor files, whatever happens."""

    @pytest.fixture
    def pids(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """Where the stand-in writes the ids of its processes."""
        program, file = tmp_path / "soffice", tmp_path / "pids"
        program.write_text(SLEEPER.format(pids=file))
        program.chmod(0o755)
        monkeypatch.setenv("REPLYPARSE_SOFFICE", str(program))
        yield file
        for pid in file.read_text().split() if file.exists() else []:
            assert gone(int(pid))

    @pytest.mark.usefixtures("libreoffice")
    def test_after_success_and_failure(self, temporary: Path) -> None:
        read_bytes(rtf(r"\u19968?\par"), name="a.rtf")
        with pytest.raises(UnreadableError):
            read_bytes(odt("<broken"), name="a.odt")
        assert list(temporary.iterdir()) == []

    def test_after_the_time_limit(self, pids: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(soffice, "TIME_LIMIT", 1)
        with pytest.raises(UnreadableError, match=r"^a\.rtf: took LibreOffice longer than 1 seconds"):
            read_bytes(rtf("x"), name="a.rtf")
        assert pids.exists()
        assert list(temporary.iterdir()) == []

    @pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
    def test_after_the_end_of_this_process(self, pids: Path, temporary: Path, end: signal.Signals) -> None:
        source = temporary.parent / "a.rtf"
        source.write_bytes(rtf("x"))
        process = subprocess.Popen(
            [sys.executable, "-m", "replyparse", "extract", str(source)],
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # shells ignore it in the background
        )
        assert soon(pids.exists)
        assert list(temporary.glob("replyparse-*/left behind"))
        process.send_signal(end)
        process.wait(30)
        assert soon(lambda: list(temporary.iterdir()) == [])


def gone(pid: int) -> bool:
    """Whether a process has ended, or does within a few seconds."""

    def ended() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")  # nobody may have waited for it yet
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"

    return soon(ended)


def soon(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.usefixtures("libreoffice")
def test_nothing_is_fetched() -> None:
    """A document may name a picture on the network; nobody asks there."""
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                asked.append(connection)
                connection.close()

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        image = f'<draw:image xlink:href="{address}" xlink:type="simple"/>'
        frame = f'<draw:frame svg:width="5cm" svg:height="5cm" text:anchor-type="as-char">{image}</draw:frame>'
        try:
            assert read_bytes(odt(f"<text:p>甲{frame}</text:p>"), name="a.odt").text.strip() == "甲"
        finally:
            stop.set()
            listener.join()
    assert asked == []
