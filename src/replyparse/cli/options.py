"""Options that several commands have, and what is refused of them before any input is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from replyparse.cli.inputs import STDIN

IssuedOn = Annotated[
    dt.datetime | None,
    typer.Option(
        "--issued-on",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        help="Date of signing (2023-06-30), for replies that do not state it.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Encoding of the inputs; found by content unless given."),
]


def check_target(inputs: list[str], target: Path | None) -> None:
    """Refuse what cannot work before any input is read. Raises `typer.BadParameter`, exit code 2."""
    if inputs.count(STDIN) > 1:
        raise typer.BadParameter("stdin (-) can be read only once", param_hint="INPUT")
    if target is None:
        return
    if target.is_dir():
        raise typer.BadParameter(f"{target} is a folder", param_hint="--output")
    if not target.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {target.parent}", param_hint="--output")
    if target.is_file() and any(Path(name).is_file() and target.samefile(name) for name in inputs if name != STDIN):
        raise typer.BadParameter(f"{target} is also an input", param_hint="--output")


def check_encoding(encoding: str | None) -> None:
    """Refuse an encoding that Python does not know. Raises `typer.BadParameter`, exit code 2."""
    if encoding is None:
        return
    from replyparse.reading import text

    try:
        text.check_encoding(encoding)
    except LookupError as error:
        raise typer.BadParameter(str(error.args[0]), param_hint="--encoding") from None
