"""A record as rows of the tables that `tables.yaml` defines, in the order of their columns."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replyparse.record import ReplyRecord, Span

Cell = str | int | float | None
Row = tuple[Cell, ...]


def rows(path: str, record: ReplyRecord, *, text: bool = True) -> dict[str, list[Row]]:
    """The rows of every table but `outcomes`; without `text`, what is quoted from the reply is null."""
    quoted = _Quoted(record.text if text else None, record.source.pages)
    return {
        "replies": [_reply(path, record, quoted.text)],
        "sections": list(_sections(path, record, quoted)),
        "claims": list(_claims(path, record, quoted)),
        "commitments": list(_commitments(path, record, quoted)),
        "citations": list(_citations(path, record, quoted)),
        "findings": list(_findings(path, record, quoted)),
    }


class _Quoted:
    """What stands at a span, and where that is."""

    def __init__(self, text: str | None, pages: list[int]) -> None:
        self.text, self.pages = text, pages

    def at(self, span: Span) -> str | None:
        return None if self.text is None else self.text[span.start : span.end]

    def place(self, span: Span | None) -> tuple[int | None, int | None, int | None]:
        """Start, end and page."""
        return (span.start, span.end, bisect_right(self.pages, span.start) or None) if span else (None, None, None)


def _reply(path: str, record: ReplyRecord, text: str | None) -> Row:
    source, header = record.source, record.header
    contacts = (" ".join(part for part in (one.name, one.phone) if part) for one in header.contacts)
    return (
        path,
        source.name,
        source.media_type,
        source.encoding,
        source.sha256,
        source.characters,
        header.title,
        header.matter,
        header.body,
        header.body_name,
        header.term,
        header.session,
        header.number,
        header.subject,
        header.doc_number,
        header.agency,
        "、".join(header.addressees) or None,
        _iso(header.issued_on),
        header.outcome,
        header.disclosure,
        header.signer,
        ";".join(contacts) or None,
        "、".join(header.cc) or None,
        _iso(header.published_on),
        sum(entry.what == "unknown" for entry in record.numerals),
        text,
    )


def _sections(path: str, record: ReplyRecord, quoted: _Quoted) -> Iterator[Row]:
    divided = {section.parent for section in record.sections}
    for section in record.sections:
        own = None if section.id in divided else quoted.at(section.span)
        told = (section.parent, section.level, section.label, section.title, section.role)
        yield (path, section.id, *told, *section.span, own)


def _claims(path: str, record: ReplyRecord, quoted: _Quoted) -> Iterator[Row]:
    roles = {section.id: section.role for section in record.sections}
    for claim in record.claims:
        change, period = claim.change, claim.period
        yield (
            path,
            claim.id,
            claim.section,
            roles[claim.section],
            claim.metric,
            quoted.at(claim.span),
            claim.value,
            claim.low,
            claim.high,
            claim.unit,
            claim.dimension,
            claim.comparator,
            claim.kind,
            change.direction if change else None,
            change.basis if change else None,
            _iso(period.start) if period else None,
            _iso(period.end) if period else None,
            period.text if period else None,
            claim.scope,
            claim.part_of,
            claim.baseline,
            *quoted.place(claim.span),
            quoted.at(claim.sentence),
        )


def _commitments(path: str, record: ReplyRecord, quoted: _Quoted) -> Iterator[Row]:
    for promise in record.commitments:
        told = (promise.section, promise.actor, promise.strength, _iso(promise.deadline), _list(promise.claims))
        yield (path, promise.id, *told, *quoted.place(promise.span), quoted.at(promise.span))


def _citations(path: str, record: ReplyRecord, quoted: _Quoted) -> Iterator[Row]:
    for i, cited in enumerate(record.citations, 1):
        yield (path, i, cited.title, cited.doc_number, cited.year, *quoted.place(cited.span))


def _findings(path: str, record: ReplyRecord, quoted: _Quoted) -> Iterator[Row]:
    for i, found in enumerate(record.findings, 1):
        told = (found.rule, found.severity, found.message, _list(found.claims))
        yield (path, i, *told, *quoted.place(found.span))


def _list(ids: list[str]) -> str | None:
    return " ".join(ids) or None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
