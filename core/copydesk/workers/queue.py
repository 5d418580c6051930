"""The items that wait for a worker, handed out in chunks of about a fifth of a second's work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from itertools import count
from time import monotonic

from copydesk.item import Item

Ticket = tuple[int, Item]
"""An item, with the number that it has throughout the run."""

_CHUNK_SECONDS = 0.2
_CHUNK_ITEMS = 128
_CHUNK_BYTES = 1 << 20
_SLOW = 0.05  # seconds that a source may take before the workers are looked after again


class Queue:
    """Pulls items from the source only as they are needed."""

    def __init__(self, items: Iterable[Item], batch_size: int = 0) -> None:
        self._items = iter(items)
        self._numbers = count(1)
        self._alone: deque[Ticket] = deque()
        self._again: deque[Ticket] = deque()
        self._pace: float | None = None
        self._fewest = max(1, batch_size)
        self.is_exhausted = False
        """Whether the source has no more; items may still wait to be tried again."""
        self.is_slow = False
        """Whether the source kept the last chunk waiting."""
        self.error: Exception | None = None
        """What the source raised while it listed."""

    def take(self) -> list[Ticket]:
        """Return the next chunk, empty when nothing waits."""
        self.is_slow = False
        if self._alone:
            return [self._alone.popleft()]
        chunk: list[Ticket] = []
        items = self._chunk_items()
        size = 0
        late = monotonic() + _SLOW
        while len(chunk) < items and size < _CHUNK_BYTES and not self.is_slow:
            ticket = self._again.popleft() if self._again else self._pull()
            if ticket is None:
                break
            chunk.append(ticket)
            item = ticket[1]
            size += item.size if item.payload is None else len(item.payload)
            self.is_slow = monotonic() > late
        return chunk

    def give_back(self, owed: Mapping[int, Item]) -> None:
        """Let items wait again that were lost through no fault of theirs."""
        self._again.extend(owed.items())

    def try_alone(self, owed: Mapping[int, Item]) -> None:
        """Let items wait again that a worker may have died of, each for a worker of its own."""
        self._alone.extend(owed.items())

    @property
    def has_suspect(self) -> bool:
        """Whether the next chunk must be given to a worker that has no other work."""
        return bool(self._alone)

    def note_pace(self, seconds: float, items: int) -> None:
        """Take account of how long some items took one worker."""
        pace = seconds / items
        self._pace = pace if self._pace is None else (self._pace + pace) / 2

    def _chunk_items(self) -> int:
        if self._pace is None:
            return 1
        return max(self._fewest, min(_CHUNK_ITEMS, int(_CHUNK_SECONDS / max(self._pace, 1e-6))))

    def _pull(self) -> Ticket | None:
        if self.is_exhausted:
            return None
        try:
            return next(self._numbers), next(self._items)
        except StopIteration:
            self.is_exhausted = True
        except Exception as error:  # noqa: BLE001 - raised again when the items before it are done
            self.is_exhausted = True
            self.error = error
        return None
