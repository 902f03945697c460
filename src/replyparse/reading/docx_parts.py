"""The parts of a Word document (ECMA-376-1, WordprocessingML) and the words to ask their elements with.

Documents of the Strict variant (ISO/IEC 29500-1) use other namespaces; they are renamed to the common ones here, so
that nothing else has to know.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replyparse.reading import xml
from replyparse.reading.archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": _W,
    "http://purl.oclc.org/ooxml/officeDocument/math": _M,
}
_PREFIXES = {
    "w": _W,
    "m": _M,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_DOCUMENT = "word/document.xml"


def tag(name: str) -> str:
    """The full name of an element or attribute: "w:p" → "{http://…}p"."""
    prefix, local = name.split(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


_VAL = tag("w:val")
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def value(element: _Element | None) -> str | None:
    """The `w:val` of an element that may be missing."""
    return None if element is None else element.get(_VAL)


def number(element: _Element | None) -> int | None:
    """The `w:val` as a whole number; None where there is none."""
    return whole(value(element))


def whole(text: str | None) -> int | None:
    """A whole number of 32 bits (ST_DecimalNumber); None for anything else."""
    found = _WHOLE.fullmatch(text or "")
    return int(found[0]) if found else None


def switch(parent: _Element | None, name: str) -> bool | None:
    """Whether a property such as `w:vanish` is on (True), off (False) or not said (None) in `parent`."""
    element = None if parent is None else parent.find(tag(name))
    return None if element is None else value(element) not in {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of the parts that say something about the text; None for a part that the document lacks."""

    document: _Element
    styles: _Element | None
    numbering: _Element | None
    footnotes: _Element | None
    endnotes: _Element | None


def load(archive: Archive, *, name: str) -> Parts:
    """The parts of a document, found through its relationships (OPC, ECMA-376-2).

    Raises what `Archive.read` and `xml.parse` raise.
    """
    main = _related(archive, "", name).get("officeDocument", _DOCUMENT)
    related = _related(archive, main, name)

    def root(kind: str) -> _Element | None:
        part = related.get(kind)
        return _parse(archive, part, name) if part is not None and part in archive else None

    return Parts(
        document=_parse(archive, main, name),
        styles=root("styles"),
        numbering=root("numbering"),
        footnotes=root("footnotes"),
        endnotes=root("endnotes"),
    )


def _related(archive: Archive, part: str, name: str) -> dict[str, str]:
    """What a part ("" for the package) points to: the last word of the relationship's type → name of the part."""
    folder, file = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    if rels not in archive:
        return {}
    found: dict[str, str] = {}
    for relation in _parse(archive, rels, name):
        target = relation.get("Target")
        if target and relation.get("TargetMode") != "External":
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)))
    return found


def _parse(archive: Archive, part: str, name: str) -> _Element:
    root = xml.parse(archive.read(part), name=name, part=part.lstrip("/"))
    if any(uri in _STRICT for uri in root.nsmap.values()):
        for element in root.iter():
            element.tag = _common(str(element.tag))
            for key in element.keys():  # noqa: SIM118 - an element iterates over its children
                element.set(_common(str(key)), element.attrib.pop(key))
    return root


def _common(name: str) -> str:
    uri, _, local = name.removeprefix("{").partition("}")
    return f"{{{_STRICT[uri]}}}{local}" if uri in _STRICT else name
