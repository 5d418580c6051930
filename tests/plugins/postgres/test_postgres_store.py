"""The store `postgres` and its database."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from tests.postgres_server import Server

from copydesk.api import CopydeskError, Entry, Run, StoreError
from copydesk_postgres import build, database
from copydesk_postgres.options import Options


@pytest.fixture
def url(server: Server) -> str:
    """Return the URL of a database of its own."""
    return server.create(uuid4().hex)


def open_store(url: str, **options: Any) -> Any:
    """Return a store to be used in a `with` block."""
    return closing(build(Options(url, **options)))


def a_run() -> Run:
    """Return a run that no store has yet."""
    return Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f")


def write(store: Any, *entries: Entry) -> None:
    """Make a run of one commit."""
    store.begin(a_run())
    store.commit(entries)
    store.end({})


def ask(url: str, query: str) -> list[tuple[Any, ...]]:
    """Ask the database as another program would."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


def test_tables_are_made_by_the_first_run(url: str) -> None:
    """Reading makes nothing; the first run makes the schema, which other programs can read."""
    with open_store(url) as store:
        assert [] == [*store.known(), *store.records(), *store.runs()]
        assert None is store.record("a")
        assert [] == ask(url, "SELECT 1 FROM pg_namespace WHERE nspname = 'copydesk'")
        write(store, Entry("a", "done", record=b'{"text": "zwei"}'))

    query = "SELECT key, json ->> 'text' FROM copydesk.current_record"
    assert [("a", "zwei")] == ask(url, query)


def test_stores_of_one_database(url: str) -> None:
    """Each schema is a store of its own; runs in both may be on at once."""
    with open_store(url) as one, open_store(url, schema="other") as other:
        one.begin(a_run())
        write(other, Entry("b", "done", record=b"{}"))
        one.commit([Entry("a", "done", record=b"[]")])

        assert [[b"[]"], [b"{}"]] == [list(one.records()), list(other.records())]


def test_older_tables_are_migrated(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of an older version are brought to the newest when a run begins, and keep all."""
    with open_store(url) as store:
        write(store, Entry("a", "done", record=b"{}"))
    newest = len(database.MIGRATIONS) + 1
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, "new.sql"))
    monkeypatch.setattr(
        database, "read_script", lambda _name: "ALTER TABLE run ADD COLUMN note text;"
    )

    with open_store(url) as store:
        with pytest.raises(StoreError, match=f"version reads format {newest}; the next"):
            list(store.records())
        write(store, Entry("b", "done", record=b"[]"))
        assert [b"{}", b"[]"] == list(store.records())

    assert [(newest,)] == ask(url, "SELECT version FROM copydesk.format")
    assert [(None,), (None,)] == ask(url, "SELECT note FROM copydesk.run")


def test_failed_migration_changes_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the making of tables fails none is left, and the next run makes them."""
    script = database.read_script("1.sql")
    with monkeypatch.context() as patch, open_store(url) as store:
        patch.setattr(database, "read_script", lambda _name: script + "SELECT nonsense;")
        with pytest.raises(Exception, match="nonsense"):
            store.begin(a_run())

    with open_store(url) as store:
        write(store, Entry("a", "done", record=b"{}"))
        assert [b"{}"] == list(store.records())


def test_lost_connection_is_told(url: str) -> None:
    """When the server ends the connection the run ends with words; what was committed is there."""
    with open_store(url) as store:
        store.begin(a_run())
        store.commit([Entry("a", "done", record=b"{}")])
        ask(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                 "WHERE application_name = 'copydesk'")  # fmt: skip
        with pytest.raises(StoreError, match=r"the store cannot be written: .*what was committed"):
            store.commit([Entry("b", "done", record=b"{}")])

    with open_store(url) as store:
        assert ["a"] == [row.key for row in store.known()]


def test_unreachable_server_is_told() -> None:
    """A server that is not there is told without the password."""
    url = "postgresql://editor:secret@localhost:1/news?connect_timeout=2"
    with pytest.raises(StoreError, match="the store cannot be opened") as caught:
        build(Options(url))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgres:/editor:secret@localhost/news",
        "postgresql://editor:secret/secret@localhost/news",
        "postgresql://editor:123@secret@localhost/news",
        "postgresql://editor:secret%@localhost/news",
    ],
)
def test_url_that_is_not_understood(url: str) -> None:
    """A URL that cannot be read is not printed: a part of the password may be anywhere in it."""
    with pytest.raises(StoreError, match=r"option url .* is not understood; write") as caught:
        build(Options(url))
    assert "secret" not in str(caught.value)


def test_user_without_rights_is_told(url: str) -> None:
    """A user who may not read, or not make the tables, is told which database and what to do."""
    user = f"u{uuid4().hex[:12]}"
    ask(url, f"CREATE USER {user}")
    poor = f"postgresql://{user}{url[url.index('@') :]}"

    with open_store(poor) as store, pytest.raises(StoreError, match=f"written.*give.*{user} the"):
        store.begin(a_run())
    with open_store(url) as store:
        write(store, Entry("a", "done", record=b"{}"))
    with pytest.raises(StoreError, match=f"cannot be read: permission denied.*give.*{user} the"):
        build(Options(poor))
    ask(url, f"GRANT USAGE ON SCHEMA copydesk TO {user}")
    ask(url, f"GRANT SELECT ON copydesk.format TO {user}")
    with open_store(poor) as store:
        for read in (store.runs, store.known, store.records, lambda: [store.record("a")]):
            with pytest.raises(StoreError, match="cannot be read: permission denied"):
                list(read())


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM copydesk.format",
        "ALTER TABLE copydesk.format RENAME COLUMN version TO number",
        "ALTER TABLE copydesk.ledger RENAME TO book",
        "ALTER TABLE copydesk.record RENAME COLUMN json TO yaml",
    ],
)
def test_damaged_tables_are_told(url: str, damage: str) -> None:
    """Tables in which something is missing are named with what is missing, and what to do."""
    with open_store(url) as store:
        write(store, Entry("a", "done", record=b"{}"))
    ask(url, damage)

    def use() -> None:
        with open_store(url) as store:
            list(store.records())
            list(store.known())
            write(store, Entry("b", "done", record=b"{}"))

    words = "(cannot be|does not say).*; its tables are not as copydesk made them; restore"
    with pytest.raises(StoreError, match=words):
        use()


def test_lost_connection_while_reading_is_told(url: str) -> None:
    """When the server ends the connection of a reader, it is told in words too."""
    entries = [Entry(f"{n:04}", "done", record=b"{}") for n in range(600)]
    with open_store(url) as store:
        write(store, *entries)
        records = store.records()
        assert b"{}" == next(records)
        ask(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                 "WHERE application_name = 'copydesk'")  # fmt: skip
        with pytest.raises(StoreError, match=r" on .*: the store cannot be read: .*; try again"):
            list(records)
        with pytest.raises(StoreError, match=r"the store cannot be read: .*; try again"):
            store.record("0000")


def test_strange_schema_is_refused() -> None:
    """The name of a schema is a plain one: it becomes part of statements."""
    with pytest.raises(ValueError, match="must match regex"):
        Options("postgresql:///news", schema="x; DROP TABLE run")


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without psycopg the error says what brings it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(CopydeskError, match=r"pip install 'copydesk\[postgres\]'"):
        build(Options("postgresql:///news"))
