"""The command line: arguments in, messages and exit status out. All work is the library's."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper


def main() -> None:
    """The entry point `replyparse`: whatever happens, the user sees lines and an exit status, never a traceback."""
    gc.set_threshold(200_000, 50, 100)  # most of what is made stays until the end; to look for waste takes longer
    try:
        _settle_streams()
        if sys.argv[1:] == ["--version"]:
            _tell_version()
            return
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no other package takes part, or is looked for
        if inputs := _plain_extract(sys.argv[1:]):
            from replyparse.cli.extraction import extract_to

            extract_to(None, inputs)
            return
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
    finally:
        if "replyparse.store" in sys.modules:  # something may have been made that the next process need not make
            sys.modules["replyparse.store"].save()
        gc.freeze()  # nor is there need to look through everything once more before leaving


def _plain_extract(arguments: list[str]) -> list[str]:
    """The inputs of `extract INPUT...` without any option, [] for every other command line.

    This is what CI asks thousands of times; the framework of the command line would take a third of its time.
    """
    command, *inputs = arguments or [""]
    if command != "extract" or any(name.startswith("-") for name in inputs):
        return []
    if sys.platform == "win32" or "_REPLYPARSE_COMPLETE" in os.environ:  # the framework expands * and completes names
        return []
    return inputs


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
