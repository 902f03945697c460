"""Batches in real processes: workers that die or hang, Ctrl-C, SIGKILL, terminals, clusters; always the same bytes."""

from __future__ import annotations

import os
import pty
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import replyparse
from batching import batch, digest, fill, inline, reply
from conftest import Run, command
from replyparse.batch.pool import LocalPool, WorkerDied
from replyparse.errors import BatchError, UnreadableError, WorkerError

#: What workers do at names that say so; nothing less than a signal stops the last one, a loop in C.
TROUBLE = """
import os, re, time
import replyparse.batch.work as work
whole = work._document
def document(name, path, encoding):
    if "die" in name:
        os.kill(os.getpid(), 9)
    if "boom" in name:
        raise IndexError("list index\\nout of range")
    if "slow" in name:
        open(path + ".begun", "w").close()
        time.sleep(0.3)
    if "hang" in name:
        re.match("(a+)+$", "a" * 64 + "b")
    return whole(name, path, encoding)
work._document = document
"""


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python that starts from here on is in trouble."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(TROUBLE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))


class TestWorkers:
    def test_one_that_dies_or_hangs_costs_one_document(self, tmp_path: Path, trouble: None) -> None:
        fill(tmp_path / "in", 3)
        for name in ("boom", "die", "hang"):
            (tmp_path / "in" / f"{name}.txt").write_text(reply(9), encoding="utf-8")
        summary = batch("in", out="o.jsonl", jobs=2, timeout=3)
        assert (summary.parsed, summary.failed, summary.replies) == (3, 3, 3)
        assert [(name, message) for name, kind, message in summary.errors if kind == "WorkerError"] == [
            (
                "in/boom.txt",
                "in/boom.txt: internal error (IndexError: list index out of range); please report it",
            ),
            ("in/die.txt", "in/die.txt: the process that read it died (signal 9)"),
            ("in/hang.txt", "in/hang.txt: took longer than 3 s; --timeout gives it more"),
        ]

    def test_such_failures_are_tried_again(
        self, tmp_path: Path, trouble: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(tmp_path / "in", 1)
        (tmp_path / "in" / "die.txt").write_text(reply(9), encoding="utf-8")
        assert batch("in", out="o.jsonl").failed == 1
        monkeypatch.delenv("PYTHONPATH")
        again = batch("in", out="o.jsonl")
        assert (again.parsed, again.unchanged, again.failed) == (1, 1, 0)

    def test_the_pool(self) -> None:
        with LocalPool(2) as pool:
            assert [future.result() for future in [pool.submit(abs, -i) for i in range(20)]] == list(range(20))
            with pytest.raises(TypeError):
                pool.submit(abs, "text").result()  # type: ignore[arg-type]
            with pytest.raises(WorkerDied) as died:
                pool.submit(os._exit, 7).result()
            assert died.value.status == 7
            assert pool.submit(os.getpid).result() != os.getpid()

    def test_processes_are_replaced_after_a_while(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("replyparse.batch.pool._RECYCLE", 2)
        with LocalPool(1) as pool:
            pids = [pool.submit(os.getpid).result() for _ in range(6)]
        assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [2, 2, 2]


class TestParseMany:
    def test_outcomes_come_in_order(self, tmp_path: Path) -> None:
        paths = sorted(fill(tmp_path / "in", 20).rglob("*.txt"), reverse=True)
        given = [*paths[:10], tmp_path / "none.txt", *paths[10:]]
        outcomes = list(replyparse.parse_many(iter(given), jobs=2))
        assert [outcome.path for outcome in outcomes] == [str(path) for path in given]
        assert [outcome.status for outcome in outcomes].count("failed") == 1
        assert isinstance(outcomes[10].error, UnreadableError)
        assert outcomes[0].record == replyparse.parse_file(given[0])

    def test_paths_are_taken_as_they_are_needed(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 1)
        taken = []

        def endless() -> Iterator[str]:
            while True:
                taken.append("in/2021/r000.txt")
                yield taken[-1]

        outcomes = replyparse.parse_many(endless(), jobs=1)
        assert next(outcomes).record is not None
        outcomes.close()  # type: ignore[attr-defined]
        assert len(taken) < 200

    def test_what_is_wrong_with_the_call_is_raised_at_once(self) -> None:
        for options, error in (
            ({"jobs": 0}, ValueError),
            ({"encoding": "klingon"}, LookupError),
            ({"issued_on": "last week"}, ValueError),
            ({"lexicon": "none.yaml"}, replyparse.KnowledgeError),
        ):
            with pytest.raises(error):
                replyparse.parse_many([], **options)  # type: ignore[arg-type]

    def test_a_script_needs_no_guard(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 1)
        script = tmp_path / "script.py"
        script.write_text("import replyparse\nprint([o.status for o in replyparse.parse_many(['in/2021/r000.txt'])])\n")
        done = subprocess.run([sys.executable, str(script)], capture_output=True, timeout=60, check=True)
        assert done.stdout == b"['parsed']\n"


class TestInterrupted:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_what_is_in_work_is_finished_and_kept(self, tmp_path: Path, trouble: None, number: signal.Signals) -> None:
        fill(tmp_path / "in", 1)
        for i in range(200):
            (tmp_path / "in" / f"slow{i:03d}.txt").write_text(reply(i), encoding="utf-8")
        process = subprocess.Popen(
            command("batch", "in", "--out", "o.jsonl", "--jobs", "1"), cwd=tmp_path, stderr=subprocess.PIPE
        )
        while not list((tmp_path / "in").glob("*.begun")) and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 130, told
        assert b"interrupted after 16 inputs" in told
        lines = (tmp_path / "o.jsonl").read_bytes().splitlines()
        assert len(lines) == 16
        assert not list(tmp_path.glob(".*"))

    def test_a_second_time_ends_at_once(self, tmp_path: Path, trouble: None) -> None:
        for i in range(40):
            (tmp_path / f"slow{i:03d}.txt").write_text(reply(i), encoding="utf-8")
        process = subprocess.Popen(command("batch", ".", "--out", "o.jsonl", "-j", "1", "-q"), cwd=tmp_path)
        while not list(tmp_path.glob("*.begun")) and process.poll() is None:
            time.sleep(0.05)
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        assert process.wait(timeout=10) == 130
        assert not (tmp_path / "o.jsonl").exists()

    @pytest.mark.parametrize("out", ["records", "o.sqlite"])
    def test_killed_and_resumed_the_bytes_are_the_same(self, tmp_path: Path, out: str) -> None:
        fill(tmp_path / "in", 60)
        (tmp_path / "in" / "empty.txt").write_bytes(b"")
        batch("in", out=f"whole.{out.partition('.')[2]}".rstrip("."))
        chance = random.Random(20)
        for _ in range(4):
            process = subprocess.Popen(
                command("batch", "in", "--out", out, "-q", "--jobs", str(chance.choice((1, 2)))),
                cwd=tmp_path,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(chance.uniform(0.2, 2.0))
            process.kill()
            process.wait()
        batch("in", out=out)
        whole = next(path for path in tmp_path.glob("whole*") if path.suffix != ".state")
        assert digest(tmp_path / out) == digest(whole)
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


class TestTerminals:
    def on_terminal(self, *arguments: str) -> str:
        """What a run shows on a terminal as stderr."""
        main, side = pty.openpty()
        process = subprocess.Popen(command("batch", *arguments), stderr=side, env={**os.environ, "TERM": "xterm"})
        os.close(side)
        shown = b""
        while True:
            try:
                piece = os.read(main, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        process.wait()
        os.close(main)
        return shown.decode()

    def test_a_bar_with_rate_and_failures(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 3)
        (tmp_path / "in" / "empty.txt").write_bytes(b"")
        shown = self.on_terminal("in", "--out", "o.jsonl", "--jobs", "1")
        assert "Reading" in shown
        assert "4/4" in shown
        assert "1 failed" in shown
        assert "in/empty.txt: is empty" in shown
        quiet = self.on_terminal("in", "--out", "o.jsonl", "--quiet")
        assert quiet.split() == "replyparse: in/empty.txt: is empty".split()

    def test_lines_in_a_log(self, run: Run, tmp_path: Path) -> None:
        fill(tmp_path / "in", 40)
        often = "import replyparse.cli.progress as progress\nprogress._EVERY = 0\n"
        told = run("batch", "in", "--out", "o.jsonl", "--jobs", "1", prelude=often).stderr.decode().splitlines()
        assert "40 of 40 inputs" in told[39]
        assert told[39].endswith("0.0 s left")


class TestUrls:
    @pytest.fixture(autouse=True)
    def at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("replyparse.batch.engine.local", inline)

    def test_files_behind_urls_give_the_same_records(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 3)
        batch(f"file://{tmp_path}/in", out="urls.jsonl")
        batch("in", out="paths.jsonl")
        assert Path("urls.jsonl").read_bytes() == Path("paths.jsonl").read_bytes()
        assert batch(f"file://{tmp_path}/in/2021/*.txt", out="urls.jsonl").unchanged == 1

    def test_a_destination_behind_a_url(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 3)
        for out in ("o.jsonl", "o.parquet"):
            url = f"file://{tmp_path}/{out}"
            assert batch("in", out=url).parsed == 3
            assert batch("in", out=url).unchanged == 3
            batch("in", out=f"local{out[1:]}")
            assert digest(tmp_path / out) == digest(tmp_path / f"local{out[1:]}")
        with pytest.raises(BatchError, match="must be local"):
            batch("in", out=f"file://{tmp_path}/records")

    def test_what_is_missing_fails_alone(self, tmp_path: Path) -> None:
        fill(tmp_path / "in", 1)
        summary = batch("in", f"file://{tmp_path}/none.txt", f"file://{tmp_path}/*.pdf", out="o.jsonl")
        assert (summary.parsed, summary.failed) == (1, 2)
        assert sorted(message.rpartition(": ")[2] for _, _, message in summary.errors) == [
            "matches no file",
            "there is no such file",
        ]

    def test_without_the_extra_the_command_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "fsspec.core", None)
        with pytest.raises(BatchError, match=r"pip install 'replyparse\[remote\]'"):
            batch("s3://bucket/replies", out="o.jsonl")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers of their own on loopback, in a folder that is not that of the run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    work = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    processes = [
        subprocess.Popen(each, cwd=elsewhere, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for each in (
            [*start, "--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard"],
            [*work, "--no-nanny"],
            [*work, "--no-nanny"],
        )
    ]
    from distributed import Client

    with Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    yield address, processes
    for process in processes:
        process.kill()
        process.wait()


class TestDask:
    def test_the_same_bytes_though_a_worker_is_killed(
        self, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
    ) -> None:
        fill(tmp_path / "in", 120)
        (tmp_path / "in" / "empty.txt").write_bytes(b"")
        address, processes = cluster
        killed = []

        def kill(*_: object) -> None:
            if not killed:
                processes[1].kill()
                killed.append(processes[1].wait())

        for out in ("o.jsonl", "o.sqlite"):
            summary = batch("in", out=out, watch=kill, engine="dask", scheduler=address)
            assert (summary.parsed, summary.failed) == (120, 1)
            batch("in", out=f"local{out[1:]}", jobs=2)
            assert Path(out).read_bytes() == Path(f"local{out[1:]}").read_bytes()
        assert killed == [-signal.SIGKILL]

    def test_nobody_there(self, run: Run, tmp_path: Path) -> None:
        fill(tmp_path / "in", 1)
        done = run(
            *("batch", "in", "--out", "o.jsonl", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"),
            DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="1s",
        )
        assert done.returncode == 2
        assert b"no dask scheduler answers" in done.stderr.splitlines()[-1]

    def test_without_the_extra_the_command_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fill(tmp_path / "in", 1)
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(BatchError, match=r"pip install 'replyparse\[dask\]'"):
            batch("in", out="o.jsonl", engine="dask")


def test_worker_errors_can_be_told_apart() -> None:
    assert issubclass(WorkerError, replyparse.ReplyparseError)
    assert issubclass(BatchError, replyparse.ReplyparseError)
