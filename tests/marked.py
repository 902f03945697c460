"""Reads the marked sentences of `tests/corpus/`: ⟦…⟧ stands around each stretch that a rule must find."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_MARK = re.compile(r"⟦(.*?)⟧", re.DOTALL)


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its marks, and the spans that they stood around."""
    text, spans, cursor = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[cursor : match.start()]
        spans.append((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        cursor = match.end()
    return text + marked[cursor:], spans


def corpus(module: str, table: str) -> list[Any]:
    """The rows of one table of `tests/corpus/<module>.yaml`."""
    path = Path(__file__).parent / "corpus" / f"{module}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))[table]
