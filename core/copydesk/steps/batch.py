"""Calls a step on many documents at once, and on fewer where that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from copydesk.document import Document
from copydesk.interrupt import pass_interrupt

Call = Callable[[Sequence[Document]], Iterable[Any]]
"""The `process_batch` of a step."""
_SHARE = 4  # batches that should fit into the time that one may take


def call_batch(process_batch: Call, documents: Sequence[Document]) -> list[Any]:
    """Return what a step makes of each document; for one that it raises on, the error.

    A batch that fails is halved until the bad documents are alone, so that each costs itself.
    """
    try:
        return _count(list(process_batch(documents)), len(documents))
    except BaseException as error:  # noqa: BLE001 - it costs one document
        pass_interrupt(error)
        if len(documents) == 1:
            return [error]
        middle = len(documents) // 2
        first, second = documents[:middle], documents[middle:]
        return call_batch(process_batch, first) + call_batch(process_batch, second)


def _count(made: list[Any], documents: int) -> list[Any]:
    """Return what was made, if it is one result for each document."""
    if len(made) != documents:
        raise ValueError(
            f"process_batch returned {len(made)} results for {documents} documents; "
            "return one for each, in order"
        )
    return made


class Pace:
    """How many documents a step is given at once: as many as it wants, if they are quick."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seconds: float | None = None

    def limit(self, seconds: float) -> int:
        """Return how many may be given at once, if a batch may take so long; 0: for ever.

        A batch has no more time than one document, lest one that hangs costs an hour. So the first
        one is of one document, and later ones are as large as leaves time to spare.
        """
        if not seconds:
            return self._most
        if self._seconds is None:
            return 1
        return max(1, min(self._most, int(seconds / _SHARE / max(self._seconds, 1e-6))))

    def note(self, seconds: float, documents: int) -> None:
        """Take account of how long some documents took."""
        pace = seconds / documents
        self._seconds = pace if self._seconds is None else (self._seconds + pace) / 2
