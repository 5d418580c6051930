"""The unit of work that compares two chains: an item in, what differs out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from attrs import evolve, field, frozen

from copydesk.config import Config
from copydesk.difference.fate import Finding, Givers, compare_fates, fate_of
from copydesk.item import Item, Recalled
from copydesk.ledger import Outcome
from copydesk.spec import Entering, Source
from copydesk.work import ChainJob, ChainWork

FINDINGS = msgspec.msgpack.Decoder(tuple[Finding, ...])
"""Reads what `PairJob.process` puts in the place of a record."""
_ENCODER = msgspec.msgpack.Encoder()


@frozen
class PairWork:
    """Two configured chains over the source of the first."""

    before: Config
    after: Config
    givers: Givers
    labels: Sequence[str] = field(init=False)

    @labels.default
    def _labels(self) -> Sequence[str]:
        first, second = (
            [*(step.label for step in config.chain), "record"]
            for config in (self.before, self.after)
        )
        return (*(f"A: {label}" for label in first), *(f"B: {label}" for label in second))

    def start(self, entering: Entering) -> PairJob:
        """Build both chains; raises `PluginError` naming the step that cannot be built."""
        offset = len(self.before.chain) + 1

        def enter_second(place: int, seconds: float) -> None:
            entering(place + offset if place >= 0 else place, seconds)

        first = ChainWork(self.before).start(entering)
        second = ChainWork(evolve(self.after, source=self.before.source)).start(enter_second)
        source: Any = self.before.source.offer.spec.build(self.before.source.options)
        return PairJob(_ReadOnce(source), first, second, self.givers)


class PairJob:
    """The work as it stands in one worker."""

    def __init__(
        self, source: _ReadOnce, first: ChainJob, second: ChainJob, givers: Givers
    ) -> None:
        self._source = source
        self._first = first
        self._second = second
        self._givers = givers

    def process(self, item: Item) -> Outcome:
        """Return the differences in the place of a record."""
        one = self._first.pass_down(self._source, item)
        # what both chains begin with is done once
        recalled = Recalled(one.sha256, one.results) if one.results else None
        other = self._second.pass_down(self._source, evolve(item, recalled=recalled))
        found = compare_fates(fate_of(one), fate_of(other), self._givers)
        return Outcome(item.key, "done", one.sha256, _ENCODER.encode(found))

    def close(self) -> None:
        """Close the steps of both."""
        self._first.close()
        self._second.close()


class _ReadOnce:
    """A source that keeps what it has read last."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._key = ""
        self._content = b""

    def items(self) -> Any:
        """Yield what the source lists."""
        return self._source.items()

    def read(self, item: Item) -> bytes:
        """Return the bytes of an item, from memory the second time."""
        if item.key != self._key:
            self._content, self._key = self._source.read(item), item.key
        return self._content
