"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder."""
    return Desk(tmp_path)
