"""What a project settles once for `replyparse check`: `[tool.replyparse]` of a pyproject.toml, or replyparse.yaml.

The file is looked for upwards from the working directory; the nearest one holds. Paths in it are meant from its folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, PrivateAttr, ValidationError

from replyparse.checks import chosen
from replyparse.errors import ConfigurationError

FailOn = Literal["error", "warning", "info", "never"]

_YAML: Final = "replyparse.yaml"
_TOML: Final = "pyproject.toml"
_MAX_BYTES: Final = 1_000_000


def _known(prefixes: list[str]) -> list[str]:
    chosen(prefixes)
    return prefixes


Prefixes = Annotated[list[str], AfterValidator(_known)]


class Config(BaseModel):
    """The settings of one file; keys are written with hyphens."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=False, alias_generator=lambda name: name.replace("_", "-")
    )

    select: Prefixes | None = None
    ignore: Prefixes = []
    per_file_ignores: dict[str, Prefixes] = {}
    fail_on: FailOn = "error"
    baseline: str | None = None
    lexicon: str | None = None
    _folder: Path = PrivateAttr(Path())

    def overruled(self, *, select: list[str] | None, ignore: list[str] | None) -> Config:
        """These settings with other rules, where others are given."""
        given = {"select": select, "ignore": ignore}
        return self.model_copy(update={key: codes for key, codes in given.items() if codes is not None})

    def path(self, name: str | None) -> Path | None:
        """A path that the file names, from its folder."""
        return None if name is None else self._folder / name

    def ignored_in(self, path: Path) -> list[str]:
        """The prefixes of the rules that do not hold in a file: globs match its path from the folder, or its name."""
        try:
            relative = Path(os.path.relpath(path, self._folder or ".")).as_posix()
        except ValueError:  # another drive
            relative = path.as_posix()
        return [
            prefix
            for glob, prefixes in self.per_file_ignores.items()
            if fnmatchcase(relative, glob) or fnmatchcase(path.name, glob)
            for prefix in prefixes
        ]


def find(start: Path) -> Path | None:
    """The nearest configuration file in a folder or above it; a pyproject.toml counts when it speaks of replyparse."""
    for folder in (start, *start.parents):
        if (folder / _YAML).is_file():
            return folder / _YAML
        project = folder / _TOML
        if project.is_file() and b"tool.replyparse" in _bytes(project):
            return project
    return None


def read(path: Path) -> Config:
    """The settings in a file.

    Raises `ConfigurationError` that names the file and the key: for a file that cannot be read, is not TOML or YAML,
    has a key that does not exist (with the one that was probably meant) or a value of the wrong kind.
    """
    data = _parsed(path)
    if not isinstance(data, dict):
        raise ConfigurationError(f"{path}: must hold settings, such as `fail-on: warning`")
    try:
        settings = Config.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_fault(error)}") from None
    settings._folder = path.absolute().parent
    return settings


def _parsed(path: Path) -> Any:
    try:
        text = _bytes(path).decode("utf-8")
        if path.suffix == ".toml":
            return tomllib.loads(text).get("tool", {}).get("replyparse", {})
        return yaml.safe_load(text) or {}
    except (tomllib.TOMLDecodeError, yaml.YAMLError, UnicodeDecodeError, RecursionError, AttributeError) as error:
        form = "TOML" if path.suffix == ".toml" else "YAML"
        raise ConfigurationError(f"{path}: is no valid {form}: {' '.join(str(error).split())[:200]}") from None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror or error}") from None
    if len(data) > _MAX_BYTES:
        raise ConfigurationError(f"{path}: is larger than {_MAX_BYTES // 1_000_000} MB")
    return data


def _fault(error: ValidationError) -> str:
    """The first thing that is wrong, by its key."""
    first = error.errors()[0]
    keys: Sequence[Any] = first["loc"]
    known = [field.alias or name for name, field in Config.model_fields.items()]
    if first["type"] == "extra_forbidden":
        near = get_close_matches(str(keys[0]), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
        return f"there is no key {keys[0]!r}; {hint}"
    said = first["msg"].removeprefix("Value error, ")
    return f"{'.'.join(map(str, keys))}: {said[:1].lower()}{said[1:]}"
