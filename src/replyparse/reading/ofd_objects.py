"""The objects on a page of an OFD document (GB/T 33190-2016, 8 to 13): where each character stands, and ruled lines.

Places are in millimetres from the upper left corner of the page. An object has a box on the page (`Boundary`) and may
have a matrix (`CTM`) that is applied to what it holds before it is put there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from replyparse.reading.paper import Atom, Page, Rule

if TYPE_CHECKING:
    from lxml.etree import _Element

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_STEP = re.compile(rf"g\s+(\d{{1,5}})\s+({_NUMBER.pattern})|({_NUMBER.pattern})")
_PATH = re.compile(rf"([A-Z])|({_NUMBER.pattern})")
#: Numbers that follow the operators of a path; the last two are the point where it goes on.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_NARROW = re.compile("[ -~]")
#: Marks whose right half is empty; at the end of a line it may stand beyond the margin (标点溢出边界).
_CLOSING = frozenset("，。、；：！？）〕》”’】")
_ASCENT = 0.88  # of the size of the type stands above the base line
_FAINT = 190  # of 255: mean of a colour, from which text is printed light
_THIN = 0.3  # a share of 255 in `Alpha`, under which it is as well
_TILT = 0.1  # sine from which text stands aslant, as watermarks do
_STRAIGHT, _SHORT = 0.3, 2.0  # millimetres that a ruled line may lean, and must be long
_NESTED = 16  # objects in objects
#: Characters and objects on all pages of a document, and ruled lines of one page that are looked at.
MAX_CHARACTERS = 500_000
MAX_OBJECTS = 500_000
_MOST_RULES = 2_000


def each(parent: _Element, name: str) -> Iterator[_Element]:
    """The elements of a name anywhere in `parent`, whatever the namespace, which differs between programs."""
    return parent.iter(f"{{*}}{name}")


def first(parent: _Element, name: str) -> _Element | None:
    """The first of those elements."""
    return next(each(parent, name), None)


def numbers(text: str | None) -> list[float]:
    """The numbers of an array (ST_Array)."""
    return [value for found in _NUMBER.findall(text or "") if abs(value := float(found)) < 1e6]


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """A box (ST_Box): left, top, width, height; None for anything else."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


class Setting:
    """Sets page after page; `composites` are the objects that others refer to, by id."""

    def __init__(self, composites: dict[str | None, _Element]) -> None:
        self._composites = composites
        self._atoms: list[Atom] = []
        self._level: list[Rule] = []
        self._upright: list[Rule] = []
        self._objects_met = 0
        self._characters = 0

    @property
    def full(self) -> bool:
        """Whether the document has more characters or objects than the limits; then something was not set."""
        return self._characters > MAX_CHARACTERS or self._objects_met > MAX_OBJECTS

    def page(self, left: float, top: float, width: float, height: float) -> Page:
        """The page with all that was put on it since the last one; the box says which part of the plane it is."""
        inside = [a for a in self._atoms if left <= a.right <= left + width and top <= a.bottom <= top + height]
        page = Page(width, height, tuple(inside), tuple(self._level[:_MOST_RULES]), tuple(self._upright[:_MOST_RULES]))
        self._atoms, self._level, self._upright = [], [], []
        return page

    def put(self, content: _Element | None) -> None:
        """Puts the objects of a page or template."""
        found = None if content is None else first(content, "Content")
        if found is not None:
            self._objects(found, _SAME, 0)

    def _objects(self, parent: _Element, matrix: _Matrix, depth: int) -> None:
        for element in parent:
            self._objects_met += 1
            if self.full or depth > _NESTED:
                return
            kind = str(element.tag).rpartition("}")[2]
            if element.get("Visible") in {"false", "0"}:
                continue
            if kind in {"Layer", "PageBlock", "Content"}:
                self._objects(element, matrix, depth + 1)
            elif kind == "TextObject":
                self._text(element, _placed(element, matrix))
            elif kind == "PathObject":
                self._path(element, _placed(element, matrix))
            elif kind == "CompositeObject":
                unit = self._composites.get(element.get("ResourceID"))
                if unit is not None:
                    self._objects(unit, _placed(element, matrix), depth + 1)

    def _text(self, element: _Element, matrix: _Matrix) -> None:
        a, b, c, d, _, _ = matrix
        across, along = math.hypot(c, d), math.hypot(a, b)
        size = (numbers(element.get("Size")) or [0.0])[0]
        if size * across <= 0 or abs(b) > _TILT * along:
            return
        wide = (numbers(element.get("HScale")) or [1.0])[0] * size
        faint = _is_faint(element)
        x = y = 0.0
        for code in each(element, "TextCode"):
            text = (code.text or "").strip("\r\n")
            x = (numbers(code.get("X")) or [x])[0]
            y = (numbers(code.get("Y")) or [y])[0]
            widths = [wide * (0.5 if _NARROW.match(character) else 1.0) for character in text]
            rights, downs = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
            at_x, at_y = x, y
            self._characters += len(text)
            for at, character in enumerate(text[:MAX_CHARACTERS]):
                left, base = _moved(matrix, at_x, at_y)
                height = size * across
                top = base - _ASCENT * height
                inked = widths[at] * along * (0.5 if character in _CLOSING else 1.0)
                self._atoms.append(Atom(character, left, top, left + inked, top + height, faint))
                at_x += rights[at] if rights else 0.0 if downs else widths[at]
                at_y += downs[at] if downs else 0.0

    def _path(self, element: _Element, matrix: _Matrix) -> None:
        data = first(element, "AbbreviatedData")
        for start, end in _segments("" if data is None else data.text or ""):
            (x0, y0), (x1, y1) = _moved(matrix, *start), _moved(matrix, *end)
            if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORT:
                self._level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORT:
                self._upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _placed(element: _Element, outer: _Matrix) -> _Matrix:
    """The matrix from an object's own space to the page: first its CTM, then its place, then what holds it."""
    own = numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else _SAME
    left, top, _, _ = box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    e, f = e + left, f + top
    p, q, r, s, _, _ = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, *_moved(outer, e, f))


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _steps(text: str | None, length: int) -> list[float]:
    """The steps from character to character ("g 3 5.6": three of 5.6); the last one goes on. [] where none is given."""
    found: list[float] = []
    for times, repeated, single in _STEP.findall(text or ""):
        found += [float(repeated)] * min(int(times), length) if times else [float(single)]
        if len(found) >= length:
            break
    return found + [found[-1]] * (length - len(found)) if found else []


def _is_faint(element: _Element) -> bool:
    color = first(element, "FillColor")
    alphas = [numbers(one.get("Alpha")) for one in (element, color) if one is not None]
    value = [] if color is None else _channels(color.get("Value"))
    light = len(value) in (1, 3) and sum(value) / len(value) > _FAINT
    return light or any(alpha and alpha[0] < _THIN * 255 for alpha in alphas)


def _channels(text: str | None) -> list[float]:
    """The channels of a colour, 0 to 255; some programs write them in hexadecimal: #ee #20 #25."""
    hexadecimal = re.findall("#([0-9A-Fa-f]{1,2})(?![0-9A-Fa-f])", text or "")
    return [float(int(channel, 16)) for channel in hexadecimal] or numbers(text)


def _segments(data: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines of a path: M x y L x y … C."""
    begun = here = (0.0, 0.0)
    operator, operands = "", [0.0][:0]
    for letter, figure in _PATH.findall(data):
        if letter:
            operator, operands = letter, []
            if letter == "C":
                yield here, begun
                here = begun
            continue
        operands.append(float(figure))
        if len(operands) != _OPERANDS.get(operator, 0):
            continue
        there, operands = (operands[-2], operands[-1]), []
        if operator == "L":
            yield here, there
        elif operator in "SM":
            begun = there
        here = there
