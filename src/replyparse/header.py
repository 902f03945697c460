"""The header: what a reply says of itself, and the numerals that say it.

Title, matter and addressees are read from the opening of the reply (`matter`), number, office, dates, class, contacts
and copies from its head and foot (`imprint`). Where a page prints two answers, the first is the one described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from replyparse import imprint, matter
from replyparse.lines import Layout
from replyparse.mark import Mark
from replyparse.outline import Outline
from replyparse.patterns import regex
from replyparse.phrases import compiled
from replyparse.record import Header, NumeralKind, Span
from replyparse.shadow import Shadow

__all__ = ["HeaderReading", "read"]

_FIGURE = regex(r"(?:(?<![A-Za-z])[A-Za-z]+)?\d[\d.,:/-]*")
_OFFICE_NAME = regex(
    r"[\u4e00-\u9fff()]{2,24}(?:局|厅|委员会|委|部|院|政府|中心|公司|支队|大队|署|银行|会|处|科|所|站|办)"
)
_CLASS_END = regex(r"\([A-Da-d]类?\)$")  # 关于第116号提案办理情况的函(A)
_SUGGESTED = regex(r"[您你]们?所?提出?的[^。\n]{4,80}建议[》”\"]?\s?(?:已经?)?收(?:悉|到)")
_MATTER_WORD = regex(r"提案|建议|议案")
_CLOCK = regex(r"\s{1,4}\d{1,2}:\d\d(?::\d\d)?")
_NUMBERED = regex(
    r"^[㐀-鿿]{2,16}[〔\[(]\d{4}[〕\])]\d{1,5}号\s?[—–-]{1,3}\s?"
)  # a file's name: 教函〔2022〕25号——某局关于…
_COPIES_END = regex(r"\n\s*\n|\n(?![^\n]{2,40}[、,。])|(?<=。)\n")


class HeaderReading(NamedTuple):
    """The header, and marks for the numerals of its fields and of the furniture around the reply."""

    header: Header
    marks: tuple[Mark, ...]


def read(shadow: Shadow, layout: Layout, outline: Outline, issued_on: date | None = None) -> HeaderReading:
    """Read the header of a reply; `issued_on`, when given, stands for the date of signing."""
    page = _page(shadow, layout, outline)
    return HeaderReading(_header(page, issued_on), tuple(sorted(_marks(page), key=lambda mark: mark.span)))


# --- the page ----------------------------------------------------------------------------------------------------


_ASIDE = regex(r"(?<=号)\s?\([^()]{1,12}\)\s?$")
_SHORT = 12  # characters of a fragment that can be a class and a publicity side by side


class _Page(NamedTuple):
    """The places where the header is read.

    `head` is what stands before the salutation, `address` what follows it in the opening (你们提出的…收悉), `foot` the
    closing; `keyed` are the keys and values printed in head and foot.
    """

    shadow: Shadow
    head: Span
    salutation: Span
    address: Span
    foot: Span
    title: tuple[Span, ...]
    keyed: tuple[imprint.Entry, ...]

    @property
    def text(self) -> str:
        """The shadow text."""
        return self.shadow.text

    def folded(self, span: Span) -> str:
        """A stretch of the shadow."""
        return self.shadow.text[span.start : span.end]

    def printed(self, span: Span) -> str:
        """A stretch as the reply prints it, line breaks left out."""
        start, end = self.shadow.origin(span)
        return "".join(line.strip() for line in self.shadow.original[start:end].split("\n"))

    def values(self, field: str) -> Iterator[Span]:
        """The values of the keys that fill a field, where they are not empty."""
        return (entry.value for entry in self.keyed if entry.field == field and entry.value.start < entry.value.end)

    def value(self, field: str) -> str | None:
        """The first of them as printed."""
        return next(map(self.printed, self.values(field)), None)

    def places(self) -> list[Span]:
        """Where the matter is named, the best place first: the title, the address, the rest of the head."""
        title = [Span(self.title[0].start, self.title[-1].end)] if self.title else []
        return [*title, self.address, self.head]

    def fragments(self) -> Iterator[str]:
        """What wide blanks, bars and line ends set apart in head and foot."""
        for zone in (self.head, self.foot):
            for fragment in re.split(r"\n|\s{2,}|\|", self.folded(zone)):
                yield fragment
                if " " in fragment and len(fragment) <= _SHORT:
                    yield from fragment.split()  # A类 公开
                if fragment.strip().startswith("("):
                    yield from re.split("[,;]", fragment.strip().strip("()"))  # (A类,公开)
                aside = _ASIDE.search(fragment)
                if aside:
                    yield aside.group()  # 教函〔2024〕11号(A类)


def _page(shadow: Shadow, layout: Layout, outline: Outline) -> _Page:
    text = shadow.text
    parts = [part for part in outline.parts if part.parent is None]
    opening = next((part.span for part in parts[:1] if part.role == "preamble"), Span(0, 0))
    foot = next((part.span for part in parts if part.role == "closing"), Span(len(text), len(text)))
    who = matter.salutation(text, opening)
    head = Span(opening.start, who.start if who else opening.end)
    address = Span(who.end if who else opening.start, opening.end)
    keyed = tuple(chain(imprint.entries(text, head), imprint.entries(text, foot)))
    return _Page(shadow, head, who or Span(0, 0), address, foot, matter.title_lines(layout, head), keyed)


# --- the fields --------------------------------------------------------------------------------------------------


def _header(page: _Page, issued_on: date | None) -> Header:
    """Every field."""
    title = "".join(map(page.printed, page.title)) or page.value("title") or page.value("letter_title")
    title = _NUMBERED.sub("", title) if title else None
    meeting = next((m for zone in page.places() for m in matter.meetings(page.text, zone) if m.body), None)
    body, body_name = (meeting.body, meeting.name) if meeting else _plain_body(page, title)
    subject = _subject(page)
    office, signed_on = imprint.signature(page.text, page.foot)
    return Header(
        title=title,
        matter=_matter(page, title, body),
        body=body,
        body_name=body_name,
        term=meeting.term if meeting else None,
        session=meeting.session if meeting else None,
        number=_number(page),
        subject=page.printed(subject) if subject else page.value("letter_title"),
        doc_number=_doc_number(page) or next(map(page.printed, imprint.doc_numbers(page.text, page.head)), None),
        agency=office
        or matter.titled_agency(title)
        or imprint.letterhead(page.folded(page.head))
        or _keyed_agency(page),
        addressees=matter.names(page.printed(page.salutation)),
        issued_on=issued_on or signed_on or _dated(page, "issued_on") or imprint.lone_date(page.folded(page.head)),
        outcome=_outcome(page),
        disclosure=_disclosure(page),
        signer=re.sub(r"\s", "", page.value("signer") or "") or None,
        contacts=list(imprint.contacts(page.text, page.foot)),
        cc=_copies(page),
        published_on=_dated(page, "published_on") or imprint.stamp(page.folded(page.head)),
    )


def _keyed_agency(page: _Page) -> str | None:
    """The office after its key (来源:县教育局), where the value is the name of an office and not of a web page."""
    value = re.split(r"\s{2,}", page.value("agency") or "")[0].strip()
    return value if _OFFICE_NAME.fullmatch(value) else None


def _doc_number(page: _Page) -> str | None:
    """The document number after its key; an empty cell before another key has none."""
    value = page.value("doc_number")
    return value if value and not regex(r"[:：]").search(value) else None


def _plain_body(page: _Page, title: str | None) -> tuple[matter.Body | None, str | None]:
    """The body where no session is named: from the title, else from 委员 or 代表 in the salutation."""
    body, name = matter.plain_body(title or "")
    if body:
        return body, name
    who = page.folded(page.salutation)
    if re.search(r"委\s?员$", who) or "提案" in page.folded(page.address):
        return "CPPCC", None
    return ("NPC", None) if re.search(r"代\s?表$", who) else (None, None)


def _matter(page: _Page, title: str | None, body: matter.Body | None) -> matter.Matter:
    """What kind of matter is answered."""
    if body:
        return "proposal" if body == "CPPCC" else "suggestion"
    if re.search(r"代表建议|议案", title or ""):
        return "suggestion"
    opening = page.text[page.head.start : page.address.end]
    if compiled("<citizen_matter>").search(opening):
        return "message"
    return "suggestion" if _SUGGESTED.search(opening) else "other"


def _number(page: _Page) -> str | None:
    """The number of the matter: beside its name, else after a key."""
    for zone in page.places():
        for _, value in matter.numbers(page.text, zone):
            return value
    keyed = re.split(r"\s{2,}", page.value("number") or "")[0]
    return keyed if keyed and re.fullmatch(r"[A-Za-z]{0,4}[\d-]{1,18}", keyed) else None


def _subject(page: _Page) -> Span | None:
    """The name of the matter; what a citizen writes about has a name only where it stands in quotation marks."""
    official = bool(page.title or _MATTER_WORD.search(page.text, page.head.start, page.address.end))
    zones = [page.address, *page.places()[:1]]
    named = (matter.subject(page.text, zone, quoted_only=not official) for zone in zones)
    titled = (matter.titled_subject(page.text, zone) for zone in page.places()[:1] if page.title)
    return next(filter(None, chain(named, titled)), None)


def _dated(page: _Page, field: str) -> date | None:
    """The date that a key prints."""
    return next((day for value in page.values(field) for _, day in imprint.dates(page.text, value)), None)


def _outcome(page: _Page) -> imprint.Outcome | None:
    """The class of the result, after its key or alone between blanks."""
    keyed = (imprint.outcome(page.folded(value)) for value in page.values("outcome"))
    titled = (imprint.bare_outcome(found[0]) for line in page.title if (found := _CLASS_END.search(page.folded(line))))
    return next(filter(None, chain(keyed, map(imprint.bare_outcome, page.fragments()), titled)), None)


def _disclosure(page: _Page) -> imprint.Publicity | None:
    """How far the reply is public, after its key or alone between blanks."""
    keyed = (imprint.disclosure(page.folded(value)) for value in page.values("disclosure"))
    alone = (imprint.disclosure(words) for words in page.fragments() if len(words.strip()) <= 12)
    return next(filter(None, chain(keyed, alone)), None)


def _copies(page: _Page) -> list[str]:
    """抄送, over the lines that its list fills."""
    for entry in imprint.entries(page.text, page.foot):
        if entry.field == "cc":
            listed = _COPIES_END.split(page.text[entry.value.start : page.foot.end] + "\n", maxsplit=1)[0]
            return imprint.copies(listed.replace("\n", ""))
    return []


# --- the marks ---------------------------------------------------------------------------------------------------

_Known = tuple[Span, NumeralKind, str]


def _marks(page: _Page) -> Iterator[Mark]:
    """The numerals of header fields and furniture, each once: what is known first, the rest as names."""
    taken = bytearray(len(page.text))
    for span, what, rule in chain(_numbered(page), _dates_and_phones(page), _furniture(page)):
        if span.start < span.end and not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            yield Mark(span, what, f"header.{rule}")


def _numbered(page: _Page) -> Iterator[_Known]:
    """Document numbers, sessions and the numbers of matters."""
    for span in chain(page.values("doc_number"), imprint.doc_numbers(page.text, page.head)):
        yield span, "doc_number", "doc_number"
    for zone in (page.head, page.address, page.foot):
        for meeting in matter.meetings(page.text, zone):
            for span in meeting.ordinals:
                yield span, "ordinal", "session"
        for span, _ in matter.numbers(page.text, zone):
            yield span, "matter_number", "number"
    subject = _subject(page)
    if subject:
        yield subject, "name", "subject"


def _dates_and_phones(page: _Page) -> Iterator[_Known]:
    """Dates with their time of day, and telephone numbers."""
    for zone in (page.head, page.foot):
        for span, _ in imprint.dates(page.text, zone):
            clock = _CLOCK.match(page.text, span.end)
            yield Span(span.start, clock.end() if clock else span.end), "date", "date"
        for match in imprint.PHONE.finditer(page.text, zone.start, zone.end):
            yield Span(*match.span()), "contact", "phone"


def _furniture(page: _Page) -> Iterator[_Known]:
    """Every other figure of head, salutation and foot: index numbers, page views, 等3名代表."""
    for zone in (page.head, page.salutation, page.foot):
        for match in _FIGURE.finditer(page.text, zone.start, zone.end):
            yield Span(*match.span()), "name", "furniture"
