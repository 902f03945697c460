"""Tables: rows of cells between ruled lines, or in columns that gaps keep apart.

A grid needs upright lines too: a lone frame and the level lines of a letterhead are no table. Cells that were merged
are one cell, at their first row and column. Without ruled lines, neighbouring lines of three runs or more that stand
above one another are a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from replyparse.reading.paper.lines import lines_of
from replyparse.reading.paper.shapes import Atom, Line, Page, Row, Run

_TOUCH = 2.5  # ruled lines that come so near (points) meet
_MAX_RULES = 300  # a page with more, once pieces of one line are joined, is a drawing
_MIN_RUNS = 3  # of a row without ruled lines


@dataclass(frozen=True, slots=True)
class _Rule:
    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        return self.start - _TOUCH <= place <= self.end + _TOUCH


@dataclass(frozen=True, slots=True)
class _Grid:
    """Ruled lines that meet: the places of its lines across, and the lines themselves."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[_Rule, ...]
    upright: tuple[_Rule, ...]

    def cell_of(self, atom: Atom) -> tuple[int, int] | None:
        """Row and column of the cell in which the middle of a piece lies."""
        row = _interval(self.ys, (atom.top + atom.bottom) / 2)
        column = _interval(self.xs, (atom.left + atom.right) / 2)
        return None if row is None or column is None else (row, column)

    def origins(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell, the first cell of those it was merged with."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for row, (top, bottom) in enumerate(pairwise(self.ys)):
            for column, (left, right) in enumerate(pairwise(self.xs)):
                here = (row, column)
                if column and not _ruled(self.upright, left, (top + bottom) / 2):
                    found[here] = found[row, column - 1]
                elif row and not _ruled(self.level, top, (left + right) / 2):
                    found[here] = found[row - 1, column]
                else:
                    found[here] = here
        return found


def ruled(page: Page) -> tuple[list[Row], list[Atom]]:
    """The rows of the tables between ruled lines, and the pieces outside them."""
    grids = _grids(page)
    cells: list[dict[tuple[int, int], list[Atom]]] = [{} for _ in grids]
    origins = [grid.origins() for grid in grids]
    outside: list[Atom] = []
    for atom in page.atoms:
        for grid, filled, origin in zip(grids, cells, origins, strict=True):
            place = grid.cell_of(atom)
            if place is not None:
                filled.setdefault(origin[place], []).append(atom)
                break
        else:
            outside.append(atom)
    rows: list[Row] = []
    for grid, filled, origin in zip(grids, cells, origins, strict=True):
        for number in range(len(grid.ys) - 1):
            own = [origin[number, column] for column in range(len(grid.xs) - 1)]
            columns = [place for at, place in enumerate(own) if at == 0 or place != own[at - 1]]
            row = tuple(tuple(lines_of(filled.get(place, ()))) if place[0] == number else () for place in columns)
            if any(row):
                rows.append(Row(row, grid.ys[number]))
    return rows, outside


def aligned(lines: Sequence[Line | Row]) -> list[Line | Row]:
    """The same, with lines of several runs that form columns made into rows."""
    found: list[Line | Row] = []
    at = 0
    while at < len(lines):
        table = _table(lines, at)
        if len(table) < 2:
            found.append(lines[at])
            at += 1
            continue
        columns = _columns(table)
        rows: list[list[list[Run]]] = []
        tops: list[float] = []
        pitch = min(b.top - a.top for a, b in pairwise(line for line in table if len(line.runs) == len(columns)))
        for number, line in enumerate(table):
            placed = _placed(line, columns)
            apart = line.top - table[number - 1].top if number else 0
            if rows and not placed[0] and apart < 0.9 * pitch:  # the rest of cells that were wrapped
                for cell, rest in zip(rows[-1], placed, strict=True):
                    cell += rest
            else:
                rows.append(placed)
                tops.append(line.top)
        for row, top in zip(rows, tops, strict=True):
            found.append(Row(tuple(tuple(Line((run,)) for run in cell) for cell in row), top))
        at += len(table)
    return found


def _table(lines: Sequence[Line | Row], at: int) -> list[Line]:
    """The lines from `at` on that form columns: the first is whole, at least one more is, the others fit in."""
    first = lines[at]
    if not isinstance(first, Line) or len(first.runs) < _MIN_RUNS:
        return []
    table, whole = [first], 1
    for line in lines[at + 1 :]:
        if not isinstance(line, Line) or len(line.runs) > len(first.runs):
            break
        columns = _columns(table)
        if any(sum(_overlap(run, column) for column in columns) != 1 for run in line.runs):
            break
        full = len(line.runs) == len(columns)
        if not full and len(line.runs) < 2 and line.left <= columns[0][1]:
            break
        table.append(line)
        whole += full
    while len(table[-1].runs) < len(first.runs):
        table.pop()
    return table if whole > 1 else []


def _columns(table: Iterable[Line]) -> list[tuple[float, float]]:
    """From where to where the columns of the whole lines reach."""
    lines = list(table)
    whole = [line.runs for line in lines if len(line.runs) == len(lines[0].runs)]
    return [(min(run.left for run in column), max(run.right for run in column)) for column in zip(*whole, strict=True)]


def _placed(line: Line, columns: Sequence[tuple[float, float]]) -> list[list[Run]]:
    return [[run for run in line.runs if _overlap(run, column)] for column in columns]


def _overlap(run: Run, column: tuple[float, float]) -> bool:
    return run.left < column[1] and run.right > column[0]


def _grids(page: Page) -> list[_Grid]:
    level = _joined(page.level)
    upright = _joined(page.upright)
    if not level or not upright or len(level) + len(upright) > _MAX_RULES:
        return []
    groups: list[tuple[list[_Rule], list[_Rule]]] = []
    for rule in level:
        groups.append(([rule], []))
    for rule in upright:
        met = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        if met:
            groups = [group for group in groups if group not in met]
            across = [other for group in met for other in group[0]]
            groups.append((across, [*(other for group in met for other in group[1]), rule]))
    grids = []
    for across, down in groups:
        if not down:
            continue
        xs = _places([*(rule.at for rule in down), *(end for rule in across for end in (rule.start, rule.end))])
        ys = _places([*(rule.at for rule in across), *(end for rule in down for end in (rule.start, rule.end))])
        if len(xs) > 2 and len(ys) > 1:
            grids.append(_Grid(xs, ys, tuple(across), tuple(down)))
    return grids


def _meet(level: _Rule, upright: _Rule) -> bool:
    return level.covers(upright.at) and upright.covers(level.at)


def _joined(rules: Iterable[tuple[float, float, float]]) -> list[_Rule]:
    """The ruled lines, those that continue one another joined: each cell draws its own borders."""
    found: list[_Rule] = []
    for at, group in _by_place(rules):
        start, end = group[0]
        for next_start, next_end in group[1:]:
            if next_start > end + _TOUCH:
                found.append(_Rule(at, start, end))
                start, end = next_start, next_end
            end = max(end, next_end)
        found.append(_Rule(at, start, end))
    return found


def _by_place(rules: Iterable[tuple[float, float, float]]) -> list[tuple[float, list[tuple[float, float]]]]:
    """The stretches of the lines at (nearly) the same place, from their start on."""
    groups: list[tuple[float, list[tuple[float, float]]]] = []
    for at, start, end in sorted(rules):
        if not groups or at > groups[-1][0] + _TOUCH:
            groups.append((at, []))
        groups[-1][1].append((start, end))
    return [(at, sorted(stretches)) for at, stretches in groups]


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """The different places among the values."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value > found[-1] + _TOUCH:
            found.append(value)
    return tuple(found)


def _interval(places: Sequence[float], value: float) -> int | None:
    return next((i for i, (start, end) in enumerate(pairwise(places)) if start <= value < end), None)


def _ruled(rules: Iterable[_Rule], at: float, across: float) -> bool:
    return any(abs(rule.at - at) <= _TOUCH and rule.covers(across) for rule in rules)
