"""Reads OFD documents (版式文档, GB/T 33190-2016): what is set on their pages, joined to lines and paragraphs.

An OFD file is a ZIP archive of XML: OFD.xml names its documents, a document its pages, and a page the objects on it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from replyparse.errors import EncryptedError, TooLargeError, UnreadableError
from replyparse.reading import xml
from replyparse.reading.archive import Archive
from replyparse.reading.document import Document, make_document, shown
from replyparse.reading.ofd_objects import MAX_CHARACTERS, MAX_OBJECTS, Setting, box, each, first
from replyparse.reading.paper import Page, compose

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEDIA_TYPE = "application/ofd"
_ENTRY = "OFD.xml"
_ENCRYPTED = "Encryptions.xml"  # GM/T 0099
#: Pages of all documents in a file.
MAX_PAGES = 2_000
_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of an OFD file's bytes; `encoding` has no meaning here.

    Raises `UnreadableError` for a damaged file or one without text, `EncryptedError` and `TooLargeError`.
    """
    archive = Archive(data, name=name)
    if _ENCRYPTED in archive:
        raise EncryptedError(f"{shown(name)}: is encrypted; export it without encryption")
    text, pages = "", list[int]()
    for root in each(_parse(archive, _ENTRY, name), "DocRoot"):
        leaves = []
        for page in _Pages(archive, _resolved(archive, "", root.text or ""), name):
            leaves.append(page)
            if len(leaves) + len(pages) > MAX_PAGES:
                raise TooLargeError(f"{shown(name)}: has more than {MAX_PAGES:,} pages")
        composed = compose(leaves)
        pages += [len(text) + at for at in composed.pages]
        text += composed.text + "\n"
    if not text.strip():
        raise UnreadableError(f"{shown(name)}: has no text; its pages hold pictures and drawings only")
    return make_document(text, data, name=name, media_type=_MEDIA_TYPE, pages=pages)


class _Pages:
    """The pages of one document, with what their templates set on them."""

    def __init__(self, archive: Archive, part: str, name: str) -> None:
        self._archive, self._part, self._name = archive, part, name
        self._root = _parse(archive, part, name)
        common = first(self._root, "CommonData")
        self._box = _physical(common) or _A4
        self._templates = {
            template.get("ID"): template.get("BaseLoc", "")
            for template in ([] if common is None else each(common, "TemplatePage"))
        }
        self._composites: dict[str | None, _Element] = {}
        self._learned: set[str] = set()
        for kind in ("PublicRes", "DocumentRes"):
            for resource in [] if common is None else each(common, kind):
                self._learn(_resolved(archive, part, resource.text or ""))
        self._read: dict[str | None, _Element] = {}

    def __iter__(self) -> Iterator[Page]:
        setting = Setting(self._composites)
        listed = first(self._root, "Pages")
        for page in [] if listed is None else each(listed, "Page"):
            part = _resolved(self._archive, self._part, page.get("BaseLoc", ""))
            root = _parse(self._archive, part, self._name)
            for resource in each(root, "PageRes"):
                self._learn(_resolved(self._archive, part, resource.text or ""))
            for template in each(root, "Template"):
                setting.put(self._template(template.get("TemplateID")))
            setting.put(root)
            if setting.full:
                raise TooLargeError(
                    f"{shown(self._name)}: has more than {MAX_CHARACTERS:,} characters or {MAX_OBJECTS:,} objects"
                )
            left, top, width, height = _physical(root) or self._box
            yield setting.page(left, top, width, height)

    def _template(self, key: str | None) -> _Element | None:
        if key not in self._read and key in self._templates:
            part = _resolved(self._archive, self._part, self._templates[key])
            self._read[key] = _parse(self._archive, part, self._name)
        return self._read.get(key)

    def _learn(self, part: str) -> None:
        """Takes up the composite objects (复合对象) of a resource file; one that is missing holds no text of ours."""
        if part in self._archive and part not in self._learned:
            self._learned.add(part)
            for unit in each(_parse(self._archive, part, self._name), "CompositeGraphicUnit"):
                self._composites[unit.get("ID")] = unit


def _physical(parent: _Element | None) -> tuple[float, float, float, float] | None:
    found = None if parent is None else first(parent, "PhysicalBox")
    return None if found is None else box(found.text)


def _resolved(archive: Archive, base: str, place: str) -> str:
    """The part that a place (ST_Loc) in `base` means; some programs write it from the root without saying so."""
    place = place.strip()
    near = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), place))
    return near if near in archive else posixpath.normpath(posixpath.join("/", place))


def _parse(archive: Archive, part: str, name: str) -> _Element:
    return xml.parse(archive.read(part), name=name, part=part.lstrip("/"))
