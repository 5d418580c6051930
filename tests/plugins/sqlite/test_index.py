"""The full-text index beside records that come and go."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.api import Entry, Run, words_of
from copydesk_sqlite.options import Options
from copydesk_sqlite.store import SqliteStore


def a_run() -> Run:
    """Return a run that no store has yet."""
    return Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f" * 32)


def done(key: str, text: str, search: str | None = None) -> Entry:
    """Return a row with a record, indexed under its words or others."""
    record = f'{{"metadata": {{"title": "News"}}, "text": "{text}"}}'.encode()
    return Entry(key, "done", record=record, search=words_of(record) if search is None else search)


def write(store: SqliteStore, *entries: Entry) -> None:
    """Make a run of one commit."""
    store.begin(a_run())
    store.commit(entries)
    store.end({})


def find(path: Path, word: str) -> list[str]:
    """Return the keys of current records with a word, after checking that the index is sound."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        return [
            key
            for (key,) in connection.execute(
                "SELECT key FROM search JOIN current_record ON id = search.rowid "
                "WHERE search MATCH ? ORDER BY key",
                (word,),
            )
        ]


def indexed(path: Path, word: str) -> int:
    """Return how many records, current or not, the index has under a word."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT count(*) FROM search WHERE search MATCH ?"
        count: int = connection.execute(query, (word,)).fetchone()[0]
        return count


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store may be made."""
    return tmp_path / "news.db"


def test_pruned_records_leave_the_index(path: Path) -> None:
    """Words of a pruned record are found no more, those of the others still are."""
    with closing(SqliteStore(Options(path))) as store:
        write(store, done("a", "Elster 中文"), done("b", "Elster"))
        write(store, done("a", "Amsel 中国"))
        assert 2 == indexed(path, "elster")
        store.prune(1)

    assert 1 == indexed(path, "elster")
    assert (["b"], ["a"], ["a"]) == (find(path, "elster"), find(path, "amsel"), find(path, "中"))
    assert [] == find(path, "文")


def test_index_is_built_anew_when_words_differ(path: Path) -> None:
    """Where a record no longer gives the words it was indexed under, nothing stale is left."""
    with closing(SqliteStore(Options(path))) as store:
        write(store, done("a", "Elster", "words of older rules"), done("b", "Elster", "older"))
        write(store, done("a", "Amsel"))
        store.prune(1)

    assert 0 == indexed(path, "older")
    assert (["b"], ["a"]) == (find(path, "elster"), find(path, "amsel"))


def test_index_after_going_back(path: Path) -> None:
    """A search finds the records of the run that was gone back to, and only them."""
    with closing(SqliteStore(Options(path))) as store:
        write(store, done("a", "Elster"))
        write(store, done("a", "Amsel"))
        store.begin(a_run())
        store.roll_back(1)

    assert (["a"], []) == (find(path, "elster"), find(path, "amsel"))


def test_pruning_without_an_index(path: Path) -> None:
    """Records that were never indexed are pruned, and those beside them stay indexed."""
    with closing(SqliteStore(Options(path, full_text=False))) as store:
        write(store, done("a", "Elster"))
    with closing(SqliteStore(Options(path))) as store:
        write(store, done("a", "Amsel"))
        store.prune(1)
        assert 1 == len(list(store.records()))

    assert ["a"] == find(path, "amsel")
