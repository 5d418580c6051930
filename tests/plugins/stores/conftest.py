"""Gives the tests each kind of store in turn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.plugins.stores.kinds import Kind

USES = ("sqlite",)


def _make(use: str, folder: Path) -> Kind:
    return Kind(use, lambda name: str(folder / "stores" / f"{name}.{use}"))


@pytest.fixture(params=USES)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    """Return a kind of store, with room for new ones."""
    return _make(request.param, tmp_path)


@pytest.fixture
def other_kind(kind: Kind, tmp_path: Path) -> Kind:
    """Return another kind than `kind`."""
    return _make("sqlite", tmp_path / "other")


@pytest.fixture
def spoil(kind: Kind) -> Callable[[str], None]:
    """Return what gives a store a format from the future."""
    return {"sqlite": _spoil_sqlite}[kind.use]


def _spoil_sqlite(place: str) -> None:
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def _spoil_parts(place: str) -> None:
    manifest = Path(place) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 99}))
