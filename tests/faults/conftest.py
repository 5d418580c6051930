"""The long form of the faults suite: `pytest tests/faults --long`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for the long form."""
    parser.addoption("--long", action="store_true", help="kill 200 times instead of 10")


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest) -> int:
    """Return how often to kill."""
    return 200 if request.config.getoption("--long") else 10
