"""What a record guarantees of its pages, and how it leads back to a place in the input."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from replyparse import ReplyRecord, parse

TEXT = "第一行\n第二行\n第三行"


def paged(pages: list[int], *, text: bool = True) -> ReplyRecord:
    stored = parse(TEXT).model_dump()
    stored["source"]["pages"] = pages
    return ReplyRecord.model_validate(stored if text else {**stored, "text": None})


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (1, 1, 1)), (3, (1, 1, 4)), (4, (2, 2, 1)), (6, (3, 2, 3)), (11, (3, 3, 4))]
)
def test_locate(offset: int, place: tuple[int, int, int]) -> None:
    assert paged([0, 4, 6]).locate(offset) == place


def test_locate_without_pages_or_text() -> None:
    assert parse(TEXT).locate(4) == (None, 2, 1)
    assert paged([0, 4], text=False).locate(5) == (2, None, None)


@pytest.mark.parametrize("offset", [-1, 12])
def test_locate_outside(offset: int) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        parse(TEXT).locate(offset)


@pytest.mark.parametrize("pages", [[4], [0, 6, 4], [0, 12]])
def test_impossible_pages(pages: list[int]) -> None:
    with pytest.raises(ValidationError, match="page"):
        paged(pages)
