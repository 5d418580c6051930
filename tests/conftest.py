"""What the tests share."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.postgres_server import NoServer, Server, run_server

_LINES = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print what tests had to tell."""
    for line in config.stash.get(_LINES, []):
        terminalreporter.line(line)


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what has a line printed at the end of the session."""
    return request.config.stash.setdefault(_LINES, []).append


def pytest_configure() -> None:
    """Hear the signals that whoever started the tests in the background had ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session")
def server(tell: Callable[[str], None]) -> Iterator[Server]:
    """Run a PostgreSQL for all tests of the session; where that cannot be, say why and skip."""
    try:
        with run_server() as running:
            yield running
    except NoServer as reason:
        tell(f"no test of the store postgres: {reason}")
        pytest.skip(f"no PostgreSQL: {reason}")
