"""The characters and ruled lines of a pdf's page, as pdfium gives them → `Page`.

A page that is stored on its side is turned; characters that stand askew to the others (watermarks, stamps) are left
out, and so is invisible text on a page that shows some: it repeats what is seen.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from replyparse.reading.paper import Atom, Page, Rule

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage

#: A drawing of a map has many more strokes than a table has lines.
MAX_STROKES = 20_000

_QUARTER = math.pi / 2
_ASKEW = 0.05  # radians
_FAINT = 0.55  # of white, and lighter
_SHEER = 150  # of 255: less opaque is faint as well
_THIN = 3.0  # points: a filled shape no thicker is a ruled line
_UNMAPPED = "\ufffd"
_ASCENT = 0.88  # of the size, above the line that characters stand on


class _Glyph(NamedTuple):
    """A character in the coordinates of the pdf, y growing upwards."""

    text: str
    x: float
    y: float
    advance: float
    size: float
    angle: float
    faint: bool
    seen: bool


class TooManyError(Exception):
    """A page holds more characters than were asked for at most."""


def page_of(page: PdfPage, *, most: int) -> Page:
    """The characters and ruled lines of a page; a character that the font gives no meaning is U+FFFD.

    Raises `TooManyError` for a page of more than `most` characters.
    """
    glyphs = list(_glyphs(page, most))
    if any(glyph.seen for glyph in glyphs if not glyph.text.isspace()):
        glyphs = [glyph for glyph in glyphs if glyph.seen]
    turns = Counter(round(glyph.angle / _QUARTER) % 4 for glyph in glyphs)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = page.get_bbox()
    frame = _Frame(turn, left, bottom, right, top)
    atoms = tuple(frame.atom(glyph) for glyph in glyphs if abs(_difference(glyph.angle, turn * _QUARTER)) < _ASKEW)
    level, upright = _rules(page, frame)
    return Page(frame.width, frame.height, atoms, level, upright)


class _Frame:
    """Turns places on the stored page into places on the page as it is read, y growing downwards."""

    def __init__(self, turn: int, left: float, bottom: float, right: float, top: float) -> None:
        self._cos, self._sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
        corners = [self._turned(x, y) for x in (left, right) for y in (bottom, top)]
        self._left = min(x for x, _ in corners)
        self._top = max(y for _, y in corners)
        self.width = max(x for x, _ in corners) - self._left
        self.height = self._top - min(y for _, y in corners)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        return x * self._cos + y * self._sin, y * self._cos - x * self._sin

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Distance from the left and the top edge."""
        x, y = self._turned(x, y)
        return x - self._left, self._top - y

    def atom(self, glyph: _Glyph) -> Atom:
        x, y = self.place(glyph.x, glyph.y)
        top = y - _ASCENT * glyph.size
        return Atom(glyph.text, x, top, x + glyph.advance, top + glyph.size, glyph.faint)


def _difference(one: float, other: float) -> float:
    return (one - other + math.pi) % (2 * math.pi) - math.pi


def _glyphs(page: PdfPage, most: int) -> Iterator[_Glyph]:
    text = page.get_textpage()
    try:
        handle = text.raw
        box = pdfium.FS_RECTF()
        matrix = pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        colour = [ctypes.c_uint() for _ in range(4)]
        high = 0
        count = pdfium.FPDFText_CountChars(handle)
        if count > most:
            raise TooManyError
        for index in range(count):
            if pdfium.FPDFText_IsGenerated(handle, index) == 1:
                continue
            code = pdfium.FPDFText_GetUnicode(handle, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(handle, index, box)
            pdfium.FPDFText_GetMatrix(handle, index, matrix)
            size = pdfium.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
            angle = math.atan2(matrix.b, matrix.a)
            along = box.right - box.left if round(angle / _QUARTER) % 2 == 0 else box.top - box.bottom
            if not (math.isfinite(size) and 0 < size < 1000 and math.isfinite(x.value + y.value + along)):
                continue
            pdfium.FPDFText_GetFillColor(handle, index, *colour)
            red, green, blue, alpha = (part.value for part in colour)
            light = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
            drawn = pdfium.FPDFText_GetTextObject(handle, index)
            seen = pdfium.FPDFTextObj_GetTextRenderMode(drawn) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            yield _Glyph(
                _meant(code, pdfium.FPDFText_HasUnicodeMapError(handle, index) == 1),
                x.value, y.value, along, size, angle, light > _FAINT or alpha < _SHEER, seen,
            )  # fmt: skip
    finally:
        text.close()


def _meant(code: int, unmapped: bool) -> str:
    """The character; U+FFFD for none, for a surrogate, a control and the private use area."""
    private = 0xE000 <= code < 0xF900 or code >= 0xF0000
    if unmapped or private or 0xD800 <= code < 0xE000 or code >= 0x110000:
        return _UNMAPPED
    if code in (0x09, 0x0A, 0x0D, 0xA0):
        return " "
    return chr(code) if code >= 0x20 and not 0x7F <= code < 0xA0 and code != 0xFFFE else _UNMAPPED


def _rules(page: PdfPage, frame: _Frame) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The level and the upright ruled lines."""
    level: list[Rule] = []
    upright: list[Rule] = []
    strokes = 0
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        for start, end in _strokes(drawn):
            strokes += 1
            if strokes > MAX_STROKES:
                return (), ()
            (x0, y0), (x1, y1) = frame.place(*start), frame.place(*end)
            if abs(y0 - y1) <= _THIN < abs(x0 - x1):
                level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= _THIN < abs(y0 - y1):
                upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return tuple(level), tuple(upright)


def _strokes(drawn: PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path, and of a thin filled shape the one that it looks like."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroked)
    matrix = drawn.get_matrix()
    holder = drawn.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    points = list(_points(drawn))
    if not stroked.value:
        corners = [matrix.on_point(x, y) for x, y, _ in points]
        if fill.value and corners:
            (x0, x1), (y0, y1) = (sorted((min(side), max(side))) for side in zip(*corners, strict=True))
            if min(x1 - x0, y1 - y0) <= _THIN:
                level = x1 - x0 > y1 - y0
                middle = (y0 + y1) / 2 if level else (x0 + x1) / 2
                yield ((x0, middle), (x1, middle)) if level else ((middle, y0), (middle, y1))
        return
    here: tuple[float, float] | None = None
    for x, y, moved in points:
        there = matrix.on_point(x, y)
        if here is not None and not moved:
            yield here, there
        here = there


def _points(drawn: PdfObject) -> Iterator[tuple[float, float, bool]]:
    """The points of a path, and of each whether the pen was lifted on the way to it; a closed figure returns."""
    x, y = ctypes.c_float(), ctypes.c_float()
    begun: tuple[float, float] | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn.raw), MAX_STROKES)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        moved = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        begun = (x.value, y.value) if moved or begun is None else begun
        yield x.value, y.value, moved
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield *begun, False
