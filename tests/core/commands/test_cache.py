"""The verb `cache`, and others, on a store of another kind than is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing import Desk


@pytest.mark.parametrize("use", ["jsonl", "parquet"])
def test_kind_of_a_folder_is_named(tmp_path: Path, use: str) -> None:
    """Where `--use` is left out for a folder that is a store, the error says which to add."""
    desk = Desk(tmp_path)
    desk.write("articles/a.txt", "The harbour of Lisbon is open again.")
    desk.write_chain("encoding.chardet", store={"use": use, "options": {"path": "out"}})
    desk.run("chain.yaml", "--store", "out")

    told = f"copydesk: out: a store of kind '{use}', not 'sqlite'; say --use {use}\n"
    for words in (("cache", "--clear"), ("export",)):
        done = desk.copydesk(*words, "--store", "out")
        assert (2, told) == (done.returncode, done.stderr)
    assert 0 == desk.copydesk("export", "--store", "out", "--use", use).returncode


@pytest.mark.parametrize("manifest", ["", "[]", '{"store": 1, "format": 1}', '{"name": "page"}'])
def test_folder_that_is_no_store(tmp_path: Path, manifest: str) -> None:
    """A manifest of something else names no kind, and the store says what it finds."""
    desk = Desk(tmp_path)
    desk.write("out/manifest.json", manifest)

    done = desk.copydesk("export", "--store", "out")

    assert 2 == done.returncode
    assert "copydesk: out: a folder; this store is a file" in done.stderr
