"""Small pdfs made for the tests: text at given places, in a Chinese font that every reader of pdf knows by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A string whose first character stands at `x` points from the left and `y` from the top of the page."""

    text: str
    x: float
    y: float
    size: float = 16
    grey: float = 0  # 0 is black, 1 white
    turn: str = "1 0 0 1"  # the first four numbers of the text matrix
    mode: int = 0  # 3 is invisible

    def drawn(self, height: float) -> str:
        code = self.text.encode("utf-16-be").hex()
        place = f"{self.turn} {self.x} {height - self.y}"
        return f"BT /F {self.size} Tf {self.grey} g {self.mode} Tr {place} Tm <{code}> Tj ET"


def line(x0: float, y0: float, x1: float, y1: float, height: float = 842) -> str:
    """A ruled line."""
    return f"0.5 w {x0} {height - y0} m {x1} {height - y1} l S"


def paragraph(text: str, y: float, *, x: float = 80, width: int = 27, indent: int = 2) -> list[Text]:
    """A paragraph of Han characters set in lines of `width` characters, 28 points apart, from `y` down."""
    lines = [text[: width - indent]]
    rest = text[width - indent :]
    lines += [rest[at : at + width] for at in range(0, len(rest), width)]
    return [Text(piece, x + (0 if at else 16 * indent), y + 28 * at) for at, piece in enumerate(lines)]


def pdf(
    *pages: Iterable[Text | str], width: float = 595, height: float = 842, extra: str = "", to_unicode: bool = True
) -> bytes:
    """The bytes of a pdf; a page is texts and pieces of drawing. `extra` goes into every page's dictionary."""
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>"
        if to_unicode
        else "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H/DescendantFonts[4 0 R]>>"
    )
    order = "GB1" if to_unicode else "Identity"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{5 + 2 * at} 0 R' for at in range(len(pages)))}]/Count {len(pages)}>>",
        font,
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500 814 939 500]"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering({order})/Supplement 4>>/FontDescriptor<</Type/FontDescriptor"
        "/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
        "/CapHeight 880/StemV 93>>>>",
    ]
    for at, page in enumerate(pages):
        content = "\n".join(piece if isinstance(piece, str) else piece.drawn(height) for piece in page)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {6 + 2 * at} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>{extra}>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return assembled(objects)


def assembled(objects: Iterable[str]) -> bytes:
    """A pdf of these objects, the first of them its catalogue, with the table of their places."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010d} 00000 n \n" for at in places)
    return out + f"{table}trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
