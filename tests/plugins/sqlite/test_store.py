"""The store `sqlite` as a run uses it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.api import Entry, Run, StoreError
from copydesk_sqlite.options import Options
from copydesk_sqlite.store import SqliteStore


def a_run() -> Run:
    """Return a run that no store has yet."""
    steps = ({"label": "x"},)
    return Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f" * 32, steps)


def done(key: str, text: str = "{}") -> Entry:
    """Return an entry with a record."""
    return Entry(key, "done", 3, 1.5, "aa", "f", record=text.encode(), search=text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store may be made."""
    return tmp_path / "new folder" / "news.db"


def test_commit_is_known_and_read_back(path: Path) -> None:
    """What is committed is known to the next run, and its record is read back byte for byte."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("b", '{"text": "zwei €"}'), Entry("a", "quarantined", reason="bad")])
        store.end({"done": 1})

    with closing(SqliteStore(Options(path))) as store:
        assert {"a": "quarantined", "b": "done"} == {row.key: row.state for row in store.known()}
        assert ['{"text": "zwei €"}'.encode()] == list(store.records())


def test_newest_record_is_current_and_old_stays(path: Path) -> None:
    """A record of a later run replaces the earlier one in the current view, which is kept."""
    for text in ("1", "2"):
        with closing(SqliteStore(Options(path))) as store:
            store.begin(a_run())
            store.commit([done("a", text)])

    with closing(SqliteStore(Options(path))) as store:
        assert [b"2"] == list(store.records())
    with closing(sqlite3.connect(path)) as connection:
        assert [("1",), ("2",)] == connection.execute("SELECT json FROM record").fetchall()


def test_gone_item_keeps_its_record(path: Path) -> None:
    """An item that is gone is marked, and its record stays current."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("a", "1")])
        store.commit([Entry("a", "gone", keeps_record=True)])

        assert ["gone"] == [row.state for row in store.known()]
        assert [b"1"] == list(store.records())


def test_failed_item_has_no_current_record(path: Path) -> None:
    """An item whose changed content fails does not show the record of its old content."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("a", "1")])
        store.commit([Entry("a", "quarantined", reason="bad")])

        assert [] == list(store.records())


def test_commit_is_all_or_nothing(path: Path) -> None:
    """A batch that cannot be written leaves nothing behind, and the next one works."""
    broken = Entry("b", "done", size=object())  # type: ignore[arg-type]
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        with pytest.raises(StoreError):
            store.commit([done("a"), broken])

        assert [] == list(store.known())
        store.commit([done("c")])
        assert ["c"] == [row.key for row in store.known()]


def test_second_run_is_refused(path: Path) -> None:
    """While one run is at work another cannot begin on the same store; reading goes on."""
    with closing(SqliteStore(Options(path))) as first:
        first.begin(a_run())
        first.commit([done("a", "1")])
        with closing(SqliteStore(Options(path))) as second:
            with pytest.raises(StoreError, match="another run is at work"):
                second.begin(a_run())
            assert [b"1"] == list(second.records())


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("PRAGMA user_version = 99", "store format 99"),
        ("PRAGMA application_id = 7", "not one of Copydesk"),
    ],
)
def test_other_databases_are_refused(path: Path, spoil: str, words: str) -> None:
    """A store of an unknown format, or another program's database, is refused and left alone."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(spoil)

    with pytest.raises(StoreError, match=words):
        SqliteStore(Options(path))


def test_older_format_is_migrated_by_a_run(path: Path) -> None:
    """A store of the format before is left alone by readers, and brought up, whole, by a run."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("a", "1")])
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("ALTER TABLE ledger DROP COLUMN told; PRAGMA user_version = 2")

    with closing(SqliteStore(Options(path))) as store:
        with pytest.raises(StoreError, match=r"store format 2, .* the next `copydesk run` into it"):
            list(store.records())
        assert 2 == store.begin(a_run())
        store.commit([done("b", "2")])
    with closing(SqliteStore(Options(path))) as store:
        assert [b"1", b"2"] == list(store.records())
        assert [None, None] == [row.told for row in store.known()]


def test_no_database_is_refused(tmp_path: Path) -> None:
    """A file that is no database is refused with its name."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at" * 30)

    with pytest.raises(StoreError, match=r"notes\.txt: the store cannot be opened"):
        SqliteStore(Options(path))


def test_full_text_search(path: Path) -> None:
    """The index finds words of a record, without regard to accents."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("a", "Zürich wächst"), done("b", "Genève")])

    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT key FROM search JOIN current_record ON id = search.rowid "
            "WHERE search MATCH 'geneve'"
        ).fetchall()
    assert [("b",)] == found


def test_runs_are_remembered(path: Path) -> None:
    """Each run is listed, newest first, with its steps and what it came to."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.end({"done": 3})
        store.begin(a_run())

        newest, oldest = store.runs()

    assert (2, None, {}) == (newest.number, newest.finished, newest.counts)
    assert ({"done": 3}, ({"label": "x"},)) == (oldest.counts, oldest.steps)


def test_rows_tell_what_is_not_done(path: Path) -> None:
    """Rows are the current ones of items without a good end, by key."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([Entry("b", "quarantined", step="s", reason="bad", traceback="t"), done("a")])
        store.commit([Entry("0", "dropped", reason="short", attempts=0)])

        first, second = store.rows()

    assert ("0", "dropped", "short") == (first.key, first.state, first.reason)
    assert ("b", "s", "t", 1, 1) == (
        second.key, second.step, second.traceback, second.attempts, second.run,
    )  # fmt: skip


def test_record_of_one_item(path: Path) -> None:
    """The record of one key is found, and None for a key that has none."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("a", "1"), done("b", "2")])

        assert b"2" == store.record("b")
        assert None is store.record("c")


def test_results_are_recalled_within_their_bound(path: Path) -> None:
    """Results of steps are found by content; the oldest are forgotten when there are too many."""
    results = tuple((f"print{number}", b"x" * 300_000) for number in range(2))
    with closing(SqliteStore(Options(path, cache_mb=1))) as store:
        for content in ("first", "second"):
            store.begin(a_run())
            store.commit([Entry(content, "done", sha256=content, results=results)])
            store.end({})

        assert dict(results) == dict(store.recall("second"))
        assert len(list(store.recall("first"))) < 2


def test_results_stay_within_their_bound_while_a_run_goes_on(path: Path) -> None:
    """A run without end never keeps more than an eighth too much, and seldom looks how much."""
    looks: list[str] = []
    with closing(SqliteStore(Options(path, cache_mb=1))) as store:
        store.begin(a_run())
        store._opened.set_trace_callback(
            lambda said: looks.append(said) if "sum(length(data))" in said else None
        )
        sizes = []
        for number in range(100):
            results = ((f"print{number}", bytes(50_000)),)
            store.commit([Entry("a", "done", sha256=f"{number:03}", results=results)])
            sizes.append(store.count_results()[1])
        looked = len(looks) - len(sizes)

        assert 1_000_000 < max(sizes) <= 1_125_000
        assert [True, False] == [bool(list(store.recall(key))) for key in ("099", "000")]
        assert looked <= 2 * 100 * 50_000 / 125_000


def test_no_results_without_a_cache(path: Path) -> None:
    """A bound of nothing keeps nothing."""
    with closing(SqliteStore(Options(path, cache_mb=0))) as store:
        store.begin(a_run())
        store.commit([Entry("a", "done", sha256="aa", results=(("print", b"x"),))])

        assert [] == list(store.recall("aa"))


def test_cleared_results_give_their_space_back(path: Path) -> None:
    """Results of steps are counted, and after clearing them the file is small again."""
    results = tuple((f"print{number}", bytes(100_000)) for number in range(20))
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([Entry("a", "done", sha256="aa", record=b"{}", results=results)])
        store.end({})
        assert (20, 2_000_000) == store.count_results()

        store.clear_results()

        assert (0, 0) == store.count_results()
        assert [b"{}"] == list(store.records())
    assert path.stat().st_size < 500_000


def test_results_are_not_cleared_under_a_run(path: Path) -> None:
    """While a run is at work its kept results stay."""
    with closing(SqliteStore(Options(path))) as first, closing(SqliteStore(Options(path))) as other:
        first.begin(a_run())
        with pytest.raises(StoreError, match="another run is at work"):
            other.clear_results()


@pytest.mark.parametrize("way", ["removed", "moved", "replaced"])
def test_store_that_goes_under_a_run_is_told(path: Path, way: str) -> None:
    """A run whose file is no longer at its path is told so, and does not end as if it were."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("a")])
        if way == "removed":
            shutil.rmtree(path.parent)
        else:
            path.rename(path.with_name("elsewhere.db"))
        if way == "replaced":
            path.write_bytes(path.with_name("elsewhere.db").read_bytes())

        told = r"news\.db: the store was removed, moved or replaced .* put it back, or run again"
        with pytest.raises(StoreError, match=told):
            store.commit([done("b")])
        with pytest.raises(StoreError, match=told):
            store.end({"done": 2})


def test_lock_holds_under_every_name(path: Path) -> None:
    """A store that is called by a symbolic link is the same one: a second run is refused."""
    path.parent.mkdir()
    link = path.with_name("link.db")
    link.symlink_to(path.name)
    with closing(SqliteStore(Options(link))) as first, closing(SqliteStore(Options(path))) as other:
        first.begin(a_run())
        with pytest.raises(StoreError, match=r"another run is at work .* \(run 1, .* news\.yaml"):
            other.begin(a_run())
    with closing(SqliteStore(Options(path))) as first, closing(SqliteStore(Options(link))) as other:
        assert 2 == first.begin(a_run())
        with pytest.raises(StoreError, match="another run is at work"):
            other.begin(a_run())


def damage(path: Path) -> None:
    """Overwrite the first page of every table and index."""
    with closing(sqlite3.connect(path)) as connection:
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage").fetchall()
    content = bytearray(path.read_bytes())
    for (root,) in roots:
        content[(root - 1) * 4096 : root * 4096] = b"\xaa" * 4096
    path.write_bytes(content)


READERS: dict[str, Callable[[SqliteStore], object]] = {
    "known": lambda store: list(store.known()),
    "rows": lambda store: list(store.rows()),
    "record": lambda store: store.record("a"),
    "records": lambda store: list(store.records()),
    "runs": lambda store: list(store.runs()),
    "recall": lambda store: list(store.recall("aa")),
    "count_results": lambda store: store.count_results(),
    "entries": lambda store: list(store.entries()),
    "begin": lambda store: store.begin(a_run()),
    "clear_results": lambda store: store.clear_results(),
}


@pytest.mark.parametrize("name", READERS)
def test_damage_is_told(path: Path, name: str) -> None:
    """Whatever comes upon a damaged page says so, what to do, and not that all is safe."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([done("a", "x" * 20_000)])
        store.end({})
    damage(path)

    with closing(SqliteStore(Options(path))) as store:
        with pytest.raises(
            StoreError, match=r"news\.db: the store is damaged: .*delete it"
        ) as told:
            READERS[name](store)
        assert "safe" not in str(told.value)


def test_garbled_rows_are_damage(path: Path) -> None:
    """Text that is none, and runs whose steps are no JSON, are damage too."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        store.commit([Entry("a", "quarantined")])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE ledger SET reason = CAST(x'ff' AS TEXT)")
        connection.execute("UPDATE run SET steps = 'x'")

    with closing(SqliteStore(Options(path))) as store:
        for read in (store.rows, store.runs):
            with pytest.raises(StoreError, match="the store is damaged"):
                list(read())


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder is refused as what it is."""
    with pytest.raises(StoreError, match="a folder; this store is a file: choose another path"):
        SqliteStore(Options(tmp_path))


@pytest.mark.parametrize(
    "unfit",
    [
        Entry("b", "done", size=1 << 63),
        Entry("b", "done", told="\ud800"),
        Entry("b", "done", modified=object()),  # type: ignore[arg-type]
    ],
)
def test_value_that_does_not_fit_is_told(path: Path, unfit: Entry) -> None:
    """What no database takes is told with its item; nothing of the batch is written."""
    with closing(SqliteStore(Options(path))) as store:
        store.begin(a_run())
        with pytest.raises(StoreError, match=r"news\.db: b: a value that the store cannot hold: "):
            store.commit([done("a"), unfit])

        assert [] == list(store.known())
