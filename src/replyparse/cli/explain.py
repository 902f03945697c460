"""`replyparse explain`: how what stands at a place of a reply came to be."""

from __future__ import annotations

import re
from typing import Annotated, NoReturn

import typer

from replyparse.cli import lexicon as lexicons
from replyparse.cli.inputs import opened, shown
from replyparse.cli.messages import say
from replyparse.cli.options import Encoding, IssuedOn, check_encoding
from replyparse.cli.output import destination, write
from replyparse.errors import ReplyparseError

_RULE = re.compile(r"RP\d+")
_CLAIM = re.compile(r"c?([1-9][0-9]{0,8})")


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE|RULE", help="The reply (- reads stdin), or a rule's code.")],
    at: Annotated[
        int | None, typer.Option("--at", metavar="OFFSET", help="A place: characters before it in the text.")
    ] = None,
    claim: Annotated[str | None, typer.Option("--claim", metavar="ID", help="A claim, as c12.")] = None,
    issued_on: IssuedOn = None,
    encoding: Encoding = None,
    lexicon: lexicons.Lexicon = None,
) -> None:
    """Show how the program came to what it says about a place, or what a rule means.

    At a number: the reading that won and those that lost; for a claim its unit, the words that bound it, what names
    it and what else could have, the cue that makes it done or planned and how far it is heard, where its period
    comes from, and the headings and cues that give its sections their roles. OFFSET counts code points from 0, as
    every span of a record does.

    \b
    Examples:
      replyparse explain reply.txt --at 812
      replyparse explain reply.txt --claim c12
      cat reply.txt | replyparse explain - --claim c12 --issued-on 2023-06-30
      replyparse explain RP103
    """
    if _RULE.fullmatch(file) and at is None and claim is None:
        _explain_rule(file)
        return
    number = _number(at, claim)
    check_encoding(encoding)
    extension = lexicons.opened(lexicon)
    try:
        document = opened(file, encoding=encoding)
    except ReplyparseError as error:
        say(str(error))
        raise typer.Exit(3) from None

    from replyparse import explain as explaining
    from replyparse import pipeline

    signed = issued_on.date() if issued_on else None
    reading = pipeline.read(document.text, issued_on=signed, lexicon=extension)
    try:
        if number is not None:
            page = explaining.claim(reading, shown(file), number)
        else:
            page = explaining.place(reading, shown(file), at or 0)
    except LookupError as error:
        _refuse(str(error.args[0]))
    with destination(None) as out:
        write(out, page)


def _explain_rule(code: str) -> None:
    from replyparse.checks import RULES
    from replyparse.reports import rulebook

    rule = next((rule for rule in RULES if rule.code == code), None)
    if rule is None:
        _refuse(f"there is no rule {code}; `replyparse rules` lists them")
    with destination(None) as out:
        write(out, rulebook.page(rule))


def _number(at: int | None, claim: str | None) -> int | None:
    """The number of the claim that is asked for, None for a place. Raises `typer.BadParameter` unless one is."""
    if (at is None) == (claim is None):
        raise typer.BadParameter("give either --at or --claim")
    if claim is None:
        return None
    match = _CLAIM.fullmatch(claim)
    if match is None:
        raise typer.BadParameter(f"{claim!r} is no claim's id, such as c12", param_hint="--claim")
    return int(match[1])


def _refuse(line: str) -> NoReturn:
    say(line)
    raise typer.Exit(2)
