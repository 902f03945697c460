"""Keeps the generated blocks of the documentation in step with the program.

    python tests/update_docs.py            write them anew
    python tests/update_docs.py --check    name the pages that are out of step; exit code 1 if there are any

A block stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`; what stands there is one of `BLOCKS`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(Path(__file__).parent / "quality"))

import gold  # noqa: E402
import replyparse  # noqa: E402
import score  # noqa: E402
from replyparse.batch.relations import Table, tables  # noqa: E402
from replyparse.checks import RULES  # noqa: E402
from replyparse.reports import rulebook  # noqa: E402

PAGES = ("README.md", "README.zh-CN.md", "docs/record.md", "docs/rules.md", "docs/tables.md")
REPLY = ROOT / "fixtures" / "wuhan_20230128.txt"
WIDTH = 112  # columns; a Chinese character takes two
GAP = "…"

_BLOCK = re.compile(r"(<!-- (?P<name>\w+):begin -->\n).*?(<!-- (?P=name):end -->)", re.DOTALL)


# --- the record of the genuine reply, cut to one screen --------------------------------------------------------------


@cache
def _record() -> dict[str, Any]:
    return replyparse.parse_file(REPLY).model_dump(mode="json")


def _shown_claims() -> list[dict[str, Any]]:
    """The first part of a whole, its whole, and the first target of the first commitment with targets and a date."""
    claims = {claim["id"]: claim for claim in _record()["claims"]}
    part = next(claim for claim in claims.values() if claim["part_of"])
    return [claims[part["part_of"]], part, claims[_shown_commitment()["claims"][0]]]


def _shown_commitment() -> dict[str, Any]:
    return next(promise for promise in _record()["commitments"] if promise["claims"] and promise["deadline"])


def _shown_sections() -> list[dict[str, Any]]:
    """The sections that hold the part of a whole, from the top down."""
    holder = _shown_claims()[1]["section"]
    return [section for section in _record()["sections"] if f"{holder}.".startswith(f"{section['id']}.")]


def record_excerpt() -> str:
    """The record with every field; of the lists only what is chosen above, of the rest of them a gap."""
    record = _record()
    lines = ["{"]
    for key, value in record.items():
        last = key == list(record)[-1]
        lines += _field(key, value, last)
    return _fenced([*lines, "}"])


def _field(key: str, value: Any, last: bool) -> Iterator[str]:
    comma = "" if last else ","
    chosen: dict[str, Callable[[], Sequence[dict[str, Any]]]] = {
        "sections": _shown_sections,
        "claims": _shown_claims,
        "commitments": lambda: [_shown_commitment()],
        "citations": lambda: [next(citation for citation in value if citation["doc_number"])],
        "numerals": lambda: value[:2],
    }
    if key == "source":
        value = {**value, "sha256": value["sha256"][:8] + GAP}
    if key == "text":
        value = value[:30] + GAP
    if key == "header":
        value = {name: entry for name, entry in value.items() if entry not in (None, [])}
        yield from _object(value, f'  "{key}": ', comma, gap=True)
    elif isinstance(value, dict):
        yield from _object(value, f'  "{key}": ', comma)
    elif key in chosen:
        yield f'  "{key}": ['
        yield from _items(value, chosen[key]())
        yield f"  ]{comma}"
    else:
        yield f'  "{key}": {_json(value)}{comma}'


def _items(every: list[Any], chosen: Sequence[Any]) -> Iterator[str]:
    """The chosen items of a list, with gaps where others are left out."""
    next_at = 0
    for item in chosen:
        at = every.index(item)
        if at > next_at:
            yield f"    {GAP}"
        next_at = at + 1
        yield from _object(item, "    ", "," if next_at < len(every) else "")
    if next_at < len(every):
        yield f"    {GAP}"


def _object(value: dict[str, Any], lead: str, end: str, *, gap: bool = False) -> Iterator[str]:
    """A JSON object in as few lines as `WIDTH` allows; `gap` says that fields are left out."""
    pairs = [f'"{name}": {_json(entry)}' for name, entry in value.items()] + ([GAP] if gap else [])
    indent = " " * (len(lead) + 1)
    line = lead + "{"
    for i, pair in enumerate(pairs):
        piece = pair + ("}" + end if i == len(pairs) - 1 else ",")
        if i and _width(f"{line} {piece}") > WIDTH:
            yield line
            line = indent + piece
        else:
            line += (" " if i else "") + piece
    yield line


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in line)


def claim_example() -> str:
    """The part of a whole as one claim."""
    return _fenced(_object(_shown_claims()[1], "", ""), "json")


# --- the figures of the scorer ---------------------------------------------------------------------------------------


def quality_figures() -> str:
    """What `python tests/quality/score.py` prints."""
    return _fenced([score.table(score.measure(gold.files()).figures())])


# --- the rules -------------------------------------------------------------------------------------------------------


def rules_pages() -> str:
    """A table of all rules and a part about each, made of their docstrings."""
    return rulebook.markdown(RULES)


# --- the tables of batches -------------------------------------------------------------------------------------------


def tables_reference() -> str:
    """Every table with its columns, as `tables.yaml` explains them."""
    return "\n".join(line for name, table in tables().items() for line in _table(name, table))


def _table(name: str, table: Table) -> Iterator[str]:
    yield from (f"## {name} · {table.chinese}", "", f"{table.about[0].upper()}{table.about[1:]}.", "")
    yield f"Key: {', '.join(f'`{column}`' for column in table.key)}."
    for reference in table.references:
        here, there = (", ".join(f"`{column}`" for column in columns) for columns in (reference.columns, reference.to))
        yield f"{here} → `{reference.table}` ({there})."
    yield from ("", "| column | type | meaning | 含义 |", "|---|---|---|---|")
    for column, told in table.columns.items():
        yield f"| `{column}` | {told.type} | {told.about} | {told.chinese} |"
    yield ""


# --- pages -----------------------------------------------------------------------------------------------------------

BLOCKS: dict[str, Callable[[], str]] = {
    "record": cache(record_excerpt),
    "claim": cache(claim_example),
    "quality": cache(quality_figures),
    "rules": cache(rules_pages),
    "tables": cache(tables_reference),
}


def _fenced(lines: Iterable[str], language: str = "text") -> str:
    return "\n".join([f"```{language}", *lines, "```"]) + "\n"


def updated(page: str) -> str:
    """A page with every block as it should be."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return _BLOCK.sub(lambda match: match[1] + BLOCKS[match["name"]]() + match[3], text)


def stale() -> list[str]:
    """The pages with a block that is out of step."""
    return [page for page in PAGES if updated(page) != (ROOT / page).read_text(encoding="utf-8")]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    pages = stale()
    if parser.parse_args().check:
        sys.exit(f"out of step: {', '.join(pages)}" if pages else 0)
    for page in pages:
        (ROOT / page).write_text(updated(page), encoding="utf-8", newline="\n")
        print(f"{page} written")


if __name__ == "__main__":
    main()
