"""Reads HTML source into a tree of elements, in time and memory that grow with its length only.

This is the part of the HTML Standard's parsing rules that decides which words stand in which block: void and raw-text
elements, end tags that may be left out (p, li, dt, tr, td …), tables that keep their content together. Emphasis left
open is not repeated in every paragraph that follows and no element stands deeper than `DEEPEST`: by these two rules of
the standard some kilobytes of markup can demand gigabytes or minutes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

#: Elements deeper than this become siblings, as in browsers (Chromium's limit is 512).
DEEPEST = 256
#: A page with more tags is no page with a reply.
MOST_TAGS = 300_000


class TooManyTagsError(ValueError):
    """The source has more than `MOST_TAGS` tags."""


@dataclass(slots=True, eq=False)
class Element:
    """One element: its tag in lower case, its attributes as written, and what stands in it, in order."""

    tag: str
    attributes: str = ""
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None
    _read: dict[str, str] | None = None

    def get(self, name: str) -> str | None:
        """The value of an attribute, "" for one without a value, None where it is missing."""
        if not self.attributes:
            return None
        if self._read is None:
            self._read = {}
            for match in _ATTRIBUTE.finditer(self.attributes):
                value = match["double"] or match["single"] or match["bare"] or ""
                self._read.setdefault(match["name"].lower(), unescaped(value).strip())
        return self._read.get(name)

    def ancestors(self) -> Iterator[Element]:
        """The elements around this one, from the nearest to the page."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def elements(self) -> Iterator[Element]:
        """This element and all inside it, in the order of the source."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def words(self) -> str:
        """The text inside, with each run of blanks made one."""
        pieces: list[str] = []
        for element in self.elements():
            pieces.extend(child for child in element.children if isinstance(child, str))
        return " ".join("".join(pieces).split())


# No pattern goes back over what it has matched, so that none of them takes more than one pass over a page.
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+)))?+"""
)
_TAG = re.compile(
    r"""<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+|=)*+)>"""
)
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_COMMENT_END = re.compile(r"--!?>|(?<=<!--)>|(?<=<!--)->")
_LONG_REFERENCE = re.compile(r"&#[xX]?0*+[0-9a-fA-F]{7,}+;?")

_VOID = frozenset("area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split())
#: Elements whose content is no markup.
_RAW = frozenset("script style textarea title xmp iframe noembed noframes plaintext".split())
_BLOCKS = frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre section summary table ul xmp".split()
)
_CELLS = frozenset({"td", "th", "caption"})
#: What a start tag ends, where it is open, and what that search does not leave.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir", "table", *_CELLS})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table", *_CELLS})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table", *_CELLS})),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "tr": (frozenset({"tr", "caption", "colgroup"}), frozenset({"table"})),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"}))),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "rt": (frozenset({"rt", "rp"}), frozenset({"ruby"})),
    "rp": (frozenset({"rt", "rp"}), frozenset({"ruby"})),
}
_CLOSED_BY_BLOCK = (frozenset({"p"}), frozenset({"table", "button", *_CELLS}))
#: What the end tag of a block, and of anything else, cannot reach past.
_TABLE_LIMITS = _CELLS | {"table"}
_BLOCK_LIMITS = _TABLE_LIMITS | _BLOCKS
_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", *_CELLS})


def unescaped(text: str) -> str:
    """The text with character references replaced; one beyond Unicode becomes U+FFFD."""
    return unescape(_LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def parse(source: str) -> Element:
    """The tree of a page under an element called "#page".

    Raises `TooManyTagsError`.
    """
    tree = _Tree()
    at = tags = 0
    while at < len(source):
        markup = _MARKUP.search(source, at)
        if markup is None:
            tree.text(unescaped(source[at:]))
            break
        if markup.start() > at:
            tree.text(unescaped(source[at : markup.start()]))
        tag = _TAG.match(source, markup.start())
        if tag is None:
            at = _past_other(source, markup.start())
            continue
        tags += 1
        if tags > MOST_TAGS:
            raise TooManyTagsError
        name, at = tag["name"].lower(), tag.end()
        if tag["slash"]:
            tree.end(name)
            continue
        tree.start(name, tag["attributes"])
        if name in _RAW:
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, at)
            content, at = (source[at : end.start()], end.start()) if end else (source[at:], len(source))
            tree.text(unescaped(content) if name in ("textarea", "title") else content)
    return tree.root


def _past_other(source: str, at: int) -> int:
    """Where the reading goes on behind a comment, a declaration, or a tag that the end of the source cuts off."""
    if source.startswith("<!--", at):
        end = _COMMENT_END.search(source, at + 4)
        return end.end() if end else len(source)
    close = source.find(">", at)
    return close + 1 if close >= 0 and source[at + 1] in "!?/" else len(source)


class _Tree:
    """The tree while it grows: the elements that are open, and how many of each tag."""

    def __init__(self) -> None:
        self.root = Element("#page")
        self.open = [self.root]
        self.count: Counter[str] = Counter()

    def text(self, words: str) -> None:
        self.open[-1].children.append(words)

    def start(self, name: str, attributes: str) -> None:
        if name in _BLOCKS:
            self._end_nearest(*_CLOSED_BY_BLOCK)
        elif name == "body":
            self._end_nearest(frozenset({"head"}), frozenset())
        if name in _ENDS:
            self._end_nearest(*_ENDS[name])
        element = Element(name, attributes, parent=self.open[-1])
        self.open[-1].children.append(element)
        if name not in _VOID and len(self.open) < DEEPEST:
            self.open.append(element)
            self.count[name] += 1

    def end(self, name: str) -> None:
        if name == "br":  # </br> is read as <br>
            self.start("br", "")
        elif name == "table":
            self._end_nearest(frozenset({name}), frozenset())
        elif name in _TABLE_PARTS:
            self._end_nearest(frozenset({name}), frozenset({"table"}))
        else:
            self._end_nearest(frozenset({name}), _TABLE_LIMITS if name in _BLOCKS else _BLOCK_LIMITS)

    def _end_nearest(self, names: frozenset[str], limits: frozenset[str]) -> None:
        """Close the nearest open element of one of the names, unless one of the limits stands before it."""
        if not any(self.count[name] for name in names):
            return
        for index in range(len(self.open) - 1, 0, -1):
            tag = self.open[index].tag
            if tag in names:
                for element in self.open[index:]:
                    self.count[element.tag] -= 1
                del self.open[index:]
                return
            if tag in limits:
                return
