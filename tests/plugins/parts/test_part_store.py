"""The stores in parts: what is in their folder, whatever happens to it."""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from copydesk.api import CopydeskError, Entry, Run, StoreError
from copydesk_parts import build_jsonl, build_parquet
from copydesk_parts.manifest import load
from copydesk_parts.options import Options

BUILDERS = {"jsonl": build_jsonl, "parquet": build_parquet}


def open_store(path: Path, use: str = "jsonl") -> Any:
    """Return a store to be used in a `with` block."""
    return closing(BUILDERS[use](Options(path)))


def done(key: str, text: str) -> Entry:
    """Return a row with a record."""
    return Entry(key, "done", record=json.dumps({"text": text}).encode())


def write(store: Any, *batches: list[Entry]) -> None:
    """Make a whole run."""
    store.begin(Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f"))
    for batch in batches:
        store.commit(batch)
    store.end({})


def texts(store: Any) -> dict[str, str]:
    """Return the texts of the records, and hold them to the rows."""
    keys = sorted(row.key for row in store.known() if row.state == "done")
    records = [json.loads(record)["text"] for record in store.records()]
    return dict(zip(keys, records, strict=True))


def assert_swept(path: Path, use: str) -> None:
    """Hold that a folder has the files that its manifest names, and no others."""
    manifest = load(path, use)
    names = {file.name for file in path.iterdir()} - {"manifest.json", "run.lock"}
    assert manifest.names == {name.partition(".")[0] for name in names}


@pytest.fixture(params=["jsonl", "parquet"])
def use(request: pytest.FixtureRequest) -> str:
    """Return the name of a store in parts."""
    name: str = request.param
    return name


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store may be made."""
    return tmp_path / "deep" / "store"


class Crash(BaseException):
    """The machine stops here."""


def crash_at(monkeypatch: pytest.MonkeyPatch, number: int) -> list[int]:
    """Let the machine stop before the `number`th thing that is done to the disk; count them."""
    count = [0]

    def guard(function: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*arguments: Any, **names: Any) -> Any:
            count[0] += 1
            if count[0] == number:
                raise Crash
            return function(*arguments, **names)

        return guarded

    monkeypatch.setattr(os, "fsync", guard(os.fsync))
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, guard(getattr(Path, name)))
    return count


def test_crash_at_every_step(use: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a machine stops, the store is as before or after a commit, and goes on."""
    before = {"a": "old", "b": "old"}
    between, after = before | {"a": "new"}, {"a": "new", "b": "old", "c": "new"}
    seen = []
    for number in itertools.count(1):
        path = tmp_path / str(number)
        with open_store(path, use) as store:
            write(store, [done("a", "old")], [done("b", "old")])
        with monkeypatch.context() as patch, open_store(path, use) as store:
            count = crash_at(patch, number)
            try:
                write(store, [done("a", "new")], [done("c", "new")])
                store.prune(1)
            except Crash:
                pass
        crashed = count[0] == number
        with open_store(path, use) as store:
            seen.append(texts(store))
            assert seen[-1] in (before, between, after)
            write(store, [done("d", "last")])
            assert seen[-1] | {"d": "last"} == texts(store)
            assert len(list(store.runs())) in {2, 3}
        assert_swept(path, use)
        if not crashed:
            break

    assert number > 25
    order = [[before, between, after].index(state) for state in seen]
    assert sorted(order) == order
    assert {0, 1, 2} == set(order)


def test_parts_stay_few(use: str, path: Path) -> None:
    """Thousands of commits leave a handful of parts, while the run is on and after it."""
    with open_store(path, use) as store:
        store.begin(Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f"))
        for number in range(300):
            store.commit([done(f"{number:04}", str(number))])
            assert len(load(path, use).parts) <= 60
        store.end({})

        assert len(load(path, use).parts) <= 5
        assert [str(number) for number in range(300)] == list(texts(store).values())
    assert_swept(path, use)


def test_small_runs_do_not_pile_up(use: str, path: Path) -> None:
    """A hundred runs of a few items leave a few parts, and of the oldest only what counts."""
    with open_store(path, use) as store:
        write(store, [done(f"first {number}", "x" * 500) for number in range(50)])
        for number in range(100):
            write(store, [done("often", str(number)), done(f"{number:04}", str(number))])
            store.prune(3)

        assert len(load(path, use).live) < 10
        assert len(load(path, use).parts) < 20
        assert "99" == texts(store)["often"]
        assert 151 == len(texts(store))
        assert [101, 100, 99] == [run.number for run in store.runs() if run.kept]
    assert_swept(path, use)


def test_replaced_records_leave_the_disk(use: str, path: Path) -> None:
    """Records that are replaced again and again take no more than about twice the space."""
    with open_store(path, use) as store:
        for number in range(60):
            write(store, [done(str(key), f"{number} {key} " + "x" * 2000) for key in range(20)])
            store.prune(1)

        assert sum(part.size for part in load(path, use).parts) < 3 * 20 * 2300


def test_left_over_parts_are_ignored_and_swept(use: str, path: Path) -> None:
    """Files that no manifest names do not count, and go when the next run begins."""
    with open_store(path, use) as store:
        write(store, [done("a", "one")])
    for file in list(path.glob("0*")):
        (path / file.name.replace(file.name[:8], "00000099")).write_bytes(file.read_bytes()[:40])
    (path / "notes.txt").write_text("not ours")

    with open_store(path, use) as store:
        assert {"a": "one"} == texts(store)
        write(store, [done("b", "two")])
        assert {"a": "one", "b": "two"} == texts(store)
    assert (path / "notes.txt").exists()
    (path / "notes.txt").unlink()
    assert_swept(path, use)


def test_records_are_plain_lines(path: Path) -> None:
    """The records of the store `jsonl` are lines of JSON in the order of their keys."""
    with open_store(path) as store:
        write(store, [done("b", "zwei €"), done("a", "eins")])

    (file,) = path.glob("*.records.jsonl")
    assert ["eins", "zwei €"] == [
        json.loads(line)["text"] for line in file.read_bytes().splitlines()
    ]


def test_record_of_many_items(use: str, path: Path) -> None:
    """One record after the other is read from whichever part has it, gone ones are not."""
    with open_store(path, use) as store:
        write(store, [done(f"{number:04}", "old") for number in range(3000)])
        write(store, [done("0007", "new"), Entry("0008", "gone"), Entry("0009", "gone",
                      keeps_record=True)])  # fmt: skip

        found = [store.record(key) for key in ("0007", "0008", "0009", "2999", "no")]
        assert ["new", None, "old", "old", None] == [
            record and json.loads(record)["text"] for record in found
        ]


def test_plan_makes_nothing(path: Path) -> None:
    """Reading a store that is not there makes no folder; an empty folder stays empty."""
    for _ in range(2):
        with open_store(path) as store:
            assert [] == [*store.known(), *store.records(), *store.rows(), *store.runs()]
            assert None is store.record("a")
        assert not path.exists() or [] == list(path.iterdir())
        path.mkdir(parents=True, exist_ok=True)


def test_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """A folder that holds something else, or a file, is no place for a store."""
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(StoreError, match=r"other files in it, such as 'thesis\.doc'"):
        build_jsonl(Options(tmp_path))
    with pytest.raises(StoreError, match="a file; this store is a folder"):
        build_jsonl(Options(tmp_path / "thesis.doc"))


def test_store_of_the_other_kind_is_refused(path: Path) -> None:
    """A store in Parquet is not opened as JSON Lines, and the right name is told."""
    with open_store(path, "parquet") as store:
        write(store, [done("a", "one")])

    with pytest.raises(StoreError, match=r"of kind .parquet., not .jsonl.; .*--use parquet"):
        build_jsonl(Options(path))


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"store": "jsonl", "format": 1, "next": ""}']
)
def test_damaged_manifest_is_refused(path: Path, content: str) -> None:
    """A manifest that is none is told with its place."""
    path.mkdir(parents=True)
    (path / "manifest.json").write_text(content)

    with pytest.raises(StoreError, match=r"manifest\.json: not a manifest of copydesk"):
        build_jsonl(Options(path))


def test_full_disk_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full ends the run with words; what was committed is there."""

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with open_store(path) as store:
        store.begin(Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f"))
        store.commit([done("a", "one")])
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            with pytest.raises(StoreError, match="No space left on device; what was committed"):
                store.commit([done("b", "two")])

        assert {"a": "one"} == texts(store)
        store.commit([done("b", "two")])
        assert {"a": "one", "b": "two"} == texts(store)


def test_missing_library_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the store `parquet` says what brings it; `jsonl` needs nothing."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CopydeskError, match=r"pip install 'copydesk\[parquet\]'"):
        build_parquet(Options(path))
    build_jsonl(Options(path))


def test_parts_from_before_a_field_are_read(tmp_path: Path, use: str) -> None:
    """A row that has no field `told`, as older versions wrote it, does not say what was told."""
    with open_store(tmp_path, use) as store:
        write(store, [done("a", "one")])
    if use == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        (path,) = tmp_path.glob("*.parquet")
        parquet.write_table(parquet.read_table(path).drop_columns(["told"]), path)
    else:
        (path,) = tmp_path.glob("*.ledger.jsonl")
        row = json.loads(path.read_text())
        del row["told"]
        path.write_text(json.dumps(row) + "\n")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (part,) = manifest["parts"]
    ends = ("ledger.jsonl", "records.jsonl", "parquet")
    sizes = [file.stat().st_size for end in ends for file in tmp_path.glob(f"*.{end}")]
    part.update(size=sum(sizes), files=[])
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))

    with open_store(tmp_path, use) as store:
        assert [None] == [row.told for row in store.known()]
        assert {"a": "one"} == texts(store)
