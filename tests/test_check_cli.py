"""`replyparse check`, `rules` and `explain RP103` as real processes: inputs, settings, baseline, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import Run
from replyparse import baseline, config
from replyparse.checks import RULES
from replyparse.errors import ConfigurationError

WRONG = "全市技术转移示范机构达到164家，其中国家级16家、省级62家、市级80家。\n"
STYLE = "一、办理情况\n我局召开座谈会3次。\n三、下一步工作\n我局将新建站点5个。\n"
CLEAN = "全市建成便民服务站点5个。\n"


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    """A folder with an error, a warning below it, a clean reply, and what is no reply."""
    folder = tmp_path / "replies"
    (folder / "county").mkdir(parents=True)
    (folder / ".cache").mkdir()
    (folder / "b.txt").write_text(WRONG, encoding="utf-8")
    (folder / "a.txt").write_text(CLEAN, encoding="utf-8")
    (folder / "county" / "c.txt").write_text(STYLE, encoding="gb18030")
    (folder / "notes.xyz").write_bytes(b"\0\1")
    (folder / ".cache" / "d.txt").write_text(WRONG, encoding="utf-8")
    return folder


def found(out: bytes) -> list[tuple[str, str]]:
    return re.findall(r"^(\S+?):\d+:\d+: (RP\d+)", out.decode(), re.MULTILINE)


def test_folders_are_searched_in_order(run: Run, replies: Path) -> None:
    done = run("check", "replies")
    assert found(done.stdout) == [("replies/b.txt", "RP103"), ("replies/county/c.txt", "RP102")]
    assert done.returncode == 1
    assert done.stderr.decode() == "replyparse: 2 findings (1 error, 1 warning) in 2 of 3 replies\n"


def test_an_input_given_twice_is_checked_once(run: Run, replies: Path) -> None:
    assert len(found(run("check", "replies", "replies/b.txt", "replies").stdout)) == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["replies/a.txt"], 0),
        (["replies/b.txt"], 1),
        (["replies/county/c.txt"], 0),
        (["replies/county/c.txt", "--fail-on", "warning"], 1),
        (["replies/county/c.txt", "--fail-on", "info"], 1),
        (["replies", "--fail-on", "never"], 0),
        (["replies", "--ignore", "RP103"], 0),
        (["replies", "--select", "RP2,RP3"], 0),
        (["replies", "missing.txt"], 3),
        (["missing.txt", "--fail-on", "never"], 3),
        (["replies", "--select", "RP9"], 2),
        (["replies", "--ignore", "103"], 2),
        (["replies", "--baseline", "missing.json"], 2),
        (["replies", "--config", "missing.yaml"], 2),
        (["replies", "--config", "a.yaml", "--isolated"], 2),
        (["replies", "-o", "missing/folder.txt"], 2),
        (["replies/b.txt", "-o", "replies/b.txt"], 2),
        (["-", "-"], 2),
        ([], 2),
    ],
)
def test_exit_codes(run: Run, replies: Path, arguments: list[str], status: int) -> None:
    done = run("check", *arguments)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr
    if status == 3:
        assert b"missing.txt" in done.stderr


def test_a_bad_input_costs_no_other_its_findings(run: Run, replies: Path) -> None:
    done = run("check", "missing.txt", "replies/b.txt", "replies/notes.xyz", "--format", "json")
    assert [entry["rule"] for entry in json.loads(done.stdout)] == ["RP103"]
    assert done.returncode == 3


def test_stdin(run: Run) -> None:
    assert found(run("check", "-", stdin=WRONG.encode()).stdout) == [("stdin", "RP103")]


def test_output_goes_to_a_file(run: Run, replies: Path, tmp_path: Path) -> None:
    done = run("check", "replies", "--format", "sarif", "--output", "log.sarif", "--quiet")
    assert done.stdout == b""
    assert done.stderr == b""
    assert len(json.loads((tmp_path / "log.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 2


def test_issued_on_and_encoding(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("下一步，我局将于2018年底前完成管网改造。", encoding="utf-16-be")
    late = run("check", "a.txt", "--encoding", "utf-16-be", "--issued-on", "2019-05-09")
    assert found(late.stdout) == [("a.txt", "RP107")]
    assert found(run("check", "a.txt", "--encoding", "utf-16-be", "--issued-on", "2017-05-09").stdout) == []


# --- stored records


def test_stored_records_are_checked(run: Run, replies: Path, tmp_path: Path) -> None:
    (tmp_path / "record.json").write_bytes(run("extract", "replies/b.txt", "--no-checks").stdout)
    assert found(run("check", "record.json").stdout) == [("record.json", "RP103")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "is no record of one reply"),
        (b"[", "is no record of one reply"),
        (b"[" * 100_000, "is no record of one reply"),
        (b"", "is no record of one reply"),
    ],
)
def test_what_is_no_record_is_refused(run: Run, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "record.json").write_bytes(content)
    done = run("check", "record.json", "--quiet")
    assert done.returncode == 3
    assert done.stderr.decode().startswith(f"replyparse: record.json: {said}")
    assert done.stderr.count(b"\n") == 1


def test_a_record_without_text_is_refused(run: Run, replies: Path, tmp_path: Path) -> None:
    (tmp_path / "record.json").write_bytes(run("extract", "replies/b.txt", "--no-text").stdout)
    done = run("check", "record.json")
    assert done.returncode == 3
    assert b"without its text" in done.stderr


# --- extract


def test_extract_fills_findings_unless_told_not_to(run: Run, replies: Path) -> None:
    assert [f["rule"] for f in json.loads(run("extract", "replies/b.txt").stdout)["findings"]] == ["RP103"]
    assert json.loads(run("extract", "replies/b.txt", "--no-checks").stdout)["findings"] == []


# --- settings


def test_settings_are_found_upwards_and_options_go_before_them(run: Run, replies: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.replyparse]\nignore = ["RP103"]\nfail-on = "warning"\n')
    assert found(run("check", "replies").stdout) == [("replies/county/c.txt", "RP102")]
    assert run("check", "replies").returncode == 1
    assert run("check", "replies", "--fail-on", "error").returncode == 0
    assert len(found(run("check", "replies", "--ignore", "RP5").stdout)) == 2
    assert len(found(run("check", "replies", "--isolated").stdout)) == 2
    (tmp_path / "replyparse.yaml").write_text("select: [RP103]\n")
    assert found(run("check", "replies").stdout) == [("replies/b.txt", "RP103")]
    assert found(run("check", "replies", "--config", "pyproject.toml").stdout) == [("replies/county/c.txt", "RP102")]


def test_a_pyproject_of_something_else_is_passed_by(run: Run, replies: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = [broken\n")
    assert run("check", "replies").returncode == 1


def test_rules_are_ignored_by_file(run: Run, replies: Path, tmp_path: Path) -> None:
    (tmp_path / "replyparse.yaml").write_text('per-file-ignores:\n  "replies/county/*": [RP1]\n  b.txt: [RP4]\n')
    assert found(run("check", "replies").stdout) == [("replies/b.txt", "RP103")]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("replyparse.yaml", "selct: [RP1]", "there is no key 'selct'; did you mean 'select'?"),
        ("replyparse.yaml", "fail_on: error", "there is no key 'fail_on'; did you mean 'fail-on'?"),
        ("replyparse.yaml", "xyz: 1", "there is no key 'xyz'; the keys are select, ignore, per-file-ignores"),
        ("replyparse.yaml", "folder: /", "there is no key 'folder'"),
        ("replyparse.yaml", "fail-on: errors", "fail-on: input should be 'error'"),
        ("replyparse.yaml", "ignore: [RP9]", "ignore: there is no rule 'RP9'"),
        ("replyparse.yaml", "ignore: RP1", "ignore: input should be a valid list"),
        ("replyparse.yaml", "per-file-ignores: {'*': [X]}", "per-file-ignores.*: there is no rule 'X'"),
        ("replyparse.yaml", "- RP1", "must hold settings"),
        ("replyparse.yaml", "a: [", "is no valid YAML"),
        ("replyparse.yaml", "a: !!python/object/apply:os.getcwd []", "is no valid YAML"),
        ("replyparse.yaml", "[" * 3000, "is no valid YAML"),
        ("pyproject.toml", "[tool.replyparse]\nselect = [", "is no valid TOML"),
        ("pyproject.toml", "[tool.replyparse]\nbaseline = 1", "baseline: input should be a valid string"),
        ("pyproject.toml", "tool.replyparse = 1", "must hold settings"),
    ],
)
def test_wrong_settings_name_file_and_key(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(ConfigurationError) as raised:
        config.read(tmp_path / name)
    assert str(raised.value).startswith(f"{tmp_path / name}: {said}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", ["selct: [RP1]", "lexicon: missing.yaml", "baseline: missing.json"])
def test_wrong_settings_end_the_command(run: Run, replies: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "replyparse.yaml").write_text(content)
    done = run("check", "replies")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert content.rpartition(" ")[2].strip("[]") in done.stderr.decode() or "selct" in done.stderr.decode()


# --- baseline


def test_a_baseline_lets_only_new_findings_through(run: Run, replies: Path, tmp_path: Path) -> None:
    first = run("check", "replies", "--write-baseline", "accepted.json")
    assert (first.returncode, first.stdout) == (0, b"")
    assert run("check", "replies", "--baseline", "accepted.json").returncode == 0
    (replies / "b.txt").write_text(f"前言。\n{WRONG}{WRONG.replace('164', '170')}", encoding="utf-8")
    later = run("check", "replies", "--baseline", "accepted.json")
    assert later.returncode == 1
    assert re.findall(r"^replies/b.txt:(\d+)", later.stdout.decode(), re.MULTILINE) == ["3"]


def test_a_baseline_holds_from_any_folder_and_from_the_settings(run: Run, replies: Path, tmp_path: Path) -> None:
    run("check", "replies", "--write-baseline", "replies/accepted.json")
    names = [entry["path"] for entry in json.loads((replies / "accepted.json").read_text())["findings"]]
    assert names == ["b.txt", "county/c.txt"]
    (tmp_path / "replyparse.yaml").write_text("baseline: replies/accepted.json\nfail-on: info\n")
    assert run("check", "replies").returncode == 0
    assert run("check", str(replies)).returncode == 0


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "accepted.json").write_text(content)
    with pytest.raises(ConfigurationError, match=r"accepted\.json: is "):
        baseline.read(tmp_path / "accepted.json")


# --- rules


def test_rules_are_listed(run: Run) -> None:
    lines = run("rules").stdout.decode().splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in RULES]
    listed = json.loads(run("rules", "--format", "json").stdout)
    assert [entry["code"] for entry in listed] == [rule.code for rule in RULES]


def test_a_rule_is_explained(run: Run) -> None:
    page = run("explain", "RP103").stdout.decode()
    assert "部分与总数不符" in page
    assert "What it checks: " in page
    unknown = run("explain", "RP999")
    assert unknown.returncode == 2
    assert unknown.stderr.decode() == "replyparse: there is no rule RP999; `replyparse rules` lists them\n"
