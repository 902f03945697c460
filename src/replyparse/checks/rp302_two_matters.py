"""Title and body name different proposals or sessions.

Checks: The numbers of proposals and suggestions (第078号) and the sessions (五届三次) in the title against those in
the sentence that acknowledges receipt (…收悉). Leading zeros and a year before the number (20230128, 128) do not
matter, and of a joint reply to several one in common is enough.

Why: The reply was made from another one, and one of the two was forgotten.

Fires on:
    对市政协五届三次会议第078号提案的答复
    李明委员：
    您在市政协五届三次会议上提出的第087号提案收悉，现答复如下：
    我局召开座谈会3次。

Silent on:
    对市政协五届三次会议第078号提案的答复
    李明委员：
    您在市政协五届三次会议上提出的第78号提案收悉，现答复如下：
    我局召开座谈会3次。

Remedy: Compare the number and the session with the letter of assignment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import folded, ordinal
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Span

CODE: Final = "RP302"
NAME: Final = "title and body name different matters"
NAME_ZH: Final = "标题与正文所指不一致"
SEVERITY: Final = "error"
ON: Final = True
ADVICE: Final = "对照交办单核对编号和届次。"

_MATTER = r"(?:提案|建议|议案)"
_NUMBER = regex(rf"第\s*(?P<before>\d{{1,12}})\s*号|{_MATTER}\s*\(?(?:编号[::]?|第)\s*(?P<after>\d{{1,12}})\s*号?")
_ORDINAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_SESSION = regex(rf"第?(?P<term>{_ORDINAL})届[^,。;\n第]{{0,12}}?第?(?P<session>{_ORDINAL})次")
_RECEIVED = regex(r"收悉|收到|已收|交办|答复如下|回复如下")
_YEAR = regex(r"(?:19|20)\d\d(?=\d{3,})")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for a number, and one for a session, that the title has otherwise."""
    title = _title(record)
    received = _received(record, title.end) if title else None
    if title is None or received is None:
        return
    text = folded(record)
    in_title = {_number(match) for match in _NUMBER.finditer(text, *title)}
    numbers = list(_NUMBER.finditer(text, *received))
    if in_title and numbers and in_title.isdisjoint(map(_number, numbers)):
        message = f"标题为第 {_listed(in_title)} 号，正文为第 {_number(numbers[0])} 号"
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=Span(*numbers[0].span()), claims=[])
    sessions = {_session(match) for match in _SESSION.finditer(text, *title)}
    again = list(_SESSION.finditer(text, *received))
    if sessions and again and sessions.isdisjoint(map(_session, again)):
        (term, session), (other_term, other_session) = min(sessions), _session(again[0])
        message = f"标题为 {term} 届 {session} 次会议，正文为 {other_term} 届 {other_session} 次会议"
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=Span(*again[0].span()), claims=[])


def _title(record: ReplyRecord) -> Span | None:
    """Where the title stands; it may run over several lines."""
    said = "".join((record.header.title or "").split())
    if not said:
        return None
    text = record.text or ""
    match = re.search(r"\s*".join(map(re.escape, said)), text[:4000])
    return Span(*match.span()) if match else None


def _received(record: ReplyRecord, after: int) -> Span | None:
    """The sentence behind the title that says that the proposal was received."""
    text = folded(record)
    end = max((section.span.end for section in record.sections if section.role == "preamble"), default=0)
    match = _RECEIVED.search(text, after, max(end, after))
    return Span(after, match.end()) if match else None


def _number(match: re.Match[str]) -> str:
    """The number without leading zeros and without the year that some bodies put before it."""
    return _YEAR.sub("", match["before"] or match["after"]).lstrip("0") or "0"


def _session(match: re.Match[str]) -> tuple[int, int]:
    return ordinal(match["term"]), ordinal(match["session"])


def _listed(numbers: set[str]) -> str:
    return "、".join(sorted(numbers))
