"""What the styles of a Word document say about its paragraphs and runs, with what they inherit (`w:basedOn`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replyparse.reading.docx_parts import number, switch, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST = 32  # styles that inherit from one another; Word allows 11


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reference to a list (`w:numPr`): the `numId` and the level, each None where it is not said."""

    num: int | None = None
    level: int | None = None

    def over(self, other: Numbered) -> Numbered:
        """This reference, completed by another one that it overrides."""
        return Numbered(other.num if self.num is None else self.num, other.level if self.level is None else self.level)


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    hidden: bool | None
    numbered: Numbered


class Styles:
    """The styles by id; a paragraph without a style has the default one."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for element in [] if root is None else root.iterfind(tag("w:style")):
            key = element.get(tag("w:styleId"), "")
            paragraph = element.find(tag("w:pPr"))
            self._styles[key] = _Style(
                based_on=value(element.find(tag("w:basedOn"))),
                hidden=switch(element.find(tag("w:rPr")), "w:vanish"),
                numbered=numbered_by(paragraph),
            )
            if element.get(tag("w:type")) == "paragraph" and element.get(tag("w:default")) in {"1", "true", "on"}:
                self._default = key

    def chain(self, style: str | None) -> list[str]:
        """A paragraph style (None: the default one) and the styles it inherits from, nearest first."""
        found: list[str] = []
        key = self._default if style is None else style
        while key is not None and key in self._styles and key not in found and len(found) < _LONGEST:
            found.append(key)
            key = self._styles[key].based_on
        return found

    def hides(self, style: str | None) -> bool | None:
        """Whether a style makes its text hidden (隐藏文字); None where it does not say."""
        return next((said for key in self.chain(style) if (said := self._styles[key].hidden) is not None), None)

    def numbered(self, style: str | None) -> Numbered:
        """The list that a style puts its paragraphs into."""
        found = Numbered()
        for key in self.chain(style):
            found = found.over(self._styles[key].numbered)
        return found


def numbered_by(properties: _Element | None) -> Numbered:
    """The list that paragraph properties (`w:pPr`) name."""
    reference = None if properties is None else properties.find(tag("w:numPr"))
    if reference is None:
        return Numbered()
    return Numbered(number(reference.find(tag("w:numId"))), number(reference.find(tag("w:ilvl"))))
