"""JSON Lines: one record a line, in the order of the inputs' names."""

from __future__ import annotations

import zlib
from pathlib import Path

from replyparse.batch.destinations import Content
from replyparse.files import replacing


def write(content: Content, target: Path) -> None:
    """Write the file."""
    with replacing(target) as out:
        for _, product in content.replies():
            out.write(zlib.decompress(product))
