"""`replyparse batch`: folders of replies → records or tables in one destination, in parallel, again and again."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from replyparse.cli.inputs import STDIN
from replyparse.cli.lexicon import Lexicon
from replyparse.cli.messages import say
from replyparse.cli.options import Encoding, IssuedOn, check_encoding
from replyparse.cli.output import destination, write
from replyparse.cli.progress import LogFormat, Reporter
from replyparse.errors import BatchError, KnowledgeError

if TYPE_CHECKING:
    from replyparse.batch.run import Plan, Summary


class RecordFormat(StrEnum):
    """What a folder of records holds."""

    JSON = "json"
    YAML = "yaml"


class Engine(StrEnum):
    """Who does the work."""

    LOCAL = "local"
    DASK = "dask"


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Folders, globs, files, URLs; - reads a list of names from stdin."),
    ],
    out: Annotated[str, typer.Option("--out", metavar="DEST", help="Where to; its name says what it is, see above.")],
    form: Annotated[
        RecordFormat, typer.Option("--format", "-f", help="How to write the records of a folder.")
    ] = RecordFormat.JSON,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="GLOB", help="Take these files of folders; several times if need be."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Leave out these files and folders.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, max=1024, help="Processes; the usable cores unless given.")
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0, help="Time for one document; 0 for any time.")
    ] = 60,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over: forget what earlier runs did.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Forget inputs that are gone, instead of marking them.")
    ] = False,
    dedupe: Annotated[bool, typer.Option("--dedupe", help="Keep only the first of files with the same reply.")] = False,
    errors: Annotated[
        Path | None, typer.Option("--errors", metavar="FILE", help="Write what failed to FILE, a JSON object a line.")
    ] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the replies' text out.")] = False,
    no_checks: Annotated[bool, typer.Option("--no-checks", help="Leave the findings empty.")] = False,
    issued_on: IssuedOn = None,
    encoding: Encoding = None,
    lexicon: Lexicon = None,
    engine: Annotated[Engine, typer.Option("--engine", help="Processes here, or a dask cluster.")] = Engine.LOCAL,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="The cluster's; from dask's configuration unless given."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes, only errors.")] = False,
    log_format: Annotated[
        LogFormat, typer.Option("--log-format", help="How to write messages: lines for people, or a JSON object each.")
    ] = LogFormat.TEXT,
) -> None:
    """Read many replies in parallel and keep their records in DEST.

    \b
    DEST            becomes
      NAME          a folder of records: a file for each reply, under the path of its input
      NAME.jsonl    a file with a record a line
      NAME.csv      a folder of tables; claims.csv, replies.csv … one table in a file
      NAME.xlsx     a workbook with a sheet for each table
      NAME.sqlite   a database (also .db)
      NAME.parquet  a folder of tables; claims.parquet … one table in a file (extra: parquet)

    What was done is remembered in DEST.state: another run reads only what is new or has changed, whether the last one
    ended well, by Ctrl-C or by force. DEST is replaced whole or not at all, and the same inputs give the same bytes
    whatever runs led to it. Every input has one outcome in the table outcomes; one that fails costs no other anything.
    Folders are read with all below them, but for hidden files, DEST, and what does not end like a known format.

    \b
    Examples:
      replyparse batch replies --out replies.sqlite
      replyparse batch replies 'more/*.docx' --out tables.parquet --jobs 8 --prune
      replyparse batch replies --out records --exclude 'draft*' --errors failed.jsonl
      find . -name '*.txt' | replyparse batch - --out claims.csv
      replyparse batch s3://bucket/replies --out s3://bucket/replies.jsonl
      replyparse batch /mnt/replies --out /mnt/replies.sqlite --engine dask --scheduler tcp://10.0.0.5:8786
    """
    check_encoding(encoding)
    if inputs.count(STDIN) > 1:
        raise typer.BadParameter("stdin (-) can be read only once", param_hint="INPUT")
    if scheduler and engine is not Engine.DASK:
        raise typer.BadParameter("needs --engine dask", param_hint="--scheduler")
    from replyparse.batch.pool import usable_cores
    from replyparse.batch.run import Plan

    plan = Plan(
        inputs=tuple(_named(inputs)),
        destination=out,
        form=form.value,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        jobs=jobs or usable_cores(),
        timeout=timeout or None,
        issued_on=issued_on.date() if issued_on else None,
        encoding=encoding,
        lexicon=lexicon,
        text=not no_text,
        checked=not no_checks,
        fresh=fresh,
        prune=prune,
        dedupe=dedupe,
        engine=engine.value,
        scheduler=scheduler,
    )
    summary = _run(plan, Reporter(log_format, quiet=quiet))
    if errors is not None:
        _write_errors(errors, summary)
    if summary.interrupted:
        raise typer.Exit(130)
    if summary.failed:
        raise typer.Exit(3)


def _run(plan: Plan, reporter: Reporter) -> Summary:
    from replyparse.batch.run import run

    try:
        with _interruptible() as stopped, reporter:
            summary = run(plan, reporter.outcome, stopped.is_set)
    except (BatchError, KnowledgeError) as error:
        _refuse(str(error))
    reporter.summary(summary)
    return summary


def _named(inputs: Iterable[str]) -> Iterator[str]:
    """The names given, for `-` those that stdin lists: a line each, or ended by NUL (`find -print0`)."""
    for name in inputs:
        if name != STDIN:
            yield name
            continue
        if sys.stdin is None:
            _refuse("stdin: is closed")
        listed = sys.stdin.buffer.read()
        names = listed.split(b"\0") if b"\0" in listed else listed.splitlines()
        yield from (each.decode("utf-8", "surrogateescape") for each in names if each)


@contextmanager
def _interruptible() -> Iterator[Event]:
    """An event that Ctrl-C sets, or the end of a CI job; the second Ctrl-C ends the program."""
    stopped = Event()

    def stop(number: int, frame: Any) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write_errors(path: Path, summary: Summary) -> None:
    try:
        with destination(path) as out:
            for name, kind, message in summary.errors:
                write(out, json.dumps({"path": name, "error": kind, "message": message}, ensure_ascii=False) + "\n")
    except OSError as error:
        _refuse(f"{path}: cannot be written: {error.strerror or error}")


def _refuse(line: str) -> NoReturn:
    say(line)
    raise typer.Exit(2)
