"""Reads bytes in one of the encodings that they may be in, and weighs what comes out."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from operator import mul

from attrs import field, frozen

from copydesk.api import Candidate
from copydesk_encoding.cost import weigh
from copydesk_encoding.habitat import find_rarity, is_at_home
from copydesk_encoding.likeness import find_language

WEIGHTS = (0.51, 0.60, 0.45, 0.16, 0.96, 0.07, 0.59, 0.25, 1.37, 2.15, 1.51, 0.64, 1.23)
"""Weights of the evidence, in the order of `Reading.list_evidence`.

`tests/quality/encoding_fit.py` fits them."""

TIED = 0.97
"""Share of the best confidence of the statistics that is as good."""
_LIKENED = 300  # characters that are compared with languages
_FLOOR = 0.01  # confidence that makes no difference to the statistics
_COSTED = 20  # characters beyond ASCII from which the cost is a mean
_DEAREST = 12.0  # nats above the cheapest reading
_CERTAIN = 0.99
_WORD = re.compile(r"[^ \t\r\n]+")  # other spaces are what encodings differ in


@frozen
class Reading:
    """A text, and what speaks for and against it."""

    candidates: tuple[Candidate, ...]
    """What gives this text, the likeliest by the statistics first."""
    text: str
    is_first: bool
    """Whether the statistics name it first."""
    cost: float = field(init=False)
    """What its characters beyond ASCII cost, in nats."""

    @cost.default
    def _weigh(self) -> float:
        return weigh(self.text, self.candidates[0].name)

    def list_evidence(self, scale: Scale) -> tuple[float, ...]:
        """Return the evidence for this reading among the others."""
        high = scale.high
        label = self.candidates[0].name
        confidence = self.candidates[0].confidence
        ratio = math.log((confidence + _FLOOR) / (scale.top + _FLOOR))
        rarity = find_rarity(label)
        language, likeness = find_language(self.text[:_LIKENED])
        _, near = find_language(_keep_suspect(self.text)[:_LIKENED])
        return (
            ratio,
            ratio * math.log(min(high, 400)),
            ratio * min(high, 150) / 10,
            -float(rarity == 2),
            -float(rarity == 3),
            -self.cost * min(high, _COSTED) / high,
            -self.cost / high,
            -min(self.cost - scale.least, _DEAREST),
            -math.log(1 - min(likeness, _CERTAIN)),
            -math.log(1 - min(near, _CERTAIN)),
            float(self.is_first),
            float(confidence >= TIED * scale.top),
            float(is_at_home(label, language)),
        )


@frozen
class Scale:
    """What all readings of some bytes are measured by."""

    top: float
    """The best confidence of the statistics."""
    high: int
    """Bytes beyond ASCII, at least one: the more, the more the statistics are to be believed."""
    least: float
    """The cost of the cheapest reading."""


def compare(readings: Sequence[Reading], high: int) -> Scale:
    """Return what readings of bytes with `high` of them beyond ASCII are measured by."""
    top = max(reading.candidates[0].confidence for reading in readings)
    return Scale(top, max(1, high), min(reading.cost for reading in readings))


def score(evidence: Sequence[float]) -> float:
    """Return what evidence comes to, in log-odds."""
    total: float = sum(map(mul, WEIGHTS, evidence))
    return total


def _keep_suspect(text: str) -> str:
    """Return the words with characters beyond ASCII, and their neighbours.

    A sign alone looks like no language; beside a word it may.
    """
    words = _WORD.findall(text)
    suspect = [False, *(not word.isascii() for word in words), False]
    near = [one or other for one, other in pairwise(suspect)]
    kept = [left or right for left, right in pairwise(near)]
    return " ".join([word for word, is_kept in zip(words, kept, strict=True) if is_kept])
