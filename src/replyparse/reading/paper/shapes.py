"""What lies on a page: pieces of text and ruled lines with their places, and the lines and rows made of them.

Places are in points or pixels, only their proportions matter; y grows downwards. All are as a reader holds the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Atom(NamedTuple):
    """What was set or recognized as one piece: a character of a pdf (blanks too), a line of a scan.

    `bottom - top` is the size of the type. `faint` says that it is printed light; `confidence` (0 to 1) is given where
    the text was read from a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    faint: bool = False
    confidence: float | None = None

    @property
    def size(self) -> float:
        """The size of the type: the side of a Han character."""
        return self.bottom - self.top


class Rule(NamedTuple):
    """A ruled line, upright or level: it runs from `start` to `end` at `at`, the place across its direction."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of one page, in any order, and its ruled lines."""

    width: float
    height: float
    atoms: tuple[Atom, ...]
    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of one line without a wide gap between them; `confidence` is that of the least sure."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose: one run, or several with wide gaps between."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Its text, wide gaps as four blanks."""
        return WIDE_GAP.join(run.text for run in self.runs)

    @property
    def recognized(self) -> bool:
        """Whether it was read from a picture, so that its places are about right only."""
        return any(run.confidence is not None for run in self.runs)

    @property
    def left(self) -> float:
        """Where its text begins."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where its text ends."""
        return self.runs[-1].right

    @property
    def top(self) -> float:
        """The top of its tallest piece."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """The bottom of its lowest piece."""
        return max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """The size of its largest type."""
        return max(run.size for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the lines of each cell."""

    cells: tuple[tuple[Line, ...], ...]
    top: float

    @property
    def text(self) -> str:
        """The texts of its cells, parted by tabs."""
        return "\t".join("".join(line.text for line in cell) for cell in self.cells)


#: What stands in the text for a wide gap within a line.
WIDE_GAP = "    "
