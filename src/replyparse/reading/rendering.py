"""Elements of a page → the lines a reader sees.

A block is a line of its own, a row of a data table is one line with its cells set apart by tabs, and the numbers that
a browser would print before the items of an <ol> are printed. Hidden elements, scripts and controls show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from replyparse.reading.markup import Element
from replyparse.reading.numbering import labels

Skip = Callable[[Element], bool]

_SILENT = frozenset(
    "script style template noscript noframes noembed iframe object applet canvas svg math audio video map select"
    " button datalist progress meter title meta link rt rp rtc del".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 head header hr html legend li listing main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul xmp caption textarea".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_KEPT_BLANKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_PREFORMATTED = frozenset({"pre", "xmp", "listing", "textarea", "plaintext"})
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\0" + "\u202a\u202b\u202c\u202d\u202e")
)
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_WRAP = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")
_BLANKS = re.compile(r"[ \t\r\f]+")
_FULL = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_WRAPPED_FULL = re.compile(rf"(?<=[{_FULL}]) ?\n ?(?=[{_FULL}])")

#: A table is one of data when no cell of it holds more than these.
_CELL_LINES = 3
_CELL_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page; `linked` of its characters lie in links."""

    text: str
    linked: int = 0


@dataclass(slots=True)
class _Open:
    """An element that is being printed: what is still to come, and what holds inside it."""

    element: Element
    rest: Iterator[Element | str]
    pre: bool
    linked: bool
    raised: bool
    items: Iterator[str] | None = None


def hidden(element: Element) -> bool:
    """Whether a browser shows nothing of an element."""
    if element.tag in _SILENT:
        return True
    if not element.attributes:
        return False
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def lines(root: Element, skip: Skip, until: Element | None = None) -> list[Line]:
    """The lines of an element, as far as `until` if that is given; `skip` says which elements are left out.

    A line is empty where the page leaves an empty paragraph.
    """
    printer = _Printer()
    layout = frozenset(map(id, until.ancestors())) if until else frozenset()
    waiting = [_Open(root, iter([root]), False, False, False)]
    while waiting:
        top = waiting[-1]
        child = next(top.rest, None)
        if child is None:
            waiting.pop()
            _leave(top.element, printer)
        elif isinstance(child, str):
            printer.write(child, top)
        elif child is until:
            break
        elif child is root or (not hidden(child) and not skip(child)):
            inside = _enter(child, top, printer, skip, layout)
            if inside:
                waiting.append(inside)
    return printer.finished()


def _enter(element: Element, around: _Open, printer: _Printer, skip: Skip, layout: frozenset[int]) -> _Open | None:
    """Print the beginning of an element; None when that is all of it. `layout` are tables that lay out the page."""
    tag = element.tag
    if tag in ("br", "hr"):
        printer.end_line(blank=tag == "br")
        return None
    if tag == "input":
        shown = (element.get("type") or "text").lower() == "text"
        printer.write(element.get("value") or "" if shown else "", around)
        return None
    if tag == "table" and id(element) not in layout:
        rows = _data_rows(element, skip)
        if rows is not None:
            printer.end_line()
            printer.rows(rows)
            return None
    if tag == "dd" and printer.begun:
        printer.write("" if printer.ends_with_colon else "：", around)
    elif tag in _BLOCKS:
        printer.end_line()
    if tag == "q":
        printer.write("“", around)
    items = labels(element) if tag in ("ol", "ul", "menu", "dir") else None
    if tag == "li" and around.items is not None:
        printer.pending = next(around.items, "")
    style = element.get("style") or ""
    pre = around.pre or tag in _PREFORMATTED or bool(style and _KEPT_BLANKS.search(style))
    linked = around.linked or (tag == "a" and element.get("href") is not None)
    return _Open(element, iter(element.children), pre, linked, around.raised or tag == "sup", items)


def _leave(element: Element, printer: _Printer) -> None:
    if element.tag == "q":
        printer.current.append("”")
    elif element.tag in _BLOCKS and element.tag != "dt":
        printer.end_line()


class _Printer:
    """The lines so far and the one that is being written."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.current: list[str] = []
        self.linked = 0
        self.pending = ""

    @property
    def begun(self) -> bool:
        """Whether the line has text."""
        return any(piece.strip() for piece in self.current)

    @property
    def ends_with_colon(self) -> bool:
        """Whether the line's text ends with a colon."""
        return "".join(self.current).rstrip().endswith((":", "："))

    def write(self, words: str, place: _Open) -> None:
        """Add text as it stands in the source."""
        words = words.translate(_UNSEEN)
        if place.raised:
            words = words.translate(_RAISED) if words.strip().strip("+-").isdecimal() else words
        if place.pre:
            first, *others = words.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "\xa0").split("\n")
            self._add(first, place.linked)
            for line in others:
                self.end_line(blank=True)
                self._add(line, place.linked)
        else:
            self._add(_BLANKS.sub(" ", _WRAP.sub("\n", words)), place.linked)

    def _add(self, words: str, linked: bool) -> None:
        if self.pending and words.strip():
            self.current.append(self.pending)
            self.pending = ""
        self.current.append(words)
        if linked:
            self.linked += len(words.strip())

    def end_line(self, *, blank: bool = False) -> None:
        """Finish the line; where nothing stands on it, an empty line is left only when `blank` asks for it."""
        text = "".join(self.current)
        blank = blank or "\xa0" in text
        text = _WRAPPED_FULL.sub("", text) if "\n" in text else text
        text = re.sub(" *\n *| {2,}", " ", text).replace("\xa0", " ").strip(" \t\u3000")
        if text:
            self.lines.append(Line(text, self.linked))
        elif blank and self.lines and self.lines[-1].text:
            self.lines.append(Line(""))
        self.current = []
        self.linked = 0

    def rows(self, rows: list[list[str]]) -> None:
        """Print the rows of a data table."""
        for row in rows:
            words = "\t".join(row).strip("\t")
            if words:
                self.lines.append(Line(words))

    def finished(self) -> list[Line]:
        """All lines, the empty ones at both ends left out."""
        self.end_line()
        found = self.lines
        start = next((at for at, line in enumerate(found) if line.text), len(found))
        end = next((at for at in range(len(found), start, -1) if found[at - 1].text), start)
        return found[start:end]


# --- tables ------------------------------------------------------------------------------------------------------


def _data_rows(table: Element, skip: Skip) -> list[list[str]] | None:
    """The cells of a table of data; None for a table that lays out a page."""
    rows: list[list[Element]] = []
    for element in _parts(table):
        if element.tag == "table":
            return None
        if element.tag == "tr":
            rows.append([])
        elif element.tag in ("td", "th") and rows and not hidden(element) and not skip(element):
            rows[-1].append(element)
    if max(map(len, rows), default=0) < 2:
        return None
    found: list[list[str]] = []
    for row in rows:
        found.append([])
        for cell in row:
            printed = [line.text for line in lines(cell, skip) if line.text]
            if len(printed) > _CELL_LINES or sum(map(len, printed)) > _CELL_CHARACTERS:
                return None
            found[-1].append(joined(printed))
    return found


def _parts(table: Element) -> Iterator[Element]:
    parts = table.elements()
    next(parts)
    return parts


def joined(printed: list[str]) -> str:
    """Lines of one cell as one: a blank is put where neither side is full-width."""
    return _WRAPPED_FULL.sub("", "\n".join(printed)).replace("\n", " ")
