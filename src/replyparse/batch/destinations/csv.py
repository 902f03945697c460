"""CSV: a folder with a file for each table, or the one table that the file is called after (`claims.csv`).

UTF-8 with a byte order mark, so that spreadsheets open it; a text that they would take for a formula gets a leading
apostrophe.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from replyparse.batch.destinations import Content
from replyparse.batch.relations import tables
from replyparse.files import replacing_path
from replyparse.writers.csv import line


def write(content: Content, target: Path) -> None:
    """Write the file or the folder."""
    with replacing_path(target) as part, ExitStack() as stack:
        if target.stem in tables():
            names = {target.stem: part}
        else:
            part.mkdir()
            names = {name: part / f"{name}.csv" for name in tables()}
        files = {
            name: stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")) for name, path in names.items()
        }
        for name, file in files.items():
            file.write(line(tables()[name].columns))
        for name, rows in content.rows():
            if name in files:
                files[name].writelines(map(line, rows))
