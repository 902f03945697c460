"""Finds the matches of a pattern faster: only around the characters that none of its matches can do without.

Most rules speak of something rare. A match of `[一二三]届(?:人大|政协)` has a 届 one character behind its start, so
where no 届 stands, nothing needs to be tried. Which characters those are, and how far from them a match can begin and
end, is read off the pattern as Python's own parser sees it. What is found is what `finditer` finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from math import inf
from string import ascii_letters
from typing import Any, Final, NamedTuple

from replyparse import store
from replyparse.patterns import regex

try:  # a Python that keeps its parser elsewhere searches every text whole
    from re import _constants as ops, _parser  # type: ignore[attr-defined]  # isort: skip
except ImportError:  # pragma: no cover
    ops = _parser = None

_MOST: Final = 100  # characters of which one must stand in a match
_PARSED: Final = re.VERBOSE | re.IGNORECASE
_SPARSE: Final = 3  # a match is tried one by one at no more than one of so many characters
_SHORT: Final = 40  # characters of a text, a cell or a word, that is not worth looking into before
_KEPT: Final = 4_000  # places of several characters that are remembered: of a long text they would fill the memory
_DIGIT: Final = r"\d"  # stands for all of them
_ASCII_DIGITS: Final = frozenset("0123456789")
_ANY_DIGIT, _ODD_DIGIT = regex(_DIGIT), regex(r"[^\D0-9]")
#: How many of a thousand characters of a reply are such a one, roughly; the rarest in a pattern are looked for.
_RATES: Final = (
    {_DIGIT: 60.0}
    | dict.fromkeys(" ,\n。的、年012", 15.0)
    | dict.fromkeys("3456789一.人元建市提:万到", 6.0)
    | dict.fromkeys(
        "个全政业关工成于%三公()“”二月议上不中化以高会办对局金资理区有分我每水在保案作下县和行家设实务次是号复发大", 3.0
    )
    | dict.fromkeys(ascii_letters, 0.2)
)
_RARE: Final = 0.7


class _Needle(NamedTuple):
    """Characters one of which stands in each match, `least` to `most` characters behind its start."""

    characters: frozenset[str]
    least: float
    most: float

    def cost(self) -> float:
        """How long it takes to look around them in a thousand characters, in microseconds."""
        return sum(_RATES.get(character, _RARE) for character in self.characters) * (
            0.3 + 0.2 * (self.most - self.least)
        )

    def behind(self, shortest: float, longest: float) -> _Needle:
        """The needle of a match that begins with so many characters more."""
        return _Needle(self.characters, self.least + shortest, self.most + longest)


#: A needle for each alternative of a piece; () for a piece that may do without any.
_Needles = tuple[_Needle, ...]


def _cost(needles: _Needles) -> float:
    return sum(needle.cost() for needle in needles) if needles else inf


class _Shape(NamedTuple):
    """What is known of a piece of a pattern: the least and greatest length of what it matches, its needles."""

    shortest: float
    longest: float
    needles: _Needles = ()


class _Facts(NamedTuple):
    """What of a pattern says where it can match.

    `needles` are what to look for, with the least and greatest distance from a match's start, () where matches need
    none; `begins` are the characters that a match can begin with, None where too many; `quick` says whether `re` by
    itself is quick to find where one may begin.
    """

    needles: tuple[tuple[frozenset[str], int, int], ...]
    begins: frozenset[str] | None
    quick: bool


class Scan:
    """A pattern that is tried only where its matches can be; read and compiled when it is tried."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._source, self._flags = pattern, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return regex(self._source, self._flags)

    @cached_property
    def _facts(self) -> _Facts:
        if _parser is None:
            return _Facts((), None, quick=True)
        key = self._source, int(self._flags)
        kept: Any = store.kept("scan", key, lambda: tuple(_facts(_parser.parse(*key))))
        return _Facts(*kept)

    @cached_property
    def _wanted(self) -> frozenset[str]:
        """All characters that are looked for."""
        return frozenset().union(*(characters for characters, _, _ in self._facts.needles))

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """The matches in a text, in order and apart, as `re.Pattern.finditer` gives them."""
        if not self._facts.needles:
            return self.pattern.finditer(text)
        places = _places(text)
        if self._wanted.isdisjoint(places.present):
            return ()
        if self._facts.quick or len(openings := self._openings(places)) > len(text) // _SPARSE:
            return self.pattern.finditer(text)
        return self._tried(text, openings)

    def openings(self, text: str) -> Sequence[int]:
        """The places at which a match may begin, in order: for patterns of numerals, tried slowly everywhere else."""
        return self._openings(_places(text)) if self._facts.needles and len(text) > _SHORT else range(len(text))

    def stands_in(self, stretch: str) -> bool:
        """Whether a match begins anywhere in a short stretch, taken by itself."""
        wanted = self._wanted
        if wanted and _DIGIT not in wanted and wanted.isdisjoint(stretch):
            return False
        return self.pattern.search(stretch) is not None

    def _tried(self, text: str, openings: Sequence[int]) -> Iterator[re.Match[str]]:
        end, match = 0, self.pattern.match
        for place in openings:
            if place >= end and (found := match(text, place)):
                yield found
                end = found.end()

    def _openings(self, places: _Places) -> Sequence[int]:
        """The places of a text at which a match may begin, where needles say so."""
        needles, begins, _ = self._facts
        begins = None if places.odd else begins
        openings: set[int] = set()
        for characters, least, most in needles:
            if characters.isdisjoint(places.present):
                continue
            if least == most == 0:
                if len(needles) == 1:
                    return places.of(characters)
                openings.update(*places.each(characters))
            elif least == most:
                begun = [place - least for place in chain.from_iterable(places.each(characters))]
                openings.update(begun if begins is None else [at for at in begun if places.text[at : at + 1] in begins])
            elif begins is None:
                for place in places.of(characters):
                    openings.update(range(place - most, place - least + 1))
            else:
                order, behind = places.of(begins), 0
                for place in places.of(characters):
                    first = bisect_left(order, place - most, behind)
                    behind = bisect_right(order, place - least, first)
                    openings.update(order[first:behind])
        return sorted([at for at in openings if at >= 0])


def search(pattern: re.Pattern[str]) -> Callable[[str], re.Match[str] | None]:
    """The pattern's `search` in whole strings, which looks at their beginning alone where ^ binds it to that."""
    if _parser is None or pattern.flags & re.MULTILINE:
        return pattern.search
    key = pattern.pattern, int(pattern.flags & _PARSED)
    bound = store.kept("bound", key, lambda: _opens_string(_parser.parse(*key)))
    return pattern.match if bound else pattern.search


def _facts(items: Any) -> _Facts:
    """The facts of a pattern as the parser sees it."""
    shape = _shape(items)
    if not shape.shortest or items.state.flags & re.IGNORECASE:
        return _Facts((), None, quick=True)
    first, _ = _first(items)
    needles = min((_Needle(first, 0, 0),) if first else (), shape.needles, key=_cost)
    begins = first and (first | _ASCII_DIGITS if _DIGIT in first else first)
    return _Facts(tuple((n.characters, int(n.least), int(n.most)) for n in needles), begins, _opens_plainly(items))


def _opens_string(items: Any) -> bool:
    """Whether each match begins with the string."""
    if not items:
        return False
    op, argument = items[0]
    if op is ops.BRANCH:
        return all(_opens_string(branch) for branch in argument[1])
    if op is ops.SUBPATTERN:
        return _opens_string(argument[3])
    return op is ops.AT and argument in (ops.AT_BEGINNING, ops.AT_BEGINNING_STRING)


class _Places:
    """Where characters stand in a text, each looked for once.

    `present` are the characters that stand in it, `odd` says that there are digits beside the ten of ASCII.
    """

    def __init__(self, text: str) -> None:
        digits = _ANY_DIGIT.search(text) is not None
        self.text = text
        self.present = frozenset(text) | {_DIGIT} if digits else frozenset(text)
        self.odd = digits and _ODD_DIGIT.search(text) is not None
        self._known: dict[str, list[int]] = {}
        self._merged: dict[frozenset[str], list[int]] = {}

    def of(self, characters: frozenset[str]) -> list[int]:
        """The places of all of some characters, in order."""
        places = self._merged.get(characters)
        if places is None:
            found = self.each(characters)
            places = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
            if len(places) < _KEPT:
                self._merged[characters] = places
        return places

    def each(self, characters: frozenset[str]) -> list[list[int]]:
        """The places of each of some characters that stands in the text."""
        known = self._known
        return [known[c] if c in known else self._sought(c) for c in characters & self.present]

    def _sought(self, character: str) -> list[int]:
        places = self._known[character] = []
        if character == _DIGIT:
            places += [match.start() for match in _ANY_DIGIT.finditer(self.text)]
        else:
            find = self.text.find
            at = find(character)
            while at >= 0:
                places.append(at)
                at = find(character, at + 1)
        return places


@lru_cache(maxsize=2)
def _places(text: str) -> _Places:
    return _Places(text)


def forget() -> None:
    """Let go of where the characters of the texts last searched stand: of a long text, 20 MB."""
    _places.cache_clear()


def _opens_plainly(items: Any) -> bool:
    """Whether each match opens with one of some characters, which `re` looks for quickly by itself."""
    op, argument = items[0]
    if op is ops.SUBPATTERN:
        return _opens_plainly(argument[3])
    if op is ops.BRANCH:
        return all(branch and branch[0][0] is ops.LITERAL for branch in argument[1])
    return op in (ops.LITERAL, ops.IN)


def _first(items: Any) -> tuple[frozenset[str] | None, bool]:
    """The characters that a sequence can begin with, None where too many, and whether it can be empty."""
    known: frozenset[str] = frozenset()
    for op, argument in items:
        begins, empty = _first_of(op, argument)
        if begins is None:
            return None, empty
        known |= begins
        if not empty:
            return known, False
    return known, True


def _first_of(op: Any, argument: Any) -> tuple[frozenset[str] | None, bool]:
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return frozenset(), True
    if op is ops.LITERAL:
        return frozenset(chr(argument)), False
    if op is ops.IN:
        return _characters(argument) or None, False
    if op is ops.SUBPATTERN:
        return _first(argument[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        begins, empty = _first(argument[2])
        return begins, empty or not argument[0]
    if op is ops.BRANCH:
        ways = [_first(items) for items in argument[1]]
        known = [begins for begins, _ in ways if begins is not None]
        return frozenset().union(*known) if len(known) == len(ways) else None, any(empty for _, empty in ways)
    return None, False


def _shape(items: Any) -> _Shape:
    """The shape of a sequence of the parser's items."""
    shortest = longest = 0.0
    best: _Needles = ()
    for op, argument in items:
        piece = _piece(op, argument)
        needles = tuple(needle.behind(shortest, longest) for needle in piece.needles)
        if longest < inf and _cost(needles) < _cost(best):
            best = needles
        shortest, longest = shortest + piece.shortest, longest + piece.longest
    return _Shape(shortest, longest, best)


def _piece(op: Any, argument: Any) -> _Shape:
    """The shape of one item; of what is not known, that it may be anything."""
    if op is ops.LITERAL:
        return _Shape(1, 1, (_Needle(frozenset(chr(argument)), 0, 0),))
    if op is ops.IN:
        characters = _characters(argument)
        return _Shape(1, 1, (_Needle(characters, 0, 0),) if characters else ())
    if op in (ops.ANY, ops.NOT_LITERAL):
        return _Shape(1, 1)
    if op is ops.BRANCH:
        return _any_of([_shape(items) for items in argument[1]])
    if op is ops.SUBPATTERN and not argument[1] and not argument[2]:
        return _shape(argument[3])
    if op is ops.ATOMIC_GROUP:
        return _shape(argument)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _repeated(*argument)
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return _beside(argument[0], argument[1], needed=op is ops.ASSERT)
    if op is ops.AT:
        return _Shape(0, 0)
    return _Shape(0, inf)


def _characters(items: Any) -> frozenset[str]:
    """The characters of a class, none where it has too many to look for."""
    found: set[str] = set()
    for op, argument in items:
        if op is ops.LITERAL:
            found.add(chr(argument))
        elif op is ops.RANGE and argument[1] - argument[0] < _MOST:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif op is ops.CATEGORY and argument is ops.CATEGORY_DIGIT:
            found.add(_DIGIT)
        else:
            return frozenset()
    digits = found.intersection("0123456789")
    return frozenset(found - digits | {_DIGIT} if len(digits) > 2 else found)


def _any_of(shapes: list[_Shape]) -> _Shape:
    """The shape of alternatives; needles in the same place are one."""
    alike: dict[tuple[float, float], frozenset[str]] = {}
    for characters, least, most in (needle for shape in shapes for needle in shape.needles):
        alike[least, most] = alike.get((least, most), frozenset()) | characters
    needles = tuple(_Needle(characters, *place) for place, characters in alike.items())
    return _Shape(
        min(shape.shortest for shape in shapes),
        max(shape.longest for shape in shapes),
        needles if all(shape.needles for shape in shapes) else (),
    )


def _repeated(least: Any, most: Any, items: Any) -> _Shape:
    once = _shape(items)
    longest = once.longest * (inf if most is ops.MAXREPEAT else most) if most else 0
    return _Shape(once.shortest * least, longest, once.needles if least else ())


def _beside(direction: int, items: Any, needed: bool) -> _Shape:
    """A look ahead or behind, which takes no characters but may need some."""
    seen = _shape(items)
    if direction > 0:
        return _Shape(0, 0, seen.needles if needed else ())
    needles = tuple(needle.behind(-seen.longest, -seen.shortest) for needle in seen.needles)
    return _Shape(0, 0, needles if needed else ())
