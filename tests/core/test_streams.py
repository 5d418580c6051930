"""Tests of standard streams that are full or closed, by the whole command."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.testing import Desk

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device is always full")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with one article."""
    desk = Desk(tmp_path)
    desk.write("articles/a.txt", "Nothing new.")
    desk.write_chain("encoding.chardet")
    return desk


def call(desk: Desk, words: str, where: str) -> subprocess.CompletedProcess[str]:
    """Run a verb from a shell that leads its streams elsewhere."""
    command = f"{shlex.quote(sys.executable)} -m copydesk.cli {words} {where}"
    return subprocess.run(
        command, shell=True, cwd=desk.folder, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "where", ["2>/dev/full", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "--json-log 2>/dev/full"]
)
def test_lost_talk_changes_no_run(desk: Desk, where: str) -> None:
    """A run whose progress and summary cannot be written does its work all the same."""
    done = call(desk, "run chain.yaml", where)

    assert 0 == done.returncode, done.stderr
    assert ["a.txt"] == list(desk.records())


def test_step_that_prints_is_not_to_blame_for_lost_talk(desk: Desk) -> None:
    """What a step prints in a worker may be lost, too; its document is done."""
    desk.write(
        "talk.py",
        "from copydesk.api import Document, step\n"
        "@step('x.talk')\n"
        "def talk(document: Document) -> Document:\n"
        "    print('by the way', flush=True)\n"
        "    return document\n",
    )
    desk.write_chain("encoding.chardet", "x.talk", plugins=["./talk.py"])
    done = call(desk, "run chain.yaml", "2>/dev/full")

    assert 0 == done.returncode
    assert ["a.txt"] == list(desk.records())


def test_output_is_whole_where_talk_is_lost(desk: Desk) -> None:
    """What a program reads stands on stdout alone, though stderr is closed."""
    done = call(desk, "run chain.yaml --json", "2>&-")

    assert 1 == json.loads(done.stdout)["done"]


def test_users_fault_keeps_its_code(desk: Desk) -> None:
    """The exit code tells of a fault in the chain, though the words for it are lost."""
    assert 2 == call(desk, "run other.yaml", "2>/dev/full").returncode


@pytest.mark.parametrize(
    ("where", "why"), [(">/dev/full", "No space left"), (">&-", "Bad file descriptor")]
)
@pytest.mark.parametrize(
    "words",
    [
        "export --store out.db",
        "plan chain.yaml",
        "run chain.yaml --json",
        "explain chain.yaml a.txt",
    ],
)
def test_lost_output_is_told(desk: Desk, words: str, where: str, why: str) -> None:
    """Output that cannot be written is an error of one line, for the user to mend."""
    desk.run()
    done = call(desk, words, where)

    assert 2 == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("copydesk: standard output cannot be written: ")
    assert why in last


@pytest.mark.parametrize("path", ["/dev/full", "articles/a.txt/b.jsonl"])
def test_file_that_cannot_be_written_is_told(desk: Desk, path: str) -> None:
    """A file that cannot be written is named, in one line."""
    desk.run()
    done = desk.copydesk("export", "--store", "out.db", "--output", path)

    assert 2 == done.returncode, done.stderr
    assert done.stderr.startswith(f"copydesk: {path}: cannot be written: ")
    assert 1 == len(done.stderr.splitlines())


def test_reader_that_has_seen_enough(desk: Desk) -> None:
    """A pipe that is closed early ends the command quietly."""
    desk.run()
    done = call(desk, "export --store out.db", "| true")

    assert ("", "") == (done.stdout, done.stderr)
