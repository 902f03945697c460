"""The record of one reply: Pydantic models whose meaning `docs/record.md` fixes.

This module imports nothing of ours, so a stored record can be read, checked and written without the
extraction behind it. Every span is `[start, end)` in Unicode code points of the reply's text.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION: Literal["1"] = "1"


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of a text, in Unicode code points."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether `other` holds the whole of this span."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Place(NamedTuple):
    """Where a person finds an offset: all count from 1; None what the record does not know."""

    page: int | None
    line: int | None
    column: int | None


#: A JSON number: an integer when the amount is whole.
Number = int | float

Role = Literal["preamble", "handling", "progress", "response", "problems", "next_steps", "closing"]
Comparator = Literal["eq", "approx", "gt", "ge", "lt", "le", "range"]
Kind = Literal["actual", "target", "standard", "proposed"]
Dimension = Literal[
    "count",
    "money",
    "ratio",
    "length",
    "area",
    "volume",
    "mass",
    "energy",
    "power",
    "duration",
    "rank",
    "temperature",
    "other",
]
NumeralKind = Literal[
    "claim",
    "date",
    "period",
    "ordinal",
    "label",
    "doc_number",
    "matter_number",
    "contact",
    "address",
    "name",
    "idiom",
    "article",
    "text_part",
    "condition",
    "unknown",
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RecognizedLine(_Model):
    """A line of the text that was read from a picture; `confidence` is the recognizer's own, 0 to 1."""

    span: Span
    confidence: Annotated[float, Field(ge=0, le=1)]


class Source(_Model):
    """Where the text came from; `sha256` is of the bytes as read, `characters` counts code points.

    `pages` are the offsets at which the pages begin, [] for a format without pages; `recognized` are the lines that
    were read from pictures, [] where the input carries its text.
    """

    name: str | None
    media_type: str
    encoding: str | None
    sha256: str
    characters: Annotated[int, Field(ge=0)]
    pages: list[int] = []
    recognized: list[RecognizedLine] = []


class Contact(_Model):
    """One person or office to ask (联系人), as printed at the end of a reply."""

    name: str | None
    phone: str | None


class Header(_Model):
    """What the reply says of itself; null or [] where it does not say."""

    title: str | None = None
    matter: Literal["proposal", "suggestion", "message", "other"] = "other"
    body: Literal["CPPCC", "NPC"] | None = None
    body_name: str | None = None
    term: int | None = None
    session: int | None = None
    number: str | None = None
    subject: str | None = None
    doc_number: str | None = None
    agency: str | None = None
    addressees: list[str] = []
    issued_on: dt.date | None = None
    outcome: Literal["A", "B", "C", "D"] | None = None
    disclosure: Literal["public", "partial", "withheld"] | None = None
    signer: str | None = None
    contacts: list[Contact] = []
    cc: list[str] = []
    published_on: dt.date | None = None


class Section(_Model):
    """One part of the reply; the sections of a level tile their parent."""

    id: str
    parent: str | None
    level: Annotated[int, Field(ge=0, le=5)]
    label: str | None
    title: str | None
    role: Role
    span: Span
    heading_span: Span | None


class Change(_Model):
    """Set when the quantity is an amount of change rather than a level."""

    direction: Literal["increase", "decrease"]
    basis: str | None


class Period(_Model):
    """The time an amount holds for; an open side is null."""

    start: dt.date | None
    end: dt.date | None
    text: str


class Claim(_Model):
    """One numeric claim: a stated amount of something, with what the words around it say."""

    id: str
    section: str
    span: Span
    sentence: Span
    metric: str
    value: Number | None
    low: Number | None
    high: Number | None
    unit: str | None
    dimension: Dimension
    comparator: Comparator
    kind: Kind
    change: Change | None
    period: Period | None
    scope: str | None
    part_of: str | None
    baseline: str | None


class Quantity(_Model):
    """One number with its unit, as `find_quantities` reads it; its fields mean what those of a Claim do.

    Amounts stay exact. `text` is what the span holds, `value` is None for a range, whose ends are `low` and `high`.
    """

    span: Span
    text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    dimension: Dimension
    comparator: Comparator


class Commitment(_Model):
    """A promise: who will do it, how firmly it is said, until when, and with which target claims."""

    id: str
    section: str
    span: Span
    actor: str | None
    strength: Literal["firm", "aim", "explore"]
    deadline: dt.date | None
    claims: list[str]


class Citation(_Model):
    """A named law, regulation, policy, plan or standard; `title` stands without 《》."""

    title: str
    doc_number: str | None
    span: Span
    year: int | None


class NumeralEntry(_Model):
    """One numeral of the text and what it is; `unknown` is what the program could not place."""

    span: Span
    what: NumeralKind


class Finding(_Model):
    """What a check found; `claims` are the ids it speaks of."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    span: Span | None
    claims: list[str]


class ReplyRecord(_Model):
    """Everything replyparse says about one reply.

    Validation guarantees what readers rely on: spans lie inside the text, sections tile, ids are
    unique and every reference resolves, and no character belongs to two numeral entries.
    """

    schema_version: Literal["1"] = SCHEMA_VERSION
    source: Source
    text: str | None = None
    header: Header
    sections: list[Section]
    claims: list[Claim]
    commitments: list[Commitment]
    citations: list[Citation]
    numerals: list[NumeralEntry]
    findings: list[Finding] = []

    def locate(self, offset: int) -> Place:
        """The page of the input and the line and column of `text` in which an offset lies.

        The page is None for a format without pages, line and column for a record without its text. Raises `ValueError`
        for an offset outside the text.
        """
        if not 0 <= offset <= self.source.characters:
            raise ValueError(f"offset {offset} lies outside the text (0-{self.source.characters})")
        page = bisect_right(self.source.pages, offset) or None
        if self.text is None:
            return Place(page, None, None)
        return Place(page, self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset))

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        length = self.source.characters
        if self.text is not None and len(self.text) != length:
            raise ValueError(f"text has {len(self.text)} characters, source says {length}")
        if self.source.pages and (self.source.pages[0] != 0 or self.source.pages != sorted(self.source.pages)):
            raise ValueError("the pages do not begin at 0 and follow one another")
        if self.source.pages and self.source.pages[-1] > length:
            raise ValueError(f"page {len(self.source.pages)} begins outside the text (0-{length})")
        things = (
            self.sections,
            self.claims,
            self.commitments,
            self.citations,
            self.numerals,
            self.source.recognized,
        )
        for start, end in (thing.span for group in things for thing in group):
            if not 0 <= start <= end <= length:
                raise ValueError(f"span {start}-{end} lies outside the text (0-{length})")
        _check_tiling(self.sections, length)
        _check_ids(self)
        for before, after in zip(self.numerals, self.numerals[1:], strict=False):
            if after.span.start < before.span.end:
                raise ValueError(f"numerals overlap at {after.span.start}")
        return self


def _check_tiling(sections: list[Section], length: int) -> None:
    """Children cover their parent without gap or overlap; the top level covers the text."""
    spans = {section.id: section.span for section in sections}
    cursor: dict[str | None, int] = {None: 0}
    for section in sections:
        if section.parent is not None and section.parent not in spans:
            raise ValueError(f"section {section.id} names an unknown parent {section.parent}")
        expected = cursor.get(section.parent)
        if expected is None and section.parent is not None:
            expected = spans[section.parent].start
        if section.span.start != expected:
            raise ValueError(f"section {section.id} starts at {section.span.start}, not at {expected}")
        cursor[section.parent] = section.span.end
    for parent, end in cursor.items():
        whole = length if parent is None else spans[parent].end
        if end != whole and (sections or length):
            raise ValueError(f"the sections of {parent or 'the text'} end at {end}, not at {whole}")


def _check_ids(record: ReplyRecord) -> None:
    sections = {section.id for section in record.sections}
    claims = {claim.id for claim in record.claims}
    commitments = {commitment.id for commitment in record.commitments}
    if len(sections) < len(record.sections) or len(claims) < len(record.claims):
        raise ValueError("an id is used twice")
    if len(commitments) < len(record.commitments):
        raise ValueError("an id is used twice")
    for claim in record.claims:
        if claim.section not in sections:
            raise ValueError(f"claim {claim.id} names an unknown section {claim.section}")
        if not claim.span.within(claim.sentence):
            raise ValueError(f"claim {claim.id} lies outside its sentence")
        for other in (claim.part_of, claim.baseline):
            if other is not None and (other not in claims or other == claim.id):
                raise ValueError(f"claim {claim.id} refers to {other}")
    for commitment in record.commitments:
        if commitment.section not in sections or not claims.issuperset(commitment.claims):
            raise ValueError(f"commitment {commitment.id} refers to something unknown")
    for finding in record.findings:
        if not claims.issuperset(finding.claims):
            raise ValueError(f"finding {finding.rule} refers to an unknown claim")
