"""Scores replyparse against gold files: fixtures/README.md describes their format, docs/record.md the meanings.

    python tests/quality/score.py [FOLDER ...] [--json] [--errors N] [--only KIND]

Prints one measure a line, each between 0 and 1. `--errors` lists what was missed, wrong or spurious; `--only period`
keeps the errors of one kind.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gold as goldfiles
import replyparse
from alike import header_value, same_number, same_phrase, shared, squash, unit_of
from gold import Gold, place
from replyparse.record import Claim, Header, ReplyRecord, Span

_COMMITMENT_SHARE = 0.5  # of a gold commitment must be covered


#: A measure, whether gold and record agree, and what each says.
Comparison = tuple[str, bool, Any, Any]


@dataclass
class Scores:
    """What was right of what there was, by measure, and a line about each thing that was not."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, measure: str, ok: bool, note: str = "") -> bool:
        """Count one comparison; `note` is kept when it failed."""
        self.right[measure] += ok
        self.total[measure] += 1
        if not ok and note:
            self.errors.append(f"{measure}: {note}")
        return ok

    def sets(self, measure: str, want: set[Any], got: set[Any], name: str) -> None:
        """Count two sets for an F1: twice what they share, of what both hold."""
        self.right[measure] += 2 * len(want & got)
        self.total[measure] += len(want) + len(got)
        self.errors += [f"{measure}: {name} missed {item}" for item in sorted(want - got, key=str)]
        self.errors += [f"{measure}: {name} spurious {item}" for item in sorted(got - want, key=str)]

    def rate(self, measure: str) -> float | None:
        """The share that was right, None where nothing was compared."""
        return self.right[measure] / self.total[measure] if self.total[measure] else None

    def figures(self) -> dict[str, float | None]:
        """All measures, the summaries first."""
        found = self.right["claim_found"] + self.right["spurious"]
        return {
            "documents": self.total["document"],
            "claims": self.total["claim_found"],
            "claim_precision": _share(self.right["claim"], found),
            "claim_recall": self.rate("claim"),
            "claim_f1": _share(2 * self.right["claim"], found + self.total["claim"]),
            "full_claim_f1": _share(2 * self.right["full_claim"], found + self.total["claim"]),
            **{measure: self.rate(measure) for measure in _MEASURES},
        }


_MEASURES = (
    *("value", "unit", "comparator", "kind", "period", "metric", "change"),
    *("role_accuracy", "heading_f1", "header", "citation_f1"),
    *("commitment_found", "commitment_deadline", "commitment_strength", "finding"),
    *("numeral_accounted", "numeral_known", "span_valid", "text_identical"),
)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


# --- the comparisons -------------------------------------------------------------------------------------------------


def score(name: str, text: str, gold: Gold, record: ReplyRecord, scores: Scores) -> None:
    """Compare one record with its gold."""
    scores.add("document", True)
    scores.add("text_identical", record.text == text, name)
    _score_claims(name, text, gold, record, scores)
    _score_roles(name, text, gold, record, scores)
    _score_rest(name, text, gold, record, scores)
    _score_numerals(name, text, record, scores)


def _score_claims(name: str, text: str, gold: Gold, record: ReplyRecord, scores: Scores) -> None:
    """Each gold claim takes the claim of the record that covers most of it; what is left over is spurious."""
    for claim in record.claims:
        inside = 0 <= claim.span.start < claim.span.end <= len(text)
        scores.add("span_valid", inside and claim.span.within(claim.sentence), f"{name} {claim.id}")
    free = list(record.claims)
    for want in gold.claims:
        span = place(text, want.q, want.n)
        where = f"{name} {want.q!r} in {text[max(0, span.start - 18) : span.end + 10]!r}"
        covering = [claim for claim in free if shared(span, claim.span)]
        scores.add("claim_found", bool(covering), where)
        if not covering:
            scores.add("claim", False)
            continue
        claim = max(covering, key=lambda claim: shared(span, claim.span))
        free.remove(claim)
        amount = _compare(scores, where, _amounts(want, claim))
        described = _compare(scores, where, _attributes(want, claim))
        scores.add("claim", amount)
        scores.add("full_claim", amount and described)
    grey = [place(text, quantity.q, quantity.n) for quantity in gold.optional]
    for claim in free:
        if not any(claim.span.overlaps(span) for span in grey):
            start, end = claim.span
            scores.right["spurious"] += 1
            scores.errors.append(f"spurious: {name} {text[start:end]!r} in {text[max(0, start - 18) : end + 10]!r}")


def _amounts(want: goldfiles.Claim, claim: Claim) -> Iterator[Comparison]:
    wanted, got = (want.value, want.low, want.high), (claim.value, claim.low, claim.high)
    compared = (0,) if want.value is not None else (1, 2)
    yield "value", all(same_number(wanted[i], got[i]) for i in compared), wanted, got
    yield "unit", unit_of(want.unit) == unit_of(claim.unit), want.unit, claim.unit


def _attributes(want: goldfiles.Claim, claim: Claim) -> Iterator[Comparison]:
    yield "comparator", want.comparator == claim.comparator, want.comparator, claim.comparator
    yield "kind", want.kind == claim.kind, want.kind, claim.kind
    yield "metric", same_phrase(claim.metric, want.metric), want.metric, claim.metric
    if "period" in want.model_fields_set:
        period = (claim.period.start, claim.period.end) if claim.period else (None, None)
        yield "period", (want.period or (None, None)) == period, want.period, period
    if "change" in want.model_fields_set:
        direction = claim.change.direction if claim.change else None
        yield "change", want.change == direction, want.change, direction


def _compare(scores: Scores, where: str, comparisons: Iterable[Comparison]) -> bool:
    """Count every comparison; whether all were the same."""
    counted = [scores.add(key, same, f"{where}: gold {want}, got {got}") for key, same, want, got in comparisons]
    return all(counted)


def _score_roles(name: str, text: str, gold: Gold, record: ReplyRecord, scores: Scores) -> None:
    if gold.roles:
        starts = [0, *(place(text, turn.start, turn.n).start for turn in gold.roles[1:]), len(text)]
        want = [turn.role for turn, a, b in zip(gold.roles, starts, starts[1:], strict=False) for _ in range(a, b)]
        got: list[str | None] = [None] * len(text)
        for section in sorted(record.sections, key=lambda s: (s.level, s.span.start - s.span.end)):
            got[section.span.start : section.span.end] = [section.role] * (section.span.end - section.span.start)
        pairs = Counter((want[i], got[i]) for i, ch in enumerate(text) if not ch.isspace())
        wrong = {pair: characters for pair, characters in pairs.items() if pair[0] != pair[1]}
        scores.right["role_accuracy"] += pairs.total() - sum(wrong.values())
        scores.total["role_accuracy"] += pairs.total()
        scores.errors += [f"role: {name} {count} characters gold {a}, got {b}" for (a, b), count in wrong.items()]
    if "headings" in gold.model_fields_set:
        numbered = [s for s in record.sections if s.heading_span and 1 <= s.level <= 4]
        found = {(s.heading_span.start, s.level) for s in numbered if s.heading_span}
        listed = {(place(text, heading.text, heading.n).start, heading.level) for heading in gold.headings}
        scores.sets("heading_f1", listed, found, name)


def _score_rest(name: str, text: str, gold: Gold, record: ReplyRecord, scores: Scores) -> None:
    header = record.header.model_dump(mode="json")
    for key in Header.model_fields if gold.header else ():
        want, got = header_value(key, gold.header.get(key)), header_value(key, header[key])
        if want is not None or got is not None:
            scores.add("header", want == got, f"{name} {key}: gold {gold.header.get(key)!r}, got {header[key]!r}")
    if "citations" in gold.model_fields_set:
        listed = {(squash(citation.title), squash(citation.doc_number)) for citation in gold.citations}
        found = {(squash(citation.title), squash(citation.doc_number)) for citation in record.citations}
        scores.sets("citation_f1", listed, found, name)
    for promise in gold.commitments:
        span = place(text, promise.text)
        nearest = max(record.commitments, key=lambda commitment: shared(span, commitment.span), default=None)
        covered = shared(span, nearest.span) if nearest else 0
        if scores.add("commitment_found", covered >= _COMMITMENT_SHARE * len(promise.text), f"{name} {promise.text!r}"):
            for key in promise.model_fields_set & {"deadline", "strength"}:
                want, got = getattr(promise, key), getattr(nearest, key)
                scores.add(f"commitment_{key}", want == got, f"{name} {promise.text!r}: gold {want}, got {got}")
    for rule in gold.findings:
        scores.add("finding", any(finding.rule == rule for finding in record.findings), f"{name} {rule}")


def _score_numerals(name: str, text: str, record: ReplyRecord, scores: Scores) -> None:
    """Every run of digits must have an entry, and hardly any may be `unknown`."""
    for run in re.finditer(r"\d+", text):
        span = Span(*run.span())
        entry = next((entry for entry in record.numerals if entry.span.overlaps(span)), None)
        where = f"{name} {text[max(0, span.start - 10) : span.end + 10]!r}"
        scores.add("numeral_accounted", entry is not None, where)
        scores.add("numeral_known", entry is not None and entry.what != "unknown", where)


# --- the script ------------------------------------------------------------------------------------------------------


def measure(files: Iterable[Path]) -> Scores:
    """Parse the reply of each gold file and compare."""
    scores = Scores()
    for path in files:
        text, gold = goldfiles.load(path)
        score(path.stem, text, gold, replyparse.parse_file(path.with_suffix(".txt")), scores)
    return scores


def table(figures: dict[str, float | None]) -> str:
    """The figures as lines, the measures that nothing was compared for left out."""
    known = {measure: figure for measure, figure in figures.items() if figure is not None}
    return "\n".join(
        f"{measure:<20} {figure:>6}" if isinstance(figure, int) else f"{measure:<20} {figure:.4f}"
        for measure, figure in known.items()
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="folders of gold files")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the first N errors; -1 lists all")
    parser.add_argument("--only", default="", metavar="KIND", help="list only errors that begin with KIND")
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    scores = measure(sorted(p for d in args.folders for p in d.glob("*.json")) if args.folders else goldfiles.files())
    print(json.dumps(scores.figures(), indent=1) if args.json else table(scores.figures()))
    kept = [line for line in scores.errors if line.startswith(args.only)]
    for line in kept if args.errors < 0 else kept[: args.errors]:
        print("  -", line)


if __name__ == "__main__":
    main()
