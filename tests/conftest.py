"""What the tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk import Desk
from tests.postgres_server import NoServer, Server, run_server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder."""
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Run a PostgreSQL for all tests of the session; where that cannot be, say why and skip."""
    try:
        with run_server() as running:
            yield running
    except NoServer as reason:
        terminal = request.config.get_terminal_writer()
        terminal.line(f"\nno test of the store postgres: {reason}")
        pytest.skip(f"no PostgreSQL: {reason}")
