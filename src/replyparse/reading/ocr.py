"""Reads pictures of pages with the ocr extra (RapidOCR on ONNX Runtime, models inside their packages) → `Document`.

Every line that is recognized keeps its confidence in `source.recognized`. One engine serves a process; it is made when
the first picture comes, works on the CPU, asks no network and says nothing.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replyparse.errors import TooLargeError, UnreadableError
from replyparse.reading.document import Document, make_document, shown
from replyparse.reading.paper import Atom, Page, compose
from replyparse.reading.watch import tell
from replyparse.record import RecognizedLine, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

#: A3 at 300 dpi has 17 million pixels; a file of a few kilobytes can claim billions.
MAX_PIXELS = 60_000_000
MAX_PAGES = 100  # of one picture file or scan: at some five seconds a page, more are minutes
_LONGEST = 2000  # pixels of the longer side that lines are looked for in: A4 at 170 dpi

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_MEDIA_TYPES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8": "image/jpeg",
    b"II*": "image/tiff",
    b"MM\0*": "image/tiff",
    b"BM": "image/bmp",
    b"RIFF": "image/webp",
    b"GIF8": "image/gif",
}

#: Widths of characters in sizes of the type, and how many tell it; what is no blank between Han characters and digits.
_WIDE, _NARROW, _SURE = 1.0, 0.5, 6
_BLANK = re.compile(r"(?<=[\u3000-\uffff]) (?=[!-~])|(?<=[!-~]) (?=[\u3000-\uffff])")

_MODELS = {"Det": "PP-OCRv6_det_small", "Rec": "PP-OCRv6_rec_small", "Cls": "ch_ppocr_mobile_v2.0_cls_mobile"}


def missing() -> str | None:
    """What the installation lacks to read pictures: None, or the extra to install."""
    there = all(find_spec(module) for module in ("rapidocr", "onnxruntime"))
    return None if there else 'the ocr extra: pip install "replyparse[ocr]"'


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of a picture, or of all pictures of a tiff. `encoding` is ignored.

    Raises `UnreadableError` (damaged, nothing recognized) and `TooLargeError`.
    """
    pages = [page_of(picture) for picture in _pictures(data, name)]
    found = compose(pages)
    if not found.text:
        raise UnreadableError(f"{shown(name)}: no text was recognized in the picture")
    media_type = next(kind for magic, kind in _MEDIA_TYPES.items() if data.startswith(magic))
    recognized = [RecognizedLine(span=Span(start, end), confidence=sure) for start, end, sure in found.recognized]
    return make_document(found.text, data, name=name, media_type=media_type, pages=found.pages, recognized=recognized)


def page_of(picture: Image) -> Page:
    """The lines recognized in a picture, as pieces with their places."""
    import numpy

    picture = picture.convert("L")
    picture.thumbnail((_LONGEST, _LONGEST))
    found = _engine()(numpy.asarray(picture.convert("RGB")))
    lines = zip(found.boxes, found.txts, found.scores, strict=True) if found.txts else ()
    atoms = tuple(_atom(box, text.strip(), score) for box, text, score in lines if text.strip())
    return Page(picture.width, picture.height, atoms)


def _atom(box: Any, text: str, score: float) -> Atom:
    """A recognized line. Its box is drawn wide; what its characters take of its width tells their size better."""
    left, right = float(box[:, 0].min()), float(box[:, 0].max())
    middle, height = float(box[:, 1].mean()), float(box[2:, 1].mean() - box[:2, 1].mean())
    widths = sum(_WIDE if char > "\u2000" else _NARROW for char in text)
    size = (right - left) / widths if widths >= _SURE else 0.8 * height
    return Atom(
        _BLANK.sub("", text), left, middle - size / 2, right, middle + size / 2, confidence=round(float(score), 3)
    )


@cache
def _engine() -> Any:
    """The engine with the models of its package, so that none is ever fetched."""
    logging.getLogger("RapidOCR").disabled = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import rapidocr

        folder = Path(rapidocr.__file__).parent / "models"
        models = {f"{step}.model_path": str(folder / f"{model}.onnx") for step, model in _MODELS.items()}
        return rapidocr.RapidOCR(
            params={
                **models,
                "Global.log_level": "critical",
                "Global.max_side_len": _LONGEST,
                "Global.text_score": 0.0,  # a line read badly is kept, and said to be
            }
        )


def _on_white(picture: Image) -> Image:
    """The picture in grey; what is transparent shows white paper."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture).convert("L")
    return picture.convert("L")


def _pictures(data: bytes, name: str) -> Iterator[Image]:
    """The pictures of a file: all pages of a tiff, else the first."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=_FORMATS)
        with opened:
            pages = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
            if pages > MAX_PAGES:
                raise TooLargeError(f"{shown(name)}: has more than {MAX_PAGES} pages; split it")
            tell(0, pages)
            for page in range(pages):
                opened.seek(page)
                if opened.width * opened.height > MAX_PIXELS:
                    raise Image.DecompressionBombError
                yield ImageOps.exif_transpose(_on_white(opened))
                tell(page + 1, pages)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        most = MAX_PIXELS // 1_000_000
        raise TooLargeError(f"{shown(name)}: has more than {most} million pixels; save it with 300 dpi") from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise UnreadableError(f"{shown(name)}: is a damaged picture ({' '.join(str(error).split())[:80]})") from None
