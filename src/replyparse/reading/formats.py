"""Tells the format of an input by its content; a file's name can say anything."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import NamedTuple


class Format(NamedTuple):
    """A file format: `key` names it in this package, `title` completes "the file is …"."""

    key: str
    title: str
    suffixes: tuple[str, ...]


TEXT = Format("text", "plain text", (".txt", ".md"))
PDF = Format("pdf", "a PDF document", (".pdf",))
DOCX = Format("docx", "a Word document", (".docx", ".docm"))
DOC = Format("doc", "an old Word or WPS document", (".doc", ".wps"))
OFD = Format("ofd", "an OFD document", (".ofd",))
HTML = Format("html", "a web page", (".html", ".htm"))
MHTML = Format("mhtml", "a web archive", (".mht", ".mhtml"))
RTF = Format("rtf", "an RTF document", (".rtf",))
ODT = Format("odt", "an OpenDocument text", (".odt",))
ODF = Format("odf", "an OpenDocument file that is no text", (".ods", ".odp"))
XLSX = Format("xlsx", "an Excel workbook", (".xlsx",))
PPTX = Format("pptx", "a PowerPoint presentation", (".pptx",))
XLS = Format("xls", "an old Excel workbook", (".xls", ".et"))
XML = Format("xml", "an XML document", (".xml",))
ENCRYPTED = Format("encrypted", "a document protected by a password", ())
OLE2 = Format("ole2", "an old Office file", ())
ZIP = Format("zip", "a ZIP archive", (".zip",))
DAMAGED_ZIP = Format("damaged", "a damaged ZIP archive or Office document", ())
ARCHIVE = Format("archive", "a compressed archive", (".gz", ".rar", ".7z", ".bz2", ".xz"))
IMAGE = Format("image", "a picture", (".png", ".jpg", ".gif", ".tif", ".bmp", ".webp"))

#: The formats a reply may come in, in the order in which `replyparse formats` lists them.
DOCUMENT_FORMATS = (TEXT, HTML, MHTML, DOCX, DOC, PDF, OFD, RTF, ODT, IMAGE)

_HEAD = 4096  # bytes that the signatures below look at

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"\x1f\x8b\x08", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"BZh91AY", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
)
#: Words that a text could begin with, and zeros or a second word that it could not go on with.
_PICTURE_START = re.compile(rb"BM.{4}\0{4}|RIFF.{4}WEBP", re.DOTALL)
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ZIP_MEMBERS = {
    "OFD.xml": OFD,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": PPTX,
    "content.xml": ODF,
}
#: Parts of a Word document, whose main part may have any name: word/document2.xml.
_WORD_PART = re.compile(r"word/\w+\.xml", re.IGNORECASE)
#: What an OpenDocument text begins with, uncompressed (ODF 1.3, part 2, 3.3), 30 bytes into the archive.
_ODT_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_OLE2_STREAMS = {"EncryptedPackage": ENCRYPTED, "WordDocument": DOC, "Workbook": XLS}

_PROLOGUE = rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*"
_HTML_ELEMENTS = rb"html|head|body|meta|title|link|script|style|div|p|table|span|font|center|section|article|h[1-6]"
_HTML_START = re.compile(
    _PROLOGUE
    + rb"(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
    + rb"<(?:!doctype\s+html|(?:"
    + _HTML_ELEMENTS
    + rb"))(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(_PROLOGUE + rb"<\?xml\s")
_MHTML_START = re.compile(_PROLOGUE + rb"(?:From|MIME-Version|Content-Type):.*?multipart/related", re.I | re.S)


def identify(data: bytes) -> Format:
    """The format of the bytes; `TEXT` for what carries no signature, be it text or not."""
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if _PICTURE_START.match(data):
        return IMAGE
    if data.startswith(_ZIP_MAGIC):
        return _inside_zip(data)
    if data.startswith(_OLE2_MAGIC):
        return _inside_ole2(data)
    head = data[:_HEAD].replace(b"\0", b"")  # so that UTF-16 markup reads like any other
    for pattern, found in ((_HTML_START, HTML), (_XML_START, XML), (_MHTML_START, MHTML)):
        if pattern.match(head):
            return found
    return TEXT


def _inside_zip(data: bytes) -> Format:
    try:
        names = {name.replace("\\", "/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        return DAMAGED_ZIP
    if data.startswith(_ODT_MIMETYPE, 30):
        return ODT
    if any(map(_WORD_PART.fullmatch, names)):
        return DOCX
    return next((found for member, found in _ZIP_MEMBERS.items() if member in names), ZIP)


def _inside_ole2(data: bytes) -> Format:
    return next((found for stream, found in _OLE2_STREAMS.items() if stream.encode("utf-16-le") in data), OLE2)
