"""YAML: one document a record, the same data as JSON; dates stay strings, texts of several lines stand as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import yaml

from replyparse.writers import Rendering, plain

if TYPE_CHECKING:
    from replyparse.record import ReplyRecord

_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]
    """The safe dumper, with two representers of its own and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _string(dumper: Any, value: str) -> Any:
    """A text of several lines as a literal block; the emitter quotes those that a block could not hold."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _list(dumper: Any, value: list[Any]) -> Any:
    """A span on one line, other lists as blocks."""
    span = len(value) == 2 and all(type(item) is int for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=span)


_Dumper.add_representer(str, _string)
_Dumper.add_representer(list, _list)


def render(records: Iterable[ReplyRecord], options: Rendering) -> Iterator[str]:
    """Yield a document for each record."""
    for record in records:
        yield yaml.dump(
            plain(record, options),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            explicit_start=True,
            default_flow_style=False,
            width=-1,
        )
