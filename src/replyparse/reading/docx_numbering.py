"""The labels that Word counts by itself (自动编号), which stand nowhere in the text: 一、 （一） 1. ①.

`numbering.xml` holds abstract lists (`w:abstractNum`), each with nine levels, and lists (`w:num`) that use one of them
and may override its levels. Lists of one abstract list go on counting where another stopped, unless they say where to
start (ECMA-376-1, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from replyparse.reading.docx_parts import number, switch, tag, value, whole
from replyparse.reading.docx_styles import Numbered, Styles
from replyparse.reading.ordinals import ordinal

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile("%([1-9])")
_LEVELS = 9
#: Labels that set themselves apart from what follows: 一、 （一） 1. 【1】 第1步：
_CLOSED = tuple("、)）.．】〕]：:，,。①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: `text` has %1 to %9 where numbers of levels go; `restart` is `w:lvlRestart`."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    apart: bool = True
    digits_only: bool = False
    restart: int | None = None
    style: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A `w:num`: the abstract list it counts in, its levels, and the levels whose start it sets."""

    abstract: str
    levels: dict[int, _Level]
    starts: frozenset[int]


class Numbering:
    """Counts through the numbered paragraphs of one document, in their order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[int, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, direct: Numbered, style: str | None) -> str:
        """The label of the next paragraph, with the blank that parts it from the text; "" for one without a number.

        `direct` is what the paragraph itself says, `style` is its style.
        """
        found = direct.over(self._styles.numbered(style))
        used = self._lists.get(found.num or 0)
        if used is None:
            return ""
        at = self._level(direct, found, style, used)
        level = used.levels.get(at)
        if level is None:
            return ""
        counters = self._count(found.num or 0, used, at)
        if level.hidden or level.form == "bullet":
            return ""
        text = _PLACE.sub(lambda place: _printed(int(place[1]) - 1, level, used, counters), level.text)
        return text + " " if text and level.apart and not text.endswith(_CLOSED) else text

    def _level(self, direct: Numbered, found: Numbered, style: str | None, used: _List) -> int:
        """The level of a paragraph: its own word, else the level that is linked to its style, else the style's word."""
        if direct.level is None:
            for key in self._styles.chain(style):
                for at, level in used.levels.items():
                    if level.style == key:
                        return at
        return found.level or 0

    def _count(self, num: int, used: _List, at: int) -> dict[int, int]:
        """One step at a level; returns the numbers of all levels that have begun."""
        counters = self._counters.setdefault(used.abstract, {})
        starts_anew = at in used.starts and (num, at) not in self._begun
        if at in counters and not starts_anew:
            counters[at] += 1
        else:
            counters[at] = used.levels[at].start
        self._begun.add((num, at))
        for deeper in [level for level in counters if level > at]:
            restart = used.levels[deeper].restart if deeper in used.levels else None
            if restart is None or at < restart:
                del counters[deeper]
        return counters

    def _read(self, root: _Element) -> None:
        abstract = {element.get(tag("w:abstractNumId"), ""): element for element in root.iterfind(tag("w:abstractNum"))}
        uses = {whole(element.get(tag("w:numId"))): element for element in root.iterfind(tag("w:num"))}
        definitions = {
            style: key for key, element in abstract.items() if (style := value(element.find(tag("w:styleLink"))))
        }
        for key, element in uses.items():
            used = value(element.find(tag("w:abstractNumId"))) or ""
            if key is None or used not in abstract:
                continue
            linked = value(abstract[used].find(tag("w:numStyleLink")))
            if linked is not None:
                used = definitions.get(linked, used)
            levels = {at: _level(level) for at, level in _by_level(abstract[used], "w:lvl")}
            starts = set()
            for at, override in _by_level(element, "w:lvlOverride"):
                own = override.find(tag("w:lvl"))
                if own is not None:
                    levels[at] = _level(own)
                start = number(override.find(tag("w:startOverride")))
                if start is not None and at in levels:
                    levels[at] = replace(levels[at], start=start)
                    starts.add(at)
            self._lists[key] = _List(used, levels, frozenset(starts))


def _printed(at: int, level: _Level, used: _List, counters: dict[int, int]) -> str:
    """The number of level `at` as a label prints it; a level that has not begun shows where it will."""
    shown = used.levels.get(at, _Level())
    return ordinal(counters.get(at, shown.start), "decimal" if level.digits_only else shown.form)


def _by_level(parent: _Element, name: str) -> list[tuple[int, _Element]]:
    pairs = ((whole(element.get(tag("w:ilvl"))), element) for element in parent.iterfind(tag(name)))
    return [(at, element) for at, element in pairs if at is not None and 0 <= at < _LEVELS]


def _level(element: _Element) -> _Level:
    start = number(element.find(tag("w:start")))
    # Word wraps formats that older versions do not know; what it falls back to is always plain.
    form = next(reversed([value(found) for found in element.iter(tag("w:numFmt"))]), None)
    return _Level(
        start=0 if start is None else start,
        form=form or "decimal",
        text=value(element.find(tag("w:lvlText"))) or "",
        apart=value(element.find(tag("w:suff"))) != "nothing",
        digits_only=switch(element, "w:isLgl") or False,
        restart=number(element.find(tag("w:lvlRestart"))),
        style=value(element.find(tag("w:pStyle"))),
        hidden=switch(element.find(tag("w:rPr")), "w:vanish") or False,
    )
