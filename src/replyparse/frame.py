"""The frame of a letter: where its opening ends and its closing begins, and where the next letter begins.

An official reply (函, GB/T 9704-2012) opens with title, number, salutation and the formula 现答复如下, and closes with
thanks, the signing office, the date, contacts and 抄送; a reply to a citizen has the same frame in one paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from replyparse.headings import Heading
from replyparse.patterns import regex
from replyparse.phrases import compiled, search
from replyparse.record import Span
from replyparse.roles import Flow, Unit, formulas


def between(heads: list[Heading], start: int, end: int) -> list[Heading]:
    """The headings, given in order, that begin in `[start, end)`."""
    return heads[bisect_left(heads, start, key=_begin) : bisect_left(heads, end, key=_begin)]


def _begin(head: Heading) -> int:
    return head.start


class Letter(NamedTuple):
    """One letter: three spans that tile it, any of them may be empty."""

    opening: Span
    body: Span
    closing: Span


#: How a citizen is addressed, and how one is greeted.
_NAMED = (
    r"(?:尊敬的|亲爱的|广大)?(?:"
    r"<citizen>(?:朋友|同志)?\s{0,2}<citizen_alias>?|“[^”\n]{1,24}”(?:网友|网民)|“(?:UU\d+|A\d{4,})”|UU\d+"
    r")(?:网友|同志|先生|女士)?(?:\s{0,4}[::,]|(?=\s{0,8}<hello>)|(?<=[”\d])(?=\s|首先|[您你]))"
)
_CALLED = "<citizen_handle>:"
_HELLO = r"\s{0,12}<hello>[!。,:]?"
_SECOND = regex(
    r"(?<=[日。!])\s{0,12}(?=(?:尊敬的|亲爱的)?(?:网友|网民|来信人|市民|“)[^,。\n]{0,28}?[::,]?\s{0,8}[您你]们?好)"
    r"|(?<=日)\s{0,12}(?=[您你]们?(?:好[!,]|的留言(?:已|收))|尊敬的[^,。\n]{1,8}[::]|(?:网友|网民)?(?:“UU\d+”|[::]))"
)
_RESTATED = (
    r"<you>在(?:建议|提案|议案|来信|留言)中(?:反映|提出|提到|指出)[::]"
    r"[^\n]{0,800}?(?:\n|(?<=[。!?])\s{0,8}(?=对此|为此|针对))"
)
_SALUTATION = regex(r"[^\n。;!?]{1,80}[::]\s*$")
_KEY = regex(r"^[^::]{0,14}(?:号|类|期|间|源|构|称|式|性|单位|人|词|数|码)\s?[::]")
_TITLE_LIKE = regex(r"[^\n。!?;]{1,90}$")
_DATE_AT_END = r"<day>\s*[))。]?\s*$"
#: 附件: and the lines of its list, none of which is a sentence.
_ENCLOSED = regex(r"(?<![^\n])[ \t]{0,20}附\s{0,2}件\s?\d?\s?[::][^\n。]{0,80}(?:\n[^\n。!;]{0,80}){0,40}\Z")
_NEAR = 160  # how far after the salutation 收悉 may stand
_FURNITURE = 1500  # how much a page prints after the date of signing
_NOTE = 120  # how long a note can be
_FAR = 2500  # an opening formula stands no further from the beginning than this


def letters(stream: Flow, heads: list[Heading]) -> Iterator[Letter]:
    """The letters of a text, in order; they tile it."""
    text = stream.layout.text
    cuts = [m.end() for m in _SECOND.finditer(text) if m.end() > 16]
    bounds = [0, *cuts, len(text)]
    framed = [_frame(stream, Span(a, b), between(heads, a, b)) for a, b in pairwise(bounds) if a < b]
    notes = [_passes_on(text, letter) for letter in framed]
    if all(notes):
        yield from framed
        return
    first, last = notes.index(False), len(notes) - 1 - notes[::-1].index(False)
    for index, letter in enumerate(framed[first : last + 1], first):
        begin = 0 if index == first else letter.opening.start
        end = len(text) if index == last else letter.closing.end
        opening, closing = Span(begin, letter.opening.end), Span(letter.closing.start, end)
        yield Letter(opening, letter.body, closing)


def _passes_on(text: str, letter: Letter) -> bool:
    """Whether a letter is only a note that the message went to another office: furniture beside the reply itself."""
    opening = text[letter.opening.start : letter.opening.end]
    body = text[letter.body.start : letter.body.end]
    if len(body) > _NOTE or "如下" in opening:
        return False
    sentences = [sentence for sentence in regex(r"[。!?]").split(body) if sentence.strip()]
    rest = [sentence for sentence in sentences if not _forwards(sentence)]
    passed = len(rest) < len(sentences) or _forwards(opening)
    return passed and all(regex(r"(?:回复|反馈|答复|告知)(?:您|你)?$|感谢|谢谢").search(one) for one in rest)


def _forwards(words: str) -> bool:
    return any(search(row.pattern)(words) for row in formulas("forwards"))


def _frame(stream: Flow, span: Span, heads: list[Heading]) -> Letter:
    units = list(stream.within(span))
    opening = _opening_end(stream, span, heads, units)
    closing = _closing_start(stream, Span(opening, span.end), heads)
    return Letter(Span(span.start, opening), Span(opening, closing), Span(closing, span.end))


def to_citizen(text: str, opening: Span) -> bool:
    """Whether an opening greets a citizen: a reply to a proposal records work, one to a citizen answers a question."""
    words = text[opening.start : opening.end]
    return bool(compiled("<citizen_letter>").search(words)) and not regex(r"提案|议案|代表|委员").search(words)


# --- opening -----------------------------------------------------------------------------------------------------


def _opening_end(stream: Flow, span: Span, heads: list[Heading], units: list[Unit]) -> int:
    """The end of the opening: the formula, else the receipt and greeting, else what stands before the first heading."""
    text = stream.layout.text
    first = heads[0].start if heads else span.end
    limit = min(first, span.start + _FAR)
    for row in formulas("openings"):
        match = compiled(row.pattern).search(text, span.start, limit)
        if match:
            hello = compiled(_HELLO).match(text, match.end(), limit)
            end = _past_blanks(text, hello.end() if hello else match.end(), first)
            return _past_blanks(text, _restated_end(text, end, limit), first)
    end = _answer_label_end(text, span.start, limit)
    salutation = _greeting_end(text, [unit for unit in units if unit.span.end > end], max(end, span.start), limit)
    end = max(end, salutation)
    receipt = _receipt_end(stream, Span(end, min(limit, end + _NEAR)))
    end = max(end, receipt)
    end = _thanks_end(stream, Span(end, limit)) if end > span.start else end
    if end == span.start:
        end = _title_end(text, units, limit)
    rest = text[end:first]
    if heads and not re.search(r"[。!?;]", rest):
        end = first
    return _past_blanks(text, min(end, first), first)


def _restated_end(text: str, start: int, limit: int) -> int:
    """The end of a request that is told once more, 您在建议中反映:…, up to its line's end or to 对此."""
    match = compiled(_RESTATED).match(text, start, limit)
    return match.end() if match else start


def _answer_label_end(text: str, start: int, limit: int) -> int:
    """The end of the label before an answer (答复:), where a page prints the question too."""
    for row in formulas("answers"):
        match = compiled(row.pattern).search(text, start, limit)
        if match:
            return match.end()
    return start


def _past_blanks(text: str, at: int, limit: int) -> int:
    while at < limit and text[at] in " \t\n":
        at += 1
    return at


def _greeting_end(text: str, units: list[Unit], floor: int, limit: int) -> int:
    """The end of the salutation: a line that ends with a colon and is no key of a table, then 您好!."""
    for unit in units[:40]:
        begin = max(unit.span.start, floor)
        body = text[begin : unit.span.end].strip()
        if unit.span.start >= limit:
            break
        if not body:
            continue
        start = text.index(body[0], begin)
        named = compiled(_NAMED).match(text, start, limit) or compiled(_CALLED).match(text, start, limit)
        if not named and _SALUTATION.fullmatch(body) and not _KEY.match(body) and "如下" not in body:
            named = regex(r"[^::]*[::]").match(text, start, unit.span.end)
        greeted = compiled(_HELLO).match(text, named.end() if named else start, limit) or named
        if greeted:
            return greeted.end()
        if body[-1] in "。!?;":
            break
    return -1


def _receipt_end(stream: Flow, span: Span) -> int:
    """The end of the clause that says the letter has come (收悉)."""
    text = stream.layout.text
    for row in formulas("receipts"):
        match = compiled(row.pattern).search(text, span.start, span.end)
        if match:
            return min(stream.layout.clause_at(match.end() - 1).end, span.end)
    return span.start


def _thanks_end(stream: Flow, span: Span) -> int:
    """The end of thanks that stand at the beginning, before the answer proper."""
    text = stream.layout.text
    end = span.start
    for unit in stream.within(span):
        body = text[unit.span.start : unit.span.end].strip()
        if body and not re.match(r"(?:首先)?,?(?:非常|十分|衷心|首先|很)*(?:感谢|谢谢)[^。]{0,60}[。!,]?$", body):
            break
        end = unit.span.end
    return end


def _title_end(text: str, units: list[Unit], limit: int) -> int:
    """The end of lines without a full stop at the very top: title and number."""
    end = units[0].span.start if units else 0
    start = end
    for unit in units[:30]:
        body = text[unit.span.start : unit.span.end]
        if unit.span.start >= limit or (
            body.strip() and not (body.endswith("\n") and _TITLE_LIKE.fullmatch(body.strip()))
        ):
            break
        end = unit.span.end
    return end if end > start else start


# --- closing -----------------------------------------------------------------------------------------------------


def _closing_start(stream: Flow, span: Span, heads: list[Heading]) -> int:
    """Where the closing begins: the first unit from which every unit to the end belongs to a closing.

    What follows the line of the date is page furniture, whatever it says.
    """
    text = stream.layout.text
    enclosed = _attachments(text, span)
    under = min(enclosed, _signature_line(text, span))
    last_head = max((h.span.end for h in heads if h.start < under), default=span.start)
    floor = max(span.start, last_head)
    units = [u for u in stream.within(Span(floor, span.end)) if regex(r"\w").search(text, *u.span)]
    signed = _signed(text, units)
    start = span.end
    for index in range(len(units) - 1, -1, -1):
        unit = units[index]
        body = text[unit.span.start : unit.span.end].strip()
        if index >= signed or unit.span.start >= enclosed or _closes(body):
            start = unit.span.start
            continue
        start = _thanks_clause(stream, unit.span) or start
        date = compiled(_DATE_AT_END).search(body)
        if date and index == len(units) - 1 and date.start() > 0:
            start = unit.span.start + text[unit.span.start : unit.span.end].index(body) + date.start()
        break
    return start


def _thanks_clause(stream: Flow, span: Span) -> int | None:
    """Where the clause of thanks begins with which a sentence ends."""
    last = stream.layout.clause_at(span.end - 1)
    thanks = regex(r"\s*(?:同时|最后|在此)?(?:也|再次|衷心|非常|十分)*(?:感谢|谢谢)(?:您|你|贵)")
    return last.start if last.start > span.start and thanks.match(stream.layout.text, *last) else None


def _attachments(text: str, span: Span) -> int:
    """Where the list of attachments before the signature begins; the end of the stretch where there is none."""
    match = _ENCLOSED.search(text, max(span.start, span.end - _FURNITURE), span.end)
    return match.start() if match else span.end


def _signature_line(text: str, span: Span) -> int:
    """Where the first line that is a date alone begins, near the end; behind it stand no headings of the reply."""
    lines = compiled(r"(?m)^[ \t(]*<day>[ \t)]*$")
    match = lines.search(text, max(span.start, span.end - _FURNITURE), span.end)
    return match.start() if match else span.end


def _signed(text: str, units: list[Unit]) -> int:
    """The index of the unit that is the date of signing; everything after it is closing, if it is not too long."""
    budget = _FURNITURE
    for index in range(len(units) - 1, -1, -1):
        body = text[units[index].span.start : units[index].span.end].strip()
        if compiled(r"^[((]?<day>[))]?$").match(body):
            return index
        if budget < 0:
            break
        budget -= len(body)
    return len(units)


def _closes(body: str) -> bool:
    return any(search(row.pattern)(body) for row in formulas("closings"))
