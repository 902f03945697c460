"""The store: what is kept is what would be made, and nothing that lies in its folder can do harm."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Run
from replyparse import store
from replyparse.patterns import regex

PATTERNS = [
    (r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[家名元%])?", 0),
    (r"[\u4e00-\u9fff]{2,4}(?<![的了])", 0),
    (r"[^,。;:\n]*(?=[,。;:])", 0),
    (r"a b  # comment", re.VERBOSE | re.IGNORECASE),
    (r"^第.+?章$", re.MULTILINE),
    (r"(?P<a>.)(?P<b>.)?(?P=a)", re.DOTALL),
    ("", 0),
]
TEXT = "第一章\n建成12.5 家, AB 共30名;近3年累计;XX\n第二章"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a store of this test's own."""
    monkeypatch.setenv("REPLYPARSE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Makes `regex` begin with what lies in the folder, as a new process does."""

    def begin() -> None:
        kept = store._Store()
        monkeypatch.setattr(store, "kept", kept.kept)
        monkeypatch.setattr(store, "save", kept.save)

    begin()
    return begin  # type: ignore[return-value]


def refuse() -> None:
    raise AssertionError("was made again")


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_the_pattern(folder: Path, fresh, pattern: str, flags: int) -> None:
    regex(pattern, flags)
    store.save()
    fresh()
    kept, made = regex(pattern, flags), re.compile(pattern, flags)
    assert (kept.pattern, kept.flags, kept.groups) == (made.pattern, made.flags, made.groups)
    assert dict(kept.groupindex) == dict(made.groupindex)
    assert [(m.span(), m.groups(), m.groupdict()) for m in kept.finditer(TEXT)] == [
        (m.span(), m.groups(), m.groupdict()) for m in made.finditer(TEXT)
    ]


def test_a_pattern_that_is_none_is_an_error_as_ever(folder: Path, fresh) -> None:
    with pytest.raises(re.error, match="unterminated character set"):
        regex("[a")


def test_what_was_kept_is_not_made_again(folder: Path, fresh) -> None:
    assert store.kept("test", ("key", 1), lambda: {"甲": (1, b"2", None)}) == {"甲": (1, b"2", None)}
    store.save()
    fresh()
    assert store.kept("test", ("key", 1), refuse) == {"甲": (1, b"2", None)}
    assert store.kept("test", ("key", 2), lambda: 3) == 3
    assert store.kept("other", ("key", 1), lambda: 4) == 4


def test_nothing_is_written_unless_something_is_new(folder: Path, fresh) -> None:
    store.save()
    assert not folder.exists()
    store.kept("test", 1, lambda: 1)
    store.save()
    [file] = folder.iterdir()
    before = file.stat().st_mtime_ns
    fresh()
    store.kept("test", 1, refuse)
    store.save()
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data.replace(b"replyparse", b"replyparsf", 1),
        lambda data: data.replace(b"store ", b"stove ", 1),
        lambda data: b"\0" * len(data),
    ],
)
def test_a_damaged_store_counts_as_empty(folder: Path, fresh, damage) -> None:
    store.kept("test", 1, lambda: "old")
    store.save()
    [file] = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    fresh()
    assert store.kept("test", 1, lambda: "new") == "new"
    store.save()
    fresh()
    assert store.kept("test", 1, refuse) == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="no modes of files")
def test_a_folder_that_others_can_write_is_not_trusted(folder: Path, fresh) -> None:
    store.kept("test", 1, lambda: "planted")
    store.save()
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    fresh()
    assert store.kept("test", 1, lambda: "made") == "made"


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("REPLYPARSE_CACHE", str(tmp_path / "file" / "cache"))
    assert store.kept("test", 1, lambda: 1) == 1
    store.save()
    assert store.kept("test", 1, refuse) == 1


def test_the_folder_follows_the_convention(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("REPLYPARSE_CACHE")
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert store.folder() == Path("/home/somebody/.cache/replyparse")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert store.folder() == Path("/elsewhere/replyparse")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert store.folder() is None
    monkeypatch.setattr(sys, "platform", "darwin")
    assert store.folder() == Path("/home/somebody/Library/Caches/replyparse")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert store.folder() == Path("/local/replyparse")
    monkeypatch.setenv("REPLYPARSE_CACHE", "")
    assert store.folder() is None


def test_the_command_line_keeps_and_says_the_same(run: Run, wuhan: Path, tmp_path: Path) -> None:
    """One run without a store, one that makes it, one that uses it, and one of the long form."""
    outputs = [
        run("extract", wuhan, REPLYPARSE_CACHE=""),
        run("extract", wuhan, REPLYPARSE_CACHE=str(tmp_path / "cache")),
        run("extract", wuhan, REPLYPARSE_CACHE=str(tmp_path / "cache")),
        run("extract", wuhan, "--format", "json", REPLYPARSE_CACHE=str(tmp_path / "cache")),
    ]
    assert {(done.returncode, done.stdout, done.stderr) for done in outputs} == {(0, outputs[0].stdout, b"")}
    assert len(list((tmp_path / "cache").iterdir())) == 1
