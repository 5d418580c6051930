"""Gives pytest the fixture `desk`; small, as every run of pytest imports it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from copydesk.testing import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk in an empty folder, to run chains at and look at their records."""
    from copydesk.testing import Desk  # noqa: PLC0415 - most runs of pytest need none

    return Desk(tmp_path)
