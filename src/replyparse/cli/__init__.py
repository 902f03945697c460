"""The command line: arguments in, messages and exit status out. All work is the library's."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> None:
    """The entry point `replyparse`: whatever happens, the user sees lines and an exit status, never a traceback."""
    try:
        _settle_streams()
        if sys.argv[1:] == ["--version"]:
            _tell_version()
            return
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no other package takes part, or is looked for
        from replyparse.cli.app import app

        app(prog_name="replyparse")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("REPLYPARSE_DEBUG"):
            raise
        from replyparse.cli.messages import internal, say

        say(internal(error))
        sys.exit(3)


def _tell_version() -> None:
    """What scripts ask often, told before anything else is imported."""
    from replyparse import __version__
    from replyparse.cli.output import destination, write

    with destination(None) as out:
        write(out, f"replyparse {__version__}\n")


def _settle_streams() -> None:
    """UTF-8 on stdout whatever the locale says; on stderr, a name that the locale lacks is escaped."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
