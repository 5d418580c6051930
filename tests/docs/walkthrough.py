"""Plays the commands that a page shows, in order, and holds the page to what they print.

A fence with a file's name (`yaml mine.yaml`) writes that file. In a fence of `console`, a line
after `$ ` is a command, further lines of it begin with `> `, and the rest is what it prints, errors
too. A line of `…` stands for any lines, `…` inside a line for any characters; decimals are times
and may differ. Other fences are only read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from tests.root import ROOT

_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*\n(?:> .*\n)*)((?:(?!\$ ).*\n)*)", re.MULTILINE)
_DECIMAL = re.compile(r"\d+\.\d+")
_SQLITE = """#!{python}
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print("|".join("" if value is None else str(value) for value in row))
"""


@frozen
class Fence:
    """A fenced block of a page."""

    language: str
    file: str
    """Name of the file that it writes, or nothing."""
    text: str


def read_fences(page: Path) -> list[Fence]:
    """Return the fenced blocks of a page that name a language, in order."""
    return [Fence(*found) for found in _FENCE.findall(page.read_text(encoding="utf-8"))]


def play(page: Path, folder: Path) -> None:
    """Play a page beside the chains and the seeds; raises `AssertionError` where it is wrong."""
    for name in ("config", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    environment = _set_up(folder)
    code = 0
    for fence in read_fences(page):
        if fence.file:
            (folder / fence.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / fence.file).write_text(fence.text, encoding="utf-8")
        for command, shown in _commands(fence):
            done = subprocess.run(
                ["bash", "-c", f"(exit {code}); {command}"],
                cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                encoding="utf-8", timeout=120, check=False,
            )  # fmt: skip
            code = done.returncode
            message = f"{page.name}: $ {command}\n--- shown\n{shown}--- found\n{done.stdout}"
            assert _fits(shown, done.stdout), message


def _commands(fence: Fence) -> Iterator[tuple[str, str]]:
    """Yield each command of a fence with what it shows below."""
    if fence.language == "console":
        for command, shown in _COMMAND.findall(fence.text):
            yield command.replace("\n> ", "\n").rstrip("\n"), shown


def _set_up(folder: Path) -> dict[str, str]:
    """Return an environment with our `copydesk` and `python`, and a `sqlite3` of our own."""
    tools = folder / ".tools"
    tools.mkdir()
    (tools / "sqlite3").write_text(_SQLITE.format(python=sys.executable), encoding="utf-8")
    (tools / "sqlite3").chmod(0o755)
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    settings = {"PATH": path, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    return {**os.environ, **settings}


def _fits(shown: str, found: str) -> bool:
    """Return whether a page shows what was found."""
    wanted = re.escape(_DECIMAL.sub("0.0", shown))
    wanted = re.sub(r"^…\\?\n", r"(?:.*\\n)*?", wanted, flags=re.MULTILINE).replace("…", ".*")
    return re.fullmatch(wanted, _DECIMAL.sub("0.0", found)) is not None
