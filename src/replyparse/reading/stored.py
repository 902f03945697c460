"""Records that `extract` wrote as JSON, read back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from replyparse.errors import TooLargeError, UnreadableError
from replyparse.reading.document import shown
from replyparse.record import ReplyRecord

#: A record is some ten times as large as its text.
MAX_BYTES = 200_000_000


def read(path: str) -> ReplyRecord:
    """The one record in a JSON file.

    Raises `UnreadableError` for a file that cannot be read or is no record, also for one without its text, in which
    nothing could be shown or checked; `TooLargeError` for one larger than `MAX_BYTES`.
    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableError(f"{shown(path)}: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > MAX_BYTES:
        raise TooLargeError(f"{shown(path)}: is larger than the limit of {MAX_BYTES // 1_000_000} MB")
    try:
        record = ReplyRecord.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableError(f"{shown(path)}: is no record of one reply: {where} {first['msg']}".rstrip()) from None
    if record.text is None:
        raise UnreadableError(f"{shown(path)}: the record is without its text; extract it without --no-text")
    return record
