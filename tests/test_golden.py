"""Whole records of three replies, compared to the last character of their JSON.

A change of the program that changes a record shows here first. When the change is meant:
`python -m pytest tests/test_golden.py --update-golden`, then read the diff before it is committed.
"""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice
from pathlib import Path

import pytest

import replyparse
from replyparse.writers import OutputFormat, render

GOLDEN = Path(__file__).parent / "golden"
#: A genuine reply on three levels; a web page with furniture; lines cut at the page's width.
REPLIES = ("wuhan_20230128", "county_road_web_page", "city_water_hard_wrapped")
LINES = 80  # of a difference that are shown


@pytest.mark.parametrize("name", REPLIES)
def test_record(name: str, fixtures: Path, request: pytest.FixtureRequest) -> None:
    record = replyparse.parse_file(fixtures / "gold" / f"{name}.txt")
    written = "".join(render(OutputFormat.JSON, [record]))
    golden = GOLDEN / f"{name}.json"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(written, encoding="utf-8", newline="\n")
        pytest.skip(f"{golden.name} written")
    assert golden.exists(), f"write it: {request.node.nodeid} --update-golden"
    if (before := golden.read_text(encoding="utf-8")) != written:
        diff = unified_diff(before.splitlines(), written.splitlines(), "golden", "now", lineterm="", n=8)
        pytest.fail("\n".join(islice(diff, LINES)), pytrace=False)


def test_there_is_no_golden_record_besides() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(REPLIES)
