"""`replyparse check`: rules over replies, and an exit status that says whether something was found."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from replyparse.cli import lexicon as lexicons
from replyparse.cli.inputs import STDIN, expanded, opened, shown
from replyparse.cli.messages import colored, progress, say, to_terminal
from replyparse.cli.options import Encoding, IssuedOn, check_encoding, check_target
from replyparse.cli.output import destination, write
from replyparse.cli.run import Run
from replyparse.errors import ConfigurationError
from replyparse.reports import Options, ReportFormat, render

if TYPE_CHECKING:
    from replyparse.checks import Rule
    from replyparse.config import Config
    from replyparse.knowledge import Extension
    from replyparse.record import ReplyRecord
    from replyparse.reports import Checked


class FailOn(StrEnum):
    """From which severity on a finding makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


T = TypeVar("T")


def check(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Replies, folders with replies, records (.json); - reads stdin."),
    ],
    form: Annotated[ReportFormat, typer.Option("--format", "-f", help="How to report.")] = ReportFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of stdout.")
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="CODES", help="Run these rules only: codes or their beginnings, as RP1,RP303."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Leave these rules out.")
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="From which severity on to exit with 1; error unless set.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Report only what is not in this baseline.")
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Accept all that is found now, in FILE; report nothing."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings: a replyparse.yaml or pyproject.toml.")
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Look for no settings.")] = False,
    issued_on: IssuedOn = None,
    encoding: Encoding = None,
    lexicon: lexicons.Lexicon = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and summary, only errors.")] = False,
) -> None:
    """Look for what is missing or does not add up.

    Exit code 1 says that something was found at or above --fail-on. Settings are taken from the nearest
    replyparse.yaml or pyproject.toml ([tool.replyparse]) upwards; options go before them. `replyparse rules` lists the
    rules, `replyparse explain RP103` says what one means. In a folder every file whose name says that it can be read
    is checked.

    \b
    Examples:
      replyparse check reply.txt
      replyparse check replies/ --fail-on warning
      replyparse check replies/ --select RP1,RP303 --ignore RP105
      replyparse check replies/ --format sarif --output replyparse.sarif
      replyparse check replies/ --write-baseline accepted.json
      replyparse check replies/ --baseline accepted.json
      cat reply.txt | replyparse check -
    """
    target = None if output is None or str(output) == STDIN else output
    check_target(inputs, target)
    check_encoding(encoding)
    settings = _settings(config, isolated=isolated)
    chosen_lexicon = lexicon or settings.path(settings.lexicon)
    settings = settings.overruled(select=_codes(select, "--select"), ignore=_codes(ignore, "--ignore"))
    accepted = None if write_baseline else baseline or settings.path(settings.baseline)
    from replyparse.checking import Checking

    checking = _configured(lambda: Checking(settings, accepted))
    read = _reader(lexicons.opened(chosen_lexicon), issued_on.date() if issued_on else None, encoding, quiet=quiet)
    run = Run(lambda name: checking.reply(_path(name), read(name)))
    on_screen = target is None and to_terminal()
    names = list(expanded(inputs))
    with progress(names, shown=not quiet and not on_screen) as counted:
        checked = run.outcomes(counted)
        try:
            if write_baseline is not None:
                _accept(write_baseline, checked)
            else:
                _report(form, checked, target, checking.rules, on_screen=on_screen)
        except OSError as error:
            say(f"{write_baseline or target or 'stdout'}: cannot be written: {error.strerror or error}")
            raise typer.Exit(2) from None
    if not quiet:
        say(f"{checking.summary()}{f', accepted in {write_baseline}' if write_baseline else ''}")
    run.end()
    if write_baseline is None and checking.fails(fail_on.value if fail_on else settings.fail_on):
        raise typer.Exit(1)


def _settings(path: Path | None, *, isolated: bool) -> Config:
    from replyparse import config as configs

    if isolated:
        if path is not None:
            raise typer.BadParameter("give either --config or --isolated")
        return configs.Config()
    found = path or _configured(lambda: configs.find(Path.cwd()))
    return _configured(lambda: configs.read(found)) if found else configs.Config()


def _configured(read: Callable[[], T]) -> T:
    """What a file of settings says; one that is wrong costs a line on stderr and exit code 2."""
    try:
        return read()
    except ConfigurationError as error:
        say(str(error))
        raise typer.Exit(2) from None


def _codes(given: Sequence[str] | None, option: str) -> list[str] | None:
    """The codes of an option, which may stand in one word: RP1,RP303. Raises `typer.BadParameter` for no rule's."""
    from replyparse.checks import chosen

    if not given:
        return None
    codes = [code.strip() for word in given for code in word.split(",")]
    try:
        chosen(codes)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
    return codes


def _reader(
    extension: Extension | None, issued_on: dt.date | None, encoding: str | None, *, quiet: bool
) -> Callable[[str], ReplyRecord]:
    """What gives the record of an input: a stored record as it is, a reply by reading it."""

    def read(name: str) -> ReplyRecord:
        if name.lower().endswith(".json"):
            from replyparse.reading import stored

            return stored.read(name)
        document = opened(name, encoding=encoding, quiet=quiet)
        from replyparse import pipeline

        return pipeline.parse(
            document.text, source=document.source, issued_on=issued_on, lexicon=extension, checked=False
        )

    return read


def _report(
    form: ReportFormat, checked: Iterator[Checked], target: Path | None, rules: tuple[Rule, ...], *, on_screen: bool
) -> None:
    import replyparse

    options = Options(rules, replyparse.__version__, color=on_screen and colored())
    with destination(target) as out:
        for piece in render(form, checked, options):
            write(out, piece)


def _accept(target: Path, checked: Iterator[Checked]) -> None:
    from replyparse import baseline as baselines

    text = baselines.written(checked, target.absolute().parent)
    with destination(target) as out:
        write(out, text)


def _path(name: str) -> str:
    """How reports name an input: from the working directory where it lies below it, with forward slashes."""
    if name == STDIN:
        return shown(name)
    path = Path(os.path.abspath(name))  # noqa: PTH100 - links stay as they are named
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()
