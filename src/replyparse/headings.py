"""Numbered headings and run-in enumerators: where they stand and what kind they are.

GB/T 9704-2012 (党政机关公文格式, 7.3.3) numbers the levels of a document 一、 (一) 1. (1); real replies add
第一部分, 【…】 and ①, skip levels and count wrongly, so a heading's level is read from the kind of its label alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from replyparse.patterns import regex
from replyparse.record import Span

_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_YEAR = r"(?:19|20)\d\d年|[一二][〇零九][〇零一二三四五六七八九]{2}年"

#: The kinds of label at the start of a line. A figure after it is a look-alike (1.5万家, 一、二年级), a year is not.
_LABELS: tuple[tuple[str, int, str], ...] = (
    ("part", 1, rf"第[{_HAN}]{{1,3}}(?:部分|篇|章)(?=[ 、::,\n]|$)[ 、::,]?"),
    ("section", 2, rf"第[{_HAN}]{{1,3}}节(?=[ 、::,\n]|$)[ 、::,]?"),
    ("han", 1, rf"[{_HAN}]{{1,3}} ?[、.](?![{_HAN}百千\d])"),
    ("han_bracket", 2, rf"\( ?[{_HAN}]{{1,3}} ?\)[、.]?"),
    ("arabic", 3, r"\d{1,2} ?(?:、(?!\d)|\.(?!\d))"),
    ("arabic_bracket", 4, r"\( ?\d{1,2} ?\)[、.]?|\d{1,2}\)[、.]?"),
    ("circled", 4, rf"[{_CIRCLED}][、.]?"),
)
_LABEL = regex("|".join(f"(?P<{kind}>{pattern})" for kind, _, pattern in _LABELS))
_DATED = regex(rf"(?:[{_HAN}]{{1,3}}、|\d{{1,2}}[、.])(?={_YEAR})")
_LEVELS = {kind: level for kind, level, _ in _LABELS}
_BRACKETED = regex(r"【([^】\n]{2,24})】[::]?")
_BUTTON = regex(
    r"打\s?印|关\s?闭|字\s?体|返回|分享|收藏|大 ?中 ?小|^[^】对于]{0,4}(?:回复|答复|回答|来信|留言|提问)(?:内容)?$"
)

_ASKED = regex("[,;]")
_QUOTED = regex(r"“[^”\n]{0,40}”|《[^》\n]{0,60}》")
_FIGURE = regex(r"\d[\d.,]*\s?(?:%|‰|[万亿余多]|[㐀-鿿])|百分之")
_FULL_LINE, _RUN_IN, _TOPIC, _COLON = 60, 30, 50, 18  # how long a title may be, by what ends it
#: When something was so: with it a sentence begins, not a title.
_ADVERBIAL = regex(r"(?:近年来|近几年|目前|现在|截至|今年|去年|经[^,。]{0,12}(?:核实|调查|研究)),?")
_STOP = regex(r"[。!?;::\n]|  +")
#: A title that a lost line break has run into its text: 一、基本情况2019年….
_BARE_TITLE = regex(
    r"(?!根据|按照|针对|由于|对于|经|[您你我]|该|目前)[㐀-鿿、]{0,14}?"
    r"(?:情况|措施|打算|意见|结果|现状|做法|安排|成效|依据)(?:说明|汇报)?(?=[㐀-鿿\dA-Z])(?![的是为和与及、])"
)
_LOST_BREAK = regex(r"(?<=[。;:!?”)])[ \t]{2,}")
_CONTENTS = regex(r"(?:[.·…]{3,}|\t| {4,20})\s{0,4}\d{1,3}\s*$")


class Heading(NamedTuple):
    """A numbered heading at the start of a line; without `title` it only numbers its paragraph.

    `start` is the start of its line, `span` holds label and title, `label_span` the label.
    """

    start: int
    level: int
    span: Span
    label_span: Span | None
    title: str | None


def headings(text: str, lines: tuple[Span, ...]) -> Iterator[Heading]:
    """Every numbered heading at the start of a line, in reading order."""
    taken = 0
    lines = tuple(_parts(text, lines))
    for index, line in enumerate(lines):
        if line.start < taken:
            continue
        start, end = _trim(text, line)
        heading = _bracketed(text, line.start, start, end) or _numbered(text, line.start, start, end, lines, index)
        if heading:
            taken = heading.span.end
            yield heading


def _parts(text: str, lines: tuple[Span, ...]) -> Iterator[Span]:
    """The lines, cut where wide blanks before a label stand for a lost line break."""
    for line in lines:
        start = line.start
        for gap in _LOST_BREAK.finditer(text, line.start, line.end):
            if _LABEL.match(text, gap.end(), line.end):
                yield Span(start, gap.start())
                start = gap.start()
        yield Span(start, line.end)


def _trim(text: str, span: Span) -> Span:
    """The span without the blanks at its two ends."""
    body = text[span.start : span.end]
    start = span.start + len(body) - len(body.lstrip())
    return Span(start, max(start, span.start + len(body.rstrip())))


def _bracketed(text: str, line: int, start: int, end: int) -> Heading | None:
    match = _BRACKETED.match(text, start, end)
    if not match or _BUTTON.search(match.group(1)) or (match.end() < end and text[match.end()] in "【,"):
        return None
    return Heading(line, 1, Span(start, match.end()), None, match.group(1))


def _numbered(text: str, line: int, start: int, end: int, lines: tuple[Span, ...], index: int) -> Heading | None:
    match = _DATED.match(text, start, end) or _LABEL.match(text, start, end)
    if not match or _CONTENTS.search(text, match.end(), end):
        return None
    kind = match.lastgroup or ("han" if match.group()[0] in _HAN else "arabic")
    label = Span(start, start + len(match.group().rstrip()))
    title = _title(text, _trim(text, Span(match.end(), end)))
    if title is None and match.end() >= end:
        title = _next_line(text, lines, index)
        if title is None:
            return None
    span = Span(start, title.end) if title else label
    return Heading(line, _LEVELS[kind], span, label, text[title.start : title.end] if title else None)


def _next_line(text: str, lines: tuple[Span, ...], index: int) -> Span | None:
    """The title of a label that stands alone on its line."""
    if index + 1 >= len(lines):
        return None
    line = _trim(text, lines[index + 1])
    return line if line.start < line.end and not _LABEL.match(text, *line) and _heads(text, line, _FULL_LINE) else None


def _title(text: str, rest: Span) -> Span | None:
    """The title after a label: the whole line when no stop ends it, else what stands before the first full stop."""
    if rest.start >= rest.end:
        return None
    stop = next(
        (m for m in _STOP.finditer(text, rest.start, rest.end) if not _quoted(text, rest.start, m.start())), None
    )
    if stop is None:
        return rest if text[rest.end - 1] not in ",、" and _heads(text, rest, _FULL_LINE) else None
    title = Span(rest.start, stop.start())
    mark = stop.group()[0]
    if mark == ";":
        return None
    if mark in ":: " and stop.end() < rest.end:
        limit = _COLON if mark != " " else _RUN_IN
    else:
        limit = _TOPIC if text.startswith(("关于", "对"), rest.start) else _RUN_IN
    return title if title.start < title.end and _heads(text, title, limit) else None


def _quoted(text: str, start: int, at: int) -> bool:
    """Whether a stop stands inside quotation marks or brackets opened since `start`."""
    before = text[start : min(at, start + 80)]
    return any(before.count(left) > before.count(right) for left, right in ("“”", "《》", "()"))


def _heads(text: str, span: Span, limit: int) -> bool:
    """Whether a stretch can be a title: short, and no figure stands in it outside quotation marks."""
    words = text[span.start : span.end]
    if len(words) > limit:
        return False
    asked = words.startswith("关于") and _ASKED.search(words) is None  # 关于设立1亿元发展基金
    return limit == _FULL_LINE or not (
        (_FIGURE.search(_QUOTED.sub("", words)) and not asked) or _ADVERBIAL.match(words)
    )


# --- run-in enumerators ------------------------------------------------------------------------------------------

_ORDER = {word: number for number, word in enumerate(_HAN, 1)} | {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}
#: What an enumerator follows: a mark, a blank or nothing; 一是 also the noun it unfolds (做法一是, 原因一是).
_AFTER = r"(?:(?<=[。!?;:,、”)】\s])|(?<![^\n])|(?<=[法因面题点施求])(?=一是))"
_RUN_INS = regex(
    rf"{_AFTER}(?:"
    rf"(?P<is>[{_HAN}]{{1,2}})是(?![{_HAN}][、,])"  # 一是…二是…; not 一是一、二是二
    rf"|(?P<first>首先|其次|再次|再者|最后)(?=,|(?!感谢|,感谢)[㐀-鿿])"
    rf"|其(?P<its>[{_HAN}])(?=[,、是:])"
    rf"|第(?P<nth>[{_HAN}])(?=[,、:])"
    rf"|(?P<han>[{_HAN}]{{1,2}})、(?:(?![{_HAN}\d])|(?={_YEAR}))"
    rf"|\((?P<han_bracket>[{_HAN}]{{1,2}})\)"
    rf"|(?P<arabic>\d{{1,2}})(?:、(?!\d)|\.(?!\d)|[、.](?={_YEAR}))"
    rf"|\((?P<arabic_bracket>\d{{1,2}})\)|(?P<arabic_half>\d{{1,2}})\)"
    rf"|(?P<circled>[{_CIRCLED}])"
    r")"
)


class RunIn(NamedTuple):
    """One item of an enumeration inside a paragraph: its label, its title if it has one, and where it ends.

    `level` is what its kind of label has at the start of a line.
    """

    span: Span
    label_span: Span
    heading: Span
    title: str | None
    last: bool
    level: int


class _Mention(NamedTuple):
    kind: str
    order: int
    start: int
    end: int


def enumerations(text: str, span: Span) -> tuple[RunIn, ...]:
    """The items of the outermost enumerations in a stretch, in order.

    An enumeration begins with its first member and goes on while each next member of the same kind follows; one
    member alone is none. Its last item ends where its paragraph does.
    """
    mentions = list(_mentions(text, span))
    items: list[RunIn] = []
    cursor, index = span.start, 0
    while index < len(mentions):
        chain = _chain(mentions, index) if mentions[index].start >= cursor else []
        if len(chain) < 2:
            index += 1
            continue
        ends = [mention.start for mention in chain[1:]] + [_paragraph_end(text, chain, span.end)]
        for mention, end in zip(chain, ends, strict=True):
            items.append(_run_in(text, mention, end, mention is chain[-1]))
        cursor = ends[-1]
        index = mentions.index(chain[-1], index) + 1
    return tuple(items)


def enumerators(text: str) -> Iterator[Span]:
    """The labels of all enumerations of a text, nested ones too; a lone 一是 also labels."""
    last: dict[str, _Mention] = {}
    counted: set[_Mention] = set()
    for mention in _mentions(text, Span(0, len(text))):
        before = last.get(mention.kind)
        if before and (mention.order == before.order + 1 or (mention.kind == "first" and mention.order > before.order)):
            counted.update((before, mention))
        elif mention.kind == "is":
            counted.add(mention)
        elif mention.order != 1:
            continue
        last[mention.kind] = mention
    return (Span(mention.start, mention.end) for mention in sorted(counted, key=lambda mention: mention.start))


def _mentions(text: str, span: Span) -> Iterator[_Mention]:
    for match in _RUN_INS.finditer(text, span.start, span.end):
        kind = match.lastgroup or ""
        order = _order(match.group(kind))
        if order:
            yield _Mention(kind, order, match.start(), match.end())


def _order(word: str) -> int:
    """The place a label gives its item; 0 when it gives none."""
    if word.isdigit() and word.isascii():
        return int(word)
    if word in _CIRCLED:
        return _CIRCLED.index(word) + 1
    if word in _ORDER:
        return _ORDER[word]
    tens, _, ones = word.partition("十")
    if "十" not in word or len(tens) > 1 or len(ones) > 1:
        return 0
    return _ORDER.get(tens, 1) * 10 + _ORDER.get(ones, 0)


def _chain(mentions: list[_Mention], index: int) -> list[_Mention]:
    """The enumeration that begins with this mention: next members of its kind until a new first one."""
    first = mentions[index]
    if first.order != 1:
        return []
    chain = [first]
    for at in range(index + 1, len(mentions)):
        mention = mentions[at]
        if mention.kind != first.kind:
            continue
        if mention.order == chain[-1].order + 1 or (mention.kind == "first" and mention.order > chain[-1].order):
            chain.append(mention)
        elif mention.order == 1:
            break
    return chain


def _paragraph_end(text: str, chain: list[_Mention], end: int) -> int:
    """Where the last item ends: with its paragraph."""
    stop = text.find("\n", chain[-1].start, end)
    return end if stop < 0 else stop + 1


def _run_in(text: str, mention: _Mention, end: int, last: bool) -> RunIn:
    label = Span(mention.start, mention.end)
    title = _run_in_title(text, mention, end)
    heading = Span(label.start, title.end) if title else label
    return RunIn(
        Span(mention.start, end),
        label,
        heading,
        text[title.start : title.end] if title else None,
        last,
        _LEVELS.get(mention.kind, 5),
    )


def _run_in_title(text: str, mention: _Mention, end: int) -> Span | None:
    """A short stretch before a full stop that more text follows; after 一、 also a bare 基本情况 without stop."""
    bare = _BARE_TITLE.match(text, mention.end, end) if mention.kind in ("han", "han_bracket") else None
    if bare:
        return Span(*bare.span())
    start = mention.end + (text[mention.end : mention.end + 1] in (",", ":", "、"))
    stop = _STOP.search(text, start, min(end, start + _TOPIC + 1))
    if stop is None or stop.group()[0] in ";\n" or stop.end() >= end:
        return None
    title = _trim(text, Span(start, stop.start()))
    limit = _TOPIC if text.startswith("关于", title.start) else _RUN_IN
    return title if title.start < title.end and _heads(text, title, limit) else None
