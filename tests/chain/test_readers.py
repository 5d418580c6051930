"""Verbs that read a store: they change nothing, make nothing, and need no right to write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from copydesk.cli import main
from copydesk.testing import Desk

CHAIN = """
copydesk: 1
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet]
store: {use: sqlite, options: {path: place/out.db}}
"""
READERS = [
    ["export"],
    ["runs"],
    ["report", "--output", "report.html"],
    ["quarantine", "list"],
    ["verify", "chain.yaml"],
]
USES = ["sqlite", "jsonl", "parquet"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a chain and two articles."""
    (tmp_path / "articles").mkdir()
    for name in "ab":
        (tmp_path / "articles" / f"{name}.txt").write_text(f"Article {name}.")
    (tmp_path / "chain.yaml").write_text(CHAIN)
    return Desk(tmp_path)


def fill(desk: Desk, use: str) -> None:
    """Run the chain into a store of a kind."""
    done = desk.copydesk(*whole(["run", "chain.yaml"], use))
    assert 0 == done.returncode, done.stderr


def whole(words: list[str], use: str) -> list[str]:
    """Return a command line that names the store."""
    kind = ["--set", f"store.use={use}"] if "chain.yaml" in words else ["--use", use]
    return [*words, *kind, "--store", "place/out.db"]


def state(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    """Return all that can be seen of the files in a folder: names, times, contents."""
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in folder.rglob("*")
    }


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Let nobody write to a folder."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    again = ["mount", "-o", "remount,bind,ro", str(folder)]
    if subprocess.run(["mount", "--bind", str(folder), str(folder)], check=False).returncode:
        pytest.skip("root may write everywhere, and nothing can be mounted here")
    try:
        subprocess.run(again, check=True)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


Reader = Callable[..., tuple[int, str, str]]


@pytest.fixture
def read(desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Reader:
    """Return what runs a verb in this process, and returns its exit code, stdout and stderr."""
    monkeypatch.chdir(desk.folder)

    def ask(words: list[str], use: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main(whole(words, use))
        return code, *capfd.readouterr()

    return ask


@pytest.mark.parametrize("use", USES)
def test_readers_change_nothing(desk: Desk, read: Reader, use: str) -> None:
    """After each verb that reads, the files of a store are as they were, times included."""
    fill(desk, use)
    before = state(desk.folder / "place")

    for words in [*READERS, ["plan", "chain.yaml"]]:
        code, _, told = read(words, use)
        assert 0 == code, told
        assert before == state(desk.folder / "place"), words


@pytest.mark.parametrize("use", USES)
def test_readers_need_no_right_to_write(desk: Desk, read: Reader, use: str) -> None:
    """A store in a place that cannot be written is read; a run into it ends with words."""
    fill(desk, use)

    with unwritable(desk.folder / "place"):
        for words in [*READERS, ["plan", "chain.yaml"]]:
            code, _, told = read(words, use)
            assert 0 == code, told
        _, exported, _ = read(["export"], use)
        again = desk.copydesk(*whole(["run", "chain.yaml"], use))

    assert 2 == len(exported.splitlines())
    assert 2 == again.returncode
    assert "the store cannot be written" in again.stderr
    assert "Traceback" not in again.stderr


def test_what_a_killed_run_left_is_not_passed_over(desk: Desk, read: Reader) -> None:
    """Where a killed run's last commits cannot be read without writing, that is said."""
    fill(desk, "sqlite")
    place = desk.folder / "place"
    code = (
        "import os, sqlite3; c = sqlite3.connect('place/out.db'); "
        "c.execute('DELETE FROM ledger'); c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=desk.folder, check=True)
    (place / "out.db-shm").unlink()

    with unwritable(place):
        found, _, told = read(["export"], "sqlite")

    assert 2 == found
    assert "the last run was killed" in told


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("kind", ["missing", "empty file", "empty folder"])
def test_readers_make_nothing(desk: Desk, read: Reader, kind: str, use: str) -> None:
    """Where there is no store every reader says so, and nothing is made of what is there."""
    place = desk.folder / "place"
    place.mkdir()
    if kind == "empty file":
        (place / "out.db").touch()
    if kind == "empty folder":
        (place / "out.db").mkdir()
    before = state(place)

    for words in [*READERS, ["rollback", "1"]]:
        code, _, told = read(words, use)
        assert 2 == code, words
        assert "place/out.db: " in told
        assert before == state(place), words
