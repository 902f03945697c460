"""What the tests share: the fixtures, and the command line run as real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every machine, and no failure because a machine is slow.
settings.register_profile("replyparse", deadline=None, derandomize=True)
settings.load_profile("replyparse")


@pytest.fixture(autouse=True, scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All processes of one run of the tests share a store of their own, new and thrown away."""
    os.environ["REPLYPARSE_CACHE"] = str(tmp_path_factory.mktemp("store"))


FIXTURES = Path(__file__).parent.parent / "fixtures"

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-golden` writes the golden records anew instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/; review the diff")


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of the sample replies."""
    return FIXTURES


@pytest.fixture(scope="session")
def wuhan() -> Path:
    """The genuine reply."""
    return FIXTURES / "wuhan_20230128.txt"


@pytest.fixture
def needs() -> Callable[[str | None], None]:
    """Skips the test when something is missing (`reading.missing`), and fails it in CI, where nothing may be."""

    def need(lacking: str | None) -> None:
        if lacking and os.environ.get("CI"):
            pytest.fail(f"CI must have {lacking}")
        if lacking:
            pytest.skip(f"needs {lacking}")

    return need


@pytest.fixture
def chinese_font(needs: Callable[[str | None], None]) -> None:
    """Skips the test where no Chinese font is installed: pdfium loses characters of a pdf that brings none itself."""
    import pypdfium2

    from pdfs import Text, pdf

    with pypdfium2.PdfDocument(pdf([Text("5", 80, 100)])) as document:
        seen = document[0].get_textpage().get_text_range()
    needs(None if seen else "a Chinese font (apt-get install fonts-wqy-zenhei)")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `replyparse ARGUMENTS…` in `tmp_path`; `prelude` is Python run before it, in the same process."""

    def call(
        *arguments: str | Path, stdin: bytes = b"", prelude: str = "", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command(*arguments, prelude=prelude),
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **environment},
            timeout=120,
            check=False,
        )

    return call


def command(*arguments: str | Path, prelude: str = "") -> list[str]:
    """The process that runs the command line, after `prelude` if there is one."""
    start = ["-m", "replyparse"] if not prelude else ["-c", f"{prelude}\nfrom replyparse.cli import main\nmain()"]
    return [sys.executable, *start, *map(str, arguments)]
