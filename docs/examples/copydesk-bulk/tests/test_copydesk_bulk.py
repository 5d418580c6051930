"""Tests of the files in the bulk format."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from copydesk_bulk import BulkStore, Options, copydesk_stores

from copydesk.api import Entry, Run, StoreError
from copydesk.testing import BoundCheck, store_checks

RUN = Run("2026-05-04T10:00:00+00:00", "chain.yaml", "articles", "f")


def done(key: str, text: str = "x") -> Entry:
    """Return a row with a record."""
    return Entry(key, "done", record=json.dumps({"text": text}).encode())


def write(folder: Path, *batches: list[Entry]) -> None:
    """Write the batches in a run of their own."""
    store = BulkStore(Options(folder))
    store.begin(RUN)
    for batch in batches:
        store.commit(batch)
    store.end({"done": 1})
    store.close()


def index(folder: Path) -> dict[str, Any]:
    """Return what an index holds after all bulk files, as the format is documented."""
    held: dict[str, Any] = {}
    for file in sorted(folder.glob("bulk-*.ndjson")):
        content = file.read_text("utf-8")
        assert content.endswith("\n")
        lines = iter(content.splitlines())
        for line in lines:
            ((action, where),) = json.loads(line).items()
            assert {"_index", "_id"} == set(where)
            if action == "index":
                held[where["_id"]] = json.loads(next(lines))
            else:
                assert "delete" == action
                del held[where["_id"]]
    return held


def test_index_follows_the_store(tmp_path: Path) -> None:
    """New records are indexed, changed ones again, and those that are withdrawn are deleted."""
    write(tmp_path, [done("a"), done("b")], [Entry("c", "dropped", reason="short")])
    assert {"a": {"text": "x"}, "b": {"text": "x"}} == index(tmp_path)
    assert not (tmp_path / "bulk-000002.ndjson").exists()

    write(tmp_path, [done("a", "y"), Entry("b", "gone"), done("ü")])
    assert {"a": {"text": "y"}, "ü": {"text": "x"}} == index(tmp_path)


def test_record_that_is_kept(tmp_path: Path) -> None:
    """A row that keeps its record tells the index nothing."""
    write(tmp_path, [done("a")])
    write(tmp_path, [Entry("a", "gone", keeps_record=True)])

    assert {"a": {"text": "x"}} == index(tmp_path)
    assert [b'{"text": "x"}'] == list(BulkStore(Options(tmp_path)).records())


def test_long_keys(tmp_path: Path) -> None:
    """A key that is too long to be an _id is hashed."""
    key = "ü" * 300
    write(tmp_path, [done(key)])
    assert {sha256(key.encode()).hexdigest()} == set(index(tmp_path))

    write(tmp_path, [Entry(key, "gone")])
    assert {} == index(tmp_path)


def test_commit_that_was_not_finished(tmp_path: Path) -> None:
    """What does not count leaves no trace in the next run; what does is finished."""
    write(tmp_path, [done("a")], [done("b")])
    (tmp_path / "bulk-000002.ndjson").rename(tmp_path / "bulk-000002.new")
    (tmp_path / "bulk-000003.new").write_text("half of a")
    assert 2 == len(list(BulkStore(Options(tmp_path)).records()))

    write(tmp_path, [done("c")])

    assert {"a", "b", "c"} == set(index(tmp_path))
    assert [] == list(tmp_path.glob("*.new"))


@pytest.mark.parametrize("name", ["runs.json", "other.txt"])
def test_place_of_something_else(tmp_path: Path, name: str) -> None:
    """A folder with other files, or with runs that cannot be read, is refused."""
    (tmp_path / name).write_text("[1]")

    with pytest.raises(StoreError, match=str(tmp_path)):
        list(BulkStore(Options(tmp_path)).runs())


def test_name_of_the_index(tmp_path: Path) -> None:
    """The requests name the index of the options."""
    store = BulkStore(Options(tmp_path, index="news-2026"))
    store.begin(RUN)
    store.commit([done("a")])
    store.close()

    request = json.loads((tmp_path / "bulk-000001.ndjson").read_text().splitlines()[0])
    assert {"index": {"_index": "news-2026", "_id": "a"}} == request


@pytest.mark.parametrize("check", store_checks(copydesk_stores()[0], Options))
def test_what_is_asked_of_every_store(check: BoundCheck) -> None:
    """The store passes the checks of the kit, kill -9 among them."""
    check()
