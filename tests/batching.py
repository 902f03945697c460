"""What the tests of batches share: folders of invented replies, runs, and destinations as comparable data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from replyparse.batch.engine import Engine
from replyparse.batch.run import Plan, Summary, run

DESTINATIONS = ("records", "o.jsonl", "o.csv", "claims.csv", "o.xlsx", "o.sqlite", "o.parquet")

_REPLY = """关于市政协十四届二次会议第{number}号提案的答复

{name}委员:
  您提出的《关于加强养老服务的提案》收悉,现答复如下。
  一、工作进展
  全市现有养老机构{homes}家,床位{beds}张,同比增长{growth}%。
  二、下一步打算
  到2025年,力争新建社区食堂{canteens}个,改造学校{schools}所。

{agency}
{year}年6月30日
"""


def reply(i: int) -> str:
    """An invented reply; no two numbers give the same."""
    return _REPLY.format(
        number=f"{2000 + i:04d}",
        name="王李张刘陈杨赵"[i % 7] + "某",
        homes=100 + i,
        beds=2000 + 3 * i,
        growth=5 + i,
        canteens=10 + i,
        schools=3 + i,
        agency=("临江市民政局", "临江市教育局")[i % 2],
        year=2021 + i % 3,
    )


def fill(folder: Path, count: int) -> Path:
    """A folder with so many replies, in folders of its own."""
    for i in range(count):
        path = folder / f"{2021 + i % 3}" / f"r{i:03d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(reply(i), encoding="utf-8")
    return folder


class Inline(Executor):
    """An executor that does what it is asked at once, in this process, where the dictionaries are loaded already."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def inline(jobs: int) -> Iterator[Engine]:
    """Takes the place of `engine.local` in tests that are not about processes."""
    yield Engine(Inline(), jobs, near=False)


def batch(*inputs: str | Path, out: str | Path, watch: Callable[..., None] | None = None, **options: Any) -> Summary:
    """A run; `jobs` is 1 unless given."""
    plan = Plan(tuple(map(str, inputs)), str(out), **{"jobs": 1, **options})
    return run(plan, watch) if watch else run(plan)


def digest(path: Path) -> dict[str, str]:
    """Every file of a destination with the SHA-256 of its bytes."""
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    return {str(each.relative_to(path)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}
