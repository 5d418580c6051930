"""What the tests share."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk import Desk
from tests.postgres_server import NoServer, Server, run_server


def pytest_configure() -> None:
    """Hear the signals that whoever started the tests in the background had ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


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
