"""`replyparse rules`: the rules of `check`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from replyparse.cli.output import destination, write


class RulesFormat(StrEnum):
    """How the rules are listed."""

    TABLE = "table"
    JSON = "json"


def rules(
    form: Annotated[RulesFormat, typer.Option("--format", "-f", help="How to list them.")] = RulesFormat.TABLE,
) -> None:
    """List the rules that `check` runs: code, severity, whether it is on by default, names.

    \b
    Examples:
      replyparse rules
      replyparse rules --format json
      replyparse explain RP103
    """
    from replyparse.checks import RULES
    from replyparse.reports import rulebook

    with destination(None) as out:
        write(out, rulebook.listed(RULES) if form is RulesFormat.TABLE else rulebook.listed_as_json(RULES))
