"""The shadow: a folded copy of the text that rules can match, with an exact map back.

Three things differ between a reply and its shadow, and each is written into the map as it happens:

* width: full-width letters, digits and ASCII punctuation become half-width (１→1, （→( ), 1:1;
* blanks inside dates and numbers and between number and unit disappear (30 万元, 2022年 8月 9日, 百 分 之 三 十);
* hard-wrapped lines are joined, page-number lines between them left out.

A full-width comma becomes an ASCII one like any mark: between digits in groups of three (１，２６７家, 1，267家) it
parts thousands, elsewhere clauses, whatever the width of the digits. Writers mix the widths, and an amount without
unit before a clause that opens with three digits is rarer. Behind 第 it never parts thousands (全省第2，150个).

Nothing else changes, so a rule that matches the shadow speaks about the reply.
"""

from __future__ import annotations

import re
from array import array
from itertools import chain
from typing import NamedTuple

from replyparse.numerals import value_of
from replyparse.patterns import regex
from replyparse.record import Span

#: Full-width ASCII (U+FF01-FF5E) and the blanks that officials type, each to one ASCII character.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTH.update({0x3000: 0x20, 0xA0: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x2009: 0x20, 0x0B: 0x20, 0x0C: 0x20})
_WIDTH[ord("℅")] = ord("%")  # c/o, typed for a per cent sign
_WIDTH.update({ord("﹝"): ord("〔"), ord("﹞"): ord("〕"), ord("﹪"): ord("%")})
_WIDTH.update({ord("﹒"): ord("."), ord("．"): ord(".")})
_WIDTH.update({ord("○"): ord("〇"), ord("Ｏ"): ord("O"), ord("﹣"): ord("-"), ord("−"): ord("-"), ord("〜"): ord("~")})
_WIDE = regex(f"[{re.escape(''.join(map(chr, _WIDTH)))}]")

_HAN = r"\u3400-\u9fff〇"
#: Numeral characters, a scale among which makes a run of them a number and no list.
_CHINESE = "[零一二三四五六七八九十百千万亿两壹贰貳叁參肆伍陆陸柒捌玖拾佰仟兩萬億]"
_MORE = "[余多几幾]"
#: A text that sets its years or long figures so sets all its figures so: 1 9 9 7 年, 1 1 %, 1 5 .3 %.
_SPACED_RUN = regex("[1-9](?<![0-9].)(?<![0-9] .) [0-9] [0-9] [0-9] {0,2}[年万亿元个人]")
_SPACED_DIGITS = regex("(?<=[0-9.]) (?=[0-9.])")
_HABIT = 3  # such runs
_NUMERAL = "[零〇一二三四五六七八九十百千万亿两0-9]"
#: Nouns that a figure behind them numbers: 表1 200家 is no 1200.
_NUMBERED = "(?<![表图注例第式件])"
#: Blanks that stand inside an expression; more than two in a row are layout, as are tabs.
_BLANKS = regex(
    rf"(?<=[0-9%.]) {{1,2}}(?=[{_HAN}%‰℃㎡°])"  # 30 万元, 2022 年
    rf"|(?<=[{_HAN}〔(第]) {{1,2}}(?=[0-9])"  # 共 30, 年 8月
    r"|(?<=[0-9]) (?=[-—–~～至到]{1,2} ?[0-9])|(?<=[0-9][-—–~～至到]) (?=[0-9])"  # 3 — 5
)
#: Expressions typed with a blank between all their characters; the blanks in a match go.
_ALONE = f"(?<!{_NUMERAL})(?<!{_NUMERAL} )"
_LETTER_SPACED = regex(
    rf"(?<![0-9.,])(?<![0-9.,] )[0-9](?: [0-9]){{3,5}}+(?= {{0,2}}[{_HAN}])"  # 2 0 2 2 年
    rf"|(?<=[{_HAN}])(?<!{_NUMERAL}) {{0,2}}[0-9] [0-9](?= {{0,2}}[月日])"  # 年 1 2 月
    rf"|[百佰千仟万] ?分 ?之(?: ?[点點]? ?{_NUMERAL}){{1,16}}+"  # 百 分 之 三 十
    rf"|{_ALONE}{_CHINESE}(?: (?:又|{_CHINESE})){{0,15}}+ 分 ?之(?: ?{_CHINESE}){{1,15}}+"  # 五 分之 一
    rf"|{_ALONE}{_CHINESE}(?: {_MORE}?{_CHINESE}){{1,15}}+(?! ?{_NUMERAL})"  # 一 百 五 十
    rf"|{_ALONE}{_CHINESE}{{2,4}}(?: {_MORE}?{_CHINESE}){{2,15}}+(?! ?{_NUMERAL})"  # 一百 二 十 几亿
    rf"|{_CHINESE} ?{_MORE} ?[十百千万亿萬億]++"  # 十 余 万
    rf"|{_ALONE}[1-9二三四五六七八九] [1-9一二三四五六七八九](?= ?折)"  # 九 五 折
    rf"|{_CHINESE}[点點] {_CHINESE}(?=[个個]?百分[点點])"  # 四点 五个百分点
    rf"|(?<!{_NUMERAL}){_CHINESE} [点點] {_CHINESE}(?! ?{_NUMERAL})"  # 六 点 五
    rf"|(?:(?<={_NUMERAL}) {{1,4}})?(?:[个個] {{0,2}})?百 ?分 ?[点點]"  # 个 百 分 点
)
_CHINESE_ONLY = regex(rf"(?:{_CHINESE}|{_MORE})+")
_SCALE = regex("[十百千万亿萬億拾佰仟]")
#: Digits in groups of three (GB/T 15835): 1 200万元, only between a word or mark and a scale or unit.
_COUNTING = "[万亿元人户家个名亩吨公平立米件辆台套座处项次株头]"
_GROUPED = regex(
    rf"(?<=[{_HAN},。;:、(]){_NUMBERED}[1-9][0-9]{{0,2}}(?: [0-9]{{3}}){{1,4}}+"
    rf"(?=(?:\.[0-9]+)? ?[余多]?{_COUNTING})"
)
_PAGE_NUMBER = regex(
    r"[ \t]*(?:[-—–]{1,2} ?\d{1,4} ?[-—–]{1,2}|第 ?\d{1,4} ?页(?: ?[,/]? ?共 ?\d{1,4} ?页)?|·\d{1,4}·)[ \t]*"
)
#: Lines that a wrapped paragraph cannot continue into: labels, brackets of a new part, indents.
_OPENING = regex(
    r"[ \t]|[(（]?[一二三四五六七八九十]{1,3}[、)）.]|第[一二三四五六七八九十]+(?:部分|[章节])|[①-⑳【]"
    r"|\d{1,2}[、)）]|\d{1,2}\.(?!\d)|[(（]\d{1,2}[)）]"
    r"|附件|抄送|联系|经办|主办|\(?联系"
)
#: Marks typed for others in figures, 1:1: the point of 14·1% and the zero of 二O一九年.
_LOOKALIKE = regex(
    "[·0oO](?:(?<=[0-9]·)(?=[0-9])|(?<=[一二][0oO])(?=[〇○零0oO一二三][一二三四五六七八九〇○零])"
    "|(?<=[一二][〇0oO][0oO])(?=[一二三四五六七八九]))"
)
_MIN_WRAP, _MAX_WRAP = 40, 110  # display columns (two a Han character) a wrapped page can have


class Shadow(NamedTuple):
    """`text` is the folded copy; `offsets[i]` is where its i-th character stands in `original`.

    `offsets` has one more entry than `text` (the end), strictly increases, and `original` differs from
    `text` only by what `fold` documents. `dropped` lists the page-number lines left out, in `original`.
    """

    original: str
    text: str
    offsets: array[int]
    dropped: tuple[Span, ...]

    def origin(self, span: Span) -> Span:
        """The stretch of the original text that a stretch of the shadow stands for."""
        if span.start >= span.end:
            at = self.offsets[span.start]
            return Span(at, at)
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)

    def printed(self, span: Span) -> str:
        """The stretch as the original prints it, without what folding left out inside it (page numbers, wraps)."""
        return "".join(self.original[self.offsets[i]] for i in range(span.start, span.end))

    def boundary(self, offset: int) -> int:
        """Where a cut at `offset` of the shadow falls in the original: before the character that follows it."""
        return self.offsets[offset]


def fold(text: str) -> Shadow:
    """Make the shadow of a text. Any string is accepted; the empty one gives an empty shadow."""
    folded = _LOOKALIKE.sub(lambda mark: "." if mark[0] == "·" else "〇", _narrowed(text))
    removed = _blanks(text, folded) if " " in folded else []
    wraps, dropped = _wraps(folded)
    cuts = sorted(removed + wraps)
    pieces: list[str] = []
    offsets = array("l")
    cursor = 0
    for start, end in cuts:
        if start > cursor:
            pieces.append(folded[cursor:start])
            offsets.extend(range(cursor, start))
        cursor = max(cursor, end)
    pieces.append(folded[cursor:])
    offsets.extend(range(cursor, len(folded) + 1))
    return Shadow(text, "".join(pieces), offsets, tuple(dropped))


def _narrowed(text: str) -> str:
    """The text with `_WIDTH` applied: a pass for each character that stands in it is quicker than `translate`."""
    for character in set(_WIDE.findall(text)):
        text = text.replace(character, chr(_WIDTH[ord(character)]))
    return text


def _blanks(text: str, folded: str) -> list[Span]:
    """The blanks that leave a number, a date or a unit in pieces; two of full width set fields apart."""
    lines = [line for line in _lines(folded) if " " in folded[line.start : line.end].strip()]
    spaced = sum(len(_SPACED_RUN.findall(folded, *line)) for line in lines) >= _HABIT
    removed: list[Span] = []
    for line in lines:
        found = (Span(*match.span()) for match in _BLANKS.finditer(folded, *line))
        removed += [span for span in found if text[span.start : span.end] != "\u3000\u3000"]
        if spaced:
            removed += [Span(*match.span()) for match in _SPACED_DIGITS.finditer(folded, *line)]
        for match in chain(_LETTER_SPACED.finditer(folded, *line), _GROUPED.finditer(folded, *line)):
            printed = match.group()
            joined = printed.replace(" ", "")
            if joined == printed or (_CHINESE_ONLY.fullmatch(joined) and not _one_number(joined, folded, match.end())):
                continue
            removed += [Span(match.start() + i, match.start() + i + 1) for i, c in enumerate(printed) if c == " "]
    return removed


#: Traditional characters of numbers, units and the words that bound them, each with one simplified form.
_TRADITIONAL = dict(
    zip(
        "個箇幣圓塊點萬億兩負數幾餘對雙條項張輛臺戶間層噸畝頃鐘鍾時歲週禮裡裏約達過滿內於僅佔處場輪隻頭顆幀棟盞"
        "類種級筆單門課節頁冊錢銭鎊盧銖韓釐華攝侖頓爾亞羅馬茲碼將給與從為爲補貼勵資總計獎樣縮減長歷員車組隊歐電"
        "壓溫連續樓盤團價標準進擴國區線設備測評藥劑聲鄉鎮縣龜雞貸獲匯縫紋繩",
        "个个币圆块点万亿两负数几余对双条项张辆台户间层吨亩顷钟钟时岁周礼里里约达过满内于仅占处场轮只头颗帧栋盏"
        "类种级笔单门课节页册钱钱镑卢铢韩厘华摄仑顿尔亚罗马兹码将给与从为为补贴励资总计奖样缩减长历员车组队欧电"
        "压温连续楼盘团价标准进扩国区线设备测评药剂声乡镇县龟鸡贷获汇缝纹绳",
        strict=True,
    )
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL)


def simplified(text: str) -> str:
    """A text of the same length in which numbers and units are in simplified characters."""
    return text if _TRADITIONAL.keys().isdisjoint(text) else text.translate(_TO_SIMPLIFIED)


def _lines(folded: str) -> list[Span]:
    """The lines, without their line ends."""
    lines: list[Span] = []
    at = 0
    for line in folded.split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    return lines


def _one_number(joined: str, folded: str, end: int) -> bool:
    """Whether Chinese numerals without their blanks are one number: 一 二 三 is a list, 三 百货 has a word."""
    if folded.startswith(("折", " 折"), end):
        return True
    spaced = len(joined) > 2 or folded.startswith(" ", end)
    return spaced and _SCALE.search(joined) is not None and value_of(re.sub(_MORE, "", joined)) is not None


def _width(line: str) -> int:
    """Columns a line takes: two for a Han character or full-width mark, one for the rest."""
    return sum(2 if ch > "\u2000" else 1 for ch in line)


def _wraps(folded: str) -> tuple[list[Span], list[Span]]:
    """Line breaks that only the page's width made, and the page-number lines among them.

    A text counts as wrapped when most of its fuller lines end within four columns of one common width,
    which is also the widest; then a break after such a full line is a wrap unless the next line opens
    something new. One long paragraph a line, the usual layout, is never touched.
    """
    lines = _lines(folded)
    numbers = [span for span in lines if _PAGE_NUMBER.fullmatch(folded, span.start, span.end)]
    dropped = [Span(s, min(e + 1, len(folded))) for s, e in numbers]
    bodies = [span for span in lines if span not in set(numbers)] if numbers else lines
    printed = [folded[start:end].rstrip() for start, end in bodies]
    if max(map(len, printed), default=0) > _MAX_WRAP:
        return dropped, numbers
    widths = list(map(_width, printed))
    page = max(widths, default=0)
    if not _MIN_WRAP <= page <= _MAX_WRAP:
        return dropped, numbers
    full = sum(width >= page - 4 for width in widths)
    if full < 4 or full < 0.5 * sum(width >= page * 0.6 for width in widths):
        return dropped, numbers
    wraps = list(dropped)
    for (start, end), width, follower in zip(bodies, widths, bodies[1:], strict=False):
        if width < page - 4 or start == end or follower.start == follower.end:
            continue
        if _OPENING.match(folded, follower.start, follower.end):
            continue
        body_end = start + len(folded[start:end].rstrip())
        wraps.append(Span(body_end, end + 1))
    return wraps, numbers
