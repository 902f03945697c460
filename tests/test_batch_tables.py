"""The tables: the same in every destination, with keys that hold, words that are found, and answers to questions."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import pytest

import replyparse
from batching import batch, digest, fill, inline, reply
from conftest import FIXTURES, Run
from replyparse.batch.relations import tables
from replyparse.batch.rows import rows
from replyparse.errors import BatchError

README = FIXTURES.parent / "README.md"
REPLIES = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Replies of our own and the genuine one, in every destination of tables."""
    path = tmp_path_factory.mktemp("tables")
    fill(path / "in", REPLIES)
    (path / "in" / "wuhan.txt").write_bytes((FIXTURES / "wuhan_20230128.txt").read_bytes())
    (path / "in" / "empty.txt").write_bytes(b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("replyparse.batch.engine.local", inline)
        patch.chdir(path)
        for out in ("o.sqlite", "o.parquet", "o.csv", "claims.csv", "claims.parquet", "o.xlsx", "bare.sqlite"):
            batch("in", out=out, text=out != "bare.sqlite")
    return path


@pytest.fixture
def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "o.sqlite")


def plain(value: Any) -> Any:
    """A cell as every destination can hold it: dates as text, '' as nothing."""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return None if value == "" else value


class TestOneContent:
    @pytest.mark.parametrize("name", list(tables()))
    def test_parquet_and_sqlite_hold_the_same(self, folder: Path, database: sqlite3.Connection, name: str) -> None:
        columns = ", ".join(f'"{column}"' for column in tables()[name].columns)
        stored = database.execute(f"SELECT {columns} FROM {name}").fetchall()
        read = pyarrow.parquet.read_table(folder / "o.parquet" / f"{name}.parquet").to_pylist()
        assert [tuple(map(plain, row.values())) for row in read] == stored
        assert bool(stored) == (name != "findings")

    @pytest.mark.parametrize("name", list(tables()))
    def test_so_do_csv_and_workbooks(self, folder: Path, database: sqlite3.Connection, name: str) -> None:
        columns = list(tables()[name].columns)
        stored = database.execute(f"SELECT {', '.join(map(repr, columns))} FROM {name}".replace("'", '"')).fetchall()
        with (folder / "o.csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            heading, *lines = csv.reader(stream)
        assert heading == columns
        assert [[str(cell) for cell in line] for line in lines] == [
            [
                re.sub(r"\.0$", "", str(cell)) if isinstance(cell, float) else "" if cell is None else str(cell)
                for cell in row
            ]
            for row in stored
        ]
        sheet = openpyxl.load_workbook(folder / "o.xlsx")[tables()[name].chinese]
        shown = list(sheet.iter_rows(values_only=True))
        assert list(shown[0]) == [column.heading for column in tables()[name].columns.values()]
        assert [tuple(map(plain, row)) for row in shown[1:]] == stored

    def test_one_table_in_a_file(self, folder: Path) -> None:
        assert (folder / "claims.csv").read_bytes() == (folder / "o.csv" / "claims.csv").read_bytes()
        one, of_many = folder / "claims.parquet", folder / "o.parquet" / "claims.parquet"
        assert one.read_bytes() == of_many.read_bytes()

    def test_the_rows_are_those_of_the_records(self, folder: Path, database: sqlite3.Connection) -> None:
        record = replyparse.parse_file(folder / "in" / "wuhan.txt")
        made = rows("in/wuhan.txt", record)
        for name, expected in made.items():
            key = "path" if name == "replies" else "reply"
            columns = ", ".join(f'"{column}"' for column in tables()[name].columns)
            found = database.execute(
                f"SELECT {columns} FROM {name} WHERE {key} = 'in/wuhan.txt' ORDER BY rowid"
            ).fetchall()
            assert found == expected
            assert all(len(row) == len(tables()[name].columns) for row in expected)
        quantity, start, end = (
            list(tables()["claims"].columns).index("quantity"),
            *(list(tables()["claims"].columns).index(column) for column in ("start", "end")),
        )
        assert record.text
        assert all(row[quantity] == record.text[row[start] : row[end]] for row in made["claims"])  # type: ignore[misc]

    def test_without_text_nothing_is_quoted(self, folder: Path) -> None:
        bare = sqlite3.connect(folder / "bare.sqlite")
        for name, column in (("replies", "text"), ("sections", "text"), ("claims", "quantity"), ("claims", "sentence")):
            assert bare.execute(f'SELECT count("{column}") FROM {name}').fetchone() == (0,)
        assert bare.execute("SELECT count(*) FROM claims").fetchone()[0] > REPLIES


class TestSqlite:
    def test_is_sound(self, database: sqlite3.Connection) -> None:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert len(database.execute("PRAGMA foreign_key_list(claims)").fetchall()) == 7
        strict = {row[1]: row[5] for row in database.execute("PRAGMA table_list")}
        assert all(strict[name] for name in tables())

    @pytest.mark.parametrize("word", ["养老", "学校", "社区食堂", "养老服 务的提案", "床位", "市民政局", "2025"])
    def test_words_are_found_as_they_are_typed(self, database: sqlite3.Connection, word: str) -> None:
        like = " AND ".join(f"text LIKE '%{part}%'" for part in word.split())
        expected = database.execute(f"SELECT rowid FROM sections WHERE {like} ORDER BY 1").fetchall()
        found = database.execute("SELECT rowid FROM search WHERE search MATCH ? ORDER BY 1", (word,)).fetchall()
        assert found == expected
        assert len(found) >= REPLIES // 2

    @pytest.mark.parametrize("word", ["老养", "校学", "机场"])
    def test_and_others_are_not(self, database: sqlite3.Connection, word: str) -> None:
        assert database.execute("SELECT count(*) FROM search WHERE search MATCH ?", (word,)).fetchone() == (0,)

    def test_the_index_gives_the_text_and_outlives_a_vacuum(self, folder: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.sqlite"
        copy.write_bytes((folder / "o.sqlite").read_bytes())
        db = sqlite3.connect(copy)
        db.execute("VACUUM")
        texts = db.execute("SELECT text FROM search WHERE search MATCH '社区食堂'").fetchall()
        assert texts
        assert all("社区食堂" in text for (text,) in texts)

    def test_datasette_is_told_of_the_index(self, database: sqlite3.Connection) -> None:
        (schema,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()
        assert 'content="sections"' in schema, "by these very characters it knows"

    def test_columns_are_explained_in_the_schema(self, database: sqlite3.Connection) -> None:
        (schema,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'claims'").fetchone()
        for column in tables()["claims"].columns.values():
            assert column.chinese in schema
            assert column.about in schema


class TestParquet:
    def test_types_and_comments(self, folder: Path) -> None:
        schema = pyarrow.parquet.read_schema(folder / "claims.parquet")
        assert {schema.field(name).type for name in ("period_start", "period_end")} == {pyarrow.date32()}
        assert schema.field("value").type == pyarrow.float64()
        assert not schema.field("id").nullable
        told = schema.field("value").metadata
        assert (told[b"zh"].decode(), told[b"en"].decode()) == (
            tables()["claims"].columns["value"].chinese,
            tables()["claims"].columns["value"].about,
        )

    def test_pandas_opens_it(self, folder: Path, database: sqlite3.Connection) -> None:
        frame = pandas.read_parquet(folder / "o.parquet" / "claims.parquet")
        assert len(frame) == len(pandas.read_sql_query("SELECT * FROM claims", database)) > REPLIES

    def test_without_the_extra_the_command_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("replyparse.batch.engine.local", inline)
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        fill(tmp_path / "in", 1)
        with pytest.raises(BatchError, match=r"pip install 'replyparse\[parquet\]'"):
            batch(tmp_path / "in", out=tmp_path / "o.parquet")
        assert not (tmp_path / "o.parquet").exists()


class TestQuestions:
    """The three questions of the README, and what the invented replies answer."""

    ASKED = re.findall(r"^```sql\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)

    def in_sqlite(self, folder: Path, question: str) -> list[tuple[Any, ...]]:
        frame = pandas.read_sql_query(question, sqlite3.connect(folder / "o.sqlite"))
        return [tuple(map(plain, row)) for row in frame.astype(object).values.tolist()]

    def in_duckdb(self, folder: Path, question: str) -> list[tuple[Any, ...]]:
        db = duckdb.connect()
        for name in tables():
            db.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder}/o.parquet/{name}.parquet'")
        return [tuple(map(plain, row)) for row in db.execute(question).fetchall()]

    def test_there_are_three_and_a_search(self) -> None:
        assert len(self.ASKED) == 4
        assert "search" in self.ASKED[3]

    def test_targets_due_in_2025_by_agency(self, folder: Path) -> None:
        found = self.in_sqlite(folder, self.ASKED[0])
        assert found == self.in_duckdb(folder, self.ASKED[0])
        own = [row for row in found if row[0] and row[0].startswith("临江")]
        assert len(own) == 2 * REPLIES
        assert ("临江市民政局", "社区食堂", 10, "个") in [row[:4] for row in own]

    def test_growth_above_20_percent(self, folder: Path) -> None:
        found = self.in_sqlite(folder, self.ASKED[1])
        assert found == self.in_duckdb(folder, self.ASKED[1])
        assert all("%" in str(row) for row in found)
        assert len(found) >= 1

    def test_one_metric_by_year(self, folder: Path) -> None:
        found = self.in_sqlite(folder, self.ASKED[2])
        assert [tuple(map(float, row)) for row in found] == [
            tuple(map(float, row)) for row in self.in_duckdb(folder, self.ASKED[2])
        ]
        assert [int(row[0]) for row in found] == [2021, 2022, 2023]

    def test_the_search(self, folder: Path) -> None:
        assert self.in_sqlite(folder, self.ASKED[3])


class TestWorkbooks:
    def test_nothing_is_run_as_a_formula_and_long_texts_are_cut(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("replyparse.batch.engine.local", inline)
        (tmp_path / "a.txt").write_text("=1+1\n" + "学校" * 20_000, encoding="utf-8")
        batch(tmp_path / "a.txt", out=tmp_path / "o.xlsx")
        book = openpyxl.load_workbook(tmp_path / "o.xlsx")
        text = next(book["答复"].iter_rows(min_row=2, values_only=True))[-1]
        assert isinstance(text, str)
        assert text.startswith("=1+1")
        assert (len(text), text[-1]) == (32_767, "…")
        assert {cell.data_type for row in book["答复"].iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}

    def test_a_sheet_explains_the_columns(self, folder: Path) -> None:
        book = openpyxl.load_workbook(folder / "o.xlsx")
        explained = [row[2] for row in book["说明"].iter_rows(min_row=2, values_only=True)]
        assert explained == [f"{name}.{column}" for name, table in tables().items() for column in table.columns]
        assert book.sheetnames == [*(table.chinese for table in tables().values()), "说明"]


def test_the_same_bytes_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replyparse.batch.engine.local", inline)
    monkeypatch.chdir(folder)
    for out in ("o.sqlite", "o.parquet", "o.csv", "o.xlsx"):
        before = digest(folder / out)
        batch("in", out=out, fresh=True)
        assert digest(folder / out) == before


def test_errors_and_summary_of_the_command_line(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", 2)
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    done = run("batch", "in", "--out", "claims.csv", "--errors", "failed.jsonl", "--jobs", "1")
    assert (done.returncode, done.stdout) == (3, b"")
    failure, first, second = done.stderr.decode().splitlines()
    assert failure == "replyparse: in/empty.txt: is empty"
    assert re.fullmatch(r"replyparse: read 3 inputs in [\d.]+ s, \d+/s: 2 parsed, 0 unchanged, 1 failed", first)
    assert re.fullmatch(
        rf"replyparse: 2 replies: {len(reply(0)) + len(reply(1))} characters, \d+ claims, 0 findings", second
    )
    told = json.loads((tmp_path / "failed.jsonl").read_text(encoding="utf-8"))
    assert told == {"path": "in/empty.txt", "error": "UnreadableError", "message": "in/empty.txt: is empty"}
    done = run("batch", "in", "--out", "claims.csv", "--log-format", "json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events] == ["failed", "summary"]
    assert (events[1]["unchanged"], events[1]["failed"]) == (2, 1)
    assert run("batch", "in", "--out", "claims.csv", "--quiet").stderr.decode() == failure + "\n"
