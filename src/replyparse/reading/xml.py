"""Parses XML from strangers: no entities, no document type, no network, bounded depth.

Without `huge_tree`, libxml2 refuses more than 256 levels of elements and more than 10 MB in one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from replyparse.errors import UnreadableError
from replyparse.reading.document import shown

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse(data: bytes, *, name: str, part: str) -> _Element:
    """The root element of the XML in `part` of the input `name`; comments and instructions are left out.

    Raises `UnreadableError` for XML that is not well-formed, nests too deep, or has a document type:
    neither OOXML nor OFD allows one, and entities could make text appear or vanish.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    where = f"{shown(name)}: is damaged: its {shown(part)}"
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"{where} is no XML ({error.msg})") from None
    except ValueError as error:
        raise UnreadableError(f"{where} is no XML ({error})") from None
    if root is None:
        raise UnreadableError(f"{where} is empty")
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(f"{where} has a document type, which no document of its kind may have")
    return root
