"""The stages in order: text → shadow → layout → marks → ledger → header → claims → record → findings.

This file is the one place that knows the order. Stages never call one another; what they need arrives here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from replyparse import (
    changes,
    checks,
    citations,
    claims,
    commitments,
    counting,
    header,
    kinds,
    ledger,
    links,
    metrics,
    names,
    numerals,
    periods,
    quantities,
    scan,
    sections,
    tables,
)
from replyparse.knowledge import Extension, using
from replyparse.ledger import Ledger
from replyparse.lines import Layout, lay_out
from replyparse.mark import Mark
from replyparse.outline import Outline, Part
from replyparse.patterns import regex
from replyparse.record import (
    Citation,
    Claim,
    Commitment,
    Header,
    NumeralEntry,
    Quantity,
    ReplyRecord,
    Section,
    Source,
    Span,
)
from replyparse.requests import Requests
from replyparse.shadow import Shadow, fold, simplified
from replyparse.stated import Shifted, Stated, Ties, situate
from replyparse.timeline import Timeline


class Reading(NamedTuple):
    """Everything the stages found, on the shadow text: what a record is made of, and what `explain` shows."""

    shadow: Shadow
    layout: Layout
    outline: Outline
    ledger: Ledger
    header: Header
    timeline: Timeline
    quantities: tuple[Stated, ...]
    ties: Ties
    drafts: tuple[claims.Draft, ...]
    promises: tuple[commitments.Promise, ...]
    cited: tuple[citations.Cited, ...]
    lexicon: Extension | None


def parse(
    text: str,
    *,
    source: Source,
    issued_on: dt.date | None = None,
    lexicon: Extension | None = None,
    checked: bool = True,
) -> ReplyRecord:
    """The record of a reply's text. `issued_on` stands in for, or overrides, the date of signing in the text.

    `lexicon` adds a user's rows to the built-in knowledge; `checked` fills the findings.
    """
    record = assemble(read(text, issued_on=issued_on, lexicon=lexicon), source)
    return record.model_copy(update={"findings": checks.check(record)}) if checked else record


def read(text: str, *, issued_on: dt.date | None = None, lexicon: Extension | None = None) -> Reading:
    """Run every stage on a text and keep what each found."""
    with using(lexicon):
        reading = _read(text, issued_on, lexicon)
    scan.forget()
    return reading


def _read(text: str, issued_on: dt.date | None, lexicon: Extension | None) -> Reading:
    shadow = fold(text)
    layout = lay_out(shadow.text)
    outline = sections.divide(layout)
    head = header.read(shadow, layout, outline, issued_on)
    dates = periods.find(shadow.text)
    cells = tables.find(layout, _amount)
    settled = _settle(shadow.text, outline, [*head.marks, *dates, *(cell.mark for cell in cells)])
    timeline = Timeline(shadow.text, layout, _won(dates, settled), head.header.issued_on)
    stated = situate(shadow.text, layout, [mark for mark in settled.marks if _stands(mark, timeline)])
    requests = Requests(layout)
    in_tables = {cell.mark.span: cell for cell in cells}
    ties = _ties(shadow.text, outline, stated, in_tables)
    stated = links.with_rates(shadow.text, stated, ties.parents)
    drafts = _draft(layout, outline, timeline, requests, stated, ties, in_tables)
    promises = commitments.find(layout, outline, requests.hold_at, timeline.ahead())
    cited = tuple(citations.find(shadow.text))
    return Reading(
        shadow=shadow,
        layout=layout,
        outline=outline,
        ledger=settled,
        header=head.header,
        timeline=timeline,
        quantities=stated,
        ties=ties,
        drafts=tuple(drafts),
        promises=tuple(promises),
        cited=cited,
        lexicon=lexicon,
    )


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, in order: number, unit and what bounds it, whether or not it is a claim.

    Numbers without a unit are quantities too where they do not seem to be a code, a year or a part of a word. The text
    may be in traditional characters; units are given in simplified ones.

    >>> [(q.text, q.value, q.unit, q.comparator) for q in find_quantities("每人每月不低于２００元")]
    [('２００元', Decimal('200'), '元/人·月', 'ge')]
    """
    shadow = fold(text)
    found: list[Quantity] = []
    with using(None):
        marks = quantities.find(simplified(shadow.text))
    for mark in marks:
        span, amount = shadow.origin(mark.span), mark.value
        found.append(
            Quantity(
                span=span,
                text=text[span.start : span.end],
                value=amount.value,
                low=amount.low,
                high=amount.high,
                unit=amount.unit,
                dimension=amount.dimension,
                comparator=amount.comparator,
            )
        )
    return found


def _amount(printed: str) -> Mark | None:
    """A figure and its unit read as one quantity, None where they make none."""
    marks = quantities.find(printed)
    return marks[0] if len(marks) == 1 and marks[0].span == Span(0, len(printed)) else None


def _settle(text: str, outline: Outline, found: Sequence[Mark]) -> Ledger:
    """All readings of numerals before the ledger, and what is left after it to the words it stands in."""
    every = numerals.find(text)
    counted = counting.screen(text, quantities.find(text))
    settled = ledger.settle(every, [*outline.labels, *found, *names.find(text), *counted], len(text))
    leftovers = [entry.span for entry in settled.entries if entry.what == "unknown"]
    explained = {mark.span: mark for mark in names.inside_words(text, leftovers)}
    entries = [explained.get(entry.span, entry) for entry in settled.entries]
    return settled._replace(entries=ledger.by_list(text, entries))


def _stands(mark: Mark, timeline: Timeline) -> bool:
    """Whether a mark parts the words around it: years that are only compared with (比2019年) do not."""
    return not isinstance(mark.value, periods.Expression) or timeline.governs(mark)


def _won(proposed: Sequence[Mark], settled: Ledger) -> tuple[Mark, ...]:
    """Those of the proposed marks that the ledger let stand, and those without a numeral to fight over (目前)."""
    taken = set(settled.marks)
    return tuple(mark for mark in proposed if mark in taken)


def _draft(
    layout: Layout,
    outline: Outline,
    timeline: Timeline,
    requests: Requests,
    stated: Sequence[Stated],
    ties: Ties,
    cells: Mapping[Span, tables.Cell],
) -> list[claims.Draft]:
    if not stated:
        return []
    text, parents, steps = layout.text, ties.parents, ties.steps
    titles = {i: cells[q.span].title for i, q in enumerate(stated) if q.span in cells}
    roles = [outline.part_at(q.span.start).role for q in stated]
    named = metrics.name(text, stated, ties)
    phrases = [metric.text for metric in named]
    reader = claims.PeriodReader(text, timeline, outline.part_at, stated, steps, titles)
    kind_reader = kinds.KindReader(layout, requests, roles, parents, steps, timeline.issued_on)
    dated = [reader.read(i) for i in range(len(stated))]
    stated_at = [moment.mark.span.start if moment.mark else -1 for moment in dated]
    read_kinds = kind_reader.read_all(stated, phrases, [moment.period for moment in dated], stated_at)
    for i, judged in enumerate(read_kinds):
        if judged.kind in {"target", "proposed"}:
            dated[i] = reader.read(i, judged.kind)
    places = claims.scopes(text, stated, parents)
    starts = links.baselines(stated, phrases, [judged.kind for judged in read_kinds])
    changed: list[Shifted] = []
    for q in stated:
        cell = cells.get(q.span)
        changed.append(changes.headed(cell.metric) if cell else changes.read(text, q, changed[-1] if changed else None))
    return [
        claims.Draft(q, named[i], read_kinds[i], changed[i], dated[i], places[i], parents.get(i), starts.get(i))
        for i, q in enumerate(stated)
    ]


def _ties(text: str, outline: Outline, stated: Sequence[Stated], cells: Mapping[Span, tables.Cell]) -> Ties:
    """How the quantities hang together, and what headings and columns they stand under."""
    parts = {part.id: part for part in outline.parts}
    topics = [_topic(parts, outline.part_at(q.span.start)) for q in stated]
    headed = {i: cells[q.span].metric for i, q in enumerate(stated) if q.span in cells}
    return Ties(links.parts(text, stated), links.steps(text, stated), topics, headed)


def _topic(parts: Mapping[str, Part], part: Part | None) -> str:
    """The heading that a place stands under, '' where there is none."""
    while part is not None and not part.title:
        part = parts.get(part.parent) if part.parent else None
    return part.title or "" if part else ""


def assemble(reading: Reading, source: Source) -> ReplyRecord:
    """The record of a reading: ids given, every span mapped back to the original text."""

    made_claims = [_claim(i, draft, reading) for i, draft in enumerate(reading.drafts)]
    targets = [(d.quantity.span, f"c{i + 1}") for i, d in enumerate(reading.drafts) if d.kind.kind == "target"]
    return ReplyRecord(
        source=source,
        text=reading.shadow.original,
        header=reading.header,
        sections=_sections(reading),
        claims=made_claims,
        commitments=[_commitment(i, promise, reading, targets) for i, promise in enumerate(reading.promises)],
        citations=[_citation(cited, reading) for cited in reading.cited],
        numerals=_numerals(reading),
    )


def _sections(reading: Reading) -> list[Section]:
    shadow, end = reading.shadow, len(reading.shadow.text)

    def boundary(offset: int) -> int:
        if offset == 0:
            return 0
        return len(shadow.original) if offset >= end else shadow.boundary(offset)

    return [
        Section(
            id=part.id,
            parent=part.parent,
            level=part.level,
            label=part.label,
            title=part.title,
            role=part.role,
            span=Span(boundary(part.span.start), boundary(part.span.end)),
            heading_span=shadow.origin(part.heading) if part.heading else None,
        )
        for part in reading.outline.parts
    ]


def _claim(index: int, draft: claims.Draft, reading: Reading) -> Claim:
    q, origin = draft.quantity, reading.shadow.origin
    amount = q.amount
    return Claim(
        id=f"c{index + 1}",
        section=reading.outline.part_at(q.span.start).id,
        span=origin(q.span),
        sentence=origin(_holding(_trimmed(reading.shadow.text, q.sentence), q.span)),
        metric=draft.metric.text,
        value=_number(amount.value),
        low=_number(amount.low),
        high=_number(amount.high),
        unit=amount.unit,
        dimension=amount.dimension,
        comparator=amount.comparator,
        kind=draft.kind.kind,
        change=draft.change.change,
        period=draft.period.period,
        scope=draft.scope.scope,
        part_of=None if draft.part_of is None else f"c{draft.part_of + 1}",
        baseline=None if draft.baseline is None else f"c{draft.baseline + 1}",
    )


def _holding(sentence: Span, span: Span) -> Span:
    """A sentence, as far as a quantity in it reaches: an overlong one may have been cut inside a number."""
    return Span(min(sentence.start, span.start), max(sentence.end, span.end))


def _number(value: Decimal | None) -> int | float | None:
    """A JSON number: an integer when whole."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else float(value)


def _trimmed(text: str, span: Span) -> Span:
    """A span without the blanks and line ends at its edges."""
    stretch = text[span.start : span.end]
    left = len(stretch) - len(stretch.lstrip())
    return Span(span.start + left, span.end - (len(stretch) - len(stretch.rstrip()))) if stretch.strip() else span


def _commitment(
    index: int, promise: commitments.Promise, reading: Reading, targets: Sequence[tuple[Span, str]]
) -> Commitment:
    """The commitment of a promise, with those of the targets, given in order, that stand in it."""
    shadow = reading.shadow
    actor = shadow.text[promise.actor.start : promise.actor.end] if promise.actor else reading.header.agency
    first, last = (bisect_left(targets, (Span(offset, 0), "")) for offset in promise.span)
    held = [claim for span, claim in targets[first:last] if span.within(promise.span)]
    return Commitment(
        id=f"k{index + 1}",
        section=reading.outline.part_at(promise.span.start).id,
        span=shadow.origin(promise.span),
        actor=actor,
        strength=promise.strength,
        deadline=_deadline(promise.span, bool(held), reading),
        claims=held,
    )


#: 研究“十五五”期间补助政策, 编制2025年预算: the time of what is worked at, no deadline.
_SUBJECT = regex(r"(?:研究|编制|制定|谋划|修订)[“]?$")
#: What recurs or is only explored takes no deadline from what is said before it.
_APART = regex(r"每年|(?:将|积极)?(?:探索|研究|鼓励|考虑)")
#: 在年底绩效评估后: an event after which something follows.
_AFTER = regex(r"[\u4e00-\u9fff]{2,10}后[^续期]")


def _deadline(span: Span, measured: bool, reading: Reading) -> dt.date | None:
    """By when a commitment holds: the end of the last time stated in it, else of one stated before in its sentence.

    A time from before holds for what is measured (年底前新建30家,争取新增平台2个), not for intentions without a figure
    (同时把服务向老人延伸), and a length of time (三年内) ends when nobody says it began.
    """
    timeline = reading.timeline
    sentence = reading.layout.sentence_at(span.start).start
    own = timeline.stated(span.end, after=span.start)
    text = reading.shadow.text
    apart = _APART.match(text, span.start)
    earlier = timeline.stated(span.start, after=sentence) if measured and not own and not apart else []
    for mark in (*own, *earlier):
        named = text[mark.span.start : mark.span.end].endswith("规划")  # “十五五”规划 is no time
        named = named or _SUBJECT.search(text, span.start, mark.span.start) is not None
        if named or _AFTER.match(text, mark.span.end) or mark.value.bound in {"now", "since", "elapsed"}:
            continue
        period = timeline.resolve(mark)
        if period is None or period.end is None:
            continue
        if timeline.issued_on is None or period.end >= timeline.issued_on:
            return period.end
        if mark.span.start < span.start:
            return None
    return None


def _citation(cited: citations.Cited, reading: Reading) -> Citation:
    shadow = reading.shadow
    return Citation(
        title=shadow.printed(cited.title),
        doc_number=shadow.printed(cited.number) if cited.number else None,
        span=shadow.origin(cited.span),
        year=cited.year,
    )


def _numerals(reading: Reading) -> list[NumeralEntry]:
    """Every numeral of the original text: those of the shadow, and page numbers, which the shadow leaves out."""
    entries = [
        NumeralEntry(span=reading.shadow.origin(entry.span), what=entry.what) for entry in reading.ledger.entries
    ]
    for dropped in reading.shadow.dropped:
        line = reading.shadow.original[dropped.start : dropped.end]
        for numeral in numerals.find(line):
            span = Span(dropped.start + numeral.span.start, dropped.start + numeral.span.end)
            entries.append(NumeralEntry(span=span, what="label"))
    return sorted(entries, key=lambda entry: entry.span)
