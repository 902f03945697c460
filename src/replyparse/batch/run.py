"""One run of a batch: inputs → what is known of them → workers → state → destination."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from replyparse.batch import destinations, engine, fingerprint, remote
from replyparse.batch.destinations import Content, Kind
from replyparse.batch.inputs import Selection, find
from replyparse.batch.outcome import Outcome
from replyparse.batch.state import State
from replyparse.batch.work import Asked, Result
from replyparse.errors import BatchError, UnreadableError
from replyparse.files import leftovers, remove
from replyparse.reading.document import shown

if TYPE_CHECKING:
    import datetime as dt

Watch = Callable[[Outcome, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do. `timeout` is in seconds for each document, `jobs` counts processes, `lexicon` is a file."""

    inputs: tuple[str, ...]
    destination: str
    form: Literal["json", "yaml"] = "json"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    jobs: int = 1
    timeout: float | None = None
    issued_on: dt.date | None = None
    encoding: str | None = None
    lexicon: Path | None = None
    text: bool = True
    checked: bool = True
    fresh: bool = False
    prune: bool = False
    dedupe: bool = False
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None


@dataclass(slots=True)
class Summary:
    """How a run went: inputs by outcome, what the destination now holds, seconds.

    `errors` are path, class and line of each failure; the failures of earlier runs on inputs of this one count.
    """

    parsed: int = 0
    unchanged: int = 0
    failed: int = 0
    vanished: int = 0
    duplicates: int = 0
    replies: int = 0
    characters: int = 0
    claims: int = 0
    findings: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def inputs(self) -> int:
        """How many inputs have an outcome."""
        return self.parsed + self.unchanged + self.failed


def run(plan: Plan, watch: Watch = lambda outcome, total: None, stopped: Callable[[], bool] = lambda: False) -> Summary:
    """Do what the plan says, and tell `watch` of each outcome with the number of inputs.

    When `stopped` turns true, documents in work are finished, and the destination gets what is done.

    Raises `BatchError` when the run cannot be: a destination that is not one of ours, an extra that is missing, no
    input, no room; `KnowledgeError` for a lexicon that does not validate.
    """
    try:
        return _run(plan, watch, stopped)
    except sqlite3.Error as error:
        raise BatchError(f"{plan.destination}.state: cannot be written: {error}") from None


def _run(plan: Plan, watch: Watch, stopped: Callable[[], bool]) -> Summary:
    begun = time.perf_counter()
    kind = destinations.kind_of(plan.destination, plan.form)
    asked, print_ = _asked(plan, kind)
    summary = Summary()
    with _workplace(plan, kind) as (target, known), closing(State(known, print_, fresh=plan.fresh)) as state:
        total = state.find(find(plan.inputs, _selection(plan, target, known)))
        if not total:
            raise BatchError(f"no input among {', '.join(map(shown, plan.inputs))}; --include names more")
        for result in _results(plan, state, asked, stopped):
            state.keep(result)
            outcome = _outcome(result, state)
            _count(summary, outcome)
            watch(outcome, total)
        summary.interrupted = summary.inputs < total
        summary.vanished = state.settle(whole=not summary.interrupted, prune=plan.prune)
        _render(plan, kind, state, target)
        _conclude(summary, plan, state)
    summary.seconds = time.perf_counter() - begun
    return summary


def _asked(plan: Plan, kind: Kind) -> tuple[Asked, str]:
    """What is asked of the workers, and the fingerprint under which its results are kept."""
    asked = Asked(
        kind.product,
        folder=str(Path.cwd()) if plan.engine == "dask" else "",
        text=plan.text,
        checked=plan.checked,
        issued_on=plan.issued_on,
        encoding=plan.encoding,
        timeout=plan.timeout,
    )
    if plan.lexicon is None:
        return asked, fingerprint.of(asked, None)
    from replyparse.lexicon import read

    extension = read(plan.lexicon)
    return replace(asked, lexicon=pickle.dumps(extension)), fingerprint.of(asked, plan.lexicon.read_bytes())


@contextmanager
def _workplace(plan: Plan, kind: Kind) -> Iterator[tuple[Path, Path]]:
    """Where destination and state are made: in place, or in a folder of our own for a destination behind a URL."""
    if not remote.is_url(plan.destination):
        target = Path(plan.destination).resolve()
        yield target, _claimed(target, plan)
        return
    if kind.module == "folder":
        raise BatchError(f"{plan.destination}: a folder of records must be local; use .jsonl, .parquet or .sqlite")
    with tempfile.TemporaryDirectory(prefix="replyparse-") as folder:
        target = Path(folder) / plan.destination.rstrip("/").rpartition("/")[2]
        known = target.with_name(target.name + ".state")
        for path, url in ((target, plan.destination), (known, f"{plan.destination}.state")):
            remote.fetch(url, path)
        before = known.read_bytes() if known.exists() else None
        _claimed(target, plan)
        yield target, known
        if known.read_bytes() != before:
            remote.publish(target, plan.destination)
            remote.publish(known, f"{plan.destination}.state")


def _claimed(target: Path, plan: Plan) -> Path:
    """The file of the state of a destination. Raises `BatchError` for a destination that is not ours to replace."""
    known = target.with_name(target.name + ".state")
    if any(not remote.is_url(name) and Path(name).resolve() == target for name in plan.inputs):
        raise BatchError(f"{plan.destination}: is an input; name another destination")
    if not target.parent.is_dir():
        raise BatchError(f"{plan.destination}: there is no folder {shown(str(target.parent))}")
    empty = target.is_dir() and not any(target.iterdir())
    if target.exists() and not empty and not known.exists():
        raise BatchError(
            f"{plan.destination}: exists, and there is no {known.name} beside it that says it is an output of ours; "
            "name another destination or remove it"
        )
    for part in leftovers(target):
        remove(part)
    return known


def _selection(plan: Plan, target: Path, known: Path) -> Selection:
    own = frozenset({target, known, *(Path(f"{known}{end}") for end in ("-wal", "-shm", "-journal"))})
    return Selection(plan.include, plan.exclude, own)


def _results(plan: Plan, state: State, asked: Asked, stopped: Callable[[], bool]) -> Iterator[Result]:
    for name, problem in state.problems():
        yield Result(name, "failed", error=UnreadableError(problem))
    chosen = engine.dask(plan.scheduler) if plan.engine == "dask" else engine.local(plan.jobs)
    with chosen as opened:
        yield from engine.results(opened, state.tasks(), asked, stopped)


def _outcome(result: Result, state: State) -> Outcome:
    """The outcome of an input; one that failed before and is unchanged fails again."""
    if result.status == "unchanged":
        remembered = state.error(result.name)
        return Outcome(result.name, "failed" if remembered else "unchanged", error=remembered)
    return Outcome(result.name, result.status, error=result.error)


def _count(summary: Summary, outcome: Outcome) -> None:
    setattr(summary, outcome.status, getattr(summary, outcome.status) + 1)


def _render(plan: Plan, kind: Kind, state: State, target: Path) -> None:
    """Make the destination, unless it is what would be made."""
    version = f"{state.version} {plan.dedupe} {kind.module}"
    if state.rendered == version and target.exists():
        return
    destinations.write(kind, Content(state, plan.dedupe, kind.product), target)
    state.remember("rendered", version)
    state.commit()


def _conclude(summary: Summary, plan: Plan, state: State) -> None:
    summary.duplicates = state.duplicates()
    summary.replies, summary.characters, summary.claims, summary.findings = state.totals(dedupe=plan.dedupe)
    summary.errors = list(state.failed())
