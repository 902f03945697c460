"""Cited laws, regulations, policies, plans and standards: 《…》 with the document number that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from replyparse.patterns import regex
from replyparse.record import Span
from replyparse.wordlists import pattern


class Cited(NamedTuple):
    """One citation on the shadow text; `title` and `number` are the spans of what is printed."""

    span: Span
    title: Span
    number: Span | None
    year: int | None


_NUMBER = (
    r"[\u4e00-\u9fffA-Za-z]{0,14}[〔\[【(]\s?(?:19|20)\d{2}\s?[〕\]】)]\s?(?:第\s?)?\d{1,5}\s?号"
    r"|[A-Z]{2,3}(?:/[A-Z])?\s?\d{2,6}(?:\.\d+)?[-—]\d{2,4}|(?:(?:中华人民共和国)?(?:国务院|主席)|省政府|市政府|[\u4e00-\u9fff]{1,12}[部委局院署行])?令(?:(?:19|20)\d{2}年)?第?\s?\d{1,4}\s?号|第\s?\d{1,4}\s?号令"
    r"|(?:[\u4e00-\u9fff]{2,12}\s?){1,3}(?:公告|通告)\s?(?:19|20)\d{2}年第?\s?\d{1,4}\s?号"
)
_TITLE = r"《(?P<title>[^《》\n]{0,200}(?:《[^》\n]{0,200}》[^《》\n]{0,200}){0,4})》"
_BRACKETED = rf"[(\[]\s?(?:以下简称[^)]*|(?P<number>{_NUMBER})[^)]{{0,30}})[)\]]"
_CITED = regex(rf"{_TITLE}(?:\s?{_BRACKETED}|(?P<bare>{_NUMBER}|(?<=令》)第\s?\d{{1,4}}\s?号))?")
#: Short forms of titles cited in full before: (以下简称《办法》).
_SHORT_FORMS = frozenset(
    {"办法", "条例", "规定", "意见", "方案", "通知", "规划", "计划", "细则", "措施", "标准", "规范"}
)
_BEFORE = regex(rf"(?:{_NUMBER})$")
_YEAR = regex(r"(?:19|20)\d{2}")
_PARENTHESIS = regex(r"[(（][^()（）]*[)）]$")


def find(text: str) -> Iterator[Cited]:
    """All citations of a shadow text, in order; the proposal's own title and names of works are none."""
    for match in _CITED.finditer(text):
        title = _PARENTHESIS.sub("", match["title"])
        party = title.startswith("中共中央")  # 《中共中央关于制定…规划的建议》
        known = party or match["number"] is not None or pattern("citations", "@cited@$").search(title) is not None
        if not known or title in _SHORT_FORMS or (not party and pattern("citations", "@other@$").search(title)):
            continue
        group = "number" if match["number"] else "bare" if match["bare"] else None
        number = Span(*match.span(group)) if group else _number_before(text, match.start())
        year_text = text[number.start : number.end] if number else match["title"]
        year = _YEAR.search(year_text)
        yield Cited(Span(*match.span()), Span(*match.span("title")), number, int(year.group()) if year else None)


def _number_before(text: str, at: int) -> Span | None:
    """A document number right before the title: 国办发〔2021〕3号《…》."""
    match = _BEFORE.search(text, max(0, at - 32), at)
    return Span(*match.span()) if match else None
