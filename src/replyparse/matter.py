"""What a reply answers: its title, the body and session, number and name of the matter, and whom it addresses."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from replyparse import numerals
from replyparse.knowledge import Pattern, Row, cached, load
from replyparse.lines import Layout
from replyparse.patterns import regex
from replyparse.phrases import compiled
from replyparse.record import Span

Body = Literal["CPPCC", "NPC"]
Matter = Literal["proposal", "suggestion", "message", "other"]


class Shape(Row):
    """A pattern with its examples."""

    pattern: Pattern


@cached
def rows(table: str) -> tuple[Shape, ...]:
    """The rows of one of the plain tables of `header.yaml`."""
    return load("header", table, Shape)


def matches(table: str, text: str) -> bool:
    """Whether a row of the table is found in `text`."""
    return any(compiled(row.pattern).search(text) for row in rows(table))


def trimmed(text: str, span: Span) -> Span:
    """The span without the blanks at its two ends."""
    body = text[span.start : span.end]
    start = span.start + len(body) - len(body.lstrip())
    return Span(start, max(start, span.start + len(body.rstrip())))


# --- title -------------------------------------------------------------------------------------------------------

_QUOTED = regex(r"《[^》]*》?|“[^”]*”?")
_TITLE_OPENS = regex(r"关于|^对|(?<=[局委厅部府办院会])对|答复")
_NO_TITLE = regex(r"[>|。]|^[^:]{1,10}:|收悉|^[上下]一[篇条]")
_AGENCY_LINE = r"^<agency>(?:\s?文件)?$"
_LONGEST = 160


def title_lines(layout: Layout, head: Span) -> tuple[Span, ...]:
    """The lines of the title, with the office that stands directly above it; empty where there is none.

    A title runs on over lines until the one that ends with 答复 or 函, so it is read upwards from there.
    """
    text = layout.text
    lines = [trimmed(text, line) for line in layout.lines if head.start <= line.start < head.end]
    for index, line in enumerate(lines):
        words = text[line.start : line.end]
        if not words or len(words) > _LONGEST or _NO_TITLE.search(words):
            continue
        for first in range(index, max(-1, index - 5), -1):
            if first < index and _parts_number(text, lines[first], lines[first + 1]):
                continue  # 对…会议⏎⏎第112号提案的答复
            if first < index and not _continues(text, lines[first]):
                break
            joined = "".join(text[s:e] for s, e in lines[first : index + 1])
            if not _TITLE_OPENS.search(_QUOTED.sub("“”", joined)[:-4]) or not matches("titles", joined):
                continue
            above = lines[first - 1] if first else None
            if not regex(r"第[^,。]{1,16}号").search(joined) and _numbered_below(text, lines[index + 1 :]):
                continue  # the page's title, above that of the reply
            if above and compiled(_AGENCY_LINE).match(text[above.start : above.end].replace(" ", "")):
                first -= 1
            return tuple(line for line in lines[first : index + 1] if line.start < line.end)
    return ()


def _parts_number(text: str, line: Span, below: Span) -> bool:
    """Whether a line is empty and the one below it goes on with the number: 第112号提案的答复."""
    return line.start == line.end and re.match(r"第\s?\d{1,6}\s?号", text[below.start : below.end]) is not None


def _numbered_below(text: str, lines: list[Span]) -> bool:
    """Whether the next line that is not empty is a title with the number of the matter."""
    below = next((text[s:e] for s, e in lines if text[s:e].strip()), "")
    return bool(regex(r"^关于.{2,40}第[^,。]{1,16}号").search(below)) and matches("titles", below)


def _continues(text: str, line: Span) -> bool:
    words = text[line.start : line.end]
    return bool(words) and not _NO_TITLE.search(words) and not re.search(r"[〔\[]\d{4}|\s{3,}|:$", words)


def titled_agency(title: str | None) -> str | None:
    """The office with which a title begins: 某市教育局 in 某市教育局关于…的答复."""
    match = compiled("(?P<office><agency>)(?:关于|对|答复|回复)").match(re.sub(r"\s", "", title or ""))
    return match["office"] if match else None


# --- body, term, session -----------------------------------------------------------------------------------------

_NUM = r"(?:\d{1,3}|[一二三四五六七八九十百〇零]{1,5})"
_MEETING = regex(
    rf"(?P<term>第?\s?{_NUM}\s?届)(?P<between>[㐀-鿿]{{0,16}}?)(?P<session>第?\s?{_NUM}\s?次)(?:全体)?(?:会议|全会|大会|会)?"
)
_BODY = regex(r"(?P<cppcc>政协|政治协商)|(?P<npc>人大|人民代表大会)")
_PLAIN_BODY = regex(
    r"(?:全国|自治区|[省市县区州盟旗乡镇])?(?:政协|人大)(?!代表|委员)|(?:省|市|县|区|州|盟|旗|全国)(?:政协|人大)"
)


class Meeting(NamedTuple):
    """The session at which the matter was raised, as the text names it."""

    span: Span
    body: Body | None
    name: str | None
    term: int | None
    session: int | None
    ordinals: tuple[Span, ...]


def meetings(text: str, zone: Span) -> list[Meeting]:
    """Every session a stretch names (市政协十四届二次会议), in order."""
    return [_meeting(text, zone.start, match) for match in _MEETING.finditer(text, zone.start, zone.end)]


def _meeting(text: str, floor: int, match: re.Match[str]) -> Meeting:
    before = _place(text[max(floor, match.start() - 24) : match.start()])
    between = match["between"]
    found = _BODY.search(before + between)
    body: Body | None = None if not found else "CPPCC" if found["cppcc"] else "NPC"
    name = before + (text[match.start("term") : match.end("between")] if between else "") if before else between
    ordinals = (Span(*match.span("term")), Span(*match.span("session")))
    start = match.start() - len(before)
    return Meeting(
        Span(start, match.end()),
        body,
        (name or None) if body else None,
        number(match["term"]),
        number(match["session"]),
        ordinals,
    )


_NO_HAN = regex(r"[^㐀-鿿]")


def _place(words: str) -> str:
    """What of the words before 第…届 belongs to the name of the body: 关于市政协 → 市政协."""
    words = _NO_HAN.split(words)[-1]
    start = 0
    for row in rows("body_starts"):
        for match in compiled(row.pattern).finditer(words):
            start = max(start, match.end())
    return words[start:]


def number(words: str) -> int | None:
    """The integer in an ordinal: 第十四届 → 14."""
    value = numerals.value_of(re.sub(r"[第届次\s]", "", words))
    return None if value is None else int(value)


def plain_body(words: str) -> tuple[Body | None, str | None]:
    """The body where the text names no session: 市政协 in 关于市政协第12号提案的答复."""
    match = _PLAIN_BODY.search(words)
    if not match:
        return None, None
    return ("CPPCC" if "政协" in match.group() else "NPC"), match.group()


# --- number ------------------------------------------------------------------------------------------------------

_ID = r"[A-Za-z]{0,4}-?\d{1,16}(?:-\d{1,6})?|[一二三四五六七八九十百〇零]{1,7}"
_NUMBERS = regex(
    rf"第\s?(?:{_ID})\s?号?(?:\s?[、,和及与]\s?第?\s?(?:{_ID})\s?号?){{0,20}}(?<=号)|(?<![\d〕\]第-])(?:\d{{1,12}})号(?=(?:委员|代表|重点|政协|人大)?(?:提案|建议|议案))"
    rf"|(?<=编号)\d{{2,14}}|(?<=编号:)\s?\d{{2,14}}"
)
_MATTER_NEAR = regex(r"提案|建议|议案|意见|案|来信|留言|信访")
_ONE = regex(rf"{_ID}")


def numbers(text: str, zone: Span) -> list[tuple[Span, str]]:
    """Every number of a matter in a stretch, joint ones joined: 第0123号、第0456号 → 0123、0456."""
    found = []
    for match in _NUMBERS.finditer(text, zone.start, zone.end):
        if text[max(0, match.start() - 1)] in "〕]令" or not _MATTER_NEAR.search(
            text, max(zone.start, match.start() - 90), match.end() + 24
        ):
            continue
        found.append((Span(*match.span()), "、".join(_ONE.findall(match.group()))))
    return found


# --- subject -----------------------------------------------------------------------------------------------------

_KIND = (
    r"(?:提案|建议案|建议|议案|意见建议|意见和建议|批评和意见|意见"
    r"|来信|信访件|留言|咨询|问题|诉求|帖文|帖子|函|请示|求助|投诉)"
)
_NAMED = regex(
    r"《(?P<book>[^《》\n]{2,120}(?:《[^》\n]{1,60}》[^《》\n]{0,60})?)》"
    r"|“(?P<quote>[^“”\n]{2,160}(?:“[^”\n]{1,40}”[^“”\n]{0,60})?)”"
    r'|"(?P<straight>[^"“”\n]{2,160})"'
)
_FOLLOWED = regex(
    rf"\s?(?:\([^()]{{1,24}}\))?\s?,?(?:一[案事帖文]|等)?(?:的)?(?:{_KIND}|收悉|已收|,?已转|[一]?[帖文案])"
)
_PLAIN = regex(
    rf"(?P<subject>关于[^。;\n《》]{{3,100}}?)(?:的|等)(?:{_KIND})(?=\s?[,、(]?\s?(?:已?收悉|已|收到|第|\(|我|,|。|[一]?[案]|的?(?:答复|回复|复函|函)))"
)
#: What a citizen writes about, where the receipt names it: 您咨询关于种粮补贴的来信已收悉.
_ASKED = regex(
    r"[您你]们?(?:所)?(?:咨询|反映|提出|来信|提问)?的?(?P<subject>关于[^。,;:\n《》“”\"]{3,60}?)"
    r"(?:的(?:来信|留言|问题|咨询|诉求|帖子|信件))?,?(?:我[局委厅办们镇乡])?(?:均|都)?(?:已经?)?(?:收悉|知悉|获悉)"
)
_TITLED = regex(r"关于(?!对)[^。;\n《》]{3,80}?(?=的(?:答复|回复|复函|反馈|办理情况|情况说明))")
_TAIL = regex(r"的?(?:提案|建议案|议案|意见建议|意见和建议|建议和意见|批评和意见|建议|意见|函|请示)$")
_HANDLE = regex(r"^(?:UU|A|网友)\d+$|^\*+$")
_RULED = regex(
    r"(?:根据|按照|依据|印发|出台|执行|落实|填入|填写|填)[^,。]{0,10}$|(?:平台|网站|栏目|专栏|登录|在|通过)[·•]?$"
)


def subject(text: str, zone: Span, quoted_only: bool = False) -> Span | None:
    """The name of the matter in a stretch, as printed without quotes: 关于加快… of 《关于加快…的提案》."""
    for match in _NAMED.finditer(text, zone.start, zone.end):
        group = next(name for name in ("book", "quote", "straight") if match[name])
        words = match[group]
        if _HANDLE.match(words) or _RULED.search(text, max(zone.start, match.start() - 16), match.start()):
            continue
        named = words.startswith("关于") and _TAIL.search(words)
        if named or _FOLLOWED.match(text, match.end(), zone.end):
            return _without_tail(text, Span(*match.span(group)))
    if quoted_only:
        asked = _ASKED.search(text, zone.start, zone.end)
        return Span(*asked.span("subject")) if asked else None
    for match in _PLAIN.finditer(text, zone.start, zone.end):
        words = match["subject"]
        nested = words.rfind("关于")
        span = Span(match.start("subject") + nested, match.end("subject"))
        if not re.search(r"届|第[^,。]{1,12}号|[您你]", text[span.start : span.end]):
            return span
    return None


def titled_subject(text: str, zone: Span) -> Span | None:
    """What a title without 提案 or 建议 is about: 关于小区漏水问题 of 关于小区漏水问题的答复."""
    match = _TITLED.search(text, zone.start, zone.end)
    if not match or re.search(r"届|提案|建议|议案|第[^,。]{1,12}号|[您你]", match.group()):
        return None
    return Span(*match.span())


def _without_tail(text: str, span: Span) -> Span:
    match = _TAIL.search(text[span.start : span.end])
    if match and match.group().startswith("的"):
        return Span(span.start, span.start + match.start())
    return trimmed(text, span)


# --- addressees --------------------------------------------------------------------------------------------------

_LINE = regex(r"^[ \t]{0,80}(?P<who>[^\s。;!?:][^\n。;!?:]{1,80}?)\s?:[ \t]{0,8}(?=\n|$)", re.MULTILINE)
#: Names and honour alone on a line, its colon forgotten.
_BARE_LINE = regex(
    r"^[ \t]{0,80}(?P<who>(?:尊敬的)?(?!关于|对)[㐀-鿿][㐀-鿿、 ]{1,40}(?:委员|代表))[ \t]{0,8}$(?=\n)", re.MULTILINE
)
#: A salutation that runs on into its letter: 李明代表: 您提出的….
_RUN_ON = regex(
    r"^[ \t]{0,80}(?P<who>[^\s。;!?:《“][^\n。;!?:]{1,60}?(?:委员|代表|栏目组|编辑部))\s?:(?=[ \t]{0,80}[您你贵网])",
    re.MULTILINE,
)
_INLINE = (
    r"(?:尊敬的|亲爱的)?(?P<who>(?:广大)?(?:<citizen>|居民|群众|业主|家长)(?:朋友|同志|网友)?\s{0,2}<citizen_alias>?"
    r"|“[^”\n]{1,24}”(?:网友)?|UU\d+|[㐀-鿿]{1,4}(?:先生|女士|同志))[:,]?\s{0,8}<hello>"
    r"|(?<![^\n])(?P<name><citizen_handle>(?=:)|“UU\d+”|UU\d+(?!\d)(?=[:\s关您你网]))"
)
_HELLO = r"[,，]?\s*<hello>$"
_POLITE = regex(
    r"^(?:【[^】]{1,8}】)?(?:[^、,]{0,12}届[^、,]{0,12}次(?:会议|全会|大会))?(?:尊敬的|亲爱的|敬爱的|尊敬)?"
)
_ET_AL = regex(r"\s*\(?等\s{0,2}(?:(?:\d+|[一二两三四五六七八九十]+)\s?(?:名|位|人))?\)?$")
_NO_SALUTATION = regex(r"如下|[〔\d]\d{3}|\s{3}|^(?:[一二三四五六七八九十]{1,3}、|[(\d])")


def salutation(text: str, zone: Span) -> Span | None:
    """The words of the salutation, without its colon: 马青、周丽等委员."""
    for match in _LINE.finditer(text, zone.start, zone.end):
        who = trimmed(text, Span(*match.span("who")))
        words = text[who.start : who.end]
        if compiled("<addressee>").search(words) and not _NO_SALUTATION.search(words) and len(words) <= 60:
            return who
    bare = _BARE_LINE.search(text, zone.start, zone.end)
    if bare:
        return Span(*bare.span("who"))
    running = _RUN_ON.search(text, zone.start, zone.end)
    if running and not _NO_SALUTATION.search(running["who"]):
        return Span(*running.span("who"))
    inline = compiled(_INLINE).search(text, zone.start, min(zone.end, zone.start + 400))
    return Span(*inline.span("who" if inline["who"] else "name")) if inline else None


def names(words: str) -> list[str]:
    """The names in a salutation: 马俊杰、刘芳等3名代表 → 马俊杰, 刘芳; a body keeps its one name."""
    words = compiled(_HELLO).sub("", _POLITE.sub("", words.replace("\u3000", " ").strip()))
    found: list[str] = []
    for piece in re.split(r"[、,，;；]|(?<=[员表])\s*[和及]\s*", words):
        name = _bare(piece)
        found.extend(_spaced(name) if " " in name else [name] if name else [])
    return found


@cached
def _honours() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Each honour as it stands behind a name and before one."""
    honours = [compiled(row.pattern).pattern for row in rows("honours")]
    return tuple((regex(rf"(?<=..)(?:{honour})$"), regex(rf"^(?:{honour})(?=[㐀-鿿]{{2,4}}$)")) for honour in honours)


def _bare(piece: str) -> str:
    """A name without its honour and 等."""
    piece = _POLITE.sub("", piece.strip())
    for behind, before in _honours():
        piece = behind.sub("", piece).rstrip()
        piece = _ET_AL.sub("", piece)
        piece = behind.sub("", piece).rstrip()
        piece = before.sub("", piece) or piece
    return re.sub(r"[“”]", "", piece).strip() if not re.search(r"网友|网民", piece) else piece


def _spaced(name: str) -> list[str]:
    """Names that blanks set apart; a single character is half of a name typed wide (李 明)."""
    found: list[str] = []
    for word in name.split():
        if found and (len(found[-1]) == 1 or len(word) == 1) and len(found[-1]) + len(word) <= 3:
            found[-1] += word
        else:
            found.append(word)
    return found
