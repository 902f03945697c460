"""CSV: a row for each claim, with enough of the header that rows of many replies can lie in one sheet.

UTF-8 with a byte order mark, so that spreadsheets open it; RFC 4180 line ends. Text cells that a spreadsheet would
take for a formula get a leading apostrophe. Columns: `COLUMNS`, named as in the record; `quantity` and `sentence` are
the text at those spans and are left out with the replies' text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from replyparse.writers import Rendering

if TYPE_CHECKING:
    from replyparse.record import Claim, ReplyRecord, Span

#: Every column, in order.
COLUMNS = (
    "source",  # the file's name
    "agency",
    "number",  # of the proposal
    "issued_on",
    "id",  # of the claim, unique within its reply
    "section",
    "role",  # of that section
    "metric",
    "quantity",  # as printed
    "value",
    "low",
    "high",
    "unit",
    "dimension",
    "comparator",
    "kind",
    "change_direction",
    "change_basis",
    "period_start",
    "period_end",
    "period_text",
    "scope",
    "part_of",
    "baseline",
    "start",  # of the quantity in the text
    "end",
    "page",  # on which it begins, for formats with pages
    "sentence",  # as printed
)
_OF_TEXT = ("quantity", "sentence")
_FORMULA = tuple("=+-@\t\r＝＋－＠")

Cell = str | int | float | None


def render(records: Iterable[ReplyRecord], options: Rendering) -> Iterator[str]:
    """Yield the heading with the first record, then rows."""
    columns = [column for column in COLUMNS if options.text or column not in _OF_TEXT]
    opening = "\ufeff" + line(columns)
    for record in records:
        roles = {section.id: section.role for section in record.sections}
        cells = (_cells(record, claim, roles[claim.section]) for claim in record.claims)
        yield opening + "".join(line(row[column] for column in columns) for row in cells)
        opening = ""


def _cells(record: ReplyRecord, claim: Claim, role: str) -> dict[str, Cell]:
    header, change, period = record.header, claim.change, claim.period
    start, end = (period.start, period.end) if period else (None, None)
    return {
        "source": record.source.name,
        "agency": header.agency,
        "number": header.number,
        "issued_on": _iso(header.issued_on),
        "id": claim.id,
        "section": claim.section,
        "role": role,
        "metric": claim.metric,
        "quantity": _at(record, claim.span),
        "value": claim.value,
        "low": claim.low,
        "high": claim.high,
        "unit": claim.unit,
        "dimension": claim.dimension,
        "comparator": claim.comparator,
        "kind": claim.kind,
        "change_direction": change.direction if change else None,
        "change_basis": change.basis if change else None,
        "period_start": _iso(start),
        "period_end": _iso(end),
        "period_text": period.text if period else None,
        "scope": claim.scope,
        "part_of": claim.part_of,
        "baseline": claim.baseline,
        "start": claim.span.start,
        "end": claim.span.end,
        "page": record.locate(claim.span.start).page,
        "sentence": _at(record, claim.sentence),
    }


def _at(record: ReplyRecord, span: Span) -> str | None:
    return None if record.text is None else record.text[span.start : span.end]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def line(cells: Iterable[Cell]) -> str:
    """One line of CSV, its text made safe from being run as a formula."""
    out = io.StringIO()
    csv.writer(out).writerow([_inert(cell) for cell in cells])
    return out.getvalue()


def _inert(cell: Cell) -> Cell:
    """The cell, made safe from being run as a formula; numbers are what they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
