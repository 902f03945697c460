"""What other repositories take from this one: the pre-commit hook and the GitHub action."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import command
from update_docs import ROOT

WRONG = "全市技术转移示范机构达到164家，其中国家级16家、省级62家、市级80家。\n"


def test_the_hook_manifest_is_valid_and_its_entry_runs(tmp_path: Path) -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    validate = [sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)]
    assert subprocess.run(validate, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (hook,) = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    (tmp_path / "a.txt").write_text(WRONG, encoding="utf-8")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "replyparse"
    done = subprocess.run([*command(*arguments), "a.txt"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().startswith("a.txt:1:13: RP103 ")


@pytest.fixture
def action() -> dict[str, str]:
    """The last step of the action: its script, and its inputs with what they are unless given."""
    document = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = document["runs"]["steps"][-1]
    inputs = {name: str(told["default"]) for name, told in document["inputs"].items()}
    environment = {
        key: inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")] for key, value in step["env"].items()
    }
    assert len(environment) == len(inputs)
    assert "${{" not in step["run"]
    return {**environment, "SCRIPT": step["run"]}


def run_action(folder: Path, action: dict[str, str], **given: str) -> subprocess.CompletedProcess[str]:
    """Run the script as GitHub does, with `replyparse` being this one."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    program = tools / "replyparse"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(command())} "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, **action, **given, "PATH": f"{tools}:{os.environ['PATH']}"}
    script = folder / "step.sh"
    script.write_text(action["SCRIPT"])
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_action_annotates(tmp_path: Path, action: dict[str, str]) -> None:
    (tmp_path / "replies").mkdir()
    (tmp_path / "replies" / "a.txt").write_text(WRONG, encoding="utf-8")
    done = run_action(tmp_path, action, INPUT_PATHS="replies")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=replies/a.txt,line=1,")


def test_the_action_passes_every_input_on(tmp_path: Path, action: dict[str, str]) -> None:
    for name in ("a b.txt", "-c.txt"):
        (tmp_path / name).write_text(WRONG, encoding="utf-8")
    first = run_action(
        tmp_path,
        action,
        INPUT_PATHS="a b.txt\n-c.txt\n",
        INPUT_FORMAT="sarif",
        INPUT_OUTPUT="log.sarif",
        INPUT_SELECT="RP1",
        INPUT_IGNORE="RP102",
        INPUT_FAIL_ON="never",
    )
    assert (first.returncode, first.stdout) == (0, "")
    assert (tmp_path / "log.sarif").read_text(encoding="utf-8").count('"ruleId": "RP103"') == 2


@pytest.mark.parametrize("hostile", ["$(touch owned)", "`touch owned`", "a.txt; touch owned", '"; touch owned; "'])
@pytest.mark.parametrize("name", ["INPUT_PATHS", "INPUT_SELECT", "INPUT_FORMAT"])
def test_inputs_of_the_action_are_never_run(tmp_path: Path, action: dict[str, str], name: str, hostile: str) -> None:
    assert run_action(tmp_path, action, **{name: hostile}).returncode in {2, 3}
    assert not (tmp_path / "owned").exists()
