"""Pieces of a page → lines in reading order, each cut into runs where a gap is wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from replyparse.reading.paper.shapes import Atom, Line, Run

#: Pieces share a line when their middles lie no further apart than this part of the larger type.
_SAME_LINE = 0.5
#: Gaps in sizes of the type: what parts words, what parts characters that were typed with a blank, what parts cells.
_WORD, _BLANK, _WIDE = 0.2, 0.6, 1.5
_WIDE_SEEN = 0.45  # between recognized pieces, which no one would have kept apart within a sentence
#: The same character again so near, in sizes of the type, is a bold face made by printing twice.
_OVERPRINT = 0.25

_NARROW = re.compile(r"[!-~]")
#: Radicals and compatibility forms that fonts give for the characters they look like; NFKC knows most of them.
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\ufe30-\ufe4f]")
_RADICALS = str.maketrans(
    "⺁⺅⺈⺊⺌⺗⺝⺟⺠⺧⺪⺫⺭⺮⺶⺷⺼⺾⻁⻄⻅⻆⻉⻋⻌⻓⻔⻖⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂亻刀卜小心月母民牛疋罒示竹羊羊肉艹虎西见角贝车辶长门阝青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


def lines_of(atoms: Iterable[Atom]) -> list[Line]:
    """The lines of the pieces, from the top down, each from left to right."""
    rows: list[tuple[Atom, list[Atom]]] = []  # the largest piece of a line, and all its pieces
    for atom in sorted(atoms, key=lambda atom: (atom.top + atom.bottom, atom.left)):
        if rows:
            largest, pieces = rows[-1]
            apart = abs(atom.top + atom.bottom - largest.top - largest.bottom) / 2
            if apart <= _SAME_LINE * max(atom.size, largest.size):
                pieces.append(atom)
                rows[-1] = (max(largest, atom, key=lambda one: one.size), pieces)
                continue
        rows.append((atom, [atom]))
    found = (_line(pieces) for _, pieces in rows)
    return [line for line in found if line is not None]


def _line(atoms: Sequence[Atom]) -> Line | None:
    """The line of pieces that stand side by side; None when they are blanks only."""
    printed: list[tuple[Atom, bool]] = []  # and whether a blank was set before it
    spaced = False
    for atom in sorted(atoms, key=lambda atom: atom.left):
        if atom.text.isspace():
            spaced = True
        elif not printed or not _overprinted(printed[-1][0], atom):
            printed.append((atom, spaced))
            spaced = False
    if not printed:
        return None
    gaps = [_gap(one, other) for (one, _), (other, _) in pairwise(printed)]
    unspaced = [gap for gap, (_, spaced) in zip(gaps, printed[1:], strict=True) if gap < _BLANK and not spaced]
    usual = max(0.0, median(unspaced or [0.0]))
    runs: list[list[str | Atom]] = [[printed[0][0]]]
    for ((one, _), (other, spaced)), gap in zip(pairwise(printed), gaps, strict=True):
        if gap >= (_WIDE if other.confidence is None else _WIDE_SEEN):
            runs.append([other])
        else:
            runs[-1] += [_between(unified(one.text)[-1], unified(other.text)[0], gap - usual, spaced), other]
    return Line(tuple(_run(pieces) for pieces in runs))


def _overprinted(one: Atom, other: Atom) -> bool:
    near = _OVERPRINT * one.size
    return one.text == other.text and abs(one.left - other.left) < near and abs(one.top - other.top) < near


def _gap(one: Atom, other: Atom) -> float:
    return (other.left - one.right) / max(one.size, other.size)


def _between(left: str, right: str, gap: float, spaced: bool) -> str:
    """What stands between two characters: a blank or nothing. `gap` is what exceeds the usual gap of the line.

    Word processors set a quarter of a character between Han characters and digits; it is no blank, whether it is
    white or a blank was written for it. Other blanks stay when somebody typed them.
    """
    if gap >= _BLANK:
        return " "
    narrow = _NARROW.match(left) is not None, _NARROW.match(right) is not None
    if all(narrow):
        return " " if spaced or gap >= _WORD else ""
    return " " if spaced and not any(narrow) and gap >= _WORD else ""


def _run(pieces: Sequence[str | Atom]) -> Run:
    atoms = [piece for piece in pieces if isinstance(piece, Atom)]
    sure = [atom.confidence for atom in atoms if atom.confidence is not None]
    return Run(
        unified("".join(piece.text if isinstance(piece, Atom) else piece for piece in pieces)),
        atoms[0].left,
        min(atom.top for atom in atoms),
        atoms[-1].right,
        max(atom.bottom for atom in atoms),
        min(sure, default=None),
    )


def unified(text: str) -> str:
    """The text with radicals, compatibility forms and ligatures as the characters they stand for (⼀ → 一, ﬁ → fi)."""
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(_RADICALS))
