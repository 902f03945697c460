"""What the division of a reply looks like: parts with roles, and the marks of their labels."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from replyparse.mark import Clue, Mark
from replyparse.record import Role, Span


@dataclass(frozen=True, slots=True)
class Part:
    """One section, before it becomes a record; spans are of the shadow.

    `level` goes by the kind of label (一、 1, (一) 2, 1. 3, (1) and ① 4, run-in 一是 5) and is 0 for parts of the
    top level that have none. A part without label inside another one (its lead-in, or a turn to plans) stands one
    level below it, so that a reader who paints parts by level, the deepest last, gets every role right. `clue` says
    what gave the part its role; None where it only has its parent's.
    """

    id: str
    parent: str | None
    level: int
    label: str | None
    title: str | None
    role: Role
    span: Span
    heading: Span | None
    clue: Clue | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts in reading order; children tile their parent, the top level tiles the text."""

    parts: tuple[Part, ...]
    labels: tuple[Mark, ...]
    leaves: tuple[Part, ...] = field(init=False)
    _starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        parents = {part.parent for part in self.parts}
        leaves = tuple(part for part in self.parts if part.id not in parents)
        object.__setattr__(self, "leaves", leaves)
        object.__setattr__(self, "_starts", tuple(part.span.start for part in leaves))

    def part_at(self, offset: int) -> Part:
        """The deepest part that holds the character at `offset` (the last part for an offset beyond the text)."""
        if not self.leaves:
            raise LookupError("an empty text has no parts")
        return self.leaves[max(0, bisect_right(self._starts, offset) - 1)]

    def roles_in(self, span: Span) -> set[Role]:
        """The roles of the deepest parts that a stretch touches."""
        first, last = (max(1, bisect_right(self._starts, offset)) for offset in (span.start, span.end - 1))
        return {part.role for part in self.leaves[first - 1 : last]}

    def role_at(self, offset: int) -> Role:
        """The role of the deepest part at `offset`; an empty text counts as preamble."""
        return self.part_at(offset).role if self.leaves else "preamble"
