"""A record that is larger than the store can hold costs only its document."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from copydesk.cli import main
from copydesk.testing import Desk
from copydesk_sqlite import store
from copydesk_sqlite.database import open_to_write

CHAIN = """
copydesk: 1
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet]
store: {use: sqlite, options: {path: out.db}}
executor: {use: local, options: {workers: 1}}
"""
LIMIT = 20_000


def open_small(path: Path) -> sqlite3.Connection:
    """Open a database that takes no longer rows than a test can have."""
    connection = open_to_write(path)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LIMIT)
    return connection


@pytest.mark.parametrize("text", ["word " * 4000, "\u6c34" * 6000], ids=["record", "words"])
def test_too_large_a_record_is_quarantined(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], text: str
) -> None:
    """The document waits in quarantine with both sizes told; the others have their records."""
    (desk.folder / "articles").mkdir()
    for name, content in {"a": "Small.", "b": text, "c": "Small too."}.items():
        (desk.folder / "articles" / f"{name}.txt").write_text(content)
    (desk.folder / "chain.yaml").write_text(CHAIN)
    monkeypatch.chdir(desk.folder)
    monkeypatch.setattr(store, "open_to_write", open_small)

    code = main(["run", "chain.yaml", "--json"])

    summary = json.loads(capfd.readouterr().out)
    assert (1, 2, 1) == (code, summary["done"], summary["quarantined"])
    (reason,) = summary["reasons"]
    assert reason["reason"].endswith("bytes, and the store can hold no more than 19,000")
    assert ["a.txt", "c.txt"] == sorted(desk.records())
