"""Another process, in which pdfium works: `python -m replyparse.reading.pdf_process text|PAGE…` with the pdf on stdin.

pdfium is C++ that meets whatever was sent. A few kilobytes can unfold to gigabytes and to hours, and nothing can stop
it from within; so it has a process of its own, whose memory and time are bounded and whose end costs no other file its
record. It writes lines of JSON: first the number of pages, or why there are none; then one for each page. Asked for the
picture of a page instead of `text` it writes its width and height in pixels, then as many grey bytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import IO, Any

#: A reply has some thousand characters on a few pages; what has a hundred times as much is none.
MAX_PAGES, MAX_CHARACTERS = 500, 400_000
#: How sharp pictures of pages are, and how large they may become.
DPI, MAX_PIXELS = 170, 20_000_000

#: What is said of a page: the fields of `paper.Page`.
PAGE = ("width", "height", "atoms", "level", "upright")

_MEMORY = 1 << 30  # bytes
SECONDS: float = 60

_PASSWORD = 4  # FPDF_ERR_PASSWORD


class Failed(Exception):
    """What kept pdfium from reading: `password`, `damaged`, `pages`, `characters`, `memory` or `time`."""


def ask(data: bytes, what: str) -> bytes:
    """The answer of the process. Raises `Failed`."""
    path = os.pathsep.join(folder for folder in sys.path if folder)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__, what],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failed("time") from None
    if done.returncode:
        raise Failed("memory")
    head, _, rest = done.stdout.partition(b"\n")
    refused = json.loads(head).get("refused")
    if refused:
        raise Failed(refused)
    return rest


def main(what: str) -> None:
    """Answer one question about the pdf on stdin: `text`, or the number of a page (from 0) whose picture is wanted."""
    with suppress(ImportError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    import pypdfium2

    out = sys.stdout.buffer
    try:
        with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as document:
            if len(document) > MAX_PAGES:
                _say(out, {"refused": "pages"})
            elif what == "text":
                _text(document, out)
            else:
                _picture(document[int(what)], out)
    except pypdfium2.PdfiumError as error:
        _say(out, {"refused": "password" if error.err_code == _PASSWORD else "damaged"})


def _say(out: IO[bytes], answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer).encode() + b"\n")


def _text(document: Any, out: IO[bytes]) -> None:
    from replyparse.reading.pdf_glyphs import TooManyError, page_of

    answers: list[dict[str, Any]] = []
    left = MAX_CHARACTERS
    try:
        for number in range(len(document)):
            page = document[number]
            found = page_of(page, most=left)
            left -= len(found.atoms)
            picture = len(found.atoms) < _FEW and _is_picture(page)
            answers.append({name: getattr(found, name) for name in PAGE} | {"picture": picture})
            page.close()
    except TooManyError:
        return _say(out, {"refused": "characters"})
    _say(out, {"pages": len(answers)})
    for answer in answers:
        _say(out, answer)
    return None


#: A page with fewer characters that is a picture for so large a part, or drawn in so many shapes, was scanned.
_FEW, _PART, _SHAPES = 30, 0.3, 200


def _is_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_bbox()
    shapes = 0
    for drawn in page.get_objects(max_depth=3):
        shapes += drawn.type == pdfium.FPDF_PAGEOBJ_PATH
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = drawn.get_bounds()
            inside = drawn.level > 0  # a drawing, whose own places tell nothing of the page
            if inside or (x1 - x0) * (y1 - y0) > _PART * (right - left) * (top - bottom):
                return True
    return shapes > _SHAPES


def _picture(page: Any, out: IO[bytes]) -> None:
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    grey = bytes(bitmap.buffer)
    _say(out, {"pages": 1})
    _say(out, {"width": bitmap.width, "height": bitmap.height})
    for at in range(0, bitmap.height * bitmap.stride, bitmap.stride):
        out.write(grey[at : at + bitmap.width])


if __name__ == "__main__":
    main(sys.argv[1])
