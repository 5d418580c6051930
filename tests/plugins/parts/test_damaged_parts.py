"""The stores in parts, when files of theirs are cut, missing, altered, or gone with the folder."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.parts.test_part_store import done, open_store, texts, write

from copydesk.api import Entry, Run, StoreError

TEXT = random.Random(7).randbytes(8000).hex() + " found"  # no compression makes it small
ENDS = {"jsonl": ("ledger.jsonl", "records.jsonl"), "parquet": ("parquet",)}
FILES = [(use, end) for use, ends in ENDS.items() for end in ends]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store may be made."""
    return tmp_path / "store"


def begin(store: Any) -> None:
    """Begin a run."""
    store.begin(Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f"))


READERS: dict[str, Callable[[Any], object]] = {
    "known": lambda store: list(store.known()),
    "rows": lambda store: list(store.rows()),
    "record": lambda store: store.record("a"),
    "records": lambda store: list(store.records()),
    "entries": lambda store: list(store.entries()),
    "begin": begin,
}


def make(path: Path, use: str) -> None:
    """Make a store of two parts, the first one larger by far."""
    with open_store(path, use) as store:
        write(store, [done("a", TEXT), done("b", TEXT), done("c", TEXT)])
        write(store, [done("d", "four")])
    assert 2 == len(list(path.glob(f"*.{ENDS[use][0]}")))


def first(path: Path, end: str) -> Path:
    """Return a file of the first part."""
    return min(path.glob(f"*.{end}"))


def alter(file: Path, old: bytes, new: bytes) -> None:
    """Put other bytes in the place of some, the last time that they occur."""
    content = file.read_bytes()
    before, _, after = content.rpartition(old)
    assert len(content) == len(before) + len(new) + len(after)
    file.write_bytes(before + new + after)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("use", "end"), FILES)
def test_cut_part_is_told(path: Path, use: str, end: str, name: str) -> None:
    """A file of another size than was written is told by all who open it, with both sizes."""
    make(path, use)
    file = first(path, end)
    size = file.stat().st_size
    file.write_bytes(file.read_bytes()[:-20])

    told = rf"{file.name}: the store is damaged: {size - 20} bytes, where {size} were written; rest"
    with open_store(path, use) as store, pytest.raises(StoreError, match=told):
        READERS[name](store)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("use", "end"), FILES)
def test_missing_part_is_told(path: Path, use: str, end: str, name: str) -> None:
    """A file that the manifest names and that is not there is told by all who want to open it."""
    make(path, use)
    file = first(path, end)
    file.unlink()

    told = rf"{file.name}: the store is damaged: the file is missing; restore the file"
    with open_store(path, use) as store, pytest.raises(StoreError, match=told):
        READERS[name](store)


def test_run_that_finds_damage_changes_nothing(path: Path) -> None:
    """Files that no manifest names are not swept while something is missing: it may be they."""
    make(path, "jsonl")
    file = first(path, "records.jsonl")
    file.rename(path / "00000077.records.jsonl")
    before = {file.name: file.read_bytes() for file in path.iterdir()}

    with open_store(path) as store, pytest.raises(StoreError, match="the file is missing"):
        begin(store)
    assert before == {file.name: file.read_bytes() for file in path.iterdir()}


@pytest.mark.parametrize(
    ("end", "old", "new", "name"),
    [
        ("records.jsonl", b"found", b"fount", "records"),
        ("records.jsonl", b"found", b"fount", "entries"),
        ("ledger.jsonl", b'"attempts":1', b'"attempts":2', "known"),
        ("ledger.jsonl", b'"state":"done"', b'"state":"fine"', "known"),
        ("ledger.jsonl", b'"key":"c"', b'"key":"\xff"', "record"),
    ],
)
def test_altered_lines_are_told(path: Path, end: str, old: bytes, new: bytes, name: str) -> None:
    """Lines of the right size with other bytes in them are told by who reads them to the end."""
    make(path, "jsonl")
    file = first(path, end)
    alter(file, old, new)

    told = rf"{file.name}: the store is damaged: "
    with open_store(path) as store, pytest.raises(StoreError, match=told):
        READERS[name](store)


@pytest.mark.parametrize(("start", "name"), [(-4, "known"), (200, "known"), (-9000, "records")])
def test_altered_columns_are_told(path: Path, start: int, name: str) -> None:
    """Columns of the right size with other bytes in them are told by who reads them."""
    make(path, "parquet")
    file = first(path, "parquet")
    content = file.read_bytes()
    old = content[start:][:4]
    file.write_bytes(content.replace(old, bytes(255 - byte for byte in old)))

    told = rf"{file.name}: the store is damaged: "
    with open_store(path, "parquet") as store, pytest.raises(StoreError, match=told):
        READERS[name](store)


@pytest.mark.parametrize("how", ["missing", "cut", "garbled"])
def test_damaged_list_of_runs_is_told(path: Path, how: str) -> None:
    """So is the list of runs, by who asks for it and by who begins one."""
    make(path, "jsonl")
    (file,) = path.glob("*.runs.jsonl")
    content = file.read_bytes()
    file.unlink()
    if how != "missing":
        file.write_bytes(content[:-1] if how == "cut" else b"[" + content[1:])

    for read in (lambda store: list(store.runs()), begin):
        told = rf"{file.name}: the store is damaged"
        with open_store(path) as store, pytest.raises(StoreError, match=told):
            read(store)


@pytest.mark.parametrize("use", ENDS)
def test_manifest_from_before_files_were_noted(path: Path, use: str) -> None:
    """It is read, its parts are held to their sizes, and what a run writes is noted."""
    make(path, use)
    manifest = json.loads((path / "manifest.json").read_text())
    del manifest["runs_size"]
    for part in manifest["parts"]:
        del part["files"]
    (path / "manifest.json").write_text(json.dumps(manifest))

    file = first(path, ENDS[use][-1])
    content = file.read_bytes()
    file.write_bytes(content[:-20])
    told = r"00000002\.\*: the store is damaged: \d+ bytes, where \d+ were written"
    with open_store(path, use) as store, pytest.raises(StoreError, match=told):
        list(store.records())
    file.write_bytes(content)

    with open_store(path, use) as store:
        assert {"a": TEXT, "b": TEXT, "c": TEXT, "d": "four"} == texts(store)
        assert 2 == len(list(store.runs()))
        write(store, [done("e", "five")])
        assert "five" == texts(store)["e"]
    noted = [
        bool(part["files"]) for part in json.loads((path / "manifest.json").read_text())["parts"]
    ]
    assert [False, True] == [noted[0], noted[-1]]


def test_going_back_to_a_missing_part_is_told(path: Path) -> None:
    """A run that needs none of it goes on without a part of an earlier one; going back does not."""
    with open_store(path) as store:
        write(store, [done("a", TEXT)])
        write(store, [done("a", TEXT + TEXT), done("b", TEXT)])
    manifest = json.loads((path / "manifest.json").read_text())
    (old,) = [part["name"] for part in manifest["parts"] if part["until"]]
    (path / f"{old}.records.jsonl").unlink()

    with open_store(path) as store:
        write(store, [done("c", "three")])
        begin(store)
        with pytest.raises(StoreError, match=rf"{old}\.records\.jsonl: .* the file is missing"):
            store.roll_back(1)


@pytest.mark.parametrize("use", ENDS)
@pytest.mark.parametrize("way", ["removed", "moved", "replaced"])
def test_folder_that_goes_under_a_run_is_told(path: Path, use: str, way: str) -> None:
    """A run whose folder is no longer at its path is told so, and writes into no other."""
    with open_store(path, use) as store:
        begin(store)
        store.commit([done("a", "one")])
        if way == "removed":
            shutil.rmtree(path)
        else:
            path.rename(path.with_name("elsewhere"))
        if way == "replaced":
            path.mkdir()

        told = r"store: the store was removed, moved or replaced .* put it back, or run again"
        for go_on in (
            lambda: store.commit([done("b", "two")]),
            lambda: list(store.known()),
            lambda: store.end({}),
        ):
            with pytest.raises(StoreError, match=told):
                go_on()
    assert way != "replaced" or [] == list(path.iterdir())


@pytest.mark.parametrize("use", ENDS)
@pytest.mark.parametrize(
    "unfit",
    [
        Entry("b", "done", modified=10**400),
        Entry("b", "done", told="\ud800"),
        Entry("b", "done", size="much"),  # type: ignore[arg-type]
        Entry("b", "done", size=object()),  # type: ignore[arg-type]
    ],
)
def test_value_that_does_not_fit_is_told(path: Path, use: str, unfit: Entry) -> None:
    """What could not be read again is told with its item, and its batch does not count."""
    with open_store(path, use) as store:
        begin(store)
        with pytest.raises(StoreError, match=r"store: b: a value that the store cannot hold: "):
            store.commit([done("a", "one"), unfit])

        assert [] == list(store.known())


def test_lines_hold_any_number(path: Path) -> None:
    """JSON has no largest number."""
    with open_store(path) as store:
        write(store, [Entry("a", "dropped", size=1 << 64)])

        assert [1 << 64] == [row.size for row in store.known()]
