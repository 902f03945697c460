"""A user's lexicon: the example of docs/lexicon.md, what is wrong with a file by line and key, what is built in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import replyparse
from conftest import FIXTURES, Run
from replyparse import knowledge, lexicon
from replyparse.errors import KnowledgeError

PAGE = (FIXTURES.parent / "docs" / "lexicon.md").read_text(encoding="utf-8")
SOURCES = Path(lexicon.__file__).parent


def fence(language: str) -> str:
    """The first block of the page in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with the files of the page's example."""
    (tmp_path / "reply.txt").write_text(fence("text"), encoding="utf-8")
    (tmp_path / "my.yaml").write_text(fence("yaml"), encoding="utf-8")
    return tmp_path


class TestTheExample:
    def test_does_what_the_page_says(self, run: Run, example: Path) -> None:
        plain = json.loads(run("extract", "reply.txt").stdout)
        assert [(c["metric"], c["value"], c["unit"]) for c in plain["claims"]] == [("富工坊", 36, "家")]
        assert plain["sections"][0]["role"] == "progress"
        done = run("extract", "reply.txt", "--lexicon", "my.yaml")
        assert (done.returncode, done.stderr) == (0, b"")
        record = json.loads(done.stdout)
        claims = [(c["metric"], c["value"], c["unit"]) for c in record["claims"]]
        assert claims == [("共富工坊", 36, "家"), ("油菜籽", 860, "蒲式耳")]
        assert record["sections"][0]["role"] == "problems"

    def test_explain_takes_it_too(self, run: Run, example: Path) -> None:
        page = run("explain", "reply.txt", "--claim", "c2", "--lexicon", "my.yaml").stdout.decode()
        assert "词表行 蒲式耳 (volume)" in page
        assert run("explain", "reply.txt", "--claim", "c2").returncode == 2

    def test_holds_for_one_call(self, example: Path) -> None:
        text = fence("text")
        plain, mine = replyparse.parse(text), replyparse.parse(text, lexicon=example / "my.yaml")
        assert replyparse.parse(text) == plain != mine
        assert replyparse.parse_file(example / "reply.txt", lexicon=str(example / "my.yaml")).claims == mine.claims
        assert [q.unit for q in replyparse.find_quantities("产油菜籽860蒲式耳")] != ["蒲式耳"]


#: What a lexicon says, and where and what the complaint is.
WRONG = [
    ("unitz: []", 1, "unitz: there is no such table (is units meant?)"),
    ("- a", 1, "file: a lexicon maps tables to their rows"),
    ("\nunits: {a: 1}", 2, "units: a table is a list of rows"),
    ("units:\n  - 吨", 2, "units, row 1: a row maps keys to values"),
    ("units:\n  - unit: 吨\n    dimension: weight", 3, "units, row 1, dimension: should be 'count', 'money'"),
    ("units:\n  - unit: 吨\n    dimension: mass\n  - unit: 吨", 4, "units, row 2, dimension: is missing"),
    (
        "units:\n  - unit: 吨\n    dimensoin: mass",
        3,
        "units, row 1, dimensoin: there is no such key (is dimension meant?)",
    ),
    ("units:\n  - unit: 吨\n    dimension: mass\n    factor: 0", 4, "units, row 1, factor: should be greater than 0"),
    ("units:\n  - unit: 吨\n    dimension: mass\n    also: t", 4, "units, row 1, also: a list is wanted"),
    (
        "units:\n  - unit: 吨\n    dimension: mass\n    also:\n      - t\n      - 3",
        6,
        "units, row 1, also: should be a valid",
    ),
    ("units:\n  - unit: 吨\n    dimension: mass\n    also:\n      - t\n      - ''", 6, "units, row 1, also: is empty"),
    (
        "units:\n  - unit: 吨\n    dimension: mass\n    unit: 克",
        4,
        "units, row 1, unit: is given twice, first in line 2",
    ),
    ("units: []\nwords: []\nunits: []", 3, "file, units: is given twice, first in line 1"),
    ("headings:\n  - role: problems\n    pattern: '(难点'", 3, "headings, row 1, pattern: is no regular expression"),
    (
        "kinds:\n  - {id: a, signal: target, reach: clause,\n     pattern: '['}",
        3,
        "kinds, row 1, pattern: is no regular",
    ),
    (
        "headings:\n  - role: problems\n    pattern: <wee>",
        3,
        "headings, row 1, pattern: there is no piece <wee> above it",
    ),
    ("pieces:\n  - {name: a, pattern: <b>}", 2, "pieces, row 1, pattern: there is no piece <b> above it"),
    (
        "header_keys:\n  - field: title\n    pattern: (?P<a>名)",
        3,
        "header_keys, row 1, pattern: is no regular expression",
    ),
    (
        "kinds:\n  - id: a\n    signal: aim\n    reach: line\n    pattern: a",
        3,
        "kinds, row 1, signal: 'aim' is none of",
    ),
    ("nouns:\n  - id: mine\n    words: [甲]", 2, "nouns, row 1, id: 'mine' is none of generic"),
    ("comparator_helpers: [又, [再]]", 1, "comparator_helpers, row 2: a plain value is wanted"),
    ("words:\n  - {word: 甲, tag: 2023-13-01}", 2, "words, row 1, tag: month must be in 1..12"),
    ("words: [", 2, "YAML: "),
    ("words: &a [*a]\n", 1, "words, row 1: a row maps keys to values"),
    ("words: *a\n", 1, "YAML: found undefined alias"),
    ("a: 1\n---\nb: 1", 2, "YAML: but found another document"),
    (
        "words:\n  - word: !!python/name:os.system x\n    tag: n",
        2,
        "words, row 1, word: could not determine a constructor",
    ),
    ("\n" + "[" * 20, 2, "YAML: is nested too deeply"),
    ("words: [\x01]", 1, "YAML: unacceptable character"),
]


@pytest.mark.parametrize(("text", "line", "says"), WRONG, ids=[says[:40] for _, _, says in WRONG])
def test_what_is_wrong_is_one_line_with_its_place(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        lexicon.read(path)
    assert str(error.value).startswith(f"{path}:{line}: {says}")
    assert "\n" not in str(error.value)


def test_line_ends_and_indents_are_no_part_of_a_pattern(tmp_path: Path) -> None:
    row = "headings:\n  - role: problems\n    pattern: |-\n"
    laid_out = row + "      想(?=\n        要|办\n      )\n      |盼 着\n"
    (tmp_path / "my.yaml").write_text(laid_out, encoding="utf-8")
    (rows,) = lexicon.read(tmp_path / "my.yaml").rows.values()
    assert rows[0].pattern == "想(?=要|办)|盼 着"


def test_brackets_without_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"^[^\n]*my\.yaml:1: YAML: [^\n]*nest[^\n]*$"):
        lexicon.read(tmp_path / "my.yaml")


class TestFiles:
    def test_a_wrong_file_costs_one_line_and_exit_code_2(self, run: Run, example: Path) -> None:
        (example / "my.yaml").write_text("units:\n  - {unit: 吨}\n", encoding="utf-8")
        for command in (("extract", "reply.txt"), ("explain", "reply.txt", "--at", "9")):
            done = run(*command, "--lexicon", "my.yaml")
            assert (done.returncode, done.stdout) == (2, b"")
            assert done.stderr.decode() == "replyparse: my.yaml:2: units, row 1, dimension: is missing\n"
        missing = run("extract", "reply.txt", "--lexicon", "no\n.yaml")
        assert missing.returncode == 2
        assert missing.stderr.decode() == "replyparse: no\\n.yaml: cannot be read: No such file or directory\n"

    def test_encoding_and_size(self, tmp_path: Path) -> None:
        path = tmp_path / "my.yaml"
        path.write_bytes("units: []\n# 吨".encode("gb18030"))
        with pytest.raises(KnowledgeError, match=r"my\.yaml:2: text: is not UTF-8"):
            lexicon.read(path)
        with path.open("wb") as stream:
            stream.truncate(20_000_000)
        with pytest.raises(KnowledgeError, match=r"is larger than the limit of 10 MB"):
            lexicon.read(path)
        with pytest.raises(KnowledgeError, match="cannot be read"):
            lexicon.read(tmp_path)

    @pytest.mark.parametrize("data", [b"", b"# nothing yet\n", b"\xef\xbb\xbfunits: []\n"])
    def test_nothing_is_a_lexicon(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "my.yaml"
        path.write_bytes(data)
        assert not any(lexicon.read(path).rows.values())


class TestBuiltIn:
    def test_every_table_of_every_file_can_be_extended(self) -> None:
        files = [path.stem for path in (SOURCES / "data").glob("*.yaml")]
        tables = {(file, table) for file in files for table in knowledge.raw(file)}
        assert {(table.file, table.table) for table in lexicon.TABLES.values()} == tables

    @pytest.mark.parametrize("form", ["yaml", "json"])
    def test_what_is_printed_can_be_given_back(self, run: Run, tmp_path: Path, wuhan: Path, form: str) -> None:
        path = tmp_path / "all"
        path.write_bytes(run("lexicon", "--format", form).stdout)
        extension = lexicon.read(path)
        for table in lexicon.TABLES.values():
            assert extension.rows[table.file, table.table] == table.rows()
        assert replyparse.parse_file(wuhan, lexicon=path) == replyparse.parse_file(wuhan)

    def test_some_tables(self, run: Run) -> None:
        assert list(json.loads(run("lexicon", "units", "words", "-f", "json").stdout)) == ["units", "words"]
        printed = run("lexicon", "units").stdout.decode()
        assert printed.startswith("# what can stand behind a number: 吨, 万元, 个工作日\nunits:\n- {unit: 元,")
        unknown = run("lexicon", "unit")
        assert (unknown.returncode, unknown.stdout) == (2, b"")
        assert "there is no table 'unit'" in unknown.stderr.decode()

    def test_the_page_names_every_table_and_key(self) -> None:
        rows = re.findall(r"^\| (`[^|]+`) \| [^|]+ \| ([^|]*) \|$", PAGE, re.MULTILINE)
        documented = {name: keys for names, keys in rows for name in re.findall(r"`(\w+)`", names)}
        assert set(documented) == set(lexicon.TABLES)
        for name, table in lexicon.TABLES.items():
            if table.model is None or "as `" in documented[name]:
                continue
            fields = table.model.model_fields.items()
            keys = {field.alias or key for key, field in fields if key not in {"yes", "no"}}
            required = {field.alias or key for key, field in fields if field.is_required()}
            assert keys <= set(re.findall(r"`(\w+)`", documented[name])), name
            assert set(re.findall(r"\*\*`(\w+)`\*\*", documented[name])) == required, name


def test_whatever_is_made_of_the_knowledge_is_forgotten_with_it() -> None:
    """A plain `cache` over a table would outlive the lexicon that it was made of; `knowledge.cached` does not."""
    allowed = {"knowledge.py", "numerals.py", "dictionary.py", "scan.py"}
    kept = [
        path.name for path in SOURCES.glob("*.py") if re.search(r"^@(?:lru_)?cache\b", path.read_text("utf-8"), re.M)
    ]
    assert set(kept) <= allowed


def test_one_lexicon_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text("units: [{unit: 蒲式耳, dimension: volume}]", encoding="utf-8")
    first, second = lexicon.read(path), lexicon.read(path)
    assert first == second
    built_in = len(lexicon.TABLES["units"].rows())
    with knowledge.using(first):
        assert len(lexicon.units.units()) == built_in + 1
        assert lexicon.units.units()[0].unit == "蒲式耳"
    with knowledge.using(None):
        assert len(lexicon.units.units()) == built_in
