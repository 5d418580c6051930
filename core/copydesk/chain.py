"""Builds the steps of a chain and passes documents down them, one by one or side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from copydesk.config import StepUse, group
from copydesk.document import Document
from copydesk.fingerprint import fingerprint_steps
from copydesk.spec import Entering, Turning
from copydesk.steps.bound import After, BoundStep
from copydesk.steps.passage import Passage, Watch, Way
from copydesk.steps.together import Together

_NOTHING: Mapping[str, bytes] = {}


@frozen
class _Link:
    """One place of the chain: a step, or several of which the first that can does the work."""

    place: int
    """Number of its first step in the chain."""
    members: Sequence[BoundStep]

    @property
    def is_batching(self) -> bool:
        """Whether it wants many documents at once; steps that are tried in turn get one."""
        return len(self.members) == 1 and self.members[0].is_batching


class Chain:
    """The built steps of one worker."""

    def __init__(self, uses: Sequence[StepUse], entering: Entering) -> None:
        self._entering = entering
        self._links: list[_Link] = []
        self.length = len(uses)
        """How many steps there are."""
        prints = iter(fingerprint_steps(uses))
        place = 0
        try:
            for members in group(uses):
                self._links.append(_Link(place, [BoundStep(use, next(prints)) for use in members]))
                place += len(members)
        except BaseException:
            self.close()
            raise

    @property
    def is_batching(self) -> bool:
        """Whether a step wants many documents at once."""
        return any(link.is_batching for link in self._links)

    def process(
        self,
        document: Document,
        recalled: Mapping[str, bytes] = _NOTHING,
        watch: Watch | None = None,
    ) -> Passage:
        """Return what became of the document; never raises for a bad one.

        `recalled` holds results of earlier runs, as `Passage.results` gave them.
        """
        return self.pass_down(Way(document, recalled, watch))

    def pass_down(self, way: Way) -> Passage:
        """Return what became of the document that is at the beginning of a way."""
        self._walk(way, self._links)
        if way.end is None:
            self._entering(self.length, 0.0)  # from here on its record is made
        return way.close()

    def process_batch(self, ways: Mapping[int, Way], turning: Turning, seconds: float) -> None:
        """Bring documents down the chain side by side; never raises for a bad one.

        `turning` is told whose turn it is, from the number of one way to that of another;
        `seconds` is how long a batch may take in a step that has no limit of its own.
        """
        for stretch in self._stretches():
            left = {number: way for number, way in ways.items() if way.end is None}
            if stretch[0].is_batching:
                place, (step,) = stretch[0].place, stretch[0].members
                Together(step, place, left, turning, self._entering).pass_by(seconds)
            else:
                for number, way in left.items():
                    turning(number, number)
                    self._walk(way, stretch)

    def close(self) -> None:
        """Close every step that wants it."""
        for link in self._links:
            for step in link.members:
                step.close()

    def _stretches(self) -> Iterator[Sequence[_Link]]:
        """Yield links that are passed without waiting for other documents: batching ones alone."""
        stretch: list[_Link] = []
        for link in self._links:
            if link.is_batching or (stretch and stretch[-1].is_batching):
                if stretch:
                    yield stretch
                stretch = []
            stretch.append(link)
        if stretch:
            yield stretch

    def _walk(self, way: Way, links: Sequence[_Link]) -> None:
        """Bring one document as far down some links as it goes."""
        for link in links:
            if len(link.members) > 1:
                step, after = self._try(link, way)
            else:
                step = link.members[0]
                self._entering(link.place, step.timeout_seconds)
                after = way.attempt(step)
            way.go_on(step, after)
            if way.end is not None:
                return

    def _try(self, link: _Link, way: Way) -> tuple[BoundStep, After]:
        """Return the first of several steps that makes a document, else the last that did not."""
        last: tuple[BoundStep, After] = link.members[0], None
        for number, step in enumerate(link.members):
            self._entering(link.place + number, step.timeout_seconds)
            after = way.attempt(step)
            if isinstance(after, Document):
                for spare in link.members[number + 1 :]:
                    way.pass_by(spare, step)
                return step, after
            if after is not None:
                last = step, after
        return last
