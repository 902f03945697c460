"""The process between us and LibreOffice: python soffice_guard.py PARENT FOLDER SECONDS COMMAND…

It runs COMMAND with its temporary files in FOLDER and ends it, with all processes that it started, when the time is
over, when it is itself told to stop, and when the process PARENT that started it is gone; then nobody else would
remove FOLDER, so it does.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time

TIME_IS_OVER = 124
_PAUSE = 0.05  # seconds between two looks


def main(parent: int, folder: str, seconds: float, command: list[str]) -> int:
    """Runs the command; returns its exit status, or `TIME_IS_OVER`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    deadline = time.monotonic() + seconds
    environment = {**os.environ, "TMPDIR": folder, "TMP": folder, "TEMP": folder}
    process = subprocess.Popen(command, env=environment, cwd=folder, start_new_session=True)
    try:
        while (status := process.poll()) is None:
            if _orphaned(parent):
                return 1
            if time.monotonic() > deadline:
                return TIME_IS_OVER
            time.sleep(_PAUSE)
        return status
    finally:
        _end(process)
        if _orphaned(parent):
            shutil.rmtree(folder, ignore_errors=True)


def _orphaned(parent: int) -> bool:
    return os.name == "posix" and os.getppid() != parent


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own
    else:
        process.kill()
    process.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4:]))
