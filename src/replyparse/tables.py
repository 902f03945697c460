"""Flattened tables: rows of figures under a row of headings, as text extraction leaves them (cells parted by blanks).

Between tabs a cell may be empty (merged cells leave such), unless the rows only fit without empty ones: some texts
align their columns with several tabs.

A heading such as 补助金额(万元) gives the figures under it their metric and unit; the line above the headings, the
table's title, gives them their period. Columns without a unit (year, number) make no claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from replyparse.lines import Layout
from replyparse.mark import Mark
from replyparse.patterns import regex
from replyparse.record import Span

_GAP = regex(r"\t[ \t]*| {1,}|\|")
_TAB = regex(r" *\t *")
_FIGURE = regex(r"\d[\d,]*(?:\.\d+)?%?")
_GLUED = regex(r"(?P<label>.*[\u4e00-\u9fff)])(?P<figure>\d[\d,]*(?:\.\d+)?%?)")
_UNIT = regex(r"(?P<metric>.+?)[(/](?:单位:)?(?P<unit>[^()]{1,8})[)]?")
_COMMON_UNIT = regex(r"单位:\s?(?P<unit>[\u4e00-\u9fff%/]{1,6})")
_PROSE = regex("[。;,]")  # no headings stand in such a line
_NUMBERING = {"序号", "编号", "年份", "年度", "时间", "日期"}
_MIN_COLUMNS = 2


class Cell(NamedTuple):
    """One figure of a table: its mark (a claim), the column's metric, and the title line that dates it."""

    mark: Mark
    metric: str
    title: Span


class _Column(NamedTuple):
    metric: str
    unit: str | None


def find(layout: Layout, amount_of: Callable[[str], Mark | None]) -> tuple[Cell, ...]:
    """The figures of all tables. `amount_of` reads a figure with its unit ("12.5万元") as a quantity."""
    cells: list[Cell] = []
    at = 0
    while at < len(layout.lines):
        if _PROSE.search(layout.text, *layout.lines[at]):
            at += 1
            continue
        columns: list[_Column] = []
        rows: list[list[Span]] = []
        for empty in (True, False):
            if not rows:
                columns = _headings(layout, at, empty=empty)
                rows = list(_rows(layout, at + 1, len(columns), empty=empty)) if columns else []
        for row in rows:
            cells += _claims(layout.text, row, columns, _title(layout, at), amount_of)
        at += 1 + len(rows)
    return tuple(cells)


def _cells(text: str, line: Span, *, empty: bool) -> list[Span]:
    """The cells of a line: what stands between tabs, else between bars and blanks. `empty`: empty ones count."""
    end = line.start + len(text[line.start : line.end].rstrip("\n"))
    tabs = empty and "\t" in text[line.start : end]
    cells, start = [], line.start
    for gap in (_TAB if tabs else _GAP).finditer(text, line.start, end):
        cells.append(Span(start, gap.start()))
        start = gap.end()
    cells.append(Span(start, end))
    return cells if tabs else [cell for cell in cells if cell.end > cell.start]


def _headings(layout: Layout, at: int, *, empty: bool) -> list[_Column]:
    """The columns that a line of headings names, [] where the line is none: one heading at least gives a unit."""
    text = layout.text
    cells = [text[start:end] for start, end in _cells(text, layout.lines[at], empty=empty)]
    if len(cells) < _MIN_COLUMNS or any(map(_FIGURE.fullmatch, cells)):
        return []
    above = text[layout.lines[at - 1].start : layout.lines[at - 1].end] if at else ""
    common = _COMMON_UNIT.search(above)
    columns = []
    for cell in cells:
        unit = _UNIT.fullmatch(cell)
        printed = unit["unit"] if unit else common["unit"] if common else None
        columns.append(_Column(unit["metric"] if unit else cell, None if cell in _NUMBERING else printed))
    return columns if any(column.unit for column in columns) else []


def _rows(layout: Layout, at: int, width: int, *, empty: bool) -> Iterator[list[Span]]:
    """The rows that follow a line of headings: as many cells as it has, figures among them."""
    for line in layout.lines[at:]:
        cells = _cells(layout.text, line, empty=empty)
        if len(cells) == width - 1 and (glued := _GLUED.fullmatch(layout.text, *cells[0])):
            cells[:1] = [Span(*glued.span("label")), Span(*glued.span("figure"))]
        if len(cells) != width or not any(_FIGURE.fullmatch(layout.text, *cell) for cell in cells):
            return
        yield cells


def _title(layout: Layout, at: int) -> Span:
    """The nearest line with text above the headings, the table's title, as far as the headings reach."""
    above = at - 1
    while above > 0 and not layout.text[slice(*layout.lines[above])].strip():
        above -= 1
    return layout.lines[max(0, above)]


def _claims(
    text: str, row: list[Span], columns: list[_Column], title: Span, amount_of: Callable[[str], Mark | None]
) -> Iterator[Cell]:
    for cell, column in zip(row, columns, strict=True):
        figure = text[cell.start : cell.end]
        unit = "" if figure.endswith("%") else column.unit
        if unit is None or not _FIGURE.fullmatch(figure):
            continue
        read = amount_of(figure + unit)
        if read is not None:
            yield Cell(Mark(cell, "claim", "tables.cell", read.value), column.metric, title)
