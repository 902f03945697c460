"""The text that a reader of a Word document sees, a line for each paragraph, in the order of the body.

A walk through the body's elements (ECMA-376-1, 17): tracked changes count as accepted, hidden text and field codes are
left out, automatic numbers are written in front of their paragraphs. What is anchored in a paragraph but stands
elsewhere on the page (text boxes, footnotes) follows it, so that no sentence is torn apart. Headers and footers are
parts of their own and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replyparse.reading.docx_fields import Fields
from replyparse.reading.docx_numbering import Numbering
from replyparse.reading.docx_parts import Parts, number, switch, tag, value
from replyparse.reading.docx_styles import Styles, numbered_by
from replyparse.reading.docx_symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements that only wrap what they hold; `w:ins` and `w:moveTo` are tracked changes, here accepted.
_WRAPPERS = frozenset(
    tag(f"w:{name}") for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "bdo", "dir")
)
#: Tracked deletions, and phonetic guides above characters (拼音指南).
_DROPPED = frozenset(tag(f"w:{name}") for name in ("del", "moveFrom", "rt", "delText", "delInstrText"))
_ALTERNATE, _CHOICE, _FALLBACK = tag("mc:AlternateContent"), tag("mc:Choice"), tag("mc:Fallback")
_P, _R, _T, _TBL, _SDT = tag("w:p"), tag("w:r"), tag("w:t"), tag("w:tbl"), tag("w:sdt")
_BOX = tag("w:txbxContent")
_HOLDERS = frozenset({tag("w:drawing"), tag("w:pict"), tag("w:object")})
_NOTES = {tag("w:footnoteReference"): "footnotes", tag("w:endnoteReference"): "endnotes"}
_MATH = frozenset({tag("m:oMath"), tag("m:oMathPara")})
#: What stands for itself.
_CHARACTERS = {
    tag("w:tab"): "\t",
    tag("w:ptab"): "\t",
    tag("w:br"): "\n",
    tag("w:cr"): "\n",
    tag("w:noBreakHyphen"): "-",
    tag("w:softHyphen"): "",
}
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
#: Marks that end a sentence or an item: a cell with several paragraphs that end so is prose, no entry of a table.
_PROSE = ("。", ";", "；", ":", "：", "！", "？")
#: What stands alone in a row and has no such character is a figure, and belongs to its column.
_WORDS = re.compile("[\u3400-\u9fff]")
#: Columns that a cell may claim to span; Word allows 63.
_MOST_COLUMNS = 63


def lines(parts: Parts, *, just_made: bool = False) -> list[str]:
    """The lines of the document: one for each paragraph, and for each row of a table with tabs between its cells.

    `just_made`: see `Fields`.
    """
    return _Body(parts, just_made=just_made).lines()


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a table: its lines that hold text, whether they are prose, and how many columns it spans."""

    lines: list[str]
    prose: bool = False
    span: int = 1

    @property
    def entry(self) -> str:
        """The cell in one line, followed by empty cells for the other columns that it spans."""
        text = ""
        for line in self.lines:
            apart = text[-1:].isascii() and line[:1].isascii() and bool(text)
            text += (" " if apart else "") + " ".join(line.split("\t")).strip()
        return text + "\t" * (self.span - 1)


class _Body:
    """One walk; it carries what goes on from paragraph to paragraph: numbering, fields, an unfinished line."""

    def __init__(self, parts: Parts, *, just_made: bool) -> None:
        self._root = parts.document
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        self._fields = Fields(parts.document, just_made=just_made)
        self._notes = {"footnotes": _notes(parts.footnotes), "endnotes": _notes(parts.endnotes)}
        self._unfinished: list[str] = []
        self._beside: list[_Element] = []

    def lines(self) -> list[str]:
        body = self._root.find(tag("w:body"))
        return [] if body is None else [*self._blocks(body), *self._beside_lines()]

    def _blocks(self, parent: _Element, *, in_cell: bool = False) -> Iterator[str]:
        """The lines of paragraphs and tables; `in_cell` keeps what stands beside them for the end of the row."""
        for child in _children(parent):
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in _MATH:
                yield _formula(child)
            if not in_cell:
                yield from self._beside_lines()
        if self._unfinished:
            yield "".join(self._unfinished)
            self._unfinished = []

    def _beside_lines(self) -> Iterator[str]:
        """The text boxes and notes that the last paragraph or row anchors."""
        beside, self._beside = self._beside, []
        for content in beside:
            yield from (line.strip() for line in self._blocks(content) if line.strip())

    def _paragraph(self, paragraph: _Element) -> Iterator[str]:
        properties = paragraph.find(tag("w:pPr"))
        style = None if properties is None else value(properties.find(tag("w:pStyle")))
        hidden = self._styles.hides(style) or False
        shown_before = self._fields.shown
        text = "".join(self._inline(paragraph, hidden))
        self._fields.end_paragraph()
        if _mark_is_gone(properties, hidden):
            self._unfinished += [text] if text else []
            return
        text = "".join([*self._unfinished, text]).lstrip("\n")  # a break before the first word, as of a page
        self._unfinished = []
        if text or (shown_before and self._fields.shown):
            label = self._numbering.label(numbered_by(properties), style)
            # "1." and "5月" would read as the number 1.5.
            gap = " " if label and text[:1].isdecimal() and (label[-1].isalnum() or label[-1] in ".．") else ""
            yield from (label + gap + text).split("\n")

    def _inline(self, parent: _Element, hidden: bool) -> Iterator[str]:
        for child in _children(parent):
            if child.tag == _R:
                yield from self._run(child, hidden)
            elif child.tag == tag("w:fldSimple"):
                yield from self._inline(child, hidden)
            elif child.tag in _MATH and self._fields.shown:
                yield _formula(child)

    def _run(self, run: _Element, hidden: bool) -> Iterator[str]:
        properties = run.find(tag("w:rPr"))
        style = None if properties is None else value(properties.find(tag("w:rStyle")))
        own = switch(properties, "w:vanish")
        by_style = None if style is None else self._styles.hides(style)
        hidden = next((said for said in (own, by_style) if said is not None), hidden)
        raised = properties is not None and value(properties.find(tag("w:vertAlign"))) == "superscript"
        for child in _children(run):
            made = self._fields.take(child)
            if hidden or not self._fields.shown:
                continue
            text = made + self._character(child)
            yield text.translate(_RAISED) if raised else text

    def _character(self, child: _Element) -> str:
        """What one element of a run adds to the line; what it anchors beside the line is kept for later."""
        if child.tag == _T:
            text = (child.text or "").replace("\n", " ").replace("\t", " ")
            return text if child.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" ")
        if child.tag in _CHARACTERS:
            return _CHARACTERS[child.tag]
        if child.tag == tag("w:sym"):
            return symbol(child.get(tag("w:font"), ""), child.get(tag("w:char"), ""))
        if child.tag == tag("w:ruby"):
            base = child.find(tag("w:rubyBase"))
            return "" if base is None else "".join(self._inline(base, hidden=False))
        if child.tag in _NOTES:
            note = self._notes[_NOTES[child.tag]].pop(child.get(tag("w:id"), ""), None)
            self._beside += [] if note is None else [note]
        elif child.tag in _HOLDERS:
            self._beside += _boxes(child)
        return ""

    def _table(self, table: _Element) -> Iterator[str]:
        for row in _children(table):
            properties = row.find(tag("w:trPr"))
            if row.tag != tag("w:tr") or _any_on(properties, "w:del", "w:hidden"):
                continue
            cells = [cell for cell in map(self._cell, _children(row)) if cell is not None]
            filled = [cell for cell in cells if cell.lines]
            alone = len(filled) == 1 and (len(cells) == 1 or _WORDS.search(filled[0].entry))
            if alone or any(cell.prose for cell in cells):
                yield from (line for cell in cells for line in cell.lines)
            elif filled:
                yield "\t".join(cell.entry for cell in cells)
            yield from self._beside_lines()

    def _cell(self, cell: _Element) -> _Cell | None:
        """One cell of a row; None for one that is deleted, and for what is no cell."""
        properties = cell.find(tag("w:tcPr"))
        if cell.tag != tag("w:tc") or _any_on(properties, "w:cellDel"):
            return None
        span = None if properties is None else number(properties.find(tag("w:gridSpan")))
        span = min(max(span or 1, 1), _MOST_COLUMNS)
        if _goes_on(properties):
            return _Cell([], span=span)
        lines = [line for line in self._blocks(cell, in_cell=True) if line.strip()]
        nested = cell.find(_TBL) is not None
        prose = nested or (len(lines) > 1 and any(line.rstrip().endswith(_PROSE) for line in lines))
        return _Cell(lines, prose, span)


def _goes_on(properties: _Element | None) -> bool:
    """Whether a cell is merged into the one above it or before it."""
    merges = [] if properties is None else [properties.find(tag(name)) for name in ("w:vMerge", "w:hMerge")]
    return any(merge is not None and value(merge) != "restart" for merge in merges)


def _any_on(properties: _Element | None, *names: str) -> bool:
    return any(switch(properties, name) for name in names)


def _mark_is_gone(properties: _Element | None, hidden: bool) -> bool:
    """Whether a paragraph's end is deleted or hidden, so that the next one goes on in its line."""
    mark = None if properties is None else properties.find(tag("w:rPr"))
    own = switch(mark, "w:vanish")
    return _any_on(mark, "w:del", "w:moveFrom") or (hidden if own is None else own)


def _children(parent: _Element) -> Iterator[_Element]:
    """The elements in `parent` that count, out of their wrappers; of alternatives the first."""
    for child in parent:
        if child.tag in _DROPPED:
            continue
        if child.tag in _WRAPPERS:
            yield from _children(child)
        elif child.tag == _SDT:
            content = child.find(tag("w:sdtContent"))
            if content is not None and not _any_on(child.find(tag("w:sdtPr")), "w:showingPlcHdr"):
                yield from _children(content)
        elif child.tag == _ALTERNATE:
            branch = child.find(_CHOICE)
            branch = child.find(_FALLBACK) if branch is None else branch
            if branch is not None:
                yield from _children(branch)
        else:
            yield child


def _boxes(holder: _Element) -> Iterator[_Element]:
    """The contents of the text boxes (文本框) in a drawing."""
    for child in _children(holder):
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(child)


def _notes(root: _Element | None) -> dict[str, _Element]:
    return {} if root is None else {note.get(tag("w:id"), ""): note for note in root}


def _formula(element: _Element) -> str:
    """A formula in one line: fractions with a slash, powers raised."""
    if element.tag == tag("m:t"):
        return element.text or ""
    pieces = [_formula(child) for child in _children(element)]
    if element.tag == tag("m:f"):
        return "/".join(piece for piece in pieces if piece)
    if element.tag == tag("m:sup"):
        return "".join(pieces).translate(_RAISED)
    return "".join(pieces)
