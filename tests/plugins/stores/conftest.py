"""Gives the tests each kind of store in turn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from tests.plugins.stores.kinds import Kind
from tests.postgres_server import Server

USES = ("sqlite", "jsonl", "parquet", "postgres")


@pytest.fixture(params=USES)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    """Return a kind of store, with room for new ones."""
    if request.param == "postgres":
        return _make_postgres(request.getfixturevalue("server"))
    return _make(request.param, tmp_path)


@pytest.fixture
def other_kind(kind: Kind, tmp_path: Path) -> Kind:
    """Return another kind than `kind`."""
    return _make("jsonl" if kind.use == "sqlite" else "sqlite", tmp_path / "other")


@pytest.fixture
def spoil(kind: Kind) -> Callable[[str], None]:
    """Return what gives a store a format from the future."""
    ways = {"sqlite": _spoil_sqlite, "postgres": _spoil_postgres}
    return ways.get(kind.use, _spoil_parts)


def _make(use: str, folder: Path) -> Kind:
    return Kind(use, lambda name: str(folder / "stores" / f"{name}.{use}"))


def _make_postgres(server: Server) -> Kind:
    """Return the kind with a database of its own for each name."""
    made: dict[str, str] = {}

    def place(name: str) -> str:
        if name not in made:
            made[name] = server.create(uuid4().hex)
        return made[name]

    return Kind("postgres", place)


def _spoil_sqlite(place: str) -> None:
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def _spoil_parts(place: str) -> None:
    manifest = Path(place) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 99}))


def _spoil_postgres(place: str) -> None:
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("UPDATE copydesk.format SET version = 99")
