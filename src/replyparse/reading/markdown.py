"""Takes the markup of Markdown (CommonMark 0.31 with pipe tables) away, leaving the text that its page would show.

Only what a reply needs is known: headings, emphasis, links, lists, quotes, tables. No plain text may be taken for
Markdown, so one sign alone is not believed, a table or a heading on the first line aside.
"""

from __future__ import annotations

from itertools import pairwise

from replyparse.patterns import regex
from replyparse.reading.characters import SAMPLE

# Lines and stretches are bounded, so that no pattern takes long on a text made to be slow.
_LONGEST = 20_000  # characters of a line in which markup is looked for
_HEADING = regex(r" {0,3}#{1,6}[ \t]+(?=[^\s#])")
_HEADING_END = regex(r"[ \t]#{1,6}$")
_DELIMITER = regex(r"[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?[ \t]*)?")
_BOLD_LINE = regex(r"\*\*[^\s*][^*\n]{0,200}\*\*[:：]?")
_BOLD = regex(r"(?<![\\*])\*\*(?=[^\s*])(?P<text>[^*]{1,400}(?<=\S))\*\*(?!\*)")
_ITALIC = regex(r"(?<![\\*\d])\*(?=[^\s*])(?P<text>[^*]{1,400}(?<=[^\s\\]))\*(?![*\d])")
_LINK = regex(r"(?P<picture>!?)\[(?P<text>[^\[\]]{0,400})\]\([^()\s]{1,400}(?:[ \t]\"[^\"]{0,200}\")?\)")
_CODE = regex(r"`(?P<text>[^`]{1,400})`")
_REFERENCE = regex(r" {0,3}\[[^\]]{1,200}\]:[ \t]*\S{1,400}$")
_LEAD = regex(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+(?=\S))")
_ITEM = regex(r"[ \t]*(?P<number>\d{1,9}[.)])[ \t]+(?=\S)")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_MARK = regex(r"[*`\[\\]")
_BAR = regex(r"(?<!\\)\|")


def is_markdown(text: str) -> bool:
    """Whether a text is plainly Markdown."""
    lines = text[:SAMPLE].strip("\n").split("\n")
    if _HEADING.match(lines[0]) or any("|" in above and _DELIMITER.fullmatch(line) for above, line in pairwise(lines)):
        return True
    signs = sum(bool(_HEADING.match(line) or _BOLD_LINE.fullmatch(line.strip())) for line in lines)
    return signs + len(_LINK.findall(text[:SAMPLE])) > 1


def plain(text: str) -> str:
    """The text without its markup; the rows of a table are lines whose cells are set apart by tabs."""
    found: list[str] = []
    in_table = False
    for line in text.split("\n"):
        if _DELIMITER.fullmatch(line) and found and "|" in found[-1]:
            in_table = True
            found[-1] = _cells(found[-1])
            continue
        in_table = in_table and "|" in line
        if not _is_rule(line):
            found.append(_cells(line) if in_table else line if len(line) > _LONGEST else _block(line))
    return "\n".join(_inline(line) if _MARK.search(line, 0, _LONGEST) else line for line in found)


def _is_rule(line: str) -> bool:
    """Whether a line draws a rule, underlines a heading, fences code or says where a link leads."""
    marks = "".join(line.split())
    drawn = len(marks) >= 3 and marks[0] in "-*_=" and not marks.strip(marks[0])
    return drawn or marks.startswith(("```", "~~~")) or _REFERENCE.match(line) is not None


def _block(line: str) -> str:
    """A line without what makes it a heading, a quote or an item; numbers stay."""
    line = line.rstrip()
    line = line.removesuffix("\\")
    heading = _HEADING.match(line)
    if heading:
        return _HEADING_END.sub("", line[heading.end() :]).rstrip()
    while lead := _LEAD.match(line):
        line = line[lead.end() :]
    return _ITEM.sub(r"\g<number>", line, count=1) if _ITEM.match(line) else line


def _inline(line: str) -> str:
    """A line without emphasis, links, pictures and escapes."""
    if len(line) > _LONGEST:
        return line
    line = _LINK.sub(lambda link: "" if link["picture"] else link["text"], line)
    for emphasis in (_BOLD, _ITALIC, _CODE):
        line = emphasis.sub(r"\g<text>", line)
    return _ESCAPE.sub(r"\1", line)


def _cells(row: str) -> str:
    cells = [cell.strip() for cell in _BAR.split(row.strip())]
    return "\t".join(cells[cells[0] == "" : len(cells) - (cells[-1] == "")])
