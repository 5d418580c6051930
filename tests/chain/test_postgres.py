"""The store `postgres` as the command line meets it: with passwords, and in bad repair."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from tests.postgres_server import Server

from copydesk.testing import Desk


@pytest.fixture
def url(server: Server) -> str:
    """Return the URL of an empty database."""
    return server.create(f"news{uuid4().hex[:12]}")


@pytest.fixture
def desk(tmp_path: Path, url: str) -> Desk:
    """Return a desk with one article done and one in quarantine, in a database."""
    desk = Desk(tmp_path)
    desk.write("articles/a.txt", "The harbour of Lisbon is open again.")
    desk.write("articles/b.txt.gz", "no gzip")
    desk.write_chain("encoding.chardet", store={"use": "postgres", "options": {"url": url}})
    desk.run("chain.yaml", "--store", url)
    return desk


def test_password_is_not_printed(desk: Desk, url: str) -> None:
    """What verbs print of a database names it without the password in its URL."""
    secret = url.replace("@", ":s3cret@") + "&sslpassword=s3cret"
    words = ("--use", "postgres", "--store", secret)

    told = [
        desk.copydesk("quarantine", "show", "b.txt.gz", *words),
        desk.copydesk("quarantine", "show", "else.txt", *words),
        desk.copydesk("merge", "whole.db", secret, "--from", "postgres"),
        desk.copydesk("report", *words),
    ]

    assert [1, 2, 0, 0] == [done.returncode for done in told]
    for done in told:
        assert "s3cret" not in done.stdout + done.stderr
    assert f"--store '{url}'" in told[0].stdout
    assert f"{url}: 2 items joined" in told[2].stderr


def test_damaged_database_is_told(desk: Desk, url: str) -> None:
    """Verbs on a database whose tables are damaged end in one line, and 2."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DELETE FROM copydesk.format")
    words = ("--use", "postgres", "--store", url)

    for verb in (("export", *words), ("report", *words), ("run", "chain.yaml")):
        done = desk.copydesk(*verb)

        assert (2, "") == (done.returncode, done.stdout)
        assert "restore them from a copy" in done.stderr
        assert 1 == len(done.stderr.splitlines())
