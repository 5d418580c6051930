"""Type checkers pass the plugins of the documents, and find the mistakes in others."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.docs.walkthrough import read_fences
from tests.root import ROOT

_MISTYPED = sorted((ROOT / "tests/docs/mistyped").glob("*.py"))
_PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
Check = Callable[[Path], str]


def check_with_mypy(folder: Path) -> str:
    """Return what mypy prints of the files of a folder."""
    if find_spec("mypy") is None:
        pytest.skip("mypy is not installed; `pip install 'copydesk[dev]'` brings it")
    words = ("--strict", "--allow-untyped-defs", "--no-error-summary", ".")
    return _run(folder, sys.executable, "-m", "mypy", "--cache-dir", ".mypy", *words)


def check_with_pyright(folder: Path) -> str:
    """Return what pyright prints of the files of a folder; its wheel brings it, node runs it."""
    found, node = find_spec("pyright"), shutil.which("node")
    if found is None or not found.submodule_search_locations or node is None:
        pytest.skip("pyright cannot run: it takes the package pyright, and node on the path")
    script = Path(found.submodule_search_locations[0]) / "dist/index.js"
    return _run(folder, node, str(script), "--pythonpath", sys.executable, ".")


def _run(folder: Path, *words: str) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert "" == done.stderr
    return done.stdout


_CHECKS = [pytest.param(check_with_mypy, id="mypy"), pytest.param(check_with_pyright, id="pyright")]


@pytest.mark.parametrize("check", _CHECKS)
def test_plugins_of_the_documents_have_right_types(check: Check, tmp_path: Path) -> None:
    """Every plugin that the README or a guide shows passes the checker."""
    count = 0
    for page in _PAGES:
        for fence in read_fences(page):
            is_plugin = fence.file.endswith(".py") and not fence.file.startswith("test_")
            if is_plugin and "copydesk.api" in fence.text:
                count += 1
                name = f"{page.stem}_{count}_{Path(fence.file).name}".replace("-", "_")
                (tmp_path / name).write_text(fence.text, "utf-8")

    assert count >= 5
    assert [] == re.findall(r"^.*error: .*$", check(tmp_path), re.MULTILINE)


@pytest.mark.parametrize("check", _CHECKS)
@pytest.mark.parametrize("mistyped", _MISTYPED, ids=lambda path: path.stem)
def test_mistakes_are_found(check: Check, mistyped: Path, tmp_path: Path) -> None:
    """Each line that says it is wrong is an error to the checker, and no other line is."""
    shutil.copy(mistyped, tmp_path)
    printed = check(tmp_path)

    lines = mistyped.read_text("utf-8").splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if line.endswith("# error")}
    assert wrong == {int(line) for line in re.findall(r"\.py:(\d+):.*error: ", printed)}, printed
