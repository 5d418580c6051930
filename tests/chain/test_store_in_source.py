"""Stores that lie in the folder that a chain reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.opening import open_store
from copydesk.testing import Desk


@pytest.mark.parametrize("use", ["jsonl", "parquet"])
def test_store_is_no_document(tmp_path: Path, use: str) -> None:
    """A store inside the source, the chain's own or another's, is one skipped row in every run."""
    desk = Desk(tmp_path)
    desk.write("a.txt", "The harbour of Lisbon is open again.")
    store = {"use": use, "options": {"path": "a path to put another in place of"}}
    desk.write_chain("encoding.chardet", source=".", store=store)

    places = ("theirs", "mine", "mine", "mine")
    made = [desk.run("chain.yaml", "--store", place) for place in places]

    assert [1, 1, 0, 0] == [summary["done"] for summary in made]
    assert made[2]["listed"] == made[3]["listed"]
    assert [0, 0, 0, 0] == [summary["quarantined"] for summary in made]
    opened = open_store(use, str(tmp_path / "mine"))
    reasons = {row.key: row.reason for row in opened.rows()}
    opened.close()
    assert {"a store of copydesk, not documents"} == {reasons["mine/"], reasons["theirs/"]}
    assert {"chain.yaml", "mine.log", "mine/", "theirs.log", "theirs/"} == {*reasons}
