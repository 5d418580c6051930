"""Passes several documents through a step that gains from batches."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any

from attrs import frozen

from copydesk.interrupt import pass_interrupt
from copydesk.spec import Entering, Turning
from copydesk.steps.bound import After, BoundStep, Variant
from copydesk.steps.passage import Way


@frozen
class Together:
    """Documents that have come to a step which takes many at once."""

    step: BoundStep
    place: int
    ways: Mapping[int, Way]
    turning: Turning
    entering: Entering

    def pass_by(self, seconds: float) -> None:
        """Bring them past the step; whatever it raises costs those that it raises on.

        `seconds` is how long a batch may take if the step has no limit of its own.
        """
        waiting = self._prepare()
        limit = self.step.timeout_seconds or seconds
        for variant in {id(found): found for found in waiting.values()}.values():
            numbers = [number for number, found in waiting.items() if found is variant]
            while numbers:
                size = self.step.pace.limit(limit)
                self._call(variant, numbers[:size], limit)
                numbers = numbers[size:]

    def _prepare(self) -> dict[int, Variant]:
        """Take the documents past the step that need not be given to it; return the others."""
        waiting = {}
        for number, way in self.ways.items():
            began = self._turn(number)
            found: Variant | After
            try:
                found = self.step.prepare(way.document, way.recall(self.step))
            except BaseException as error:  # noqa: BLE001 - it costs one document
                pass_interrupt(error)
                found = error
            if isinstance(found, Variant):
                waiting[number] = found
            else:
                self._take(number, found, perf_counter() - began)
        return waiting

    def _call(self, variant: Variant, numbers: list[int], limit: float) -> None:
        """Give documents to the step, all at once, and take each past it."""
        self.turning(numbers[0], numbers[-1])
        self.entering(self.place, limit)
        began = perf_counter()
        made = variant.call([self.ways[number].document for number in numbers])
        seconds = perf_counter() - began
        self.step.pace.note(seconds, len(numbers))
        for number, result in zip(numbers, made, strict=True):
            self._accept(number, result, seconds / len(numbers))

    def _accept(self, number: int, made: Any, seconds: float) -> None:
        began = self._turn(number)
        after: After
        try:
            after = self.step.finish(self.ways[number].document, made)
        except BaseException as error:  # noqa: BLE001 - it costs one document
            pass_interrupt(error)
            after = error
        self._take(number, after, seconds + perf_counter() - began)

    def _turn(self, number: int) -> float:
        """Say that a document is looked at by itself; return the time."""
        self.turning(number, number)
        self.entering(self.place, self.step.timeout_seconds)
        return perf_counter()

    def _take(self, number: int, after: After, seconds: float) -> None:
        way = self.ways[number]
        way.note(self.step, after, seconds)
        way.go_on(self.step, after)
