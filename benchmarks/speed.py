"""Measures how fast replyparse is, beside jieba alone, and prints the table that the README shows.

    python benchmarks/speed.py [FOLDER]

FOLDER holds replies as .txt, UTF-8; without it the annotated fixtures are read. Every comparison is made of pairs, the
two sides in turn, of processor time, and the median of their ratios counts, so that a busy machine disturbs little.
"""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import jieba

import replyparse

ROOT = Path(__file__).parent.parent
REPLY = ROOT / "fixtures" / "wuhan_20230128.txt"
PAIRS = 7
SHORT, LONG = 12_000, 600_000  # characters of the texts whose cost a character is compared
LARGE = 330_000  # characters of a reply of 1 MB
QUIET = "import jieba, logging; jieba.setLogLevel(logging.WARNING)"
MEMORY = """
import resource, sys, replyparse
replyparse.parse(sys.stdin.read())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main(folder: Path) -> None:
    """Print the table."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    characters = sum(map(len, texts))
    memory = peak("".join(islice(cycle("\n".join(texts)), LARGE)))  # while this process is small: a child's counts it
    jieba.setLogLevel(logging.WARNING)
    jieba.lcut(texts[0])
    for text in texts:
        replyparse.parse(text)

    extract = ("-m", "replyparse", "extract", str(REPLY))
    jieba_alone = ("-c", f"{QUIET}; jieba.lcut(open({str(REPLY)!r}, encoding='utf-8').read())")
    with TemporaryDirectory() as store:
        cold = paired(lambda: process(*extract, REPLYPARSE_CACHE=store), lambda: process(*jieba_alone))
    first = paired(lambda: process(*extract, REPLYPARSE_CACHE=""), lambda: process(*jieba_alone), pairs=3)
    version = paired(lambda: process("-m", "replyparse", "--version"), lambda: process("-c", "pass"))
    warm = paired(lambda: busy(replyparse.parse, texts), lambda: busy(jieba.lcut, texts))
    sizes = {size: "".join(islice(cycle("\n".join(texts)), size)) for size in (SHORT, LONG)}
    linear = paired(
        lambda: busy(replyparse.parse, [sizes[LONG]]) / LONG,
        lambda: busy(replyparse.parse, [sizes[SHORT]] * 5) / (5 * SHORT),
        pairs=3,
    )
    print(f"{len(texts)} replies, {characters:,} characters; Python {sys.version.split()[0]}\n")
    print("| | replyparse | beside | ratio |\n|---|---|---|---|")
    row("one reply, cold", cold, lambda s: f"{s:.2f} s", "`jieba.lcut`, cold")
    row("the first ever, nothing kept", first, lambda s: f"{s:.2f} s", "`jieba.lcut`, cold")
    row("`--version`", version, lambda s: f"{1000 * s:.0f} ms", "Python alone")
    row("many replies, warm", warm, lambda s: f"{characters / s:,.0f} characters/s", "`jieba.lcut`", inverse=True)
    row(f"a character of {LONG:,}", linear, lambda s: f"{1e6 * s:.1f} µs", f"of {SHORT:,}")
    print(f"| memory of a process | {memory} MB | with a reply of {LARGE:,} characters, 1 MB | |")


Pairs = list[tuple[float, float]]


def paired(ours: Callable[[], float], theirs: Callable[[], float], pairs: int = PAIRS) -> Pairs:
    """The seconds of both sides, taken in turn; the first pair only warms up."""
    return [(ours(), theirs()) for _ in range(pairs + 1)][1:]


def row(what: str, pairs: Pairs, shown: Callable[[float], str], beside: str, *, inverse: bool = False) -> None:
    """One line of the table; `inverse` for a ratio of speeds rather than of times."""
    ratio = median((b / a) if inverse else (a / b) for a, b in pairs)
    ours, theirs = (shown(median(side)) for side in zip(*pairs, strict=True))
    print(f"| {what} | {ours} | {beside}: {theirs} | {ratio:.2f} |")


def process(*arguments: str, **environment: str) -> float:
    """The seconds of processor time that a new process takes, bytecode as it is on a machine where Python may write."""
    env = {**os.environ, **environment}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    start = spent()
    subprocess.run(
        [sys.executable, *arguments], check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return spent() - start


def spent() -> float:
    """The processor time of all processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def busy(function: Callable[[str], object], texts: list[str]) -> float:
    """The seconds of processor time that a function takes over some texts."""
    start = time.process_time()
    for text in texts:
        function(text)
    return time.process_time() - start


def peak(text: str) -> int:
    """The most memory that a process takes which parses the text, in MB."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], input=text.encode(), capture_output=True, env=environment, check=True
    )
    return round(int(done.stdout) / (1024 if sys.platform == "linux" else 1 << 20))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "fixtures" / "gold")
