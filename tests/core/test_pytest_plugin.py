"""The plugin that pytest finds wherever Copydesk is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

TEST = """
def test_desk(desk, tmp_path):
    assert desk.folder == tmp_path
    desk.write("articles/a.txt", "Nothing new.")
    desk.write_chain("encoding.chardet")
    assert desk.run()["done"] == 1
"""


def test_it_is_small() -> None:
    """Loading it, as every run of pytest does, imports nothing of Copydesk beside it."""
    code = (
        "import sys, pytest; before = set(sys.modules); import copydesk.pytest_plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ["copydesk", "copydesk.pytest_plugin"] == done.stdout.split()


def test_it_is_found_by_pytest(tmp_path: Path) -> None:
    """A test anywhere can ask for a desk."""
    (tmp_path / "test_it.py").write_text(TEST)
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
    done = subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, check=False
    )

    assert 0 == done.returncode, done.stdout
    [entry] = entry_points(group="pytest11", name="copydesk")
    assert "copydesk.pytest_plugin" == entry.value
