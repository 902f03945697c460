"""Batches: what is read, what each input comes to, what is done again, and what is refused."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from pathlib import Path

import pytest

import replyparse
from batching import DESTINATIONS, batch, digest, fill, inline, reply
from conftest import Run
from replyparse.batch.destinations.folder import file_of
from replyparse.batch.inputs import Selection, find, key
from replyparse.batch.outcome import Outcome
from replyparse.errors import BatchError, UnsupportedFormatError

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("replyparse.batch.engine.local", inline)


def outcomes(path: Path) -> dict[str, tuple[object, ...]]:
    """Status, error, what it is a duplicate of, whether it vanished: of each input in a database."""
    rows = sqlite3.connect(path).execute("SELECT path, status, error, duplicate_of, vanished FROM outcomes")
    return {row[0]: row[1:] for row in rows}


class TestInputs:
    def names(self, *inputs: str, **selection: tuple[str, ...]) -> list[str]:
        return [found.name for found in find(inputs, Selection(**selection))]  # type: ignore[arg-type]

    @pytest.fixture(autouse=True)
    def tree(self, tmp_path: Path) -> None:
        for name in (
            "a.txt",
            "b/c.TXT",
            "b/d.docx",
            "b/.e.txt",
            ".f/g.txt",
            "b/h.py",
            "drafts/i.txt",
            "b/drafts/j.txt",
        ):
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("一")

    def test_a_folder_with_all_below_it(self) -> None:
        found = ["in/a.txt", "in/b/c.TXT", "in/b/d.docx", "in/b/drafts/j.txt", "in/drafts/i.txt"]
        assert sorted(self.names("in")) == found
        assert sorted(self.names("./in/", "in")) == sorted(2 * found)

    @pytest.mark.parametrize(
        ("selection", "found"),
        [
            ({"include": ("*.py",)}, ["in/b/h.py"]),
            ({"include": ("b/*.docx", "a.*")}, ["in/a.txt", "in/b/d.docx"]),
            ({"exclude": ("drafts",)}, ["in/a.txt", "in/b/c.TXT", "in/b/d.docx"]),
            ({"exclude": ("drafts/", "*.docx")}, ["in/a.txt", "in/b/c.TXT"]),
            ({"include": ("*.txt",), "exclude": ("b/*",)}, ["in/a.txt", "in/drafts/i.txt"]),
        ],
    )
    def test_include_and_exclude(self, selection: dict[str, tuple[str, ...]], found: list[str]) -> None:
        assert sorted(self.names("in", **selection)) == found

    def test_what_is_named_is_taken(self) -> None:
        assert self.names("in/b/h.py", "in/.f/g.txt", "in/none.txt") == ["in/b/h.py", "in/.f/g.txt", "in/none.txt"]

    def test_globs(self) -> None:
        assert self.names("in/*.txt") == ["in/a.txt"]
        assert sorted(self.names("in/**/*.txt")) == ["in/a.txt", "in/b/drafts/j.txt", "in/drafts/i.txt"]
        (nothing,) = find(["in/*.pdf"], Selection())
        assert str(nothing.problem) == "in/*.pdf: matches no file"

    def test_a_name_with_brackets_is_no_glob_where_such_a_file_is(self, tmp_path: Path) -> None:
        (tmp_path / "[1].txt").write_text("一")
        assert self.names("[1].txt") == ["[1].txt"]

    @POSIX
    def test_links(self, tmp_path: Path) -> None:
        (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
        (tmp_path / "in" / "link.txt").symlink_to("a.txt")
        (tmp_path / "in" / "gone.txt").symlink_to("nowhere")
        os.mkfifo(tmp_path / "in" / "pipe.txt")
        names = self.names("in")
        assert "in/link.txt" in names
        assert "in/gone.txt" in names, "it has an outcome: it fails"
        assert [name for name in names if "loop" in name or "pipe" in name] == []

    def test_absolute_paths_below_the_working_folder(self, tmp_path: Path) -> None:
        assert self.names(str(tmp_path / "in" / "a.txt")) == ["in/a.txt"]

    def test_each_input_once(self, tmp_path: Path) -> None:
        assert batch("in/a.txt", "in", "in/*.txt", tmp_path / "in" / "a.txt", out="o.jsonl").inputs == 5

    def test_names_on_stdin(self, run: Run) -> None:
        done = run("batch", "-", "--out", "o.jsonl", "-q", stdin=b"in/a.txt\nin/b/c.TXT\n")
        assert done.returncode == 0
        assert len(Path("o.jsonl").read_text(encoding="utf-8").splitlines()) == 2
        run("batch", "-", "--out", "o.jsonl", "-q", stdin=b"in/a.txt\0in/b/c.TXT\0in/b/d.docx\0")
        assert len(Path("o.jsonl").read_text(encoding="utf-8").splitlines()) == 3

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("in/a.txt", "in/a.txt"),
            ("in/\udcb4\udcf0.txt", "in/\\xb4\\xf0.txt"),
            ("in/\\xb4.txt", "in/\\\\xb4.txt"),
            ("s3://bucket/a b.txt", "s3://bucket/a b.txt"),
        ],
    )
    @POSIX
    def test_keys_are_text_and_no_two_are_the_same(self, name: str, expected: str) -> None:
        assert key(name) == expected


class TestOutcomes:
    def test_every_input_has_one(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 3)
        (tmp_path / "in" / "empty.txt").write_bytes(b"")
        (tmp_path / "in" / "packed.txt").write_bytes(b"\x1f\x8b\x08")
        told: list[Outcome] = []
        summary = batch("in", "none.txt", out="o.sqlite", watch=lambda outcome, total: told.append(outcome))
        found = outcomes(tmp_path / "o.sqlite")
        assert len(found) == len(told) == summary.inputs == 6
        assert (summary.parsed, summary.failed) == (3, 3)
        assert {name: row[1] for name, row in found.items() if row[0] == "failed"} == {
            "in/empty.txt": "in/empty.txt: is empty",
            "in/packed.txt": next(str(one.error) for one in told if one.path == "in/packed.txt"),
            "none.txt": "none.txt: there is no such file",
        }
        assert [type(one.error) for one in told if one.path == "in/packed.txt"] == [UnsupportedFormatError]

    def test_a_failure_is_told_again_but_not_tried_again(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 1)
        (tmp_path / "in" / "empty.txt").write_bytes(b"")
        first, second = (batch("in", out="o.jsonl") for _ in range(2))
        assert (first.parsed, first.unchanged, first.failed) == (1, 0, 1)
        assert (second.parsed, second.unchanged, second.failed) == (0, 1, 1)
        assert second.errors == first.errors == [("in/empty.txt", "UnreadableError", "in/empty.txt: is empty")]

    @POSIX
    def test_names_that_are_no_text(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        try:
            (folder / os.fsdecode(b"\xb4\xf0.txt")).write_text(reply(1), encoding="utf-8")
        except OSError:
            pytest.skip("the file system insists on UTF-8")
        (folder / "two\nlines.txt").write_text(reply(2), encoding="utf-8")
        for out in DESTINATIONS:
            assert batch("in", out=out).replies == 2
        assert {path.name for path in Path("records/in").iterdir()} == {"\\xb4\\xf0.txt.json", "two\nlines.txt.json"}
        assert set(outcomes(tmp_path / "o.sqlite")) == {"in/\\xb4\\xf0.txt", "in/two\nlines.txt"}

    def test_duplicates(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 2)
        text = reply(0)
        (tmp_path / "in" / "wide.txt").write_text(text.replace(",", "，").replace("\n", "\r\n"), encoding="gb18030")
        (tmp_path / "in" / "matter.txt").write_text(text.replace("食堂", "餐厅"), encoding="utf-8")
        summary = batch("in", out="o.sqlite")
        first = "in/2021/r000.txt"
        assert (summary.replies, summary.duplicates) == (4, 2)
        assert {name: row[2] for name, row in outcomes(tmp_path / "o.sqlite").items() if row[2]} == {
            "in/wide.txt": first,
            "in/matter.txt": first,
        }
        assert batch("in", out="o.sqlite", dedupe=True).replies == 2
        found = outcomes(tmp_path / "o.sqlite")
        assert found["in/wide.txt"][0] == found["in/matter.txt"][0] == "skipped"
        assert found[first][0] == "parsed"

    def test_other_agencies_and_sessions_are_no_duplicates(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 1)
        (tmp_path / "in" / "b.txt").write_text(reply(0).replace("民政局", "卫生局").replace("100", "101"), "utf-8")
        (tmp_path / "in" / "c.txt").write_text(reply(0).replace("二次", "三次").replace("100", "102"), "utf-8")
        assert batch("in", out="o.jsonl").duplicates == 0


class TestAgain:
    @pytest.fixture(autouse=True)
    def replies(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 4)

    def test_only_what_is_new_or_changed(self, tmp_path: Path) -> None:
        assert batch("in", out="o.jsonl").parsed == 4
        (tmp_path / "in" / "2021" / "r000.txt").write_text(reply(50), encoding="utf-8")
        (tmp_path / "in" / "new.txt").write_text(reply(51), encoding="utf-8")
        again = batch("in", out="o.jsonl")
        assert (again.parsed, again.unchanged) == (2, 3)
        batch("in", out="whole.jsonl")
        assert Path("o.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()

    def test_nothing_is_written_when_nothing_changed(self) -> None:
        for out in DESTINATIONS:
            batch("in", out=out)
            before = {path: path.stat().st_mtime_ns for path in Path().rglob("*") if path.is_file()}
            again = batch("in", out=out)
            assert (again.parsed, again.unchanged) == (0, 4)
            after = {path: path.stat().st_mtime_ns for path in Path().rglob("*") if path.is_file()}
            assert [path for path in before if before[path] != after[path] and path.suffix != ".state"] == []

    def test_a_touched_file_is_unchanged_and_a_changed_one_of_the_same_date_is_not(self, tmp_path: Path) -> None:
        path = tmp_path / "in" / "2021" / "r000.txt"
        batch("in", out="o.jsonl")
        dates = path.stat().st_atime_ns, path.stat().st_mtime_ns
        os.utime(path)
        assert batch("in", out="o.jsonl").parsed == 0
        path.write_text(reply(0).replace("100", "200"), encoding="utf-8")
        os.utime(path, ns=dates)
        assert batch("in", out="o.jsonl").parsed == 1

    @pytest.mark.parametrize("options", [{"issued_on": "2023-06-30"}, {"text": False}, {"encoding": "utf-8"}])
    def test_other_options_are_other_results(self, options: dict[str, object]) -> None:
        batch("in", out="o.jsonl")
        assert batch("in", out="o.jsonl", **options).parsed == 4
        batch("in", out="whole.jsonl", **options)
        assert Path("o.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()

    def test_what_vanished_under_other_options_is_not_mixed_in(self, tmp_path: Path) -> None:
        batch("in", out="o.sqlite")
        batch("in", out="records")
        (tmp_path / "in" / "2022" / "r001.txt").unlink()
        assert batch("in", out="o.sqlite", text=False).replies == 3
        assert outcomes(tmp_path / "o.sqlite")["in/2022/r001.txt"] == ("skipped", None, None, 1)
        batch("in", out="records", text=False)
        assert len(digest(Path("records"))) == 3

    def test_a_changed_lexicon_is_another(self, tmp_path: Path) -> None:
        lexicon = tmp_path / "my.yaml"
        for word in ("社区食堂", "养老机构"):
            lexicon.write_text(f"words:\n  - {{word: {word}, tag: n, yes: [{word}]}}\n", encoding="utf-8")
            assert batch("in", out="o.jsonl", lexicon=lexicon).parsed == 4
        assert batch("in", out="o.jsonl", lexicon=lexicon).parsed == 0

    def test_what_vanished_is_marked_or_pruned(self, tmp_path: Path) -> None:
        batch("in", out="o.sqlite")
        batch("in", out="records")
        (tmp_path / "in" / "2022" / "r001.txt").unlink()
        assert batch("in", out="o.sqlite").vanished == 1
        assert [name for name, row in outcomes(tmp_path / "o.sqlite").items() if row[3]] == ["in/2022/r001.txt"]
        assert batch("in", out="o.sqlite", prune=True).replies == 3
        assert "in/2022/r001.txt" not in outcomes(tmp_path / "o.sqlite")
        batch("in", out="records", prune=True)
        assert not Path("records/in/2022").exists(), "nothing was left in it"
        assert len(digest(Path("records"))) == 3

    def test_a_destination_that_was_deleted_is_made_again(self) -> None:
        batch("in", out="records")
        before = digest(Path("records"))
        Path("records/in/2021/r000.txt.json").unlink()
        Path("in/new.txt").write_text(reply(9), encoding="utf-8")
        batch("in", out="records")
        assert before.items() <= digest(Path("records")).items()

    def test_fresh_starts_over(self) -> None:
        batch("in", out="o.jsonl")
        before = Path("o.jsonl").read_bytes()
        assert batch("in", out="o.jsonl", fresh=True).parsed == 4
        assert Path("o.jsonl").read_bytes() == before

    def test_the_output_may_lie_among_the_inputs(self, tmp_path: Path) -> None:
        for out in ("in/o.sqlite", "in/records"):
            assert batch("in", out=out, include=("*",)).replies == batch("in", out=out, include=("*",)).unchanged
            assert not [name for name in digest(tmp_path / "in") if ".json.json" in name]


class TestRefused:
    @pytest.fixture(autouse=True)
    def replies(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 1)

    def refused(self, *inputs: str, out: str, **options: object) -> str:
        with pytest.raises(BatchError) as caught:
            batch(*inputs, out=out, **options)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    def test_destinations_that_are_not_ours(self, tmp_path: Path) -> None:
        (tmp_path / "o.sqlite").write_bytes(b"SQLite format 3\0 of somebody else")
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "letter.odt").write_text("dear")
        for out in ("o.sqlite", "mine"):
            before = digest(tmp_path / out)
            assert "name another destination or remove it" in self.refused("in", out=out)
            assert "name another destination or remove it" in self.refused("in", out=out, fresh=True)
            assert digest(tmp_path / out) == before

    def test_a_state_that_is_not_ours(self, tmp_path: Path) -> None:
        sqlite3.connect(tmp_path / "o.jsonl.state").execute("CREATE TABLE theirs (a)").connection.close()
        for fresh in (False, True):
            assert "o.jsonl.state: is no file of replyparse" in self.refused("in", out="o.jsonl", fresh=fresh)
        assert (tmp_path / "o.jsonl.state").exists()

    def test_a_damaged_state(self, tmp_path: Path) -> None:
        batch("in", out="o.jsonl")
        state = tmp_path / "o.jsonl.state"
        data = bytearray(state.read_bytes())
        data[100:4096] = b"\xff" * 3996
        state.write_bytes(data)
        assert "--fresh starts over" in self.refused("in", out="o.jsonl")
        assert batch("in", out="o.jsonl", fresh=True).parsed == 1

    @pytest.mark.parametrize("name", ["o.json", "o.YAML", "o.duckdb"])
    def test_names_of_other_kinds(self, name: str) -> None:
        assert "is no destination" in self.refused("in", out=name)

    def test_what_cannot_be(self, tmp_path: Path) -> None:
        assert self.refused("in", out="in") == "in: is an input; name another destination"
        assert self.refused("in", out="no/where.jsonl").startswith("no/where.jsonl: there is no folder ")
        assert self.refused("in", out="o.jsonl", include=("*.pdf",)).startswith("no input among in")

    def test_a_full_disk_costs_no_work(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:

            def full(*_: object) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            patch.setattr("replyparse.batch.destinations.jsonl.replacing", full)
            assert self.refused("in", out="o.jsonl").endswith("o.jsonl: cannot be written: No space left on device")
        again = batch("in", out="o.jsonl")
        assert (again.unchanged, again.replies) == (1, 1)

    def test_two_runs_at_once(self) -> None:
        from replyparse.batch.state import State

        state = State(Path("o.jsonl.state"), "")
        assert self.refused("in", out="o.jsonl").endswith("o.jsonl.state: another run is using it")
        state.close()
        assert batch("in", out="o.jsonl").parsed == 1

    def test_the_command_line_says_so_in_one_line(self, run: Run) -> None:
        for arguments in (["in", "--out", "o.json"], ["in", "--out", "o.jsonl", "--scheduler", "tcp://x:1"]):
            done = run("batch", *arguments)
            assert done.returncode == 2
            assert b"Traceback" not in done.stderr


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "file"),
        [
            ("in/a.txt", "in/a.txt.json"),
            ("in/a.docx", "in/a.docx.json"),
            ("/data/a.txt", "data/a.txt.json"),
            ("../../etc/a.txt", "%2E%2E/%2E%2E/etc/a.txt.json"),
            ("s3://bucket/a.txt", "s3:/bucket/a.txt.json".replace("s3:/", "s3/")),
        ],
    )
    def test_a_reply_lies_under_the_path_of_its_input(self, name: str, file: str) -> None:
        assert file_of(name, "json") == file

    def test_a_name_too_long_is_cut(self) -> None:
        names = {file_of("答" * 84 + end, "json") for end in ("一", "二")}
        assert len(names) == 2
        assert all(len(name.encode()) <= 255 for name in names)

    def test_records_are_those_of_extract(self, run: Run, tmp_path: Path) -> None:
        fill(tmp_path / "in", 2)
        batch("in", out="records")
        batch("in", out="o.jsonl")
        batch("in", out="yaml", form="yaml")
        inputs = ["in/2021/r000.txt", "in/2022/r001.txt"]
        assert Path("records/in/2021/r000.txt.json").read_bytes() == run("extract", inputs[0]).stdout
        assert Path("yaml/in/2021/r000.txt.yaml").read_bytes() == run("extract", inputs[0], "-f", "yaml").stdout
        assert Path("o.jsonl").read_bytes() == run("extract", *inputs, "-f", "jsonl").stdout
        assert json.loads(Path("o.jsonl").read_text(encoding="utf-8").splitlines()[0]) == replyparse.parse_file(
            inputs[0]
        ).model_dump(mode="json")
