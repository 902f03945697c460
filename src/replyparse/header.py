"""The header: what a reply says of itself, and the numerals that say it.

Title, matter and addressees are read from the opening of the reply (`matter`), number, office, dates, class, contacts
and copies from its head and foot (`imprint`). Where a page prints two answers, the first is the one described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from replyparse import imprint, matter
from replyparse.lines import Layout
from replyparse.mark import Mark
from replyparse.outline import Outline
from replyparse.phrases import compiled
from replyparse.record import Header, NumeralKind, Span
from replyparse.shadow import Shadow

__all__ = ["HeaderReading", "read"]


_FIGURE = re.compile(r"[A-Za-z]*\d[\d.,:/-]*")


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header, and marks for the numerals of its fields and of the furniture around the reply."""

    header: Header
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Zones:
    """Where the header is read: `opening` with its `head` before the answer is addressed, and `closing`."""

    opening: Span
    head: Span
    salutation: Span | None
    closing: Span


def read(shadow: Shadow, layout: Layout, outline: Outline, issued_on: date | None = None) -> HeaderReading:
    """Read the header of a reply; `issued_on`, when given, stands for the date of signing."""
    reader = _Reader(shadow, layout, _zones(layout.text, outline))
    return HeaderReading(reader.header(issued_on), tuple(sorted(reader.marks(), key=lambda mark: mark.span)))


def _zones(text: str, outline: Outline) -> _Zones:
    parts = [part for part in outline.parts if part.parent is None]
    opening = next((part.span for part in parts[:1] if part.role == "preamble"), Span(0, 0))
    closing = next((part.span for part in parts if part.role == "closing"), Span(len(text), len(text)))
    who = matter.salutation(text, opening)
    return _Zones(opening, Span(opening.start, who.start if who else opening.end), who, closing)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one text; every field is a small question to it."""

    shadow: Shadow
    layout: Layout
    zones: _Zones

    @property
    def text(self) -> str:
        """The shadow text."""
        return self.shadow.text

    def printed(self, span: Span) -> str:
        """A stretch as the reply prints it, line breaks left out."""
        start, end = self.shadow.origin(span)
        return "".join(line.strip() for line in self.shadow.original[start:end].split("\n"))

    # --- the whole ---

    def header(self, issued_on: date | None) -> Header:
        """Every field."""
        zones = self.zones
        lines = self.title_lines()
        title = "".join(self.printed(line) for line in lines) or self.keyed("title")
        meeting = next((m for m in self.meetings() if m.body), None)
        body, body_name = (meeting.body, meeting.name) if meeting else self.plain_body(title)
        subject = self.subject()
        foot = self.foot()
        return Header(
            title=title,
            matter=self.matter(title, body),
            body=body,
            body_name=body_name,
            term=meeting.term if meeting else None,
            session=meeting.session if meeting else None,
            number=self.number(),
            subject=self.printed(subject) if subject else None,
            doc_number=self.doc_number(),
            agency=self.signed_by() or self.titled(lines) or self.agency_of(title) or self.keyed("agency"),
            addressees=matter.names(self.printed(zones.salutation)) if zones.salutation else [],
            issued_on=issued_on or self.signed_on() or self.dated("issued_on"),
            outcome=self.outcome(),  # type: ignore[arg-type]
            disclosure=self.disclosure(),
            signer=self.signer(),
            contacts=list(imprint.contacts(self.text, foot)),
            cc=self.copies(),
            published_on=self.dated("published_on") or self.stamped(),
        )

    def foot(self) -> Span:
        """The closing; where there is none, nothing."""
        return self.zones.closing

    def entries(self) -> Iterator[imprint.Entry]:
        """Keys and values in head and foot."""
        yield from imprint.entries(self.text, self.zones.head)
        yield from imprint.entries(self.text, self.foot())

    def keyed(self, field: str) -> str | None:
        """The value of the first key that fills a field."""
        for entry in self.entries():
            if entry.field == field and entry.value.start < entry.value.end:
                return self.printed(entry.value)
        return None

    # --- what is answered ---

    def title_lines(self) -> tuple[Span, ...]:
        """The lines of the title."""
        return matter.title_lines(self.layout, self.zones.head)

    def title_zone(self) -> Span | None:
        """The stretch from the first line of the title to the last."""
        lines = self.title_lines()
        return Span(lines[0].start, lines[-1].end) if lines else None

    def address(self) -> Span:
        """The opening after the salutation: 你们提出的…收悉."""
        start = self.zones.salutation.end if self.zones.salutation else self.zones.opening.start
        return Span(start, self.zones.opening.end)

    def places(self) -> list[Span]:
        """Where the matter is named, the best place first: the title, the address, the rest of the head."""
        title = self.title_zone()
        return [zone for zone in (title, self.address(), self.zones.head) if zone]

    def meetings(self) -> Iterator[matter.Meeting]:
        """The sessions named, those of the title first."""
        for zone in self.places():
            yield from matter.meetings(self.text, zone)

    def plain_body(self, title: str | None) -> tuple[matter.Body | None, str | None]:
        """The body where no session is named."""
        body, name = matter.plain_body(title or "")
        if body or not self.zones.salutation:
            return body, name
        who = self.text[self.zones.salutation.start : self.zones.salutation.end]
        opening = self.text[self.zones.opening.start : self.zones.opening.end]
        if re.search(r"委\s?员$", who) or "提案" in opening:
            return "CPPCC", None
        return ("NPC", None) if re.search(r"代\s?表$", who) else (None, None)

    def matter(self, title: str | None, body: matter.Body | None) -> matter.Matter:
        """What kind of matter is answered."""
        opening = self.text[self.zones.opening.start : self.zones.opening.end]
        if body:
            return "proposal" if body == "CPPCC" else "suggestion"
        for word, kind in (("提案", "proposal"), ("代表建议", "suggestion"), ("议案", "suggestion")):
            if word in (title or ""):
                return kind  # type: ignore[return-value]
        if re.search(r"网友|网民|留言|来信|来电|信访|帖|市民|热线|[您你]们?好|反映|投诉|咨询|函件", opening):
            return "message"
        return "other"

    def number(self) -> str | None:
        """The number of the matter."""
        for zone in self.places():
            for _, value in matter.numbers(self.text, zone):
                return value
        value = self.keyed("number")
        return value if value and re.fullmatch(r"[A-Za-z]{0,4}[\d-]{1,14}", value) else None

    def subject(self) -> Span | None:
        """The name of the matter."""
        message = matter.numbers(self.text, self.address()) == [] and not self.title_zone()
        found = matter.subject(self.text, self.address(), quoted_only=message and not self.official())
        title = self.title_zone()
        return found or (matter.subject(self.text, title) if title else None)

    def official(self) -> bool:
        """Whether a member of a body is addressed."""
        return bool(re.search(r"提案|建议|议案", self.text[self.zones.opening.start : self.zones.opening.end]))

    # --- who answers, when ---

    def doc_number(self) -> str | None:
        """The number of the reply itself."""
        value = self.keyed("doc_number")
        if value:
            return value
        found = next(imprint.doc_numbers(self.text, self.zones.head), None)
        return self.printed(found) if found else None

    def titled(self, lines: tuple[Span, ...]) -> str | None:
        """The office that stands above the title or opens it."""
        if len(lines) > 1:
            above = self.printed(lines[0]).replace(" ", "").replace("\u3000", "")
            if compiled("^<agency>$").match(above):
                return above
        return None

    def agency_of(self, title: str | None) -> str | None:
        """The office with which a title begins: 某局关于…."""
        match = compiled("^(<agency>)(?:关于|对|答复|回复)").match(title or "")
        return match.group(1) if match else None

    def closing_lines(self) -> list[Span]:
        """The lines of the closing, cut at wide blanks and full stops, without the blanks around them."""
        pieces = re.compile(r"[^\n。!?]+")
        zone = self.foot()
        return [matter.trimmed(self.text, Span(*m.span())) for m in pieces.finditer(self.text, zone.start, zone.end)]

    def signature(self) -> tuple[str | None, date | None]:
        """Office and date of the signing: the first date that stands alone or after the name of an office."""
        office: str | None = None
        loose: date | None = None
        for line in self.closing_lines():
            words = self.text[line.start : line.end]
            bare = re.sub(r"[\s()]", "", words)
            signed = compiled("^(?:特此(?:答复|回复|函复))?(?P<office><agency>)?(?P<day><day>)$").match(bare)
            if signed:
                return (signed["office"] or office), imprint.read_date(signed["day"])
            if compiled("^<agency>$").match(bare) and not re.search(r"感谢|谢谢", bare):
                office = office or bare
                continue
            ends = compiled("(?:<day>)$").search(words)
            if ends and loose is None and not re.search(r"[::]\s*$", words[: ends.start()]):
                loose = imprint.read_date(ends.group())
        return office, loose

    def signed_by(self) -> str | None:
        """The signing office."""
        return self.signature()[0]

    def signed_on(self) -> date | None:
        """The date of signing: in the closing, else alone on a line of the head."""
        signed = self.signature()[1]
        if signed:
            return signed
        for line in self.text[self.zones.head.start : self.zones.head.end].split("\n"):
            if compiled("<day>").fullmatch(line.strip(" ()")):
                return imprint.read_date(line.strip(" ()"))
        return None

    def dated(self, field: str) -> date | None:
        """The date that a key prints."""
        for entry in self.entries():
            if entry.field == field:
                found = next(imprint.dates(self.text, entry.value), None)
                if found:
                    return found[1]
        return None

    def stamped(self) -> date | None:
        """The date with a time of day that a page prints without a key: 2023-07-25 10:16."""
        match = compiled(r"(?P<day><day>)\s{1,4}\d{1,2}:\d\d").search(self.text, self.zones.head.start, self.zones.head.end)
        return imprint.read_date(match["day"]) if match else None

    # --- what is printed beside ---

    def fragments(self) -> Iterator[str]:
        """What wide blanks, bars and line ends set apart in head and foot."""
        for zone in (self.zones.head, self.foot()):
            yield from re.split(r"\n|\s{2,}|\|", self.text[zone.start : zone.end])

    def outcome(self) -> str | None:
        """The class of the result."""
        for entry in self.entries():
            if entry.field == "outcome":
                found = imprint.outcome(self.text[entry.value.start : entry.value.end])
                if found:
                    return found
        return next(filter(None, map(imprint.bare_outcome, self.fragments())), None)

    def disclosure(self) -> str | None:
        """How far the reply is public."""
        for entry in self.entries():
            if entry.field == "disclosure":
                found = imprint.disclosure(self.text[entry.value.start : entry.value.end])
                if found:
                    return found
        short = (fragment for fragment in self.fragments() if len(fragment.strip()) <= 12)
        return next(filter(None, map(imprint.disclosure, short)), None)

    def signer(self) -> str | None:
        """签发人."""
        value = self.keyed("signer")
        return re.sub(r"\s", "", value) if value else None

    def copies(self) -> list[str]:
        """抄送, over the lines that its list fills."""
        for entry in imprint.entries(self.text, self.foot()):
            if entry.field == "cc":
                end = self.foot().end
                value = self.text[entry.value.start : end]
                value = re.split(r"\n\s*\n|\n(?![^\n]{2,40}[、,。])|(?<=。)\n", value + "\n")[0]
                return imprint.copies(value.replace("\n", ""))
        return []

    # --- marks ---

    def marks(self) -> Iterator[Mark]:
        """The numerals of header fields and furniture, each once: what is known first, the rest as names."""
        taken = bytearray(len(self.text))
        for span, what, rule in (*self._known(), *self._furniture()):
            if span.start < span.end and not any(taken[span.start : span.end]):
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
                yield Mark(span, what, f"header.{rule}")

    def _furniture(self) -> Iterator[tuple[Span, NumeralKind, str]]:
        """Every other figure of head, salutation and foot: index numbers, page views, 等3名代表."""
        for zone in (self.zones.head, self.zones.salutation or Span(0, 0), self.foot()):
            for match in _FIGURE.finditer(self.text, zone.start, zone.end):
                yield Span(*match.span()), "name", "furniture"

    def _known(self) -> Iterator[tuple[Span, NumeralKind, str]]:
        for zone in (self.zones.opening, self.foot()):
            for entry in imprint.entries(self.text, zone):
                if entry.field == "doc_number":
                    yield entry.value, "doc_number", "doc_number"
        for span in imprint.doc_numbers(self.text, self.zones.head):
            yield span, "doc_number", "doc_number"
        for zone in (self.zones.opening, self.foot()):
            for meeting in matter.meetings(self.text, zone):
                for span in meeting.ordinals:
                    yield span, "ordinal", "session"
            for span, _ in matter.numbers(self.text, zone):
                yield span, "matter_number", "number"
        for zone in (self.zones.head, self.foot()):
            for span, _ in imprint.dates(self.text, zone):
                clock = re.compile(r"\s{1,4}\d{1,2}:\d\d(?::\d\d)?").match(self.text, span.end)
                yield Span(span.start, clock.end() if clock else span.end), "date", "date"
            for match in imprint.PHONE.finditer(self.text, zone.start, zone.end):
                yield Span(*match.span()), "contact", "phone"
        subject = self.subject()
        if subject and re.search(r"[\d一二三四五六七八九十]", self.text[subject.start : subject.end]):
            yield subject, "name", "subject"
