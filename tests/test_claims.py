"""Sentences of `tests/corpus/claims.yaml` through the whole pipeline: what is said about the marked amount."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import replyparse
from marked import corpus, unmark
from replyparse.record import Claim, ReplyRecord

TABLES = ("metric", "kind", "change", "period", "relations")
ROWS = [(table, row) for table in TABLES for row in corpus("claims", table)]


def _claim(row: dict[str, Any]) -> tuple[ReplyRecord, Claim]:
    text, [(start, _end)] = unmark(row["text"])
    head = f"{row['under']}\n" if "under" in row else ""
    issued_on: dt.date | None = row.get("issued_on")
    record = replyparse.parse(head + text, issued_on=issued_on)
    at = len(head) + start
    claims = [claim for claim in record.claims if claim.span.start <= at < claim.span.end]
    assert claims, f"no claim at {at}: {[(head + text)[slice(*c.span)] for c in record.claims]}"
    return record, claims[0]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{table}-{row['text']}" for table, row in ROWS])
def test_what_is_said_about_an_amount(table: str, row: dict[str, Any]) -> None:
    record, claim = _claim(row)
    by_id = {c.id: c for c in record.claims}
    text = record.text or ""
    said: dict[str, Any] = {
        "metric": claim.metric,
        "kind": claim.kind,
        "change": claim.change and claim.change.direction,
        "basis": claim.change and claim.change.basis,
        "period": claim.period and [d and d.isoformat() for d in (claim.period.start, claim.period.end)],
        "scope": claim.scope,
    }
    for link in ("part_of", "baseline"):
        other = getattr(claim, link)
        said[link] = text[slice(*by_id[other].span)] if other else None
    wanted = {key: value for key, value in row.items() if key not in {"text", "under", "issued_on"}}
    assert {key: said[key] for key in wanted} == wanted
