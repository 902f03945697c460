"""The documentation says what the program does: generated blocks, commands, options, examples, links, modules."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml

import replyparse
from replyparse.cli.app import app
from replyparse.reading import MAX_BYTES, readable_formats
from replyparse.writers import OutputFormat
from update_docs import PAGES, ROOT, stale

READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted(
    str(path.relative_to(ROOT)) for pattern in ("*.md", "docs/*.md", "fixtures/*.md") for path in ROOT.glob(pattern)
)
COMMANDS = typer.main.get_command(app)
GROUP = COMMANDS.commands  # type: ignore[attr-defined]


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def fences(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE)


# --- generated blocks


def test_blocks_are_in_step_with_the_program() -> None:
    assert stale() == [], "run: python tests/update_docs.py"


def test_update_docs_runs_as_a_script(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tests" / "update_docs.py"), "--check"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False).returncode == 0


def test_the_scorer_prints_the_block_of_the_readme(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tests" / "quality" / "score.py")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120, check=True)
    assert done.stdout in text_of("README.md")


def test_both_readmes_carry_the_same_blocks() -> None:
    blocks = [re.findall(r"^<!-- (\w+):begin -->\n(.*?)<!-- ", text_of(page), re.DOTALL | re.M) for page in READMES]
    assert [name for name, _ in blocks[0]] == ["record", "quality"]
    assert blocks[0] == blocks[1]
    assert all(len(content.splitlines()) <= 60 for _, content in blocks[0])


@pytest.mark.parametrize("page", PAGES)
def test_blocks_are_closed(page: str) -> None:
    marks = re.findall(r"<!-- (\w+):(begin|end) -->", text_of(page))
    assert marks[::2] == [(name, "begin") for name, _ in marks[1::2]]
    assert marks[1::2] == [(name, "end") for name, _ in marks[::2]]


# --- both READMEs


def test_both_readmes_give_the_same_commands_and_examples() -> None:
    for language in ("sh", "pycon", "text"):
        assert fences("README.md", language) == fences("README.zh-CN.md", language)
    english, chinese = (re.findall(r"^(#+) ", text_of(page), re.MULTILINE) for page in READMES)
    assert english == chinese
    english, chinese = (re.findall(r"^\| (`[^|]*`|\d+) \|", text_of(page), re.MULTILINE) for page in READMES)
    assert [row.replace("`、`", "`, `") for row in chinese] == english


def test_ci_runs_the_second_command_to_the_letter() -> None:
    _, second = fences("README.md", "sh")
    assert f"    {second}" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_first_command_names_what_exists() -> None:
    first, _ = fences("README.md", "sh")
    arguments = first.partition("&& replyparse ")[2].split()
    assert (ROOT / arguments[1]).is_file()
    done = subprocess.run([sys.executable, "-m", "replyparse", *arguments], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("page", READMES)
def test_python_examples_give_what_they_say(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    examples = doctest.DocTestParser().get_doctest("".join(fences(page, "pycon")), {}, page, page, 0)
    assert examples.examples
    assert doctest.DocTestRunner(verbose=False).run(examples).failed == 0


@pytest.mark.parametrize("page", READMES)
def test_examples_for_ci_are_yaml_that_keeps_the_state(page: str) -> None:
    examples = [example for example in fences(page, "yaml") if "replyparse batch" in example]
    assert [list(yaml.safe_load(example)) for example in examples] == [["jobs"], ["replies"]]
    for example in examples:
        assert "replyparse batch replies --out replies.sqlite" in example
        assert "replies.sqlite*" in example or "replies.sqlite.state" in example


# --- the command line


@pytest.mark.parametrize("page", READMES)
def test_every_command_is_documented(page: str) -> None:
    rows = set(re.findall(r"^\| `replyparse ([a-z]+)", text_of(page), re.MULTILINE))
    assert rows == set(GROUP)


@pytest.mark.parametrize("page", DOCUMENTS)
def test_every_command_named_exists(page: str) -> None:
    code = re.findall(r"`([^`\n]+)`", text_of(page)) + [
        line for block in fences(page, "sh") for line in block.split("\n")
    ]
    named = [name for line in code for name in re.findall(r"(?:^|&& |\| )replyparse ([a-z]+)", line)]
    assert set(named) <= set(GROUP)


@pytest.mark.parametrize("page", READMES)
def test_every_option_is_documented_and_exists(page: str) -> None:
    options = {
        name
        for command in (COMMANDS, *GROUP.values())
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--")
    }
    text = text_of(page)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text.replace("python tests/", "")))
    assert options - {"--help"} == named - {"--help"}
    assert "`--help`" in text


@pytest.mark.parametrize("page", READMES)
def test_formats_and_exit_codes_are_documented(page: str) -> None:
    text = text_of(page)
    assert [form for form in OutputFormat if f"`{form.value}`" not in text] == []
    suffixes = [suffix for known in readable_formats() for suffix in known.suffixes]
    assert [suffix for suffix in suffixes if f"`{suffix}`" not in text] == []
    assert f"{MAX_BYTES // 1_000_000} MB" in text
    documented = re.findall(r"^\| (\d+) \|", text, re.MULTILINE)
    assert documented == re.findall(r"^  (\d+)  ", app.info.epilog or "", re.MULTILINE)


@pytest.mark.parametrize("page", READMES)
def test_the_public_api_is_named(page: str) -> None:
    public = {name for name in replyparse.__all__ if not name.startswith("_")}
    assert {name for name in public if name not in text_of(page)} <= {"KnowledgeError"}


# --- links and modules


@pytest.mark.parametrize("page", DOCUMENTS)
def test_links_resolve(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        linked = (ROOT / page).parent / path if path else ROOT / page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def anchors(path: Path) -> list[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_architecture_names_every_module_and_no_other() -> None:
    package = ROOT / "src" / "replyparse"
    modules = {path.name for path in package.rglob("*.py")}
    folders = {path.parent.name for path in package.rglob("*/__init__.py")}
    named = re.findall(r"`(\w+)\.py`", text_of("docs/architecture.md"))
    assert modules == {f"{name}.py" for name in named}
    assert [folder for folder in sorted(folders) if f"`{folder}/`" not in text_of("docs/architecture.md")] == []


def test_contributing_names_files_that_exist() -> None:
    text = text_of("CONTRIBUTING.md")
    tables = re.findall(r"`(\w+\.yaml)`", text)
    assert tables
    folders = (ROOT / "src" / "replyparse" / "data", ROOT / "tests" / "corpus")
    known = {path.name for folder in folders for path in folder.iterdir()}
    assert [name for name in tables if name not in known] == []
    assert [path for path in re.findall(r"`(tests/[\w/]+\.\w+)`", text) if not (ROOT / path).is_file()] == []
