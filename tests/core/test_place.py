"""Where a store is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from copydesk.place import hide_password, is_own


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("out/news.db", "out/news.db"),
        ("out/a&b?password.db", "out/a&b?password.db"),
        ("postgresql://ed@host:5432/news", "postgresql://ed@host:5432/news"),
        ("postgresql://host:5432/news?user=ed@paper", "postgresql://host:5432/news?user=ed@paper"),
        ("postgresql://[::1]:5432/news?user=ed@x", "postgresql://[::1]:5432/news?user=ed@x"),
        ("postgresql://ed:secret@host/news", "postgresql://ed@host/news"),
        ("postgresql://ed:sec@ret@host/news", "postgresql://ed@host/news"),
        ("postgresql://ed:sec/ret@host/news", "postgresql://ed@host/news"),
        ("postgresql://ed:sec#ret@host/news", "postgresql://ed@host/news"),
        ("postgresql://:secret@/news?host=/run", "postgresql://@/news?host=/run"),
        ("postgresql:///news?password=secret", "postgresql:///news"),
        ("postgresql:///news?user=ed&password=secret", "postgresql:///news?user=ed"),
        ("postgresql:///news?password=secret&user=ed", "postgresql:///news?user=ed"),
        ("postgresql:///news?sslpassword=secret&user=ed", "postgresql:///news?user=ed"),
        ("host=/run password=secret dbname=news", "host=/run dbname=news"),
        ("dbname=news password = 'sec \\' ret'", "dbname=news"),
    ],
)
def test_a_password_is_not_shown(place: str, shown: str) -> None:
    """A place is shown as it is given, but for a password wherever one can stand."""
    assert shown == hide_password(place)


@pytest.mark.parametrize(
    "name",
    [
        "out.db", "out.db.lock", "out.db.log", "out.db.log.3", "out.db-wal", "out.db-shm",
        "out.db-journal", "sub/../out.db", "link", "hard", "linked/out.db", "link.lock",
    ],
)  # fmt: skip
def test_files_of_a_store(tmp_path: Path, name: str) -> None:
    """A store is its own by any spelling, and so is what it keeps beside it."""
    store = tmp_path / "out.db"
    store.touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "link").symlink_to("out.db")
    (tmp_path / "linked").symlink_to(".")
    os.link(store, tmp_path / "hard")

    assert is_own(str(store), tmp_path / name) is (name != "link.lock")
    assert is_own(str(tmp_path / "link"), tmp_path / name)


def test_files_in_a_store(tmp_path: Path) -> None:
    """All in the folder of a store is its own; a file beside it whose name begins alike is not."""
    (tmp_path / "out").mkdir()
    (tmp_path / "other").symlink_to("out")

    for name in ("out/manifest.json", "other/new.csv", "out/a/b.csv", "out", "out.log"):
        assert is_own(str(tmp_path / "out"), tmp_path / name), name
    for name in ("out.csv", "outer/a.csv", "a.csv"):
        assert not is_own(str(tmp_path / "out"), tmp_path / name), name
