"""One reply through every door: the record is that of the text door, whichever format the reply came in.

`fixtures/doors/FORMAT/REPLY.SUFFIX` holds the replies of `fixtures/gold/` as other tools wrote them;
`fixtures/doors/README.md` says which, and how to make them again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import replyparse
from replyparse import ReplyRecord
from replyparse.reading import missing
from replyparse.reading.formats import identify

DOORS = Path(__file__).parent.parent / "fixtures" / "doors"
#: The least share of the claims of the text door that a door must give, where it is not all of them.
FLOORS: dict[str, float] = {"scan": 0.95}


def files() -> list[Path]:
    return sorted(DOORS.glob("*/*"))


def claims(record: ReplyRecord) -> Counter[tuple[Any, ...]]:
    """What the claims say, wherever they stand."""
    return Counter(
        (c.value, c.low, c.high, c.unit, c.metric, c.kind, c.period and (c.period.start, c.period.end))
        for c in record.claims
    )


def roles(record: ReplyRecord) -> list[tuple[str | None, str]]:
    """The headings and their roles, in order."""
    return [(section.title, section.role) for section in record.sections if section.title]


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_same_record(path: Path, fixtures: Path, needs: Callable[[str | None], None]) -> None:
    needs(missing(identify(path.read_bytes())))
    expected = replyparse.parse_file(fixtures / "gold" / f"{path.stem}.txt")
    found = replyparse.parse_file(path)
    wanted, got = claims(expected), claims(found)
    floor = FLOORS.get(path.parent.name, 1.0)
    if floor == 1.0:
        assert got == wanted
        assert roles(found) == roles(expected)
        assert found.header == expected.header
    else:
        assert (wanted & got).total() >= floor * max(wanted.total(), got.total())
