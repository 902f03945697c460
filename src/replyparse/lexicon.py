"""A user's lexicon: YAML that adds units, cues and words to the built-in knowledge; and that knowledge as such YAML.

`TABLES` lists what can be extended, under names that are the same in the file, on the command line and in
docs/lexicon.md. `read` checks a file as a whole before anything is parsed with it: whatever is wrong is one
`KnowledgeError` that names file, line and key.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NoReturn

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from replyparse import comparators, cues, imprint, knowledge, matter, names, phrases, roles, units, wordclass, words
from replyparse.errors import KnowledgeError
from replyparse.knowledge import Extension, Row
from replyparse.wordlists import WordList
from replyparse.yaml12 import Loader

__all__ = ["TABLES", "Table", "printed", "read"]

Compile = Callable[[str, dict[str, str]], re.Pattern[str]]


def _plain(pattern: str, _: dict[str, str]) -> re.Pattern[str]:
    return re.compile(pattern)


def _verbose(pattern: str, _: dict[str, str]) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


def _composed(pattern: str, pieces: dict[str, str]) -> re.Pattern[str]:
    return re.compile(phrases.filled(pattern, pieces))


def _unnamed(pattern: str, _: dict[str, str]) -> re.Pattern[str]:
    compiled = re.compile(pattern)
    if compiled.groupindex:
        raise re.error("a key's pattern names no groups")
    return compiled


@dataclass(frozen=True, slots=True)
class Table:
    """One table that a lexicon can extend.

    `file` and `table` say where its built-in rows stand in `data/`, `model` what a row looks like (None for plain
    words), `about` what it is for. The program knows every value of the key `closed` by name, so no new ones can be
    added. `compile` makes the regular expression of a row's `pattern` as the program will.
    """

    file: str
    table: str
    model: type[Row] | None
    about: str
    closed: str | None = None
    compile: Compile | None = None

    def rows(self) -> tuple[Any, ...]:
        """The built-in rows."""
        if self.model is None:
            return tuple(knowledge.raw(self.file)[self.table])
        return knowledge.built_in(self.file, self.table, self.model)

    def closed_values(self) -> list[str]:
        """The values that the key `closed` can have."""
        return list(dict.fromkeys(getattr(row, self.closed) for row in self.rows())) if self.closed else []


def _words_of(file: str, about: str) -> Table:
    return Table(file, "lists", WordList, about, closed="id")


#: In the order in which they are printed; `pieces` come before the patterns that may hold them.
TABLES: dict[str, Table] = {
    "units": Table("units", "units", units.Unit, "what can stand behind a number: 吨, 万元, 个工作日"),
    "denominators": Table("units", "denominators", units.Denominator, "what 每 can stand before, beside the units"),
    "comparators": Table("comparators", "cues", comparators.Cue, "words that bound a number: 超过, 不低于, 以上"),
    "comparator_helpers": Table("comparators", "helpers", None, "words that may stand between such a word and it"),
    "words": Table("words", "words", words.WordRow, "the user dictionary of the segmentation, with jieba's tags"),
    "verbs_pure": Table("verbs", "pure", wordclass.VerbRow, "verbs that end the phrase which names what is measured"),
    "verbs_nominal": Table("verbs", "nominal", wordclass.VerbRow, "verbs that may also stand inside such a phrase"),
    "verbs_attributive": Table("verbs", "attributive", wordclass.VerbRow, "those of them that take no object"),
    "verbs_light": Table("verbs", "light", wordclass.VerbRow, "those of the first that say nothing of what is done"),
    "verbs_pivotal": Table("verbs", "pivotal", wordclass.VerbRow, "verbs whose object acts: 组织, 配合, 依托"),
    "verbs_modifying": Table("verbs", "modifying", wordclass.VerbRow, "verbs that tell a use: (推广)活动"),
    "verbs_paying": Table("verbs", "paying", wordclass.VerbRow, "verbs by which money is given: 安排, 拨付"),
    "verbs_outlay": Table("verbs", "outlay", wordclass.VerbRow, "verbs of what something costs: 投入, 花费"),
    "verbs_status": Table("verbs", "status", wordclass.VerbRow, "verbs of what a thing does with itself: 备案, 接入"),
    "verbs_lasting": Table("verbs", "lasting", wordclass.VerbRow, "verbs of what takes time: 停留, 到达"),
    "verbs_reach": Table("verbs", "reach", wordclass.VerbRow, "verbs between a phrase and its amount: 达到, 为, 共有"),
    "nouns": _words_of("nouns", "classes of nouns for the reading of phrases"),
    "metrics": _words_of("metrics", "words that tell how a quantity is named"),
    "kinds": Table("cues", "kinds", cues.CueRow, "cues for done, planned and laid down", "signal", _verbose),
    "kind_words": _words_of("kinds", "words that tell a sum laid down by rule from a sum paid"),
    "changes": _words_of("changes", "words that make an amount one of change: 增长, 压减"),
    "counting": _words_of("counting", "words that decide whether a figure counts"),
    "requests": Table("cues", "requests", cues.CueRow, "cues for what the proposer asks", "signal", _verbose),
    "commitments": Table("cues", "commitments", cues.CueRow, "cues for promises", "id", _verbose),
    "pieces": Table("phrases", "pieces", phrases.Piece, "named parts of the patterns below: <we>, <agency>"),
    "headings": Table("headings", "titles", roles.TitleCue, "what a heading says of its section", None, _composed),
    "turns": Table("headings", "turns", roles.TurnCue, "beginnings at which a text turns to a role", None, _composed),
    "openings": Table("headings", "openings", roles.Formula, "what ends the opening of a letter", None, _composed),
    "answers": Table("headings", "answers", roles.Formula, "labels that pages print before an answer", None, _composed),
    "receipts": Table("headings", "receipts", roles.Formula, "what says that the letter has come", None, _composed),
    "forwards": Table(
        "headings", "forwards", roles.Formula, "what passes a message on to another office", None, _composed
    ),
    "closings": Table("headings", "closings", roles.Formula, "what belongs to the closing", None, _composed),
    "titles": Table("header", "titles", matter.Shape, "how the title of a reply ends", None, _composed),
    "header_keys": Table("header", "keys", imprint.Key, "keys of index tables and foot lines", "field", _unnamed),
    "disclosures": Table("header", "disclosures", imprint.Disclosure, "how far a reply is public", None, _composed),
    "body_starts": Table("header", "body_starts", matter.Shape, "where the name of a body begins", None, _composed),
    "honours": Table("header", "honours", matter.Shape, "what is said to addressees beside names", None, _composed),
    "names": Table("names", "patterns", names.NameRow, "numerals that name instead of counting", None, _plain),
    "name_phrases": Table("names", "phrases", names.WordList, "set phrases with a numeral: 双一流"),
    "citations": _words_of("citations", "last words of titles that are cited, and of those that are not"),
}

_MAX_BYTES = 10_000_000
_DEEPEST = 8  # a lexicon nests four deep; libyaml would follow a thousand brackets until the stack ends
Path_ = str | os.PathLike[str]


def read(path: Path_) -> Extension:
    """What a lexicon file adds, checked. Raises `KnowledgeError`: file, line, key and what is wrong, in one line."""
    source = _Source(os.fsdecode(path))
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    nodes: dict[str, tuple[yaml.Node, ...]] = {}
    for key, node in source.tables():
        table = TABLES[key]
        nodes[key] = source.items(key, node)
        found[table.file, table.table] = tuple(source.row(key, table, i, n) for i, n in enumerate(nodes[key], 1))
    pieces = _pieces(source, nodes.get("pieces", ()), found)
    for key, rows in nodes.items():
        table = TABLES[key]
        for i, (node, row) in enumerate(zip(rows, found[table.file, table.table], strict=True), 1):
            _check(source, f"{key}, row {i}", table, row, node, pieces)
    return Extension(found)


def _pieces(
    source: _Source, nodes: Sequence[yaml.Node], found: dict[tuple[str, str], tuple[Any, ...]]
) -> dict[str, str]:
    """All named pieces, the file's own among them, each tried as a pattern."""
    known = phrases.composed(TABLES["pieces"].rows())
    for i, (node, row) in enumerate(zip(nodes, found.get(("phrases", "pieces"), ()), strict=True), 1):
        known[row.name] = source.pattern(f"pieces, row {i}", row.pattern, _composed, known, node).pattern
    return known


def _check(source: _Source, where: str, table: Table, row: Any, node: yaml.Node, pieces: dict[str, str]) -> None:
    """What a model cannot know: names that the program must know, and patterns that must compile."""
    if table.closed and (value := getattr(row, table.closed)) not in (known := table.closed_values()):
        source.fail(_value(node, table.closed), f"{where}, {table.closed}", f"{value!r} is none of {', '.join(known)}")
    if table.compile:
        source.pattern(where, row.pattern, table.compile, pieces, node)


# --- the file ----------------------------------------------------------------------------------------------------


class _Source:
    """A lexicon file while it is read: every complaint names it and the line."""

    def __init__(self, name: str) -> None:
        self.name = name if name.isprintable() else repr(name)[1:-1]
        self._constructor = yaml.constructor.SafeConstructor()
        self._text = self._read(name)

    def fail(self, node: yaml.Node | int, where: str, what: str) -> NoReturn:
        """Raise the one-line error about a place of the file."""
        line = node if isinstance(node, int) else node.start_mark.line + 1
        raise KnowledgeError(" ".join(f"{self.name}:{line}: {where}: {what}".split()))

    def _read(self, name: str) -> str:
        try:
            with Path(name).open("rb") as stream:
                data = stream.read(_MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise KnowledgeError(f"{self.name}: cannot be read: {reason}") from None
        if len(data) > _MAX_BYTES:
            raise KnowledgeError(f"{self.name}: is larger than the limit of {_MAX_BYTES // 1_000_000} MB")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return self.fail(data.count(b"\n", 0, error.start) + 1, "text", "is not UTF-8")

    def tables(self) -> Iterator[tuple[str, yaml.Node]]:
        """The tables of the file with their names."""
        try:
            self._check_depth()
            root = yaml.compose(self._text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.fail(mark.line + 1 if mark else 1, "YAML", error.problem or "is none")
        except yaml.YAMLError as error:
            self.fail(1, "YAML", str(error))
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            self.fail(root, "file", f"a lexicon maps tables to their rows; the tables are {', '.join(TABLES)}")
        for key, _, node in self.pairs(root, "file"):
            if key not in TABLES:
                self.fail(_key(root, key), key, f"there is no such table{_instead(key, TABLES)}")
            yield key, node

    def _check_depth(self) -> None:
        depth = 0
        for event in yaml.parse(self._text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else 1
                self.fail(line, "YAML", "is nested too deeply")

    def pairs(self, node: yaml.MappingNode, where: str) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """The keys of a mapping as text, with their nodes; none may be given twice."""
        seen: dict[str, int] = {}
        for key_node, value in node.value:
            key = self.scalar(key_node, where)
            if not isinstance(key, str):
                self.fail(key_node, where, f"the key {key!r} is no text")
            if key in seen:
                self.fail(key_node, f"{where}, {key}", f"is given twice, first in line {seen[key]}")
            seen[key] = key_node.start_mark.line + 1
            yield key, key_node, value

    def items(self, key: str, node: yaml.Node) -> tuple[yaml.Node, ...]:
        """The rows of a table."""
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, key, "a table is a list of rows (lines that begin with -)")
        return tuple(node.value)

    def row(self, key: str, table: Table, number: int, node: yaml.Node) -> Any:
        """One row, validated."""
        where = f"{key}, row {number}"
        if table.model is None:
            word = self.scalar(node, where)
            return word if isinstance(word, str) else self.fail(node, where, "a word is wanted")
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, where, "a row maps keys to values")
        plain = {k: self.value(value, f"{where}, {k}") for k, _, value in self.pairs(node, where)}
        try:
            return table.model.model_validate(plain)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False)
            # A misspelt key is also a missing one; the misspelling is what helps.
            first = min(details, key=lambda each: (each["type"] == "missing", _place(node, each).start_mark.line))
            self.fail(_place(node, first), _path(where, first), _says(first, table.model))

    def value(self, node: yaml.Node, where: str) -> Any:
        """A value of a row: a scalar, or a list of scalars."""
        if isinstance(node, yaml.SequenceNode):
            return [self.scalar(item, where) for item in node.value]
        return self.scalar(node, where)

    def scalar(self, node: yaml.Node, where: str) -> Any:
        """One scalar; an empty text is a mistake everywhere."""
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, where, "a plain value is wanted here")
        try:
            value = self._constructor.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self.fail(node, where, getattr(error, "problem", None) or str(error))
        if value == "":
            self.fail(node, where, "is empty")
        return value

    def pattern(
        self, where: str, pattern: str, make: Compile, pieces: dict[str, str], node: yaml.Node
    ) -> re.Pattern[str]:
        """The regular expression of a row."""
        try:
            return make(pattern, pieces)
        except KeyError as error:
            self.fail(_value(node, "pattern"), f"{where}, pattern", f"there is no piece <{error.args[0]}> above it")
        except (re.error, OverflowError, RecursionError) as error:
            self.fail(_value(node, "pattern"), f"{where}, pattern", f"is no regular expression: {error}")


# --- what a complaint says ---------------------------------------------------------------------------------------


def _key(node: yaml.MappingNode, key: str) -> yaml.Node:
    """The node of a key, the mapping's own where the key is missing."""
    found: yaml.Node = next((k for k, _ in node.value if k.value == key), node)
    return found


def _value(node: yaml.Node, key: str) -> yaml.Node:
    """The node of a key's value, the row's own where the key is missing."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    found: yaml.Node = next((v for k, v in pairs if k.value == key), node)
    return found


def _place(node: yaml.MappingNode, error: ErrorDetails) -> yaml.Node:
    """The node that a validation error is about."""
    key, *rest = error["loc"] or ("",)
    if error["type"] == "extra_forbidden":
        return _key(node, str(key))
    value = _value(node, str(key))
    if rest and isinstance(rest[0], int) and isinstance(value, yaml.SequenceNode) and rest[0] < len(value.value):
        item: yaml.Node = value.value[rest[0]]
        return item
    return value


def _path(where: str, error: ErrorDetails) -> str:
    return f"{where}, {error['loc'][0]}" if error["loc"] else where


def _says(error: ErrorDetails, model: type[Row]) -> str:
    """What is wrong with a value, in words."""
    keys = [field.alias or name for name, field in model.model_fields.items()]
    if error["type"] == "extra_forbidden":
        return f"there is no such key{_instead(str(error['loc'][0]), keys)}; the keys are {', '.join(keys)}"
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "tuple_type":
        return "a list is wanted: [one, two]"
    return error["msg"].replace("Input should be", "should be")


def _instead(name: str, known: Sequence[str] | dict[str, Table]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f" (is {close[0]} meant?)" if close else ""


# --- the built-in knowledge --------------------------------------------------------------------------------------


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The safe dumper with YAML 1.2's booleans, as `Loader` reads them."""


_Dumper.yaml_implicit_resolvers = Loader.yaml_implicit_resolvers


def printed(tables: Sequence[str], form: Literal["yaml", "json"] = "yaml") -> str:
    """The built-in rows of some tables, in a form that `read` accepts."""
    rows = {name: [_as_data(row) for row in TABLES[name].rows()] for name in tables}
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    return "\n".join(f"# {TABLES[name].about}\n{name}:\n{''.join(map(_line, rows[name]))}" for name in tables)


def _as_data(row: Any) -> Any:
    """A row as YAML and JSON have it, without keys that say what holds anyway."""
    if not isinstance(row, Row):
        return row
    data = {key: _as_value(value) for key, value in row.model_dump(by_alias=True, exclude_defaults=True).items()}
    for examples in ("yes", "no"):
        if examples in data:
            data[examples] = data.pop(examples)
    return data


def _as_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return list(value) if isinstance(value, tuple) else value


def _line(row: Any) -> str:
    """A row on one line."""
    dumped: str = yaml.dump(
        [row], Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=1 << 30, sort_keys=False
    )
    return f"- {dumped.strip()[1:-1]}\n"
