"""Decides which language the alike pieces of a document are in, under the options of the step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from copydesk_language.blend import UNDETERMINED, Blend, Ranking
from copydesk_language.detector import BACKENDS, Detector, Scores
from copydesk_language.options import Options
from copydesk_language.script import scripts_of


class Backend(Protocol):
    """Who knows languages."""

    def quick(self, text: str) -> Scores:
        """Return scores of 0 to 1, for comparing pieces with each other."""

    def judge(self, text: str, script: str | None) -> Ranking:
        """Return languages with their probabilities, best first; `und` for letters at random."""

    def compare(self, text: str, codes: Sequence[str]) -> dict[str, float]:
        """Return the probability of each of these languages if it can be no other."""


@frozen
class Alone:
    """One detector without the others; its confidence is its own."""

    detector: Detector

    def quick(self, text: str) -> Scores:
        """Return what the detector says."""
        return self.detector.rank(text)

    def judge(self, text: str, script: str | None) -> Ranking:
        """Return what the detector says, without what is not written in this script."""
        scores = self.detector.rank(text)
        fitting = [(code, score) for code, score in scores.items() if script in scripts_of(code)]
        return sorted(fitting, key=lambda pair: -pair[1])

    def compare(self, text: str, codes: Sequence[str]) -> dict[str, float]:
        """Return the detector's scores of these languages, as shares of their sum."""
        scores = self.detector.rank(text)
        total = sum(scores.get(code, 0.0) for code in codes)
        return {code: scores.get(code, 0.0) / total for code in codes} if total else {}


class Judge:
    """A backend that keeps to the options."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._backend: Backend = (
            Blend()
            if options.backend == "blend"
            else Alone(BACKENDS[options.backend](options.model))
        )

    def quick(self, text: str) -> Scores:
        """Return the backend's scores of 0 to 1, without languages that are not allowed."""
        scores = self._backend.quick(text)
        allowed = self._options.languages
        return {c: s for c, s in scores.items() if c in allowed} if allowed else scores

    def compare(self, text: str, codes: Sequence[str]) -> dict[str, float]:
        """Return the probability of each of these languages if it can be no other."""
        return self._backend.compare(text, codes)

    def judge(self, text: str, script: str | None) -> Ranking:
        """Return the languages that a text may be, best first; `und` alone when in doubt."""
        ranking = self._weigh(self._backend.judge(text, script))
        if not ranking or ranking[0][1] < self._options.least_confidence:
            return [(UNDETERMINED, 1.0 - (ranking[0][1] if ranking else 0.0))]
        return ranking

    def _weigh(self, ranking: Ranking) -> Ranking:
        allowed, prior = self._options.languages, self._options.prior
        if allowed:
            ranking = [(c, p) for c, p in ranking if c in allowed or c == UNDETERMINED]
        if not (allowed or prior):
            return ranking
        weighed = [(code, share * prior.get(code, 1.0)) for code, share in ranking]
        total = sum(share for _, share in weighed) or 1.0
        return sorted(((c, share / total) for c, share in weighed), key=lambda pair: -pair[1])
