"""Gold files: what a careful reader finds in a reply, in the format that fixtures/README.md describes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from replyparse.record import Comparator, Header, Kind, Role, Span

FOLDER = Path(__file__).parents[2] / "fixtures" / "gold"

Count = Annotated[int, Field(ge=1)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(_Model):
    """From `from` on the role holds until the next turn."""

    start: Annotated[str, Field(alias="from", min_length=1)]
    role: Role
    n: Count = 1


class Heading(_Model):
    """A numbered heading, the whole line as printed."""

    text: Annotated[str, Field(min_length=1)]
    level: Annotated[int, Field(ge=1, le=4)]
    n: Count = 1


class Quantity(_Model):
    """A quantity as printed, and which occurrence of it is meant."""

    q: Annotated[str, Field(min_length=1)]
    n: Count = 1


class Claim(Quantity):
    """A claim; what the file leaves out (`model_fields_set`) is not compared."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    comparator: Comparator
    kind: Kind
    period: tuple[dt.date | None, dt.date | None] | None = None
    metric: Annotated[list[str], Field(min_length=1)]
    change: Literal["increase", "decrease"] | None = None


class Citation(_Model):
    """A cited title and its document number."""

    title: Annotated[str, Field(min_length=1)]
    doc_number: str | None = None


class Commitment(_Model):
    """A promise, as printed, to the end of its clause or sentence."""

    text: Annotated[str, Field(min_length=1)]
    deadline: dt.date | None = None
    strength: Literal["firm", "aim", "explore"] | None = None


class Gold(_Model):
    """One gold file; a key that is left out is not compared."""

    header: dict[str, Any] = {}
    roles: list[Turn] = []
    headings: list[Heading] = []
    claims: list[Claim] = []
    optional: list[Quantity] = []
    citations: list[Citation] = []
    commitments: list[Commitment] = []
    findings: list[str] = []


def files() -> list[Path]:
    """The gold files of the repository, in order."""
    return sorted(FOLDER.glob("*.json"))


def load(path: Path) -> tuple[str, Gold]:
    """The text of a reply and its gold. Raises `pydantic.ValidationError` when the gold has not the form above."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    return text, Gold.model_validate(json.loads(path.read_text(encoding="utf-8")))


def place(text: str, printed: str, n: int = 1) -> Span:
    """Where the n-th occurrence of a string stands. Raises `ValueError` when there is none."""
    at = -1
    for _ in range(n):
        at = text.find(printed, at + 1)
        if at < 0:
            raise ValueError(f"{printed!r} (n = {n}) is not in the text")
    return Span(at, at + len(printed))


def problems(path: Path) -> Iterator[str]:
    """What is wrong with a gold file, a line each; nothing when it is well formed."""
    try:
        text, gold = load(path)
    except ValidationError as error:
        yield str(error)
        return
    if unknown := set(gold.header) - set(Header.model_fields):
        yield f"header: unknown fields {sorted(unknown)}"
    quoted = [
        *((f"roles[{i}]", turn.start, turn.n) for i, turn in enumerate(gold.roles)),
        *((f"headings[{i}]", heading.text, heading.n) for i, heading in enumerate(gold.headings)),
        *((f"claims[{i}]", claim.q, claim.n) for i, claim in enumerate(gold.claims)),
        *((f"optional[{i}]", quantity.q, quantity.n) for i, quantity in enumerate(gold.optional)),
        *((f"citations[{i}]", citation.title, 1) for i, citation in enumerate(gold.citations)),
        *((f"commitments[{i}]", commitment.text, 1) for i, commitment in enumerate(gold.commitments)),
    ]
    places: dict[str, Span] = {}
    for entry, printed, n in quoted:
        try:
            places[entry] = place(text, printed, n)
        except ValueError as error:
            yield f"{entry}: {error}"
    for kind in ("roles", "claims"):
        standing = [(entry, span) for entry, span in places.items() if entry.startswith(kind)]
        for (_, one), (entry, other) in pairwise(standing):
            if other.start <= one.start:
                yield f"{entry}: does not come after the entry before it"
        if kind == "claims":
            for (one_entry, one), (entry, other) in combinations(standing, 2):
                if one.overlaps(other):
                    yield f"{entry}: overlaps {one_entry}"
    for i, claim in enumerate(gold.claims):
        if claim.value is None and claim.low is None and claim.high is None:
            yield f"claims[{i}]: neither value nor low and high"
