"""A table for eyes: what the reply says of itself, its sections, its claims. Laid out by rich, in Chinese."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from replyparse.writers import Rendering
from replyparse.writers.labels import KINDS, ROLES

if TYPE_CHECKING:
    from replyparse.record import Claim, Header, Period, ReplyRecord

_COMPARATORS = {"eq": "", "approx": "≈", "gt": ">", "ge": "≥", "lt": "<", "le": "≤", "range": ""}
_DIRECTIONS = {"increase": "增", "decrease": "减"}
_MATTERS = {"proposal": "政协提案", "suggestion": "人大建议", "message": "群众来信", "other": None}
_DISCLOSURE = {"public": "公开", "partial": "部分公开", "withheld": "不公开"}
_LONG = 28  # characters of a section title that is shown

#: Characters that would move the cursor or colour the terminal.
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def render(records: Iterable[ReplyRecord], options: Rendering) -> Iterator[str]:
    """Yield the page of each record, with ANSI colours only where `options.color` asks for them."""
    for record in records:
        page = io.StringIO()
        console = Console(
            file=page,
            width=options.width,
            color_system="standard" if options.color else None,
            force_terminal=options.color,
            no_color=not options.color,
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
        )
        console.print(_text(record.source.name or "", "bold"))
        console.print(_header(record.header))
        console.print(_sections(record))
        console.print(_claims(record))
        lines = (line.rstrip() for line in page.getvalue().split("\n"))
        yield "\n".join(lines).rstrip("\n") + "\n\n"


def _text(value: object, style: str = "") -> Text:
    """A cell: never markup, on one line, without characters that steer a terminal."""
    return Text(_CONTROL.sub(" ", "" if value is None else str(value)), style=style)


def _header(header: Header) -> Table:
    """The fields that the reply states, one a line."""
    term = f"{header.term}届" if header.term else ""
    session = f"{header.session}次" if header.session else ""
    contacts = [" ".join(part for part in (contact.name, contact.phone) if part) for contact in header.contacts]
    fields = {
        "标题": header.title,
        "类别": _MATTERS[header.matter],
        "会议": f"{header.body_name or ''} {term}{session}".strip(),
        "编号": header.number,
        "案由": header.subject,
        "文号": header.doc_number,
        "答复单位": header.agency,
        "答复对象": "、".join(header.addressees),
        "日期": header.issued_on,
        "办理结果": header.outcome,
        "公开": header.disclosure and _DISCLOSURE[header.disclosure],
        "签发人": header.signer,
        "联系人": "；".join(contacts),
        "抄送": "、".join(header.cc),
        "发布日期": header.published_on,
    }
    grid = Table.grid(padding=(0, 2))
    for label, value in fields.items():
        if value:
            grid.add_row(_text(label, "dim"), _text(value))
    return grid


def _sections(record: ReplyRecord) -> Tree:
    """The tree of sections, each with its role and the number of claims that stand in it."""
    counts: dict[str, int] = {}
    for claim in record.claims:
        counts[claim.section] = counts.get(claim.section, 0) + 1
    root = Tree(_text("章节", "bold"), guide_style="dim")
    nodes: dict[str | None, Tree] = {None: root}
    for section in record.sections:
        title = f"{section.label or ''}{section.title or ''}" or "（无标题）"
        line = _text(title if len(title) <= _LONG else title[: _LONG - 1] + "…")
        line.append(f"  {ROLES[section.role]}", "cyan")
        if section.id in counts:
            line.append(f"  {counts[section.id]}项", "dim")
        nodes[section.id] = nodes[section.parent].add(line)
    return root


def _claims(record: ReplyRecord) -> Table:
    table = Table(box=SIMPLE_HEAD, title=f"数字陈述 {len(record.claims)}", title_justify="left", pad_edge=False)
    for heading in ("编号", "节", "指标"):
        table.add_column(heading, overflow="fold")
    table.add_column("数值", justify="right", overflow="fold")
    for heading in ("单位", "性质", "变化", "时期", "范围", "属于"):
        table.add_column(heading, overflow="fold")
    for claim in record.claims:
        change = claim.change and f"{claim.change.basis or ''}{_DIRECTIONS[claim.change.direction]}"
        cells = (claim.id, claim.section, claim.metric, _amount(claim), claim.unit, KINDS[claim.kind])
        rest = (change, _period(claim.period), claim.scope, claim.part_of)
        table.add_row(*(_text(cell) for cell in (*cells, *rest)))
    return table


def _amount(claim: Claim) -> str:
    if claim.value is None:
        return f"{_number(claim.low)}–{_number(claim.high)}"
    return _COMPARATORS[claim.comparator] + _number(claim.value)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def _period(period: Period | None) -> str:
    """The dates a period stands for, as short as they can be: 2022, 2023-01..06, ..2025."""
    if period is None:
        return ""
    start = _short(period.start, first=True)
    end = _short(period.end, first=False)
    if start == end:
        return start
    if start[:4] == end[:4] and len(start) == len(end) > 4:
        end = end[5:]
    return f"{start}..{end}"


def _short(day: dt.date | None, *, first: bool) -> str:
    """A day as its year or month where it opens (or, as the last day, closes) that."""
    if day is None:
        return ""
    after = day if first else day + dt.timedelta(days=1)
    if after.day != 1:
        return day.isoformat()
    return f"{day:%Y}" if after.month == 1 else f"{day:%Y-%m}"
