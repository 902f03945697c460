"""Finds the reply on a page of a government site: its title, what the page says of it, and its text.

The text stands in a container that the site's software is known to write (`pages.yaml`), else where most of the
page's prose is. Of what stands before it only the title and the lines of keys (索引号, 文号, 发布时间 …) are kept:
menus, paths, buttons and lists of links say nothing of the reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile, zip_longest

from replyparse.reading import pages
from replyparse.reading.markup import Element
from replyparse.reading.rendering import Line, hidden, lines

_HAN = re.compile(r"[\u3400-\u9fff]")
_STOP = re.compile(r"[，。；：、]")
_STOP_WEIGHT = 4  # a mark of punctuation says as much for prose as so many characters
#: A part that holds this share of the prose is where the reply stands, when it has so many lines.
_MOST = 0.8
_LEAST_LINES = 3
#: A known container is believed when it holds this share of what the densest part holds.
_BELIEVED = 0.5
_MOST_BODIES = 20  # a name that a page uses more often is no name of its text
_MOST_HEADINGS = 200
_HEADING_PARTS = 60  # a title has fewer elements
_TITLE_LONGEST = 160
_ANSWER = re.compile(r"答复|回复|复函|函复|办复|办理情况|提案|建议|议案|来信|留言")
_SITE_NAME = re.compile(r"\s*[_|—–-]+\s*|\s{2,}")
_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,16}\s?[〔\[【(（](?:19|20)\d\d[〕\]】)）]\s?第?\s?\d{1,5}\s?号")
_STAMP = re.compile(r"(?:19|20)\d\d(?:[-./]\d{1,2}){2}\s{1,4}\d{1,2}:\d\d")
_AROUND = " \t\u3000|[【（("  # what stands between a value and the next key
_VALUE_LONGEST = 60
_KEY_BEFORE = re.compile(r"[\u4e00-\u9fff \u3000]{2,14}$")


@dataclass(slots=True)
class _Part:
    """An element with its measure: the prose in it, and in how many lines."""

    element: Element
    parent: int
    linked: bool
    prose: int = 0
    lines: int = 0


def text(page: Element) -> list[str]:
    """The lines of the reply on a page, its title first; [] where the page shows no text."""
    parts = _measured(page)
    dense = _densest(parts)
    known = _known_bodies(parts, dense)
    bodies = known or [dense.element]
    printed = [line for body in bodies for line in _shown(body, links=bool(known))]
    before = _lines(page, bodies[0]) if bodies[0] is not page else []
    top = [*_title(page, bodies[0], printed), *_said(page, before, printed)]
    return [*top, *printed] if any(printed) else []


# --- where the text stands ---------------------------------------------------------------------------------------


def _skip(element: Element) -> bool:
    return not pages.names(element).isdisjoint(pages.names_of("furniture"))


def _measured(page: Element) -> list[_Part]:
    """Every element that is shown, in order, with the prose in it; what stands in links is no prose."""
    parts = [_Part(page, -1, False)]
    for at, part in enumerate(parts):  # grows while it is walked
        for child in part.element.children:
            if isinstance(child, str):
                part.lines += child.count("\n") if part.element.tag == "pre" else 0
                if not part.linked:
                    part.prose += _count(_HAN, child) + _STOP_WEIGHT * _count(_STOP, child)
            elif not hidden(child) and not _skip(child):
                parts.append(_Part(child, at, part.linked or (child.tag == "a" and child.get("href") is not None)))
    for part in parts[:0:-1]:
        parent = parts[part.parent]
        parent.prose += part.prose
        parent.lines += part.lines + (part.element.tag in _LINE_TAGS and (part.prose > 0 or part.element.tag == "br"))
    return parts


def _count(pattern: re.Pattern[str], words: str) -> int:
    """How many characters a pattern of one character finds."""
    return len(words) - len(pattern.sub("", words))


_ROW_TAGS = frozenset({"tr", "tbody", "thead", "tfoot"})
_LINE_TAGS = frozenset("p br div li h1 h2 h3 h4 h5 h6 td th dt dd pre section article".split())


def _known_bodies(parts: list[_Part], dense: _Part) -> list[Element]:
    """The containers known to hold the text of a page, [] where it has none that holds it."""
    named: dict[str, list[_Part]] = {row.selector.lower(): [] for row in pages.selectors("bodies")}
    for part in parts:
        for name in pages.names(part.element) & named.keys():
            named[name].append(part)
    for found in named.values():
        outer = _outermost(found) if len(found) <= _MOST_BODIES else []
        if outer and sum(part.prose for part in outer) >= max(1, _BELIEVED * dense.prose):
            return [part.element for part in outer]
    return []


def _outermost(parts: list[_Part]) -> list[_Part]:
    """Those that stand in none of the others and hold prose."""
    own = {id(part.element) for part in parts}
    return [part for part in parts if part.prose and not any(id(a) in own for a in part.element.ancestors())]


def _densest(parts: list[_Part]) -> _Part:
    """The smallest part that holds most of the page's prose, and is more than a paragraph."""
    best = parts[0]
    for part in parts[1:]:
        if (
            part.parent >= 0
            and parts[part.parent] is best
            and part.prose >= _MOST * best.prose > 0
            and part.lines >= _LEAST_LINES
        ):
            best = part
    while best.element.tag in _ROW_TAGS:
        best = parts[best.parent]
    return best


def _shown(body: Element, *, links: bool) -> list[str]:
    """The lines of the text itself, without the furniture among them; lines that are `links` may belong to it."""
    found = lines(body, _skip)
    return list(_spread(_without_furniture(line for line in found if links or _is_text(line))))


def _is_text(line: Line) -> bool:
    """Whether a line is more than links; one to an enclosure (附件) is text."""
    return 2 * line.linked <= len(line.text) or line.text.startswith("附")


def _lines(page: Element, until: Element) -> list[str]:
    """The lines that stand before the text, those of links left out."""
    return list(_spread(line for line in lines(page, _skip, until) if _is_text(line)))


def _without_furniture(found: Iterable[Line]) -> Iterator[Line]:
    """The lines that are the reply's; one empty line at most between two of them."""
    last = ""
    for line in found:
        if pages.is_furniture(line.text) or (not line.text and not last):
            continue
        last = line.text
        yield line


def _spread(found: Iterable[Line]) -> Iterator[str]:
    """The lines, with what is nothing but keys and values as one line for each key."""
    for line in found:
        cells = line.text.split("\t")
        pairs = list(zip(cells[::2], cells[1::2], strict=False))
        keys = _keys(line.text)
        if len(cells) > 1 and all(_is_key(key) for key, _ in pairs if key):
            yield from (f"{_squeezed(key).rstrip('：:')}：{value}" for key, value in pairs if key)
        elif len(keys) > 1 and keys[0].start == 0:
            yield from (f"{key.name}：{key.value}" for key in keys if not _is_key(key.name, dropped=True))
        else:
            yield line.text


# --- what the page says of it ------------------------------------------------------------------------------------


def _title(page: Element, body: Element, printed: list[str]) -> list[str]:
    """The title as one line, unless the text itself begins with it."""
    named = _named_title(page)
    headings = [heading for heading in _headings(page, body) if len(heading) <= _TITLE_LONGEST]
    own = [heading for heading in headings if named and _squeezed(heading) in _squeezed(named)]
    answers = [heading for heading in headings if _ANSWER.search(heading)]
    title = max(own, key=len, default="") or (answers[-1] if answers else "")
    title = title or _without_site(named) or (headings[-1] if headings else "")
    start = _squeezed("".join(printed[:12]))
    return [title] if title and _squeezed(title) not in start and not pages.is_furniture(title) else []


def _headings(page: Element, body: Element) -> list[str]:
    """What the page prints as a title before the text."""
    found: list[str] = []
    for element in takewhile(lambda element: element is not body, page.elements()):
        if pages.names(element).isdisjoint(pages.names_of("titles")) or len(found) >= _MOST_HEADINGS:
            continue
        small = len(list(islice(element.elements(), _HEADING_PARTS))) < _HEADING_PARTS
        if small and not hidden(element) and not any(hidden(around) for around in element.ancestors()):
            found.append(" ".join(line.text for line in lines(element, _skip)))
    return [heading for heading in found if heading]


def _named_title(page: Element) -> str:
    """What the head of the page calls it: <meta name="ArticleTitle">, else <title>."""
    named = _meta(page).get("articletitle")
    title = next((element.words() for element in page.elements() if element.tag == "title"), "")
    return named or title


def _without_site(title: str) -> str:
    """A <title> without the name of the site: 关于…的答复_某县人民政府 → 关于…的答复."""
    pieces = [piece for piece in _SITE_NAME.split(title) if piece]
    return next((piece for piece in pieces if _ANSWER.search(piece)), pieces[0] if pieces else "")


def _said(page: Element, before: list[str], printed: list[str]) -> list[str]:
    """The page's keys with their values, a line each: those printed before the text, then those of <meta>."""
    found: dict[str, str] = {}
    for line, follower in zip_longest(before, before[1:], fillvalue=""):
        keys = _keys(line)
        if not keys and _DOC_NUMBER.search(line) and not _ANSWER.search(line):
            found.setdefault(line, "")
        stamp = _STAMP.search(line, 0, min(keys[0].start if keys else len(line), _VALUE_LONGEST))
        if stamp and not pages.is_furniture(line):
            found.setdefault(stamp.group(), "")
        for key in keys:
            value = key.value or ("" if _keys(follower) or len(follower) > _VALUE_LONGEST else follower)
            if value and not _is_key(key.name, dropped=True) and not pages.is_furniture(value):
                found.setdefault(key.name, value)
    meta, known = _meta(page), "\n".join(printed[:12])
    for row in pages.metas():
        value = meta.get(row.name.lower(), "")
        if value and f"{row.key}：" not in known and not any(row.key[:2] in name for name in found):
            found[row.key] = value
    return [f"{name}：{value}" if value else name for name, value in found.items()]


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of a line, without blanks, where it starts, and its value."""

    name: str
    start: int
    value: str


def _keys(line: str) -> list[_Key]:
    """The keys of a line with their values."""
    found: list[tuple[str, int, int]] = []
    for colon in re.finditer("[:：]", line):
        before = _KEY_BEFORE.search(line, found[-1][2] if found else 0, colon.start())
        run = before.group() if before else ""
        cut = next((at for at in range(len(run) - 1) if not run[at].isspace() and _is_key(run[at:])), None)
        if cut is not None:
            found.append((_squeezed(run[cut:]), colon.start() - len(run) + cut, colon.end()))
    ends = [start for _, start, _ in found[1:]] + [len(line)] * bool(found)
    return [
        _Key(name, start, line[colon:end].strip(_AROUND)) for (name, start, colon), end in zip(found, ends, strict=True)
    ]


def _is_key(words: str, *, dropped: bool | None = None) -> bool:
    """Whether words are a key of an index table; blanks inside do not count (名　　称)."""
    key = _squeezed(words).rstrip("：:")
    return len(key) <= 12 and pages.caption_pattern(dropped=dropped).fullmatch(key) is not None


def _meta(page: Element) -> dict[str, str]:
    """What the <meta> elements with a name say."""
    found: dict[str, str] = {}
    for element in page.elements():
        if element.tag == "meta" and element.get("name"):
            found.setdefault((element.get("name") or "").lower(), " ".join((element.get("content") or "").split()))
    return found


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)
