"""Reads .doc, .wps, .rtf and .odt: LibreOffice turns them into .docx, which `docx.py` reads.

Never through LibreOffice's own text export: it fuses deleted numbers with inserted ones and drops automatic numbers.
"""

from __future__ import annotations

import os
import shutil

from replyparse.errors import EncryptedError
from replyparse.reading import docx, soffice
from replyparse.reading.archive import Archive
from replyparse.reading.document import Document, make_document, shown
from replyparse.reading.formats import DOC, ODT, RTF, identify

#: Format → the suffix that LibreOffice is given, and the media type.
_KINDS = {
    DOC: (".doc", "application/msword"),
    RTF: (".rtf", "application/rtf"),
    ODT: (".odt", "application/vnd.oasis.opendocument.text"),
}
_SECTOR = 512
_WORD_MAGIC = b"\xec\xa5"  # FibBase.wIdent, [MS-DOC] 2.5.2
_WORD_ENCRYPTED = 0x01  # FibBase.fEncrypted, the lowest bit of the byte at 11
_MANIFEST = "META-INF/manifest.xml"


def missing() -> str | None:
    """LibreOffice with the command that installs it, where it is not found."""
    if _program() is not None:
        return None
    return (
        "LibreOffice: apt-get install libreoffice-writer-nogui (Debian, Ubuntu), elsewhere from libreoffice.org; "
        "REPLYPARSE_SOFFICE may name its soffice program"
    )


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of an old Word, WPS, RTF or OpenDocument file; `encoding` has no meaning here.

    Raises `UnreadableError` for a damaged file or one without text, `EncryptedError` and `TooLargeError`.
    """
    found = identify(data)
    suffix, media_type = _KINDS[found]
    if (found is DOC and _word_is_encrypted(data)) or (found is ODT and _odt_is_encrypted(data, name)):
        raise EncryptedError(f"{shown(name)}: is protected by a password; save it without one")
    program = _program()
    assert program is not None, "missing() was not asked"
    converted = soffice.to_docx(data, suffix, program=program, name=name)
    return make_document(docx.text_of(converted, name=name, just_made=True), data, name=name, media_type=media_type)


def _program() -> str | None:
    named = os.environ.get("REPLYPARSE_SOFFICE")
    return shutil.which(named) if named else shutil.which("soffice") or shutil.which("libreoffice")


def _word_is_encrypted(data: bytes) -> bool:
    """Whether the header of the Word stream, which begins at a sector of the OLE2 file, says so."""
    starts = (at for at in range(_SECTOR, len(data) - 32, _SECTOR) if data.startswith(_WORD_MAGIC, at))
    return any(data[at + 11] & _WORD_ENCRYPTED for at in starts)


def _odt_is_encrypted(data: bytes, name: str) -> bool:
    archive = Archive(data, name=name)
    return _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST)
