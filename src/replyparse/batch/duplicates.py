"""What tells that two files hold the same reply: their text, or the matter that is answered and who answers it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replyparse.record import Header


def of_text(text: str) -> str:
    """A digest that texts share which differ in blanks, line ends and the width of characters only."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


def of_matter(header: Header) -> str | None:
    """Number, body, session and agency (编号, 届次, 答复单位) as one word, None where the reply lacks one of them.

    Two agencies that answer the same proposal write two replies.
    """
    session = (header.body, header.term, header.session)
    if not header.number or not header.agency or None in session:
        return None
    return json.dumps([header.matter, *session, header.body_name, header.number, header.agency], ensure_ascii=False)
