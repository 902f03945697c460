"""From pages on which pieces of text lie at places to the text that a reader of the paper would copy out.

Watermarks, running headers, footers and page numbers are left out, lines joined to paragraphs across wraps and pages,
rows of tables are lines whose cells are parted by tabs. Nothing here knows where the pieces came from: a pdf, a scan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from replyparse.reading.paper.furniture import without_edges, without_watermarks
from replyparse.reading.paper.lines import lines_of
from replyparse.reading.paper.paragraphs import Measure, continues, glue, measure, size_of
from replyparse.reading.paper.shapes import WIDE_GAP, Atom, Line, Page, Row, Rule, Run
from replyparse.reading.paper.tables import aligned, ruled

__all__ = ["Atom", "Composed", "Page", "Rule", "compose"]

_TEXT_CELL = 6  # lines: a cell with more holds paragraphs, and its row is set as such


@dataclass(slots=True)
class Composed:
    """The text, the offset at which each page begins, and start, end and confidence of each recognized run."""

    text: str = ""
    pages: list[int] = field(default_factory=list)
    recognized: list[tuple[int, int, float]] = field(default_factory=list)


def compose(pages: Sequence[Page]) -> Composed:
    """The text of the pages."""
    every = [line for page in pages for line in lines_of(page.atoms)]
    if not every:
        return Composed(pages=[0] * len(pages))
    pages = without_watermarks(pages, size_of(every))
    laid_out = [aligned(lines) for lines in without_edges([_lines(page) for page in pages])]
    return _written(_once(laid_out), pages)


def _lines(page: Page) -> list[Line | Row]:
    """The lines of a page and the rows of its ruled tables, from the top down."""
    rows, atoms = ruled(page)
    pieces: list[Line | Row] = [*lines_of(atoms), *rows]
    found: list[Line | Row] = []
    for line in sorted(pieces, key=lambda line: line.top):
        if isinstance(line, Row) and max(map(len, line.cells)) > _TEXT_CELL:
            found += [piece for cell in line.cells for piece in cell]
        else:
            found.append(line)
    return found


def _once(pages: Sequence[list[Line | Row]]) -> list[list[Line | Row]]:
    """The pages, with the heading of a table that goes on overleaf not repeated there."""
    kept = [list(lines) for lines in pages]
    for before, lines in pairwise(kept):
        if not before or not lines or not isinstance(before[-1], Row) or not isinstance(lines[0], Row):
            continue
        above = len(before)
        while above and isinstance(before[above - 1], Row):
            above -= 1
        if before[above].text == lines[0].text:
            del lines[0]
    return kept


def _written(pages: Sequence[Sequence[Line | Row]], sizes: Sequence[Page]) -> Composed:
    composed = Composed()
    parts: list[str] = []
    length = 0

    def put(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    measures = _measures(pages, sizes)
    last: tuple[Line | Row, Measure, int] | None = None
    for number, (lines, area) in enumerate(zip(pages, measures, strict=True)):
        begun = False
        for line in lines:
            if last is None:
                pass
            elif continues(last[0], line, last[1], area, same_page=last[2] == number):
                put(glue(last[0].text, line.text))
            else:
                put("\n")
            if not begun:
                composed.pages.append(length)
                begun = True
            for separator, run in _runs(line):
                put(separator)
                if run.confidence is not None:
                    composed.recognized.append((length, length + len(run.text), run.confidence))
                put(run.text)
            last = (line, area, number)
        if not begun:
            composed.pages.append(length)
    composed.text = "".join(parts)
    return composed


def _runs(line: Line | Row) -> Iterator[tuple[str, Run]]:
    """The runs of a line or row, each with what stands before it."""
    if isinstance(line, Line):
        for at, run in enumerate(line.runs):
            yield (WIDE_GAP if at else ""), run
        return
    tabs = ""
    for cell in line.cells:
        before = ""
        for run in (run for piece in cell for run in piece.runs):
            yield tabs + glue(before, run.text), run
            before, tabs = run.text, ""
        tabs += "\t"


def _measures(pages: Sequence[Sequence[Line | Row]], sizes: Sequence[Page]) -> list[Measure]:
    """The type area of each page: its own where it is sure, else that of all pages."""
    prose = [[line for line in lines if isinstance(line, Line)] for lines in pages]
    every = measure([line for lines in prose for line in lines], sizes[0].width) or Measure(0, 0, 1, 1, False)
    found = []
    for lines, page in zip(prose, sizes, strict=True):
        own = measure(lines, page.width) if len(lines) > 5 else None
        near = own and max(abs(own.left - every.left), abs(own.right - every.right)) < 1.5 * every.size
        found.append(own if own and near else every)
    return found
