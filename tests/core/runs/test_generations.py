"""Going back, with stores that cannot."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.errors import StoreError
from copydesk.runs.generations import roll_back
from copydesk.upkeep.merge import merge


class Forgetful:
    """A store without any of the optional parts."""


def test_store_that_cannot_go_back_is_named() -> None:
    """A rollback in a store that keeps no generations is refused with the store's name."""
    store: Any = Forgetful()

    with pytest.raises(StoreError, match="the store 'forgetful' keeps the newest records only"):
        roll_back(store, "forgetful", 1)


def test_store_that_cannot_be_merged_is_refused() -> None:
    """Stores that cannot give or take rows are not merged."""
    with pytest.raises(StoreError, match="cannot be merged"):
        merge(Forgetful(), Forgetful())
