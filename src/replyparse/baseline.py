"""A baseline: the findings that a team has accepted, so that a check reports only new ones.

The file is JSON, sorted, one finding a line, so that it can be reviewed and merged. Findings are known by fingerprints
(see `reports.place`), which stay when text is added elsewhere; paths in it are meant from its folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from replyparse.errors import ConfigurationError
from replyparse.reports import Checked
from replyparse.reports.place import fingerprints

_VERSION: Final = 1
_MAX_BYTES: Final = 100_000_000


def read(path: Path) -> frozenset[str]:
    """The fingerprints in a baseline. Raises `ConfigurationError` when the file cannot be read or is no baseline."""
    try:
        with path.open("rb") as stream:
            data = json.loads(stream.read(_MAX_BYTES))
        if data["version"] != _VERSION:
            raise ConfigurationError(
                f"{path}: is a baseline of version {data['version']}; this program reads {_VERSION}"
            )
        return frozenset(str(entry["fingerprint"]) for entry in data["findings"])
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ConfigurationError(f"{path}: is no baseline; write one with --write-baseline") from None


def new(checked: Checked, known: frozenset[str], folder: Path) -> Checked:
    """A reply with those of its findings that are not in a baseline, which lies in `folder`."""
    return replace(
        checked,
        findings=tuple(
            finding for finding, fingerprint in fingerprints(_seen_from(checked, folder)) if fingerprint not in known
        ),
    )


def written(checked: Iterable[Checked], folder: Path) -> str:
    """The baseline that accepts all findings, to be written to a file in `folder`."""
    entries = sorted(
        (reply.path, finding.rule, fingerprint)
        for reply in (_seen_from(one, folder) for one in checked)
        for finding, fingerprint in fingerprints(reply)
    )
    lines = ",\n".join(
        "  " + json.dumps({"path": path, "rule": rule, "fingerprint": fingerprint}, ensure_ascii=False)
        for path, rule, fingerprint in entries
    )
    return (
        f'{{"version": {_VERSION}, "findings": [\n{lines}\n]}}\n'
        if entries
        else f'{{"version": {_VERSION}, "findings": []}}\n'
    )


def _seen_from(checked: Checked, folder: Path) -> Checked:
    """A reply named by its path from a folder."""
    try:
        path = Path(os.path.relpath(checked.path, folder)).as_posix()
    except ValueError:  # another drive
        path = checked.path
    return replace(checked, path=path)
