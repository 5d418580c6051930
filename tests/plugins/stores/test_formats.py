"""What bundled stores do with a format of another version; their promises are the kit's checks."""

from __future__ import annotations

import pytest
from tests.plugins.stores.kinds import Kind, done, write

from copydesk.api import StoreError


def test_other_formats_are_refused(kind: Kind, spoil: object) -> None:
    """A store of a format that this version does not know is refused, with both named."""
    with kind.open() as store:
        write(store, [done("a")])
    assert callable(spoil)
    spoil(kind.place("one"))

    with pytest.raises(StoreError, match="format 99"), kind.open() as store:
        write(store, [])
