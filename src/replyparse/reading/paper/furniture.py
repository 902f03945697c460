"""What belongs to the paper and not to the letter: watermarks, running headers and footers, page numbers.

What repeats is counted on pages that differ: a letter that was put in twice has no furniture for that.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from replyparse.reading.paper.shapes import Atom, Line, Page, Row

#: A watermark is two of these: printed light, so many times larger than the text, at the same place on most pages.
_LARGE = 1.5
_MOST = 0.5
#: A header stands among the first lines of most pages, a footer among the last ones.
_EDGE = 3
_OFTEN = 0.4  # of the pages: left and right pages may differ, the first has none

_DASH = r"[-—–―─_~·•.|\s]"
_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}+\d{{1,4}}{_DASH}*|{_DASH}*\d{{1,4}}{_DASH}+"
    rf"|{_DASH}*第?\s*{_NUMBER}\s*页\s*[,，/、]?\s*(?:[(（]?共\s*{_NUMBER}\s*页[)）]?)?{_DASH}*"
    rf"|{_DASH}*共\s*{_NUMBER}\s*页\s*[,，/、]?\s*第\s*{_NUMBER}\s*页{_DASH}*"
    r"|(?:Page\s*)?\d{1,4}\s*(?:/|of)\s*\d{1,4}",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
#: What browsers print around a page: its address with the page number, the time with its title.
_BROWSER = re.compile(r"(?:https?|file)://\S+\s+\d{1,4}/\d{1,4}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}:\d\d\b.*")
_DIGITS = re.compile(r"\d+")

_Page = TypeVar("_Page")


def without_watermarks(pages: Sequence[Page], size: float) -> list[Page]:
    """The pages without their watermarks; `size` is that of the text."""
    different = _different((page, page.atoms) for page in pages)
    places = Counter(place for page in different for place in {_place(atom) for atom in page.atoms})
    least = max(2, _MOST * len(different))

    def watermark(atom: Atom) -> bool:
        return atom.faint + (atom.size >= _LARGE * size) + (places[_place(atom)] >= least) > 1

    return [replace(page, atoms=tuple(atom for atom in page.atoms if not watermark(atom))) for page in pages]


def _place(atom: Atom) -> tuple[str, int, int]:
    return atom.text, round(atom.left / 2), round(atom.top / 2)


def without_edges(pages: Sequence[Sequence[Line | Row]]) -> list[list[Line | Row]]:
    """The lines of the pages without running headers, footers and page numbers; rows of tables always stay."""
    different = _different((lines, lines) for lines in pages)
    heights: defaultdict[str, list[float]] = defaultdict(list)
    for lines in different:
        for text, top in {_key(line): line.top for line in _edges(lines)}.items():
            heights[text].append(top)
    least = max(2, _OFTEN * len(different))
    counted = Counter(
        int(line.text) - number
        for number, lines in enumerate(pages, 1)
        for line in _edges(lines)
        if _BARE_NUMBER.fullmatch(line.text)
    )
    kept = []
    for number, lines in enumerate(pages, 1):
        edges = _edges(lines)

        def furniture(line: Line, first: bool, number: int = number) -> bool:
            text = line.text.strip()
            repeated = sum(abs(top - line.top) <= line.size for top in heights[_key(line)])
            if repeated >= least or _BROWSER.fullmatch(text):
                return True
            if _BARE_NUMBER.fullmatch(text):
                return counted[int(text) - number] >= least or int(text) == number
            return first and _PAGE_NUMBER.fullmatch(text) is not None

        outermost = _outermost(lines)
        kept.append(
            [
                line
                for line in lines
                if not (isinstance(line, Line) and line in edges and furniture(line, line in outermost))
            ]
        )
    return kept


def _different(pages: Iterable[tuple[_Page, Sequence[Atom | Line | Row]]]) -> list[_Page]:
    """The pages, those that differ in nothing but digits once."""
    return list({_DIGITS.sub("0", "\n".join(piece.text for piece in pieces)): page for page, pieces in pages}.values())


def _edges(lines: Sequence[Line | Row]) -> list[Line]:
    return [line for line in [*lines[:_EDGE], *lines[_EDGE:][-_EDGE:]] if isinstance(line, Line)]


def _outermost(lines: Sequence[Line | Row]) -> list[Line]:
    return [line for line in (*lines[:1], *lines[-2:]) if isinstance(line, Line)]


def _key(line: Line) -> str:
    """What makes two lines at the same height the same header: their text but for digits."""
    return _DIGITS.sub("0", line.text)
