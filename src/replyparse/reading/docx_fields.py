"""Fields of a Word document (域): code that is not shown, and a result that is (ECMA-376-1, 17.16).

A field runs from `begin` over its code to `separate`, then over its result to `end`; fields may stand in each other
and results reach over paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replyparse.reading.docx_parts import tag
from replyparse.reading.ordinals import circled

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHAR, _CODE, _TYPE = tag("w:fldChar"), tag("w:instrText"), tag("w:fldCharType")
#: A number that Word circles (带圈字符): eq \o\ac(○,3).
_CIRCLED = re.compile(r"\s*eq\s*\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,，;；]\s*(\d{1,2})\s*\)\s*", re.IGNORECASE)
#: A table of contents repeats the headings.
_REPEATS = re.compile(r"\s*TOC\b", re.IGNORECASE)
#: The date or time at which a program shows the field.
_NOW = re.compile(r"\s*(?:DATE|TIME)\b", re.IGNORECASE)
_DEEPEST = 32  # fields in fields


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False


class Fields:
    """Where a walk through the runs of a document stands with respect to its fields."""

    def __init__(self, document: _Element, *, just_made: bool) -> None:
        """`just_made`: the document was written now, so its fields of date and time show today and say nothing."""
        self._open: list[_Field] = []
        self._just_made = just_made
        kinds = [element.get(_TYPE) for element in document.iter(_CHAR)]
        self._whole = kinds.count("begin") == kinds.count("end")

    @property
    def shown(self) -> bool:
        """Whether what stands here is seen: no code, and no table of contents."""
        return all(field.in_result and not self._left_out(field) for field in self._open)

    def _left_out(self, field: _Field) -> bool:
        return bool(self._whole and _REPEATS.match(field.code)) or bool(self._just_made and _NOW.match(field.code))

    def take(self, element: _Element) -> str:
        """Steps over one element of a run; returns what a field without a result shows."""
        if element.tag == _CODE and self._open:
            self._open[-1].code += element.text or ""
        if element.tag != _CHAR:
            return ""
        kind = element.get(_TYPE)
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            number = _CIRCLED.fullmatch(ended.code)
            if number and not ended.in_result:
                return circled(int(number[1])) or number[1]
        return ""

    def end_paragraph(self) -> None:
        """A code ends with its paragraph at the latest, so that a broken field hides no more than that."""
        while self._open and not self._open[-1].in_result:
            self._open.pop()
