"""One folder with everything that can be wrong with a file, and good articles among it."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.root import ROOT

from copydesk.testing import Desk

NEWS = ROOT / "config" / "news.yaml"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffdb004300") + bytes(range(256)) * 40


def _without_rights() -> None:
    """Give up root's right to read everything; a program run next obeys file modes."""
    if os.geteuid() == 0:
        drop, override, search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, _READ_SEARCH
        libc = ctypes.CDLL(None)
        libc.prctl(drop, override, 0, 0, 0)
        libc.prctl(drop, search, 0, 0, 0)


def ledger(desk: Desk) -> dict[str, tuple[str, str]]:
    """Return state and reason of every row by key."""
    connection = sqlite3.connect(desk.folder / "out.db")
    rows = connection.execute("SELECT key, state, reason FROM ledger WHERE current").fetchall()
    connection.close()
    return {key: (state, reason) for key, state, reason in rows}


@pytest.fixture
def articles(desk: Desk) -> Path:
    """Return a folder with the five seeds."""
    folder = desk.folder / "articles"
    shutil.copytree(ROOT / "seeds", folder)
    return folder


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("nul.txt", b"\0" * 5000, "NUL"),
        ("photo.txt", JPEG, "JPEG"),
        ("deep.html", b"<div>" * 100_000, ""),
        ("empty.html", b"<html><body></body></html>", ""),
    ],
)
def test_bad_file_costs_only_itself(
    desk: Desk, articles: Path, name: str, content: bytes, reason: str
) -> None:
    """The bad file is one row in quarantine with a reason, the five articles are done."""
    (articles / name).write_bytes(content)

    summary = desk.run(NEWS, articles)

    assert (5, 1) == (summary["done"], summary["quarantined"])
    state, words = ledger(desk)[name]
    assert "quarantined" == state
    assert words
    assert reason.lower() in words.lower()


def test_invalid_utf8_is_read_and_counted(desk: Desk, articles: Path) -> None:
    """A few stray bytes do not spoil a text: it is UTF-8, and the record counts what was mended."""
    text = "Müller sagte, dass die Straße größer werde. " * 20
    (articles / "stray.txt").write_bytes(text.encode() + b"\x93so\x94")

    summary = desk.run(NEWS, articles)

    assert 6 == summary["done"]
    record = desk.records()["stray.txt"]
    assert "utf-8" == record["encoding"]["name"]
    assert 2 == record["encoding"]["replaced"]
    assert "größer" in record["text"]


def test_line_of_twenty_megabytes(desk: Desk, articles: Path) -> None:
    """A line of 20 MB ends as a record or in quarantine; the others are done."""
    (articles / "long.txt").write_bytes(b"Ein Wort und noch eins. " * 870_000)

    summary = desk.run(NEWS, articles)

    assert 6 == summary["done"] + summary["quarantined"]
    assert 5 <= summary["done"]
    assert "long.txt" in ledger(desk)


def test_folder_with_the_name_of_a_file(desk: Desk, articles: Path) -> None:
    """A folder called `a.txt` is one row in quarantine."""
    (articles / "a.txt").mkdir()

    summary = desk.run(NEWS, articles)

    assert (5, 1) == (summary["done"], summary["quarantined"])
    assert "folder" in ledger(desk)["a.txt"][1]


def test_unreadable_file(desk: Desk, articles: Path) -> None:
    """A file without the right to read it is one row in quarantine that says so."""
    locked = articles / "locked.txt"
    locked.write_text("An article nobody may read.")
    locked.chmod(0)

    summary = desk.run(NEWS, articles, preexec_fn=_without_rights)

    assert (5, 1) == (summary["done"], summary["quarantined"])
    assert "Permission denied" in ledger(desk)["locked.txt"][1]


def test_file_that_vanishes_during_the_run(desk: Desk, articles: Path) -> None:
    """A file that is listed and then gone is one row in quarantine."""
    (articles / "zz.txt").write_text("An article that will not be there for long.")
    (desk.folder / "thief.py").write_text(
        "import os\n"
        "from copydesk.api import NoOptions, StepSpec, hookimpl\n"
        "class Thief:\n"
        "    def __init__(self, options): pass\n"
        "    def process(self, document):\n"
        f"        if os.path.exists({str(articles / 'zz.txt')!r}):\n"
        f"            os.unlink({str(articles / 'zz.txt')!r})\n"
        "        return document\n"
        "@hookimpl\n"
        "def copydesk_steps():\n"
        "    return [StepSpec('thief', NoOptions, Thief, needs=('raw',))]\n"
    )
    (desk.folder / "chain.yaml").write_text(
        "copydesk: 1\nplugins: [./thief.py]\n"
        "source: {use: folder, options: {path: articles}}\n"
        "chain: [thief, encoding.chardet]\n"
        "store: {use: sqlite, options: {path: out.db}}\n"
    )

    summary = desk.run("chain.yaml", "--workers", 1)

    assert (5, 1) == (summary["done"], summary["quarantined"])
    assert "vanished" in ledger(desk)["zz.txt"][1]


def test_quarantine_waits_and_is_told_again(desk: Desk, articles: Path) -> None:
    """A second run processes nothing, and still says that one document waits."""
    (articles / "empty.txt").write_bytes(b"")
    desk.run(NEWS, articles)

    summary = desk.run(NEWS, articles)

    assert (0, 5, 1, 1) == (
        summary["done"], summary["unchanged"], summary["quarantined"], summary["waiting"],
    )  # fmt: skip


def test_mended_file_leaves_quarantine(desk: Desk, articles: Path) -> None:
    """A file that has been mended becomes a record in the next run."""
    (articles / "empty.txt").write_bytes(b"")
    desk.run(NEWS, articles)
    (articles / "empty.txt").write_text("Now there is an article in it, at last.")

    summary = desk.run(NEWS, articles)

    assert (1, 5, 0) == (summary["done"], summary["unchanged"], summary["quarantined"])
    assert "empty.txt" in desk.records()
