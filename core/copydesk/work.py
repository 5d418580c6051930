"""The unit of work that an executor carries: an item in, an outcome out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256

from attrs import field, frozen

from copydesk.built import Built
from copydesk.chain import Chain
from copydesk.config import Config
from copydesk.document import Document
from copydesk.fingerprint import fingerprint_steps
from copydesk.interrupt import pass_interrupt
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.media_type import sniff
from copydesk.reason import explain, trace_back
from copydesk.record import publish
from copydesk.search import words
from copydesk.spec import Entering, Source, StepSpec, Turning
from copydesk.steps.passage import Failed, Finished, Passage, Watch, Way


@frozen
class ChainWork:
    """A configured chain, before anything of it is built."""

    config: Config
    labels: Sequence[str] = field(init=False)

    @labels.default
    def _labels(self) -> Sequence[str]:
        return tuple(step.label for step in self.config.chain)

    @property
    def batch_size(self) -> int:
        """How many items a worker should be given at once; 0 if it makes no difference."""
        specs = [step.offer.spec for step in self.config.chain]
        return max(spec.batch_size for spec in specs if isinstance(spec, StepSpec))

    def start(self, entering: Entering) -> ChainJob:
        """Build the source and the steps; raises `PluginError` naming the step that cannot be."""
        use = self.config.source
        source = Built.of(use.offer.spec.build(use.options))
        seconds = self.config.timeout_seconds
        chain = Chain(self.config.chain, entering)
        fingerprint = fingerprint_steps(self.config.chain)[-1]
        return ChainJob(source, chain, fingerprint, seconds, entering)


class ChainJob:
    """The work as it stands in one worker."""

    def __init__(
        self,
        source: Built[Source],
        chain: Chain,
        fingerprint: str,
        seconds: float,
        entering: Entering,
    ) -> None:
        self._source = source
        self._chain = chain
        self._fingerprint = fingerprint
        self._seconds = seconds
        self._entering = entering

    @property
    def is_batching(self) -> bool:
        """Whether a step wants many documents at once."""
        return self._chain.is_batching

    def process(self, item: Item) -> Outcome:
        """Read the item, pass it down the chain and publish its record."""
        return self.pass_down(self._source.value, item)

    def process_batch(self, items: Sequence[Item], turning: Turning) -> Iterator[Outcome]:
        """Read items, pass them down the chain side by side and publish their records."""

        def turn(first: int, last: int) -> None:
            turning(first, last)
            if first == last:
                self._entering(-1, self._seconds)

        opened: list[Way | Outcome] = []
        for number, item in enumerate(items):
            turn(number, number)
            opened.append(self._open(self._source.value, item))
        ways = {number: way for number, way in enumerate(opened) if isinstance(way, Way)}
        self._chain.process_batch(ways, turn, self._seconds)
        for number, way in enumerate(opened):
            if isinstance(way, Outcome):
                yield way
            else:
                turn(number, number)
                self._entering(self._chain.length, 0.0)
                yield self._conclude(items[number], way)

    def pass_down(self, source: Source, item: Item, watch: Watch | None = None) -> Outcome:
        """Process an item of any source; `watch` is told of each step."""
        self._entering(-1, self._seconds)
        way = self._open(source, item, watch)
        if isinstance(way, Outcome):
            return way
        self._chain.pass_down(way)
        return self._conclude(item, way)

    def close(self) -> None:
        """Close the steps and the source."""
        self._chain.close()
        # the documents are done; a failing farewell changes nothing
        with suppress(Exception, SystemExit):
            self._source.close()

    def _open(self, source: Source, item: Item, watch: Watch | None = None) -> Way | Outcome:
        """Return the beginning of an item's way, or what became of it if it cannot be read."""
        try:
            raw = source.read(item) if item.payload is None else item.payload
        except BaseException as error:  # noqa: BLE001 - whatever a source raises costs one document
            pass_interrupt(error)
            return Outcome(
                item.key, "quarantined", reason=explain(error), traceback=trace_back(error)
            )
        digest = sha256(raw).hexdigest()
        media_type = sniff(raw, item.media_type)
        document = Document(item, raw, digest, media_type, metadata=item.metadata)
        return Way(document, _recall(item, digest), watch)

    def _conclude(self, item: Item, way: Way) -> Outcome:
        """Return what became of an item that has come as far as it goes."""
        digest = way.sha256
        try:
            return self._report(item, digest, way.close())
        except BaseException as error:  # noqa: BLE001 - a record that cannot be made costs one document
            pass_interrupt(error)
            reason, trace = f"its record cannot be made: {explain(error)}", trace_back(error)
            return Outcome(item.key, "quarantined", digest, reason=reason, traceback=trace)

    def _report(self, item: Item, digest: str, passage: Passage) -> Outcome:
        seconds = tuple([(trace.label, trace.seconds) for trace in passage.traces])
        end = passage.end
        if isinstance(end, Finished):
            document = end.document
            return Outcome(
                item.key,
                "done",
                digest,
                publish(document, passage.traces, self._fingerprint).to_json(),
                language=document.language.code if document.language else "",
                encoding=document.encoding.name if document.encoding else "",
                seconds=seconds,
                search=words(document.metadata.title, document.text),
                results=passage.results,
            )
        failed = isinstance(end, Failed)
        return Outcome(
            item.key,
            "quarantined" if failed else "dropped",
            digest,
            step=end.step,
            reason=end.reason,
            traceback=end.traceback if isinstance(end, Failed) else "",
            seconds=seconds,
            results=passage.results,
        )


def _recall(item: Item, digest: str) -> dict[str, bytes]:
    """Return the results of earlier runs by step, if they are of this very content."""
    recalled = item.recalled
    return dict(recalled.results) if recalled and recalled.sha256 == digest else {}
