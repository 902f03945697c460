"""Each row of data/cues.yaml is found in its `yes` phrases and not in its `no` phrases; reach ends where it says."""

from __future__ import annotations

import pytest

from replyparse import cues
from replyparse.cues import CueRow, Cues
from replyparse.lines import lay_out

TABLES = ("kinds", "requests", "commitments")
ROWS = [(table, row) for table in TABLES for row, _ in cues.rows(table)]


def _found(table: str, row: CueRow, text: str) -> bool:
    return cues.pattern(table, row.id).search(text) is not None


@pytest.mark.parametrize(("table", "row", "text"), [(t, row, yes) for t, row in ROWS for yes in row.yes])
def test_rows_find_their_examples(table: str, row: CueRow, text: str) -> None:
    assert _found(table, row, text)


@pytest.mark.parametrize(("table", "row", "text"), [(t, row, no) for t, row in ROWS for no in row.no])
def test_rows_leave_look_alikes_alone(table: str, row: CueRow, text: str) -> None:
    assert not _found(table, row, text)


def test_every_row_has_examples() -> None:
    assert [row.id for _, row in ROWS if not row.yes] == []


@pytest.mark.parametrize(
    ("text", "at", "heard"),
    [
        ("力争到明年建成5座,培训6人。", "6人", ["aim"]),
        ("力争到明年建成5座。培训6人。", "6人", []),
        ("概算投资8万元,修建6座。", "6座", []),
        ("力争明年建成,目前有6座。", "6座", ["done", "aim"]),
    ],
)
def test_reach_and_order(text: str, at: str, heard: list[str]) -> None:
    offset = text.index(at)
    found = [cue.row.id for cue in Cues("kinds", lay_out(text)).heard_at(offset)]
    assert [cue for cue in found if cue in {"aim", "done", "estimate"}] == heard
