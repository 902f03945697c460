"""Measures `replyparse batch`: speed for each destination, memory, a second run, runs that are killed, a dask cluster.

    python benchmarks/batch.py FOLDER [--count 5000] [--only speed memory again kills dask]

FOLDER holds replies as text files, or files of JSON Lines with their `text`; they are repeated under new names in a
temporary folder, each copy with a line of its own, so that no two are the same. Seconds of the clock depend on what
else the machine does, so CPU seconds, of all processes of a run together, stand beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DESTINATIONS = ("records", "o.jsonl", "o.csv", "o.xlsx", "o.sqlite", "o.parquet")
KILLS = 20

#: Runs the command line, then writes CPU seconds and the largest memory (MB) of itself and of its largest worker.
_RUN = """
import atexit, json, os, resource, sys
def tell():
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    with open(os.environ["MEASURED"], "w") as out:
        json.dump([cpu, own.ru_maxrss / 1024, workers.ru_maxrss / 1024], out)
atexit.register(tell)
from replyparse.cli import main
main()
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds, CPU seconds, MB of the main process and of the largest worker."""

    seconds: float
    cpu: float
    memory: float
    worker: float


def texts(folder: Path) -> list[str]:
    """The replies of a folder."""
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    for path in sorted(folder.rglob("*.jsonl")):
        found += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return [text for text in found if len(text) < 20_000]


def fill(folder: Path, source: list[str], count: int) -> Path:
    """A folder of so many replies; returns it."""
    for i in range(count):
        path = folder / f"{i // 1000:03d}" / f"{i:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{source[i % len(source)]}\n副本{i}", encoding="utf-8")
    return folder


def run(inputs: Path, out: Path, *options: str) -> Measured:
    """Run a batch and measure it."""
    with tempfile.NamedTemporaryFile() as told:
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", _RUN, "batch", str(inputs), "--out", str(out), "-q", *options],
            check=True,
            env={**os.environ, "MEASURED": told.name},
        )
        seconds = time.perf_counter() - begun
        return Measured(seconds, *json.loads(Path(told.name).read_text()))


def forget(out: Path) -> None:
    """Remove a destination and its state."""
    for path in (out, out.with_name(out.name + ".state")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def digest(out: Path) -> str:
    """A digest of the names and bytes of a destination."""
    found = hashlib.sha256()
    for path in [out] if out.is_file() else sorted(each for each in out.rglob("*") if each.is_file()):
        found.update(f"{path.relative_to(out)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def size(out: Path) -> float:
    """MB of a destination."""
    return sum(path.stat().st_size for path in ([out] if out.is_file() else out.rglob("*"))) / 1e6


def speed(inputs: Path, work: Path, characters: int, count: int) -> None:
    """Files and characters a second, for each destination, with one worker and with two."""
    heads = f"{'files/s':>9}{'chars/s':>10}{'ms CPU/file':>13}{'MB':>8}{'state MB':>10}"
    print(f"\n{'DEST':<12}{'jobs':>5}{'s':>8}{'CPU s':>8}{heads}")
    for name in DESTINATIONS:
        for jobs in (1, 2):
            out = work / name
            forget(out)
            did = run(inputs, out, "--jobs", str(jobs))
            rates = f"{count / did.seconds:>9.0f}{characters / did.seconds:>10.0f}{1000 * did.cpu / count:>13.2f}"
            state = size(out.with_name(name + ".state"))
            print(
                f"{name:<12}{jobs:>5}{did.seconds:>8.1f}{did.cpu:>8.1f}{rates}{size(out):>8.1f}{state:>10.1f}",
                flush=True,
            )
            forget(out)


def memory(source: list[str], work: Path) -> None:
    """The largest memory with 1,000 files and with 20,000."""
    for count in (1000, 20_000):
        inputs = fill(work / f"memory{count}", source, count)
        did = run(inputs, work / "o.sqlite", "--jobs", "2")
        print(f"{count:>6} files: {did.memory:.0f} MB, largest worker {did.worker:.0f} MB", flush=True)
        forget(work / "o.sqlite")


def again(inputs: Path, work: Path) -> None:
    """A first run, and one without anything new."""
    for name in ("records", "o.sqlite"):
        first, second = run(inputs, work / name), run(inputs, work / name)
        times = f"{first.seconds:.1f} s (CPU {first.cpu:.1f}), unchanged {second.seconds:.2f} s (CPU {second.cpu:.2f})"
        ratio = f"{first.seconds / second.seconds:.0f} times faster, by CPU {first.cpu / second.cpu:.0f}"
        print(f"{name}: {times}: {ratio}", flush=True)
        forget(work / name)


def kills(inputs: Path, work: Path) -> None:
    """Runs that are killed at random moments and resumed, against one that is not."""
    chance = random.Random(5)
    for name in ("records", "o.sqlite", "o.parquet", "o.jsonl"):
        out = work / name
        whole = run(inputs, out, "--jobs", "2")
        expected = digest(out)
        forget(out)
        for _ in range(KILLS):
            begin = [sys.executable, "-m", "replyparse", "batch", str(inputs), "--out", str(out), "-q"]
            process = subprocess.Popen([*begin, "--jobs", str(chance.choice((1, 2, 3)))])
            time.sleep(chance.uniform(0.1, whole.seconds / 3))
            process.send_signal(signal.SIGKILL)
            process.wait()
        run(inputs, out)
        print(
            f"{name}: {KILLS} kills, then resumed: {'identical' if digest(out) == expected else 'DIFFERENT'}",
            flush=True,
        )
        forget(out)


def dask(inputs: Path, work: Path) -> None:
    """A cluster of two workers on loopback against two processes, in turns."""
    with cluster() as address:
        for turn in range(3):
            for how in (["--jobs", "2"], ["--engine", "dask", "--scheduler", address]):
                did = run(inputs, work / "o.jsonl", *how)
                print(f"turn {turn + 1}, {how[1]}: {did.seconds:.1f} s, {digest(work / 'o.jsonl')[:12]}", flush=True)
                forget(work / "o.jsonl")


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a scheduler with two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    started = [
        subprocess.Popen([sys.executable, "-m", *each], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for each in (
            ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"],
            worker,
            worker,
        )
    ]
    try:
        import distributed

        connect: Any = distributed.Client
        with connect(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--only", nargs="+", default=["speed", "memory", "again", "kills", "dask"])
    arguments = parser.parse_args()
    source = texts(arguments.folder)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        inputs = fill(work / "replies", source, arguments.count)
        characters = sum(len(path.read_text(encoding="utf-8")) for path in inputs.rglob("*.txt"))
        print(f"{arguments.count} replies, {characters} characters")
        for part in arguments.only:
            print(f"\n== {part}", flush=True)
            if part == "speed":
                speed(inputs, work, characters, arguments.count)
            elif part == "memory":
                memory(source, work)
            else:
                {"again": again, "kills": kills, "dask": dask}[part](inputs, work)


if __name__ == "__main__":
    main()
