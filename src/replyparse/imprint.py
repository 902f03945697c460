"""What the head and foot of a reply print about itself: number, office, dates, class, contacts, copies.

GB/T 9704-2012 calls the parts 版头 (发文字号, 签发人), 主体 (署名, 成文日期) and 版记 (抄送, 印发); web pages put an
index table before them and furniture after.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Literal, NamedTuple, cast

from replyparse import numerals
from replyparse.knowledge import Pattern, Row, cached, load
from replyparse.patterns import regex
from replyparse.phrases import compiled
from replyparse.record import Contact, Span

Outcome = Literal["A", "B", "C", "D"]
Publicity = Literal["public", "partial", "withheld"]


class Key(Row):
    """The key of a table row or a foot line, and the field its value fills."""

    field: str
    pattern: Pattern


class Disclosure(Row):
    """A word that says how far the reply is public."""

    value: Publicity
    pattern: Pattern


@cached
def keys() -> tuple[Key, ...]:
    """The rows of `keys`."""
    return load("header", "keys", Key)


@cached
def disclosures() -> tuple[Disclosure, ...]:
    """The rows of `disclosures`, in the order in which they are asked."""
    return load("header", "disclosures", Disclosure)


class Entry(NamedTuple):
    """A key with its value, as `类别:A` or `发布日期:2023-07-25 10:16`; spans are of the shadow."""

    field: str
    key: Span
    value: Span


_CONTACT_FIELDS = ("person", "unit", "phone", "bare_phone")
_SENTENCE_END = regex(r"[。!?]")


@cached
def _key_pattern() -> re.Pattern[str]:
    patterns: dict[str, list[str]] = {}
    for row in keys():
        patterns.setdefault(row.field, []).append(row.pattern)
    names = "|".join(f"(?P<{field}>{'|'.join(same)})" for field, same in patterns.items())
    return regex(
        rf"(?<![㐀-鿿])(?:{names})\s?[::]\s{{0,8}}(?:\|\s{{0,4}})?|(?P<bare_phone>电话|热线)(?=\s{{0,2}}\(?\d{{3}})"
    )


def entries(text: str, zone: Span) -> Iterator[Entry]:
    """The keys of a stretch in order, each value reaching to the next key, a wide blank, a bar or the line's end."""
    found = list(_key_pattern().finditer(text, zone.start, zone.end))
    for match, follower in zip(found, [*found[1:], None], strict=False):
        stop = follower.start() if follower else zone.end
        end = regex(r"\n|\s\||\||$").search(text, match.end(), stop)
        value = _to_bracket(text[match.end() : end.start() if end else stop])
        if match.lastgroup in _CONTACT_FIELDS:
            value = _SENTENCE_END.split(value, maxsplit=1)[0]
        yield Entry(match.lastgroup or "", Span(*match.span()), Span(match.end(), match.end() + len(value.rstrip())))


def _to_bracket(value: str) -> str:
    """What of a value stands before the bracket that closes around its key: (联系人:龚明)咨询 → 龚明."""
    depth = 0
    for at, mark in enumerate(value):
        depth += (mark == "(") - (mark == ")")
        if depth < 0:
            return value[:at]
    return value


# --- dates -------------------------------------------------------------------------------------------------------

_PARTS = regex(r"(.{4}?)\s*(?:年|[-./])\s*(.{1,3}?)\s*(?:月|[-./])\s*(.{1,3}?)\s*日?$")
_ROUND = regex("[OＯ○]")


def dates(text: str, zone: Span) -> Iterator[tuple[Span, dt.date]]:
    """Every full date of a stretch, in Arabic or Chinese numerals, with its span."""
    for match in compiled("<day>").finditer(text, zone.start, zone.end):
        date = read_date(match.group())
        if date:
            yield Span(*match.span()), date


def read_date(words: str) -> dt.date | None:
    """The date that words print, or None when there is no such day.

    >>> read_date("二〇一一年五月十日")
    datetime.date(2011, 5, 10)
    """
    parts = _PARTS.match(words.strip())
    if not parts:
        return None
    printed = [numerals.value_of(_ROUND.sub("〇", part)) for part in parts.groups()]
    year, month, day = (0 if value is None else int(value) for value in printed)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def lone_date(words: str) -> dt.date | None:
    """The date that stands alone on a line, as some put it under the title."""
    alone = (line.strip(" ()") for line in words.split("\n"))
    return next((read_date(line) for line in alone if compiled("<day>").fullmatch(line)), None)


def stamp(words: str) -> dt.date | None:
    """The date with a time of day that a page prints without a key: 2023-07-25 10:16; not that of the message."""
    match = compiled(r"(?<!(?:来信|留言|提问|咨询)时间:)(?P<day><day>)\s{1,4}\d{1,2}:\d\d").search(words)
    return read_date(match["day"]) if match else None


def letterhead(words: str) -> str | None:
    """The office whose name stands alone on a line of the head, with or without 文件 (发文机关标志)."""
    bare = (re.sub(r"^[•·]|\s|文件$", "", line.strip()) for line in words.split("\n"))
    return next((line for line in bare if compiled("<agency>").fullmatch(line)), None)


_NO_OFFICE = regex(r"感谢|谢谢|^特此|^(?:已|现|经|由|将|请)|转[办交]|^[一二三四五六七八九十]{1,3}、")
_SEAL = regex(r"\((?:盖章|印章|公章|章)\)")
_STOP = regex(r"[\n。!?]|\s{1,12}(?=(?:联系|咨询)(?:电话|人)[::])|(?<=日)(?=\s{0,12}(?:网友|网民|尊敬的|“|[您你]))")
_SIGNED = "(?:特此(?:答复|回复|函复))?(?P<office><agency>)?(?P<day><day>)"


def signature(text: str, zone: Span) -> tuple[str | None, dt.date | None]:
    """Office and date of signing (署名, 成文日期): the first date that stands alone or after the name of an office."""
    office: str | None = None
    loose: dt.date | None = None
    pieces = [piece.strip() for piece in _STOP.split(text[zone.start : zone.end])]
    for at, words in enumerate(pieces):
        bare = re.sub(r"[\s()]", "", _SEAL.sub("", words))
        signed = compiled(_SIGNED).fullmatch(bare)
        if signed:
            named = signed["office"] if signed["office"] and not _NO_OFFICE.search(signed["office"]) else None
            below = next(filter(None, pieces[at + 1 :]), "")
            if not named and not office and compiled("<agency>").fullmatch(below) and not _NO_OFFICE.search(below):
                named = below  # the office under the date
            return (named or office), read_date(signed["day"])
        if compiled("<agency>").fullmatch(bare) and not _NO_OFFICE.search(bare):
            office = office or bare
        elif loose is None:
            ends = compiled("<day>$").search(words)
            loose = read_date(ends.group()) if ends and words[: ends.start()].rstrip()[-1:] not in ":" else None
    return office, loose


# --- document number, class, disclosure --------------------------------------------------------------------------

_DOC_NUMBER = regex(
    r"(?<![㐀-鿿《(])[㐀-鿿]{2,16}(?:\([㐀-鿿]{1,6}\))?\s{0,2}(?:〔|\[|\(|【)\s?(?:19|20)\d\d\s?(?:年)?(?:〕|\]|\)|】)\s{0,2}第?\s?\d{1,5}\s?号"
)
_CLASS = regex(r"[\[(【〔]?\s?(?P<class>[ABCDabcd])\s?[12]?\s?(?:类|级)?\s?[\])】〕]?")
_ASIDE = regex(r"\([^()A-Da-d]{1,8}\)$")  # A类(同意公开)
_CLASS_INSIDE = regex(r"(?<![A-Za-z0-9])(?P<class>[ABCD])[12]?(?:类)?(?![A-Za-z0-9])")


def doc_numbers(text: str, zone: Span) -> Iterator[Span]:
    """Document numbers (发文字号) in a stretch: 文市交函〔2019〕97号."""
    for match in _DOC_NUMBER.finditer(text, zone.start, zone.end):
        yield Span(*match.span())


def outcome(value: str) -> Outcome | None:
    """The class that a value prints: A类, B1, (C)."""
    match = _CLASS_INSIDE.search(value.upper())
    return cast(Outcome, match["class"]) if match else None


def bare_outcome(fragment: str) -> Outcome | None:
    """The class when a fragment of a line is nothing else: (A类)."""
    match = _CLASS.fullmatch(_ASIDE.sub("", fragment.strip()))
    return cast(Outcome, match["class"].upper()) if match else None


def disclosure(value: str) -> Publicity | None:
    """What a word says about publicity: 依申请公开 → partial."""
    words = re.sub(r"[\s()【】\[\]。]", "", value)
    return next((row.value for row in disclosures() if compiled(row.pattern).search(words)), None)


# --- contacts and copies -----------------------------------------------------------------------------------------

PHONE = regex(
    r"(?<![\d.])(?:\(?0\d{2,3}\)?\s?[-—–―~]{0,2}\s?(?:\d{4}[-—])?(?:\d{7,8}|\d{3,4}\s\d{4})(?:[-—转]{1,2}\d{1,5})?|1[3-9]\d{9}|[48]00[-—]?\d{3,4}[-—]?\d{3,4}|(?<![A-Za-z])\d{7,8}|12345|123\d\d|\d{3}[*×xX]{4}\d{4})(?!\d)"
)
_PERSON = regex(r"(?P<name>[㐀-鿿]\s{0,3}[㐀-鿿·]{1,5}|[㐀-鿿]{2,4})(?:同志|先生|女士)?")
_OFFICE_BEFORE = r"(?:致电|联系|咨询|拨打|与|向|到|至)(?:联系)?(?![我本贵该]|联系|相关|有关|经办)(<agency>)"
#: What stands before the name of an office that is followed by its number.
_BESIDE_OFFICE = regex(r"[,、;。!?()\s]|拨打|致电|联系|咨询|(?:您|请)[与向到]?")
_RUNG = r"(?:拨打|致电)(?P<office><agency>)\s?(?=\(?0\d{2,3}\)?[-—]?\d{7,8})"
#: The name of an office; short ones only where no person is called so (王登科).
_OFFICE = regex(
    r"[㐀-鿿、]{1,3}[室处办股局队站司]"
    r"|[㐀-鿿、]{3,28}(?:[室处办股局队站科委厅部院所社会]|中心|政府|公司|街道|单位|部门)"
)
_SPLIT = regex(r"[,、;。]")


def contacts(text: str, zone: Span) -> Iterator[Contact]:
    """Whom to ask, with telephone: each number goes to the name before it, a person before an office."""
    people: list[list[str | None]] = []
    office: str | None = None
    for entry in entries(text, zone):
        value = text[entry.value.start : entry.value.end]
        if entry.field == "unit":
            office = _office(value)
            people.extend([office, phone] for phone in PHONE.findall(value))
        elif entry.field == "person":
            _people(value, people, office)
        elif entry.field in ("phone", "bare_phone"):
            _phones(value, people, office or _office_before(text, zone, entry.key.start))
    people.extend([match["office"], phone.group()] for match, phone in _rung(text, zone))
    for name, phone in people:
        if name or phone:
            yield Contact(name=name, phone=phone)


def _rung(text: str, zone: Span) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Offices to ring with the numbers right behind them: 拨打县供电公司0711-1234567."""
    for match in compiled(_RUNG).finditer(text, zone.start, zone.end):
        phone = PHONE.search(text, match.end(), zone.end)
        if phone:
            yield match, phone


def _office(value: str) -> str | None:
    words = PHONE.split(value)[0].strip(" ,、;。()")
    return words or None


def _office_before(text: str, zone: Span, at: int) -> str | None:
    """The office beside a number, 区住建局(电话:, else the one to ring: 可致电双江口镇人民政府…,联系电话:."""
    before = text[max(zone.start, at - 60) : at]
    direct = _BESIDE_OFFICE.split(before.removesuffix("("))[-1]
    direct = direct.lstrip("和及或与")
    if compiled("(?![我本贵该相有经])(?:<agency>|<township>)").fullmatch(direct):
        return direct
    found = compiled(_OFFICE_BEFORE).findall(re.split(r"[。!?\n;]", before)[-1])
    return found[-1] if found else None


def _people(value: str, people: list[list[str | None]], office: str | None) -> None:
    """Names and numbers of one entry: 张三,0571-1;李四 0571-2."""
    cursor = 0
    pending: list[str] = []
    for match in [*PHONE.finditer(value), None]:
        between = value[cursor : match.start() if match else len(value)]
        pending.extend(_names(between))
        if match is None:
            break
        cursor = match.end()
        if not pending and people and people[-1][1] is None:
            people[-1][1] = match.group()
            continue
        for name in pending or [""]:
            people.append([name or office, match.group()])
        pending = []
    for name in pending:
        alone = next((p for p in people[-8:] if p[1] and _nameless(p[0])), None)
        if alone:
            alone[0] = name
        else:
            people.append([name, None])


def _nameless(name: str | None) -> bool:
    """Whether a telephone still wants a person: it has no name or that of an office."""
    return name is None or bool(_OFFICE.fullmatch(name))


def _names(words: str) -> list[str]:
    """The persons named, else the offices: 薛敏(审判管理办公室) → 薛敏."""
    words = re.sub(r"(?:联系)?电话|手机|[::()]", ",", words).rstrip(" ,;。")
    persons, offices = [], []
    for piece in re.split(
        r"[,、;。/]|\s{4,}|(?<=[科室处股办局队站院所部委会心司])\s{1,3}(?=[㐀-鿿]\s{0,3}[㐀-鿿]{1,3}\s*$)", words
    ):
        match = _PERSON.fullmatch(piece.strip())
        if match and not _OFFICE.fullmatch(piece.strip()):
            persons.append(re.sub(r"\s", "", match["name"]))
        elif re.fullmatch(r"[㐀-鿿]{3,30}", piece.strip()):
            offices.append(piece.strip())
    return persons or offices


def _phones(value: str, people: list[list[str | None]], office: str | None) -> None:
    for phone in PHONE.findall(value):
        waiting = list(takewhile(lambda person: person[1] is None, reversed(people)))
        if waiting:
            for person in waiting:
                person[1] = phone
        else:
            people.append([office, phone])


def copies(value: str) -> list[str]:
    """The receivers of a 抄送 line."""
    return [
        piece.strip() for piece in _SPLIT.split(value) if piece.strip() and not re.search(r"\d{4}年|共印|印发", piece)
    ]
