"""What the supervisor makes of the death of a worker that was at a batch."""

from __future__ import annotations

import pytest

from copydesk.api import Item
from copydesk.workers.slot import Place
from copydesk.workers.supervisor import _take_batch


@pytest.mark.parametrize(
    ("owed", "batch", "taken"),
    [
        ([3, 4, 5, 6], (3, 6), [3, 4, 5, 6]),
        ([3, 4, 5, 6, 7, 8], (4, 6), [4, 5, 6]),
        ([9, 2, 7, 4], (2, 4), [2, 7, 4]),
        ([4, 5], (3, 5), [5]),
        ([8, 9], (3, 5), []),
    ],
)
def test_batch_is_what_was_given_from_first_to_last(
    owed: list[int], batch: tuple[int, int], taken: list[int]
) -> None:
    """Suspects are the items of the batch, in the order that the worker got them; others stay."""
    items = {number: Item(str(number)) for number in owed}
    found = _take_batch(items, Place(batch[0], 1, 0.0, 0.0, batch[1]))

    assert taken == list(found)
    assert [number for number in owed if number not in taken] == list(items)
