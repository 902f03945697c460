from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

import replyparse
from conftest import Run, command
from replyparse.record import ReplyRecord

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")

#: Fails on texts that say so, as a mistake of ours would.
BROKEN = """
import replyparse.pipeline as pipeline
whole = pipeline.parse
def parse(text, **options):
    if "boom" in text:
        raise IndexError("list index\\nout of range")
    return whole(text, **options)
pipeline.parse = parse
"""
#: Stops for a long time at texts that say so, after saying it on stderr.
SLOW = """
import signal, sys, time
import replyparse.pipeline as pipeline
signal.signal(signal.SIGINT, signal.default_int_handler)
whole = pipeline.parse
def parse(text, **options):
    if "slow" in text:
        print("waiting", file=sys.stderr, flush=True)
        time.sleep(60)
    return whole(text, **options)
pipeline.parse = parse
"""


def lines(data: bytes) -> list[str]:
    return data.decode().splitlines()


@pytest.fixture
def reply(tmp_path: Path, wuhan: Path) -> Path:
    """A copy of the genuine reply, to be called by its bare name."""
    copy = tmp_path / "reply.txt"
    copy.write_bytes(wuhan.read_bytes())
    return copy


class TestFormats:
    def test_json_by_default(self, run: Run, reply: Path) -> None:
        done = run("extract", "reply.txt")
        assert (done.returncode, done.stderr) == (0, b"")
        record = ReplyRecord.model_validate_json(done.stdout)
        assert record == replyparse.parse_file(reply)
        assert record.source.name == "reply.txt"
        assert record.text == reply.read_text(encoding="utf-8")

    def test_several_inputs_give_an_array_in_their_order(self, run: Run, fixtures: Path) -> None:
        paths = sorted((fixtures / "gold").glob("c*.txt"), reverse=True)[:3]
        names = [each["source"]["name"] for each in json.loads(run("extract", *paths).stdout)]
        assert names == [path.name for path in paths]

    def test_yaml_and_jsonl_carry_the_same_data(self, run: Run, reply: Path) -> None:
        data = json.loads(run("extract", "reply.txt").stdout)
        assert yaml.safe_load(run("extract", "reply.txt", "-f", "yaml").stdout) == data
        assert json.loads(run("extract", "reply.txt", "--format=jsonl").stdout) == data
        assert len(list(yaml.safe_load_all(run("extract", "reply.txt", "reply.txt", "-f", "yaml").stdout))) == 2

    def test_csv_opens_in_a_spreadsheet(self, run: Run, reply: Path) -> None:
        out = run("extract", "reply.txt", "--format", "csv").stdout
        assert out.startswith(b"\xef\xbb\xbfsource,")
        rows = list(csv.DictReader(lines(out)))
        assert all(row["quantity"] in reply.read_text(encoding="utf-8") for row in rows)

    def test_table(self, run: Run, reply: Path) -> None:
        out = run("extract", "reply.txt", "-f", "table").stdout.decode()
        assert "对市政协十四届二次会议第20230128号提案的答复" in out
        assert "\x1b" not in out

    def test_no_text(self, run: Run, reply: Path) -> None:
        with_text, without = (json.loads(run("extract", "reply.txt", *more).stdout) for more in ([], ["--no-text"]))
        del with_text["text"]
        assert without == with_text

    def test_the_same_bytes_give_the_same_record(self, run: Run, reply: Path) -> None:
        outputs = {
            run("extract", "reply.txt", LC_ALL=locale, TZ=zone, PYTHONHASHSEED=seed).stdout
            for locale, zone, seed in (("C", "UTC", "1"), ("C.UTF-8", "Asia/Shanghai", "2"))
        }
        assert len(outputs) == 1

    @pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
    def test_utf_8_whatever_the_locale(self, run: Run, reply: Path, environment: dict[str, str]) -> None:
        done = run("extract", "reply.txt", "没有.txt", **environment)
        assert json.loads(done.stdout.decode("utf-8"))[0]["header"]["title"].startswith("对市政协")
        assert b"there is no such file" in done.stderr
        assert b"Traceback" not in done.stderr


class TestOptions:
    def test_issued_on_resolves_the_present(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "reply.txt").write_text("目前,全市技术转移示范机构达到164家。\n", encoding="utf-8")
        record = json.loads(run("extract", "reply.txt", "--issued-on", "2023-06-30").stdout)
        assert record["claims"][0]["period"] == {"start": None, "end": "2023-06-30", "text": "目前"}

    def test_encoding(self, run: Run, reply: Path) -> None:
        text = reply.read_text(encoding="utf-8")
        reply.write_bytes(text.encode("gb18030"))
        assert json.loads(run("extract", "reply.txt").stdout)["text"] == text
        assert json.loads(run("extract", "reply.txt", "--encoding", "gbk").stdout)["text"] == text
        wrong = run("extract", "reply.txt", "--encoding", "utf-8")
        assert (wrong.returncode, wrong.stdout) == (3, b"")
        assert lines(wrong.stderr)[0].startswith("replyparse: reply.txt: read as utf-8")

    @pytest.mark.parametrize(
        "arguments",
        [
            ["reply.txt", "--issued-on", "yesterday"],
            ["reply.txt", "--issued-on", "2023-02-30"],
            ["reply.txt", "--encoding", "klingon"],
            ["reply.txt", "--format", "docx"],
            ["reply.txt", "-o", "missing/out.json"],
            ["reply.txt", "-o", "."],
            ["reply.txt", "-o", "reply.txt"],
            ["-", "-"],
            [],
        ],
        ids=" ".join,
    )
    def test_a_wrong_command_line(self, run: Run, reply: Path, arguments: list[str]) -> None:
        before = reply.read_bytes()
        done = run("extract", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert lines(done.stderr)[-1].startswith("Error: ")
        assert reply.read_bytes() == before

    def test_stdin(self, run: Run, reply: Path) -> None:
        record = json.loads(run("extract", "-", stdin=reply.read_bytes()).stdout)
        assert record["source"]["name"] == "stdin"
        assert record["text"] == reply.read_text(encoding="utf-8")
        both = json.loads(run("extract", "reply.txt", "-", stdin="一".encode("gb18030")).stdout)
        assert [each["source"]["name"] for each in both] == ["reply.txt", "stdin"]

    def test_quiet_leaves_errors(self, run: Run, reply: Path) -> None:
        data = reply.read_bytes()
        reply.write_bytes(data[:600] + b"\xff" + data[600:])
        noted = run("extract", "reply.txt", "missing.txt")
        assert lines(noted.stderr) == [
            "replyparse: reply.txt: 1 place is damaged; U+FFFD stands there in the text",
            "replyparse: missing.txt: there is no such file",
        ]
        assert len(lines(run("extract", "--quiet", "reply.txt", "missing.txt").stderr)) == 1


class TestBadInput:
    """One line for each bad input, exit code 3, and the others are written."""

    BAD = (
        ("empty.txt", b"", "is empty"),
        ("binary.txt", b"\x7fELF" + bytes(range(256)), "is binary, not text"),
        ("nul.txt", "新建\0项目".encode(), "is binary, not text"),
        ("surrogate.txt", b"\xff\xfe\x00\xd8\x2d\x4e", "a lone surrogate at byte"),
        ("pdf.txt", b"%PDF-1.7", "is a damaged PDF document"),
        ("docx.docx", b"PK\x03\x04word/document.xml", "is a damaged ZIP archive or Office document; get it anew"),
    )

    @pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[name for name, _, _ in BAD])
    def test_alone(self, run: Run, tmp_path: Path, name: str, data: bytes, says: str) -> None:
        (tmp_path / name).write_bytes(data)
        done = run("extract", name)
        assert (done.returncode, done.stdout) == (3, b"")
        (line,) = lines(done.stderr)
        assert line.startswith(f"replyparse: {name}: ")
        assert says in line

    def test_missing_folder_and_large(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        with (tmp_path / "large.txt").open("wb") as stream:
            stream.truncate(50_000_000)
        done = run("extract", "missing.txt", "folder", "large.txt")
        assert done.returncode == 3
        assert lines(done.stderr) == [
            "replyparse: missing.txt: there is no such file",
            "replyparse: folder: is a folder; give the files in it",
            "replyparse: large.txt: is larger (50 MB) than the limit of 20 MB",
        ]

    def test_one_bad_input_costs_no_other_its_record(self, run: Run, reply: Path, tmp_path: Path) -> None:
        for name, data, _ in self.BAD:
            (tmp_path / name).write_bytes(data)
        done = run("extract", *(name for name, _, _ in self.BAD), "reply.txt")
        assert done.returncode == 3
        assert len(lines(done.stderr)) == len(self.BAD)
        assert [each["source"]["name"] for each in json.loads(done.stdout)] == ["reply.txt"]

    def test_one_character(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "one.txt").write_text("一", encoding="utf-8")
        done = run("extract", "one.txt")
        assert done.returncode == 0
        assert json.loads(done.stdout)["text"] == "一"

    def test_a_mistake_of_ours(self, run: Run, reply: Path, tmp_path: Path) -> None:
        (tmp_path / "boom.txt").write_text("boom", encoding="utf-8")
        done = run("extract", "boom.txt", "reply.txt", prelude=BROKEN)
        assert done.returncode == 3
        assert lines(done.stderr) == [
            "replyparse: boom.txt: internal error (IndexError: list index out of range); "
            "please report it, REPLYPARSE_DEBUG=1 shows where"
        ]
        assert len(json.loads(done.stdout)) == 1
        told = run("extract", "boom.txt", prelude=BROKEN, REPLYPARSE_DEBUG="1")
        assert b"Traceback" in told.stderr

    @POSIX
    def test_names_that_are_no_text(self, run: Run, reply: Path, tmp_path: Path) -> None:
        name = os.fsdecode("答复.txt".encode("gb18030"))
        try:
            (tmp_path / name).write_bytes(reply.read_bytes())
        except OSError:
            pytest.skip("the file system insists on UTF-8")
        done = run("extract", name, "two\nlines.txt")
        assert json.loads(done.stdout)[0]["source"]["name"].endswith(".txt")
        assert lines(done.stderr) == ["replyparse: two\\nlines.txt: there is no such file"]


class TestOutputFile:
    def test_is_what_stdout_would_be(self, run: Run, reply: Path, tmp_path: Path) -> None:
        done = run("extract", "reply.txt", "-o", "out.json")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert (tmp_path / "out.json").read_bytes() == run("extract", "reply.txt", "-o", "-").stdout
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "reply.txt"]

    @POSIX
    def test_keeps_its_mode_and_its_link(self, run: Run, reply: Path, tmp_path: Path) -> None:
        real = tmp_path / "real.json"
        real.write_text("old")
        real.chmod(0o640)
        (tmp_path / "link.json").symlink_to("real.json")
        run("extract", "reply.txt", "-o", "link.json")
        assert (tmp_path / "link.json").is_symlink()
        assert stat.S_IMODE(real.stat().st_mode) == 0o640
        assert json.loads(real.read_text(encoding="utf-8"))

    @POSIX
    def test_a_new_file_follows_the_umask(self, run: Run, reply: Path, tmp_path: Path) -> None:
        run("extract", "reply.txt", "-o", "new.json", prelude="import os; os.umask(0o027)")
        assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o640

    def test_is_left_alone_when_no_input_gave_a_record(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "out.json").write_text("old")
        assert run("extract", "missing.txt", "-o", "out.json").returncode == 3
        assert (tmp_path / "out.json").read_text() == "old"

    @POSIX
    def test_a_device(self, run: Run, reply: Path) -> None:
        assert run("extract", "reply.txt", "-o", os.devnull).returncode == 0
        if Path("/dev/full").exists():
            for arguments in (["-o", "/dev/full"], []):
                with Path("/dev/full").open("wb") as full:
                    done = subprocess.run(
                        command("extract", reply, *arguments), stdout=full, stderr=subprocess.PIPE, check=False
                    )
                assert done.returncode == 2
                (line,) = lines(done.stderr)
                assert line.endswith("cannot be written: No space left on device")


@POSIX
class TestInterrupted:
    """Ctrl-C: exit code 130, no traceback, nothing half-written, what was finished is kept."""

    def interrupt(self, folder: Path, *arguments: str) -> tuple[int, bytes, bytes]:
        process = subprocess.Popen(
            command("extract", *arguments, prelude=SLOW), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stderr is not None
        assert process.stderr.readline() == b"waiting\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err

    def test_what_was_finished_is_kept(self, reply: Path, tmp_path: Path) -> None:
        (tmp_path / "slow.txt").write_text("slow")
        status, out, err = self.interrupt(tmp_path, "reply.txt", "slow.txt")
        assert (status, err) == (130, b"")
        assert [each["source"]["name"] for each in json.loads(out)] == ["reply.txt"]
        assert self.interrupt(tmp_path, "reply.txt", "slow.txt", "-o", "out.json")[0] == 130
        assert (tmp_path / "out.json").read_bytes() == out

    def test_nothing_was_finished(self, reply: Path, tmp_path: Path) -> None:
        (tmp_path / "slow.txt").write_text("slow")
        (tmp_path / "out.json").write_text("old")
        assert self.interrupt(tmp_path, "slow.txt", "reply.txt", "-o", "out.json") == (130, b"", b"")
        assert (tmp_path / "out.json").read_text() == "old"
        assert len(list(tmp_path.iterdir())) == 3


@POSIX
class TestTerminalsAndPipes:
    def test_a_broken_pipe_is_no_error(self, reply: Path) -> None:
        process = subprocess.Popen(
            command("extract", *[str(reply)] * 20, "-f", "jsonl"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")

    def test_records_come_as_they_are_done(self, reply: Path, tmp_path: Path) -> None:
        (tmp_path / "slow.txt").write_text("slow")
        process = subprocess.Popen(
            command("extract", "reply.txt", "slow.txt", "-f", "jsonl", prelude=SLOW),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["source"]["name"] == "reply.txt"
        process.kill()
        process.communicate()

    def on_terminal(self, *arguments: str, **environment: str) -> str:
        """What a terminal shows that is stdout and stderr of the command."""
        import pty

        ours, theirs = pty.openpty()
        environment = {**{key: os.environ[key] for key in os.environ if key != "NO_COLOR"}, **environment}
        process = subprocess.Popen(
            command("extract", *arguments), stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment
        )
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so when the last writer has gone
                piece = b""
            if not piece:
                break
            shown += piece
        os.close(ours)
        assert process.wait(timeout=60) == 0
        return shown.decode()

    def test_colour_on_a_terminal_only_and_never_against_no_color(self, reply: Path) -> None:
        table = ("-f", "table", str(reply))
        assert "\x1b[" in self.on_terminal(*table, TERM="xterm")
        assert "\x1b" not in self.on_terminal(*table, TERM="xterm", NO_COLOR="1")
        assert "\x1b" not in self.on_terminal(*table, TERM="dumb")

    def test_progress_only_on_a_terminal_that_shows_no_data(self, reply: Path, tmp_path: Path) -> None:
        out = ("-o", str(tmp_path / "out.json"))
        assert "Reading" in self.on_terminal(str(reply), str(reply), *out, TERM="xterm")
        assert self.on_terminal(str(reply), str(reply), *out, "--quiet", TERM="xterm") == ""
        assert self.on_terminal(str(reply), *out, TERM="xterm") == ""
        assert "Reading" not in self.on_terminal(str(reply), str(reply), TERM="xterm")


class TestOtherCommands:
    def test_version(self, run: Run) -> None:
        assert run("--version").stdout.decode() == f"replyparse {replyparse.__version__}\n"

    def test_schema(self, run: Run) -> None:
        schema = json.loads(run("schema").stdout)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert list(schema["properties"]) == list(ReplyRecord.model_fields)

    def test_formats(self, run: Run) -> None:
        states = {line.split()[0]: line.split("  ")[-1].strip() for line in lines(run("formats").stdout)}
        assert states["text"] == "read"
        assert states["pdf"] == states["image"] == "read"
        assert states["docx"] == states["ofd"] == "read"

    def test_formats_say_what_would_add_one(self, run: Run) -> None:
        (line,) = [
            line for line in lines(run("formats", REPLYPARSE_SOFFICE="/nowhere").stdout) if line.startswith("doc ")
        ]
        assert "needs LibreOffice: apt-get install libreoffice-writer-nogui" in line

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--help"],
            ["extract", "--help"],
            ["explain", "--help"],
            ["lexicon", "-h"],
            ["schema", "-h"],
            ["formats", "--help"],
        ],
    )
    def test_help_teaches_with_examples_in_plain_text(self, run: Run, arguments: list[str]) -> None:
        text = run(*arguments).stdout.decode("ascii")
        assert re.search(r"Examples?:\n +replyparse ", text)
        assert "\x1b" not in text

    def test_help_lists_the_exit_codes(self, run: Run) -> None:
        text = run("--help").stdout.decode()
        assert re.search(r"Exit codes:\n +0 .*\n +1 .*\n +2 .*\n +3 .*\n +130 ", text)

    def test_shell_completion(self, run: Run) -> None:
        done = run(_REPLYPARSE_COMPLETE="complete_bash", COMP_WORDS="replyparse ex", COMP_CWORD="1")
        assert sorted(done.stdout.decode().split()) == ["explain", "extract"]

    def test_no_command_shows_the_help(self, run: Run) -> None:
        done = run()
        assert done.returncode == 2
        assert b"Usage: replyparse" in done.stdout + done.stderr


class TestApi:
    def test_importing_is_light(self) -> None:
        heavy = "{'jieba', 'rich', 'typer', 'click', 'yaml', 'pydantic'}"
        code = f"import replyparse, sys; print({heavy} & set(sys.modules))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert done.stdout == b"set()\n"

    def test_every_name_is_there(self) -> None:
        for name in replyparse.__all__:
            assert getattr(replyparse, name) is not None
        assert set(replyparse.__all__) <= set(dir(replyparse))
        with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
            replyparse.nonsense  # noqa: B018

    def test_the_doors_agree(self, wuhan: Path) -> None:
        from_file = replyparse.parse_file(wuhan, issued_on="2023-06-30")
        text = wuhan.read_text(encoding="utf-8").replace("\n", "\r\n")
        in_memory = replyparse.parse(text, name=wuhan.name, issued_on=dt.date(2023, 6, 30))
        assert in_memory.model_dump(exclude={"source"}) == from_file.model_dump(exclude={"source"})
        assert in_memory.source == from_file.source.model_copy(update={"encoding": None})
        assert replyparse.parse_file(str(wuhan), encoding="utf-8") == replyparse.parse_file(wuhan)
        with pytest.raises(ValueError, match="Invalid isoformat"):
            replyparse.parse(text, issued_on="last week")

    def test_the_errors_can_be_told_apart(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"\x1f\x8b\x08")
        with pytest.raises(replyparse.UnsupportedFormatError):
            replyparse.parse_file(tmp_path / "a")
        with pytest.raises(replyparse.UnreadableError):
            replyparse.parse_file(tmp_path / "b")
        (tmp_path / "c").write_text("一")
        with pytest.raises(LookupError):
            replyparse.parse_file(tmp_path / "c", encoding="klingon")
