"""Opens the ZIP archives that documents come in, within limits; what a stranger packed is not trusted.

Nothing is ever unpacked to a disk: a member's name is only what a part is asked for by. `zipfile` reads no more than
the size that a member declares, so that size can be checked before anything is read.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from replyparse.errors import EncryptedError, TooLargeError, UnreadableError
from replyparse.reading.document import shown

#: Members an archive may have; a reply with all its pictures has some dozen.
MAX_MEMBERS = 5_000
#: Bytes of one unpacked part, and of all that are read: the text of a long reply takes about 1 MB of markup.
MAX_PART = 10_000_000
MAX_TOTAL = 40_000_000
#: How many times its packed size a part of more than `_SMALL` bytes may have; markup packs to a tenth or so.
MAX_RATIO = 200
_SMALL = 1_000_000

#: What `zipfile` raises for archives that are damaged or made to harm.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, struct.error)
_ENCRYPTED = 0x1  # bit 0 of a member's general purpose flags


class Archive:
    """The members of a ZIP archive, by names with `/` between folders, without regard to case (OPC, ECMA-376-2)."""

    def __init__(self, data: bytes, *, name: str) -> None:
        """Raises `UnreadableError` for a damaged archive and `TooLargeError` for one with too many members."""
        self._name = shown(name)
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise UnreadableError(f"{self._name}: is damaged: its archive cannot be opened") from None
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise TooLargeError(f"{self._name}: holds {len(members):,} files, more than the limit of {MAX_MEMBERS:,}")
        self._members = {_key(member.filename): member for member in members}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._members

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises `UnreadableError` when it is missing or damaged, `EncryptedError` when a password protects it and
        `TooLargeError` when it, or all that was read of the archive, is larger than the limits.
        """
        member = self._members.get(_key(part))
        if member is None:
            raise UnreadableError(f"{self._name}: is damaged: it has no {shown(part)}")
        if member.flag_bits & _ENCRYPTED:
            raise EncryptedError(f"{self._name}: is protected by a password; save it without one")
        self._check(member)
        try:
            return self._zip.read(member)
        except (*_DAMAGE, RuntimeError):
            raise UnreadableError(f"{self._name}: is damaged: its {shown(part)} cannot be unpacked") from None

    def _check(self, member: zipfile.ZipInfo) -> None:
        size = member.file_size
        self._read += size
        if size > MAX_PART or self._read > MAX_TOTAL:
            limit = MAX_PART if size > MAX_PART else MAX_TOTAL
            raise TooLargeError(f"{self._name}: unpacks to more than the limit of {limit // 1_000_000} MB")
        if size > _SMALL and size > MAX_RATIO * member.compress_size:
            raise TooLargeError(f"{self._name}: unpacks to more than {MAX_RATIO} times its size")


def _key(name: str) -> str:
    """A member's name as it is compared; some tools write `\\` between folders."""
    return name.replace("\\", "/").lstrip("/").lower()
