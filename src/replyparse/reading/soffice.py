"""Runs LibreOffice on one file of a stranger: alone in a folder, without macros or network, for a limited time.

The program runs under a guard, a small process of ours (`soffice_guard.py`), so that neither it nor its files are left
behind, however this process ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from replyparse.errors import TooLargeError, UnreadableError
from replyparse.reading import soffice_guard
from replyparse.reading.document import shown

#: Seconds that a conversion may take; a reply takes two, most of them to start.
TIME_LIMIT = 90
#: Bytes that the result may have.
_MOST = 40_000_000
_STARTS = 15  # seconds more that the guard gets to clean up

#: What the private profile of LibreOffice says: no macros, no updating of links, and a proxy that is not there.
_SETTINGS = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
        "DisableActiveContent": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "2", "Field": "false", "Chart": "false"},
    "org.openoffice.Inet/Settings": {
        "ooInetProxyType": "1",
        **{f"ooInet{kind}ProxyName": "127.0.0.1" for kind in ("HTTP", "HTTPS", "FTP")},
        **{f"ooInet{kind}ProxyPort": "9" for kind in ("HTTP", "HTTPS", "FTP")},
        "ooInetNoProxy": "",
    },
}


def to_docx(data: bytes, suffix: str, *, program: str, name: str) -> bytes:
    """The bytes of the .docx that LibreOffice makes of a file's bytes; `suffix` tells it the format.

    Raises `UnreadableError` when it makes none or takes longer than `TIME_LIMIT`, `TooLargeError` when it makes one
    that is too large.
    """
    with tempfile.TemporaryDirectory(prefix="replyparse-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / f"reply{suffix}").write_bytes(data)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        if not _run(program, home, suffix):
            raise UnreadableError(f"{shown(name)}: took LibreOffice longer than {TIME_LIMIT} seconds; is it damaged?")
        result = home / "out" / "reply.docx"
        if not result.is_file():
            raise UnreadableError(f"{shown(name)}: is damaged: LibreOffice cannot open it")
        if result.stat().st_size > _MOST:
            raise TooLargeError(f"{shown(name)}: becomes larger than {_MOST // 1_000_000} MB in LibreOffice")
        return result.read_bytes()


def _run(program: str, home: Path, suffix: str) -> bool:
    """Runs the conversion in `home`; False when the time was over."""
    command = [
        program,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(home / f"reply{suffix}")),
    ]
    guard = subprocess.Popen(
        [sys.executable, "-I", soffice_guard.__file__, str(os.getpid()), str(home), str(TIME_LIMIT), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return guard.wait(TIME_LIMIT + _STARTS) != soffice_guard.TIME_IS_OVER
    except subprocess.TimeoutExpired:
        return False
    finally:
        guard.terminate()
        guard.wait()


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, settings in _SETTINGS.items()
        for key, value in settings.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    )
