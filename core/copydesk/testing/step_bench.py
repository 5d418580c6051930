"""A step on the bench: what it makes of all samples, here and in a new process."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from attrs import evolve, frozen

from copydesk.built import Built
from copydesk.document import Document
from copydesk.item import Item
from copydesk.spec import StepSpec
from copydesk.testing import fresh
from copydesk.testing.option import vary
from copydesk.testing.sample import Sample, make_samples
from copydesk.testing.trial import Trial, TrialWork, attempt
from copydesk.workers.local import Local
from copydesk.workers.options import Options as Workers

_AGAIN = "again: "
_PATIENCE = 4  # times the seconds of one document, for a whole process


@frozen
class Elsewhere:
    """What a step made in a new process."""

    trials: dict[str, Trial]
    """All samples but the huge one, the last one first."""
    beside_another: dict[str, Trial]
    """Some samples, each after a step with other options had it."""
    batches: dict[str, Trial]
    """Some samples, all in one batch; none where the step takes no batches."""
    closing: str
    """What `close` raised."""


@frozen(slots=False)
class StepBench:
    """A step with its options, and the documents to try it on."""

    spec: StepSpec[Any]
    options: Any = None
    documents: Sequence[Document] = ()
    """Documents of its author's, beside the ones that the kit has."""
    timeout_seconds: float = 20.0
    """What one document may take."""
    huge_characters: int = 300_000

    def __attrs_post_init__(self) -> None:
        if self.options is None:
            object.__setattr__(self, "options", self.spec.options())

    @property
    def name(self) -> str:
        """The name of the step."""
        return self.spec.name

    @cached_property
    def samples(self) -> dict[str, Sample]:
        """The documents to try, by their names."""
        made = make_samples(self.spec.needs, self.huge_characters, self.documents)
        return {sample.key: sample for sample in made}

    @cached_property
    def _tried(self) -> dict[str, Trial]:
        documents = {key: sample.document for key, sample in self.samples.items()}
        work = TrialWork(self.spec, self.options, documents, self.timeout_seconds)
        small = [key for key, sample in self.samples.items() if sample.group != "huge"]
        again = {f"{_AGAIN}{key}": documents[key] for key in small}
        work = evolve(work, documents=documents | again)
        outcomes = Local(Workers(workers=1)).run(work, [Item(key) for key in work.documents])
        found = {}
        for outcome in outcomes:
            if outcome.record is None:
                found[outcome.key] = Trial(
                    "crash", reason=outcome.reason, traceback=outcome.traceback
                )
            else:
                found[outcome.key] = pickle.loads(outcome.record)  # noqa: S301 - from our child
        return found

    @property
    def trials(self) -> dict[str, Trial]:
        """What became of each sample in a worker of the executor `local`."""
        return {key: self._tried[key] for key in self.samples}

    @property
    def repeats(self) -> dict[str, Trial]:
        """What became of each sample but the huge one when the same step had it again."""
        return {key: trial for key in self.samples if (trial := self._tried.get(_AGAIN + key))}

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """What the step makes of the samples that it survives in a new process.

        Raises `FreshError` where that cannot be.
        """
        sound = [
            sample
            for key, sample in self.samples.items()
            if self.trials[key].kind != "crash" and sample.group != "huge"
        ]
        seconds = 60 + _PATIENCE * self.timeout_seconds
        other = vary(self.options)
        return fresh.call(_try_elsewhere, self.spec, self.options, other, sound, seconds=seconds)

    def each(self, *groups: str) -> Iterator[tuple[Sample, Trial]]:
        """Yield the samples of some groups, or of all, with what became of them."""
        for key, sample in self.samples.items():
            if not groups or sample.group in groups:
                yield sample, self.trials[key]

    def accepted(self) -> Iterator[tuple[Sample, Document]]:
        """Yield each sample that became a document that a chain accepts."""
        for sample, trial in self.each():
            if trial.after is not None and not trial.broken:
                yield sample, trial.after


def _try_elsewhere(
    spec: StepSpec[Any], options: Any, other: Any, samples: Sequence[Sample]
) -> Elsewhere:
    built = Built.of(spec.build(options))
    step = built.value
    trials = {sample.key: attempt(spec, step, sample.document) for sample in reversed(samples)}
    few = [sample for sample in samples if sample.group in {"scripts", "yours"}]
    batches = _try_batch(spec, step, few) if hasattr(step, "process_batch") else {}
    return Elsewhere(trials, _try_beside(spec, other, step, few), batches, _close(built))


def _try_beside(
    spec: StepSpec[Any], options: Any, step: Any, samples: Iterable[Sample]
) -> dict[str, Trial]:
    """Try samples while another step of the same kind is at work with other options."""
    try:
        another = Built.of(spec.build(options))
    except Exception:  # noqa: BLE001 - options that were made up may be such that nothing can be built
        return {}
    found = {}
    for sample in samples:
        attempt(spec, another.value, sample.document)
        found[sample.key] = attempt(spec, step, sample.document)
    _close(another)
    return found


def _try_batch(spec: StepSpec[Any], step: Any, samples: Sequence[Sample]) -> dict[str, Trial]:
    """Put samples that the step survives one by one through it together."""
    alone = {each.key: attempt(spec, step, each.document) for each in samples}
    sound = [each for each in samples if alone[each.key].kind in {"document", "drop"}]
    made = list(step.process_batch([sample.document for sample in sound]))
    if len(made) != len(sound):
        reason = f"{len(made)} results for {len(sound)} documents"
        return {sample.key: Trial("error", reason=reason) for sample in sound}
    return {
        sample.key: attempt(spec, _Given(result), sample.document)
        for sample, result in zip(sound, made, strict=True)
    }


@frozen
class _Given:
    """A step that returns what it was made with."""

    result: Any

    def process(self, _: Document) -> Any:
        return self.result


def _close(built: Built[Any]) -> str:
    try:
        built.close()
    except Exception as error:  # noqa: BLE001 - it is told
        return f"{type(error).__name__}: {error}"
    return ""
