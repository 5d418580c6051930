"""Names a record of a store that cannot be read: of damaged bytes nobody knows whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from copydesk.errors import StoreError
from copydesk.record import Record
from copydesk.spec import Store

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError)
"""What reading a record raises that is no JSON, or not that of a record."""


@contextmanager
def naming_damage(store: Store, place: str) -> Iterator[None]:
    """Raise `StoreError` with the key of the record where one of this store cannot be read."""
    try:
        yield
    except UNREADABLE as error:
        key = next(_find_damaged(store), None)
        if key is None:
            raise  # it was of another store
        raise StoreError(
            f"{place}: {key}: its record is damaged: {error}; restore the store from a copy, or "
            "run the chain into another one"
        ) from error


def _find_damaged(store: Store) -> Iterator[str]:
    """Yield the keys of the records that cannot be read, in the order in which they are exported.

    Each is asked for by its key, which costs more than to read all, so that only who has met
    damage does it.
    """
    decoder = msgspec.json.Decoder(Record)
    for key in sorted(known.key for known in store.known() if known.has_record):
        try:
            decoder.decode(store.record(key) or b"")
        except UNREADABLE:
            yield key
